"""What a series says: its levels, its signals and how firmly they are known."""

from __future__ import annotations

from dataclasses import dataclass

from regard.core.figures import Figure
from regard.core.periods import MONTHS_A_YEAR, Month, Period
from regard.core.quantities import Range
from regard.core.series import COUNT, Series
from regard.core.statements import Statement
from regard.signals.conventions import (
    AS_COUNTED,
    FEWEST_A_MONTH,
    FEWEST_TO_JUDGE,
    HIGH_SIGNALS,
    LIMITS,
)
from regard.signals.found import Level, Proposal, Season, SeriesSpread
from regard.signals.tallies import places_for

AVERAGE = "average of the level"
EVENED = "level, length of months and season evened out"


@dataclass(frozen=True)
class MethodVersion:
    """Which method read a series, in which version, on which published rules."""

    name: str
    version: str
    title: str
    published: Month

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


@dataclass(frozen=True)
class Options:
    """How a series is to be read.

    Attributes:
        baselines: First months of accepted new levels, in order.
        target: The level a month should reach, in the unit of the series.
        calendar: `as counted`, or `per 30.4375 days` for counts put on months of one length.
        freeze: Limits of each baseline come from its first so many months; 0 takes all.
    """

    baselines: tuple[Month, ...] = ()
    target: float | None = None
    calendar: str = AS_COUNTED
    freeze: int = 0


@dataclass(frozen=True)
class Segment:
    """One level between two accepted step changes, in the unit of the reading.

    Attributes:
        start, end: Its first and last month, as the grid has them.
        months: Months with a value.
        mean: The average of the months that make the limits.
        lower, upper: Limits as the rules compute them; None where they find none, and under
            guarded rules where the series is too short or too sparse for them.
        mean_moving_range: None where no two months stand side by side.
        provisional: Whether fewer than 13 months make the limits.
        limit_months: How many months make the limits.
        normal: The values within the limits that can occur: no count below nought, no
            proportion outside 0 to 100, whole numbers for counts as counted. None without limits.
        guards: What the guards did, in words of `conventions.GUARDS`.
    """

    start: Month
    end: Month
    months: int
    mean: float
    lower: float | None
    upper: float | None
    mean_moving_range: float | None
    provisional: bool
    limit_months: int
    normal: tuple[float, float] | None
    guards: tuple[str, ...]


@dataclass(frozen=True)
class Point:
    """One month of a reading.

    Attributes:
        month: The month.
        value: In the unit of the reading (per 30.4375 days if asked); None if missing.
        counted: The value as supplied.
        centre, lower, upper: Of its segment, also drawn through missing months; None where the
            rules find none.
        signals: Every signal the month is part of, the one that labels it first.
        sense: `common cause`, `improvement`, `concern`, `special cause`, `missing`, or
            `not judged` where the series is too short or too sparse for limits.
        by_length: Whether it lies beyond a limit as counted, and within the limits once every
            month is put on one length.
    """

    month: Month
    value: float | None
    counted: float | None
    centre: float | None
    lower: float | None
    upper: float | None
    signals: tuple[str, ...]
    sense: str
    by_length: bool = False

    @property
    def beyond(self) -> str:
        """The limit beyond which it lies; empty for none."""
        return next((one for one in self.signals if one in LIMITS), "")

    @property
    def is_above(self) -> bool:
        """Whether it lies above its upper limit, whatever the rules call that."""
        return self.beyond in HIGH_SIGNALS

    @property
    def is_below(self) -> bool:
        """Whether it lies below its lower limit."""
        return bool(self.beyond) and not self.is_above

    @property
    def is_high(self) -> bool:
        """Whether the signal that labels the month points upwards."""
        return bool(self.signals) and self.signals[0] in HIGH_SIGNALS


@dataclass(frozen=True)
class LevelChange:
    """The size of an accepted step change.

    Attributes:
        month: The first month of the new level.
        direction: `up`, `down` or `level`.
        before, after: Averages a month, before and since.
        difference: After less before; its interval where the series has a known variation.
        percent: The same in per cent of before; missing from a base of nought, and for
            percentages, whose change is in percentage points.
        statement: The sentence that says it.
        stands_out: Whether it is a step: its range, where there is one, leaves out no change,
            and the twelve months just before lie on the same side as the average before.
    """

    month: Month
    direction: str
    before: Figure
    after: Figure
    difference: Figure
    percent: Figure
    statement: Statement
    stands_out: bool = True

    @property
    def interval(self) -> Range | None:
        """The range of the change in the unit in which it is said."""
        said = self.difference if self.percent.value is None else self.percent
        return said.interval


@dataclass(frozen=True)
class Flag:
    """Something a reader must know before trusting the reading: a code and its sentence."""

    code: str
    statement: Statement


