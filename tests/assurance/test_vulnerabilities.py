"""What stands in the way has an owner and actions; what came back is named."""

from __future__ import annotations

from datetime import date

import pytest

from assurance import given_targets as setting
from assurance.given_targets import FORCE, LIST
from regard.assurance.accepting import accept_risk
from regard.assurance.closing import close, reopen
from regard.assurance.dates import extend
from regard.assurance.vulnerabilities import (
    Action,
    Raised,
    answer,
    raise_concern,
    vulnerabilities,
    vulnerability,
)
from regard.core.errors import NotKnown
from regard.register.kinds import LinkType

NOW, DUE = date(2014, 1, 6), date(2014, 6, 30)
KIT = Raised("kit", "The shields are old", FORCE, "party:lead")
BUY = Action(LIST, "shields", "Buy shields.", "party:lead", DUE)


@pytest.fixture
def held(tmp_path, database_url):
    one = setting.given(tmp_path, database_url)
    one.on(NOW)
    yield one
    one.register.close()


@pytest.fixture
def kit(held):
    return raise_concern(held.register, KIT, by=held.who["lead"]).subject


def told(held, subject, as_at=NOW):
    return [str(one) for one in vulnerability(held.view(), subject, as_at=as_at).statements()]


def test_a_vulnerability_without_an_action_says_so(held, kit):
    assert told(held, kit) == [
        "West Midlands Police: The shields are old. the business lead answers for it. No action "
        "answers it."
    ]


@pytest.mark.parametrize(
    ("form", "tense"), [("lesson", "past"), ("issue", "present"), ("risk", "future")]
)
def test_a_concern_has_the_tense_of_its_form(held, form, tense):
    entry = raise_concern(
        held.register, Raised(form, "It.", FORCE, "party:lead", form=form), by=held.who["lead"]
    )

    assert entry.value.tense == tense


def test_an_action_answers_it_with_a_link_in_one_act(held, kit):
    action = answer(held.register, kit, BUY, by=held.who["lead"]).subject

    (link,) = held.view().links(LinkType.ANSWERS, target=kit)

    assert link.value.source == action
    assert told(held, kit) == [
        "West Midlands Police: The shields are old. the business lead answers for it. 1 action "
        "answers it; 0 actions ended.",
        "Buy shields: the business lead answers for it since 6 January 2014. It is due on 30 June "
        "2014.",
    ]


def test_an_action_on_what_nobody_raised_leaves_nothing_behind(held):
    size = held.register.head()

    with pytest.raises(NotKnown):
        answer(held.register, "concern:west-midlands/none", BUY, by=held.who["lead"])

    assert held.register.head() == size


def test_the_day_of_an_action_moves_by_decision(held, kit):
    action = answer(held.register, kit, BUY, by=held.who["lead"]).subject
    extend(held.register, action, until=date(2014, 9, 30), reason="Late.", by=held.who["spr"])

    (found,) = vulnerability(held.view(), kit, as_at=NOW).actions

    assert found.dates.first == DUE
    assert found.due_on == date(2014, 9, 30)


def test_a_fix_that_did_not_stick_is_counted_and_named(held, kit):
    close(held.register, kit, reason="Bought.", by=held.who["spr"])
    reopen(held.register, kit, reason="They broke.", by=held.who["spr"])

    found = vulnerability(held.view(), kit, as_at=NOW)

    assert not found.is_closed
    assert (
        "The shields are old: the fix did not stick: closed on 6 January 2014 and opened again "
        "1 time."
    ) in told(held, kit)


def test_what_is_closed_says_by_whom_and_stands_last(held, kit):
    other = raise_concern(
        held.register,
        Raised("room", "The room is small.", FORCE, "party:lead"),
        by=held.who["lead"],
    ).subject
    close(held.register, kit, reason="Bought.", by=held.who["spr"])

    found = vulnerabilities(held.view(), as_at=NOW, scope=FORCE)

    assert [one.entry.subject for one in found] == [other, kit]
    assert told(held, kit)[0].endswith("Closed on 6 January 2014 by the spr lead.")


def test_what_was_raised_later_is_left_out(held):
    held.on(date(2014, 3, 1))
    raise_concern(held.register, KIT, by=held.who["lead"])

    assert vulnerabilities(held.view(), as_at=NOW) == ()
    assert len(vulnerabilities(held.view(), as_at=date(2014, 3, 1))) == 1


def test_an_accepted_risk_is_shown_with_it(held, kit):
    held.rate(kit, "medium")
    accept_risk(held.register, kit, level="medium", reason="So.", by=held.who["chief"])

    assert told(held, kit)[1] == (
        "The shields are old: accepted at medium on 6 January 2014 by the chief officer."
    )
