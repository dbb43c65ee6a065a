"""What the year-end model assumes, each value with where it comes from.

*Tuned* means: chosen on London boroughs by type of crime, financial years 2012/13 to 2014/15
only, so that the ranges as published, after any widening, hold what they say, and of such
values by the interval score (bench/studies/year_ends.py says by what rule, in what order, and
prints what later years made of it).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

DRAWS = 2000
LEAST_HISTORY = 24  # supplied months below which no year end is said
SEASON_FROM = 36  # months of history from which two harmonics are fitted
FACTORS_FROM = 120  # months from which a value for each month of the year may be
FEW = 10.0  # a month, over the last twelve supplied: below it counts are drawn as whole numbers
FARTHEST = 24  # months ahead that can be simulated

# A month's drift of the level, as a share of it, and the spread of its logarithm. A random walk
# fitted by likelihood alone drifts less in a month than real levels drift in a year, and its
# ranges are then too narrow: ranges of London's boroughs hold 80.3% and 95.2% with this prior.
# Counts below 10 a month differ more in their drift from series to series. Tuned.
DRIFT, DRIFT_SPREAD = 0.04, 0.2
DRIFT_OF_FEW, SPREAD_OF_FEW = 0.03, 0.8

# Standard deviation of each seasonal wave on the square-root scale, as a share of the level
# (0.015 is about +-3% of a count). A season that stands out by more than STANDS_OUT standard
# errors loosens it. Tuned.
SEASON_SPREAD, STANDS_OUT = 0.015, 2.0

NEAR = 1  # months either side of the same month that count as an own past origin
ENOUGH_YEARS = 8  # earlier years from which the same month alone is enough
FEWEST_CHECKED = 4  # scores that a split-conformal 80% range needs: ceil(0.8 (n + 1)) <= n

# Years of own past that weigh as much as the tuning does. How far a series missed in one year says
# nothing of the next in London's tuning years (correlation -0.1 to 0.1), and on generated counts
# 16 scores best; with 4, a model that was right held 83.5% and not 80%. Tuned.
WEIGHT_OF_TUNING = 16.0

RATIOS: NDArray[np.float64] = np.geomspace(1e-4, 10.0, 14)  # of level to noise variance
DRIFTS: NDArray[np.float64] = np.geomspace(0.01, 0.4, 8)  # of low counts, a month
DISPERSIONS: NDArray[np.float64] = np.array([1.0, 1.25, 1.6, 2.2, 3.5])  # of low counts


class Settings(NamedTuple):
    """The same, as the compiled code takes them."""

    ratios: NDArray[np.float64]
    drift: float
    spread: float
    season: float
    stands_out: float
    drifts: NDArray[np.float64]
    dispersions: NDArray[np.float64]
    drift_of_few: float
    spread_of_few: float
    check: bool


def settings(*, check: bool = True) -> Settings:
    """The settings of the house, with or without the check on a series' own past."""
    return Settings(
        ratios=RATIOS,
        drift=DRIFT,
        spread=DRIFT_SPREAD,
        season=SEASON_SPREAD,
        stands_out=STANDS_OUT,
        drifts=DRIFTS,
        dispersions=DISPERSIONS,
        drift_of_few=DRIFT_OF_FEW,
        spread_of_few=SPREAD_OF_FEW,
        check=check,
    )
