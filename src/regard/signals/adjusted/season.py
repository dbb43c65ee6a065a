"""Season: multiplicative factors of the twelve months, fitted together with the levels."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regard.core.periods import MEAN_MONTH_DAYS, MONTHS_A_YEAR, Month
from regard.kernels.compiling import compiled
from regard.signals.adjusted.tuning import ANSCOMBE
from regard.signals.kernel import Places, Values

RIDGE = 1e-10  # of the weights: a month of the year that was never supplied keeps factor 1
HALF_YEAR = 6
MOST_SEASON = 6.0  # of the log of a factor, so that none is ever nought: 400 times the usual month
FAR_BELOW = 0.05  # of the level around a month: its logarithm says more of 3/8 than of the month
MOST_FAR_BELOW = 0.1  # share of such months, by the level around them, that a season survives


def _harmonics(pairs: int) -> Values:
    turns = 2 * np.pi * np.outer(np.arange(MONTHS_A_YEAR), np.arange(1, pairs + 1)) / MONTHS_A_YEAR
    return np.hstack([np.cos(turns), np.sin(turns)])


def _factors() -> Values:
    # Helmert contrasts, which treat all months alike where one was never supplied.
    shape = np.zeros((MONTHS_A_YEAR, MONTHS_A_YEAR - 1))
    for month in range(1, MONTHS_A_YEAR):
        shape[:month, month - 1] = 1.0
        shape[month, month - 1] = -month
    return shape / np.sqrt(np.sum(shape * shape, axis=0))


TWO_HARMONICS: Values = _harmonics(2)  # (12, 4)
TWELVE_MONTHS: Values = _factors()  # (12, 11)


def exposures(start: Month, months: int) -> Values:
    """The length of each month over that of the average month (30.4375 days)."""
    return np.array([(start + step).days / MEAN_MONTH_DAYS for step in range(months)])


def calendar_months(start: Month, months: int) -> NDArray[np.int64]:
    """The calendar month of each column, 0 for January."""
    return (start.start.month - 1 + np.arange(months)) % MONTHS_A_YEAR


@compiled
def seasonal_frequencies(terms: int) -> tuple[int, float]:
    """How many harmonics a season of so many terms takes out, and the weight of the last."""
    if terms == 0:
        return 0, 0.0
    return (2, 2.0) if terms == 4 else (HALF_YEAR, 1.0)


@compiled
def fit_season(
    logs: Values, weights: Values, calendar: Places, level: Places, shape: Values
) -> tuple[Values, float]:
    """Weighted least squares of log counts on the intercept of each level and a season.

    Args:
        logs: Log of each count a day, shape (months with a value,).
        weights: One over the variance of each, up to a factor.
        calendar: The calendar month of each, 0 to 11.
        level: The number of the level of each, from 0.
        shape: What a season can be, shape (12, terms).

    Returns:
        The factors of the twelve months, their mean 1; and the weighted sum of squares left.
    """
    terms = shape.shape[1]
    levels = level[-1] + 1
    total, mean = np.zeros(levels), np.zeros(levels)
    heavy, sums = np.zeros((levels, MONTHS_A_YEAR)), np.zeros(MONTHS_A_YEAR)
    squares = 0.0
    for i in range(logs.shape[0]):
        gap = logs[i] - logs[0]  # of logs near 16, squares would drown what is left of them
        j, weighted = level[i], weights[i] * gap
        total[j] += weights[i]
        mean[j] += weighted
        heavy[j, calendar[i]] += weights[i]
        sums[calendar[i]] += weighted
        squares += weighted * gap
    # A season is the same for every year, so sums by level and calendar month say it all.
    left, right = np.zeros((terms, terms)), np.zeros(terms)
    for month in range(MONTHS_A_YEAR):
        _add(left, right, shape[month], np.sum(heavy[:, month]), sums[month])
    for j in range(levels):
        squares -= mean[j] * mean[j] / total[j]
        _add(left, right, heavy[j] @ shape, -1.0 / total[j], -mean[j] / total[j])
    ridge = RIDGE * np.sum(total)
    for p in range(terms):
        left[p, p] += ridge
    found: Any = np.linalg.solve(left, right)
    return _normed(shape, found), max(0.0, squares - np.sum(right * found))


@compiled
def _add(left: Values, right: Values, row: Values, weight: float, sum_: float) -> None:
    for p in range(row.shape[0]):
        right[p] += row[p] * sum_
        for q in range(row.shape[0]):
            left[p, q] += weight * row[p] * row[q]


@compiled
def _normed(shape: Values, found: Values) -> Values:
    factors = np.empty(MONTHS_A_YEAR)
    total = 0.0
    for month in range(MONTHS_A_YEAR):
        sum_ = 0.0
        for p in range(shape.shape[1]):
            sum_ += shape[month, p] * found[p]
        factors[month] = math.exp(min(MOST_SEASON, max(-MOST_SEASON, sum_)))
        total += factors[month]
    return factors * (MONTHS_A_YEAR / total)


@compiled
def moving_level(rates: Values) -> Values:
    """A centred average of thirteen months, the ends counted half: free of season, near steps."""
    months = rates.shape[0]
    found = np.empty(months)
    for i in range(months):
        low, high = i - HALF_YEAR, i + HALF_YEAR
        if low < 0:
            low, high = 0, MONTHS_A_YEAR
        elif high > months - 1:
            low, high = months - 1 - MONTHS_A_YEAR, months - 1
        total = (rates[low] + rates[high]) / 2
        for j in range(low + 1, high):
            total += rates[j]
        found[i] = total / MONTHS_A_YEAR
    return found


@compiled
def first_season(counts: Values, exposure: Values, calendar: Places) -> tuple[Values, bool]:
    """A season to start from: two harmonics of the counts about a moving level.

    Returns:
        The factors of the twelve months; and whether logarithms can tell a season at all, which
        they cannot of a few large months among many near nought.
    """
    months = counts.shape[0]
    level = moving_level(counts / exposure)
    logs, weights = np.empty(months), np.empty(months)
    lost = 0.0
    for i in range(months):
        logs[i] = math.log((counts[i] + ANSCOMBE) / exposure[i] / (level[i] + ANSCOMBE))
        if counts[i] < FAR_BELOW * level[i] * exposure[i]:
            lost += level[i]
        inner = HALF_YEAR <= i < months - HALF_YEAR
        weights[i] = level[i] + ANSCOMBE if inner else 1e-9
    one = np.zeros(months, np.int64)
    factors, _ = fit_season(logs, weights, calendar, one, TWO_HARMONICS)
    return factors, bool(lost <= MOST_FAR_BELOW * np.sum(level))
