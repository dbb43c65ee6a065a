"""Demand and capacity from records: what is asked hour by hour, and how many units answer.

Rates are counts by the hour of the week, drawn towards the product of day and hour as far as they
do not differ from it by more than chance (an empirical Bayes estimate; Clayton and Kaldor 1987).
One number, alpha, says how many units answer for each that the roster or the busiest hours show:
it is fitted on the delay between a call being ready and a unit being sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.kernels.keyed import key, uniforms
from regard.mobilisation.calibrating.recorded import Recorded
from regard.mobilisation.response.model import (
    DAY,
    FIXED,
    HOUR,
    LOGNORMAL,
    WEEK,
    Demand,
    Grade,
    Rules,
)
from regard.mobilisation.response.outcomes import answered
from regard.mobilisation.response.traces import Reals, Wholes, given

FEWEST = 20  # complete incidents of a grade from which its times are taken
OVER_CHANCE = 1.1  # dispersion of days from which they are given a multiplier of their own
QUIET = 1 / 3  # share of the hours, the least busy, in which a unit is taken to be free
ALPHAS = tuple(round(0.5 * 1.08**step, 4) for step in range(31))  # 0.5 to 5
FINER = 1.01  # the steps around the best of them
NEARLY = 1.1  # a loss by which an alpha is nearly as good as the best
QUANTILES = (0.5, 0.75, 0.9)
LEAST = 1 / 60  # minutes; a job that was cleared at once still takes a second
FREE = 201  # stream of random numbers
METHOD = "calibration 1"
"""Fits kept under another are made anew."""


@dataclass(frozen=True)
class Aim:
    """Minutes from the call within which a grade should be answered."""

    grade: str
    within: float


@dataclass(frozen=True, eq=False)
class Fit:
    """What records say of demand and capacity.

    Attributes:
        demand: What is asked; its journeys hold the delay that no lack of units explains.
        units: Units that answer in each of the 168 hours of the week.
        alpha: Units that answer for each of the roster, or of the busiest hours.
        likely: The least and the greatest alpha that fit nearly as well.
        missing: The share of each grade's incidents that lack a time.
    """

    demand: Demand
    units: tuple[int, ...]
    alpha: float
    likely: tuple[float, float]
    missing: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Fitted(Fit):
    """A fit with what it was fitted to, to be held against other records.

    Attributes:
        free: Minutes from ready to sent in quiet hours, sorted, of each grade.
        data: The records it was fitted on.
        aims: When each grade should be answered.
    """

    free: tuple[Reals, ...]
    data: Recorded
    aims: tuple[Aim, ...]


def fit(
    data: Recorded, aims: Sequence[Aim], *, roster: Sequence[float] | None = None, seed: int = 0
) -> Fitted:
    """Fit a model to records.

    Args:
        data: The records; incidents to which no unit was sent are left out.
        aims: One a grade, in the order of the records.
        roster: Units on duty in each of the 168 hours of the week; without it the busiest hours
            stand in for it.
        seed: Of the delays drawn for quiet hours.

    Raises:
        DefinitionRefused: aims or roster do not fit the records.
        NotEnoughData: a grade has too few incidents with all their times.
    """
    if tuple(one.grade for one in aims) != data.grades:
        raise DefinitionRefused(
            f"aims for {[one.grade for one in aims]}", expected=f"one for each of {data.grades}"
        )
    if roster is not None and len(roster) != WEEK:
        raise DefinitionRefused(f"a roster of {len(roster)} hours", expected="168, one an hour")
    sent = data.of(np.isfinite(data.sent))
    free = _delays_when_free(sent)
    base = busiest(sent) if roster is None else np.asarray(roster, np.float64)
    alpha, likely = _alpha(sent, base, free, seed)
    grades = tuple(_grade(sent, place, aim, free[place]) for place, aim in enumerate(aims))
    return Fitted(
        Demand(grades, daily_spread=_between_days(sent)),
        units_of(base, alpha),
        alpha,
        likely,
        tuple(sent.missing(place) for place in range(len(aims))),
        free,
        sent,
        tuple(aims),
    )


def units_of(base: Reals, alpha: float) -> tuple[int, ...]:
    """Whole units in each hour of the week, at least one."""
    return tuple(max(1, round(float(one) * alpha)) for one in base)


def rates(data: Recorded, grade: int) -> Reals:
    """Incidents an hour of a grade in each hour of the week, shape (168,)."""
    weeks = np.bincount((data.start + np.arange(data.hours)) % WEEK, minlength=WEEK)
    at = (data.start + data.hour[data.grade == grade]) % WEEK
    counts = np.bincount(at, minlength=WEEK).astype(np.float64)
    if not counts.any():
        return np.zeros(WEEK)
    table, over = counts.reshape(7, DAY), weeks.reshape(7, DAY)
    by_hour = table.sum(axis=0) / np.maximum(over.sum(axis=0), 1)
    by_day = table.sum(axis=1) / np.maximum(over.sum(axis=1), 1)
    product = np.outer(by_day, by_hour).reshape(-1) / max(by_day.mean(), 1e-12)
    expected = product * weeks
    beyond = ((counts - expected) ** 2 - expected).sum() / max((expected**2).sum(), 1e-12)
    if beyond <= 0:
        return product
    shape = 1 / beyond  # of a gamma by which hours differ from the product
    weight = shape / np.maximum(product, 1e-12)
    return np.asarray(np.where(product > 0, (counts + shape) / (weeks + weight), 0.0))


def busiest(data: Recorded) -> Reals:
    """Units busy at once in the busiest of each hour's days, smoothed, shape (168,)."""
    busy = busy_units(data)
    by_hour = np.array([np.quantile(busy[hour::DAY], 0.9) for hour in range(DAY)])
    smooth = (np.roll(by_hour, 1) + by_hour + np.roll(by_hour, -1)) / 3
    return np.tile(np.maximum(smooth, 1.0), 7)


