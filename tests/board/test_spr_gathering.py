"""What a board reads: words cut fairly, and no name that only the register knows."""

from __future__ import annotations

import re

import pytest

from board.spr_rounds import first_round, found, second_round
from regard.board.registering import draft_spr_paper
from regard.board.spr.gathering import SHORT, Brief, shortened

SUBJECT = re.compile(r"\b(?:cycle|party|measure|term|judgement|concern|expectation):[a-z0-9]")


LISTS = "Respond with chemical, biological or nuclear teams"
LONG = "Give to every one of the many units of the region and of each of the forces"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{LISTS}.", LISTS),
        ("Keep the force ready to respond; at all hours.", "Keep the force ready to respond"),
        ("word " * 30, f"{' '.join(['word'] * (SHORT // 5))} …"),
        (f"{LONG}, and more of them", f"{LONG} …"),
    ],
)
def test_a_requirement_is_cut_where_its_words_still_stand(text, said):
    assert shortened(text) == said


def test_the_body_of_a_paper_names_nothing_as_the_register_does(tmp_path):
    held = found(tmp_path)
    first_round(held)
    second_round(held)
    brief = Brief(to="party:west-midlands/board", held_on=held.register.today(), document="")

    paper, _ = draft_spr_paper(
        held.register, "cycle:2015-q4", "party:west-midlands", brief=brief,
        by=held.who["clerk"], folder=tmp_path / "out", formats=("html",),
    )  # fmt: skip

    said = [str(words) for words in paper.words()]
    assert [one for one in said if SUBJECT.search(one)] == []
    assert [
        one for one in said if re.search(r"“[^”]*““|\b1 (positions|decisions|actions)\b", one)
    ] == []
    held.register.close()
