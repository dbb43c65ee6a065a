"""Draws what is expected of each month: a pale band between the limits, and the centre line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from regard.core.periods import Month
from regard.papers.chart_frame import BAND, GREY, INK, LIGHT
from regard.papers.chart_values import ControlChart
from regard.papers.month_axis import day

Channel = Mapping[str, Any]
Row = dict[str, Any]
CENTRE = {"color": INK, "strokeWidth": 1.6}
LIMIT = {"color": GREY, "strokeWidth": 1.1, "strokeDash": [5, 3]}
EXPECTED = {"color": LIGHT, "strokeWidth": 1.8}  # lighter than the values, which cross it often
WAVING = {"color": GREY, "strokeWidth": 0.8}  # a dash would break at every corner of the stairs
STAIRS = "step-after"  # a month's line holds until its last day


def limit_layers(chart: ControlChart, x: Channel, y: Channel) -> list[dict[str, Any]]:
    """The band between the limits and the centre line, level or from month to month."""
    return _waving(chart, x, y) if chart.waves else _level(chart, x, y)


def stairs(months: Sequence[Month], rows: Sequence[Row]) -> list[Row]:
    """Rows of consecutive months as stairs: each from its first day, the last to its end."""
    steps = [{"at": day(month, half=-1), **row} for month, row in zip(months, rows, strict=True)]
    return [*steps, {**steps[-1], "at": day(months[-1], half=1)}] if steps else []


def _level(chart: ControlChart, x: Channel, y: Channel) -> list[dict[str, Any]]:
    if not chart.segments:
        return []
    rows = [
        {
            "from": day(one.start, half=-1),
            "to": day(one.end, half=1),
            "centre": one.centre,
            "lower": one.lower,
            "upper": one.upper,
        }
        for one in chart.segments
    ]
    span = {"x": {"field": "from", **x}, "x2": {"field": "to"}}
    band = {**span, "y": {"field": "lower", **y}, "y2": {"field": "upper"}}
    layers = [{"mark": {"type": "rect", "color": BAND}, "encoding": band}]
    layers.extend(
        {"mark": {"type": "rule", **look}, "encoding": {**span, "y": {"field": name, **y}}}
        for name, look in (("lower", LIMIT), ("upper", LIMIT), ("centre", CENTRE))
    )
    return [{"name": "limits", "data": {"values": rows}, "layer": layers}]


def _waving(chart: ControlChart, x: Channel, y: Channel) -> list[dict[str, Any]]:
    rows = [row for stretch in _stretches(chart) for row in stretch]
    looks = (("lower", WAVING), ("upper", WAVING), ("centre", EXPECTED))
    return [{"name": "limits", "data": {"values": rows}, "layer": band_layers(x, y, looks)}]


def band_layers(
    x: Channel, y: Channel, looks: Sequence[tuple[str, Mapping[str, Any]]]
) -> list[dict[str, Any]]:
    """A band from `lower` to `upper` and its lines in stairs, of rows that `stairs` made.

    Args:
        x: The horizontal channel.
        y: The vertical channel.
        looks: The lines from the first drawn to the last: the name of the value, its look.
    """
    at = {"x": {"field": "at", **x}, "detail": {"field": "stretch", "type": "nominal"}}
    return [
        {
            "mark": {"type": "area", "interpolate": STAIRS, "color": BAND},
            "encoding": {**at, "y": {"field": "lower", **y}, "y2": {"field": "upper"}},
        },
        *(
            {
                "mark": {"type": "line", "interpolate": STAIRS, **look},
                "encoding": {**at, "y": {"field": name, **y}},
            }
            for name, look in looks
        ),
    ]


def _stretches(chart: ControlChart) -> Iterator[list[Row]]:
    """The stairs of months without a gap and without an accepted step between them."""
    lines = chart.lines
    breaks = {one.month for one in chart.accepted}
    held: list[Month] = []
    number = 0
    for month in (*chart.months, None):
        ends = month is None or month not in lines or month in breaks
        if held and ends:
            told = [
                dict(zip(("centre", "lower", "upper"), lines[one], strict=True)) for one in held
            ]
            yield [{**row, "stretch": number} for row in stairs(held, told)]
            held, number = [], number + 1
        if month is not None and month in lines:
            held.append(month)
