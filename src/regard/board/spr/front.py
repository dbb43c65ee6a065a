"""The front of an assurance paper: why the board is given it, and what it must know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from regard.assurance.cells import Cell, Reads
from regard.assurance.changes import Move
from regard.assurance.composite import Spread
from regard.assurance.rounds import still_to_speak
from regard.board.spr.gathering import Gathered, by_requirement, close_ones, closely
from regard.board.spr.owed import Owed, expense_said
from regard.board.spr.phrases import ended, listed, opened, tell
from regard.core.periods import day_said
from regard.core.statements import Statement
from regard.papers.model import Block, Bullets, Column, Heading, Paragraph, Row, Table, TitleBlock
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation
from regard.register.kinds.frame import Edition, Instrument
from regard.register.kinds.values import Line, Window
from regard.register.subjects import path_of

MOST_NAMED = 5  # requirements that a line names
DUTY = "requirement-kind/duty"
"""The term by which an edition marks what is owed to it as a whole."""


def title_block(g: Gathered) -> TitleBlock:
    """Who the paper is for, and the posts that answer for it."""
    brief = g.brief
    leads = g.posts(g.duties(Line.DOING))
    overseers = g.posts(g.duties(Line.OVERSEEING))
    return TitleBlock(
        body=g.names.of(brief.to),
        held_on=brief.held_on,
        title=brief.title or _title(g),
        reference=brief.reference,
        agenda_item=brief.agenda_item,
        report_of=g.names.of(brief.report_of) or overseers,
        lead=leads,
        marking=brief.marking,
    )


def _title(g: Gathered) -> str:
    titles = dict.fromkeys(
        g.names.of(edition.value.instrument).removeprefix("The ") for edition in _editions(g)
    )
    return g.line("title", titles=" and ".join(titles), round=g.cycle.value.name)


def _editions(g: Gathered) -> tuple[Entry[Edition], ...]:
    return tuple(g.view.one(one) for one in g.cycle.value.editions)


def purpose(g: Gathered) -> tuple[Paragraph, ...]:
    """Why the board is given it: the round, the editions, and the duties that they name."""
    editions = _editions(g)
    told = tell(
        "purpose",
        g.cycle,
        to=g.names.of(g.brief.to),
        body=g.names.of(g.scope),
        editions=" and ".join(one.value.label for one in editions),
        day=g.as_at,
        round=g.cycle.value.name,
    )
    found = [Paragraph(told)]
    if g.cycle.value.stage == "open":
        found.append(Paragraph(_still_open(g)))
    owed_to = duties(g)
    if owed_to:
        found.append(Paragraph(_duty(g, owed_to)))
    return tuple(found)


def _duty(g: Gathered, owed_to: tuple[Entry[Expectation], ...]) -> Statement:
    first = owed_to[0].value
    words = Statement.quoted(
        f"“{first.text}” ({first.cites or path_of(owed_to[0].subject)})",
        source=owed_to[0].source,
        marking=owed_to[0].marking,
    )
    if len(owed_to) == 1:
        return tell("duty", duty=words)
    others = g.count(
        owed_to[1:], "other duty", what="duties to the requirement", many="other duties"
    )
    return tell("duty, one of", duty=words, others=others)


def _still_open(g: Gathered) -> Statement:
    silences = still_to_speak(g.view, g.cycle.subject, matrix=g.cells)
    keys = {key for one in silences for key in one.keys if key.scope == g.scope}
    if not keys:
        silent = tell("word", word="every line has spoken")
    else:
        # A board's word is asked on headings, which are no cells of the matrix.
        held = [*(one for one in g.cells if one.key in keys), *keys.difference(g.cells.cells)]
        number = g.count(held, "position", what="positions of which a line has still to speak")
        silent = tell("mark", number=number, words="wait for a line that has still to speak")
    return tell("open", g.cycle, silent=silent)


def duties(g: Gathered) -> tuple[Entry[Expectation], ...]:
    """What the editions say is owed to them as a whole."""
    return tuple(one for one in g.cells.requirements.values() if DUTY in one.value.terms)


def duty_said(one: Entry[Expectation]) -> Statement:
    """A duty in the edition's own words, with where they stand."""
    named = one.value.code.rpartition("/")[2].replace("-", " ")
    return Statement.quoted(
        f"{named[:1].upper()}{named[1:]}: “{one.value.text}” ({one.value.cites}).",
        source=one.source,
        marking=one.marking,
    )


