"""What a force says of itself: read whole, or refused with the key that is wrong."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from regard.capability.configured import FILE, configured, forces_configured
from regard.core.errors import DefinitionRefused, FileUnreadable, NotKnown
from regard.examples import west_midlands_capability as example
from regard.mobilisation.muster import Threshold

FORCE = "west-midlands"


def written(home: Path, text: str) -> Path:
    (home / FILE).write_text(text, encoding="utf-8")
    return home


def test_the_shipped_file_is_read(tmp_path):
    shutil.copyfile(Path(example.__file__).with_name(FILE), tmp_path / FILE)

    told = configured(tmp_path, FORCE)

    assert forces_configured(tmp_path) == (FORCE,)
    assert [one.grade for one in told.aims] == ["immediate", "early", "routine"]
    call = told.call(datetime(2021, 11, 5, 10, tzinfo=UTC))
    assert (call.commitment, call.make_up.people) == (17, 26)


@pytest.mark.parametrize(
    "text, said",
    [
        ("[west-midlands", "not TOML"),
        ("crew = 2", "crew"),
        ("[west-midlands]\nspeed = 2", "has speed"),
        ('[west-midlands]\ncrew = "two"', "crew of west-midlands is 'two'"),
        ("[west-midlands]\ncommitment = true", "commitment of west-midlands is True"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, text, said):
    with pytest.raises(DefinitionRefused, match=said):
        configured(written(tmp_path, text), FORCE)


def test_a_force_of_which_nothing_is_said_is_not_known(tmp_path):
    with pytest.raises(NotKnown, match="kent"):
        configured(written(tmp_path, "[west-midlands]\ncrew = 1.5\n"), "kent")


def test_a_make_up_that_nobody_ships_is_not_known(tmp_path):
    with pytest.raises(NotKnown, match="make-up"):
        configured(written(tmp_path, '[west-midlands]\nmake_up = "27"\n'), FORCE)


def test_without_a_file_it_says_where_it_should_be(tmp_path):
    with pytest.raises(FileUnreadable, match=FILE):
        configured(tmp_path, FORCE)
    assert forces_configured(tmp_path) == ()


def test_without_times_there_are_no_aims(tmp_path):
    with pytest.raises(DefinitionRefused, match="within"):
        _ = configured(written(tmp_path, "[west-midlands]\ncrew = 1.5\n"), FORCE).aims


def test_a_force_may_set_its_own_tests_and_they_come_in_the_order_of_their_hours(tmp_path):
    text = "[west-midlands]\ncommitment = 17\ntests = { 100 = 12, 25 = 2 }\n"

    call = configured(written(tmp_path, text), FORCE).call(datetime(2021, 11, 5, 10, tzinfo=UTC))

    assert call.thresholds == (Threshold(25, 2), Threshold(100, 12))


@pytest.mark.parametrize(
    "tests",
    [
        "{ few = 2 }",
        "{ 10 = 1.9 }",
        "{ 10 = true }",
        "{ 10 = inf }",
        "{ 10 = 0 }",
        "{ 140 = 2 }",
        '{ 10 = "soon" }',
    ],
)
def test_tests_that_are_none_are_refused(tmp_path, tests):
    with pytest.raises(DefinitionRefused):
        configured(written(tmp_path, f"[west-midlands]\ntests = {tests}\n"), FORCE)


def test_an_hour_may_be_written_as_a_whole_number_with_a_point(tmp_path):
    told = configured(written(tmp_path, f"[{FORCE}]\ntests = {{ 10 = 2.0 }}\n"), FORCE)

    assert told.thresholds == (Threshold(10, 2),)


def test_a_question_assumes_what_the_force_says_unless_it_is_asked_otherwise(tmp_path):
    text = '[west-midlands]\nmake_up = "26"\ntolerance = 12\non_shift = 0.15\notherwise = 0.08\n'
    told = configured(written(tmp_path, text), FORCE)

    asked, other = told.question(3, 6), told.question(3, 6, on_shift=0.5, levels=(1, 2))

    assert (asked.make_up, asked.tolerance, asked.on_shift) == ("26", 12, 0.15)
    assert (other.on_shift, other.otherwise, other.shown) == (0.5, 0.08, (0, 1, 2, 3))
    with pytest.raises(DefinitionRefused, match="0 PSUs"):
        told.question(0, 6)


@pytest.mark.parametrize(
    "line",
    [
        "crew = 0",
        "crew = nan",
        "tolerance = 0",
        "tolerance = 100",
        "on_shift = 1.5",
        "otherwise = -0.1",
        "response_trained = 2",
        "carriers = -1",
        "commitment = -1",
        "within = { immediate = 0 }",
        'within = { immediate = "soon" }',
        "within = { immediate = inf }",
    ],
)
def test_numbers_that_no_force_can_mean_are_refused(tmp_path, line):
    key = line.partition(" ")[0]
    named = "shares" if key in ("on_shift", "otherwise", "response_trained") else key

    with pytest.raises(DefinitionRefused, match=named):
        configured(written(tmp_path, f"[west-midlands]\n{line}\n"), FORCE)
