"""Rows of a small table as they stand: establishment, strength, skills, duty, exercises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

import narwhals.stable.v2 as nw

from regard.core.figures import Source
from regard.core.periods import Month
from regard.records.contracts import Column, Contract, contract_named
from regard.records.engines import Engine, Held, engine_named
from regard.records.expressions import plain
from regard.records.question import IMPORT, Records
from regard.records.store import Store
from regard.records.supply import reference

EDITION = "edition"
QUANTITIES = ("integer", "number", "boolean")

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Stated:
    """Rows of a source as they stand.

    Attributes:
        dataset: Id of the contract.
        source: Who supplied them.
        rows: A value a column of the contract, None where the cell is empty; ordered by what
            they are about. An instant is in UTC.
        restated: Rows that a later edition says anew, and that do not count.
        sources: The imports they came by.
    """

    dataset: str
    source: str
    rows: tuple[Row, ...]
    restated: int
    sources: tuple[Source, ...]

    @property
    def months(self) -> tuple[Month, ...]:
        """The months with rows, in order."""
        column = contract_named(self.dataset).month_column or ""
        return tuple(Month.parse(one) for one in sorted({row[column] for row in self.rows}))

    def at(self, month: Month) -> tuple[Row, ...]:
        """The rows of a month."""
        column = contract_named(self.dataset).month_column or ""
        return tuple(row for row in self.rows if row[column] == month.iso)


@dataclass(frozen=True)
class Columns:
    """Columns of a large table.

    Attributes:
        cells: By name, a cell a row; None where it is empty.
        sources: The imports they came by.
    """

    cells: Mapping[str, tuple[Any, ...]]
    sources: tuple[Source, ...]


class StatedTables(Held):
    """What sources state in small tables, as known at one instant, each table read once.

    Args:
        store: The record store.
        known_at: As known at that instant; None for now.
        engine: The engine that reads, or its name.
    """

    def __init__(
        self, store: Store, *, known_at: datetime | None = None, engine: Engine | str | None = None
    ) -> None:
        self._own = engine is None or isinstance(engine, str)
        self._engine: Engine = (
            engine_named(engine or "") if engine is None or isinstance(engine, str) else engine
        )
        self._records = Records(store, self._engine, known_at)

    def sources(self, dataset: str) -> tuple[str, ...]:
        """Who has supplied rows of a dataset."""
        return self._records.supply(dataset).sources

    def months(self, dataset: str, source: str) -> tuple[Month, ...]:
        """The months that a source has supplied, in order."""
        return self._records.supply(dataset).months(source)

    def of(
        self,
        dataset: str,
        source: str,
        *,
        first: Month | None = None,
        last: Month | None = None,
    ) -> Stated:
        """The rows of a source, of some months only where they are named.

        Of rows that say the same thing in several editions, that of the last edition by name
        counts; within one edition every row does.

        Args:
            dataset: Id of the contract.
            source: Who supplied them.
            first, last: The months, both included.
        """
        contract = contract_named(dataset)
        found = self._found(dataset, source, contract.names, (first, last))
        rows = [(int(row[0]), _row(contract, row[1:])) for row in found]
        kept = _latest(contract, rows)
        return Stated(
            dataset,
            source,
            tuple(row for _, row in sorted(kept, key=lambda one: _place(contract, one[1]))),
            len(rows) - len(kept),
            self._sources(dataset, Counter(number for number, _ in kept)),
        )

    def columns(
        self,
        dataset: str,
        source: str,
        names: Sequence[str],
        *,
        first: Month | None = None,
        last: Month | None = None,
    ) -> Columns:
        """Some columns of a large table as they lie there, without editions or an order.

        Args:
            dataset: Id of the contract.
            source: Who supplied the rows.
            names: The columns.
            first, last: The months, both included.
        """
        found = self._found(dataset, source, names, (first, last))
        cells = list(zip(*found, strict=True)) or [()] * (1 + len(names))
        return Columns(
            dict(zip(names, cells[1:], strict=True)),
            self._sources(dataset, Counter(int(number) for number in cells[0])),
        )

    def _found(
        self,
        dataset: str,
        source: str,
        names: Sequence[str],
        span: tuple[Month | None, Month | None],
    ) -> list[tuple[Any, ...]]:
        supply = self._records.supply(dataset)
        contract = supply.contract
        frame = self._records.frame(supply, supply.holding(source))
        if frame is None:
            return []
        first, last = span
        asked = frame.filter(nw.col(contract.source_column) == source)
        if contract.month_column and first is not None:
            asked = asked.filter(nw.col(contract.month_column) >= first.iso)
        if contract.month_column and last is not None:
            asked = asked.filter(nw.col(contract.month_column) <= last.iso)
        return self._engine.rows(asked.select(IMPORT, *names))

    def _sources(self, dataset: str, counted: Mapping[int, int]) -> tuple[Source, ...]:
        imports = self._records.supply(dataset).imports
        return tuple(
            Source("rows", reference(imports[number]), f"{many:,} rows of {dataset}")
            for number, many in sorted(counted.items())
        )

    def close(self) -> None:
        """Give back the engine, if it was opened here."""
        if self._own:
            self._engine.close()


def _row(contract: Contract, cells: tuple[Any, ...]) -> Row:
    return {
        column.name: _value(column, one)
        for column, one in zip(contract.columns, cells, strict=True)
    }


def _value(column: Column, cell: Any) -> Any:
    value = plain(cell)
    if column.type != "instant" or value is None:
        return value
    if not isinstance(value, datetime):
        value = datetime.combine(value, time.min)  # `plain` takes a midnight for a day
    return value.replace(tzinfo=UTC)


def _about(contract: Contract, row: Row) -> tuple[str, ...]:
    """What a row is about: all but its quantities and its edition."""
    return tuple(
        str(row[column.name])
        for column in contract.columns
        if column.type not in QUANTITIES and column.name != EDITION
    )


def _place(contract: Contract, row: Row) -> tuple[str, ...]:
    return (*_about(contract, row), *(str(row[name]) for name in contract.names))


def _latest(contract: Contract, rows: list[tuple[int, Row]]) -> list[tuple[int, Row]]:
    if EDITION not in contract.names:
        return rows
    last: dict[tuple[str, ...], str] = {}
    for _, row in rows:
        about = _about(contract, row)
        last[about] = max(last.get(about, ""), row[EDITION] or "")
    return [one for one in rows if (one[1][EDITION] or "") == last[_about(contract, one[1])]]
