"""Our season and levels beside statsmodels' weighted regression on the same columns."""

from __future__ import annotations

import numpy as np
import pytest

from regard.signals.adjusted.season import TWELVE_MONTHS, TWO_HARMONICS, fit_season

regression = pytest.importorskip(
    "statsmodels.regression.linear_model", reason="no oracle environment"
)

pytestmark = [pytest.mark.slow, pytest.mark.oracle]

SEED = 20_266


def columns(calendar, level, shape):
    """An intercept for each level, and the season's terms for each calendar month."""
    return np.hstack([np.eye(level[-1] + 1)[level], shape[calendar]])


@pytest.mark.parametrize("shape", [TWO_HARMONICS, TWELVE_MONTHS], ids=["harmonics", "months"])
def test_season_and_sum_of_squares_are_those_of_a_weighted_regression(shape):
    random = np.random.default_rng(SEED)
    for _ in range(50):
        months = int(random.integers(36, 180))
        calendar = (random.integers(0, 12) + np.arange(months)) % 12
        level = (np.arange(months) >= random.integers(6, 2 * months)).astype(np.int64)
        logs = random.normal(5, 0.1, months) + 0.1 * np.sin(2 * np.pi * calendar / 12) - 0.2 * level
        weights = random.uniform(20, 2000, months)
        theirs = regression.WLS(logs, columns(calendar, level, shape), weights=weights).fit()
        season = np.exp(shape @ theirs.params[level[-1] + 1 :])

        factors, left = fit_season(logs, weights, calendar, level, shape)

        assert factors == pytest.approx(season / season.mean(), rel=1e-7)
        assert left == pytest.approx(theirs.ssr, rel=1e-7)
        assert factors.mean() == pytest.approx(1, abs=1e-12)
