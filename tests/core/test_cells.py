"""Cells that a spreadsheet opens: nothing in them runs."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.cells import csv_text, safe_cell


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_text_that_would_run_is_told_apart(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["offences", "", -1, -0.5, None, "a=b"])
def test_anything_else_stays_as_it_is(value):
    assert safe_cell(value) == value


@given(st.lists(st.lists(st.text(), min_size=1), min_size=1))
def test_no_cell_of_a_file_begins_as_a_formula(rows):
    read = csv.reader(io.StringIO(csv_text(rows), newline=""))

    assert not [cell for row in read for cell in row if cell[:1] in ("=", "+", "-", "@")]


def test_missing_is_an_empty_cell():
    assert csv_text([("a", None, 1.5)]) == "a,,1.5\r\n"
