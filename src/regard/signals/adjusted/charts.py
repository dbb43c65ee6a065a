"""The adjusted count chart of many series at once."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regard.core.errors import DefinitionRefused
from regard.core.periods import MONTHS_A_YEAR, Month
from regard.kernels.compiling import compiled
from regard.signals.adjusted.dates import Step, step_of
from regard.signals.adjusted.fitting import Fit, Months, fit_months, supplied
from regard.signals.adjusted.lines import last_month, lines
from regard.signals.adjusted.season import calendar_months, exposures
from regard.signals.adjusted.tuning import FEWEST_TO_CHART, TUNING, Tuning
from regard.signals.adjusted.watching import watch
from regard.signals.kernel import Bits, Places, Values

MATRIX = 2
EXCEPTIONAL_HIGH, EXCEPTIONAL_LOW, RUN_HIGH, RUN_LOW, DRIFT_UP, DRIFT_DOWN = 1, 2, 4, 8, 16, 32
# Columns of the numbers a row gives; see `AdjustedMany` for each.
ROW_NUMBERS = (
    "terms", "dispersion", "measured", "autocorrelation", "freedom", "last", "expected",
    "expected_lower", "expected_upper", "chance", "high", "rise", "fall", "rise_since",
    "fall_since", "run", "run_since", "months", "mean", "level_start", "level_months",
)  # fmt: skip
STEP_NUMBERS = ("row", *Step._fields)


@dataclass(frozen=True)
class AdjustedMany:
    """Charts of many series; arrays of lines have shape (series, months).

    Attributes:
        start: The month of the first column.
        centre, lower, upper: In the counts' own unit; they wave with season and month length,
            and are drawn through missing months. NaN for a row without a value.
        signals: Bits of `EXCEPTIONAL_HIGH` ... `DRIFT_DOWN`; 0 for a missing month.
        numbers: The level that each month belongs to, from 0.
        factors: Season of the twelve calendar months, shape (series, 12), their mean 1.
        rows: One array a name of `ROW_NUMBERS`: terms of season; dispersion, the same before
            it was held at 1, autocorrelation, freedom; the last column with a value, what was
            foretold for it with its limits, the chance of one as far out, whether it is high;
            the cumulative sums and the run with the columns since which they climb; months
            with a value, and their mean; first column and months of the current level.
        steps: One array a name of `STEP_NUMBERS`, one entry a step, ordered by row and column.
        tuning: The constants.
    """

    start: Month
    centre: Values
    lower: Values
    upper: Values
    signals: Bits
    numbers: Places
    factors: Values
    rows: dict[str, Values]
    steps: dict[str, Values]
    tuning: Tuning

    def shape_of(self, row: int) -> Values:
        """Length times season of every month of one series."""
        columns = self.centre.shape[1]
        calendar = calendar_months(self.start, columns)
        return exposures(self.start, columns) * self.factors[row][calendar]

    def steps_of(self, row: int) -> tuple[Step, ...]:
        """The steps of one series, accepted and found, in order of time."""
        first, last = np.searchsorted(self.steps["row"], [row, row + 1])
        return tuple(self._step(at) for at in range(first, last))

    def _step(self, at: int) -> Step:
        held = {name: numbers[at] for name, numbers in self.steps.items()}
        return Step(
            column=int(held["column"]),
            earliest=int(held["earliest"]),
            latest=int(held["latest"]),
            before=float(held["before"]),
            after=float(held["after"]),
            low=float(held["low"]),
            high=float(held["high"]),
            gain=float(held["gain"]),
            months=int(held["months"]),
            given=int(held["given"]),
        )


def adjusted_many(
    values: ArrayLike,
    start: Month,
    *,
    accepted: ArrayLike | None = None,
    tuning: Tuning = TUNING,
) -> AdjustedMany:
    """Read many series of monthly counts at once.

    Args:
        values: Counts, shape (series, months); NaN is a month that was not supplied.
        start: The month of the first column.
        accepted: Truth values of the same shape; true starts an accepted level.
        tuning: How steps are found and months watched.

    Raises:
        DefinitionRefused: not a matrix, an infinite value or one below nought, or accepted
            levels of another shape.
    """
    matrix = np.ascontiguousarray(values, np.float64)
    if matrix.ndim != MATRIX:
        raise DefinitionRefused(
            f"counts have {matrix.ndim} dimensions", expected="a matrix of (series, months)"
        )
    wrong = np.isinf(matrix) | (matrix < 0)
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        raise DefinitionRefused(
            f"series {row} holds {matrix[row, column]:g} in {start + int(column)}",
            expected="counts of 0 or more, or NaN where a month was not supplied",
        )
    given = np.zeros((0, 0), np.bool_) if accepted is None else np.ascontiguousarray(accepted, bool)
    if accepted is not None and given.shape != matrix.shape:
        raise DefinitionRefused(
            f"accepted levels have shape {given.shape}", expected=f"shape {matrix.shape}"
        )
    columns = matrix.shape[1]
    drawn, signals, numbers, factors, rows, steps = chart_rows(
        matrix, exposures(start, columns), calendar_months(start, columns), given, tuning
    )
    return AdjustedMany(
        start=start,
        centre=drawn[0],
        lower=drawn[1],
        upper=drawn[2],
        signals=signals,
        numbers=numbers,
        factors=factors,
        rows={name: rows[:, place] for place, name in enumerate(ROW_NUMBERS)},
        steps={name: steps[:, place] for place, name in enumerate(STEP_NUMBERS)},
        tuning=tuning,
    )


@compiled
def _numbered(months: Months, fit: Fit, columns: int) -> Places:
    """The level of every column; a missing month belongs to the level before it."""
    found = np.zeros(columns, np.int64)
    for place in range(1, fit.starts.shape[0]):
        found[months.where[fit.starts[place]]] = 1
    for column in range(1, columns):
        found[column] += found[column - 1]
    return found


@compiled
def _signals(row: Values, lower: Values, upper: Values, bits: Bits) -> None:
    for column in range(row.shape[0]):
        if row[column] > upper[column]:
            bits[column] |= EXCEPTIONAL_HIGH
        elif row[column] < lower[column]:
            bits[column] |= EXCEPTIONAL_LOW


@compiled
def _mark(row: Values, since: int, bit: int, bits: Bits) -> None:
    for column in range(since, row.shape[0]):
        if not math.isnan(row[column]):
            bits[column] |= bit


@compiled
def _watched(
    row: Values, fit: Fit, months: Months, tuning: Tuning, bits: Bits, out: Values
) -> None:
    seen = watch(fit, months, tuning)
    out[11], out[12], out[13], out[14] = seen.rise, seen.fall, seen.rise_since, seen.fall_since
    out[15], out[16] = seen.run, seen.run_since
    if seen.rise > tuning.alarm:
        _mark(row, seen.rise_since, DRIFT_UP, bits)
    if seen.fall > tuning.alarm:
        _mark(row, seen.fall_since, DRIFT_DOWN, bits)
    if abs(seen.run) >= tuning.run:
        _mark(row, seen.run_since, RUN_HIGH if seen.run > 0 else RUN_LOW, bits)


@compiled
def _summed(fit: Fit, months: Months, out: Values) -> None:
    spread = fit.spread
    out[0] = fit.terms
    out[1], out[2] = spread.dispersion, spread.measured
    out[3], out[4] = spread.autocorrelation, spread.freedom
    out[17], out[18] = months.counts.shape[0], np.mean(months.counts)
    start = fit.starts[-1]
    out[19], out[20] = months.where[start], months.counts.shape[0] - start


@compiled
def _steps_into(steps: Values, used: int, row: int, fit: Fit, months: Months) -> Values:
    """The steps of a row written down from entry `used` on; the table grows where it must."""
    more = fit.starts.shape[0] - 1
    if used + more > steps.shape[0]:
        larger = np.empty((2 * (used + more), steps.shape[1]))
        larger[:used] = steps[:used]
        steps = larger
    for place in range(1, fit.starts.shape[0]):
        found = step_of(fit, months, place)
        at = used + place - 1
        steps[at, 0] = row
        steps[at, 1], steps[at, 2], steps[at, 3] = found.column, found.earliest, found.latest
        steps[at, 4], steps[at, 5] = found.before, found.after
        steps[at, 6], steps[at, 7], steps[at, 8] = found.low, found.high, found.gain
        steps[at, 9], steps[at, 10] = found.months, found.given
    return steps


@compiled
def chart_rows(
    values: Values,
    exposure: Values,
    calendar: Places,
    given: NDArray[np.bool_],
    tuning: Tuning,
) -> tuple[Values, Bits, Places, Values, Values, Values]:
    """Lines, signals, level numbers, seasons, numbers and steps of every row.

    `given`, the accepted starts, may have no row at all.
    """
    rows, columns = values.shape
    drawn = np.full((3, rows, columns), math.nan)
    signals = np.zeros((rows, columns), np.uint8)
    numbers = np.zeros((rows, columns), np.int64)
    factors = np.ones((rows, MONTHS_A_YEAR))
    out = np.full((rows, 21), math.nan)
    steps, used = np.empty((rows + 8, 11)), 0
    none = np.zeros(0, np.bool_)
    for row in range(rows):
        months = supplied(
            values[row], exposure, calendar, given[row] if given.shape[0] > 0 else none
        )
        out[row, 17] = months.counts.shape[0]
        if months.counts.shape[0] == 0:
            continue
        fit = fit_months(months, tuning)
        factors[row] = fit.factors
        numbers[row] = _numbered(months, fit, columns)
        shape = exposure * fit.factors[calendar]
        centre, lower, upper = lines(fit, months, shape, numbers[row], tuning)
        last = last_month(fit, months, tuning)
        at = months.where[-1]
        out[row, 5] = at
        out[row, 6], out[row, 7], out[row, 8] = last.expected, last.lower, last.upper
        out[row, 9], out[row, 10] = last.chance, int(last.high)
        if not math.isnan(last.expected):
            centre[at], lower[at], upper[at] = last.expected, last.lower, last.upper
        drawn[0, row], drawn[1, row], drawn[2, row] = centre, lower, upper
        _signals(values[row], lower, upper, signals[row])
        _summed(fit, months, out[row])
        if out[row, 18] >= FEWEST_TO_CHART:
            _watched(values[row], fit, months, tuning, signals[row], out[row])
        steps = _steps_into(steps, used, row, fit, months)
        used += fit.starts.shape[0] - 1
    return drawn, signals, numbers, factors, out, steps[:used]
