"""The individuals chart and its four rules over a matrix of series, compiled once.

One row is one series, one column one month; NaN is a month that was not supplied. The
arithmetic follows NHSRplotthedots (R/ptd_spc_standard.R, R/ptd_calculate_point_type.R)
operation for operation, so that labels agree point for point.
"""

from __future__ import annotations

import math
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from regard.kernels.compiling import compiled

Values: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.int64]
Bits: TypeAlias = NDArray[np.uint8]

# Bits of a point's signals; they stand in the order of conventions.SIGNALS and of precedence.
UPPER, LOWER, UP, DOWN, HIGH2, LOW2, ABOVE, BELOW = 1, 2, 4, 8, 16, 32, 64, 128

# What a guard did to a group's limits, in the order of conventions.GUARDS.
UNSCREENED, POISSON_FLOOR, NO_VARIATION, NO_RANGE, BINOMIAL_FLOOR = 1, 2, 4, 8, 16

RUN = 7  # conventions.RUN_LENGTH and RANGE_LIMIT, held here as compile-time constants
SCREEN = 3.267
WINDOW, ENOUGH = 3, 2  # two of three
WHOLE = 100.0  # per cent


class Settings(NamedTuple):
    """How rows are charted; see `xmr.xmr_many` for each."""

    freeze: int
    widest: int
    constant: float
    screen: bool
    guarded: bool
    counts: bool
    old: bool


class Fit(NamedTuple):
    """Centre and limits of one group: `half` to the limits, `near` to two thirds of them."""

    mean: float
    mean_range: float
    half: float
    near: float
    ranges: int
    screened: int
    guards: int


@compiled
def _ranges(
    values: Values, where: Places, base: int, widest: int, under: float
) -> tuple[int, float]:
    """How many moving ranges of neighbours lie under a bound, and their sum."""
    used, total = 0, 0.0
    for i in range(1, base):
        if where[i] - where[i - 1] <= widest:
            step = abs(values[i] - values[i - 1])
            if step < under:
                total += step
                used += 1
    return used, total


@compiled
def usual_size(sizes: Values, base: int) -> float:
    """The median size of the first `base` months, of those whose size is known; 0 of none."""
    first = sizes[:base]
    known = first[first > 0.0]
    return float(np.median(known)) if known.shape[0] > 0 else 0.0


@compiled
def _floor(mean: float, size: float, counts: bool) -> float:
    """Three standard deviations of chance alone, in the unit of the mean; 0 if not known."""
    variance = 0.0
    if counts:
        variance = mean
    elif size > 0.0:
        variance = mean * (WHOLE - mean) / size
    return 3.0 * math.sqrt(variance) if variance > 0.0 else 0.0


@compiled
def fit(values: Values, where: Places, base: int, size: float, settings: Settings) -> Fit:
    """Centre, range and limits of one group, in the unit of its values, from the first `base`.

    `size` is what percentages are usually percentages of; 0 for all else.
    """
    total = 0.0
    for i in range(base):
        total += values[i]
    mean = total / base
    guards = 0
    ranges, summed = _ranges(values, where, base, settings.widest, math.inf)
    used, kept = ranges, summed
    if settings.screen and ranges > 0:
        used, kept = _ranges(values, where, base, settings.widest, SCREEN * (summed / ranges))
        if settings.guarded and (kept == 0.0 or 2 * used < ranges):
            used, kept = ranges, summed
            guards |= UNSCREENED if summed > 0.0 else 0
    mean_range = kept / used if used > 0 else math.nan
    half = settings.constant * mean_range
    near = 2.0 * (settings.constant / 3.0) * mean_range
    if settings.guarded:
        guards |= NO_RANGE if ranges == 0 else 0
        floor = _floor(mean, size, settings.counts)
        if floor > 0.0 and not half >= floor:
            half, near = floor, 2.0 * floor / 3.0
            guards |= POISSON_FLOOR if settings.counts else BINOMIAL_FLOOR
        guards |= NO_VARIATION if half == 0.0 else 0
    return Fit(mean, mean_range, half, near, used, ranges - used, guards)


@compiled
def _mark_limits(values: Values, count: int, fitted: Fit, bits: Bits) -> None:
    upper, lower = fitted.mean + fitted.half, fitted.mean - fitted.half
    for i in range(count):
        if values[i] > upper:
            bits[i] |= UPPER
        elif values[i] < lower:
            bits[i] |= LOWER


