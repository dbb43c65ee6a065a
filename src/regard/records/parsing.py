"""From a chunk to a table of raw text cells in DuckDB, with row numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from regard.core.errors import FileRefused, Problem
from regard.records.chunks import UNCLOSED, TextChunk, csv_records, plain_rows

MEMORY_LIMIT = "96MB"  # of DuckDB's own buffers; the process as a whole stays below 300 MB
THREADS = 2


@dataclass(frozen=True)
class Torn:
    """A row that cannot be told into the file's columns.

    Attributes:
        row_number: Which.
        reason: Why.
        raw: Its text.
    """

    row_number: int
    reason: str
    raw: str


@dataclass(frozen=True)
class Loaded:
    """What became of a chunk.

    Attributes:
        rows: Rows read, torn ones among them.
        torn: Rows that are not in the table.
    """

    rows: int
    torn: tuple[Torn, ...] = ()


@contextmanager
def workspace(staging: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB connection in memory, bounded, that reaches no network and loads nothing."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY_LIMIT,
        "threads": THREADS,
        "temp_directory": str(staging),
        "autoload_known_extensions": False,
        "autoinstall_known_extensions": False,
        "preserve_insertion_order": True,
    }
    connection = duckdb.connect(config=settings)
    try:
        yield connection
    finally:
        connection.close()


def cell(index: int) -> str:
    """The name of a raw column in the table."""
    return f"c{index}"


def quoted(text: str) -> str:
    """A text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


class ChunkLoader:
    """Loads chunks of one CSV file into the temporary table `raw` (row_number, c0, c1, ...).

    An empty cell is NULL. Plain text goes to DuckDB; any other text is first read by the csv
    module and written out plainly, so that both ways give the same rows.

    Args:
        connection: Where the table is made.
        file: Name of the file, for messages.
        columns: How many columns the header has.
        delimiter: What stands between cells.
        staging: A folder for a chunk's text.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        *,
        file: str,
        columns: int,
        delimiter: str,
        staging: Path,
    ) -> None:
        self.connection = connection
        self.file = file
        self.columns = columns
        self.delimiter = delimiter
        self.text = staging / "chunk.csv"

    def load(self, chunk: TextChunk, first_row: int) -> Loaded:
        """Make the table anew from a chunk.

        Args:
            chunk: UTF-8 text of whole records.
            first_row: Number of the chunk's first row in the file.

        Raises:
            FileRefused: a quotation mark is opened and never closed, so that no later row can
                be told.
        """
        rows = plain_rows(chunk.text, self.columns, self.delimiter)
        if rows is not None:
            self.text.write_bytes(chunk.text)
            if self._loaded_plainly(first_row) == rows:
                return Loaded(rows)
        return self.load_by_csv(chunk, first_row)

    def _loaded_plainly(self, first_row: int) -> int | None:
        types = ", ".join(f"{cell(index)}: 'VARCHAR'" for index in range(self.columns))
        read = (
            f"read_csv({quoted(str(self.text))}, auto_detect = false, header = false, "
            f"columns = {{{types}}}, delim = {quoted(self.delimiter)}, quote = '\"', "
            "escape = '\"', strict_mode = true, null_padding = false, parallel = false)"
        )
        number = f"row_number() OVER () + {first_row - 1}"
        try:
            return self._make(f"({number})::BIGINT AS row_number, *", read)
        except duckdb.InvalidInputException:
            return None

    def load_by_csv(self, chunk: TextChunk, first_row: int) -> Loaded:
        """Make the table anew by way of the csv module, whatever the text is like.

        Raises:
            FileRefused: as for `load`.
        """
        number, torn = first_row - 1, []
        with self.text.open("w", encoding="ascii") as stream:
            for record in csv_records(chunk.text, self.delimiter):
                number += 1
                if record.torn == UNCLOSED:
                    raise self._unclosed(number)
                found = len(record.cells)
                if record.torn or found != self.columns:
                    reason = record.torn or (
                        f"{found} cells where the header has {self.columns} columns"
                    )
                    raw = record.raw or self.delimiter.join(record.cells)
                    torn.append(Torn(number, reason, raw))
                else:
                    # JSON, because DuckDB's CSV reader stumbles over a lone carriage return.
                    row = {cell(index): text for index, text in enumerate(record.cells)}
                    stream.write(json.dumps({"row_number": number, **row}) + "\n")
        self._load_json()
        return Loaded(number - first_row + 1, tuple(torn))

    def _load_json(self) -> None:
        names = [cell(index) for index in range(self.columns)]
        types = ", ".join(["row_number: 'BIGINT'", *(f"{name}: 'VARCHAR'" for name in names)])
        read = (
            f"read_json({quoted(str(self.text))}, format = 'newline_delimited', "
            f"auto_detect = false, columns = {{{types}}})"
        )
        filled = (f"nullif({name}, '') AS {name}" for name in names)
        self._make(", ".join(["row_number", *filled]), read)

    def _make(self, wanted: str, read: str) -> int:
        statement = ("CREATE OR REPLACE TEMP TABLE raw AS SELECT", wanted, "FROM", read)
        self.connection.execute(" ".join(statement))
        counted = self.connection.execute("SELECT count(*) FROM raw").fetchone()
        return counted[0] if counted else 0

    def _unclosed(self, row: int) -> FileRefused:
        return FileRefused(
            [Problem(self.file, row, "", "", UNCLOSED)],
            expected="each quotation mark that opens a cell to be closed, and doubled within it",
            next_step="look at this row and the one before it in a text editor",
        )
