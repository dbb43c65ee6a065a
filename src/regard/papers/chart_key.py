"""The key below a chart: each mark as it is drawn, beside what it stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from regard.papers.chart_frame import FULL_WIDTH, TEXT, from_row
from regard.papers.lettering import width_of

BELOW_AXIS = 44  # pixels from the foot of the plot to the middle of the key's first row
GLYPH = 26  # pixels that a line or a band of the key is long
POINT = 14  # pixels that the mark of a point takes
GAP, AFTER = 5, 18  # pixels between a mark and its words, and after them
ROW = 19  # pixels from one row of the key to the next
TALLNESS = 12  # pixels that a band of the key is high


@dataclass(frozen=True)
class Entry:
    """A mark of the key and what it stands for.

    Attributes:
        label: What the mark stands for.
        point: The shape of a point and its colour.
        bands: Pale areas from the outermost in: the colour, the look of the edges.
        line: The look of a line; empty for none.
        is_open: Whether a point is drawn as an outline.
    """

    label: str
    point: tuple[str, str] | None = None
    bands: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    line: Mapping[str, Any] = field(default_factory=dict)
    is_open: bool = False

    @property
    def mark_width(self) -> float:
        """How wide the mark is, in pixels."""
        return POINT if self.point else GLYPH

    @property
    def width(self) -> float:
        """How wide the mark and its words are, in pixels."""
        return self.mark_width + GAP + width_of(self.label, TEXT)


@dataclass(frozen=True)
class _Placed:
    entry: Entry
    left: float
    middle: float


def key_layers(
    entries: Sequence[Entry], *, left: float, top: float, width: float = FULL_WIDTH
) -> list[dict[str, Any]]:
    """The key in as many rows as it needs.

    Args:
        entries: The marks, in order.
        left: Where it begins, in pixels from the left of the plot.
        top: The middle of its first row, in pixels from the top of the plot.
        width: How wide a row may be, in pixels.
    """
    placed: list[_Placed] = []
    at, middle = left, top
    for one in entries:
        if placed and at + one.width > left + width:
            at, middle = left, middle + ROW
        placed.append(_Placed(one, at, middle))
        at += one.width + AFTER
    return [layer for layer in (*_bands(placed), *_lines(placed), *_points(placed)) if layer] + (
        [_words(placed)] if placed else []
    )


def _bands(placed: Sequence[_Placed]) -> list[dict[str, Any]]:
    layers = []
    for one in placed:
        for number, (colour, edge) in enumerate(one.entry.bands):
            half = TALLNESS / 2 - number * TALLNESS / 4
            ends = {"left": one.left, "right": one.left + GLYPH}
            top, bottom = one.middle - half, one.middle + half
            box = [{**ends, "top": top, "bottom": bottom}]
            edges = [{**ends, "top": at, "bottom": at} for at in (top, bottom)]
            layers.append(_layer(box, {"type": "rect", "color": colour}))
            layers.append(_layer(edges, {"type": "rule", **edge}))
    return layers


def _lines(placed: Sequence[_Placed]) -> list[dict[str, Any]]:
    return [
        _layer(
            [
                {
                    "left": one.left,
                    "right": one.left + GLYPH,
                    "top": one.middle,
                    "bottom": one.middle,
                }
            ],
            {"type": "rule", **one.entry.line},
        )
        for one in placed
        if one.entry.line
    ]


def _layer(rows: list[dict[str, float]], mark: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": "key",
        "data": {"values": rows},
        "mark": dict(mark),
        "encoding": from_row(x="left", x2="right", y="top", y2="bottom"),
    }


def _points(placed: Sequence[_Placed]) -> list[dict[str, Any]]:
    return [
        {
            "name": "key",
            "data": {"values": [{"left": one.left + POINT / 2, "top": one.middle}]},
            "mark": {
                "type": "point",
                "filled": not one.entry.is_open,
                "opacity": 1,
                "strokeWidth": 1.2,
                "size": 85,
                "shape": one.entry.point[0],
                "color": one.entry.point[1],
            },
            "encoding": from_row(x="left", y="top"),
        }
        for one in placed
        if one.entry.point
    ]


def _words(placed: Sequence[_Placed]) -> dict[str, Any]:
    rows = [
        {
            "left": round(one.left + one.entry.mark_width + GAP, 1),
            "top": one.middle,
            "label": one.entry.label,
        }
        for one in placed
    ]
    return {
        "name": "key",
        "data": {"values": rows},
        "mark": {"type": "text", "align": "left", "baseline": "middle"},
        "encoding": {**from_row(x="left", y="top"), "text": {"field": "label", "type": "nominal"}},
    }
