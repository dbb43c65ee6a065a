"""What charts draw, as plain values: months, lines, flags, waves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import isfinite

from regard.core.errors import PaperRefused
from regard.core.periods import MONTHS_A_YEAR, Month
from regard.core.quantities import said
from regard.papers.model import Words

USUAL, CONCERN, IMPROVEMENT = "Usual variation", "Concern", "Improvement"
CHANGE, NOT_SUPPLIED = "Change", "Not supplied"
CONTINUED = MONTHS_A_YEAR  # months for which the level before a step is drawn on


@dataclass(frozen=True)
class Segment:
    """Months with one centre line and one pair of limits, in the unit of the values."""

    start: Month
    end: Month
    centre: float
    lower: float
    upper: float
    provisional: bool = False


@dataclass(frozen=True)
class Flag:
    """A month that stands out: of which kind (concern, improvement or change), and why."""

    month: Month
    kind: str
    why: str


@dataclass(frozen=True)
class AcceptedStep:
    """A step that people accepted.

    Attributes:
        month: The first month of the new level.
        before: Where the level before would have run from `month` on, one value a month in
            the unit of the values; none leaves it out.
    """

    month: Month
    before: tuple[float, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """A step that was found and that nobody has accepted.

    Attributes:
        month: The first month of the new level, as it is proposed.
        earliest, latest: The months between which that month lies.
        before, after: The levels on either side, in the unit of the values.
        carried: Where the level before would have run from `month` on, one value a month, in a
            chart whose lines differ from month to month; none leaves it out there.
        label: What it is called; left empty, it is made from `confirmed` and `month`.
        confirmed: Whether enough months have passed to say that there is a step.
    """

    month: Month
    earliest: Month
    latest: Month
    before: float
    after: float
    label: str = ""
    confirmed: bool = False
    carried: tuple[float, ...] = ()

    @property
    def name(self) -> str:
        """What the chart calls it, with its month."""
        kind = "step proposed" if self.confirmed else "possible step"
        return self.label or f"{kind}: {self.month.start:%b %Y}"


@dataclass(frozen=True)
class FanMonth:
    """A month to come: the middle of what may happen, its 80% and its 95% range.

    All values are in the unit of the chart.
    """

    month: Month
    centre: float
    low80: float
    high80: float
    low95: float
    high95: float


@dataclass(frozen=True)
class ControlChart:
    """What a control chart draws, as plain values.

    Its lines are either `segments`, each with level lines, or `centres`, `lowers` and `uppers`,
    which differ from month to month with the season and the length of the month.

    Attributes:
        reading: What the chart says, in one line; its title.
        name: What is measured, as the vertical axis says it.
        scope: The area or body.
        unit: Unit of the values.
        start: The first month.
        values: One a month without a break, in `unit`; None where there is none.
        why_missing: Why a month has no value.
        segments: The lines, one segment from each accepted step to the next.
        flags: The months that stand out.
        centres, lowers, uppers: What was expected of each month and its limits, in `unit`, as
            many as there are values; None where there is none.
        steps: The accepted steps; left empty, they lie between the segments.
        proposals: The steps that were found and not accepted.
        fan: The months to come, from the one after the last value on.
        waves_why: One sentence on why the limits differ from month to month, printed below
            the chart; left empty where the paper has said so before.
        target: The promised level, in `unit`, if there is one.
        target_label: What the target line is called.
        places: Decimal places in the table and the labels.
        alt: Alternative text; left empty, it is made from the values.
        id: The anchor in the paper.
    """

    reading: Words
    name: str
    scope: str
    unit: str
    start: Month
    values: tuple[float | None, ...]
    why_missing: Mapping[Month, str] = field(default_factory=dict, hash=False)
    segments: tuple[Segment, ...] = ()
    flags: tuple[Flag, ...] = ()
    target: float | None = None
    target_label: str = "target"
    places: int = 0
    alt: str = ""
    id: str = ""
    centres: tuple[float | None, ...] = ()
    lowers: tuple[float | None, ...] = ()
    uppers: tuple[float | None, ...] = ()
    steps: tuple[AcceptedStep, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    fan: tuple[FanMonth, ...] = ()
    waves_why: str = ""

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """Every month that has a value or might have had one."""
        return tuple(self.start + step for step in range(len(self.values)))

    @property
    def drawn(self) -> tuple[Month, ...]:
        """Every month on the axis, with those to come."""
        return (*self.months, *(one.month for one in self.fan))

    @property
    def waves(self) -> bool:
        """Whether the lines differ from month to month."""
        return bool(self.centres)

    @cached_property
    def lines(self) -> dict[Month, tuple[float, float, float]]:
        """What was expected of each month, its lower and its upper limit, where there are any."""
        told = zip(self.months, self.centres, self.lowers, self.uppers, strict=self.waves)
        return {
            month: (centre, lower, upper)
            for month, centre, lower, upper in told
            if centre is not None and lower is not None and upper is not None
        }

    @property
    def accepted(self) -> tuple[AcceptedStep, ...]:
        """The accepted steps within the months drawn, each with the level before drawn on."""
        between = (
            AcceptedStep(
                later.start, (earlier.centre,) * min(CONTINUED, later.end - later.start + 1)
            )
            for earlier, later in pairwise(self.segments)
        )
        found = self.steps or tuple(between)
        return tuple(one for one in found if 0 < one.month - self.start < len(self.values))

    @property
    def supplied(self) -> tuple[float, ...]:
        """The values that there are."""
        return tuple(value for value in self.values if value is not None)

    def said(self, value: float) -> str:
        """A value as the chart and its table print it, without its unit."""
        return said(value, "", places=self.places)


@dataclass(frozen=True)
class Wave:
    """One wave of a survey: its label, its value and the range that holds the truth."""

    label: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    why_missing: str = ""


@dataclass(frozen=True)
class WaveChart:
    """What a chart of survey waves draws: points with their ranges, in order of time.

    `level` is the chance, 0 to 1, that a range holds the truth. The other attributes are
    those of `ControlChart`.
    """

    reading: Words
    name: str
    scope: str
    unit: str
    waves: tuple[Wave, ...]
    level: float = 0.95
    target: float | None = None
    target_label: str = "target"
    places: int = 1
    alt: str = ""
    id: str = ""


def check_finite(name: str, values: Iterable[float | None]) -> None:
    """Refuse a value, in whatever unit, that is no number; a month without one is None.

    Raises:
        PaperRefused: naming the chart and the value.
    """
    for value in values:
        if value is not None and not isfinite(value):
            raise PaperRefused(
                f"the chart of {name} has the value {value}",
                expected="a number, or None where there is none",
            )


def check_lines(chart: ControlChart) -> None:
    """Refuse lines, proposals and months to come that do not fit the months of the chart.

    Raises:
        PaperRefused: a value is no number, there are not as many lines as values, a proposal
            lies outside its own interval, or the months to come do not follow the last month or
            cross.
    """
    lines = (*chart.values, *chart.centres, *chart.lowers, *chart.uppers)
    check_finite(f"{chart.name}, {chart.scope}", lines)
    count = len(chart.values)
    lengths = [len(one) for one in (chart.centres, chart.lowers, chart.uppers)]
    if any(lengths) and lengths != [count] * 3:
        raise PaperRefused(
            f"the chart of {chart.name} has {count} values and {lengths} centres, lowers, uppers",
            expected="one of each a month, None where there is none",
        )
    for one in chart.proposals:
        if not one.earliest <= one.month <= one.latest:
            raise PaperRefused(
                f"the step proposed for {one.month} lies outside {one.earliest} to {one.latest}",
                expected="a month between the earliest and the latest",
            )
    check_fan(chart.fan, chart.months[-1])


def check_fan(fan: Sequence[FanMonth], last: Month) -> None:
    """Refuse months to come, in the unit of their chart, that leave a gap or whose ranges cross.

    Raises:
        PaperRefused: naming the month.
    """
    for number, one in enumerate(fan, start=1):
        if one.month - last != number:
            raise PaperRefused(
                f"{one.month} is {one.month - last} months after {last}, as number {number}",
                expected="every month to come, from the one after the last",
            )
        ends = [one.low95, one.low80, one.centre, one.high80, one.high95]
        if ends != sorted(ends):
            raise PaperRefused(
                f"the ranges of {one.month} cross: {ends}",
                expected="a 95% range around an 80% range around the middle",
            )


def kinds_of(chart: ControlChart) -> dict[Month, tuple[str, str]]:
    """Of which kind each month is, and why.

    Raises:
        PaperRefused: a flag is of a kind nobody knows.
    """
    flagged = {}
    for flag in chart.flags:
        kind = flag.kind.capitalize()
        if kind not in (CONCERN, IMPROVEMENT, CHANGE):
            raise PaperRefused(
                f"{flag.month} is flagged as {flag.kind!r}",
                expected="concern, improvement or change",
            )
        flagged[flag.month] = (kind, flag.why)
    kinds = {}
    for month, value in zip(chart.months, chart.values, strict=True):
        if value is None:
            kinds[month] = (NOT_SUPPLIED, chart.why_missing.get(month, "not supplied"))
        else:
            kinds[month] = flagged.get(month, (USUAL, ""))
    return kinds
