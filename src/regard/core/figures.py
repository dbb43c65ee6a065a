"""A number that knows what it is, and refuses to be compared with one that is something else."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date

from regard.core.errors import DefinitionRefused, NotComparable, NotEnoughData
from regard.core.periods import Period, day_said
from regard.core.quantities import PERCENT, Range, said

ID_LETTERS = 10  # hexadecimal letters of a figure's name; 40 bits, ample within one paper
MUST_AGREE = ("measure", "scope", "basis", "unit", "method")


@dataclass(frozen=True)
class Source:
    """Where a figure comes from.

    Attributes:
        kind: `rows` (an import), `figures` (computed from others), `printed` (a document),
            `plan` (a promise) or `said` (a post).
        reference: The import, document and paragraph, or post.
        detail: What was taken from it: how many rows, by which filter.
    """

    kind: str
    reference: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.reference} ({self.detail})" if self.detail else self.reference


@dataclass(frozen=True)
class Figure:
    """A number with everything that says what it is.

    Attributes:
        value: The number; None is missing, and then `missing` says why. Missing is not zero.
        unit: Unit of the value, such as `offences` or `%`.
        measure: What is measured, by its identifier.
        scope: Which body or area it is about.
        basis: On which base: actual, estimate, forecast, target, asserted...
        method: How it was made, with its version.
        as_at: The day to which it is true.
        period: The days it covers, if it covers any.
        sources: Where it comes from.
        parts: The figures it was computed from.
        interval: The range within which the truth lies, where it is an estimate.
        places: Decimal places when printed; None leaves it to the unit.
        signed: Whether a plus sign is printed.
        missing: Why there is no value.
    """

    value: float | None
    unit: str
    measure: str
    scope: str
    basis: str
    method: str
    as_at: date
    period: Period | None = None
    sources: tuple[Source, ...] = ()
    parts: tuple[Figure, ...] = ()
    interval: Range | None = None
    places: int | None = None
    signed: bool = False
    missing: str = ""

    def __post_init__(self) -> None:
        if self.value is None and not self.missing:
            raise DefinitionRefused(
                f"{self.measure} of {self.scope} has no value and no reason",
                expected="missing= saying why",
            )
        if self.value is not None and not math.isfinite(self.value):
            raise DefinitionRefused(
                f"{self.measure} of {self.scope} is {self.value}", expected="a finite number"
            )

    @property
    def id(self) -> str:
        """A short name made of all that the figure is, the same on every machine."""
        told = "\x1f".join(
            ",".join(part.id for part in self.parts)
            if one.name == "parts"
            else repr(getattr(self, one.name))
            for one in fields(self)
        )
        return "f-" + hashlib.sha256(told.encode()).hexdigest()[:ID_LETTERS]

    @property
    def known(self) -> float:
        """The value.

        Raises:
            NotEnoughData: it is missing.
        """
        if self.value is None:
            raise NotEnoughData(
                f"{self.measure} of {self.scope} is missing: {self.missing}",
                expected="a figure with a value",
            )
        return self.value

    def __str__(self) -> str:
        if self.value is None:
            return "not known"
        return said(self.value, self.unit, places=self.places, signed=self.signed)

    @property
    def number(self) -> str:
        """The figure as printed but without its unit, for a sentence that says the unit once.

        A percentage keeps its sign.
        """
        return str(self).removesuffix(f" {self.unit}")

    @property
    def range_said(self) -> str:
        """The two ends of the interval as printed, such as `+1.4% to +2.8%`.

        A unit other than the percentage sign is said once: `−3.1 to −1.4 percentage points`.

        Raises:
            DefinitionRefused: the figure has no interval.
        """
        span = self._span
        low, high = (
            said(end, self.unit, places=self.places, signed=self.signed)
            for end in (span.low, span.high)
        )
        return f"{low.removesuffix(f' {self.unit}')} to {high}"

    @property
    def level_said(self) -> str:
        """The level of the interval as printed, such as `95%`.

        Raises:
            DefinitionRefused: the figure has no interval.
        """
        percent = round(100 * self._span.level, 1)
        return said(percent, PERCENT, places=0 if percent == int(percent) else 1)

    @property
    def _span(self) -> Range:
        if self.interval is None:
            raise DefinitionRefused(
                f"{self.measure} of {self.scope}, {self}, has no interval to be said",
                expected="a figure with an interval",
            )
        return self.interval

    @property
    def described(self) -> str:
        """What the figure is, in one line for a trace."""
        when = str(self.period) if self.period else f"at {day_said(self.as_at)}"
        named = f"{self.measure}, {self.scope}, {when}; {self.basis}; {self.method}"
        return f"{named}; missing: {self.missing}" if self.missing else named

    def walk(self) -> Iterator[Figure]:
        """The figure and everything it was computed from, nearest first."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def printed(self, *, places: int | None = None, signed: bool | None = None) -> Figure:
        """The same figure, printed with so many decimal places or with its sign."""
        return replace(self, places=places, signed=self.signed if signed is None else signed)


