"""What every chart stands in: its size, its vertical axis, its labels at the right edge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

FONT = "Arimo, Arial, sans-serif"
WIDTH, HEIGHT = 440, 135  # pixels of the plot; with its labels it fills an A4 column at 10 point
LABEL_GAP = 15  # pixels between two labels at the right edge
INK, GREY, PALE = "#0b0c0c", "#505a5f", "#d8dcde"


@dataclass(frozen=True)
class Axis:
    """The vertical axis: its ends and the step between its ticks, in the unit of the values."""

    low: float
    high: float
    step: float

    @classmethod
    def holding(cls, values: Sequence[float]) -> Axis:
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
        """The values that it names."""
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


def axis_title(name: str, unit: str, axis: Axis) -> str:
    """The title of the vertical axis, which says so where it does not start at nought."""
    title = name if unit in name else f"{name} ({unit})"
    return title if axis.low <= 0 <= axis.high else f"{title}; axis starts at {axis.low:,g}, not 0"


def vertical(axis: Axis, title: str, *, lines: int = 0) -> dict[str, Any]:
    """The vertical channel of every layer; its title leaves room for lines of words below it."""
    return {
        "type": "quantitative",
        "scale": {"domain": [axis.low, axis.high], "nice": False, "zero": False},
        "axis": {
            "title": title,
            "values": axis.ticks,
            "titleAngle": 0,
            "titleAlign": "left",
            "titleAnchor": "end",
            "titleY": -14 - lines * LABEL_GAP,
            "titleX": -4,
            "format": f",.{axis.decimals}f",
        },
    }


def framed(layers: list[dict[str, Any]]) -> dict[str, Any]:
    """A specification of these layers, in the size, font and greys of every chart."""
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


def target_layer(target: float, y: Mapping[str, Any]) -> dict[str, Any]:
    """The promised level as a line across the plot."""
    return {
        "data": {"values": [{"target": target}]},
        "mark": {"type": "rule", "color": INK, "strokeWidth": 1.6, "strokeDash": [10, 3, 2, 3]},
        "encoding": {"y": {"field": "target", **y}},
    }


def label_layer(
    labels: Sequence[tuple[float, str]], axis: Axis, y: Mapping[str, Any]
) -> dict[str, Any]:
    """Labels at the right edge, each beside its line."""
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
