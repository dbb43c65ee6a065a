"""A sheet holds what a lead has still to judge; filled in, it is read back whole or refused."""

from __future__ import annotations

import pytest

from assurance.round_setting import CYCLE, NEXT, SHELF, duties, found, key
from regard.assurance.cells import cells
from regard.assurance.judging import Word, judge, judge_all
from regard.assurance.rounds import carry
from regard.assurance.sheets import COLUMNS, sheet, words_of
from regard.core.errors import FileRefused
from regard.register.kinds import Absent, Confidence, Duty, Line


@pytest.fixture
def setting(tmp_path, database_url):
    held = found(tmp_path, database_url)
    held.publish()
    held.open(duties=duties(held, 1))
    return held


def rows(setting, cycle=CYCLE, post="party:lead"):
    view = setting.view("lead")
    return sheet(view, cells(view, cycle), post, held=SHELF)


def say(setting, where, **given):
    word = Word(**{"reason": "As it is.", "level": "not-met", "evidence": (), **given})
    return judge(setting.register, CYCLE, where, word, by=setting.who["lead"], held=SHELF)


def test_a_sheet_holds_the_cells_of_a_post_that_are_not_judged(setting):
    say(setting, key("order/units"))

    held = rows(setting)

    assert len(held) == 7
    assert {one.suggested for one in held} == {"not-met"}
    assert held[0].columns["requirement"] == "expectation:try-1/order/units"
    assert tuple(held[0].columns) == COLUMNS
    assert rows(setting, post="party:spr") == ()


def test_a_sheet_offers_what_was_carried(setting):
    say(setting, key("order/units"), level="met", departure="Seen.")
    duty = Duty(line=Line.DOING, post="party:lead", about="expectation:try-1/order/units")
    setting.open(NEXT, follows=CYCLE, duties=(duty,))
    carry(setting.register, NEXT, by=setting.who["spr"])

    assert [one.carried for one in rows(setting, NEXT)] == ["met", ""]


def test_a_sheet_that_is_filled_in_is_judged_in_one_act(setting):
    filled = [{**one.columns, "level": one.suggested, "reason": "So."} for one in rows(setting)]
    filled[0] = {**filled[0], "level": "", "absent": "not applicable", "departure": "No units."}
    filled[1] = {**filled[1], "confidence": "low"}
    filled[2] = {**filled[2], "level": "", "reason": " "}

    words, left = words_of(filled, "lead.csv")
    done = judge_all(setting.register, CYCLE, words, by=setting.who["lead"], held=SHELF)

    assert (len(done), left) == (7, 1)
    assert done[0].value.absent is Absent.NOT_APPLICABLE
    assert done[1].value.confidence is Confidence.LOW


def test_every_wrong_row_is_named_and_nothing_is_taken(setting):
    filled = [{**one.columns, "level": one.suggested, "reason": "So."} for one in rows(setting)]
    filled[0]["reason"] = ""
    filled[1]["confidence"] = "very"
    filled[2]["absent"] = "withheld"
    filled[3]["under"] = ""

    with pytest.raises(FileRefused) as refused:
        words_of(filled, "lead.csv")

    said = str(refused.value)
    assert len(refused.value.problems) == 4
    assert "lead.csv, row 1, column reason: no judgement without a reason" in said
    assert "row 2, column confidence: expected low, medium, high" in said
    assert "row 3, column level: a level, or why there is none, and not both" in said
    assert "row 4, column under: is empty or not there" in said