def must_compare(one: Figure, other: Figure) -> None:
    """Refuse two figures that are not the same thing at two times or with two values.

    Raises:
        NotComparable: their measure, scope, basis, unit or method differ; the message
            names each difference.
    """
    differ = [name for name in MUST_AGREE if getattr(one, name) != getattr(other, name)]
    if differ:
        told = "; ".join(
            f"{name} is {getattr(one, name)} and {getattr(other, name)}" for name in differ
        )
        raise NotComparable(
            f"{one} and {other} cannot be compared: {told}",
            expected=f"the same {', '.join(differ)}",
            next_step="bring both figures on one base, or show them apart with their bases",
        )


def _of_two(now: Figure, then: Figure, *, value: float, unit: str, method: str) -> Figure:
    return Figure(
        value=value,
        unit=unit,
        measure=now.measure,
        scope=now.scope,
        basis=now.basis,
        method=method,
        as_at=now.as_at,
        period=now.period,
        sources=(Source("figures", method, f"{then} to {now}"),),
        parts=(now, then),
        signed=True,
    )


def difference(now: Figure, then: Figure) -> Figure:
    """How much more `now` is than `then`, in their own unit.

    A difference of two percentages is in percentage points.

    Raises:
        NotComparable: the two are not the same thing.
        NotEnoughData: one of them is missing.
    """
    must_compare(now, then)
    unit = "percentage points" if now.unit == PERCENT else now.unit
    return _of_two(now, then, value=now.known - then.known, unit=unit, method="difference")


def percent_change(now: Figure, then: Figure) -> Figure:
    """How much more `now` is than `then`, in per cent of `then`.

    Raises:
        NotComparable: the two are not the same thing.
        NotEnoughData: one of them is missing, or `then` is nought.
    """
    must_compare(now, then)
    if then.known == 0:
        raise NotEnoughData(
            f"{then.measure} of {then.scope} was 0, so a change in per cent has no meaning",
            expected="a base other than 0",
            next_step="report the difference itself",
        )
    change = (now.known - then.known) / then.known * 100
    return _of_two(now, then, value=change, unit=PERCENT, method="percent change")


def derived(
    parts: tuple[Figure, ...],
    *,
    value: float | None,
    unit: str,
    method: str,
    measure: str = "",
    basis: str = "",
    interval: Range | None = None,
    missing: str = "",
) -> Figure:
    """A figure computed from others of one scope; it takes its time from the first.

    Raises:
        NotComparable: the parts are about different bodies or areas.
    """
    first = parts[0]
    scopes = sorted({part.scope for part in parts})
    if len(scopes) > 1:
        raise NotComparable(
            f"{method} would mix {' and '.join(scopes)}", expected="figures of one body or area"
        )
    return Figure(
        value=value,
        unit=unit,
        measure=measure or first.measure,
        scope=first.scope,
        basis=basis or first.basis,
        method=method,
        as_at=first.as_at,
        period=first.period,
        sources=(Source("figures", method),),
        parts=parts,
        interval=interval,
        missing=missing,
    )
