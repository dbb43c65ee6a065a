"""Writing into the ledger: each step of an import is one transaction, whole or not at all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field
from datetime import datetime

from regard.core.errors import DefinitionRefused, NotStored
from regard.records.ledger import Chunk, Import, Ledger, instant_text
from regard.records.schema import SCHEMA, SCHEMA_VERSION

Slice = tuple[str, str, str]  # source, month, part
Supplied = tuple[str, str, str]  # source, column, value


_LEFT_BEHIND = """
WITH batch AS (SELECT * FROM slice WHERE import_number IN ({batch}))
SELECT min(batch.import_number), kept.import_number, kept.source, kept.month, kept.part
FROM slice AS kept
JOIN import ON import.number = kept.import_number AND import.state = 'finished'
JOIN slice AS touched USING (import_number, source, month)
JOIN batch ON (batch.source, batch.month, batch.part)
    = (touched.source, touched.month, touched.part)
WHERE NOT EXISTS (SELECT 1 FROM batch AS again WHERE again.import_number IN ({batch})
    AND (again.source, again.month, again.part) = (kept.source, kept.month, kept.part))
AND kept.import_number NOT IN (SELECT import_number FROM withdrawal)
AND import.dataset = ?
AND (SELECT dataset FROM import WHERE number = batch.import_number) = import.dataset
GROUP BY 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
"""


@dataclass(frozen=True)
class Tally:
    """What a chunk's stored rows hold.

    Attributes:
        slices: Rows a source, month and part; month and part are empty where rows have none.
        supplied: Rows a source, column and value; `*` for columns that hold no codes.
        without_area: Rows without an area code.
    """

    slices: Mapping[Slice, int] = field(default_factory=dict)
    supplied: Mapping[Supplied, int] = field(default_factory=dict)
    without_area: int = 0


@dataclass(frozen=True)
class Start:
    """What is known of an import before its first row is read."""

    batch: str
    dataset: str
    file: str
    file_sha: str
    file_bytes: int
    reader: str
    recipe: str
    set_aside: bool
    area_vintage: str
    left_out: tuple[str, ...]
    label: str = ""


class Bookkeeping:
    """The writing side of a ledger. Hold the store while it is used.

    Args:
        ledger: The ledger; its file is made if it does not exist.

    Raises:
        NotStored: the ledger cannot be written.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        with self._writing() as connection:
            if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
                for statement in filter(str.strip, SCHEMA.split(";")):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def unfinished(self, start: Start) -> Import | None:
        """An import of the same file by the same rules that was broken off."""
        for one in self._of_file(start):
            if one.state == "reading" and one.set_aside == start.set_aside:
                return one
        return None

    def finished(self, start: Start) -> Import | None:
        """An import of the same file by the same rules that counts."""
        for one in self._of_file(start):
            if one.state_at() == "finished":
                return one
        return None

    def _of_file(self, start: Start) -> list[Import]:
        return self.ledger.of_file(start.file_sha, start.dataset, start.recipe)

    def left_behind(self, numbers: Iterable[int]) -> list[tuple[int, int, str, str, str]]:
        """Parts of months that a batch would leave of an import whose other parts it replaces.

        Args:
            numbers: The imports of the batch, not finished yet.

        Returns:
            Import of the batch, earlier import, source, month and the part that is left.
        """
        found: list[tuple[int, int, str, str, str]] = []
        numbers = list(numbers)
        marks = ", ".join("?" * len(numbers))
        for dataset in {self.ledger.import_numbered(number).dataset for number in numbers}:
            gone = self.ledger.superseded(dataset)
            rows = self.ledger.rows(
                _LEFT_BEHIND.replace("{batch}", marks), [*numbers, *numbers, dataset]
            )
            found.extend(tuple(row) for row in rows if tuple(row)[1:4] not in gone)
        return found

    def begin(self, start: Start, at: datetime) -> int:
        """Enter a new import.

        Returns:
            Its number.
        """
        values = (
            *(start.batch, start.dataset, start.file, start.file_sha, start.file_bytes),
            *(start.reader, start.recipe, int(start.set_aside), start.area_vintage),
            *(json.dumps(start.left_out), start.label, instant_text(at)),
        )
        with self._writing() as connection:
            cursor = connection.execute(
                "INSERT INTO import (batch, dataset, file, file_sha, file_bytes, reader, recipe, "
                "set_aside, area_vintage, left_out, label, started_at, state) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'reading')",
                values,
            )
            return int(cursor.lastrowid or 0)

    def adopt(self, import_number: int, start: Start) -> None:
        """Let a broken-off import go on as part of this batch."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE import SET batch = ?, file = ? WHERE number = ?",
                (start.batch, start.file, import_number),
            )

    def add_chunk(self, chunk: Chunk, tally: Tally) -> None:
        """Enter a chunk whose rows are safely on disk, with what they hold."""
        number = chunk.import_number
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO chunk VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", astuple(chunk)
            )
            connection.executemany(
                "INSERT INTO slice VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT DO UPDATE SET rows = rows + excluded.rows",
                [(number, *key, rows) for key, rows in tally.slices.items()],
            )
            connection.executemany(
                "INSERT INTO supplied VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT DO UPDATE SET rows = rows + excluded.rows",
                [(number, *key, rows) for key, rows in tally.supplied.items()],
            )

    def finish(self, twins: Mapping[int, int], at: datetime) -> None:
        """Make a batch's imports count, all at once.

        Args:
            twins: Twins counted an import, for each import of the batch.
            at: The instant from which they count.
        """
        with self._writing() as connection:
            order = "SELECT coalesce(max(finished_order), 0) + 1 FROM import"
            next_order = connection.execute(order).fetchone()[0]
            connection.executemany(
                "UPDATE import SET state = 'finished', finished_at = ?, finished_order = ?, "
                "twins = ? WHERE number = ? AND state = 'reading'",
                [(instant_text(at), next_order, twins[number], number) for number in twins],
            )

    def refuse(self, import_numbers: Iterable[int]) -> None:
        """Give imports up: their rows never count and may be deleted."""
        with self._writing() as connection:
            for number in import_numbers:
                for table in ("chunk", "slice", "supplied"):
                    connection.execute(
                        "DELETE FROM {} WHERE import_number = ?".format(table),  # noqa: S608, UP032 (three fixed names)
                        (number,),
                    )
                connection.execute(
                    "UPDATE import SET state = 'refused' WHERE number = ? AND state = 'reading'",
                    (number,),
                )

    def withdraw(self, found: Import, *, reason: str, at: datetime) -> None:
        """Let an import count no longer, from an instant on.

        Raises:
            DefinitionRefused: it does not count, was withdrawn before, or no reason is given.
        """
        if found.state != "finished" or found.withdrawn_at is not None:
            since = f" since {found.withdrawn_at:%Y-%m-%d %H:%M}" if found.withdrawn_at else ""
            state = "withdrawn" if found.withdrawn_at else found.state
            raise DefinitionRefused(
                f"import {found.number} ({found.file}) is {state}{since}",
                expected="an import that counts",
                next_step="regard records list",
            )
        if not reason.strip():
            raise DefinitionRefused(
                f"import {found.number} ({found.file}) would be withdrawn for the reason "
                f"{reason!r}",
                expected="a reason in words, kept with the withdrawal",
            )
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO withdrawal VALUES (?, ?, ?)",
                (found.number, instant_text(at), reason.strip()),
            )

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            with self.ledger.opened() as connection:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield connection
                except BaseException:
                    connection.execute("ROLLBACK")
                    raise
                connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise not_stored(str(self.ledger.path), error) from error


def not_stored(place: str, error: Exception) -> NotStored:
    """The message for a disk that took no more."""
    return NotStored(
        f"{place} could not be written: {str(error).splitlines()[0]}",
        expected="a disk with room, and leave to write in the data folder",
        next_step="make room, then give the same command again; it goes on where it stopped",
    )
