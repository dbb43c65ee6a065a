"""Draws control charts as Vega-Lite specifications that hold their data and fetch nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

from regard.core.periods import FIRST_MONTH_OF_YEAR, Month
from regard.papers.chart_frame import (
    GREY,
    INK,
    LABEL_GAP,
    WIDTH,
    Axis,
    axis_title,
    framed,
    label_layer,
    target_layer,
    vertical,
)
from regard.papers.chart_values import (
    CHANGE,
    CONCERN,
    IMPROVEMENT,
    NOT_SUPPLIED,
    USUAL,
    ControlChart,
)

MOST_MONTH_LABELS = 6
MONTHS_A_QUARTER = 3
MOST_QUARTERS = 24  # marked between the months that the axis names
LIGHT = "#8b9297"
STEP_LABEL = 58  # pixels that the date of a step takes
# Each kind differs in shape and in lightness; the hues are Okabe and Ito's (2008), told
# apart by colour-blind readers.
LOOKS = {
    USUAL: ("circle", "#8b9297"),
    CONCERN: ("diamond", "#b34700"),
    IMPROVEMENT: ("square", "#0072b2"),
    CHANGE: ("triangle-up", INK),
    NOT_SUPPLIED: ("cross", GREY),
}


def _lines(chart: ControlChart) -> list[float]:
    lines = [end for one in chart.segments for end in (one.lower, one.centre, one.upper)]
    return lines if chart.target is None else [*lines, chart.target]


def _day(month: Month, *, half: int = 0) -> str:
    """The instant of a month on the axis; `half` of −1 or 1 goes half a month back or on."""
    if half < 0:
        previous = month + -1
        return f"{previous.iso}-16T00:00:00Z"
    return f"{month.iso}-{'16' if half else '01'}T00:00:00Z"


def _month_labels(months: Sequence[Month]) -> list[Month]:
    """The months that the axis names: so many as can be read, April among them."""
    for step in (1, 2, 3, 6, 12, 24, 60):
        named = [m for m in months if (m.ordinal - FIRST_MONTH_OF_YEAR + 1) % step == 0]
        if len(named) <= MOST_MONTH_LABELS:
            return named
    return [months[0], months[-1]]


def _ticks(months: Sequence[Month], named: Sequence[Month]) -> list[Month]:
    """The months that the axis marks: those it names, and between them the quarters."""
    if len(months) > MOST_QUARTERS * MONTHS_A_QUARTER:
        return list(named)
    quarters = (m for m in months if (m.number - FIRST_MONTH_OF_YEAR) % MONTHS_A_QUARTER == 0)
    return sorted({*named, *quarters})


def _x(months: Sequence[Month]) -> dict[str, Any]:
    named = _month_labels(months)
    is_named = f"indexof({[m.iso for m in named]}, utcFormat(datum.value, '%Y-%m')) >= 0"
    return {
        "type": "temporal",
        "scale": {"type": "utc", "domain": [_day(months[0], half=-1), _day(months[-1], half=1)]},
        "axis": {
            "title": None,
            "values": [_day(m) for m in _ticks(months, named)],
            "labelExpr": f"{is_named} ? utcFormat(datum.value, '%b %Y') : ''",
            "labelOverlap": False,
            "tickSize": {"condition": {"test": is_named, "value": 7}, "value": 3},
            "tickColor": {"condition": {"test": is_named, "value": GREY}, "value": LIGHT},
            "grid": False,
        },
    }


def control_spec(chart: ControlChart, kinds: Mapping[Month, tuple[str, str]]) -> dict[str, Any]:
    """The specification of a control chart, whose months are of these kinds."""
    axis = Axis.holding([*chart.supplied, *_lines(chart)])
    steps = _steps(chart)
    lines = max((one["line"] + 1 for one in steps), default=0)
    x = _x(chart.months)
    y = vertical(axis, axis_title(chart.name, chart.unit, axis), lines=lines)
    layers = (
        _segment_layers(chart, x, y)
        + _step_layers(steps, x)
        + _value_layers(chart, kinds, axis, (x, y))
    )
    labels = _edge_labels(chart)
    if chart.target is not None:
        layers.append(target_layer(chart.target, y))
    layers.append(label_layer(labels, axis, y))
    return framed(layers)


def _segment_layers(
    chart: ControlChart, x: Mapping[str, Any], y: Mapping[str, Any]
) -> list[dict[str, Any]]:
    rows = [
        {
            "from": _day(one.start, half=-1),
            "to": _day(one.end, half=1),
            "centre": one.centre,
            "lower": one.lower,
            "upper": one.upper,
        }
        for one in chart.segments
    ]
    return [
        {
            "data": {"values": rows},
            "mark": {"type": "rule", "color": INK if name == "centre" else GREY, **look},
            "encoding": {
                "x": {"field": "from", **x},
                "x2": {"field": "to"},
                "y": {"field": name, **y},
            },
        }
        for name, look in (
            ("centre", {"strokeWidth": 1.6}),
            ("lower", {"strokeWidth": 1.2, "strokeDash": [5, 3]}),
            ("upper", {"strokeWidth": 1.2, "strokeDash": [5, 3]}),
        )
        if rows
    ]


def _steps(chart: ControlChart) -> list[dict[str, Any]]:
    """Where one segment ends and the next begins: its day, its date and how the date stands.

    Dates stand above the plot. One that would run into the labels at the right edge stands
    left of its rule, one that would cover the date before it a line higher.
    """
    steps: list[dict[str, Any]] = []
    taken: list[float] = []  # where the dates on each line end
    for _, later in pairwise(chart.segments):
        at = (later.start - chart.start) * WIDTH / len(chart.values)
        left = at if at + STEP_LABEL <= WIDTH else at - STEP_LABEL
        line = next((n for n, end in enumerate(taken) if left >= end), len(taken))
        taken[line : line + 1] = [left + STEP_LABEL]
        month = later.start
        label = f"{month.start:%b %Y}"
        at_day = _day(month, half=-1)
        steps.append({"at": at_day, "label": label, "line": line, "before": left < at})
    return steps


def _step_layers(steps: Sequence[Mapping[str, Any]], x: Mapping[str, Any]) -> list[dict[str, Any]]:
    if not steps:
        return []
    at = {"field": "at", **x}
    rule = {"type": "rule", "color": GREY, "strokeDash": [1, 3], "strokeWidth": 1.4}
    layers = [{"data": {"values": list(steps)}, "mark": rule, "encoding": {"x": at}}]
    for line, before in sorted({(one["line"], one["before"]) for one in steps}):
        rows = [one for one in steps if (one["line"], one["before"]) == (line, before)]
        align = "right" if before else "left"
        text = {"type": "text", "align": align, "baseline": "bottom", "fontSize": 12}
        y = {"value": -2 - line * LABEL_GAP}
        encoding = {"x": at, "y": y, "text": {"field": "label"}}
        layers.append({"data": {"values": rows}, "mark": text, "encoding": encoding})
    return layers


def _value_layers(
    chart: ControlChart,
    kinds: Mapping[Month, tuple[str, str]],
    axis: Axis,
    scales: tuple[Mapping[str, Any], Mapping[str, Any]],
) -> list[dict[str, Any]]:
    x, y = scales
    pairs = list(zip(chart.months, chart.values, strict=True))
    line = [
        {"month": _day(month), "value": value, "run": run}
        for run, (whole, group) in enumerate(groupby(pairs, key=lambda one: one[1] is not None))
        for month, value in group
        if whole
    ]
    points = [
        {
            "month": _day(month),
            "value": axis.low if value is None else value,
            "kind": kinds[month][0],
        }
        for month, value in pairs
    ]
    seen = [kind for kind in LOOKS if any(kind == one["kind"] for one in points)]
    at = {"x": {"field": "month", **x}, "y": {"field": "value", **y}}
    legend = {"symbolSize": 80} if seen != [USUAL] else None
    return [
        {
            "data": {"values": line},
            "mark": {"type": "line", "color": "#8b9297", "strokeWidth": 1.2},
            "encoding": {**at, "detail": {"field": "run", "type": "nominal"}},
        },
        {
            "data": {"values": points},
            "mark": {"type": "point", "filled": True, "opacity": 1},
            "encoding": {
                **at,
                "shape": _scale(seen, 0, legend),
                "color": _scale(seen, 1, legend),
                "size": {
                    "condition": {"test": f"datum.kind === '{USUAL}'", "value": 30},
                    "value": 85,
                },
            },
        },
    ]


def _scale(seen: Sequence[str], which: int, legend: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        "field": "kind",
        "type": "nominal",
        "scale": {"domain": list(seen), "range": [LOOKS[kind][which] for kind in seen]},
        "legend": legend,
    }


def _edge_labels(chart: ControlChart) -> list[tuple[float, str]]:
    labels = []
    if chart.segments:
        last = chart.segments[-1]
        name = "average so far" if last.provisional else "average"
        labels = [
            (last.lower, f"lower limit {chart.said(last.lower)}"),
            (last.centre, f"{name} {chart.said(last.centre)}"),
            (last.upper, f"upper limit {chart.said(last.upper)}"),
        ]
    if chart.target is not None:
        labels.append((chart.target, f"{chart.target_label} {chart.said(chart.target)}"))
    return labels