def busy_units(data: Recorded) -> Reals:
    """Mean number of units busy in each hour that is covered, shape (hours,)."""
    done = np.isfinite(data.minutes)
    begun, over = data.sent[done], data.cleared[done]
    units = np.maximum(data.units[done], 1)
    edges = HOUR * np.arange(data.hours + 1)
    # What lies before an edge, of all jobs together: piecewise linear, so edges are enough.
    held = np.zeros(data.hours + 1)
    for one, end, many in zip(begun, over, units, strict=True):
        first, last = np.searchsorted(edges, (one, end))
        held[first:last] += many * (edges[first:last] - one)
        held[last:] += many * (end - one)
    return np.diff(held) / HOUR


def _delays_when_free(data: Recorded) -> tuple[Reals, ...]:
    """Minutes from ready to sent of each grade in the hours that are least busy."""
    busy = busy_units(data)
    quiet = busy <= np.quantile(busy, QUIET)
    delay, found = data.sent - data.ready, []
    for place, name in enumerate(data.grades):
        known = (data.grade == place) & np.isfinite(delay)
        chosen = delay[known & quiet[np.minimum(data.hour, data.hours - 1)]]
        if len(chosen) < FEWEST:
            chosen = delay[known]
        if len(chosen) < FEWEST:
            raise NotEnoughData(
                f"{len(chosen)} incidents of {name} say when they were ready and when a unit went",
                expected=f"at least {FEWEST}",
            )
        found.append(np.sort(chosen))
    return tuple(found)


def _grade(data: Recorded, place: int, aim: Aim, free: Reals) -> Grade:
    held = data.of((data.grade == place) & data.complete)
    if len(held) < FEWEST:
        raise NotEnoughData(
            f"{len(held)} incidents of {aim.grade} have all their times",
            expected=f"at least {FEWEST}",
        )
    minutes, before = held.minutes, held.ready - held.at
    # Whatever passes before the arrival and is no lack of units stands as the journey.
    journey = float((before + held.journey).mean() + free.mean())
    spread = float(np.sqrt(np.var(before + held.journey) + np.var(free)) / max(journey, LEAST))
    width = float(minutes.std() / minutes.mean()) if minutes.mean() > 0 else 0.0
    counted = data.units[(data.grade == place) & (data.units > 0)]
    needs = np.bincount(counted, minlength=2)[1:] if len(counted) else np.array([1])
    return Grade(
        aim.grade,
        tuple(float(one) for one in rates(data, place)),
        max(float(minutes.mean()), LEAST),
        spread=width,
        shape=LOGNORMAL if width > 0 else FIXED,
        within=aim.within,
        travel=journey,
        units=tuple(float(one) for one in needs / needs.sum()),
        travel_spread=spread,
    )


