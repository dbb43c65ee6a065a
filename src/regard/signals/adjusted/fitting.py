"""Season, levels and spread of a row, fitted in turn until the steps stay where they are."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from regard.core.periods import MONTHS_A_YEAR
from regard.kernels.compiling import compiled
from regard.signals.adjusted.dating import dated
from regard.signals.adjusted.holding import held_back
from regard.signals.adjusted.season import (
    TWELVE_MONTHS,
    TWO_HARMONICS,
    first_season,
    fit_season,
)
from regard.signals.adjusted.spread import Spread, first_dispersion, spread_about
from regard.signals.adjusted.steps import best_levels
from regard.signals.adjusted.tuning import (
    ANSCOMBE,
    FACTORS_FROM,
    FEWEST_FOR_SEASON,
    FEWEST_TO_CHART,
    SEASON_FROM,
    SHORTEST,
    Tuning,
)
from regard.signals.kernel import Places, Values

NEWEST = 3  # months at the end that enter the season held back: no other year can bear them out
ROUNDS = 6  # season and steps in turn; nearly every series settles in two


class Months(NamedTuple):
    """The months of a row that have a value, in order.

    Attributes:
        counts: What was counted.
        exposure: Length of each month over the average month.
        calendar: Its calendar month, 0 to 11.
        where: Its column.
        given: Whether an accepted level starts with it.
    """

    counts: Values
    exposure: Values
    calendar: Places
    where: Places
    given: NDArray[np.bool_]


class Fit(NamedTuple):
    """What was fitted to a row.

    Attributes:
        starts: Places in the row's months at which levels start, the first 0.
        terms: Terms of season: 0, 4 (two harmonics) or 11 (twelve months).
        factors: Season of the twelve calendar months, their mean 1.
        spread: Variation about the levels.
        roots: Adjusted counts on the square-root scale, one a month.
        weights: Exposure times season, one a month: one over the variance of a root, times phi.
        level: The number of the level of each month.
        means: The level of each level on the square-root scale.
    """

    starts: Places
    terms: int
    factors: Values
    spread: Spread
    roots: Values
    weights: Values
    level: Places
    means: Values


@compiled
def supplied(row: Values, exposure: Values, calendar: Places, given: NDArray[np.bool_]) -> Months:
    """The months of a row with a value; an accepted start moves to the next of them."""
    columns = row.shape[0]
    count = 0
    for column in range(columns):
        count += not math.isnan(row[column])
    counts, lengths = np.empty(count), np.empty(count)
    months, where = np.empty(count, np.int64), np.empty(count, np.int64)
    starts = np.zeros(count, np.bool_)
    at, pending = 0, False
    for column in range(columns):
        pending = pending or (given.shape[0] > 0 and given[column])
        if math.isnan(row[column]):
            continue
        counts[at], lengths[at] = row[column], exposure[column]
        months[at], where[at] = calendar[column], column
        starts[at] = pending and at > 0
        pending = False
        at += 1
    return Months(counts, lengths, months, where, starts)


@compiled
def _scaled(months: Months, factors: Values) -> tuple[Values, Values]:
    """Square roots of counts put on one month and one season, and their weights."""
    count = months.counts.shape[0]
    roots, weights = np.empty(count), np.empty(count)
    for i in range(count):
        weights[i] = months.exposure[i] * factors[months.calendar[i]]
        roots[i] = 2.0 * math.sqrt((months.counts[i] + ANSCOMBE) / weights[i])
    return roots, weights


@compiled
def _numbered(starts: Places, count: int) -> Places:
    level = np.zeros(count, np.int64)
    for place in range(1, starts.shape[0]):
        level[starts[place]] = 1
    for i in range(1, count):
        level[i] += level[i - 1]
    return level


@compiled
def _means(roots: Values, weights: Values, level: Places) -> Values:
    levels = level[-1] + 1
    total, heavy = np.zeros(levels), np.zeros(levels)
    for i in range(roots.shape[0]):
        total[level[i]] += weights[i] * roots[i]
        heavy[level[i]] += weights[i]
    return total / heavy


@compiled
def _gaps(roots: Values, weights: Values, level: Places, means: Values) -> Values:
    found = np.empty(roots.shape[0])
    for i in range(roots.shape[0]):
        found[i] = (roots[i] - means[level[i]]) * math.sqrt(weights[i])
    return found


@compiled
def _best_season(
    months: Months, logs: Values, variance: Values, level: Places, terms: int, choose: bool
) -> tuple[Values, int]:
    """The season given the levels; where asked, the shape that the BIC prefers."""
    if terms == TWELVE_MONTHS.shape[1]:
        factors, _ = fit_season(logs, variance, months.calendar, level, TWELVE_MONTHS)
        return factors, terms
    factors, left = fit_season(logs, variance, months.calendar, level, TWO_HARMONICS)
    if choose:
        count = logs.shape[0]
        finer, rest = fit_season(logs, variance, months.calendar, level, TWELVE_MONTHS)
        more = TWELVE_MONTHS.shape[1] - TWO_HARMONICS.shape[1]
        if rest < left * count ** (-more / count):
            return finer, TWELVE_MONTHS.shape[1]
    return factors, terms


@compiled
def fit_months(months: Months, tuning: Tuning) -> Fit:
    """Fit season, levels and spread to the months of one row (one month or more)."""
    count = months.counts.shape[0]
    terms = 0
    factors = np.ones(MONTHS_A_YEAR)
    free = count - np.sum(months.given)  # each accepted level takes a month to be known
    if free >= SEASON_FROM and np.mean(months.counts) >= FEWEST_FOR_SEASON:
        first, credible = first_season(months.counts, months.exposure, months.calendar)
        if credible:
            terms = TWO_HARMONICS.shape[1]
            factors = first
    logs = np.empty(count)
    for i in range(count):
        logs[i] = math.log((months.counts[i] + ANSCOMBE) / months.exposure[i])
    roots, weights = _scaled(months, factors)
    spread = Spread(first_dispersion(roots), 1.0, 0.0, 1.0)
    penalty = tuning.penalty if np.mean(months.counts) >= FEWEST_TO_CHART else math.inf
    starts = np.zeros(1, np.int64)
    for turn in range(ROUNDS):
        long_run = (1 + spread.autocorrelation) / (1 - spread.autocorrelation)
        price = penalty * math.log(max(SHORTEST, count)) * spread.dispersion * long_run
        calm = held_back(roots, weights, spread.dispersion)
        found = best_levels(calm, weights, months.given, price, tuning.least)
        settled = turn > 0 and np.array_equal(found, starts)
        starts = found
        level = _numbered(starts, count)
        if terms > 0:
            means = _means(roots, weights, level)
            variance = np.empty(count)
            for i in range(count):
                variance[i] = weights[i] * means[level[i]] ** 2
            choose = turn == 0 and count >= FACTORS_FROM
            for i in range(max(0, count - NEWEST), count):
                logs[i] = 2 * math.log(calm[i] / 2) + math.log(factors[months.calendar[i]])
            factors, terms = _best_season(months, logs, variance, level, terms, choose)
            roots, weights = _scaled(months, factors)
        means = _means(roots, weights, level)
        gaps = _gaps(roots, weights, level, means)
        levels = starts.shape[0]
        spread = spread_about(gaps, months.where, levels, terms, tuning.most_autocorrelation)
        if settled:
            break
    if starts.shape[0] > 1:
        long_run = spread.dispersion * (1 + spread.autocorrelation) / (1 - spread.autocorrelation)
        calm = held_back(roots, weights, spread.dispersion)
        starts = dated(starts, calm, weights, months.given, long_run, tuning.least)
        level = _numbered(starts, count)
        means = _means(roots, weights, level)
        gaps = _gaps(roots, weights, level, means)
        levels = starts.shape[0]
        spread = spread_about(gaps, months.where, levels, terms, tuning.most_autocorrelation)
    return Fit(starts, terms, factors, spread, roots, weights, level, means)
