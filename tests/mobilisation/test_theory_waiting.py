"""Formulas of one queue, against tables worked out apart from them."""

from __future__ import annotations

import pytest
from bench.mobilisation_vectors import ERLANG, IMPATIENT, ONE_SERVER, ONE_SERVER_CLASSES
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


@pytest.mark.parametrize("rate, servers, patience, wanted", IMPATIENT)
def test_those_who_wait_and_give_up(rate, servers, patience, wanted):
    told = erlang_a(rate, 1.0, servers, patience)

    assert (told.waits, told.leaves, told.mean) == pytest.approx(wanted, abs=CLOSE)


def test_patience_without_end_is_a_queue_without_impatience():
    assert erlang_a(8, 1, 10, 1e-9).waits == pytest.approx(erlang_c(10, 8), abs=1e-6)


@pytest.mark.parametrize("spread, wait", ONE_SERVER)
def test_one_server_of_any_service_time(spread, wait):
    assert mg1(0.8, 1.0, spread) == pytest.approx(wait, abs=CLOSE)


def test_classes_before_one_server():
    *asked, waits = ONE_SERVER_CLASSES

    assert mg1_classes(*asked) == pytest.approx(waits, abs=CLOSE)


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
