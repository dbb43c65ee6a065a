"""Cutting a CSV file into chunks at the ends of records, and telling plain text from the rest.

What a row is, Python's csv module decides (strict, one delimiter, double quotes). Everything
faster here agrees with it or gives way to it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

import numpy as np
from numpy.typing import NDArray

from regard.core.errors import FileRefused, FileUnreadable, Problem

CHUNK_BYTES = 6 * 1024 * 1024  # about 30,000 police.uk rows; measured against memory and speed
LONGEST_CELL = 131_072  # characters; the csv module's own limit
UNCLOSED = (
    f"a cell does not end within {LONGEST_CELL:,} characters: most often a quotation mark that is "
    "opened and not closed"
)
BOM = b"\xef\xbb\xbf"
QUOTE, LINE_FEED, RETURN = 0x22, 0x0A, 0x0D


class Hasher(Protocol):
    """What `hashlib.sha256()` gives."""

    def update(self, data: memoryview | bytes, /) -> None:
        """Take bytes in."""

    def hexdigest(self) -> str:
        """The digest so far."""


@dataclass(frozen=True)
class TextChunk:
    """A stretch of a CSV file that begins and ends with a record.

    Attributes:
        text: Its bytes.
        start, end: Where it lies in the file, in bytes.
        read_sha: SHA-256 of the file's bytes up to `end`, as they were read.
    """

    text: bytes
    start: int
    end: int
    read_sha: str


@dataclass(frozen=True)
class Record:
    """One row as the csv module reads it.

    Attributes:
        end: Bytes from the beginning of the text to the end of the record.
        cells: Its cells; none if it is torn.
        torn: Why it cannot be told into cells; empty if it can.
        raw: The text of a torn record.
    """

    end: int
    cells: tuple[str, ...] = ()
    torn: str = ""
    raw: str = ""


def text_chunks(
    stream: BinaryIO,
    *,
    file: str,
    delimiter: str,
    hasher: Hasher,
    size: int = CHUNK_BYTES,
) -> Iterator[TextChunk]:
    """The rest of a stream in chunks of about `size` bytes, each of whole records.

    Args:
        stream: Open at the beginning of a record.
        file: Name of the file, for messages.
        delimiter: What stands between cells.
        hasher: Has taken in every byte before; takes in the rest.
        size: Bytes a chunk.

    Raises:
        FileRefused: a record is longer than a record can be.
    """
    start, carried = stream.tell(), b""
    while True:
        block = stream.read(size)
        last, text = not block, carried + block
        block = b""  # a chunk is held as few times over as can be: memory stays flat
        end = len(text) if last else records_end(text, delimiter)
        if end:
            hasher.update(memoryview(text)[:end])
            yield TextChunk(text[:end], start, start + end, hasher.hexdigest())
        carried = text[end:]
        start += end
        if last:
            return
        if not end and len(carried) > max(LONGEST_CELL, size):
            raise FileRefused(
                [Problem(file, 0, "", "", f"a row begins at byte {start:,} and does not end")],
                expected=f"cells of at most {LONGEST_CELL:,} characters",
                next_step="look there for a quotation mark that is opened and not closed",
            )


def records_end(text: bytes, delimiter: str) -> int:
    """Bytes up to the end of the last whole record; 0 if there is none.

    A record is whole when a line feed ends it: what follows the last one may go on.
    """
    if b'"' not in text:
        return text.rfind(b"\n") + 1
    quotes = _quotes(text)
    lone_returns = text.count(b"\r", 0, len(text) - 1) - text.count(b"\r\n")
    if lone_returns or not _well_quoted(text, quotes, delimiter):
        ends = [0, *(record.end for record in csv_records(text, delimiter, whole=False))]
        return ends[-1]
    end = text.rfind(b"\n")
    while end >= 0:
        before = int(np.searchsorted(quotes, end))
        if before % 2 == 0:
            return end + 1
        end = text.rfind(b"\n", 0, int(quotes[before - 1]))
    return 0


def _bytes_of(text: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(text, dtype=np.uint8)


def _quotes(text: bytes) -> NDArray[np.int64]:
    return np.flatnonzero(_bytes_of(text) == QUOTE)


def _well_quoted(text: bytes, quotes: NDArray[np.int64], delimiter: str) -> bool:
    """Whether quotation marks only enclose cells or stand doubled within them (RFC 4180, 2.5-2.7).

    Then, and only then, a place lies outside of quotes if an even number of marks precedes it.
    """
    codes = _bytes_of(text)
    opening, closing = quotes[0::2], quotes[1::2]
    edge = (LINE_FEED, ord(delimiter))
    before = codes[np.maximum(opening, 1) - 1]
    opens = (opening == 0) | np.isin(before, edge)
    # The second of a doubled pair stands at an even place, right behind the one before it.
    opens[1:] |= opening[1:] == closing[: len(opening) - 1] + 1
    after = codes[np.minimum(closing + 1, len(codes) - 1)]
    at_end = closing + 1 >= len(codes)
    closes = at_end | np.isin(after, (*edge, QUOTE))
    closes |= (after == RETURN) & _line_feed_at(codes, closing + 2)
    return bool(opens.all() and closes.all())


def _line_feed_at(codes: NDArray[np.uint8], places: NDArray[np.int64]) -> NDArray[np.bool_]:
    inside = places < len(codes)
    return ~inside | (codes[np.where(inside, places, 0)] == LINE_FEED)


def csv_records(text: bytes, delimiter: str, *, whole: bool = True) -> Iterator[Record]:
    """The records of a text as the csv module reads them, blank lines left out.

    After a torn record the reading goes on with the next line.

    Args:
        text: UTF-8 that begins with a record.
        delimiter: What stands between cells.
        whole: Whether the text ends with a record; if not, the last one is left out unless a
            line feed ends it.
    """
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        begun = lines.at
        torn, cells = "", []
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            torn = _torn(str(error))
        unended = lines.at == len(text) and not text.endswith(b"\n")
        if not whole and (unended or torn == UNCLOSED):
            return
        if torn:
            raw = text[begun : lines.at].decode("utf-8", "replace").rstrip("\r\n")
            yield Record(lines.at, torn=torn, raw=raw)
        elif cells:
            yield Record(lines.at, tuple(cells))


def _torn(said: str) -> str:
    if "unexpected end" in said or "field larger" in said:
        return UNCLOSED
    if "new-line character" in said:
        return "a carriage return stands in a cell without quotation marks"
    return "something other than a delimiter follows a closing quotation mark"


class _Lines:
    """Lines of a text for the csv module, which keeps count of the bytes it has taken."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.at = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.text):
            raise StopIteration
        found = self.text.find(b"\n", self.at) + 1
        begun, self.at = self.at, found or len(self.text)
        return self.text[begun : self.at].decode("utf-8", "replace")


