"""The end of one year: values, words and what is refused."""

from datetime import date

import numpy as np
import pytest

from regard.core.errors import DefinitionRefused, NotComparable, NotEnoughData
from regard.core.periods import FinancialYear, Month
from regard.core.statements import trace
from regard.signals.yearend import year_end, year_end_many

YEAR = FinancialYear(2014)
START = Month(2010, 4)


def counts_of(mean=200.0, months=52, seed=11):
    random = np.random.default_rng(seed)
    wave = 1 + 0.1 * np.cos(2 * np.pi * np.arange(months) / 12)
    return [float(one) for one in random.poisson(mean * wave)]


@pytest.fixture
def end(vehicle_crime):
    return year_end(vehicle_crime(counts_of()), YEAR)


def test_it_is_the_same_as_one_of_many(vehicle_crime):
    counts = counts_of()

    one = year_end(vehicle_crime(counts), YEAR)
    many = year_end_many([counts], start=START, year=YEAR)

    assert one.total.interval is not None
    assert one.likely.interval is not None
    assert one.total.known == pytest.approx(many.median[0], abs=0.51)
    assert (one.likely.interval.low, one.likely.interval.high) == (
        many.lower80[0],
        many.upper80[0],
    )
    assert (one.total.interval.low, one.total.interval.high) == (many.lower95[0], many.upper95[0])


def test_the_year_so_far_is_part_of_the_total(end):
    assert end.so_far.known == sum(counts_of()[48:])
    assert end.total.parts == (end.so_far,)
    assert end.total.basis == "forecast"
    assert end.totals[0] >= end.so_far.known


def test_every_month_to_come_has_its_fan_and_the_last_is_the_year(end):
    assert [one.month for one in end.fan] == [Month(2014, 8) + at for at in range(8)]
    for one in (*end.fan, *end.cumulative):
        assert one.low95 <= one.low80 <= one.centre <= one.high80 <= one.high95
    last = end.cumulative[-1]
    assert last.centre == pytest.approx(end.total.known, abs=1)
    assert last.low80 == pytest.approx(end.likely.interval.low, abs=1)
    assert np.all(np.diff([one.centre for one in end.cumulative]) > 0)


def test_it_says_what_it_expects_and_what_it_rests_on(end):
    assert [str(one) for one in end.statements()] == [
        f"{end.so_far} in 2014/15 to 31 July 2014, with 8 months still to come.",
        f"Vehicle crime is expected to end 2014/15 at {end.total}; likely range "
        f"{end.likely.range_said}, and 95% range {end.total.range_said}.",
        f"This carries the level as it now stands to the end of the year, drifting as far as such "
        f"levels do ({100 * end.drift:.1f}% a month), with a season of two waves a year; it rests "
        f"on 52 months of counts that vary {end.dispersion:.1f} times as much as chance alone "
        "about it.",
        f"Foretold in the same way at 6 earlier points of its own, {end.past.inside80} of 6 "
        "outcomes lay within the likely range: the ranges stand as they are.",
    ]


def test_the_trace_of_the_total_reaches_the_rows(end):
    told = " ".join(str(one) for one in trace(end.total))

    assert "2,000 simulated year ends" in told
    assert "import 3" in told


def test_the_same_series_gives_the_same_year_end_twice(vehicle_crime):
    first, second = (year_end(vehicle_crime(counts_of()), YEAR) for _ in range(2))

    assert first.totals.tobytes() == second.totals.tobytes()
    assert str(first) == str(second)
    assert first.total.id == second.total.id


def test_a_gap_in_the_year_is_simulated_and_said(vehicle_crime):
    counts = counts_of()
    counts[49] = None

    found = year_end(vehicle_crime(counts), YEAR)

    assert found.simulated == (Month(2014, 5),)
    assert found.fan[0].month == Month(2014, 5)
    assert found.cumulative[0].centre < found.so_far.known
    assert found.cumulative[-1].centre == pytest.approx(found.total.known, abs=1)
    assert "No value for May 2014: simulated with the months to come" in str(found)
    assert "in the months of 2014/15 supplied to 31 July 2014; 9 months are not known yet" in str(
        found
    )


def test_a_year_that_has_not_begun_is_foretold_from_the_years_before(vehicle_crime):
    found = year_end(vehicle_crime(counts_of(months=46)), YEAR)

    assert found.so_far.value is None
    assert len(found.fan) == 12
    assert str(found.statements()[0]) == "No month of 2014/15 has been supplied yet."
    assert found.total.known == pytest.approx(2400, rel=0.15)


def test_a_whole_year_is_said_and_not_foretold(vehicle_crime):
    counts = counts_of(months=60)

    found = year_end(vehicle_crime(counts), YEAR)

    assert found.state == "complete"
    assert found.total.known == sum(counts[48:])
    assert found.fan == ()
    assert str(found) == (
        f"Vehicle crime ended 2014/15 at {found.total}: every month is counted and nothing is "
        "foretold."
    )


