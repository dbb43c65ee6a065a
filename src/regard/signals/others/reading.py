"""A reading whose limits follow each month's base: segments, points, icons and sentences."""

from __future__ import annotations

import math
from dataclasses import replace

from regard.core.series import COUNT, Series
from regard.signals.conventions import (
    AS_COUNTED,
    BY_PRECEDENCE,
    FEWEST_FOR_FIRM_LIMITS,
    GUARDS,
    NOT_JUDGED,
    UNSCREENED,
    Rules,
)
from regard.signals.intervals import NINETY_FIVE, normal_quantile, points_interval
from regard.signals.judging import (
    MISSING,
    assurance_of,
    marked_by_length,
    sense_of,
    variation_of,
    without_limits,
)
from regard.signals.others.basing import Based, based, is_per_time, other_calendar
from regard.signals.others.levels import AVERAGES, BEYOND, SHARES, Level, limits_at
from regard.signals.others.rows import Choices, LimitsMany
from regard.signals.others.telling import Kept, detectable, narrate_on_bases
from regard.signals.readings import MethodVersion, Options, Point, Reading, Segment
from regard.signals.steps import level_changes
from regard.signals.tallies import spanned
from regard.signals.xmr import named_signals

D2 = 2 / math.sqrt(math.pi)  # the mean range of two independent standard normals
HALF = 0.5  # stands in for a count of nought in the interval of a ratio (Haldane)


def read_on_bases(
    series: Series, options: Options, *, family: int, rules: Rules, choices: Choices
) -> Reading:
    """Read a series with limits that follow each month's base.

    Each point carries its own limits; a segment's are those of its usual (median) base, and a
    flag says so. A series whose bases are not known, or whose values are not of the kind that
    the family reads, is read by its changes from month to month, and a flag says that too.
    A series of counts has bases of one month, or of the days of its months.

    Args:
        series: Values in their own unit.
        options: How it is to be read.
        family: `levels.COUNTS` for rates, `SHARES` for proportions, `AVERAGES` for the rest.
        rules: How the method is named.
        choices: How the spread is measured and limits are made.
    """
    ready = based(series, options, family=family, choices=choices)
    chart = ready.rows.chart()
    pairs = _segments(series, options, ready)
    segments = tuple(segment for segment, _ in pairs)
    levels = tuple(level for _, level in pairs)
    reading = Reading(
        series=series,
        method=MethodVersion(rules.name, rules.version, rules.title, rules.published),
        options=options,
        unit=ready.unit,
        cadence=ready.cadence,
        segments=segments,
        points=_points(series, ready, chart),
        variation=NOT_JUDGED,
        assurance=assurance_of(series.better, options.target, segments[-1]),
    )
    spans = [_span(ready, *two) for two in zip(levels, levels[1:], strict=False)]
    variation = variation_of(reading, guarded=True, conflict=BY_PRECEDENCE)
    if reading.latest.sense == NOT_JUDGED:
        variation = NOT_JUDGED
    reading = replace(reading, variation=variation, changes=level_changes(reading, spans=spans))
    if reading.is_early or reading.is_sparse:
        reading = without_limits(reading)
    elif ready.cadence == 1 and options.calendar == AS_COUNTED and is_per_time(series):
        other = replace(options, calendar=other_calendar(options))
        evened = based(series, other, family=family, choices=choices).rows.chart().signals[0]
        reading = marked_by_length(reading, [named_signals(bits) for bits in evened.tolist()])
    kept = Kept(ready, levels, rules, family)
    if reading.current.lower is not None:
        reading = _with_latest(reading, ready, chart)
    reading = replace(reading, detectable=detectable(reading, kept))
    flags, said = narrate_on_bases(reading, kept)
    return replace(reading, flags=flags, said=said)


def _with_latest(reading: Reading, ready: Based, chart: LimitsMany) -> Reading:
    """The reading with what the last month was expected to be, and the chance of it."""
    column, chance = int(chart.latest.month[0]), float(chart.latest.p_value[0])
    first = reading.current.start - reading.series.start
    before = ready.rows.level(0, first, column) if math.isfinite(chance) else None
    if before is None or reading.latest.month != reading.series.start + column:
        return reading
    ends = limits_at(float(ready.rows.bases[0, column]), before, ready.rows.told)
    value = before.centre * ready.rows.scale
    figure = reading.level_figure(reading.current, value, what="expected from the months before")
    low, high = (end * ready.rows.scale for end in ends)
    if math.isfinite(low):
        figure = spanned(figure, low, high, 1 - 2 * BEYOND)
    return replace(
        reading, expected=replace(figure, period=reading.latest.month.period), chance=chance
    )


