"""Classes before equal servers, against tables worked out apart from the formulas."""

from __future__ import annotations

import math

import pytest
from bench.mobilisation_vectors import CLASSES, INTERRUPTING
from hypothesis import given
from hypothesis import strategies as st

from regard.mobilisation.theory.priority import inverted, longer_than, stays, waits
from regard.mobilisation.theory.waiting import erlang_c, mmc

DIGITS = 6e-9  # half of the last digit of the tables
TAIL = 1e-6


@pytest.mark.parametrize("servers, rates, means, tails", CLASSES)
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


@pytest.mark.parametrize("rates, servers, times", INTERRUPTING)
def test_times_where_the_urgent_interrupts(rates, servers, times):
    assert stays(rates, 1.0, servers) == pytest.approx(times, abs=DIGITS)


@pytest.mark.parametrize("time", [0.1, 1.0, 7.0])
def test_a_transform_that_is_known_is_inverted(time):
    assert inverted(lambda s: 1 / (s + 1), time) == pytest.approx(math.exp(-time), abs=1e-8)


def test_the_chance_of_waiting_at_all_is_erlangs():
    assert longer_than(1e-9, (2, 3, 3), 1.0, 10, 0) == pytest.approx(erlang_c(10, 8))
