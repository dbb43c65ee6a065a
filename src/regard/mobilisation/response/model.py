"""What is simulated: demand by grade, units by the hour, how they are sent, and who is away.

Hours are whole hours from hour 0, which is Monday 00:00 unless `start` says otherwise; times are
minutes from hour 0. Grades stand in order of priority, the first being the most urgent.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace

from regard.core.errors import DefinitionRefused, NotKnown
from regard.mobilisation.response.local import Local

DAY, WEEK = 24, 168  # hours
HOUR = 60.0  # minutes
EXPONENTIAL, LOGNORMAL, FIXED = "exponential", "lognormal", "fixed"
SHAPES = (EXPONENTIAL, LOGNORMAL, FIXED)
FINISH, HANDOVER = "finish", "handover"
SHIFT_ENDS = (FINISH, HANDOVER)
NEAR_ONE = 1e-9  # how far chances may add up from 1


def require(held: bool, wrong: str, expected: str) -> None:
    """Refuse a value that does not hold.

    Raises:
        DefinitionRefused: it does not.
    """
    if not held:
        raise DefinitionRefused(wrong, expected=expected)


@dataclass(frozen=True)
class Grade:
    """One grade of incident.

    Attributes:
        name: What the force calls it.
        rate: Incidents an hour, one number for each of the 168 hours of the week.
        minutes: Mean time of a unit from dispatched to cleared, its journey included.
        spread: Standard deviation of that time over its mean: 1 where exponential, 0 where fixed.
        shape: `exponential`, `lognormal` or `fixed`.
        within: Minutes from the call in which a unit should have arrived.
        travel: Mean minutes of the journey of a unit.
        units: Chances of needing 1, 2, 3... units.
        patience: Mean minutes after which an incident that no unit was sent to leaves the queue
            (an appointment, the desk, a caller who gives up); exponential. None where none does.
        travel_spread: Standard deviation of the journey over its mean, lognormal; 0 where every
            journey is the same.
    """

    name: str
    rate: tuple[float, ...]
    minutes: float
    spread: float = 1.0
    shape: str = EXPONENTIAL
    within: float = HOUR
    travel: float = 0.0
    units: tuple[float, ...] = (1.0,)
    patience: float | None = None
    travel_spread: float = 0.0

    def __post_init__(self) -> None:
        require(bool(self.name.strip()), f"a grade is called {self.name!r}", "a name")
        require(
            len(self.rate) == WEEK, f"{self.name} has {len(self.rate)} rates", "168, one an hour"
        )
        for hour, rate in enumerate(self.rate):
            require(
                math.isfinite(rate) and rate >= 0,
                f"{self.name} has {rate} incidents in hour {hour} of the week",
                "a number from 0 up",
            )
        self._times()
        require(
            bool(self.units)
            and all(0 <= one <= 1 for one in self.units)
            and abs(math.fsum(self.units) - 1) <= NEAR_ONE,
            f"{self.name} needs 1, 2... units with chances {self.units}",
            "chances from 0 to 1 that add up to 1",
        )

    def _times(self) -> None:
        require(self.shape in SHAPES, f"{self.name} has times of shape {self.shape!r}",
                f"one of {', '.join(SHAPES)}")  # fmt: skip
        for what, minutes in (("minutes", self.minutes), ("within", self.within)):
            require(
                math.isfinite(minutes) and minutes > 0,
                f"{what} of {self.name} is {minutes}",
                "minutes above 0",
            )
        for what, number in (("travel", self.travel), ("travel_spread", self.travel_spread)):
            require(
                math.isfinite(number) and number >= 0,
                f"{what} of {self.name} is {number}",
                "a number from 0 up",
            )
        wanted = {EXPONENTIAL: 1.0, FIXED: 0.0}.get(self.shape, self.spread)
        require(
            math.isfinite(self.spread)
            and self.spread == wanted
            and (self.shape != LOGNORMAL or self.spread > 0),
            f"{self.shape} times of {self.name} have a spread of {self.spread}",
            "1 where exponential, 0 where fixed, above 0 where lognormal",
        )
        require(
            self.patience is None or (math.isfinite(self.patience) and self.patience > 0),
            f"patience of {self.name} is {self.patience}",
            "minutes above 0, or none",
        )

    @property
    def mean_units(self) -> float:
        """Units that an incident needs on average."""
        return math.fsum(count * chance for count, chance in enumerate(self.units, start=1))


@dataclass(frozen=True)
class Demand:
    """What is asked of a force.

    Attributes:
        grades: In order of priority.
        daily_spread: Variance of a gamma multiplier of mean 1 that a whole day shares; 0 where
            days differ by chance alone.
    """

    grades: tuple[Grade, ...]
    daily_spread: float = 0.0

    def __post_init__(self) -> None:
        names = [one.name for one in self.grades]
        require(bool(names), f"a demand of {len(names)} grades", "at least one grade")
        require(len(set(names)) == len(names), f"grades are called {names}", "each name once")
        require(
            math.isfinite(self.daily_spread) and self.daily_spread >= 0,
            f"the variance between days is {self.daily_spread}",
            "a number from 0 up",
        )

    def place(self, grade: str) -> int:
        """Where a grade stands, from 0.

        Raises:
            NotKnown: there is none of that name.
        """
        names = [one.name for one in self.grades]
        if grade not in names:
            raise NotKnown("grade", grade, names)
        return names.index(grade)

    def rate(self, hour: int) -> float:
        """Incidents an hour in an hour of the week."""
        return math.fsum(one.rate[hour % WEEK] for one in self.grades)

    def load(self, hour: int) -> float:
        """Units that the demand of an hour of the week would keep busy, were it to last."""
        return math.fsum(
            one.rate[hour % WEEK] * one.minutes / HOUR * one.mean_units for one in self.grades
        )

    def times(self, factor: float) -> Demand:
        """The same with every rate so many times as high."""
        require(math.isfinite(factor) and factor >= 0, f"demand times {factor}", "from 0 up")
        scaled = tuple(
            replace(one, rate=tuple(factor * rate for rate in one.rate)) for one in self.grades
        )
        return replace(self, grades=scaled)


def whole_units(units: Sequence[int], of: str) -> tuple[int, ...]:
    """Whole numbers of units from 0 up, one an hour.

    Raises:
        DefinitionRefused: one of them is not.
    """
    for hour, count in enumerate(units):
        require(
            not isinstance(count, bool) and count == int(count) and count >= 0,
            f"{of} is {count} in hour {hour}",
            "a whole number of units from 0 up",
        )
    return tuple(int(count) for count in units)


@dataclass(frozen=True)
class Capacity:
    """Units that may be at work, one whole number an hour over the horizon."""

    units: tuple[int, ...]

    def __post_init__(self) -> None:
        require(bool(self.units), f"a capacity of {len(self.units)} hours", "at least one hour")
        object.__setattr__(self, "units", whole_units(self.units, "the number of units"))

    def less(self, lost: Sequence[int]) -> Capacity:
        """What is left without so many units an hour; never below 0.

        Raises:
            DefinitionRefused: the hours are not as many, or a loss is below 0.
        """
        require(
            len(lost) == len(self.units),
            f"units are lost in {len(lost)} hours of {len(self.units)}",
            "one number an hour",
        )
        gone = whole_units(lost, "the number of units lost")
        return Capacity(tuple(max(0, a - b) for a, b in zip(self.units, gone, strict=True)))


@dataclass(frozen=True)
class Rules:
    """How units are sent.

    A unit that has arrived is never taken away. Nobody starts while as many are busy as there
    are units.

    Attributes:
        shift_end: `finish`: a unit finishes its job, then leaves, so that none starts while more
            are busy than are due. `handover`: at the hour in which fewer are due the jobs of
            those too many are laid down, lowest grade and longest to go first, and taken up
            again before all that waits of their grade.
        reserve: Idle units that grades below the first may not use (Sacks, Larson and Schaack
            1993, priority cut-offs).
        divert: Whether an incident of the first grade that finds no unit takes one that is still
            on its way to a lower grade: of the lowest, the one that was sent last.
    """

    shift_end: str = FINISH
    reserve: int = 0
    divert: bool = False

    def __post_init__(self) -> None:
        require(
            self.shift_end in SHIFT_ENDS,
            f"the shift ends by {self.shift_end!r}",
            f"one of {', '.join(SHIFT_ENDS)}",
        )
        require(
            self.reserve == int(self.reserve) and self.reserve >= 0,
            f"a reserve of {self.reserve} units",
            "a whole number from 0 up",
        )


@dataclass(frozen=True)
class Phase:
    """Hours that are read together: from `start`, to `end` but without it."""

    name: str
    start: int
    end: int

    def __post_init__(self) -> None:
        require(
            0 <= self.start < self.end,
            f"phase {self.name!r} is hours {self.start} to {self.end}",
            "an end after its start, both from 0 up",
        )

    @property
    def hours(self) -> int:
        """How many hours it has."""
        return self.end - self.start


WHOLE = "whole"  # the phase that every run has: all but the warm-up


@dataclass(frozen=True)
class Model:
    """All that a run is made of but its scenarios and its seed.

    Attributes:
        demand: What is asked.
        capacity: Units an hour over warm-up and horizon with nobody away.
        rules: How they are sent.
        start: Hour of the week of hour 0, from 0 (Monday 00:00) to 167.
        warm_up: Hours from an empty start that are read in no figure.
        hours: Hours after them.
        name: Of the force.
        generated: Whether it was made up rather than fitted to records.
        phases: Hours to be read together, beside the `whole`.
        local: The areas, where each has its own units and helps the others.
    """

    demand: Demand
    capacity: Capacity
    rules: Rules = field(default_factory=Rules)
    start: int = 0
    warm_up: int = WEEK
    hours: int = WEEK
    name: str = ""
    generated: bool = False
    phases: tuple[Phase, ...] = ()
    local: Local | None = None

    def __post_init__(self) -> None:
        require(0 <= self.start < WEEK, f"hour 0 is hour {self.start} of a week", "from 0 to 167")
        require(
            self.warm_up >= 0 and self.hours > 0,
            f"a warm-up of {self.warm_up} hours and {self.hours} after it",
            "a warm-up from 0 up, and at least an hour after it",
        )
        require(
            len(self.capacity.units) == self.horizon,
            f"units stand for {len(self.capacity.units)} hours of {self.horizon}",
            "one number for every hour of warm-up and horizon",
        )
        names = [WHOLE, *(one.name for one in self.phases)]
        require(len(set(names)) == len(names), f"phases are called {names}", "each name once")
        for one in self.phases:
            require(
                one.end <= self.horizon,
                f"phase {one.name!r} ends with hour {one.end} of {self.horizon}",
                "an end within the horizon",
            )
        if self.local is not None:
            self.local.check(self.capacity.units, len(self.demand.grades))
            self._plain_rules()

    def _plain_rules(self) -> None:
        require(
            self.rules == Rules(),
            f"areas that help each other are sent by {self.rules}",
            "the usual rules: finish, no reserve, no diverting",
        )
        for one in self.demand.grades:
            require(
                one.units == (1.0,) and one.patience is None,
                f"areas that help each other have {one.name} of units {one.units} and patience "
                f"{one.patience}",
                "one unit an incident, and nobody who leaves",
            )

    @property
    def horizon(self) -> int:
        """Hours from hour 0 to the end, the warm-up among them."""
        return self.warm_up + self.hours

    @property
    def spans(self) -> tuple[Phase, ...]:
        """The whole, and then the phases."""
        return (Phase(WHOLE, self.warm_up, self.horizon), *self.phases)

    def span(self, name: str) -> int:
        """Where a phase stands among the spans, from 0.

        Raises:
            NotKnown: there is none of that name.
        """
        names = [one.name for one in self.spans]
        if name not in names:
            raise NotKnown("phase", name, names)
        return names.index(name)

    @property
    def text(self) -> str:
        """All of it in one line that is the same on every machine."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), allow_nan=False)

    @property
    def digest(self) -> str:
        """The SHA-256 of that line, in hexadecimal letters."""
        return hashlib.sha256(self.text.encode()).hexdigest()
