"""`regard target`: a target with its formula, what an input would do, and changing it."""

from __future__ import annotations

import pytest

from cli.round_commands import EDITION, published

LEVEL = "wm-targets/level-2"
INPUTS = ("--input", "psus=17 PSUs", "--input", "officers=26 officers", "--input", "depth=3 times")


@pytest.fixture
def told(tmp_path, regard):
    """A register with a measure, an observation and a list of targets."""
    published(tmp_path)
    keeper = ("--by", "west-midlands-keeper")
    for words in (
        ("register", "post", "clerk", "--name", "Clerk", "--body", "west-midlands", "--role",
         "governance-officer", *keeper),
        ("register", "hold", "clerk", "wm-clerk", *keeper),
        ("judge", "measure", "level-2", "--title", "Level 2 officers", "--unit", "officers",
         "--by", "clerk"),
        ("action", "open", "wm-targets", "--title", "Targets", "--issuer", "The force", "--by",
         "clerk"),
        ("judge", "evidence", "The count", "--body", "west-midlands", "--collected",
         "2014-12-01", "--measure", "level-2", "--amount", "1193", "--unit", "officers", "--by",
         "lead"),
    ):  # fmt: skip
        assert regard(*words).code == 0
    return regard


def given(told, *words, code="level-2"):
    return told(
        "target", "set", "wm-targets", code, "Officers trained to Level 2", "--body",
        "west-midlands", "--measure", "level-2", *words, "--by", "spr",
    )  # fmt: skip


def test_a_target_is_worked_out_from_its_inputs(told):
    entered = given(told, "--formula", "psus × officers × depth", *INPUTS, "--answers",
                    f"{EDITION}/public-order")  # fmt: skip

    shown = told("target", "show", LEVEL, "--by", "spr").out

    assert entered.out.endswith("expectation:wm-targets/level-2\n")
    assert "the target is 1,326 officers" in shown
    assert "is 133 officers below it." in shown


def test_every_figure_that_an_input_changes_is_shown_before_it_is_changed(told):
    given(told, "--formula", "psus × officers × depth", *INPUTS)
    before = told("register", "heads", "--json", "--by", "spr").out

    effect = told("target", "effect", "psus=18", "--by", "spr").out

    assert "from 1,326 officers to 1,404 officers" in effect
    assert "would be 211 officers below it" in effect
    assert told("register", "heads", "--json", "--by", "spr").out == before
    changed = told("target", "change", LEVEL, "psus=18", "--reason", "Agreed.", "--by", "spr")
    assert "changed by decision:change/expectation/wm-targets/level-2/1" in changed.out
    assert "1,404 officers" in told("target", "show", LEVEL, "--by", "spr").out


def test_a_change_is_asked_for_and_taken(told):
    given(told, "--formula", "psus × officers × depth", *INPUTS)

    asked = told("target", "ask", LEVEL, "psus=18", "--reason", "More.", "--by", "lead")

    assert asked.out.startswith("Proposed as decision:change/expectation/wm-targets/level-2/1")
    assert "1,326 officers" in told("target", "show", LEVEL, "--by", "spr").out


def test_a_number_is_a_target_too(told):
    assert given(told, "--target", "1,326 officers", "--due", "2015-06-30").code == 0
    assert "the target is 1,326 officers" in told("target", "show", LEVEL, "--by", "spr").out
    again = given(told, "--target", "1326 officers")
    assert again.code == 23
    assert "is there since entry" in again.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "level-2 says no target and no formula"),
        (("--target", "many officers"), "'many officers' is no number with its unit"),
        (("--formula", "psus × officers", "--input", "psus=17 PSUs"), "officers"),
        (("--formula", "psus", "--input", "psus:17"), "is no number with its unit"),
    ],
)
def test_a_target_that_cannot_be_worked_out_is_refused(told, words, said):
    answer = given(told, *words)

    assert answer.code in (14, 15)
    assert said in answer.err


def test_an_input_without_its_number_is_refused(told):
    answer = told("target", "effect", "psus", "--by", "spr")

    assert answer.code == 14
    assert "'psus' is no input with its number" in answer.err


def test_an_input_that_no_formula_takes_is_refused(told):
    answer = told("target", "effect", "psus=18", "--by", "spr")

    assert answer.code == 15
    assert "Expected: an input of a formula; there is none" in answer.err
