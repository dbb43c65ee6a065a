"""Levels whose limits follow each month's base: one compiled kernel for three families.

The families: counts over a base (u'), shares of a base (p'), and values that are
averages over a base (the normalised individuals chart I'; with bases of one, XmR). Key:
x month's total over its base n, c the centre, s the standard deviation that chance alone gives
on a base of one, z = (x - c) / (s / sqrt(n)), sigma_z the spread of z from its moving ranges.
Laney 2002 (Quality Engineering 14:531) for u' and p'; for I' each range is divided by the
standard deviation of its own difference (Taylor, Normalized Individuals Control Chart).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from regard.kernels.compiling import compiled
from regard.signals.conventions import EXACT_CONSTANT
from regard.signals.kernel import (
    ABOVE,
    BELOW,
    BINOMIAL_FLOOR,
    LOWER,
    NO_RANGE,
    NO_VARIATION,
    POISSON_FLOOR,
    UNSCREENED,
    UPPER,
    Bits,
    Places,
    Values,
    usual_size,
)
from regard.signals.others.tails import count_limits, share_limits

COUNTS, SHARES, AVERAGES = 0, 1, 2  # families
RUN_OF_OTHERS = 8  # in a row on one side; seven raises twice the false alarms of eight
SIGMAS = 3.0
BEYOND = 0.00135  # the normal's chance beyond three standard deviations on one side
SAME = 1e-12  # of a limit: nearer to it is on it


class Told(NamedTuple):
    """What the kernel is told; see `rows.Choices` for the last four."""

    family: int
    freeze: int
    widest: int
    sigmas_a_range: float
    least: float
    median: bool
    few: float


class Level(NamedTuple):
    """One stretch between two rebase points, on a base of one.

    Attributes:
        centre: Totals over bases of the months that make the limits.
        spread: sigma_z, held at the least; for averages the standard deviation itself.
        measured: The same as measured; NaN without a range.
        chance: The standard deviation that chance alone gives; 1 for averages.
        ranges: Moving ranges that were measured.
        months: Months with a value and a base; `made_of`: those that make the limits.
        usual, smallest, largest: The median, least and largest base of `made_of`.
        bases: The sum of their bases.
        guards: Bits, as `kernel.Fit`.
    """

    centre: float
    spread: float
    measured: float
    chance: float
    ranges: int
    months: int
    made_of: int
    usual: float
    smallest: float
    largest: float
    bases: float
    guards: int


@compiled
def _spread(totals: Values, bases: Values, where: Places, made_of: int, told: Told) -> Level:
    """The level of the first `made_of` months held, guards not yet applied."""
    centre = totals[:made_of].sum() / bases[:made_of].sum()
    chance = 1.0
    if told.family == COUNTS:
        chance = math.sqrt(max(0.0, centre))
    elif told.family == SHARES:
        chance = math.sqrt(max(0.0, centre * (1.0 - centre)))
    found = np.empty(max(0, made_of - 1))
    count = 0
    for i in range(1, made_of):
        if where[i] - where[i - 1] > told.widest or chance == 0.0:
            continue
        now, before = totals[i] / bases[i], totals[i - 1] / bases[i - 1]
        if told.family == AVERAGES:
            # Scaled so that a range of two months is that of two independent normal ones.
            own = math.sqrt((1.0 / bases[i] + 1.0 / bases[i - 1]) / 2.0)
            found[count] = abs(now - before) / own
        else:
            z_now = (now - centre) * math.sqrt(bases[i])
            z_before = (before - centre) * math.sqrt(bases[i - 1])
            found[count] = abs(z_now - z_before) / chance
        count += 1
    measured = math.nan
    guards = 0
    if count > 0:
        middle = np.median(found[:count]) if told.median else found[:count].mean()
        measured = middle * told.sigmas_a_range
        if told.median and middle == 0.0:
            # Half the months repeat the one before: only the mean still tells a spread.
            measured = found[:count].mean() * (EXACT_CONSTANT / SIGMAS)
            guards |= UNSCREENED if measured > 0.0 else 0
    held = bases[:made_of]
    return Level(
        centre, measured, measured, chance, count, totals.shape[0], made_of,
        usual_size(bases, made_of), held.min(), held.max(), held.sum(), guards,
    )  # fmt: skip


@compiled
def fit_level(totals: Values, bases: Values, where: Places, made_of: int, told: Told) -> Level:
    """The level of months held, in totals over bases, from the first `made_of` of them."""
    level = _spread(totals, bases, where, made_of, told)
    spread, guards = level.spread, level.guards
    if level.ranges == 0:
        guards |= NO_RANGE
    if told.family != AVERAGES and not spread >= told.least:
        guards |= POISSON_FLOOR if told.family == COUNTS else BINOMIAL_FLOOR
        # No range and no least: no limits either, rather than limits of no width.
        spread = told.least if told.least > 0.0 or level.ranges > 0 else math.nan
    if level.chance == 0.0 or (level.ranges > 0 and not spread > 0.0):
        guards |= NO_VARIATION
        spread = 0.0
    return Level(
        level.centre, spread, level.measured, level.chance, level.ranges, level.months,
        level.made_of, level.usual, level.smallest, level.largest, level.bases, guards,
    )  # fmt: skip


@compiled
def limits_at(base: float, level: Level, told: Told) -> tuple[float, float]:
    """Limits of a month on a base, in totals over bases; NaN without a spread."""
    centre = level.centre
    rare = centre
    if told.family == SHARES:
        rare = min(centre, 1.0 - centre)
    exact = told.family != AVERAGES and rare * base < told.few and level.spread >= 1.0
    if exact and told.family == COUNTS:
        low, high = count_limits(centre * base, level.spread * level.spread, BEYOND)
        return low / base, high / base
    if exact and base >= 1.0:
        low, high = share_limits(base, centre, level.spread * level.spread, BEYOND)
        whole = float(round(base))
        return low / whole, high / whole
    half = SIGMAS * level.spread * level.chance / math.sqrt(base)
    low, high = centre - half, centre + half
    if told.family != AVERAGES:
        low = max(0.0, low)
    if told.family == SHARES:
        high = min(1.0, high)
    return low, high


@compiled
def _mark_run(sides: Places, where: Places, first: int, bits: Bits) -> None:
    """Eight or more in a row on one side of the centre; a month on it ends a run."""
    run, side = 0, 0
    for i in range(sides.shape[0]):
        now = sides[i]
        run = 0 if now == 0 else run + 1 if now == side else 1
        side = now
        if run >= RUN_OF_OTHERS:
            bit = ABOVE if now > 0 else BELOW
            for j in range(i - RUN_OF_OTHERS + 1 if run == RUN_OF_OTHERS else i, i + 1):
                bits[where[j] - first] |= bit


@compiled
def held_months(totals: Values, bases: Values, first: int) -> tuple[Values, Values, Places]:
    """The months of a stretch that have a total and a base."""
    known = np.isfinite(totals) & np.isfinite(bases)
    return totals[known], bases[known], np.flatnonzero(known) + first


@compiled
def _chart_stretch(
    totals: Values, bases: Values, first: int, told: Told, drawn: Values, bits: Bits
) -> None:
    """Chart one stretch; `drawn` takes centre, lower, upper and spread of its months."""
    held, sized, where = held_months(totals, bases, first)
    if held.shape[0] == 0:
        drawn[:] = math.nan
        return
    made_of = min(held.shape[0], told.freeze) if told.freeze > 0 else held.shape[0]
    level = fit_level(held, sized, where, made_of, told)
    for month in range(totals.shape[0]):
        base = bases[month]
        low, high = limits_at(level.usual if math.isnan(base) else base, level, told)
        drawn[0, month], drawn[1, month], drawn[2, month] = level.centre, low, high
        drawn[3, month] = level.spread
    if level.guards & NO_VARIATION:
        return
    sides = np.zeros(held.shape[0], np.int64)
    for i in range(held.shape[0]):
        value, month = held[i] / sized[i], where[i] - first
        slack = SAME * abs(level.centre)
        sides[i] = int(value > level.centre + slack) - int(value < level.centre - slack)
        low, high = drawn[1, month], drawn[2, month]
        if value > high + SAME * abs(high):
            bits[month] |= UPPER
        elif value < low - SAME * abs(low):
            bits[month] |= LOWER
    _mark_run(sides, where, first, bits)


@compiled
def chart_totals(
    totals: Values, bases: Values, starts: NDArray[np.bool_], told: Told
) -> tuple[Values, Bits]:
    """Centre, lower, upper and spread (4, series, months), and signal bits, of every row."""
    rows, columns = totals.shape
    drawn = np.empty((4, rows, columns))
    bits = np.zeros((rows, columns), np.uint8)
    for row in range(rows):
        start = 0
        while start < columns:
            stop = start + 1
            while stop < columns and not starts[row, stop]:
                stop += 1
            _chart_stretch(
                totals[row, start:stop], bases[row, start:stop], start, told,
                drawn[:, row, start:stop], bits[row, start:stop],
            )  # fmt: skip
            start = stop
    return drawn, bits
