"""The month a step is dated to: right or next to right more often than the likeliest."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.periods import Month
from regard.signals.adjusted.charts import adjusted_many
from regard.signals.adjusted.dating import dated, split_costs, worthiest

LONG_RUN = 1.0


def costs_of(values, weights=None):
    held = np.asarray(values, float)
    heavy = np.ones(len(held)) if weights is None else np.asarray(weights, float)
    return split_costs(held, heavy, 0, len(held))


def test_costs_are_the_squared_error_of_two_levels():
    values = np.array([1.0, 2.0, 4.0, 9.0, 7.0, 8.0])

    costs = costs_of(values)

    for place in range(2, 5):
        two = (values[:place], values[place:])
        squares = sum(float(((part - part.mean()) ** 2).sum()) for part in two)
        assert costs[place] + float((values**2).sum()) == pytest.approx(squares)
    assert all(math.isinf(costs[place]) for place in (0, 1, 5, 6))


def test_a_clear_step_is_dated_to_its_month():
    costs = costs_of([0.0] * 10 + [9.0] * 10)

    assert worthiest(costs, LONG_RUN, 6) == 10


def test_of_two_months_in_a_row_and_one_alone_the_two_are_worth_more():
    costs = np.full(21, 100.0)
    costs[8], costs[13], costs[14] = 0.0, 0.2, 0.2

    assert worthiest(costs, LONG_RUN, 6) in (13, 14)
    assert worthiest(costs, LONG_RUN / 1000, 6) == 8


def test_no_place_that_leaves_enough_months_is_none():
    assert worthiest(costs_of([0.0] * 5 + [9.0] * 5), LONG_RUN, 6) == 0


@given(st.lists(st.floats(-9, 9), min_size=14, max_size=60), st.integers(6, 7))
def test_found_steps_keep_their_months_and_accepted_ones_their_place(values, least):
    held, count = np.array(values), len(values)
    starts = np.array([0, count // 2])
    given_at = np.zeros(count, bool)

    free = dated(starts, held, np.ones(count), given_at, LONG_RUN, least)
    given_at[count // 2] = True
    kept = dated(starts, held, np.ones(count), given_at, LONG_RUN, least)

    assert kept.tolist() == starts.tolist()
    assert least <= free[1] <= count - least


@pytest.mark.slow
@pytest.mark.statistics
def test_dates_are_within_a_month_more_often_than_the_likeliest_month_is():
    """A fall of 20% at 200 a month, variance 1.5 x Poisson: 600 series."""
    random = np.random.default_rng(20_261_123)
    means = np.full((600, 100), 200.0)
    means[:, 50:] *= 0.8
    counts = random.negative_binomial(means / 0.5, 1 / 1.5).astype(float)

    steps = adjusted_many(counts, Month(2010, 4)).steps

    away = np.abs(steps["column"] - 50)
    assert np.mean(away <= 1) > 0.89  # 93%, less four Monte Carlo errors
