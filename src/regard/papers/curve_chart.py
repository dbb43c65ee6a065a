"""Curves over a number that is chosen or passes, such as PSUs away or hours, with their ranges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from regard.core.errors import PaperRefused
from regard.core.quantities import PERCENT, said
from regard.papers.chart_frame import (
    BLUE,
    DARK,
    GREY,
    INK,
    ORANGE,
    TALL,
    TEXT,
    Axis,
    axis_title,
    framed,
    label_layer,
    target_layer,
    vertical,
)
from regard.papers.chart_key import Entry, key_layers
from regard.papers.chart_values import check_finite
from regard.papers.lettering import width_of
from regard.papers.model import RIGHT, Cell, Chart, Column, Row, Table, Words

Channel = Mapping[str, Any]
MOST = 3  # curves that can be told apart in black and white
MANY = 20  # points from which none is drawn as a mark
BELOW_TITLE = 62  # pixels from the foot of the plot to the key: below labels and a title
LEVEL = 0.95  # of a range, unless the chart says another
EDGE = {"color": GREY, "strokeWidth": 0.6}
# Each differs from the others in its dashes and its marks, not in its colour alone.
LOOKS: tuple[tuple[dict[str, Any], str, str], ...] = (
    ({"color": INK, "strokeWidth": 2.2}, "circle", "rgba(11,12,12,0.13)"),
    ({"color": BLUE, "strokeWidth": 1.8, "strokeDash": [8, 3]}, "square", "rgba(0,114,178,0.14)"),
    ({"color": ORANGE, "strokeWidth": 1.8, "strokeDash": [2, 3]}, "diamond", "rgba(179,71,0,0.14)"),
)


@dataclass(frozen=True)
class CurvePoint:
    """A place of a curve.

    Attributes:
        x: Where it is.
        value: What is read there, in the unit of the chart.
        low, high: The ends of its range; both None where it has none.
    """

    x: float
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Curve:
    """One line: what it is called, and its points in rising order of `x`."""

    name: str
    points: tuple[CurvePoint, ...]


@dataclass(frozen=True)
class Mark:
    """A place on the horizontal axis that stands out, and what it is."""

    x: float
    label: str


@dataclass(frozen=True)
class CurveChart:
    """What a chart of curves draws, as plain values.

    Attributes:
        reading: What the chart says, in one line; its title.
        name: What is measured.
        scope: Of whom, such as the name of a force.
        unit: Unit of the values.
        x_name: What the horizontal axis is, such as `PSUs away`; heads the table.
        curves: One to three.
        marks: Places on the horizontal axis that stand out.
        level: A level to hold the curves against, in `unit`.
        level_label: What it is called.
        places: Decimal places of the values in the table and the labels.
        x_places: The same of the horizontal axis.
        x_labels: What a place of the axis is called in the table, such as a month; its number
            where it is not named.
        range_level: The share (0 to 1) that the ranges hold.
        alt: Alternative text; left empty, it is made from the values.
        id: The anchor in the paper.
        note: A line below the chart.
    """

    reading: Words
    name: str
    scope: str
    unit: str
    x_name: str
    curves: tuple[Curve, ...]
    marks: tuple[Mark, ...] = ()
    level: float | None = None
    level_label: str = ""
    places: int = 1
    x_places: int = 0
    x_labels: Mapping[float, str] | None = None
    range_level: float = LEVEL
    alt: str = ""
    id: str = ""
    note: Words | None = None

    @property
    def range_said(self) -> str:
        """What the ranges are, such as `95% range`."""
        return f"{said(round(100 * self.range_level, 1), PERCENT, places=0)} range"

    def said(self, value: float) -> str:
        """A value as the chart and its table print it, without its unit."""
        return said(value, "", places=self.places)

    def place(self, x: float) -> str:
        """A place of the horizontal axis as the table names it."""
        return (self.x_labels or {}).get(x) or said(x, "", places=self.x_places)


def curve_chart(chart: CurveChart) -> Chart:
    """Curves with their ranges, each told apart without its colour.

    Raises:
        PaperRefused: there are no curves or more than three, one has no points or points out of
            order, a value is none, or a range does not hold its value.
    """
    _check(chart)
    return Chart(
        spec=_spec(chart),
        alt=chart.alt or _alt(chart),
        reading=chart.reading,
        table=_table(chart),
        id=chart.id,
        note=chart.note,
    )


def _check(chart: CurveChart) -> None:
    what = f"{chart.name}, {chart.scope}"
    if not 1 <= len(chart.curves) <= MOST:
        raise PaperRefused(f"{what} has {len(chart.curves)} curves", expected=f"1 to {MOST}")
    for one in chart.curves:
        places = [point.x for point in one.points]
        if not places or places != sorted(set(places)):
            raise PaperRefused(
                f"{one.name} of {what} has its points at {places}",
                expected="at least one point, each further on than the one before",
            )
        for point in one.points:
            check_finite(what, (point.x, point.value, point.low, point.high))
            ends = (point.low, point.high)
            if ends != (None, None) and not _holds(point):
                raise PaperRefused(
                    f"{one.name} of {what} is {point.value} in a range of {ends} at {point.x}",
                    expected="both ends of a range, with the value between them",
                )


def _holds(point: CurvePoint) -> bool:
    low, high = point.low, point.high
    return low is not None and high is not None and low <= point.value <= high


def _spec(chart: CurveChart) -> dict[str, Any]:
    points = [point for one in chart.curves for point in one.points]
    ends = [end for one in points for end in (one.low, one.high) if end is not None]
    levels = [] if chart.level is None else [chart.level]
    axis = Axis.holding([*(one.value for one in points), *ends, *levels])
    x, y = _across(chart), vertical(axis, axis_title(chart.name, chart.unit, axis))
    layers = []
    for one, look in zip(chart.curves, LOOKS, strict=False):
        layers += _band(one, look[2], x, y)
    if chart.level is not None:
        layers.append(target_layer(chart.level, y))
    layers += _marks(chart, x)
    for one, look in zip(chart.curves, LOOKS, strict=False):
        layers += _line(chart, one, look, x, y)
    layers.append(label_layer(_labels(chart), axis, y, height=TALL))
    widest = max(width_of(f"{one:,.{axis.decimals}f}", TEXT) for one in axis.ticks)
    layers += key_layers(_key(chart), left=-widest, top=TALL + BELOW_TITLE)
    return framed([one for one in layers if one["data"]["values"]], height=TALL)


def _across(chart: CurveChart) -> dict[str, Any]:
    places = [point.x for one in chart.curves for point in one.points]
    places += [one.x for one in chart.marks]
    low, high = min(places), max(places)
    return {
        "type": "quantitative",
        "scale": {"domain": [low, high if high > low else low + 1], "nice": False, "zero": False},
        "axis": {"title": chart.x_name, "grid": False, "tickCount": 8, "format": ",~r"},
    }


def _band(curve: Curve, colour: str, x: Channel, y: Channel) -> list[dict[str, Any]]:
    rows = [
        {"x": one.x, "low": one.low, "high": one.high}
        for one in curve.points
        if one.low is not None and one.high is not None
    ]
    data, across = {"values": rows}, {"x": {"field": "x", **x}}
    high, low = {"y": {"field": "high", **y}}, {"y": {"field": "low", **y}}
    area = {"type": "area", "color": colour}
    between = {**across, **high, "y2": {"field": "low"}}
    band = {"name": "ranges", "data": data, "mark": area, "encoding": between}
    edges = [
        {"name": "ends", "data": data, "mark": {"type": "line", **EDGE}, "encoding": across | end}
        for end in (high, low)
    ]
    return [band, *edges]


def _line(
    chart: CurveChart,
    curve: Curve,
    look: tuple[dict[str, Any], str, str],
    x: Channel,
    y: Channel,
) -> list[dict[str, Any]]:
    line, shape, _ = look
    rows = [
        {"x": one.x, "value": one.value, "told": f"{curve.name}: {_told(chart, one)}"}
        for one in curve.points
    ]
    at = {"x": {"field": "x", **x}, "y": {"field": "value", **y}}
    layers = [
        {
            "name": "line",
            "data": {"values": rows},
            "mark": {"type": "line", **line},
            "encoding": at,
        }
    ]
    if len(rows) <= MANY:
        point = {"type": "point", "filled": True, "opacity": 1, "size": 34, "shape": shape}
        layers.append(
            {
                "name": "points",
                "data": {"values": rows},
                "mark": {**point, "color": line["color"]},
                "encoding": {**at, "tooltip": {"field": "told", "type": "nominal"}},
            }
        )
    return layers


def _marks(chart: CurveChart, x: Channel) -> list[dict[str, Any]]:
    rows = [{"x": one.x, "label": one.label} for one in chart.marks]
    rule = {"type": "rule", "color": DARK, "strokeWidth": 1, "strokeDash": [3, 3]}
    at = {"x": {"field": "x", **x}}
    places = [point.x for one in chart.curves for point in one.points]
    middle = (min(places) + max(places)) / 2
    layers = [{"name": "marks", "data": {"values": rows}, "mark": rule, "encoding": at}]
    for align, dx in (("left", 4), ("right", -4)):
        chosen = [
            {"x": one.x, "label": one.label}
            for one in chart.marks
            if (one.x <= middle) == (align == "left")
        ]
        text = {"type": "text", "align": align, "baseline": "top", "dx": dx, "dy": 2}
        named = {**at, "y": {"value": 0}, "text": {"field": "label", "type": "nominal"}}
        layers.append(
            {"name": "named", "data": {"values": chosen}, "mark": text, "encoding": named}
        )
    return layers


def _labels(chart: CurveChart) -> list[tuple[float, str]]:
    ends = [(one.points[-1].value, one.name) for one in chart.curves]
    labels = [(value, f"{name} {chart.said(value)}") for value, name in ends]
    if chart.level is not None:
        labels.append((chart.level, f"{chart.level_label} {chart.said(chart.level)}".strip()))
    return labels


def _key(chart: CurveChart) -> list[Entry]:
    entries = []
    for one, (line, _, band) in zip(chart.curves, LOOKS, strict=False):
        ranged = any(point.low is not None for point in one.points)
        label = f"{one.name}, {chart.range_said}" if ranged else one.name
        entries.append(Entry(label, bands=((band, EDGE),) if ranged else (), line=line))
    return entries


def _told(chart: CurveChart, point: CurvePoint) -> str:
    value = said(point.value, chart.unit, places=chart.places)
    told = f"{chart.place(point.x)} {chart.x_name}: {value}"
    return told if point.low is None else f"{told} ({chart.range_said} {_range(chart, point)})"


def _range(chart: CurveChart, point: CurvePoint) -> str:
    if point.low is None or point.high is None:
        return ""
    return f"{chart.said(point.low)} to {chart.said(point.high)}"


def _alt(chart: CurveChart) -> str:
    told = [f"{chart.name}, {chart.scope}, by {chart.x_name}."]
    for one in chart.curves:
        first, last = one.points[0], one.points[-1]
        told.append(f"{one.name}: at {_told(chart, first)}; at {_told(chart, last)}.")
    if chart.level is not None:
        told.append(f"{chart.level_label}: {said(chart.level, chart.unit, places=chart.places)}.")
    told += [f"{one.label} at {chart.place(one.x)}." for one in chart.marks]
    return " ".join(told)


def _table(chart: CurveChart) -> Table:
    ranged = [any(point.low is not None for point in one.points) for one in chart.curves]
    columns = []
    for one, has in zip(chart.curves, ranged, strict=True):
        columns.append(Column(one.name, chart.unit, RIGHT))
        if has:
            columns.append(Column(f"{one.name}, {chart.range_said}", chart.unit, RIGHT))
    held = [{point.x: point for point in one.points} for one in chart.curves]
    rows = []
    for x in sorted({x for one in held for x in one}):
        cells: list[Cell] = []
        for points, has in zip(held, ranged, strict=True):
            point = points.get(x)
            cells.append("" if point is None else chart.said(point.value))
            if has:
                cells.append("" if point is None else _range(chart, point))
        rows.append(Row(chart.place(x), tuple(cells)))
    return Table(
        caption=f"{chart.name}, {chart.scope}, by {chart.x_name}",
        stub=chart.x_name,
        columns=tuple(columns),
        rows=tuple(rows),
    )
