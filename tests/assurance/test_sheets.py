"""A sheet holds what a lead has still to judge; filled in, it is read back whole or refused."""

from __future__ import annotations

import pytest

from assurance.round_setting import CYCLE, NEXT, SHELF, duties, found, key
from regard.assurance.cells import cells
from regard.assurance.judging import Word, judge
from regard.assurance.rounds import carry
from regard.assurance.sheets import COLUMNS, judge_sheet, rows_in, sheet, words_of
from regard.core.errors import FileRefused, FileUnreadable
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

    told = words_of(filled, "lead.csv")
    done = judge_sheet(setting.register, CYCLE, told, by=setting.who["lead"], held=SHELF)

    assert (len(done), told.left) == (7, 1)
    assert told.rows == (1, 2, 4, 5, 6, 7, 8)
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


def test_every_row_that_the_round_refuses_is_named_and_none_is_judged(setting):
    size = setting.register.head()
    filled = [{**one.columns, "level": "not-met", "reason": "So."} for one in rows(setting)[:4]]
    filled[0]["level"] = "splendid"
    filled[1]["level"] = "Met and sustained"
    filled[2]["body"] = "nobody"
    told = words_of(filled, "lead.csv")

    with pytest.raises(FileRefused) as refused:
        judge_sheet(setting.register, CYCLE, told, by=setting.who["lead"], held=SHELF)

    said = str(refused.value)
    assert "lead.csv, row 1: no level of spr-position@1 is called 'splendid'" in said
    assert "row 2: try-1/order/units of west-midlands under capability: " in said
    assert "'met-and-sustained' departs from 'not-met'" in said
    assert "row 3: no body of cycle:2014-q4 is called 'party:nobody'" in said
    assert "row 4" not in said
    assert setting.register.head() == size


def test_a_cell_that_stands_twice_in_a_sheet_is_named(setting):
    first = {**rows(setting)[0].columns, "level": "not-met", "reason": "So."}

    with pytest.raises(FileRefused, match="row 2, column requirement: this cell is judged in row"):
        words_of([first, first], "lead.csv")


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-8-sig", "\t")],
)
def test_a_sheet_is_read_as_a_spreadsheet_saves_it(tmp_path, encoding, delimiter):
    file = tmp_path / "lead.csv"
    lines = (COLUMNS[:3], ("west-midlands", "try-1/order", "“capacité”"), ("short",))
    file.write_text("\r\n".join(map(delimiter.join, lines)), encoding=encoding, newline="")

    first, second = rows_in(file)

    assert first == dict(zip(COLUMNS[:3], lines[1], strict=True))
    assert second == {"body": "short", "requirement": "", "under": ""}


def test_a_sheet_in_another_encoding_says_what_to_save(tmp_path):
    file = tmp_path / "lead.csv"
    file.write_bytes("body,requirement,under\ncafé,x,y\n".encode("cp1252"))

    with pytest.raises(FileUnreadable, match=r"lead.csv, line 2 is no text in UTF-8") as refused:
        rows_in(file)

    assert "CSV UTF-8" in refused.value.next_step


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n"])
def test_a_file_without_the_columns_is_no_sheet(tmp_path, text):
    file = tmp_path / "lead.csv"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(FileRefused, match="column body: there is no such column"):
        rows_in(file)


def test_a_sheet_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(FileUnreadable, match="cannot be read: No such file"):
        rows_in(tmp_path / "nowhere.csv")
