"""A position as a chart: what was read, drawn month by month or wave by wave."""

from __future__ import annotations

from regard.core.periods import Month
from regard.core.quantities import PERCENT
from regard.core.statements import Statement
from regard.papers.charts import (
    ControlChart,
    Flag,
    Segment,
    Wave,
    WaveChart,
    control_chart,
    wave_chart,
)
from regard.papers.model import Chart
from regard.plan.standing import Position
from regard.plan.telling import named_area
from regard.signals import Point, Reading
from regard.signals.tallies import places_for

LONGEST_CHART = 60  # months drawn; five years still tell one month from the next on A4
FEW = 10  # a month; averages below are drawn with a decimal
_KIND = {"improvement": "improvement", "concern": "concern", "special cause": "change"}


def chart_of(position: Position, *, area: str, anchor: str) -> Chart | None:
    """The chart of a position; None if nothing was supplied.

    Args:
        position: What was read.
        area: The area's name, as the chart prints it.
        anchor: The chart's anchor in the paper.
    """
    reading = position.reading
    if reading is None:
        return None
    if position.waves:
        return wave_chart(_waves(position, reading, area, anchor))
    return control_chart(_control(position, reading, area, anchor))


def _control(position: Position, reading: Reading, area: str, anchor: str) -> ControlChart:
    last = reading.points[-1].month
    first = max(reading.points[0].month, last + (1 - LONGEST_CHART))
    points = [point for point in reading.points if point.month >= first]
    level = getattr(position.promise, "level", None)
    return ControlChart(
        reading=_title(reading),
        name=position.measure.name,
        scope=area,
        unit=reading.unit,
        start=first,
        values=tuple(point.value for point in points),
        why_missing={
            month: named_area(why, reading.series.scope)
            for month, why in reading.series.why_missing.items()
        },
        segments=_segments(reading, first),
        flags=tuple(_flag(point) for point in points if point.sense in _KIND),
        target=level,
        target_label="milestone",
        places=_places(reading),
        id=anchor,
    )


def _places(reading: Reading) -> int:
    """Decimal places of the values drawn: counts are whole, unless an average would say little."""
    if reading.current.mean < FEW:
        return max(1, places_for(reading.current.mean, reading.unit))
    return 1 if reading.unit == PERCENT else 0


def _title(reading: Reading) -> Statement:
    return reading.statements()[0]


def _segments(reading: Reading, first: Month) -> tuple[Segment, ...]:
    return tuple(
        Segment(
            start=max(one.start, first),
            end=one.end,
            centre=one.mean,
            lower=one.lower,
            upper=one.upper,
            provisional=one.provisional,
        )
        for one in reading.segments
        if one.end >= first and one.lower is not None and one.upper is not None
    )


def _flag(point: Point) -> Flag:
    return Flag(point.month, _KIND[point.sense], ", ".join(point.signals))


def _waves(position: Position, reading: Reading, area: str, anchor: str) -> WaveChart:
    waves = []
    for one in position.waves:
        span = one.figure.interval
        waves.append(
            Wave(
                label=f"{one.month.start:%b %Y}",
                value=one.figure.value,
                lower=None if span is None else span.low,
                upper=None if span is None else span.high,
                why_missing=one.figure.missing,
            )
        )
    return WaveChart(
        reading=_title(reading),
        name=position.measure.name,
        scope=area,
        unit=reading.unit,
        waves=tuple(waves),
        target=getattr(position.promise, "level", None),
        target_label="milestone",
        id=anchor,
    )
