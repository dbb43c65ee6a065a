"""Inputs change by decision, in one act with the target they give, or not at all."""

from __future__ import annotations

from datetime import date

import pytest

from assurance import given_targets as setting
from assurance.given_targets import LEVEL_2, PSU_FORMULA, PSU_INPUTS, level_2_target
from regard.assurance.changing import ask_to_change, change_inputs
from regard.assurance.targets import target
from regard.core.errors import AccessRefused, DefinitionRefused, EntryRefused, NotKnown
from regard.register.kinds import Act, Edition, Expectation, Input, Stage, Window, made


@pytest.fixture
def held(tmp_path, database_url):
    one = setting.given(tmp_path, database_url)
    one.on(date(2021, 12, 13))
    yield one
    one.register.close()


def test_inputs_change_with_the_decision_in_one_act(held):
    subject = level_2_target(held)

    agreed = change_inputs(
        held.register,
        subject,
        {"psus": 21},
        reason="The region's fair share was settled.",
        by=held.who["spr"],
    )

    assert str(target(held.view(), subject)) == "1,638 officers"
    assert agreed.decision.value.act is Act.CHANGE
    assert [one.name for one in agreed.decision.value.inputs] == ["psus"]
    assert len(held.view().history(subject)) == 2


def test_the_target_as_it_was_is_seen_at_its_position(held):
    subject = level_2_target(held)
    before = held.register.head().size
    change_inputs(held.register, subject, {"psus": 21}, reason="Agreed.", by=held.who["spr"])

    assert target(held.view(known_at=before), subject).known == 1326


def test_a_proposed_change_is_taken_with_the_new_version(held):
    subject = level_2_target(held)
    asked = ask_to_change(
        held.register, subject, {"psus": 21}, reason="The region asks.", by=held.who["lead"]
    )
    before = target(held.view(), subject).known

    change_inputs(
        held.register,
        subject,
        {"psus": 21},
        reason="Agreed.",
        by=held.who["spr"],
        proposal=asked.subject,
    )

    assert (before, target(held.view(), subject).known) == (1326, 1638)
    assert held.view().one(asked.subject).value.stage is Stage.TAKEN


def test_a_post_that_may_not_decide_leaves_nothing_behind(held):
    subject = level_2_target(held)
    size = held.register.head()

    with pytest.raises(AccessRefused):
        change_inputs(held.register, subject, {"psus": 21}, reason="So.", by=held.who["lead"])

    assert held.register.head() == size


def test_inputs_that_are_what_they_were_change_nothing(held):
    with pytest.raises(DefinitionRefused, match="has these inputs already"):
        change_inputs(
            held.register, level_2_target(held), {"psus": 17}, reason="So.", by=held.who["spr"]
        )


def test_a_proposal_about_something_else_is_not_taken_by_it(held):
    subject = level_2_target(held)
    asked = ask_to_change(
        held.register, subject, {"psus": 21}, reason="The region asks.", by=held.who["lead"]
    )
    other = held.expect(
        "other",
        measure=LEVEL_2,
        formula="psus",
        inputs=(Input(name="psus", value=1, unit="PSUs"),),
    )
    size = held.register.head()

    with pytest.raises(EntryRefused, match="is not a decision to change"):
        change_inputs(
            held.register,
            other,
            {"psus": 21},
            reason="So.",
            by=held.who["spr"],
            proposal=asked.subject,
        )

    assert held.register.head() == size


def test_an_input_that_it_does_not_take_is_named(held):
    subject = level_2_target(held)

    with pytest.raises(NotKnown, match="carriers"):
        change_inputs(held.register, subject, {"carriers": 3}, reason="So.", by=held.who["spr"])


def test_a_frozen_edition_is_not_changed(held):
    keeper, frozen = held.who["keeper"], "edition:frozen"
    with held.register.acting(keeper) as acts:
        acts.enter(
            made(
                Edition,
                instrument="instrument:commitments",
                label="frozen",
                in_force=Window(),
                digest="0" * 64,
            ),
            subject=frozen,
        )
        acts.enter(
            made(
                Expectation,
                edition=frozen,
                code="a",
                text="What is asked.",
                measure=LEVEL_2,
                formula=PSU_FORMULA,
                inputs=PSU_INPUTS,
            ),
            subject="expectation:frozen/a",
        )

    with pytest.raises(EntryRefused, match="frozen"):
        change_inputs(
            held.register, "expectation:frozen/a", {"psus": 21}, reason="So.", by=held.who["spr"]
        )
