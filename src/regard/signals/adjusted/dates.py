"""Between which months a step lies, and how large it is."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from regard.kernels.compiling import compiled
from regard.signals.adjusted.dating import split_costs
from regard.signals.adjusted.fitting import Fit, Months
from regard.signals.kernel import Places, Values

NINETY_FIVE = 1.959963984540054  # standard errors
# Twice the log likelihood ratio at the best date over that at the true one is, for small steps,
# the larger of two independent exponentials (Yao 1987): -2 ln(1 - sqrt 0.95).
SMALL_STEP_DEPTH = -2 * math.log(1 - math.sqrt(0.95))
# Each exponential is cut by the overshoot of a random walk, exp(-0.583 delta)
# (Siegmund 1985, Sequential Analysis, chapter X), so that larger steps need less depth.
OVERSHOOT = 2 * 0.5826
LEAST_DEPTH = 1.0
WIDEST = 50.0  # of the log of a ratio: a wider range tells nothing more, and stays finite


class Step(NamedTuple):
    """A step from one level to the next.

    Attributes:
        column: The first month of the new level.
        earliest, latest: Columns between which it starts, with 95%.
        before, after: Averages a month, of average length and season.
        low, high: After over before, the ends of its 95% range; NaN where nothing was counted
            before.
        gain: What the step gains over one level in its place, in units of the variance; it
            is found where that is above `penalty` times the log of the number of months.
        months: Months with a value since.
        given: 1 if it was accepted, 0 if it was found.
    """

    column: int
    earliest: int
    latest: int
    before: float
    after: float
    low: float
    high: float
    gain: float
    months: int
    given: int


@compiled
def long_run(fit: Fit) -> float:
    """Variance of a long average times its months, on the square-root scale."""
    rho = fit.spread.autocorrelation
    return fit.spread.dispersion * (1 + rho) / (1 - rho)


@compiled
def depth_of(size: float) -> float:
    """How far below the best the fit may fall within the 95% interval of a date.

    Args:
        size: The step in long-run standard deviations of a month.
    """
    return max(LEAST_DEPTH, SMALL_STEP_DEPTH - OVERSHOOT * size)


@compiled
def _date_range(fit: Fit, low: int, at: int, high: int, size: float) -> tuple[int, int]:
    """First and last place at which the step could stand, between two neighbouring steps."""
    costs = split_costs(fit.roots, fit.weights, low, high)
    best = np.min(costs)
    limit = best + depth_of(size) * long_run(fit)
    earliest, latest = at, at
    for place in range(low + 1, high):
        if costs[place - low] <= limit:
            earliest, latest = min(earliest, place), max(latest, place)
    return earliest, latest


@compiled
def level_sums(fit: Fit, months: Months) -> tuple[Values, Values, Places]:
    """The counts, the weights and the months of each level."""
    levels = fit.starts.shape[0]
    counts, heavy = np.zeros(levels), np.zeros(levels)
    held = np.zeros(levels, np.int64)
    for i in range(months.counts.shape[0]):
        counts[fit.level[i]] += months.counts[i]
        heavy[fit.level[i]] += fit.weights[i]
        held[fit.level[i]] += 1
    return counts, heavy, held


@compiled
def ratio_range(
    averages: tuple[float, float], roots: Values, heavy: tuple[float, float], variance: float
) -> tuple[float, float]:
    """The 95% range of a level over the one before it.

    The root m of a level has the variance v / h, its logarithm v / (h m^2); the ratio of levels
    is the square of the ratio of roots, and the variances of the two logarithms add up.

    Args:
        averages: Before and after, in counts a month of average length and season.
        roots: The same levels on the square-root scale (m), shape (2,).
        heavy: Months of each, by length and season (h).
        variance: Of a long average times its months, on the square-root scale (v).

    Returns:
        Its ends; NaN where nothing was counted before.
    """
    if averages[0] <= 0.0:
        return math.nan, math.nan
    shares = 1 / (heavy[0] * roots[0] ** 2) + 1 / (heavy[1] * roots[1] ** 2)
    reach = math.exp(min(WIDEST, 2 * NINETY_FIVE * math.sqrt(variance * shares)))
    ratio = averages[1] / averages[0]
    # No count after leaves no ratio to go round; 3/8 in the roots still tells how small it is.
    middle = ratio if ratio > 0.0 else (roots[1] / roots[0]) ** 2
    return min(ratio, middle / reach), middle * reach


@compiled
def step_of(fit: Fit, months: Months, place: int) -> Step:
    """The step with which a level starts.

    Args:
        fit: What was fitted.
        months: To which months.
        place: The number of the level, 1 or more.
    """
    counts, heavy, held = level_sums(fit, months)
    levels, total = fit.starts.shape[0], months.counts.shape[0]
    at, low = fit.starts[place], fit.starts[place - 1]
    high = fit.starts[place + 1] if place + 1 < levels else total
    variance = long_run(fit)
    move = fit.means[place] - fit.means[place - 1]
    size = abs(move) / math.sqrt(variance)
    earliest, latest = _date_range(fit, low, at, high, size)
    first, second = heavy[place - 1], heavy[place]
    before, after = counts[place - 1] / first, counts[place] / second
    ends = ratio_range((before, after), fit.means[place - 1 : place + 1], (first, second), variance)
    gain = move * move * first * second / (first + second) / variance
    return Step(
        months.where[at], months.where[earliest], months.where[latest], before, after,
        ends[0], ends[1], gain, held[place], int(months.given[at]),
    )  # fmt: skip
