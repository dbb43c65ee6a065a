"""Incidents that never happened: drawn from a recipe and answered by the engine, as rows of a file.

They serve to try the product and to test what is fitted against what is true. Every file says that
it is GENERATED.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import numpy as np

from regard.examples.west_midlands_capability import Recipe
from regard.examples.west_midlands_capability.generator import NAMED
from regard.kernels.keyed import key, uniforms
from regard.mobilisation.response.drawing import drawing_of, drawn
from regard.mobilisation.response.model import LOGNORMAL, Capacity, Demand, Grade, Model
from regard.mobilisation.response.outcomes import answered
from regard.mobilisation.response.traces import lined_up

HEADER = (
    "incident,force,received,graded,dispatched,arrived,cleared,grade,channel,units,unit minutes"
)
CHANNELS = ((0.62, "999"), (0.93, "101"), (1.0, "online"))  # chances added up
GRADING = 2.0  # minutes from call to grade, at most
UNRECORDED = 0.04  # share of arrivals that nobody entered
LOST_ARRIVAL, CHANNEL, GRADED = 101, 102, 103  # streams beside those of the drawing


def model_of_recipe(told: Recipe) -> Model:
    """The model that the recipe stands for, over all its weeks from the first Monday."""
    grades = tuple(
        Grade(
            one.name,
            tuple(one.share * rate for rate in told.rate),
            one.minutes,
            spread=one.spread,
            shape=LOGNORMAL,
            within=one.within,
            travel=one.travel,
            travel_spread=one.travel_spread,
            units=one.units,
        )
        for one in told.grades
    )
    return Model(
        Demand(grades, daily_spread=told.between_days),
        Capacity(told.units * told.weeks),
        warm_up=0,
        hours=told.hours,
        name=told.force,
        generated=True,
    )


def write_incidents(told: Recipe, folder: Path) -> tuple[Path, Path]:
    """Write the incidents of a recipe; the same bytes on every machine.

    Args:
        told: The recipe.
        folder: Where the file goes; made if it is not there.

    Returns:
        The file and the mapping by which it is brought in.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{NAMED}-{told.force}-incidents.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        out.write(f"{HEADER}\n")
        out.writelines(f"{one}\n" for one in _lines(told))
    return file, Path(__file__).with_name("incident.mapping.toml")


def _lines(told: Recipe) -> Iterator[str]:
    model = model_of_recipe(told)
    trace = drawn(drawing_of(model), told.seed, 0)
    outcome = answered(
        trace,
        np.array(model.capacity.units, np.int64),
        rules=model.rules,
        grades=len(model.demand.grades),
        lines=lined_up(trace.grade, len(model.demand.grades)),
    )
    count = len(trace)
    lost, channel, graded = (
        uniforms(key(told.seed, stream), count) for stream in (LOST_ARRIVAL, CHANNEL, GRADED)
    )
    begun = datetime.combine(told.first_day, time.min)

    def at(minute: float) -> str:
        if math.isnan(minute):
            return ""
        return (begun + timedelta(seconds=round(60 * minute))).isoformat(" ")

    sent = trace.at + outcome.waits
    for row in range(count):
        dispatched = float(sent[row])
        arrived = dispatched + float(trace.travel[row]) if lost[row] > UNRECORDED else np.nan
        cleared = dispatched + float(trace.minutes[row])
        over = not cleared < 60.0 * told.hours
        units = "" if math.isnan(dispatched) else f"{trace.units[row]}"
        minutes = "" if over else f"{trace.units[row] * trace.minutes[row]:.1f}"
        received = float(trace.at[row])
        marked = received + min(GRADING * graded[row], outcome.waits[row] if units else GRADING)
        by = next(name for upto, name in CHANNELS if channel[row] <= upto)
        yield ",".join(
            (f"{row + 1}", told.force, at(received), at(marked), at(dispatched), at(arrived),
             "" if over else at(cleared), model.demand.grades[trace.grade[row]].name, by, units,
             minutes)
        )  # fmt: skip
