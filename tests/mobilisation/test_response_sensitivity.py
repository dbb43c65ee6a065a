"""Points are spread evenly, and what moves an answer is found beside what does not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.mobilisation.response.sensitivity import Spread, points_of, ranked

SPREADS = (Spread("demand", 90, 110), Spread("crew", 1.2, 1.8), Spread("reserve", 0, 3, whole=True))
SEED = 20_266


def along(points):
    low, high = (np.array([getattr(one, end) for one in SPREADS]) for end in ("low", "high"))
    return (points - low) / (high - low)


@given(st.integers(16, 80), st.integers(0, 2**32))
def test_each_slice_of_every_range_is_looked_at_once(count, seed):
    points = points_of(SPREADS, count, seed=seed)

    slices = np.sort(np.floor(along(points)[:, :2] * count), axis=0)
    assert (slices == np.arange(count)[:, None]).all()
    assert set(points[:, 2]) == {0, 1, 2, 3}


def test_the_same_seed_gives_the_same_points():
    one, again, other = (points_of(SPREADS, 20, seed=seed) for seed in (1, 1, 2))

    assert (one == again).all()
    assert (one != other).any()


def test_a_straight_answer_is_taken_apart_exactly():
    points = points_of(SPREADS, 40, seed=SEED)
    answers = along(points) @ [1.0, -5.0, 2.0] + 7

    told = ranked(SPREADS, points, answers, seed=SEED)

    assert [one.name for one in told.moved] == ["crew", "reserve", "demand"]
    assert [one.by for one in told.moved] == pytest.approx([-5, 2, 1])
    assert [one.first for one in told.moved] == [1, 0, 0]
    assert told.explained == pytest.approx(1)
    assert all(one.sure and abs(one.rank) > 0.5 for one in told.moved)
    assert told.points == 40


def test_ranks_tell_what_a_line_cannot():
    points = points_of(SPREADS, 60, seed=SEED)
    answers = np.exp(12 * along(points)[:, 0])

    told = ranked(SPREADS, points, answers, seed=SEED)

    assert told.explained < 0.6
    assert told.moved[0].name == "demand"
    assert told.moved[0].rank > 0.99


@pytest.mark.slow
@pytest.mark.statistics
def test_ranges_hold_the_truth_as_often_as_they_say_and_luck_is_seldom_sure():
    held, sure, runs = 0, 0, 200
    for seed in range(runs):
        points = points_of(SPREADS, 60, seed=seed)
        noise = np.random.default_rng(seed).normal(size=60)
        told = ranked(SPREADS, points, 3 * along(points)[:, 1] + noise, seed=seed, resamples=400)
        crew = next(one for one in told.moved if one.name == "crew")
        held += crew.low <= 3 <= crew.high
        sure += sum(one.sure for one in told.moved if one.name != "crew")

    assert 180 <= held <= 199
    assert sure <= 0.12 * 2 * runs


def test_an_answer_that_does_not_move_is_refused():
    points = points_of(SPREADS, 20, seed=SEED)

    with pytest.raises(NotEnoughData, match="the answer is 5 at each of 20 points"):
        ranked(SPREADS, points, np.full(20, 5.0), seed=SEED)


@pytest.mark.parametrize(
    "asked, said",
    [
        (lambda: Spread("crew", 2, 1), "crew from 2 to 1"),
        (lambda: Spread("crew", 1, float("nan")), "crew from 1 to nan"),
        (lambda: Spread("reserve", 0, 1.5, whole=True), "reserve from 0 to 1.5"),
        (lambda: points_of((), 20, seed=1), "assumptions are called"),
        (lambda: points_of(SPREADS[:1] * 2, 20, seed=1), "assumptions are called"),
        (lambda: points_of(SPREADS, 15, seed=1), "15 points for 3 assumptions"),
    ],
)
def test_what_cannot_be_looked_at_is_refused(asked, said):
    with pytest.raises(DefinitionRefused, match=said):
        asked()
