"""Time as a force counts it: months, periods with both ends, financial years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused
from regard.core.periods import FinancialYear, Month, Period, day_said, months_between

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
months = st.builds(Month, st.integers(1990, 2060), st.integers(1, 12))
periods = st.tuples(days, days).map(lambda pair: Period(min(pair), max(pair)))


def test_day_is_said_without_a_leading_nought():
    assert day_said(date(2014, 4, 1)) == "1 April 2014"


@given(months, st.integers(-300, 300))
def test_month_plus_months_is_that_many_away(month, step):
    assert (month + step) - month == step


@given(months)
def test_month_reads_back_from_its_own_text(month):
    assert Month.parse(month.iso) == month


@given(months)
def test_month_ends_on_the_day_before_the_next_starts(month):
    assert month.end + timedelta(days=1) == (month + 1).start
    assert month.period.days == month.days


def test_the_last_month_that_there_is_has_an_end():
    assert Month(9999, 12).end == date.max


@given(days)
def test_month_of_a_day_holds_the_day(day):
    assert day in Month.of(day).period


@given(months, months)
def test_months_are_ordered_as_their_first_days(one, two):
    assert (one < two) == (one.start < two.start)
    assert (one >= two) == (one.start >= two.start)


@pytest.mark.parametrize("number", [0, 13])
def test_month_outside_the_year_is_refused(number):
    with pytest.raises(DefinitionRefused, match=f"month {number} of 2019 does not exist"):
        Month(2019, number)


@pytest.mark.parametrize("text", ["2019", "2019-7", "July 2019", "2019-07-01", ""])
def test_text_that_is_not_a_month_is_refused(text):
    with pytest.raises(DefinitionRefused) as refused:
        Month.parse(text)

    assert str(refused.value) == f"{text!r} is not a month\nExpected: a month such as 2019-07"


def test_months_between_a_later_and_an_earlier_are_none():
    assert months_between(Month(2020, 1), Month(2019, 12)) == ()


def test_months_between_include_both_ends():
    assert [m.iso for m in months_between(Month(2019, 12), Month(2020, 1))] == [
        "2019-12",
        "2020-01",
    ]


@given(periods)
def test_period_counts_the_days_it_walks(period):
    if period.days < 400:
        assert len(list(period)) == period.days
    assert period.start in period
    assert period.end in period
    assert period.end + timedelta(days=1) not in period


@given(periods)
def test_whole_and_part_months_together_are_the_period(period):
    whole = sum(month.days for month in period.whole_months)
    parts = sum(part.days for part in period.part_months)

    assert whole + parts == period.days
    assert len(period.part_months) <= 2


@given(periods)
def test_length_in_months_lies_between_whole_and_touched_months(period):
    assert len(period.whole_months) <= period.in_months <= len(period.months)


def test_length_in_months_counts_a_part_month_by_its_share():
    assert Period(date(2014, 2, 1), date(2014, 3, 31)).in_months == 2
    assert Period(date(2014, 2, 1), date(2014, 2, 14)).in_months == pytest.approx(0.5)


@given(periods)
def test_a_year_before_starts_in_the_same_month_of_the_year_before(period):
    before = period.a_year_before()

    assert Month.of(period.start) - Month.of(before.start) == 12
    assert Month.of(period.end) - Month.of(before.end) == 12


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ((date(2020, 2, 1), date(2020, 2, 29)), (date(2019, 2, 1), date(2019, 2, 28))),
        ((date(2021, 2, 1), date(2021, 2, 28)), (date(2020, 2, 1), date(2020, 2, 29))),
        ((date(2020, 2, 29), date(2020, 3, 14)), (date(2019, 2, 28), date(2019, 3, 14))),
    ],
)
def test_a_year_before_keeps_whole_februaries_whole(now, then):
    assert Period(*now).a_year_before() == Period(*then)


def test_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(DefinitionRefused, match=r"ends \(2014-03-31\) before it starts"):
        Period(date(2014, 4, 1), date(2014, 3, 31))


def test_period_of_one_day_is_said_as_that_day():
    assert str(Period(date(2014, 3, 14), date(2014, 3, 14))) == "14 March 2014"


@given(days)
def test_financial_year_of_a_day_holds_it_and_the_years_meet(day):
    year = FinancialYear.of(day)

    assert day in year.period
    assert year.previous.end + timedelta(days=1) == year.start
    assert len(year.months) == 12


@given(st.integers(1990, 2060))
def test_financial_year_reads_back_from_its_own_text(first_year):
    year = FinancialYear(first_year)

    assert FinancialYear.parse(str(year)) == year


def test_financial_year_across_the_century_is_read_in_both_spellings():
    assert FinancialYear.parse("1999/00") == FinancialYear.parse("1999/2000")


@pytest.mark.parametrize("text", ["2013", "2013/15", "13/14", "2013-14"])
def test_text_that_is_not_a_financial_year_is_refused(text):
    with pytest.raises(DefinitionRefused, match="is not a financial year"):
        FinancialYear.parse(text)


@given(days)
def test_year_to_date_and_what_remains_make_the_year(day):
    year = FinancialYear.of(day)

    left = year.remaining(day)

    assert year.to(day).days + (left.days if left else 0) == year.period.days


def test_nothing_remains_on_the_last_day():
    assert FinancialYear(2013).remaining(date(2014, 3, 31)) is None


def test_year_to_a_day_is_said_as_papers_write_it():
    assert FinancialYear(2013).said_to(date(2014, 3, 14)) == "2013/14 to 14 March"


@pytest.mark.parametrize("asked", ["to", "remaining", "said_to"])
def test_a_day_outside_the_financial_year_is_refused(asked):
    with pytest.raises(DefinitionRefused) as refused:
        getattr(FinancialYear(2013), asked)(date(2014, 4, 1))

    assert str(refused.value) == (
        "2014-04-01 is not in the financial year 2013/14\n"
        "Expected: a day in 1 April 2013 to 31 March 2014"
    )
