"""Limits of the other charts that oracles print: median, c, u, u' and t."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.signals.conventions import EXACT_CONSTANT, MEDIAN_CONSTANT, TABLE_CONSTANT
from regard.signals.runs import median

NELSON_POWER = 3.6  # Nelson 1994: times between rare events to the power 1/3.6 are near normal
SIGMAS = 3


@dataclass(frozen=True)
class Limits:
    """A centre with its limits, in the unit of the values; one lower and upper a point."""

    centre: float
    lower: tuple[float, ...]
    upper: tuple[float, ...]


def individuals_limits(values: Sequence[float], *, constant: float = EXACT_CONSTANT) -> Limits:
    """Mean and unscreened moving-range limits, in the unit of the values.

    Args:
        values: In order of time, none missing.
        constant: Half the width in mean moving ranges: `conventions.NHS_CONSTANT`,
            `TABLE_CONSTANT` or `EXACT_CONSTANT`.

    Raises:
        NotEnoughData: fewer than two values.
    """
    ranges = _ranges(values)
    mean = math.fsum(values) / len(values)
    half = constant * math.fsum(ranges) / len(ranges)
    return Limits(mean, (mean - half,), (mean + half,))


def median_limits(values: Sequence[float]) -> Limits:
    """Median and median moving-range limits (sigma = median range / 0.954), unit of the values.

    Raises:
        NotEnoughData: fewer than two values.
    """
    middle = median(values)
    half = MEDIAN_CONSTANT * median(_ranges(values))
    return Limits(middle, (middle - half,), (middle + half,))


def c_limits(counts: Sequence[float], *, leave_out: Sequence[int] = ()) -> Limits:
    """Poisson limits of counts over equal periods; the lower is never under nought.

    Args:
        counts: One a period.
        leave_out: Places, from 1, that do not make the limits.

    Raises:
        NotEnoughData: no count is left.
    """
    kept = [value for place, value in enumerate(counts, 1) if place not in set(leave_out)]
    if not kept:
        raise NotEnoughData(f"none of {len(counts)} counts is left", expected="at least one")
    mean = math.fsum(kept) / len(kept)
    half = SIGMAS * math.sqrt(mean)
    return Limits(mean, (max(0.0, mean - half),), (mean + half,))


def u_limits(counts: Sequence[float], bases: Sequence[float], *, overdispersed: bool) -> Limits:
    """Limits of rates over changing bases (u chart), or Laney's u' with their own dispersion.

    Args:
        counts: Events a period.
        bases: What they are counted over a period, such as days or residents (> 0).
        overdispersed: Whether the limits follow the moving range of the rates (Laney 2002)
            rather than Poisson.

    Returns:
        Events a unit of the base; a lower limit is never under nought.

    Raises:
        DefinitionRefused: a base is not above nought, or the numbers differ in length.
        NotEnoughData: no event at all, or one period alone.
    """
    if len(counts) != len(bases) or min(bases, default=0) <= 0:
        raise DefinitionRefused(
            f"{len(counts)} counts over {len(bases)} bases, the least {min(bases, default=0)}",
            expected="a base above 0 for every count",
        )
    rate = math.fsum(counts) / math.fsum(bases)
    if rate == 0:
        raise NotEnoughData(f"no event in {len(counts)} periods", expected="at least one event")
    sigmas = [math.sqrt(rate / base) for base in bases]
    spread = 1.0
    if overdispersed:
        scaled = [
            (count / base - rate) / sigma
            for count, base, sigma in zip(counts, bases, sigmas, strict=True)
        ]
        ranges = _ranges(scaled)
        spread = TABLE_CONSTANT / SIGMAS * math.fsum(ranges) / len(ranges)
    halves = [SIGMAS * spread * sigma for sigma in sigmas]
    return Limits(
        rate, tuple(max(0.0, rate - half) for half in halves), tuple(rate + h for h in halves)
    )


def t_limits(times: Sequence[float]) -> Limits:
    """Limits of times between rare events, in the unit of the times (Nelson 1994).

    Times to the power 1/3.6 are charted by their moving range and put back.

    Raises:
        DefinitionRefused: a time is below nought.
        NotEnoughData: fewer than two times.
    """
    if min(times, default=0) < 0:
        raise DefinitionRefused(f"a time of {min(times)} between events", expected="0 or more")
    scaled = individuals_limits(
        [time ** (1 / NELSON_POWER) for time in times], constant=TABLE_CONSTANT
    )
    return Limits(
        scaled.centre**NELSON_POWER,
        (max(0.0, scaled.lower[0]) ** NELSON_POWER,),
        (scaled.upper[0] ** NELSON_POWER,),
    )


def _ranges(values: Sequence[float]) -> list[float]:
    if len(values) <= 1:
        raise NotEnoughData(
            f"{len(values)} value has no moving range", expected="two values or more"
        )
    return [abs(now - before) for before, now in zip(values, values[1:], strict=False)]
