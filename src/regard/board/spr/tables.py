"""The tables of an assurance paper; a level is a word in them, and no colour carries anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from regard.assurance.cells import Cell, Voice
from regard.assurance.composite import Part, Spread
from regard.assurance.matrix import Matrix, matrix
from regard.board.spr.fixed import ABSENT, LINES, MARKS
from regard.board.spr.gathering import Gathered, closely
from regard.board.spr.phrases import listed, opened, tell
from regard.core.statements import Part as Piece
from regard.core.statements import Statement
from regard.papers.model import LANGUAGE, Column, Missing, Row, Table, Words
from regard.papers.model import Cell as Held
from regard.register.entries import Entry
from regard.register.kinds.values import Line


def matrix_table(g: Gathered) -> Table:
    """Every threat by every C: the worst that counts there, and what must be known beside it."""
    held = matrix(g.made)
    rows = tuple(
        Row(
            tell("word", word=g.short(part.about)),
            tuple(
                Missing(g.line("not-judged")) if one.spread is None else square(g, one.spread)
                for one in squares
            ),
        )
        for part, squares in held.rows
    )
    return Table(
        caption=g.fixed("matrix", round=g.cycle.value.name),
        stub=g.line("threat"),
        columns=tuple(Column(g.c(one)) for one in held.aspects),
        rows=rows,
        note=_read_so(g, held),
        id="matrix",
    )


def _read_so(g: Gathered, held: Matrix) -> Words:
    """How the table is read; in another language also what each level is called in sentences."""
    if g.language == LANGUAGE:
        return g.fixed("read-so")
    spreads = (one.spread for _, squares in held.rows for one in squares if one.spread)
    levels = dict.fromkeys((at.scale, at.level.code) for one in spreads for at in one.levels)
    named = [
        Statement((Piece(g.level(*one), language=g.language), Piece(f" ({g.label(*one)})")))
        for one in levels
    ]
    return g.fixed("read-so", levels=listed(named, last=", ") if named else Statement(()))


def square(g: Gathered, spread: Spread) -> Held:
    """The worst level that counts among some cells with how many stand there, and marks."""
    of = len(spread.cells)
    told = []
    for one in spread.worst:
        if len(one.cells) == of:
            told.append(tell("square, all", level=one.level.said(g.brief.language)))
        else:
            number = g.share(one.cells, what=f"at {one.level.label.lower()}", of=of, table=True)
            told.append(tell("square", level=one.level.said(g.brief.language), number=number))
    for reads, named in MARKS.items():
        found = spread.reading(reads)
        if found:
            words = g.line(named)
            some = words if len(found) == of else g.line("some", words=words)
            told.append(tell("word", word=some))
    if spread.disputed:
        told.append(g.word("lines-differ"))
    said = g.spoken(listed(told, last="; ", between="; "))
    return _in_a_cell(g, opened(said), *closely(spread.cells))


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
        caption=g.fixed("positions", title=g.short(part.about)),
        stub=g.line("requirement"),
        columns=tuple(Column(g.c(one)) for one in aspects),
        rows=rows,
        id=f"positions-{part.name}",
    )


def _position(g: Gathered, cell: Cell | None) -> Held:
    if cell is None:
        return Missing(g.line("not-judged"))
    scale = g.cells.requirements[cell.key.about].value.scale
    words = []
    if cell.level is not None:
        words.append(g.level(scale, cell.level))
    elif cell.offered is not None:
        words.append(f"“{g.level(scale, cell.offered)}”")
    if cell.reads in MARKS:
        words.append(g.line(MARKS[cell.reads]))
    if cell.disputed:
        words.append(g.line("lines-differ"))
    said = "; ".join(words)
    told = g.spoken(tell("word", word=said[:1].upper() + said[1:]))
    return _in_a_cell(g, told, *closely([cell]))


def voices_table(g: Gathered, part: Part) -> Table:
    """The voices side by side: for each C somebody spoke of, the worst that each line says."""
    rows = []
    for aspect, spread in part.by_aspect:
        if not any(one.voices for one in spread.cells):
            continue
        cells = tuple(_voiced(g, spread.cells, line) for line in LINES)
        rows.append(Row(g.c(aspect), cells))
    return Table(
        caption=g.fixed("voices", title=g.short(part.about)),
        stub=g.line("c"),
        columns=tuple(Column(g.line(one)) for one in LINES.values()),
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
            why = (voice.entry.value.absent for _, voice in counted)
            absent = dict.fromkeys(g.line(ABSENT[one]) for one in why if one is not None)
            return _in_a_cell(g, g.spoken(tell("word", word=", ".join(absent))), *closely(cells))
        return Missing(g.line("carried" if spoken else "nobody-spoke"))
    worst = min(_order(g, voice) for _, voice in levelled)
    at = [(one, voice) for one, voice in levelled if _order(g, voice) == worst]
    scale, code = at[0][1].entry.value.scale, at[0][1].level
    label, level = g.label(scale, code), g.level(scale, code)
    if len(at) == len(cells):
        said = tell("voice", level=level)
    else:
        entries = [voice.entry for _, voice in at]
        number = g.share(entries, what=f"at {label.lower()}", of=len(cells), table=True)
        said = tell("voice, some", level=level, number=number)
    return _in_a_cell(g, g.spoken(said), *closely(one for one, _ in spoken))


def _order(g: Gathered, voice: Voice) -> int:
    return g.order(voice.entry.value.scale, voice.level)


def _in_a_cell(g: Gathered, said: Statement, *close: Entry[Any]) -> Statement:
    """Words of a cell; that they are closely held is said with them, so that none are alike."""
    return tell("close", *close, told=said, mark=g.word("closely-held")) if close else said
