"""From one series to its simulated year end, and from many to their ranges.

What takes time is compiled; the steps are put together in Python, since code that is compiled
into its callers is compiled again with each of them.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from regard.kernels.compiling import compiled
from regard.signals.kernel import Places, Values
from regard.signals.yearend.ahead import Stand, Window, paths, total_of
from regard.signals.yearend.chances import Shared
from regard.signals.yearend.few import Few, paths_of_few, sweep_few, total_of_few
from regard.signals.yearend.level import YEAR, Held, Row, scaled, sweep
from regard.signals.yearend.months import FACTORS, WAVES
from regard.signals.yearend.past import Past, judged, origins, score
from regard.signals.yearend.season import fitted, waves_for
from regard.signals.yearend.settings import (
    FACTORS_FROM,
    FARTHEST,
    FEW,
    LEAST_HISTORY,
    Settings,
)

# What became of a series, in the order of ends.STATES.
FORESEEN, COMPLETE, TOO_SHORT, TOO_OLD = 0, 1, 2, 3


class Foreseen(NamedTuple):
    """One series, read to its last known month.

    Attributes:
        state: `FORESEEN`, `COMPLETE`, `TOO_SHORT` or `TOO_OLD`.
        start, end: Columns of the first month simulated and after the last known one.
        history: Months known (a count).
        few: Whether it was drawn as low counts.
        waves: How many the season has (a count); 0 is no season.
        ratio: Variance of a month's drift over that of the noise.
        variance: Variance of the noise over Poisson's (a ratio, >= 1).
        drift: Standard deviation of a month's drift, as a share of the level (0 to 1).
        past: The check on its own past.
    """

    state: int
    start: int
    end: int
    history: int
    few: bool
    waves: int
    ratio: float
    variance: float
    drift: float
    past: Past


@compiled
def shares(logs: Values) -> Values:
    """Weights that add to 1 from logarithms of them (ratios)."""
    found = np.empty(logs.shape[0])
    largest, total = logs[0], 0.0
    for node in range(logs.shape[0]):
        largest = max(largest, logs[node])
    for node in range(logs.shape[0]):
        found[node] = math.exp(logs[node] - largest)
        total += found[node]
    for node in range(logs.shape[0]):
        found[node] /= total
    return found


@compiled
def mixed(means: Values, variances: Values, weights: Values) -> tuple[float, float]:
    """Mean and variance of a mixture of counts."""
    mean, square = 0.0, 0.0
    for node in range(weights.shape[0]):
        mean += weights[node] * means[node]
        square += weights[node] * (variances[node] + means[node] ** 2)
    return mean, square - mean * mean


@compiled
def unchecked() -> Past:
    """The check where there was none."""
    return Past(0, 0, 0, 0, 1.0)


@compiled
def known_before(row: Row) -> Places:
    """How many months are known before each column, shape (months + 1,)."""
    found = np.zeros(row.after + 1, np.int64)
    for t in range(row.after):
        found[t + 1] = found[t] + (0 if math.isnan(row.counts[t]) else 1)
    return found


@compiled
def _recent(row: Row, end: int) -> float:
    """The mean of the last twelve known months."""
    total, many = 0.0, 0
    for t in range(end - 1, -1, -1):
        if not math.isnan(row.counts[t]) and many < YEAR:
            total += max(row.counts[t], 0.0)
            many += 1
    return total / max(many, 1)


@compiled
def placed(row: Row, supplied: Places) -> Foreseen:
    """Where a series stands: its last known month, what is to be simulated, and whether it can."""
    end = 0
    for t in range(row.after):
        if not math.isnan(row.counts[t]):
            end = t + 1
    start = end
    for t in range(end - 1, row.first - 1, -1):
        if math.isnan(row.counts[t]):
            start = t
    history = supplied[end]
    state = FORESEEN
    if start >= row.after:
        state = COMPLETE
    elif history < LEAST_HISTORY:
        state = TOO_SHORT
    elif row.after - start > FARTHEST:
        state = TOO_OLD
    few = _recent(row, end) < FEW
    return Foreseen(state, start, end, history, few, 0, math.nan, math.nan, math.nan, unchecked())


@compiled
def scores_of(row: Row, held: Held, points: Places, supplied: Places, rules: Settings) -> Values:
    """Scores of the past points, in standard deviations, shape (points,)."""
    many, nodes = points.shape[0], rules.ratios.shape[0]
    found = np.empty(many)
    weights, means, variances = np.empty(nodes), np.empty(nodes), np.empty(nodes)
    for at in range(many):
        start, after = points[at, 0], points[at, 1]
        # Factors by month are left to the series as it is now: two harmonics at most.
        waves = waves_for(held, at, min(supplied[start], FACTORS_FROM - 1))
        window = Window(start, after - YEAR, after)
        for node in range(nodes):
            one = fitted(held, at, node, waves, rules)
            weights[node] = one.weight
            means[node], variances[node] = total_of(row, window, one)
        mean, variance = mixed(means, variances, shares(weights))
        found[at] = score(row, window, mean, variance)
    return found


@compiled
def scores_of_few(row: Row, held: Few, points: Places, rules: Settings) -> Values:
    """The same for low counts."""
    many, nodes = points.shape[0], held.weight.shape[1]
    found, means, variances = np.empty(many), np.empty(nodes), np.empty(nodes)
    for at in range(many):
        window = Window(points[at, 0], points[at, 1] - YEAR, points[at, 1])
        for node in range(nodes):
            means[node], variances[node] = total_of_few(row, window, held, at, node, rules)
        mean, variance = mixed(means, variances, shares(held.weight[at]))
        found[at] = score(row, window, mean, variance)
    return found


@compiled
def nodes_of(held: Held, at: int, waves: int, rules: Settings) -> Values:
    """Log weight, noise variance and drift of each signal ratio, shape (3, ratios)."""
    found = np.empty((3, rules.ratios.shape[0]))
    for node in range(rules.ratios.shape[0]):
        one = fitted(held, at, node, waves, rules)
        found[0, node], found[1, node], found[2, node] = one.weight, one.variance, one.drift
    return found


def foresee(row: Row, supplied: Places, rules: Settings, shared: Shared) -> tuple[Foreseen, Values]:
    """Read one series and simulate the counts not known, shape (draws, months from `start`)."""
    told = placed(row, supplied)
    if told.state != FORESEEN:
        return told, np.empty((shared.scale.shape[0], 0))
    points = origins(row, told.end, supplied) if rules.check else np.empty((0, 2), np.int64)
    # The last two histories are the series now: before its first gap, and whole.
    keep = np.append(points[:, 0], (told.start, told.end))
    read = _foresee_few if told.few else _foresee_level
    return read(row, told, points, keep, supplied, rules, shared)


def _foresee_level(
    row: Row, told: Foreseen, points: Places, keep: Places, supplied: Places, rules: Settings,
    shared: Shared,
) -> tuple[Foreseen, Values]:  # fmt: skip
    values = scaled(row, told.end)
    columns = FACTORS if told.history >= FACTORS_FROM else WAVES
    held = sweep(row, values, keep, columns, rules.ratios)
    past = judged(scores_of(row, held, points, supplied, rules), points)
    end = len(points) + 1
    waves = waves_for(held, end, told.history)
    logs, variances, drifts = nodes_of(held, end, waves, rules)
    weights = shares(logs)
    before = end - 1 if told.start < told.end else end
    stand = Stand(before, end, waves, weights, past.wider)
    window = Window(told.start, row.first, row.after)
    drawn = paths(row, values, window, held, stand, rules, shared)
    found = told._replace(
        waves=waves,
        ratio=float(np.exp(weights @ np.log(rules.ratios))),
        variance=float(weights @ variances),
        drift=float(weights @ drifts),
        past=past,
    )
    return found, drawn


def _foresee_few(
    row: Row, told: Foreseen, points: Places, keep: Places, supplied: Places, rules: Settings,
    shared: Shared,
) -> tuple[Foreseen, Values]:  # fmt: skip
    held = sweep_few(row, keep, rules)
    past = judged(scores_of_few(row, held, points, rules), points)
    end = len(points) + 1
    weights = shares(held.weight[end])
    stand = Stand(end, end, 0, weights, past.wider)
    window = Window(told.start, row.first, row.after)
    drawn = paths_of_few(row, told.end, window, held, stand, rules, shared)
    drifts, dispersions = np.meshgrid(rules.drifts, rules.dispersions, indexing="ij")
    drift, excess = float(weights @ drifts.ravel()), float(weights @ dispersions.ravel())
    level = float(weights @ (held.shape[end] / held.rate[end]))
    # A month's drift over the noise of a month's count, both as variances of the count.
    ratio = drift * drift * level / excess
    return told._replace(ratio=ratio, variance=excess, drift=drift, past=past), drawn


# Columns of what `foresee_rows` gives for every series.
KNOWN, MEAN, MEDIAN, LOW80, HIGH80, LOW95, HIGH95, WIDER, RATIO, VARIANCE, DRIFT = range(11)
YEARS, CHECKED, INSIDE80, INSIDE95, HISTORY, STATE, OF_FEW, WAVE_COUNT = range(11, 19)
FIELDS = 19


@compiled
def totals_of(row: Row, start: int, drawn: Values) -> Values:
    """Simulated totals of the year: what is known, and the rest as a whole number."""
    known = 0.0
    for t in range(row.first, row.after):
        known += 0.0 if math.isnan(row.counts[t]) else row.counts[t]
    found = np.empty(drawn.shape[0])
    for d in range(drawn.shape[0]):
        rest = 0.0
        for t in range(max(start, row.first), row.after):
            rest += drawn[d, t - start] if math.isnan(row.counts[t]) else 0.0
        found[d] = known + math.floor(rest + 0.5)
    return found


@compiled
def tails(ordered: Values, outside: float) -> tuple[float, float]:
    """The draws below and above which this share lies, half on each side."""
    many = ordered.shape[0]
    skipped = int(math.floor(outside / 2.0 * many + 1e-9))
    return ordered[skipped], ordered[many - 1 - skipped]


@compiled
def middle(ordered: Values) -> float:
    """The median (a count) of draws in ascending order."""
    many = ordered.shape[0]
    return (ordered[(many - 1) // 2] + ordered[many // 2]) / 2.0


@compiled
def ranges_of(totals: Values, targets: Values, chances: Values) -> Values:
    """Mean, median and the ends of both ranges (counts); `chances` comes back for `targets`."""
    many = totals.shape[0]
    (low80, high80), (low95, high95) = tails(totals, 0.2), tails(totals, 0.05)
    mean = 0.0
    for d in range(many):
        mean += totals[d] / many
    for k in range(targets.shape[0]):
        low, high = 0, many
        while low < high:
            between = (low + high) // 2
            if totals[between] <= targets[k]:
                low = between + 1
            else:
                high = between
        chances[k] = math.nan if math.isnan(targets[k]) else low / many
    return np.array([mean, middle(totals), low80, high80, low95, high95])


def foresee_rows(
    counts: Values, like: Row, resets: Values, targets: Values, keep: bool, rules: Settings,
    shared: Shared,
) -> tuple[Values, Values, Values]:  # fmt: skip
    """Every series of a matrix: its fields, its chances, and its draws if they are kept.

    `like` holds what the series share: the length of the months, the waves, the year.
    """
    rows, many = counts.shape[0], shared.scale.shape[0]
    fields = np.full((rows, FIELDS), np.nan)
    chances = np.full(targets.shape, np.nan)
    draws = np.full((rows if keep else 0, many), np.nan)
    for at in range(rows):
        row = like._replace(counts=counts[at], resets=resets[at])
        one, drawn = foresee(row, known_before(row), rules, shared)
        known = np.nansum(row.counts[row.first :])
        fields[at, [KNOWN, HISTORY, STATE]] = known, one.history, one.state
        if one.state not in (FORESEEN, COMPLETE):
            continue
        totals = np.full(many, known)
        if one.state == FORESEEN:
            totals = np.sort(totals_of(row, one.start, drawn))
            fields[at, OF_FEW : WAVE_COUNT + 1] = one.few, one.waves
            fields[at, RATIO : DRIFT + 1] = one.ratio, one.variance, one.drift
            fields[at, YEARS : INSIDE95 + 1] = one.past[:4]
        fields[at, WIDER] = one.past.wider
        fields[at, MEAN : HIGH95 + 1] = ranges_of(totals, targets[at], chances[at])
        if keep:
            draws[at] = totals
    return fields, chances, draws
