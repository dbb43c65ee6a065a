"""What the charts of many series find, in one shape whatever kind the values are of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from regard.core.series import COUNT, PROPORTION
from regard.signals.adjusted.charts import AdjustedMany, adjusted_many
from regard.signals.adjusted.power import smallest_fall
from regard.signals.adjusted.season import calendar_months, exposures
from regard.signals.adjusted.tuning import FEWEST_TO_CHART
from regard.signals.conventions import ADJUSTED_SIGNALS, FEWEST_TO_JUDGE, SIGNALS
from regard.signals.others.basing import per_of
from regard.signals.others.individuals import individuals_many
from regard.signals.others.proportions import shares_many
from regard.signals.others.rates import rates_many
from regard.signals.others.rows import LimitsMany
from regard.signals.pack.grid import WITH_BASE, Grid, Matrix
from regard.signals.states import RECENT_STEP

Row = NDArray[np.float64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]
BEYOND = 0b11  # the bits of a month outside its limits, in both sets of signals
WHOLE = 100.0

NO_VALUE = "no value in the month"
TOO_SHORT = "fewer than twelve months with a value"
NOTHING_BEFORE = "nothing at its level to hold the month against"


@dataclass(frozen=True)
class Steps:
    """Where new levels start, one entry a step, ordered by series and time.

    Attributes:
        row, column: The series, and the first month of the new level.
        earliest, latest: Columns between which it starts, with 95%; -1 where not known.
        before, after: Averages of the two levels, in the unit of the values.
        percent, low, high: The change in per cent of before, with its 95% range; NaN where
            not known.
        accepted: Whether somebody accepted it; found by the method otherwise.
    """

    row: Places
    column: Places
    earliest: Places
    latest: Places
    before: Row
    after: Row
    percent: Row
    low: Row
    high: Row
    accepted: Flags

    def part(self, first: int, stop: int) -> Steps:
        """Those of the series from one place to before another."""
        low, high = np.searchsorted(self.row, [first, stop])
        cut = {one.name: getattr(self, one.name)[low:high] for one in fields(self)}
        return Steps(**cut | {"row": cut["row"] - first})


@dataclass(frozen=True)
class Charted:
    """Charts of many series. Lines have shape (series, months), the rest (series,).

    Attributes:
        values: What is drawn, in the unit of the chart; NaN where missing.
        centre, lower, upper: In the unit of the values, also drawn through missing months.
        signals: Bits, in the order of `names`; 0 for a missing month.
        names: What the bits are called.
        levels: The number of the level that each month belongs to, from 0.
        last: The last column with a value; -1 without one.
        expected, low, high: What was foretold for it, with its limits.
        chance: Of a month at least as far out (0 to 1).
        level, since, months: Average, first column and months with a value of the last level.
        dispersion: Variance over what chance alone gives.
        autocorrelation: Of neighbouring months.
        season: Half the way from the lowest month of the year to the highest, in per cent.
        detectable: The smallest lasting fall that a year of months would show with a chance
            of 80%, in per cent of the level.
        steps: Where levels start.
        many: The adjusted count charts; None for other kinds.
    """

    values: Matrix
    centre: Matrix
    lower: Matrix
    upper: Matrix
    signals: NDArray[np.uint8]
    names: Sequence[str]
    levels: Places
    last: Places
    expected: Row
    low: Row
    high: Row
    chance: Row
    level: Row
    since: Places
    months: Places
    dispersion: Row
    autocorrelation: Row
    season: Row
    detectable: Row
    steps: Steps
    many: AdjustedMany | None

    @property
    def signals_now(self) -> NDArray[np.uint8]:
        """The bits of the last column, shape (series,)."""
        return self.signals[:, -1]

    @property
    def beyond(self) -> Flags:
        """Whether the last column lies outside its limits."""
        return (self.signals_now & BEYOND) > 0

    @property
    def watched(self) -> Flags:
        """Whether the last column is part of a signal, or a step is proposed within two years."""
        recent = self.values.shape[1] - RECENT_STEP
        proposed = ~self.steps.accepted & (self.steps.column >= recent)
        found = self.signals_now > 0
        found[self.steps.row[proposed]] = True
        return found

    def part(self, first: int, stop: int) -> Charted:
        """The series from one place to before another, alone."""
        cut = {
            one.name: getattr(self, one.name)[first:stop]
            for one in fields(self)
            if isinstance(getattr(self, one.name), np.ndarray)
        }
        many = None if self.many is None else _rows_between(self.many, first, stop)
        return replace(self, **cut, steps=self.steps.part(first, stop), many=many)

    def untested(self) -> list[str]:
        """Why each series cannot be tested for the last column; empty where it can."""
        held = (~np.isnan(self.values)).sum(1)
        found = np.select(
            [
                self.last != self.values.shape[1] - 1,
                held < FEWEST_TO_JUDGE,
                np.isnan(self.chance),
            ],
            [np.array(one, object) for one in (NO_VALUE, TOO_SHORT, NOTHING_BEFORE)],
            np.array("", object),
        )
        return list(found)


def _rows_between(many: AdjustedMany, first: int, stop: int) -> AdjustedMany:
    cut = slice(first, stop)
    low, high = np.searchsorted(many.steps["row"], [first, stop])
    steps = {name: held[low:high] for name, held in many.steps.items()}
    return replace(
        many,
        centre=many.centre[cut],
        lower=many.lower[cut],
        upper=many.upper[cut],
        signals=many.signals[cut],
        numbers=many.numbers[cut],
        factors=many.factors[cut],
        rows={name: held[cut] for name, held in many.rows.items()},
        steps=steps | {"row": steps["row"] - first},
    )


def charted(grid: Grid, accepted: Flags, unit: str) -> Charted:
    """Chart every series of a grid by the method of its kind.

    Counts take the adjusted count chart, rates and proportions Laney's u' and p' charts, and
    everything else the individuals chart.

    Args:
        grid: The series.
        accepted: Whether an accepted level starts with a month, shape (series, months).
        unit: Unit of the values, which for a rate says what it is per.
    """
    kind, values, bases = grid.asked.kind, grid.values, grid.bases
    if kind == COUNT:
        return _of_counts(grid, adjusted_many(values, grid.start, accepted=accepted), accepted)
    if bases is not None and kind in WITH_BASE:
        quotients = values / np.where(bases > 0, bases, np.nan)
        if kind == PROPORTION:
            many = shares_many(values, bases, baselines=accepted)
            return _of_others(grid, many, accepted, WHOLE * quotients)
        per = per_of(unit) or 1.0
        many = rates_many(values, bases, per=per, baselines=accepted)
        return _of_others(grid, many, accepted, per * quotients)
    many = individuals_many(values, bases, baselines=accepted)
    return _of_others(grid, many, accepted, values)


def _of_counts(grid: Grid, many: AdjustedMany, accepted: Flags) -> Charted:
    rows = many.rows
    months = rows["months"]
    found = many.steps
    since = np.where(months > 0, rows["level_start"], -1).astype(np.int64)
    level = _adjusted_level(grid, many, since)
    held = np.where(months > 0, rows["level_months"], 0).astype(np.int64)
    told = zip(level, held, rows["dispersion"], rows["autocorrelation"], strict=True)
    swing = (many.factors.max(1) - many.factors.min(1)) / 2
    return Charted(
        values=grid.values,
        centre=many.centre,
        lower=many.lower,
        upper=many.upper,
        signals=many.signals,
        names=ADJUSTED_SIGNALS,
        levels=many.numbers,
        last=np.where(months > 0, rows["last"], -1).astype(np.int64),
        expected=rows["expected"],
        low=rows["expected_lower"],
        high=rows["expected_upper"],
        chance=rows["chance"],
        level=level,
        since=since,
        months=held,
        dispersion=rows["dispersion"],
        autocorrelation=rows["autocorrelation"],
        season=np.where(rows["terms"] > 0, WHOLE * swing, np.nan),
        detectable=np.array([_detectable(*one) for one in told]),
        steps=Steps(
            row=found["row"].astype(np.int64),
            column=found["column"].astype(np.int64),
            earliest=found["earliest"].astype(np.int64),
            latest=found["latest"].astype(np.int64),
            before=found["before"],
            after=found["after"],
            percent=_change(found["before"], found["after"]),
            low=WHOLE * (found["low"] - 1),
            high=WHOLE * (found["high"] - 1),
            accepted=found["given"] > 0,
        ),
        many=many,
    )


def _adjusted_level(grid: Grid, many: AdjustedMany, since: Places) -> Row:
    """Average of the last level, for a month of average length and season."""
    columns = grid.values.shape[1]
    lengths = exposures(grid.start, columns)
    weights = lengths * many.factors[:, calendar_months(grid.start, columns)]
    held = (np.arange(columns) >= since[:, None]) & ~np.isnan(grid.values) & (since >= 0)[:, None]
    heavy = np.where(held, weights, 0.0).sum(1)
    return _ratio(np.where(held, grid.values, 0.0).sum(1), heavy)


def _ratio(above: Row, below: Row) -> Row:
    return np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0)


def _change(before: Row, after: Row) -> Row:
    return WHOLE * (_ratio(after, before) - 1)


def _detectable(level: float, months: int, dispersion: float, autocorrelation: float) -> float:
    if not level >= FEWEST_TO_CHART:
        return np.nan
    share = smallest_fall(level, months, dispersion=dispersion, autocorrelation=autocorrelation)
    return np.nan if share is None else WHOLE * share


def _of_others(grid: Grid, many: LimitsMany, accepted: Flags, drawn: Matrix) -> Charted:
    series, columns = drawn.shape
    levels: Places = np.cumsum(accepted, axis=1, dtype=np.int64)
    last = grid.last
    at = np.maximum(last, 0)
    rows = np.arange(series)
    now = levels[rows, at]
    of_level = levels == now[:, None]
    held = of_level & ~np.isnan(drawn)
    nothing = np.full(series, np.nan)
    ends = [np.where(last >= 0, line[rows, at], np.nan) for line in (many.lower, many.upper)]
    spread = np.where(last >= 0, many.spread[rows, at], np.nan)
    row, column = np.nonzero(accepted)
    before, after = many.centre[row, column - 1], many.centre[row, column]
    unknown = np.full(len(row), np.nan)
    return Charted(
        values=drawn,
        centre=many.centre,
        lower=many.lower,
        upper=many.upper,
        signals=many.signals,
        names=SIGNALS,
        levels=levels,
        last=last,
        expected=many.latest.expected,
        low=ends[0],
        high=ends[1],
        chance=np.where(last >= 0, many.latest.p_value, np.nan),
        level=np.where(last >= 0, many.centre[rows, at], np.nan),
        since=np.where(last >= 0, np.argmax(held, axis=1), -1),
        months=held.sum(1),
        dispersion=spread**2 if grid.asked.kind in WITH_BASE else nothing,
        autocorrelation=nothing,
        season=nothing,
        detectable=nothing,
        steps=Steps(
            row=row,
            column=column,
            earliest=np.full(len(row), -1),
            latest=np.full(len(row), -1),
            before=before,
            after=after,
            percent=_change(before, after),
            low=unknown,
            high=unknown,
            accepted=np.ones(len(row), np.bool_),
        ),
        many=None,
    )
