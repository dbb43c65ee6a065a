"""A local level with a season and month lengths, on the square-root scale of counts.

    z_t = 2 sqrt(y_t / e_t + 3/8) = l_t + m_t h_t' b + noise of variance s2 / e_t
    l_t = l_(t-1) + drift of variance q s2

where e_t is the length of the month, h_t the waves of the season, and m_t the size of the
series by then (the mean of the twelve months before), so that the season is a share of the
level. Durbin and Koopman 2012, chapters 2 and 6: the Kalman filter runs over z and over every
column of h at once, and the season is then a generalised least squares regression of one set of
innovations on the other (`season.py`), for a level that moves and not one that stands still.
Everything is kept at any month asked for, so that a past origin costs no second run.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from regard.kernels.compiling import compiled
from regard.signals.kernel import Places, Values

ANSCOMBE = 0.375  # 2 sqrt(y + 3/8) of a Poisson count has variance 1 (Anscombe 1948)
YEAR = 12


class Row(NamedTuple):
    """One series and its year.

    Attributes:
        counts: Counts by month up to the end of the year, NaN where not known, shape (months,).
        exposure: Length of each month in mean months, shape (months,).
        waves: Of the season, shape (months, 11).
        resets: True in the first month of an accepted new level, shape (months,).
        first: Column of the first month of the year.
        after: Column after its last month.
    """

    counts: Values
    exposure: Values
    waves: Values
    resets: Values
    first: int
    after: int


class Held(NamedTuple):
    """The filter as it stood after each history asked for, by history and signal ratio.

    Attributes:
        level: The level, were there no season.
        spread: Its variance, in units of the noise variance.
        drag: What each wave has put into the level, shape (histories, ratios, waves).
        cross, along: Products of the waves' innovations, and of those with the level's.
        squares, logs, moves: Sums of squared innovations and of log variances, and how many.
    """

    level: Values
    spread: Values
    drag: Values
    cross: Values
    along: Values
    squares: Values
    logs: Values
    moves: Values


@compiled
def scaled(row: Row, months: int) -> Values:
    """Counts on the square-root scale, per mean month; NaN where not known."""
    found = np.empty(months)
    for t in range(months):
        found[t] = 2.0 * math.sqrt(max(row.counts[t], 0.0) / row.exposure[t] + ANSCOMBE)
        if math.isnan(row.counts[t]):
            found[t] = math.nan
    return found


@compiled
def sizes(values: Values) -> Values:
    """The mean of the twelve known values before each; of the first twelve at the start."""
    found = np.empty(values.shape[0])
    recent = np.zeros(YEAR)
    held, total, waiting = 0, 0.0, 0
    for t in range(values.shape[0]):
        if held < YEAR:
            waiting = t + 1
        elif waiting >= 0:
            found[:t] = total / YEAR
            waiting = -1
        if held > 0:
            found[t] = total / min(held, YEAR)
        if not math.isnan(values[t]):
            total += values[t] - (recent[held % YEAR] if held >= YEAR else 0.0)
            recent[held % YEAR] = values[t]
            held += 1
    if waiting >= 0 and held > 0:
        found[:waiting] = total / min(held, YEAR)
    return found


@compiled
def sweep(row: Row, values: Values, keep: Places, columns: int, ratios: Values) -> Held:
    """Run the filter once for each signal ratio and keep it after each history in `keep`.

    `keep` counts months from the first of the series and ascends.
    """
    many, nodes = keep.shape[0], ratios.shape[0]
    held = Held(
        np.zeros((many, nodes)), np.zeros((many, nodes)), np.zeros((many, nodes, columns)),
        np.zeros((many, nodes, columns, columns)), np.zeros((many, nodes, columns)),
        np.zeros((many, nodes)), np.zeros((many, nodes)), np.zeros((many, nodes)),
    )  # fmt: skip
    size = sizes(values)
    for node in range(nodes):
        _run(row, values, size, keep, node, ratios[node], held)
    return held


@compiled
def _run(
    row: Row, values: Values, size: Values, keep: Places, node: int, ratio: float, held: Held
) -> None:
    columns = held.drag.shape[2]
    drag, wave = np.zeros(columns), np.zeros(columns)
    cross, along = np.zeros((columns, columns)), np.zeros(columns)
    level, spread, squares, logs, moves = 0.0, 0.0, 0.0, 0.0, 0.0
    started, at = False, 0
    for t in range(keep[-1]):
        spread += ratio
        if not math.isnan(values[t]):
            noise = 1.0 / row.exposure[t]
            if not started or row.resets[t] > 0.0:
                # Nothing is known of a level before its first month: diffuse.
                level, spread, gain, started = values[t], noise, 0.0, True
                for i in range(columns):
                    drag[i] = size[t] * row.waves[t, i]
            else:
                total = spread + noise
                gain, move = spread / total, values[t] - level
                for i in range(columns):
                    wave[i] = size[t] * row.waves[t, i] - drag[i]
                    along[i] += wave[i] * move / total
                    for j in range(i + 1):
                        cross[i, j] += wave[i] * wave[j] / total
                    drag[i] += gain * wave[i]
                level += gain * move
                spread *= 1.0 - gain
                squares += move * move / total
                logs += math.log(total)
                moves += 1.0
        elif row.resets[t] > 0.0:
            started = False
        while at < keep.shape[0] and keep[at] == t + 1:
            held.level[at, node], held.spread[at, node] = level, spread
            held.squares[at, node], held.logs[at, node] = squares, logs
            held.moves[at, node] = moves
            _copy(
                drag, along, cross, held.drag[at, node], held.along[at, node], held.cross[at, node]
            )
            at += 1


@compiled
def _copy(
    drag: Values, along: Values, cross: Values, to_drag: Values, to_along: Values, to_cross: Values
) -> None:
    for i in range(drag.shape[0]):
        to_drag[i], to_along[i] = drag[i], along[i]
        for j in range(i + 1):
            to_cross[i, j] = cross[i, j]
