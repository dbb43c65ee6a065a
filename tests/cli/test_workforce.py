"""`regard workforce`, as a planner gives it."""

from __future__ import annotations

import json

import pytest

from regard.board.capability_demonstration import build_capability

FORCE = ("--force", "west-midlands")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    made = tmp_path_factory.mktemp("workforce")
    build_capability(made)
    return made


def test_vacancies_are_told_on_each_base(regard_at, home):
    told = regard_at(home, "workforce", "show", *FORCE, "--unit", "rocu")

    assert told.code == 0, told.err
    assert "core" in told.out
    assert "17" in told.out


def test_figures_carry_their_imports(regard_at, home):
    told = regard_at(home, "workforce", "show", *FORCE, "--unit", "fou", "--json")

    rows = [json.loads(line) for line in told.out.splitlines()]
    assert {row["value"] for row in rows} == {235, 258, 23}
    assert all("PRINTED" in row["sources"] for row in rows)


def test_the_table_of_the_regional_unit(regard_at, home):
    told = regard_at(home, "workforce", "table", "--unit", "rocu", "--scope", "ROCU")

    assert "448.4" in told.out
    assert "474.05" in told.out or "474.1" in told.out


def test_units_are_listed(regard_at, home):
    told = regard_at(home, "workforce", "units")

    assert "fou" in told.out
    assert "staffordshire" in told.out


def test_a_chance_is_said_with_its_assumptions(regard_at, home):
    told = regard_at(
        home, "workforce", "chance", *FORCE, "--unit", "fou", "--by", "2022-07", "--joiners", 3,
        "--leaving", 0.065, "--doubt", 0.15,
    )  # fmt: skip

    assert told.code == 0, told.err
    assert "Assumed" in told.out


def test_who_lapses_when(regard_at, home):
    told = regard_at(
        home, "workforce", "lapses", *FORCE, "--skill", "psu-level-2", "--capacity", 60,
        "--target", 1326,
    )  # fmt: skip

    assert told.code == 0, told.err
    assert "2021-12" in told.out
    assert "1,326" in told.out


def test_a_unit_that_is_not_stated_is_refused(regard_at, home):
    told = regard_at(home, "workforce", "show", *FORCE, "--unit", "dogs")

    assert told.code != 0
    assert "dogs" in told.err
    assert "regard workforce units" in told.err
