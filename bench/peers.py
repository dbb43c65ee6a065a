"""What an analyst does without Regard: the same file into something that can be counted.

    python -m bench.peers pandas|polars|plain FILE FOLDER

None of them keeps a hash, a row's number, a rejected row or a ledger, or survives a kill.
"""

from __future__ import annotations

import csv
import re
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.crimes import TYPES

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def with_pandas(file: Path, folder: Path) -> None:
    import pandas  # here, so that no peer pays for another's start

    frame = pandas.read_csv(file, dtype={"Crime ID": "str", "Context": "str"})
    frame = frame[frame["Month"].str.fullmatch(MONTH.pattern)]
    frame.to_parquet(folder / "crime.parquet")


def with_polars(file: Path, folder: Path) -> None:
    import polars

    frame = polars.read_csv(file, schema_overrides={"Context": polars.String})
    frame = frame.filter(polars.col("Month").str.contains(f"^{MONTH.pattern}$"))
    frame.write_parquet(folder / "crime.parquet")


def with_plain_python(file: Path, folder: Path) -> None:
    connection = sqlite3.connect(folder / "crime.sqlite3")
    with connection, file.open(newline="", encoding="utf-8") as text:
        rows = csv.reader(text)
        names = next(rows)
        columns = ", ".join(f'"{name}"' for name in names)
        connection.execute(f"CREATE TABLE crime ({columns})")
        places = ", ".join("?" * len(names))
        connection.executemany(f"INSERT INTO crime VALUES ({places})", _checked(names, rows))
    connection.close()


def _checked(names: list[str], rows: Iterator[list[str]]) -> Iterator[list[str | None]]:
    month, kind = names.index("Month"), names.index("Crime type")
    known = {name for name, _ in TYPES}
    for number, row in enumerate(rows, start=1):
        if not MONTH.fullmatch(row[month]) or row[kind] not in known:
            raise ValueError(f"row {number}: {row[month]}, {row[kind]}")
        yield [cell or None for cell in row]


PEERS = {"pandas": with_pandas, "polars": with_polars, "plain": with_plain_python}

if __name__ == "__main__":
    PEERS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
