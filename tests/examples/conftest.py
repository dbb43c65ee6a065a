"""The generated example, made once, and a counter that shares no code with what made it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from regard.examples.west_midlands_2013 import Generated, generate
from regard.examples.west_midlands_2013.recipe import SHIPPED

Count = Callable[..., int]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    return generate(tmp_path_factory.mktemp("west-midlands"))


@pytest.fixture(scope="session")
def rows(made: Generated) -> duckdb.DuckDBPyConnection:
    """The CSV files as tables: `crime`, `satisfaction`, `wave`, `residents`, `code`."""
    base = duckdb.connect()
    base.execute("set threads = 2")
    tables = {"crime-*": "crime", "victim-satisfaction": "satisfaction",
              "feeling-the-difference": "wave", "residents": "residents"}  # fmt: skip
    for named, table in tables.items():
        pattern = str(made.files[0].parent / f"GENERATED-west-midlands-{named}.csv")
        base.execute(f"create table {table} as from read_csv('{pattern}', all_varchar = true)")
    base.execute(
        "create table offence as "
        "select strptime(REC_DATE, '%d/%m/%Y')::date as on_day, * from crime"
    )
    mapping = tomllib.loads((SHIPPED.parent / "crime.mapping.toml").read_text(encoding="utf-8"))
    codes = mapping["columns"]["offence"]["codes"].items()
    base.execute("create table code (own varchar, ho varchar)")
    base.executemany("insert into code values (?, ?)", list(codes))
    return base


@pytest.fixture(scope="session")
def count(rows: duckdb.DuckDBPyConnection) -> Count:
    """Rows from one day to another that meet a condition; `ho` is the Home Office code."""

    def counted(start: str, end: str, where: str = "true") -> int:
        found = rows.execute(
            "select count(*) from offence join code on own = OFF_CODE "
            f"where on_day between '{start}' and '{end}' and ({where})"
        ).fetchone()
        assert found is not None
        return int(found[0])

    return counted


@pytest.fixture(scope="session")
def source_texts(root: Path) -> dict[str, str]:
    """The texts of the two papers, which are not part of the project."""
    folder = root.parent / "shared" / "source-papers"
    found = {"S002": sorted(folder.glob("002_*.txt")), "S004": sorted(folder.glob("004_*.txt"))}
    if not all(found.values()):
        pytest.skip("the source papers are not here: no folder shared/source-papers beside it")
    return {name: paths[0].read_text(encoding="utf-8") for name, paths in found.items()}
