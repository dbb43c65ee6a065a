"""The laws of counting: conditions, exact sums, plain values."""

from __future__ import annotations

import math
from datetime import date, datetime
from fractions import Fraction

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.records.expressions import Tally, meets, plain, together
from regard.records.measures import FILLED, IN, NOT_IN, Condition

CODES = st.lists(st.sampled_from(("28A", "46", "48", None)), min_size=1, max_size=20)
TALLIES = st.lists(
    st.builds(
        Tally,
        rows=st.integers(0, 99),
        value=st.fractions(),
        base=st.fractions(0, 99),
        unweighted=st.dictionaries(st.sampled_from("abc"), st.fractions(0, 9)),
    ),
    max_size=6,
)


def rows_that_meet(codes: list[str | None], condition: Condition) -> list[str | None]:
    frame = nw.from_native(pl.DataFrame({"offence": codes}, schema={"offence": pl.String}))
    return frame.filter(meets(condition))["offence"].to_list()


@given(CODES)
def test_a_row_is_either_in_a_list_or_not_in_it_and_an_empty_cell_is_not(codes):
    among = rows_that_meet(codes, Condition("offence", IN, ("46", "48")))
    others = rows_that_meet(codes, Condition("offence", NOT_IN, ("46", "48")))

    assert len(among) + len(others) == len(codes)
    assert None not in among
    assert others.count(None) == codes.count(None)


@given(CODES)
def test_filled_keeps_every_cell_that_holds_something(codes):
    assert rows_that_meet(codes, Condition("offence", FILLED)) == [c for c in codes if c]


@given(TALLIES, st.randoms())
def test_tallies_add_up_to_the_same_in_any_order(tallies, chance):
    shuffled = list(tallies)
    chance.shuffle(shuffled)

    assert together(shuffled) == together(tallies)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=50))
def test_decimal_answers_are_summed_without_rounding_on_the_way(positive):
    tally = together(Tally(1, Fraction(one)) for one in positive)

    assert float(tally.value) == math.fsum(positive)


def test_a_proportion_of_nothing_has_no_value():
    assert Tally(0, Fraction(0), Fraction(0)).percent() is None


@pytest.mark.parametrize(
    ("value", "as_python"),
    [
        (np.float64("nan"), None),
        (np.int64(3), 3),
        (np.bool_(True), True),
        (datetime.fromisoformat("2014-03-14"), date(2014, 3, 14)),
        (None, None),
        ("46", "46"),
    ],
)
def test_values_come_back_as_python_has_them(value, as_python):
    assert plain(value) == as_python
    assert type(plain(value)) is type(as_python)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition("crime_type", IN, ("burglary",)), "crime_type is burglary"),
        (Condition("offence", IN, ("45", "48")), "offence is one of 45, 48"),
        (Condition("crime_type", NOT_IN, ("drugs",)), "crime_type is not drugs"),
        (Condition("domestic_abuse", IN, (True,)), "domestic_abuse is yes"),
        (Condition("priority_area", FILLED), "priority_area is filled in"),
    ],
)
def test_a_condition_says_in_words_what_it_keeps(condition, words):
    assert str(condition) == words
