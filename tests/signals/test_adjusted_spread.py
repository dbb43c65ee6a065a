"""Dispersion and autocorrelation against what they were made with."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.signals.adjusted.season import TWO_HARMONICS
from regard.signals.adjusted.spread import LEAST_FREEDOM, first_dispersion, spread_about

MOST = 0.6


def autoregressive(seed, rho, *, series=1500, months=120):
    """Normal months of variance 1, each hanging on the one before by rho."""
    random = np.random.default_rng(seed)
    found = random.standard_normal((series, months))
    for month in range(1, months):
        found[:, month] = rho * found[:, month - 1] + math.sqrt(1 - rho**2) * found[:, month]
    return found


def without(design, values):
    """What is left of each series once the columns of a design are fitted."""
    return values - values @ np.linalg.pinv(design).T @ design.T


def levels_design(months, levels):
    return np.eye(levels)[np.arange(months) * levels // months]


def spreads(gaps, *, levels, terms):
    where = np.arange(gaps.shape[1])
    return [spread_about(row, where, levels, terms, MOST) for row in gaps]


def within_error(found, truth, *, bias):
    """Whether the mean of many is the truth, to four Monte Carlo errors and a stated bias."""
    error = np.std(found) / math.sqrt(len(found))
    return abs(np.mean(found) - truth) <= 4 * error + bias


@pytest.mark.parametrize("levels", [1, 3])
@pytest.mark.parametrize("phi", [1.5, 4.0])
def test_dispersion_of_independent_months_is_found_on_average(levels, phi):
    values = math.sqrt(phi) * autoregressive(1, 0.0)
    gaps = without(levels_design(120, levels), values)

    found = spreads(gaps, levels=levels, terms=0)

    # Chance autocorrelation above nought, never below, costs a little freedom.
    assert within_error([one.measured for one in found], phi, bias=0.012 * phi * levels)


@pytest.mark.parametrize("rho", [0.2, 0.3, 0.4])
@pytest.mark.parametrize("levels", [1, 2])
def test_autocorrelation_and_dispersion_are_found_about_fitted_levels(rho, levels):
    gaps = without(levels_design(120, levels), autoregressive(2, rho))

    found = spreads(gaps, levels=levels, terms=0)

    assert within_error([one.autocorrelation for one in found], rho, bias=0.01)
    assert within_error([one.measured for one in found], 1.0, bias=0.01)


def test_a_fitted_season_does_not_hide_autocorrelation_or_spread():
    calendar = np.arange(120) % 12
    design = np.hstack([np.ones((120, 1)), TWO_HARMONICS[calendar]])
    gaps = without(design, autoregressive(3, 0.3))

    found = spreads(gaps, levels=1, terms=4)

    assert within_error([one.autocorrelation for one in found], 0.3, bias=0.015)
    assert within_error([one.measured for one in found], 1.0, bias=0.015)


def test_dispersion_is_never_below_poisson_but_says_what_was_measured():
    gaps = 0.5 * autoregressive(4, 0.0, series=1)[0]

    found = spread_about(gaps, np.arange(120), 1, 0, MOST)

    assert found.dispersion == 1
    assert found.measured == pytest.approx(0.25, rel=0.4)


@given(
    st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=60),
    st.integers(1, 60),
    st.sampled_from([0, 4, 11]),
)
def test_any_gaps_have_a_spread_within_its_bounds(values, levels, terms):
    found = spread_about(np.array(values), np.arange(len(values)), levels, terms, MOST)

    assert 1 <= found.dispersion < math.inf
    assert found.dispersion == max(1, found.measured)
    assert 0 <= found.autocorrelation <= MOST
    assert LEAST_FREEDOM <= found.freedom <= max(LEAST_FREEDOM, len(values))


def test_months_that_are_no_neighbours_do_not_hang_together():
    gaps = np.tile([1.0, 1.0, -1.0, -1.0], 20)
    apart = np.arange(80) * 2

    assert spread_about(gaps, apart, 1, 0, MOST).autocorrelation == 0
    assert spread_about(np.sort(gaps), np.arange(80), 1, 0, MOST).autocorrelation == MOST


def test_months_without_any_gap_are_taken_as_poisson():
    found = spread_about(np.zeros(24), np.arange(24), 1, 0, MOST)

    assert found == (1.0, 0.0, 0.0, 23.0)


def test_the_first_dispersion_is_found_from_moves_and_hardly_sees_a_step():
    values = 2 * autoregressive(5, 0.0, series=400)
    stepped = values + np.where(np.arange(120) < 60, 0.0, 50.0)

    plain = [first_dispersion(row) for row in values]
    moved = [first_dispersion(row) for row in stepped]

    assert within_error(plain, 4.0, bias=0.1)
    assert np.mean(moved) == pytest.approx(np.mean(plain), rel=0.04)


def test_the_first_dispersion_of_too_little_is_that_of_poisson():
    assert first_dispersion(np.array([40.0])) == 1
    assert first_dispersion(np.full(30, 12.0)) == 1
