"""The months of a series as the model sees them: their length, and the waves of the season."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from regard.core.periods import MEAN_MONTH_DAYS, MONTHS_A_YEAR, Month

WAVES = 4  # columns of two harmonics
FACTORS = 11  # columns of all harmonics, which give each month of the year its own value


@lru_cache(maxsize=64)
def exposures(start: Month, months: int) -> NDArray[np.float64]:
    """Length of each month in mean months of 30.4375 days, shape (months,)."""
    return np.array([(start + at).days / MEAN_MONTH_DAYS for at in range(months)])


@lru_cache(maxsize=64)
def waves(start: Month, months: int) -> NDArray[np.float64]:
    """Sines and cosines of the year, slowest first, shape (months, 11).

    The first four columns are two harmonics; all eleven are as free as eleven monthly factors.
    """
    of_year = (start.number - 1 + np.arange(months)) % MONTHS_A_YEAR
    turns = 2 * math.pi * of_year / MONTHS_A_YEAR
    columns = [wave(times * turns) for times in range(1, 7) for wave in (np.cos, np.sin)]
    return np.ascontiguousarray(np.stack(columns[:FACTORS], axis=1))
