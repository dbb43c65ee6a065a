"""How many stay how long: wastage by length of service, and whom it makes the force replace.

Completed length of service is close to lognormal (Lane and Andrew 1955, "A method of labour
turnover analysis"; Bartholomew, Forbes and McClean 1991, chapter 2): most who leave leave early,
so a force that has just recruited loses more than one whose people have stayed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from regard.core.errors import DefinitionRefused

Values: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class Service:
    """A lognormal completed length of service.

    Attributes:
        median: Years by which half have left (years, above 0).
        spread: Standard deviation of its natural logarithm (number, above 0).
    """

    median: float
    spread: float

    def __post_init__(self) -> None:
        if not (self.median > 0 and self.spread > 0):
            raise DefinitionRefused(
                f"a length of service of median {self.median} years and spread {self.spread}",
                expected="both above 0",
            )

    @property
    def mean(self) -> float:
        """The mean length of service in years."""
        return self.median * math.exp(self.spread**2 / 2)

    def staying(self, years: ArrayLike) -> Values:
        """The share (0 to 1) who stay at least so many years, of the shape given."""
        served = np.maximum(np.asarray(years, dtype=np.float64), 0.0)
        with np.errstate(divide="ignore"):
            return np.asarray(ndtr(-np.log(served / self.median) / self.spread))

    def leaving_in(self, year: ArrayLike) -> Values:
        """The share (0 to 1) of those who have served so many whole years who leave in the next."""
        served = np.asarray(year, dtype=np.float64)
        return 1.0 - self.staying(served + 1) / self.staying(served)

    def replacements(self, held: float, years: int) -> Values:
        """Joiners in each year that keep a number of posts full, all of them filled anew at first.

        Leavers of a year, those who joined to replace others among them, are replaced in it.

        Args:
            held: Posts to keep full (count).
            years: Years ahead (count).

        Returns:
            Joiners a year, shape (years,).
        """
        going = -np.diff(self.staying(np.arange(years + 1)))
        joined = np.zeros(years)
        for year in range(years):
            again = joined[:year] @ going[:year][::-1]
            joined[year] = going[year] + again
        return held * joined

    def leavers(self, served: Sequence[float], years: int) -> Values:
        """Of people who are in post now, how many leave in each year to come.

        Args:
            served: People by whole years of service (count), from 0.
            years: Years ahead (count).

        Returns:
            Leavers a year, shape (years,); those who come to replace them are not among them.
        """
        people = np.asarray(served, dtype=np.float64)
        now = np.arange(len(people))[:, None]
        staying = self.staying(now + np.arange(years + 1)) / self.staying(now)
        return np.asarray(people @ -np.diff(staying, axis=1))
