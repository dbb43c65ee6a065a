"""Surprises, cumulative sums and runs: by hand, and against what independence asks."""

from __future__ import annotations

import math

import numpy as np
import pytest

from regard.core.periods import Month
from regard.signals.adjusted.fitting import Fit, Months, fit_months, supplied
from regard.signals.adjusted.season import calendar_months, exposures
from regard.signals.adjusted.spread import Spread
from regard.signals.adjusted.tuning import TUNING, WARM_UP
from regard.signals.adjusted.watching import Watch, surprises, watch

START = Month(2010, 4)
SURE = 1e9  # degrees of freedom at which the dispersion is as good as known to be 1
QUIET = [10.0] * WARM_UP


def held(roots, *, where=None, weights=None, autocorrelation=0.0, start=0):
    """A fit of one current level of which the spread is known, made by hand."""
    roots = np.array(roots)
    months = len(roots)
    columns = np.arange(months) if where is None else np.array(where)
    starts = np.array([0] if start == 0 else [0, start])
    heavy = np.ones(months) if weights is None else np.array(weights, float)
    level = (np.arange(months) >= start).astype(np.int64) if start else np.zeros(months, np.int64)
    spread = Spread(1.0, 1.0, autocorrelation, SURE)
    fit = Fit(starts, 0, np.ones(12), spread, roots, heavy, level, np.array([10.0, 10.0]))
    none = np.zeros(months, np.bool_)
    return fit, Months(roots, heavy, columns % 12, columns, none)


def watched(roots, **changed):
    return watch(*held(roots, **changed), TUNING)


def test_a_surprise_is_the_gap_from_the_average_so_far_over_its_own_error():
    found = surprises(*held([*QUIET, 12.0, 12.0]))

    first = 2 / math.sqrt(1 + 1 / 6)
    second = (12 - 72 / 7) / math.sqrt(1 + 1 / 7)
    assert found.tolist()[:WARM_UP] == [0.0] * WARM_UP
    assert found[WARM_UP:] == pytest.approx([first, second], rel=1e-6)


def test_the_cumulative_sum_is_that_of_page_by_hand():
    """Surprises 1.8516 and 1.6036, each less a slack of a half, add up to 2.4552."""
    found = watched([*QUIET, 12.0, 12.0])

    first, second = 2 / math.sqrt(7 / 6), (12 / 7) / math.sqrt(8 / 7)
    assert found.rise == pytest.approx(first + second - 1, rel=1e-6)
    assert found.rise == pytest.approx(2.4552, abs=1e-4)
    assert (found.fall, found.rise_since, found.fall_since) == (0, 6, -1)
    assert (found.run, found.run_since) == (2, 6)


def test_a_cumulative_sum_that_came_down_to_nought_counts_from_its_next_climb():
    found = watched([*QUIET, 11.0, 6.0, 11.0])

    assert found.rise_since == 8
    assert found.fall_since == 7
    assert found.rise > 0 < found.fall


def test_one_odd_month_is_no_drift():
    found = watched([*QUIET, 90.0])

    assert found.rise == pytest.approx(TUNING.most_surprise - TUNING.slack)
    assert found.rise < TUNING.alarm


def test_falls_mirror_rises():
    up = watched([*QUIET, 12.0, 9.5, 13.0])
    down = watched([*QUIET, 8.0, 10.5, 7.0])

    assert (down.fall, down.rise) == pytest.approx((up.rise, up.fall))
    assert (down.fall_since, down.rise_since) == (up.rise_since, up.fall_since)
    assert (down.run, down.run_since) == (-up.run, up.run_since)


def test_months_before_the_current_level_and_its_first_six_say_nothing():
    found = watched([20.0] * 9 + QUIET, start=9)

    assert found == Watch(0, 0, -1, -1, 0, -1)


