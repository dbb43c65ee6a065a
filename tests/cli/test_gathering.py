"""`regard judge evidence`, `measure` and `retract`."""

from __future__ import annotations

import pytest

from cli.round_commands import BODY, founded

FACT = ("--body", BODY, "--collected", "2014-11-01", "--by", "lead")


@pytest.fixture
def register(regard, tmp_path):
    founded(tmp_path)
    return regard


def test_a_document_is_kept_with_its_digest(register, tmp_path):
    file = tmp_path / "plan.txt"
    file.write_text("the plan", encoding="utf-8")

    told = register(
        "judge", "evidence", "The plan stands.", "--topic", "plan", "--file", file, *FACT
    )
    shown = register("register", "show", "observation:west-midlands/plan/2014-11-01", "--by", "spr")

    assert told.code == 0, told.err
    assert "observation:west-midlands/plan/2014-11-01" in told.out
    assert "plan.txt" in shown.out


def test_a_number_is_kept_on_its_measure_and_base(register):
    made = register(
        "judge", "measure", "level-2-trained", "--title", "Trained to Level 2", "--unit",
        "officers", "--by", "spr",
    )  # fmt: skip

    told = register(
        "judge", "evidence", "Counted by the unit.", "--measure", "level-2-trained", "--amount",
        "1,193", "--unit", "officers", "--base", "in date", *FACT,
    )  # fmt: skip

    assert made.code == 0, made.err
    assert told.code == 0, told.err
    assert "observation:west-midlands/level-2-trained/in-date/2014-11-01" in told.out


@pytest.mark.parametrize(
    "wrong", [("--amount", "many"), ("--expires", "never"), ("--amount", "12")]
)
def test_what_is_no_number_or_day_or_has_no_measure_is_refused(register, wrong):
    told = register("judge", "evidence", "Seen.", *wrong, *FACT)

    assert told.code == 14


def test_what_was_wrong_counts_no_more(register):
    register("judge", "evidence", "Seen.", "--topic", "visit", *FACT)

    told = register(
        "judge", "retract", "west-midlands/visit/2014-11-01", "--reason", "Another force's.",
        "--by", "lead",
    )  # fmt: skip

    assert told.code == 0, told.err
    assert "counts no more" in told.out
