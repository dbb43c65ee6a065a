"""What can be asked of a stress test, and what is refused with the number that is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.capability.questions import Question, levels_up_to, question_of
from regard.core.errors import DefinitionRefused, NotKnown

ASKED = Question(3, 6, levels=(5,))


@given(
    st.builds(
        Question,
        st.integers(1, 60),
        st.integers(1, 56),
        weekday=st.integers(0, 6),
        hour=st.integers(0, 23),
        levels=st.lists(st.integers(0, 60), max_size=4).map(tuple),
        tolerance=st.floats(0.5, 99),
    )
)
def test_a_question_is_read_back_from_its_line(asked):
    assert question_of(asked.text) == asked
    assert asked.shown[0] == 0
    assert asked.psus in asked.shown


@pytest.mark.parametrize(
    "changed",
    [{"psus": 0}, {"days": 0}, {"days": 57}, {"weekday": 7}, {"hour": 24}, {"tolerance": 0.0},
     {"recovery_days": 0}, {"levels": (61,)}],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(changed):
    with pytest.raises(DefinitionRefused):
        replace(ASKED, **changed)


def test_a_make_up_that_nobody_ships_is_not_known():
    with pytest.raises(NotKnown, match="make-up"):
        Question(1, 1, make_up="27")


@pytest.mark.parametrize("text", ["", "{}", '{"psus": "three", "days": 1}', "[1]", '{"x": 1}'])
def test_a_line_that_is_no_question_is_refused(text):
    with pytest.raises(DefinitionRefused):
        question_of(text)


def test_levels_of_a_curve_begin_with_none():
    assert levels_up_to(6) == (0, 1, 2, 3, 4, 5, 6)
    assert levels_up_to(3) == (0, 1, 2, 3)
    assert len(levels_up_to(40)) == 7


@pytest.mark.parametrize("km", [-1, 1_501])
def test_a_host_that_no_road_leads_to_is_refused(km):
    with pytest.raises(DefinitionRefused, match="host"):
        replace(ASKED, host_km=km)
