"""Draws the months to come: the middle of what may happen within its 80% and 95% ranges.

The two ranges differ in lightness and in how their edges are broken, so that a print in black
and white, and a reader who tells no colours apart, has both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from regard.papers.chart_frame import FAN_80, FAN_95, GREY, INK

Channel = Mapping[str, Any]
EDGE_80 = {"color": INK, "strokeWidth": 1.0, "strokeDash": [4, 2]}
EDGE_95 = {"color": GREY, "strokeWidth": 1.2, "strokeDash": [1.2, 2.4]}
CENTRE = {"color": INK, "strokeWidth": 1.6, "strokeDash": [7, 3]}
BANDS = (("low95", "high95", FAN_95, EDGE_95), ("low80", "high80", FAN_80, EDGE_80))


def fan_layers(rows: Sequence[Mapping[str, Any]], x: Channel, y: Channel) -> list[dict[str, Any]]:
    """Nested bands with their edges and the middle line.

    Args:
        rows: One a place on the axis: `at`, `centre`, `low80`, `high80`, `low95`, `high95`, in
            the unit of the chart.
        x: The horizontal channel.
        y: The vertical channel.
    """
    if not rows:
        return []
    at = {"field": "at", **x}
    layers: list[dict[str, Any]] = []
    for low, high, colour, edge in BANDS:
        between = {"x": at, "y": {"field": low, **y}, "y2": {"field": high}}
        fill = {"type": "area", "color": colour}
        layers.append({"mark": fill, "encoding": between})
        layers.extend(_line(edge, at, {"field": end, **y}) for end in (low, high))
    layers.append(_line(CENTRE, at, {"field": "centre", **y}))
    return [{"name": "fan", "data": {"values": [dict(one) for one in rows]}, "layer": layers}]


def _line(look: Mapping[str, Any], x: Channel, y: Channel) -> dict[str, Any]:
    return {"mark": {"type": "line", **look}, "encoding": {"x": x, "y": y}}
