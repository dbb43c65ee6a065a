"""Answers side by side: what they have alike, what differs, and on what they stand."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from regard.capability.questions import Question
from regard.capability.scenarios import Answered
from regard.core.errors import DefinitionRefused
from regard.web.capable.comparing import (
    LABELS,
    assumptions,
    compared,
    late_of,
    must_be_comparable,
)
from regard.web.capable.finding import Found


def reading(psus, grade, late=10.0):
    return {"psus": psus, "grade": grade, "late": late, "low": late - 1, "high": late + 1}


def answer(*readings, inputs="a" * 64, incidents="i", **asked):
    return Answered(
        "west-midlands", date(2021, 11, 14), True, Question(1, 2, **asked), inputs, incidents,
        "d" * 64, 100, readings, ("A sentence.",), (), (), (), {}, "s" * 64,
    )  # fmt: skip


def side_by_side(*answers):
    return compared([Found(one, None) for one in answers])


def test_rows_are_of_every_number_and_grade_in_order_of_urgency():
    one = answer(reading(0, "immediate"), reading(0, "early"), reading(2, "immediate"))
    other = answer(reading(0, "immediate"), reading(0, "early"), reading(1, "early", 0.4))

    rows = side_by_side(one, other).rows

    assert [(psus, grade) for psus, grade, _ in rows] == [
        ("Nobody away", "immediate"), ("Nobody away", "early"), ("1", "early"), ("2", "immediate"),
    ]  # fmt: skip
    assert rows[2][2] == ("", "0.4% (0.0% to 1.4%)")
    assert rows[3][2] == ("10.0% (9.0% to 11.0%)", "")


def test_only_what_differs_is_said():
    held = side_by_side(answer(hour=7), answer(hour=19, divert=True, inputs="b" * 64))

    assert dict(held.differing) == {
        "Hour they go": ("07:00", "19:00"),
        "Whether a unit on its way may be taken": ("No", "Yes"),
        "Inputs (SHA-256)": ("a" * 12, "b" * 12),
    }
    assert held.one_force
    assert not side_by_side(answer(), replace(answer(), force="kent")).one_force


@pytest.mark.parametrize(
    "other, said",
    [
        (answer(), "They are of the same inputs."),
        (answer(inputs="b"), "met the same incidents"),
        (answer(inputs="b", incidents="j"), "must not be subtracted"),
    ],
)
def test_on_what_they_stand_is_said_honestly(other, said):
    assert said in side_by_side(answer(), other).basis


def test_answers_that_say_nothing_of_their_incidents_are_not_taken_to_be_of_the_same():
    held = side_by_side(answer(incidents=""), answer(inputs="b", incidents=""))

    assert "must not be subtracted" in held.basis


def test_a_range_ends_where_percentages_do():
    assert late_of(99.5, 98.9, 100.4) == "99.5% (98.9% to 100.0%)"


def test_every_assumption_has_its_words():
    assert set(LABELS) == {one.name for one in fields(Question)}
    said = dict(assumptions(Question(3, 6, on_shift=0.42, levels=(0, 3), shift_end="handover")))
    assert said["Taken from response, 07:00 to 19:00"] == "42.0%"
    assert said["Day they go"] == "Friday"
    assert said["Numbers of PSUs that are shown"] == "0, 3"
    assert said["At the end of a shift"] == "Jobs are handed over"
    assert all(said.values())


@pytest.mark.parametrize("count", [0, 1, 5])
def test_too_few_and_too_many_are_refused(count):
    with pytest.raises(DefinitionRefused, match=f"{count} answers"):
        must_be_comparable(["a"] * count)
