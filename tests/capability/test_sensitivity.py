"""Which assumption moves the answer: the same on any workers, in a sentence with its base."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import numpy as np
import pytest

from capability.small_force import ASKED, answering
from regard.capability.sensitivity import sensitivity
from regard.core.errors import DefinitionRefused, NotEnoughData, NotKnown

FEW = {"only": ("demand", "taken", "rest"), "points": 16, "replications": 2}


@pytest.fixture(scope="module")
def force():
    return answering()


@pytest.fixture(scope="module")
def found(force):
    return sensitivity(force, ASKED, **FEW)


def test_every_point_has_its_answers_and_lies_in_its_range(found):
    assert found.points.shape == (16, 3)
    assert {name: len(one) for name, one in found.found.items()} == dict.fromkeys(
        ("late", "more", "waiting", "recovery"), 16
    )
    for at, one in enumerate(found.assumptions):
        assert one.low <= found.points[:, at].min() <= found.points[:, at].max() <= one.high


def test_more_incidents_are_later_and_rest_after_the_return_is_not_while_away(found):
    moved = {one.name: one for one in found.ranking("late").moved}

    assert moved["demand"].sure
    assert moved["demand"].by > 0
    assert abs(moved["rest"].by) < moved["demand"].by


def test_the_sentence_says_what_moves_it_and_on_what_it_rests(found):
    said, base = found.statements("late")
    first = found.ranking("late").moved[0]

    assert str(said).startswith("With 1 PSU away for 2 days, of 3 assumptions looked at, ")
    assert any(one.value == first.by and one.interval for one in said.figures)
    assert "16 points of a Latin hypercube, each of 2 histories of the same incidents" in str(base)
    assert "assumed, not measured" in str(base)
    assert {one.scope for one in (*said.figures, *base.figures)} == {"west-midlands"}
    assert all(found.digest[:12] in str(one.sources[0]) for one in said.figures)


def test_what_was_assumed_and_what_was_not_modelled_stand_with_it(found):
    assert [one.split(":")[0] for one in found.assumed] == [
        "Incidents, of what was fitted",
        "Share of a PSU taken from response, of what was stated",
        "Rest of those who came back",
    ]
    assert any("end of a shift" in one for one in found.rules)
    assert found.left_out


def test_nothing_that_moves_is_said_as_such(found):
    luck = np.tile([1.0, 2.0], 8)
    still = replace(found, found={"late": luck}, points=np.repeat(found.points[:8], 2, axis=0))

    assert "none moves" in str(still.statements("late")[0])


def test_the_same_question_gives_the_same_digest_on_one_thread_and_two(force, found):
    with ThreadPoolExecutor(1) as one:
        assert sensitivity(force, ASKED, **FEW, executor=one).digest == found.digest

    assert sensitivity(force, replace(ASKED, seed=2), **FEW).digest != found.digest


def test_further_levels_of_the_question_are_not_run(force, found):
    assert ASKED.levels
    assert found.asked.question == replace(ASKED, levels=())


@pytest.mark.slow
@pytest.mark.statistics
def test_the_same_question_gives_the_same_digest_in_processes(force, found):
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        assert sensitivity(force, ASKED, **FEW, executor=processes).digest == found.digest


def test_progress_is_told_to_the_last_point_and_may_end_it(force):
    seen = []
    sensitivity(force, ASKED, **FEW, progress=lambda *told: seen.append(told))

    def stop(*told):
        raise KeyboardInterrupt(told)

    assert seen[-1] == ("points", 0, 16, 16)
    with pytest.raises(KeyboardInterrupt):
        sensitivity(force, ASKED, **FEW, progress=stop)


def test_what_cannot_be_looked_at_is_refused(force, found):
    with pytest.raises(DefinitionRefused, match="9 points for 3 assumptions"):
        sensitivity(force, ASKED, **FEW | {"points": 9})
    with pytest.raises(NotKnown, match="answer"):
        found.ranking("weather")
    still = replace(found, found={"recovery": np.zeros(16)})
    with pytest.raises(NotEnoughData, match="the answer is 0"):
        still.statements("recovery")
