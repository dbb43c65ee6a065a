"""Who is trained and where they are at the call: posts and counts, never persons."""

from __future__ import annotations

import math
from dataclasses import dataclass

from regard.core.errors import DefinitionRefused, NotKnown

ON_DUTY, OFF_DUTY = "on duty", "off duty"
DUE_LATER, PROTECTED = "due on later", "protected leave"
STATES = (ON_DUTY, OFF_DUTY, DUE_LATER, PROTECTED)


@dataclass(frozen=True)
class Group:
    """So many people of one role and one set of skills, all in one state at the call.

    Attributes:
        role: The role they were trained for, such as `constable`.
        count: How many.
        state: Where they are at the call: on duty, off duty, due on later, protected leave.
        skills: What else they may stand as, such as `driver` or `medic`.
        hours: Of who is due on later, hours from the call to the start of their duty; of who
            is off duty, hours since their last duty ended, after which rest is owed.
        in_date: Whether their training is in date; who is out of date is not sent.
        abstracted: Share of them absent on the day: sick, in court, on a course (0 to 1).
    """

    role: str
    count: int
    state: str
    skills: tuple[str, ...] = ()
    hours: float | None = None
    in_date: bool = True
    abstracted: float = 0.0

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise NotKnown("state", self.state, STATES)
        if self.count < 0 or not 0 <= self.abstracted <= 1:
            raise DefinitionRefused(
                f"a group of {self.count} {self.role} with {self.abstracted} of them abstracted",
                expected="a count of 0 or more, and a share from 0 to 1",
            )
        if self.hours is not None and not self.hours >= 0:
            raise DefinitionRefused(
                f"{self.role} {self.state} with {self.hours} hours", expected="hours from 0 on"
            )
        if self.state == DUE_LATER and self.hours is None:
            raise DefinitionRefused(
                f"{self.count} {self.role} are due on later, at hour {self.hours}",
                expected="hours from the call to the start of their duty",
            )


@dataclass(frozen=True)
class Fleet:
    """Carriers, and the share of them off the road (0 to 1)."""

    count: int
    off_road: float = 0.0

    def __post_init__(self) -> None:
        if self.count < 0 or not 0 <= self.off_road <= 1:
            raise DefinitionRefused(
                f"{self.count} carriers with {self.off_road} of them off the road",
                expected="a count of 0 or more, and a share from 0 to 1",
            )


@dataclass(frozen=True)
class Roll:
    """Everyone a force has trained, by group, with its carriers.

    Attributes:
        force: Whose roll it is.
        groups: The people.
        fleet: The carriers.
        generated: Whether the numbers were made up, which every sentence then says.
    """

    force: str
    groups: tuple[Group, ...]
    fleet: Fleet
    generated: bool = False

    @property
    def people(self) -> int:
        """People on the roll."""
        return sum(one.count for one in self.groups)

    @property
    def out_of_date(self) -> int:
        """People on the roll whose training is not in date."""
        return sum(one.count for one in self.groups if not one.in_date)


@dataclass(frozen=True)
class Between:
    """A number that is not known exactly: drawn from a triangle, one for each draw.

    Attributes:
        low: The least it may be.
        likely: Where the triangle is highest.
        high: The most it may be.
    """

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.likely <= self.high:
            raise DefinitionRefused(
                f"a number between {self.low} and {self.high}, likely {self.likely}",
                expected="low, likely and high in order",
            )


@dataclass(frozen=True)
class Delay:
    """Hours that differ from person to person: lognormal, by two of its quantiles.

    Attributes:
        median: Hours within which half are done (> 0).
        nine_in_ten: Hours within which nine in ten are done (not below the median).
    """

    median: float
    nine_in_ten: float

    def __post_init__(self) -> None:
        if not 0 < self.median <= self.nine_in_ten:
            raise DefinitionRefused(
                f"a delay of median {self.median} h with nine in ten by {self.nine_in_ten} h",
                expected="a median above 0 and not above the other",
            )

    @property
    def spread(self) -> float:
        """The standard deviation of the logarithm; a number without a unit."""
        return math.log(self.nine_in_ten / self.median) / NINE_IN_TEN_NORMAL


NINE_IN_TEN_NORMAL = 1.2815515655446004  # the normal quantile of 0.9


@dataclass(frozen=True)
class Assumptions:
    """What is assumed between the call and a PSU that stands ready; all of it configuration.

    Attributes:
        releasable: Share of those on duty who can be released (0 to 1).
        reachable: Share of those off duty who are reached and come, the recall share (0 to 1).
        abstraction: What is added to every group's share abstracted, the same for all.
        release: Hours until one on duty is released.
        call_out: Hours until one off duty is at the station.
        kit: Hours to be kitted.
        form_up: Hours to form up and be briefed.
        rest_hours: Hours of rest owed after a duty.
        speed: Of a convoy, in km an hour.
        reporting: Hours to report at the host.
        source: Who says so.
    """

    releasable: Between = Between(0.75, 0.85, 0.95)
    reachable: Between = Between(0.35, 0.55, 0.75)
    abstraction: Between = Between(-0.03, 0.0, 0.03)
    release: Delay = Delay(0.6, 1.6)
    call_out: Delay = Delay(2.5, 5.0)
    kit: Delay = Delay(0.4, 0.8)
    form_up: Delay = Delay(0.25, 0.5)
    rest_hours: float = 11.0
    speed: float = 70.0
    reporting: float = 0.5
    source: str = "assumed, to be measured at the next exercise; rest: Working Time Regulations"

    def travel_hours(self, distance_km: float) -> float:
        """Hours from the form-up point to a host so far away, 0 where the host is at home."""
        if distance_km < 0 or self.speed <= 0:
            raise DefinitionRefused(
                f"{distance_km} km at {self.speed} km an hour", expected="a distance from 0 on"
            )
        return distance_km / self.speed + self.reporting if distance_km else 0.0
