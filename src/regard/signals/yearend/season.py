"""The season and the weight of one history under one signal ratio, from the filter as it stood."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from regard.kernels.compiling import compiled
from regard.signals.kernel import Values
from regard.signals.yearend.level import Held
from regard.signals.yearend.matrices import factor, inverse, solve
from regard.signals.yearend.months import FACTORS, WAVES
from regard.signals.yearend.settings import FACTORS_FROM, SEASON_FROM, Settings

TINY = 1e-9
ROUNDS = 2  # of variance and season, each given the other; a third changes nothing printed


class Fitted(NamedTuple):
    """One history under one signal ratio, ready to be carried forward.

    Attributes:
        weight: Log likelihood with the prior of the drift.
        variance: Of the noise, never below 1, which is Poisson's on this scale.
        level: The level now, the season taken out.
        drift: Standard deviation of a month's drift, as a share of the level (0 to 1).
        moves: Degrees of freedom of the variance (a count of months).
        base, drag: The level, were there no season, and what each wave has put into it.
        now, ratio: Variance of the level and of a month's drift, in units of `variance`.
        waves: Size of each wave as a share of the level.
        spread: Their covariance in units of `variance`.
    """

    weight: float
    variance: float
    level: float
    drift: float
    moves: float
    base: float
    drag: Values
    now: float
    ratio: float
    waves: Values
    spread: Values


@compiled
def freely(held: Held, at: int, node: int, work: Values, found: Values) -> tuple[float, float]:
    """The season as the data alone would have it: variance over Poisson (a ratio), and squares.

    `found` comes back with it and `work` with the Cholesky factor of its precision.
    """
    columns, trace = found.shape[0], 0.0
    for i in range(columns):
        found[i] = held.along[at, node, i]
        for j in range(i + 1):
            work[i, j] = held.cross[at, node, i, j]
        trace += work[i, i]
    for i in range(columns):
        work[i, i] += TINY * trace / columns  # a wave that the known months cannot tell
    factor(work, columns)
    solve(work, columns, found)
    left = held.squares[at, node]
    for i in range(columns):
        left -= found[i] * held.along[at, node, i]
    return max(1.0, left / max(held.moves[at, node] - columns, 1.0)), left


@compiled
def _loosened(held: Held, at: int, node: int, rules: Settings, work: Values) -> float:
    """Variance of a wave before the data: the house's, or what stands out of the data if more."""
    columns = work.shape[0]
    free, inverted = np.empty(columns), np.empty((columns, columns))
    variance, _ = freely(held, at, node, work, free)
    inverse(work, columns, inverted)
    stands = 0.0
    for i in range(columns):
        stands += free[i] ** 2 - rules.stands_out**2 * variance * inverted[i, i]
    return max(rules.season**2, stands / columns)


@compiled
def _shrunk(
    held: Held, at: int, node: int, rules: Settings, found: Values, spread: Values
) -> tuple[float, float]:
    """The season, shrunk towards none the more the less it stands out: variance, and evidence.

    `found` comes back with the waves and `spread` with their covariance.
    """
    moves, squares = max(held.moves[at, node], 1.0), held.squares[at, node]
    columns = found.shape[0]
    variance, left, evidence = max(1.0, squares / moves), squares, 0.0
    if columns > 0:
        work = np.empty((columns, columns))
        prior = _loosened(held, at, node, rules, work)
        for _ in range(ROUNDS):
            for i in range(columns):
                found[i] = held.along[at, node, i]
                for j in range(i + 1):
                    work[i, j] = held.cross[at, node, i, j]
                work[i, i] += variance / prior
            evidence = factor(work, columns) - columns * math.log(variance / prior)
            solve(work, columns, found)
            left = squares
            for i in range(columns):
                left -= found[i] * held.along[at, node, i]
            variance = max(1.0, left / moves)
        inverse(work, columns, spread)
    fit = moves * math.log(variance) + left / variance
    return variance, -0.5 * (fit + held.logs[at, node] + evidence)


@compiled
def fitted(held: Held, at: int, node: int, columns: int, rules: Settings) -> Fitted:
    """One history under one signal ratio, with a season of so many waves."""
    waves, spread = np.empty(columns), np.empty((columns, columns))
    variance, evidence = _shrunk(held, at, node, rules, waves, spread)
    drag = held.drag[at, node, :columns]
    level = held.level[at, node]
    for i in range(columns):
        level -= drag[i] * waves[i]
    level = max(level, 1.0)
    ratio = rules.ratios[node]
    drift = 2.0 * math.sqrt(ratio * variance) / level
    prior = (math.log(drift) - math.log(rules.drift)) / rules.spread
    return Fitted(
        evidence - 0.5 * prior * prior, variance, level, drift, held.moves[at, node],
        held.level[at, node], drag, held.spread[at, node], ratio, waves, spread,
    )  # fmt: skip


@compiled
def waves_for(held: Held, at: int, history: int) -> int:
    """How many waves (a count) a history of months bears: none, four, or eleven if BIC says so."""
    if history < SEASON_FROM:
        return 0
    if history < FACTORS_FROM or held.drag.shape[2] < FACTORS:
        return WAVES
    best, least = WAVES, math.inf
    moves = max(held.moves[at, 0], 1.0)
    for node in range(held.level.shape[1]):
        for tried in (WAVES, FACTORS):
            found, work = np.empty(tried), np.empty((tried, tried))
            _, left = freely(held, at, node, work, found)
            variance = max(1.0, left / moves)
            score = moves * math.log(variance) + left / variance + held.logs[at, node]
            score += tried * math.log(moves)
            if score < least:
                best, least = tried, score
    return best
