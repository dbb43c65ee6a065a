"""`regard decision`, `regard meeting`, `regard register link`: what boards decide, and on what."""

from __future__ import annotations

import json

import pytest

from cli.round_commands import EDITION, published

PUBLIC = f"{EDITION}/public-order"


@pytest.fixture
def told(tmp_path, regard):
    published(tmp_path)
    keeper = ("--by", "west-midlands-keeper")
    regard("register", "post", "clerk", "--name", "Clerk", "--body", "west-midlands", "--role",
           "governance-officer", *keeper)  # fmt: skip
    regard("register", "hold", "clerk", "wm-clerk", *keeper)
    return regard


def propose(told, act="note"):
    return told(
        "decision", "propose", act, "Note the report.", "--decides", "board", "--reason",
        "To be known.", "--body", "west-midlands", "--by", "spr",
    )  # fmt: skip


def test_a_proposal_waits_is_deferred_and_taken_at_a_meeting(told):
    assert propose(told).out.startswith("Proposed as decision:note/1")
    waits = told("decision", "list", "--mine", "--json", "--by", "board").out
    deferred = told(
        "decision", "resolve", "note/1", "deferred", "--until", "2030-01-01", "--by", "board"
    )
    met = told(
        "meeting", "enter", "west-midlands", "2015-02-03", "--title", "February", "--item",
        "1=Apologies", "--by", "clerk",
    )  # fmt: skip
    taken = told(
        "decision", "resolve", "note/1", "amended", "--agreed", "Note it, and come back.",
        "--meeting", "west-midlands/2015-02-03", "--by", "board",
    )  # fmt: skip

    assert json.loads(waits)["decision"] == "note/1"
    assert "Deferred until 1 January 2030." in deferred.out
    assert met.code == 0
    assert "as amended: Note it, and come back." in taken.out
    assert "No proposal waits" in told("decision", "list", "--by", "board").err


@pytest.mark.parametrize(
    ("act", "code", "said"),
    [("sing", 15, "no act is called 'sing'"), ("extend", 14, "use regard action extend, or ask")],
)
def test_an_act_that_is_none_or_belongs_elsewhere_is_refused(told, act, code, said):
    answer = propose(told, act)

    assert answer.code == code
    assert said in answer.err


def test_a_departure_is_taken_by_the_chief_with_its_reason(told):
    words = ("Two units, not three", "--about", PUBLIC, "--reason", "A flood.")

    refused = told("decision", "take", "depart", *words, "--by", "lead")
    taken = told("decision", "take", "depart", *words, "--by", "chief")

    assert refused.code == 24
    assert taken.out.startswith(f"Taken as decision:depart/expectation/{PUBLIC}/1")


def test_a_stage_that_is_none_is_refused(told):
    propose(told)

    answer = told("decision", "resolve", "note/1", "done", "--by", "board")

    assert answer.code == 15
    assert "no stage is called 'done'" in answer.err


def test_a_meeting_lists_what_it_took(told):
    assert "No meeting is entered." in told("meeting", "list", "--by", "clerk").err
    told(
        "meeting", "enter", "west-midlands", "2015-02-03", "--title", "February", "--item",
        "1=Apologies", "--item", "2=The paper", "--by", "clerk",
    )  # fmt: skip

    rows = [
        json.loads(one)
        for one in told("meeting", "list", "--json", "--by", "clerk").out.splitlines()
    ]

    assert [(one["item"], one["takes"]) for one in rows] == [("1", "Apologies"), ("2", "The paper")]


def test_a_line_of_an_agenda_that_says_nothing_is_refused(told):
    answer = told(
        "meeting", "enter", "west-midlands", "2015-02-03", "--title", "February", "--item",
        "Apologies", "--by", "clerk",
    )  # fmt: skip

    assert answer.code == 14
    assert "'Apologies' is no line of an agenda" in answer.err


def test_a_link_is_entered_and_withdrawn(told):
    ends = (f"{PUBLIC}", "depends on", "concern:west-midlands/kit")
    told("concern", "raise", "kit", "Old.", "--body", "west-midlands", "--owner", "lead",
         "--by", "lead")  # fmt: skip

    entered = told("register", "link", *ends, "--by", "spr")
    gone = told("register", "link", *ends, "--withdraw", "--by", "spr")
    refused = told("register", "link", PUBLIC, "likes", ends[2], "--by", "spr")

    assert entered.out.endswith("concern:west-midlands/kit is entered.\n")
    assert gone.out.endswith("is said no longer.\n")
    assert refused.code == 15


def test_a_subject_says_its_kind(told):
    for verb in ("show", "history"):
        answer = told("register", verb, "spr", "--by", "spr")
        assert answer.code == 14
        assert "'spr' does not say of which kind it is" in answer.err
