"""Crimes counted by area, type and month from Parquet, beside pandas, Polars and plain Python."""

from __future__ import annotations

import statistics
import time
from collections import Counter as Plain
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq

from bench.figures import Line, measured
from regard.records.bookkeeping import Bookkeeping, Start, Tally
from regard.records.contracts import contract_named
from regard.records.counting import Counter
from regard.records.forces import forces
from regard.records.ledger import Chunk
from regard.records.store import Store

ROWS_A_FILE = 1_000_000
MONTHS = 84
SEED = 1
RUNS = 3  # the median is reported
MEASURE = "total-recorded-crime"
LEFT_OUT = "anti-social-behaviour"
BY = ("source", "crime_type", "month")
WHEN = datetime(2026, 1, 5, tzinfo=UTC)

_DRAWN = {
    "source": "list_extract($forces, 1 + (hash(i, $seed, 'f') % len($forces))::INTEGER)",
    "month": "strftime(DATE '2015-01-01' + to_months((hash(i, $seed, 'm') % $months)::INTEGER),"
    " '%Y-%m')",
    "crime_type": "list_extract($types, 1 + (hash(i, $seed, 't') % len($types))::INTEGER)",
    "crime_id": "md5(i::VARCHAR)",
    "lsoa": "'E010' || lpad((hash(i, $seed, 'a') % 34753)::VARCHAR, 5, '0')",
    "longitude": "-3 + (hash(i, $seed, 'x') % 1000000) / 1e6",
    "latitude": "51 + (hash(i, $seed, 'y') % 1000000) / 1e6",
}


def run(rows: int, folder: Path, *, peers: bool = True) -> dict[str, float]:
    """Time the count of so many crimes from Parquet on two cores.

    Args:
        rows: How many crimes; they are generated, a million a file.
        folder: Where they may be written.
        peers: Whether pandas, Polars and plain Python do the same beside it.

    Returns:
        Seconds a way of counting (`regard`, `pandas`, `polars`, `plain`), the `cells` of the
        table and the `rows` counted.

    Raises:
        ValueError: a peer came to another number of crimes.
    """
    store = Store(folder)
    generate(store, rows)
    files = [str(path) for path in store.visible("crime").parquet]
    ways: dict[str, Callable[[], tuple[int, int]]] = {"regard": lambda: _regard(store)}
    if peers:
        ways |= {
            "pandas": lambda: _pandas(files),
            "polars": lambda: _polars(files),
            "plain": lambda: _plain(files),
        }
    found: dict[str, float] = {"rows": rows}
    told: dict[str, tuple[int, int]] = {}
    for name, way in ways.items():
        seconds = []
        for _ in range(1 if name == "plain" else RUNS):
            start = time.perf_counter()
            told[name] = way()
            seconds.append(time.perf_counter() - start)
        found[name] = statistics.median(seconds)
    if len(set(told.values())) > 1:
        raise ValueError(f"the ways of counting disagree: {told}")
    return found | {"cells": told["regard"][0]}


def lines(folder: Path, *, rows: int) -> list[Line]:
    """The figures of a run as lines of evidence."""
    found = run(rows, folder)
    seconds = found["regard"]
    peers = {"pandas": "pandas", "polars": "Polars", "plain": "plain Python"}
    return [
        measured("records.count-10m", seconds, n=rows, seed=SEED),
        *(
            measured(
                f"records.count-v-{name}", seconds, peer=(said, found[name]), n=rows, seed=SEED
            )
            for name, said in peers.items()
        ),
    ]


def generate(store: Store, rows: int) -> None:
    """Put so many crimes of 43 forces and 84 months into a store, a million an import."""
    store.root.mkdir(parents=True, exist_ok=True)
    books = Bookkeeping(store.ledger)
    with duckdb.connect(config={"threads": 2, "memory_limit": "1GB"}) as connection:
        connection.execute("SET enable_progress_bar = false")
        numbers = {
            _one_file(connection, store, books, start, min(ROWS_A_FILE, rows - start)): 0
            for start in range(0, rows, ROWS_A_FILE)
        }
    books.finish(numbers, WHEN)


def _one_file(
    connection: duckdb.DuckDBPyConnection, store: Store, books: Bookkeeping, start: int, rows: int
) -> int:
    contract = contract_named("crime")
    name = f"generated-{start}.csv"
    number = books.begin(Start("bench", "crime", name, name, 1, "bench 1", "", False, "", ()), WHEN)
    path = store.chunk_path("crime", number, 0)
    path.parent.mkdir(parents=True)
    drawn = ", ".join(
        f"({_DRAWN.get(one.name, 'NULL')})::{one.stored_as} AS {one.name}"
        for one in contract.columns
    )
    names = [slug for slug, force in forces().items() if force.kind == "territorial"]
    connection.execute(
        f"COPY (SELECT {number}::INTEGER AS import_number, i - {start} + 1 AS row_number, {drawn} "
        f"FROM range({start}, {start + rows}) AS drawn(i)) TO '{path}' "
        "(FORMAT parquet, COMPRESSION zstd)",
        {
            "forces": names,
            "types": list(contract.column("crime_type").allowed or ())[:14],
            "months": MONTHS,
            "seed": SEED,
        },
    )
    chunk = Chunk(number, 0, 1, "", rows, rows, 0, 0, path.stat().st_size, name)
    books.add_chunk(chunk, _tally(connection, path))
    return number


def _tally(connection: duckdb.DuckDBPyConnection, path: Path) -> Tally:
    held = connection.read_parquet(str(path))
    slices = held.aggregate("source, month, count(*)", "source, month").fetchall()
    types = held.aggregate("source, crime_type, count(*)", "source, crime_type").fetchall()
    return Tally(
        {(source, month, ""): rows for source, month, rows in slices},
        {(source, "crime_type", kind): rows for source, kind, rows in types},
    )


def _regard(store: Store) -> tuple[int, int]:
    with Counter(store, engine="duckdb") as counter:
        cells = counter.table(MEASURE, by=BY)
    return len(cells), int(sum(cell.value or 0 for cell in cells))


def _pandas(files: list[str]) -> tuple[int, int]:
    frame = pd.concat(pd.read_parquet(file, columns=list(BY)) for file in files)
    counted = frame[frame["crime_type"] != LEFT_OUT].groupby(list(BY)).size()
    return len(counted), int(counted.sum())


def _polars(files: list[str]) -> tuple[int, int]:
    crimes = pl.scan_parquet(files).filter(pl.col("crime_type") != LEFT_OUT)
    counted = crimes.group_by(*BY).len().collect()
    return len(counted), int(counted["len"].sum())


def _plain(files: list[str]) -> tuple[int, int]:
    counted = Plain(row for row in _rows(files) if row[1] != LEFT_OUT)
    return len(counted), counted.total()


def _rows(files: list[str]) -> Iterator[tuple[str, str, str]]:
    for file in files:
        for batch in pq.ParquetFile(file).iter_batches(columns=list(BY)):
            yield from zip(*(batch.column(name).to_pylist() for name in BY), strict=True)
