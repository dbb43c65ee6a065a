"""Refusals: the three parts of a message, and one exit code a class."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core import errors
from regard.core.errors import (
    LONGEST_VALUE,
    MOST_PROBLEMS,
    FileRefused,
    NotKnown,
    Problem,
    RegardError,
    error_classes,
    shown,
)


def test_message_has_three_parts_in_order():
    refusal = RegardError(
        "crime.csv, row 7: month is '2019-13'",
        expected="a month such as 2019-07",
        next_step="correct the row and bring the file in again",
    )

    assert str(refusal) == (
        "crime.csv, row 7: month is '2019-13'\n"
        "Expected: a month such as 2019-07\n"
        "Next: correct the row and bring the file in again"
    )


def test_message_without_expectation_or_next_step_is_one_line():
    assert str(RegardError("the ledger holds 7 rows")) == "the ledger holds 7 rows"


def test_shown_quotes_text_and_leaves_numbers_bare():
    assert shown("essex") == "'essex'"
    assert shown(12) == "12"


@given(st.text())
def test_shown_never_passes_the_longest_value(text):
    assert len(shown(text)) <= LONGEST_VALUE


def test_shown_marks_a_value_that_was_cut():
    assert shown("x" * 200).endswith("…")


def test_problem_names_file_row_column_and_value():
    problem = Problem("crime.csv", 1_207, "Month", "2019-13", "not a month")

    assert str(problem) == "crime.csv, row 1,207, column Month: not a month (found '2019-13')"


def test_problem_of_the_whole_file_names_only_the_file():
    assert str(Problem("crime.csv", 0, "", "", "is empty")) == "crime.csv: is empty"


def test_file_refused_lists_its_problems_under_one_line():
    refused = FileRefused(
        [Problem("crime.csv", 2, "Month", "x", "not a month")], expected="a month such as 2019-07"
    )

    assert str(refused) == (
        "crime.csv was not brought in: 1 problem\n"
        "  crime.csv, row 2, column Month: not a month (found 'x')\n"
        "Expected: a month such as 2019-07"
    )


def test_file_refused_counts_several_problems():
    problems = [Problem("crime.csv", row, "Month", "x", "not a month") for row in (1, 2)]

    assert "not brought in: 2 problems" in str(FileRefused(problems))


def test_file_refused_stops_at_the_most_problems_and_says_so():
    problems = [Problem("crime.csv", row, "Month", "x", "not a month") for row in range(1, 80)]

    text = str(FileRefused(problems))

    assert f"the first {MOST_PROBLEMS} problems" in text
    assert text.count("\n") == MOST_PROBLEMS


def test_file_refused_with_no_problem_says_there_was_nothing():
    assert str(FileRefused([])) == "nothing to bring in"


def test_not_known_offers_the_nearest_names():
    refused = NotKnown("measure", "burglry", ["burglary", "robbery"], next_step="see the list")

    assert str(refused) == (
        "no measure is called 'burglry'\nExpected: one of burglary\nNext: see the list"
    )


def test_not_known_with_nothing_near_offers_the_first_twelve():
    known = [f"area-{number:02d}" for number in range(20)]

    refused = NotKnown("force", "zzz", known)

    assert refused.expected.startswith("one of area-00, area-01")
    assert refused.expected.endswith("area-11 and 8 more")


def test_not_known_with_few_names_and_none_near_offers_them_all():
    assert NotKnown("force", "zzz", ["essex", "kent"]).expected == "one of essex, kent"


def test_not_known_where_nothing_is_defined_says_so():
    assert NotKnown("plan", "x", []).expected == "a plan; there is none"


def test_error_classes_are_the_public_classes_of_the_module():
    named = {one for one in vars(errors).values() if isinstance(one, type)}

    assert set(error_classes()) >= {one for one in named if issubclass(one, RegardError)}


def test_error_classes_have_distinct_exit_codes_above_those_of_the_shell():
    codes = [one.exit_code for one in error_classes()]

    assert codes == sorted(set(codes))
    assert min(codes) >= 10
    assert max(codes) < 126


def test_error_classes_leave_out_a_class_from_elsewhere():
    class Foreign(RegardError):
        """A class defined by a test."""

    assert Foreign not in error_classes()


@pytest.mark.parametrize("one", error_classes(), ids=lambda one: one.__name__)
def test_every_error_class_says_what_it_is(one):
    assert (one.__doc__ or "").strip()
