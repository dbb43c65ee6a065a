"""Made-up monthly counts of which the truth is known: what the studies are run on.

Month length, a season of 10% either way with its peak anywhere in the year, more variation than
Poisson (negative binomial) and, where asked, months that hang together: an autoregressive normal
series put on the counts by their distribution (a Gaussian copula), so that every month keeps the
negative binomial that it has when months are independent.
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from regard.core.periods import MONTHS_A_YEAR, Month
from regard.signals.adjusted.season import calendar_months, exposures

START = Month(2005, 4)
SHAPE = 400.0  # negative binomial: the base design's variance is mean + mean^2 / 400
SEASON = 0.1
AUTOCORRELATED = 0.3
POISSON = 1e-9  # dispersion less one, below which a count is drawn as Poisson

Matrix = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Design:
    """How the counts of a study come about.

    Attributes:
        mean: Of a month of average length and season (count).
        months: How many.
        dispersion: Variance over mean; that of the base design where left out.
        autocorrelation: Of neighbouring months.
        season: Height of the yearly wave, as a share of the mean.
        step: The month from which the mean is `factor` times as high, counted from 0; none at -1.
        factor: After over before.
    """

    mean: float = 200.0
    months: int = 120
    dispersion: float | None = None
    autocorrelation: float = 0.0
    season: float = SEASON
    step: int = -1
    factor: float = 1.0

    @property
    def over(self) -> float:
        """Variance over mean before the step."""
        return 1 + self.mean / SHAPE if self.dispersion is None else self.dispersion

    @property
    def name(self) -> str:
        """What it is called in the id of a figure: its size, and what is unlike the base."""
        parts = [f"{self.mean:g}"]
        parts += [] if self.dispersion is None else [f"dispersion-{self.dispersion:g}"]
        parts += [] if self.season else ["no-season"]
        parts += [f"rho-{self.autocorrelation:g}"] if self.autocorrelation else []
        return "-".join(parts)

    def random(self, seed: int) -> np.random.Generator:
        """A stream of its own, whatever else a study draws and in whatever order."""
        return np.random.default_rng([seed, zlib.crc32(repr(self).encode())])

    def means(self, peaks: Matrix) -> Matrix:
        """What is expected of each month, shape (series, months)."""
        calendar = calendar_months(START, self.months)
        waves = np.cos(2 * np.pi * (calendar - peaks[:, None]) / MONTHS_A_YEAR)
        levels = np.full(self.months, float(self.mean))
        if self.step >= 0:
            levels[self.step :] *= self.factor
        return levels * (1 + self.season * waves) * exposures(START, self.months)

    def drawn(self, series: int, seed: int) -> Matrix:
        """Counts, shape (series, months)."""
        random = self.random(seed)
        return self.counts(self.means(self.peaks(series, random)), random)

    def peaks(self, series: int, random: np.random.Generator) -> Matrix:
        """When in the year each series is highest, in months after January."""
        return random.uniform(0, MONTHS_A_YEAR, series)

    def counts(self, means: Matrix, random: np.random.Generator) -> Matrix:
        """Counts about these means."""
        more = self.over - 1
        if self.autocorrelation:
            chances = stats.norm.cdf(self._hanging_together(means.shape, random))
            if more < POISSON:
                return stats.poisson.ppf(chances, means)
            return stats.nbinom.ppf(chances, means / more, 1 / self.over)
        if more < POISSON:
            return random.poisson(means).astype(np.float64)
        return random.poisson(random.gamma(means / more, more)).astype(np.float64)

    def _hanging_together(self, shape: tuple[int, ...], random: np.random.Generator) -> Matrix:
        rho = self.autocorrelation
        found = random.standard_normal(shape)
        for month in range(1, shape[1]):
            found[:, month] = rho * found[:, month - 1] + math.sqrt(1 - rho**2) * found[:, month]
        return found


def of_size(small: bool, full: int, fewest: int = 60) -> int:
    """How many series a study draws."""
    return fewest if small else full


def in_per_cent(hits: np.ndarray[Any, Any]) -> tuple[float, float]:
    """The share of truth values that are true and its standard error, both in per cent."""
    share = float(np.mean(hits))
    return 100 * share, 100 * math.sqrt(share * (1 - share) / len(hits))
