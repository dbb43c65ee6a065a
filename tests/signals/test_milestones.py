"""Milestone arithmetic against the source paper and at its edges."""

from __future__ import annotations

from datetime import date

import pytest

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.core.periods import FinancialYear
from regard.signals.milestones import milestone_pace
from regard.signals.paces import STANDINGS, Milestone

YEAR = FinancialYear(2013)
NOW, THEN = (date(2013, 4, 1), date(2014, 3, 14)), (date(2012, 4, 1), date(2013, 3, 14))
BASE = (date(2012, 4, 1), date(2013, 3, 31))
LESS_5, LESS_8 = Milestone(YEAR, "lower", change=-5), Milestone(YEAR, "lower", change=-8)
AT_88 = Milestone(YEAR, "higher", level=88)


def words(pace):
    return " ".join(map(str, pace.statements()))


def test_five_per_cent_off_170_000_is_161_500(counted):
    """S4-16: 5% = 8,500; the target is 161,500, or 13,458 a month."""
    pace = milestone_pace(LESS_5, counted(150_000, *NOW), base_year=counted(170_000, *BASE))

    assert pace.target.value == 161_500
    assert round(pace.target.known / 12) == 13_458
    assert "2013/14 is 161,500 offences: −5% on 170,000 in 2012/13" in words(pace)


def test_an_average_of_14_353_a_month_ends_10_736_over(counted):
    """S4-17: 12 x 14,353 = 172,236, which misses 161,500 by 10,736 (+6.6%)."""
    eleven = counted(14_353 * 11, date(2013, 4, 1), date(2014, 2, 28))

    pace = milestone_pace(LESS_5, eleven, base_year=counted(170_000, *BASE))

    assert pace.pace_so_far.value == 14_353
    assert pace.at_average.value == 172_236
    assert pace.at_average_gap.value == 10_736
    assert str(pace.at_average_percent) == "+6.6%"
    assert "the year would end at 172,236 offences, 10,736 more than the milestone (+6.6%)" in (
        words(pace)
    )


def test_eight_per_cent_off_12_500_is_11_500(counted):
    """S4-23: 8% = 1,000; the target is 11,500."""
    pace = milestone_pace(LESS_8, counted(11_000, *NOW), base_year=counted(12_500, *BASE))

    assert pace.target.value == 11_500
    assert pace.left.value == 500
    assert pace.days_left.value == 17


@pytest.mark.parametrize(
    ("level", "so_far", "gap"), [(88, 83.8, -4.2), (80, 77.4, -2.6), (88, 82.4, -5.6)]
)
def test_satisfaction_stands_so_many_points_under_its_level(counted, level, so_far, gap):
    """S4-32: 4.2 points below 88%; S4-38: 2.6 under 80%."""
    rolling = counted(so_far, date(2013, 3, 1), date(2014, 2, 28), unit="%")

    pace = milestone_pace(Milestone(YEAR, "higher", level=level), rolling)

    assert pace.gap.known == pytest.approx(gap)
    assert pace.gap.unit == "percentage points"
    assert pace.standing == "short of the level"
    assert pace.needed_level is None


def test_with_last_years_figures_the_line_follows_last_years_shape(counted):
    pace = milestone_pace(
        LESS_5,
        counted(90, date(2013, 4, 1), date(2013, 9, 30)),
        base_year=counted(200, *BASE),
        same_period=counted(120, date(2012, 4, 1), date(2012, 9, 30)),
    )

    assert pace.share.value == 60
    assert pace.expected.value == 114
    assert (pace.position, pace.gap.value) == ("ahead", -24)


def test_without_them_the_line_follows_the_days(counted):
    so_far = counted(120, date(2013, 4, 1), date(2013, 9, 30))

    pace = milestone_pace(LESS_5, so_far, base_year=counted(200, *BASE))

    assert pace.share.value == pytest.approx(100 * 183 / 365)
    assert pace.position == "behind"
    assert "the share of its days" in words(pace)


def test_a_pace_that_no_month_has_ever_had_is_said_to_be_one(counted, vehicle_crime):
    pace = milestone_pace(
        LESS_8,
        counted(11_400, *NOW),
        base_year=counted(12_500, *BASE),
        history=vehicle_crime([1000, 950, 1100, None]),
    )

    assert pace.standing == "still possible at a pace never yet seen"
    assert "never yet seen in a month since April 2010: the lowest was 950 in May 2010" in (
        words(pace)
    )


