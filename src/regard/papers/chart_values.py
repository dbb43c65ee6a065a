"""What charts draw, as plain values: months, lines, flags, waves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from regard.core.errors import PaperRefused
from regard.core.periods import Month
from regard.core.quantities import said
from regard.papers.model import Words

USUAL, CONCERN, IMPROVEMENT = "Usual variation", "Concern", "Improvement"
CHANGE, NOT_SUPPLIED = "Change", "Not supplied"


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
class ControlChart:
    """What a control chart draws, as plain values.

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

    @property
    def months(self) -> tuple[Month, ...]:
        """Every month drawn."""
        return tuple(self.start + step for step in range(len(self.values)))

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
