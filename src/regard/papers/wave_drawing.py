"""Draws survey waves as Vega-Lite specifications: points with the ranges that hold the truth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from regard.core.quantities import said
from regard.papers.chart_frame import (
    GREY,
    INK,
    Axis,
    axis_title,
    framed,
    label_layer,
    target_layer,
    vertical,
)
from regard.papers.chart_values import Wave, WaveChart
from regard.papers.chart_words import wave_said


def wave_spec(chart: WaveChart) -> dict[str, Any]:
    """The specification of a chart of survey waves."""
    told = [one for one in chart.waves if one.value is not None]
    ends = [end for one in told for end in (one.value, one.lower, one.upper) if end is not None]
    axis = Axis.holding(ends if chart.target is None else [*ends, chart.target])
    x = {
        "field": "wave",
        "type": "ordinal",
        "sort": None,
        "scale": {"domain": [one.label for one in chart.waves]},
        "axis": {"title": None, "labelAngle": 0, "labelLimit": 0, "labelOverlap": "greedy"},
    }
    y = vertical(axis, axis_title(chart.name, chart.unit, axis))
    gaps = [one for one in chart.waves if one.value is None]
    layers = [*_range_layers(chart, x, y), *_gap_layers(gaps, axis.low, x, y)]
    if chart.target is not None:
        label = f"{chart.target_label} {said(chart.target, '', places=chart.places)}"
        layers.append(target_layer(chart.target, y))
        layers.append(label_layer([(chart.target, label)], axis, y))
    return framed(layers)


def _range_layers(
    chart: WaveChart, x: Mapping[str, Any], y: Mapping[str, Any]
) -> list[dict[str, Any]]:
    rows = [
        {
            "wave": one.label,
            "value": one.value,
            "lower": one.lower,
            "upper": one.upper,
            "told": wave_said(chart, one),
        }
        for one in chart.waves
        if one.value is not None
    ]
    ranged = [row for row in rows if row["lower"] is not None and row["upper"] is not None]
    rule = {"type": "rule", "color": INK, "strokeWidth": 1.6}
    tick = {"type": "tick", "color": INK, "thickness": 1.6, "size": 12, "orient": "horizontal"}
    point = {"type": "point", "filled": True, "opacity": 1, "color": INK, "size": 60}
    both = {"x": x, "y": {"field": "lower", **y}, "y2": {"field": "upper"}}
    return [
        {"data": {"values": ranged}, "mark": rule, "encoding": both},
        *(
            {
                "data": {"values": ranged},
                "mark": tick,
                "encoding": {"x": x, "y": {"field": end, **y}},
            }
            for end in ("lower", "upper")
        ),
        {
            "data": {"values": rows},
            "mark": point,
            "encoding": {
                "x": x,
                "y": {"field": "value", **y},
                "tooltip": {"field": "told", "type": "nominal"},
            },
        },
    ]


def _gap_layers(
    waves: Sequence[Wave], floor: float, x: Mapping[str, Any], y: Mapping[str, Any]
) -> list[dict[str, Any]]:
    rows = {"values": [{"wave": one.label, "value": floor} for one in waves]}
    cross = {"type": "point", "filled": True, "opacity": 1, "color": GREY, "size": 85}
    text = {"type": "text", "dy": -14, "fontSize": 12}
    at = {"x": x, "y": {"field": "value", **y}}
    return [
        {"data": rows, "mark": {**cross, "shape": "cross"}, "encoding": at},
        {"data": rows, "mark": text, "encoding": {**at, "text": {"value": "not known"}}},
    ]
