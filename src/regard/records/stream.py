"""A file as a stream of chunks, each loaded into the table `raw`, from wherever it stopped."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from regard.core.errors import FileRefused, FileUnreadable, Problem
from regard.records.chunks import (
    BOM,
    CHUNK_BYTES,
    Hasher,
    TextChunk,
    must_be_text,
    text_chunks,
)
from regard.records.inputs import Input, changed, stamp_of
from regard.records.ledger import Chunk
from regard.records.parsing import ChunkLoader, Loaded, cell, quoted
from regard.records.validation import Shape

CHUNK_ROWS = 100_000  # rows a chunk of a Parquet file
LONGEST_HEADER = 1024 * 1024  # bytes
_BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Header:
    """The columns of a file.

    Attributes:
        columns: Their names in order.
        end: Bytes up to the first row of a CSV file; 0 for Parquet.
    """

    columns: tuple[str, ...]
    end: int = 0


@dataclass(frozen=True)
class Step:
    """A chunk that stands in the table `raw`.

    Attributes:
        loaded: Its rows.
        first_row: The number of its first row.
        read_to: Where the next chunk begins: bytes of a CSV file, rows of a Parquet file.
        read_sha: SHA-256 of the file's bytes up to there; empty for Parquet.
    """

    loaded: Loaded
    first_row: int
    read_to: int
    read_sha: str


def header_of(connection: duckdb.DuckDBPyConnection, found: Input, delimiter: str = ",") -> Header:
    """The columns of a file.

    Raises:
        FileUnreadable: the header is not UTF-8, or a Parquet file is damaged.
        FileRefused: two columns share a name, or there is no header.
    """
    if found.kind == "parquet":
        header = Header(_parquet_columns(connection, found))
    else:
        header = _csv_header(found, delimiter)
    names = [name for name in header.columns if name]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice or not names:
        what = "the header has this column {} times"
        problems = [Problem(found.name, 0, n, "", what.format(names.count(n))) for n in twice]
        raise FileRefused(
            problems or [Problem(found.name, 0, "", "", "the first line names no column")],
            expected="a header that names each column once",
            next_step="correct the header at its source, or take the column out there",
        )
    return header


def _csv_header(found: Input, delimiter: str) -> Header:
    with found.path.open("rb") as stream:
        text = stream.read(LONGEST_HEADER)
    begin = len(BOM) if text.startswith(BOM) else 0
    end = text.find(b"\n") + 1 or len(text)
    while text.count(b'"', 0, end) % 2 and end < len(text):
        end = text.find(b"\n", end) + 1 or len(text)
    must_be_text(TextChunk(text[:end], 0, end, ""), found.name)
    line = text[begin:end].decode("utf-8")
    try:
        cells = next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise FileUnreadable(
            f"{found.name} has a header that cannot be told into columns: {error}",
            expected=f"names of columns with {delimiter!r} between them, on the first line",
            next_step="look at the first line in a text editor; a line that ends in a carriage "
            "return alone must be saved again with ordinary line ends",
        ) from error
    return Header(tuple(name.strip() for name in cells), end)


def _parquet_columns(connection: duckdb.DuckDBPyConnection, found: Input) -> tuple[str, ...]:
    try:
        rows = connection.execute(f"DESCRIBE FROM read_parquet({_literal(found)})").fetchall()
    except duckdb.Error as error:
        raise FileUnreadable(
            f"{found.name} is a damaged Parquet file: {str(error).splitlines()[0]}",
            expected="a whole Parquet file",
            next_step="fetch it again from where it came",
        ) from error
    return tuple(row[0] for row in rows)


def _literal(found: Input) -> str:
    return quoted(str(found.path))


class FileStream:
    """The chunks of one file.

    Args:
        connection: Where the table `raw` is made.
        found: The file.
        header: Its columns.
        shape: The same beside its mapping.
        staging: A folder for a chunk's text.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        found: Input,
        *,
        header: Header,
        shape: Shape,
        staging: Path,
    ) -> None:
        self.connection = connection
        self.found = found
        self.header = header
        self.shape = shape
        self.staging = staging

    def goes_on(self, last: Chunk) -> bool:
        """Whether the file is still, up to there, the one that was read before."""
        if self.found.kind == "parquet":
            return True  # read from a copy of our own whose hash is known
        return self._hashed(last.read_to).hexdigest() == last.read_sha

    def steps(self, last: Chunk | None, rows_before: int) -> Iterator[Step]:
        """The chunks after the last one that is stored.

        Args:
            last: That chunk; None to begin at the beginning.
            rows_before: Rows read up to there.

        Raises:
            FileChanged: the bytes read are not those that were hashed before.
            FileUnreadable: bytes that are no UTF-8 text.
            FileRefused: a row without an end.
        """
        if self.found.kind == "parquet":
            yield from self._parquet_steps(rows_before)
        else:
            yield from self._csv_steps(last, rows_before)

    def _csv_steps(self, last: Chunk | None, rows_before: int) -> Iterator[Step]:
        start = last.read_to if last else self.header.end
        hasher = self._hashed(start)
        loader = ChunkLoader(
            self.connection,
            file=self.found.name,
            columns=len(self.header.columns),
            delimiter=self.shape.mapping.delimiter,
            staging=self.staging,
        )
        with self.found.path.open("rb") as stream:
            stream.seek(start)
            for chunk in text_chunks(
                stream,
                file=self.found.name,
                delimiter=self.shape.mapping.delimiter,
                hasher=hasher,
                size=CHUNK_BYTES,
            ):
                self._unchanged()
                must_be_text(chunk, self.found.name)
                loaded = loader.load(chunk, rows_before + 1)
                yield Step(loaded, rows_before + 1, chunk.end, chunk.read_sha)
                rows_before += loaded.rows
        self._unchanged()
        if hasher.hexdigest() != self.found.sha:
            raise changed(self.found.name)

    def _unchanged(self) -> None:
        if not self.found.ours and stamp_of(self.found.path) != self.found.stamp:
            raise changed(self.found.name)

    def _hashed(self, end: int) -> Hasher:
        hasher = hashlib.sha256()
        with self.found.path.open("rb") as stream:
            while end > 0 and (block := stream.read(min(_BLOCK, end))):
                hasher.update(block)
                end -= len(block)
        return hasher

    def _parquet_steps(self, rows_before: int) -> Iterator[Step]:
        names = self.header.columns
        cells = ", ".join(
            f"nullif(CAST(\"{name.replace(chr(34), chr(34) * 2)}\" AS VARCHAR), '') AS {cell(i)}"
            for i, name in enumerate(names)
        )
        while True:
            end = rows_before + CHUNK_ROWS
            parts = (
                "CREATE OR REPLACE TEMP TABLE raw AS SELECT file_row_number + 1 AS row_number,",
                cells,
                f"FROM read_parquet({_literal(self.found)}, file_row_number = true)",
                f"WHERE file_row_number >= {rows_before} AND file_row_number < {end}",
            )
            self.connection.execute(" ".join(parts))
            rows = self.connection.execute("SELECT count(*) FROM raw").fetchall()[0][0]
            if not rows:
                return
            yield Step(Loaded(rows), rows_before + 1, rows_before + rows, "")
            rows_before += rows
