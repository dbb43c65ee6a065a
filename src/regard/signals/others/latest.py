"""The chance of the latest month of a series, if the level before it held; compiled once."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from regard.kernels.compiling import compiled
from regard.signals.kernel import Places, Values
from regard.signals.others.levels import AVERAGES, COUNTS, Told, fit_level, held_months
from regard.signals.others.tails import (
    count_tails,
    share_tails,
    student_deviate,
    student_tail,
)

FEWEST_BEFORE = 8  # months of a level that a chance of the latest month rests on
NEAR_ONE = 1.0 + 1e-9


@compiled
def _freedom(months: int, median: bool) -> float:
    """Degrees of freedom of a spread from moving ranges of so many months.

    Of the mean, from its variance (Cryer & Ryan 1990, Journal of Quality Technology 22:187);
    of the median, 0.30 months + 0.2 fits 40,000 normal series of 8 to 120 months within 2%.
    """
    if median:
        return 0.30 * months + 0.2
    return (months - 1) ** 2 / (2.0 * (0.8264 * months - 1.082))


@compiled
def _judge_last(
    held: Values, sized: Values, where: Places, told: Told
) -> tuple[float, float, float]:
    """What the last month held was expected to be, its p-value and its signed deviate."""
    before = held.shape[0] - 1
    made_of = min(before, told.freeze) if told.freeze > 0 else before
    if before < FEWEST_BEFORE:
        return math.nan, math.nan, math.nan
    level = fit_level(held[:before], sized[:before], where[:before], made_of, told)
    total, base, bases = held[before], sized[before], level.bases
    own = level.spread * level.spread
    freedom = math.inf
    if told.family == AVERAGES or level.spread > told.least * NEAR_ONE:
        freedom = _freedom(level.ranges + 1, told.median)
    if told.family == AVERAGES:
        if not level.spread > 0.0:
            return level.centre, math.nan, math.nan
        away = total / base - level.centre
        deviate = away / (level.spread * math.sqrt(1.0 / base + 1.0 / bases))
        return level.centre, 2.0 * student_tail(abs(deviate), freedom), deviate
    # The prior of one half (Jeffreys) keeps a level of nought possible and uncertain.
    if told.family == COUNTS:
        mean = (level.centre * bases + 0.5) * base / bases
        few, many = count_tails(total, mean, max(1.0, own) * (1.0 + base / bases))
    else:
        share = (level.centre * bases + 0.5) / (bases + 1.0)
        factor = max(1.0, own) * (bases + 1.0 + base) / (bases + 2.0)
        few, many = share_tails(total, base, share, factor)
    tail = min(few, many, 0.5)
    deviate = student_deviate(tail, math.inf)
    p_value = min(1.0, 2.0 * student_tail(deviate, freedom))
    return level.centre, p_value, deviate if many <= few else -deviate


@compiled
def judge_latest(
    totals: Values, bases: Values, starts: NDArray[np.bool_], told: Told
) -> tuple[Places, Values]:
    """Column of the last month of each row, and its value, expected, p-value and deviate."""
    rows, columns = totals.shape
    month = np.full(rows, -1, np.int64)
    judged = np.full((4, rows), math.nan)
    for row in range(rows):
        first = columns - 1
        while first > 0 and not starts[row, first]:
            first -= 1
        held, sized, where = held_months(totals[row, first:], bases[row, first:], first)
        if held.shape[0] == 0:
            continue
        month[row] = where[-1]
        judged[0, row] = held[-1] / sized[-1]
        expected, p_value, deviate = _judge_last(held, sized, where, told)
        judged[1, row], judged[2, row], judged[3, row] = expected, p_value, deviate
    return month, judged
