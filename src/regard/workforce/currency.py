"""Training that lapses: how many are in date month by month, who lapses when, what holds it.

People are counted by the last month in which they are in date. Those refreshed in a month are
taken from the soonest to lapse, within a window before they do, and are then in date for as long
as the training holds. Counts are as expected: where some leave, people are not whole.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regard.core.errors import DefinitionRefused
from regard.core.figures import Figure, Source
from regard.core.periods import Month
from regard.core.statements import Statement
from regard.workforce.wording import say

Values: TypeAlias = NDArray[np.float64]

NEAR = 1e-9  # people nearer to nought than this are none, but for rounding


@dataclass(frozen=True)
class Holders:
    """People trained for a skill.

    Attributes:
        scope: Whose they are.
        skill: The skill, in words.
        counted: The month at whose end they were counted.
        expiring: People by the last month in which they are in date (count).
        lasting: People whose training does not lapse (count).
    """

    scope: str
    skill: str
    counted: Month
    expiring: Mapping[Month, float]
    lasting: float = 0.0

    def __post_init__(self) -> None:
        least = min((*self.expiring.values(), self.lasting))
        if least < 0:
            raise DefinitionRefused(f"{least} people trained in {self.skill}", expected="from 0")

    @property
    def in_date(self) -> Figure:
        """People who are in date in the month after they were counted (count)."""
        ahead = sum(many for month, many in self.expiring.items() if month > self.counted)
        return _figure(self, ahead + self.lasting, self.counted + 1, "people in date")


@dataclass(frozen=True)
class Refreshing:
    """How training is kept up.

    Attributes:
        capacity: People who can be refreshed each month (count): one number, or one a month.
        holds: Months for which training holds after the month of it.
        window: Months before the last in date from which somebody may be refreshed; 0 is in that
            last month alone.
        joiners: People newly trained each month (count): one number, or one a month.
        leaving: The share (0 to 1) of the people who are trained who leave each month.
        lapsed: Whether places left over go to those who have lapsed.
    """

    capacity: float | tuple[float, ...]
    holds: int = 12
    window: int = 3
    joiners: float | tuple[float, ...] = 0.0
    leaving: float = 0.0
    lapsed: bool = True

    def __post_init__(self) -> None:
        if not (self.holds >= 1 and self.window >= 0 and 0 <= self.leaving < 1):
            raise DefinitionRefused(
                f"training that holds {self.holds} months, a window of {self.window} and a share "
                f"of {self.leaving} who leave",
                expected="at least one month, a window from 0 and a share from 0, below 1",
            )


@dataclass(frozen=True)
class Currency:
    """Training month by month.

    Attributes:
        holders: Who was trained.
        months: The months ahead.
        in_date: People in date in each month (count), shape (months,); those refreshed in the
            month among them.
        refreshed: People refreshed in each month (count), shape (months,).
        lapsing: People whose last month in date it is (count), shape (months,).
        lapsed: People who have lapsed and are still there at each month's end (count).
        joined: People newly trained in each month (count).
        left: People who left in each month (count).
    """

    holders: Holders
    months: tuple[Month, ...]
    in_date: Values
    refreshed: Values
    lapsing: Values
    lapsed: Values
    joined: Values
    left: Values

    @property
    def lapses(self) -> Mapping[Month, float]:
        """Who lapses when: people by the month that is their last in date (count)."""
        pairs = zip(self.months, self.lapsing.tolist(), strict=True)
        return {month: many for month, many in pairs if many > NEAR}

    def first_below(self, target: float) -> Month | None:
        """The first month in which fewer are in date than a target (count); None if there is none.

        Args:
            target: How many are wanted (count).
        """
        below = np.flatnonzero(self.in_date < target - NEAR)
        return self.months[int(below[0])] if len(below) else None

    def statement(self, target: Figure) -> Statement:
        """When the target is first missed, by how many, and how many lapse until then."""
        first = self.first_below(target.known)
        now = _figure(self.holders, float(self.in_date[0]), self.months[0], "people in date")
        if first is None:
            return say(
                "{now} in date for {skill} in {start}; at least {target:number} are through "
                "{last}.",
                now=now,
                skill=self.holders.skill,
                start=self.months[0],
                target=target,
                last=self.months[-1],
            )
        at = first - self.months[0]
        there = _figure(self.holders, float(self.in_date[at]), first, "people in date")
        gone = _figure(self.holders, float(self.lapsing[:at].sum()), first, "people who lapse")
        return say(
            "{now} in date for {skill} in {start}. {first} is the first month below {target}: "
            "{there:number} are in date, and {gone:number} have lapsed since.",
            now=now,
            skill=self.holders.skill,
            start=self.months[0],
            first=first,
            target=target,
            there=there,
            gone=gone,
        )


def forecast(holders: Holders, refreshing: Refreshing, *, months: int) -> Currency:
    """Follow training month by month, from the month after it was counted.

    A month goes: some leave, in date and lapsed alike; new people are trained; places go to those
    nearest to lapsing, and then, if so settled, to those who have lapsed; whose last month it was
    and who was not refreshed lapses at its end.

    Args:
        holders: Who is trained, until when.
        refreshing: How training is kept up.
        months: Months ahead (count, from 1).

    Raises:
        DefinitionRefused: there are no months ahead, or a plan has not one number a month.
    """
    if months < 1:
        raise DefinitionRefused(f"training {months} months ahead", expected="at least one month")
    capacity = _by_month(refreshing.capacity, months, "capacity")
    joiners = _by_month(refreshing.joiners, months, "joiners")
    ahead = tuple(holders.counted + 1 + step for step in range(months))
    held, lapsed = _laid_out(holders, refreshing, months)
    lasting = holders.lasting
    found = {name: np.zeros(months) for name in _SERIES}
    for step in range(months):
        staying = 1.0 - refreshing.leaving
        found["left"][step] = (held.sum() + lapsed + lasting) * refreshing.leaving
        held, lapsed, lasting = held * staying, lapsed * staying, lasting * staying
        until = step + refreshing.holds
        held[until] += joiners[step]
        found["joined"][step] = joiners[step]
        places = _refresh(held, step, float(capacity[step]), refreshing)
        again = min(lapsed, places) if refreshing.lapsed else 0.0
        held[until] += again
        lapsed -= again
        found["refreshed"][step] = capacity[step] - places + again
        found["in_date"][step] = held.sum() + lasting
        found["lapsing"][step] = held[step]
        lapsed += held[step]
        held[step] = 0.0
        found["lapsed"][step] = lapsed
    return Currency(holders, ahead, **found)


@dataclass(frozen=True)
class Holding:
    """What keeps a number in date.

    Attributes:
        places: The least places a month (whole people); missing where no number of them does.
        courses: Courses a month that give them; missing alike.
        currency: Training with that many places; with a place for everybody where no number does.
        statement: The same in a sentence.
    """

    places: Figure
    courses: Figure
    currency: Currency
    statement: Statement


def places_to_hold(
    holders: Holders, refreshing: Refreshing, *, target: Figure, months: int, on_a_course: int
) -> Holding:
    """The least places a month, the same every month, that keep a number in date throughout.

    Args:
        holders: Who is trained, until when.
        refreshing: How training is kept up; its capacity is not used.
        target: How many are to be in date in every month.
        months: Months ahead (count, from 1).
        on_a_course: Places on one course (count, from 1).

    Raises:
        DefinitionRefused: a course has no places.
    """
    if on_a_course < 1:
        raise DefinitionRefused(f"courses of {on_a_course} places", expected="at least one place")

    joiners = _by_month(refreshing.joiners, months, "joiners").sum()
    everybody = math.ceil(sum(holders.expiring.values()) + float(joiners))
    # One by one: who is refreshed early is due again early, so more places may hold it no longer.
    for high in range(everybody + 1):
        currency = forecast(holders, replace(refreshing, capacity=float(high)), months=months)
        if currency.first_below(target.known) is None:
            break
    else:
        return _not_held(holders, target, currency)
    courses = math.ceil(high / on_a_course)
    start = holders.counted + 1
    places = _figure(holders, high, start, "places needed", "places a month")
    each = _figure(holders, courses, start, "courses needed", "courses a month")
    size = _figure(holders, on_a_course, start, "places on a course", "places")
    said = say(
        "To keep {target} in date for {skill} through {last} takes {places}: {courses} of {size}.",
        target=target,
        skill=holders.skill,
        last=start + (months - 1),
        places=places,
        courses=each,
        size=size,
    )
    return Holding(places, each, currency, said)


_SERIES = ("in_date", "refreshed", "lapsing", "lapsed", "joined", "left")


def _laid_out(holders: Holders, refreshing: Refreshing, months: int) -> tuple[Values, float]:
    """People by months until their last in date, from the first month ahead; and the lapsed."""
    start = holders.counted + 1
    farthest = max((month - start for month in holders.expiring), default=0)
    held = np.zeros(max(farthest, months + refreshing.holds) + 1)
    lapsed = 0.0
    for month, many in holders.expiring.items():
        if month < start:
            lapsed += many
        else:
            held[month - start] += many
    return held, lapsed


def _refresh(held: Values, step: int, places: float, refreshing: Refreshing) -> float:
    """Give places to those soonest to lapse; what is left of them."""
    until = step + refreshing.holds
    for soon in range(step, min(step + refreshing.window, until - 1) + 1):
        taken = min(held[soon], places)
        held[soon] -= taken
        held[until] += taken
        places -= taken
    return places


def _not_held(holders: Holders, target: Figure, currency: Currency) -> Holding:
    why = "too few are there, whoever is refreshed"
    start = holders.counted + 1
    missing = [
        _figure(holders, None, start, f"{what} needed", f"{what} a month", why)
        for what in ("places", "courses")
    ]
    said = say(
        "No number of places keeps {target} in date for {skill}: with a place for everybody, "
        "{first} is the first month below that.",
        target=target,
        skill=holders.skill,
        first=currency.first_below(target.known) or start,
    )
    return Holding(missing[0], missing[1], currency, said)


def _by_month(given: ArrayLike, months: int, what: str) -> Values:
    told = np.asarray(given, dtype=np.float64)
    if told.ndim and told.shape != (months,):
        raise DefinitionRefused(
            f"{what} of {told.size} months", expected=f"one number, or one for each of {months}"
        )
    if told.size and told.min() < 0:
        raise DefinitionRefused(f"{what} of {told.min():g} a month", expected="from 0")
    return np.broadcast_to(told, (months,))


def _figure(
    holders: Holders,
    number: float | None,
    month: Month,
    measure: str,
    unit: str = "people",
    missing: str = "",
) -> Figure:
    return Figure(
        value=number,
        unit=unit,
        measure=f"{measure}, {holders.skill}",
        scope=holders.scope,
        basis="forecast",
        method="training carried forward by the month",
        as_at=month.end,
        sources=(Source("figures", f"trained people of {holders.scope} by month of expiry"),),
        places=None if number is None or number == int(number) else 1,
        missing=missing,
    )
