"""Many series on one unbroken grid of months, in which what was not supplied is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regard.core.errors import DefinitionRefused, NotEnoughData, shown
from regard.core.periods import MONTHS_A_YEAR, Month, months_between
from regard.core.series import COUNT, PROPORTION, RATE, WEIGHTED
from regard.signals.pack.backing import Backing, Key, Long, month_of, must_have

AVERAGE = "average"  # times and money: minutes a call, pounds a head
KINDS = (COUNT, RATE, PROPORTION, WEIGHTED, AVERAGE)
WITH_BASE = (RATE, PROPORTION)
MOST_MONTHS = 2_400  # two centuries: a longer grid comes from a month that was mistyped
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Asked:
    """Which columns of a frame mean what.

    Attributes:
        series: The columns that name a series.
        month, value: The columns of months and of values.
        base: The column of bases, if any.
        kind: One of `KINDS`.
    """

    series: tuple[str, ...]
    month: str
    value: str
    base: str | None
    kind: str

    @property
    def numeric(self) -> tuple[str, ...]:
        """The columns of numbers."""
        return (self.value,) if self.base is None else (self.value, self.base)


@dataclass(frozen=True)
class Grid:
    """Values of many series, one row a series and one column a month.

    Attributes:
        asked: Which columns meant what.
        keys: What names each series, in order.
        start: The month of the first column.
        values: Shape (series, months), in the unit of the frame; NaN is a month not supplied.
        bases: What they are counted over or averages of, same shape; None where not asked.
    """

    asked: Asked
    keys: tuple[Key, ...]
    start: Month
    values: Matrix
    bases: Matrix | None

    @property
    def end(self) -> Month:
        """The month of the last column."""
        return self.start + (self.values.shape[1] - 1)

    @property
    def months(self) -> tuple[Month, ...]:
        """The month of every column."""
        return months_between(self.start, self.end)

    def label(self, row: int) -> str:
        """What names a series, in words."""
        return named(self.keys[row])

    @property
    def last(self) -> NDArray[np.int64]:
        """The last column with a value of each series; -1 without one. Shape (series,)."""
        held = ~np.isnan(self.values)
        return np.where(held.any(1), held.shape[1] - 1 - np.argmax(held[:, ::-1], axis=1), -1)


def named(key: Key) -> str:
    """What names a series, in words: its parts set apart by commas."""
    return ", ".join(str(part) for part in key) or "the series"


def grid_of(backing: Backing, asked: Asked, to: str | date | Month | None = None) -> Grid:
    """Put the rows of a frame on a grid of months.

    Args:
        backing: The frame.
        asked: Which columns mean what.
        to: The last month; a day stands for the last month that is whole by it. None takes
            the last month of the frame.

    Raises:
        NotKnown: a column is not there.
        DefinitionRefused: two rows hold the same month of a series, a value cannot be one of
            its kind, or a month cannot be read.
        NotEnoughData: there is no row, or none up to that month.
    """
    if not backing.height:
        raise NotEnoughData(
            f"the frame with columns {', '.join(backing.columns) or 'none'} has no row",
            expected="a row a series and month",
        )
    must_have(backing, (*asked.series, asked.month, *asked.numeric))
    long = backing.long(asked.series, asked.month, asked.numeric)
    whole = None if to is None else _last_whole(to).ordinal
    first, last = int(long.ordinals.min()), int(max(long.ordinals.max(), whole or 0))
    if last - first >= MOST_MONTHS:
        raise DefinitionRefused(
            f"the months go from {_month(first)} to {_month(last)}",
            expected=f"fewer than {MOST_MONTHS:,} months",
            next_step="look for a year that was mistyped",
        )
    if whole is not None and whole < first:
        raise NotEnoughData(
            f"no month is whole by {to}: the first is {_month(first)}", expected="a later month"
        )
    end = last if whole is None else whole
    shape = (len(long.keys), last - first + 1)
    cells = long.numbers * shape[1] + long.ordinals - first
    _refuse_twice(long, cells, shape, first)
    grids = []
    for name in asked.numeric:
        filled = np.full(shape[0] * shape[1], np.nan)
        filled[cells] = long.numeric[name]
        grids.append(np.ascontiguousarray(filled.reshape(shape)[:, : end - first + 1]))
    bases = grids[1] if asked.base else None
    grid = Grid(asked, long.keys, _month(first), grids[0], bases)
    _refuse_values(grid)
    return grid


def _month(ordinal: int) -> Month:
    return Month(ordinal // MONTHS_A_YEAR, ordinal % MONTHS_A_YEAR + 1)


def _last_whole(to: str | date | Month) -> Month:
    if isinstance(to, date):
        month = month_of(to)
        return month if month.end <= date(to.year, to.month, to.day) else month + -1
    return month_of(to)


def _refuse_twice(long: Long, cells: NDArray[np.int64], shape: tuple[int, int], first: int) -> None:
    rows = np.bincount(cells, minlength=shape[0] * shape[1])
    if rows.max() > 1:
        row, column = divmod(int(np.argmax(rows > 1)), shape[1])
        more = int((rows > 1).sum()) - 1
        others = f" (cells held twice: {more + 1:,})" if more else ""
        raise DefinitionRefused(
            f"{int(rows[row * shape[1] + column])} rows hold {_month(first + column).iso} of "
            f"{named(long.keys[row])}{others}",
            expected="one row a series and month",
            next_step="add them up, or name the columns that tell them apart in series=",
        )


def _refuse_values(grid: Grid) -> None:
    """Refuse what cannot be a value of its kind, naming the series and the month."""
    kind, values, bases = grid.asked.kind, grid.values, grid.bases
    _refuse(grid, values, np.isinf(values), "a finite number, or an empty cell")
    if kind in (COUNT, *WITH_BASE):
        _refuse(grid, values, values < 0, "0 or more, or an empty cell where not supplied")
    if kind == COUNT:
        _refuse(
            grid, values, values != np.floor(values), "whole counts", nan=False,
            step="say kind='rate' with the counts and their base, or kind='average'",
        )  # fmt: skip
    if bases is None:
        return
    _refuse(grid, bases, np.isinf(bases) | (bases < 0), "a finite base of 0 or more")
    if kind in WITH_BASE:
        _refuse(grid, bases, (bases == 0) & (values > 0), "a base above 0 where something counts")
    if kind == PROPORTION:
        _refuse(grid, values, values > bases, "no more than its base")


def _refuse(
    grid: Grid, held: Matrix, wrong: NDArray[np.bool_], expected: str, *, nan: bool = True,
    step: str = "",
) -> None:  # fmt: skip
    if not nan:
        wrong = wrong & ~np.isnan(held)
    if wrong.any():
        row, column = divmod(int(np.argmax(wrong)), wrong.shape[1])
        raise DefinitionRefused(
            f"{grid.label(row)} holds {held[row, column]:g} in {(grid.start + column).iso}",
            expected=expected,
            next_step=step,
        )


def by_series(grid: Grid, told: Mapping[Any, Any], what: str) -> dict[int, Any]:
    """What a mapping says of series, by row. A series of one column may be named by its value.

    Raises:
        DefinitionRefused: it names a series that is not in the frame.
    """
    rows = {key: row for row, key in enumerate(grid.keys)}
    found = {}
    for name, value in told.items():
        key = name if isinstance(name, tuple) else (name,)
        if key not in rows:
            raise DefinitionRefused(
                f"{what} name the series {shown(named(key))}, which the frame does not hold",
                expected=f"series by {', '.join(grid.asked.series) or 'an empty tuple'}",
            )
        found[rows[key]] = value
    return found
