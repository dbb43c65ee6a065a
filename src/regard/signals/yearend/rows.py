"""From one series to its simulated year end, and from many to their ranges, compiled once."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from regard.signals.kernel import Places, Values, compiled
from regard.signals.yearend.ahead import Stand, Window, paths, total_of
from regard.signals.yearend.chances import Shared
from regard.signals.yearend.few import paths_of_few, sweep_few, total_of_few
from regard.signals.yearend.level import YEAR, Row, scaled, sweep
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
def _shares(logs: Values) -> Values:
    """Weights that add to 1 from logarithms of them."""
    found = np.exp(logs - logs.max())
    return found / found.sum()


@compiled
def _mixed(means: Values, variances: Values, weights: Values) -> tuple[float, float]:
    """Mean and variance of a mixture."""
    mean = (weights * means).sum()
    return mean, (weights * (variances + means * means)).sum() - mean * mean


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
def _histories(points: Places, told: Foreseen) -> Places:
    """Months of history at every point the filter is kept at; the last two are the series now."""
    many = points.shape[0]
    keep = np.empty(many + 2, np.int64)
    keep[:many] = points[:, 0]
    keep[many], keep[many + 1] = told.start, told.end
    return keep


@compiled
def foresee(row: Row, supplied: Places, rules: Settings, shared: Shared) -> tuple[Foreseen, Values]:
    """Read one series and simulate what is not known, shape (draws, months from `start`)."""
    told = placed(row, supplied)
    if told.state != FORESEEN:
        return told, np.empty((shared.scale.shape[0], 0))
    points = np.empty((0, 2), np.int64)
    if rules.check:
        points = origins(row, told.end, supplied)
    if told.few:
        return _foresee_few(row, told, points, rules, shared)
    return _foresee_level(row, told, points, supplied, rules, shared)


@compiled
def _foresee_level(
    row: Row, told: Foreseen, points: Places, supplied: Places, rules: Settings, shared: Shared
) -> tuple[Foreseen, Values]:
    values = scaled(row, told.end)
    keep = _histories(points, told)
    columns = FACTORS if told.history >= FACTORS_FROM else WAVES
    held = sweep(row, values, keep, columns, rules.ratios)
    many, nodes = points.shape[0], rules.ratios.shape[0]
    scores = np.empty(many)
    weights, means, variances = np.empty(nodes), np.empty(nodes), np.empty(nodes)
    for at in range(many):
        waves = waves_for(held, at, min(supplied[points[at, 0]], FACTORS_FROM - 1))
        window = Window(points[at, 0], points[at, 1] - YEAR, points[at, 1])
        for node in range(nodes):
            one = fitted(held, at, node, waves, rules)
            weights[node] = one.weight
            means[node], variances[node] = total_of(row, window, one)
        mean, variance = _mixed(means, variances, _shares(weights))
        scores[at] = score(row, window, mean, variance)
    past = judged(scores, points)
    waves = waves_for(held, many + 1, told.history)
    ratio, noise, drift = np.empty(nodes), np.empty(nodes), np.empty(nodes)
    for node in range(nodes):
        one = fitted(held, many + 1, node, waves, rules)
        weights[node], noise[node], drift[node] = one.weight, one.variance, one.drift
        ratio[node] = math.log(one.ratio)
    shares = _shares(weights)
    before = many if told.start < told.end else many + 1
    stand = Stand(before, many + 1, waves, shares, past.wider)
    window = Window(told.start, row.first, row.after)
    drawn = paths(row, values, window, held, stand, rules, shared)
    found = Foreseen(
        FORESEEN, told.start, told.end, told.history, False, waves,
        math.exp((shares * ratio).sum()), (shares * noise).sum(), (shares * drift).sum(), past,
    )  # fmt: skip
    return found, drawn


@compiled
def _foresee_few(
    row: Row, told: Foreseen, points: Places, rules: Settings, shared: Shared
) -> tuple[Foreseen, Values]:
    keep = _histories(points, told)
    held = sweep_few(row, keep, rules)
    many, nodes = points.shape[0], held.weight.shape[1]
    scores, means, variances = np.empty(many), np.empty(nodes), np.empty(nodes)
    for at in range(many):
        window = Window(points[at, 0], points[at, 1] - YEAR, points[at, 1])
        for node in range(nodes):
            means[node], variances[node] = total_of_few(row, window, held, at, node, rules)
        mean, variance = _mixed(means, variances, _shares(held.weight[at]))
        scores[at] = score(row, window, mean, variance)
    past = judged(scores, points)
    shares = _shares(held.weight[many + 1])
    stand = Stand(many + 1, many + 1, 0, shares, past.wider)
    window = Window(told.start, row.first, row.after)
    drawn = paths_of_few(row, told.end, window, held, stand, rules, shared)
    each, wide = rules.drifts, rules.dispersions
    drift, excess = 0.0, 0.0
    for node in range(nodes):
        drift += shares[node] * each[node // wide.shape[0]]
        excess += shares[node] * wide[node % wide.shape[0]]
    level = (shares * held.shape[many + 1] / held.rate[many + 1]).sum()
    # A month's drift over the noise of a month's count, both as variances of the count.
    ratio = drift * drift * level / excess
    found = Foreseen(
        FORESEEN, told.start, told.end, told.history, True, 0, ratio, excess, drift, past
    )
    return found, drawn


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
def _told(row: Row, one: Foreseen, ordered: Values, into: Values) -> None:
    for k in range(FIELDS):
        into[k] = math.nan
    known = 0.0
    for t in range(row.first, min(one.end, row.after)):
        known += 0.0 if math.isnan(row.counts[t]) else row.counts[t]
    into[KNOWN], into[HISTORY], into[STATE] = known, one.history, one.state
    if one.state == COMPLETE:
        for k in range(MEAN, HIGH95 + 1):
            into[k] = known
        into[WIDER] = 1.0
    if one.state != FORESEEN:
        return
    into[MEAN], into[MEDIAN] = ordered.mean(), middle(ordered)
    into[LOW80], into[HIGH80] = tails(ordered, 0.2)
    into[LOW95], into[HIGH95] = tails(ordered, 0.05)
    into[WIDER], into[RATIO] = one.past.wider, one.ratio
    into[VARIANCE], into[DRIFT] = one.variance, one.drift
    into[YEARS], into[CHECKED] = one.past.years, one.past.checked
    into[INSIDE80], into[INSIDE95] = one.past.inside80, one.past.inside95
    into[OF_FEW], into[WAVE_COUNT] = one.few, one.waves


@compiled
def foresee_rows(
    counts: Values, like: Row, resets: Values, targets: Values, keep: bool, rules: Settings,
    shared: Shared,
) -> tuple[Values, Values, Values]:  # fmt: skip
    """Every series of a matrix: its fields, its chances, and its draws if they are kept.

    `like` holds what the series share: the length of the months, the waves, the year.
    """
    rows = counts.shape[0]
    fields = np.empty((rows, FIELDS))
    chances = np.full(targets.shape, math.nan)
    draws = np.full((rows if keep else 0, shared.scale.shape[0]), math.nan)
    for at in range(rows):
        row = Row(counts[at], like.exposure, like.waves, resets[at], like.first, like.after)
        one, drawn = foresee(row, known_before(row), rules, shared)
        ordered = np.empty(0)
        if one.state == FORESEEN:
            ordered = np.sort(totals_of(row, one.start, drawn))
        _told(row, one, ordered, fields[at])
        for d in range(draws.shape[1] if keep else 0):
            draws[at, d] = ordered[d] if one.state == FORESEEN else fields[at, MEDIAN]
        for k in range(targets.shape[1]):
            if one.state == FORESEEN:
                below = np.searchsorted(ordered, targets[at, k], side="right")
                chances[at, k] = below / ordered.shape[0]
            elif one.state == COMPLETE:
                chances[at, k] = 1.0 if fields[at, KNOWN] <= targets[at, k] else 0.0
            if math.isnan(targets[at, k]):
                chances[at, k] = math.nan
    return fields, chances, draws
