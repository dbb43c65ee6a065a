"""What was brought in, when, and by which file: the bookkeeping of the store, read only."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from regard.core.errors import DefinitionRefused, NotKnown, StoreDamaged
from regard.records.schema import SCHEMA_VERSION

BUSY_SECONDS = 20.0  # how long one statement waits for another process's commit

_IMPORTS = """
SELECT import.*, withdrawal.at AS withdrawn_at, withdrawal.reason AS withdrawn_because,
    coalesce(sum(chunk.rows_read), 0) AS rows_read,
    coalesce(sum(chunk.rows_stored), 0) AS rows_stored,
    coalesce(sum(chunk.rows_rejected), 0) AS rows_rejected,
    coalesce(sum(chunk.rows_without_area), 0) AS rows_without_area
FROM import
LEFT JOIN withdrawal ON withdrawal.import_number = import.number
LEFT JOIN chunk ON chunk.import_number = import.number
"""
# Finished, and not withdrawn, at or before an instant, which stands twice in the parameters; "~"
# sorts behind every instant.
VISIBLE = (
    "import.state = 'finished' AND import.finished_at <= ? AND coalesce(withdrawal.at, '~') > ?"
)
END_OF_TIME = "9999"
_CHUNKS_OF_DATASET = """
SELECT chunk.* FROM chunk JOIN import ON import.number = chunk.import_number
WHERE import.dataset = ? ORDER BY import_number, chunk
"""
_SLICES = """
SELECT import_number, source, month, sum(rows) AS rows FROM slice
WHERE import_number IN (SELECT value FROM json_each(?))
GROUP BY import_number, source, month ORDER BY import_number, source, month
"""
_PARTS = """
SELECT * FROM slice WHERE import_number IN (SELECT value FROM json_each(?)) ORDER BY import_number
"""
_SUPPLIED = """
SELECT * FROM supplied WHERE import_number IN (SELECT value FROM json_each(?))
ORDER BY import_number, source, column_name, value
"""
_MONTHS_OF_DATASET = " ".join(
    (
        "SELECT DISTINCT source, month FROM slice",
        "JOIN import ON import.number = slice.import_number",
        "LEFT JOIN withdrawal ON withdrawal.import_number = import.number",
        "WHERE",
        VISIBLE,
        "AND import.dataset = ?",
    )
)
_SUPERSEDED = " ".join(
    (
        "WITH held AS (",
        "    SELECT slice.*, import.finished_order AS finished FROM slice",
        "    JOIN import ON import.number = slice.import_number",
        "    LEFT JOIN withdrawal ON withdrawal.import_number = import.number",
        "    WHERE",
        VISIBLE,
        "    AND import.dataset = ?",
        "), newest AS (",
        "    SELECT source, month, part, max(finished) AS last FROM held GROUP BY 1, 2, 3",
        ")",
        "SELECT import_number, source, month FROM held JOIN newest USING (source, month, part)",
        "GROUP BY 1, 2, 3 HAVING min(newest.last > held.finished)",
    )
)


@dataclass(frozen=True)
class Import:
    """One file brought in once, or on its way in.

    Attributes:
        number: Counts up and is never given twice.
        batch: The command that brought the file in; its files become visible together.
        dataset: Id of the contract.
        file: Name of the file, with the archive it lay in.
        file_sha: SHA-256 of its bytes, as hexadecimal.
        reader: Name and version of the reader, or of the mapping.
        rows_read, rows_stored, rows_rejected: Rows below the header; the first is the sum of
            the other two.
        started_at, finished_at: Instants in UTC; finished_at is None until it is visible.
        state: `reading`, `finished` or `refused`.
        withdrawn_at: From when on it no longer counts; None if it does.
        withdrawn_because: Why it was withdrawn.
        recipe: SHA-256 of the reader's or mapping's rules: the same file under other rules is
            another import.
        file_bytes: Length of the file.
        rows_without_area: Stored rows that have no area code.
        area_vintage: Vintage of the area codes, such as `2011`; empty if nobody stated it.
        twins: Stored rows that equal an earlier row of the same file in every column.
        left_out: Columns of the file that the contract does not take.
        set_aside: Whether rows that break the contract were kept apart instead of refused.
        finished_order: Counts up with each batch that finished; None until then.
        label: A note kept with the import.
    """

    number: int
    batch: str
    dataset: str
    file: str
    file_sha: str
    reader: str
    rows_read: int
    rows_stored: int
    rows_rejected: int
    started_at: datetime
    finished_at: datetime | None
    state: str
    withdrawn_at: datetime | None
    withdrawn_because: str = ""
    recipe: str = ""
    file_bytes: int = 0
    rows_without_area: int = 0
    area_vintage: str = ""
    twins: int = 0
    left_out: tuple[str, ...] = ()
    set_aside: bool = False
    finished_order: int | None = None
    label: str = ""

    def state_at(self, known_at: datetime | None = None) -> str:
        """`reading`, `finished`, `refused` or `withdrawn` at an instant; None for now."""
        if known_at is not None and self.finished_at is not None and self.finished_at > known_at:
            return "reading"
        gone = self.withdrawn_at
        if gone is not None and (known_at is None or gone <= known_at):
            return "withdrawn"
        return self.state


@dataclass(frozen=True)
class Chunk:
    """A stretch of a file that is stored.

    Attributes:
        import_number, chunk: Which; chunks count from 0.
        read_to: Where the next chunk begins: bytes of a CSV file, rows of a Parquet file.
        read_sha: SHA-256 of the file's bytes up to there, as they were read; empty for Parquet.
        rows_read, rows_stored, rows_rejected: Rows of the chunk.
        rows_without_area: Stored rows without an area code.
        parquet_bytes, parquet_sha: Length and SHA-256 of the stored file; 0 and empty if the
            chunk stored no row.
    """

    import_number: int
    chunk: int
    read_to: int
    read_sha: str
    rows_read: int
    rows_stored: int
    rows_rejected: int
    rows_without_area: int
    parquet_bytes: int
    parquet_sha: str


def instant_text(at: datetime) -> str:
    """An instant as the ledger writes it: UTC, microseconds, sortable as text.

    Raises:
        DefinitionRefused: the instant names no time zone.
    """
    if at.tzinfo is None:
        raise DefinitionRefused(
            f"the instant {at.isoformat()} names no time zone",
            expected="an instant with its zone, such as 2026-04-01T09:00:00+00:00",
        )
    return at.astimezone(UTC).isoformat(timespec="microseconds")


class Ledger:
    """The bookkeeping of a store, for reading.

    A store that does not exist yet reads as an empty one.

    Args:
        path: The file `ledger.sqlite3`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def imports(self, dataset: str | None = None, known_at: datetime | None = None) -> list[Import]:
        """Imports that count, in the order in which they finished.

        Args:
            dataset: Only those of this dataset.
            known_at: As known at that instant; None for now.
        """
        at = END_OF_TIME if known_at is None else instant_text(known_at)
        where, values = [VISIBLE], [at, at]
        if dataset is not None:
            where.append("import.dataset = ?")
            values.append(dataset)
        rows = self.rows(
            f"{_IMPORTS} WHERE {' AND '.join(where)} GROUP BY import.number "
            "ORDER BY import.finished_order, import.number",
            values,
        )
        return [_import(row) for row in rows]

    def history(self) -> list[Import]:
        """Every import ever, whatever became of it, by number."""
        rows = self.rows(f"{_IMPORTS} GROUP BY import.number ORDER BY import.number")
        return [_import(row) for row in rows]

    def listed(self, known_at: datetime | None = None) -> list[dict[str, Any]]:
        """Every import as a table shows it, as known at an instant; None for now."""
        return [
            {
                "number": one.number,
                "dataset": one.dataset,
                "file": one.file,
                "state": one.state_at(known_at),
                "rows_read": one.rows_read,
                "rows_stored": one.rows_stored,
                "rows_rejected": one.rows_rejected,
                "finished_at": one.finished_at,
                "reader": one.reader,
                "label": one.label,
                "withdrawn_because": one.withdrawn_because,
                "file_sha": one.file_sha,
            }
            for one in self.history()
            if known_at is None or one.started_at <= known_at
        ]

    def of_file(self, file_sha: str, dataset: str, recipe: str) -> list[Import]:
        """Every import of a file into a dataset by the same rules, by number."""
        rows = self.rows(
            f"{_IMPORTS} WHERE import.file_sha = ? AND import.dataset = ? AND import.recipe = ? "
            "GROUP BY import.number ORDER BY import.number",
            [file_sha, dataset, recipe],
        )
        return [_import(row) for row in rows]

    def import_numbered(self, number: int) -> Import:
        """One import.

        Raises:
            NotKnown: no import has that number.
        """
        rows = self.rows(f"{_IMPORTS} WHERE import.number = ? GROUP BY import.number", [number])
        if not rows:
            known = [str(one.number) for one in self.history()]
            raise NotKnown("import", str(number), known, next_step="regard records list")
        return _import(rows[0])

    def slices(self, import_number: int) -> dict[tuple[str, str], int]:
        """Rows stored a source and month; the month is empty where rows have none."""
        return self.slices_of([import_number]).get(import_number, {})

    def slices_of(self, numbers: Iterable[int]) -> dict[int, dict[tuple[str, str], int]]:
        """`slices` of several imports by their numbers, in one question; none has none."""
        found: dict[int, dict[tuple[str, str], int]] = {}
        for row in self.rows(_SLICES, [json.dumps(list(numbers))]):
            held = found.setdefault(row["import_number"], {})
            held[row["source"], row["month"]] = row["rows"]
        return found

    def parts_of(self, numbers: Iterable[int]) -> list[sqlite3.Row]:
        """The slices of several imports, part by part, as the ledger has them."""
        return self.rows(_PARTS, [json.dumps(list(numbers))])

    def supplied(self, import_number: int) -> dict[tuple[str, str, str], int]:
        """Rows a source, column and value.

        Every value of a code column is listed; of any other column the value is `*`, with the
        rows that are not empty.
        """
        return self.supplied_of([import_number]).get(import_number, {})

    def supplied_of(self, numbers: Iterable[int]) -> dict[int, dict[tuple[str, str, str], int]]:
        """`supplied` of several imports by their numbers, in one question; none has none."""
        found: dict[int, dict[tuple[str, str, str], int]] = {}
        for row in self.rows(_SUPPLIED, [json.dumps(list(numbers))]):
            held = found.setdefault(row["import_number"], {})
            held[row["source"], row["column_name"], row["value"]] = row["rows"]
        return found

    def chunks(self, import_number: int) -> list[Chunk]:
        """The stored stretches of an import's file, in order."""
        rows = self.rows(
            "SELECT * FROM chunk WHERE import_number = ? ORDER BY chunk", [import_number]
        )
        return [Chunk(**dict(row)) for row in rows]

    def chunks_by_import(self, dataset: str) -> dict[int, list[Chunk]]:
        """The stored stretches of every import of a dataset, by number."""
        found: dict[int, list[Chunk]] = {}
        for row in self.rows(_CHUNKS_OF_DATASET, [dataset]):
            found.setdefault(row["import_number"], []).append(Chunk(**dict(row)))
        return found

    def months(self, dataset: str, known_at: datetime | None = None) -> dict[str, set[str]]:
        """The months that visible imports hold, by source; empty where rows have none."""
        at = END_OF_TIME if known_at is None else instant_text(known_at)
        found: dict[str, set[str]] = {}
        for row in self.rows(_MONTHS_OF_DATASET, [at, at, dataset]):
            found.setdefault(row["source"], set()).add(row["month"])
        return found

    def superseded(
        self, dataset: str, known_at: datetime | None = None
    ) -> frozenset[tuple[int, str, str]]:
        """Slices of visible imports that a batch finished later holds too."""
        at = END_OF_TIME if known_at is None else instant_text(known_at)
        rows = self.rows(_SUPERSEDED, [at, at, dataset])
        return frozenset((row["import_number"], row["source"], row["month"]) for row in rows)

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """Rows of a question put to the ledger; none if there is no ledger yet."""
        if not self.path.exists():
            self._refuse_orphans("missing")
            return []
        with self.opened() as connection:
            if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
                self._refuse_orphans("empty")
                return []
            return connection.execute(statement, values).fetchall()

    def must_not_be_lost(self) -> None:
        """Look at the ledger before anything is written to it.

        Raises:
            StoreDamaged: it is gone, empty or unreadable, and stored rows lie beside it.
        """
        self.rows("SELECT 1")

    def _refuse_orphans(self, found: str) -> None:
        # Without their ledger the rows would not count, and their numbers would be given again.
        stored = next(self.path.parent.glob("*/*/*.parquet"), None)
        if stored is not None:
            raise StoreDamaged(
                f"{self.path} is {found}, and rows lie beside it, such as "
                f"{stored.relative_to(self.path.parent)}",
                expected="the ledger of these rows",
                next_step="restore the records folder from its backup",
            )

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """A connection with the settings that an acknowledged commit needs to last.

        Raises:
            StoreDamaged: the file is no ledger, or a later version of Regard wrote it.
        """
        # Write-ahead log with synchronous=FULL: NORMAL lost acknowledged commits in three of
        # four simulated power cuts.
        try:
            with closing(sqlite3.connect(self.path, timeout=BUSY_SECONDS)) as connection:
                connection.isolation_level = None
                connection.row_factory = sqlite3.Row
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA foreign_keys = ON")
                self._version_is_known(connection)
                yield connection
        except sqlite3.DatabaseError as error:
            if type(error) is not sqlite3.DatabaseError:
                raise
            raise StoreDamaged(
                f"{self.path} cannot be read: {error}",
                expected="the ledger of a record store",
                next_step="restore the records folder from its backup",
            ) from error

    def _version_is_known(self, connection: sqlite3.Connection) -> None:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise StoreDamaged(
                f"{self.path} was written by a later version of Regard (ledger {version})",
                expected=f"a ledger of version {SCHEMA_VERSION} or earlier",
                next_step="use that version of Regard, or one after it",
            )


def _import(row: sqlite3.Row) -> Import:
    return Import(
        number=row["number"],
        batch=row["batch"],
        dataset=row["dataset"],
        file=row["file"],
        file_sha=row["file_sha"],
        reader=row["reader"],
        rows_read=row["rows_read"],
        rows_stored=row["rows_stored"],
        rows_rejected=row["rows_rejected"],
        started_at=datetime.fromisoformat(row["started_at"]),
        finished_at=_instant(row["finished_at"]),
        state=row["state"],
        withdrawn_at=_instant(row["withdrawn_at"]),
        withdrawn_because=row["withdrawn_because"] or "",
        recipe=row["recipe"],
        file_bytes=row["file_bytes"],
        rows_without_area=row["rows_without_area"],
        area_vintage=row["area_vintage"],
        twins=row["twins"] or 0,
        left_out=tuple(json.loads(row["left_out"])),
        set_aside=bool(row["set_aside"]),
        finished_order=row["finished_order"],
        label=row["label"],
    )


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
