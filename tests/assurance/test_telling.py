"""What is said of a cell, in sentences that each name their entry."""

from __future__ import annotations

from datetime import date

import pytest

from assurance.round_setting import CYCLE, FORCE, NEXT, SHELF, duties, found, key
from regard.assurance.cells import cells
from regard.assurance.evidence import Piece, add
from regard.assurance.judging import Word, assure, challenge, judge
from regard.assurance.rounds import carry
from regard.assurance.telling import board_told, names_in, voices_told
from regard.core.markings import Marking

UNITS = key("order/units")
SENSITIVE = Marking.parse("OFFICIAL-SENSITIVE")


@pytest.fixture
def setting(tmp_path, database_url):
    held = found(tmp_path, database_url)
    held.publish()
    held.open(duties=duties(held, 1, 20, 0))
    return held


def say(setting, **given):
    word = Word(**{"reason": "Units were counted.", "level": "not-met", "evidence": (), **given})
    return judge(setting.register, CYCLE, UNITS, word, by=setting.who["lead"], held=SHELF)


def told(setting, cycle=CYCLE):
    view = setting.view()
    matrix = cells(view, cycle)
    return voices_told(matrix.cells[UNITS], matrix, names_in(view, matrix))


def test_a_judgement_a_challenge_and_their_entries(setting):
    first = say(setting, level="met", departure="The count was on a holiday.")
    word = Word("Two were away.", level="partly-met")
    second = challenge(setting.register, first.seq, word, by=setting.who["spr"])

    said = told(setting)

    assert [str(one) for one in said] == [
        "Lead at line 1 says Met: Units were counted.",
        "That departs from Not met, which spr-demand@1 suggests: The count was on a holiday.",
        "It rests on no evidence.",
        "Spr at line 2 takes another view, Partly met: Two were away.",
    ]
    assert [one.source for one in said] == [first.source] * 3 + [second.source]


def test_who_agrees_is_told_so(setting):
    first = say(setting)
    challenge(setting.register, first.seq, Word("I saw it."), by=setting.who["spr"])

    assert str(told(setting)[-1]) == "Spr at line 2 agrees, Not met: I saw it."


def test_evidence_is_counted_by_what_it_is_worth_on_the_day(setting):
    cited = tuple(
        add(
            setting.register,
            Piece("Seen.", FORCE, date(2014, 1, 1), expires, topic=f"visit {number}"),
            by=setting.who["lead"],
        ).subject
        for number, expires in enumerate((None, date(2014, 6, 30)))
    )
    say(setting, level="partly-met", evidence=cited)

    assert str(told(setting)[1]) == (
        "It rests on 1 piece of evidence in date; 1 expired, 0 collected after 31 December 2014, "
        "0 retracted, 0 not shown here."
    )


def test_what_was_carried_names_the_entry_it_was_made_in(setting):
    first = say(setting)
    setting.open(NEXT, follows=CYCLE)
    carry(setting.register, NEXT, by=setting.who["spr"])

    assert [str(one) for one in told(setting, NEXT)] == [
        f"Carried from entry {first.seq} and not reviewed: at line 1 it was Not met: Units were "
        "counted."
    ]


def test_silence_is_told(setting):
    assert [str(one) for one in told(setting)] == ["Nobody has spoken of it."]


def test_a_sentence_is_held_as_closely_as_its_entry(setting):
    say(setting, marking=SENSITIVE)

    assert {one.marking for one in told(setting)} == {SENSITIVE}


def test_the_board_is_told_with_what_it_asked(setting):
    about = "expectation:try-1/order"
    word = Word("It was shown.", level="assured")
    by = setting.who["board"]
    assure(
        setting.register, CYCLE, scope=FORCE, about=about, word=word, asked=("How many?",), by=by
    )
    view = setting.view()
    matrix = cells(view, CYCLE)
    names = names_in(view, matrix)

    assert [str(one) for one in board_told(matrix, FORCE, about, names)] == [
        "Board at line 0 says Assured: It was shown.\nAsked: How many?"
    ]
    silent = board_told(matrix, FORCE, "expectation:try-1/cyber", names)
    assert [str(one) for one in silent] == ["Nobody has spoken of it."]
