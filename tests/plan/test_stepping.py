"""A step is accepted or declined by a named post, with the proposal it answers."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from regard.core.errors import AccessRefused, EntryRefused, NotKnown
from regard.core.periods import Month
from regard.plan.entering import enter_plan
from regard.plan.loading import plan_of
from regard.plan.registered import registered_plan
from regard.plan.stepping import (
    StepDecision,
    decide_step,
    must_be_new,
    proposal_for,
    step_answers,
)

JULY = StepDecision("burglary", "merseyside", Month(2019, 7), True, "A new crime desk.")


def found(month, earliest, latest):
    return SimpleNamespace(
        month=Month(2019, month), earliest=Month(2019, earliest), latest=Month(2019, latest)
    )


def steps_of(merseyside):
    return registered_plan(merseyside.register.view(merseyside.officer), "avon-2019").baselines


@pytest.fixture
def planned(merseyside, tables):
    enter_plan(merseyside.register, plan_of(tables, file="plan.toml"), by=merseyside.officer)
    return merseyside


def test_an_accepted_step_is_in_the_plan_and_names_who_accepted_it(planned):
    decide_step(planned.register, JULY, by=planned.analyst)

    (step,) = steps_of(planned)
    assert (step.measure, step.start, step.accepted_by) == (
        "burglary",
        Month(2019, 7),
        "Performance analyst",
    )


def test_a_declined_step_is_not_in_the_plan(planned):
    decide_step(planned.register, replace(JULY, accept=False), by=planned.analyst)

    assert steps_of(planned) == ()


def test_the_last_word_on_a_month_counts_and_the_earlier_ones_stay(planned):
    entries = [
        decide_step(planned.register, replace(JULY, accept=accept), by=planned.analyst)
        for accept in (True, False, True, False)
    ]

    assert steps_of(planned) == ()
    assert len({one.subject for one in entries}) == 4
    view = planned.register.view(planned.officer)
    assert all(view.one(one.subject).value == one.value for one in entries)


def test_the_decision_keeps_the_proposal_it_answers(planned):
    decision = replace(JULY, proposal=found(8, 6, 9), method="adjusted-counts@1")

    entry = decide_step(planned.register, decision, by=planned.analyst)

    step = planned.register.view(planned.officer).one(entry.subject).value.step
    assert (step.start, step.proposed, step.earliest, step.latest, step.method) == (
        "2019-07",
        "2019-08",
        "2019-06",
        "2019-09",
        "adjusted-counts@1",
    )


def test_a_proposal_is_found_by_any_month_in_its_range():
    reading = SimpleNamespace(proposals=(found(3, 2, 4), found(8, 6, 9)))

    assert proposal_for(reading, Month(2019, 9)).month == Month(2019, 8)
    assert proposal_for(reading, Month(2019, 5)) is None


def test_the_keeper_decides_on_no_step(planned):
    with pytest.raises(AccessRefused, match="register-keeper"):
        decide_step(planned.register, JULY, by=planned.keeper)


def test_an_area_without_a_body_is_refused(planned):
    with pytest.raises(NotKnown, match="kent"):
        decide_step(planned.register, replace(JULY, area="kent"), by=planned.analyst)


def test_the_answers_of_a_series_say_which_one_stands(merseyside):
    decide_step(merseyside.register, JULY, by=merseyside.analyst)
    decide_step(merseyside.register, replace(JULY, accept=False), by=merseyside.analyst)

    answers = step_answers(merseyside.register.view(merseyside.officer), "burglary", "merseyside")

    assert [(one.accepted, one.stands) for one in answers] == [(True, False), (False, True)]


def test_a_decision_that_stands_already_is_refused_and_its_contrary_is_not(merseyside):
    decide_step(merseyside.register, JULY, by=merseyside.analyst)
    answers = step_answers(merseyside.register.view(merseyside.officer), "burglary", "merseyside")

    must_be_new(answers, replace(JULY, accept=False))
    with pytest.raises(EntryRefused, match="was accepted before"):
        must_be_new(answers, JULY)
