"""Where it stops working: the knee of the curve, for how long it can last, and recovery.

The queue while units are away is held against the queue of the same hours and histories with
nobody away, so that what the hour and the weekday bring falls out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.mobilisation.response.estimates import Estimate, estimate_of, interval_of
from regard.mobilisation.response.model import DAY, HOUR, WEEK, Model
from regard.mobilisation.response.results import BLOCK, Runs
from regard.mobilisation.response.tallies import COUNT

INCIDENTS, HOURS = "incidents", "hours"
GROWS_BY = 0.05  # a day; a queue that grows by more than this is growing
AT_LEAST = 1.0  # incident more a day that must wait before a queue is said to grow


@dataclass(frozen=True)
class Growth:
    """How a queue moves while units are away.

    Attributes:
        away: How much is away.
        before: Incidents that wait on the last day but one of the phase, on average, beyond
            those that would wait with nobody away.
        more: How many more wait on the last day.
        grows: Whether that is growth: surely more, and by more than a twentieth.
    """

    away: float
    before: Estimate
    more: Estimate
    grows: bool


@dataclass(frozen=True)
class Knee:
    """Where the curve bends: beyond it the queue only grows for as long as units are away.

    Attributes:
        holds: The most away at which the queue does not grow; None if it grows at the least.
        grows: The least away from which on it always grows; None if it never does.
        growths: Of each level, least first.
    """

    holds: float | None
    grows: float | None
    growths: tuple[Growth, ...]


def knee(runs: Runs, *, levels: Mapping[str, float], base: str, away: str) -> Knee:
    """Where the queue begins to grow without end, by how much is away.

    The queue of each level is held against that of the base in the same hours of the same
    histories, so that what the hour and the weekday bring falls out.

    Args:
        runs: What was run.
        levels: How much is away in each scenario, by its name.
        base: The scenario in which nobody is away.
        away: The phase in which units are away, of two days or more.

    Raises:
        NotKnown: a name is not.
        NotEnoughData: the phase is shorter than two days.
    """
    span = runs.model.spans[runs.model.span(away)]
    if span.hours < 2 * DAY:
        raise NotEnoughData(
            f"phase {away!r} has {span.hours} hours", expected="at least 48, two days to compare"
        )
    normal = runs.result(base).waiting.astype(np.float64)
    growths = []
    for name, much in sorted(levels.items(), key=lambda it: it[1]):
        beyond = runs.result(name).waiting - normal
        last = beyond[:, span.end - DAY : span.end].mean(axis=1)
        before = beyond[:, span.end - 2 * DAY : span.end - DAY].mean(axis=1)
        more = interval_of(last - before, unit=INCIDENTS)
        first = interval_of(before, unit=INCIDENTS)
        growing = more.low > 0 and more.value > max(AT_LEAST, GROWS_BY * first.value)
        growths.append(Growth(much, first, more, growing))
    return _knee(tuple(growths))


def _knee(growths: tuple[Growth, ...]) -> Knee:
    holding = [one.away for one in growths if not one.grows]
    holds = max(holding, default=None)
    growing = [one.away for one in growths if holds is None or one.away > holds]
    return Knee(holds, min(growing, default=None), growths)


@dataclass(frozen=True)
class Sustained:
    """For how long a grade is answered as it should be while units are away.

    Attributes:
        grade: Its name.
        tolerance: The percentage answered late that the force bears.
        hours: From going until more than that were late over a day; None if never in the phase.
        least: The same where the share is as high as chance allows.
        most: The same where it is as low; None if never.
        looked: Hours of the phase that were looked at: to the last look within it.
    """

    grade: str
    tolerance: float
    hours: int | None
    least: int | None
    most: int | None
    looked: int


def sustained(runs: Runs, *, scenario: str, grade: str, tolerance: float, away: str) -> Sustained:
    """For how many hours a grade stays within a share answered late.

    The share is that of the incidents of the last 24 hours, looked at every four hours.

    Args:
        runs: What was run.
        scenario: Its name.
        grade: Its name.
        tolerance: The percentage answered late that the force bears, 0 to 100.
        away: The phase in which units are away, of a day or more, from a multiple of four hours.

    Raises:
        NotKnown: a name is not.
        DefinitionRefused: the tolerance is no percentage or the phase begins within four hours.
        NotEnoughData: the phase is shorter than a day.
    """
    span = runs.model.spans[runs.model.span(away)]
    if not 0 <= tolerance <= 100:
        raise DefinitionRefused(f"a tolerance of {tolerance}%", expected="from 0 to 100")
    if span.start % BLOCK:
        raise DefinitionRefused(
            f"phase {away!r} begins with hour {span.start}", expected="a multiple of four hours"
        )
    if span.hours < DAY:
        raise NotEnoughData(f"phase {away!r} has {span.hours} hours", expected="at least 24")
    place = runs.model.demand.place(grade)
    blocks = runs.result(scenario).blocks[:, :, place]
    found: dict[str, int | None] = {"value": None, "low": None, "high": None}
    for end in range(span.start + DAY, span.end + 1, BLOCK):
        sums = blocks[:, (end - DAY) // BLOCK : end // BLOCK].sum(axis=1)
        if not sums[:, COUNT].any():
            continue
        share = estimate_of("late", sums)
        for name in found:
            if found[name] is None and getattr(share, name) > tolerance:
                found[name] = end - span.start
    looked = DAY + (span.hours - DAY) // BLOCK * BLOCK
    return Sustained(grade, tolerance, found["value"], found["high"], found["low"], looked)


@dataclass(frozen=True)
class Recovery:
    """How long it takes after the return until no more wait than would have.

    Attributes:
        simulated: Mean hours; those that had not recovered by the end count to the end.
        not_recovered: Replications that had not recovered by the end.
        fluid: Hours in which spare units clear the mean queue at the return; None if they do not
            within the weeks that were looked at.
        queue: Incidents that wait at the return beyond those that would have.
    """

    simulated: Estimate
    not_recovered: int
    fluid: float | None
    queue: Estimate


def recovery(runs: Runs, *, scenario: str, base: str, back: int) -> Recovery:
    """How long it takes to recover.

    Args:
        runs: What was run.
        scenario: Its name.
        base: The scenario in which nobody is away.
        back: Hour from which units are back, counted from hour 0.

    Raises:
        NotKnown: a name is not.
        DefinitionRefused: the hour is not within the horizon.
    """
    model = runs.model
    if not 0 < back < model.horizon:
        raise DefinitionRefused(
            f"units are back in hour {back}", expected=f"an hour from 1 to {model.horizon - 1}"
        )
    beyond = runs.result(scenario).waiting.astype(np.int64) - runs.result(base).waiting
    after = beyond[:, back - 1 :] <= 0  # the first is the end of the last hour away
    ever = after.any(axis=1)
    hours = np.where(ever, after.argmax(axis=1), after.shape[1] - 1)
    queue = interval_of(beyond[:, back - 1], unit=INCIDENTS)
    return Recovery(
        interval_of(hours, unit=HOURS),
        int((~ever).sum()),
        fluid_recovery(model, queue=max(0.0, queue.value), back=back),
        queue,
    )


def fluid_recovery(model: Model, *, queue: float, back: int, weeks: int = 8) -> float | None:
    """Hours in which spare units would clear a queue, were all of it to flow.

    The T for which the units of the hours from the return to T, less the units that their demand
    keeps busy, come to the work of the queue. Capacity beyond the horizon repeats its last week.

    Args:
        model: Whose units and demand.
        queue: Incidents that wait at the return.
        back: Hour of the return.
        weeks: For how long is looked.
    """
    mean = [np.mean(one.rate) for one in model.demand.grades]
    work = [one.minutes / HOUR * one.mean_units for one in model.demand.grades]
    if queue <= 0:
        return 0.0
    if not sum(mean):
        return None
    to_do = queue * float(np.average(work, weights=mean))
    done = 0.0
    for step in range(weeks * WEEK):
        hour = back + step
        spare = _units(model, hour) - model.demand.load(model.start + hour)
        if spare > 0 and done + spare >= to_do:
            return step + (to_do - done) / spare
        done += spare
    return None


def _units(model: Model, hour: int) -> int:
    units = model.capacity.units
    if hour >= len(units):
        hour -= WEEK * -(-(hour - len(units) + 1) // WEEK)
    return units[max(hour, 0)]