@dataclass(frozen=True)
class Reading:
    """A series as a method reads it.

    Attributes:
        series: The series as supplied.
        method: Method, version and rules.
        options: How it was asked for.
        unit: Unit of averages and limits, such as `offences a month`, `offences per 30.4375
            days` or `%`.
        cadence: Months from one reading to the next, 1 for a monthly series.
        segments: One a baseline, in order of time.
        points: One a month of the grid.
        variation: The variation icon of the last month with a value, from
            `conventions.VARIATIONS`.
        assurance: The assurance icon, from `conventions.ASSURANCES`.
        changes: The size of each accepted step change.
        flags: What a reader must know before trusting it.
        said: Every sentence, in the order in which a paper prints them.
        state: One of `states.STATES`; empty for a method that tells none.
        levels: Levels as accepted and found; empty where only accepted ones are known.
        usual: The lowest and highest count of a normal month of average length and season at
            the newest level; None where there are no limits, or for other methods.
        proposals: Steps that were found and that nobody has accepted.
        season: The season taken out, if there was one.
        spread: How the series varies about its levels, where the method measures it.
        expected: The last month as the months before it foretold it, with its limits.
        chance: Chance of a last month at least as far out if nothing had changed (0 to 1).
        detectable: The smallest lasting change (%) that the series could have told.
    """

    series: Series
    method: MethodVersion
    options: Options
    unit: str
    cadence: int
    segments: tuple[Segment, ...]
    points: tuple[Point, ...]
    variation: str
    assurance: str
    changes: tuple[LevelChange, ...] = ()
    flags: tuple[Flag, ...] = ()
    said: tuple[Statement, ...] = ()
    state: str = ""
    levels: tuple[Level, ...] = ()
    usual: tuple[float, float] | None = None
    proposals: tuple[Proposal, ...] = ()
    season: Season | None = None
    spread: SeriesSpread | None = None
    expected: Figure | None = None
    chance: float | None = None
    detectable: Figure | None = None

    @property
    def current(self) -> Segment:
        """The level that holds now."""
        return self.segments[-1]

    @property
    def latest(self) -> Point:
        """The last month that has a value."""
        return next(point for point in reversed(self.points) if point.value is not None)

    @property
    def signals(self) -> tuple[Point, ...]:
        """The months that carry a signal."""
        return tuple(point for point in self.points if point.signals)

    @property
    def is_stable(self) -> bool:
        """Whether no month of the last twelve months of the current level carries a signal.

        A month that is beyond a limit by its length alone does not count.
        """
        since = max(self.current.start, self.latest.month + -11)
        return self.current.lower is not None and not any(
            point.month >= since and not (point.by_length and set(point.signals) <= LIMITS)
            for point in self.signals
        )

    @property
    def is_early(self) -> bool:
        """Whether a monthly series has fewer than twelve months with a value."""
        return self.cadence == 1 and sum(one.months for one in self.segments) < FEWEST_TO_JUDGE

    @property
    def is_sparse(self) -> bool:
        """Whether counts are too few, under two a month, to be charted by the month.

        With levels that the method found, the newest counts, and so do the last twelve months:
        what is no longer recorded has a level of its past.
        """
        if self.series.kind != COUNT:
            return False
        if not self.levels:
            return self.current.mean < FEWEST_A_MONTH
        last = [value for _, value in self.series.supplied][-MONTHS_A_YEAR:]
        return min(self.levels[-1].mean, sum(last) / len(last)) < FEWEST_A_MONTH

    @property
    def average(self) -> Figure:
        """The average of the current level, in the unit of the reading."""
        return self.level_figure(self.current, self.current.mean, what=self.what)

    @property
    def what(self) -> str:
        """What the mean of a level is: an average of months, or one evened out."""
        return EVENED if self.levels else AVERAGE

    @property
    def is_whole(self) -> bool:
        """Whether values are whole numbers: counts as counted."""
        return self.series.kind == COUNT and self.options.calendar == AS_COUNTED

    def normal_range(self, segment: Segment) -> tuple[Figure, Figure] | None:
        """The lowest and highest value of a normal month, in the unit of the reading.

        None where the rules find no limits.
        """
        if segment.normal is None:
            return None
        low, high = (
            self.level_figure(segment, value, what="end of the normal range").printed(
                places=0 if self.is_whole else places_for(value, self.unit)
            )
            for value in segment.normal
        )
        return low, high

    def level_figure(self, segment: Segment | Level, value: float, *, what: str) -> Figure:
        """A value that belongs to a level, such as its average, as a figure."""
        series = self.series
        return Figure(
            value=value,
            unit=self.unit,
            measure=series.measure,
            scope=series.scope,
            basis=series.basis,
            method=f"{what}; {self.method}",
            as_at=series.counted_to,
            period=Period(segment.start.start, segment.end.end),
            sources=series.sources,
            places=places_for(value, self.unit),
        )

    def statements(self) -> tuple[Statement, ...]:
        """Every sentence of the reading, the level first and the method last."""
        return self.said
