"""A unit of several forces side by side, and how each printed cell stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from regard.board.performance import area_name
from regard.capability.worked import PrintedAgain
from regard.core.figures import Figure
from regard.core.verdicts import Verdict
from regard.web.capable.people_held import Sides
from regard.web.capable.people_saying import ROWS, VERDICTS
from regard.workforce.bodies import Table
from regard.workforce.printed import Finding


@dataclass(frozen=True)
class CellSaid:
    """A cell of a table of several forces, with what was printed and how that stands."""

    computed: str
    printed: str = ""
    verdict: Any = ""
    colour: str = ""
    why: str = ""


RowSaid = tuple[Any, tuple[CellSaid, ...], CellSaid | None]
"""A row: its name, its cells with the total last, and whether the printed cells add up."""


@dataclass(frozen=True)
class TableSaid:
    """A unit of several forces as it is shown.

    Attributes:
        name: What it is called.
        at: Where it is printed; empty where it is not.
        forces: Their names.
        rows: The rows.
        notes: What explains printed numbers that do not agree as they stand.
        threshold: Of which posts the share is from which uplift counts.
    """

    name: str
    at: str
    forces: tuple[str, ...]
    rows: tuple[RowSaid, ...]
    notes: tuple[str, ...]
    threshold: str


def sides_said(side: Sides) -> list[TableSaid]:
    """The tables of a unit of several forces, as they stand and when who is to come has come."""
    found = [table_said(gettext("As they stand"), side.now, _printed(side, side.now))]
    if side.arrived is not None:
        title = gettext("When those to whom a post is offered have come")
        found.append(table_said(title, side.arrived, _printed(side, side.arrived)))
    return found


def _printed(side: Sides, table: Table) -> PrintedAgain | None:
    return next((one for one in side.printed.values() if one.table is table), None)


def table_said(name: str, table: Table, printed: PrintedAgain | None) -> TableSaid:
    """A table, with what is printed of it where that is known.

    Args:
        name: What it is called.
        table: As computed.
        printed: As printed.
    """
    rows: list[RowSaid] = []
    notes = []
    for row_name, row in table.rows.items():
        found = None if printed is None else printed.findings.get(row_name)
        cells = [*row.cells, row.total]
        if found is None:
            said = tuple(CellSaid(one.number) for one in cells)
            rows.append((ROWS[row_name], said, None))
            continue
        stand = (*found.cells, found.total)
        said = tuple(_cell(cell, one) for cell, one in zip(cells, stand, strict=True))
        adds = None if found.adds_up is None else _finding(found.adds_up)
        rows.append((ROWS[row_name], said, adds))
        if found.adds_up is not None and found.verdict is Verdict.BAD:
            notes.append(f"{ROWS[row_name]}: {found.adds_up.statement}")
    return TableSaid(
        name,
        "" if printed is None else printed.at,
        tuple(area_name(one) for one in table.bodies),
        tuple(rows),
        tuple(notes),
        str(table.threshold_statement()),
    )


def _cell(cell: Figure, one: Finding | None) -> CellSaid:
    if one is None or one.printed is None:
        return CellSaid(cell.number)
    words, colour = VERDICTS[one.verdict]
    return CellSaid(cell.number, one.printed.number, words, colour)


def _finding(one: Finding) -> CellSaid:
    words, colour = VERDICTS[one.verdict]
    return CellSaid("", "", words, colour, str(one.statement))
