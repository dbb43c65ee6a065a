"""One count of a round: every cell once, every share with its base."""

from __future__ import annotations

import pytest

from assurance.round_setting import CYCLE, FORCE, SHELF, found, key
from regard.assurance.cells import Reads, cells
from regard.assurance.judging import Word, judge
from regard.assurance.progress import progress
from regard.register.kinds import Absent


@pytest.fixture
def setting(tmp_path, database_url):
    held = found(tmp_path, database_url)
    held.publish()
    held.open()
    return held


def say(setting, where, **given):
    held = {"evidence": (), "departure": "Seen otherwise.", **given}
    by = setting.who["lead"]
    judge(setting.register, CYCLE, where, Word("As it is.", **held), by=by, held=SHELF)


def test_every_cell_is_counted_once_and_absences_never_merge(setting):
    say(setting, key("order/units"), level="met")
    for code, absent in zip(
        ("order/gear", "cyber/incidents", "cyber/old"),
        (Absent.NOT_APPLICABLE, Absent.NOT_ASSESSED, Absent.NOT_MEASURED),
        strict=True,
    ):
        say(setting, key(code), absent=absent)

    held = progress(cells(setting.view(), CYCLE))

    assert held.base == 8
    assert held.assessed == 1
    assert held.counts[Reads.NOT_APPLICABLE] == 1
    assert held.counts[Reads.NOT_ASSESSED] == 5
    assert held.counts[Reads.NOT_MEASURED] == 1
    assert held.silent == 4


def test_a_share_says_of_how_many_that_apply(setting):
    say(setting, key("order/units"), level="met")
    say(setting, key("order/gear"), absent=Absent.NOT_APPLICABLE)

    held = progress(cells(setting.view(), CYCLE))

    assert [str(one) for one in held.statements] == [
        "Assessed in this round: 1 of 8 cells, 14.3% of the 7 that apply.",
        "What those assessed rest on: evidence in date 0, evidence that has all expired 0, no "
        "evidence 1.",
        "Not counted: 0 carried and not reviewed, 1 not applicable, 6 not assessed (nobody "
        "has spoken of 6 of them), 0 not measured, 0 withheld.",
    ]
    assert [part.number for part in held.share.parts] == ["1", "7"]
    assert {one.source for one in held.statements} == {setting.view().one(CYCLE).source}


def test_a_share_of_nothing_that_applies_is_not_known(setting):
    for where in cells(setting.view(), CYCLE).cells:
        say(setting, where, absent=Absent.NOT_APPLICABLE)

    held = progress(cells(setting.view(), CYCLE))

    assert str(held.share) == "not known"
    assert held.share.missing == "no cell applies"


def test_some_cells_or_one_body_are_counted_alone(setting):
    say(setting, key("order/units"), level="met")
    matrix = cells(setting.view(), CYCLE)

    assert progress(matrix, scope=FORCE).base == 8
    assert progress(matrix, among=[matrix.cells[key("order/units")]]).base == 1
