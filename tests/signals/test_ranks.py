"""A year's place in its history."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.core.periods import FinancialYear
from regard.signals.ranks import ORDINALS, rank_in_history
from signals.conftest import made_figure

NOW, THEN = (date(2013, 4, 1), date(2014, 3, 14)), (date(2012, 4, 1), date(2013, 3, 14))
SINCE = FinancialYear(2002)


def years(*totals, first=2002):
    return [
        made_figure(total, date(first + at, 4, 1), date(first + at + 1, 3, 31))
        for at, total in enumerate(totals)
        if total is not None
    ]


PAST = years(*range(300_000, 190_000, -11_000), 170_000)


def words(rank):
    return " ".join(map(str, rank.statements()))


def test_the_second_lowest_since_2002_03_states_its_base_year_and_its_assumption(counted):
    """P32 of the source paper: likely the 2nd lowest annual level since 2002/03."""
    rank = rank_in_history(
        counted(164_000, *NOW), PAST, since=SINCE, same_period=counted(161_000, *THEN)
    )

    assert (rank.lowest, rank.years, rank.place) == (2, 12, "second lowest")
    assert words(rank) == (
        "2013/14 would be the second lowest of the 12 years compared since 2002/03 if the rest of "
        "the year is as it was last year: 173,000 offences. It is no higher than that if fewer "
        "than 37,000 offences more are counted by 31 March 2014."
    )


def test_without_last_years_figure_the_rest_goes_at_the_average(counted):
    rank = rank_in_history(counted(164_000, *NOW), PAST, since=SINCE)

    assert "if the rest of the year goes at the average so far" in words(rank)


def test_a_whole_year_supposes_nothing(counted):
    whole = counted(500_000, date(2013, 4, 1), date(2014, 3, 31))

    rank = rank_in_history(whole, PAST, since=SINCE)

    assert words(rank) == (
        "2013/14 is the highest of the 12 years compared since 2002/03: 500,000 offences."
    )


def test_a_year_without_a_figure_is_named(counted):
    rank = rank_in_history(
        counted(50, date(2013, 4, 1), date(2014, 3, 31)),
        years(90, None, 70, first=2010),
        since=FinancialYear(2010),
    )

    assert "Years without a figure are left out: 2011/12." in words(rank)


def test_years_before_the_stated_first_one_do_not_count(counted):
    rank = rank_in_history(
        counted(50, date(2013, 4, 1), date(2014, 3, 31)),
        years(1, 2, 90, 80, first=2009),
        since=FinancialYear(2011),
    )

    assert rank.place == "lowest"


def test_a_year_equal_to_another_is_joint(counted):
    whole = counted(70, date(2013, 4, 1), date(2014, 3, 31))

    rank = rank_in_history(whole, years(90, 80, 70, first=2010), since=FinancialYear(2010))

    assert rank.place == "joint lowest"


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=11), st.integers(0, 1000))
def test_a_place_and_the_years_on_either_side_make_the_whole(totals, this):
    whole = made_figure(this, date(2013, 4, 1), date(2014, 3, 31))

    rank = rank_in_history(whole, years(*totals, first=2013 - len(totals)), since=SINCE)

    assert rank.lowest + rank.highest == rank.years + 1 - totals.count(this)
    assert rank.place.split()[-1] in ("lowest", "highest")
    assert min(rank.lowest, rank.highest) <= len(ORDINALS)


def test_without_a_year_to_compare_there_is_no_place(counted):
    with pytest.raises(NotEnoughData, match="no year from 2002/03 to 2012/13"):
        rank_in_history(counted(1, *NOW), [], since=SINCE)


def test_a_part_of_a_year_that_starts_late_is_refused(counted):
    with pytest.raises(DefinitionRefused, match="covers 1 May 2013"):
        rank_in_history(counted(1, date(2013, 5, 1), date(2014, 3, 14)), PAST, since=SINCE)
