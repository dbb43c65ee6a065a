"""The first state that applies is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.signals.states import (
    EXCEPTIONAL,
    POSSIBLE,
    STABLE,
    STATES,
    STEP,
    TOO_EARLY,
    TOO_FEW,
    UNSETTLED,
    Evidence,
    state_of,
)

ALL = Evidence(
    months=11, mean=1.9, exceptional=True, possible=True, step_age=24, one_way=3,
    hangs_together=True,
)  # fmt: skip


@pytest.mark.parametrize(
    "gone,state",
    [
        ({}, TOO_EARLY),
        ({"months": 12}, TOO_FEW),
        ({"mean": 2.0}, EXCEPTIONAL),
        ({"exceptional": False}, POSSIBLE),
        ({"possible": False}, UNSETTLED),
        ({"one_way": 2}, UNSETTLED),
        ({"hangs_together": False}, STEP),
        ({"step_age": 25}, STABLE),
    ],
)
def test_each_state_is_said_once_those_before_it_do_not_apply(gone, state):
    order = [
        {}, {"months": 12}, {"mean": 2.0}, {"exceptional": False}, {"possible": False},
        {"one_way": 2}, {"hangs_together": False}, {"step_age": 25},
    ]  # fmt: skip
    changed = {}
    for one in order[: order.index(gone) + 1]:
        changed |= one

    assert state_of(replace(ALL, **changed)) == state


@given(
    st.builds(
        Evidence,
        months=st.integers(0, 300),
        mean=st.none() | st.floats(0, 1e6),
        exceptional=st.booleans(),
        possible=st.booleans(),
        step_age=st.none() | st.integers(0, 300),
        one_way=st.integers(0, 8),
        hangs_together=st.booleans(),
    )
)
def test_whatever_is_seen_has_a_state(seen):
    assert state_of(seen) in STATES
