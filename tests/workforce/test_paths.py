"""Simulated paths: they conserve people, agree with the exact law, and are the same every time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused, NotKnown
from regard.workforce.doubts import Doubt
from regard.workforce.paths import DEPLOYABLE, NEVER, errors_apart, simulate
from regard.workforce.pipeline import Pipeline, expected, spread
from workforce.projecting import IN_STRENGTH, five_stages, pipelines

SEED = 20_260
ATTRITION = Doubt("leaving", 0.15, "substantive")


def run(pipeline=None, *, months=36, paths=4000, **asked):
    return simulate(pipeline or five_stages(), months=months, paths=paths, seed=SEED, **asked)


@pytest.mark.parametrize("intake, deviation", [("poisson", 30.3378), ("fixed", 21.9165)])
def test_mean_and_spread_are_those_of_the_exact_law(intake, deviation):
    found = run(intake=intake)

    error = deviation / np.sqrt(4000)
    assert abs(found.of()[:, 36].mean() - 2647.4687) < 4 * error
    assert found.spread()[36] == pytest.approx(deviation, rel=0.06)  # four standard errors
    exact = spread(five_stages(), 36, IN_STRENGTH, intake=intake)
    assert found.spread()[1:] == pytest.approx(exact[1:], rel=0.08)


def test_every_month_is_expected_as_the_pipeline_has_it():
    found, law = run(), expected(five_stages(), 36)

    for what, course in (("strength", law.strength), (DEPLOYABLE, law.deployable)):
        error = np.maximum(found.spread(what=what), 1e-9) / np.sqrt(4000)
        assert (np.abs(found.of(what).mean(axis=0) - course) < 4 * error + 1e-9).all()


def test_doubt_about_wastage_outweighs_chance():
    found = errors_apart(five_stages(), months=36, seed=SEED, doubts=[ATTRITION], paths=4000)

    chance, doubt, both = (one.spread()[36] for one in (found.chance, found.doubt, found.both))
    assert doubt == pytest.approx(45.75, rel=0.05)  # four standard errors of either simulation
    assert chance == pytest.approx(30.3378, rel=0.06)
    assert both == pytest.approx(np.hypot(chance, doubt), rel=0.06)
    low, high = found.doubt.quantiles((0.05, 0.95))[:, 36]
    assert low == pytest.approx(2571, abs=6)
    assert high == pytest.approx(2722, abs=6)


def test_expected_paths_without_doubt_are_the_law_itself():
    found = run(paths=2, chance=False)

    assert found.of()[0] == pytest.approx(expected(five_stages(), 36).strength, abs=1e-8)


def test_doubt_about_intake_widens_without_moving():
    found = run(chance=False, doubts=[Doubt("intake", 0.2)])

    joined = found.joiners.sum(axis=1)
    assert joined.std() / joined.mean() == pytest.approx(0.2, rel=0.06)
    assert joined.mean() == pytest.approx(24 * 36, rel=0.015)


def test_the_same_seed_gives_the_same_bytes_on_two_threads_as_on_one():
    alone = run(paths=200).digest
    with ThreadPoolExecutor(2) as both:
        asked = [both.submit(run, paths=200) for _ in range(4)]

    assert {one.result().digest for one in asked} == {alone}
    assert simulate(five_stages(), months=36, paths=200, seed=SEED + 1).digest != alone


def test_a_path_does_not_depend_on_how_many_there_are():
    few, many = run(paths=20), run(paths=200)

    assert np.array_equal(few.of(), many.of()[:20])


def test_chances_and_times_of_a_number():
    found = run()

    by, at = found.chance_by(2500, 24), found.chance_at(2500, 24)
    reached = found.reached(2500)
    assert 0 < at <= by < 1
    assert reached.low < reached.median < reached.high
    assert (reached.months <= 24).mean() == pytest.approx(by)
    assert reached.never == 0


def test_a_number_that_is_never_reached_is_told_as_never():
    found = run(paths=100).reached(3500)

    assert (found.never, found.median, found.low, found.high) == (1, None, None, None)
    assert set(found.months) == {NEVER}


def test_a_plan_brings_as_many_as_it_says():
    plan = np.zeros((6, 5))
    plan[0, 1], plan[3, 1] = 18, 20

    found = run(five_stages(0), months=6, paths=50, intake="fixed", plan=plan)

    assert (found.joiners == [18, 0, 0, 20, 0, 0]).all()


def test_a_fixed_intake_of_parts_comes_to_whole_people_in_time():
    found = run(five_stages(2.5), months=8, paths=2, intake="fixed")

    assert found.joiners[0].tolist() == [2, 3, 2, 3, 2, 3, 2, 3]


def test_passing_can_be_doubted_by_itself():
    exam = Pipeline(
        stages=("course", "passed", "failed"),
        moves=((0, 0.6, 0.4), (0, 1, 0), (0, 0, 1)),
        people=(50, 0, 0),
        intake=(0, 0, 0),
        strength=("passed",),
        deployable=("passed",),
    )
    doubt = Doubt("passing", 0.2, "course", "passed", "failed")

    found = run(exam, months=1, chance=False, doubts=[doubt]).of()[:, 1] / 50

    assert found.mean() == pytest.approx(0.6, abs=4 * 0.12 / np.sqrt(4000))
    assert found.std() == pytest.approx(0.12, rel=0.06)
    with pytest.raises(DefinitionRefused, match="nobody goes from passed"):
        run(exam, doubts=[replace(doubt, stage="passed")])


@pytest.mark.parametrize(
    "ask, said",
    [
        (lambda: run(replace(five_stages(), people=(0.5, 0, 0, 0, 0))), "0.5 people at a stage"),
        (lambda: run(months=0), "paths of 0 months"),
        (lambda: run(paths=1), "1 paths"),
        (lambda: run(paths=9).chance_at(1, 37), "the end of month 37"),
    ],
)
def test_a_run_that_cannot_be_is_refused(ask, said):
    with pytest.raises(DefinitionRefused, match=said):
        ask()


@pytest.mark.parametrize(
    "ask, said",
    [
        (lambda: run(intake="steady"), "'steady'"),
        (lambda: run(paths=9).of("people"), "'people'"),
        (lambda: run(doubts=[Doubt("leaving", 0.1, "retired")]), "'retired'"),
    ],
)
def test_a_name_that_does_not_exist_is_not_known(ask, said):
    with pytest.raises(NotKnown, match=said):
        ask()


@given(pipelines(), st.sampled_from(["poisson", "fixed"]), st.booleans())
def test_every_path_conserves_people(pipeline, intake, chance):
    found = simulate(pipeline, months=6, paths=5, seed=SEED, intake=intake, chance=chance)

    change = np.cumsum(found.joiners - found.leavers, axis=1)
    assert found.held[:, 1:] == pytest.approx(found.held[:, :1] + change, abs=1e-6)
    assert found.of() == pytest.approx(found.held)


@given(pipelines(), st.integers(1, 20))
def test_more_intake_is_never_later_on_any_path(pipeline, more):
    eager = replace(pipeline, intake=tuple(one + more for one in pipeline.intake))
    asked = {"months": 6, "paths": 20, "seed": SEED}

    assert (simulate(eager, **asked).of() >= simulate(pipeline, **asked).of()).all()


@given(pipelines(), st.floats(0.01, 0.5))
def test_more_wastage_never_leaves_more_on_any_path(pipeline, lost):
    moves = tuple(tuple(one * (1 - lost) for one in row) for row in pipeline.moves)
    asked = {"months": 6, "paths": 20, "seed": SEED}

    wasting = simulate(replace(pipeline, moves=moves), **asked)

    assert (wasting.of() <= simulate(pipeline, **asked).of()).all()


@settings(max_examples=8)
@given(pipelines(), st.sampled_from(["poisson", "fixed"]))
def test_the_mean_of_paths_is_the_expected_path(pipeline, intake):
    months, paths = 6, 3000
    found = simulate(pipeline, months=months, paths=paths, seed=SEED, intake=intake)

    law = expected(pipeline, months).strength
    error = spread(pipeline, months, pipeline.strength, intake=intake) / np.sqrt(paths)
    assert (np.abs(found.of().mean(axis=0) - law) < 4 * error + 1e-6).all()
