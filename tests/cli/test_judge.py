"""`regard judge`: suggest, give, inspect, challenge, sign off, assure, show."""

from __future__ import annotations

import json
import re

import pytest

from cli.round_commands import opened

ORDER = "public-order"
CELL = ("2014-q4", ORDER)


@pytest.fixture
def round_(regard, tmp_path):
    opened(tmp_path)
    return regard


def entry_of(told) -> int:
    assert told.code == 0, told.err
    return int(re.match(r"Entry (\d+):", told.out)[1])


def give(regard, *more):
    words = ("--level", "not-met", "--reason", "Nothing was collected.", *more)
    return regard("judge", "give", *CELL, *words, "--by", "lead")


def test_what_the_rule_suggests_is_shown(round_):
    told = round_("judge", "suggest", *CELL, "--by", "lead")
    row = json.loads(round_("judge", "suggest", *CELL, "--json", "--by", "lead").out)

    assert "suggests not-met" in told.out
    assert row["level"] == "not-met"
    assert row["rule"] == "spr-demand@1"


def test_a_lead_judges_a_reviewer_agrees_and_both_are_shown(round_):
    first = entry_of(give(round_, "--confidence", "low"))

    second = entry_of(
        round_("judge", "challenge", first, "--reason", "I looked too.", "--by", "spr")
    )
    told = round_("judge", "show", *CELL, "--by", "spr")
    said = [
        json.loads(one)
        for one in round_("judge", "show", *CELL, "--json", "--by", "spr").out.splitlines()
    ]

    assert second > first
    assert "Lead at line 1 says Not met: Nothing was collected." in told.out
    assert "Spr at line 2 agrees, Not met: I looked too." in told.out
    assert said[0]["source"].startswith(f"entry {first}: judgement:2014-q4/")


def test_departing_without_a_second_reason_is_refused(round_):
    told = round_(
        "judge", "give", *CELL, "--level", "met", "--reason", "It is fine.", "--by", "lead"
    )

    assert told.code == 14
    assert "without a second reason: departure" in told.err


def test_an_indicator_is_put_to_the_rule_and_kept(round_):
    entry_of(give(round_, "--indicator", "plan tested=in-place"))

    told = round_("judge", "show", *CELL, "--by", "spr")

    assert "Indicator: plan tested: in-place" in told.out


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--confidence", "very"), 14),
        (("--indicator", "plan"), 14),
        (("--under", "capability"), 15),
        (("--body", "nowhere"), 15),
        (("--evidence", "west-midlands/none/2014-01-01"), 23),
        (("--marking", "SECRET"), 14),
    ],
    ids=["confidence", "indicator", "c", "body", "evidence", "marking"],
)
def test_what_does_not_fit_is_refused_in_plain_words(round_, more, code):
    told = give(round_, *more)

    assert told.code == code
    assert "Expected:" in told.err


def test_a_requirement_is_named_by_its_code_or_its_whole_path(round_):
    told = round_("judge", "suggest", "2014-q4", "npr-2012/public-order", "--by", "lead")
    wrong = round_("judge", "suggest", "2014-q4", "public-ordre", "--by", "lead")

    assert told.code == 0, told.err
    assert wrong.code == 15
    assert "public-order" in wrong.err


def test_an_inspector_speaks_at_line_3(round_):
    told = round_(
        "judge", "inspect", *CELL, "--absent", "not assessed", "--reason", "Not in scope.",
        "--by", "inspector",
    )  # fmt: skip

    assert told.code == 0, told.err
    assert "not assessed at line 3" in told.out


def test_the_board_says_whether_it_is_assured_with_what_it_asked(round_):
    told = round_(
        "judge", "assure", *CELL, "--level", "assured", "--reason", "Shown.", "--asked", "By whom?",
        "--by", "board",
    )  # fmt: skip

    assert told.code == 0, told.err
    assert "assured at line 0" in told.out


def test_nothing_is_signed_off_before_all_have_spoken(round_):
    told = round_("judge", "sign-off", "2014-q4", "--reason", "Read.", "--by", "chief")

    assert told.code == 23
    assert "cannot be signed off" in told.err


def test_a_sheet_that_cannot_be_read_is_unreadable(round_, tmp_path):
    told = round_("judge", "from", "2014-q4", tmp_path / "none.csv", "--by", "lead")

    assert told.code == 12


def test_what_cannot_name_a_piece_of_evidence_asks_for_a_topic(regard, tmp_path):
    opened(tmp_path)
    words = ("--body", "west-midlands", "--collected", "2014-12-01", "--by", "lead")

    refused = regard("judge", "evidence", "日本語", *words)
    taken = regard("judge", "evidence", "日本語", "--topic", "translation", *words)

    assert refused.code == 14
    assert "--topic with a few words" in refused.err
    assert taken.code == 0
