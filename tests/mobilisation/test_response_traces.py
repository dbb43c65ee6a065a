"""A trace is taken whole or refused with the row that is wrong."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given as each
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused
from regard.mobilisation.response.traces import given, lined_up

ROWS = {"hours": 1, "at": [0, 1, 1], "grade": [0, 1, 0], "minutes": [5, 5, 5]}


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"hours": 0}, "a trace of 0 hours"),
        ({"at": [0, 2, 1]}, "row 3 of at is 1.0"),
        ({"at": [0, 1, 60]}, "row 3 of at is 60.0"),
        ({"at": [0, 1, float("nan")]}, "row 3 of at is nan"),
        ({"grade": [0, -1, 0]}, "row 2 of grade is -1"),
        ({"grade": [0, 0.5, 0]}, "row 2 of grade is 0.5"),
        ({"grade": [0, 0]}, r"column grade has shape \(2,\)"),
        ({"minutes": [5, 5, 0]}, "row 3 of minutes is 0.0"),
        ({"travel": [0, 0, -1]}, "row 3 of travel is -1.0"),
        ({"units": [1, 0, 1]}, "row 2 of units is 0"),
        ({"patience": [1, 0, 1]}, "row 2 of patience is 0.0"),
        ({"area": -1}, "row 1 of area is -1"),
    ],
)
def test_a_row_that_cannot_be_is_named(changed, said):
    with pytest.raises(DefinitionRefused, match=said):
        given(**ROWS | changed)


def test_one_value_stands_for_every_row():
    trace = given(**ROWS, travel=2, units=1)

    assert trace.travel.tolist() == [2, 2, 2]
    assert trace.alone
    assert len(trace) == 3


def test_a_trace_of_nothing_is_a_trace():
    trace = given(hours=2, at=[], grade=[], minutes=[])

    assert len(trace) == 0
    assert trace.end == 120


@each(st.lists(st.integers(0, 4), max_size=40))
def test_incidents_are_lined_up_by_kind_in_their_order(kinds):
    line, first = lined_up(np.array(kinds, np.int64), 5)

    expected = sorted(range(len(kinds)), key=lambda one: kinds[one])
    assert line.tolist() == expected
    assert np.diff(first).tolist() == [kinds.count(one) for one in range(5)]