def must_be_text(chunk: TextChunk, file: str, first_row: int = 0) -> None:
    """Refuse bytes that are no UTF-8 text.

    Args:
        chunk: The bytes.
        file: Name of the file, for messages.
        first_row: The number of the chunk's first row; 0 for the header.

    Raises:
        FileUnreadable: a byte that is not UTF-8, or a zero byte.
    """
    try:
        chunk.text.decode("utf-8")
    except UnicodeDecodeError as error:
        at, row = chunk.start + error.start, first_row + chunk.text.count(b"\n", 0, error.start)
        place = f"in or near row {row:,}" if first_row else "in the header"
        raise FileUnreadable(
            f"{file} is not UTF-8: byte {at:,} is 0x{chunk.text[error.start]:02x}, {place}",
            expected="text in UTF-8, with or without a byte order mark",
            next_step="save the file again as CSV UTF-8, or convert it: "
            "iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW-FILE",
        ) from error
    at = chunk.text.find(b"\0")
    if at >= 0:
        raise FileUnreadable(
            f"{file} holds a zero byte at byte {chunk.start + at:,}",
            expected="text; a zero byte is a sign of UTF-16 or of a damaged file",
            next_step="save the file again as CSV UTF-8, or fetch it again from where it came",
        )


def plain_rows(text: bytes, columns: int, delimiter: str) -> int | None:
    """How many rows a text holds that any CSV reader reads alike; None if readers may differ.

    Plain means: quotation marks only around cells, one kind of line end, a single delimiter
    fewer than columns in every row taken together, no record longer than a cell may be.
    """
    if columns < 2:
        return None  # an empty line may be a row of one empty cell
    returns = text.count(b"\r")
    feeds = text.count(b"\n")
    if returns and (returns != feeds or returns != text.count(b"\r\n")):
        return None
    codes = _bytes_of(text)
    ends = np.flatnonzero(codes == LINE_FEED)
    delimiters = np.flatnonzero(codes == ord(delimiter))
    if b'"' in text:
        quotes = _quotes(text)
        if len(quotes) % 2 or not _well_quoted(text, quotes, delimiter):
            return None
        ends = ends[np.searchsorted(quotes, ends) % 2 == 0]
        delimiters = delimiters[np.searchsorted(quotes, delimiters) % 2 == 0]
    unended = bool(text) and not text.endswith(b"\n")
    if unended:
        ends = np.append(ends, len(text))
    lengths = np.diff(ends, prepend=-1) - 1
    if len(lengths) and lengths.max() >= LONGEST_CELL:
        return None
    blank = lengths <= (1 if returns else 0)
    if unended:
        blank[-1] = False  # no carriage return ends it
    rows = len(blank) - int(blank.sum())
    return rows if len(delimiters) == rows * (columns - 1) else None


def spaced(text: bytes, delimiter: str) -> bool:
    """Whether a cell may begin or end with a space; asked once, so that few chunks are trimmed."""
    mark = delimiter.encode()
    sides = (b" " + mark, mark + b" ", b" \r", b" \n", b"\n ", b'" ', b' "')
    return text[:1] == b" " or text[-1:] == b" " or any(side in text for side in sides)
