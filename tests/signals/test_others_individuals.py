"""The normalised individuals chart beside XmR, and on bases."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.signals.conventions import EXACT_CONSTANT, NHS_UNGUARDED
from regard.signals.others import ROBUST, individuals_many
from regard.signals.xmr import xmr_many
from signals.test_xmr import V1, V3, V6


def test_vector_1_unscreened_with_the_exact_constant():
    found = individuals_many(V1)

    ends = found.lower[0, 0], found.upper[0, 0]
    assert ends == pytest.approx((-3.0601311, 6.9490200), abs=6e-8)
    assert np.flatnonzero(found.signals[0]).tolist() == [4]


def test_vector_1_by_the_median_of_the_changes():
    found = individuals_many(V1, choices=ROBUST)

    assert found.spread[0, 0] == pytest.approx(1.04822, abs=6e-6)


def test_vector_3_signals_the_fourth_batch():
    found = individuals_many(V3)

    assert found.spread[0, 0] == pytest.approx(0.507652109 * 1.128 / 1.1283792, rel=1e-6)
    assert np.flatnonzero(found.signals[0] & 3).tolist() == [3]


def test_vector_6_no_change_at_all_gives_finite_limits_and_no_signal():
    found = individuals_many(V6)

    assert np.isfinite(found.upper).all()
    assert not found.signals.any()
    assert np.isnan(found.latest.p_value[0])


@given(st.integers(0, 10_000))
def test_without_bases_it_is_the_individuals_chart(seed):
    values = np.random.default_rng(seed).normal(14, 3, (3, 30))
    values[:, 7] = np.nan
    rules = replace(NHS_UNGUARDED, constant=EXACT_CONSTANT, screen=False, guarded=True)

    ours, known = individuals_many(values), xmr_many(values, rules=rules, counts=False)

    assert ours.centre == pytest.approx(known.centre, abs=1e-12)
    assert ours.upper == pytest.approx(known.upper, abs=1e-12)


def test_limits_follow_how_many_an_average_is_of():
    random = np.random.default_rng(3)
    bases = random.integers(20, 400, 400).astype(float)
    values = 30 + random.standard_normal(400) * 12 / np.sqrt(bases)

    found = individuals_many(values, bases)

    # Monte Carlo error of a spread from 400 months: about 4%.
    assert found.spread[0, 0] == pytest.approx(12, rel=0.12)
    assert ((found.signals & 3) > 0).mean() < 0.02
    assert found.centre[0, 0] == pytest.approx((values * bases).sum() / bases.sum())


def test_half_the_changes_nought_gives_way_to_their_mean():
    found = individuals_many([5.0] * 20 + [9.0] * 4, choices=ROBUST)

    assert found.spread[0, 0] > 0


def test_a_value_without_a_base_is_not_judged():
    found = individuals_many([5.0, 6.0] * 8 + [90.0], [10.0] * 16 + [np.nan])

    assert found.signals[0, -1] == 0
    assert found.latest.month[0] == 15
