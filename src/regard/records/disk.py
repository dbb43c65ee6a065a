"""Rows onto the disk: written aside, made to last, then moved into their place."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from regard.core.errors import StoreDamaged
from regard.records.bookkeeping import Tally
from regard.records.parsing import RawRows, quoted
from regard.records.store import Store
from regard.records.stream import CHUNKS_AT_ONCE, Step
from regard.records.tallies import tally_of
from regard.records.validation import Checker

_PARQUET = "(FORMAT parquet, COMPRESSION zstd)"  # a tenth slower than snappy, two fifths smaller


@dataclass(frozen=True)
class Written:
    """A chunk whose rows are written aside and would survive a power cut, not yet in place.

    Attributes:
        raw: The rows that were put to the contract.
        stored: How many of them are written.
        made: The file; it is not there if no row is stored.
        size, sha: Its length in bytes and SHA-256; 0 and empty if it is not there.
        tally: What it holds.
    """

    raw: RawRows
    stored: int
    made: Path
    size: int = 0
    sha: str = ""
    tally: Tally = Tally()

    @property
    def rejected(self) -> int:
        """Rows that are not stored."""
        return self.raw.rows - self.stored


class ChunkFiles:
    """Writes the chunks of one import, each always under the same name.

    So a second try of a chunk replaces the first, whatever became of that.

    Args:
        store: The record store.
        dataset, import_number: Which import.
        staging: Where files are written before they are moved.
    """

    def __init__(self, store: Store, dataset: str, import_number: int, staging: Path) -> None:
        self.store = store
        self.dataset = dataset
        self.import_number = import_number
        self.staging = staging

    def write(
        self, connection: duckdb.DuckDBPyConnection, checker: Checker, step: Step, chunk: int
    ) -> Written:
        """Write the rows of a chunk that have no problem, aside.

        Args:
            connection: A cursor of this thread's own.
            checker: The contract.
            step: The chunk.
            chunk: Its number.

        Raises:
            StoreDamaged: DuckDB tells the text into other rows than the csv module does.
        """
        made = self.staging / f"rows-{chunk % CHUNKS_AT_ONCE}.parquet"
        raw, stored = step.raw, -1
        try:
            stored = self._copied(connection, checker, raw, made)
        except duckdb.InvalidInputException:
            if step.again is None:
                raise
        if stored < 0 or not _all_seen(connection, raw, stored):
            raw = step.again() if step.again else raw
            stored = self._copied(connection, checker, raw, made)
            if not _all_seen(connection, raw, stored):
                raise StoreDamaged(
                    f"{checker.shape.file}: {stored:,} rows come out of a chunk of {raw.rows:,}",
                    expected="every row to be stored or to have a problem",
                    next_step="report this with the file's first rows; nothing was stored",
                )
        if not stored:
            return Written(raw, 0, made)
        sha, size = _lasting(made), made.stat().st_size
        return Written(raw, stored, made, size, sha, tally_of(connection, checker.contract, made))

    def _copied(
        self,
        connection: duckdb.DuckDBPyConnection,
        checker: Checker,
        raw: RawRows,
        made: Path,
    ) -> int:
        rows = checker.stored(raw, self.import_number)
        parts = ("COPY (", rows, ") TO", quoted(str(made)), _PARQUET)
        return int(connection.execute(" ".join(parts)).fetchall()[0][0])

    def keep(self, written: Written, chunk: int) -> None:
        """Move the rows of a chunk into their place."""
        if written.stored:
            _moved(written.made, self.rows_path(chunk))

    def keep_rejected(
        self,
        connection: duckdb.DuckDBPyConnection,
        checker: Checker,
        written: Written,
        chunk: int,
    ) -> None:
        """Write the rows that were set aside, each with its reason, into their place."""
        made = self.staging / "rejected.parquet"
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE rejected (row_number BIGINT, column_name VARCHAR, "
            "value VARCHAR, reason VARCHAR, raw VARCHAR)"
        )
        rows = checker.rejected(connection, written.raw)
        connection.executemany("INSERT INTO rejected VALUES (?, ?, ?, ?, ?)", rows)
        parts = ("COPY (FROM rejected ORDER BY row_number) TO", quoted(str(made)), _PARQUET)
        connection.execute(" ".join(parts))
        _lasting(made)
        _moved(made, self.store.rejected_path(self.dataset, self.import_number, chunk))

    def rows_path(self, chunk: int) -> Path:
        """Where the rows of a chunk belong."""
        return self.store.chunk_path(self.dataset, self.import_number, chunk)


def _all_seen(connection: duckdb.DuckDBPyConnection, raw: RawRows, stored: int) -> bool:
    whole = raw.rows - len(raw.torn)
    if stored == whole:
        return True
    try:
        counted = connection.execute(" ".join(("SELECT count(*) FROM", raw.relation))).fetchall()
    except duckdb.InvalidInputException:
        return False
    return stored < whole and counted[0][0] == whole


def _lasting(made: Path) -> str:
    """Let a file's bytes reach the disk; its SHA-256."""
    with made.open("rb") as stream:
        os.fsync(stream.fileno())
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _moved(made: Path, place: Path) -> None:
    if not place.parent.is_dir():
        place.parent.mkdir(parents=True)
        for folder in (place.parent.parent, place.parent.parent.parent):
            sync_folder(folder)
    os.replace(made, place)  # noqa: PTH105 (the call whose atomicity is documented)
    sync_folder(place.parent)


def sync_folder(folder: Path) -> None:
    """Let a folder's names reach the disk, where the system lets a folder be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def fresh_staging(store: Store) -> Iterator[Path]:
    """An empty folder for copies and unfinished chunks, gone afterwards.

    What an import that was killed has left in it is gone before.
    """
    staging = store.root / "staging"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def delete_rows(store: Store, dataset: str, import_number: int) -> None:
    """Delete what an import that never counted has left on the disk."""
    shutil.rmtree(store.folder_of(dataset, import_number), ignore_errors=True)
