"""`regard muster`, as an operations planner gives it."""

from __future__ import annotations

import json

import pytest

from regard.board.capability_demonstration import build_capability

CALL = ("--force", "west-midlands", "--at", "2021-11-05T10:00")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    made = tmp_path_factory.mktemp("muster")
    build_capability(made)
    return made


def test_psus_are_raised_and_the_commitment_tested(regard_at, home):
    told = regard_at(home, "muster", "show", *CALL, "--draws", 200)

    assert told.code == 0, told.err
    assert "Not modelled" in told.out
    assert "Assumed" in told.out
    assert "PSU" in told.out


def test_hours_are_shown_for_programs(regard_at, home):
    told = regard_at(home, "muster", "show", *CALL, "--draws", 100, "--json")

    rows = [json.loads(line) for line in told.out.splitlines()]
    assert [row["hour"] for row in rows] == list(range(1, 25))
    assert all(row["low"] <= row["median"] <= row["high"] for row in rows)


def test_the_longest_deployment_is_said(regard_at, home):
    told = regard_at(home, "muster", "longest", *CALL, "--psus", 2)

    assert told.code == 0, told.err
    assert "PSU" in told.out


@pytest.mark.parametrize(
    "changed, said",
    [(("--at", "soon"), "is not an instant"), (("--at", "2022-05-01T10:00"), "no duty")],
)
def test_what_cannot_be_answered_is_refused(regard_at, home, changed, said):
    told = regard_at(home, "muster", "show", "--force", "west-midlands", *changed)

    assert told.code != 0
    assert said in told.err
