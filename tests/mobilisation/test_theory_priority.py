"""Classes before equal servers, against tables worked out apart from the formulas."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.mobilisation.theory.priority import inverted, longer_than, stays, waits
from regard.mobilisation.theory.waiting import erlang_c, mmc

CASES = [  # servers, rates, mean waits, chances of waiting longer than a time (class, time, chance)
    (1, (0.3, 0.4), (1.0, 3.33333333),
     [(0, 0.25, 0.58761992), (1, 0.25, 0.65110703), (1, 1, 0.53619690)]),
    (10, (2, 3, 3), (0.05114752, 0.10229504, 0.40918015),
     [(0, 0.25, 0.05537651), (1, 0.25, 0.14194535), (2, 0.25, 0.28743903), (1, 1, 0.01098963),
      (2, 1, 0.14026252)]),
    (20, (3.6, 8.1, 6.3), (0.03358348, 0.08092404, 0.66357711),
     [(0, 0.25, 0.00912772), (1, 0.25, 0.10176655), (2, 0.25, 0.41142178), (1, 1, 0.00123353),
      (2, 1, 0.22649702)]),
    (50, (8, 18, 16), (0.00390677, 0.00813911, 0.04273035),
     [(0, 0.25, 0.00000452), (1, 0.25, 0.00167796), (2, 0.25, 0.05902953), (1, 1, 1e-8),
      (2, 1, 0.00549856)]),
]  # fmt: skip
DIGITS = 6e-9  # half of the last digit of the tables
TAIL = 1e-6


@pytest.mark.parametrize("servers, rates, means, tails", CASES)
def test_mean_waits_and_tails_of_classes(servers, rates, means, tails):
    assert waits(rates, 1.0, servers) == pytest.approx(means, abs=DIGITS)
    for place, time, chance in tails:
        assert longer_than(time, rates, 1.0, servers, place) == pytest.approx(chance, abs=TAIL)


def test_the_first_class_by_the_transform_is_its_closed_form():
    told = longer_than(0.25, (1e-12, 2, 3, 3), 1.0, 10, 1)

    assert told == pytest.approx(longer_than(0.25, (2, 3, 3), 1.0, 10, 0), abs=TAIL)


@given(st.lists(st.floats(0.1, 3), min_size=1, max_size=4), st.integers(1, 20))
def test_work_is_conserved(rates, more):
    """Whatever the order of classes of one service rate, the mean wait of all is the same."""
    servers = math.ceil(sum(rates)) + more
    told = waits(rates, 1.0, servers)
    everybody = sum(rate * one for rate, one in zip(rates, told, strict=True)) / sum(rates)

    assert everybody == pytest.approx(mmc(sum(rates), 1.0, servers).mean)
    assert sorted(told) == list(told)


def test_times_where_the_urgent_interrupts():
    assert stays((2, 3, 3), 1.0, 10) == pytest.approx(
        (1.00000597, 1.01203114, 1.53353841), abs=DIGITS
    )
    assert stays((0.3, 0.4), 1.0, 1) == pytest.approx((1.42857143, 4.76190476), abs=DIGITS)


@pytest.mark.parametrize("time", [0.1, 1.0, 7.0])
def test_a_transform_that_is_known_is_inverted(time):
    assert inverted(lambda s: 1 / (s + 1), time) == pytest.approx(math.exp(-time), abs=1e-8)


def test_the_chance_of_waiting_at_all_is_erlangs():
    assert longer_than(1e-9, (2, 3, 3), 1.0, 10, 0) == pytest.approx(erlang_c(10, 8))
