"""A plan into the register: all of it in one act, or nothing."""

from __future__ import annotations

from datetime import date

import pytest

from regard.core.errors import AccessRefused, EntryRefused, NotKnown
from regard.plan.entering import edition_of, enter_plan, expectation_of, parties_for, wanting
from regard.plan.loading import plan_of
from regard.register.access import EVERYTHING
from regard.register.kinds import Decision, Expectation, Measure


@pytest.fixture
def plan(tables):
    return plan_of(tables, file="plan.toml")


def test_a_plan_becomes_an_edition_its_measures_and_its_promises(merseyside, plan):
    before = merseyside.register.head().size

    entered = enter_plan(merseyside.register, plan, by=merseyside.officer)

    view = merseyside.register.view(merseyside.officer)
    assert entered.edition == edition_of(plan) == "edition:avon-2019"
    assert entered.entries == merseyside.register.head().size - before
    assert len(view.all(Expectation, edition=entered.edition)) == 3
    milestone = view.one(expectation_of(plan, "milestone", "burglary"))
    assert milestone.value.measure == "measure:burglary"
    assert milestone.value.parent == "expectation:avon-2019/outcome/a"
    assert milestone.effective == date(2019, 4, 1)
    assert view.one("measure:burglary").value.records == "burglary"


def test_a_milestone_of_a_level_has_a_target_and_one_of_a_change_has_none(merseyside, tables):
    tables["milestone"].append(
        {
            **tables["milestone"][0],
            "id": "level",
            "percent": None,
            "level": 90.5,
            "rolling_months": 12,
        }
    )
    del tables["milestone"][1]["percent"]
    plan = plan_of(tables, file="plan.toml")

    enter_plan(merseyside.register, plan, by=merseyside.officer)

    view = merseyside.register.view(EVERYTHING)
    assert view.one(expectation_of(plan, "milestone", "burglary")).value.target is None
    assert str(view.one(expectation_of(plan, "milestone", "level")).value.target.value) == "90.5"


def test_a_plan_is_entered_once(merseyside, plan):
    enter_plan(merseyside.register, plan, by=merseyside.officer)
    head = merseyside.register.head()

    with pytest.raises(EntryRefused, match="avon-2019 was entered before"):
        enter_plan(merseyside.register, plan, by=merseyside.officer)

    assert merseyside.register.head() == head


def test_an_analyst_enters_no_plan_and_nothing_is_kept(merseyside, plan):
    head = merseyside.register.head()

    with pytest.raises(AccessRefused, match="may not enter a"):
        enter_plan(merseyside.register, plan, by=merseyside.analyst)

    assert merseyside.register.head() == head
    assert merseyside.register.view(EVERYTHING).all(Measure) == ()


def test_a_measure_nobody_knows_keeps_the_whole_plan_out(merseyside, plan):
    head = merseyside.register.head()

    with pytest.raises(NotKnown, match="no measure is called"):
        enter_plan(merseyside.register, plan, by=merseyside.officer, known={})

    assert merseyside.register.head() == head


def test_posts_that_a_plan_needs_and_the_register_lacks_are_named(merseyside, tables):
    tables["accepted_step"] = [
        {
            "measure": "burglary",
            "area": "merseyside",
            "from": "2019-07",
            "reason": [{"text": "A new crime desk.", "source": "page 9"}],
            "accepted_by": "Head of Performance",
            "on": date(2019, 9, 2),
        }
    ]
    plan = plan_of(tables, file="plan.toml")

    with pytest.raises(EntryRefused, match="names Head of Performance, which"):
        enter_plan(merseyside.register, plan, by=merseyside.officer)

    parties = parties_for(plan, merseyside.register.view(EVERYTHING))
    assert wanting(plan, parties) == ("Head of Performance",)


def test_what_the_board_is_asked_becomes_a_proposed_decision(merseyside, tables):
    tables["recommendation"] = [{"id": "note", "text": "Note the report.", "source": "page 1"}]

    enter_plan(merseyside.register, plan_of(tables, file="plan.toml"), by=merseyside.officer)

    (asked,) = merseyside.register.view(EVERYTHING).all(Decision)
    assert (asked.value.stage, asked.value.by) == ("proposed", "party:performance-board")


def test_a_plan_of_an_area_without_a_body_is_refused(merseyside, tables):
    tables["plan"]["area"] = "west-midlands"

    with pytest.raises(NotKnown, match="west-midlands"):
        enter_plan(merseyside.register, plan_of(tables, file="plan.toml"), by=merseyside.officer)
