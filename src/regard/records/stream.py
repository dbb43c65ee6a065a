"""A file as a stream of chunks of raw rows, from wherever the reading stopped."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
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
from regard.records.parsing import ChunkReader, RawRows, cell, quoted
from regard.records.validation import Shape

CHUNK_ROWS = 100_000  # rows a chunk of a Parquet file
CHUNKS_AT_ONCE = 3  # one being read, and two being written by a thread each
LONGEST_HEADER = 1024 * 1024  # bytes
MOST_COLUMNS = 2_000  # of a file; the widest contract has two dozen
_BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Header:
    """The columns of a file.

    Attributes:
        columns: Their names in order.
        end: Bytes up to the first row of a CSV file; 0 for Parquet.
        rows: Rows of a Parquet file; 0 for CSV, which does not say.
    """

    columns: tuple[str, ...]
    end: int = 0
    rows: int = 0


@dataclass(frozen=True)
class Step:
    """A chunk that can be put to its contract.

    Attributes:
        raw: Its rows.
        read_to: Where the next chunk begins: bytes of a CSV file, rows of a Parquet file.
        read_sha: SHA-256 of the file's bytes up to there; empty for Parquet.
        again: The same rows by way of the csv module, should DuckDB stumble over the text.
    """

    raw: RawRows
    read_to: int
    read_sha: str
    again: Callable[[], RawRows] | None = None


def header_of(connection: duckdb.DuckDBPyConnection, found: Input, delimiter: str = ",") -> Header:
    """The columns of a file.

    Raises:
        FileUnreadable: the header is not UTF-8, or a Parquet file is damaged.
        FileRefused: two columns share a name, or there is no header.
    """
    if found.kind == "parquet":
        header = _parquet_header(connection, found)
    else:
        header = _csv_header(found, delimiter)
    if len(header.columns) > MOST_COLUMNS:
        what = f"the header has {len(header.columns):,} columns"
        raise FileRefused(
            [Problem(found.name, 0, "", "", what)],
            expected=f"at most {MOST_COLUMNS:,} columns, one row a line",
            next_step="take out the columns that no dataset takes, or turn the table round",
        )
    names = Counter(name for name in header.columns if name)
    twice = sorted(name for name, times in names.items() if times > 1)
    if twice or not names:
        what = "the header has this column {} times"
        problems = [Problem(found.name, 0, n, "", what.format(names[n])) for n in twice]
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


def _parquet_header(connection: duckdb.DuckDBPyConnection, found: Input) -> Header:
    relation = f"read_parquet({_literal(found)})"
    try:
        columns = connection.execute(f"DESCRIBE FROM {relation}").fetchall()
        counted = connection.execute(" ".join(("SELECT count(*) FROM", relation))).fetchall()
    except duckdb.Error as error:
        raise damaged_parquet(found, error) from error
    return Header(tuple(row[0] for row in columns), rows=counted[0][0])


def damaged_parquet(found: Input, error: duckdb.Error) -> FileUnreadable:
    """The message for a Parquet file that cannot be read, under the name a person knows it by."""
    said = str(error).splitlines()[0].replace(str(found.path), found.name)
    return FileUnreadable(
        f"{found.name} is a damaged Parquet file: {said}",
        expected="a whole Parquet file",
        next_step="fetch it again from where it came",
    )


def _read_again(reader: ChunkReader, place: Path, first_row: int) -> RawRows:
    text = place.read_bytes()
    return reader.read_by_csv(TextChunk(text, 0, len(text), ""), first_row, place)


def _column(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(found: Input) -> str:
    return quoted(str(found.path))


class FileStream:
    """The chunks of one file.

    Args:
        found: The file.
        header: Its columns.
        shape: The same beside its mapping.
        staging: A folder for the text of chunks.
    """

    def __init__(self, found: Input, *, header: Header, shape: Shape, staging: Path) -> None:
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
        reader = ChunkReader(
            self.found.name, len(self.header.columns), self.shape.mapping.delimiter
        )
        turn = 0
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
                must_be_text(chunk, self.found.name, rows_before + 1)
                place = self.staging / f"chunk-{turn % CHUNKS_AT_ONCE}.text"
                raw = reader.read(chunk, rows_before + 1, place)
                again = partial(_read_again, reader, place, rows_before + 1)
                yield Step(raw, chunk.end, chunk.read_sha, again)
                rows_before += raw.rows
                turn += 1
        self._unchanged()
        if hasher.hexdigest() != self.found.sha:
            raise changed(self.found.name)

    def _unchanged(self) -> None:
        if self.found.ours:
            return
        try:
            unchanged = stamp_of(self.found.path) == self.found.stamp
        except FileNotFoundError:
            unchanged = False
        if not unchanged:
            raise changed(self.found.name)

    def _hashed(self, end: int) -> Hasher:
        hasher = hashlib.sha256()
        with self.found.path.open("rb") as stream:
            while end > 0 and (block := stream.read(min(_BLOCK, end))):
                hasher.update(block)
                end -= len(block)
        return hasher

    def _parquet_steps(self, rows_before: int) -> Iterator[Step]:
        cells = ", ".join(
            f"nullif(trim(CAST({_column(name)} AS VARCHAR)), '') AS {cell(index)}"
            for index, name in enumerate(self.header.columns)
        )
        in_all = self.header.rows
        while rows_before < in_all:
            end = min(rows_before + CHUNK_ROWS, in_all)
            parts = (
                "(SELECT file_row_number + 1 AS row_number,",
                cells,
                f"FROM read_parquet({_literal(self.found)}, file_row_number = true)",
                f"WHERE file_row_number >= {rows_before} AND file_row_number < {end})",
            )
            yield Step(RawRows(" ".join(parts), end - rows_before), end, "")
            rows_before = end
