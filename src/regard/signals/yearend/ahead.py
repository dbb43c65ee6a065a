"""From the level as it stands to the months still to come, together and not one by one.

Months to come share the level, its drift and the season, so that their sum is far less certain
than a sum of separate months. What is simulated is the vector of all months not yet known.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from regard.kernels.compiling import compiled
from regard.signals.kernel import Values
from regard.signals.yearend.chances import Shared
from regard.signals.yearend.level import ANSCOMBE, Held, Row
from regard.signals.yearend.matrices import factor
from regard.signals.yearend.season import Fitted, fitted
from regard.signals.yearend.settings import Settings

SLIGHT = 1e-3  # weight of a signal ratio below which no draw is spent on it
FEWEST_MOVES = 5.0  # degrees of freedom that a variance is taken to have at least


class Window(NamedTuple):
    """Columns: the first month to come, the first month of the year, the one after the year."""

    start: int
    first: int
    after: int


class Stand(NamedTuple):
    """Where the filter stands before the first month to come and after the last known month.

    Attributes:
        before, end: Places among the histories held; the same unless a month of the year is
            missing before the last known one.
        waves: How many the season has (a count).
        weights: Of each signal ratio, together 1.
        wider: How much farther from the centre every draw lies than the model says (a ratio).
    """

    before: int
    end: int
    waves: int
    weights: Values
    wider: float


@compiled
def expected(row: Row, start: int, months: int, one: Fitted) -> Values:
    """Means of the months on the square-root scale, and what one unit of each wave would add.

    A row a month: the mean, then a column a wave.
    """
    columns = one.waves.shape[0]
    found = np.empty((months, columns + 1))
    for i in range(months):
        mean = one.base
        for k in range(columns):
            adds = one.level * row.waves[start + i, k] - one.drag[k]
            found[i, k + 1] = adds
            mean += adds * one.waves[k]
        found[i, 0] = mean
    return found


@compiled
def spread_of(row: Row, start: int, one: Fitted, means: Values) -> Values:
    """Covariance of the same months: level, drift, season and noise, shape (months, months)."""
    months, columns = means.shape[0], means.shape[1] - 1
    found = np.empty((months, months))
    for i in range(months):
        for j in range(i + 1):
            total = one.now + one.ratio * (j + 1)
            for k in range(columns):
                part = 0.0
                for m in range(columns):
                    part += one.spread[k, m] * means[j, m + 1]
                total += means[i, k + 1] * part
            if i == j:
                total += 1.0 / row.exposure[start + i]
            found[i, j] = total * one.variance
            found[j, i] = found[i, j]
    return found


@compiled
def condition(known: Values, means: Values, spread: Values) -> None:
    """Take in months that are known although an earlier one of the year is not, in place.

    `known` holds the months on the square-root scale, NaN where not known. A known month moves
    the others by its surprise and then varies no more.
    """
    months = means.shape[0]
    for at in range(months):
        if math.isnan(known[at]):
            continue
        surprise, held = known[at] - means[at, 0], spread[at].copy()
        for i in range(months):
            gain = held[i] / held[at]
            means[i, 0] += gain * surprise
            for j in range(months):
                spread[i, j] -= gain * held[j]
        for i in range(months):
            spread[at, i], spread[i, at] = 0.0, 0.0


@compiled
def total_of(row: Row, window: Window, one: Fitted) -> tuple[float, float]:
    """Mean and variance of the total of the months in the window, without simulating."""
    months, columns = window.after - window.start, one.waves.shape[0]
    means = expected(row, window.start, months, one)
    mean, noise, drift, pushed = 0.0, 0.0, 0.0, 0.0
    tilt = np.zeros(columns)
    for i in range(months - 1, -1, -1):
        if window.start + i >= window.first:
            exposure, centre = row.exposure[window.start + i], means[i, 0]
            push = exposure * centre / 2.0  # how a count answers to its square root
            variance = one.variance * (one.now + one.ratio * (i + 1) + 1.0 / exposure)
            mean += exposure * ((centre**2 + variance) / 4.0 - ANSCOMBE)
            noise += push * push / exposure
            pushed += push
            for k in range(columns):
                tilt[k] += push * means[i, k + 1]
        drift += pushed * pushed
    variance = one.now * pushed * pushed + one.ratio * drift + noise
    for k in range(columns):
        for m in range(columns):
            variance += tilt[k] * one.spread[k, m] * tilt[m]
    freedom = max(one.moves, FEWEST_MOVES)
    return mean, one.variance * variance * freedom / (freedom - 2.0)


@compiled
def heavier(normal: float, freedom: float) -> float:
    """How much wider (a ratio) a draw is for an estimated variance (Wilson and Hilferty 1931)."""
    part = 2.0 / (9.0 * freedom)
    return math.pow(max(1.0 - part + normal * math.sqrt(part), 0.2), -1.5)


@compiled
def paths(
    row: Row, values: Values, window: Window, held: Held, stand: Stand, rules: Settings,
    shared: Shared,
) -> Values:  # fmt: skip
    """Simulated counts of every month of the window, shape (draws, months).

    Each signal ratio gets its share of the draws. A month that is known keeps its count.
    """
    months = window.after - window.start
    known = np.empty(months)
    for i in range(months):
        at = window.start + i
        known[i] = values[at] if at < values.shape[0] else math.nan
    into = np.empty((shared.scale.shape[0], months))
    heavy = np.where(stand.weights >= SLIGHT, stand.weights, 0.0)
    heavy = np.cumsum(heavy / heavy.sum())
    done = 0
    for node in range(heavy.shape[0]):
        upto = int(round(heavy[node] * into.shape[0]))
        if upto == done:
            continue
        one = fitted(held, stand.before, node, stand.waves, rules)
        means = expected(row, window.start, months, one)
        spread = spread_of(row, window.start, one, means)
        if stand.before != stand.end:
            last = fitted(held, stand.end, node, stand.waves, rules)
            spread *= last.variance / one.variance
            condition(known, means, spread)
        factor(spread, months)
        freedom = max(held.moves[stand.end, node], FEWEST_MOVES)
        for d in range(done, upto):
            width = stand.wider * heavier(shared.scale[d], freedom)
            _draw(row, window.start, means, spread, shared.steps[d], width, into[d])
        done = upto
    for i in range(months):
        for d in range(0 if math.isnan(known[i]) else into.shape[0]):
            into[d, i] = row.counts[window.start + i]
    return into


@compiled
def _draw(
    row: Row, start: int, means: Values, lower: Values, normals: Values, width: float,
    into: Values,
) -> None:  # fmt: skip
    for i in range(means.shape[0]):
        root = means[i, 0]
        for j in range(i + 1):
            root += lower[i, j] * normals[j] * width
        root = max(root, 0.0)
        into[i] = max(row.exposure[start + i] * (root * root / 4.0 - ANSCOMBE), 0.0)
