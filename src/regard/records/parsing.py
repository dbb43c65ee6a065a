"""From a chunk to a relation of raw text cells in DuckDB, with row numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from regard.core.errors import FileRefused, Problem
from regard.records.chunks import UNCLOSED, TextChunk, csv_records, plain_rows, spaced

MEMORY_LIMIT = "96MB"  # of DuckDB's own buffers; the process as a whole stays below 300 MB
THREADS = 1  # a question; two chunks are worked on at once, each by a thread of its own


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
class RawRows:
    """The rows of a chunk as DuckDB can read them.

    Attributes:
        relation: A question in brackets: row_number, c0, c1, ... without the spaces around a
            cell; an empty cell is NULL.
        rows: Rows of the chunk, torn ones among them.
        torn: Rows that are not in the relation.
    """

    relation: str
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
    """The name of a raw column."""
    return f"c{index}"


def quoted(text: str) -> str:
    """A text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def trimmed(columns: int) -> str:
    """Raw columns without the spaces around each cell; NULL where nothing is left."""
    names = (cell(index) for index in range(columns))
    return ", ".join(f"nullif(trim({name}), '') AS {name}" for name in names)


@dataclass(frozen=True)
class ChunkReader:
    """Makes relations of the chunks of one CSV file.

    Plain text goes to DuckDB as it is; any other text is first read by the csv module and
    written out as JSON, so that both ways give the same rows.

    Attributes:
        file: Name of the file, for messages.
        columns: How many columns the header has.
        delimiter: What stands between cells.
    """

    file: str
    columns: int
    delimiter: str

    def read(self, chunk: TextChunk, first_row: int, place: Path) -> RawRows:
        """The rows of a chunk.

        Args:
            chunk: UTF-8 text of whole records.
            first_row: Number of the chunk's first row in the file.
            place: A file that holds the chunk as long as the relation is used.

        Raises:
            FileRefused: a quotation mark is opened and never closed, so that no later row can
                be told.
        """
        rows = plain_rows(chunk.text, self.columns, self.delimiter)
        if rows is None:
            return self.read_by_csv(chunk, first_row, place)
        place.write_bytes(chunk.text)
        return RawRows(self._plain(place, first_row, spaced(chunk.text, self.delimiter)), rows)

    def _plain(self, place: Path, first_row: int, has_spaces: bool) -> str:
        types = ", ".join(f"{cell(index)}: 'VARCHAR'" for index in range(self.columns))
        read = (
            f"read_csv({quoted(str(place))}, auto_detect = false, header = false, "
            f"columns = {{{types}}}, delim = {quoted(self.delimiter)}, quote = '\"', "
            "escape = '\"', strict_mode = true, null_padding = false, parallel = false)"
        )
        number = f"(row_number() OVER () + {first_row - 1})::BIGINT AS row_number"
        cells = trimmed(self.columns) if has_spaces else "*"
        return " ".join(("(SELECT", number, ",", cells, "FROM", read, ")"))

    def read_by_csv(self, chunk: TextChunk, first_row: int, place: Path) -> RawRows:
        """The rows of a chunk by way of the csv module, whatever the text is like.

        Raises:
            FileRefused: as for `read`.
        """
        number, torn = first_row - 1, []
        with place.open("w", encoding="ascii") as stream:
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
        return RawRows(self._json(place), number - first_row + 1, tuple(torn))

    def _json(self, place: Path) -> str:
        names = [cell(index) for index in range(self.columns)]
        types = ", ".join(["row_number: 'BIGINT'", *(f"{name}: 'VARCHAR'" for name in names)])
        read = (
            f"read_json({quoted(str(place))}, format = 'newline_delimited', "
            f"auto_detect = false, columns = {{{types}}})"
        )
        return " ".join(("(SELECT row_number,", trimmed(self.columns), "FROM", read, ")"))

    def _unclosed(self, row: int) -> FileRefused:
        return FileRefused(
            [Problem(self.file, row, "", "", UNCLOSED)],
            expected="each quotation mark that opens a cell to be closed, and doubled within it",
            next_step="look at this row and the one before it in a text editor",
        )
