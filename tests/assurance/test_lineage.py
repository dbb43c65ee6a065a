"""Where requirements come from: one step, several, and what breaks on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assurance.round_setting import (
    FIRST,
    NEW,
    OLD,
    SECOND,
    SHELF,
    edition,
    found,
    node,
    shelf_of,
)
from regard.assurance.lineage import ancestry, aspects_of, descents, requirement_of
from regard.core.errors import NotComparable, NotKnown
from regard.library.model import Crossing, Crosswalk
from regard.register.kinds import Expectation, made


@pytest.fixture
def setting(tmp_path, database_url):
    return found(tmp_path, database_url)


def by_code(found_of):
    return {one.now.value.code: one for one in found_of}


def test_every_requirement_is_followed_back_and_what_ended_comes_last(setting):
    setting.publish()
    setting.publish(SECOND)

    held = by_code(descents(setting.view(), NEW, OLD))

    assert held["order/units"].carries
    assert held["order/kit"].carries
    assert held["order/kit"].was == (requirement_of(OLD, "order/gear"),)
    assert held["order/kit"].reason == "reworded: the words alone"
    assert not held["cyber/incidents"].carries
    assert held["cyber/new"].was == ()
    assert list(held)[-1] == "cyber/old"
    assert held["cyber/old"].relation == "dropped"


def test_an_edition_descends_from_itself_unchanged(setting):
    setting.publish()

    held = descents(setting.view(), OLD, OLD)

    assert {(one.relation, one.carries) for one in held} == {("same", True)}
    assert len(held) == len(FIRST.nodes)


def test_a_requirement_judged_by_another_rule_is_not_carried(setting):
    nodes = tuple(
        replace(one, rule="spr-standard@1") if one.code == "order/units" else one
        for one in SECOND.nodes
    )
    changed = edition("try-2", nodes, SECOND.in_force_from)
    setting.publish()
    setting.publish(changed, shelf_of(FIRST, changed))

    held = by_code(descents(setting.view(), NEW, OLD))

    assert not held["order/units"].carries
    assert "judged by spr-standard@1, before by spr-demand@1" in held["order/units"].reason


def test_a_c_that_is_new_is_to_be_judged_though_the_rest_is_carried(setting):
    nodes = tuple(
        replace(one, aspects=(*one.aspects, "consistency")) if one.code == "order/units" else one
        for one in SECOND.nodes
    )
    changed = edition("try-2", nodes, SECOND.in_force_from)
    setting.publish()
    setting.publish(changed, shelf_of(FIRST, changed))

    held = by_code(descents(setting.view(), NEW, OLD))

    assert held["order/units"].carries
    assert held["order/units"].aspects == ("consistency",)


def test_two_steps_carry_what_neither_changed_and_a_break_stays_a_break(setting):
    third = edition(
        "try-3",
        (node("order/units", parent=""), node("cyber/incidents", "Wider than before.", parent="")),
        date(2016, 1, 1),
    )
    walk = Crosswalk(
        SECOND,
        third,
        (
            Crossing("same", ("order/units",), ("order/units",)),
            Crossing("same", ("cyber/incidents",), ("cyber/incidents",)),
            *(Crossing("dropped", (one,), (), "gone") for one in ("order", "cyber", "order/kit")),
            Crossing("dropped", ("cyber/new",), (), "gone"),
        ),
        "made up",
    )
    setting.publish()
    setting.publish(SECOND)
    setting.publish(third, replace(SHELF, crosswalks={**SHELF.crosswalks, walk.id: walk}))

    held = by_code(descents(setting.view(), "edition:try-3", OLD))

    assert held["order/units"].carries
    assert not held["cyber/incidents"].carries
    assert held["cyber/incidents"].was == (requirement_of(OLD, "cyber/incidents"),)


def test_an_edition_that_follows_no_other_does_not_descend(setting):
    setting.publish(SECOND)  # before the first one, so that no crosswalk could lead to it
    setting.publish()

    with pytest.raises(NotComparable, match=r"edition:try-2 does not descend from edition:try-1"):
        descents(setting.view(), NEW, OLD)


def test_a_requirement_is_followed_back_to_what_it_was_in_each_edition(setting):
    setting.publish()
    setting.publish(SECOND)
    view = setting.view()

    kit, new = (view.one(requirement_of(NEW, code)) for code in ("order/kit", "cyber/new"))

    assert ancestry(view, kit) == (kit.subject, requirement_of(OLD, "order/gear"))
    assert ancestry(view, new) == (new.subject,)


def test_an_edition_that_is_not_there_is_not_known(setting):
    with pytest.raises(NotKnown, match="edition:try-1"):
        descents(setting.view(), OLD, NEW)


def test_a_requirement_without_cs_is_judged_as_a_whole():
    bare = made(Expectation, edition=OLD, code="x", text="X.")

    assert aspects_of(bare) == ("whole",)
