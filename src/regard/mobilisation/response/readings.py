"""What runs say: how many are answered late, and what being away changes.

Scenarios of one run met the same incidents, so that a difference between two has a narrower
interval than either (common random numbers).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from regard.core.errors import NotEnoughData
from regard.mobilisation.response.estimates import (
    LEVEL,
    Estimate,
    difference_of,
    estimate_of,
    interval_of,
)
from regard.mobilisation.response.model import WHOLE, Phase
from regard.mobilisation.response.results import Runs
from regard.mobilisation.response.scenarios import Scenario
from regard.mobilisation.response.tallies import COUNT, LATE
from regard.mobilisation.response.traces import Reals

INCIDENTS = "incidents"


def read(
    runs: Runs, measure: str, *, scenario: str, grade: str, phase: str = WHOLE, level: float = LEVEL
) -> Estimate:
    """A measure of one grade in one scenario, over the incidents that arise in a phase.

    Args:
        runs: What was run.
        measure: `late` (percentage answered after their time), `wait` (mean minutes until a unit
            was sent), `left` (percentage that left) or `unanswered` (percentage that still wait
            at the end).
        scenario: Its name.
        grade: Its name.
        phase: Its name.
        level: Of the interval, 0 to 1.

    Raises:
        NotKnown: a name is not.
        NotEnoughData: no incident of the grade arose in the phase.
    """
    return estimate_of(measure, _sums(runs, scenario, grade, phase), level=level)


def change(
    runs: Runs,
    measure: str,
    *,
    scenario: str,
    base: str,
    grade: str,
    phase: str = WHOLE,
    level: float = LEVEL,
) -> Estimate:
    """How much more a measure is in a scenario than in another; arguments as for `read`.

    Raises:
        NotKnown: a name is not.
        NotEnoughData: no incident of the grade arose in the phase.
    """
    one, other = (_sums(runs, name, grade, phase) for name in (scenario, base))
    return difference_of(measure, one, other, level=level)


def _sums(runs: Runs, scenario: str, grade: str, phase: str) -> np.ndarray:
    place, span = runs.model.demand.place(grade), runs.model.span(phase)
    return runs.result(scenario).phases[:, span, place]


def peak(runs: Runs, *, scenario: str, phase: str = WHOLE, level: float = LEVEL) -> Estimate:
    """The most incidents of all grades that wait at the end of any hour of a phase.

    Raises:
        NotKnown: a name is not.
    """
    span = runs.model.spans[runs.model.span(phase)]
    waiting = runs.result(scenario).waiting[:, span.start : span.end]
    return interval_of(waiting.max(axis=1), unit=INCIDENTS, level=level)


@dataclass(frozen=True)
class Level:
    """One step of a curve.

    Attributes:
        away: How much is away there, such as PSUs.
        scenario: The scenario in which it is.
        reading: What is read there.
        more: How much more than with nothing away; None where that was not run.
    """

    away: float
    scenario: str
    reading: Estimate
    more: Estimate | None


def curve(
    runs: Runs, measure: str, *, levels: Mapping[str, float], grade: str, phase: str = WHOLE
) -> tuple[Level, ...]:
    """A measure by how much is away, least first; arguments as for `read`.

    Args:
        runs: What was run.
        measure: Its name.
        levels: How much is away in each scenario, by its name; 0 is what others are held against.
        grade: Its name.
        phase: Its name.

    Raises:
        NotKnown: a name is not.
        NotEnoughData: no incident of the grade arose in the phase.
    """
    base = next((name for name, away in levels.items() if away == 0), None)
    return tuple(
        Level(
            away,
            name,
            read(runs, measure, scenario=name, grade=grade, phase=phase),
            None
            if base is None
            else change(runs, measure, scenario=name, base=base, grade=grade, phase=phase),
        )
        for name, away in sorted(levels.items(), key=lambda it: it[1])
    )


@dataclass(frozen=True, eq=False)
class ByHour:
    """The table by hour of one scenario, each column of shape (hours,).

    Attributes:
        waiting: Mean incidents that wait at the end of the hour.
        spread: Standard deviation of that between replications.
        busy: Mean units busy then.
        units: Units that may be at work.
        late: Percentage of the incidents of each grade answered late, shape (hours, grades); not
            a number where none arose.
        replications: How many histories it is the mean of.
    """

    waiting: Reals
    spread: Reals
    busy: Reals
    units: Reals
    late: Reals
    replications: int

    @property
    def margin(self) -> Reals:
        """Half the width of the 95% range of the mean that wait; nought of one history."""
        if self.replications == 1:
            return np.zeros_like(self.waiting)
        t = float(stdtrit(self.replications - 1, (1 + LEVEL) / 2))
        return t * self.spread / np.sqrt(self.replications - 1)


def by_hour(runs: Runs, *, scenario: str) -> ByHour:
    """The table by hour.

    Raises:
        NotKnown: there is no such scenario.
    """
    tally, count = runs.result(scenario).tally, runs.replications
    waiting = tally.waiting.sum(axis=1) / count
    spread = np.sqrt(np.maximum(0.0, tally.squares / count - waiting**2))
    arose = tally.cells[..., COUNT]
    late = np.full(arose.shape, np.nan)
    np.divide(100.0 * tally.cells[..., LATE], arose, out=late, where=arose > 0)
    one = next(it for it in runs.scenarios if it.name == scenario)
    units = np.array(one.of(runs.model).capacity.units, np.float64)
    return ByHour(waiting, spread, tally.busy / count, units, late, count)


def away_phase(scenarios: Sequence[Scenario], name: str = "away") -> Phase:
    """The hours from the first in which any unit is away in any scenario to the last.

    Raises:
        NotEnoughData: none is away in any.
    """
    gone = [
        hour
        for one in scenarios
        for column in (one.away, *one.by_area)
        for hour, units in enumerate(column)
        if units
    ]
    if not gone:
        raise NotEnoughData(
            f"nobody is away in {len(scenarios)} scenarios", expected="a scenario with units away"
        )
    return Phase(name, min(gone), max(gone) + 1)
