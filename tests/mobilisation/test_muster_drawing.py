from __future__ import annotations

import numpy as np

from regard.mobilisation.muster import (
    DUE_LATER,
    OFF_DUTY,
    ON_DUTY,
    PROTECTED,
    Assumptions,
    Between,
    Fleet,
    Group,
)
from regard.mobilisation.muster.drawing import carriers, common, ready_by, ready_hours, triangular

DRAWS = 4_000
EXACT = Assumptions(
    releasable=Between(0.85, 0.85, 0.85),
    reachable=Between(0.55, 0.55, 0.55),
    abstraction=Between(0.0, 0.0, 0.0),
)


def hours_of(group, assumptions=EXACT, place=0, seed=7):
    drawn = common(assumptions, draws=DRAWS, seed=seed)
    return ready_hours(group, place, assumptions, drawn, seed=seed)


def share_ready(hours):
    return np.isfinite(hours).mean()


def test_those_on_duty_are_released_in_the_share_that_is_assumed_and_in_its_time():
    hours = hours_of(Group("constable", 10, ON_DUTY, abstracted=0.1))

    assert abs(share_ready(hours) - 0.9 * 0.85) < 4 * np.sqrt(0.765 * 0.235 / 40_000)
    assert 1.2 < np.median(hours[np.isfinite(hours)]) < 1.5


def test_those_off_duty_come_in_the_recall_share_and_not_before_their_rest_is_over():
    hours = hours_of(Group("constable", 10, OFF_DUTY, hours=2.0))

    assert abs(share_ready(hours) - 0.55) < 4 * np.sqrt(0.55 * 0.45 / 40_000)
    assert hours.min() > 9.0  # eleven hours of rest less the two they have had


def test_those_due_on_later_come_at_the_start_of_their_duty():
    hours = hours_of(Group("constable", 10, DUE_LATER, hours=4.0))

    assert np.isfinite(hours).all()
    assert hours.min() > 4.0
    assert np.median(hours) < 5.0


def test_those_on_protected_leave_or_out_of_date_never_come():
    for group in (Group("constable", 3, PROTECTED), Group("constable", 3, ON_DUTY, in_date=False)):
        assert np.isinf(hours_of(group)).all()


def test_one_person_more_changes_the_luck_of_nobody_else():
    ten, eleven = (hours_of(Group("constable", count, ON_DUTY)) for count in (10, 11))

    assert np.array_equal(ten, eleven[:10])


def test_counts_by_hour_are_those_who_stood_ready_by_it():
    hours = np.array([[0.5, 2.0], [1.0, np.inf]])

    counts = ready_by(hours, (1.0, 2.0))

    assert counts.tolist() == [[2, 2], [0, 1]]


def test_a_triangle_is_drawn_with_its_mean_and_within_its_ends():
    drawn = triangular(Between(0.2, 0.3, 0.7), (np.arange(10_000) + 0.5) / 10_000)

    assert abs(drawn.mean() - 0.4) < 1e-4
    assert 0.2 <= drawn.min() < drawn.max() <= 0.7


def test_carriers_off_the_road_are_missing_in_their_share():
    on_road = carriers(Fleet(20, off_road=0.1), draws=DRAWS, seed=1)

    assert abs(on_road.mean() - 18) < 4 * np.sqrt(20 * 0.09 / DRAWS)
