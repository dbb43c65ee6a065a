"""The kernel agrees with the rules written a second time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.signals.conventions import NHS, NHS_UNGUARDED, NHSR_PARITY
from regard.signals.xmr import named_signals, xmr_many
from signals import oracle

NAMES = {
    "above the upper limit": "UCL", "below the lower limit": "LCL", "rising": "up",
    "falling": "down", "two of three high": "2 high", "two of three low": "2 low",
    "run above the average": "7 above", "run below the average": "7 below",
}  # fmt: skip
PLANS = {
    NHS: {"guarded": True, "counts": True, "old": False},
    NHS_UNGUARDED: {"guarded": False, "counts": True, "old": False},
    NHSR_PARITY: {"guarded": False, "counts": True, "old": True},
}


def rows(matrix):
    return [[None if np.isnan(value) else float(value) for value in row] for row in matrix]


def as_oracle(bits):
    return {NAMES[name] for name in named_signals(int(bits))}


def differences(matrix, chart, expected):
    """Points whose signals differ, and the largest distance between limits."""
    wrong, worst = 0, 0.0
    for at, row in enumerate(expected):
        for month, (mean, lower, upper, found) in enumerate(row):
            wrong += as_oracle(chart.signals[at, month]) != found
            pairs = ((chart.centre, mean), (chart.lower, lower), (chart.upper, upper))
            for array, value in pairs:
                if value is None or np.isnan(value):
                    wrong += not np.isnan(array[at, month])
                else:
                    worst = max(worst, abs(array[at, month] - value))
    return wrong, worst


def crime(seed, *, series, months=120):
    """Counts of every size with steps, ties, missing months and rebase points."""
    random = np.random.default_rng(seed)
    level = random.choice([0.3, 3, 20, 200, 14_000], (series, 1))
    steps = np.where(np.arange(months) > random.integers(0, months, (series, 1)), 0.8, 1.0)
    values = random.poisson(level * steps).astype(float)
    values[random.random((series, months)) < 0.03] = np.nan
    return values, random.random((series, months)) < 0.02


@pytest.mark.parametrize("rules", PLANS, ids=str)
def test_over_24_000_points_no_signal_differs_from_the_oracle(rules):
    values, rebase = crime(20_260, series=200)
    expected = [
        oracle.chart(row, rebase=np.flatnonzero(starts).tolist(), **PLANS[rules])
        for row, starts in zip(rows(values), rebase, strict=True)
    ]

    chart = xmr_many(values, rules=rules, rebase=rebase)

    wrong, worst = differences(values, chart, expected)
    assert values.size == 24_000
    assert wrong == 0
    assert worst < 1e-9


months = st.one_of(st.none(), st.integers(0, 12).map(float), st.floats(-1e6, 1e6))


@given(st.lists(months, min_size=2, max_size=40), st.sampled_from(list(PLANS)), st.integers(0, 15))
def test_any_series_reads_as_the_oracle_reads_it(values, rules, freeze):
    matrix = np.array([[np.nan if value is None else value for value in values]])
    expected = [oracle.chart(values, freeze=freeze, **PLANS[rules])]

    chart = xmr_many(matrix, rules=rules, freeze=freeze)

    wrong, worst = differences(matrix, chart, expected)
    assert wrong == 0
    assert worst <= 1e-6


@given(st.integers(0, 2**32 - 1))
def test_the_order_of_the_series_does_not_matter(seed):
    values, rebase = crime(seed, series=8, months=30)
    order = np.random.default_rng(seed).permutation(8)

    straight = xmr_many(values, rebase=rebase)
    mixed = xmr_many(values[order], rebase=rebase[order])

    assert np.array_equal(straight.signals[order], mixed.signals)
    assert np.array_equal(straight.upper[order], mixed.upper, equal_nan=True)


@given(st.integers(0, 2**32 - 1), st.sampled_from([0.25, 0.5, 2.0, 4.0, 1024.0]))
def test_a_change_of_unit_changes_no_signal(seed, times):
    values, rebase = crime(seed, series=4, months=40)

    plain = xmr_many(values, rebase=rebase, counts=False)
    scaled = xmr_many(values * times, rebase=rebase, counts=False)

    assert np.array_equal(plain.signals, scaled.signals)
    assert np.allclose(plain.upper * times, scaled.upper, equal_nan=True)


@given(st.integers(0, 2**32 - 1), st.integers(-1000, 1000).map(float))
def test_a_level_added_to_every_month_moves_the_limits_with_it(seed, more):
    values, rebase = crime(seed, series=4, months=32)

    plain = xmr_many(values, rebase=rebase, counts=False)
    shifted = xmr_many(values + more, rebase=rebase, counts=False)

    assert np.allclose(plain.lower + more, shifted.lower, atol=1e-6, equal_nan=True)
    assert np.allclose(plain.centre + more, shifted.centre, atol=1e-6, equal_nan=True)


@given(st.integers(0, 2**32 - 1))
def test_upside_down_every_high_signal_is_a_low_one(seed):
    values, _ = crime(seed, series=4, months=32)

    plain = xmr_many(values, counts=False)
    turned = xmr_many(-values, counts=False)

    high, low = plain.signals & 0b01010101, plain.signals & 0b10101010
    assert np.array_equal((high << 1) | (low >> 1), turned.signals)


@given(st.integers(1, 10**15), st.integers(13, 60))
def test_huge_and_tiny_counts_have_finite_limits(level, length):
    values = np.full((1, length), float(level))
    values[0, 3] = level + 1

    chart = xmr_many(values)

    assert np.isfinite(chart.lower).all()
    assert np.isfinite(chart.upper).all()


@given(st.integers(0, 10**6), st.integers(2, 60))
def test_constant_counts_have_finite_limits_and_no_signal(level, length):
    chart = xmr_many(np.full((1, length), float(level)))

    assert np.isfinite(chart.upper).all()
    assert not chart.signals.any()


@given(st.lists(st.integers(1, 60), min_size=1, max_size=3), st.integers(12, 60))
def test_zero_heavy_counts_never_have_limits_without_width(odd, length):
    values = np.zeros((1, length))
    values[0, 1 : 2 * len(odd) : 2] = odd

    guarded, parity = xmr_many(values), xmr_many(values, rules=NHSR_PARITY)

    assert (guarded.upper > guarded.lower).all()
    assert not (guarded.signals == 0b10).all()
    assert (parity.signals != 0).sum() >= (guarded.signals & 0b11 != 0).sum()


@given(st.integers(0, 2**32 - 1), st.integers(1, 6))
def test_months_not_yet_supplied_change_nothing_before_them(seed, more):
    values, rebase = crime(seed, series=4, months=30)
    later = np.full((4, more), np.nan)

    short = xmr_many(values, rebase=rebase)
    long = xmr_many(
        np.hstack([values, later]), rebase=np.hstack([rebase, np.zeros((4, more), bool)])
    )

    assert np.array_equal(short.signals, long.signals[:, :30])
    assert np.array_equal(short.upper, long.upper[:, :30], equal_nan=True)


@given(st.integers(0, 2**32 - 1))
def test_many_series_read_as_each_of_them_alone(seed):
    values, rebase = crime(seed, series=6, months=30)

    together = xmr_many(values, rebase=rebase)

    for at in range(6):
        alone = xmr_many(values[at : at + 1], rebase=rebase[at : at + 1])
        assert np.array_equal(together.signals[at], alone.signals[0])
