"""Whoever appends is killed again and again: the register is whole each time, and every act."""

from __future__ import annotations

import sys

import pytest
from bench import register_killing as killing
from bench.register_killing import head_first, kill_appenders, kill_servers, one_by_one, sound

KILLS, SERVER_KILLS, SEED = 40, 3, 20261122
pytestmark = [pytest.mark.slow, pytest.mark.register, pytest.mark.timeout(300)]


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    server = request.getfixturevalue("own_postgres") if request.param == "postgresql" else None
    return killing.place_in(tmp_path / "place", server)


def test_a_killed_appender_leaves_whole_acts_and_a_head_that_agrees(place):
    found = kill_appenders(place, sound, kills=KILLS, seed=SEED)

    sys.stdout.write(f"{found}\n")
    assert (found.kills, found.broken, found.torn, found.lost) == (KILLS, 0, 0, 0)
    assert found.acts > KILLS


@pytest.mark.parametrize("fault", [one_by_one, head_first])
def test_the_same_effort_catches_a_planted_fault(place, fault):
    found = kill_appenders(place, fault, kills=KILLS, seed=SEED)

    sys.stdout.write(f"{found}\n")
    assert found.wrong() > 0


def test_a_killed_server_keeps_every_act_that_it_acknowledged(own_postgres, tmp_path):
    place = killing.place_in(tmp_path / "place", own_postgres)

    found = kill_servers(place, sound, kills=SERVER_KILLS, seed=SEED)
    faulty = kill_servers(place, killing.not_waiting, kills=SERVER_KILLS, seed=SEED)

    assert (found.kills, found.wrong()) == (SERVER_KILLS, 0)
    assert faulty.lost > 0
