"""An arrow only points down: import-linter holds the floors, and can fail."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib

import pytest

from house.sources import ROOT


def lint_imports(where):
    # import-linter's command calls a function of its own; the console script may stand elsewhere.
    command = "from importlinter.cli import lint_imports_command as c; c()"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache"],
        cwd=where,
        env={"PYTHONPATH": str(where / "src"), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_floors_hold():
    done = lint_imports(ROOT)

    assert done.returncode == 0, done.stdout + done.stderr


def rooms_that_stand():
    """The rooms of the contract, without those in brackets, which are still to be built."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    named = [one.strip() for layer in layers for one in layer.split("|")]
    return [one for one in named if not one.startswith("(")]


def test_the_contract_holds_every_room_there_is_and_brackets_no_other():
    there = {one.parent.name for one in (ROOT / "src/regard").glob("*/__init__.py")}

    assert set(rooms_that_stand()) == there


def empty_house(place):
    """A house of empty rooms under the project's own contracts."""
    shutil.copy(ROOT / "pyproject.toml", place)
    for room in ["", *rooms_that_stand()]:
        folder = place / "src/regard" / room
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text('"""A room."""\n')
    return place


@pytest.fixture
def house(tmp_path):
    return empty_house(tmp_path)


def test_a_house_of_empty_rooms_stands(house):
    assert lint_imports(house).returncode == 0


ASTRAY = [
    ("core/one.py", "import regard.signals", "regard.core.one -> regard.signals"),
    ("core/two.py", "import numpy", "regard.core.two -> numpy"),
    ("signals/one.py", "import regard.papers", "regard.signals.one -> regard.papers"),
    ("papers/one.py", "import regard.records", "regard.papers.one -> regard.records"),
    ("records/one.py", "import regard.board", "regard.records.one -> regard.board"),
    ("register/one.py", "import regard.records", "regard.register.one -> regard.records"),
    ("core/three.py", "import pydantic", "regard.core.three -> pydantic"),
    ("board/one.py", "from django.db import models", "regard.board.one -> django"),
    ("records/two.py", "import psycopg", "regard.records.two -> psycopg"),
    ("attic/__init__.py", "import regard.core", "not listed as layers:\n\n- regard.attic\n"),
]


@pytest.fixture(scope="module")
def told_of_arrows(tmp_path_factory):
    """What is said of a house in which every one of those arrows is planted."""
    place = empty_house(tmp_path_factory.mktemp("house"))
    for module, line, _ in ASTRAY:
        planted = place / "src/regard" / module
        planted.parent.mkdir(exist_ok=True)
        planted.write_text(f'"""Planted."""\n\n{line}\n')
    done = lint_imports(place)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout.partition("Broken contracts")[2]


@pytest.mark.parametrize(
    "arrow", [said for _, _, said in ASTRAY], ids=[place for place, _, _ in ASTRAY]
)
def test_an_arrow_that_points_elsewhere_is_caught(told_of_arrows, arrow):
    assert arrow in told_of_arrows


def test_the_register_may_import_its_database_and_a_board_the_register(house):
    for module, line in [
        ("register/tables.py", "import dj_database_url\nfrom django.db import models"),
        ("board/planted.py", "import regard.register.tables"),
    ]:
        (house / "src/regard" / module).write_text(f'"""Planted."""\n\n{line}\n')

    done = lint_imports(house)

    assert done.returncode == 0, done.stdout + done.stderr
