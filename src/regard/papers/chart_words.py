"""Control charts and charts of waves in words: the alternative text, made from the values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from regard.core.periods import MONTHS_A_YEAR, Month
from regard.core.quantities import said
from regard.papers.chart_values import (
    CHANGE,
    CONCERN,
    IMPROVEMENT,
    NOT_SUPPLIED,
    ControlChart,
    FanMonth,
    Proposal,
    Wave,
    WaveChart,
)


def control_alt(chart: ControlChart, kinds: Mapping[Month, tuple[str, str]]) -> str:
    """What a control chart shows, its values in its own unit."""
    months, values = chart.months, chart.supplied
    told = [
        f"Control chart of {chart.name}, {chart.scope}, month by month from {months[0]} to "
        f"{months[-1]}. Values from {chart.said(min(values))} to {chart.said(max(values))} "
        f"{chart.unit}."
    ]
    told += [f"{one}." for one in (*_lines(chart), *steps_said(chart))]
    for kind in (CONCERN, IMPROVEMENT, CHANGE, NOT_SUPPLIED):
        of_kind = [str(month) for month in months if kinds[month][0] == kind]
        if of_kind:
            told.append(f"{kind}: {listed(of_kind)}.")
    if chart.target is not None:
        told.append(f"The {chart.target_label} is {chart.said(chart.target)}.")
    if chart.fan:
        told.append(f"To come, {fan_said(chart.fan[-1], chart.places)}.")
    return " ".join(told)


def _lines(chart: ControlChart) -> Iterator[str]:
    for one in chart.segments:
        yield (
            f"From {one.start} to {one.end} the average is {chart.said(one.centre)}, with limits "
            f"from {chart.said(one.lower)} to {chart.said(one.upper)}"
        )
    if chart.lines:
        last = max(chart.lines)
        centre, lower, upper = (chart.said(one) for one in chart.lines[last])
        yield (
            f"What is expected differs from month to month: in {last} {centre}, with limits from "
            f"{lower} to {upper}"
        )


def steps_said(chart: ControlChart) -> Iterator[str]:
    """The accepted and the proposed steps, a sentence each without its full stop.

    Levels are in the unit of the chart.
    """
    for step in chart.accepted:
        drawn_on = ""
        if step.before:
            first = chart.said(step.before[0])
            last = min(step.month + (len(step.before) - 1), chart.months[-1])
            drawn_on = f"; the level before, {first} in that month, is drawn on to {last}"
        yield f"Step accepted: {step.month}{drawn_on}"
    for one in chart.proposals:
        yield proposal_said(one, chart)


def proposal_said(proposal: Proposal, chart: ControlChart) -> str:
    """A step that nobody has accepted, its levels in the unit of the chart."""
    name = "Step proposed, not accepted" if proposal.confirmed else "Possible step, not confirmed"
    between = " to ".join(dict.fromkeys((str(proposal.earliest), str(proposal.latest))))
    return (
        f"{name}: {proposal.month}, from {chart.said(proposal.before)} to "
        f"{chart.said(proposal.after)}, dated within {between}"
    )


def fan_said(month: FanMonth, places: int) -> str:
    """The middle and the ranges of a month to come, to so many decimal places."""
    centre, low80, high80, low95, high95 = (
        said(one, "", places=places)
        for one in (month.centre, month.low80, month.high80, month.low95, month.high95)
    )
    return (
        f"{month.month}: expected {centre}, 80% range {low80} to {high80}, "
        f"95% range {low95} to {high95}"
    )


def listed(names: Sequence[str], most: int = MONTHS_A_YEAR) -> str:
    """The first names, so many at most, and how many more there are."""
    kept = ", ".join(names[:most])
    return kept if len(names) <= most else f"{kept} and {len(names) - most} more"


def wave_alt(chart: WaveChart) -> str:
    """What a chart of waves shows, each value in its unit with its range."""
    told = [f"Chart of {chart.name}, {chart.scope}, by wave."]
    told += [f"{wave_said(chart, one)}." for one in chart.waves]
    if chart.target is not None:
        target = said(chart.target, chart.unit, places=chart.places)
        told.append(f"The {chart.target_label} is {target}.")
    return " ".join(told)


def wave_said(chart: WaveChart, wave: Wave) -> str:
    """One wave with its range, in the unit of the chart."""
    if wave.value is None:
        return f"{wave.label}: not known, {wave.why_missing or 'not supplied'}"
    number = said(wave.value, chart.unit, places=chart.places)
    return f"{wave.label}: {number}{_range(chart, wave)}"


def _range(chart: WaveChart, wave: Wave) -> str:
    if wave.lower is None or wave.upper is None:
        return ""
    low, high = (said(end, chart.unit, places=chart.places) for end in (wave.lower, wave.upper))
    return f", range {low} to {high}"