@compiled
def _mark_runs(values: Values, count: int, mean: float, bits: Bits) -> None:
    """Seven or more on one side of the mean; a value on the mean ends a run."""
    run, side = 0, 0
    for i in range(count):
        now = int(values[i] > mean) - int(values[i] < mean)
        run = 0 if now == 0 else run + 1 if now == side else 1
        side = now
        if run >= RUN:
            bit = ABOVE if now > 0 else BELOW
            for j in range(i - RUN + 1 if run == RUN else i, i + 1):
                bits[j] |= bit


@compiled
def _mark_trends(values: Values, count: int, bits: Bits) -> None:
    """Seven or more strictly rising or falling; a tie ends a trend."""
    climb, slope = 0, 0
    for i in range(1, count):
        step = int(values[i] > values[i - 1]) - int(values[i] < values[i - 1])
        climb = 0 if step == 0 else climb + 1 if step == slope else 1
        slope = step
        if climb >= RUN - 1:
            bit = UP if step > 0 else DOWN
            if climb == RUN - 1:
                # A point that ends one trend and begins the next counts to the one it begins.
                bits[i - RUN + 1] &= 255 - (DOWN if step > 0 else UP)
            for j in range(i - RUN + 1 if climb == RUN - 1 else i, i + 1):
                bits[j] |= bit


@compiled
def _mark_two_of_three(values: Values, count: int, fitted: Fit, old: bool, bits: Bits) -> None:
    """Three on one side, two of them beyond two sigma: those beyond are marked."""
    for sign in (1.0, -1.0):
        bit = HIGH2 if sign > 0 else LOW2
        near, limit = fitted.mean + sign * fitted.near, fitted.mean + sign * fitted.half
        for last in range(WINDOW - 1, count):
            beyond, aside = 0, 0
            for j in range(last - WINDOW + 1, last + 1):
                aside += sign * values[j] > sign * fitted.mean
                beyond += _beyond(values[j], near, limit, sign, old)
            if aside == WINDOW and beyond >= ENOUGH:
                for j in range(last - WINDOW + 1, last + 1):
                    if _beyond(values[j], near, limit, sign, old):
                        bits[j] |= bit


@compiled
def _beyond(value: float, near: float, limit: float, sign: float, old: bool) -> bool:
    past = sign * value > sign * near
    return past and not (old and sign * value > sign * limit)


@compiled
def _chart_group(row: Values, sizes: Values, settings: Settings, first: int, bits: Bits) -> Fit:
    """Chart one stretch of a row; `bits` comes back with the signals of its months."""
    held = np.empty(row.shape[0])
    sized = np.zeros(row.shape[0] if sizes.shape[0] > 0 else 0)
    where = np.empty(row.shape[0], np.int64)
    count = 0
    for month in range(row.shape[0]):
        if not math.isnan(row[month]):
            held[count] = row[month]
            where[count] = first + month
            if sizes.shape[0] > 0:
                sized[count] = sizes[month]
            count += 1
    if count == 0:
        return Fit(math.nan, math.nan, math.nan, math.nan, 0, 0, 0)
    base = min(count, settings.freeze) if settings.freeze > 0 else count
    fitted = fit(held, where, base, usual_size(sized, base), settings)
    if not fitted.guards & NO_VARIATION:
        found = np.zeros(count, np.uint8)
        _mark_limits(held, count, fitted, found)
        _mark_runs(held, count, fitted.mean, found)
        _mark_trends(held, count, found)
        _mark_two_of_three(held, count, fitted, settings.old, found)
        for i in range(count):
            bits[where[i] - first] = found[i]
    return fitted


@compiled
def chart_rows(
    values: Values, sizes: Values, rebase: NDArray[np.bool_], settings: Settings
) -> tuple[Values, Values, Values, Bits]:
    """Centre, lower and upper limits and signal bits of every month of every row.

    `sizes`, what percentages are percentages of, and `rebase` may have no row at all.
    """
    rows, columns = values.shape
    centre, lower, upper = np.empty((3, rows, columns))
    signals = np.zeros((rows, columns), np.uint8)
    unsized = np.empty(0)
    for row in range(rows):
        start = 0
        while start < columns:
            stop = start + 1
            while stop < columns and not (rebase.shape[0] > 0 and rebase[row, stop]):
                stop += 1
            fitted = _chart_group(
                values[row, start:stop],
                sizes[row, start:stop] if sizes.shape[0] > 0 else unsized,
                settings,
                start,
                signals[row, start:stop],
            )
            centre[row, start:stop] = fitted.mean
            lower[row, start:stop] = fitted.mean - fitted.half
            upper[row, start:stop] = fitted.mean + fitted.half
            start = stop
    return centre, lower, upper, signals
