"""Who has still to speak: each line in its own way."""

from __future__ import annotations

import pytest

from assurance.round_setting import CYCLE, FORCE, NEXT, OTHER, SHELF, duties, found, key
from regard.assurance.cells import cells
from regard.assurance.judging import Word, assure, challenge, inspect, judge, sign_off
from regard.assurance.silences import asked_of, not_spoken, signs_off, still_to_speak
from regard.register.kinds import Duty, Line

ORDER = "expectation:try-1/order"


@pytest.fixture
def setting(tmp_path, database_url):
    held = found(tmp_path, database_url)
    held.publish()
    return held


def say(setting, where):
    word = Word("As it is.", level="not-met", evidence=())
    return judge(setting.register, CYCLE, where, word, by=setting.who["lead"], held=SHELF)


def left(setting):
    return {(int(one.duty.line), len(one.keys)) for one in still_to_speak(setting.view(), CYCLE)}


def test_each_line_is_asked_on_every_cell_and_the_board_on_every_threat(setting):
    setting.open(duties=duties(setting, 1, 20, 3, 0))

    assert left(setting) == {(1, 8), (2, 8), (3, 8), (0, 2)}


def test_a_word_at_a_line_is_one_less(setting):
    setting.open(duties=duties(setting, 1, 20, 3, 0))
    entry = say(setting, key("order/units"))
    challenge(setting.register, entry.seq, Word("Seen."), by=setting.who["spr"])
    word = Word("Inspected.", level="not-met")
    inspect(setting.register, CYCLE, key("order/gear"), word, by=setting.who["inspector"])
    board = Word("Shown.", level="assured")
    assure(setting.register, CYCLE, scope=FORCE, about=ORDER, word=board, by=setting.who["board"])

    assert left(setting) == {(1, 7), (2, 7), (3, 7), (0, 1)}


def test_a_duty_on_a_heading_is_on_everything_below_it(setting):
    setting.open(duties=(Duty(line=Line.DOING, post="party:lead", about=ORDER),))

    silence = still_to_speak(setting.view(), CYCLE)[0]

    assert {one.about for one in silence.keys} == {f"{ORDER}/units", f"{ORDER}/gear"}
    assert asked_of(cells(setting.view(), CYCLE), "party:lead", 1) == silence.keys
    assert "party:lead has still to speak at line 1 on 4" in str(silence.statement)


def test_a_board_that_is_asked_of_one_heading_is_asked_of_no_other(setting):
    setting.open(duties=(Duty(line=Line.BOARD, post="party:board", about=ORDER),))

    assert [one.about for one in still_to_speak(setting.view(), CYCLE)[0].keys] == [ORDER]


def test_a_duty_for_one_body_is_not_for_another(setting):
    duty = Duty(line=Line.DOING, post="party:lead", scope=OTHER)
    setting.open(NEXT, scopes=(FORCE, OTHER), duties=(duty,))

    assert {one.scope for one in still_to_speak(setting.view(), NEXT)[0].keys} == {OTHER}


def test_a_chief_officer_signs_off_once_and_again_after_a_later_word(setting):
    setting.open(duties=duties(setting, 1, 2))
    for where in cells(setting.view(), CYCLE).cells:
        say(setting, where)
    assert signs_off(setting.view(), "party:chief")
    assert "nothing is signed off" in str(still_to_speak(setting.view(), CYCLE)[0].statement)
    chief = setting.who["chief"]

    sign_off(setting.register, CYCLE, scope=FORCE, reason="Read.", by=chief)
    signed = left(setting)
    say(setting, key("order/units"))
    since = still_to_speak(setting.view(), CYCLE)
    second = sign_off(setting.register, CYCLE, scope=FORCE, reason="Read again.", by=chief)

    assert signed == set()
    assert [(one.why, one.keys) for one in since] == [
        ("they were judged again since it was signed off", (key("order/units"),))
    ]
    assert second.subject.endswith("sign-off-2")
    assert left(setting) == set()


def test_sign_off_can_be_left_aside(setting):
    setting.open(duties=duties(setting, 2))
    matrix = cells(setting.view(), CYCLE)

    assert not_spoken(setting.view(), matrix, (Line.OVERSEEING,)) == ()