def test_a_pace_that_a_month_has_had_is_possible(counted, vehicle_crime):
    pace = milestone_pace(
        LESS_8,
        counted(11_000, *NOW),
        base_year=counted(12_500, *BASE),
        history=vehicle_crime([1000, 850, 1100]),
    )

    assert pace.standing == "still possible"


@pytest.mark.parametrize(
    ("better", "so_far", "standing"),
    [("lower", 11_501, "can no longer be met"), ("lower", 11_500, "still possible"),
     ("higher", 11_500, "reached"), ("higher", 11_499, "still possible")],
)  # fmt: skip
def test_before_the_year_ends_it_is_open_until_it_is_passed(counted, better, so_far, standing):
    milestone = Milestone(YEAR, better, level=11_500)

    assert milestone_pace(milestone, counted(so_far, *NOW)).standing == standing


@pytest.mark.parametrize(
    ("better", "total", "standing"),
    [("lower", 11_500, "met"), ("lower", 11_501, "not met"), ("higher", 11_500, "met"),
     ("higher", 11_499, "not met")],
)  # fmt: skip
def test_once_the_year_has_ended_it_is_met_or_not(counted, better, total, standing):
    milestone = Milestone(YEAR, better, level=11_500)
    whole = counted(total, date(2013, 4, 1), date(2014, 3, 31))

    pace = milestone_pace(milestone, whole)

    assert pace.standing == standing
    assert "forecast" not in words(pace)


def test_no_chance_is_given_while_the_milestone_is_open(counted):
    pace = milestone_pace(LESS_8, counted(11_000, *NOW), base_year=counted(12_500, *BASE))

    assert "the method gives no chance of meeting the milestone yet" in words(pace)


@pytest.mark.parametrize(("end", "needed"), [(date(2013, 9, 30), 92.2), (date(2014, 2, 28), None)])
def test_a_percentage_of_the_year_says_what_the_rest_would_need(counted, end, needed):
    pace = milestone_pace(AT_88, counted(83.8, date(2013, 4, 1), end, unit="%"))

    if needed is None:
        assert pace.needed_level is None
        assert "No level over the 31 days to come" in words(pace)
    else:
        assert pace.needed_level.known == pytest.approx(needed, abs=0.05)


@pytest.mark.parametrize(("share", "standing"), [(88, "met"), (87.9, "not met")])
def test_a_percentage_of_the_whole_year_is_met_or_not(counted, share, standing):
    whole = counted(share, date(2013, 4, 1), date(2014, 3, 31), unit="%")

    assert milestone_pace(AT_88, whole).standing == standing


def test_a_level_that_is_reached_is_said_to_be(counted):
    rolling = counted(89.0, date(2013, 3, 1), date(2014, 2, 28), unit="%")

    pace = milestone_pace(AT_88, rolling)

    assert pace.standing in STANDINGS
    assert "At 89.0% it meets that, by 1.0 percentage points." in words(pace)


def test_every_figure_can_be_walked_back_to_the_counts(counted):
    so_far, base = counted(11_000, *NOW), counted(12_500, *BASE)

    pace = milestone_pace(LESS_8, so_far, base_year=base)

    assert so_far in list(pace.pace_needed.walk())
    assert base in list(pace.pace_needed.walk())


def test_a_change_without_a_base_year_is_refused(counted):
    with pytest.raises(DefinitionRefused, match="-8% for 2013/14 has no base"):
        milestone_pace(LESS_8, counted(1, *NOW))


def test_a_count_that_does_not_start_with_the_year_is_refused(counted):
    with pytest.raises(DefinitionRefused, match="covers 1 April 2012"):
        milestone_pace(LESS_8, counted(1, *THEN), base_year=counted(2, *BASE))


def test_a_figure_without_a_period_is_refused(counted):
    with pytest.raises(DefinitionRefused, match="covers no period"):
        milestone_pace(LESS_8, counted(1, *NOW, period=None), base_year=counted(2, *BASE))


def test_a_missing_figure_is_refused(counted):
    with pytest.raises(NotEnoughData, match="is missing: July was not supplied"):
        milestone_pace(
            LESS_8,
            counted(None, *NOW, missing="July was not supplied"),
            base_year=counted(2, *BASE),
        )


def test_a_milestone_is_a_change_or_a_level():
    with pytest.raises(DefinitionRefused, match="change -5 and|with change -5, level 88"):
        Milestone(YEAR, "lower", change=-5, level=88)