def _between_days(data: Recorded) -> float:
    """The variance of the multiplier that a day shares; 0 where chance explains the days."""
    hourly = np.sum([rates(data, place) for place in range(len(data.grades))], axis=0)
    at = (data.start + np.arange(data.hours)) % WEEK
    expected = hourly[at].reshape(-1, DAY).sum(axis=1)
    counts = np.bincount(data.day, minlength=data.days)
    lost = max(1, data.days - min(data.days, 7))  # a mean of each day of the week was fitted
    if ((counts - expected) ** 2 / expected).sum() / lost <= OVER_CHANCE:
        return 0.0
    free = data.days / lost
    return float(max(0.0, ((counts - expected) ** 2 * free - expected).sum() / (expected**2).sum()))


def _alpha(
    data: Recorded, base: Reals, free: tuple[Reals, ...], seed: int
) -> tuple[float, tuple[float, float]]:
    """The alpha whose delays come nearest to those recorded, and the span that is as near."""
    kept = data.of(np.isfinite(data.minutes) & np.isfinite(data.ready))
    delay = kept.sent - kept.ready
    drawn = free_delays(free, kept.grade, seed)
    wanted = _quantiles(delay, kept.grade, len(kept.grades))

    def loss(alpha: float) -> float:
        waits = waits_of(kept, kept.ready, kept.minutes, units_of(base, alpha))
        told = _quantiles(waits + drawn, kept.grade, len(kept.grades))
        return float(np.abs(np.log1p(told) - np.log1p(wanted)).mean())

    coarse = [loss(alpha) for alpha in ALPHAS]
    around = ALPHAS[int(np.argmin(coarse))]
    tried = tuple(round(around * FINER**step, 4) for step in range(-7, 8))
    fine = [loss(alpha) for alpha in tried]
    best = min(fine)
    near = [alpha for alpha, one in zip((*ALPHAS, *tried), (*coarse, *fine), strict=True)
            if one <= best * NEARLY]  # fmt: skip
    return tried[fine.index(best)], (min(near), max(near))


def free_delays(free: tuple[Reals, ...], grade: Wholes, seed: int, *streams: int) -> Reals:
    """A delay of a quiet hour for each incident, drawn from those recorded."""
    chance = uniforms(key(seed, FREE, *streams), len(grade))
    found = np.empty(len(grade))
    for place, delays in enumerate(free):
        held = grade == place
        found[held] = delays[(chance[held] * len(delays)).astype(np.int64)]
    return found


def waits_of(data: Recorded, ready: Reals, minutes: Reals, units: tuple[int, ...]) -> Reals:
    """Minutes that each incident waits for a unit, where so many answer, shape (incidents,)."""
    order = np.argsort(ready, kind="stable")
    end = HOUR * data.hours
    asked = np.clip(ready[order], 0.0, np.nextafter(end, 0.0))
    hours = (data.start + np.arange(data.hours)) % WEEK
    needed = np.maximum(data.units, 1)[order]
    trace = given(
        hours=data.hours,
        at=asked,
        grade=data.grade[order],
        minutes=np.maximum(minutes[order], LEAST),
        units=needed,
    )
    outcome = answered(
        trace,
        np.array(units, np.int64)[hours],
        rules=Rules(),
        grades=len(data.grades),
    )
    waits = np.where(np.isnan(outcome.waits), end - asked, outcome.waits)
    found = np.empty(len(waits))
    found[order] = waits
    return found


def _quantiles(values: Reals, grade: Wholes, grades: int) -> Reals:
    return np.array([np.quantile(values[grade == place], QUANTILES) for place in range(grades)])
