"""The tables of an assurance paper; a level is a word in them, and no colour carries anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from regard.assurance.cells import Cell, Reads, Voice
from regard.assurance.composite import Part, Spread
from regard.assurance.matrix import matrix
from regard.board.spr.gathering import Gathered, closely
from regard.board.spr.phrases import listed, opened, tell
from regard.core.statements import Statement
from regard.papers.model import Cell as Held
from regard.papers.model import Column, Missing, Row, Table
from regard.register.entries import Entry
from regard.register.kinds.values import Line

MARKS = {
    Reads.CARRIED: "carried, not reviewed",
    Reads.NOT_ASSESSED: "not assessed",
    Reads.NOT_MEASURED: "not measured",
    Reads.NOT_APPLICABLE: "not applicable",
    Reads.WITHHELD: "withheld",
    Reads.STALE: "stale",
    Reads.ASSERTED: "asserted",
}
"""How a position that is not plainly supported is marked, in words."""

READ_SO = (
    "A position is one requirement under one C. Stale: all its evidence has expired. Asserted: no "
    "evidence is named. Carried: said in an earlier round, not reviewed, and counted for nothing."
)
LINES = {
    Line.DOING: "Lead",
    Line.OVERSEEING: "Challenge",
    Line.INDEPENDENT: "Independent",
}
"""The lines that speak of each position, as columns are headed; the board speaks of the whole."""

NOBODY = "nobody spoke"


def matrix_table(g: Gathered) -> Table:
    """Every threat by every C: the worst that counts there, and what must be known beside it."""
    held = matrix(g.made)
    rows = tuple(
        Row(
            tell("word", word=g.short(part.about)),
            tuple(
                Missing("not judged") if one.spread is None else square(g, one.spread)
                for one in squares
            ),
        )
        for part, squares in held.rows
    )
    return Table(
        caption=f"The worst position of each threat under each C, {g.cycle.value.name}",
        stub="Threat",
        columns=tuple(Column(_header(one)) for one in held.aspects),
        rows=rows,
        note=READ_SO,
        id="matrix",
    )


def square(g: Gathered, spread: Spread) -> Held:
    """The worst level that counts among some cells with how many stand there, and marks."""
    of = len(spread.cells)
    told = []
    for one in spread.worst:
        if len(one.cells) == of:
            told.append(tell("square, all", level=one.level.label))
        else:
            number = g.share(one.cells, what=f"at {one.level.label.lower()}", of=of)
            told.append(tell("square", level=one.level.label, number=number))
    for reads, words in MARKS.items():
        found = spread.reading(reads)
        if found:
            told.append(tell("word", word=words if len(found) == of else f"some {words}"))
    if spread.disputed:
        told.append(tell("word", word="lines differ"))
    said = listed(told, last="; ", between="; ")
    return _in_a_cell(opened(said), *closely(spread.cells))


def positions_table(g: Gathered, part: Part) -> Table:
    """Every requirement of which somebody spoke by every C, each as its position reads."""
    aspects = tuple(one for one, _ in part.by_aspect)
    abouts = tuple(dict.fromkeys(one.key.about for one in part.spread.cells if one.voices))
    held = {(one.key.about, one.key.aspect): one for one in part.spread.cells}
    rows = tuple(
        Row(
            Statement.quoted(
                g.short(about),
                source=g.cells.requirements[about].source,
                marking=g.cells.requirements[about].marking,
            ),
            tuple(_position(g, held.get((about, aspect))) for aspect in aspects),
        )
        for about in abouts
    )
    return Table(
        caption=f"{g.short(part.about)}: requirement by requirement",
        stub="Requirement",
        columns=tuple(Column(_header(one)) for one in aspects),
        rows=rows,
        id=f"positions-{part.name}",
    )


def _position(g: Gathered, cell: Cell | None) -> Held:
    if cell is None:
        return Missing("not judged")
    scale = g.cells.requirements[cell.key.about].value.scale
    words = []
    if cell.level is not None:
        words.append(g.label(scale, cell.level))
    elif cell.offered is not None:
        words.append(f"“{g.label(scale, cell.offered)}”")
    if cell.reads in MARKS:
        words.append(MARKS[cell.reads])
    if cell.disputed:
        words.append("lines differ")
    said = "; ".join(words)
    told = tell("word", word=said[:1].upper() + said[1:])
    return _in_a_cell(told, *closely([cell]))


def voices_table(g: Gathered, part: Part) -> Table:
    """The voices side by side: for each C somebody spoke of, the worst that each line says."""
    rows = []
    for aspect, spread in part.by_aspect:
        if not any(one.voices for one in spread.cells):
            continue
        cells = tuple(_voiced(g, spread.cells, line) for line in LINES)
        rows.append(Row(_header(aspect), cells))
    return Table(
        caption=f"{g.short(part.about)}: what each line says, at its worst",
        stub="C",
        columns=tuple(Column(one) for one in LINES.values()),
        rows=tuple(rows),
        id=f"voices-{part.name}",
    )


def _voiced(g: Gathered, cells: Sequence[Cell], line: Line) -> Held:
    """The worst level that one line gives to some cells, and to how many of them."""
    spoken = [(one, voice) for one in cells if (voice := one.at(line)) is not None]
    counted = [(one, voice) for one, voice in spoken if voice.counts]
    levelled = [(one, voice) for one, voice in counted if voice.level is not None]
    if not levelled:
        if counted:
            absent = dict.fromkeys(str(voice.entry.value.absent) for _, voice in counted)
            return _in_a_cell(tell("word", word=", ".join(absent)), *closely(cells))
        return Missing("carried, not reviewed" if spoken else NOBODY)
    worst = min(_order(g, voice) for _, voice in levelled)
    at = [(one, voice) for one, voice in levelled if _order(g, voice) == worst]
    label = g.label(at[0][1].entry.value.scale, at[0][1].level)
    if len(at) == len(cells):
        said = tell("voice", level=label)
    else:
        entries = [voice.entry for _, voice in at]
        number = g.share(entries, what=f"at {label.lower()}", of=len(cells))
        said = tell("voice, some", level=label, number=number)
    return _in_a_cell(said, *closely(one for one, _ in spoken))


def _order(g: Gathered, voice: Voice) -> int:
    return g.order(voice.entry.value.scale, voice.level)


def _in_a_cell(said: Statement, *close: Entry[Any]) -> Statement:
    """Words of a cell; that they are closely held is said with them, so that none are alike."""
    return tell("close", *close, told=said) if close else said


def _header(aspect: str) -> str:
    return aspect[:1].upper() + aspect[1:].replace("-", " ")
