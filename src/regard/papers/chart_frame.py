"""What every chart stands in: its size, its vertical axis, its labels at the right edge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

from regard.papers.lettering import wrapped

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FONT = "Arimo, Arial, sans-serif"
FULL_WIDTH = 640  # pixels of a picture that fill an A4 column, where 13 pixels are 9.5 point
WIDTH, HEIGHT = 440, 135  # pixels of the plot; with its labels it fills that column
TALL = 170  # pixels of a plot that holds more than points and their limits
ROOM = 50  # pixels that the labels of the vertical axis take of the width
LABEL_GAP = 15  # pixels between two labels at the right edge
TEXT = 13  # pixels of the font
TICKS = 5  # as many as read best
PARTS = (3, 4, 5, 6)  # into which the ticks may part an axis; the one that fits closest does
INK, DARK, GREY, LIGHT, PALE = "#0b0c0c", "#383f43", "#505a5f", "#767d82", "#d8dcde"
# The hues of what stands out: Okabe and Ito's (2008), told apart by colour-blind readers, and the
# purple that Making Data Count gives to a change that is neither good nor bad.
ORANGE, BLUE, PURPLE = "#b34700", "#0072b2", "#361475"
# Areas; each has edges of its own. The band lets the axis and its lines show through.
BAND, FAN_80, FAN_95 = "rgba(107,123,133,0.13)", "#c3c9cd", "#e1e5e8"


@dataclass(frozen=True)
class Axis:
    """The vertical axis: its ends and the step between its ticks, in the unit of the values."""

    low: float
    high: float
    step: float

    @classmethod
    def holding(cls, values: Sequence[float], *, nought: bool = True) -> Axis:
        """An axis that holds all values, in their unit; from nought unless that squashes them.

        With `nought` false it starts at nought only where a value lies close by.
        """
        low, high = min(values), max(values)
        empty = high / 2 if nought else (high - low) / 2  # would stay empty below the values
        if low > 0 and low > empty:
            low -= (high - low or high * 0.1) * 0.1
        else:
            low, high = min(low, 0.0), max(high, 0.0)
        high = high if high > low else low + 1
        steps = {_round_step((high - low) / parts) for parts in PARTS}
        fitting = (cls(floor(low / s) * s, ceil(high / s) * s, s) for s in sorted(steps))
        return min(
            fitting, key=lambda one: (round(one.high - one.low, 9), abs(len(one.ticks) - TICKS))
        )

    @property
    def ticks(self) -> list[float]:
        """The values that it names."""
        count = round((self.high - self.low) / self.step)
        return [round(self.low + self.step * index, 9) for index in range(count + 1)]

    @property
    def decimals(self) -> int:
        """Decimal places that the ticks need."""
        return next(n for n in range(10) if abs(round(self.step, n) - self.step) < 1e-9)

    def apart(self, values: Sequence[float], *, height: float = HEIGHT) -> list[float]:
        """Where labels of rising values stand in a plot of that height in pixels, none covered."""
        gap = (self.high - self.low) * LABEL_GAP / height
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


def axis_title(name: str, unit: str, axis: Axis) -> str:
    """The title of the vertical axis, which says so where it does not start at nought."""
    title = name if unit in name else f"{name} ({unit})"
    return title if axis.low <= 0 <= axis.high else f"{title}; axis starts at {axis.low:,g}, not 0"


def vertical(axis: Axis, title: str, *, lines: int = 0) -> dict[str, Any]:
    """The vertical channel of every layer; its title leaves room for lines of words below it."""
    told = wrapped(title, TEXT, FULL_WIDTH - ROOM)
    above = lines + len(told) - 1
    return {
        "type": "quantitative",
        "scale": {"domain": [axis.low, axis.high], "nice": False, "zero": False},
        "axis": {
            "title": told if len(told) > 1 else title,
            "values": axis.ticks,
            "titleAngle": 0,
            "titleAlign": "left",
            "titleAnchor": "end",
            "titleY": -14 - above * LABEL_GAP,
            "titleX": -4,
            "format": f",.{axis.decimals}f",
        },
    }


def framed(layers: list[dict[str, Any]], *, height: float = HEIGHT) -> dict[str, Any]:
    """A specification of these layers in a plot of that height in pixels, as every chart has it."""
    return {
        "$schema": SCHEMA,
        "width": WIDTH,
        "height": height,
        "background": "white",
        "padding": {"left": 4, "right": 4, "top": 4, "bottom": 4},
        "layer": numbered(layers),
        "config": config(),
    }


def numbered(layers: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same layers under names of their own: `key`, `key-2`, `key-3`."""
    seen: Counter[str] = Counter()
    told = []
    for one in layers:
        name = one.get("name", "")
        seen[name] += 1
        again = f"{name}-{seen[name]}" if seen[name] > 1 else name
        told.append({**one, "name": again} if name else one)
    return told


def config(size: int = TEXT) -> dict[str, Any]:
    """The font, in pixels, and the greys of every chart."""
    return {
        "font": FONT,
        "axis": {
            "labelFontSize": size,
            "titleFontSize": size,
            "titleFontWeight": "normal",
            "labelColor": INK,
            "titleColor": INK,
            "gridColor": PALE,
            "domainColor": GREY,
            "tickColor": GREY,
        },
        "text": {"fontSize": size, "color": INK},
        "view": {"stroke": None},
    }


def from_row(**channels: str) -> dict[str, Any]:
    """Channels that take a row's own value, such as a place in pixels, past every scale."""
    return {channel: {"value": {"expr": f"datum.{name}"}} for channel, name in channels.items()}


def haloed(name: str, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Words on the plot, parted from what they cross by a white edge.

    A row says `label`, and `left` and `top` in pixels.
    """
    data = {"values": [dict(one) for one in rows]}
    text = {"type": "text", "align": "left", "baseline": "middle"}
    place = {**from_row(x="left", y="top"), "text": {"field": "label", "type": "nominal"}}
    edge = {"color": "white", "stroke": "white", "strokeWidth": 3, "strokeJoin": "round"}
    layers = [{"mark": {**text, **edge}, "encoding": place}, {"mark": text, "encoding": place}]
    return [{"name": name, "data": data, "layer": layers}]


def target_layer(target: float, y: Mapping[str, Any]) -> dict[str, Any]:
    """The promised level as a line across the plot."""
    return {
        "name": "target",
        "data": {"values": [{"target": target}]},
        "mark": {"type": "rule", "color": INK, "strokeWidth": 1.3, "strokeDash": [10, 3, 2, 3]},
        "encoding": {"y": {"field": "target", **y}},
    }


def label_layer(
    labels: Sequence[tuple[float, str]],
    axis: Axis,
    y: Mapping[str, Any],
    *,
    height: float = HEIGHT,
) -> dict[str, Any]:
    """Labels at the right edge, each beside its line, in a plot of that height in pixels."""
    ordered = sorted(labels)
    heights = axis.apart([value for value, _ in ordered], height=height)
    rows = [
        {"at": height, "label": label} for height, (_, label) in zip(heights, ordered, strict=True)
    ]
    return {
        "name": "labels",
        "data": {"values": rows},
        "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 6},
        "encoding": {
            "x": {"value": WIDTH},
            "y": {"field": "at", **y},
            "text": {"field": "label", "type": "nominal"},
        },
    }
