"""`regard promise` and what `regard round` says of a whole round."""

from __future__ import annotations

import json

import pytest

from board.spr_rounds import first_round, found, second_round

PROMISES = '[[promise]]\ntext = "Renew the plan"\nby = 2015-09-30\n'


@pytest.fixture
def told(tmp_path, regard):
    """A register with two rounds, and the paper of the first with a promise."""
    held = found(tmp_path / "home")
    first_round(held)
    file = tmp_path / "promises.toml"
    file.write_text(PROMISES, encoding="utf-8")
    issued = regard(
        "paper", "spr", "2014-q4", "--to", "west-midlands/board", "--held-on", "2015-02-03",
        "--by", "clerk", "--issue", "--promises", file, "--out", tmp_path, "--format", "html",
    )  # fmt: skip
    assert issued.code == 0
    second_round(held)
    held.register.close()
    return regard


def test_a_promise_comes_due_and_is_answered_at_a_higher_line(told):
    listed = ("promise", "list", "--unanswered", "--json", "--by", "clerk")
    name = "promises-west-midlands/west-midlands/assurance/2014-q4/promise-1"

    assert not told(*listed, "--as-at", "2015-09-30").out
    due = json.loads(told(*listed, "--as-at", "2015-10-01").out)
    assert (due["promise"], due["became"]) == (name, "not answered")
    denied = told("action", "deny", name, "--reason", "It lapsed.", "--by", "security")
    assert denied.out.endswith("is not done.\n")
    shown = told("promise", "show", name, "--by", "clerk", "--as-at", "2030-01-01").out
    assert "It was broken." in shown
    assert "It lapsed." in shown


def test_a_promise_that_names_what_is_not_there_leaves_nothing_behind(told, regard, tmp_path):
    before = regard("register", "heads", "--json", "--by", "clerk").out
    file = tmp_path / "wrong.toml"
    file.write_text(PROMISES + 'measure = "nowhere"\ntarget = 3\nunit = "x"\n', encoding="utf-8")

    answer = regard(
        "paper", "spr", "2014-q4", "--to", "west-midlands/board", "--held-on", "2015-02-03",
        "--document", "west-midlands/other", "--by", "clerk", "--issue", "--promises", file,
        "--out", tmp_path / "none", "--format", "html",
    )  # fmt: skip

    assert answer.code == 23
    assert "it names measure:nowhere, which the register does not hold" in answer.err
    assert regard("register", "heads", "--json", "--by", "clerk").out == before
    assert list((tmp_path / "none").iterdir()) == []


def test_a_paper_that_cannot_be_written_is_not_issued(told, regard, tmp_path):
    before = regard("register", "heads", "--json", "--by", "clerk").out
    (tmp_path / "file").write_text("", encoding="utf-8")

    answer = regard(
        "paper", "spr", "2014-q4", "--to", "west-midlands/board", "--held-on", "2015-02-03",
        "--document", "west-midlands/other", "--by", "clerk", "--issue",
        "--out", tmp_path / "file", "--format", "html",
    )  # fmt: skip

    assert answer.code == 22
    assert regard("register", "heads", "--json", "--by", "clerk").out == before


def test_a_draft_never_lies_where_the_issued_paper_does(told, regard, tmp_path):
    page = tmp_path / "west-midlands-assurance-2014-q4_2015-02-03_OFFICIAL.html"
    was = page.read_bytes()

    regard(
        "paper", "spr", "2014-q4", "--to", "west-midlands/board", "--held-on", "2015-02-03",
        "--by", "clerk", "--out", tmp_path, "--format", "html",
    )  # fmt: skip

    assert page.read_bytes() == was
    assert page.with_name(page.name.replace("2014-q4_", "2014-q4-draft_")).exists()


def test_a_round_is_one_picture_with_what_changed_and_how_regard_was_had(told):
    picture = told("round", "composite", "2014-q4", "--by", "security")
    row = json.loads(
        told("round", "composite", "2014-q4", "--json", "--by", "security").out.splitlines()[0]
    )
    changed = told("round", "changes", "2015-q4", "--since", "2014-q4", "--by", "security")
    alone = told("round", "changes", "2014-q4", "--by", "security")
    had = told("round", "regard", "--body", "west-midlands", "--year", "2014/15", "--by", "clerk")

    assert "The worst position is" in picture.out
    assert "threat" in row
    assert changed.code == 0
    assert "follows no round" in alone.err
    assert "self-assessment" in had.out


def test_what_a_paper_does_not_say_is_not_withheld(told, regard):
    for item in ("concern:west-midlands/nowhere", "paragraph-999"):
        answer = regard(
            "paper", "withhold", "west-midlands/assurance/2014-q4", item, "--ground", "G",
            "--until", "2090-01-01", "--challenge", "write", "--reason", "R", "--by", "clerk",
        )  # fmt: skip

        assert answer.code == 14
        assert f"does not say {item}" in answer.err
