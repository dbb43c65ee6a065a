"""Our local level beside statsmodels' Kalman filter: state, variance, likelihood and season."""

from __future__ import annotations

import numpy as np
import pytest

from regard.core.periods import Month
from regard.signals.yearend.level import Row, scaled, sizes, sweep
from regard.signals.yearend.months import exposures, waves

structural = pytest.importorskip(
    "statsmodels.tsa.statespace.structural", reason="no oracle environment"
)
filters = pytest.importorskip(
    "statsmodels.tsa.statespace.kalman_filter", reason="no oracle environment"
)

pytestmark = [pytest.mark.slow, pytest.mark.oracle]

SEED = 20_269
START = Month(2010, 4)
RATIOS = np.array([0.001, 0.05, 1.0])
EVEN, BY_LENGTH = "months alike", "months of their length"


def made_row(random, months, lengths):
    """A level that moves, with a season, counted; a few months are missing."""
    month = np.arange(months)
    level = 5.3 + np.cumsum(random.normal(0, 0.02, months)) + 0.1 * np.sin(2 * np.pi * month / 12)
    counts = random.poisson(np.exp(level)).astype(float)
    counts[random.integers(1, months, 3)] = np.nan
    exposure = np.ones(months) if lengths == EVEN else exposures(START, months)
    return Row(counts, exposure, waves(START, months), np.zeros(months), 0, months)


def their_filter(values, exposure, ratio, columns):
    """A level with noise of variance 1 / exposure, and coefficients of `columns` that stand."""
    states = 1 + columns.shape[1]
    model = filters.KalmanFilter(k_endog=1, k_states=states, k_posdef=1)
    model.bind(values[:, None])
    model["design"] = np.hstack([np.ones((len(values), 1)), columns]).T[None]
    model["transition"], model["selection"] = np.eye(states), np.eye(states)[:, :1]
    model["state_cov"], model["obs_cov"] = np.array([[ratio]]), 1 / exposure[None, None]
    model.initialize_diffuse()
    return model.filter()


@pytest.mark.parametrize("lengths", [EVEN, BY_LENGTH])
@pytest.mark.parametrize("node", range(len(RATIOS)))
def test_state_variance_and_likelihood_are_theirs_at_every_month_asked_for(lengths, node):
    random = np.random.default_rng(SEED)
    for _ in range(10):
        months = int(random.integers(40, 120))
        row = made_row(random, months, lengths)
        values, keep = scaled(row, months), np.array([24, 31, months])
        theirs = their_filter(values, row.exposure, RATIOS[node], np.zeros((months, 0)))

        ours = sweep(row, values, keep, 0, RATIOS)

        last = keep - 1
        told = -0.5 * (np.log(2 * np.pi) * ours.moves + ours.logs + ours.squares)[:, node]
        since_the_first = np.cumsum(theirs.llf_obs) - theirs.llf_obs[0]
        assert ours.level[:, node] == pytest.approx(theirs.filtered_state[0, last], rel=1e-9)
        assert ours.spread[:, node] == pytest.approx(
            theirs.filtered_state_cov[0, 0, last], rel=1e-9
        )
        assert told == pytest.approx(since_the_first[last], rel=1e-9)


def test_a_series_of_even_months_is_their_local_level_model():
    row = made_row(np.random.default_rng(SEED + 1), 96, EVEN)
    values = scaled(row, 96)
    model = structural.UnobservedComponents(values, "llevel", use_exact_diffuse=True)
    theirs = model.smooth([1.0, RATIOS[1]])

    ours = sweep(row, values, np.array([96]), 0, RATIOS)

    assert ours.level[0, 1] == pytest.approx(theirs.filtered_state[0, -1], rel=1e-9)
    assert ours.spread[0, 1] == pytest.approx(theirs.filtered_state_cov[0, 0, -1], rel=1e-9)


@pytest.mark.parametrize("columns", [4, 11])
def test_season_by_least_squares_on_innovations_is_their_diffuse_regression(columns):
    random = np.random.default_rng(SEED + 2)
    for _ in range(5):
        row = made_row(random, 120, BY_LENGTH)
        values = scaled(row, 120)
        of_size = sizes(values)[:, None] * row.waves[:, :columns]
        theirs = their_filter(values, row.exposure, RATIOS[1], of_size)

        ours = sweep(row, values, np.array([120]), columns, RATIOS)

        cross = np.tril(ours.cross[0, 1]) + np.tril(ours.cross[0, 1], -1).T
        season = np.linalg.solve(cross, ours.along[0, 1])
        level = ours.level[0, 1] - ours.drag[0, 1] @ season
        assert season == pytest.approx(theirs.filtered_state[1:, -1], rel=1e-6, abs=1e-7)
        assert level == pytest.approx(theirs.filtered_state[0, -1], rel=1e-8)
