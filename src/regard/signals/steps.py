"""The size of step changes that somebody accepted: before, after, difference and its range."""

from __future__ import annotations

import math
from dataclasses import replace

from regard.core.errors import NotEnoughData
from regard.core.figures import Figure, difference, percent_change
from regard.core.quantities import PERCENT
from regard.core.series import COUNT
from regard.core.statements import Statement, Value
from regard.signals.conventions import BINOMIAL_FLOOR, EXACT_CONSTANT
from regard.signals.dispersion import dispersion
from regard.signals.intervals import NINETY_FIVE, normal_quantile, ratio_interval
from regard.signals.readings import LevelChange, Reading, Segment
from regard.signals.sentences import say
from regard.signals.tallies import places_for, spanned

UP, DOWN, LEVEL = "up", "down", "level"
SIGMAS = 3


def level_changes(reading: Reading) -> tuple[LevelChange, ...]:
    """The size of each accepted step change, in the unit of the reading and in per cent.

    Counts take the interval of two periods with the dispersion of the series; all else takes
    the moving range of the two levels, and proportions with known bases no less than their
    sampling error.

    Args:
        reading: A reading with its segments.
    """
    series, segments = reading.series, reading.segments
    phi = None
    if series.kind == COUNT:
        try:
            phi = dispersion(series, baselines=[segment.start for segment in segments[1:]]).value
        except NotEnoughData:
            phi = None
    return tuple(
        _change(reading, before, after, phi)
        for before, after in zip(segments, segments[1:], strict=False)
    )


def _change(reading: Reading, before: Segment, after: Segment, phi: float | None) -> LevelChange:
    first, second = (
        reading.level_figure(segment, segment.mean, what="average of the level")
        for segment in (before, after)
    )
    gap = difference(second, first)
    gap = gap.printed(places=places_for(gap.known, gap.unit))
    percent = replace(
        gap, value=None, unit=PERCENT, places=None, missing="said in percentage points"
    )
    if reading.unit != PERCENT and first.value:
        percent = percent_change(second, first)
    span = _span(before, after, phi)
    if span is not None:
        gap = spanned(gap, *span, NINETY_FIVE)
        if percent.value is not None:
            low, high = (100 * one / abs(before.mean) for one in span)
            percent = spanned(percent, low, high, NINETY_FIVE)
    direction = UP if gap.known > 0 else DOWN if gap.known < 0 else LEVEL
    said = percent if percent.value is not None else gap
    told = _told((before, after), direction, first, second, said)
    if any(point.signals and before.start <= point.month <= before.end for point in reading.points):
        told += say("step, levels before", month=after.start)
    return LevelChange(after.start, direction, first, second, gap, percent, told)


def _span(before: Segment, after: Segment, phi: float | None) -> tuple[float, float] | None:
    """The range of the difference of two averages, in their unit; None if it is not known."""
    sums = before.mean * before.limit_months, after.mean * after.limit_months
    if phi is not None and min(sums) >= 0 and before.mean > 0:
        ratio = ratio_interval(sums[1], sums[0], dispersion=phi)
        scale = before.limit_months / after.limit_months
        return before.mean * (ratio.low * scale - 1), before.mean * (ratio.high * scale - 1)
    sigmas = [_sigma(segment) for segment in (before, after)]
    if not any(sigmas):
        return None
    error = math.hypot(
        sigmas[0] / math.sqrt(before.limit_months), sigmas[1] / math.sqrt(after.limit_months)
    )
    reach = normal_quantile(NINETY_FIVE) * error
    gap = after.mean - before.mean
    return gap - reach, gap + reach


def _sigma(segment: Segment) -> float:
    """The standard deviation of a month, never less than the sampling error of its limits."""
    if BINOMIAL_FLOOR in segment.guards and segment.upper is not None:
        return (segment.upper - segment.mean) / SIGMAS
    return (segment.mean_moving_range or 0.0) * EXACT_CONSTANT / SIGMAS


def reaches_nought(change: Figure) -> bool:
    """Whether the range of a change, as it is printed, takes in no change at all."""
    span = change.interval
    if span is None:
        return False
    places = places_for(change.known, change.unit)
    return round(span.low, places) <= 0 <= round(span.high, places)


def _told(
    segments: tuple[Segment, Segment], direction: str, first: Figure, second: Figure, said: Figure
) -> Statement:
    before, after = segments
    held: dict[str, Value] = {
        "month": after.start,
        "first": before.start,
        "before": first,
        "after": second,
        "change": said,
    }
    if said.interval is None:
        return say("step", direction=direction, **held)
    if reaches_nought(said):
        return say("step, unsure", **held)
    return say("step, range", direction=direction, **held)
