"""How long training takes, with its real spread: fixed, anywhere between two ends, or in phases.

A stage that people leave with one chance every month has far too much spread: of a pathway of
15 months, a fifth would be through in three. Times are months; a delay tells which share is
through by a month, and the chances of the whole months in which it ends.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammainc

from regard.core.errors import DefinitionRefused

Values: TypeAlias = NDArray[np.float64]

LAST = 1e-9  # the share that is left for a last month, in which whoever remains is through
LONGEST = 600  # months; a delay that reaches further is no training


class Delay(Protocol):
    """A time that differs from one person to another."""

    @property
    def mean(self) -> float:
        """Its mean in months."""

    @property
    def variance(self) -> float:
        """Its variance in months squared."""

    def share_by(self, months: ArrayLike) -> Values:
        """The share (0 to 1) who are through by each of so many months, of the shape given."""


@dataclass(frozen=True)
class Fixed:
    """The same time for everybody, in months."""

    months: float

    def __post_init__(self) -> None:
        _must_last(self.months, self)

    @property
    def mean(self) -> float:
        """Its mean in months."""
        return self.months

    @property
    def variance(self) -> float:
        """Its variance in months squared, which is none."""
        return 0.0

    def share_by(self, months: ArrayLike) -> Values:
        """The share (0 to 1) through by each of so many months: nobody, then everybody."""
        return np.where(np.asarray(months, dtype=np.float64) >= self.months, 1.0, 0.0)


@dataclass(frozen=True)
class Uniform:
    """Anywhere between a shortest and a longest time, in months, all alike likely."""

    shortest: float
    longest: float

    def __post_init__(self) -> None:
        _must_last(self.longest, self)
        if not 0 <= self.shortest < self.longest:
            raise DefinitionRefused(
                f"between {self.shortest} and {self.longest} months",
                expected="a shortest time from 0, below the longest",
            )

    @property
    def mean(self) -> float:
        """Its mean in months."""
        return (self.shortest + self.longest) / 2

    @property
    def variance(self) -> float:
        """Its variance in months squared."""
        return (self.longest - self.shortest) ** 2 / 12

    def share_by(self, months: ArrayLike) -> Values:
        """The share (0 to 1) through by each of so many months: a straight line."""
        gone = np.asarray(months, dtype=np.float64) - self.shortest
        return np.clip(gone / (self.longest - self.shortest), 0.0, 1.0)


@dataclass(frozen=True)
class Erlang:
    """So many phases one after another, each of the same exponential time.

    One phase is the spread of a monthly chance; the more phases, the nearer all times lie.

    Attributes:
        months: The mean of the whole, in months.
        phases: How many phases.
    """

    months: float
    phases: int

    def __post_init__(self) -> None:
        _must_last(self.months, self)
        if self.phases < 1:
            raise DefinitionRefused(f"{self.phases} phases", expected="at least one")

    @property
    def mean(self) -> float:
        """Its mean in months."""
        return self.months

    @property
    def variance(self) -> float:
        """Its variance in months squared."""
        return self.months**2 / self.phases

    def share_by(self, months: ArrayLike) -> Values:
        """The share (0 to 1) through by each of so many months: a gamma distribution."""
        after = np.maximum(np.asarray(months, dtype=np.float64), 0.0)
        return np.asarray(gammainc(self.phases, self.phases * after / self.months))


def ending(delay: Delay, *, last: float = LAST) -> Values:
    """The chance that a delay ends in each month, counted from 1 for the first.

    Whoever starts at a month's end is seen as through at the first month's end at or after it,
    so the shares through by whole months are exactly those of the delay.

    Args:
        delay: The delay.
        last: The share (0 to 1) that may be left for the last month.

    Returns:
        Chances of shape (months,), which add up to 1.

    Raises:
        DefinitionRefused: more than the share is left after 600 months.
    """
    through = delay.share_by(np.arange(LONGEST + 1))
    enough = np.flatnonzero(through >= 1 - last)
    if not len(enough):
        raise DefinitionRefused(
            f"{delay} is not over for {1 - through[-1]:.1%} after {LONGEST} months",
            expected="a delay that ends",
        )
    months = max(int(enough[0]), 1)
    chances = np.diff(through[: months + 1])
    chances[0] += through[0]
    chances[-1] += 1.0 - math.fsum(chances)
    return np.asarray(chances)


def _must_last(months: float, what: object) -> None:
    if not (math.isfinite(months) and months > 0):
        raise DefinitionRefused(f"{what} takes {months} months", expected="a time above 0")
