"""The season that is found, and how much of it."""

import numpy as np
import pytest

from regard.core.periods import Month
from regard.signals.yearend.level import Row, scaled, sweep
from regard.signals.yearend.months import exposures, waves
from regard.signals.yearend.season import fitted, waves_for
from regard.signals.yearend.settings import RATIOS, settings

START = Month(2008, 4)


def held_of(counts, columns=4):
    months = len(counts)
    row = Row(
        np.asarray(counts, dtype=float), exposures(START, months), waves(START, months),
        np.zeros(months), months - 12, months,
    )  # fmt: skip
    return sweep(row, scaled(row, months), np.array([months]), columns, RATIOS)


def seasonal(months, height, *, mean=2000.0, seed=3):
    """Counts with a yearly wave of this height, lowest in October, and a level that drifts."""
    random = np.random.default_rng(seed)
    level = mean * np.exp(np.cumsum(random.normal(0, 0.01, months)))
    wave = 1 + height * waves(START, months)[:, 0]
    return random.poisson(level * wave * exposures(START, months)).astype(float)


def best(held, columns):
    rules = settings()
    nodes = [fitted(held, 0, node, columns, rules) for node in range(len(RATIOS))]
    return max(nodes, key=lambda one: one.weight)


@pytest.mark.parametrize("height", [0.05, 0.13, 0.4])
def test_a_season_is_found_though_the_level_drifts(height):
    found = best(held_of(seasonal(96, height)), 4)

    # On the square-root scale a wave is half as high.
    assert found.waves[0] == pytest.approx(height / 2, abs=0.012 + height * 0.04)
    assert np.abs(found.waves[1:3]).max() < 0.02


def test_a_season_that_is_not_there_is_shrunk_away():
    found = best(held_of(seasonal(60, 0.0, mean=50.0)), 4)

    assert np.abs(found.waves).max() < 0.012


def test_no_season_is_fitted_below_three_years():
    held = held_of(seasonal(35, 0.2))

    assert waves_for(held, 0, 35) == 0
    assert waves_for(held, 0, 36) == 4


def test_monthly_factors_wait_for_ten_years_and_for_a_season_that_needs_them():
    sharp = np.where(np.arange(144) % 12 == 8, 1.5, 1.0)  # one month of the year stands apart
    with_peak = held_of(sharp * seasonal(144, 0.0), 11)
    smooth = held_of(seasonal(144, 0.1), 11)

    assert waves_for(with_peak, 0, 119) == 4
    assert waves_for(with_peak, 0, 144) == 11
    assert waves_for(smooth, 0, 144) == 4


def test_noise_is_never_below_poisson():
    held = held_of(np.full(60, 100.0))

    assert best(held, 4).variance == pytest.approx(1.0)


def test_months_of_one_season_only_leave_the_others_alone():
    counts = np.full(96, np.nan)
    counts[::6] = 200.0 + np.arange(16)

    found = best(held_of(counts), 4)

    assert np.isfinite(found.waves).all()
    assert np.abs(found.waves).max() < 0.1
