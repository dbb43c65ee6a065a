"""Exact numbers become binary ones once, and a decimal number stays what it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.assurance.amounts import (
    ALL_BODIES,
    binary,
    counted,
    decimal_of,
    interval_of,
    named_scope,
    places_of,
)
from regard.core.errors import DefinitionRefused
from regard.core.quantities import Range
from regard.register.kinds import Amount

decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12)


@given(decimals)
def test_a_decimal_number_as_a_fraction_is_the_same_decimal_number_again(number):
    assert decimal_of(Fraction(number)) == number


def test_a_third_has_no_end_and_is_refused():
    with pytest.raises(DefinitionRefused, match="1/3 has no end"):
        decimal_of(Fraction(1, 3))


@pytest.mark.parametrize(
    ("number", "places"),
    [(Decimal("448.40"), 1), (Decimal("100"), 0), (Fraction(1, 3), None), (Fraction(1, 8), 3)],
)
def test_a_number_is_printed_with_the_places_that_it_has(number, places):
    assert places_of(number) == places


def test_a_tenth_is_the_nearest_binary_number():
    assert binary(Decimal("0.1")) == 0.1


def test_a_range_without_a_level_is_no_interval_of_our_choice():
    said = Amount(value=10, unit="PSUs", low=8, high=12)

    assert interval_of(said) is None


def test_a_range_that_is_certain_is_no_interval_either():
    assert interval_of(Amount(value=10, unit="PSUs", low=8, high=12, level=100)) is None


def test_a_range_with_its_level_is_kept():
    said = Amount(value=10, unit="PSUs", low=8, high=12, level=95)

    assert interval_of(said) == Range(8, 12, 0.95)


def test_what_binds_all_is_of_every_body():
    assert (named_scope(None), named_scope("party:a/b")) == (ALL_BODIES, "a/b")


def test_one_thing_is_counted_in_the_singular():
    one = counted(1, "move", what="moves", scope="a", as_at=date(2021, 1, 1), entries=())

    assert str(one) == "1 move"
