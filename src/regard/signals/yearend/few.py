"""A local level for low counts: a gamma-Poisson that drifts, in whole numbers throughout.

The level has a gamma distribution of shape a and rate b, a half and nothing before the first
month. A month's drift adds to its relative variance, 1/a to 1/a + d2, and leaves its mean; a
count y over e mean months adds y/f to the shape and e/f to the rate, where f is how many times
as much as Poisson the counts vary. With neither drift nor excess this is the textbook
gamma-Poisson. No season is fitted: at these counts chance hides it.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from regard.kernels.compiling import compiled
from regard.signals.kernel import Places, Values
from regard.signals.yearend.ahead import Stand, Window
from regard.signals.yearend.chances import BOOSTS, Shared
from regard.signals.yearend.level import Row
from regard.signals.yearend.settings import Settings

PRIOR_SHAPE = 0.5
SMALL = 24.0  # counts up to here have their gamma ratio multiplied out, which is quicker
CUBE_FROM = 30.0  # shapes from here on need no boost for Wilson and Hilferty's cube
SLIGHT = 1e-3
FARTHEST_COUNT = 100_000
LOGISTIC = 0.5513  # standard deviation of a normal over that of a logistic, square root of 3 / pi


class Few(NamedTuple):
    """The gamma level after each history, by history and node, shape (histories, nodes).

    A node is a drift and a dispersion. `weight` is the log likelihood with the priors.
    """

    shape: Values
    rate: Values
    weight: Values


@compiled
def node_of(node: int, rules: Settings) -> tuple[float, float]:
    """Drift in a month, as a share of the level, and dispersion of a node."""
    many = rules.dispersions.shape[0]
    return rules.drifts[node // many], rules.dispersions[node % many]


@compiled
def _rising(count: float, size: float) -> float:
    """Log of gamma(count + size) / gamma(size)."""
    if count > SMALL or count != math.floor(count):
        return math.lgamma(count + size) - math.lgamma(size)
    product = 1.0
    for i in range(int(count)):
        product *= size + i
    return math.log(product)


@compiled
def sweep_few(row: Row, keep: Places, rules: Settings) -> Few:
    """The level after each history in `keep`, months from the first of the series, ascending."""
    nodes = rules.drifts.shape[0] * rules.dispersions.shape[0]
    many = keep.shape[0]
    held = Few(np.empty((many, nodes)), np.empty((many, nodes)), np.empty((many, nodes)))
    for node in range(nodes):
        _run_few(row, keep, node, rules, held)
    return held


@compiled
def _run_few(row: Row, keep: Places, node: int, rules: Settings, held: Few) -> None:
    drift, excess = node_of(node, rules)
    prior = (math.log(drift) - math.log(rules.drift_of_few)) / rules.spread_of_few
    weight = -0.5 * prior * prior - math.log(excess)
    shape, rate, at = PRIOR_SHAPE, 0.0, 0
    for t in range(keep[-1]):
        if row.resets[t] > 0.0:
            # A new level: the old one is worth half a count, so that it is soon forgotten.
            shape, rate = PRIOR_SHAPE, rate * PRIOR_SHAPE / shape
        if rate > 0.0:
            after = shape / (1.0 + shape * drift * drift)
            rate *= after / shape
            shape = after
        if not math.isnan(row.counts[t]):
            count, exposure = max(row.counts[t], 0.0), row.exposure[t]
            if rate > 0.0:
                mean = shape / rate * exposure
                size = mean / (excess - 1.0 + mean / shape)
                weight += _rising(count, size) + size * math.log(size / (size + mean))
                weight += count * math.log(mean / (size + mean))
            shape += count / excess
            rate += exposure / excess
        while at < keep.shape[0] and keep[at] == t + 1:
            held.shape[at, node], held.rate[at, node] = shape, rate
            held.weight[at, node] = weight
            at += 1


@compiled
def total_of_few(
    row: Row, window: Window, held: Few, at: int, node: int, rules: Settings
) -> tuple[float, float]:
    """Mean and variance of the total of the months in the window, without simulating."""
    drift, excess = node_of(node, rules)
    shape, level = held.shape[at, node], held.shape[at, node] / held.rate[at, node]
    length, drifted = 0.0, 0.0
    for t in range(window.after - 1, window.start - 1, -1):
        length += row.exposure[t] if t >= window.first else 0.0
        drifted += length * length
    mean = level * length
    spread = level * level * (length * length / shape + drift * drift * drifted)
    return mean, excess * mean + spread


@compiled
def counted(chance: float, mean: float, excess: float) -> float:
    """The count below which a negative binomial of this mean lies with this chance.

    Its variance is `excess` times its mean; 1 is Poisson.
    """
    size = mean / (excess - 1.0) if excess > 1.0 else 0.0
    likely = math.exp(-size * math.log(excess)) if excess > 1.0 else math.exp(-mean)
    if likely == 0.0:
        tilt = LOGISTIC * math.log(chance / (1.0 - chance))
        return max(0.0, math.floor(mean + tilt * math.sqrt(excess * mean) + 0.5))
    total, count = likely, 0
    while total < chance and count < FARTHEST_COUNT:
        if excess > 1.0:
            likely *= (size + count) / (count + 1.0) * (excess - 1.0) / excess
        else:
            likely *= mean / (count + 1.0)
        count += 1
        total += likely
    return float(count)


@compiled
def gamma_drawn(shape: float, normal: float, boosts: Values) -> float:
    """A gamma variate of rate 1 from a normal and three chances, without rejection.

    Wilson and Hilferty's cube at a shape raised by three, brought down by Gamma(a) =
    Gamma(a + 1) U^(1/a): within 1% of the quantile from the smallest shapes up.
    """
    raised = shape if shape >= CUBE_FROM else shape + BOOSTS
    part = 1.0 / (9.0 * raised)
    found = raised * max(1.0 - part + normal * math.sqrt(part), 0.0) ** 3
    if shape < CUBE_FROM:
        for i in range(BOOSTS):
            found *= math.pow(boosts[i], 1.0 / (shape + i))
    return found


@compiled
def paths_of_few(
    row: Row, end: int, window: Window, held: Few, stand: Stand, rules: Settings, shared: Shared
) -> Values:  # fmt: skip
    """Simulated counts of every month of the window, shape (draws, months), whole numbers.

    `end` is how many months the history has. A month that is missing before the last known one
    is simulated backwards from the level after it; one that is known keeps its count.
    """
    months, square = window.after - window.start, stand.wider * stand.wider
    into = np.empty((shared.scale.shape[0], months))
    heavy = np.where(stand.weights >= SLIGHT, stand.weights, 0.0)
    heavy = np.cumsum(heavy / heavy.sum())
    back, done = end - window.start, 0
    for node in range(heavy.shape[0]):
        upto = int(round(heavy[node] * into.shape[0]))
        drift, excess = node_of(node, rules)
        drift, excess = drift * stand.wider, excess * square
        shape = held.shape[stand.end, node] / square
        scale = square / held.rate[stand.end, node]
        for d in range(done, upto):
            level = scale * gamma_drawn(shape, shared.level[d], shared.boosts[d])
            steps = shared.steps[d]
            now = level
            for i in range(back, months):
                now *= math.exp(drift * steps[i] - drift * drift / 2.0)
                into[d, i] = now
            now = level
            for i in range(back - 1, -1, -1):
                into[d, i] = now
                now *= math.exp(drift * steps[i] - drift * drift / 2.0)
            for i in range(months):
                known = row.counts[window.start + i]
                if math.isnan(known):
                    mean = into[d, i] * row.exposure[window.start + i]
                    known = counted(shared.counts[d, i], mean, excess)
                into[d, i] = known
        done = max(done, upto)
    return into
