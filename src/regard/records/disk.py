"""Rows onto the disk: written aside, made to last, then moved into their place."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from regard.records.parsing import Torn, quoted
from regard.records.store import Store
from regard.records.validation import Checker

_PARQUET = "(FORMAT parquet, COMPRESSION zstd)"


@dataclass(frozen=True)
class Kept:
    """A file that is safely in its place.

    Attributes:
        size: Its length in bytes; 0 if there was nothing to keep.
        sha: SHA-256 of its bytes; empty if there was nothing to keep.
    """

    size: int = 0
    sha: str = ""


class ChunkFiles:
    """Keeps the chunks of one import: always under the same name, so that a second try of a
    chunk replaces the first.

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

    def keep_rows(
        self, connection: duckdb.DuckDBPyConnection, checker: Checker, chunk: int
    ) -> Kept:
        """Keep the rows of the table `typed` that have no problem."""
        made = self.staging / "rows.parquet"
        rows = checker.stored_rows(self.import_number)
        connection.execute(" ".join(("COPY (", rows, ") TO", quoted(str(made)), _PARQUET)))
        return self._moved(made, self.rows_path(chunk))

    def keep_rejected(
        self,
        connection: duckdb.DuckDBPyConnection,
        checker: Checker,
        torn: Sequence[Torn],
        chunk: int,
    ) -> Kept:
        """Keep the rows that were set aside, each with its reason."""
        made = self.staging / "rejected.parquet"
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE rejected (row_number BIGINT, column_name VARCHAR, "
            "value VARCHAR, reason VARCHAR, raw VARCHAR)"
        )
        connection.executemany(
            "INSERT INTO rejected VALUES (?, ?, ?, ?, ?)", checker.rejected_rows(torn)
        )
        connection.execute(
            " ".join(("COPY (FROM rejected ORDER BY row_number) TO", quoted(str(made)), _PARQUET))
        )
        path = self.store.rejected_path(self.dataset, self.import_number, chunk)
        return self._moved(made, path)

    def rows_path(self, chunk: int) -> Path:
        """Where the rows of a chunk belong."""
        return self.store.chunk_path(self.dataset, self.import_number, chunk)

    def _moved(self, made: Path, place: Path) -> Kept:
        with made.open("rb") as stream:
            os.fsync(stream.fileno())
            sha = hashlib.file_digest(stream, "sha256").hexdigest()
        size = made.stat().st_size
        _made_folder(place.parent)
        os.replace(made, place)  # noqa: PTH105 (the one call whose atomicity is documented)
        sync_folder(place.parent)
        return Kept(size, sha)


def _made_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    folder.mkdir(parents=True)
    for one in (folder.parent, folder.parent.parent):
        sync_folder(one)


def sync_folder(folder: Path) -> None:
    """Let a folder's names reach the disk, where the system lets a folder be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def fresh_staging(store: Store) -> Path:
    """An empty folder for copies and unfinished chunks; what an earlier import left is gone."""
    staging = store.root / "staging"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    return staging


def delete_rows(store: Store, dataset: str, import_number: int) -> None:
    """Delete what an import that never counted has left on the disk."""
    shutil.rmtree(store.folder_of(dataset, import_number), ignore_errors=True)
