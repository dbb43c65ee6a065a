"""Odd months held back, so that one or three of them make no step, no season and no spread.

What is held is used to find steps, season and spread; levels, limits and signals take every
month as it was counted.
"""

from __future__ import annotations

import math

import numpy as np

from regard.kernels.compiling import compiled
from regard.signals.adjusted.tuning import NORMAL_SIZE
from regard.signals.kernel import Values

AROUND = 7  # months whose median a month is held to: an odd run of three is outvoted
HELD = 3.0  # standard deviations that a month may lie from it


@compiled
def _enter(window: Values, many: int, value: float) -> None:
    """Put a value into a sorted window that holds so many."""
    at = many
    while at > 0 and window[at - 1] > value:
        window[at] = window[at - 1]
        at -= 1
    window[at] = value


@compiled
def _leave(window: Values, many: int, value: float) -> None:
    """Take a value out of a sorted window that holds so many."""
    at = 0
    while window[at] < value:
        at += 1
    while at < many - 1:
        window[at] = window[at + 1]
        at += 1


@compiled
def middles(values: Values, many: int) -> Values:
    """The median of so many values around each; at the ends, of the first or the last."""
    count = values.shape[0]
    found, window = np.empty(count), np.empty(many + 1)
    for i in range(many):
        _enter(window, i, values[i])
    half, low = many // 2, 0
    for i in range(count):
        wanted = min(max(0, i - half), count - many)
        while low < wanted:
            _leave(window, many, values[low])
            _enter(window, many - 1, values[low + many])
            low += 1
        found[i] = window[half] if many % 2 else (window[half] + window[half - 1]) / 2
    return found


@compiled
def held_back(roots: Values, weights: Values, dispersion: float) -> Values:
    """Each month held within three standard deviations of the median of the seven around it.

    Args:
        roots: Adjusted square roots.
        weights: One over the variance of each, times phi.
        dispersion: Variance over Poisson.
    """
    count = roots.shape[0]
    middle = middles(roots, min(AROUND, count))
    found = roots.copy()
    for i in range(count):
        reach = HELD * math.sqrt(dispersion / weights[i])
        found[i] = min(middle[i] + reach, max(middle[i] - reach, roots[i]))
    return found


@compiled
def within_bounds(gaps: Values) -> Values:
    """Gaps held within three robust standard deviations, never fewer than Poisson's.

    The robust one is the median size over 0.6745, which a fifth of odd months hardly moves.
    """
    bound = HELD * max(1.0, np.median(np.abs(gaps)) / NORMAL_SIZE)
    return np.minimum(bound, np.maximum(-bound, gaps))
