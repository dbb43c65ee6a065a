"""One measure, one table: DuckDB, Polars, pandas, Arrow and plain Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.brought_in import arrow_table, bring_in, street
from records.generated import WEIGHTS, population, rows_of, severity
from records.oracle import counted
from regard.records.counting import Counter
from regard.records.measures import Measure, measures
from regard.records.store import Store
from regard.records.tables import Cell, count_frame

STREET = "policeuk_street_merseyside_avonsomerset_cityoflondon_2018-01_2020-12.parquet"
MEASURES = tuple(measures().values())
COUNTED = [one for one in MEASURES if one.dataset in ("crime", "recorded_crime", "survey")]
BASES = {
    "residents": arrow_table("population", population()),
    "weights": arrow_table("severity", severity()),
}


def on_every_engine(connection: duckdb.DuckDBPyConnection, rows: pa.Table) -> dict[str, Any]:
    return {
        "duckdb": connection.from_arrow(rows),
        "polars": pl.from_arrow(rows),
        "pandas": rows.to_pandas(),
        "arrow": rows,
    }


def tables(frames: dict[str, Any], measure: Measure, *by: str) -> dict[str, list[Cell]]:
    return {name: count_frame(frame, measure, by, **BASES) for name, frame in frames.items()}


def values(cells: list[Cell]) -> dict[tuple, float | None]:
    return {cell.at: cell.value for cell in cells}


def test_every_shipped_measure_counts_a_dataset_that_rows_can_be_made_of():
    assert len(COUNTED) == len(MEASURES)


@pytest.fixture(scope="module")
def rows_on_engines() -> Iterator[Callable[[str], tuple[list[dict], dict[str, Any]]]]:
    """Gives the rows of a dataset, plain and on every engine, made once for all its measures."""
    with duckdb.connect(config={"threads": 2}) as connection:

        @cache
        def held(dataset: str) -> tuple[list[dict], dict[str, Any]]:
            rows = rows_of(dataset, 20130401, 700)
            return rows, on_every_engine(connection, arrow_table(dataset, rows))

        yield held


@pytest.mark.parametrize("measure", COUNTED, ids=lambda one: one.id)
def test_a_measure_gives_one_table_on_every_engine_and_in_plain_python(measure, rows_on_engines):
    rows, frames = rows_on_engines(measure.dataset)

    found = tables(frames, measure, "source", "month")

    assert all(cells == found["duckdb"] for cells in found.values())
    assert values(found["duckdb"]) == counted(rows, measure, population(), WEIGHTS)


@pytest.mark.slow
@pytest.mark.law
@settings(max_examples=25)
@given(
    measure=st.sampled_from(COUNTED),
    seed=st.integers(0, 2**32),
    number=st.integers(1, 40),
    place=st.sampled_from(("local_area", "domestic_abuse", "recorded_on", "outcome")),
)
def test_few_rows_with_gaps_and_twins_give_one_table_on_every_engine(measure, seed, number, place):
    rows = rows_of(measure.dataset, seed, number)
    crime = measure.dataset == "crime" and measure.kind != "rate"
    by = ("source", "month", place) if crime else ("source", "month")

    with duckdb.connect(config={"threads": 2}) as connection:
        frames = on_every_engine(connection, arrow_table(measure.dataset, rows))
        found = tables(frames, measure, *by)

    assert all(cells == found["duckdb"] for cells in found.values())
    if by == ("source", "month"):
        assert values(found["duckdb"]) == counted(rows, measure, population(), WEIGHTS)


@pytest.mark.parametrize("measure", COUNTED, ids=lambda one: one.id)
def test_the_store_and_a_frame_give_one_table(measure, stored, brought_frames):
    from_store = stored.table(measure)

    frame = brought_frames[measure.dataset]
    assert values(from_store) == values(count_frame(frame, measure, **BASES))


@pytest.fixture(scope="module")
def brought_frames() -> dict[str, pa.Table]:
    datasets = ("crime", "recorded_crime", "survey")
    return {one: arrow_table(one, rows_of(one, 5, 400)) for one in datasets}


@pytest.fixture(scope="module")
def stored(brought_frames, tmp_path_factory) -> Iterator[Counter]:
    store = Store(tmp_path_factory.mktemp("home"))
    for dataset, rows in brought_frames.items():
        bring_in(store, dataset, rows)
    bring_in(store, "population", population())
    bring_in(store, "severity", severity())
    with Counter(store) as counter:
        yield counter


@pytest.mark.slow
@pytest.mark.real
def test_real_crimes_by_area_type_and_month_are_those_counted_by_others(shared_data: Path):
    published = duckdb.sql(
        f"""SELECT source_force, "Crime type", source_month, n
        FROM '{shared_data / "policeuk_monthly_counts_dev.parquet"}'"""
    ).fetchall()
    words = {kind.lower().replace(" ", "-") for _, kind, _, _ in published}

    found = {}
    with duckdb.connect(config={"threads": 2}) as connection:
        rows = street(connection, shared_data / STREET)
        for kind in sorted(words):
            for cell in count_frame(rows, kind):
                found[cell.at[0], kind, cell.at[1]] = cell.value

    told = {
        (force, kind.lower().replace(" ", "-"), month): n for force, kind, month, n in published
    }
    assert {key: value for key, value in found.items() if value} == told
    missing = {(force, month) for (force, _, month), value in found.items() if value is None}
    assert missing == {("avon-and-somerset", "2019-07"), ("merseyside", "2019-07")}


@pytest.mark.slow
@pytest.mark.real
def test_a_million_real_crimes_give_one_table_on_every_engine(shared_data: Path):
    with duckdb.connect(config={"threads": 2}) as connection:
        rows = street(connection, shared_data / STREET).to_arrow_table()
    crime = [one for one in COUNTED if one.dataset == "crime" and one.kind == "count"]

    frames = {"pandas": rows.to_pandas(), "polars": pl.from_arrow(rows), "arrow": rows}

    assert isinstance(frames["pandas"], pd.DataFrame)
    for measure in crime:
        with duckdb.connect(config={"threads": 2}) as connection:
            expected = count_frame(connection.from_arrow(rows), measure)
        for frame in frames.values():
            assert count_frame(frame, measure) == expected
