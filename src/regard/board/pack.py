"""All measures of a paper together: this month's tiers, the steps that wait, the sheet."""

from __future__ import annotations

from calendar import month_name
from dataclasses import replace

from regard.core.figures import Figure
from regard.core.quantities import PERCENT
from regard.core.statements import Statement
from regard.papers.chart_values import USUAL
from regard.papers.model import RIGHT, Block, Cell, Column, Heading, Missing, Paragraph, Row, Table
from regard.papers.pack_sheet import Panel, Sheet, sheet_charts
from regard.plan.packs import last_month, tiers_of
from regard.plan.standing import Position, Positions
from regard.signals import Reading
from regard.signals.found import Proposal
from regard.signals.pack.tiers import HEADLINE, WATCH
from regard.signals.tallies import of_series, places_for

SHEET_MONTHS = 36  # drawn in a small chart
FEWEST_PANELS = 3  # fewer small charts say no more than the charts themselves
_KIND = {"improvement": "Improvement", "concern": "Concern", "special cause": "Change"}
HOW_ACCEPTED = (
    "Limits and averages in this paper follow steps as they are found; a step that nobody "
    "accepted is drawn as a proposal. To accept one is a decision: the plan then holds its month, "
    "who accepted it, when and why."
)


def read_together(held: Positions) -> tuple[Position, ...]:
    """The positions whose monthly counts can be tested together."""
    return tuple(one for one in held.all if one.reading is not None and one.reading.levels)


def _reading(position: Position) -> Reading:
    assert position.reading is not None
    return position.reading


def this_month(held: Positions) -> tuple[Block, ...]:
    """What stands out this month once every measure is looked at together."""
    positions = read_together(held)
    if not positions:
        return ()
    found = tiers_of([_reading(one) for one in positions])
    blocks: list[Block] = [
        Heading("This month, over all measures together"),
        Paragraph(
            found.family.statement(),
            tuple(
                Statement.of("{name}:", name=one.measure.name) + _reading(one).statements()[0]
                for one, tier in zip(positions, found.tier, strict=True)
                if tier == HEADLINE
            ),
        ),
    ]
    watched = [
        one.measure.name for one, tier in zip(positions, found.tier, strict=True) if tier == WATCH
    ]
    if watched:
        names = "; ".join(watched)
        blocks.append(
            Paragraph(
                Statement.of(
                    "To watch, for a month, a run, a drift or a step that their own charts show: "
                    "{names}.",
                    names=names,
                )
            )
        )
    return tuple(blocks)


def steps_for_decision(held: Positions) -> tuple[Block, ...]:
    """The steps that were found and that nobody has accepted yet, in one table."""
    rows = tuple(
        Row(Statement.of("{name}", name=position.measure.name), _proposed(one))
        for position in read_together(held)
        for one in _reading(position).proposals
    )
    if not rows:
        return ()
    table = Table(
        caption=Statement.of("Steps proposed and not accepted, as at {day}", day=held.as_at),
        stub="Measure",
        columns=(
            Column("Since"),
            Column("Begins between"),
            Column("Average before", align=RIGHT),
            Column("Average since", align=RIGHT),
            Column("Change, with its range", align=RIGHT),
        ),
        rows=rows,
        note=HOW_ACCEPTED,
        id="steps-proposed",
    )
    return (Heading("Steps that wait for a decision"), table)


def _proposed(one: Proposal) -> tuple[Cell, ...]:
    between = Statement.of("{first} to {last}", first=one.earliest, last=one.latest)
    if one.earliest == one.latest:
        between = Statement.of("{month} alone", month=one.month)
    return (
        Statement.of("{month}", month=one.month),
        between,
        _short(one.before),
        _short(one.after),
        _change(one.percent),
    )


def _short(figure: Figure) -> Statement:
    return Statement.of("{figure:number}", figure=figure)


def _change(percent: Figure) -> Cell:
    if percent.value is None:
        return Missing(percent.missing)
    return Statement.of("{percent} ({percent:level} range {percent:range})", percent=percent)


def how_they_vary(held: Positions) -> tuple[Block, ...]:
    """What each series could have told, its spread and its season, in one table."""
    rows = tuple(
        Row(Statement.of("{name}", name=position.measure.name), _varies(_reading(position)))
        for position in read_together(held)
        if _reading(position).spread is not None and _reading(position).detectable is not None
    )
    if not rows:
        return ()
    table = Table(
        caption="What each series could have told, and how it varies",
        stub="Measure",
        columns=(
            Column("Smallest lasting fall that a year would show", align=RIGHT),
            Column("Variance over counts at random", align=RIGHT),
            Column("Autocorrelation", align=RIGHT),
            Column("Highest month of the season", align=RIGHT),
            Column("Lowest month", align=RIGHT),
        ),
        rows=rows,
        note="A fall is shown if it would be found as a step, about four times out of five.",
        id="how-they-vary",
    )
    return (Heading("What each series could have told"), table)


def _varies(reading: Reading) -> tuple[Cell, ...]:
    spread, season = reading.spread, reading.season
    assert spread is not None
    assert reading.detectable is not None
    ends: tuple[Cell, Cell] = (Missing("no season taken out"), Missing("no season taken out"))
    if season is not None:
        highest, lowest = (
            _month_moved(reading, month) for month in (season.highest, season.lowest)
        )
        ends = (highest, lowest)
    return (
        reading.detectable,
        _number(reading, spread.dispersion, "variance over Poisson", 1),
        _number(reading, spread.autocorrelation, "autocorrelation of neighbouring months", 2),
        *ends,
    )


def _number(reading: Reading, value: float, what: str, places: int) -> Statement:
    figure = replace(of_series(reading.series, value, method=what), unit="", places=places)
    return Statement.of("{figure}", figure=figure)


def _month_moved(reading: Reading, month: int) -> Statement:
    assert reading.season is not None
    moved = of_series(
        reading.series,
        100 * (reading.season.factors[month - 1] - 1),
        unit=PERCENT,
        method="season against the year's average",
    ).printed(places=0, signed=True)
    return Statement.of("{name} {moved}", name=month_name[month], moved=moved)


def sheet_of(held: Positions, area: str) -> tuple[Block, ...]:
    """Every measure read by the month as one sheet of small charts."""
    positions = read_together(held)
    if len(positions) < FEWEST_PANELS:
        return ()
    sheet = Sheet(
        reading=Statement.of(
            "Every measure by the month, for {area}, to {month}",
            area=area,
            month=last_month([_reading(one) for one in positions]),
        ),
        panels=tuple(panel_of(_reading(one)) for one in positions),
        id="all-charts",
    )
    return (Heading("Every measure at a glance"), *sheet_charts(sheet))


def panel_of(reading: Reading, *, scope: str = "") -> Panel:
    """The last three years of a reading as a small chart.

    Args:
        reading: What was read.
        scope: The area's name, where the charts beside it are of other areas.
    """
    points = reading.points[-SHEET_MONTHS:]
    limited = all(point.lower is not None for point in points)
    last, mean = points[-1], (reading.levels or reading.segments)[-1].mean
    return Panel(
        name=reading.series.name,
        scope=scope,
        unit=reading.series.unit,
        start=points[0].month,
        values=tuple(point.value for point in points),
        state=reading.state or reading.variation,
        centres=tuple(point.centre for point in points) if limited else (),
        lowers=tuple(point.lower for point in points) if limited else (),
        uppers=tuple(point.upper for point in points) if limited else (),
        kind=_KIND.get(last.sense, USUAL),
        places=0 if mean >= 1 else places_for(mean, ""),
    )
