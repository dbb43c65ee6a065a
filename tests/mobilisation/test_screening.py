"""The first answer is near the truth where it can be known, and never passes for more."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.mobilisation.response.model import Capacity, Demand, Grade, Model, Phase
from regard.mobilisation.response.scenarios import Scenario
from regard.mobilisation.screening import SAID, screened
from regard.mobilisation.theory.chains import moving
from regard.mobilisation.theory.waiting import mmc


def model_of(rate, units, *, hours=336, minutes=60.0, within=15.0):
    grade = Grade("G1", tuple(rate), minutes, within=within)
    warm_up = 168
    return Model(
        Demand((grade,)), Capacity((units,) * (warm_up + hours)), warm_up=warm_up, hours=hours
    )


def nobody_away(model):
    return screened(model, Scenario("nobody", (0,) * model.horizon))


@pytest.mark.parametrize("load, units", [(16, 20), (45, 50), (66.8, 80), (66.8, 70)])
def test_a_steady_queue_is_near_erlangs(load, units):
    told = nobody_away(model_of([load] * 168, units))
    truth = mmc(load, 1.0, units)

    assert told.all_busy.mean() == pytest.approx(truth.waits, abs=0.12)
    assert told.load == pytest.approx(np.full(336, load))
    assert told.beyond == 0


def test_a_day_that_moves_is_near_the_chain():
    rate = [8 + 4 * math.sin(2 * math.pi * hour / 24) for hour in range(168)]
    told = nobody_away(model_of(rate, 10))
    truth = moving(lambda at: 8 + 4 * math.sin(2 * math.pi * at / 24), 1.0, 10,
                   [24 + hour for hour in range(1, 25)], most=200)  # fmt: skip
    queue = [one.mean for one in truth]

    day = told.waiting[24:48]
    assert day.max() == pytest.approx(max(queue) - 10, rel=0.2)
    assert abs(int(day.argmax()) - (int(np.argmax(queue)) + 1)) <= 1


@given(st.integers(0, 8), st.integers(1, 4))
def test_who_takes_more_away_makes_it_no_better(away, more):
    model = model_of([16.0] * 168, 24)
    few, many = (
        screened(model, Scenario("away", (0,) * 168 + (one,) * 336)) for one in (away, away + more)
    )

    assert many.peak >= few.peak
    assert many.late >= few.late
    assert many.beyond >= few.beyond


def test_a_demand_of_nothing_waits_for_nobody():
    told = nobody_away(model_of([0.0] * 168, 3))

    assert told.peak == pytest.approx(0.0, abs=1e-6)
    assert math.isnan(told.wait)
    assert math.isnan(told.late)


def test_a_journey_that_is_too_long_is_late_whoever_is_free():
    grade = Grade("G1", (4.0,) * 168, 60.0, within=15.0, travel=8.0, travel_spread=0.8)
    model = Model(Demand((grade,)), Capacity((40,) * 504), warm_up=168, hours=336)

    sigma = math.sqrt(math.log1p(0.64))
    beyond = (math.log(15.0 / 8.0) + sigma**2 / 2) / sigma
    assert nobody_away(model).late == pytest.approx(0.5 * math.erfc(beyond / 2**0.5), abs=0.005)


def test_only_the_hours_of_the_phase_are_looked_at():
    grade = Grade("G1", (16.0,) * 168, 60.0, within=15.0)
    phase = Phase("away", 200, 224)
    model = Model(Demand((grade,)), Capacity((20,) * 504), warm_up=168, hours=336, phases=(phase,))
    away = Scenario("away", tuple(6 if 200 <= hour < 224 else 0 for hour in range(504)))

    whole, part = screened(model, away), screened(model, away, phase="away")

    assert len(part.load) == 24
    assert part.late > whole.late
    assert part.beyond == 24


@pytest.mark.parametrize("word", ["reserve", "diverted", "gives up", "counts as two"])
def test_what_the_formula_leaves_out_is_said(word):
    assert word in SAID
