"""Dates and sizes of steps, with ranges that hold the truth as often as they say."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.periods import Month
from regard.signals.adjusted.charts import adjusted_many
from regard.signals.adjusted.dates import (
    LEAST_DEPTH,
    depth_of,
    level_sums,
    long_run,
    ratio_range,
    step_of,
)
from regard.signals.adjusted.fitting import fit_months, supplied
from regard.signals.adjusted.season import calendar_months, exposures
from regard.signals.adjusted.tuning import TUNING

START = Month(2010, 4)


def months_of(counts, *, accepted=()):
    row = np.asarray(counts, float)
    given = np.zeros(len(row), np.bool_)
    given[list(accepted)] = True
    return supplied(row, exposures(START, len(row)), calendar_months(START, len(row)), given)


def stepped(before, after, months, *, seed, over=1.0, series=1):
    """Counts at two levels, of so many months each; variance over mean as asked."""
    random = np.random.default_rng(seed)
    levels = np.repeat([before, after], months) * exposures(START, sum(months))
    means = np.tile(levels, (series, 1))
    if over > 1:
        means = random.gamma(means / (over - 1), over - 1)
    return random.poisson(means).astype(float)


def first_step(counts, *, accepted=()):
    months = months_of(counts, accepted=accepted)
    fit = fit_months(months, TUNING)
    return fit, months, step_of(fit, months, 1)


def test_a_step_tells_its_levels_its_months_and_that_it_was_found():
    counts = stepped(300, 200, (20, 15), seed=1)[0]

    _, months, step = first_step(counts)

    assert step.column == 20
    assert step.before == pytest.approx(counts[:20].sum() / months.exposure[:20].sum())
    assert step.after == pytest.approx(counts[20:].sum() / months.exposure[20:].sum())
    assert (step.months, step.given) == (15, 0)


def test_an_accepted_step_is_told_as_accepted_and_at_its_own_month():
    step = first_step(stepped(300, 200, (20, 15), seed=2)[0], accepted=[17])[2]

    assert (step.column, step.given, step.months) == (17, 1, 18)


def test_columns_count_missing_months():
    counts = stepped(300, 200, (20, 15), seed=3)[0]
    counts[[2, 7, 18]] = math.nan

    _, _, step = first_step(counts)

    assert step.column == 20
    assert step.earliest <= 20 <= step.latest


def test_the_gain_of_a_step_is_what_one_level_in_its_place_would_cost_more():
    fit, _, step = first_step(stepped(220, 180, (30, 25), seed=4)[0])

    def cost(part):
        heavy, roots = fit.weights[part], fit.roots[part]
        return np.sum(heavy * (roots - np.average(roots, weights=heavy)) ** 2)

    at = fit.starts[1]
    gain = cost(slice(None)) - cost(slice(at)) - cost(slice(at, None))
    assert step.gain == pytest.approx(gain / long_run(fit))
    assert step.gain > TUNING.penalty * math.log(55)


def test_level_sums_add_up_to_the_series():
    fit, months, _ = first_step(stepped(220, 180, (30, 25), seed=4)[0])

    counts, heavy, held = level_sums(fit, months)

    assert counts.sum() == months.counts.sum()
    assert heavy.sum() == pytest.approx(fit.weights.sum())
    assert held.tolist() == [30, 25]


def test_the_long_run_variance_grows_with_autocorrelation():
    fit, _, _ = first_step(stepped(220, 180, (30, 25), seed=4)[0])
    tied = fit._replace(spread=fit.spread._replace(dispersion=2.0, autocorrelation=0.5))

    assert long_run(tied) == pytest.approx(6)


def test_a_small_step_takes_the_full_depth_and_a_large_one_the_least():
    assert depth_of(0.0) == pytest.approx(-2 * math.log(1 - math.sqrt(0.95)))
    assert depth_of(9.0) == LEAST_DEPTH
    assert depth_of(1.0) == pytest.approx(depth_of(0.0) - 1.1652)


def test_dates_of_a_fall_of_a_fifth_are_right_and_their_ranges_hold_them():
    counts = stepped(200, 160, (60, 60), seed=5, series=500)

    many = adjusted_many(counts, START)

    one = np.bincount(many.steps["row"].astype(int), minlength=500) == 1
    rows = one[many.steps["row"].astype(int)]
    column, earliest, latest = (many.steps[name][rows] for name in ("column", "earliest", "latest"))
    assert one.mean() > 0.93
    assert np.mean(np.abs(column - 60) <= 1) >= 0.90
    assert np.mean((earliest <= 60) & (latest >= 60)) >= 0.93
    assert np.mean(latest - earliest) < 4


@pytest.mark.parametrize(
    ("before", "after", "months"),
    [(100, 200, (12, 100)), (200, 100, (12, 100)), (100, 200, (60, 12)), (100, 400, (12, 40))],
)
@pytest.mark.parametrize("over", [1.0, 3.0])
def test_the_range_of_a_ratio_holds_it_whichever_level_is_short_or_low(before, after, months, over):
    counts = stepped(before, after, months, seed=6, over=over, series=800)
    accepted = np.zeros(counts.shape, bool)
    accepted[:, months[0]] = True

    steps = adjusted_many(counts, START, accepted=accepted).steps

    ours = steps["given"] == 1
    held = (steps["low"] <= after / before) & (after / before <= steps["high"])
    # 0.95, less four Monte Carlo errors of 800; not so high that the range is idle.
    assert 0.92 <= held[ours].mean() <= 0.985


levels = st.floats(0.01, 1e6)


@given(levels, levels, st.floats(1, 200), st.floats(1, 200), st.floats(1, 1e4))
def test_a_range_holds_its_ratio_and_turns_over_with_it(before, after, first, second, variance):
    roots = 2 * np.sqrt(np.array([before, after]) + 3 / 8)

    low, high = ratio_range((before, after), roots, (first, second), variance)

    assert 0 < low < after / before < high < math.inf
    back = ratio_range((after, before), roots[::-1].copy(), (second, first), variance)
    assert back == pytest.approx((1 / high, 1 / low), rel=1e-6)


def test_a_fall_to_nought_still_has_a_range_and_a_rise_from_nought_has_none():
    fall = first_step([20.0] * 24 + [0.0] * 24)[2]
    rise = first_step([0.0] * 24 + [20.0] * 24)[2]

    assert (fall.after, fall.low) == (0, 0)
    assert 0 < fall.high < 0.05
    assert rise.before == 0
    assert math.isnan(rise.low)
    assert math.isnan(rise.high)


@given(st.integers(0, 2**32 - 1), st.sets(st.integers(1, 39), max_size=12))
def test_a_date_range_holds_its_step_and_stays_between_its_neighbours(seed, accepted):
    counts = np.random.default_rng(seed).poisson(30, 40).astype(float)
    months = months_of(counts, accepted=sorted(accepted))
    fit = fit_months(months, TUNING)

    steps = [step_of(fit, months, place) for place in range(1, len(fit.starts))]

    bounds = [0, *(step.column for step in steps), 40]
    assert accepted <= set(bounds)
    for place, step in enumerate(steps, start=1):
        assert bounds[place - 1] < step.earliest <= step.column <= step.latest < bounds[place + 1]
