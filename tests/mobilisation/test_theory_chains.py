"""Chains solved, against figures worked out apart from them."""

from __future__ import annotations

import math

import pytest
from bench.mobilisation_vectors import (
    DROPPING,
    FILLING,
    MOVING,
    STAFF,
    TWO_CLASSES,
    UNLIMITED,
    rate_of_day,
)

from regard.core.errors import DefinitionRefused
from regard.mobilisation.theory.chains import (
    Shift,
    dropping,
    filling,
    moving,
    two_classes,
    unlimited,
)
from regard.mobilisation.theory.priority import waits

CLOSE, CHAIN = 1e-8, 1e-6


@pytest.mark.parametrize("time, mean", UNLIMITED)
def test_where_nobody_waits_the_day_is_followed_with_a_lag(time, mean):
    told = unlimited(time, base=8, swing=4, turn=2 * math.pi / 24, service=1)

    assert told == pytest.approx(mean, abs=CLOSE)


@pytest.mark.parametrize("time, mean", FILLING)
def test_an_empty_start_fills(time, mean):
    assert filling(time, rate=8, service=1) == pytest.approx(mean, abs=CLOSE)


def test_a_day_that_moves_with_ten_servers():
    told = moving(rate_of_day, 1.0, 10, [time for time, *_ in MOVING], most=200)

    for one, (time, mean, busy) in zip(told, MOVING, strict=True):
        assert (one.time, one.mean) == (time, pytest.approx(mean, abs=CHAIN))
        assert one.all_busy == pytest.approx(busy, abs=CHAIN)


SHIFTS = tuple(Shift(*one) for one in STAFF)


def test_a_shift_that_ends_with_fewer():
    told = dropping(8.0, 1.0, SHIFTS, [time for time, *_ in DROPPING], most=120)

    for (busy, queue), (_, wanted, waiting) in zip(told, DROPPING, strict=True):
        assert busy == pytest.approx(wanted, abs=CHAIN)
        assert queue == pytest.approx(waiting, abs=CHAIN)


def test_a_time_that_no_shift_covers_is_refused():
    with pytest.raises(DefinitionRefused, match="49"):
        dropping(8.0, 1.0, SHIFTS, [49], most=10)


def test_two_classes_of_different_service():
    rates, services, servers, wanted = TWO_CLASSES

    assert two_classes(rates, services, servers, most=40) == pytest.approx(wanted, abs=CHAIN)


def test_two_classes_of_one_service_are_cobhams():
    told = two_classes((0.5, 0.6), (1.0, 1.0), 2, most=40)

    assert told[1:] == pytest.approx(waits((0.5, 0.6), 1.0, 2), abs=CHAIN)
