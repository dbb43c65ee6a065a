"""The Markov pipeline against its vectors, and the laws that any pipeline keeps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused, NotKnown
from regard.workforce.pipeline import (
    Pipeline,
    expected,
    first_month,
    months_spent,
    reaching,
    spread,
    steady,
)
from workforce.projecting import IN_STRENGTH, five_stages, pipelines

AT = np.asarray([1, 12, 36])


def test_the_first_month_stage_by_stage():
    found = expected(five_stages(), 1).people[1]

    assert found == pytest.approx([66, 71.6, 36.4, 257.075, 2004], abs=1e-8)


def test_strength_and_deployable_by_month():
    found = expected(five_stages(), 36)

    assert found.strength[AT] == pytest.approx([2369.0750, 2455.2149, 2647.4687], abs=5e-5)
    assert found.deployable[AT] == pytest.approx([2261.0750, 2303.9371, 2485.4161], abs=5e-5)
    assert first_month(found.strength, 2450) == 12
    assert first_month(found.strength, 9999) is None


def test_months_spent_from_vetting_on():
    found = months_spent(five_stages())[0]

    assert found[:4] == pytest.approx([3.333333, 4.333333, 2.421569, 14.309269], abs=5e-7)
    assert found[4] == pytest.approx(158.99188, abs=5e-6)


def test_chances_of_reaching_a_stage():
    substantive = reaching(five_stages(), "substantive")
    independent = reaching(five_stages(), "independent")

    assert substantive.chance[:4] == pytest.approx(
        [0.715463, 0.825535, 0.868984, 0.909091], abs=5e-7
    )
    assert independent.chance[1] == pytest.approx(0.908088, abs=5e-7)
    assert independent.months[1] == pytest.approx(7.941176, abs=5e-7)
    assert (independent.chance[3], independent.months[3]) == (1, 0)
    assert independent.chance[4] == 0
    assert np.isnan(independent.months[4])


def test_strength_in_the_long_run():
    pipeline = five_stages()

    found = steady(pipeline)[pipeline.rows_of(IN_STRENGTH)].sum()

    assert found == pytest.approx(4321.3452, abs=5e-5)


@pytest.mark.parametrize("intake, deviation", [("poisson", 30.3378), ("fixed", 21.9165)])
def test_spread_by_chance_alone(intake, deviation):
    found = spread(five_stages(), 36, IN_STRENGTH, intake=intake)

    assert found[36] == pytest.approx(deviation, abs=5e-5)
    assert found[0] == 0


def test_a_plan_of_the_same_every_month_is_the_intake():
    plan = np.tile([24, 0, 0, 0, 0], (12, 1))

    as_planned = expected(five_stages(0), 12, plan=plan)

    assert as_planned.strength == pytest.approx(expected(five_stages(), 12).strength)
    assert spread(five_stages(0), 12, IN_STRENGTH, plan=plan) == pytest.approx(
        spread(five_stages(), 12, IN_STRENGTH)
    )


@pytest.mark.parametrize("plan", [np.ones((11, 5)), -np.ones((12, 5))])
def test_a_plan_that_does_not_fit_is_refused(plan):
    with pytest.raises(DefinitionRefused, match="12 months by 5 rows"):
        expected(five_stages(), 12, plan=plan)


def test_a_stage_that_nobody_leaves_has_no_long_run():
    stuck = Pipeline(("in", "done"), ((0.5, 0.5), (0, 1)), (1, 0), (1, 0), ("in",), ("in",))

    with pytest.raises(DefinitionRefused, match="nobody ever leaves from in, done"):
        steady(replace(stuck, moves=((0.5, 0.5), (0, 1))))
    assert reaching(stuck, "done").chance == pytest.approx([1, 1])


@pytest.mark.parametrize(
    "change, said",
    [
        ({"people": (1.0,)}, "2 rows of stages"),
        ({"moves": ((0.7, 0.4), (0, 1))}, "the moves from in are from 0.4 and add up to 1.1"),
        ({"moves": ((-0.1, 0.4), (0, 1))}, "the moves from in are from -0.1"),
        ({"intake": (-1, 0)}, "intake of -1"),
    ],
)
def test_a_pipeline_that_cannot_be_is_refused(change, said):
    good = Pipeline(("in", "on"), ((0.5, 0.4), (0, 0.9)), (1, 0), (1, 0), ("in",), ("in",))

    with pytest.raises(DefinitionRefused, match=said):
        replace(good, **change)


def test_a_stage_or_an_intake_that_does_not_exist_is_not_known():
    with pytest.raises(NotKnown, match="'retired'"):
        reaching(five_stages(), "retired")
    with pytest.raises(NotKnown, match="'steady'"):
        spread(five_stages(), 3, IN_STRENGTH, intake="steady")


@given(pipelines())
def test_people_are_conserved(pipeline):
    found = expected(pipeline, 12)

    start, end = found.people[0].sum(), found.people[-1].sum()
    assert start + found.joiners.sum() - found.leavers.sum() == pytest.approx(end, abs=1e-6)


@given(pipelines())
def test_the_long_run_stays_as_it_is(pipeline):
    there = replace(pipeline, people=tuple(steady(pipeline)))

    assert expected(there, 5).people[5] == pytest.approx(there.people, rel=1e-9, abs=1e-6)


@given(pipelines(), st.integers(1, 50))
def test_more_intake_is_never_later(pipeline, more):
    eager = replace(pipeline, intake=tuple(one + more for one in pipeline.intake))

    assert (expected(eager, 12).strength >= expected(pipeline, 12).strength - 1e-9).all()


@given(pipelines(), st.floats(0, 0.5))
def test_more_wastage_never_leaves_more_people(pipeline, lost):
    moves = tuple(tuple(one * (1 - lost) for one in row) for row in pipeline.moves)

    wasting = expected(replace(pipeline, moves=moves), 12)

    assert (wasting.strength <= expected(pipeline, 12).strength + 1e-9).all()


@given(pipelines())
def test_a_fixed_intake_is_never_less_certain_than_a_poisson_one(pipeline):
    fixed = spread(pipeline, 12, pipeline.strength, intake="fixed")

    assert (fixed <= spread(pipeline, 12, pipeline.strength) + 1e-9).all()
