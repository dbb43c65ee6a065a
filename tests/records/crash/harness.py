"""Kills an importer again and again at random points and counts what became of the rows.

`kill_again_and_again` serves the crash tests and, at full effort, the benchmarks:
`kill_again_and_again(folder, kills=200, rows=10_000_000, seed=...)`.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from regard.records.store import Store

IMPORTER = Path(__file__).with_name("importer.py")
SOURCE = Path(__file__).resolve().parents[3] / "src"
SOUND, FAULTY = "sound", "faulty"
CHUNKS_A_KILL = 5  # so that a kill falls between two commits rather than before the first
ROW_BYTES = 150  # of the generated file, about
GENERATED = """
SELECT CASE WHEN i % 5 > 0 THEN md5((i // 3)::VARCHAR) END AS "Crime ID", '2019-06' AS "Month",
    'Merseyside Police' AS "Reported by", 'Merseyside Police' AS "Falls within",
    -3 + (i % 997) / 10000 AS "Longitude", 53 + (i % 991) / 10000 AS "Latitude",
    'On or near Street ' || i % 499 AS "Location",
    'E010' || lpad((i % 1300)::VARCHAR, 5, '0') AS "LSOA code", 'Liverpool' AS "LSOA name",
    CASE WHEN i % 5 = 0 THEN 'Anti-social behaviour' ELSE 'Burglary' END AS "Crime type",
    'Under investigation' AS "Last outcome category", NULL AS "Context"
FROM range({rows}) AS numbered(i)
"""
FILE_ROWS = """
SELECT 'merseyside', "Month", "Crime ID", "Reported by", "Longitude", "Latitude", "Location",
    "LSOA code", "LSOA name", lower(replace("Crime type", ' ', '-')), 'under-investigation'
FROM read_csv({file}, header = true, types = {{'Crime ID': 'VARCHAR', 'Month': 'VARCHAR'}})
"""
STORED_ROWS = """
SELECT source, month, crime_id, reported_by, longitude, latitude, location, lsoa, lsoa_name,
    crime_type, outcome
FROM read_parquet({files})
"""


@dataclass(frozen=True)
class KillResult:
    """What became of a file's rows.

    Attributes:
        kills: Importers that were killed while they were reading.
        resumed: Importers that went on behind the rows of an earlier one.
        lost: Row numbers of the file that were not there in the end.
        duplicated: Rows beyond one for a row number.
        equal: Whether the multiset of the rows was that of the file each time.
        finished: How often the file came in whole.
        seconds: How long all of it took.
    """

    kills: int
    resumed: int
    lost: int
    duplicated: int
    equal: bool
    finished: int
    seconds: float


@dataclass(frozen=True)
class Outcome:
    """One file that came in whole: lost and duplicated rows, and whether the rows are equal."""

    lost: int
    duplicated: int
    equal: bool


def kill_again_and_again(
    folder: Path, *, kills: int, rows: int, seed: int, importer: str = SOUND
) -> KillResult:
    """Import a generated file, killing the importer (kill -9) so many times on the way.

    Where it comes in whole before all kills are spent, it is compared and begun anew.

    Args:
        folder: A folder to work in.
        kills: How many importers are killed.
        rows: Rows of the file.
        seed: For the random points.
        importer: `sound`, or `faulty`: one whose rows count before the ledger hears of them.
    """
    points, begun = random.Random(seed), time.monotonic()
    file, home = generated_file(folder / "in", rows), folder / "home"
    chunk_bytes = max(rows * ROW_BYTES // (CHUNKS_A_KILL * kills), 4_096)
    window = 2 * _seconds_alone(file, folder / "alone", chunk_bytes, importer) / kills
    killed = resumed = 0
    outcomes: list[Outcome] = []
    while True:
        process = _started(file, home, chunk_bytes, importer)
        line = process.stdout.readline()
        resumed += line.startswith("begun behind row") and not line.endswith(" 0\n")
        if killed < kills:
            time.sleep(points.uniform(0, window))
            killed += _killed(process)
        process.wait()
        process.stdout.close()
        if process.returncode == 0:
            outcomes.append(compared(file, home, rows, importer))
            shutil.rmtree(home)
            if killed >= kills:
                break
        elif process.returncode != -9:
            raise AssertionError(f"the importer ended with {process.returncode}")
    return KillResult(
        killed,
        resumed,
        sum(one.lost for one in outcomes),
        sum(one.duplicated for one in outcomes),
        all(one.equal for one in outcomes),
        len(outcomes),
        time.monotonic() - begun,
    )


def generated_file(folder: Path, rows: int) -> Path:
    """A police.uk file of so many rows, twins and repeated references among them."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "2019-06-merseyside-street.csv"
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        connection.execute(f"COPY ({GENERATED.format(rows=rows)}) TO '{path}' (HEADER)")
    return path


def compared(file: Path, home: Path, rows: int, importer: str) -> Outcome:
    """The rows that count against the rows of the file."""
    store = Store(home)
    files = [str(path) for path in store.visible("crime").parquet] if importer == SOUND else []
    # The planted fault is that rows count as soon as they lie in the folder.
    files = files or [str(path) for path in sorted((home / "records" / "crime").rglob("*.parquet"))]
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2")
        count, distinct, inside = connection.execute(
            "SELECT count(*), count(DISTINCT row_number), "
            f"count(DISTINCT row_number) FILTER (row_number BETWEEN 1 AND {rows}) "
            f"FROM read_parquet({files})"
        ).fetchone()
        wanted = _sum(connection, FILE_ROWS.format(file=repr(str(file))))
        found = _sum(connection, STORED_ROWS.format(files=files))
    return Outcome(rows - inside, count - distinct, wanted == found and count == inside == rows)


def _sum(connection: duckdb.DuckDBPyConnection, question: str) -> tuple:
    return connection.execute(
        f"SELECT count(*), sum(hash(r)::HUGEINT) FROM ({question}) AS r"
    ).fetchone()


def _started(file: Path, home: Path, chunk_bytes: int, importer: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(IMPORTER), str(home), str(file), str(chunk_bytes), importer],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )


def _killed(process: subprocess.Popen[str]) -> int:
    """Kill it; 1 if it was still at work."""
    if process.poll() is not None:
        return 0
    process.kill()
    return int(process.wait() != 0)


def _seconds_alone(file: Path, home: Path, chunk_bytes: int, importer: str) -> float:
    """How long an importer works that nobody kills, from the first chunk on."""
    process = _started(file, home, chunk_bytes, importer)
    process.stdout.readline()
    begun = time.monotonic()
    process.communicate()
    shutil.rmtree(home)
    return time.monotonic() - begun
