"""Tails and limits against the scientific library's."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from regard.signals.adjusted.tails import (
    count_limits,
    count_tails,
    next_term,
    none_at_all,
    normal_of_t,
    normal_tail,
    t_of_normal,
)

FACTORS = [1.0, 1.05, 2.0, 6.0]
MEANS = [0.02, 0.4, 3.0, 9.9, 40.0]
GRID = pytest.mark.parametrize(("mean", "factor"), [(m, f) for m in MEANS for f in FACTORS])
means = st.floats(0.01, 50)
factors = st.floats(1, 20)


def distribution(mean, factor):
    return stats.poisson(mean) if factor == 1 else stats.nbinom(mean / (factor - 1), 1 / factor)


@GRID
def test_chances_of_a_count_are_those_of_the_negative_binomial(mean, factor):
    known = distribution(mean, factor).pmf(np.arange(40))

    found = [none_at_all(mean, mean * factor)]
    for count in range(39):
        found.append(next_term(found[-1], count, mean, mean * factor))

    assert found == pytest.approx(known, rel=1e-9)


@GRID
def test_tails_of_a_count_are_those_of_the_negative_binomial(mean, factor):
    counts = [0, 1, 2, 5, 12, 30, 90]
    known = distribution(mean, factor)

    found = [count_tails(count, mean, mean * factor) for count in counts]

    assert [few for few, _ in found] == pytest.approx(known.cdf(counts), abs=1e-12)
    assert [many for _, many in found] == pytest.approx(known.sf(np.array(counts) - 1), abs=1e-12)


@GRID
@pytest.mark.parametrize("tail", [0.00135, 0.025])
def test_limits_are_the_last_counts_that_leave_their_tail_outside(mean, factor, tail):
    known = distribution(mean, factor)

    lower, upper = count_limits(mean, mean * factor, tail)

    assert known.cdf(lower - 1) <= tail < known.cdf(lower)
    assert known.sf(upper) <= tail
    assert upper == 0 or known.sf(upper - 1) > tail


@given(means, factors, st.integers(0, 100))
def test_a_count_lies_outside_the_limits_exactly_when_its_tail_is_small(mean, factor, count):
    lower, upper = count_limits(mean, mean * factor, 0.00135)
    few, many = count_tails(count, mean, mean * factor)

    assert (count < lower) == (few <= 0.00135)
    assert (count > upper) == (many <= 0.00135)


@given(means, factors, st.integers(0, 60))
def test_tails_fall_as_the_count_moves_out_and_overlap_in_the_count_itself(mean, factor, count):
    few, many = count_tails(count, mean, mean * factor)
    more_few, fewer_many = count_tails(count + 1, mean, mean * factor)

    assert few <= more_few
    assert fewer_many <= many
    chance = distribution(mean, factor if factor > 1 + 1e-9 else 1.0).pmf(count)
    assert few + many == pytest.approx(1 + chance, abs=1e-9)


@given(means, factors, st.floats(1e-4, 0.2), st.floats(1, 3))
def test_a_higher_mean_never_lowers_a_limit(mean, factor, tail, times):
    lower, upper = count_limits(mean, mean * factor, tail)
    higher_lower, higher_upper = count_limits(times * mean, times * mean * factor, tail)

    assert lower <= higher_lower
    assert upper <= higher_upper


def test_limits_of_a_mean_too_large_to_add_up_come_to_an_end():
    lower, upper = count_limits(5000.0, 5000.0, 0.00135)

    assert math.isfinite(lower)
    assert math.isfinite(upper)


@pytest.mark.parametrize(("freedom", "within"), [(10, 0.011), (20, 0.005), (60, 0.005)])
def test_the_deviate_of_a_t_is_within_the_bound_that_is_stated(freedom, within):
    values = np.linspace(-6, 6, 241)
    exact = -stats.norm.isf(stats.t.cdf(values, freedom))

    found = np.array([normal_of_t(value, float(freedom)) for value in values])

    assert np.abs(found - exact).max() <= within


@given(st.floats(-8, 8), st.floats(3, 500))
def test_the_deviate_and_the_t_undo_each_other(deviate, freedom):
    assert normal_of_t(t_of_normal(deviate, freedom), freedom) == pytest.approx(deviate, abs=1e-9)


@given(st.floats(-50, 50), st.floats(1e-3, 10), st.floats(2, 500))
def test_a_larger_t_has_a_larger_deviate_of_its_own_sign(value, more, freedom):
    assert normal_of_t(value + more, freedom) > normal_of_t(value, freedom)
    assert normal_of_t(-value, freedom) == -normal_of_t(value, freedom)


@given(st.floats(0.01, 6), st.floats(3, 100))
def test_a_t_of_few_degrees_reaches_further_than_a_normal(deviate, freedom):
    assert t_of_normal(deviate, freedom) > deviate
    assert t_of_normal(deviate, freedom + 1) < t_of_normal(deviate, freedom)


def test_at_nought_all_three_stand_still():
    assert normal_of_t(0.0, 10.0) == 0
    assert t_of_normal(0.0, 10.0) == 0
    assert normal_tail(0.0) == 0.5


def test_the_tail_of_a_normal_is_that_of_the_library():
    deviates = [-3.0, -1.0, 0.5, 1.959963984540054, 3.0, 8.0]

    found = [normal_tail(deviate) for deviate in deviates]

    assert found == pytest.approx(stats.norm.sf(deviates), rel=1e-12)
