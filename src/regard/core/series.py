"""A measure month by month, in which a month that was not supplied is missing and not zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from regard.core.errors import DefinitionRefused
from regard.core.figures import Source
from regard.core.periods import Month, months_between

COUNT, RATE, PROPORTION, WEIGHTED = "count", "rate", "proportion", "weighted-sum"
KINDS = (COUNT, RATE, PROPORTION, WEIGHTED)
LOWER, HIGHER, NEITHER = "lower", "higher", "neither"
POLARITIES = (LOWER, HIGHER, NEITHER)


@dataclass(frozen=True)
class Series:
    """One measure of one area, a value a month, on an unbroken grid of months.

    Attributes:
        measure: The measure's identifier.
        name: Its name as a paper prints it.
        scope: The area or body.
        unit: Unit of the values.
        kind: `count`, `rate`, `proportion` or `weighted-sum`.
        better: Which direction is better: `lower`, `higher` or `neither`.
        basis, method: As of a figure.
        start: The first month.
        values: One a month, in `unit`; None where the month was not supplied or is not whole.
        bases: Denominators a month (answers, residents...), for a rate or a proportion.
        why_missing: Why a month has no value.
        counted_to: The last day that was counted.
        sources: Where the rows came from.
    """

    measure: str
    name: str
    scope: str
    unit: str
    kind: str
    better: str
    basis: str
    method: str
    start: Month
    values: tuple[float | None, ...]
    counted_to: date
    bases: tuple[float | None, ...] | None = None
    why_missing: Mapping[Month, str] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS or self.better not in POLARITIES:
            raise DefinitionRefused(
                f"{self.measure} has kind {self.kind} and better {self.better}",
                expected=f"a kind of {', '.join(KINDS)}; better {', '.join(POLARITIES)}",
            )
        if self.bases is not None and len(self.bases) != len(self.values):
            raise DefinitionRefused(
                f"{self.measure} has {len(self.values)} values and {len(self.bases)} bases",
                expected="a base for each month",
            )
        unexplained = [m.iso for m in self.missing if m not in self.why_missing]
        if unexplained:
            raise DefinitionRefused(
                f"{self.measure} of {self.scope} lacks {', '.join(unexplained)} and does not "
                "say why",
                expected="a reason for every missing month",
            )

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """Every month of the grid."""
        return months_between(self.start, self.start + (len(self.values) - 1))

    @property
    def end(self) -> Month:
        """The last month of the grid."""
        return self.start + (len(self.values) - 1)

    @cached_property
    def missing(self) -> tuple[Month, ...]:
        """The months without a value."""
        return tuple(m for m, value in zip(self.months, self.values, strict=True) if value is None)

    @cached_property
    def supplied(self) -> tuple[tuple[Month, float], ...]:
        """The months that have a value, with it."""
        pairs = zip(self.months, self.values, strict=True)
        return tuple((m, value) for m, value in pairs if value is not None)

    def at(self, month: Month) -> float | None:
        """The value of a month; None if it is missing or outside the grid."""
        index = month - self.start
        return self.values[index] if 0 <= index < len(self.values) else None

    def since(self, month: Month) -> Series:
        """The same series from a month on."""
        return self.between(month, self.end)

    def between(self, first: Month, last: Month) -> Series:
        """The months from `first` to `last`, both included, as far as the grid goes.

        Raises:
            DefinitionRefused: no month of the series lies between them.
        """
        low, high = max(first, self.start), min(last, self.end)
        if high < low:
            raise DefinitionRefused(
                f"{self.measure} of {self.scope} has no month from {first} to {last}",
                expected=f"months between {self.start} and {self.end}",
            )
        cut = slice(low - self.start, high - self.start + 1)
        return Series(
            measure=self.measure,
            name=self.name,
            scope=self.scope,
            unit=self.unit,
            kind=self.kind,
            better=self.better,
            basis=self.basis,
            method=self.method,
            start=low,
            values=self.values[cut],
            counted_to=min(self.counted_to, high.end),
            bases=None if self.bases is None else self.bases[cut],
            why_missing={m: why for m, why in self.why_missing.items() if low <= m <= high},
            sources=self.sources,
        )
