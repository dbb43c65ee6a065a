"""Puts rows into a real store without a file to read them from: the importer is tested apart."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from regard.records.bookkeeping import Bookkeeping, Start, Tally
from regard.records.contracts import contract_named
from regard.records.counting import Counter as Counted
from regard.records.engines import DuckDB
from regard.records.ledger import Chunk
from regard.records.store import Store

WHEN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
ARROW = {
    "date": pa.date32(),
    "instant": pa.timestamp("us"),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
}
DEFAULTS = {"group": "all", "design_effect": 1.0}
MANY = 20_000  # rows from which on DuckDB is the quicker way to tally them
Row = Mapping[str, Any]


@cache
def one_engine() -> DuckDB:
    """One engine for every test of a process: to open one takes longer than to count."""
    return DuckDB()


def counting(store: Store, **how: Any) -> Counted:
    """A counter of a store on the engine that the tests share."""
    return Counted(store, engine=one_engine(), **how)


def arrow_table(dataset: str, rows: Iterable[Row]) -> pa.Table:
    """Rows in the shape of a contract, columns that are not given left empty."""
    kept = list(rows)
    columns = contract_named(dataset).columns
    schema = pa.schema([(c.name, ARROW.get(c.type, pa.string())) for c in columns])
    return pa.table(
        {c.name: [row.get(c.name, DEFAULTS.get(c.name)) for row in kept] for c in columns},
        schema=schema,
    )


def bring_in(
    store: Store,
    dataset: str,
    rows: pa.Table | Iterable[Row],
    *,
    file: str = "a.csv",
    at: datetime = WHEN,
) -> int:
    """Store rows as one finished import and give its number."""
    table = rows if isinstance(rows, pa.Table) else arrow_table(dataset, rows)
    store.root.mkdir(parents=True, exist_ok=True)
    books = Bookkeeping(store.ledger)
    sha = hashlib.sha256(f"{file} {at} {len(table)}".encode()).hexdigest()
    number = books.begin(Start(file, dataset, file, sha, 1, "test 1", "test", False, "", ()), at)
    path = store.chunk_path(dataset, number, 0)
    path.parent.mkdir(parents=True)
    numbered = table.add_column(0, "row_number", pa.array(range(1, len(table) + 1), pa.int64()))
    imports = pa.array([number] * len(table), pa.int32())
    pq.write_table(numbered.add_column(0, "import_number", imports), path)
    chunk = Chunk(number, 0, 1, "", len(table), len(table), 0, 0, path.stat().st_size, sha)
    books.add_chunk(chunk, _tally(dataset, table))
    books.finish({number: 0}, at)
    return number


def _tally(dataset: str, table: pa.Table) -> Tally:
    if len(table) < MANY:
        return _tally_of_few(dataset, table.to_pylist())
    contract = contract_named(dataset)
    with duckdb.connect() as connection:
        rows = connection.from_arrow(table)
        places = [contract.source_column, contract.month_column, contract.part_column]
        keys = [f"coalesce({name}, '')" if name else "''" for name in places]
        slices = rows.aggregate(", ".join([*keys, "count(*)"]), ", ".join(keys)).fetchall()
        supplied = {}
        for column in contract.columns:
            value = f'"{column.name}"' if column.type == "code" else "'*'"
            found = rows.filter(f'"{column.name}" IS NOT NULL').aggregate(
                f"{places[0]}, {value}, count(*)", f"{places[0]}, {value}"
            )
            for source, told, held in found.fetchall():
                supplied[(source, column.name, told)] = held
    return Tally({tuple(one[:3]): one[3] for one in slices}, supplied)


def _tally_of_few(dataset: str, rows: list[dict]) -> Tally:
    contract = contract_named(dataset)
    places = (contract.source_column, contract.month_column, contract.part_column)
    slices = Counter(tuple((row[name] or "") if name else "" for name in places) for row in rows)
    supplied = Counter(
        (row[places[0]], one.name, row[one.name] if one.type == "code" else "*")
        for row in rows
        for one in contract.columns
        if row[one.name] is not None
    )
    return Tally(slices, supplied)


def crimes(source: str, month: str, crime_type: str, rows: int, **more: Any) -> list[dict]:
    """So many crimes of one kind in one month, each otherwise the same."""
    return [{"source": source, "month": month, "crime_type": crime_type, **more}] * rows


def offences(source: str, day: date, code: str, rows: int, **more: Any) -> list[dict]:
    """So many offences of one Home Office code recorded on one day."""
    month = f"{day:%Y-%m}"
    return [{"source": source, "month": month, "recorded_on": day, "offence": code, **more}] * rows


def answers(month: str, positive: float, asked: int, **more: Any) -> dict:
    """One month's answers to a question of victims of crime, in the West Midlands."""
    question = more.pop("question", "victim-satisfaction-crime")
    place = {"source": "west-midlands", "month": month, "survey": "contact-counts"}
    return {**place, "question": question, "answers": asked, "positive": positive, **more}


SLUG = "lower(replace(replace(replace({}, ';', ''), ',', ''), ' ', '-'))"


def street(connection: duckdb.DuckDBPyConnection, path: Path) -> duckdb.DuckDBPyRelation:
    """A police.uk file in Parquet in the shape of the contract, ready to be read."""
    crime_type, outcome = SLUG.format('"Crime type"'), SLUG.format('"Last outcome category"')
    given = {
        "source": "source_force",
        "month": '"Month"',
        "crime_type": crime_type,
        "crime_id": '"Crime ID"',
        "lsoa": '"LSOA code"',
        "lsoa_name": '"LSOA name"',
        "location": '"Location"',
        "longitude": '"Longitude"',
        "latitude": '"Latitude"',
        "outcome": outcome,
        "reported_by": '"Reported by"',
        "context": '"Context"',
    }
    columns = [
        f"{given.get(one.name, 'NULL')}::{one.stored_as} AS {one.name}"
        for one in contract_named("crime").columns
    ]
    return connection.read_parquet(str(path)).project(", ".join(columns))
