"""What is taken enters what it changes in the same act; some acts are taken elsewhere."""

from __future__ import annotations

from datetime import date

import pytest

from assurance import given_targets as setting
from assurance.given_targets import FORCE, LIST, level_2_target
from regard.assurance.accepting import acceptance, ask_to_accept
from regard.assurance.changing import ask_to_change
from regard.assurance.closing import claim
from regard.assurance.dates import ask_to_extend, dates_of
from regard.assurance.proposals import propose
from regard.assurance.taking import take, take_at_once
from regard.assurance.targets import target
from regard.assurance.vulnerabilities import Action, Raised, Stands, answer, raise_concern
from regard.assurance.vulnerabilities import vulnerability as vulnerability_of
from regard.core.errors import AccessRefused, EntryRefused
from regard.register.kinds import Act, Stage

NOW, DUE, LATER = date(2022, 1, 6), date(2022, 6, 30), date(2022, 9, 30)


@pytest.fixture
def held(tmp_path, database_url):
    one = setting.given(tmp_path, database_url)
    one.on(NOW)
    yield one
    one.register.close()


@pytest.fixture
def kit(held):
    raised = Raised("kit", "The shields are old", FORCE, "party:lead")
    return raise_concern(held.register, raised, by=held.who["lead"]).subject


def test_an_extension_that_is_taken_moves_the_day(held, kit):
    action = Action(LIST, "shields", "Buy shields.", "party:lead", DUE)
    subject = answer(held.register, kit, action, by=held.who["lead"]).subject
    asked = ask_to_extend(
        held.register, subject, until=LATER, reason="Late.", by=held.who["lead"]
    ).subject

    done = take(held.register, asked, by=held.who["spr"])

    assert done.value.stage is Stage.TAKEN
    assert dates_of(held.view(), subject).now == LATER


def test_inputs_that_are_taken_make_the_new_target(held):
    subject = level_2_target(held)
    asked = ask_to_change(
        held.register, subject, {"psus": 18}, reason="One more.", by=held.who["lead"]
    ).subject

    take(held.register, asked, by=held.who["spr"])

    assert target(held.view(), subject).value == 18 * 26 * 3


def test_an_acceptance_is_asked_for_and_taken_at_the_rating_it_has(held, kit):
    held.rate(kit, "high")
    asked = ask_to_accept(
        held.register, kit, level="high", reason="Cover is bought in.", by=held.who["lead"]
    ).subject
    assert acceptance(held.view(), kit, as_at=NOW) is None

    take(held.register, asked, by=held.who["chief"])

    assert vulnerability_of(held.view(), kit, as_at=NOW).stands is Stands.ACCEPTED


def test_an_acceptance_of_a_rating_that_changed_is_not_taken(held, kit):
    held.rate(kit, "high")
    asked = ask_to_accept(
        held.register, kit, level="high", reason="Cover is bought in.", by=held.who["lead"]
    ).subject
    held.rate(kit, "low")
    before = held.register.head()

    with pytest.raises(EntryRefused, match="rated low"):
        take(held.register, asked, by=held.who["chief"])

    assert held.register.head() == before


def test_a_risk_that_nobody_rated_is_not_proposed(held, kit):
    with pytest.raises(EntryRefused, match="not rated"):
        ask_to_accept(held.register, kit, level="high", reason="So.", by=held.who["lead"])


def test_a_claim_is_not_taken_without_a_look(held, kit):
    claimed = claim(held.register, kit, reason="Bought.", by=held.who["lead"]).subject

    with pytest.raises(EntryRefused, match="more than to agree"):
        take(held.register, claimed, by=held.who["spr"])


def test_words_alone_are_taken_by_who_may(held):
    asked = propose(
        held.register, Act.NOTE, text="Note it", reason="Printed.", decided_by="party:board",
        by=held.who["spr"], scope=FORCE,
    ).subject  # fmt: skip

    with pytest.raises(AccessRefused):
        take(held.register, asked, by=held.who["lead"])

    assert take(held.register, asked, by=held.who["board"]).value.stage is Stage.TAKEN


def test_a_departure_is_taken_at_once_and_a_closure_is_not(held):
    subject = level_2_target(held)
    words = {"text": "Train fewer", "reason": "The Games", "by": held.who["chief"]}

    done = take_at_once(held.register, Act.DEPART, subject, **words)

    assert (done.value.act, done.value.scope) == (Act.DEPART, FORCE)
    with pytest.raises(EntryRefused, match="takes more than to say so"):
        take_at_once(held.register, Act.CLOSE, subject, **words)
