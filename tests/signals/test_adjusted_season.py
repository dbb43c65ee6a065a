"""The season and the length of months: recovered where known, and as any least squares has it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regard.core.periods import Month
from regard.signals.adjusted.season import (
    TWELVE_MONTHS,
    TWO_HARMONICS,
    calendar_months,
    exposures,
    first_season,
    fit_season,
    moving_level,
    seasonal_frequencies,
)

START = Month(2010, 4)
SHAPES = pytest.mark.parametrize("shape", [TWO_HARMONICS, TWELVE_MONTHS], ids=["4", "11"])
seeds = st.integers(0, 2**32 - 1)


def one_level(months):
    return np.zeros(months, np.int64)


def drawn(seed, *, months=60, levels=2):
    """Logs, weights, calendar months and level numbers of a series with steps and a season."""
    random = np.random.default_rng(seed)
    calendar = calendar_months(Month(2010, int(random.integers(1, 13))), months)
    level = (np.arange(months) * levels // months).astype(np.int64)
    wave = 0.2 * np.cos(2 * np.pi * calendar / 12)
    logs = 5 + 0.4 * level + wave + random.normal(0, 0.1, months)
    return logs, random.uniform(20, 300, months), calendar, level


def regression(logs, weights, calendar, level, shape):
    """Factors and squares left by least squares on every dummy column at once."""
    design = np.hstack([np.eye(level[-1] + 1)[level], shape[calendar]])
    heavy = np.sqrt(weights)
    found = np.linalg.lstsq(design * heavy[:, None], logs * heavy, rcond=None)[0]
    season = np.exp(shape @ found[level[-1] + 1 :])
    return season / season.mean(), float(np.sum(weights * (logs - design @ found) ** 2))


def test_a_month_has_its_days_over_those_of_the_average_month():
    found = exposures(Month(2011, 1), 16)

    assert found[:3] == pytest.approx([31 / 30.4375, 28 / 30.4375, 31 / 30.4375])
    assert found[13] == pytest.approx(29 / 30.4375)


def test_four_years_are_forty_eight_average_months():
    assert exposures(START, 48).mean() == pytest.approx(1, abs=1e-12)


def test_calendar_months_are_counted_from_january():
    assert calendar_months(START, 11).tolist() == [3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 1]


@SHAPES
@given(seed=seeds)
@settings(max_examples=30)
def test_a_known_season_is_recovered_from_exact_data(shape, seed):
    logs, weights, calendar, level = drawn(seed)
    truth = shape @ np.random.default_rng(seed).normal(0, 0.1, shape.shape[1])
    season = np.exp(truth) / np.exp(truth).mean()

    factors, left = fit_season(7 + 0.5 * level + truth[calendar], weights, calendar, level, shape)

    assert factors == pytest.approx(season, rel=1e-6)
    assert left == pytest.approx(0, abs=1e-6)


@SHAPES
@given(seed=seeds, levels=st.integers(1, 4))
@settings(max_examples=30)
def test_the_season_is_that_of_least_squares_on_every_dummy(shape, seed, levels):
    held = drawn(seed, levels=levels)

    factors, left = fit_season(*held, shape)

    known, squares = regression(*held, shape)
    assert factors == pytest.approx(known, rel=1e-6)
    assert left == pytest.approx(squares, rel=1e-6)


@SHAPES
@given(seed=seeds)
@settings(max_examples=30)
def test_the_mean_of_the_factors_is_one(shape, seed):
    factors, _ = fit_season(*drawn(seed), shape)

    assert factors.mean() == pytest.approx(1, abs=1e-12)
    assert factors.min() > 0


@SHAPES
@given(seed=seeds, higher=st.floats(-20, 20))
@settings(max_examples=30)
def test_raising_one_level_leaves_the_season_as_it_was(shape, seed, higher):
    logs, weights, calendar, level = drawn(seed)

    factors, left = fit_season(logs + higher * level, weights, calendar, level, shape)

    known, squares = fit_season(logs, weights, calendar, level, shape)
    assert factors == pytest.approx(known, rel=1e-6)
    assert left == pytest.approx(squares, rel=1e-4)


@SHAPES
@given(seed=seeds, scale=st.floats(1e-3, 1e3))
@settings(max_examples=30)
def test_weights_matter_only_beside_each_other(shape, seed, scale):
    logs, weights, calendar, level = drawn(seed)

    factors, left = fit_season(logs, scale * weights, calendar, level, shape)

    known, squares = fit_season(logs, weights, calendar, level, shape)
    assert factors == pytest.approx(known, rel=1e-6)
    assert left == pytest.approx(scale * squares, rel=1e-6)


@SHAPES
@given(seed=seeds)
@settings(max_examples=30)
def test_one_season_laid_over_another_multiplies(shape, seed):
    logs, weights, calendar, level = drawn(seed)
    more = 0.3 * shape[:, 0]

    factors, _ = fit_season(logs + more[calendar], weights, calendar, level, shape)

    known, _ = fit_season(logs, weights, calendar, level, shape)
    product = known * np.exp(more)
    assert factors == pytest.approx(product / product.mean(), rel=1e-6)


@pytest.mark.parametrize("never", [0, 6, 11], ids=["January", "July", "December"])
def test_a_month_that_was_never_supplied_keeps_the_average_of_the_others(never):
    logs, weights, calendar, level = drawn(1, months=120)
    kept = calendar != never

    factors, _ = fit_season(logs[kept], weights[kept], calendar[kept], level[kept], TWELVE_MONTHS)

    others = np.delete(factors, never)
    assert math.log(factors[never]) == pytest.approx(np.log(others).mean(), abs=1e-6)
    assert np.ptp(others) > 0.1


def test_what_is_left_of_huge_counts_is_not_lost_in_their_squares():
    """The logs of ten million are 16; their weighted squares would hide the fit that is left."""
    random = np.random.default_rng(2)
    _, _, calendar, level = drawn(2, months=120)
    weights = np.full(120, 4e7)
    noise = random.normal(0, 1, 120) / np.sqrt(weights)

    _, left = fit_season(math.log(1e7) + noise, weights, calendar, level, TWELVE_MONTHS)

    _, squares = regression(noise, weights, calendar, level, TWELVE_MONTHS)
    assert left == pytest.approx(squares, rel=1e-6)


def test_factors_stay_above_nought_whatever_the_logs():
    _, weights, calendar, level = drawn(3)
    logs = np.where(calendar == 4, 2000.0, 0.0)

    factors, _ = fit_season(logs, weights, calendar, level, TWELVE_MONTHS)

    assert factors.min() > 1e-7
    assert factors.mean() == pytest.approx(1, abs=1e-12)


def test_a_moving_level_is_free_of_season_and_follows_a_straight_line():
    months = np.arange(60.0)
    season = np.cos(2 * np.pi * months / 12)

    found = moving_level(100 + months + season)

    assert found[6:-6] == pytest.approx(100 + months[6:-6])
    assert found[:7] == pytest.approx(106)
    assert found[-7:] == pytest.approx(100 + 53)


def test_the_first_season_is_the_one_that_was_put_in():
    calendar, exposure = calendar_months(START, 72), exposures(START, 72)
    truth = 1 + 0.1 * np.cos(2 * np.pi * np.arange(12) / 12)
    counts = 5000 * exposure * truth[calendar]

    factors, credible = first_season(counts, exposure, calendar)

    assert credible
    assert factors == pytest.approx(truth / truth.mean(), rel=0.005)


@pytest.mark.parametrize(
    ("counts", "credible"),
    [
        (np.where(np.arange(60) == 20, 60_000.0, 0.0), False),  # one spike among noughts
        (np.where(np.arange(60) % 5 == 0, 900.0, 1.0), False),  # a few large, most near nought
        (np.where(np.arange(60) < 30, 0.0, 400.0), True),  # not counted before, steady since
        (np.where(np.arange(60) % 12 == 7, 900.0, 60.0), True),  # one large month a year
    ],
)
def test_logarithms_of_a_few_large_months_among_noughts_tell_no_season(counts, credible):
    found = first_season(counts, exposures(START, 60), calendar_months(START, 60))

    assert found[1] == credible


def test_a_season_takes_out_two_harmonics_or_six():
    assert seasonal_frequencies(0) == (0, 0.0)
    assert seasonal_frequencies(4) == (2, 2.0)
    assert seasonal_frequencies(11) == (6, 1.0)