def _segments(series: Series, options: Options, ready: Based) -> tuple[tuple[Segment, Level], ...]:
    columns = {month - series.start for month in options.baselines}
    stop = len(series.values)
    edges = sorted({0, *(column for column in columns if 0 < column < stop), stop})
    made = []
    for first, end in zip(edges, edges[1:], strict=False):
        level = ready.rows.level(0, first, end)
        if level is not None:
            made.append((_segment(series, options, ready, level, (first, end)), level))
    return tuple(made)


def _segment(
    series: Series, options: Options, ready: Based, level: Level, span: tuple[int, int]
) -> Segment:
    scale, usual = ready.rows.scale, level.usual
    low, high = (end * scale for end in limits_at(usual, level, ready.rows.told))
    limited = math.isfinite(low)
    sigma = level.spread * level.chance / math.sqrt(usual) * scale
    held = [value for value in ready.values[span[0] : span[1]] if value is not None]
    whole = series.kind == COUNT and options.calendar == AS_COUNTED
    return Segment(
        start=series.start + span[0],
        end=series.start + (span[1] - 1),
        months=level.months,
        mean=level.centre * scale,
        lower=low if limited else None,
        upper=high if limited else None,
        mean_moving_range=sigma * D2 if level.ranges else None,
        provisional=level.made_of < FEWEST_FOR_FIRM_LIMITS,
        limit_months=level.made_of,
        normal=_normal(low, high, floor=min(held) >= 0, whole=whole) if limited else None,
        guards=tuple(
            name
            for place, name in enumerate(GUARDS)
            if level.guards >> place & 1 and name != UNSCREENED
        ),
    )


def _normal(low: float, high: float, *, floor: bool, whole: bool) -> tuple[float, float]:
    low = max(0.0, low) if floor else low
    if whole and math.ceil(low) <= math.floor(high):
        # A whole number lies within the limits if and only if it lies within these.
        return float(math.ceil(low)), float(math.floor(high))
    return low, max(low, high)


def _points(series: Series, ready: Based, chart: LimitsMany) -> tuple[Point, ...]:
    unbased = ~(ready.rows.bases[0] > 0)
    lines = (chart.centre, chart.lower, chart.upper)
    points = []
    for at, (month, value, counted) in enumerate(
        zip(series.months, ready.values, series.values, strict=True)
    ):
        centre, lower, upper = (_drawn(line[0, at]) for line in lines)
        signals = named_signals(int(chart.signals[0, at]))
        sense = MISSING if value is None else sense_of(signals, series.better)
        if value is not None and unbased[at]:
            lower = upper = None
            sense = NOT_JUDGED
        points.append(Point(month, value, counted, centre, lower, upper, signals, sense))
    return tuple(points)


def _drawn(end: float) -> float | None:
    return float(end) if math.isfinite(end) else None


def _span(ready: Based, before: Level, after: Level) -> tuple[float, float] | None:
    """The 95% range of the difference of two levels, in the unit of the reading."""
    scale, family = ready.rows.scale, ready.family
    z = normal_quantile(NINETY_FIVE)
    if family == SHARES:
        bases = [one.bases / max(1.0, one.spread**2) for one in (before, after)]
        span = points_interval(
            after.centre * scale, before.centre * scale, base_now=bases[1], base_then=bases[0]
        )
        return span.low, span.high
    if family == AVERAGES:
        error = math.hypot(*(one.spread / math.sqrt(one.bases) for one in (before, after)))
        gap = after.centre - before.centre
        return (gap - z * error, gap + z * error) if error > 0 else None
    if before.centre <= 0:
        return None
    # log(after / before) has variance sigma_z^2 / events of each; half an event stands for none.
    events = [max(one.centre * one.bases, HALF) for one in (before, after)]
    variances = [one.spread**2 / count for one, count in zip((before, after), events, strict=True)]
    reach = z * math.sqrt(sum(variances))
    ratio = events[1] / after.bases / before.centre
    low, high = (before.centre * (ratio * math.exp(end) - 1) for end in (-reach, reach))
    return low * scale, high * scale
