"""Tails and limits of counts, shares and Student's t against the scientific library's."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from regard.signals.others import tails

FACTORS = [1.0, 1.3, 4.0, 40.0]


def negative_binomial(mean, factor):
    return stats.poisson(mean) if factor == 1 else stats.nbinom(mean / (factor - 1), 1 / factor)


def beta_binomial(base, share, factor):
    if factor == 1:
        return stats.binom(base, share)
    size = (base - factor) / (factor - 1)
    return stats.betabinom(base, share * size, (1 - share) * size)


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize(("count", "mean"), [(0, 0.4), (3, 0.4), (12, 20.0), (35, 20), (900, 1000)])
def test_tails_of_a_count_are_those_of_the_negative_binomial(count, mean, factor):
    known = negative_binomial(mean, factor)

    few, many = tails.count_tails(count, mean, factor)

    assert few == pytest.approx(known.cdf(count), rel=1e-8)
    assert many == pytest.approx(known.sf(count - 1), rel=1e-8)


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize(
    ("count", "base", "share"),
    [(0, 200, 0.01), (9, 200, 0.01), (199, 200, 0.97), (5200, 9000, 0.6)],
)
def test_tails_of_a_share_are_those_of_the_beta_binomial(count, base, share, factor):
    known = beta_binomial(base, share, factor)

    few, many = tails.share_tails(count, base, share, factor)

    assert few == pytest.approx(known.cdf(count), rel=1e-7)
    assert many == pytest.approx(known.sf(count - 1), rel=1e-7)


def test_a_tail_of_a_quarter_of_a_million_answers_is_exact():
    factor = 113.2
    known = beta_binomial(280_443, 0.9529, factor)

    few, many = tails.share_tails(264_000, 280_443, 0.9529, factor)

    assert few == pytest.approx(known.cdf(264_000), rel=1e-5)
    assert many == pytest.approx(known.sf(263_999), rel=1e-5)


def test_a_share_varies_no_more_than_one_that_may_be_anything():
    few, many = tails.share_tails(3, 10, 0.5, 500.0)

    assert few == pytest.approx(4 / 11)
    assert many == pytest.approx(8 / 11)


@given(st.floats(0.05, 60), st.sampled_from(FACTORS), st.sampled_from([0.00135, 0.025]))
def test_limits_of_a_count_leave_out_at_most_the_tail(mean, factor, tail):
    low, high = tails.count_limits(mean, factor, tail)
    known = negative_binomial(mean, factor)

    assert known.cdf(low - 1) <= tail
    assert known.cdf(low) > tail
    assert known.sf(high) <= tail * (1 + 1e-9)
    assert known.sf(high - 1) > tail * (1 - 1e-9)


@given(st.integers(1, 300), st.floats(0.01, 0.99), st.sampled_from([0.00135, 0.025]))
def test_limits_of_a_share_leave_out_at_most_the_tail_on_either_side(base, share, tail):
    low, high = tails.share_limits(base, share, 1.0, tail)
    known = stats.binom(base, share)

    assert 0 <= low <= high <= base
    assert known.cdf(low - 1) <= tail * (1 + 1e-9)
    assert known.sf(high) <= tail * (1 + 1e-9)


@given(st.integers(0, 300), st.floats(0.01, 0.99))
def test_counting_the_others_turns_the_tails_round(count, share):
    few, many = tails.share_tails(count, 300, share, 3.0)
    turned = tails.share_tails(300 - count, 300, 1 - share, 3.0)

    assert turned == (pytest.approx(many, rel=1e-6), pytest.approx(few, rel=1e-6))


@pytest.mark.parametrize("freedom", [0.7, 3.0, 14.2, 36.0, 400.0, math.inf])
@pytest.mark.parametrize("deviate", [0.0, 0.3, 1.96, 4.4, 9.0])
def test_the_tail_of_student_is_known(freedom, deviate):
    known = stats.norm.sf(deviate) if math.isinf(freedom) else stats.t.sf(deviate, freedom)

    assert tails.student_tail(deviate, freedom) == pytest.approx(known, rel=1e-9)


@given(st.floats(1e-12, 0.499), st.sampled_from([2.0, 9.5, 60.0, math.inf]))
def test_a_deviate_gives_back_its_tail(tail, freedom):
    deviate = tails.student_deviate(tail, freedom)

    assert tails.student_tail(deviate, freedom) == pytest.approx(tail, rel=1e-6)


def test_nothing_expected_leaves_no_room_for_anything():
    assert tails.count_tails(0, 0.0, 1.0) == (1.0, 1.0)
    assert tails.count_tails(2, 0.0, 1.0) == (1.0, 0.0)
    assert tails.count_limits(0.0, 1.0, 0.025) == (0.0, 0.0)
    assert tails.share_tails(0, 10, 0.0, 1.0) == (1.0, 1.0)
    assert tails.share_limits(10, 1.0, 1.0, 0.025) == (10.0, 10.0)
