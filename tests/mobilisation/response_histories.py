"""Models and traces for the tests of the response engine: small, hostile, on a coarse grid.

Minutes are multiples of 5, so that incidents arise, units clear, hours turn and patience ends at
one instant again and again.
"""

from __future__ import annotations

from hypothesis import strategies as st

from regard.mobilisation.response.local import Local
from regard.mobilisation.response.model import (
    FINISH,
    FIXED,
    HANDOVER,
    WEEK,
    Capacity,
    Demand,
    Grade,
    Model,
    Phase,
    Rules,
)
from regard.mobilisation.response.running import run
from regard.mobilisation.response.scenarios import away, nobody_away
from regard.mobilisation.response.traces import given

GRID = 5.0  # minutes


def on_grid(least, most):
    return st.integers(least, most).map(lambda step: step * GRID)


RULES = st.builds(
    Rules,
    shift_end=st.sampled_from((FINISH, HANDOVER)),
    reserve=st.integers(0, 3),
    divert=st.booleans(),
)


@st.composite
def histories(draw, *, grades=3, areas=1, most=60, plain=False):
    """A trace of a few hours, and units by the hour, some of them none."""
    hours = draw(st.integers(1, 8))
    count = draw(st.integers(0, most))
    ever = st.one_of(st.just(float("inf")), on_grid(1, 40))
    column = lambda values: draw(st.lists(values, min_size=count, max_size=count))  # noqa: E731
    trace = given(
        hours=hours,
        at=sorted(column(on_grid(0, 12 * hours - 1))),
        grade=column(st.integers(0, grades - 1)),
        minutes=column(on_grid(1, 30)),
        travel=0.0 if plain else column(on_grid(0, 8)),
        units=1 if plain else column(st.integers(1, 3)),
        patience=float("inf") if plain else column(ever),
        area=column(st.integers(0, areas - 1)),
    )
    units = draw(st.lists(st.integers(0, 5), min_size=hours, max_size=hours))
    return trace, units


@st.composite
def neighbourhoods(draw, hours, *, areas=3, grades=3):
    """Areas that help each other, some of them never."""
    units = [
        draw(st.lists(st.integers(0, 3), min_size=hours, max_size=hours)) for _ in range(areas)
    ]
    minutes = st.one_of(st.none(), on_grid(0, 4))
    journey = [draw(st.lists(minutes, min_size=areas, max_size=areas)) for _ in range(areas)]
    after = draw(st.lists(st.one_of(st.none(), on_grid(0, 6)), min_size=grades, max_size=grades))
    return Local(
        names=tuple(f"area {one}" for one in range(areas)),
        share=tuple((1.0,) + (0.0,) * (areas - 1) for _ in range(grades)),
        units=tuple(map(tuple, units)),
        journey=tuple(map(tuple, journey)),
        help_after=tuple(after),
    )


def grade(name="Grade 1", *, rate=6.0, minutes=60.0, **more):
    """A grade of the same rate in every hour of the week."""
    return Grade(name, (rate,) * WEEK, minutes, **more)


def steady(*grades, units, hours=WEEK, warm_up=0, name="a force", **more):
    """A model of the same demand and units in every hour."""
    capacity = Capacity((units,) * (hours + warm_up))
    return Model(
        Demand(grades), capacity, warm_up=warm_up, hours=hours, name=name, generated=True, **more
    )


def fixed(name="Grade 1", *, rate=6.0, minutes=60.0, **more):
    """A grade whose units are all busy for as long."""
    return grade(name, rate=rate, minutes=minutes, shape=FIXED, spread=0.0, **more)


LEVELS = {"nobody away": 0.0, "one": 1.0, "two": 2.0, "four": 4.0}
GONE, BACK = 48, 48 + 72  # hours


def strained():
    """Twelve units' work for eighteen; each level takes two units for three days."""
    phases = (Phase("away", GONE, BACK), Phase("day", GONE, GONE + 24), Phase("odd", 49, BACK))
    grades = (
        grade("Grade 1", rate=4, minutes=60.0, within=9.0),
        grade("Grade 2", rate=8, minutes=60.0, within=45.0),
    )
    model = steady(*grades, units=18, hours=14 * 24, warm_up=24, phases=phases)
    scenarios = [
        away(name, model, [2 * int(level)] * 24, start=GONE, end=BACK)
        if level
        else nobody_away(model)
        for name, level in LEVELS.items()
    ]
    return run(model, scenarios, replications=40, seed=20_266)
