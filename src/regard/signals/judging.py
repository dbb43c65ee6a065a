"""What a chart's signals mean for a measure: senses, icons, and where nothing is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from regard.core.periods import MEAN_MONTH_DAYS
from regard.core.series import HIGHER, LOWER, NEITHER
from regard.signals.conventions import (
    ABOVE_LIMIT,
    ALWAYS_MEETS,
    AS_COUNTED,
    COMMON,
    CONCERN_HIGH,
    CONCERN_LOW,
    HIGH_SIGNALS,
    HIT_OR_MISS,
    IMPROVEMENT_FIRST,
    IMPROVEMENT_HIGH,
    IMPROVEMENT_LOW,
    LIMITS,
    NEITHER_HIGH,
    NEITHER_LOW,
    NEVER_MEETS,
    NO_TARGET,
    NO_VARIATION,
    NOT_JUDGED,
)
from regard.signals.readings import Point, Reading, Segment

SPECIAL, IMPROVEMENT, CONCERN, MISSING = "special cause", "improvement", "concern", "missing"


def sense_of(signals: Sequence[str], better: str) -> str:
    """What the signals of a month mean, where lower, higher or neither is better."""
    if not signals:
        return COMMON
    if better == NEITHER:
        return SPECIAL
    return IMPROVEMENT if (signals[0] in HIGH_SIGNALS) == (better == HIGHER) else CONCERN


def variation_of(reading: Reading, *, guarded: bool, conflict: str) -> str:
    """The variation icon of the last month with a value.

    Args:
        reading: Segments and points.
        guarded: Whether short, sparse or limitless levels are not judged.
        conflict: Which icon shows where signals of both directions meet.
    """
    if guarded and (
        reading.is_sparse
        or reading.is_early
        or reading.current.lower is None
        or NO_VARIATION in reading.current.guards
    ):
        return NOT_JUDGED
    signals = reading.latest.signals
    if not signals:
        return COMMON
    high = signals[0] in HIGH_SIGNALS
    better = reading.series.better
    if better == NEITHER:
        return NEITHER_HIGH if high else NEITHER_LOW
    good = HIGH_SIGNALS if better == HIGHER else frozenset(signals) - HIGH_SIGNALS
    improving = [signal for signal in signals if signal in good]
    if conflict == IMPROVEMENT_FIRST and improving:
        return IMPROVEMENT_HIGH if better == HIGHER else IMPROVEMENT_LOW
    if high == (better == HIGHER):
        return IMPROVEMENT_HIGH if high else IMPROVEMENT_LOW
    return CONCERN_HIGH if high else CONCERN_LOW


def assurance_of(better: str, target: float | None, segment: Segment) -> str:
    """The assurance icon: a target against the limits of a level, both in its unit."""
    if target is None:
        return NO_TARGET
    if better == NEITHER or segment.lower is None or segment.upper is None:
        return NOT_JUDGED
    if target > segment.upper:
        return ALWAYS_MEETS if better == LOWER else NEVER_MEETS
    if target < segment.lower:
        return NEVER_MEETS if better == LOWER else ALWAYS_MEETS
    return HIT_OR_MISS


def without_limits(reading: Reading) -> Reading:
    """The reading of a series too short or too sparse to judge: averages alone."""
    segments = (
        replace(one, lower=None, upper=None, normal=None, guards=()) for one in reading.segments
    )
    points = (
        replace(
            one, lower=None, upper=None, signals=(),
            sense=MISSING if one.value is None else NOT_JUDGED,
        )
        for one in reading.points
    )  # fmt: skip
    return replace(
        reading,
        segments=tuple(segments),
        points=tuple(points),
        assurance=NO_TARGET if reading.options.target is None else NOT_JUDGED,
    )


def marked_by_length(reading: Reading, evened: Sequence[Sequence[str]]) -> Reading:
    """The reading with the months marked that are beyond a limit by their length alone.

    Args:
        reading: On months as counted; any other comes back as it is.
        evened: The signals of every month of the grid with months on one length.
    """
    if reading.options.calendar != AS_COUNTED:
        return reading
    points = (
        replace(point, by_length=_is_length(point) and not LIMITS & set(other))
        for point, other in zip(reading.points, evened, strict=True)
    )
    return replace(reading, points=tuple(points))


def _is_length(point: Point) -> bool:
    """Whether the length of its month can be why a month is beyond a limit."""
    if not point.beyond:
        return False
    return (point.beyond == ABOVE_LIMIT) == (point.month.days > MEAN_MONTH_DAYS)
