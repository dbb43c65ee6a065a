"""What is simulated against what can be worked out."""

import numpy as np
import pytest

from regard.core.periods import Month
from regard.signals.yearend.ahead import (
    Stand,
    Window,
    condition,
    expected,
    heavier,
    paths,
    spread_of,
    total_of,
)
from regard.signals.yearend.chances import shared
from regard.signals.yearend.level import Row, scaled, sweep
from regard.signals.yearend.months import exposures, waves
from regard.signals.yearend.season import fitted
from regard.signals.yearend.settings import settings

START = Month(2010, 4)
KNOWN, WHOLE = 52, 60
NODE = 8


@pytest.fixture(scope="module")
def row():
    counts = np.full(WHOLE, np.nan)
    wave = 1 + 0.1 * waves(START, KNOWN)[:, 0]
    counts[:KNOWN] = np.random.default_rng(4).poisson(300 * wave)
    return Row(counts, exposures(START, WHOLE), waves(START, WHOLE), np.zeros(WHOLE), 48, WHOLE)


@pytest.fixture(scope="module")
def held(row):
    return sweep(row, scaled(row, KNOWN), np.array([KNOWN]), 4, settings().ratios)


def alone():
    """All the weight on one signal ratio."""
    weights = np.zeros(len(settings().ratios))
    weights[NODE] = 1.0
    return Stand(0, 0, 4, weights, 1.0)


def test_months_to_come_follow_the_season(row, held):
    one = fitted(held, 0, NODE, 4, settings())

    found = expected(row, KNOWN, 8, one)

    season = 1 + 0.05 * row.waves[KNOWN:, 0]
    assert found[:, 0] == pytest.approx(one.level * season, rel=0.02)


def test_later_months_are_less_certain_and_all_hang_together(row, held):
    one = fitted(held, 0, NODE, 4, settings())

    found = spread_of(row, KNOWN, one, expected(row, KNOWN, 8, one))

    assert np.all(np.diff(np.diag(found - np.diag(one.variance / row.exposure[KNOWN:]))) > -0.05)
    assert np.all(found > 0)
    assert np.linalg.eigvalsh(found).min() > 0


def test_the_simulated_total_has_the_mean_and_variance_worked_out(row, held):
    one, window = fitted(held, 0, NODE, 4, settings()), Window(KNOWN, 48, WHOLE)

    totals = paths(row, scaled(row, KNOWN), window, held, alone(), settings(), shared(20_000)).sum(
        axis=1
    )

    mean, variance = total_of(row, window, one)
    assert totals.mean() == pytest.approx(mean, rel=0.002)
    assert totals.var() == pytest.approx(variance, rel=0.04)


def test_months_before_the_year_are_simulated_and_not_counted(row, held):
    one = fitted(held, 0, NODE, 4, settings())

    whole = total_of(row, Window(KNOWN, 48, WHOLE), one)
    later = total_of(row, Window(KNOWN, 54, WHOLE), one)

    assert later[0] == pytest.approx(whole[0] * 6 / 8, rel=0.05)
    assert later[1] < whole[1]


def test_a_known_month_after_a_gap_is_taken_in_as_by_a_normal_distribution():
    random = np.random.default_rng(5)
    root = random.normal(size=(5, 5))
    spread, means = root @ root.T + np.eye(5), random.normal(size=(5, 3))
    known = np.array([np.nan, 0.7, np.nan, -0.4, np.nan])
    seen, unseen = [1, 3], [0, 2, 4]
    pull = spread[np.ix_(unseen, seen)] @ np.linalg.inv(spread[np.ix_(seen, seen)])
    wanted = means[unseen, 0] + pull @ (known[seen] - means[seen, 0])
    left = spread[np.ix_(unseen, unseen)] - pull @ spread[np.ix_(seen, unseen)]

    condition(known, means, spread)

    assert np.allclose(means[unseen, 0], wanted)
    assert np.allclose(spread[np.ix_(unseen, unseen)], left)
    assert np.allclose(spread[seen], 0.0)


def test_a_missing_month_lies_between_its_neighbours():
    counts = np.r_[np.full(48, 100.0), 100.0, np.nan, np.full(4, 400.0), np.full(6, np.nan)]
    row = Row(counts, exposures(START, 60), waves(START, 60), np.zeros(60), 48, 60)
    held = sweep(row, scaled(row, 54), np.array([49, 54]), 4, settings().ratios)
    stand = alone()._replace(end=1)

    drawn = paths(row, scaled(row, 54), Window(49, 48, 60), held, stand, settings(), shared(2000))

    assert 100 < np.median(drawn[:, 0]) < 400
    assert np.all(drawn[:, 1] == 400.0)
    assert drawn[:, 0].std() < drawn[:, -1].std()


def test_draws_are_wider_for_a_variance_that_few_months_tell():
    normals = shared(2000).scale

    few = np.array([heavier(one, 10.0) for one in normals]) ** 2
    many = np.array([heavier(one, 1000.0) for one in normals]) ** 2

    assert few.mean() == pytest.approx(10 / 8, rel=0.03)  # of a chi-square's inverse
    assert many.mean() == pytest.approx(1.0, rel=0.01)
