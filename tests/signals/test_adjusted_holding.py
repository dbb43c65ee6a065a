"""Odd months are held back where levels, season and spread are found, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.periods import Month
from regard.signals.adjusted.charts import EXCEPTIONAL_HIGH, EXCEPTIONAL_LOW, adjusted_many
from regard.signals.adjusted.holding import HELD, held_back, middles, within_bounds

START = Month(2015, 4)


def counts(means, seed=7, over=1.5):
    return np.random.default_rng(seed).negative_binomial(means / (over - 1), 1 / over).astype(float)


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=40), st.integers(1, 9))
def test_middles_are_the_medians_of_the_months_around(values, many):
    many = min(many, len(values))
    held = np.array(values)

    found = middles(held, many)

    for i in range(len(values)):
        low = min(max(0, i - many // 2), len(values) - many)
        assert found[i] == pytest.approx(np.median(held[low : low + many]))


@given(st.lists(st.floats(0, 99), min_size=1, max_size=40), st.floats(1, 9))
def test_no_month_lies_further_than_three_deviations_from_its_middle(values, dispersion):
    held = np.array(values)

    found = held_back(held, np.ones(len(held)), dispersion)

    middle = middles(held, min(7, len(held)))
    reach = HELD * np.sqrt(dispersion)
    assert np.all(np.abs(found - middle) <= reach * (1 + 1e-9))
    usual = np.abs(held - middle) <= reach
    assert np.array_equal(found[usual], held[usual])


def test_gaps_are_held_within_three_robust_deviations():
    gaps = np.array([-40.0, 1, -1, 2, -2, 1, -1, 50])

    found = within_bounds(gaps)

    assert found[0] == -found[-1] == pytest.approx(-HELD * 1.5 / 0.67449, rel=1e-4)
    assert np.array_equal(found[1:-1], gaps[1:-1])


@pytest.mark.parametrize("mean", [200, 1000])
@pytest.mark.parametrize(("months", "factor"), [(1, 0), (2, 0), (3, 0), (3, 0.3)])
def test_a_collapse_does_not_hide_itself(mean, months, factor):
    """The last months of a collapse stand out, the third as well as the first."""
    means = np.full((100, 60), float(mean))
    values = counts(means)
    values[:, -months:] = counts(means[:, -months:] * factor, seed=8) if factor else 0.0

    chart = adjusted_many(values, START)

    assert np.mean(chart.signals[:, -1] & EXCEPTIONAL_LOW > 0) > 0.9


@pytest.mark.parametrize("factor", [3, 4])
def test_one_odd_last_month_makes_no_step(factor):
    means = np.full((200, 60), 200.0)
    values = counts(means)
    values[:, -1] *= factor

    chart = adjusted_many(values, START)

    assert len(np.unique(chart.steps["row"])) <= 4


def test_a_month_that_is_high_every_year_is_season_and_no_signal():
    means = np.full((100, 84), 50.0)
    november = (START.start.month - 1 + np.arange(84)) % 12 == 10
    means[:, november] *= 3

    chart = adjusted_many(counts(means, over=1.2), START)

    assert np.mean(chart.factors[:, 10]) == pytest.approx(3 * 12 / 14, rel=0.05)
    assert np.mean(chart.signals[:, november] > 0) < 0.03


@pytest.mark.parametrize("usual", [0.3, 8.0, 30.0])
def test_a_huge_month_makes_no_other_stand_out(usual):
    values = np.random.default_rng(3).poisson(usual, (50, 40)).astype(float)
    values[:, 20] += 900

    chart = adjusted_many(values, START)

    if usual >= 10:  # exact tails of few take the month itself into their spread
        assert np.all(chart.signals[:, 20] & EXCEPTIONAL_HIGH)
    others = np.delete(chart.signals, 20, axis=1)
    assert np.mean(others & (EXCEPTIONAL_HIGH | EXCEPTIONAL_LOW) > 0) < 0.01
