"""Steps: the levels that fit a series best when every further step has its price.

The dynamic programme of Killick, Fearnhead & Eckley 2012 (arXiv 1101.1438) with a shortest
level and with steps that are given; on the lengths that monthly series have, looking at every
start is as fast as pruning, and exact.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regard.core.errors import DefinitionRefused
from regard.kernels.compiling import compiled
from regard.signals.adjusted.tuning import SHORTEST, TUNING
from regard.signals.kernel import Places, Values


def step_price(
    months: int,
    *,
    dispersion: float = 1.0,
    autocorrelation: float = 0.0,
    penalty: float = TUNING.penalty,
) -> float:
    """What a step must gain in squared error on the square-root scale.

    Three logarithms of the number of months (the largest price that the modified BIC of Zhang
    & Siegmund 2007 asks of a change of mean), times
    the long-run variance: the dispersion, and (1 + rho) / (1 - rho) for autocorrelation. Fewer
    than 72 months count as 72, since their autocorrelation is known less well.
    """
    long_run = dispersion * (1 + autocorrelation) / (1 - autocorrelation)
    return penalty * math.log(max(SHORTEST, months)) * long_run


def find_steps(
    values: ArrayLike,
    *,
    price: float,
    weights: ArrayLike | None = None,
    least: int = TUNING.least,
    accepted: Sequence[int] = (),
) -> tuple[int, ...]:
    """Where new levels start: the places that minimise squared error plus price a step.

    Args:
        values: In order of time, none missing.
        price: What a step must gain (>= 0), in the squared unit of the values.
        weights: One over the variance of each value, up to a factor; all alike if left out.
        least: Fewest values that make a level (>= 1).
        accepted: Starts that are given; they cost nothing and may make shorter levels.

    Raises:
        DefinitionRefused: fewer than one value, one that is missing or infinite, a price below
            nought, weights that are not above nought or not one a value, or an accepted start
            outside the values.
    """
    held = np.ascontiguousarray(values, np.float64)
    if held.ndim != 1 or not len(held) or not price >= 0 or least < 1:
        raise DefinitionRefused(
            f"steps in values of shape {held.shape} at a price of {price}, levels of {least}",
            expected="one value or more, a price of 0 or more and levels of 1 or more",
        )
    heavy = np.ones(len(held)) if weights is None else np.ascontiguousarray(weights, np.float64)
    if heavy.shape != held.shape:
        raise DefinitionRefused(
            f"weights of shape {heavy.shape}", expected=f"one a value: shape {held.shape}"
        )
    wrong = np.flatnonzero(~(np.isfinite(held) & np.isfinite(heavy) & (heavy > 0)))
    if len(wrong):
        at = wrong[0]
        raise DefinitionRefused(
            f"the value {held[at]:g} of weight {heavy[at]:g} at place {at}",
            expected="known values, none infinite, and weights above 0",
        )
    outside = [one for one in accepted if not 0 < one < len(held)]
    if outside:
        raise DefinitionRefused(
            f"an accepted step at {outside[0]}", expected=f"a place from 1 to {len(held) - 1}"
        )
    given = np.zeros(len(held), np.bool_)
    given[list(accepted)] = True
    return tuple(best_levels(held, heavy, given, price, least)[1:].tolist())


@compiled
def running_sums(values: Values, weights: Values) -> tuple[Values, Values, Values]:
    """Running sums of weights, weighted values and weighted squares, each from 0."""
    months = values.shape[0]
    heavy, sums, squares = np.zeros(months + 1), np.zeros(months + 1), np.zeros(months + 1)
    for i in range(months):
        heavy[i + 1] = heavy[i] + weights[i]
        sums[i + 1] = sums[i] + weights[i] * values[i]
        squares[i + 1] = squares[i] + weights[i] * values[i] * values[i]
    return heavy, sums, squares


@compiled
def best_levels(
    values: Values, weights: Values, given: NDArray[np.bool_], price: float, least: int
) -> Places:
    """The starts of the best levels, in months from 0, which is the first. See `find_steps`."""
    months = values.shape[0]
    heavy, sums, _ = running_sums(values, weights)
    best = np.full(months + 1, math.inf)  # the least cost up to a place, less its squares
    before = np.zeros(months + 1, np.int64)
    best[0] = 0.0
    edge = 0  # the last given start below `end`
    for end in range(1, months + 1):
        if given[end - 1] and end > 1:
            edge = end - 1
        closed = end == months or given[end]
        if end - edge < least and not closed:
            continue
        # A level may start at the edge and be short only if another edge closes it.
        sum_, weight = sums[end], heavy[end]
        gap = sum_ - sums[edge]
        least_cost, start = best[edge] - gap * gap / (weight - heavy[edge]), edge
        for at in range(edge + least, end - least + 1):
            gap = sum_ - sums[at]
            cost = best[at] - gap * gap / (weight - heavy[at]) + price
            if cost < least_cost:
                least_cost, start = cost, at
        # The squares of all months so far are the same for every start, and left out.
        best[end], before[end] = least_cost, start
    return _backwards(before, months)


@compiled
def _backwards(before: Places, months: int) -> Places:
    count, at = 0, months
    while at > 0:
        at = before[at]
        count += 1
    starts = np.empty(count, np.int64)
    at = months
    for place in range(count - 1, -1, -1):
        at = before[at]
        starts[place] = at
    return starts
