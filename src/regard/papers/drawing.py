"""Draws charts as Vega-Lite specifications that hold their data and fetch nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import ceil, floor, log10
from typing import Any

from regard.core.periods import FIRST_MONTH_OF_YEAR, Month
from regard.core.quantities import said
from regard.papers.chart_values import (
    CHANGE,
    CONCERN,
    IMPROVEMENT,
    NOT_SUPPLIED,
    USUAL,
    ControlChart,
    WaveChart,
)

FONT = "Arimo, Arial, sans-serif"
WIDTH, HEIGHT = 440, 230  # pixels of the plot; with its labels it fills an A4 column at 10 point
LABEL_GAP = 15  # pixels between two labels at the right edge
MOST_MONTH_LABELS = 6
INK, GREY, PALE = "#0b0c0c", "#505a5f", "#d8dcde"

# Each kind differs in shape and in lightness; the hues are Okabe and Ito's (2008), told
# apart by colour-blind readers.
_LOOKS = {
    USUAL: ("circle", "#8b9297"),
    CONCERN: ("diamond", "#b34700"),
    IMPROVEMENT: ("square", "#0072b2"),
    CHANGE: ("triangle-up", INK),
    NOT_SUPPLIED: ("cross", GREY),
}


@dataclass(frozen=True)
class _Axis:
    """The vertical axis: its ends and the step between its ticks, in the unit of the values."""

    low: float
    high: float
    step: float

    @classmethod
    def holding(cls, values: Sequence[float]) -> _Axis:
        """An axis that holds all values, from nought unless that would squash them flat."""
        low, high = min(values), max(values)
        if low > 0 and low > high / 2:  # the lower half of the plot would stay empty
            low -= (high - low or high * 0.1) * 0.1
        else:
            low, high = min(low, 0.0), max(high, 0.0)
        high = high if high > low else low + 1
        step = _round_step((high - low) / 4)
        return cls(floor(low / step) * step, ceil(high / step) * step, step)

    @property
    def ticks(self) -> list[float]:
        count = round((self.high - self.low) / self.step)
        return [round(self.low + self.step * index, 9) for index in range(count + 1)]

    @property
    def decimals(self) -> int:
        """Decimal places that the ticks need."""
        return next(n for n in range(10) if abs(round(self.step, n) - self.step) < 1e-9)

    def apart(self, values: Sequence[float]) -> list[float]:
        """Heights for labels of rising values, moved until none covers the next."""
        gap = (self.high - self.low) * LABEL_GAP / HEIGHT
        heights: list[float] = []
        for value in values:
            heights.append(max(value, heights[-1] + gap) if heights else value)
        over = heights[-1] - self.high if heights else 0
        for index in range(len(heights) - 1, -1, -1):
            if over > 0:
                ceiling = self.high - gap * (len(heights) - 1 - index)
                heights[index] = min(heights[index], ceiling)
        return heights


def _round_step(rough: float) -> float:
    """The first of 1, 2, 2.5, 5, 10 times a power of ten that is not below `rough`."""
    power = 10.0 ** floor(log10(rough))
    return next(times * power for times in (1, 2, 2.5, 5, 10) if times * power >= rough * 0.999)


def _lines(chart: ControlChart) -> list[float]:
    lines = [end for one in chart.segments for end in (one.lower, one.centre, one.upper)]
    return lines if chart.target is None else [*lines, chart.target]


def _day(month: Month, *, half: int = 0) -> str:
    """The instant of a month on the axis; `half` of −1 or 1 goes half a month back or on."""
    if half < 0:
        previous = month + -1
        return f"{previous.iso}-16T00:00:00Z"
    return f"{month.iso}-{'16' if half else '01'}T00:00:00Z"


def _month_labels(months: Sequence[Month]) -> list[str]:
    """The months that the axis names: so many as can be read, April among them."""
    for step in (1, 2, 3, 6, 12, 24, 60):
        named = [m for m in months if (m.ordinal - FIRST_MONTH_OF_YEAR + 1) % step == 0]
        if len(named) <= MOST_MONTH_LABELS:
            return [_day(m) for m in named]
    return [_day(months[0]), _day(months[-1])]


def _y_title(name: str, unit: str, axis: _Axis) -> str:
    title = name if unit in name else f"{name} ({unit})"
    return title if axis.low <= 0 <= axis.high else f"{title}; axis starts at {axis.low:,g}, not 0"


def _y(axis: _Axis, title: str) -> dict[str, Any]:
    return {
        "type": "quantitative",
        "scale": {"domain": [axis.low, axis.high], "nice": False, "zero": False},
        "axis": {
            "title": title,
            "values": axis.ticks,
            "titleAngle": 0,
            "titleAlign": "left",
            "titleAnchor": "end",
            "titleY": -14,
            "titleX": -4,
            "format": f",.{axis.decimals}f",
        },
    }


def _x(months: Sequence[Month]) -> dict[str, Any]:
    return {
        "type": "temporal",
        "scale": {"type": "utc", "domain": [_day(months[0], half=-1), _day(months[-1], half=1)]},
        "axis": {
            "title": None,
            "values": _month_labels(months),
            "labelExpr": "utcFormat(datum.value, '%b %Y')",
            "grid": False,
        },
    }


def _base(layers: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": WIDTH,
        "height": HEIGHT,
        "background": "white",
        "padding": {"left": 4, "right": 4, "top": 4, "bottom": 4},
        "layer": layers,
        "config": {
            "font": FONT,
            "axis": {
                "labelFontSize": 13,
                "titleFontSize": 13,
                "titleFontWeight": "normal",
                "labelColor": INK,
                "titleColor": INK,
                "gridColor": PALE,
                "domainColor": GREY,
                "tickColor": GREY,
            },
            "legend": {"labelFontSize": 13, "labelColor": INK, "orient": "bottom", "title": None},
            "text": {"fontSize": 13, "color": INK},
            "view": {"stroke": None},
        },
    }


def control_spec(chart: ControlChart, kinds: Mapping[Month, tuple[str, str]]) -> dict[str, Any]:
    """The specification of a control chart, whose months are of these kinds."""
    axis = _Axis.holding([*chart.supplied, *_lines(chart)])
    x, y = _x(chart.months), _y(axis, _y_title(chart.name, chart.unit, axis))
    layers = _segment_layers(chart, x, y) + _value_layers(chart, kinds, axis, (x, y))
    labels = _edge_labels(chart)
    if chart.target is not None:
        layers.append(_target_layer(chart.target, y))
    layers.append(_label_layer(labels, axis, y))
    return _base(layers)


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
    steps = [{"at": _day(later.start, half=-1)} for _, later in pairwise(chart.segments)]
    names = [
        {"at": _day(later.start, half=-1), "label": f"{later.start.start:%b %Y}"}
        for _, later in pairwise(chart.segments)
    ]
    layers = [
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
    if steps:
        at = {"field": "at", **x}
        rule = {"type": "rule", "color": GREY, "strokeDash": [1, 3], "strokeWidth": 1.4}
        text = {"type": "text", "align": "left", "baseline": "top", "dx": 3, "fontSize": 12}
        layers.append({"data": {"values": steps}, "mark": rule, "encoding": {"x": at}})
        layers.append(
            {
                "data": {"values": names},
                "mark": text,
                "encoding": {"x": at, "y": {"value": 0}, "text": {"field": "label"}},
            }
        )
    return layers


def _value_layers(
    chart: ControlChart,
    kinds: Mapping[Month, tuple[str, str]],
    axis: _Axis,
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
    seen = [kind for kind in _LOOKS if any(kind == one["kind"] for one in points)]
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
        "scale": {"domain": list(seen), "range": [_LOOKS[kind][which] for kind in seen]},
        "legend": legend,
    }


def _target_layer(target: float, y: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "data": {"values": [{"target": target}]},
        "mark": {"type": "rule", "color": INK, "strokeWidth": 1.6, "strokeDash": [10, 3, 2, 3]},
        "encoding": {"y": {"field": "target", **y}},
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


def _label_layer(
    labels: Sequence[tuple[float, str]], axis: _Axis, y: Mapping[str, Any]
) -> dict[str, Any]:
    ordered = sorted(labels)
    heights = axis.apart([value for value, _ in ordered])
    rows = [
        {"at": height, "label": label} for height, (_, label) in zip(heights, ordered, strict=True)
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 6},
        "encoding": {
            "x": {"value": WIDTH},
            "y": {"field": "at", **y},
            "text": {"field": "label", "type": "nominal"},
        },
    }


def wave_spec(chart: WaveChart) -> dict[str, Any]:
    """The specification of a chart of survey waves."""
    ends = [
        end
        for one in chart.waves
        if one.value is not None
        for end in (one.value, one.lower, one.upper)
        if end is not None
    ]
    axis = _Axis.holding(ends if chart.target is None else [*ends, chart.target])
    rows = [
        {"wave": one.label, "value": one.value, "lower": one.lower, "upper": one.upper}
        for one in chart.waves
    ]
    x = {
        "field": "wave",
        "type": "ordinal",
        "sort": None,
        "scale": {"domain": [one.label for one in chart.waves]},
        "axis": {"title": None, "labelAngle": 0, "labelLimit": 0, "labelOverlap": "greedy"},
    }
    y = _y(axis, _y_title(chart.name, chart.unit, axis))
    whole = [row for row in rows if row["value"] is not None]
    ranged = [row for row in whole if row["lower"] is not None and row["upper"] is not None]
    gaps = [{**row, "value": axis.low} for row in rows if row["value"] is None]
    tick = {"type": "tick", "color": INK, "thickness": 1.6, "size": 12, "orient": "horizontal"}
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": ranged},
            "mark": {"type": "rule", "color": INK, "strokeWidth": 1.6},
            "encoding": {"x": x, "y": {"field": "lower", **y}, "y2": {"field": "upper"}},
        },
        *(
            {
                "data": {"values": ranged},
                "mark": tick,
                "encoding": {"x": x, "y": {"field": end, **y}},
            }
            for end in ("lower", "upper")
        ),
        {
            "data": {"values": whole},
            "mark": {"type": "point", "filled": True, "opacity": 1, "color": INK, "size": 60},
            "encoding": {"x": x, "y": {"field": "value", **y}},
        },
        {
            "data": {"values": gaps},
            "mark": {
                "type": "point",
                "filled": True,
                "opacity": 1,
                "color": GREY,
                "size": 85,
                "shape": "cross",
            },
            "encoding": {"x": x, "y": {"field": "value", **y}},
        },
        {
            "data": {"values": gaps},
            "mark": {"type": "text", "dy": -14, "fontSize": 12},
            "encoding": {"x": x, "y": {"field": "value", **y}, "text": {"value": "not known"}},
        },
    ]
    if chart.target is not None:
        label = f"{chart.target_label} {said(chart.target, '', places=chart.places)}"
        layers.append(_target_layer(chart.target, y))
        layers.append(_label_layer([(chart.target, label)], axis, y))
    return _base(layers)
