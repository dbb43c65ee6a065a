"""A series is an unbroken grid of months, in which missing is not zero."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused
from regard.core.periods import Month


def test_series_knows_its_grid(robbery):
    series = robbery()

    assert [m.iso for m in series.months] == ["2019-06", "2019-07", "2019-08"]
    assert series.end == Month(2019, 8)


def test_missing_month_is_missing_and_not_nought(robbery):
    series = robbery()

    assert series.missing == (Month(2019, 7),)
    assert series.at(Month(2019, 7)) is None
    assert series.supplied == ((Month(2019, 6), 10.0), (Month(2019, 8), 12.0))


def test_month_outside_the_grid_has_no_value(robbery):
    assert robbery().at(Month(2019, 5)) is None
    assert robbery().at(Month(2019, 9)) is None


def test_missing_month_without_a_reason_is_refused(robbery):
    with pytest.raises(DefinitionRefused, match="lacks 2019-07 and does not say why"):
        robbery(why_missing={})


@pytest.mark.parametrize("wrong", [{"kind": "ratio"}, {"better": "up"}])
def test_kind_or_polarity_outside_the_list_is_refused_by_name(robbery, wrong):
    with pytest.raises(DefinitionRefused) as refused:
        robbery(**wrong)

    assert str(refused.value).startswith("robbery has kind")
    assert next(iter(wrong.values())) in str(refused.value)


def test_bases_of_another_length_are_refused(robbery):
    with pytest.raises(DefinitionRefused, match="has 3 values and 2 bases"):
        robbery(bases=(1.0, 2.0))


def test_between_cuts_values_bases_reasons_and_the_last_day(robbery):
    series = robbery(bases=(100.0, None, 120.0))

    cut = series.between(Month(2019, 6), Month(2019, 7))

    assert cut.values == (10.0, None)
    assert cut.bases == (100.0, None)
    assert cut.counted_to == date(2019, 7, 31)
    assert set(cut.why_missing) == {Month(2019, 7)}


def test_since_keeps_the_end(robbery):
    cut = robbery().since(Month(2019, 8))

    assert cut.values == (12.0,)
    assert cut.why_missing == {}


def test_between_months_outside_the_grid_is_refused_with_the_grid(robbery):
    with pytest.raises(DefinitionRefused) as refused:
        robbery().since(Month(2020, 1))

    assert str(refused.value) == (
        "robbery of merseyside has no month from January 2020 to August 2019\n"
        "Expected: months between June 2019 and August 2019"
    )


@given(first=st.integers(0, 2), last=st.integers(0, 2))
def test_a_cut_says_of_each_of_its_months_what_the_whole_says(robbery, first, last):
    series = robbery()
    low, high = series.start + min(first, last), series.start + max(first, last)

    cut = series.between(low, high)

    assert [cut.at(m) for m in cut.months] == [series.at(m) for m in cut.months]
    assert (cut.start, cut.end) == (low, high)
