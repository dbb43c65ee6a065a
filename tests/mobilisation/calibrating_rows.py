"""A small force whose records are made by its own model, so that what is fitted can be known."""

from __future__ import annotations

import numpy as np

from regard.mobilisation.calibrating.fitting import Aim
from regard.mobilisation.calibrating.recorded import Recorded, recorded
from regard.mobilisation.response.drawing import drawing_of, drawn
from regard.mobilisation.response.model import DAY, LOGNORMAL, WEEK, Capacity, Demand, Grade, Model
from regard.mobilisation.response.outcomes import respond

AIMS = (Aim("immediate", 15.0), Aim("early", 60.0), Aim("routine", 240.0))
ROSTER = tuple(16.0 if 7 <= hour % DAY < 23 else 10.0 for hour in range(WEEK))
ALPHA = 0.75
HANDLING = 1.5  # minutes before a unit can be sent


def model(weeks: int) -> Model:
    day = [0.5 if hour < 7 else 1.2 for hour in range(DAY)]
    rate = [6.0 * day[hour % DAY] * (1.2 if hour // DAY == 5 else 1.0) for hour in range(WEEK)]
    grades = tuple(
        Grade(aim.grade, tuple(share * one for one in rate), minutes, spread=0.9, shape=LOGNORMAL,
              within=aim.within, travel=travel, travel_spread=0.5, units=units)
        for aim, share, minutes, travel, units in zip(
            AIMS, (0.25, 0.4, 0.35), (65.0, 55.0, 45.0), (7.0, 10.0, 12.0),
            ((0.7, 0.3), (1.0,), (1.0,)), strict=True)
    )  # fmt: skip
    units = tuple(round(ALPHA * one) for one in ROSTER) * weeks
    return Model(Demand(grades), Capacity(units), warm_up=0, hours=weeks * WEEK)


def records(weeks: int, *, seed: int = 5, lost: float = 0.0) -> Recorded:
    """What the force recorded; a share of arrivals was not entered."""
    made = model(weeks)
    trace = drawn(drawing_of(made), seed, 0)
    outcome = respond(trace, made)
    sent = trace.at + HANDLING + outcome.waits
    entered = np.random.default_rng(seed).random(len(trace)) >= lost
    return recorded(
        start=0,
        hours=made.hours,
        grades=tuple(one.grade for one in AIMS),
        at=trace.at,
        grade=trace.grade,
        ready=trace.at + HANDLING,
        sent=sent,
        arrived=np.where(entered, sent + trace.travel, np.nan),
        cleared=sent + trace.minutes,
        units=trace.units,
    )
