"""Charts as plain data: what is drawn can be read in black and white, in words and as a table."""

from __future__ import annotations

from regard.core.errors import PaperRefused
from regard.papers.chart_tables import control_sheet, control_table, wave_table
from regard.papers.chart_values import (
    AcceptedStep,
    ControlChart,
    FanMonth,
    Flag,
    Proposal,
    Segment,
    Wave,
    WaveChart,
    check_lines,
    kinds_of,
)
from regard.papers.chart_words import control_alt, wave_alt
from regard.papers.drawing import control_spec
from regard.papers.model import Chart
from regard.papers.wave_drawing import wave_spec

__all__ = [
    "AcceptedStep",
    "ControlChart",
    "FanMonth",
    "Flag",
    "Proposal",
    "Segment",
    "Wave",
    "WaveChart",
    "control_chart",
    "wave_chart",
]


def control_chart(chart: ControlChart) -> Chart:
    """A control chart: points, centre line, limits, steps, gaps, target and flagged months.

    With limits that differ from month to month, steps that are only proposed, and months to
    come, where the chart has them.

    Raises:
        PaperRefused: no month has a value, a flag is of a kind nobody knows, or the lines, the
            proposed steps or the months to come do not fit the months of the chart.
    """
    if not chart.supplied:
        raise PaperRefused(
            f"the chart of {chart.name}, {chart.scope} has no value in {len(chart.values)} months",
            expected="at least one month with a value",
            next_step="say in a sentence that nothing was supplied",
        )
    check_lines(chart)
    kinds = kinds_of(chart)
    return Chart(
        spec=control_spec(chart, kinds),
        alt=chart.alt or control_alt(chart, kinds),
        reading=chart.reading,
        table=control_table(chart, kinds),
        sheet=control_sheet(chart, kinds),
        id=chart.id,
        note=chart.waves_why or None,
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
        alt=chart.alt or wave_alt(chart),
        reading=chart.reading,
        table=wave_table(chart),
        id=chart.id,
    )
