"""Compiled and plain Python say the same of every incident, and both keep the laws of queues."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilisation.response_histories import RULES, fixed, histories, neighbourhoods, steady
from regard.core.errors import DefinitionRefused, NotKnown
from regard.mobilisation.response import traces
from regard.mobilisation.response.local import Local
from regard.mobilisation.response.model import HANDOVER, Rules
from regard.mobilisation.response.outcomes import (
    COMPILED,
    PLAIN,
    answered,
    answered_locally,
    respond,
)

NEVER = float("inf")


def both(trace, units, rules, grades=3):
    capacity = np.array(units, np.int64)
    return [
        answered(trace, capacity, rules=rules, grades=grades, engine=engine)
        for engine in (COMPILED, PLAIN)
    ]


def assert_same(one, other):
    np.testing.assert_array_equal(one.waits, other.waits)
    np.testing.assert_array_equal(one.left, other.left)
    np.testing.assert_array_equal(one.waiting, other.waiting)
    np.testing.assert_array_equal(one.busy, other.busy)


@given(histories(plain=True), st.integers(0, 3))
def test_base_loop_compiled_and_plain_give_the_same_waits(history, reserve):
    trace, units = history

    compiled, plain = both(trace, units, Rules(reserve=reserve))

    assert_same(compiled, plain)


@given(histories(), RULES)
def test_every_rule_compiled_and_plain_gives_the_same_waits(history, rules):
    trace, units = history

    compiled, plain = both(trace, units, rules)

    assert_same(compiled, plain)


@given(histories(plain=True), st.integers(0, 3))
def test_loop_with_every_rule_is_the_base_loop_where_no_rule_is_used(history, reserve):
    trace, units = history
    rules = Rules(reserve=reserve)
    ruled = replace(trace, patience=np.full(len(trace), 1e9))

    base, other = both(trace, units, rules)[0], both(ruled, units, rules)[0]

    assert_same(base, other)


@given(histories(areas=3, plain=True), st.data())
def test_areas_that_help_each_other_compiled_and_plain_give_the_same_waits(history, data):
    trace, _ = history
    local = data.draw(neighbourhoods(trace.hours))

    one, other = (answered_locally(trace, local, engine=it) for it in (COMPILED, PLAIN))

    assert_same(one, other)
    np.testing.assert_array_equal(one.helper, other.helper)
    np.testing.assert_array_equal(one.travel, other.travel)


@given(histories(grades=1, plain=True), st.lists(st.integers(0, 3), min_size=8, max_size=8))
def test_more_units_never_make_anyone_wait_longer_in_one_line(history, more):
    trace, units = history
    added = [a + b for a, b in zip(units, more, strict=False)]

    few, many = (both(trace, one, Rules(), grades=1)[0] for one in (units, added))

    few_waits, many_waits = (np.nan_to_num(it.waits, nan=NEVER) for it in (few, many))
    assert (many_waits <= few_waits).all()


@given(histories(), RULES)
def test_every_incident_is_served_or_left_or_still_waits(history, rules):
    trace, units = history

    found = both(trace, units, rules)[0]

    waiting, left = np.isnan(found.waits), found.left == 1
    assert not (waiting & left).any()
    assert waiting.sum() == found.waiting[-1].sum()
    assert (found.waits[~waiting] >= 0).all()
    assert (found.waits[left] == ((trace.at + trace.patience) - trace.at)[left]).all()


@given(histories(areas=1, plain=True))
def test_one_area_alone_is_the_force(history):
    trace, units = history
    local = neighbourhood_of_one(units)

    alone, force = answered_locally(trace, local), both(trace, units, Rules())[0]

    assert_same(alone, force)


def neighbourhood_of_one(units):
    shares = ((1.0,),) * 3
    return Local(("all",), shares, (tuple(units),), ((0.0,),), (0.0, 10.0, None))


def run_of(rules, by_hour, *, hours, grades=2, **columns):
    trace = traces.given(hours=hours, **columns)
    compiled, plain = both(trace, by_hour, rules, grades=grades)
    assert_same(compiled, plain)
    return compiled


def test_nobody_starts_while_more_are_busy_than_are_due():
    """Two are busy past the hour in which one is due: the second of them frees no unit."""
    found = run_of(
        Rules(), [2, 1, 1], hours=3,
        at=[0, 0, 30], grade=[0, 0, 0], minutes=[70, 80, 10],
    )  # fmt: skip

    assert found.waits.tolist() == [0, 0, 50]


def test_a_shift_that_hands_over_lays_the_longest_of_the_lowest_grade_down():
    """At 60 one of three stays: grade 1. The others are taken up when it clears at 100."""
    found = run_of(
        Rules(shift_end=HANDOVER), [3, 1, 1, 1], hours=4,
        at=[0, 0, 0, 65], grade=[1, 1, 0, 1], minutes=[90, 80, 100, 10],
    )  # fmt: skip

    # work laid down goes before the line: 30 minutes until 130, 20 until 150, then the last
    assert found.waits.tolist() == [0, 0, 0, 85]
    assert found.busy.tolist() == [3, 1, 0, 0]


def test_work_that_ends_as_the_shift_does_is_not_handed_over():
    found = run_of(
        Rules(shift_end=HANDOVER), [2, 1], hours=2,
        at=[0, 0, 60], grade=[0, 1, 1], minutes=[70, 60, 10],
    )  # fmt: skip

    assert found.waits.tolist() == [0, 0, 10]


def test_units_in_reserve_start_for_the_first_grade_alone():
    found = run_of(
        Rules(reserve=1), [2], hours=1,
        at=[0, 1, 2], grade=[1, 1, 0], minutes=[20, 5, 5],
    )  # fmt: skip

    assert found.waits.tolist() == [0, 19, 0]


def test_the_first_grade_takes_the_unit_under_way_that_was_sent_last():
    """Both are 10 minutes from lower grades at 8; the one sent at 4 turns, and goes anew at 20."""
    found = run_of(
        Rules(divert=True), [2], hours=1,
        at=[0, 4, 8], grade=[1, 1, 0], minutes=[20, 30, 40], travel=[10, 10, 2],
    )  # fmt: skip

    assert found.waits.tolist() == [0, 16, 0]


def test_a_unit_that_has_arrived_is_never_taken_away():
    found = run_of(
        Rules(divert=True), [1], hours=1,
        at=[0, 10], grade=[1, 0], minutes=[20, 10], travel=[10, 2],
    )  # fmt: skip

    assert found.waits.tolist() == [0, 10]


def test_an_incident_whose_patience_is_over_leaves_before_a_unit_that_clears_then():
    found = run_of(
        Rules(), [1], hours=1,
        at=[0, 0, 0], grade=[0, 0, 0], minutes=[20, 5, 5], patience=[NEVER, 20, 21],
    )  # fmt: skip

    assert found.waits.tolist() == [0, 20, 20]
    assert found.left.tolist() == [0, 1, 0]


def test_the_first_of_several_units_answers_and_the_rest_come_as_they_free():
    """The first of two units goes at once; the second only when a unit clears at 20."""
    found = run_of(
        Rules(), [2], hours=1,
        at=[0, 5, 6], grade=[0, 0, 0], minutes=[20, 30, 10], units=[1, 2, 1],
    )  # fmt: skip

    assert found.waits.tolist() == [0, 0, 29]


def test_a_trace_of_other_hours_than_the_model_is_refused():
    model = steady(fixed(), units=2, hours=2)
    trace = traces.given(hours=3, at=[0], grade=[0], minutes=[5])

    with pytest.raises(DefinitionRefused, match="the trace covers 3 hours"):
        respond(trace, model)


def test_a_trace_of_a_grade_the_model_has_not_is_refused():
    model = steady(fixed(), units=2, hours=2)
    trace = traces.given(hours=2, at=[0], grade=[1], minutes=[5])

    with pytest.raises(DefinitionRefused, match="the trace has grade 1"):
        respond(trace, model)


def test_an_engine_nobody_made_is_refused():
    model = steady(fixed(), units=2, hours=2)
    trace = traces.given(hours=2, at=[0], grade=[0], minutes=[5])

    with pytest.raises(NotKnown, match="no engine is called 'quantum'"):
        respond(trace, model, engine="quantum")
