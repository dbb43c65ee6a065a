from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.periods import Month
from regard.papers.chart_frame import WIDTH
from regard.papers.month_axis import MOST_MONTH_LABELS, day, month_axis, pixel

START = Month(2013, 4)
lengths = st.integers(1, 200)


def months(count: int) -> list[Month]:
    return [START + step for step in range(count)]


@given(lengths)
def test_so_many_months_are_named_as_can_be_read(count: int) -> None:
    axis = month_axis(months(count))["axis"]

    named = re.findall(r"'\d{4}-\d\d'", axis["labelExpr"])
    assert 1 <= len(named) <= MOST_MONTH_LABELS
    assert len(axis["values"]) <= 36


def test_the_ends_of_a_month_are_half_a_month_away() -> None:
    assert day(START, half=-1) == "2013-03-16T00:00:00Z"
    assert day(START) == "2013-04-01T00:00:00Z"
    assert day(START, half=1) == "2013-04-16T00:00:00Z"


@given(lengths)
def test_months_fill_the_axis_from_end_to_end(count: int) -> None:
    drawn = months(count)

    assert pixel(drawn[0], drawn, half=-1) == pytest.approx(0)
    assert pixel(drawn[-1], drawn, half=1) == pytest.approx(WIDTH)
