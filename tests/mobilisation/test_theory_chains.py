"""Chains solved, against figures worked out apart from them."""

from __future__ import annotations

import math

import pytest

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


def rate(time: float) -> float:
    return 8 + 4 * math.sin(2 * math.pi * time / 24)


@pytest.mark.parametrize(
    "time, mean",
    [(6, 11.7434293943), (12, 8.9800275237), (18, 4.2565706057), (24, 7.0199724763)],
)
def test_where_nobody_waits_the_day_is_followed_with_a_lag(time, mean):
    told = unlimited(time, base=8, swing=4, turn=2 * math.pi / 24, service=1)

    assert told == pytest.approx(mean, abs=CLOSE)


@pytest.mark.parametrize("time, mean", [(0.5, 3.1477547223), (1, 5.0569644706), (2, 6.9173177341)])
def test_an_empty_start_fills(time, mean):
    assert filling(time, rate=8, service=1) == pytest.approx(mean, abs=CLOSE)


MOVING = [
    (1, 5.44620684, 0.05138968), (3, 10.48609830, 0.53948974), (6, 17.36984863, 0.86740961),
    (9, 22.84883598, 0.92605571), (12, 22.09741028, 0.85912985), (18, 6.94643713, 0.17695887),
    (24, 7.29528368, 0.19726943), (30, 18.27465811, 0.88102124), (36, 22.88550252, 0.86801688),
    (48, 7.32323409, 0.19917936),
]  # fmt: skip


def test_a_day_that_moves_with_ten_servers():
    told = moving(rate, 1.0, 10, [time for time, *_ in MOVING], most=200)

    for one, (time, mean, busy) in zip(told, MOVING, strict=True):
        assert (one.time, one.mean) == (time, pytest.approx(mean, abs=CHAIN))
        assert one.all_busy == pytest.approx(busy, abs=CHAIN)


DROPPING = [
    (12, 7.998645, 0.278443), (24, 7.999996, 0.279679), (24.25, 6.987037, 1.434350),
    (25, 6.455508, 3.043347), (27, 6.649183, 5.731959), (30, 6.791697, 9.398274),
    (30.25, 10.537195, 5.000857), (32, 9.490868, 2.542821), (36, 8.303675, 0.677958),
    (42, 8.022277, 0.307893), (48, 8.001577, 0.281694),
]  # fmt: skip
SHIFTS = (Shift(0, 24, 12), Shift(24, 30, 7), Shift(30, 48, 12))


def test_a_shift_that_ends_with_fewer():
    told = dropping(8.0, 1.0, SHIFTS, [time for time, *_ in DROPPING], most=120)

    for (busy, queue), (_, wanted, waiting) in zip(told, DROPPING, strict=True):
        assert busy == pytest.approx(wanted, abs=CHAIN)
        assert queue == pytest.approx(waiting, abs=CHAIN)


def test_a_time_that_no_shift_covers_is_refused():
    with pytest.raises(DefinitionRefused, match="49"):
        dropping(8.0, 1.0, SHIFTS, [49], most=10)


def test_two_classes_of_different_service():
    told = two_classes((0.5, 0.6), (1.2, 0.8), 2, most=40)

    assert told == pytest.approx((0.4296383953, 0.3026608100, 0.7169657824), abs=CHAIN)


def test_two_classes_of_one_service_are_cobhams():
    told = two_classes((0.5, 0.6), (1.0, 1.0), 2, most=40)

    assert told[1:] == pytest.approx(waits((0.5, 0.6), 1.0, 2), abs=CHAIN)
