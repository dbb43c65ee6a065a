"""A reading made with an individuals chart: segments, points, icons."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from regard.core.periods import MEAN_MONTH_DAYS
from regard.core.quantities import PERCENT
from regard.core.series import COUNT, PROPORTION, Series
from regard.signals.conventions import (
    AS_COUNTED,
    FEWEST_FOR_FIRM_LIMITS,
    GUARDS,
    NOT_JUDGED,
    PER_MEAN_MONTH,
    Rules,
)
from regard.signals.judging import (
    MISSING,
    assurance_of,
    marked_by_length,
    sense_of,
    variation_of,
    without_limits,
)
from regard.signals.narration import narrate
from regard.signals.readings import MethodVersion, Options, Point, Reading, Segment
from regard.signals.runs import median
from regard.signals.steps import level_changes
from regard.signals.xmr import Group, Xmr, xmr

WIDER = 1.5  # a gap is a step wider than one and a half usual ones


@dataclass(frozen=True)
class Charted:
    """A series with its chart: the values charted, how often they come, groups and signals."""

    values: tuple[float | None, ...]
    cadence: int
    chart: Xmr


def cadence(series: Series) -> int:
    """The usual step between readings: 1 for a monthly series, 6 for half-yearly waves.

    Only proportions, which surveys give, come in waves; a count is of every month.
    """
    if series.kind != PROPORTION:
        return 1
    months = [month.ordinal for month, _ in series.supplied]
    steps = [after - before for before, after in zip(months, months[1:], strict=False)]
    return max(1, math.floor(median(steps))) if steps else 1


def on_calendar(series: Series, calendar: str) -> tuple[float | None, ...]:
    """The values as counted, or on months of 30.4375 days (not proportions)."""
    if calendar == AS_COUNTED or series.kind == PROPORTION:
        return series.values
    return tuple(
        None if value is None else value * MEAN_MONTH_DAYS / month.days
        for month, value in zip(series.months, series.values, strict=True)
    )


def charted(series: Series, options: Options, rules: Rules) -> Charted:
    """The chart of a series on one calendar."""
    step = cadence(series)
    values = on_calendar(series, options.calendar)
    columns = [month - series.start for month in options.baselines]
    chart = xmr(
        values,
        rules=rules,
        rebase=[column for column in columns if 0 < column < len(values)],
        freeze=options.freeze,
        counts=series.kind == COUNT,
        bases=series.bases if series.kind == PROPORTION else None,
        widest_gap=math.floor(WIDER * step),
    )
    return Charted(values, step, chart)


def read_chart(
    series: Series, options: Options, *, rules: Rules, version: MethodVersion
) -> Reading:
    """Read a series with an individuals chart and its rules.

    Args:
        series: Values in their own unit.
        options: How it is to be read.
        rules: The chart's rules.
        version: How the method is named in figures.
    """
    made = charted(series, options, rules)
    segments = tuple(_segment(series, options, group) for group in made.chart.groups)
    unit = series.unit
    if options.calendar == PER_MEAN_MONTH and series.kind != PROPORTION:
        unit = f"{series.unit} {PER_MEAN_MONTH}"
    elif made.cadence == 1 and series.unit != PERCENT:
        unit = f"{series.unit} a month"
    reading = Reading(
        series=series,
        method=version,
        options=options,
        unit=unit,
        cadence=made.cadence,
        segments=segments,
        points=_points(series, made),
        variation=NOT_JUDGED,
        assurance=assurance_of(series.better, options.target, segments[-1]),
    )
    variation = variation_of(reading, guarded=rules.guarded, conflict=rules.conflict)
    reading = replace(reading, variation=variation, changes=level_changes(reading))
    if rules.guarded and (reading.is_early or reading.is_sparse):
        reading = without_limits(reading)
    other = replace(
        options, calendar=AS_COUNTED if options.calendar == PER_MEAN_MONTH else PER_MEAN_MONTH
    )
    evened = None
    if series.kind == COUNT and made.cadence == 1:
        evened = charted(series, other, rules).chart.signals
        reading = marked_by_length(reading, evened)
    flags, said = narrate(reading, rules=rules, other_calendar=evened)
    return replace(reading, flags=flags, said=said)


def _segment(series: Series, options: Options, group: Group) -> Segment:
    limited = math.isfinite(group.lower)
    whole = series.kind == COUNT and options.calendar == AS_COUNTED
    return Segment(
        start=series.start + group.start,
        end=series.start + (group.stop - 1),
        months=group.points,
        mean=group.mean,
        lower=group.lower if limited else None,
        upper=group.upper if limited else None,
        mean_moving_range=group.mean_range if math.isfinite(group.mean_range) else None,
        provisional=group.base_points < FEWEST_FOR_FIRM_LIMITS,
        limit_months=group.base_points,
        normal=_normal(series, group, whole) if limited else None,
        guards=tuple(name for place, name in enumerate(GUARDS) if group.guards >> place & 1),
    )


def _normal(series: Series, group: Group, whole: bool) -> tuple[float, float]:
    low, high = group.lower, group.upper
    if group.mean >= 0:
        low = max(0.0, low)
    if series.kind == PROPORTION:
        high = min(100.0, high)
    if whole and math.ceil(low) <= math.floor(high):
        # A whole number lies within the limits if and only if it lies within these.
        low, high = math.ceil(low), math.floor(high)
    return float(low), float(max(low, high))


def _points(series: Series, made: Charted) -> tuple[Point, ...]:
    chart = made.chart.chart
    return tuple(
        Point(
            month=month,
            value=value,
            counted=counted,
            centre=centre,
            lower=lower,
            upper=upper,
            signals=signals,
            sense=MISSING if value is None else sense_of(signals, series.better),
        )
        for month, value, counted, centre, lower, upper, signals in zip(
            series.months,
            made.values,
            series.values,
            _drawn(chart.centre),
            _drawn(chart.lower),
            _drawn(chart.upper),
            made.chart.signals,
            strict=True,
        )
    )


def _drawn(line: NDArray[np.float64]) -> list[float | None]:
    """A line of one row, None where it has no place."""
    return [value if math.isfinite(value) else None for value in line[0].tolist()]
