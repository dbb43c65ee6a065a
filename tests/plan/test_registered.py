"""A plan read back from the register is the plan that was entered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import regard.examples.west_midlands_2013 as example
from regard.core.errors import NotKnown
from regard.plan.entering import enter_plan, parties_for, wanting
from regard.plan.loading import load, plan_of
from regard.plan.registered import registered_plan, registered_plans
from regard.register.access import EVERYTHING
from regard.register.kinds import Party, made
from regard.register.subjects import slug

NOT_OF_THE_PLAN = {"file": "", "sha256": ""}


def test_the_example_comes_back_as_it_went_in(merseyside):
    plan = load(Path(example.__file__).parent / "plan.toml")
    with merseyside.register.acting(merseyside.keeper) as act:
        act.enter(
            made(Party, form="body", name=plan.force, area=plan.area),
            subject="party:west-midlands",
        )
    parties = parties_for(plan, merseyside.register.view(EVERYTHING))
    with merseyside.register.acting(merseyside.keeper) as act:
        for name in wanting(plan, parties):
            act.enter(
                made(Party, form="post", name=name, parent="party:west-midlands"),
                subject=f"party:{slug(name)}",
            )

    enter_plan(merseyside.register, plan, by=merseyside.officer)

    back = registered_plan(merseyside.register.view(merseyside.officer), plan.id)
    assert replace(back, **NOT_OF_THE_PLAN) == replace(plan, **NOT_OF_THE_PLAN)
    assert back.file.startswith("register, entry ")


def test_a_plan_is_known_from_the_instant_it_was_entered(merseyside, tables):
    enter_plan(merseyside.register, plan_of(tables, file="plan.toml"), by=merseyside.officer)
    before = datetime(2020, 3, 31, tzinfo=UTC)

    view = merseyside.register.view(EVERYTHING, known_at=before)

    assert registered_plans(view) == ()
    with pytest.raises(NotKnown, match="avon-2019"):
        registered_plan(view, "avon-2019")


def test_a_plan_is_true_from_the_first_day_of_its_year(merseyside, tables):
    enter_plan(merseyside.register, plan_of(tables, file="plan.toml"), by=merseyside.officer)

    assert registered_plans(merseyside.register.view(EVERYTHING, true_on=date(2019, 3, 31))) == ()
    assert registered_plans(merseyside.register.view(EVERYTHING, true_on=date(2019, 4, 1))) == (
        "avon-2019",
    )
