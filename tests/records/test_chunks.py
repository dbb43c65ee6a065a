"""Cutting a CSV text into chunks: wherever it is cut, the rows are the same."""

from __future__ import annotations

import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.street import csv_text
from regard.core.errors import FileRefused, FileUnreadable
from regard.records.chunks import (
    LONGEST_CELL,
    TextChunk,
    csv_records,
    must_be_text,
    plain_rows,
    records_end,
    spaced,
    text_chunks,
)

any_text = st.text(alphabet='ab,"\n\r é;', max_size=60)
cells = st.text(alphabet='ab,"\n\r é', max_size=4)
tables = st.lists(st.lists(cells, min_size=3, max_size=3), max_size=6)


def rows_of(text: bytes) -> list[tuple]:
    return [(one.cells, one.torn, one.raw) for one in csv_records(text, ",")]


def cut(text: bytes, size: int) -> list[TextChunk]:
    hasher = hashlib.sha256()
    stream = io.BytesIO(text)
    return list(text_chunks(stream, file="a.csv", delimiter=",", hasher=hasher, size=size))


@given(any_text, st.integers(1, 30))
def test_any_split_of_any_text_gives_the_same_rows(text, size):
    whole = text.encode()

    chunks = cut(whole, size)

    assert [row for chunk in chunks for row in rows_of(chunk.text)] == rows_of(whole)
    assert b"".join(chunk.text for chunk in chunks) == whole


@given(any_text, st.integers(1, 30))
def test_a_chunk_knows_where_it_lies_and_the_hash_of_all_up_to_there(text, size):
    whole = text.encode()

    chunks = cut(whole, size)

    assert all(chunk.text == whole[chunk.start : chunk.end] for chunk in chunks)
    assert all(c.read_sha == hashlib.sha256(whole[: c.end]).hexdigest() for c in chunks)


@given(tables, st.sampled_from(["\n", "\r\n"]))
def test_the_rows_are_those_that_the_csv_module_wrote(table, line_end):
    text = csv_text(table, line_end)

    rows = rows_of(text.encode())

    assert [list(found) for found, _, _ in rows] == table


@given(any_text)
def test_text_called_plain_has_as_many_rows_as_the_csv_module_reads(text):
    whole = text.encode()

    rows = plain_rows(whole, 2, ",")

    assert rows is None or rows == len(rows_of(whole))


def test_a_quoted_cell_may_hold_line_ends_and_doubled_quotes():
    assert rows_of(b'"a\n""b""",c\n') == [(('a\n"b"', "c"), "", "")]


def test_a_line_without_anything_is_no_row():
    assert rows_of(b"a,b\n\n\r\nc,d\n") == [(("a", "b"), "", ""), (("c", "d"), "", "")]


def test_a_cell_that_goes_on_behind_its_closing_quote_tears_its_row_alone():
    torn = "something other than a delimiter follows a closing quotation mark"

    assert rows_of(b'"a"x,b\nc,d\n') == [((), torn, '"a"x,b'), (("c", "d"), "", "")]


def test_a_lone_carriage_return_tears_its_row():
    torn = "a carriage return stands in a cell without quotation marks"

    assert rows_of(b"a\rb,c\n") == [((), torn, "a\rb,c")]


def test_a_record_that_goes_on_does_not_end_a_chunk():
    assert records_end(b'a,b\n"c\nd', ",") == 4
    assert records_end(b"a,b", ",") == 0


def test_a_quote_that_is_never_closed_is_refused_with_its_place():
    text = b"a,b\n" + b'"' + b"x,y\n" * (LONGEST_CELL // 2)

    with pytest.raises(FileRefused) as refusal:
        cut(text, 1000)

    assert str(refusal.value) == (
        "a.csv was not brought in: 1 problem\n"
        "  a.csv: a row begins at byte 4 and does not end\n"
        "Expected: cells of at most 131,072 characters\n"
        "Next: look there for a quotation mark that is opened and not closed"
    )


def test_bytes_of_another_encoding_are_named_with_their_place():
    chunk = TextChunk(b"a,b\nCaf\xe9,c\n", 100, 111, "")

    with pytest.raises(FileUnreadable) as refusal:
        must_be_text(chunk, "a.csv", 7)

    assert str(refusal.value) == (
        "a.csv is not UTF-8: byte 107 is 0xe9, in or near row 8\n"
        "Expected: text in UTF-8, with or without a byte order mark\n"
        "Next: save the file again as CSV UTF-8, or convert it: "
        "iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW-FILE"
    )


def test_a_zero_byte_is_named_with_its_place():
    with pytest.raises(FileUnreadable) as refusal:
        must_be_text(TextChunk(b"a,b\n\0", 10, 15, ""), "a.csv")

    assert str(refusal.value) == (
        "a.csv holds a zero byte at byte 14\n"
        "Expected: text; a zero byte is a sign of UTF-16 or of a damaged file\n"
        "Next: save the file again as CSV UTF-8, or fetch it again from where it came"
    )


@pytest.mark.parametrize("text", [b"a ,b\n", b"a, b\n", b" a,b\n", b"a,b \r\n", b'" a",b\n'])
def test_spaces_around_a_cell_are_seen(text):
    assert spaced(text, ",")


def test_spaces_within_a_cell_are_not_around_it():
    assert not spaced(b"On or near High Street,b\n", ",")
