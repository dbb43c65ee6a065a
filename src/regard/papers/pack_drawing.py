"""Draws a page of small charts as one Vega-Lite specification, in a grid that fits A4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import floor
from typing import Any

from regard.core.periods import Month
from regard.papers.chart_frame import (
    DARK,
    FULL_WIDTH,
    GREY,
    INK,
    LIGHT,
    SCHEMA,
    Axis,
    config,
    from_row,
    numbered,
)
from regard.papers.chart_values import NOT_SUPPLIED
from regard.papers.drawing import LOOKS, POINT
from regard.papers.lettering import width_of, wrapped
from regard.papers.limit_drawing import band_layers, stairs
from regard.papers.month_axis import day
from regard.papers.pack_values import Panel, Sheet

SMALL = 11  # pixels of the font; 8 point on A4
TITLE = 12  # pixels of a panel's title
LINE = 14  # pixels from one line of words to the next
PAGE = 850  # pixels of a picture as high as an A4 page leaves below a heading and a caption
PLOT = 62  # pixels that the plot of a panel is high
FOOT = 20  # pixels below a plot for its months
BETWEEN = 18  # pixels between two panels, side by side or one above the other
EDGES = 14  # pixels at both sides of a page, for padding and the mark of a last month
FLAG = 14  # pixels that the mark beside a title takes
EDGE = {"color": GREY, "strokeWidth": 0.6}
LINES = (("lower", EDGE), ("upper", EDGE), ("centre", {"color": LIGHT, "strokeWidth": 1}))

Channel = Mapping[str, Any]


@dataclass(frozen=True)
class Grid:
    """The grid of a sheet, the same on all its pages, in pixels.

    Attributes:
        width: Of a panel with its axis.
        axis: What the axis takes of it.
        head: The height of the words above a plot.
    """

    width: float
    axis: float
    head: float

    @classmethod
    def of(cls, sheet: Sheet) -> Grid:
        """The grid that holds every panel of a sheet, its words in as many lines as they need."""
        width = (FULL_WIDTH - EDGES - BETWEEN * (sheet.columns - 1)) / sheet.columns
        axis = max(width_of(text, SMALL) for one in sheet.panels for text in _ends(one)) + 10
        lines = max(len(_words(one, width)) for one in sheet.panels)
        return cls(width, axis, lines * LINE + 7)

    @property
    def plot(self) -> float:
        """How wide a plot is."""
        return self.width - self.axis

    @property
    def rows(self) -> int:
        """How many rows a page holds."""
        return max(1, floor((PAGE + BETWEEN) / (self.head + PLOT + FOOT + BETWEEN)))


def _words(panel: Panel, width: float) -> list[tuple[str, int]]:
    """The lines above a plot, each with the size of its font, in pixels."""
    titles = wrapped(panel.title, TITLE, width - FLAG, bold=True)
    return [
        *((line, TITLE) for line in titles),
        *((line, SMALL) for line in wrapped(panel.state, SMALL, width)),
    ]


def _axis(panel: Panel) -> Axis:
    lines = (*panel.lowers, *panel.uppers, *panel.centres, *panel.values)
    return Axis.holding([one for one in lines if one is not None])


def _ends(panel: Panel) -> list[str]:
    axis = _axis(panel)
    return [f"{end:,.{axis.decimals}f}" for end in (axis.low, axis.high)]


def page_spec(panels: Sequence[Panel], columns: int, grid: Grid) -> dict[str, Any]:
    """The specification of one page."""
    return {
        "$schema": SCHEMA,
        "background": "white",
        "padding": 4,
        "bounds": "flush",
        "columns": columns,
        "spacing": {"row": grid.head + FOOT + BETWEEN, "column": grid.axis + BETWEEN},
        "concat": [_panel(f"panel-{n}", one, grid) for n, one in enumerate(panels, start=1)],
        "config": config(SMALL),
    }


def _panel(name: str, panel: Panel, grid: Grid) -> dict[str, Any]:
    axis, months = _axis(panel), panel.months
    x = {
        "type": "temporal",
        "scale": {"type": "utc", "domain": [day(months[0], half=-1), day(months[-1], half=1)]},
        "axis": {
            "title": None,
            "values": [day(one) for one in dict.fromkeys((months[0], months[-1]))],
            "labelExpr": "utcFormat(datum.value, '%b %Y')",
            "labelFlush": 12,
            "labelOverlap": False,
            "grid": False,
        },
    }
    y = {
        "type": "quantitative",
        "scale": {"domain": [axis.low, axis.high], "nice": False, "zero": False},
        "axis": {"title": None, "values": [axis.low, axis.high], "format": f",.{axis.decimals}f"},
    }
    layers = [_band(panel, x, y), *_values(panel, axis, x, y), *_head(panel, grid)]
    named = [{**one, "name": f"{name}-{one['name']}"} for one in layers]
    return {
        "name": name,
        "width": round(grid.plot, 1),
        "height": PLOT,
        "layer": numbered([one for one in named if one["data"]["values"]]),
    }


def _band(panel: Panel, x: Channel, y: Channel) -> dict[str, Any]:
    lines = zip(panel.months, panel.centres, panel.lowers, panel.uppers, strict=False)
    whole = groupby(lines, key=lambda one: None not in one)
    rows = [
        {**row, "stretch": number}
        for number, (drawn, group) in enumerate(whole)
        if drawn
        for row in _stairs(list(group))
    ]
    return {"name": "limits", "data": {"values": rows}, "layer": band_layers(x, y, LINES)}


def _stairs(lines: Sequence[tuple[Month, Any, Any, Any]]) -> list[dict[str, Any]]:
    names = ("centre", "lower", "upper")
    return stairs(
        [month for month, *_ in lines], [dict(zip(names, one, strict=True)) for _, *one in lines]
    )


def _values(panel: Panel, axis: Axis, x: Channel, y: Channel) -> list[dict[str, Any]]:
    pairs = list(zip(panel.months, panel.values, strict=True))
    line = [
        {"month": day(month), "value": value, "run": run}
        for run, (whole, group) in enumerate(groupby(pairs, key=lambda one: one[1] is not None))
        for month, value in group
        if whole
    ]
    at = {"x": {"field": "month", **x}, "y": {"field": "value", **y}}
    by_run = {"detail": {"field": "run", "type": "nominal"}}
    gaps = [{"month": day(month), "value": axis.low} for month, value in pairs if value is None]
    cross, grey = LOOKS[NOT_SUPPLIED]
    shape, colour = LOOKS[panel.kind.capitalize()]
    month, value = pairs[-1]
    last = [] if value is None else [{"month": day(month), "value": value, "told": _told(panel)}]
    told = {"tooltip": {"field": "told", "type": "nominal"}}
    return [
        {
            "name": "values",
            "data": {"values": line},
            "mark": {"type": "line", "color": DARK, "strokeWidth": 1.2},
            "encoding": {**at, **by_run},
        },
        {
            "name": "gaps",
            "data": {"values": gaps},
            "mark": {**POINT, "shape": cross, "color": grey, "size": 40},
            "encoding": at,
        },
        {
            "name": "last",
            "data": {"values": last},
            "mark": {**POINT, "shape": shape, "color": colour, "size": 70},
            "encoding": {**at, **told},
        },
    ]


def _told(panel: Panel) -> str:
    expected = f", expected {panel.limits}" if panel.limits else ""
    return f"{panel.title}, {panel.months[-1]}: {panel.latest}{expected}. {panel.state}"


def _head(panel: Panel, grid: Grid) -> list[dict[str, Any]]:
    """The mark of the kind, the title and the state, above the plot."""
    left = -grid.axis
    words = _words(panel, grid.width)
    shape, colour = LOOKS[panel.kind.capitalize()]
    mark = [{"left": left + 5, "top": 7 - grid.head}]
    layers = [
        {
            "name": "flag",
            "data": {"values": mark},
            "mark": {**POINT, "shape": shape, "color": colour, "size": 85},
            "encoding": from_row(x="left", y="top"),
        }
    ]
    for size in (TITLE, SMALL):
        rows = [
            {
                "left": left + (FLAG if size == TITLE else 0),
                "top": (number + 0.5) * LINE - grid.head,
                "label": line,
            }
            for number, (line, of_size) in enumerate(words)
            if of_size == size
        ]
        bold = {"stroke": INK, "strokeWidth": 0.4} if size == TITLE else {}
        text = {"type": "text", "align": "left", "baseline": "middle", "fontSize": size, **bold}
        place = {**from_row(x="left", y="top"), "text": {"field": "label", "type": "nominal"}}
        layers.append({"name": "words", "data": {"values": rows}, "mark": text, "encoding": place})
    return layers
