"""What waits for a post: only what is assigned to it, and how far it is."""

from __future__ import annotations

from datetime import date

import pytest

from assurance.judged_rounds import GEAR, INCIDENTS, OLD, UNITS, say
from assurance.round_setting import CS, CYCLE, FORCE, duties, found, key
from regard.assurance.judging import Word, challenge, judge, sign_off
from regard.assurance.proposals import propose
from regard.assurance.rounds import close
from regard.assurance.tasks import tasks
from regard.assurance.vulnerabilities import Raised, raise_concern
from regard.register.kinds import Act, Line
from regard.register.posting import Holdings

TODAY = date(2015, 1, 5)


@pytest.fixture
def setting(tmp_path, database_url):
    one = found(tmp_path, database_url)
    one.publish()
    one.open(duties=duties(one, 1, 20, 2, 3, 0))
    yield one
    one.register.close()


def of(setting, name):
    who = setting.who[name]
    standing = Holdings(setting.register, setting.register.today()).standing(who)
    return tasks(setting.view(name), standing, as_at=TODAY)


def test_a_lead_has_every_cell_to_judge_and_then_fewer(setting):
    say(setting, key(UNITS), "met")

    (asked,) = of(setting, "lead").asked

    assert (asked.duty.line, asked.done, len(asked.keys)) == (Line.DOING, 1, 8)
    assert key(UNITS) not in asked.missing


def test_a_board_speaks_of_each_heading_and_a_chief_signs_once(setting):
    (board,) = of(setting, "board").asked
    (chief,) = of(setting, "chief").asked

    assert [one.about.rpartition("/")[2] for one in board.missing] == ["order", "cyber"]
    assert chief.signs
    assert chief.missing
    assert chief.why == "nothing is signed off"


def test_a_chief_that_signed_has_nothing_left(setting):
    for code in (UNITS, GEAR, INCIDENTS, OLD):
        for aspect in CS:
            seq = say(setting, key(code, aspect), "met")
            challenge(setting.register, seq, Word("So it is."), by=setting.who["spr"])
    sign_off(setting.register, CYCLE, scope=FORCE, reason="Whole.", by=setting.who["chief"])

    found_ = of(setting, "chief")

    assert found_.is_empty
    assert [(one.signs, one.missing, one.why) for one in found_.asked] == [(True, (), "signed off")]


def test_a_challenge_waits_until_it_is_judged_again(setting):
    lead = setting.who["lead"]
    word = Word("Enough.", level="met", departure="They were seen.")
    first = judge(setting.register, CYCLE, key(UNITS), word, by=lead)
    other = challenge(
        setting.register, first.seq, Word("Too few.", level="not-met"), by=setting.who["spr"]
    )

    (waiting,) = of(setting, "lead").challenged
    assert (waiting.cell.key, waiting.answer) == (key(UNITS), other.seq)
    assert of(setting, "spr").challenged == ()

    again = Word("Looked again.", level="partly-met", departure="The course ended.")
    judge(setting.register, CYCLE, key(UNITS), again, by=lead)
    assert of(setting, "lead").challenged == ()


def test_a_reviewer_that_agrees_challenges_nothing(setting):
    seq = say(setting, key(UNITS), "met")
    challenge(setting.register, seq, Word("So it is."), by=setting.who["spr"])

    assert of(setting, "lead").challenged == ()


def test_a_round_that_is_closed_asks_nothing(tmp_path, database_url):
    one = found(tmp_path, database_url)
    one.publish()
    one.open(duties=())
    close(one.register, CYCLE, by=one.who["spr"])

    assert of(one, "lead").asked == ()
    one.register.close()


def test_a_post_that_nothing_is_assigned_to_has_nothing(setting):
    assert of(setting, "reader").is_empty
    assert of(setting, "reader").asked == ()


def test_an_owner_answers_for_its_concern(setting):
    raised = Raised("kit", "The shields are old", FORCE, "party:lead")
    entry = raise_concern(setting.register, raised, by=setting.who["spr"])

    assert [one.seq for one in of(setting, "lead").mine.concerns] == [entry.seq]
    assert of(setting, "spr").mine.concerns == ()


@pytest.mark.parametrize(
    ("decided_by", "waits"),
    [("party:chief", ["chief"]), (FORCE, ["spr", "chief", "board"]), ("party:lead", ["lead"])],
)
def test_a_proposal_waits_for_the_post_or_for_those_that_decide_for_the_body(
    setting, decided_by, waits
):
    raised = Raised("kit", "The shields are old", FORCE, "party:lead")
    entry = raise_concern(setting.register, raised, by=setting.who["lead"])
    propose(
        setting.register,
        Act.CLOSE,
        text="Close it",
        reason="They are new.",
        decided_by=decided_by,
        about=entry.subject,
        scope=FORCE,
        by=setting.who["lead"],
    )

    waiting = [name for name in setting.who if of(setting, name).proposals]

    assert waiting == [one for one in setting.who if one in waits]
