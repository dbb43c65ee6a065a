"""Means over replications with the range within which chance leaves them (Student's t)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from regard.core.errors import NotEnoughData, NotKnown
from regard.core.quantities import PERCENT, POINTS, Range
from regard.mobilisation.response.tallies import COUNT, LATE, LEFT, MILLISECONDS, WAIT, WAITING
from regard.mobilisation.response.traces import Reals, Wholes

LEVEL = 0.95
WHOLE_PERCENT = 100.0
MINUTES = "minutes"


@dataclass(frozen=True)
class Measure:
    """A ratio of sums over incidents: what stands above, per incident, in its unit."""

    above: int
    factor: float
    unit: str


MEASURES: Mapping[str, Measure] = {
    "late": Measure(LATE, 100.0, PERCENT),
    "wait": Measure(WAIT, 1.0 / MILLISECONDS, MINUTES),
    "left": Measure(LEFT, 100.0, PERCENT),
    "unanswered": Measure(WAITING, 100.0, PERCENT),
}


@dataclass(frozen=True)
class Estimate:
    """A number that replications give, and its interval.

    Attributes:
        value: In `unit`.
        half_width: Half the width of the interval; infinite of one replication.
        unit: Such as `%` or `minutes`.
        replications: How many it rests on.
        level: How often such an interval holds the truth, 0 to 1.
    """

    value: float
    half_width: float
    unit: str
    replications: int
    level: float = LEVEL

    @property
    def low(self) -> float:
        """The lower end; of a share, no lower than nought."""
        low = self.value - self.half_width
        return max(0.0, low) if self.unit == PERCENT else low

    @property
    def high(self) -> float:
        """The upper end; of a share, no higher than all."""
        high = self.value + self.half_width
        return min(WHOLE_PERCENT, high) if self.unit == PERCENT else high

    @property
    def range(self) -> Range:
        """The interval as a range.

        Raises:
            NotEnoughData: there was one replication.
        """
        if not math.isfinite(self.half_width):
            raise NotEnoughData(
                f"{self.value:.4g} {self.unit} rests on {self.replications} replication",
                expected="at least 2 for an interval",
            )
        return Range(self.low, self.high, self.level)

    def needed(self, half_width: float) -> int:
        """About how many replications would give an interval of another half width.

        Args:
            half_width: In the unit of the value.
        """
        wanted = self.replications * (self.half_width / half_width) ** 2
        return max(2, math.ceil(wanted)) if math.isfinite(wanted) else self.replications


def interval_of(values: NDArray[np.float64] | Wholes, *, unit: str, level: float = LEVEL,
                value: float | None = None) -> Estimate:  # fmt: skip
    """The mean of numbers, one a replication, with its interval by Student's t.

    Args:
        values: The numbers, in `unit`.
        unit: Of them.
        level: Of the interval, 0 to 1.
        value: What the estimate is, where the numbers are its parts rather than it.
    """
    count, mean = len(values), float(np.mean(values))
    half = math.inf
    if count > 1:
        error = float(np.std(values, ddof=1)) / math.sqrt(count)
        half = float(stdtrit(count - 1, 0.5 + level / 2)) * error
    return Estimate(mean if value is None else value, half, unit, count, level)


def measure_of(name: str) -> Measure:
    """A measure by its name.

    Raises:
        NotKnown: there is none of that name.
    """
    if name not in MEASURES:
        raise NotKnown("measure", name, MEASURES)
    return MEASURES[name]


def parts_of(measure: str, sums: Wholes) -> tuple[float, Reals]:
    """A measure over all replications, and what each departs from it.

    The measure is a ratio of two sums, so its variance is that of the departures, linear in
    both (Cochran 1977, Sampling Techniques, section 6.3).

    Args:
        measure: Its name.
        sums: Of each replication, shape (replications, 5).

    Returns:
        The ratio in the unit of the measure, and shape (replications,) in the same unit.

    Raises:
        NotEnoughData: there was no incident in any replication.
    """
    what = measure_of(measure)
    above = what.factor * sums[:, what.above].astype(np.float64)
    below = sums[:, COUNT].astype(np.float64)
    if not below.any():
        raise NotEnoughData(
            f"{measure} of {int(below.sum())} incidents in {len(sums)} replications",
            expected="at least one incident",
        )
    ratio = float(above.sum() / below.sum())
    return ratio, (above - ratio * below) / below.mean()


def estimate_of(measure: str, sums: Wholes, *, level: float = LEVEL) -> Estimate:
    """A measure with its interval, from the sums of each replication, shape (replications, 5).

    Raises:
        NotKnown: there is no such measure.
        NotEnoughData: there was no incident.
    """
    ratio, parts = parts_of(measure, sums)
    return interval_of(parts, unit=measure_of(measure).unit, level=level, value=ratio)


def difference_of(measure: str, sums: Wholes, base: Wholes, *, level: float = LEVEL) -> Estimate:
    """How much more a measure is than on a base, both on the same histories.

    Raises:
        NotKnown: there is no such measure.
        NotEnoughData: there was no incident.
    """
    one, parts = parts_of(measure, sums)
    other, parts_of_base = parts_of(measure, base)
    unit = measure_of(measure).unit
    return interval_of(
        parts - parts_of_base,
        unit=POINTS if unit == PERCENT else unit,
        level=level,
        value=one - other,
    )
