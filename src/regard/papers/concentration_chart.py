"""What share of crime lies in what share of places, beside what chance alone would put there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from regard.core.errors import PaperRefused
from regard.core.quantities import PERCENT, said
from regard.papers.chart_frame import (
    GREY,
    INK,
    TALL,
    TEXT,
    WIDTH,
    Axis,
    framed,
    haloed,
    vertical,
)
from regard.papers.chart_key import Entry, key_layers
from regard.papers.label_placing import Spot, placed
from regard.papers.lettering import width_of
from regard.papers.model import RIGHT, Cell, Chart, Column, Missing, Row, Table, Words

FOUND = {"color": INK, "strokeWidth": 2.2}
BY_CHANCE = {"color": GREY, "strokeWidth": 1.4, "strokeDash": [5, 3]}
BELOW_TITLE = 62  # pixels from the foot of the plot to the key: below labels and a title
WHOLE = 100.0
Channel = Mapping[str, Any]


@dataclass(frozen=True)
class Share:
    """A share of crime and the least share of places that holds it, both in per cent.

    `by_chance` is the share of places that would hold it if chance alone spread the crimes.
    """

    crime: float
    places: float
    by_chance: float | None = None


@dataclass(frozen=True)
class ConcentrationChart:
    """What a curve of concentration draws, as plain values.

    Attributes:
        reading: What the chart says, in one line; its title.
        name: What was counted, as it stands within a sentence.
        scope: The area and the months.
        places_name: What the places are, such as `LSOAs`.
        curve: Share of places against share of crime, the busiest places first, in per cent.
        marks: The shares that are named on the curve, and stand in the table.
        chance_curve: The same if chance alone spread the crimes; empty where not known.
        alt: Alternative text; left empty, it is made from the values.
        id: The anchor in the paper.
        note: A line below the chart.
    """

    reading: Words
    name: str
    scope: str
    places_name: str
    curve: tuple[tuple[float, float], ...]
    marks: tuple[Share, ...]
    chance_curve: tuple[tuple[float, float], ...] = ()
    alt: str = ""
    id: str = ""
    note: Words | None = None


def concentration_chart(chart: ConcentrationChart) -> Chart:
    """The share of crime by the share of places, with the curve that chance alone would give.

    Raises:
        PaperRefused: there is no curve or no mark, or a share lies outside 0% to 100%.
    """
    if not chart.curve or not chart.marks:
        raise PaperRefused(
            f"the concentration of {chart.name}, {chart.scope} has {len(chart.curve)} points and "
            f"{len(chart.marks)} marks",
            expected="at least one of each",
        )
    marks = (end for one in chart.marks for end in (one.crime, one.places, one.by_chance or 0.0))
    curves = (end for pair in (*chart.curve, *chart.chance_curve) for end in pair)
    for share in (*marks, *curves):
        if not 0 <= share <= WHOLE:
            raise PaperRefused(
                f"{share}% of {chart.name} or of {chart.places_name} is no share",
                expected="shares from 0 to 100 per cent",
            )
    return Chart(
        spec=_spec(chart),
        alt=chart.alt or _alt(chart),
        reading=chart.reading,
        table=_table(chart),
        id=chart.id,
        note=chart.note,
    )


def _spec(chart: ConcentrationChart) -> dict[str, Any]:
    axis = Axis(0.0, WHOLE, 25.0)
    x = {
        "type": "quantitative",
        "scale": {"domain": [0, WHOLE], "nice": False},
        "axis": {
            "title": f"Share of {chart.places_name}, the busiest first (%)",
            "grid": False,
            "values": [0, 20, 40, 60, 80, WHOLE],
        },
    }
    y = vertical(axis, f"Share of {chart.name} (%)")
    layers = [
        _line("by-chance", chart.chance_curve, BY_CHANCE, (x, y)),
        _line("found", chart.curve, FOUND, (x, y)),
        *_marks(chart, x, y),
        *haloed("names", _names(chart)),
        *key_layers(
            [
                Entry("as recorded", line=FOUND),
                *([Entry("by chance alone", line=BY_CHANCE)] if chart.chance_curve else []),
            ],
            left=-width_of("100", TEXT),
            top=TALL + BELOW_TITLE,
        ),
    ]
    return framed([one for one in layers if one["data"]["values"]], height=TALL)


def _line(
    name: str,
    curve: Sequence[tuple[float, float]],
    look: Mapping[str, Any],
    scales: tuple[Channel, Channel],
) -> dict[str, Any]:
    x, y = scales
    return {
        "name": name,
        "data": {"values": [{"places": places, "crime": crime} for places, crime in curve]},
        "mark": {"type": "line", **look},
        "encoding": {"x": {"field": "places", **x}, "y": {"field": "crime", **y}},
    }


def _marks(chart: ConcentrationChart, x: Channel, y: Channel) -> list[dict[str, Any]]:
    """The shares that are named, each with a line to where chance alone would put it."""
    rows = [
        {
            "places": one.places,
            "crime": one.crime,
            "by_chance": one.by_chance,
            "told": _told(chart, one),
        }
        for one in chart.marks
    ]
    at = {"x": {"field": "places", **x}, "y": {"field": "crime", **y}}
    rule = {"type": "rule", "color": GREY, "strokeWidth": 0.8, "strokeDash": [1.5, 2]}
    point = {"type": "point", "filled": True, "opacity": 1, "color": INK, "size": 70}
    ring = {**point, "filled": False, "fill": "white", "color": GREY, "size": 50}
    known = [row for row in rows if row["by_chance"] is not None]
    return [
        {
            "name": "gaps",
            "data": {"values": known},
            "mark": rule,
            "encoding": {**at, "x2": {"field": "by_chance"}},
        },
        {
            "name": "chances",
            "data": {"values": known},
            "mark": ring,
            "encoding": {"x": {"field": "by_chance", **x}, "y": at["y"]},
        },
        {
            "name": "marks",
            "data": {"values": rows},
            "mark": point,
            "encoding": {**at, "tooltip": {"field": "told", "type": "nominal"}},
        },
    ]


def _names(chart: ConcentrationChart) -> list[dict[str, Any]]:
    """What the marks say, on the empty side of the curves."""
    spots = [
        Spot(
            (one.places if one.by_chance is None else one.by_chance) * WIDTH / WHOLE,
            TALL * (1 - one.crime / WHOLE),
            _named(one),
        )
        for one in chart.marks
    ]
    return [
        {"left": one.left, "top": one.top, "label": one.name}
        for one in placed(spots, width=WIDTH, height=TALL)
    ]


def _percent(share: float) -> str:
    return said(share, PERCENT, places=0 if share == round(share) else 1)


def _named(share: Share) -> str:
    chance = "" if share.by_chance is None else f", by chance in {_percent(share.by_chance)}"
    return f"{_percent(share.crime)} in {_percent(share.places)}{chance}"


def _told(chart: ConcentrationChart, share: Share) -> str:
    chance = "" if share.by_chance is None else f"; by chance alone in {_percent(share.by_chance)}"
    where = f"in {_percent(share.places)} of {chart.places_name}"
    return f"{_percent(share.crime)} of {chart.name} lies {where}{chance}"


def _alt(chart: ConcentrationChart) -> str:
    told = [f"Concentration of {chart.name}, {chart.scope}, by {chart.places_name}."]
    told += [f"{_told(chart, one)}." for one in chart.marks]
    return " ".join(told)


def _table(chart: ConcentrationChart) -> Table:
    rows = []
    for one in chart.marks:
        missing = one.by_chance is None
        chance: Cell = Missing("not worked out") if missing else _percent(one.by_chance or 0.0)
        rows.append(Row(_percent(one.crime), (_percent(one.places), chance)))
    return Table(
        caption=f"Where {chart.name} lies, {chart.scope}",
        stub=f"Share of {chart.name}",
        columns=(
            Column(f"Least share of {chart.places_name}", align=RIGHT),
            Column("By chance alone", align=RIGHT),
        ),
        rows=tuple(rows),
    )
