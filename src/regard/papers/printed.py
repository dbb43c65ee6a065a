"""A number as a paper printed it: the value, and how far rounding lets the truth lie from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from regard.core.errors import DefinitionRefused
from regard.core.quantities import rounded, said

_KEYS = {"value", "unit", "places", "nearest", "words", "low", "high"}


@dataclass(frozen=True)
class Rounded:
    """A number that is known only as far as it was rounded: its value, and from where to where.

    Arithmetic carries both on: the value by plain reckoning, the ends by the rules of
    intervals (Moore, "Interval Analysis", 1966, chapter 2), so that the truth lies between
    them whatever was rounded away.

    Example:
        >>> print(Rounded.exact(1552) / Rounded(0.091, 0.0905, 0.0915))
        17054.95 (16961.75 to 17149.17)
    """

    value: float
    low: float
    high: float

    @classmethod
    def exact(cls, value: float) -> Rounded:
        """A number that was not rounded."""
        return cls(value, value, value)

    def __add__(self, other: Rounded | float) -> Rounded:
        one = _of(other)
        return Rounded(self.value + one.value, self.low + one.low, self.high + one.high)

    def __sub__(self, other: Rounded | float) -> Rounded:
        one = _of(other)
        return Rounded(self.value - one.value, self.low - one.high, self.high - one.low)

    def __mul__(self, other: Rounded | float) -> Rounded:
        one = _of(other)
        ends = [a * b for a in (self.low, self.high) for b in (one.low, one.high)]
        return Rounded(self.value * one.value, min(ends), max(ends))

    def __truediv__(self, other: Rounded | float) -> Rounded:
        one = _of(other)
        if one.low <= 0 <= one.high:
            raise DefinitionRefused(
                f"{self} cannot be divided by {one}", expected="a divisor that cannot be 0"
            )
        ends = [a / b for a in (self.low, self.high) for b in (one.low, one.high)]
        return Rounded(self.value / one.value, min(ends), max(ends))

    def __abs__(self) -> Rounded:
        ends = (abs(self.low), abs(self.high))
        low = 0.0 if self.low <= 0 <= self.high else min(ends)
        return Rounded(abs(self.value), low, max(ends))

    def meets(self, other: Rounded) -> bool:
        """Whether the truth behind both may be one number."""
        return self.low <= other.high and other.low <= self.high

    def __str__(self) -> str:
        if self.low == self.high:
            return f"{self.value:.10g}"
        return f"{self.value:.2f} ({self.low:.2f} to {self.high:.2f})"


def _of(other: Rounded | float) -> Rounded:
    return other if isinstance(other, Rounded) else Rounded.exact(float(other))


@dataclass(frozen=True)
class Printed:
    """A number as it stands on paper.

    Attributes:
        value: The number; for words the middle of what they mean.
        unit: Its unit; empty for a bare count.
        places: Decimal places that were printed, of a number rounded to them.
        nearest: For a round number what it was rounded to, such as 100.
        words: The words, where it was said in words, such as `almost 800`.
        low, high: What the words mean, or the ends that rounding leaves open.
    """

    value: float
    low: float
    high: float
    unit: str = ""
    places: int | None = None
    nearest: float | None = None
    words: str = ""

    @classmethod
    def read(cls, told: Mapping[str, Any] | float, place: str) -> Printed:
        """From a table of a claims file: a bare number is exact.

        Args:
            told: `{ value, places }`, `{ value, nearest }`, `{ words, low, high }` or a number.
            place: Claim and input, for messages.

        Raises:
            DefinitionRefused: an unknown key, no value, or a rounding said in two ways.
        """
        if not isinstance(told, Mapping):
            return cls(float(told), float(told), float(told))
        strange = sorted(set(told) - _KEYS)
        ways = sorted({"places", "nearest", "words"} & set(told))
        if strange or len(ways) > 1 or ("value" not in told and "words" not in told):
            raise DefinitionRefused(
                f"{place} has {', '.join(sorted(told))}",
                expected="value with places or nearest, or words with low and high",
            )
        unit, words = told.get("unit", ""), told.get("words", "")
        if words:
            low, high = float(told.get("low", "-inf")), float(told.get("high", "inf"))
            middle = float(told.get("value", low if high == float("inf") else high))
            return cls(middle, low, high, unit, words=words)
        value, places, nearest = float(told["value"]), told.get("places"), told.get("nearest")
        half = nearest / 2 if nearest else 10.0**-places / 2 if places is not None else 0.0
        return cls(value, value - half, value + half, unit, places, nearest)

    @property
    def number(self) -> Rounded:
        """The number with the ends that its rounding leaves open."""
        return Rounded(self.value, self.low, self.high)

    def prints(self, value: float) -> bool:
        """Whether this value, rounded as the paper rounds, is what was printed."""
        if self.words:
            return self.low <= value <= self.high
        if self.nearest:
            return float(rounded(value / self.nearest, 0)) * self.nearest == self.value
        places = 0 if self.places is None else self.places
        return rounded(value, places) == rounded(self.value, places)

    def __str__(self) -> str:
        return self.words or said(self.value, self.unit, places=self.places)
