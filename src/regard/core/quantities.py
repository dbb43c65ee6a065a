"""A number with its unit, and a range with its level."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from regard.core.errors import DefinitionRefused, NotComparable

PERCENT = "%"
POINTS = "percentage points"


def rounded(value: float, places: int) -> Decimal:
    """A number to so many decimal places, halves away from zero as papers print them."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def said(value: float, unit: str, *, places: int | None = None, signed: bool = False) -> str:
    """A number with its unit as a paper prints it.

    Percentages carry one decimal place unless told otherwise, everything else none
    when whole; thousands are set apart by commas. Minus is the true minus sign.
    """
    if places is None:
        places = 1 if unit in (PERCENT, POINTS) or value != int(value) else 0
    number = rounded(value, places)
    if number == 0:
        number = abs(number)  # no minus on nought
    text = f"{abs(number):,}"
    sign = "−" if number < 0 else "+" if signed and number > 0 else ""
    if unit == PERCENT:
        return f"{sign}{text}%"
    if unit == POINTS:
        return f"{sign}{text} {POINTS}"
    return f"{sign}{text} {unit}".rstrip()


@dataclass(frozen=True)
class Quantity:
    """A number with its unit; adds to and subtracts from its own unit only.

    Example:
        >>> print(Quantity(17, "PSUs") + Quantity(14, "PSUs"))
        31 PSUs
    """

    value: float
    unit: str

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise DefinitionRefused(
                f"a quantity of {self.value} {self.unit} is not a number", expected="a number"
            )

    def __add__(self, other: Quantity) -> Quantity:
        return Quantity(self.value + self._same(other).value, self.unit)

    def __sub__(self, other: Quantity) -> Quantity:
        return Quantity(self.value - self._same(other).value, self.unit)

    def __mul__(self, times: float) -> Quantity:
        return Quantity(self.value * times, self.unit)

    __rmul__ = __mul__

    def __lt__(self, other: Quantity) -> bool:
        return self.value < self._same(other).value

    def __le__(self, other: Quantity) -> bool:
        return self.value <= self._same(other).value

    def _same(self, other: Quantity) -> Quantity:
        if self.unit != other.unit:
            raise NotComparable(
                f"{self} and {other} are in different units",
                expected=f"two quantities in {self.unit}",
                next_step="put both on one unit first",
            )
        return other

    def __str__(self) -> str:
        return said(self.value, self.unit)


@dataclass(frozen=True)
class Range:
    """From `low` to `high`, holding the truth with chance `level` (0 to 1)."""

    low: float
    high: float
    level: float

    def __post_init__(self) -> None:
        if not self.low <= self.high or not 0 < self.level < 1:
            raise DefinitionRefused(
                f"a range from {self.low} to {self.high} at level {self.level} is no range",
                expected="low not above high, and a level between 0 and 1",
            )

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def said(self, unit: str, *, places: int | None = None, signed: bool = False) -> str:
        """The range as a paper prints it, such as `−2.1% to +6.3%`."""
        low = said(self.low, unit, places=places, signed=signed)
        return f"{low} to {said(self.high, unit, places=places, signed=signed)}"
