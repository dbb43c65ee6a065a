"""From a chunk to raw rows: DuckDB's way and the csv module's way agree."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records.street import csv_text
from regard.core.errors import FileRefused
from regard.records.chunks import TextChunk, csv_records
from regard.records.parsing import ChunkReader, RawRows, workspace

cells = st.text(alphabet='ab,"\n\r é', max_size=4)
tables = st.lists(st.lists(cells, min_size=3, max_size=3), max_size=5)
ends = st.sampled_from(["\n", "\r\n"])
READER = ChunkReader("a.csv", 3, ",")


def chunk(text: str) -> TextChunk:
    return TextChunk(text.encode(), 0, len(text.encode()), "")


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("parsing")
    with workspace(folder) as connection:
        yield connection, folder / "chunk.text"


def read(connection: duckdb.DuckDBPyConnection, raw: RawRows) -> list[tuple]:
    return connection.execute(f"FROM {raw.relation} ORDER BY row_number").fetchall()


@pytest.mark.slow
@pytest.mark.law
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tables, ends)
def test_both_ways_give_the_same_rows(desk, table, line_end):
    connection, place = desk
    text = chunk(csv_text(table, line_end))

    first = read(connection, READER.read(text, 1, place))
    second = read(connection, READER.read_by_csv(text, 1, place))

    assert first == second


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet='ab,"\n\r ', max_size=40))
def test_any_text_at_all_gives_the_rows_that_the_csv_module_reads(desk, text):
    connection, place = desk
    records = list(csv_records(text.encode(), ","))
    wanted = [
        (number, *(cell.strip(" ") or None for cell in one.cells))
        for number, one in enumerate(records, 5)
        if len(one.cells) == 3
    ]

    try:
        raw = READER.read(chunk(text), 5, place)
    except FileRefused:
        assert any("not closed" in one.torn for one in records)
        return
    try:
        found = read(connection, raw)
    except duckdb.InvalidInputException:
        raw = READER.read_by_csv(chunk(text), 5, place)
        found = read(connection, raw)

    assert found == wanted
    assert raw.rows == len(records)


def test_a_row_with_too_few_cells_is_torn_and_keeps_its_number(desk):
    connection, place = desk

    raw = READER.read(chunk("a,b,c\nd,e\nf,g,h\n"), 1, place)

    assert [row[0] for row in read(connection, raw)] == [1, 3]
    assert [(one.row_number, one.reason, one.raw) for one in raw.torn] == [
        (2, "2 cells where the header has 3 columns", "d,e")
    ]


def test_an_open_quote_refuses_the_file_because_no_later_row_can_be_told(desk):
    _, place = desk

    with pytest.raises(FileRefused) as refusal:
        READER.read(chunk('a,b,c\n"d,e,f\n'), 1, place)

    assert str(refusal.value) == (
        "a.csv was not brought in: 1 problem\n"
        "  a.csv, row 2: a cell does not end within 131,072 characters: most often a quotation "
        "mark that is opened and not closed\n"
        "Expected: each quotation mark that opens a cell to be closed, and doubled within it\n"
        "Next: look at this row and the one before it in a text editor"
    )


def test_the_workspace_is_bounded_and_loads_nothing(tmp_path):
    with workspace(tmp_path) as connection:
        limits = connection.execute(
            "SELECT value FROM duckdb_settings() WHERE name IN "
            "('memory_limit', 'autoload_known_extensions') ORDER BY name"
        ).fetchall()

    assert limits == [("false",), ("91.5 MiB",)]
