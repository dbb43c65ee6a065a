"""What a sheet of small charts draws, as plain values: panels, and the pack that they make."""

from __future__ import annotations

from dataclasses import dataclass

from regard.core.periods import Month
from regard.core.quantities import said
from regard.papers.chart_values import USUAL
from regard.papers.model import Words

COLUMNS = 3


@dataclass(frozen=True)
class Panel:
    """One small chart of a pack.

    Attributes:
        name: What is measured.
        scope: The area or body.
        unit: Unit of the values.
        start: The first month.
        values: One a month without a break, in `unit`; None where there is none.
        state: What the series says, in one short line.
        centres, lowers, uppers: What was expected of each month and its limits, in `unit`, as
            many as there are values; None where there is none.
        kind: Of which kind the last month is: usual variation, concern, improvement or change.
        why_missing: Why the last month has no value.
        places: Decimal places of the values printed.
    """

    name: str
    scope: str
    unit: str
    start: Month
    values: tuple[float | None, ...]
    state: str
    centres: tuple[float | None, ...] = ()
    lowers: tuple[float | None, ...] = ()
    uppers: tuple[float | None, ...] = ()
    kind: str = USUAL
    why_missing: str = "not supplied"
    places: int = 0

    @property
    def months(self) -> tuple[Month, ...]:
        """Every month drawn."""
        return tuple(self.start + step for step in range(len(self.values)))

    @property
    def title(self) -> str:
        """The measure and its area."""
        return f"{self.name}, {self.scope}" if self.scope else self.name

    @property
    def latest(self) -> str:
        """The value of the last month with its unit, or why there is none."""
        value = self.values[-1]
        return self.why_missing if value is None else said(value, self.unit, places=self.places)

    @property
    def limits(self) -> str:
        """The limits of the last month as printed; empty where it has none."""
        ends = [one[-1] for one in (self.lowers, self.uppers) if one]
        told = [self.said(one) for one in ends if one is not None]
        return " to ".join(told) if len(told) == len(ends) else ""

    def said(self, value: float) -> str:
        """A value as the panel and the table print it, without its unit."""
        return said(value, "", places=self.places)


@dataclass(frozen=True)
class Sheet:
    """A pack of panels, laid out in a grid that fits the pages of A4.

    Attributes:
        reading: What the pack says, in one line; the title of each picture.
        panels: In order.
        columns: How many stand side by side.
        id: The anchor in the paper; of several pictures, `-2`, `-3` follow it.
    """

    reading: Words
    panels: tuple[Panel, ...]
    columns: int = COLUMNS
    id: str = ""
