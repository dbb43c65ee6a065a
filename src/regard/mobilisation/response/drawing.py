"""Draws traces from a model: every number is named by seed, replication, use and incident.

So all scenarios meet the same incidents, and a scenario is compared with another on the same
history (common random numbers). Incident n of a replication has the same grade, unit time,
journey, need and patience whenever it arises.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from regard.kernels.compiling import compiled
from regard.kernels.keyed import exponential, gammas, key, uniform
from regard.mobilisation.response.model import DAY, HOUR, SHAPES, WEEK, Model
from regard.mobilisation.response.traces import Reals, Trace, Wholes

# Uses of random numbers, each with a stream of its own within a replication.
ARRIVAL, GRADE, MINUTES, TRAVEL, UNITS, PATIENCE, DAYS, AREA = range(8)
OF_EXPONENTIAL, OF_LOGNORMAL, OF_FIXED = range(len(SHAPES))
FAR = 8.0  # standard deviations of a count for which there is room at first
TURN = 2 * math.pi


@compiled
def normal(named: np.uint64, index: int) -> float:
    """A normal number of mean 0 and variance 1 at an index of a key (Box and Muller 1958)."""
    away = math.sqrt(-2.0 * math.log(uniform(named, 2 * index)))
    return away * math.cos(TURN * uniform(named, 2 * index + 1))


@compiled
def arrive(named: np.uint64, reached: Reals, at: Reals, hour_of: Wholes) -> int:
    """Fill in when incidents arise: a Poisson process whose rate is constant in every hour.

    Exponential steps are laid along the expected number of incidents and read back as minutes.

    Args:
        named: The key.
        reached: Expected number of incidents by the start of each hour, and by the end.
        at: Takes minutes from hour 0.
        hour_of: Takes the hour.

    Returns:
        How many incidents there are; -1 if there is no room for them.
    """
    hours = reached.shape[0] - 1
    total, end = reached[hours], HOUR * hours
    step, hour, count = 0.0, 0, 0
    while True:
        step += exponential(named, count)
        if step >= total:
            return count
        while step >= reached[hour + 1]:
            hour += 1
        into = (step - reached[hour]) / (reached[hour + 1] - reached[hour])
        minute = HOUR * (hour + into)
        if minute >= end:
            return count
        if count == at.shape[0]:
            return -1
        at[count] = minute
        hour_of[count] = hour
        count += 1


@compiled
def fall_into(named: np.uint64, rows: Wholes, chances: Reals, drawn: Wholes) -> None:
    """Fill in into which kind each incident falls.

    Args:
        named: The key.
        rows: Which row of chances is an incident's.
        chances: Of the kinds, added up along a row; the last of a row need not be 1.
        drawn: Takes the place of the kind, from 0.
    """
    last = chances.shape[1] - 1
    for index in range(drawn.shape[0]):
        row = rows[index]
        chance = uniform(named, index) * chances[row, last]
        kind = 0
        while kind < last and chance >= chances[row, kind]:
            kind += 1
        drawn[index] = kind


@compiled
def last_for(
    named: np.uint64, grade: Wholes, means: Reals, spreads: Reals, shapes: Wholes, drawn: Reals
) -> None:
    """Fill in minutes of a mean, spread and shape for each grade."""
    widths = np.sqrt(np.log(1.0 + spreads * spreads))
    for index in range(drawn.shape[0]):
        one = grade[index]
        if shapes[one] == OF_EXPONENTIAL:
            drawn[index] = means[one] * exponential(named, index)
        elif shapes[one] == OF_LOGNORMAL:
            wide = widths[one]
            drawn[index] = means[one] * math.exp(wide * normal(named, index) - 0.5 * wide * wide)
        else:
            drawn[index] = means[one]


@dataclass(frozen=True, eq=False)
class Drawing:
    """A model as arrays to draw from; made once for many replications."""

    model: Model
    rates: Reals  # (hours,), of all grades together
    of_grades: Reals  # (168, grades), rates added up
    hours_of_week: Wholes
    of_units: Reals  # (grades, most units), chances added up
    of_areas: Reals  # (grades, areas), shares added up
    means: Reals
    spreads: Reals
    shapes: Wholes
    travels: Reals
    travel_spreads: Reals
    patiences: Reals


def drawing_of(model: Model) -> Drawing:
    """Make a model ready to draw from."""
    grades = model.demand.grades
    weekly = np.array([one.rate for one in grades]).T
    hours_of_week = (model.start + np.arange(model.horizon, dtype=np.int64)) % WEEK
    most = max(len(one.units) for one in grades)
    needs = np.array([one.units + (0.0,) * (most - len(one.units)) for one in grades])
    shares = np.ones((len(grades), 1)) if model.local is None else np.array(model.local.share)
    return Drawing(
        model=model,
        rates=weekly.sum(axis=1)[hours_of_week],
        of_grades=np.cumsum(weekly, axis=1),
        hours_of_week=hours_of_week,
        of_units=np.cumsum(needs, axis=1),
        of_areas=np.cumsum(shares, axis=1),
        means=np.array([one.minutes for one in grades], np.float64),
        spreads=np.array([one.spread for one in grades], np.float64),
        shapes=np.array([SHAPES.index(one.shape) for one in grades], np.int64),
        travels=np.array([one.travel for one in grades], np.float64),
        travel_spreads=np.array([one.travel_spread for one in grades], np.float64),
        patiences=np.array([one.patience or math.inf for one in grades], np.float64),
    )


def drawn(drawing: Drawing, seed: int, replication: int) -> Trace:
    """The incidents of one replication.

    Raises:
        DefinitionRefused: seed or replication is below 0 or of more than 64 bits.
    """
    model = drawing.model

    def named(use: int) -> np.uint64:
        return key(seed, replication, use)

    at, hour_of = _arrivals(drawing, seed, replication)
    count = len(at)
    grade = np.empty(count, np.int64)
    fall_into(named(GRADE), drawing.hours_of_week[hour_of], drawing.of_grades, grade)
    minutes = np.empty(count)
    last_for(named(MINUTES), grade, drawing.means, drawing.spreads, drawing.shapes, minutes)
    return Trace(
        hours=model.horizon,
        at=at,
        grade=grade,
        minutes=minutes,
        travel=_journeys(drawing, named(TRAVEL), grade),
        units=_kinds(named(UNITS), grade, drawing.of_units) + 1,
        patience=_patience(drawing, named(PATIENCE), grade),
        area=_kinds(named(AREA), grade, drawing.of_areas),
    )


def _arrivals(drawing: Drawing, seed: int, replication: int) -> tuple[Reals, Wholes]:
    rates, spread = drawing.rates, drawing.model.demand.daily_spread
    if spread > 0:
        day_of = (drawing.model.start % DAY + np.arange(len(rates))) // DAY
        named = key(seed, replication, DAYS)
        rates = rates * gammas(named, int(day_of[-1]) + 1, shape=1 / spread)[day_of]
    reached = np.concatenate(([0.0], np.cumsum(rates)))
    room = int(reached[-1] + FAR * math.sqrt(reached[-1])) + 16
    named = key(seed, replication, ARRIVAL)
    while True:
        at, hour_of = np.empty(room), np.empty(room, np.int64)
        count = int(arrive(named, reached, at, hour_of))
        if count >= 0:
            return at[:count].copy(), hour_of[:count].copy()
        room *= 2


def _kinds(named: np.uint64, grade: Wholes, chances: Reals) -> Wholes:
    found = np.zeros(len(grade), np.int64)
    if chances.shape[1] > 1:
        fall_into(named, grade, chances, found)
    return found


def _journeys(drawing: Drawing, named: np.uint64, grade: Wholes) -> Reals:
    if not drawing.travel_spreads.any():
        return drawing.travels[grade]
    minutes = np.empty(len(grade))
    fixed = drawing.travel_spreads == 0
    shapes = np.where(fixed, OF_FIXED, OF_LOGNORMAL).astype(np.int64)
    last_for(named, grade, drawing.travels, drawing.travel_spreads, shapes, minutes)
    return minutes


def _patience(drawing: Drawing, named: np.uint64, grade: Wholes) -> Reals:
    if np.isinf(drawing.patiences).all():
        return np.full(len(grade), np.inf)
    minutes = np.empty(len(grade))
    ones, shapes = np.ones(len(drawing.patiences)), np.zeros(len(drawing.patiences), np.int64)
    last_for(named, grade, drawing.patiences, ones, shapes, minutes)
    return minutes
