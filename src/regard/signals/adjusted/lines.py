"""The level and its limits drawn back on the counts, and how far out the last month lies."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from regard.core.periods import MONTHS_A_YEAR
from regard.kernels.compiling import compiled
from regard.signals.adjusted.dates import level_sums
from regard.signals.adjusted.fitting import Fit, Months
from regard.signals.adjusted.holding import held_back
from regard.signals.adjusted.spread import spread_without
from regard.signals.adjusted.tails import (
    count_limits,
    count_tails,
    normal_of_t,
    normal_tail,
    t_of_normal,
)
from regard.signals.adjusted.tuning import ANSCOMBE, FEWEST_FOR_ROOTS, Tuning
from regard.signals.kernel import Values

DRAWN = 1.5  # times the level of usual months at which an average is one of odd ones


class Last(NamedTuple):
    """The last month held against the months of its level before it.

    Attributes:
        expected, lower, upper: What was foretold for it, in its own counts; NaN where nothing
            could be.
        chance: Chance of a month at least as far out, on either side (0 to 1); NaN as above.
        high: Whether it lies above what was foretold.
    """

    expected: float
    lower: float
    upper: float
    chance: float
    high: bool


@compiled
def _count_at(root: float, weight: float) -> float:
    """The count of a month whose adjusted square root is this; not below nought."""
    half = max(0.0, root) * math.sqrt(weight) / 2.0
    return max(0.0, half * half - ANSCOMBE)


@compiled
def pearson(fit: Fit, months: Months, number: int) -> float:
    """Variance over Poisson of the counts of a level, never below 1: for small counts.

    A level of a year or more speaks for itself, a shorter one for all: the spread of hundreds
    a month says little of the few that came after.
    """
    counts, heavy, held = level_sums(fit, months)
    alone = held.shape[0] > 1 and held[number] >= MONTHS_A_YEAR
    total = 0.0
    for i in range(months.counts.shape[0]):
        j = fit.level[i]
        mean = counts[j] / heavy[j] * fit.weights[i]
        if mean > 0.0 and (j == number or not alone):
            total += (months.counts[i] - mean) ** 2 / mean
    freedom = float(held[number] - 1) if alone else fit.spread.freedom
    return max(1.0, total / freedom)


@compiled
def _calm_levels(fit: Fit) -> Values:
    """The level of each level with its odd months held back, in counts a month."""
    held = held_back(fit.roots, fit.weights, fit.spread.dispersion)
    sums, heavy = np.zeros(fit.starts.shape[0]), np.zeros(fit.starts.shape[0])
    for i in range(held.shape[0]):
        sums[fit.level[i]] += fit.weights[i] * held[i]
        heavy[fit.level[i]] += fit.weights[i]
    roots = sums / heavy / 2
    return np.maximum(0.0, roots * roots - ANSCOMBE)


@compiled
def lines(
    fit: Fit, months: Months, shape: Values, numbers: Values, tuning: Tuning
) -> tuple[Values, Values, Values]:
    """Centre and limits of every column, drawn through missing months.

    Args:
        fit: What was fitted.
        months: To which months.
        shape: Exposure times season of every column.
        numbers: The level that each column belongs to.
        tuning: Half the width of the limits.
    """
    counts, heavy, held = level_sums(fit, months)
    columns = shape.shape[0]
    centre, lower, upper = np.empty(columns), np.empty(columns), np.empty(columns)
    reach = t_of_normal(tuning.sigmas, fit.spread.freedom)
    over = np.zeros(counts.shape[0])
    for j in range(counts.shape[0]):
        over[j] = pearson(fit, months, j)
    tail = normal_tail(tuning.sigmas)
    calm = _calm_levels(fit)
    for column in range(columns):
        j, weight = int(numbers[column]), shape[column]
        mean = counts[j] / heavy[j]
        if calm[j] * DRAWN < mean:  # a few huge months draw the average away from all others
            mean = calm[j]
        centre[column] = mean * weight
        if mean >= FEWEST_FOR_ROOTS:
            lower[column], upper[column] = usual_limits(mean, weight, fit.spread.dispersion, reach)
        else:
            expected = (mean + 0.5 / heavy[j]) * weight
            variance = over[j] * expected * (1 + weight / heavy[j])
            lower[column], upper[column] = limits_of_few(expected, variance, tail)
    return centre, lower, upper


@compiled
def usual_limits(
    mean: float, weight: float, dispersion: float, reach: float
) -> tuple[float, float]:
    """The limits of a month at a level of ten or more, from nothing but printed numbers.

    The mean of 2 sqrt(y + 3/8) is 2 sqrt(m) + (3/8 - phi/4) / sqrt(m) to second order.

    Args:
        mean: The level: the count of a month of average length and season.
        weight: Length times season of the month; 1 for an average one.
        dispersion: Variance over Poisson (>= 1).
        reach: Half the width in standard deviations: `t_of_normal(3, freedom)`.
    """
    level = math.sqrt(mean * weight)
    root = (2 * level + (ANSCOMBE - dispersion / 4) / level) / math.sqrt(weight)
    half = reach * math.sqrt(dispersion / weight)
    centre = mean * weight  # which a second order that is larger than the first would leave
    lower, upper = _count_at(root - half, weight), _count_at(root + half, weight)
    return min(lower, centre), max(upper, centre)


@compiled
def limits_of_few(mean: float, variance: float, tail: float) -> tuple[float, float]:
    """Limits of a small count, never narrower than those of chance alone (Poisson).

    A very large variance about a very small mean puts nearly all chance on nought, and would
    make a single case stand out the more, the more the series varies.
    """
    low, high = count_limits(mean, variance, tail)
    least, most = count_limits(mean, mean, tail)
    return min(low, least), max(high, most)


@compiled
def last_month(fit: Fit, months: Months, tuning: Tuning) -> Last:
    """The last month with a value against its level without it."""
    count = months.counts.shape[0]
    start, at = fit.starts[-1], count - 1
    if at - start < 1:
        return Last(math.nan, math.nan, math.nan, math.nan, False)
    heavy, sums, total = 0.0, 0.0, 0.0
    for i in range(start, at):
        heavy += fit.weights[i]
        sums += fit.weights[i] * fit.roots[i]
        total += months.counts[i]
    weight, value = fit.weights[at], months.counts[at]
    if total / heavy < FEWEST_FOR_ROOTS:
        return _last_of_few(fit, months, total, heavy, tuning)
    mean = sums / heavy
    spread = fit.spread
    long = (1 + spread.autocorrelation) / (1 - spread.autocorrelation)
    variance = (1 - fit.terms / count) / weight + long / heavy
    scaled = (fit.roots[at] - mean) / math.sqrt(variance)
    rest = spread.freedom - 1.0
    dispersion = spread_without(spread, scaled)
    deviate = normal_of_t(scaled / math.sqrt(dispersion), rest)
    reach = t_of_normal(tuning.sigmas, rest) * math.sqrt(dispersion * variance)
    expected = total / heavy * weight  # a spike draws it away from the mean of the roots
    return Last(
        expected,
        min(expected, _count_at(mean - reach, weight)),
        max(expected, _count_at(mean + reach, weight)),
        2.0 * normal_tail(abs(deviate)),
        value > expected,
    )


@compiled
def _last_of_few(fit: Fit, months: Months, total: float, heavy: float, tuning: Tuning) -> Last:
    """The last month by the predictive distribution of small counts.

    Gamma and Poisson with a prior count of one half: a negative binomial, whose variance is
    raised by the dispersion of the series; and never less than a Poisson (`limits_of_few`).
    """
    weight, value = fit.weights[-1], months.counts[-1]
    expected = (total + 0.5) / heavy * weight
    variance = pearson(fit, months, fit.level[-1]) * expected * (1 + weight / heavy)
    below, above = count_tails(int(round(value)), expected, variance)
    least, most = count_tails(int(round(value)), expected, expected)
    below, above = max(below, least), max(above, most)
    lower, upper = limits_of_few(expected, variance, normal_tail(tuning.sigmas))
    return Last(expected, lower, upper, min(1.0, 2 * min(below, above)), value > expected)