def test_what_hangs_together_is_foretold_from_the_month_before():
    """At rho 0.5 the second 12 is foretold half its gap: the surprise is the rest of it."""
    found = surprises(*held([*QUIET, 12.0, 12.0], autocorrelation=0.5))

    mean = 72 / 7
    expected = (12 - mean) / 2 / math.sqrt(0.75 * (1 + 1 / 7))
    assert found[7] == pytest.approx(expected, rel=1e-6)


def test_after_a_missing_month_nothing_is_carried_over_from_the_one_before():
    where = [0, 1, 2, 3, 4, 5, 6, 8]
    found = surprises(*held([*QUIET, 12.0, 12.0], where=where, autocorrelation=0.5))

    assert found[7] == pytest.approx((12 - 72 / 7) / math.sqrt(1 + 3 / 7), rel=1e-6)


def test_a_long_month_weighs_as_it_is_long():
    found = surprises(*held([*QUIET, 12.0], weights=[1.0] * WARM_UP + [4.0]))

    assert found[6] == pytest.approx(2 / math.sqrt(1 / 4 + 1 / 6), rel=1e-6)


def test_a_run_counts_months_with_a_value_and_names_the_column_where_it_began():
    where = [0, 1, 2, 3, 4, 5, 6, 8, 9, 13]

    found = watched([*QUIET, 9.0, 11.0, 11.5, 12.0], where=where)

    assert (found.run, found.run_since) == (3, 8)


def test_a_month_as_foretold_ends_a_run():
    found = watched([*QUIET, 11.0, 12.0, (60 + 23) / 8])

    assert (found.run, found.run_since) == (0, -1)


def test_a_hairs_breadth_is_no_side():
    """A count that never changes differs from its level by leap years alone."""
    found = watched([*QUIET, *[10.001] * 12])

    assert found.run == 0


def crime(*, rho, seed, series=300, months=120, mean=900.0, over=2.0):
    """Counts with a season, of which the gaps hang together by rho."""
    random = np.random.default_rng(seed)
    gaps = random.standard_normal((series, months))
    for month in range(1, months):
        gaps[:, month] = rho * gaps[:, month - 1] + math.sqrt(1 - rho**2) * gaps[:, month]
    wave = 1 + 0.1 * np.cos(2 * np.pi * calendar_months(START, months) / 12)
    means = mean * wave * exposures(START, months)
    return np.round(means + gaps * np.sqrt(over * means))


@pytest.mark.parametrize("rho", [0.0, 0.3])
def test_surprises_are_independent_whether_or_not_months_hang_together(rho):
    counts = crime(rho=rho, seed=11)
    given, months = np.zeros(0, np.bool_), counts.shape[1]
    lengths, calendar = exposures(START, months), calendar_months(START, months)
    found = []
    for row in counts:
        one = supplied(row, lengths, calendar, given)
        fit = fit_months(one, TUNING)
        if len(fit.starts) == 1:
            found.append(surprises(fit, one)[WARM_UP:])
    held = np.array(found)

    # Four Monte Carlo errors of 300 x 114 months are 0.02 to 0.03. Rho is estimated, and never
    # below nought, so that of independent months a little too much is taken away.
    assert len(held) > 0.9 * len(counts)
    assert held.mean() == pytest.approx(0, abs=0.03)
    assert held.var() == pytest.approx(1, abs=0.05)
    assert -0.08 <= np.mean(held[:, 1:] * held[:, :-1]) <= 0.03


def test_a_large_season_does_not_make_its_large_month_a_surprise():
    """Fireworks: forty times as many in March, the last month, which is no surprise at all."""
    months = 120
    calendar, lengths = calendar_months(START, months), exposures(START, months)
    means = np.where(calendar == 2, 2000.0, 50.0) * lengths
    counts = np.random.default_rng(12).poisson(means, (300, months)).astype(float)
    given = np.zeros(0, np.bool_)
    last = []
    for row in counts:
        one = supplied(row, lengths, calendar, given)
        last.append(surprises(fit_months(one, TUNING), one)[-1])

    assert np.std(last) == pytest.approx(1, abs=0.17)
    assert np.max(np.abs(last)) < 4.5
