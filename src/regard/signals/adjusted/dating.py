"""Which month a step is dated to: the one that is worth most, being right or next to right."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from regard.kernels.compiling import compiled
from regard.signals.kernel import Places, Values

CLEAR = 2  # months that stay on either side of a step whose date is moved
NEAR = 0.75  # what a date one month off is worth against the right one


@compiled
def split_costs(roots: Values, weights: Values, low: int, high: int) -> Values:
    """Squared error, up to a constant, of two levels between two places, by where they part.

    Args:
        roots: Adjusted square roots.
        weights: One over the variance of each, times phi.
        low, high: The places between which the step lies, `high` not included.

    Returns:
        One a place from `low` to `high`; infinite where fewer than two months are left.
    """
    costs = np.full(high - low + 1, math.inf)
    heavy, sums = 0.0, 0.0
    for i in range(low, high):
        heavy += weights[i]
        sums += weights[i] * roots[i]
    first, part = 0.0, 0.0
    for i in range(low, high - CLEAR):
        first += weights[i]
        part += weights[i] * roots[i]
        if i + 1 - low >= CLEAR:
            rest = sums - part
            costs[i + 1 - low] = -(part * part / first + rest * rest / (heavy - first))
    return costs


@compiled
def worthiest(costs: Values, long_run: float, least: int) -> int:
    """The place with the highest worth: its own likelihood and a share of its neighbours'.

    The likeliest place alone is next to right less often than it could be; a date one month
    off serves a board nearly as well as the right one.

    Args:
        costs: As `split_costs` gives them.
        long_run: Variance of a long average times its months.
        least: Months that stay on either side.

    Returns:
        The place, counted from the first cost; 0 where no place leaves so many months.
    """
    best = np.min(costs)
    likely = np.zeros(costs.shape[0] + 2)
    for place in range(costs.shape[0]):
        likely[place + 1] = math.exp(min(0.0, (best - costs[place]) / (2 * long_run)))
    found, worth = 0, -1.0
    for place in range(least, costs.shape[0] - least):
        now = likely[place + 1] + NEAR * (likely[place] + likely[place + 2])
        if now > worth:
            found, worth = place, now
    return found


@compiled
def dated(
    starts: Places,
    roots: Values,
    weights: Values,
    given: NDArray[np.bool_],
    long_run: float,
    least: int,
) -> Places:
    """The starts of levels with each found one moved to its worthiest month."""
    found = starts.copy()
    count = roots.shape[0]
    for place in range(1, starts.shape[0]):
        if given[starts[place]]:
            continue
        low = found[place - 1]
        high = starts[place + 1] if place + 1 < starts.shape[0] else count
        moved = worthiest(split_costs(roots, weights, low, high), long_run, least)
        if moved > 0:
            found[place] = low + moved
    return found
