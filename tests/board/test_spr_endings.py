"""Law, money and what stands elsewhere: of this requirement, and up to the day of the paper."""

from __future__ import annotations

from datetime import date

import pytest

from board.spr_rounds import FIRST, FORCE, brief, copied, first_round, found
from regard.board.spr.endings import implications
from regard.board.spr.gathering import gather
from regard.board.spr_paper import spr_paper
from regard.papers.model import Table
from regard.register.kinds import (
    Act,
    Concern,
    Decision,
    Expectation,
    Link,
    LinkType,
    Stage,
    Window,
    made,
)

DAY = date(2015, 2, 3)


@pytest.fixture(scope="module")
def after_the_first_round(tmp_path_factory):
    held = found(tmp_path_factory.mktemp("home"))
    first_round(held)
    held.clock.on(DAY)
    return held


@pytest.fixture
def told(after_the_first_round, tmp_path):
    held = copied(after_the_first_round, tmp_path / "home")
    yield held
    held.register.close()


def law_and_money(told):
    g = gather(told.view(), FIRST, FORCE, brief(DAY))
    return [str(one.text) for part in implications(g) for one in part.paragraphs]


def depart(told, about, on, name):
    value = made(
        Decision,
        by="party:chief",
        act=Act.DEPART,
        about=about,
        text="Not to follow it.",
        reason=f"There is good reason, {name}.",
        stage=Stage.TAKEN,
        scope=FORCE,
    )
    told.enter("chief", value, f"decision:depart/{name}", effective=on)


def test_departures_are_those_from_this_requirement_up_to_this_day(told):
    depart(told, "expectation:try-1/cyber/incidents", date(2015, 1, 20), "one")
    depart(told, "expectation:establishment/trained", date(2015, 1, 20), "another")
    depart(told, "expectation:try-1/cyber/incidents", date(2015, 6, 1), "later")

    said = [one for one in law_and_money(told) if "There is good reason" in one]

    assert len(said) == 1
    assert "good reason, one" in said[0]


def test_money_of_a_later_day_is_not_said(told):
    grant = made(
        Expectation,
        edition="edition:establishment",
        code="grant-later",
        text="The cyber grant",
        scope=FORCE,
        window=Window(end=date(2018, 3, 31)),
        terms=("grant",),
    )
    told.enter("clerk", grant, "expectation:establishment/grant-later", effective=date(2015, 4, 1))

    said = law_and_money(told)

    assert any("The armed uplift grant" in one for one in said)
    assert not any("The cyber grant" in one for one in said)


def test_every_action_that_is_counted_stands_in_a_table(told):
    action = made(
        Expectation,
        edition="edition:establishment",
        code="other",
        text="Answer the inspector",
        mode="achieve",
        scope=FORCE,
        owner="party:operations",
        window=Window(end=date(2015, 9, 30)),
    )
    told.enter("clerk", action, "expectation:establishment/other", effective=date(2014, 12, 1))
    answers = made(
        Link,
        type=LinkType.ANSWERS,
        source="expectation:establishment/other",
        target="expectation:establishment/trained",
    )
    told.enter("clerk", answers, "link:answers/other")
    concern = made(
        Concern,
        tense="present",
        form="vulnerability",
        text="The duty has no owner",
        scope=FORCE,
        about="expectation:try-1/duty",
        owner="party:operations",
    )
    told.enter("clerk", concern, "concern:west-midlands/duty")

    paper = spr_paper(told.view(), FIRST, FORCE, brief(DAY))

    words = [str(one) for one in paper.words()]
    assert "0 of 1 overdue." in words
    rows = [
        " ".join(str(cell) for cell in (row.header, *row.cells))
        for block in paper.blocks
        if isinstance(block, Table)
        for row in block.rows
    ]
    assert any("Answer the inspector" in one for one in rows)
    assert any("The duty has no owner" in one for one in rows)
