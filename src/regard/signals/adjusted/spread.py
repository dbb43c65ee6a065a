"""How much a series varies about its levels: dispersion over Poisson, and autocorrelation."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from regard.core.periods import MONTHS_A_YEAR
from regard.kernels.compiling import compiled
from regard.signals.adjusted.holding import HELD, within_bounds
from regard.signals.adjusted.season import seasonal_frequencies
from regard.signals.adjusted.tuning import NORMAL_MOVE
from regard.signals.kernel import Places, Values

LEAST_FREEDOM = 3.0


class Spread(NamedTuple):
    """Variation about the levels on the square-root scale.

    Attributes:
        dispersion: Variance over Poisson, never below 1.
        measured: The same before it was held at 1.
        autocorrelation: Of neighbouring months, corrected for what was fitted (0 to its cap).
        freedom: Degrees of freedom of the dispersion.
    """

    dispersion: float
    measured: float
    autocorrelation: float
    freedom: float


@compiled
def first_dispersion(roots: Values) -> float:
    """From the median move between neighbours, which steps and odd months hardly change."""
    months = roots.shape[0]
    if months <= 1:
        return 1.0
    moves = np.empty(months - 1)
    for i in range(months - 1):
        moves[i] = abs(roots[i + 1] - roots[i])
    move = np.median(moves) / NORMAL_MOVE
    return max(1.0, move * move)


@compiled
def spread_about(gaps: Values, where: Places, levels: int, terms: int, most: float) -> Spread:
    """The spread of standardised gaps (each of variance phi) about so many levels.

    The autocorrelation is raised by what fitting takes from it: 1 / n for each level and
    3 rho / n once (Kendall 1954 has both for one level), and 2 cos(omega) / n for each
    seasonal frequency. Odd months are held back, since a collapse that widened the limits
    would hide itself. The freedom falls
    by the spectrum of the series at what was fitted.

    Args:
        gaps: Month less level over its standard deviation at dispersion 1, one a month.
        where: The column of each month.
        levels: How many levels were fitted.
        terms: How many terms of season were fitted.
        most: The largest autocorrelation that is believed.
    """
    months = gaps.shape[0]
    gaps = within_bounds(gaps)
    squares, products, pairs = 0.0, 0.0, 0
    for i in range(months):
        squares += gaps[i] * gaps[i]
        if i > 0 and where[i] - where[i - 1] == 1:
            products += gaps[i] * gaps[i - 1]
            pairs += 1
    harmonics, last = seasonal_frequencies(terms)
    taken = float(levels)
    for h in range(1, harmonics + 1):
        weight = last if h == harmonics else 2.0
        taken += weight * math.cos(2 * math.pi * h / MONTHS_A_YEAR)
    rho = 0.0
    if pairs > 0 and squares > 0:
        rho = products / squares * months / pairs
        rho += (taken + 3 * max(0.0, rho)) / months
    rho = min(most, max(0.0, rho))
    used = levels * (1 + rho) / (1 - rho)
    for h in range(1, harmonics + 1):
        weight = last if h == harmonics else 2.0
        turn = math.cos(2 * math.pi * h / MONTHS_A_YEAR)
        used += weight * (1 - rho * rho) / (1 + rho * rho - 2 * rho * turn)
    freedom = max(LEAST_FREEDOM, months - used)
    measured = squares / freedom
    return Spread(max(1.0, measured), measured, rho, freedom)


@compiled
def spread_without(spread: Spread, gap: float) -> float:
    """The dispersion (>= 1) with one month taken out of it.

    Args:
        spread: With the month, which entered it held back.
        gap: The month less what was foretold, over its standard error at dispersion 1.
    """
    square = min(gap * gap, HELD * HELD * spread.dispersion)
    return max(1.0, (spread.measured * spread.freedom - square) / (spread.freedom - 1.0))
