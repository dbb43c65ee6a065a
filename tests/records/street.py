"""Files in the shape of police.uk, small enough to write out in a test."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from regard.records.imports import import_files
from regard.records.results import BatchResult
from regard.records.store import Store

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
BURGLARY = (
    "ab12,2019-06,Merseyside Police,Merseyside Police,-3.069158,53.314304,On or near High Street,"
    "E01018537,Liverpool 001D,Burglary,Under investigation,"
)
ASB = (
    ",2019-06,Merseyside Police,Merseyside Police,-3.069158,53.314304,On or near High Street,"
    "E01018537,Liverpool 001D,Anti-social behaviour,,"
)
NAME = "2019-06-merseyside-street.csv"


def text(*rows: str, header: str = HEADER, end: str = "\n") -> str:
    """A file's text."""
    return "".join(line + end for line in (header, *rows))


def csv_text(table: list[list[str]], line_end: str = "\n") -> str:
    """A table as the csv module writes it.

    It leaves a lone carriage return without quotes where lines end in a line feed; such a
    table is quoted throughout.
    """
    lone = any("\r" in cell for row in table for cell in row)
    out = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if lone else csv.QUOTE_MINIMAL
    csv.writer(out, lineterminator=line_end, quoting=quoting).writerows(table)
    return out.getvalue()


def written(folder: Path, *rows: str, name: str = NAME, header: str = HEADER) -> Path:
    """A file with a header and rows."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text(*rows, header=header), encoding="utf-8", newline="")
    return path


def brought_in(home: Path, *paths: Path, **how) -> tuple[Store, BatchResult]:
    """A store into which files were brought, and what the command said."""
    store = Store(home)
    return store, import_files(store, paths, **{"now": NOW, **how})


def stored(store: Store, dataset: str = "crime", columns: str = "*") -> list[tuple]:
    """What counts in a store, in the order of imports and rows."""
    visible = store.visible(dataset)
    files = [str(path) for path in visible.parquet]
    if not files:
        return []
    with duckdb.connect() as connection:
        rows = connection.read_parquet(files)
        return (
            rows.order("import_number, row_number").project(columns).fetchall()
            if columns != "*"
            else rows.order("import_number, row_number").fetchall()
        )


def on_disk(home: Path) -> list[str]:
    """Every Parquet file below a folder."""
    return sorted(str(path.relative_to(home)) for path in home.rglob("*.parquet"))
