"""Numbers with units, and how a paper prints them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused, NotComparable
from regard.core.quantities import Quantity, Range, rounded, said

numbers = st.floats(-1e9, 1e9)
whole = st.integers(-10_000, 10_000)


@pytest.mark.parametrize(
    ("value", "unit", "options", "printed"),
    [
        (14353, "offences", {}, "14,353 offences"),
        (2.1, "%", {"signed": True}, "+2.1%"),
        (-6.1, "%", {}, "−6.1%"),
        (-0.04, "%", {}, "0.0%"),
        (0, "%", {"signed": True}, "0.0%"),
        (82.4, "percentage points", {"signed": True}, "+82.4 percentage points"),
        (1829, "", {}, "1,829"),
        (34.25, "FTE", {}, "34.3 FTE"),
        (7, "FTE", {"places": 2}, "7.00 FTE"),
    ],
)
def test_said_prints_as_a_paper_does(value, unit, options, printed):
    assert said(value, unit, **options) == printed


@pytest.mark.parametrize(("value", "places", "printed"), [(0.5, 0, "1"), (2.675, 2, "2.68")])
def test_rounded_takes_halves_away_from_nought(value, places, printed):
    assert str(rounded(value, places)) == printed


@given(numbers, st.integers(0, 4))
def test_rounded_mirrors_around_nought(value, places):
    assert rounded(-value, places) == -rounded(value, places)


@given(numbers, st.integers(0, 4))
def test_rounded_moves_a_number_by_half_a_unit_at_most(value, places):
    assert abs(float(rounded(value, places)) - value) <= 0.5 * 10**-places * (1 + 1e-9) + 1e-6


@given(whole, whole)
def test_quantities_of_one_unit_add_subtract_and_order(one, two):
    first, second = Quantity(one, "PSUs"), Quantity(two, "PSUs")

    assert first + second - second == first
    assert (first < second) == (one < two)
    assert (first <= second) == (one <= two)


@given(whole)
def test_quantity_multiplies_from_either_side(value):
    assert 3 * Quantity(value, "PSUs") == Quantity(value, "PSUs") * 3


@pytest.mark.parametrize(
    "act",
    [
        lambda one, two: one + two,
        lambda one, two: one - two,
        lambda one, two: one < two,
        lambda one, two: one <= two,
    ],
)
def test_quantities_of_two_units_are_refused_and_both_are_named(act):
    with pytest.raises(NotComparable) as refused:
        act(Quantity(3, "PSUs"), Quantity(21, "officers"))

    assert str(refused.value) == (
        "3 PSUs and 21 officers are in different units\n"
        "Expected: two quantities in PSUs\n"
        "Next: put both on one unit first"
    )


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_quantity_that_is_no_number_is_refused(value):
    with pytest.raises(DefinitionRefused, match=f"a quantity of {value} PSUs is not a number"):
        Quantity(value, "PSUs")


@given(numbers, numbers, numbers)
def test_range_holds_what_lies_between_its_ends(one, two, value):
    low, high = min(one, two), max(one, two)

    assert (value in Range(low, high, 0.95)) == (low <= value <= high)


def test_range_is_said_from_low_to_high():
    assert Range(-2.1, 6.3, 0.95).said("%", signed=True) == "−2.1% to +6.3%"
    assert Range(-2.14, 6.3, 0.95).said("%", places=2) == "−2.14% to 6.30%"


@pytest.mark.parametrize("ends", [(2, 1, 0.95), (1, 2, 0), (1, 2, 1), (math.nan, 1, 0.5)])
def test_range_that_is_none_is_refused(ends):
    with pytest.raises(DefinitionRefused, match="is no range"):
        Range(*ends)