def judged_under(g: Gathered, one: Entry[Edition]) -> Iterator[Statement]:
    """An edition of the round, and whether a newer one was in force."""
    instrument: Instrument = g.view.one(one.value.instrument).value
    yield ended(
        tell(
            "edition",
            one,
            title=instrument.title,
            label=one.value.label,
            issuer=instrument.issuer,
            window=window_said(one.value.in_force),
        )
    )
    yield from _newer(g, one)


def _newer(g: Gathered, judged: Entry[Edition]) -> Iterator[Statement]:
    for one in g.view.all(Edition, about=judged.value.instrument):
        if one.held is None or one.subject in g.cycle.value.editions:
            continue
        start, since = one.held.in_force.start, judged.value.in_force.start
        if (
            start
            and since
            and since < start <= g.brief.held_on
            and one.held.in_force.holds(g.brief.held_on)
        ):
            yield tell(
                "not current",
                one,
                newer=one.held.label,
                day=g.brief.held_on,
                older=judged.value.label,
            )


def window_said(window: Window) -> str:
    """The days of a window in words."""
    start = f"from {day_said(window.start)}" if window.start else "from a day not said"
    return f"{start} to {day_said(window.end)}" if window.end else start


def must_know(g: Gathered, owed: Owed) -> Iterator[Block]:
    """What the board must know, at a glance; then the exceptions by name."""
    spread = g.made.whole
    rows = [
        _row(g, "where-we-stand", opened(ended(stands(g, spread)))),
        _row(g, "what-is-worst", _worst(g, spread)),
        _row(g, "what-has-changed", _changed(g)),
        _row(g, "promises-kept", owed.promises_in_short(g)),
        _row(g, "actions-overdue", owed.actions_in_short(g)),
        _row(g, "rests-on-nothing", _unsupported(g, spread)),
        _row(g, "asked-of-the-board", _asked(g)),
    ]
    yield Heading(g.fixed("must-know"), id="must-know")
    yield Table(
        caption=g.fixed("at-a-glance", day=g.as_at),
        stub=g.line("question"),
        columns=(Column(g.line("answer")),),
        rows=tuple(rows),
        id="at-a-glance",
    )
    named = tuple(_named(g, spread, owed))
    if named:
        yield Heading(g.fixed("exceptions"), level=2, id="exceptions")
        yield Bullets(named)


def _row(g: Gathered, question: str, answer: Statement) -> Row:
    return Row(g.fixed(question), (answer,))


def stands(g: Gathered, spread: Spread) -> Statement:
    """How many of the positions were assessed, and at which levels they stand."""
    base = g.count(spread.cells, "position", what="positions")
    close = closely(spread.cells)
    if not spread.assessed:
        return tell("stands, none", *close, base=base)
    levels = [
        tell(
            "at level",
            number=g.count(one.cells, "", what=f"positions at {one.level.label.lower()}"),
            level=one.level.label.lower(),
        )
        for one in spread.levels
        if one.cells
    ]
    assessed = g.share(
        spread.assessed, what="positions assessed in the round", of=len(spread.cells)
    )
    noun = "position" if len(spread.cells) == 1 else "positions"
    return tell(
        "stands, one" if len(spread.assessed) == 1 else "stands",
        *close,
        assessed=assessed,
        base=noun,
        levels=listed(levels),
    )


def _worst(g: Gathered, spread: Spread) -> Statement:
    told = []
    for one in spread.worst:
        best = max(held.level.order for held in spread.levels if held.scale == one.scale)
        if one.level.order == best:
            told.append(tell("best only", level=one.level.label))
        else:
            told.append(tell("worst", level=one.level.label, number=cells_named(g, one.cells)))
    if not told:
        return tell("word", word="Nothing was assessed, so nothing can be said.")
    return opened(ended(listed(told, last="; ", between="; ")))


