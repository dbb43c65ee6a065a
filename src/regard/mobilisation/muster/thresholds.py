"""Tests of a force's mobilisation: such a share of its commitment by such an hour."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist

import numpy as np

from regard.core.errors import DefinitionRefused, NotKnown
from regard.core.quantities import Range
from regard.mobilisation.muster.supply import HIGH, MIDDLE, Supply

NINETY_FIVE = 0.95
UP, NEAREST, DOWN = "up", "nearest", "down"
HALF = Fraction(1, 2)

# How a share that is no whole number of PSUs is met: 10% of 33 is 3.3.
ROUNDING: Mapping[str, Callable[[Fraction], int]] = {
    UP: math.ceil,
    NEAREST: lambda share: math.floor(share + HALF),
    DOWN: math.floor,
}
ROUNDING_SAID: Mapping[str, str] = {
    UP: "a part of a PSU asks for a whole one",
    NEAREST: "a part of a PSU is rounded to the nearest whole one, a half upwards",
    DOWN: "a part of a PSU asks for nothing",
}


@dataclass(frozen=True)
class Threshold:
    """A share of a commitment, in per cent, and the hours from the call within which it counts."""

    percent: float
    hours: int

    def __post_init__(self) -> None:
        if not 0 < self.percent <= 100 or self.hours < 1:
            raise DefinitionRefused(
                f"{self.percent}% by hour {self.hours}",
                expected="a share above 0 and at most 100, and an hour from 1 on",
            )

    def psus(self, commitment: int, rounding: str = UP) -> int:
        """How many PSUs meet it, of a commitment of so many.

        Raises:
            NotKnown: the rule of rounding is none of `up`, `nearest`, `down`.
        """
        if rounding not in ROUNDING:
            raise NotKnown("rule of rounding", rounding, ROUNDING)
        share = Fraction(str(self.percent)) / 100 * commitment
        return ROUNDING[rounding](share)


# The shares are those of the exercises of 2018. No source that can be opened gives their hours.
THRESHOLDS = (Threshold(10, 1), Threshold(40, 4), Threshold(60, 8), Threshold(100, 24))
THRESHOLDS_SOURCE = "shares: exercises of 2018; hours: from memory, to be confirmed"


@dataclass(frozen=True)
class Binding:
    """What stands in the way of more PSUs by an hour, role by role.

    Attributes:
        role: The role.
        share: Of the draws in which it binds, ties counted for each (0 to 1).
        one_more: PSUs that one more in this role alone adds, mean over the draws.
        for_one: How many more in this role alone add a PSU to the median; None where no number
            does, since another role binds as well.
    """

    role: str
    share: float
    one_more: float
    for_one: int | None


@dataclass(frozen=True)
class Met:
    """Whether one test is met.

    Attributes:
        threshold: The share and the hour.
        needed: PSUs that meet it.
        chance: Share of the draws that meet it (0 to 1).
        interval: Wilson's, of that share: what drawing leaves open, not what was assumed.
        median_hour: Half of the draws have met it by this hour; None if not within the run.
        late_hour: Nine draws in ten have met it by this hour; None if not within the run.
        binding: What stands in the way at the hour of the test, most often first.
    """

    threshold: Threshold
    needed: int
    chance: float
    interval: Range
    median_hour: int | None
    late_hour: int | None
    binding: tuple[Binding, ...]


def wilson(met: int, draws: int, *, level: float = NINETY_FIVE) -> Range:
    """Wilson's interval of a share of draws (Wilson 1927), as a share of 1.

    Example:
        >>> wilson(65, 100).said("", places=3)
        '0.553 to 0.736'
    """
    if not 0 <= met <= draws or draws < 1:
        raise DefinitionRefused(f"{met} of {draws} draws", expected="1 draw or more")
    z = NormalDist().inv_cdf((1 + level) / 2)
    middle = (met + z * z / 2) / (draws + z * z)
    half = z / (draws + z * z) * math.sqrt(met * (draws - met) / draws + z * z / 4)
    return Range(max(0.0, middle - half), min(1.0, middle + half), level)


def met(
    supply: Supply,
    commitment: int,
    *,
    thresholds: tuple[Threshold, ...] = THRESHOLDS,
    rounding: str = UP,
) -> tuple[Met, ...]:
    """Whether each test is met, and what stands in the way.

    Args:
        supply: What a call raises.
        commitment: PSUs that the force has committed.
        thresholds: Shares in per cent with their hours.
        rounding: `up`, `nearest` or `down`: see `ROUNDING_SAID`.

    Raises:
        DefinitionRefused: a commitment below nought, or an hour that the run does not cover.
    """
    if commitment < 0:
        raise DefinitionRefused(f"a commitment of {commitment} PSUs", expected="0 or more")
    return tuple(_met(supply, one, one.psus(commitment, rounding)) for one in thresholds)


def _met(supply: Supply, threshold: Threshold, needed: int) -> Met:
    enough = supply.psus >= needed
    count = int(enough[:, supply.place_of(threshold.hours)].sum())
    first = np.where(enough.any(axis=1), enough.argmax(axis=1) + 1, supply.hours + 1)
    median, late = (
        int(np.quantile(first, level, method="inverted_cdf")) for level in (MIDDLE, HIGH)
    )
    return Met(
        threshold=threshold,
        needed=needed,
        chance=count / supply.draws,
        interval=wilson(count, supply.draws),
        median_hour=median if median <= supply.hours else None,
        late_hour=late if late <= supply.hours else None,
        binding=bindings(supply, threshold.hours),
    )


def bindings(supply: Supply, hour: int) -> tuple[Binding, ...]:
    """What stands in the way of more PSUs by an hour from the call, most often first."""
    able = supply.able(hour)
    now = supply.psus[:, supply.place_of(hour)]
    shares = supply.binding(hour).mean(axis=0)
    found = [
        Binding(
            role,
            float(share),
            float((supply.places.one_more(able, role) - now).mean()),
            _for_one(supply, hour, role),
        )
        for role, share in zip(supply.make_up.roles, shares, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: -one.share))


def _for_one(supply: Supply, hour: int, role: str) -> int | None:
    able = supply.able(hour)
    median = supply.band(hour).median

    def enough(people: int) -> bool:
        more = supply.places.one_more(able, role, people)
        return int(np.quantile(more, MIDDLE, method="inverted_cdf")) > median

    most = sum(supply.make_up.needed(median + 1))  # as many as would fill every place
    if not enough(most):
        return None
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high
