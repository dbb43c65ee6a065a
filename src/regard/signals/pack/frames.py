"""The analyst's way in: a frame of any number of series, and what each of them says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.core.periods import Month
from regard.core.quantities import PERCENT
from regard.core.series import COUNT, NEITHER, POLARITIES, PROPORTION, RATE
from regard.core.statements import Statement
from regard.signals.pack.backing import Backing, Key, backing_of, month_of, must_have
from regard.signals.pack.charted import charted
from regard.signals.pack.discovery import Q
from regard.signals.pack.grid import KINDS, WITH_BASE, Asked, Grid, by_series, grid_of, named
from regard.signals.pack.tables import (
    Maker,
    must_not_clash,
    points_table,
    readings_table,
    steps_table,
)
from regard.signals.pack.tiers import HEADLINE, NOT_TESTED, Tiers, tiers
from regard.signals.pack.words import Pack, in_words
from regard.signals.readings import Reading

MONTH = "month"


@dataclass(frozen=True)
class Readings:
    """What every series of a frame says, each table in the kind of frame that was brought.

    Attributes:
        pack: The series and their charts.
        tiers: The tier of each series, with the family that was tested together.
    """

    pack: Pack
    tiers: Tiers
    _maker: Maker
    _told: tuple[list[str | None], list[str]] | None

    @property
    def month(self) -> Month:
        """The month that was tested: the last of the frame."""
        return self.pack.grid.end

    @property
    def family(self) -> Statement:
        """How many series were tested together, how many stand out, and why some were not."""
        return self.tiers.family.statement()

    @cached_property
    def readings(self) -> Any:
        """One row a series, ordered by its name.

        Columns, after those that name the series: `month`, its latest with a value; `value`;
        `expected`, `lower`, `upper`, what its level foretold; `chance` of a month as far out and
        `adjusted_chance` for how many were tested (0 to 1); `tier`; `state`; `level`, the average
        of its last level, and the month `level_since`; `steps`, how many levels start after the
        first; `step`, the last of them, from `step_earliest` to `step_latest` with 95%, by
        `step_percent`, from `step_low` to `step_high` with 95%, and its `step_standing`, accepted
        or proposed; `dispersion` over chance; `autocorrelation`; `season`, half the way from
        lowest to highest in per cent; `detectable`, the smallest lasting fall that a year would
        show, in per cent; `words`. What is not known is an empty cell.
        """
        return readings_table(self._maker, self.tiers, self._told)

    @cached_property
    def points(self) -> Any:
        """One row a series and month: what a chart draws.

        Columns: `month`, `value` (empty where missing), `centre`, `lower`, `upper`, `signals` in
        words, and the number of the `level`, from 0.
        """
        return points_table(self._maker)

    @cached_property
    def steps(self) -> Any:
        """One row a step, of every series in order of time.

        Columns: `month`, the first of the new level, between `earliest` and `latest` with 95%;
        the averages `before` and `after`; the change in `percent` of before, from `low` to `high`
        with 95%; and its `standing`, accepted or proposed. Rows of this table can be given back
        as `accepted`.
        """
        return steps_table(self._maker)

    def of(self, *name: Any) -> Reading:
        """The reading of one series, with every figure and sentence.

        Args:
            *name: What names it, in the order of the columns that name series.

        Raises:
            DefinitionRefused: the frame holds no such series.
            NotEnoughData: no month of it has a value.
        """
        (row,) = by_series(self.pack.grid, {tuple(name): None}, "the question")
        if self.pack.charted.last[row] < 0:
            raise NotEnoughData(
                f"no month of {named(name)} has a value", expected="at least one month with a value"
            )
        return self.pack.reading(row)

    def __str__(self) -> str:
        return str(self.family)


def _headlines(family: Tiers) -> tuple[bool | None, ...]:
    """Which series stand out; None of those that were not tested."""
    return tuple(None if tier == NOT_TESTED else tier == HEADLINE for tier in family.tier.tolist())


def read_frame(
    frame: Any,
    *,
    series: Sequence[str] | str | None,
    month: str = MONTH,
    value: str = "value",
    base: str | None = None,
    kind: str = COUNT,
    better: str | Mapping[Any, str] = NEITHER,
    unit: str | None = None,
    accepted: Any = None,
    to: str | date | Month | None = None,
    q: float = Q,
    words: bool = True,
    workers: int = 1,
) -> Readings:
    """Read every series of a frame in long form: a row a series and month.

    A month without a row, or with an empty cell, is missing and never nought; the grid of months
    runs from the first to the last of the frame. Counts are read by the adjusted count chart,
    rates and proportions by Laney's charts, sums with weights and averages by the individuals
    chart. All series that have a value in the last month are tested together for it.

    Args:
        frame: A pandas, Polars or PyArrow frame, or a list of rows such as a table of counts.
        series: The columns that name a series; None if the frame holds one series only.
        month: The column of months: text such as 2019-07, dates or instants.
        value: The column of values. Of a rate or proportion: what was counted, not the quotient.
        base: The column of what rates and proportions are counted over, in units of one; of an
            average, how many it is an average of.
        kind: `count`, `rate`, `proportion`, `weighted-sum`, or `average` for times and money.
        better: `lower`, `higher` or `neither`; or a column that says it, or a mapping by series.
        unit: Unit of the values in the sentences, such as `offences`; of a rate it says what it
            is per, such as `offences per 1,000 residents`.
        accepted: Accepted steps, by the first month of the new level: a frame with the columns
            of `series` and a column of months, or a mapping from series to a month or several.
            One outside the months of the frame cuts nothing.
        to: The last month to be read; a day stands for the last month that is whole by it.
        q: The share of false alarms among headlines that is borne (above 0, below 1).
        words: Whether states and sentences are made; without them both columns are left out.
        workers: Processes that make the sentences; the result is the same for any number.

    Raises:
        NotKnown: a column is not there.
        DefinitionRefused: it is no frame, two rows hold the same month of a series, a value
            cannot be one of its kind, or accepted steps name a series that is not there.
        NotEnoughData: the frame holds no row, or none up to that month.

    Example:
        >>> months = [f"2013-{number:02d}" for number in range(1, 13)]
        >>> rows = [{"area": "camden", "month": month, "value": 40} for month in months]
        >>> found = read_frame(rows, series="area", unit="offences", better="lower")
        >>> found.readings[0]["tier"], round(found.readings[0]["level"], 1)
        ('background', 40.0)
    """
    backing = backing_of(frame)
    asked = _asked(series, month, value, base, kind)
    must_not_clash(asked.series)
    if workers < 1:
        raise DefinitionRefused(f"{workers} workers", expected="1 or more")
    grid = grid_of(backing, asked, to)
    pack, sorted_out = _packed(
        grid, _accepted(accepted, grid), _unit(asked, unit), _better(better, backing, grid), q
    )
    told = in_words(pack, workers) if words else None
    return Readings(pack, sorted_out, Maker(backing, pack), told)


def _packed(
    grid: Grid, starts: NDArray[np.bool_], unit: str, wanted: tuple[str, ...], q: float
) -> tuple[Pack, Tiers]:
    found = charted(grid, starts, unit)
    sorted_out = tiers(
        grid.end, found.chance, found.watched, beyond=found.beyond, untested=found.untested(), q=q
    )
    return Pack(grid, found, starts, wanted, unit, _headlines(sorted_out)), sorted_out


def _asked(
    series: Sequence[str] | str | None, month: str, value: str, base: str | None, kind: str
) -> Asked:
    if kind not in KINDS:
        raise DefinitionRefused(f"a kind called {kind!r}", expected=f"one of {', '.join(KINDS)}")
    if kind in WITH_BASE and base is None:
        raise DefinitionRefused(
            f"a {kind} of {value} has no base", expected="base= with the column it is counted over"
        )
    if kind == COUNT and base is not None:
        raise DefinitionRefused(
            f"counts with a base, {base}", expected=f"kind='{RATE}' or kind='{PROPORTION}'"
        )
    names = (series,) if isinstance(series, str) else tuple(series or ())
    return Asked(names, month, value, base, kind)


def _unit(asked: Asked, unit: str | None) -> str:
    if asked.kind == PROPORTION:
        return PERCENT
    if unit is not None:
        return unit
    return f"{asked.value} per {asked.base}" if asked.kind == RATE else asked.value


def _better(better: str | Mapping[Any, str], backing: Backing, grid: Grid) -> tuple[str, ...]:
    """Which direction is better, one a series."""
    if isinstance(better, str) and better in POLARITIES:
        return (better,) * len(grid.keys)
    found = [NEITHER] * len(grid.keys)
    if isinstance(better, str):
        must_have(backing, (better,))
        pairs = backing.pairs(grid.asked.series, better)
    else:
        pairs = [(grid.keys[row], word) for row, word in by_series(grid, better, BETTER).items()]
    rows = {key: row for row, key in enumerate(grid.keys)}
    told: dict[Key, str] = {}
    for key, word in pairs:
        if word not in POLARITIES or told.setdefault(key, word) != word:
            raise DefinitionRefused(
                f"what is better for {named(key)} is {told.get(key, word)!r} and {word!r}",
                expected=f"one of {', '.join(POLARITIES)}, the same in every month",
            )
        found[rows[key]] = word
    return tuple(found)


BETTER, STEPS_ACCEPTED = "the directions that are better", "accepted steps"


def _accepted(accepted: Any, grid: Grid) -> NDArray[np.bool_]:
    """Whether an accepted level starts with a month, shape (series, months)."""
    starts: NDArray[np.bool_] = np.zeros_like(grid.values, np.bool_)
    if accepted is None:
        return starts
    columns = len(grid.months)
    for row, months in _months_by_row(accepted, grid):
        for one in months:
            column = month_of(one) - grid.start
            if 0 < column < columns:
                starts[row, column] = True
    return starts


def _months_by_row(accepted: Any, grid: Grid) -> Iterable[tuple[int, Iterable[Any]]]:
    if isinstance(accepted, Mapping):
        for row, months in by_series(grid, accepted, STEPS_ACCEPTED).items():
            several = isinstance(months, Iterable) and not isinstance(months, str)
            yield row, months if several else [months]
        return
    backing = backing_of(accepted)
    if not backing.columns:
        return
    column = MONTH if MONTH in backing.columns else grid.asked.month
    must_have(backing, (*grid.asked.series, column))
    for key, one in backing.pairs(grid.asked.series, column):
        (row,) = by_series(grid, {key: one}, STEPS_ACCEPTED)
        yield row, [one]
