"""Which assumption moves the answer: the same on any workers, in a sentence with its base."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import numpy as np
import pytest

from capability.small_force import ASKED, answering
from regard.capability.sensitivity import Sensitivity, sensitivity
from regard.core.errors import DefinitionRefused, NotEnoughData, NotKnown
from regard.mobilisation.response.sensitivity import Moved, Ranking

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
    assert "16 points of a Latin hypercube, each of 2 histories with the same random" in str(base)
    assert "Demand is varied, so the incidents are not the same." in str(base)
    assert "do not hold the luck of the histories" in str(base)
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


def test_where_demand_is_not_varied_the_incidents_are_the_same(found):
    without = replace(found, assumptions=found.assumptions[1:], points=found.points[:, 1:])

    base = str(without.statements("late")[1])

    assert "each of 2 histories of the same incidents." in base
    assert "Demand" not in base


def ranking_of(*moved):
    """A ranking in which the first is the largest; each is by, low, high, rank, low, high."""
    named = zip(("rest", "demand", "taken"), moved, strict=False)
    return Ranking(tuple(Moved(name, *one, first=0.6) for name, one in named), 0.9, 16)


def told(found, monkeypatch, *moved):
    monkeypatch.setattr(Sensitivity, "ranking", lambda self, of="late": ranking_of(*moved))
    return str(found.statements("late")[0])


SURE, BENT = (2.0, 1.0, 3.0, 0.8, 0.6, 0.9), (4.0, -1.0, 9.0, 0.7, 0.5, 0.9)
UNSURE = (5.0, -4.0, 14.0, 0.1, -0.4, 0.6)


def test_what_is_largest_and_not_sure_is_not_passed_over(found, monkeypatch):
    said = told(found, monkeypatch, UNSURE, SURE)

    assert "cannot be told: it seems to be “Rest of those who came back”" in said
    assert "Of the others “Incidents, of what was fitted” can be told" in said
    assert "moves the answer most" not in said
    assert "came first" not in said


def test_what_is_next_is_not_said_of_one_that_others_may_be_ahead_of(found, monkeypatch):
    said = told(found, monkeypatch, SURE, UNSURE, (0.5, 0.2, 0.8, 0.6, 0.3, 0.8))

    assert "Next is" not in said
    assert "Of the others “Share of a PSU" in said


def test_a_size_whose_range_holds_nought_is_not_printed(found, monkeypatch):
    first = told(found, monkeypatch, BENT, SURE)
    second = told(found, monkeypatch, SURE, BENT)
    third = told(found, monkeypatch, UNSURE, BENT)

    assert "late while they are away rises, by ranks alone. By how much cannot be told." in first
    assert "Next is “Incidents, of what was fitted”, from 90.0% to 110.0%: +2.0" in first
    assert "Next is “Incidents, of what was fitted”: from 90.0% to 110.0% the answer" in second
    assert "Of the others “Incidents, of what was fitted” can be told: from" in third
    assert not any("−1.0 to" in one or "4.0 perc" in one for one in (first, second, third))


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
