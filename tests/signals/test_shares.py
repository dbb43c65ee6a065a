"""A whole and its parts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import NotComparable, NotEnoughData
from regard.signals.shares import composition, share_of_change
from signals.conftest import made_figure

NOW, THEN = (date(2013, 4, 1), date(2014, 3, 14)), (date(2012, 4, 1), date(2013, 3, 14))


def parts(part_now, part_then, whole_now, whole_then, **changed):
    return {
        "part_now": made_figure(part_now, *NOW, measure="shop-theft", **changed),
        "part_then": made_figure(part_then, *THEN, measure="shop-theft", **changed),
        "whole_now": made_figure(whole_now, *NOW, measure="business-crime"),
        "whole_then": made_figure(whole_then, *THEN, measure="business-crime"),
    }


def test_business_crime_without_shop_theft_fell():
    """S4-33: shop theft is 44% and +15.7%, the whole +4.0%, so the rest is -3.66%."""
    found = composition(**parts(44, 44 / 1.157, 100, 100 / 1.04))

    assert found.share_now.value == 44
    assert found.rest_change.known == pytest.approx(-3.66, abs=0.01)
    assert [str(one) for one in found.statements(part="Shop theft", whole="business crime")] == [
        "Shop theft makes up 44.0% of business crime, against 39.6% in the same period last year.",
        "It changed by +15.7% and business crime by +4.0%; all else in business crime "
        "changed by −3.7%.",
    ]


def test_987_of_a_rise_of_1_552_is_not_70_per_cent():
    """S4-27: 987 / 1,552 is 63.6%."""
    found = share_of_change(**parts(5000 + 987, 5000, 18_607, 17_055))

    assert str(found.printed()) == "63.6%"


def test_where_the_whole_did_not_change_there_is_no_share_of_its_change():
    found = share_of_change(**parts(5, 4, 10, 10))

    assert found.missing == "the whole did not change"


@given(st.integers(1, 1000), st.integers(1, 1000), st.integers(1, 1000), st.integers(1, 1000))
def test_part_and_rest_make_the_whole_at_both_times(part_now, part_then, rest_now, rest_then):
    found = composition(**parts(part_now, part_then, part_now + rest_now, part_then + rest_then))

    assert found.rest_now.value == rest_now
    assert found.rest_then.value == rest_then


def test_a_part_that_exceeds_its_whole_is_refused():
    with pytest.raises(NotEnoughData, match="is no part of business-crime"):
        composition(**parts(11, 5, 10, 10))


def test_a_part_of_another_area_is_refused():
    with pytest.raises(NotComparable, match="would mix kent and west-midlands"):
        composition(**parts(5, 5, 10, 10, scope="kent"))
