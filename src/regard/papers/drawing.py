"""Draws control charts as Vega-Lite specifications that hold their data and fetch nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from regard.core.periods import Month
from regard.papers.chart_frame import (
    BAND,
    BLUE,
    DARK,
    GREY,
    HEIGHT,
    ORANGE,
    PURPLE,
    TALL,
    TEXT,
    Axis,
    axis_title,
    framed,
    label_layer,
    target_layer,
    vertical,
)
from regard.papers.chart_key import BELOW_AXIS, Entry, key_layers
from regard.papers.chart_values import (
    CHANGE,
    CONCERN,
    IMPROVEMENT,
    NOT_SUPPLIED,
    USUAL,
    ControlChart,
)
from regard.papers.fan_drawing import BANDS, fan_layers
from regard.papers.fan_drawing import CENTRE as FAN_CENTRE
from regard.papers.lettering import width_of
from regard.papers.limit_drawing import CENTRE, EXPECTED, LIMIT, WAVING, limit_layers
from regard.papers.month_axis import day, month_axis
from regard.papers.step_drawing import BEFORE, PROPOSED, captions, step_layers

# Each kind differs in shape, and what stands out is larger too.
LOOKS = {
    USUAL: ("circle", DARK),
    CONCERN: ("diamond", ORANGE),
    IMPROVEMENT: ("square", BLUE),
    CHANGE: ("triangle-up", PURPLE),
    NOT_SUPPLIED: ("cross", GREY),
}
# A white edge parts marks that touch.
POINT = {"type": "point", "filled": True, "opacity": 1, "stroke": "white", "strokeWidth": 0.7}
FEW = 40  # months, between which large marks have room
Kinds = Mapping[Month, tuple[str, str]]


def control_spec(chart: ControlChart, kinds: Kinds) -> dict[str, Any]:
    """The specification of a control chart, whose months are of these kinds."""
    axis = Axis.holding([*chart.supplied, *_lines(chart)])
    height = TALL if chart.waves or chart.fan or chart.proposals else HEIGHT
    lines = max((one.line + 1 for one in captions(chart)), default=0)
    x = month_axis(chart.drawn)
    y = vertical(axis, axis_title(chart.name, chart.unit, axis), lines=lines)
    layers = [
        *limit_layers(chart, x, y),
        *fan_layers(_fan_rows(chart), x, y),
        *step_layers(chart, x, y),
    ]
    if chart.target is not None:
        layers.append(target_layer(chart.target, y))
    layers += _value_layers(chart, kinds, axis, (x, y))
    layers.append(label_layer(edge_labels(chart), axis, y, height=height))
    widest = max(width_of(f"{one:,.{axis.decimals}f}", TEXT) for one in axis.ticks)
    layers += key_layers(_key(chart, kinds), left=-widest, top=height + BELOW_AXIS)
    return framed(layers, height=height)


def _lines(chart: ControlChart) -> list[float]:
    """Every value drawn that is not a month's own."""
    lines = [end for one in chart.segments for end in (one.lower, one.centre, one.upper)]
    lines += [end for ends in chart.lines.values() for end in ends]
    lines += [end for one in chart.fan for end in (one.low95, one.high95)]
    lines += [value for one in chart.accepted for value in one.before]
    lines += [one.after for one in chart.proposals]
    return lines if chart.target is None else [*lines, chart.target]


def _fan_rows(chart: ControlChart) -> list[dict[str, Any]]:
    rows = [
        {
            "centre": one.centre,
            "low80": one.low80,
            "high80": one.high80,
            "low95": one.low95,
            "high95": one.high95,
        }
        for one in chart.fan
    ]
    if not rows:
        return []
    middles = [day(one.month) for one in chart.fan]
    first, last = day(chart.fan[0].month, half=-1), day(chart.fan[-1].month, half=1)
    at = zip((first, *middles, last), (rows[0], *rows, rows[-1]), strict=True)
    return [{"at": one, **row} for one, row in at]