def test_part_of_a_month_is_known_and_the_rest_still_to_come(vehicle_crime, counted):
    counts = counts_of(months=59)
    part = counted(sum(counts[48:59]) + 90, date(2014, 4, 1), date(2015, 3, 14))

    found = year_end(vehicle_crime(counts), YEAR, so_far=part)
    whole = year_end(vehicle_crime(counts), YEAR)

    assert [one.month for one in found.fan] == [Month(2015, 3)]
    assert found.fan[0].centre == pytest.approx(whole.fan[0].centre * 17 / 31, rel=0.05)
    assert found.total.known == pytest.approx(part.known + found.fan[0].centre, abs=2)


def test_a_figure_of_the_year_so_far_may_hold_months_that_the_series_lacks(vehicle_crime, counted):
    counts = counts_of()
    counts[49] = None
    so_far = counted(850.0, date(2014, 4, 1), date(2014, 7, 31))

    found = year_end(vehicle_crime(counts), YEAR, so_far=so_far)

    assert found.so_far == so_far
    assert found.simulated == ()
    assert [one.month for one in found.fan] == [Month(2014, 8) + at for at in range(8)]
    assert found.totals[0] >= 850.0


@pytest.mark.parametrize(
    "changed, end, kind, words",
    [
        ({}, date(2014, 6, 30), DefinitionRefused, "ends on 2014-06-30"),
        ({"measure": "burglary"}, date(2014, 7, 31), NotComparable, "burglary and vehicle-crime"),
        ({"period": None}, date(2014, 7, 31), DefinitionRefused, "covers None"),
    ],
)
def test_a_figure_that_does_not_belong_is_refused(
    vehicle_crime, counted, changed, end, kind, words
):
    so_far = counted(850.0, date(2014, 4, 1), end, **changed)

    with pytest.raises(kind) as refused:
        year_end(vehicle_crime(counts_of()), YEAR, so_far=so_far)

    assert words in str(refused.value)


def test_too_short_a_history_says_what_is_needed(vehicle_crime):
    short = vehicle_crime(counts_of(months=18), start=Month(2013, 2))

    with pytest.raises(NotEnoughData) as refused:
        year_end(short, YEAR)

    assert str(refused.value) == (
        "vehicle-crime of west-midlands has 18 months, too few to foretell 2014/15\n"
        "Expected: at least 24 months of counts\n"
        "Next: bring in 6 more, from before February 2013"
    )


def test_a_series_that_starts_within_the_year_is_refused(vehicle_crime):
    with pytest.raises(NotEnoughData, match="3 months from June 2014, and 2014/15 starts in April"):
        year_end(vehicle_crime([1.0, 2.0, 3.0], start=Month(2014, 6)), YEAR)


def test_a_series_that_ended_long_ago_is_refused(vehicle_crime):
    with pytest.raises(NotEnoughData, match="last month of vehicle-crime .* is December 2012"):
        year_end(vehicle_crime(counts_of(months=33)), YEAR)


@pytest.mark.parametrize("kind", ["rate", "proportion", "weighted-sum"])
def test_what_is_not_a_count_is_refused(vehicle_crime, kind):
    with pytest.raises(DefinitionRefused) as refused:
        year_end(vehicle_crime(counts_of(), kind=kind), YEAR)

    assert f"is a {kind}, and a year of it is no sum of its months" in str(refused.value)
    assert "foretell the counts that it is made from" in str(refused.value)


def test_less_than_three_years_have_no_season_and_it_is_said(vehicle_crime):
    found = year_end(vehicle_crime(counts_of(months=30)), FinancialYear(2012))

    assert found.season == "no season"
    assert "No season is allowed for: that takes 36 months and there are 30." in str(found)
    assert "There are too few earlier years of its own" in str(found)


def test_low_counts_are_whole_numbers_and_it_is_said(vehicle_crime):
    found = year_end(vehicle_crime(counts_of(mean=2.0)), YEAR)

    assert found.few
    assert np.all(found.totals == np.floor(found.totals))
    assert "At under 10 a month, counts are simulated as whole numbers" in str(found)


def test_an_accepted_step_is_used_and_said(vehicle_crime):
    counts = counts_of()
    counts[47:] = [round(0.5 * one) for one in counts[47:]]

    found = year_end(vehicle_crime(counts), YEAR, baselines=(START + 20, START + 47))

    assert found.step == START + 47
    assert "The level is read from March 2014 on, the last accepted step" in str(found)
    assert found.total.known == pytest.approx(1200, rel=0.12)


def test_corrections_below_nought_enter_as_counted_and_are_said(vehicle_crime):
    counts = counts_of()
    counts[50] = -20.0

    found = year_end(vehicle_crime(counts), YEAR)

    assert found.so_far.known == sum(counts[48:])
    assert "1 month below nought" in str(found)


def test_a_past_that_was_missed_is_said_with_the_widening(vehicle_crime):
    leaps = np.repeat([1.0, 1.6, 0.9, 1.7, 1.0], 12)[:52]
    counts = [round(a * b) for a, b in zip(leaps, counts_of(), strict=True)]

    found = year_end(vehicle_crime(counts), YEAR)

    assert found.past.wider > 1.05
    assert f"every range here is {found.past.wider:.1f} times as wide" in str(found)
