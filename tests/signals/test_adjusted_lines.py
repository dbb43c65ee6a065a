"""Limits on the counts, and the last month: finite for any series, and exact by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from regard.core.periods import Month
from regard.signals.adjusted.fitting import fit_months, supplied
from regard.signals.adjusted.lines import (
    last_month,
    limits_of_few,
    lines,
    pearson,
    usual_limits,
)
from regard.signals.adjusted.season import calendar_months, exposures
from regard.signals.adjusted.tails import count_limits, normal_tail, t_of_normal
from regard.signals.adjusted.tuning import TUNING

START = Month(2010, 4)
NAN = math.nan
TAIL = normal_tail(3.0)
means = st.floats(10, 1e6)
weights = st.floats(0.5, 2)


def fitted(row, *, accepted=()):
    counts = np.asarray(row, float)
    given = np.zeros(len(counts), np.bool_)
    given[list(accepted)] = True
    lengths, calendar = exposures(START, len(counts)), calendar_months(START, len(counts))
    months = supplied(counts, lengths, calendar, given)
    return fit_months(months, TUNING), months


def drawn_lines(row):
    """Centre, lower and upper of every column of a row at one level."""
    fit, months = fitted(row)
    shape = exposures(START, len(row)) * fit.factors[calendar_months(START, len(row))]
    return lines(fit, months, shape, np.zeros(len(row), np.int64), TUNING)


def poisson(mean, months=24, seed=1):
    lengths = exposures(START, months)
    return np.random.default_rng(seed).poisson(mean * lengths).astype(float)


def test_the_last_month_by_hand():
    """Its root less the mean of those before, over the error of both, its own square left out."""
    counts = poisson(200)
    counts[-1] = 260

    found = last_month(*fitted(counts), TUNING)

    heavy = exposures(START, 24)
    roots = 2 * np.sqrt((counts + 3 / 8) / heavy)
    fit, _ = fitted(counts)
    gaps = (roots - np.average(roots, weights=heavy)) * np.sqrt(heavy)
    mean = np.average(roots[:-1], weights=heavy[:-1])
    rho, freedom = fit.spread.autocorrelation, fit.spread.freedom
    error = math.sqrt(1 / heavy[-1] + (1 + rho) / (1 - rho) / heavy[:-1].sum())
    scaled = (roots[-1] - mean) / error
    spread = math.sqrt(max(1, (np.sum(gaps**2) - scaled**2) / (freedom - 1)))
    assert found.expected == pytest.approx(counts[:-1].sum() / heavy[:-1].sum() * heavy[-1])
    chance = 2 * stats.t.sf(scaled / spread, freedom - 1)
    assert found.chance == pytest.approx(chance, rel=0.03)
    assert found.high
    reach = t_of_normal(3.0, freedom - 1) * spread * error
    assert found.upper == pytest.approx(((mean + reach) / 2) ** 2 * heavy[-1] - 3 / 8)
    assert found.lower == pytest.approx(((mean - reach) / 2) ** 2 * heavy[-1] - 3 / 8)


def test_the_last_month_of_few_by_hand():
    """Gamma-Poisson with half a case before it: twice the smaller tail."""
    counts = [2.0, 4, 1, 3, 2, 5, 3, 1, 2, 4, 3, 11]

    found = last_month(*fitted(counts), TUNING)

    heavy = exposures(START, 12)
    expected = 30.5 / heavy[:-1].sum() * heavy[-1]
    factor = pearson(*fitted(counts), 0) * (1 + heavy[-1] / heavy[:-1].sum())
    known = stats.nbinom(expected / (factor - 1), 1 / factor)
    assert found.expected == pytest.approx(expected)
    assert found.chance == pytest.approx(2 * known.sf(10))
    assert known.sf(found.upper) <= TAIL < known.sf(found.upper - 1)
    assert found.high


@pytest.mark.parametrize("mean", [0.05, 3, 40, 1e7])
def test_a_month_outside_its_limits_is_one_whose_chance_is_small(mean):
    counts = poisson(mean, 30)
    for value in np.unique(np.round(np.linspace(0, 3 * mean + 6, 60))):
        counts[-1] = value

        found = last_month(*fitted(counts), TUNING)

        assert (found.lower <= value <= found.upper) == (found.chance > 2 * TAIL)


def test_one_month_at_its_level_is_held_against_nothing():
    alone = last_month(*fitted([50]), TUNING)
    just_accepted = last_month(*fitted([50, 60, 40, 90], accepted=[3]), TUNING)

    for found in (alone, just_accepted):
        assert [math.isnan(value) for value in found[:4]] == [True] * 4
        assert not found.high


@given(means, weights, st.floats(1, 50), st.floats(1, 6))
def test_limits_stand_either_side_of_the_count_that_is_expected(mean, weight, dispersion, reach):
    lower, upper = usual_limits(mean, weight, dispersion, reach)

    assert 0 <= lower <= mean * weight <= upper < math.inf


@given(means, weights, st.floats(1, 20))
def test_more_spread_and_more_reach_widen_the_limits(mean, weight, dispersion):
    lower, upper = usual_limits(mean, weight, dispersion, 3.0)
    further = usual_limits(mean, weight, dispersion, 3.5)
    wilder = usual_limits(mean, weight, 1.5 * dispersion, 3.0)

    assert further[0] <= lower < upper < further[1]
    assert wilder[1] - wilder[0] > upper - lower or wilder[0] == 0


def test_limits_of_ten_and_more_are_nearly_those_of_exact_tails():
    for mean, factor in ((10, 1.0), (10, 2.0), (30, 1.0), (200, 2.0), (1000, 4.0)):
        exact = count_limits(float(mean), mean * factor, TAIL)

        found = usual_limits(float(mean), 1.0, factor, 3.0)

        assert found == pytest.approx(exact, abs=1 + 0.1 * math.sqrt(mean * factor))


@given(st.floats(1e-4, 10), st.floats(1, 1e6))
def test_limits_of_few_are_never_narrower_than_chance_alone(mean, factor):
    lower, upper = limits_of_few(mean, mean * factor, TAIL)

    assert lower <= stats.poisson.isf(1 - TAIL, mean)
    assert stats.poisson.sf(upper, mean) <= TAIL
    assert upper >= count_limits(mean, mean * factor, TAIL)[1]


def test_a_wild_series_does_not_make_a_single_case_stand_out():
    """One spike of 800 years ago must not turn each later case into a signal."""
    row = np.zeros(60)
    row[10] = 300
    row[-1] = 1

    found = last_month(*fitted(row, accepted=[20]), TUNING)

    assert found.upper >= 1
    assert found.chance > 2 * TAIL


def test_the_spread_of_small_counts_is_that_of_pearson():
    row = np.array([0.0, 4, 1, 9, 2, 0, 6, 3, 8, 1, 0, 5])
    fit, months = fitted(row)

    found = pearson(fit, months, 0)

    mean = row.sum() / months.exposure.sum() * months.exposure
    assert found == pytest.approx(np.sum((row - mean) ** 2 / mean) / fit.spread.freedom)
    assert pearson(*fitted(np.full(24, 3.0)), 0) == 1


def test_a_level_of_a_year_has_its_own_spread_and_a_shorter_one_that_of_all():
    wild = np.tile([10.0, 90, 30, 70], 6)
    few = np.tile([1.0, 0, 0, 1, 0, 0], 3)

    long, shorter = fitted(np.hstack([wild, few])), fitted(np.hstack([wild, few[:9]]))

    assert long[0].starts.tolist()[0] == shorter[0].starts.tolist()[0] == 0
    assert len(long[0].starts) == len(shorter[0].starts) == 2
    assert pearson(*long, 1) < 2 < pearson(*long, 0)
    assert pearson(*shorter, 1) > 2


def test_lines_are_drawn_through_missing_months():
    row = poisson(80, 24)
    row[[5, 6, 20]] = NAN

    centre, lower, upper = drawn_lines(row)

    assert np.isfinite([centre, lower, upper]).all()
    assert (lower < centre).all()
    assert (centre < upper).all()


def test_limits_wave_with_the_length_of_the_month():
    centre, lower, upper = drawn_lines(poisson(200, 35))

    may, february = 1, 10
    assert centre[february] / centre[may] == pytest.approx(28 / 31)
    assert lower[february] < lower[may]
    assert upper[february] < upper[may]


@pytest.mark.parametrize(
    "row",
    [
        [0.0] * 11 + [50.0] + [0.0] * 4,  # V5
        [5.0] * 15,  # V6
        [0.0] * 40,
        [1.0],
        [0.0],
        [NAN, NAN, 7.0, NAN],
        [0.0, 1.0] * 20,
        [1e7, 1.1e7, 0.9e7] * 15,
        [0.0] * 36 + [6e4],
        [0.0] * 30 + [9.0] + [1e7] + [0.0] * 30,
    ],
)
def test_limits_are_finite_and_round_the_centre_whatever_the_series(row):
    centre, lower, upper = drawn_lines(row)

    assert np.isfinite([centre, lower, upper]).all()
    assert (lower >= 0).all()
    assert (lower <= centre).all()
    assert (centre <= upper).all()
    assert (upper > 0).all()
