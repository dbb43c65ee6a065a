"""A first answer in a blink: how full the hours are, without a single incident simulated.

The number in the system is followed hour by hour by its mean and variance, as if it were normal
(a closure of the equations of M(t)/M/c(t): Rothkopf and Oren 1979; Massey and Pender 2013). Jobs
are handed over when a shift ends, which the simulation does only where it is told to; the most
urgent grade is served first (Cobham 1954), hour by hour as if it stood still. It says where to
look and is never put before a board.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from regard.kernels.compiling import compiled
from regard.mobilisation.response.model import HOUR, WHOLE, Grade, Model
from regard.mobilisation.response.scenarios import Scenario

Values = NDArray[np.float64]

STEPS = 60  # of the equations an hour, at least
STEPS_A_JOB = 8  # and at least so many in the time of a job
LEAST_VARIANCE = 1e-9
JOURNEYS = 200  # that stand for all of a grade's
SAID = (
    "Screening: a formula, not a simulation. It hands jobs over when a shift ends. An incident "
    "that needs two units counts as two that wait. No unit is kept in reserve or diverted, and "
    "nobody gives up waiting. Each hour stands still for the most urgent grade. Look at the "
    "simulation before anything is decided."
)


@dataclass(frozen=True, eq=False)
class Screening:
    """What the formula says of a model in a scenario, over the hours of a phase.

    Attributes:
        scenario: Whose it is.
        load: Units that the demand of each hour would keep busy.
        units: Units at work in each hour.
        waiting: Mean number of units waited for in each hour: an incident that needs two counts
            as two.
        all_busy: The chance that no unit is free in each hour.
        late: The share of the most urgent grade that is late: by its journey, by its wait, or by
            both.
        wait: Mean wait for a unit, over all, in minutes.
    """

    scenario: str
    load: Values
    units: Values
    waiting: Values
    all_busy: Values
    late: float
    wait: float

    @property
    def peak(self) -> float:
        """The most units waited for in any hour."""
        return float(self.waiting.max())

    @property
    def beyond(self) -> int:
        """Hours in which more is asked than the units can do."""
        return int((self.load > self.units).sum())


def screened(model: Model, scenario: Scenario, *, phase: str = WHOLE) -> Screening:
    """The first answer of a scenario.

    Args:
        model: What would be simulated.
        scenario: Who is away.
        phase: The hours it is about; all after the warm-up by default.

    Raises:
        DefinitionRefused: the scenario does not fit the model.
        NotKnown: the model has no such phase.
    """
    span = model.spans[model.span(phase)]
    changed = scenario.of(model)
    hours = np.arange(model.horizon)
    at = (model.start + hours) % 168
    grades = model.demand.grades
    rates = np.array([[one.rate[hour] * one.mean_units for hour in at] for one in grades])
    work = rates * np.array([[one.minutes / HOUR] for one in grades])
    rate, load = rates.sum(axis=0), work.sum(axis=0)
    # An hour without incidents has no mix of its own: any rate of service will do.
    service = np.where(load > 0, rate / np.maximum(load, 1e-12), 1.0)
    units = np.array(changed.capacity.units, dtype=np.float64)
    waiting, busy = _followed(rate, service, units)
    kept = slice(span.start, span.end)
    first = grades[0]
    spare = np.maximum(units * service - rates[0], 0.0)
    late = _late(first.within - _journeys(first), busy, spare)
    calls, whole = rates[0][kept].sum(), rate[kept].sum()
    return Screening(
        scenario.name,
        load[kept],
        units[kept],
        waiting[kept],
        busy[kept],
        float((late * rates[0])[kept].sum() / calls) if calls else math.nan,
        float(HOUR * waiting[kept].sum() / whole) if whole else math.nan,
    )


def _journeys(grade: Grade) -> Values:
    """Minutes of journeys that stand for all of a grade's, each as likely as the others."""
    if not grade.travel_spread:
        return np.array([grade.travel])
    sigma = math.sqrt(math.log1p(grade.travel_spread**2))
    middles = ndtri((np.arange(JOURNEYS) + 0.5) / JOURNEYS)
    return np.asarray(grade.travel * np.exp(sigma * middles - sigma**2 / 2))


def _late(left: Values, busy: Values, spare: Values) -> Values:
    """The share late in each hour.

    Args:
        left: Minutes left for waiting beside each journey; below 0 where it alone is too long.
        busy: The chance that no unit is free in each hour.
        spare: Units that come free for the grade in each hour.
    """
    waits = busy[:, None] * np.exp(-spare[:, None] * np.maximum(left, 0.0) / HOUR)
    return np.asarray(np.where(left < 0, 1.0, waits).mean(axis=1))


@compiled
def _followed(rate: Values, service: Values, units: Values) -> tuple[Values, Values]:
    """Mean waiting and the chance of all busy in each hour, from an empty start."""
    waiting, busy = np.zeros(len(rate)), np.zeros(len(rate))
    mean, variance = 0.0, 0.0
    for hour in range(len(rate)):
        steps = max(STEPS, int(STEPS_A_JOB * service[hour]))
        for _ in range(steps):
            spread = math.sqrt(max(variance, LEAST_VARIANCE))
            score = (units[hour] - mean) / spread
            below = 0.5 * math.erfc(-score / math.sqrt(2.0))
            height = math.exp(-0.5 * score * score) / math.sqrt(2.0 * math.pi)
            # Of a normal number: the mean of what exceeds the units, and its covariance.
            over = spread * (height - score * (1.0 - below))
            served = service[hour] * max(mean - over, 0.0)
            together = service[hour] * variance * below
            waiting[hour] += over / steps
            busy[hour] += (1.0 - below) / steps
            mean = max(mean + (rate[hour] - served) / steps, 0.0)
            variance = max(variance + (rate[hour] + served - 2.0 * together) / steps, 0.0)
    return waiting, busy
