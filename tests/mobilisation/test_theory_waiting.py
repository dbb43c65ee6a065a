"""Formulas of one queue, against tables worked out apart from them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused
from regard.mobilisation.theory.waiting import (
    erlang_a,
    erlang_b,
    erlang_c,
    mg1,
    mg1_classes,
    mmc,
    travel,
)

CLOSE = 1e-8

ERLANG = [  # servers, load, blocked, waits, mean wait by mean service, mean queue
    (1, 0.5, 0.3333333333, 0.5, 1.0, 0.5),
    (2, 1.5, 0.3103448276, 0.6428571429, 1.2857142857, 1.92857143),
    (5, 4, 0.1990668740, 0.5541125541, 0.5541125541, 2.21645022),
    (10, 8, 0.1216610643, 0.4091801508, 0.2045900754, 1.63672060),
    (10, 9, 0.1679632263, 0.6687315241, 0.6687315241, 6.01858372),
    (20, 16, 0.0644109248, 0.2560777938, 0.0640194485, 1.02431118),
    (50, 45, 0.0541044722, 0.3638644672, 0.0727728934, 3.27478020),
    (70, 66.8, 0.0649085763, 0.6029279346, 0.1884149796, 12.58612064),
    (80, 66.8, 0.0137681782, 0.0780082537, 0.0059097162, 0.39476904),
    (100, 90, 0.0269573805, 0.2169404809, 0.0216940481, 1.95246433),
]


@pytest.mark.parametrize("servers, load, blocked, waits, mean, queue", ERLANG)
def test_erlangs_formulas(servers, load, blocked, waits, mean, queue):
    told = mmc(load, 1.0, servers)

    assert erlang_b(servers, load) == pytest.approx(blocked, abs=CLOSE)
    assert told.waits == pytest.approx(waits, abs=CLOSE)
    assert told.mean == pytest.approx(mean, abs=CLOSE)
    assert told.queue == pytest.approx(queue, abs=CLOSE)


@given(st.integers(1, 60), st.floats(0.05, 0.98), st.floats(0.1, 5), st.floats(0, 3))
def test_the_tail_falls_from_the_chance_of_waiting_to_the_mean(servers, used, service, time):
    told = mmc(used * servers * service, service, servers)

    assert told.longer_than(0) == told.waits
    assert told.longer_than(time) <= told.waits
    assert told.mean == pytest.approx(told.waits / told.spare)


@pytest.mark.parametrize(
    "rate, servers, patience, waits, leaves, mean",
    [
        (9, 10, 0.5, 0.4689417044, 0.0670117155, 0.1340234309),
        (45, 50, 0.2, 0.3148757990, 0.0085566441, 0.0427832206),
    ],
)
def test_those_who_wait_and_give_up(rate, servers, patience, waits, leaves, mean):
    told = erlang_a(rate, 1.0, servers, patience)

    assert told.waits == pytest.approx(waits, abs=CLOSE)
    assert told.leaves == pytest.approx(leaves, abs=CLOSE)
    assert told.mean == pytest.approx(mean, abs=CLOSE)


def test_patience_without_end_is_a_queue_without_impatience():
    assert erlang_a(8, 1, 10, 1e-9).waits == pytest.approx(erlang_c(10, 8), abs=1e-6)


@pytest.mark.parametrize(
    "spread, wait", [(0, 2.0), (1 / math.sqrt(2), 3.0), (1, 4.0), (1.5, 6.5), (2, 10.0)]
)
def test_one_server_of_any_service_time(spread, wait):
    assert mg1(0.8, 1.0, spread) == pytest.approx(wait, abs=CLOSE)


def test_classes_before_one_server():
    told = mg1_classes((0.2, 0.3, 0.25), (0.7, 1.0, 1.2), (0, 1, 1))

    assert told == pytest.approx((0.8244186047, 1.4721760797, 4.8695054945), abs=CLOSE)


def test_one_class_before_one_server_is_the_plain_formula():
    assert mg1_classes((0.8,), (1.0,), (1.5,))[0] == pytest.approx(mg1(0.8, 1.0, 1.5))


def test_four_times_the_free_units_halve_the_journey():
    assert travel(100, 4) == pytest.approx(2.5)
    assert travel(100, 16, factor=0.627) == pytest.approx(0.627 * 2.5)


@pytest.mark.parametrize(
    "asked",
    [
        lambda: mmc(10, 1, 10),
        lambda: erlang_c(0, 0),
        lambda: erlang_c(3, -1),
        lambda: mg1(1, 1, 0),
        lambda: mg1_classes((1, 1), (1,), (1,)),
        lambda: erlang_a(1, 1, 1, 0),
        lambda: travel(10, 0),
    ],
)
def test_a_queue_that_only_grows_has_no_steady_state(asked):
    with pytest.raises(DefinitionRefused):
        asked()
