"""Laney's u' against the printed vectors, and its laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from regard.core.errors import DefinitionRefused
from regard.signals.limits import u_limits
from regard.signals.others import PUBLISHED, Choices, rates_many
from signals.test_limits import DAYS
from signals.test_xmr import V8

ABOVE, BELOW, RUN_HIGH, RUN_LOW = 1, 2, 64, 128


def rates(months=36, *, mean=100.0, seed=1):
    random = np.random.default_rng(seed)
    bases = random.uniform(700, 1300, months)
    return random.poisson(mean * bases / 1000).astype(float), bases


@pytest.mark.real
def test_vector_8_infections_split_at_the_24th_month(shared_data):
    duckdb = pytest.importorskip("duckdb")
    file = shared_data / "spc_qicharts2_cdi.parquet"
    held = np.array(duckdb.sql(f"select n, days from '{file}' order by month").fetchall()).T
    split = np.arange(36) == 24

    whole = rates_many(*held, per=10_000, choices=PUBLISHED)
    parts = rates_many(*held, per=10_000, baselines=split, choices=PUBLISHED)

    assert whole.centre[0, 0] == pytest.approx(10.3802310, abs=6e-8)
    assert parts.centre[0, [0, 35]] == pytest.approx([13.0242263, 5.0089203], abs=6e-8)


def test_vector_8_limits_are_those_of_the_single_chart():
    known = u_limits(V8[:24], DAYS, overdispersed=True)

    found = rates_many(V8[:24], DAYS, choices=PUBLISHED)

    assert found.centre[0, 0] == pytest.approx(known.centre)
    assert found.upper[0] == pytest.approx(known.upper, rel=1e-12)
    assert found.lower[0] == pytest.approx(known.lower, rel=1e-12)


def test_vector_3_a_u_chart_of_fifty_where_months_vary_by_chance_alone():
    found = rates_many([3.0, 4.0, 4.0, 3.8] * 5, [50.0] * 20, choices=Choices(few=0))

    assert found.centre[0, 0] == pytest.approx(0.074)
    assert found.spread[0, 0] == 1
    assert (found.lower[0, 0], found.upper[0, 0]) == pytest.approx((0, 0.1894123), abs=6e-8)


def test_each_month_has_the_limits_of_its_own_base():
    counts, bases = rates()

    found = rates_many(counts, bases, per=1000)

    wide, narrow = int(np.argmin(bases)), int(np.argmax(bases))
    width = found.upper[0] - found.lower[0]
    assert width[wide] / width[narrow] == pytest.approx(
        np.sqrt(bases[narrow] / bases[wide]), rel=1e-9
    )


def test_few_expected_have_the_limits_of_exact_chances():
    counts = np.array([4.0, 6.0] * 12)

    found = rates_many(counts, np.ones(24))

    known = stats.poisson(5)
    assert (found.lower[0, 0], found.upper[0, 0]) == (0, known.ppf(1 - 0.00135))
    assert known.sf(found.upper[0, 0]) <= 0.00135


def test_a_series_varies_less_than_chance_only_if_that_is_declared():
    counts = np.array([1000.0, 1001.0] * 12)

    guarded = rates_many(counts, np.ones(24))
    declared = rates_many(counts, np.ones(24), choices=Choices(least=0))

    assert guarded.spread[0, 0] == 1
    assert 0 < declared.spread[0, 0] < 0.1


def test_a_run_of_eight_below_is_marked_and_seven_are_not():
    usual = [100.0, 110.0] * 12

    seven = rates_many([*usual, *[101.0] * 7], np.ones(31), freeze=24)
    eight = rates_many([*usual, *[101.0] * 8], np.ones(32), freeze=24)

    assert not seven.signals.any()
    assert eight.signals[0].tolist() == [0] * 24 + [RUN_LOW] * 8


def test_a_month_on_the_average_ends_a_run():
    usual = [100.0, 110.0] * 12

    found = rates_many([*usual, *[101.0] * 5, 105.0, *[101.0] * 5], np.ones(35), freeze=24)

    assert not found.signals.any()


def test_a_missing_month_takes_no_part_and_is_drawn_on_the_usual_base():
    counts, bases = rates()
    without = np.delete(counts, 10), np.delete(bases, 10)
    counts[10] = bases[10] = np.nan

    found = rates_many(counts, bases, per=1000)

    assert found.centre[0, 0] == pytest.approx(1000 * without[0].sum() / without[1].sum())
    usual = int(np.argmin(np.abs(bases - np.nanmedian(bases))))
    assert found.upper[0, 10] == pytest.approx(found.upper[0, usual], rel=1e-2)
    assert found.signals[0, 10] == 0


def test_no_moving_range_is_taken_across_a_missing_month():
    counts = np.array([100.0] * 12 + [np.nan] + [200.0] * 12)

    found = rates_many(counts, np.ones(25))

    assert found.spread[0, 0] == 1


def test_a_month_without_a_base_is_not_judged():
    counts, bases = rates()
    counts[5], bases[5] = 900, np.nan

    found = rates_many(counts, bases, per=1000)

    assert found.signals[0, 5] == 0


def test_no_event_at_all_gives_no_signal():
    found = rates_many(np.zeros(24), np.ones(24))

    assert not found.signals.any()
    assert (found.lower[0, 0], found.upper[0, 0]) == (0, 0)
    assert found.latest.p_value[0] == 1


def test_the_latest_month_is_judged_by_those_of_its_level_alone():
    counts, bases = rates(48)
    counts[24:] *= 2
    split = np.arange(48) == 24

    found = rates_many(counts, bases, per=1000, baselines=split).latest

    alone = rates_many(counts[24:], bases[24:], per=1000).latest
    assert found.p_value[0] == alone.p_value[0]
    assert found.month[0] == 47


def test_the_chance_of_the_latest_month_is_exact_where_chance_alone_varies():
    counts = np.array([4.0, 5.0] * 12 + [14.0])

    found = rates_many(counts, np.ones(25)).latest

    # Gamma-Poisson with a prior of a half: size sum + 1/2, chance n / (n + 1).
    known = stats.nbinom(108.5, 24 / 25).sf(13)
    assert found.p_value[0] == pytest.approx(2 * known, rel=1e-9)
    assert found.expected[0] == 4.5
    assert found.deviate[0] > 3


def test_a_spread_that_is_itself_uncertain_makes_the_latest_month_less_surprising():
    counts = np.array([800.0, 1200.0] * 6 + [1900.0])

    short = rates_many(counts, np.ones(13)).latest
    long = rates_many(np.r_[np.tile(counts[:12], 5), 1900], np.ones(61)).latest

    assert short.p_value[0] > long.p_value[0]


@pytest.mark.parametrize("months", [1, 8])
def test_fewer_than_eight_months_before_give_no_chance(months):
    found = rates_many(np.full(months, 10.0), np.ones(months)).latest

    assert np.isnan(found.p_value[0])
    assert found.value[0] == 10


def test_a_series_without_a_month_has_no_limits():
    found = rates_many(np.full((2, 5), np.nan), np.ones((2, 5)))

    assert np.isnan(found.centre).all()
    assert found.latest.month.tolist() == [-1, -1]


@given(st.integers(0, 10_000), st.sampled_from([0.5, 3.0, 1000.0]))
def test_the_unit_of_a_base_changes_nothing_but_the_unit(seed, times):
    counts, bases = rates(seed=seed)

    one = rates_many(counts, bases)
    other = rates_many(counts, bases * times)

    assert other.upper == pytest.approx(one.upper / times, rel=1e-9)
    assert other.signals.tolist() == one.signals.tolist()
    assert other.latest.p_value == pytest.approx(one.latest.p_value, rel=1e-7)


@given(st.integers(0, 10_000))
def test_the_order_of_series_changes_nothing(seed):
    counts = np.random.default_rng(seed).poisson(30, (5, 30)).astype(float)
    bases = np.ones((5, 30))

    one, other = rates_many(counts, bases), rates_many(counts[::-1], bases)

    assert one.upper.tolist() == other.upper[::-1].tolist()
    assert one.latest.p_value.tolist() == other.latest.p_value[::-1].tolist()


@pytest.mark.parametrize(
    ("counts", "bases"),
    [([1.0, -1.0], [1, 1]), ([1.0, 2.0], [1, -1]), ([1.0, 2.0], [1, 0]), ([1.0, np.inf], [1, 1]),
     ([1.0], [1, 1])],
)  # fmt: skip
def test_what_cannot_be_a_rate_is_refused(counts, bases):
    with pytest.raises(DefinitionRefused):
        rates_many(counts, bases)


@pytest.mark.parametrize("how", [{"freeze": 1}, {"freeze": -1}, {"widest_gap": 0}])
def test_limits_from_one_month_are_refused(how):
    with pytest.raises(DefinitionRefused, match="0 for all"):
        rates_many([1.0, 2.0], [1, 1], **how)
