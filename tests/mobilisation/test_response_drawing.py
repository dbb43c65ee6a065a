"""Drawn traces are what the model says, and the same for whoever draws them."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from mobilisation.response_histories import fixed, grade, steady
from regard.mobilisation.response import drawing
from regard.mobilisation.response.drawing import drawing_of, drawn
from regard.mobilisation.response.local import Local
from regard.mobilisation.response.model import LOGNORMAL, WEEK, Capacity, Demand, Model

SEED = 20_266


def traces(model, count=1):
    made = drawing_of(model)
    return [drawn(made, SEED, number) for number in range(count)]


def test_a_replication_is_the_same_whenever_it_is_drawn():
    model = steady(grade(rate=5), units=3)

    one, other, next_one = *traces(model), *traces(model, 2)[1:], traces(model, 3)[2]

    again = traces(model, 2)
    assert one.at.tolist() == again[0].at.tolist()
    assert other.minutes.tolist() == again[1].minutes.tolist()
    assert next_one.at.tolist() != one.at.tolist()


def test_incidents_keep_their_times_where_demand_grows():
    model = steady(grade(rate=5), grade("Grade 2", rate=3), units=3)
    more = replace(model, demand=model.demand.times(1.1))

    (one,), (other,) = traces(model), traces(more)

    count = len(one)
    assert len(other) > count
    np.testing.assert_allclose(other.at[:count], one.at / 1.1)
    assert (other.grade[:count] == one.grade).all()
    assert (other.minutes[:count] == one.minutes).all()


def test_compiled_and_plain_draw_the_same():
    named, reached = np.uint64(99), np.array([0.0, 3.0, 3.0, 9.0])
    fast, slow = (np.zeros(40), np.zeros(40, np.int64)), (np.zeros(40), np.zeros(40, np.int64))

    count = drawing.arrive(named, reached, *fast)
    with np.errstate(over="ignore"):
        again = drawing.arrive.py_func(named, reached, *slow)

    assert count == again > 0
    assert fast[0].tolist() == slow[0].tolist()
    assert fast[1].tolist() == slow[1].tolist()


def test_arrivals_that_find_no_room_are_counted_again_with_more():
    assert drawing.arrive(np.uint64(1), np.array([0.0, 50.0]), np.zeros(2), np.zeros(2, int)) == -1


def test_counts_by_hour_are_poisson_at_the_rate_of_the_hour():
    rates = tuple(1.0 + hour % 24 for hour in range(WEEK))
    one = replace(grade(), rate=rates)
    model = Model(Demand((one,)), Capacity((1,) * WEEK), start=5, warm_up=0, hours=WEEK)

    counts = np.array([np.bincount((it.at / 60).astype(int), minlength=WEEK)
                       for it in traces(model, 200)])  # fmt: skip

    expected = np.roll(rates, -5)
    z = (counts.mean(axis=0) - expected) / np.sqrt(expected / 200)
    assert np.abs(z).max() < 4.5
    assert (
        stats.chisquare(counts.sum(axis=0), 200 * expected * counts.sum() / (200 * sum(rates)))[1]
        > 1e-4
    )


@pytest.mark.parametrize(
    "made, law",
    [
        (grade(minutes=50.0), stats.expon(scale=50)),
        (
            grade(minutes=50.0, shape=LOGNORMAL, spread=1.5),
            stats.lognorm(s=math.sqrt(math.log(3.25)), scale=50 / math.sqrt(3.25)),
        ),
    ],
)
def test_unit_times_have_their_mean_spread_and_shape(made, law):
    (trace,) = traces(steady(replace(made, rate=(300.0,) * WEEK), units=1))

    assert stats.kstest(trace.minutes, law.cdf).pvalue > 1e-4


def test_fixed_times_are_all_the_same():
    (trace,) = traces(steady(fixed(minutes=42.0), units=1))

    assert set(trace.minutes) == {42.0}


def test_shares_of_grades_units_and_areas_are_those_of_the_model():
    grades = (
        grade(rate=60.0, units=(0.7, 0.2, 0.1)),
        grade("Grade 2", rate=120.0, patience=40.0, travel=10.0, travel_spread=0.5),
    )
    (trace,) = traces(steady(*grades, units=1))

    first = trace.grade == 0
    assert first.mean() == pytest.approx(1 / 3, abs=0.02)
    assert np.bincount(trace.units[first]) / first.sum() == pytest.approx(
        [0, 0.7, 0.2, 0.1], abs=0.03
    )
    assert trace.patience[~first].mean() == pytest.approx(40, rel=0.05)
    assert np.isinf(trace.patience[first]).all()
    assert trace.travel[~first].mean() == pytest.approx(10, rel=0.05)
    assert (trace.travel[first] == 0).all()


def test_areas_have_their_shares_of_each_grade():
    local = Local(
        ("north", "south"), ((0.8, 0.2), (0.1, 0.9)), ((1,) * WEEK, (0,) * WEEK),
        ((0.0, None), (None, 0.0)), (0.0, None),
    )  # fmt: skip
    (trace,) = traces(steady(grade(rate=80), grade("Grade 2", rate=80), units=1, local=local))

    assert trace.area[trace.grade == 0].mean() == pytest.approx(0.2, abs=0.02)
    assert trace.area[trace.grade == 1].mean() == pytest.approx(0.9, abs=0.02)


def test_days_share_a_multiplier_of_the_variance_that_was_said():
    model = steady(grade(rate=40), units=1)
    model = replace(model, demand=replace(model.demand, daily_spread=0.04))

    days = np.array([np.bincount((it.at / 1440).astype(int), minlength=7)
                     for it in traces(model, 150)])  # fmt: skip

    assert days.mean() == pytest.approx(960, rel=0.03)
    assert days.var() == pytest.approx(960 + 0.04 * 960**2, rel=0.2)


def test_a_quiet_force_has_no_incidents():
    (trace,) = traces(steady(grade(rate=0), units=1))

    assert len(trace) == 0
