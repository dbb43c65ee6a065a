"""The filter against the same model written out as one normal distribution."""

import math

import numpy as np
import pytest

from regard.core.periods import Month
from regard.signals.yearend.level import Row, scaled, sizes, sweep
from regard.signals.yearend.months import exposures, waves

START = Month(2010, 4)
MONTHS = 30


def row_of(counts, *, resets=()):
    counts = np.asarray(counts, dtype=float)
    flags = np.zeros(len(counts))
    flags[list(resets)] = 1.0
    months = len(counts)
    return Row(counts, exposures(START, months), waves(START, months), flags, months - 12, months)


@pytest.fixture
def row():
    counts = np.random.default_rng(2).poisson(200.0, MONTHS).astype(float)
    counts[[5, 17, 18]] = np.nan
    return row_of(counts)


def dense(row, values, ratio, columns):
    """Level, its variance, and generalised least squares with a diffuse level, all at once."""
    known = np.flatnonzero(~np.isnan(values))
    noise = 1 / row.exposure[known]
    spread = ratio * np.minimum.outer(known, known) + np.diag(noise)
    ones = np.ones((len(known), 1))
    design = (sizes(values)[:, None] * row.waves[:, :columns])[known]
    weight = np.linalg.inv(spread)
    flat = weight - weight @ ones @ ones.T @ weight / (ones.T @ weight @ ones)
    cross = design.T @ flat @ design
    along = design.T @ flat @ values[known]
    squares = values[known] @ flat @ values[known]
    return cross, along, squares


def test_waves_are_regressed_as_by_generalised_least_squares(row):
    values = scaled(row, MONTHS)

    held = sweep(row, values, np.array([MONTHS]), 4, np.array([0.3]))

    cross, along, squares = dense(row, values, 0.3, 4)
    assert np.allclose(np.tril(held.cross[0, 0]), np.tril(cross))
    assert np.allclose(held.along[0, 0], along)
    assert held.squares[0, 0] == pytest.approx(squares)


def test_the_level_is_the_best_guess_given_every_month(row):
    values = scaled(row, MONTHS)
    known = np.flatnonzero(~np.isnan(values))

    held = sweep(row, values, np.array([MONTHS]), 4, np.array([0.3]))

    spread = 0.3 * np.minimum.outer(known, known) + np.diag(1 / row.exposure[known])
    wide = spread + 1e7  # a level of which nothing is known before
    shared = 0.3 * known + 1e7
    expected = shared @ np.linalg.solve(wide, values[known])
    left = 0.3 * (MONTHS - 1) + 1e7 - shared @ np.linalg.solve(wide, shared)
    assert held.level[0, 0] == pytest.approx(expected, rel=1e-5)
    assert held.spread[0, 0] == pytest.approx(left, rel=1e-3)


def test_log_variances_are_those_of_the_whole(row):
    values = scaled(row, MONTHS)
    known = np.flatnonzero(~np.isnan(values))

    held = sweep(row, values, np.array([MONTHS]), 4, np.array([0.3]))

    spread = 0.3 * np.minimum.outer(known, known) + np.diag(1 / row.exposure[known])
    ones = np.ones(len(known))
    # A diffuse first level leaves the determinant of what is told apart from it.
    diffuse = np.linalg.slogdet(spread)[1] + math.log(ones @ np.linalg.solve(spread, ones))
    assert held.logs[0, 0] == pytest.approx(diffuse)
    assert held.moves[0, 0] == len(known) - 1


def test_a_history_is_kept_as_if_nothing_had_come_after(row):
    values = scaled(row, MONTHS)
    ratios = np.array([0.01, 0.3])

    both = sweep(row, values, np.array([24, MONTHS]), 4, ratios)

    short = sweep(row, values[:24], np.array([24]), 4, ratios)
    assert np.allclose(both.level[0], short.level[0])
    assert np.allclose(both.cross[0], short.cross[0])
    assert np.allclose(both.squares[0], short.squares[0])


def test_a_reset_forgets_the_level_and_keeps_what_was_learnt():
    counts = np.r_[np.full(20, 400.0), np.full(10, 100.0)]

    held = sweep(row_of(counts, resets=[20]), scaled(row_of(counts), 30), np.array([30]), 4,
                 np.array([1e-4]))  # fmt: skip
    without = sweep(row_of(counts), scaled(row_of(counts), 30), np.array([30]), 4,
                    np.array([1e-4]))  # fmt: skip

    assert held.level[0, 0] == pytest.approx(2 * math.sqrt(100.375), rel=0.02)
    assert without.level[0, 0] > held.level[0, 0] * 1.3
    assert held.squares[0, 0] < without.squares[0, 0] / 10
    assert held.moves[0, 0] == 28


def test_sizes_look_back_a_year_and_never_ahead():
    values = np.arange(40.0)

    found = sizes(values)

    assert found[30] == pytest.approx(values[18:30].mean())
    assert np.allclose(sizes(values[:31])[:31], found[:31])


def test_missing_months_do_not_make_the_size_missing():
    values = np.full(30, 7.0)
    values[[0, 3, 20]] = np.nan

    assert sizes(values) == pytest.approx(np.full(30, 7.0))
