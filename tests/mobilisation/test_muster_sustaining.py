from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused
from regard.mobilisation.muster import RestRules, longest
from regard.mobilisation.muster.sustaining import AVERAGED, LOCAL, NOT_ENOUGH, RESTED

REST = RestRules()
WHOLE = RestRules(whole_cohorts=True)


def test_round_the_clock_needs_two_and_a_third_cohorts_with_one_day_off_in_seven():
    assert REST.cohorts == Fraction(7, 3)
    assert round(float(REST.cohorts), 2) == 2.33


@pytest.mark.parametrize(
    ("raised", "shared", "whole"),
    [(0, 0, 0), (2, 0, 0), (3, 1, 1), (7, 3, 2), (9, 3, 3), (21, 9, 7)],
)
def test_psus_sustained_are_the_floor_of_raised_over_the_cohorts(raised, shared, whole):
    assert REST.sustained(raised) == shared
    assert WHOLE.sustained(raised) == whole


def test_fewer_duties_in_a_row_need_more_behind():
    assert RestRules(in_a_row=4).cohorts == Fraction(5, 2)
    assert RestRules(cover_hours=12).cohorts == Fraction(7, 6)


def test_too_few_for_days_off_lasts_until_the_first_day_off_is_owed():
    found = longest(3, 6)

    assert (found.days, found.ended_by) == (6, RESTED)
    assert longest(3, 6, rules=RestRules(in_a_row=4)).days == 4


def test_too_few_to_stand_two_duties_cannot_start():
    found = longest(3, 5)

    assert (found.days, found.ended_by) == (0, NOT_ENOUGH)


def test_enough_for_days_off_is_ended_by_the_average_working_week():
    found = longest(3, 7)

    # 72 hours a week away and 40 at home average 48 over 17 weeks after 17 x 8 / 32 weeks
    assert (found.days, found.ended_by) == (29, AVERAGED)
    assert not found.secondment


def test_many_behind_have_no_end_and_beyond_eight_weeks_it_is_a_secondment():
    found = longest(2, 7)

    assert found.days is None
    assert found.ended_by == ""
    assert found.secondment


def test_response_at_home_can_end_it_first():
    found = longest(3, 7, local_days=4)

    assert (found.days, found.ended_by) == (4, LOCAL)


@given(st.integers(1, 12), st.integers(0, 40))
def test_one_more_raised_never_shortens_a_deployment(on_ground, raised):
    days = [longest(on_ground, one).days for one in (raised, raised + 1)]

    assert days[1] is None or (days[0] is not None and days[0] <= days[1])


@pytest.mark.parametrize(
    "settings",
    [
        {"duty_hours": 14}, {"duty_hours": 9}, {"cover_hours": 30}, {"days_off": 0},
        {"in_a_row": 0}, {"usual_hours": 50.0},
    ],
)  # fmt: skip
def test_rules_that_nobody_can_keep_are_refused(settings):
    with pytest.raises(DefinitionRefused, match=r"\d"):
        RestRules(**settings)


def test_nobody_on_the_ground_is_refused():
    with pytest.raises(DefinitionRefused, match="0 PSUs on the ground"):
        longest(0, 5)
