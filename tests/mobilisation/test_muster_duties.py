from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.mobilisation.muster import RestRules, cost, duty_plan, repaid


def rests(plan):
    """Hours between the duties of each, in turn, of twelve-hour duties at 7 and 19 o'clock."""
    for row in plan.plan:
        starts = [24 * day + 12 * int(duty) for day, duty in enumerate(row) if duty]
        yield from (b - a - 12 for a, b in zip(starts, starts[1:], strict=False))


@given(st.integers(1, 6), st.integers(0, 8), st.integers(1, 40))
def test_a_plan_covers_every_shift_and_keeps_every_rule_of_rest(on_ground, more, days):
    raised = -(-7 * on_ground // 3) + more

    plan = duty_plan(on_ground, raised, days)

    assert all((plan.plan == duty).sum(axis=0).tolist() == [on_ground] * days for duty in (1, 2))
    assert min(rests(plan), default=11) >= 11
    weeks = [plan.plan[:, day : day + 7] for day in range(days - 6)]
    assert all((week == 0).any(axis=1).all() for week in weeks)


@given(st.integers(1, 5), st.integers(7, 30))
def test_four_duties_in_a_row_are_not_exceeded(on_ground, days):
    plan = duty_plan(on_ground, -(-5 * on_ground // 2), days, rules=RestRules(in_a_row=4))

    assert all((plan.plan[:, day : day + 5] == 0).any(axis=1).all() for day in range(days - 4))


def test_six_behind_three_can_do_six_days_and_no_more():
    plan = duty_plan(3, 6, 6)

    assert plan.duties == 36
    with pytest.raises(NotEnoughData, match=r"(?s)3 PSUs on the ground for 7 days.*at most 6 days"):
        duty_plan(3, 6, 7)


def test_average_hours_over_the_reference_period_count_the_weeks_at_home():
    plan = duty_plan(3, 7, 28)

    # 24 duties of 12 hours in four weeks, then thirteen weeks of 40 hours
    assert plan.average_hours == pytest.approx((24 * 12 + 13 * 40) / 17)


def test_cost_counts_duties_and_the_rest_days_that_are_lost():
    found = cost(duty_plan(3, 6, 6), people=25, rest_share=2 / 6)

    assert found.duties == 36 * 25
    assert found.rest_days == 6 * 2 * 25
    assert found.at_premium == found.rest_days  # all within fifteen days' notice
    assert found.paid_as == 900 + 150


def test_rest_days_later_than_the_notice_are_not_paid_more():
    found = cost(duty_plan(3, 9, 30), people=1, rest_share=0.5)

    assert 0 < found.at_premium < found.rest_days


@given(st.integers(0, 5_000), st.integers(1, 6), st.integers(0, 9))
def test_every_cancelled_rest_day_is_given_back_once_and_evenly(rest_days, first, weeks):
    found = repaid(rest_days, first_week=first, last_week=first + weeks)

    assert sum(found.absent) == rest_days
    assert max(found.absent) - min(found.absent) <= 1
    assert (found.first_day, len(found.absent)) == (7 * (first - 1), 7 * (weeks + 1))


def test_days_off_go_round_evenly():
    off = duty_plan(2, 5, 20).days_off

    assert off.sum() == 20
    assert np.ptp(off) <= 1


def test_costs_and_weeks_that_cannot_be_are_refused():
    with pytest.raises(DefinitionRefused, match="0 people"):
        cost(duty_plan(1, 3, 3), people=0)
    with pytest.raises(DefinitionRefused, match="weeks 5 to 4"):
        repaid(3, first_week=5, last_week=4)
