"""A funnel: areas of unlike size, held against what chance would give each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log10
from statistics import median
from typing import Any

from regard.core.errors import PaperRefused
from regard.core.quantities import said
from regard.papers.chart_frame import (
    BLUE,
    GREY,
    INK,
    LIGHT,
    ORANGE,
    TALL,
    TEXT,
    WIDTH,
    Axis,
    axis_title,
    framed,
    from_row,
    haloed,
    label_layer,
    target_layer,
    vertical,
)
from regard.papers.chart_key import Entry, key_layers
from regard.papers.chart_values import check_finite
from regard.papers.label_placing import Spot, placed
from regard.papers.lettering import width_of
from regard.papers.model import RIGHT, Cell, Chart, Column, Missing, Row, Table, Words

OWN, GROUP, OTHER = "own", "group", "other"
FUNNEL_HEIGHT = TALL + 50  # pixels of the plot
BELOW_TITLE = 62  # pixels from the foot of the plot to the key: below labels and a title
WIDE_APART = 5  # times the middle base, from which a base is drawn on a scale of powers
LIMIT_95 = {"color": GREY, "strokeWidth": 1.2, "strokeDash": [5, 3]}
LIMIT_998 = {"color": INK, "strokeWidth": 1.2}
CENTRE = {"color": LIGHT, "strokeWidth": 1.8}
_LOOKS: dict[str, dict[str, Any]] = {
    OWN: {"shape": "diamond", "fill": ORANGE, "stroke": ORANGE, "size": 150},
    GROUP: {"shape": "square", "fill": BLUE, "stroke": BLUE, "size": 60},
    OTHER: {"shape": "circle", "fill": "white", "stroke": LIGHT, "size": 36},
}
Channel = Mapping[str, Any]


@dataclass(frozen=True)
class FunnelPoint:
    """One area: its base, its figure, whether it is the own force, of its group or another.

    `state` says where it lies, such as `above the 99.8% limit`.
    """

    name: str
    base: float
    value: float | None
    kind: str = OTHER
    state: str = ""
    why_missing: str = "not supplied"


@dataclass(frozen=True)
class FunnelLimit:
    """The limits for one base, in the unit of the figures: 95% within 99.8%."""

    base: float
    low95: float
    high95: float
    low998: float
    high998: float


@dataclass(frozen=True)
class FunnelChart:
    """What a funnel draws, as plain values.

    Attributes:
        reading: What the chart says, in one line; its title.
        name: What is measured.
        scope: The areas, such as `43 forces, year to March 2019`.
        unit: Unit of the figures.
        base_name: What the base is, with its unit, such as `Residents (thousand)`.
        points: The areas.
        limits: The curves, one a base, in rising order of the base.
        centre: The figure that the limits surround, in `unit`.
        centre_label: What it is called.
        target: The promised level, in `unit`, if there is one.
        target_label: What the target is called.
        own_label, group_label: What the key calls the own force and its group.
        places: Decimal places in the table and the labels.
        alt: Alternative text; left empty, it is made from the values.
        id: The anchor in the paper.
        note: A line below the chart.
    """

    reading: Words
    name: str
    scope: str
    unit: str
    base_name: str
    points: tuple[FunnelPoint, ...]
    limits: tuple[FunnelLimit, ...]
    centre: float
    centre_label: str = "all areas"
    target: float | None = None
    target_label: str = "target"
    own_label: str = "this force"
    group_label: str = "most similar forces"
    places: int = 1
    alt: str = ""
    id: str = ""
    note: Words | None = None

    @property
    def told(self) -> tuple[tuple[FunnelPoint, float], ...]:
        """The areas that have a figure, with it: the own force, its group, the others."""
        ranks = (OWN, GROUP, OTHER)
        have = ((one, one.value) for one in self.points if one.value is not None)
        return tuple(sorted(have, key=lambda one: ranks.index(one[0].kind)))

    def said(self, value: float) -> str:
        """A figure as the chart and its table print it, without its unit."""
        return said(value, "", places=self.places)


def funnel_chart(chart: FunnelChart) -> Chart:
    """Areas by size, with the curves between which chance alone would put them.

    Raises:
        PaperRefused: no area has a figure, one is of a kind nobody knows or has no base, or there
            are fewer than two points of the curves.
    """
    check_finite(f"{chart.name}, {chart.scope}", (one.value for one in chart.points))
    for one in chart.points:
        if one.kind not in _LOOKS or one.base <= 0:
            raise PaperRefused(
                f"{one.name} is of the kind {one.kind!r} with a base of {one.base}",
                expected=f"one of {', '.join(_LOOKS)}, and a base above nought",
            )
    if not chart.told or len(chart.limits) < 2:
        raise PaperRefused(
            f"the funnel of {chart.name}, {chart.scope} has {len(chart.told)} figures and "
            f"{len(chart.limits)} points of its limits",
            expected="at least one figure, and curves",
        )
    return Chart(
        spec=_spec(chart),
        alt=chart.alt or _alt(chart),
        reading=chart.reading,
        table=_table(chart),
        id=chart.id,
        note=chart.note,
    )


@dataclass(frozen=True)
class _Bases:
    """The horizontal axis: its ends, and whether it goes by powers."""

    low: float
    high: float
    by_powers: bool

    @classmethod
    def of(cls, chart: FunnelChart) -> _Bases:
        bases = [one.base for one, _ in chart.told]
        by_powers = max(bases) > WIDE_APART * median(bases)
        low = min(bases) * 0.8 if by_powers else 0.0
        return cls(low, max(bases) * (1.25 if by_powers else 1.05), by_powers)

    def pixel(self, base: float) -> float:
        """Where a base stands, in pixels from the left of the plot."""
        if self.by_powers:
            return WIDTH * log10(base / self.low) / log10(self.high / self.low)
        return WIDTH * (base - self.low) / (self.high - self.low)

    def channel(self, title: str) -> dict[str, Any]:
        kind = {"type": "log"} if self.by_powers else {"type": "linear", "zero": False}
        return {
            "type": "quantitative",
            "scale": {**kind, "domain": [self.low, self.high], "nice": False},
            "axis": {"title": title, "grid": False, "tickCount": 5, "format": ",~r"},
        }


def _spec(chart: FunnelChart) -> dict[str, Any]:
    bases = _Bases.of(chart)
    smallest = min(one.base for one, _ in chart.told)
    shown = [one for one in chart.limits if smallest <= one.base <= bases.high]
    ends = [end for one in shown for end in (one.low998, one.high998)]
    targets = [] if chart.target is None else [chart.target]
    axis = Axis.holding(
        [*(value for _, value in chart.told), chart.centre, *ends, *targets], nought=False
    )
    powers = ", on a logarithmic scale" if bases.by_powers else ""
    x = bases.channel(f"{chart.base_name}{powers}")
    y = vertical(axis, axis_title(chart.name, chart.unit, axis))
    layers = [_curves(chart, bases, x, y)]
    if chart.target is not None:
        layers.append(target_layer(chart.target, y))
    names = _names(chart, bases, axis)
    layers += [*names[:1], *_points(chart, x, y), *names[1:]]
    layers.append(label_layer(_labels(chart, shown), axis, y, height=FUNNEL_HEIGHT))
    widest = max(width_of(f"{one:,.{axis.decimals}f}", TEXT) for one in axis.ticks)
    layers += key_layers(_key(chart), left=-widest, top=FUNNEL_HEIGHT + BELOW_TITLE)
    return framed(layers, height=FUNNEL_HEIGHT)


def _curves(chart: FunnelChart, bases: _Bases, x: Channel, y: Channel) -> dict[str, Any]:
    rows = [
        {
            "base": one.base,
            "centre": chart.centre,
            "low95": one.low95,
            "high95": one.high95,
            "low998": one.low998,
            "high998": one.high998,
        }
        for one in chart.limits
        if max(bases.low, min(b.base for b, _ in chart.told) * 0.8) <= one.base <= bases.high
    ]
    looks = (
        ("centre", CENTRE),
        ("low95", LIMIT_95),
        ("high95", LIMIT_95),
        ("low998", LIMIT_998),
        ("high998", LIMIT_998),
    )
    lines = [
        {
            "mark": {"type": "line", "clip": True, **look},
            "encoding": {"x": {"field": "base", **x}, "y": {"field": name, **y}},
        }
        for name, look in looks
    ]
    return {"name": "limits", "data": {"values": rows}, "layer": lines}


def _points(chart: FunnelChart, x: Channel, y: Channel) -> list[dict[str, Any]]:
    layers = []
    for kind in (OTHER, GROUP, OWN):
        rows = [
            {"base": one.base, "value": value, "told": _told(chart, one, value)}
            for one, value in chart.told
            if one.kind == kind
        ]
        if rows:
            encoding = {
                "x": {"field": "base", **x},
                "y": {"field": "value", **y},
                "tooltip": {"field": "told", "type": "nominal"},
            }
            mark = {"type": "point", "opacity": 1, "strokeWidth": 1.2, **_LOOKS[kind]}
            layers.append(
                {"name": kind, "data": {"values": rows}, "mark": mark, "encoding": encoding}
            )
    return layers


def _told(chart: FunnelChart, point: FunnelPoint, value: float) -> str:
    state = f", {point.state}" if point.state else ""
    number = said(value, chart.unit, places=chart.places)
    return f"{point.name}: {number}{state}. {chart.base_name}: {point.base:,g}"


def _names(chart: FunnelChart, bases: _Bases, axis: Axis) -> list[dict[str, Any]]:
    """The names of the own force and of its group, where they cover nothing."""
    spots = [
        Spot(
            bases.pixel(one.base),
            FUNNEL_HEIGHT * (axis.high - value) / (axis.high - axis.low),
            one.name if one.kind != OTHER else "",
        )
        for one, value in chart.told
    ]
    labels = placed(spots, width=WIDTH, height=FUNNEL_HEIGHT)
    rows = [{"left": one.left, "top": one.top, "label": one.name} for one in labels]
    leads = [
        dict(zip(("left", "top", "right", "bottom"), one.leader, strict=True))
        for one in labels
        if one.leader
    ]
    rule = {"type": "rule", "color": GREY, "strokeWidth": 0.8}
    lines = {
        "name": "leaders",
        "data": {"values": leads},
        "mark": rule,
        "encoding": from_row(x="left", y="top", x2="right", y2="bottom"),
    }
    return [lines, *haloed("names", rows)]


def _labels(chart: FunnelChart, shown: Sequence[FunnelLimit]) -> list[tuple[float, str]]:
    labels = [(chart.centre, f"{chart.centre_label} {chart.said(chart.centre)}")]
    if shown:
        last = shown[-1]
        labels += [(last.high95, "95% limits"), (last.high998, "99.8% limits")]
    if chart.target is not None:
        labels.append((chart.target, f"{chart.target_label} {chart.said(chart.target)}"))
    return labels


def _key(chart: FunnelChart) -> list[Entry]:
    names = {OWN: chart.own_label, GROUP: chart.group_label, OTHER: "other areas"}
    kinds = {one.kind for one, _ in chart.told}
    return [
        Entry(name, point=(_LOOKS[kind]["shape"], _LOOKS[kind]["stroke"]), is_open=kind == OTHER)
        for kind, name in names.items()
        if kind in kinds
    ]


def _alt(chart: FunnelChart) -> str:
    last = chart.limits[-1]
    told = [
        f"Funnel of {chart.name}, {chart.scope}, by {chart.base_name.lower()}. "
        f"{chart.centre_label.capitalize()}: {said(chart.centre, chart.unit, places=chart.places)}."
        f" For the largest base the 95% limits are {chart.said(last.low95)} to "
        f"{chart.said(last.high95)} and the 99.8% limits {chart.said(last.low998)} to "
        f"{chart.said(last.high998)}; they are wider for smaller ones."
    ]
    for one, value in chart.told:
        if one.kind != OTHER or one.state:
            state = f", {one.state}" if one.state else ""
            told.append(f"{one.name}: {said(value, chart.unit, places=chart.places)}{state}.")
    if chart.target is not None:
        told.append(f"The {chart.target_label} is {chart.said(chart.target)}.")
    return " ".join(told)


def _table(chart: FunnelChart) -> Table:
    kinds = {OWN: chart.own_label, GROUP: chart.group_label, OTHER: "other"}
    rows = []
    for one in chart.points:
        value: Cell = Missing(one.why_missing) if one.value is None else chart.said(one.value)
        rows.append(
            Row(one.name, (f"{one.base:,g}", value, kinds[one.kind], one.state or "not stated"))
        )
    return Table(
        caption=f"{chart.name}, {chart.scope}",
        stub="Area",
        columns=(
            Column(chart.base_name, align=RIGHT),
            Column("Value", chart.unit, RIGHT),
            Column("Compared as"),
            Column("Where it lies"),
        ),
        rows=tuple(rows),
    )
