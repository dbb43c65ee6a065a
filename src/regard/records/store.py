"""The record store on disk: which rows count at an instant, and where they lie."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from regard.core.errors import StoreBusy, StoreDamaged
from regard.records.contracts import contract_named
from regard.records.ledger import Chunk, Import, Ledger

_REJECTED_KEYS = ("row_number", "column", "value", "reason", "raw")
_REJECTED = (
    "SELECT row_number, column_name, value, reason, raw FROM read_parquet(?) ORDER BY row_number"
)


# Two that begin at one instant may each find the other's passing lock: one of them must win.
SETTLED_SECONDS = 0.5


@dataclass(frozen=True)
class Visible:
    """The rows of a dataset that count at an instant.

    Attributes:
        dataset: Id of the contract.
        imports: The imports that count, in the order in which they finished.
        files: Parquet files an import, by its number, in the order of the file's rows.
        superseded: Slices (import number, source, month) that a later import replaces and
            that do not count any more. The month is empty where rows have none.
    """

    dataset: str
    imports: tuple[Import, ...]
    files: Mapping[int, tuple[Path, ...]] = field(default_factory=dict)
    superseded: frozenset[tuple[int, str, str]] = frozenset()

    @property
    def parquet(self) -> tuple[Path, ...]:
        """Every file, in the order of the imports."""
        return tuple(path for number in self.files for path in self.files[number])


class Store:
    """A folder of records and its ledger.

    Nothing is written by opening a store; the folder appears with the first import.

    Args:
        home: The data folder (`REGARD_HOME`); records lie in its folder `records`.
    """

    def __init__(self, home: Path) -> None:
        self.home = Path(home)
        self.root = self.home / "records"
        self.ledger = Ledger(self.root / "ledger.sqlite3")

    def folder(self, import_number: int) -> Path:
        """Where the Parquet files of an import lie.

        Raises:
            NotKnown: no import has that number.
        """
        found = self.ledger.import_numbered(import_number)
        return self.folder_of(found.dataset, found.number)

    def folder_of(self, dataset: str, import_number: int) -> Path:
        """Where the Parquet files of an import of a dataset lie."""
        return self.root / dataset / f"{import_number:08d}"

    def chunk_path(self, dataset: str, import_number: int, chunk: int) -> Path:
        """The Parquet file of a chunk."""
        return self.folder_of(dataset, import_number) / f"{chunk:06d}.parquet"

    def rejected_path(self, dataset: str, import_number: int, chunk: int) -> Path:
        """The Parquet file of the rows of a chunk that were set aside."""
        return self.folder_of(dataset, import_number) / f"{chunk:06d}.rejected.parquet"

    def visible(self, dataset: str, known_at: datetime | None = None) -> Visible:
        """The rows of a dataset that count.

        Args:
            dataset: Id of a contract.
            known_at: As known at that instant; None for now.

        Raises:
            NotKnown: there is no such dataset.
            StoreDamaged: a file that the ledger lists is missing or of another length.
        """
        contract_named(dataset)
        imports = tuple(self.ledger.imports(dataset, known_at))
        chunks = self.ledger.chunks_by_import(dataset)
        return Visible(
            dataset,
            imports,
            {one.number: tuple(self._stored_files(one, chunks[one.number])) for one in imports},
            self.ledger.superseded(dataset, known_at),
        )

    def with_rows_of(self, source: str, imports: Iterable[Import]) -> tuple[Import, ...]:
        """Those of some imports that hold rows of a source, in their order."""
        found = tuple(imports)
        slices = self.ledger.slices_of([one.number for one in found])
        return tuple(
            one for one in found if any(held == source for held, _ in slices.get(one.number, {}))
        )

    def rejected(self, import_number: int) -> list[dict[str, Any]]:
        """The rows of an import that were set aside: row, column, value, reason and raw text.

        Raises:
            NotKnown: no import has that number.
            StoreDamaged: a file of rejected rows is missing.
        """
        one = self.ledger.import_numbered(import_number)
        found: list[dict[str, Any]] = []
        for chunk in self.ledger.chunks(import_number):
            if not chunk.rows_rejected:
                continue
            path = self.rejected_path(one.dataset, one.number, chunk.chunk)
            if not path.exists():
                raise _damaged(path, one, "is missing", f"{chunk.rows_rejected:,} rejected rows")
            with closing(duckdb.connect()) as connection:
                rows = connection.execute(_REJECTED, [str(path)]).fetchall()
            found.extend(dict(zip(_REJECTED_KEYS, row, strict=True)) for row in rows)
        return found

    def _stored_files(self, one: Import, chunks: Iterable[Chunk]) -> Iterator[Path]:
        for chunk in chunks:
            if not chunk.rows_stored:
                continue
            path = self.chunk_path(one.dataset, one.number, chunk.chunk)
            length = path.stat().st_size if path.exists() else None
            if length != chunk.parquet_bytes:
                found = "is missing" if length is None else f"is {length:,} bytes long"
                raise _damaged(path, one, found, f"the {chunk.parquet_bytes:,} bytes stored")
            yield path

    def verify(self) -> int:
        """Compare every stored file with the ledger, byte for byte.

        Returns:
            How many files were compared.

        Raises:
            StoreDamaged: a file is missing or differs from what was stored.
        """
        compared = 0
        for one in self.ledger.imports():
            chunks = self.ledger.chunks(one.number)
            sums = {chunk.chunk: chunk.parquet_sha for chunk in chunks}
            for path in self._stored_files(one, chunks):
                with path.open("rb") as stream:
                    found = hashlib.file_digest(stream, "sha256").hexdigest()
                wanted = sums[int(path.stem)]
                if found != wanted:
                    raise _damaged(path, one, f"has SHA-256 {found[:12]}…", f"{wanted[:12]}…")
                compared += 1
        return compared

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the store for one importer; the hold ends with its process, however it ends.

        Raises:
            StoreBusy: another importer holds it.
        """
        # An open exclusive transaction on a file of its own: the operating system drops the
        # lock with the process, on every system that SQLite runs on.
        self.root.mkdir(parents=True, exist_ok=True)
        path = self.root / "importing.sqlite3"
        with closing(sqlite3.connect(path, timeout=SETTLED_SECONDS, isolation_level=None)) as hold:
            try:
                hold.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                raise StoreBusy(
                    f"another import into {self.root} is under way",
                    expected="one import at a time",
                    next_step="wait until it has finished, then give the same command again",
                ) from error
            except sqlite3.DatabaseError as error:
                raise StoreDamaged(
                    f"{path} cannot be read: {error}",
                    expected="a file by which one import at a time holds the store",
                    next_step="delete that one file while no import is under way; it holds no rows",
                ) from error
            self.ledger.must_not_be_lost()
            yield


def _damaged(path: Path, one: Import, found: str, expected: str) -> StoreDamaged:
    return StoreDamaged(
        f"{path} of import {one.number} ({one.file}) {found}",
        expected=f"{expected}, as the ledger says",
        next_step="restore the records folder from its backup, or withdraw the import and bring "
        "the file in again",
    )
