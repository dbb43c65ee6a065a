"""What the kinds are made of: exact numbers, windows, ranges, and nothing that is not known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from regard.register.kinds import Amount, Input, Window

days = st.none() | st.dates(date(2010, 1, 1), date(2020, 1, 1))


@pytest.mark.parametrize("value", [1.5, float("nan"), "many", "", "NaN", "Infinity", True, None])
def test_a_number_is_exact_or_refused(value):
    with pytest.raises(ValidationError, match=r"value"):
        Amount(value=value, unit="PSUs")


@pytest.mark.parametrize(("given_", "held"), [("1.50", "1.50"), (17, "17"), (Decimal(3), "3")])
def test_a_number_keeps_the_way_it_is_written(given_, held):
    assert str(Input(name="units", value=given_, unit="PSUs").value) == held


@given(start=days, end=days, day=st.dates(date(2010, 1, 1), date(2020, 1, 1)))
def test_a_window_holds_the_days_between_its_ends(start, end, day):
    if start and end and end < start:
        with pytest.raises(ValidationError, match="before it starts"):
            Window(start=start, end=end)
        return

    window = Window(start=start, end=end)

    assert window.holds(day) == ((start or day) <= day <= (end or day))


@given(ends=st.tuples(days, days, days, days))
def test_two_windows_meet_if_they_share_a_day(ends):
    a, b, c, d = ends
    if (a and b and b < a) or (c and d and d < c):
        return
    one, other = Window(start=a, end=b), Window(start=c, end=d)
    latest = max([day for day in (a, c) if day], default=date(2015, 1, 1))
    if not (a or c):
        latest = min([day for day in (b, d) if day], default=latest)

    assert one.meets(other) == other.meets(one)
    assert one.meets(other) == (one.holds(latest) and other.holds(latest))


@pytest.mark.parametrize(
    ("low", "high", "told"), [("1", None, "two ends"), (None, "1", "two ends"), ("3", "1", "down")]
)
def test_a_range_has_two_ends_in_order(low, high, told):
    with pytest.raises(ValidationError, match=told):
        Amount(value="2", unit="PSUs", low=low, high=high)


def test_an_amount_is_said_with_its_unit():
    assert str(Amount(value=1326, unit="officers", approximate=True)) == "about 1,326 officers"
    assert str(Amount(value="98.5", unit="%")) == "98.5%"
