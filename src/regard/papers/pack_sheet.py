"""A whole pack of measures as small charts on sheets of A4, each sheet one picture."""

from __future__ import annotations

from collections.abc import Sequence

from regard.core.errors import PaperRefused
from regard.papers.chart_values import CHANGE, CONCERN, IMPROVEMENT, USUAL, check_finite
from regard.papers.model import RIGHT, Cell, Chart, Column, Missing, Row, Table
from regard.papers.pack_drawing import Grid, page_spec
from regard.papers.pack_values import Panel, Sheet

__all__ = ["Panel", "Sheet", "sheet_charts"]

KINDS = (USUAL, CONCERN, IMPROVEMENT, CHANGE)
HOW_TO_READ = (
    "Each chart has its own scale, which need not start at nought. The band holds what was "
    "expected of a month; the large mark is the last month: a circle for usual variation, a "
    "diamond for concern, a square for improvement, a triangle for a change that is neither."
)


def sheet_charts(sheet: Sheet) -> tuple[Chart, ...]:
    """A picture a page, each with its alternative text and the table of its panels.

    Raises:
        PaperRefused: there is no panel, a panel has no value, its lines do not fit its months, or
            it is of a kind nobody knows.
    """
    if not sheet.panels:
        raise PaperRefused(
            f"the sheet {sheet.id!r} has {len(sheet.panels)} panels", expected="at least one"
        )
    for panel in sheet.panels:
        _check(panel)
    grid = Grid.of(sheet)
    size = grid.rows * sheet.columns
    pages = [sheet.panels[at : at + size] for at in range(0, len(sheet.panels), size)]
    charts = []
    for number, page in enumerate(pages, start=1):
        here = f"Sheet {number} of {len(pages)}. " if len(pages) > 1 else ""
        charts.append(
            Chart(
                spec=page_spec(page, sheet.columns, grid),
                alt=here + _alt(page),
                reading=sheet.reading,
                table=_table(page),
                id=f"{sheet.id}-{number}" if sheet.id and number > 1 else sheet.id,
                note=f"{here}{HOW_TO_READ}",
            )
        )
    return tuple(charts)


def _check(panel: Panel) -> None:
    check_finite(panel.title, (*panel.values, *panel.centres, *panel.lowers, *panel.uppers))
    count = len(panel.values)
    lengths = [len(one) for one in (panel.centres, panel.lowers, panel.uppers)]
    if any(lengths) and lengths != [count] * 3:
        raise PaperRefused(
            f"the panel of {panel.title} has {count} values and {lengths} centres, lowers, uppers",
            expected="one of each a month, None where there is none",
        )
    if all(one is None for one in panel.values):
        raise PaperRefused(
            f"the panel of {panel.title} has no value in {count} months",
            expected="at least one month with a value",
        )
    if panel.kind.capitalize() not in KINDS:
        raise PaperRefused(
            f"the last month of {panel.title} is of the kind {panel.kind!r}",
            expected="usual variation, concern, improvement or change",
        )


def _alt(panels: Sequence[Panel]) -> str:
    count = f"{len(panels)} small control chart{'' if len(panels) == 1 else 's'}"
    told = [f"{count}, each with its values, what was expected and the last month marked."]
    told += [f"{one.title}: {one.kind.lower()}. {one.state.rstrip('.')}." for one in panels]
    return " ".join(told)


def _table(panels: Sequence[Panel]) -> Table:
    rows = []
    for one in panels:
        missing = one.values[-1] is None
        latest: Cell = Missing(one.why_missing) if missing else one.latest
        limits: Cell = one.limits or Missing("no limits")
        kind = one.kind.capitalize()
        rows.append(
            Row(one.name, (one.scope or "–", str(one.months[-1]), latest, limits, kind, one.state))
        )
    return Table(
        caption="The measures drawn, each with its last month",
        stub="Measure",
        columns=(
            Column("Area"),
            Column("Month"),
            Column("Value", align=RIGHT),
            Column("Expected range", align=RIGHT),
            Column("Kind"),
            Column("State"),
        ),
        rows=tuple(rows),
    )
