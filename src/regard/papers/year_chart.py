"""A year's running total: so far, last year's, the way to the target, and how it may end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import Any

from regard.core.errors import PaperRefused
from regard.core.periods import MONTHS_A_YEAR, FinancialYear, Month
from regard.core.quantities import said
from regard.papers.chart_frame import (
    INK,
    LIGHT,
    TALL,
    TEXT,
    WIDTH,
    Axis,
    axis_title,
    framed,
    label_layer,
    vertical,
)
from regard.papers.chart_key import BELOW_AXIS, Entry, key_layers
from regard.papers.chart_values import FanMonth, check_fan, check_finite
from regard.papers.chart_words import fan_said
from regard.papers.fan_drawing import BANDS, fan_layers
from regard.papers.fan_drawing import CENTRE as FAN_CENTRE
from regard.papers.lettering import width_of
from regard.papers.model import RIGHT, Cell, Chart, Column, Missing, Row, Table, Words
from regard.papers.month_axis import day, month_axis, pixel

Channel = Mapping[str, Any]
SO_FAR = {"color": INK, "strokeWidth": 2.4}
LAST_YEAR = {"color": LIGHT, "strokeWidth": 1.2}
PATH = {"color": INK, "strokeWidth": 1.3, "strokeDash": [10, 3, 2, 3]}


@dataclass(frozen=True)
class YearChart:
    """What a chart of a financial year's running total draws.

    Every value is the total from the start of the year to the end of a month, in `unit`.

    Attributes:
        reading: What the chart says, in one line; its title.
        name: What is counted.
        scope: The area or body.
        unit: Unit of the values.
        year: The financial year.
        so_far: This year's running totals, from its first month on.
        last_year: Last year's, of the same months; None or left out where not known.
        target: The total at which the year should end, if there is one.
        target_label: What the target is called.
        path: The running totals that would meet the target; left empty, equal parts a month.
        fan: The running totals to come, from the month after the last so far.
        why_missing: Why the running total ends before the month it could reach.
        places: Decimal places in the table and the labels.
        alt: Alternative text; left empty, it is made from the values.
        id: The anchor in the paper.
        note: A line below the chart.
    """

    reading: Words
    name: str
    scope: str
    unit: str
    year: FinancialYear
    so_far: tuple[float, ...]
    last_year: tuple[float | None, ...] = ()
    target: float | None = None
    target_label: str = "target"
    path: tuple[float, ...] = ()
    fan: tuple[FanMonth, ...] = ()
    why_missing: str = ""
    places: int = 0
    alt: str = ""
    id: str = ""
    note: Words | None = None

    @property
    def months(self) -> tuple[Month, ...]:
        """The twelve months of the year."""
        return tuple(Month.of(self.year.start) + step for step in range(MONTHS_A_YEAR))

    @property
    def way(self) -> tuple[float, ...]:
        """The running totals that would meet the target, a month each; none without a target."""
        if self.path or self.target is None:
            return self.path
        return tuple(self.target * (step + 1) / MONTHS_A_YEAR for step in range(MONTHS_A_YEAR))

    def said(self, value: float) -> str:
        """A value as the chart and its table print it, without its unit."""
        return said(value, "", places=self.places)


def running_totals(values: Iterable[float | None]) -> tuple[float, ...]:
    """Totals from the first month on, in the unit of the values, up to the first month without."""
    return tuple(accumulate(takewhile(lambda one: one is not None, values)))  # type: ignore[arg-type]


def year_chart(chart: YearChart) -> Chart:
    """A year's running total, with last year's, the way to the target and how it may end.

    Raises:
        PaperRefused: no month has a total, there are more than twelve, or the months to come do
            not follow the last one or cross.
    """
    for name in ("so_far", "last_year", "path"):
        if len(getattr(chart, name)) > MONTHS_A_YEAR:
            raise PaperRefused(
                f"{name} of {chart.name}, {chart.scope} has {len(getattr(chart, name))} months",
                expected="at most twelve",
            )
    check_finite(f"{chart.name}, {chart.scope}", (*chart.so_far, *chart.last_year, *chart.path))
    if not chart.so_far:
        raise PaperRefused(
            f"the year {chart.year} of {chart.name}, {chart.scope} has no month with a total",
            expected="at least one month",
            next_step="say in a sentence that nothing was supplied",
        )
    check_fan(chart.fan, chart.months[len(chart.so_far) - 1])
    return Chart(
        spec=_spec(chart),
        alt=chart.alt or _alt(chart),
        reading=chart.reading,
        table=_table(chart),
        id=chart.id,
        note=chart.note,
    )


def _spec(chart: YearChart) -> dict[str, Any]:
    ends = [end for one in chart.fan for end in (one.low95, one.high95)]
    last_year = [one for one in chart.last_year if one is not None]
    target = [] if chart.target is None else [chart.target]
    axis = Axis.holding([0.0, *chart.so_far, *last_year, *chart.way, *ends, *target])
    title = f"{chart.name}, running total" if chart.unit in chart.name else chart.name
    unit = f"{chart.unit}, running total"
    x, y = month_axis(chart.months), vertical(axis, axis_title(title, unit, axis))
    layers = [
        *fan_layers(_fan_rows(chart), x, y),
        _line("last-year", chart.months, chart.last_year, LAST_YEAR, (x, y)),
        _line("path", chart.months, chart.way, PATH, (x, y)),
        *_target_layers(chart, x, y),
        _line("so-far", chart.months, chart.so_far, SO_FAR, (x, y)),
        *_point_layers(chart, x, y),
        label_layer(_labels(chart), axis, y, height=TALL),
    ]
    widest = max(width_of(f"{one:,.{axis.decimals}f}", TEXT) for one in axis.ticks)
    layers += key_layers(_key(chart), left=-widest, top=TALL + BELOW_AXIS)
    return framed([one for one in layers if one["data"]["values"]], height=TALL)


def _fan_rows(chart: YearChart) -> list[dict[str, Any]]:
    if not chart.fan:
        return []
    now = chart.so_far[-1]
    names = ("centre", "low80", "high80", "low95", "high95")
    first = {"at": day(chart.months[len(chart.so_far) - 1]), **dict.fromkeys(names, now)}
    return [
        first,
        *(
            {"at": day(one.month), **{name: getattr(one, name) for name in names}}
            for one in chart.fan
        ),
    ]


def _line(
    name: str,
    months: Sequence[Month],
    values: Sequence[float | None],
    look: Mapping[str, Any],
    scales: tuple[Channel, Channel],
) -> dict[str, Any]:
    x, y = scales
    rows = [
        {"at": day(month), "value": value} for month, value in zip(months, values, strict=False)
    ]
    return {
        "name": name,
        "data": {"values": rows},
        "mark": {"type": "line", "invalid": "break-paths-show-path-domains", **look},
        "encoding": {"x": {"field": "at", **x}, "y": {"field": "value", **y}},
    }


def _target_layers(chart: YearChart, x: Channel, y: Channel) -> list[dict[str, Any]]:
    if chart.target is None:
        return []
    data = {"values": [{"at": day(chart.months[-1]), "value": chart.target}]}
    ring = {"type": "point", "filled": False, "color": INK, "size": 130, "strokeWidth": 2}
    dot = {"type": "point", "filled": True, "color": INK, "size": 18, "opacity": 1}
    at = {"x": {"field": "at", **x}, "y": {"field": "value", **y}}
    return [
        {"name": "target", "data": data, "mark": {**one, "opacity": 1}, "encoding": at}
        for one in (ring, dot)
    ]


def _point_layers(chart: YearChart, x: Channel, y: Channel) -> list[dict[str, Any]]:
    last = len(chart.so_far) - 1
    rows: list[dict[str, Any]] = [
        {
            "at": day(month),
            "value": value,
            "told": f"To the end of {month}: {chart.said(value)} {chart.unit}",
        }
        for month, value in zip(chart.months, chart.so_far, strict=False)
    ]
    at = {"x": {"field": "at", **x}, "y": {"field": "value", **y}}
    point = {"type": "point", "filled": True, "opacity": 1, "color": INK, "size": 36}
    told = {"tooltip": {"field": "told", "type": "nominal"}}
    points = {"name": "points", "data": {"values": rows}, "mark": point}
    drawn = [{**points, "encoding": {**at, **told}}]
    if not _has_room(chart):
        return drawn
    now = [{**rows[last], "label": _so_far_said(chart)}]
    text = {"type": "text", **_beside(chart)}
    return [
        *drawn,
        {
            "name": "now",
            "data": {"values": now},
            "mark": text,
            "encoding": {**at, "text": {"field": "label", "type": "nominal"}},
        },
    ]


def _beside(chart: YearChart) -> dict[str, Any]:
    """Where the label of the last month stands: on the side on which no other line runs."""
    last = len(chart.so_far) - 1
    others = [line[last] for line in (chart.last_year, chart.way) if len(line) > last]
    if any(one is not None and one > chart.so_far[-1] for one in others):
        return {"align": "left", "baseline": "top", "dx": 3, "dy": 6}
    fits = pixel(chart.months[last], chart.months) > width_of(_so_far_said(chart), TEXT)
    return {"align": "right" if fits else "left", "baseline": "bottom", "dx": -3, "dy": -6}


def _labels(chart: YearChart) -> list[tuple[float, str]]:
    labels = []
    if chart.fan:
        last = chart.fan[-1]
        labels = [
            (last.centre, f"expected {chart.said(last.centre)}"),
            (last.high80, f"80%: {chart.said(last.low80)} to {chart.said(last.high80)}"),
            (last.high95, f"95%: {chart.said(last.low95)} to {chart.said(last.high95)}"),
        ]
    if len(chart.last_year) == MONTHS_A_YEAR and chart.last_year[-1] is not None:
        labels.append((chart.last_year[-1], f"last year {chart.said(chart.last_year[-1])}"))
    if chart.target is not None:
        labels.append((chart.target, f"{chart.target_label} {chart.said(chart.target)}"))
    if not _has_room(chart):
        labels.append((chart.so_far[-1], _so_far_said(chart)))
    return labels


def _so_far_said(chart: YearChart) -> str:
    return f"to {chart.months[len(chart.so_far) - 1].start:%b}: {chart.said(chart.so_far[-1])}"


def _has_room(chart: YearChart) -> bool:
    """Whether the label of the last month can stand in the plot, beside its mark."""
    last = len(chart.so_far) - 1
    return pixel(chart.months[last], chart.months) + width_of(_so_far_said(chart), TEXT) <= WIDTH


def _key(chart: YearChart) -> list[Entry]:
    entries = [Entry(str(chart.year), line=SO_FAR)]
    if any(one is not None for one in chart.last_year):
        entries.append(Entry(str(_before(chart)), line=LAST_YEAR))
    if chart.way:
        even = "" if chart.path else ", equal parts a month"
        entries.append(Entry(f"way to the {chart.target_label}{even}", line=PATH))
    if chart.fan:
        bands = tuple((colour, edge) for _, _, colour, edge in BANDS)
        entries.append(Entry("to come: 80% and 95% ranges", bands=bands, line=FAN_CENTRE))
    return entries


def _before(chart: YearChart) -> FinancialYear:
    return FinancialYear(chart.year.first_year - 1)


def _alt(chart: YearChart) -> str:
    reached = chart.months[len(chart.so_far) - 1]
    told = [
        f"Running total of {chart.name}, {chart.scope}, in {chart.year}. To the end of {reached}: "
        f"{chart.said(chart.so_far[-1])} {chart.unit}{_against(chart)}."
    ]
    if chart.why_missing:
        told.append(f"It ends there: {chart.why_missing}.")
    if len(chart.last_year) == MONTHS_A_YEAR and chart.last_year[-1] is not None:
        told.append(f"The whole of {_before(chart)}: {chart.said(chart.last_year[-1])}.")
    if chart.target is not None:
        told.append(f"The {chart.target_label} for {chart.year} is {chart.said(chart.target)}.")
    if chart.fan:
        told.append(f"To the end of {fan_said(chart.fan[-1], chart.places)}.")
    return " ".join(told)


def _against(chart: YearChart) -> str:
    reached = len(chart.so_far)
    then = chart.last_year[reached - 1] if len(chart.last_year) >= reached else None
    return "" if then is None else f", against {chart.said(then)} in the same months of last year"


def _table(chart: YearChart) -> Table:
    fan = {one.month: one for one in chart.fan}
    columns = [Column(str(chart.year), align=RIGHT)]
    if chart.last_year:
        columns.append(Column(str(_before(chart)), align=RIGHT))
    if chart.way:
        columns.append(Column(f"Way to the {chart.target_label}", align=RIGHT))
    if fan:
        columns += [Column(one, align=RIGHT) for one in ("Expected", "80% range", "95% range")]
    rows = []
    for step, month in enumerate(chart.months):
        cells = [_cell(chart, chart.so_far, step, chart.why_missing or "to come")]
        if chart.last_year:
            cells.append(_cell(chart, chart.last_year, step, "not known"))
        if chart.way:
            cells.append(_cell(chart, chart.way, step, "not known"))
        if fan:
            cells += _fan_cells(chart, fan.get(month))
        rows.append(Row(str(month), tuple(cells)))
    return Table(
        caption=f"{chart.name} ({chart.unit}), {chart.scope}, running total to the end of a month",
        stub="Month",
        columns=tuple(columns),
        rows=tuple(rows),
    )


def _cell(chart: YearChart, values: Sequence[float | None], step: int, why: str) -> Cell:
    value = values[step] if step < len(values) else None
    return Missing(why) if value is None else chart.said(value)


def _fan_cells(chart: YearChart, month: FanMonth | None) -> list[Cell]:
    if month is None:
        return ["", "", ""]
    ends = ((month.low80, month.high80), (month.low95, month.high95))
    ranges = [f"{chart.said(low)} to {chart.said(high)}" for low, high in ends]
    return [chart.said(month.centre), *ranges]
