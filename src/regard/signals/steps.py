"""The size of step changes that somebody accepted: before, after, difference and its range."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from regard.core.errors import NotEnoughData
from regard.core.figures import Figure, difference, percent_change
from regard.core.periods import MONTHS_A_YEAR
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
Span = tuple[float, float]


def level_changes(
    reading: Reading, *, spans: Sequence[Span | None] | None = None
) -> tuple[LevelChange, ...]:
    """The size of each accepted step change, in the unit of the reading and in per cent.

    Counts take the interval of two periods with the dispersion of the series; all else takes
    the moving range of the two levels, and proportions with known bases no less than their
    sampling error.

    Args:
        reading: A reading with its segments.
        spans: The range of the difference of each pair of neighbouring levels, in the unit of
            the reading, where the method has its own; None where one is not known.
    """
    segments = reading.segments
    pairs = tuple(zip(segments, segments[1:], strict=False))
    if spans is None:
        phi = _dispersion(reading)
        spans = [_span(before, after, phi) for before, after in pairs]
    return tuple(
        _change(reading, before, after, span)
        for (before, after), span in zip(pairs, spans, strict=True)
    )


def _dispersion(reading: Reading) -> float | None:
    """The dispersion of a series of counts; None where it is not known."""
    if reading.series.kind != COUNT:
        return None
    try:
        starts = [segment.start for segment in reading.segments[1:]]
        return dispersion(reading.series, baselines=starts).value
    except NotEnoughData:
        return None


def _change(reading: Reading, before: Segment, after: Segment, span: Span | None) -> LevelChange:
    first, second = (
        reading.level_figure(segment, segment.mean, what=reading.what)
        for segment in (before, after)
    )
    gap = difference(second, first)
    gap = gap.printed(places=places_for(gap.known, gap.unit))
    percent = replace(
        gap, value=None, unit=PERCENT, places=None, missing="said in percentage points"
    )
    if reading.unit != PERCENT and first.value:
        percent = percent_change(second, first)
    if span is not None:
        gap = spanned(gap, *span, NINETY_FIVE)
        if percent.value is not None:
            low, high = (100 * one / abs(before.mean) for one in span)
            percent = spanned(percent, low, high, NINETY_FIVE)
    direction = UP if gap.known > 0 else DOWN if gap.known < 0 else LEVEL
    said = percent if percent.value is not None else gap
    lately = _lately(reading, before)
    turned = lately is not None and (second.known - lately.known) * gap.known <= 0
    told = _told((before, after), direction, (first, second), said, turned=turned)
    if lately is not None:
        told += say("step, levels before", lately=lately)
    sure = not turned and not reaches_nought(said)
    return LevelChange(after.start, direction, first, second, gap, percent, told, sure)


def _span(before: Segment, after: Segment, phi: float | None) -> Span | None:
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


def _lately(reading: Reading, before: Segment) -> Figure | None:
    """The average of the last twelve months of a level whose months were not all at one level."""
    if reading.levels:  # found levels are set against their neighbour, which is one level
        return None
    held = [point for point in reading.points if before.start <= point.month <= before.end]
    values = [point.value for point in held if point.value is not None][-MONTHS_A_YEAR:]
    if len(values) < MONTHS_A_YEAR or not any(point.signals for point in held):
        return None
    mean = sum(values) / len(values)
    return reading.level_figure(before, mean, what="average of the twelve months before the step")


def reaches_nought(change: Figure) -> bool:
    """Whether the range of a change, as it is printed, takes in no change at all."""
    span = change.interval
    if span is None:
        return False
    places = places_for(change.known, change.unit)
    return round(span.low, places) <= 0 <= round(span.high, places)


def _told(
    segments: tuple[Segment, Segment],
    direction: str,
    averages: tuple[Figure, Figure],
    said: Figure,
    *,
    turned: bool,
) -> Statement:
    before, after = segments
    first, second = averages
    held: dict[str, Value] = {
        "month": after.start,
        "first": before.start,
        "before": first,
        "after": second,
        "change": said,
    }
    if turned:
        return say("step, turned", **held)
    if said.interval is None:
        return say("step", direction=direction, **held)
    if reaches_nought(said):
        return say("step, unsure", **held)
    return say("step, range", direction=direction, **held)
