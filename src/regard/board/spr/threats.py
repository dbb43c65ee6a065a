"""The section of one threat: positions, voices, figures, what moved, what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from regard.assurance.cells import Cell, Voice
from regard.assurance.changes import Change, Move
from regard.assurance.composite import Part, Spread
from regard.assurance.gaps import Apart, Gap, Unmeasured, gap_or_reason
from regard.assurance.trends import trend
from regard.board.spr.fixed import FIXED, LINES, MARKS
from regard.board.spr.front import moves_counted, stands
from regard.board.spr.gathering import Gathered, by_requirement, closely
from regard.board.spr.owed import Owed, is_promise
from regard.board.spr.phrases import ended, in_one, listed, opened, quoted, resting, tell
from regard.board.spr.tables import positions_table, voices_table
from regard.core.errors import DefinitionRefused, NotComparable, NotEnoughData
from regard.core.statements import Statement
from regard.papers.model import (
    LANGUAGE,
    RIGHT,
    Block,
    Column,
    Heading,
    Missing,
    Note,
    Paragraph,
    Recommended,
    Row,
    Table,
)
from regard.papers.model import Cell as Held
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation
from regard.register.kinds.speech import Decision
from regard.register.kinds.values import Line

MOST_TOLD = 12  # positions of a threat of which every voice is quoted


def threat_section(g: Gathered, owed: Owed, part: Part) -> Iterator[Block]:
    """Everything the register holds on one threat, in the order in which a board asks."""
    inside = g.below(part.about)
    yield Heading(
        Statement.quoted(
            part.title.rstrip("."),
            source=g.cells.requirements[part.about].source,
            marking=g.cells.requirements[part.about].marking,
        ),
        id=f"threat-{part.name}",
    )
    yield Note(_led(g, part))
    yield Paragraph(in_one([opened(ended(stands(g, part.spread))), *_board(g, part)]))
    if any(one.voices for one in part.spread.cells):
        yield positions_table(g, part)
        yield from _silent(g, part)
        yield voices_table(g, part)
        yield from _words(g, part)
    yield from figures_of(g, part, inside)
    yield from _moved(g, part)
    yield from owed.of_threat(g, part, inside)
    for one in g.proposals:
        if one.value.about in inside:
            yield Recommended(recommendation_id(one.subject))
            yield from worked_out(g, one)


def _silent(g: Gathered, part: Part) -> Iterator[Block]:
    """The requirements of which nobody has said anything, in one line instead of empty rows."""
    silent = [
        group for group in by_requirement(part.spread.cells) if not any(one.voices for one in group)
    ]
    if silent:
        yield Paragraph(tell("silent on", cells=listed(map(g.called, silent))))


def worked_out(g: Gathered, decision: Entry[Decision]) -> Iterator[Block]:
    """What was worked out of what a recommendation says in words; nothing where nothing was."""
    for one in g.expenses:
        if one.prices and decision.value.about in (one.link.value.source, one.link.value.target):
            yield Paragraph(resting(one.answering(), *one.entries))


def recommendation_id(subject: str) -> str:
    """The id of a recommendation within the paper, from the decision that it proposes."""
    return "r-" + "".join(
        one if one.isascii() and one.isalnum() else "-" for one in subject.partition(":")[2]
    )


def _led(g: Gathered, part: Part) -> Statement:
    posts = g.posts(g.duties(Line.DOING, part.about))
    if not posts:
        return tell("no lead", g.cycle)
    return tell("led", g.cycle, posts=posts)


def _board(g: Gathered, part: Part) -> Iterator[Statement]:
    voice = g.cells.board.get((g.scope, part.about))
    if voice is None or not voice.counts:
        yield tell("board silent", g.cycle)
        return
    entry = voice.entry
    label = g.label(entry.value.scale, entry.value.level)
    yield tell("board said", entry, level=label)
    yield quoted(entry.value.reason, entry, g.names.of(entry.post)) + tell("stop")


def _words(g: Gathered, part: Part) -> Iterator[Block]:
    """The reasons of the positions that a board must know, and of one position a C at least."""
    told = tuple(_to_be_told(part))
    if not told:
        return
    yield Heading(g.fixed("words"), level=2, id=f"words-{part.name}")
    for same in _alike(g, told):
        yield Paragraph(_called_together(g, same), tuple(_said_of(g, same[0])))
    left = len([one for one in part.spread.cells if one.voices]) - len(told)
    if left > 0:
        rest = [one for one in part.spread.cells if one.voices and one not in told]
        number = g.count(rest, "position", what="positions whose reasons are not quoted")
        yield Paragraph(tell("left to the register", *closely(rest), number=number))


def _to_be_told(part: Part) -> Iterator[Cell]:
    """The worst position of each C, then the exceptions, each once and the first of many."""
    found: dict[Cell, None] = {}
    for _, spread in part.by_aspect:
        for one in _worst_of(spread):
            found[one] = None
    exceptions = {one for _, held in part.spread.exceptions() for one in held if one.voices}
    for one in part.spread.cells:
        if len(found) < MOST_TOLD and one in exceptions:
            found[one] = None
    if len(found) < MOST_TOLD:
        spoken = [one for one in part.spread.cells if one.voices]
        if len(spoken) <= MOST_TOLD:
            found |= dict.fromkeys(spoken)
    yield from (one for one in part.spread.cells if one in found)


def _worst_of(spread: Spread) -> Iterator[Cell]:
    if spread.worst:
        yield spread.worst[0].cells[0]
    else:
        yield from [one for one in spread.cells if one.voices][:1]


def _alike(g: Gathered, cells: tuple[Cell, ...]) -> Iterator[tuple[Cell, ...]]:
    """Positions of one requirement of which every line says the same words, together."""
    groups: dict[tuple[object, ...], list[Cell]] = {}
    for one in cells:
        said = tuple(
            (
                voice.line,
                voice.entry.post,
                voice.level,
                voice.entry.value.reason,
                voice.entry.value.departure,
                voice.counts,
            )
            for voice in one.voices
        )
        groups.setdefault((one.key.about, one.reads, said), []).append(one)
    return (tuple(one) for one in groups.values())


def _called_together(g: Gathered, cells: tuple[Cell, ...]) -> Statement:
    first = cells[0]
    title = g.called(cells)
    scale = g.cells.requirements[first.key.about].value.scale
    words = []
    if first.level is not None:
        words.append(f"“{g.label(scale, first.level)}”")
    if first.reads in MARKS:
        words.append(FIXED.line(MARKS[first.reads], LANGUAGE))
    return tell("told of", cells=title, level=", ".join(words))


def _said_of(g: Gathered, cell: Cell) -> Iterator[Statement]:
    for voice in cell.voices:
        yield _voice_said(g, voice)
        if voice.entry.value.departure and voice.counts:
            value = voice.entry.value
            yield tell(
                "departure",
                voice.entry,
                suggested=g.label(value.scale, value.suggested),
                reason=quoted(value.departure, voice.entry, g.names.of(voice.entry.post)),
            )


def _voice_said(g: Gathered, voice: Voice) -> Statement:
    value = voice.entry.value
    level = f"“{g.label(value.scale, value.level)}”" if value.level else str(value.absent or "")
    # Who ran the round carried it; whose words they are, the entry it was carried from says.
    origin = g.view.entry(value.carried_from) if value.carried_from else None
    said = origin or voice.entry
    return tell(
        "line said" if voice.counts else "line carried",
        voice.entry,
        line=FIXED.line(LINES[value.line], LANGUAGE) if value.line in LINES else "Board",
        level=level,
        reason=quoted(value.reason, said, g.names.of(said.post)),
    )


def asked_in_numbers(g: Gathered, inside: set[str]) -> tuple[Entry[Expectation], ...]:
    """What is asked in numbers under a threat: requirements and what answers them."""
    found: dict[str, Entry[Expectation]] = {}
    for about, entry in g.cells.requirements.items():
        if about in inside:
            for one in (entry, *g.answering.get(about, ())):
                value = one.value
                numbered = value.target is not None or value.formula
                if value.measure is not None and numbered and not is_promise(one):
                    found[one.subject] = one
    return tuple(found.values())


def figures_of(g: Gathered, part: Part, inside: set[str]) -> Iterator[Block]:
    """Each figure beside its base and target, with the gap or why there is none."""
    asked = asked_in_numbers(g, inside)
    if not asked:
        return
    yield Heading(g.fixed("figures"), level=2, id=f"figures-{part.name}")
    rows, notes = [], []
    for one in asked:
        try:
            held = gap_or_reason(g.view, one.subject, g.scope, as_at=g.as_at)
        except (NotEnoughData, NotComparable, DefinitionRefused) as refusal:
            why = f"{g.short(one.subject)}: {refusal.wrong}"
            notes.append(tell("unsaid unmeasured", one, told=why))
            continue
        rows.append(Row(_measured(g, one), tuple(_figures(g, held))))
        notes += [gap_said(held), *_since_before(g, one.value.measure)]
    if rows:
        yield Table(
            caption=g.fixed("gaps", title=g.short(part.about)),
            stub=g.line("what-is-asked"),
            columns=(
                Column(g.line("observed"), align=RIGHT),
                Column(g.line("target"), align=RIGHT),
                Column(g.line("base")),
                Column(g.line("gap"), align=RIGHT),
            ),
            rows=tuple(rows),
            id=f"gaps-{part.name}",
        )
    yield Paragraph(g.fixed("how-reckoned"), tuple(notes))


def _measured(g: Gathered, one: Entry[Expectation]) -> Statement:
    return Statement.quoted(g.names.of(one.subject), source=one.source, marking=one.marking)


def _figures(g: Gathered, held: Gap | Apart | Unmeasured) -> Iterator[Held]:
    match held:
        case Gap():
            on = (held.observed.entry, held.target.entry)
            yield tell("figure", on[0], figure=held.observed.figure)
            yield tell("figure", on[1], figure=held.target.figure)
            yield _base(g, held.target.base, on[1])
            yield tell("figure", *on, figure=held.figure)
        case Apart():
            yield tell("figure", *held.entries[:1], figure=held.one)
            yield tell("figure", *held.entries[1:], figure=held.other)
            yield Missing(g.line("not-the-same"))
            yield Missing(g.line("differs", names=", ".join(one.name for one in held.differs)))
        case Unmeasured():
            entry = held.target.entry
            yield Missing(g.line("not-measured"))
            yield tell("figure", entry, figure=held.target.figure)
            yield _base(g, held.target.base, entry)
            yield Missing(g.line("unknown"))


def _base(g: Gathered, base: str, entry: Entry[Any]) -> Statement:
    return tell("word", entry, word=base) if base else g.word("no-base", entry)


def gap_said(held: Gap | Apart | Unmeasured) -> Statement:
    """The gap or why there is none, with the entries that say so."""
    match held:
        case Gap():
            return resting(held.statement(), held.observed.entry, held.target.entry)
        case Apart():
            return resting(held.statement(), *held.entries)
        case Unmeasured():
            return resting(held.statement(), held.target.entry)


def _since_before(g: Gathered, measure: str | None) -> Iterator[Statement]:
    """From the observation before to the last one, or that the line is broken between them."""
    steps = trend(g.view, measure, g.scope, as_at=g.as_at) if measure else ()
    for one in steps[-1:]:
        yield resting(one.statement(), one.then.entry, one.now.entry)


def _moved(g: Gathered, part: Part) -> Iterator[Block]:
    """What moved since the last paper, position by position."""
    if g.earlier.cells is None:
        return
    chosen = {one.key for one in part.spread.cells}
    groups: dict[tuple[object, ...], list[Change]] = {}
    for one in g.changes:
        if one.now.key in chosen and one.move is not Move.SAME:
            alike = (one.now.key.about, one.move, one.before, one.after, one.reason)
            groups.setdefault(alike, []).append(one)
    told = [_moved_alike(g, held) for held in groups.values()]
    yield Heading(g.fixed("changed"), level=2, id=f"changed-{part.name}")
    counted = opened(ended(moves_counted(g, part.spread.cells)))
    if told:
        yield Paragraph(counted, tuple(map(ended, told)))
    else:
        yield Paragraph(counted)


def _moved_alike(g: Gathered, held: list[Change]) -> Statement:
    first = held[0]
    values: dict[str, str] = {}
    if first.move is not Move.LOST:
        values["now"] = first.after
    if first.move is not Move.NEWLY:
        values["before"] = first.before
    if first.move is Move.BROKEN:
        values["reason"] = first.reason
    earlier = [one.was for one in held if one.was is not None]
    return tell(
        f"moved {first.move.value}",
        *closely(earlier),
        cell=g.called([one.now for one in held]),
        **values,
    )
