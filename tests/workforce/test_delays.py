"""Training times with their real spread, against vectors."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from regard.core.errors import DefinitionRefused
from regard.workforce.delays import Erlang, Fixed, Uniform, ending
from workforce.projecting import DELAYS


def test_uniform_from_12_to_18_months():
    found = Uniform(12, 18).share_by([12, 13.5, 15, 18])

    assert found == pytest.approx([0, 0.25, 0.5, 1], abs=1e-12)


def test_erlang_of_25_phases_and_mean_15_months():
    found = Erlang(15, 25).share_by([12, 15, 18, 24])

    assert found == pytest.approx([0.156773, 0.526602, 0.842758, 0.995517], abs=5e-7)


def test_fixed_is_nobody_and_then_everybody():
    assert Fixed(15).share_by([14.9, 15, 16]).tolist() == [0, 1, 1]


@pytest.mark.parametrize(
    "delay, mean, variance",
    [(Fixed(15), 15, 0), (Uniform(12, 18), 15, 3), (Erlang(15, 25), 15, 9)],
)
def test_means_and_variances(delay, mean, variance):
    assert (delay.mean, delay.variance) == (mean, variance)


def test_one_phase_has_the_spread_of_a_monthly_chance_and_no_pathway_has():
    assert Erlang(15, 1).share_by(3) > 0.18
    assert Uniform(12, 18).share_by(3) == 0


def test_a_delay_ends_in_the_months_that_its_shares_say():
    assert ending(Uniform(12, 18)).tolist() == pytest.approx([0] * 12 + [1 / 6] * 6, abs=1e-12)
    assert ending(Fixed(2.5)).tolist() == [0, 0, 1]


@pytest.mark.parametrize(
    "make",
    [
        lambda: Fixed(0),
        lambda: Uniform(18, 12),
        lambda: Uniform(-1, 12),
        lambda: Erlang(15, 0),
        lambda: Erlang(float("inf"), 2),
        lambda: ending(Fixed(601)),
    ],
)
def test_a_delay_that_cannot_be_is_refused(make):
    with pytest.raises(DefinitionRefused):
        make()


@given(DELAYS)
def test_the_months_of_a_delay_add_up_to_its_shares(delay):
    chances = ending(delay)

    assert chances.sum() == pytest.approx(1, abs=1e-12)
    assert chances.min() >= 0
    by_month = delay.share_by(np.arange(1, len(chances) + 1))
    assert np.cumsum(chances)[:-1] == pytest.approx(by_month[:-1], abs=1e-9)


@given(DELAYS)
def test_more_are_through_the_later_one_looks(delay):
    shares = delay.share_by(np.linspace(0, 60, 241))

    assert (np.diff(shares) >= -1e-12).all()
    assert 0 <= shares[0] <= shares[-1] <= 1 + 1e-12
