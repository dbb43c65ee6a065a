"""Threats by Cs: the worst that counts, and beside it what does not."""

from __future__ import annotations

import pytest

from assurance import judged_rounds as given
from assurance.judged_rounds import FORCE, GEAR, UNITS, key
from regard.assurance.composite import composite
from regard.assurance.matrix import matrix


@pytest.fixture
def setting(tmp_path, database_url):
    setting = given.setting_of(tmp_path, database_url)
    yield setting
    setting.register.close()


def squares(setting):
    made = matrix(composite(setting.view(), given.read(setting), scope=FORCE))
    return {(part.name, square.aspect): square for part, row in made.rows for square in row}


def test_a_square_says_the_worst_level_and_of_how_many(setting):
    evidence = (given.fact(setting, "muster"),)
    given.say(setting, key(UNITS), "met", evidence=evidence)
    given.say(setting, key(GEAR), "not-met", evidence=evidence)

    square = squares(setting)["order", "capacity"]

    assert str(square) == "Not met (1 of 2)"
    assert not square.alike


def test_what_is_not_supported_or_not_assessed_stands_beside_the_level(setting):
    given.say(setting, key(UNITS), "met")

    assert str(squares(setting)["order", "capacity"]) == (
        "Met (1 of 2); 1 not assessed; 1 asserted"
    )


def test_a_square_that_is_alike_and_supported_says_the_level_alone(setting):
    evidence = (given.fact(setting, "muster"),)
    for code in (UNITS, GEAR):
        given.say(setting, key(code), "met", evidence=evidence)

    square = squares(setting)["order", "capacity"]

    assert (str(square), square.alike) == ("Met", True)


def test_a_square_in_which_nobody_spoke_has_no_level(setting):
    assert str(squares(setting)["cyber", "capability"]) == "2 not assessed"
