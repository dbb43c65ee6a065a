"""`regard concern` and `regard action`: what stands in the way, what is done, and by which day."""

from __future__ import annotations

import json

import pytest

from cli.round_commands import EDITION, founded, published

LIST = "wm-actions"
REQUIREMENT = f"{EDITION}/public-order/psu-commitment"


@pytest.fixture
def told(tmp_path, regard):
    """A register with an edition, a clerk and an open list of actions."""
    published(tmp_path)
    keeper = ("--by", "west-midlands-keeper")
    for words in (
        ("register", "post", "clerk", "--name", "Clerk", "--body", "west-midlands", "--role",
         "governance-officer", *keeper),
        ("register", "hold", "clerk", "wm-clerk", *keeper),
        ("action", "open", LIST, "--title", "Actions", "--issuer", "The force", "--by", "clerk"),
    ):  # fmt: skip
        assert regard(*words).code == 0
    return regard


@pytest.fixture
def shields(told):
    """A vulnerability with an action."""
    assert told(
        "concern", "raise", "shields", "The shields are old", "--body", "west-midlands",
        "--owner", "lead", "--by", "lead",
    ).code == 0  # fmt: skip
    assert told(
        "concern", "answer", "west-midlands/shields", "buy", "Buy shields", "--owner", "lead",
        "--due", "2015-06-30", "--list", LIST, "--by", "lead",
    ).code == 0  # fmt: skip
    return told


def test_a_concern_is_raised_answered_and_listed(shields):
    (row,) = map(json.loads, shields("concern", "list", "--json", "--by", "clerk").out.splitlines())

    assert row["concern"] == "west-midlands/shields"
    assert (row["form"], row["stands"]) == ("vulnerability", "open")
    assert (row["actions"], row["next_due"]) == (1, "2015-06-30")


def test_a_concern_is_raised_once(shields):
    again = shields(
        "concern", "raise", "shields", "Other words", "--body", "west-midlands", "--owner",
        "lead", "--by", "lead",
    )  # fmt: skip

    assert again.code == 23
    assert "concern:west-midlands/shields is there since entry" in again.err


def test_an_action_has_a_code_of_its_own(shields):
    again = shields(
        "concern", "answer", "west-midlands/shields", "buy", "Buy more", "--owner", "lead",
        "--due", "2019-06-30", "--list", LIST, "--by", "lead",
    )  # fmt: skip

    shown = shields("action", "show", f"{LIST}/buy", "--as-at", "2015-01-31", "--by", "lead")
    assert again.code == 23
    assert "30 June 2015" in shown.out


def test_a_form_that_is_none_is_refused(told):
    answer = told(
        "concern", "raise", "x", "It.", "--body", "west-midlands", "--owner", "lead",
        "--form", "worry", "--by", "lead",
    )  # fmt: skip

    assert answer.code == 15
    assert "no form of a concern is called 'worry'" in answer.err


def test_a_day_moves_by_a_decision_and_every_move_is_told(shields):
    asked = shields(
        "action", "ask", f"{LIST}/buy", "--until", "2015-09-30", "--reason", "The maker is late.",
        "--decides", "spr", "--by", "lead",
    )  # fmt: skip
    proposal = json.loads(shields("decision", "list", "--json", "--by", "lead").out)
    moved = shields(
        "action", "extend", f"{LIST}/buy", "--until", "2015-09-30", "--reason",
        "The maker is late.", "--proposal", proposal["decision"], "--by", "spr",
    )  # fmt: skip

    shown = shields("action", "show", f"{LIST}/buy", "--by", "lead").out
    assert asked.code == moved.code == 0
    assert proposal["text"] == "Extend until 30 September 2015: Buy shields."
    assert "First due on 30 June 2015, moved 1 time; due now on 30 September 2015." in shown
    assert "The maker is late." in shown
    assert "moved 1 time" in shields("action", "show", f"{LIST}/buy", "--json", "--by", "lead").out


def test_an_owner_claims_another_line_closes_and_it_comes_back(shields):
    own = ("--reason", "They came.", "--by", "lead")
    assert shields("action", "claim", f"{LIST}/buy", *own).out.endswith("is said to be done.\n")
    assert shields("action", "close", f"{LIST}/buy", *own).code == 24
    for verb, said in (("verify", "verified"), ("close", "closed"), ("reopen", "reopened")):
        told = shields("action", verb, f"{LIST}/buy", "--reason", "Seen.", "--by", "spr")
        assert told.out.endswith(f"is {said}.\n")
    closed = shields(
        "action", "close", "concern:west-midlands/shields", "--reason", "All.", "--by", "spr"
    )

    shown = shields("concern", "show", "west-midlands/shields", "--by", "lead").out
    assert closed.out.endswith("west-midlands/shields is closed.\n")
    assert "Closed on" in shown
    assert "Buy shields: opened again" in shown


def test_only_a_higher_line_says_so(shields):
    answer = shields(
        "action", "deny", f"{LIST}/buy", "--reason", "No.", "--line", "1", "--by", "spr"
    )

    assert answer.code == 14
    assert "line 1 cannot say so" in answer.err


def test_what_is_late_and_what_a_post_has_to_do_are_listed(shields):
    late = ("action", "list", "--late", "--list", LIST, "--by", "lead")

    assert "Nothing is due by a day." in shields(*late, "--as-at", "2015-06-30").err
    row = json.loads(shields(*late, "--as-at", "2016-07-01", "--json").out)
    mine = shields("action", "mine", "--json", "--by", "lead").out

    assert (row["action"], row["days_overdue"]) == (f"{LIST}/buy", 367)
    assert [json.loads(one)["what"] for one in mine.splitlines()] == ["do", "answer for"]
    assert "has nothing to do" in shields("action", "mine", "--by", "clerk").err


def test_a_list_of_actions_is_opened_once(told):
    again = told("action", "open", LIST, "--title", "X", "--issuer", "Y", "--by", "clerk")

    assert again.code == 14
    assert f"{LIST} is there already: Actions" in again.err


def test_a_risk_is_accepted_at_the_rating_it_has(told):
    risk = ("west-midlands/flood",)
    told(
        "concern", "raise", "flood", "The river rises", "--body", "west-midlands", "--owner",
        "lead", "--form", "risk", "--by", "lead",
    )  # fmt: skip
    accept = ("concern", "accept", *risk, "--level", "high", "--reason", "Known.", "--by", "chief")

    assert "is not rated" in told(*accept).err
    rated = told("concern", "rate", *risk, "High", "--reason", "Seen.", "--by", "spr")
    accepted = told(*accept)
    told("concern", "rate", *risk, "low", "--reason", "Walls stand.", "--by", "spr")

    assert rated.out.endswith("west-midlands/flood is rated high.\n")
    assert accepted.code == 0
    shown = told("concern", "show", *risk, "--by", "lead").out
    assert "the acceptance is stale" in shown


def test_without_a_concern_the_list_says_so(tmp_path, regard):
    founded(tmp_path)

    assert "No concern was raised." in regard("concern", "list", "--by", "lead").err
