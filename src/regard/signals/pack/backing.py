"""The kind of frame that an analyst brings, so that what is found comes back in the same kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

import narwhals.stable.v2 as nw
import narwhals.stable.v2.selectors as selectors
import numpy as np
from numpy.typing import NDArray

from regard.core.errors import DefinitionRefused, NotKnown
from regard.core.periods import Month

Places = NDArray[np.int64]
Key = tuple[Any, ...]
DAYS = (nw.Date, nw.Datetime)


@dataclass(frozen=True)
class Long:
    """The rows of a frame as arrays, one entry a row, in any order.

    Attributes:
        keys: The series that the rows are about, each once, in order.
        numbers: The place of each row's series among them.
        ordinals: The month of each row, counted from the year 0.
        numeric: The columns of numbers that were asked for, by name; NaN where empty.
    """

    keys: tuple[Key, ...]
    numbers: Places
    ordinals: Places
    numeric: Mapping[str, NDArray[np.float64]]


@dataclass(frozen=True)
class Coded:
    """A column of few distinct values: the values, and the place of each row's among them.

    A place of -1 is an empty cell.
    """

    values: Sequence[Any]
    places: Places


class Backing(Protocol):
    """A table of some kind that was brought, and the way to make another of its kind."""

    @property
    def columns(self) -> list[str]:
        """The names of its columns."""

    @property
    def height(self) -> int:
        """How many rows it holds."""

    def long(self, series: Sequence[str], month: str, numeric: Sequence[str]) -> Long:
        """Its rows as arrays: the series and month of each, and the columns of numbers."""

    def pairs(self, series: Sequence[str], column: str) -> list[tuple[Key, Any]]:
        """Every distinct pair of a series and a value of a column, in order."""

    def made(
        self,
        keys: Mapping[str, Coded],
        months: Mapping[str, Coded],
        columns: Mapping[str, Coded | NDArray[Any]],
        *,
        order: Sequence[str],
        like: str,
    ) -> Any:
        """A table of the same kind.

        Args:
            keys: Columns that name the series, of the same type as they were brought.
            months: Columns of months, as `Month`, to be written as they were brought.
            columns: Everything else; NaN becomes an empty cell.
            order: The names in the order in which they stand.
            like: The column of months that was brought.
        """


def backing_of(brought: Any) -> Backing:
    """What was brought: a pandas, Polars or PyArrow frame, or a list of rows.

    A row is a mapping, or has a method `row` that gives one, as the cells of a counted table.

    Raises:
        DefinitionRefused: it is none of these.
    """
    if isinstance(brought, list | tuple):
        return PlainRows.of(brought)
    try:
        return Frame(nw.from_native(brought, eager_only=True))
    except TypeError:
        raise DefinitionRefused(
            f"a {type(brought).__module__}.{type(brought).__name__} is no frame that can be read",
            expected="a pandas, Polars or PyArrow frame, or a list of rows",
            next_step="collect a lazy frame first; take a relation of a database as a frame",
        ) from None


def month_of(value: Any) -> Month:
    """The month of a text such as 2019-07, of a day or of an instant.

    Raises:
        DefinitionRefused: it is none of these.
    """
    if isinstance(value, Month):
        return value
    if isinstance(value, str):
        return Month.parse(value)
    if hasattr(value, "year") and hasattr(value, "month"):
        return Month(int(value.year), int(value.month))
    raise DefinitionRefused(
        f"{value!r} is not a month", expected="text such as 2019-07, a date or an instant"
    )


@dataclass(frozen=True)
class Frame:
    """A frame of one of the kinds that narwhals reads."""

    rows: nw.DataFrame[Any]

    @property
    def columns(self) -> list[str]:
        """The names of its columns."""
        return list(self.rows.columns)

    @property
    def height(self) -> int:
        """How many rows it holds."""
        return len(self.rows)

    def long(self, series: Sequence[str], month: str, numeric: Sequence[str]) -> Long:
        """Its rows as arrays.

        Raises:
            DefinitionRefused: a row names no series or month, a month cannot be read, or a
                column of numbers holds something else.
        """
        for name in (*series, month):
            _refuse_empty(name, self.rows[name].is_null().to_numpy())
        keyed, names = self._keyed(series)
        numbers = [f"number {at}" for at in range(len(numeric))]
        held = keyed.with_columns(
            self._ordinals(month),
            *(self._number(name).alias(at) for name, at in zip(numeric, numbers, strict=True)),
        ).select(*names, "month number", *numbers)
        places, keys = np.zeros(len(held), np.int64), [()]
        if names:
            numbered = held.select(names).unique(keep="any").sort(names)
            held = held.join(numbered.with_row_index("series number"), on=names, how="left")
            places, keys = held["series number"].to_numpy(), numbered.rows()
        return Long(
            keys=tuple(tuple(key) for key in keys),
            numbers=places.astype(np.int64),
            ordinals=held["month number"].to_numpy().astype(np.int64),
            numeric={
                name: held[at].to_numpy().astype(np.float64)
                for name, at in zip(numeric, numbers, strict=True)
            },
        )

    def pairs(self, series: Sequence[str], column: str) -> list[tuple[Key, Any]]:
        """Every distinct pair of a series and a value of a column, in order."""
        keyed, names = self._keyed(series)
        kept = keyed.with_columns(self.rows[column].alias("value")).select(*names, "value")
        return [(tuple(row[:-1]), row[-1]) for row in kept.unique(keep="any").sort(*names).rows()]

    def made(
        self,
        keys: Mapping[str, Coded],
        months: Mapping[str, Coded],
        columns: Mapping[str, Coded | NDArray[Any]],
        *,
        order: Sequence[str],
        like: str,
    ) -> Any:
        """A frame of the same kind."""
        pieces = [
            self._coded(name, coded, self._key_type(name)) for name, coded in keys.items()
        ] + [self._months(name, coded, like) for name, coded in months.items()]
        plain = {}
        for name, column in columns.items():
            if isinstance(column, Coded):
                pieces.append(self._coded(name, column, nw.String()))
            else:
                plain[name] = column
        if plain:
            made = nw.from_dict(plain, backend=self.rows.implementation)
            pieces.append(made.with_columns(selectors.by_dtype(nw.Float64).fill_nan(None)))
        return nw.concat(pieces, how="horizontal").select(*order).to_native()

    def _keyed(self, series: Sequence[str]) -> tuple[nw.DataFrame[Any], list[str]]:
        """The columns that name a series, categories as text, under names of their own."""
        names = [f"key {at}" for at in range(len(series))]
        texts = [
            nw.col(name).cast(nw.String) if self._key_type(name) == nw.String else nw.col(name)
            for name in series
        ]
        made = [text.alias(name) for text, name in zip(texts, names, strict=True)]
        # Any column at all keeps the length where no column names a series.
        return self.rows.select(*made, nw.col(self.columns[0]).alias("any")), names

    def _key_type(self, name: str) -> Any:
        held = self.rows.schema.get(name, nw.String())
        return nw.String() if isinstance(held, nw.Categorical | nw.Enum | nw.Object) else held

    def _ordinals(self, name: str) -> Any:
        column = self.rows[name]
        if isinstance(column.dtype, DAYS):
            years, months = column.dt.year().cast(nw.Int64), column.dt.month().cast(nw.Int64)
            return (years * 12 + months - 1).alias("month number")
        if isinstance(column.dtype, nw.Categorical | nw.Enum):
            column = column.cast(nw.String)
        if isinstance(column.dtype, nw.String):
            told = sorted(column.unique().to_list())
            found = [month_of(one).ordinal for one in told]
            return column.replace_strict(told, found, return_dtype=nw.Int64).alias("month number")
        found = [month_of(one).ordinal for one in column.to_list()]
        return nw.new_series("month number", found, nw.Int64, backend=self.rows.implementation)

    def _number(self, name: str) -> Any:
        column = self.rows[name]
        if not column.dtype.is_numeric():
            raise DefinitionRefused(
                f"column {name} holds {column.dtype}", expected="a column of numbers"
            )
        return column.cast(nw.Float64)

    def _coded(self, name: str, coded: Coded, kind: Any) -> nw.DataFrame[Any]:
        # The empty cell stands last, where -1 finds it.
        whole = nw.new_series(
            name, [*coded.values, None], kind, backend=self.rows.implementation
        ).to_frame()
        places = np.where(coded.places < 0, len(coded.values), coded.places)
        return nw.maybe_reset_index(whole[places])

    def _months(self, name: str, coded: Coded, like: str) -> nw.DataFrame[Any]:
        """Months as they were brought: days and instants as the first of the month, else text."""
        brought = self.rows.schema[like]
        if not isinstance(brought, DAYS):
            return self._coded(
                name, Coded([m.iso for m in coded.values], coded.places), nw.String()
            )
        if isinstance(brought, nw.Date):
            return self._coded(name, Coded([m.start for m in coded.values], coded.places), brought)
        instants = [datetime(m.year, m.number, 1) for m in coded.values]  # noqa: DTZ001 - local
        made = self._coded(name, Coded(instants, coded.places), nw.Datetime(brought.time_unit))
        # The first instant of a month is that of its own time zone, and so is set after.
        return made.with_columns(nw.col(name).dt.replace_time_zone(brought.time_zone))


@dataclass(frozen=True)
class PlainRows:
    """A list of rows, each a mapping from column to value."""

    rows: tuple[Mapping[str, Any], ...]

    @classmethod
    def of(cls, brought: Sequence[Any]) -> PlainRows:
        """Rows that are mappings, or that have a method `row` that gives one.

        Raises:
            DefinitionRefused: one of them is neither.
        """
        rows = []
        for place, one in enumerate(brought, start=1):
            row = one.row() if hasattr(one, "row") else one
            if not isinstance(row, Mapping):
                raise DefinitionRefused(
                    f"row {place} is a {type(one).__name__}",
                    expected="a mapping, or a counted cell",
                )
            rows.append(row)
        return cls(tuple(rows))

    @property
    def columns(self) -> list[str]:
        """The names of its columns, as the first row has them."""
        return list(self.rows[0]) if self.rows else []

    @property
    def height(self) -> int:
        """How many rows it holds."""
        return len(self.rows)

    def long(self, series: Sequence[str], month: str, numeric: Sequence[str]) -> Long:
        """Its rows as arrays.

        Raises:
            DefinitionRefused: as `Frame.long`.
        """
        for name in (*series, month):
            _refuse_empty(name, np.array([row.get(name) is None for row in self.rows], bool))
        keys = [tuple(row[name] for name in series) for row in self.rows]
        known = sorted(set(keys))
        places = {key: place for place, key in enumerate(known)}
        return Long(
            keys=tuple(known),
            numbers=np.array([places[key] for key in keys], np.int64),
            ordinals=np.array([month_of(row[month]).ordinal for row in self.rows], np.int64),
            numeric={name: np.array(list(self._numbers(name)), np.float64) for name in numeric},
        )

    def _numbers(self, name: str) -> Iterator[float]:
        for place, row in enumerate(self.rows, start=1):
            value = row.get(name)
            if value is not None and (isinstance(value, bool) or not hasattr(value, "__float__")):
                raise DefinitionRefused(
                    f"row {place} holds {value!r} in column {name}", expected="a number, or None"
                )
            yield np.nan if value is None else float(value)

    def pairs(self, series: Sequence[str], column: str) -> list[tuple[Key, Any]]:
        """Every distinct pair of a series and a value of a column, in order."""
        found = {(tuple(row[name] for name in series), row.get(column)) for row in self.rows}
        return sorted(found, key=lambda pair: (pair[0], str(pair[1])))

    def made(
        self,
        keys: Mapping[str, Coded],
        months: Mapping[str, Coded],
        columns: Mapping[str, Coded | NDArray[Any]],
        *,
        order: Sequence[str],
        like: str,
    ) -> list[dict[str, Any]]:
        """A list of mappings."""
        lists = {name: _listed(column) for name, column in (*keys.items(), *columns.items())}
        as_days = isinstance(self.rows[0][like], date)
        for name, coded in months.items():
            told = [month.start if as_days else month.iso for month in coded.values]
            lists[name] = _listed(Coded(told, coded.places))
        return [
            dict(zip(order, row, strict=True))
            for row in zip(*(lists[n] for n in order), strict=True)
        ]


def _listed(column: Coded | NDArray[Any]) -> list[Any]:
    if isinstance(column, Coded):
        held = [*column.values, None]
        return [held[place] for place in column.places.tolist()]
    return [None if value != value else value for value in column.tolist()]  # noqa: PLR0124


def _refuse_empty(name: str, empty: NDArray[np.bool_]) -> None:
    if empty.any():
        raise DefinitionRefused(
            f"row {int(np.argmax(empty)) + 1:,} has no {name}",
            expected=f"a {name} in every row",
        )


def must_have(backing: Backing, names: Sequence[str]) -> None:
    """Refuse columns that are not there, or that are named twice.

    Raises:
        NotKnown: there is no such column.
        DefinitionRefused: one is named twice.
    """
    for name in names:
        if name not in backing.columns:
            raise NotKnown("column of the frame", name, backing.columns)
    twice = [name for place, name in enumerate(names) if name in names[:place]]
    if twice:
        raise DefinitionRefused(
            f"column {twice[0]} is named twice", expected="columns of their own"
        )
