"""Compiled code loaded before anybody waits for it.

The first run in a process loads what was compiled, and after an installation compiles it, which
takes seconds. A server does that beside its first pages.
"""

from __future__ import annotations

from regard.mobilisation.response.model import (
    LOGNORMAL,
    WEEK,
    Capacity,
    Demand,
    Grade,
    Model,
    Phase,
)
from regard.mobilisation.response.running import run
from regard.mobilisation.response.scenarios import Scenario, nobody_away
from regard.mobilisation.screening import screened

HOURS = 24  # of the smallest model that is of any use


def warm() -> None:
    """Screen and run the smallest model that reaches all that a stress test reaches."""
    grade = Grade(
        "any", (2.0,) * WEEK, 30.0, spread=0.8, shape=LOGNORMAL, within=15.0, travel=5.0,
        travel_spread=0.5, units=(0.8, 0.2),
    )  # fmt: skip
    model = Model(
        Demand((grade,), daily_spread=0.01),
        Capacity((4,) * (2 * HOURS)),
        warm_up=HOURS,
        hours=HOURS,
        phases=(Phase("away", HOURS, 2 * HOURS),),
    )
    away = Scenario("away", (0,) * HOURS + (1,) * HOURS)
    screened(model, away)
    run(model, (nobody_away(model, "home"), away), replications=1, seed=1)
