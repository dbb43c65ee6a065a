"""What moved from one round to the next, and what cannot be set side by side."""

from __future__ import annotations

from datetime import date

import pytest

from assurance import judged_rounds as given
from assurance.judged_rounds import FORCE, GEAR, INCIDENTS, NEXT, OLD, SECOND, UNITS, key
from assurance.round_setting import FIRST, NEW, duties, edition, node, shelf_of
from regard.assurance.changes import Move, changes
from regard.assurance.publishing import publish
from regard.library.model import Crossing as Crossed


@pytest.fixture
def setting(tmp_path, database_url):
    setting = given.setting_of(tmp_path, database_url)
    yield setting
    setting.register.close()


def next_round(setting, **changed):
    setting.open(
        NEXT,
        duties=duties(setting, 1, 20),
        as_at=date(2015, 3, 31),
        opens=date(2015, 1, 5),
        closes=date(2015, 4, 30),
        follows=given.CYCLE,
        **changed,
    )


def moved(setting):
    found = changes(setting.view(), given.read(setting, NEXT), given.read(setting))
    return {(one.now.key.about.partition("/")[2], one.now.key.aspect): one for one in found}


def test_better_worse_and_the_same_are_told_by_the_order_of_the_scale(setting):
    for code, level in ((UNITS, "met"), (GEAR, "met"), (INCIDENTS, "not-met")):
        given.say(setting, key(code), level)
    next_round(setting)
    for code, level in ((UNITS, "partly-met"), (GEAR, "met"), (INCIDENTS, "met")):
        given.say(setting, key(code), level, cycle=NEXT)

    found = moved(setting)

    assert found[UNITS, "capacity"].move is Move.WORSE
    assert found[GEAR, "capacity"].move is Move.SAME
    assert found[INCIDENTS, "capacity"].move is Move.BETTER
    assert str(found[UNITS, "capacity"].statement) == (
        "try-1/order/units, capacity: from “Met” to “Partly met”, worse."
    )
    assert found[GEAR, "capacity"].statement is None


def test_newly_assessed_and_no_longer_assessed_are_no_moves_on_the_scale(setting):
    given.say(setting, key(UNITS), "met")
    next_round(setting)
    given.say(setting, key(OLD), "met", cycle=NEXT)

    found = moved(setting)

    assert found[UNITS, "capacity"].move is Move.LOST
    assert found[OLD, "capacity"].move is Move.NEWLY
    assert ("cyber/incidents", "capacity") not in found


def test_a_requirement_that_was_widened_breaks_the_trend(setting):
    setting.publish(SECOND)
    for code in (UNITS, GEAR, INCIDENTS):
        given.say(setting, key(code), "met")
    next_round(setting, editions=(NEW,))
    for code in (UNITS, "order/kit", INCIDENTS):
        given.say(setting, key(code, of="try-2"), "not-met", cycle=NEXT)

    found = moved(setting)

    assert found[UNITS, "capacity"].move is Move.WORSE
    assert found["order/kit", "capacity"].move is Move.WORSE
    assert found[INCIDENTS, "capacity"].move is Move.BROKEN
    assert "widened" in str(found[INCIDENTS, "capacity"].statement)


def test_a_sentence_names_the_entry_it_rests_on(setting):
    given.say(setting, key(UNITS), "met")
    next_round(setting)
    seq = given.say(setting, key(UNITS), "not-met", cycle=NEXT)

    (one,) = moved(setting).values()

    assert f"entry {seq}:" in str(one.statement.source)
    assert one.now.key.scope == FORCE


def test_requirements_that_became_one_are_a_break_and_not_new(setting):
    later = edition(
        "try-2",
        (node("order", judged=False), node("order/all", "Units and gear.")),
        date(2015, 1, 1),
    )
    crossed = (
        Crossed("same", ("order",), ("order",)),
        Crossed("merged", ("order/units", "order/gear"), ("order/all",), "asked together"),
        *(Crossed("dropped", (one,), ()) for one in ("cyber", "cyber/incidents", "cyber/old")),
    )
    shelf = shelf_of(FIRST, later, crossings=crossed)
    publish(setting.register, later, by=setting.keeper, held=shelf)
    for code, level in ((UNITS, "met"), (GEAR, "not-met")):
        given.say(setting, key(code), level)
    next_round(setting, editions=(NEW,))
    given.say(setting, key("order/all", of="try-2"), "met", cycle=NEXT)

    found = moved(setting)["order/all", "capacity"]

    assert found.move is Move.BROKEN
    assert found.before == "Met and Not met"
    assert "merged: asked together" in str(found.statement)


def test_editions_without_a_crosswalk_between_them_are_not_set_side_by_side(setting):
    apart = edition("try-3", (node("order", judged=False), node("order/units")), date(2015, 1, 1))
    publish(setting.register, apart, by=setting.keeper, held=shelf_of(apart))
    given.say(setting, key(UNITS), "met")
    next_round(setting, editions=("edition:try-3",))
    given.say(setting, key(UNITS, of="try-3"), "not-met", cycle=NEXT)

    found = moved(setting)[UNITS, "capacity"]

    assert (found.move, found.was) == (Move.NEWLY, None)


def test_a_requirement_of_an_edition_that_stays_is_set_beside_itself(setting):
    setting.publish(SECOND)
    given.say(setting, key(UNITS), "met")
    next_round(setting, editions=(NEW, "edition:try-1"))
    third = "cycle:2015-q2"
    setting.open(third, duties=duties(setting, 1), editions=(NEW, "edition:try-1"), follows=NEXT)
    for of, level in (("try-1", "not-met"), ("try-2", "met")):
        given.say(setting, key(UNITS, of=of), level, cycle=NEXT)
        given.say(setting, key(UNITS, of=of), "partly-met", cycle=third)

    found = changes(setting.view(), given.read(setting, third), given.read(setting, NEXT))

    told = [(one.now.key.about.partition("/")[0], one.move) for one in found]
    assert sorted(told) == [
        ("expectation:try-1", Move.BETTER),
        ("expectation:try-2", Move.WORSE),
    ]
