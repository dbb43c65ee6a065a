"""What the adjusted chart finds in a series: levels, proposals, season, spread."""

from __future__ import annotations

from dataclasses import dataclass

from regard.core.figures import Figure
from regard.core.periods import Month
from regard.core.statements import Statement


@dataclass(frozen=True)
class Level:
    """Months at one level, accepted or found.

    Attributes:
        start, end: Its first and last month, as the grid has them.
        months: Months with a value.
        mean: The average of a month of average length and season, in the unit of the reading.
        accepted: Whether somebody accepted its start; the first level always is.
    """

    start: Month
    end: Month
    months: int
    mean: float
    accepted: bool


@dataclass(frozen=True)
class Proposal:
    """A step that the method found and nobody has accepted yet.

    Attributes:
        month: The likeliest first month of the new level.
        earliest, latest: Months between which it starts, with 95%.
        direction: `up` or `down`.
        before, after: Averages of an average month, in the unit of the reading.
        percent: The change in per cent of before, with its 95% range; missing from nought.
        gain: What the step gains, in units of the long-run variance.
        price: What it had to gain to be found.
        months: Months with a value since.
        statement: The sentence that says it.
    """

    month: Month
    earliest: Month
    latest: Month
    direction: str
    before: Figure
    after: Figure
    percent: Figure
    gain: float
    price: float
    months: int
    statement: Statement

    @property
    def evidence(self) -> float:
        """How many times the gain is what it had to be: above 1, or near it.

        A step is found by its likeliest month and dated to the month worth most, where it may
        gain a little less.
        """
        return self.gain / self.price


@dataclass(frozen=True)
class Season:
    """Factors of the twelve calendar months, January first, their mean 1.

    Attributes:
        factors: One a calendar month.
        terms: 4 for two harmonics, 11 for twelve separate months.
    """

    factors: tuple[float, ...]
    terms: int

    @property
    def highest(self) -> int:
        """The calendar month with the highest factor, 1 for January."""
        return max(range(1, 13), key=lambda month: self.factors[month - 1])

    @property
    def lowest(self) -> int:
        """The calendar month with the lowest factor, 1 for January."""
        return min(range(1, 13), key=lambda month: self.factors[month - 1])

    @property
    def amplitude(self) -> float:
        """Half the way from the lowest factor to the highest (a share of 1)."""
        return (max(self.factors) - min(self.factors)) / 2


@dataclass(frozen=True)
class SeriesSpread:
    """How a series varies about its levels.

    Attributes:
        dispersion: Variance over Poisson, never below 1.
        measured: The same before it was held at 1.
        autocorrelation: Of neighbouring months (0 to 0.6).
        freedom: Degrees of freedom of the dispersion.
    """

    dispersion: float
    measured: float
    autocorrelation: float
    freedom: float
