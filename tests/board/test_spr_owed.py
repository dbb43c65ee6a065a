"""What is owed is counted with its base, and a base is held as closely as what it counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from board.spr_rounds import CLOSE, FIRST, FORCE, brief, first_round, found
from regard.board.spr.gathering import gather
from regard.board.spr.owed import owed
from regard.register.kinds import Expectation, Link, LinkType, Window, made


def test_a_count_is_held_as_closely_as_every_action_in_its_base(tmp_path):
    told = found(tmp_path)
    first_round(told)
    action = made(
        Expectation,
        edition="edition:establishment",
        code="quiet",
        text="Do it quietly",
        mode="achieve",
        scope=FORCE,
        owner="party:operations",
        window=Window(end=date(2016, 6, 30)),
    )
    source, target = "expectation:establishment/quiet", "expectation:try-1/public-order/units"
    told.enter("operations", action, source, effective=date(2014, 12, 1), marking=CLOSE)
    answers = made(Link, type=LinkType.ANSWERS, source=source, target=target)
    told.enter("operations", answers, "link:quiet", effective=date(2014, 12, 1), marking=CLOSE)
    day = date(2015, 2, 3)
    g = gather(told.view(), FIRST, FORCE, replace(brief(day), document="document:draft"))

    said = owed(g).actions_in_short(g)

    assert str(said) == "0 of 1 overdue."
    assert said.marking == CLOSE
    assert source in str(said.source)
    told.register.close()
