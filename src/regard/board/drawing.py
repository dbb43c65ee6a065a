"""A position as a chart: what was read, drawn month by month or wave by wave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from regard.core.periods import MONTHS_A_YEAR, Month
from regard.core.quantities import PERCENT
from regard.core.statements import Statement
from regard.papers.charts import (
    AcceptedStep,
    ControlChart,
    FanMonth,
    Flag,
    Proposal,
    Segment,
    Wave,
    WaveChart,
    control_chart,
    wave_chart,
)
from regard.papers.icons import assurance_icon, variation_icon
from regard.papers.model import Chart, Icon
from regard.papers.year_chart import YearChart, running_totals, year_chart
from regard.plan.standing import Position
from regard.plan.telling import named_area
from regard.signals import Point, Reading
from regard.signals.conventions import NO_TARGET, RULES
from regard.signals.found import Level
from regard.signals.tallies import places_for
from regard.signals.yearend import FanMonth as Foreseen

LONGEST_CHART = 60  # months drawn; five years still tell one month from the next on A4
FEW = 10  # a month; averages below are drawn with a decimal
_KIND = {"improvement": "improvement", "concern": "concern", "special cause": "change"}


def chart_of(position: Position, *, area: str, anchor: str, waves_why: str = "") -> Chart | None:
    """The chart of a position; None if nothing was supplied.

    Args:
        position: What was read.
        area: The area's name, as the chart prints it.
        anchor: The chart's anchor in the paper.
        waves_why: Why limits differ from month to month, where this chart is to say so.
    """
    reading = position.reading
    if reading is None:
        return None
    if position.waves:
        return wave_chart(_waves(position, reading, area, anchor))
    return reading_chart(
        reading,
        area=area,
        anchor=anchor,
        target=getattr(position.promise, "level", None),
        target_label="milestone",
        fan=position.fan,
        waves_why=waves_why,
    )


def icons_of(reading: Reading) -> tuple[Icon, ...]:
    """The icons of the NHS rules for a reading by them; none for another method."""
    if reading.method.name not in RULES:
        return ()
    variation = variation_icon(reading.variation)
    if reading.assurance == NO_TARGET:
        return (variation,)
    return (variation, assurance_icon(reading.assurance))


def reading_chart(
    reading: Reading,
    *,
    area: str,
    anchor: str,
    target: float | None = None,
    target_label: str = "target",
    fan: Sequence[Foreseen] = (),
    waves_why: str = "",
) -> Chart:
    """The last five years of a reading as a control chart, with its icons where it has them.

    Args:
        reading: What was read.
        area: The area's name, as the chart prints it.
        anchor: The chart's anchor.
        target: The level to be reached, in the unit of the reading.
        target_label: What it is called.
        fan: The whole months to come.
        waves_why: Why limits differ from month to month, where this chart is to say so.
    """
    first = max(reading.points[0].month, reading.points[-1].month + (1 - LONGEST_CHART))
    points = [point for point in reading.points if point.month >= first]
    waving = _wave(reading, points)
    chart = ControlChart(
        reading=_title(reading),
        name=reading.series.name,
        scope=area,
        unit=reading.unit,
        start=first,
        values=tuple(point.value for point in points),
        why_missing={
            month: named_area(why, reading.series.scope)
            for month, why in reading.series.why_missing.items()
        },
        segments=() if waving else _segments(reading, first),
        flags=tuple(_flag(point) for point in points if point.sense in _KIND),
        centres=tuple(point.centre for point in points) if waving else (),
        lowers=tuple(point.lower for point in points) if waving else (),
        uppers=tuple(point.upper for point in points) if waving else (),
        steps=_steps(reading, first) if reading.levels and waving else (),
        proposals=_proposals(reading, first) if waving else (),
        fan=_fan(fan, reading.points[-1].month),
        waves_why=waves_why if waving else "",
        target=target,
        target_label=target_label,
        places=_places(reading),
        id=anchor,
    )
    return replace(control_chart(chart), icons=icons_of(reading))


def _wave(reading: Reading, points: Sequence[Point]) -> bool:
    """Whether the limits differ from month to month, with season, length or base."""
    held = [one for one in points if one.lower is not None]
    return len({(one.centre, one.lower, one.upper) for one in held}) > len(reading.segments)


def _steps(reading: Reading, first: Month) -> tuple[AcceptedStep, ...]:
    """The accepted steps drawn, with the level before each carried on for a year."""
    found = []
    for before, after in zip(reading.levels, reading.levels[1:], strict=False):
        if after.accepted and after.start > first:
            found.append(AcceptedStep(after.start, _carried(reading, before, after)))
    return tuple(found)


def _carried(reading: Reading, before: Level, after: Level) -> tuple[float, ...]:
    """Where the level before a step would have run for a year, in its season."""
    at = after.start - reading.series.start
    points = reading.points[at : at + min(MONTHS_A_YEAR, after.end - after.start + 1)]
    # A month's centre over its level is its length and season.
    return tuple(
        before.mean * (point.centre or 0.0) / after.mean if after.mean else before.mean
        for point in points
    )


def _proposals(reading: Reading, first: Month) -> tuple[Proposal, ...]:
    pairs = {
        after.start: (before, after)
        for before, after in zip(reading.levels, reading.levels[1:], strict=False)
    }
    return tuple(
        Proposal(
            month=one.month,
            earliest=max(one.earliest, first),
            latest=one.latest,
            before=one.before.known,
            after=one.after.known,
            confirmed=True,
            carried=_carried(reading, *pairs[one.month]),
        )
        for one in reading.proposals
        if one.month > first
    )


def _fan(foreseen: Sequence[Foreseen], last: Month) -> tuple[FanMonth, ...]:
    """The months to the end of the year, where none of those before them is missing too."""
    fan = tuple(_fan_month(one) for one in foreseen)
    return fan if fan and fan[0].month - last == 1 else ()


def _fan_month(one: Foreseen) -> FanMonth:
    return FanMonth(one.month, one.centre, one.low80, one.high80, one.low95, one.high95)


def year_chart_of(position: Position, *, area: str, anchor: str) -> Chart | None:
    """The year's running total with last year's and how it may end; None without a forecast.

    Args:
        position: What was read.
        area: The area's name, as the chart prints it.
        anchor: The chart's anchor in the paper.
    """
    reading, ending = position.reading, position.ending
    if reading is None or ending is None or not ending.cumulative or ending.simulated:
        return None
    if position.odds is not None and position.odds.settled:
        return None
    year = ending.year
    held = [reading.series.at(month) for month in year.months]
    so_far = running_totals(held)
    if not so_far or len(so_far) + len(ending.cumulative) != MONTHS_A_YEAR:
        return None
    before = running_totals(reading.series.at(month + -MONTHS_A_YEAR) for month in year.months)
    target = position.target
    said = position.odds.said if position.odds is not None else ending.statements()[1]
    return year_chart(
        YearChart(
            reading=said,
            name=position.measure.name,
            scope=area,
            unit=reading.series.unit,
            year=year,
            so_far=so_far,
            last_year=before,
            target=None if target is None else target.value,
            target_label="milestone",
            fan=tuple(_fan_month(one) for one in ending.cumulative),
            id=anchor,
        )
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
