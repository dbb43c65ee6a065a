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


@pytest.fixture
def house(tmp_path):
    """A house of empty rooms under the project's own contracts."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for room in ["", *rooms_that_stand()]:
        folder = tmp_path / "src/regard" / room
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text('"""A room."""\n')
    return tmp_path


def test_a_house_of_empty_rooms_stands(house):
    assert lint_imports(house).returncode == 0


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("core/planted.py", "import regard.signals"),
        ("core/planted.py", "import numpy"),
        ("signals/planted.py", "import regard.papers"),
        ("papers/planted.py", "import regard.records"),
        ("records/planted.py", "import regard.board"),
        ("register/planted.py", "import regard.records"),
        ("core/planted.py", "import pydantic"),
        ("board/planted.py", "from django.db import models"),
        ("records/planted.py", "import psycopg"),
        ("attic/__init__.py", "import regard.core"),
    ],
    ids=[
        "core-room",
        "core-numpy",
        "signals-papers",
        "papers-records",
        "records-up",
        "register-records",
        "core-pydantic",
        "board-django",
        "records-psycopg",
        "no-floor",
    ],
)
def test_an_arrow_that_points_elsewhere_is_caught(house, module, line):
    place = house / "src/regard" / module
    place.parent.mkdir(exist_ok=True)
    place.write_text(f'"""Planted."""\n\n{line}\n')

    done = lint_imports(house)

    assert done.returncode == 1
    assert "BROKEN" in done.stdout or "attic" in done.stdout + done.stderr


def test_the_register_may_import_its_database_and_a_board_the_register(house):
    for module, line in [
        ("register/tables.py", "import dj_database_url\nfrom django.db import models"),
        ("board/planted.py", "import regard.register.tables"),
    ]:
        (house / "src/regard" / module).write_text(f'"""Planted."""\n\n{line}\n')

    done = lint_imports(house)

    assert done.returncode == 0, done.stdout + done.stderr
