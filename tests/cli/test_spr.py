from __future__ import annotations

import json
from datetime import date

import pytest

from board.spr_rounds import first_round, found, second_round

PAPER = "west-midlands/assurance/2014-q4"
ASKED = ("2014-q4", "--to", "west-midlands/board", "--held-on", "2015-02-03", "--by", "clerk")


@pytest.fixture
def told(tmp_path):
    """A register with a closed round, in the data folder of the commands."""
    held = found(tmp_path / "home")
    first_round(held)
    held.register.close()
    return held


def test_a_draft_is_written_and_nothing_is_entered(regard, told, tmp_path):
    before = told.register.head()

    answer = regard("paper", "spr", *ASKED, "--out", tmp_path, "--format", "html")

    assert answer.code == 0
    assert "DRAFT. This paper has not been issued." in answer.out
    assert told.register.head() == before


def test_a_paper_is_proposed_for_issued_written_again_and_traced(regard, told, tmp_path):
    asked = regard(
        "paper", "propose", "2014-q4", "Note the report.", "--decides", "member",
        "--reason", "The board is to know.", "--by", "security",
    )  # fmt: skip
    promises = tmp_path / "promises.toml"
    promises.write_text('[[promise]]\ntext = "Renew the plan"\nby = 2015-09-30\n', encoding="utf-8")
    issued = regard(
        "paper", "spr", *ASKED, "--issue", "--promises", promises, "--out", tmp_path,
        "--format", "html",
    )  # fmt: skip
    page = tmp_path / "west-midlands-assurance-2014-q4_2015-02-03_OFFICIAL.html"
    was = page.read_bytes()

    again = regard("paper", "again", PAPER, "--by", "clerk", "--out", tmp_path / "again")
    traced = regard("paper", "trace", "2", "--document", PAPER, "--by", "clerk")

    assert asked.out.startswith("Proposed as decision:note/1")
    assert f"Issued as document:{PAPER}" in issued.out
    assert "Decisions that it proposes: 1. Promises by a day: 1." in issued.out
    assert "Note the report." in was.decode()
    assert (tmp_path / "again" / page.name).read_bytes() == was
    assert again.out.startswith("The same bytes as when it was issued.")
    assert "entry" in traced.out
    assert "by ACC Crime" in traced.out


def test_a_trace_is_data_for_programs(regard, told, tmp_path):
    regard("paper", "spr", *ASKED, "--issue", "--out", tmp_path, "--format", "html")

    answer = regard("paper", "trace", "2", "--document", PAPER, "--by", "clerk", "--json")

    rows = [json.loads(line) for line in answer.out.splitlines()]
    assert rows[0]["depth"] == 0
    assert any(row["entry"] for row in rows)


def test_what_is_closely_held_is_withheld_and_the_rest_published(regard, told, tmp_path):
    second_round(told)
    told.register.close()
    regard(
        "paper", "spr", "2015-q4", "--to", "west-midlands/board", "--held-on", "2016-02-02",
        "--by", "clerk", "--issue", "--out", tmp_path, "--format", "html",
    )  # fmt: skip
    facts = (
        "--ground", "Freedom of Information Act 2000, section 24", "--until", "2030-01-01",
        "--challenge", "write to the clerk", "--reason", "It shows how we work.", "--by", "clerk",
    )  # fmt: skip
    paper = "west-midlands/assurance/2015-q4"
    for item in (
        "judgement:2015-q4/west-midlands/try-1/cyber/incidents/capability/line-1",
        "concern:west-midlands/nightjar",
    ):
        assert regard("paper", "withhold", paper, item, *facts).code == 0

    answer = regard("paper", "publish", paper, "--by", "clerk", "--out", tmp_path / "public")

    page = next((tmp_path / "public").glob("*.html")).read_text(encoding="utf-8")
    assert answer.out.startswith(f"Published as document:{paper}/public")
    assert "decisions that withhold something: 2." in answer.out
    assert "Nightjar" not in page


def test_a_paper_that_may_not_be_issued_says_each_reason(regard, told, tmp_path):
    second_round(told, close=False)
    told.register.close()

    answer = regard(
        "paper", "spr", "2015-q4", "--to", "west-midlands/board", "--held-on", "2016-02-02",
        "--by", "clerk", "--issue", "--out", tmp_path, "--format", "html",
    )  # fmt: skip

    assert answer.code == 23
    assert "cycle:2015-q4 is open" in answer.err
    assert "Next: enter what is missing" in answer.err


def test_an_act_that_no_board_does_is_refused(regard, told):
    answer = regard(
        "paper", "propose", "2014-q4", "Sing.", "--decides", "member", "--reason", "For joy.",
        "--act", "sing", "--by", "security",
    )  # fmt: skip

    assert answer.code == 14
    assert "'sing' is nothing that a board does" in answer.err


def test_the_files_of_a_paper_are_rows_of_data(regard, told, tmp_path):
    answer = regard("paper", "spr", *ASKED, "--out", tmp_path, "--format", "html", "--json")

    row = json.loads(answer.out)
    assert row["format"] == "html"
    assert date(2015, 2, 3).isoformat() in row["path"]


def test_a_paper_is_written_in_welsh_and_written_again_in_the_same_bytes(regard, told, tmp_path):
    issued = regard(
        "paper", "spr", *ASKED, "--issue", "--language", "cy", "--out", tmp_path,
        "--format", "html",
    )  # fmt: skip
    page = tmp_path / "west-midlands-assurance-2014-q4_2015-02-03_OFFICIAL.html"
    was = page.read_bytes()
    regard("paper", "again", PAPER, "--by", "clerk", "--out", tmp_path / "again")

    assert issued.code == 0
    assert '<html lang="cy-GB">' in was.decode()
    assert "Diben yr adroddiad" in was.decode()
    assert (tmp_path / "again" / page.name).read_bytes() == was


def test_a_language_in_which_no_paper_is_written_is_refused(regard, told, tmp_path):
    answer = regard("paper", "spr", *ASKED, "--language", "fr", "--out", tmp_path)

    assert answer.code != 0
    assert "language of a paper" in answer.err
