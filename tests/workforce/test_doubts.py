"""Doubt about a rate: the Beta it is drawn from, and what cannot be doubted so."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused, NotKnown
from regard.workforce.doubts import NEARLY_NORMAL, Doubt, beta_drawn, spread_of


def test_a_counted_rate_has_the_spread_of_its_beta():
    # 36 leavers in 8,000 person-months: 0.0045 a month, a sixth either way.
    assert spread_of(36, 8000) == pytest.approx(0.166281, abs=1e-6)
    drawn = beta_drawn(0.0045, spread_of(36, 8000), (np.arange(5000) + 0.5) / 5000)
    assert drawn.mean() == pytest.approx(0.0045, rel=1e-3)
    assert drawn.std() == pytest.approx(0.0045 * 0.166281, rel=1e-2)


@pytest.mark.parametrize(
    "ask, said",
    [
        (lambda: Doubt("leaving", 0), "of spread 0"),
        (lambda: spread_of(0, 10), "0 events in 10"),
        (lambda: beta_drawn(0.5, 2, np.asarray([0.5])), "a share of 0.5 with a spread of 2"),
    ],
)
def test_a_doubt_that_cannot_be_is_refused(ask, said):
    with pytest.raises(DefinitionRefused, match=said):
        ask()


def test_a_rate_that_does_not_exist_is_not_known():
    with pytest.raises(NotKnown, match="'pay'"):
        Doubt("pay", 1)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_sure_share_is_not_drawn(share):
    assert beta_drawn(share, 0.2, np.asarray([0.1, 0.9])).tolist() == [share, share]


@given(st.floats(0.001, 0.9), st.floats(0.01, 0.3))
def test_drawn_shares_are_shares_and_rise_with_where_they_are_drawn(mean, spread):
    drawn = beta_drawn(mean, spread, np.linspace(0.01, 0.99, 50))

    assert ((drawn >= 0) & (drawn <= 1)).all()
    assert (np.diff(drawn) >= 0).all()


def test_where_the_beta_is_all_but_normal_the_two_agree():
    mean, at = 0.005, (np.arange(2000) + 0.5) / 2000
    edge = math.sqrt((1 - mean) / (mean * (NEARLY_NORMAL + 1)))

    below, above = beta_drawn(mean, edge * 1.001, at), beta_drawn(mean, edge * 0.999, at)

    assert np.abs(below - above).max() < 0.1 * mean * edge
    assert above.std() == pytest.approx(mean * edge, rel=0.01)


@pytest.mark.parametrize("spread", [1e-4, 1e-6, 1e-9])
def test_the_smallest_doubt_is_drawn_at_once_and_is_small(spread):
    drawn = beta_drawn(0.005, spread, (np.arange(10_000) + 0.5) / 10_000)

    assert drawn.mean() == pytest.approx(0.005)
    assert drawn.max() - drawn.min() < 0.005 * spread * 10
