"""Laney's p' against the printed vector, on real attendances, and its laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from regard.core.errors import DefinitionRefused
from regard.signals.others import PUBLISHED, Choices, rates_many, shares_many


@pytest.fixture(scope="module")
def weeks(shared_data):
    duckdb = pytest.importorskip("duckdb")
    file = shared_data / "spc_qicharts2_nhs_accidents.parquet"
    return np.array(duckdb.sql(f"select r, n from '{file}' order by i").fetchall(), float).T


@pytest.fixture(scope="module")
def hospitals(shared_data):
    """Attendances over four hours and all attendances of major departments, a row a trust."""
    duckdb = pytest.importorskip("duckdb")
    file = shared_data / "nhs_ae_attendances_orghash0.parquet"
    rows = duckdb.sql(
        f"select org_code, period, breaches, attendances from '{file}' where type = '1'"
    ).fetchall()
    trusts, months = (sorted({row[at] for row in rows}) for at in (0, 1))
    held = np.full((2, len(trusts), len(months)), np.nan)
    for trust, month, *pair in rows:
        held[:, trusts.index(trust), months.index(month)] = pair
    return held


def shares(months=36, *, share=0.84, seed=1):
    random = np.random.default_rng(seed)
    bases = random.integers(900, 1600, months).astype(float)
    return random.binomial(bases.astype(int), share).astype(float), bases


@pytest.mark.real
def test_vector_9_has_the_printed_limits_and_no_signal(weeks):
    found = shares_many(*weeks, choices=PUBLISHED)

    assert found.centre[0, 0] == pytest.approx(95.28997, abs=6e-6)
    assert found.spread[0, 0] == pytest.approx(10.64042, abs=6e-6)
    ends = found.lower[0, 0], found.upper[0, 0]
    assert ends == pytest.approx((94.01296, 96.56698), abs=6e-6)
    assert not found.signals.any()


@pytest.mark.real
def test_vector_9_without_its_own_spread_has_sixteen_false_signals(weeks):
    found = shares_many(*weeks, choices=PUBLISHED)

    within, bases = weeks
    centre = found.centre[0, 0] / 100
    chance = 3 * np.sqrt(centre * (1 - centre) / bases)
    assert centre - chance[0] == pytest.approx(0.9516996, abs=6e-8)
    assert (np.abs(within / bases - centre) > chance).sum() == 16


@pytest.mark.real
def test_of_real_attendances_limits_by_chance_alone_flag_eight_times_as_many(hospitals):
    over, bases = hospitals
    held = np.isfinite(bases)

    found = shares_many(over, bases)

    centre = found.centre / 100
    plain = np.abs(over / bases - centre) > 3 * np.sqrt(centre * (1 - centre) / bases)
    assert held.sum() == 2594
    assert plain[held].mean() == pytest.approx(0.818, abs=6e-4)
    assert ((found.signals & 3) > 0)[held].mean() == pytest.approx(0.099, abs=6e-4)
    assert 3 < found.spread[:, -1].min() < np.median(found.spread[:, -1]) < 8


def test_limits_stay_where_a_percentage_can_be():
    counts = np.array([99.0, 100.0, 97.0] * 8)

    found = shares_many(counts, np.full(24, 100.0), choices=Choices(few=0))

    assert found.upper.max() == 100
    assert shares_many(100 - counts, np.full(24, 100.0), choices=Choices(few=0)).lower.min() == 0


def test_few_of_the_rarer_kind_have_the_limits_of_exact_chances():
    counts, bases = np.array([2.0, 3.0, 4.0, 3.0] * 6), np.full(24, 300.0)

    found = shares_many(counts, bases)

    known = stats.binom(300, 0.01)
    assert found.upper[0, 0] == pytest.approx(100 * known.ppf(1 - 0.00135) / 300)
    assert found.lower[0, 0] == 0


def test_the_chance_of_the_latest_month_is_exact_where_chance_alone_varies():
    counts, bases = np.array([20.0, 21.0] * 12 + [6.0]), np.full(25, 50.0)

    found = shares_many(counts, bases).latest

    # Beta-binomial with a prior of a half on either side.
    known = stats.betabinom(50, 492.5, 24 * 50 - 492 + 0.5).cdf(6)
    assert found.p_value[0] == pytest.approx(2 * known, rel=1e-6)
    assert found.deviate[0] < -3


@given(st.integers(0, 10_000), st.floats(0.02, 0.98))
def test_counting_those_left_out_turns_the_chart_over(seed, share):
    counts, bases = shares(share=share, seed=seed)

    one, other = shares_many(counts, bases), shares_many(bases - counts, bases)

    assert other.upper == pytest.approx(100 - one.lower, abs=1e-6)
    assert other.latest.deviate == pytest.approx(-one.latest.deviate, abs=1e-5)


@given(st.integers(0, 10_000))
def test_a_rare_share_of_a_large_base_is_a_rate(seed):
    random = np.random.default_rng(seed)
    counts, bases = random.poisson(40, 30).astype(float), np.full(30, 1e7)

    share, rate = shares_many(counts, bases), rates_many(counts, bases, per=100)

    assert share.upper == pytest.approx(rate.upper, rel=1e-5)
    assert share.latest.p_value == pytest.approx(rate.latest.p_value, rel=1e-2)


def test_everybody_every_month_gives_no_signal():
    found = shares_many(np.full(24, 50.0), np.full(24, 50.0))

    assert not found.signals.any()
    assert (found.lower[0, 0], found.upper[0, 0]) == (100, 100)


def test_more_positive_answers_than_answers_are_refused():
    with pytest.raises(DefinitionRefused, match="series 0 holds 11.0 on a base of 10.0 in column"):
        shares_many([5.0, 11.0], [10.0, 10.0])
