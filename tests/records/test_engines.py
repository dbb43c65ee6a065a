"""Which engine is taken, what it says of itself, and what is said where it is missing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from records.brought_in import bring_in, crimes
from regard.core.errors import EngineMissing, NotKnown
from regard.records import engines
from regard.records.engines import DuckDB, engine_named
from regard.records.store import Store


def test_duckdb_is_taken_where_nothing_else_is_asked_for():
    with engine_named(environment={}) as engine:
        said = engine.described

    assert said.startswith("DuckDB")
    assert said.endswith("2 threads")


def test_an_engine_nobody_has_written_is_refused_with_those_there_are():
    with pytest.raises(NotKnown, match="no engine is called 'oracle'") as refused:
        engine_named(environment={"REGARD_ENGINE": "oracle"})

    assert refused.value.expected == "one of duckdb, spark"


def test_spark_without_its_package_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(engines, "find_spec", lambda name: None)

    with pytest.raises(EngineMissing, match="pyspark is not installed") as missing:
        engine_named("spark", environment={})

    assert missing.value.next_step == (
        "python -m pip install 'regard[spark]', or set REGARD_ENGINE=duckdb"
    )


def test_spark_without_java_says_which_java(monkeypatch):
    monkeypatch.setattr(engines, "find_spec", lambda name: object())
    monkeypatch.setattr(engines.shutil, "which", lambda name: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)

    with pytest.raises(EngineMissing, match="no Java is on this machine") as missing:
        engine_named("spark", environment={})

    assert missing.value.expected.startswith("Java 17")


def test_a_small_relation_of_more_rows_than_one_statement_takes_comes_back_whole():
    rows = [(number, f"area {number}") for number in range(1_234)]

    with DuckDB() as engine:
        found = engine.rows(engine.relation({"number": int, "name": str}, rows))

    assert sorted(found) == rows


WITHOUT_FRAMES = """
import sys
sys.modules.update(dict.fromkeys(("pandas", "pyarrow", "polars", "pyspark")))
from pathlib import Path
from regard.records.counting import Counter
from regard.records.store import Store
with Counter(Store(Path(sys.argv[1]))) as counter:
    print(counter.table("burglary")[0].value)
"""


def test_counting_needs_neither_pandas_nor_arrow_nor_polars(tmp_path):
    bring_in(Store(tmp_path), "crime", crimes("merseyside", "2019-06", "burglary", 3))

    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_FRAMES, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "3.0"
