"""Charts as plain data: what is drawn can be read in black and white, in words and as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from regard.core.errors import PaperRefused
from regard.core.periods import MONTHS_A_YEAR, Month
from regard.core.quantities import said
from regard.papers.chart_tables import control_sheet, control_table, wave_table
from regard.papers.chart_values import (
    CHANGE,
    CONCERN,
    IMPROVEMENT,
    NOT_SUPPLIED,
    ControlChart,
    Flag,
    Segment,
    Wave,
    WaveChart,
    kinds_of,
)
from regard.papers.drawing import control_spec
from regard.papers.model import Chart
from regard.papers.wave_drawing import wave_spec

__all__ = ["ControlChart", "Flag", "Segment", "Wave", "WaveChart", "control_chart", "wave_chart"]


def control_chart(chart: ControlChart) -> Chart:
    """A control chart: points, centre line, limits, steps, gaps, target and flagged months.

    Raises:
        PaperRefused: no month has a value, or a flag is of a kind nobody knows.
    """
    if not chart.supplied:
        raise PaperRefused(
            f"the chart of {chart.name}, {chart.scope} has no value in {len(chart.values)} months",
            expected="at least one month with a value",
            next_step="say in a sentence that nothing was supplied",
        )
    kinds = kinds_of(chart)
    return Chart(
        spec=control_spec(chart, kinds),
        alt=chart.alt or _control_alt(chart, kinds),
        reading=chart.reading,
        table=control_table(chart, kinds),
        sheet=control_sheet(chart, kinds),
        id=chart.id,
    )


def wave_chart(chart: WaveChart) -> Chart:
    """Survey waves as points, each with the range in which the truth lies.

    Raises:
        PaperRefused: no wave has a value.
    """
    if all(one.value is None for one in chart.waves):
        raise PaperRefused(
            f"the chart of {chart.name}, {chart.scope} has no value in {len(chart.waves)} waves",
            expected="at least one wave with a value",
        )
    return Chart(
        spec=wave_spec(chart),
        alt=chart.alt or _wave_alt(chart),
        reading=chart.reading,
        table=wave_table(chart),
        id=chart.id,
    )


def _control_alt(chart: ControlChart, kinds: Mapping[Month, tuple[str, str]]) -> str:
    months, values = chart.months, chart.supplied
    told = [
        f"Control chart of {chart.name}, {chart.scope}, month by month from {months[0]} to "
        f"{months[-1]}. Values from {chart.said(min(values))} to {chart.said(max(values))} "
        f"{chart.unit}."
    ]
    for one in chart.segments:
        told.append(
            f"From {one.start} to {one.end} the average is {chart.said(one.centre)}, with limits "
            f"from {chart.said(one.lower)} to {chart.said(one.upper)}."
        )
    for kind in (CONCERN, IMPROVEMENT, CHANGE, NOT_SUPPLIED):
        of_kind = [str(month) for month in months if kinds[month][0] == kind]
        if of_kind:
            told.append(f"{kind}: {_listed(of_kind)}.")
    if chart.target is not None:
        told.append(f"The {chart.target_label} is {chart.said(chart.target)}.")
    return " ".join(told)


def _listed(names: Sequence[str], most: int = MONTHS_A_YEAR) -> str:
    kept = ", ".join(names[:most])
    return kept if len(names) <= most else f"{kept} and {len(names) - most} more"


def _wave_alt(chart: WaveChart) -> str:
    told = [f"Chart of {chart.name}, {chart.scope}, by wave."]
    for one in chart.waves:
        if one.value is None:
            told.append(f"{one.label}: not known, {one.why_missing or 'not supplied'}.")
            continue
        number = said(one.value, chart.unit, places=chart.places)
        told.append(f"{one.label}: {number}{_range(chart, one)}.")
    if chart.target is not None:
        target = said(chart.target, chart.unit, places=chart.places)
        told.append(f"The {chart.target_label} is {target}.")
    return " ".join(told)


def _range(chart: WaveChart, wave: Wave) -> str:
    if wave.lower is None or wave.upper is None:
        return ""
    low, high = (said(end, chart.unit, places=chart.places) for end in (wave.lower, wave.upper))
    return f", range {low} to {high}"