def _value_layers(
    chart: ControlChart,
    kinds: Kinds,
    axis: Axis,
    scales: tuple[Mapping[str, Any], Mapping[str, Any]],
) -> list[dict[str, Any]]:
    x, y = scales
    pairs = list(zip(chart.months, chart.values, strict=True))
    line = [
        {"month": day(month), "value": value, "run": run}
        for run, (whole, group) in enumerate(groupby(pairs, key=lambda one: one[1] is not None))
        for month, value in group
        if whole
    ]
    points = [
        {
            "month": day(month),
            "value": axis.low if value is None else value,
            "kind": kinds[month][0],
            "told": told(chart, kinds, month, value),
        }
        for month, value in pairs
    ]
    at = {"x": {"field": "month", **x}, "y": {"field": "value", **y}}
    return [
        {
            "name": "values",
            "data": {"values": line},
            "mark": {"type": "line", "color": DARK, "strokeWidth": 1.2},
            "encoding": {**at, "detail": {"field": "run", "type": "nominal"}},
        },
        {
            "name": "points",
            "data": {"values": points},
            "mark": POINT,
            "encoding": {**at, **_looks(points)},
        },
    ]


def _looks(points: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    seen = [kind for kind in LOOKS if any(kind == one["kind"] for one in points)]
    looks = [
        {
            "field": "kind",
            "type": "nominal",
            "scale": {"domain": seen, "range": [LOOKS[kind][which] for kind in seen]},
            "legend": None,
        }
        for which in (0, 1)
    ]
    usual = {"test": f"datum.kind === '{USUAL}'", "value": 24}
    return {
        "shape": looks[0],
        "color": looks[1],
        "size": {"condition": usual, "value": 85 if len(points) <= FEW else 64},
        "tooltip": {"field": "told", "type": "nominal"},
    }


def told(chart: ControlChart, kinds: Kinds, month: Month, value: float | None) -> str:
    """What a screen says of a month when it is pointed at, its value in the unit of the chart."""
    kind, why = kinds[month]
    if value is None:
        return f"{month}: {why}"
    said = f"{month}: {chart.said(value)} {chart.unit}. {kind}{f': {why}' if why else ''}"
    if month not in chart.lines:
        return said
    centre, lower, upper = (chart.said(one) for one in chart.lines[month])
    return f"{said}. Expected {centre}, limits {lower} to {upper}"


def edge_labels(chart: ControlChart) -> list[tuple[float, str]]:
    """The labels at the right edge, each with the value beside which it stands."""
    labels = _limit_labels(chart)
    if chart.fan:
        last = chart.fan[-1]
        labels = [
            (last.centre, f"expected {chart.said(last.centre)}"),
            (last.high80, f"80%: {chart.said(last.low80)} to {chart.said(last.high80)}"),
            (last.high95, f"95%: {chart.said(last.low95)} to {chart.said(last.high95)}"),
        ]
    if chart.target is not None:
        labels.append((chart.target, f"{chart.target_label} {chart.said(chart.target)}"))
    return labels


def _limit_labels(chart: ControlChart) -> list[tuple[float, str]]:
    if chart.lines:
        name, (centre, lower, upper) = "expected", chart.lines[max(chart.lines)]
    elif chart.segments:
        last = chart.segments[-1]
        name = "average so far" if last.provisional else "average"
        centre, lower, upper = last.centre, last.lower, last.upper
    else:
        return []
    return [
        (lower, f"lower limit {chart.said(lower)}"),
        (centre, f"{name} {chart.said(centre)}"),
        (upper, f"upper limit {chart.said(upper)}"),
    ]


def _key(chart: ControlChart, kinds: Kinds) -> list[Entry]:
    """What the marks stand for that no label names beside them."""
    entries = []
    if chart.fan and chart.waves:
        entries.append(Entry("expected, and limits", bands=((BAND, WAVING),), line=EXPECTED))
    elif chart.fan and chart.segments:
        entries.append(Entry("average, and limits", bands=((BAND, LIMIT),), line=CENTRE))
    carried = chart.waves and any(one.carried for one in chart.proposals)
    if carried or any(one.before for one in chart.accepted):
        entries.append(Entry("level before the step, drawn on", line=BEFORE))
    if chart.proposals and not chart.waves:
        entries.append(Entry("level of the proposed step", line=PROPOSED))
    if chart.fan:
        bands = tuple((colour, edge) for _, _, colour, edge in BANDS)
        entries.append(Entry("to come: 80% and 95% ranges", bands=bands, line=FAN_CENTRE))
    seen = {kind for kind, _ in kinds.values()}
    if seen != {USUAL}:
        entries += [Entry(kind, point=look) for kind, look in LOOKS.items() if kind in seen]
    return entries