def cells_named(g: Gathered, found: Sequence[Cell], *, within: bool = False) -> Statement:
    """Positions by name, under their threats; the first few of many, with the number of the rest.

    Args:
        g: What the paper is written from.
        found: The positions.
        within: Whether their threat is said already.
    """
    groups = by_requirement(found)
    if len(groups) > MOST_NAMED and not within:
        return _by_threat(g, found)
    named: dict[str, list[Statement]] = {}
    for group in groups[:MOST_NAMED]:
        top = g.cells.above(group[0].key.about)[-1]
        named.setdefault(top, []).append(g.called(group))
    pieces = [
        listed(held)
        if within or top in {one.key.about for one in g.cells}
        else tell("of threat", threat=g.short(top), cells=listed(held))
        for top, held in named.items()
    ]
    told = listed(pieces, last="; ", between="; ")
    rest = [one for group in groups[MOST_NAMED:] for one in group]
    if not rest:
        return told
    more = g.count(rest, "position", what="positions not named")
    return tell("and more", *closely(rest), cells=told, more=more)


def _by_threat(g: Gathered, found: Sequence[Cell]) -> Statement:
    """Positions too many to name, as how many there are under each threat."""
    tops: dict[str, list[Cell]] = {}
    for one in found:
        tops.setdefault(g.cells.above(one.key.about)[-1], []).append(one)
    return listed(
        tell(
            "in threat",
            *closely(held),
            threat=g.short(top),
            number=g.count(held, "position", what="positions of one threat"),
        )
        for top, held in tops.items()
    )


def _changed(g: Gathered) -> Statement:
    before = g.earlier.cells
    if before is None:
        return opened(ended(tell("no earlier")))
    counts = moves_counted(g)
    paper, named = g.earlier.paper, before.cycle.value.name
    if paper is None:
        said = tell("since a round", round=named, told=counts)
    elif paper.value.cycle == before.cycle.subject:
        held = paper.value
        said = tell("since", paper, title=held.title, day=held.held_on, told=counts)
    else:
        held = paper.value
        said = tell(
            "since, beside", paper, title=held.title, day=held.held_on, round=named, told=counts
        )
    return opened(ended(said))


def moves_counted(g: Gathered, within: Iterable[Cell] | None = None) -> Statement:
    """How many positions moved which way."""
    chosen = None if within is None else {one.key for one in within}
    by_move = {
        move: [
            one.now
            for one in g.changes
            if one.move is move and (chosen is None or one.now.key in chosen)
        ]
        for move in Move
    }
    words = {
        Move.BETTER: "better",
        Move.WORSE: "worse",
        Move.SAME: "the same",
        Move.NEWLY: "assessed for the first time",
        Move.LOST: "assessed no longer",
        Move.BROKEN: "not to be set side by side",
    }
    pieces = [
        tell(
            "mark",
            *closely(by_move[move]),
            number=g.count(by_move[move], "", what=f"positions {told}"),
            words=told,
        )
        for move, told in words.items()
        if by_move[move] or move in (Move.BETTER, Move.WORSE, Move.SAME)
    ]
    return listed(pieces)


def _unsupported(g: Gathered, spread: Spread) -> Statement:
    told = [
        tell(
            "mark",
            *closely(found),
            number=g.count(found, "", what=f"positions {words}"),
            words=words,
        )
        for reads, words in (
            (Reads.ASSERTED, "asserted, with no evidence named"),
            (Reads.STALE, "stale, with all evidence expired"),
            (Reads.CARRIED, "carried and not reviewed"),
            (Reads.NOT_ASSESSED, "not assessed"),
            (Reads.NOT_MEASURED, "not measured"),
        )
        if (found := spread.reading(reads))
    ]
    if not told:
        return tell("evidence whole")
    base = g.count(spread.cells, "position", what="positions")
    return opened(ended(tell("named", kind=tell("of them", base=base), cells=listed(told))))


def _asked(g: Gathered) -> Statement:
    if not g.proposals:
        return opened(ended(tell("nothing asked")))
    number = g.count(g.proposals, "decision", what="decisions proposed")
    return opened(ended(tell("asked", *close_ones(g.proposals), asks=number)))


def _named(g: Gathered, spread: Spread, owed: Owed) -> Iterator[Statement]:
    worse = [one.now for one in g.changes if one.move is Move.WORSE]
    if worse:
        yield ended(tell("named", kind="Worse than before", cells=cells_named(g, worse)))
    for kind, found in spread.exceptions():
        if kind in {one.level.label for one in spread.worst}:
            continue  # the table has named them
        kind = kind[:1].upper() + kind[1:]
        yield ended(tell("named", kind=kind, cells=cells_named(g, found)))
    yield from owed.named(g)
    for one in g.expenses:
        yield expense_said(one, one.link.value.source)
