"""The same expressions on Spark: the same tables, to the last bit."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import duckdb
import pytest

from records.brought_in import bring_in, crimes, street
from records.generated import population, rows_of, severity
from regard.core.periods import FinancialYear
from regard.records.counting import Counter
from regard.records.engines import Engine, Spark, engine_named
from regard.records.measures import measures
from regard.records.store import Store
from regard.records.tables import count_frame

STREET = "policeuk_street_merseyside_avonsomerset_cityoflondon_2018-01_2020-12.parquet"
MEASURES = tuple(measures().values())
ON_CRIME = [one for one in MEASURES if one.dataset == "crime" and one.kind == "count"]
QUIET = {"spark.sql.shuffle.partitions": "4", "spark.default.parallelism": "2"}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.spark,
    pytest.mark.timeout(600),
    pytest.mark.skipif(find_spec("pyspark") is None, reason="the Spark extra is not installed"),
    pytest.mark.skipif(shutil.which("java") is None, reason="no Java is on this machine"),
    pytest.mark.filterwarnings("ignore:unclosed.*socket:ResourceWarning"),
]


@pytest.fixture(scope="session")
def spark() -> Iterator[Engine]:
    with Spark("local[2]", settings=QUIET) as engine:
        yield engine


@pytest.fixture(scope="session")
def planned(tmp_path_factory) -> Store:
    """Rows like a force's own, of every dataset, with a month that a later import replaced."""
    store = Store(tmp_path_factory.mktemp("planned"))
    for dataset in ("crime", "recorded_crime", "survey"):
        bring_in(store, dataset, rows_of(dataset, 1, 4_000), file=f"{dataset}.csv")
    replaced = [row for row in rows_of("crime", 2, 900) if row["month"] == "2013-04"]
    bring_in(store, "crime", replaced, file="april.csv")
    bring_in(store, "population", population())
    bring_in(store, "severity", severity())
    return store


@pytest.fixture(scope="session")
def three_forces(tmp_path_factory, shared_data: Path) -> Store:
    store = Store(tmp_path_factory.mktemp("three"))
    with duckdb.connect(config={"threads": 2}) as connection:
        bring_in(store, "crime", street(connection, shared_data / STREET).to_arrow_table())
    return store


def test_every_measure_of_plan_like_rows_gives_one_table_on_duckdb_and_spark(spark, planned):
    with Counter(planned, engine="duckdb") as counter:
        expected = {one.id: counter.table(one) for one in MEASURES}

    on_spark = Counter(planned, engine=spark)
    found = {one.id: on_spark.table(one) for one in MEASURES}

    assert found == expected
    assert sum(cell.value is not None for cells in found.values() for cell in cells) > 100


def test_series_and_figures_agree_too(spark, planned):
    period = FinancialYear(2013).period

    def told(engine: Engine | str) -> list:
        counter = Counter(planned, engine=engine)
        return [
            answer
            for one in MEASURES
            for answer in (
                counter.series(one, "west-midlands"),
                counter.figure(one, "west-midlands", period),
            )
        ]

    assert told(spark) == told("duckdb")


def test_a_million_real_crimes_give_one_table_on_duckdb_and_spark(spark, three_forces):
    with Counter(three_forces, engine="duckdb") as counter:
        expected = {one.id: counter.table(one) for one in ON_CRIME}

    on_spark = Counter(three_forces, engine=spark)
    found = {one.id: on_spark.table(one) for one in ON_CRIME}

    assert found == expected
    assert on_spark.coverage("crime").rows == 1_015_014


def test_real_crimes_by_area_type_and_month_agree(spark, three_forces):
    by = ("source", "crime_type", "month", "lsoa")

    found = Counter(three_forces, engine=spark).table("total-recorded-crime", by=by)

    with Counter(three_forces, engine="duckdb") as counter:
        assert found == counter.table("total-recorded-crime", by=by)


def test_coverage_agrees(spark, three_forces):
    with Counter(three_forces, engine="duckdb") as counter:
        expected = counter.coverage("crime")

    assert Counter(three_forces, engine=spark).coverage("crime") == expected


def test_a_spark_frame_of_ones_own_is_counted_as_any_other(spark, three_forces):
    supply = three_forces.visible("crime")
    frame = spark.scan(supply.parquet).to_native()

    found = count_frame(frame, "burglary")

    with Counter(three_forces, engine="duckdb") as counter:
        assert found == counter.table("burglary")


def test_the_master_is_taken_from_its_url_and_said(spark, tmp_path):
    bring_in(Store(tmp_path), "crime", crimes("merseyside", "2019-06", "burglary", 3))

    told = engine_named(environment={"REGARD_ENGINE": "spark", "REGARD_SPARK_MASTER": "local[2]"})

    assert told.described.endswith("at local[2]")
    with Counter(Store(tmp_path), engine=told) as counter:
        assert counter.series("burglary", "merseyside").values == (3,)
