"""People and mobilisation in an assurance paper: what is held of them, and the cost at home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from regard.assurance.gaps import Apart, Gap, Unmeasured
from regard.assurance.observed import FORECAST, Observed, bases_said, of_a_body
from regard.assurance.promised_twice import PromisedTwice
from regard.assurance.tiers import Level
from regard.board.spr.gathering import Gathered
from regard.board.spr.phrases import ended, listed, quoted, resting, tell
from regard.capability.scenarios import KeptAnswer, kept_in
from regard.core.errors import FileUnreadable
from regard.core.figures import Source
from regard.core.periods import day_said
from regard.core.statements import Statement
from regard.papers.model import (
    RIGHT,
    Block,
    Column,
    Heading,
    Missing,
    Paragraph,
    Row,
    Table,
)
from regard.papers.model import Cell as Held
from regard.register.entries import Entry
from regard.register.kinds.facts import Observation
from regard.register.kinds.frame import Measure, Party

MOBILISATION = ("psu", "support unit", "mobilis", "other forces")
"""Words in the code or the name of a measure by which what is mobilised is found."""

PEOPLE = ("establishment", "strength", "vacanc", "headcount", "trained", "recruit", "leavers")
"""Words in the code or the name of a measure by which posts and people are found."""

COUNTED = "actual"
"""The basis of what was counted: a table says each other one with its day."""

PEOPLE_UNITS = ("officers", "staff", "posts", "people", "constables", "FTE", "advisers")
"""Units in which posts and people are counted."""


def capability(g: Gathered) -> Iterator[Block]:
    """What the register holds on people, and on mobilisation; nothing where it holds none."""
    yield from people(g)
    yield from mobilisation(g)


def people(g: Gathered) -> Iterator[Block]:
    """Posts, people and vacancies of the body and of those below it, each on its named base."""
    wanted = {one.subject for one in g.measures if _is_people(one)}
    told = [
        (body, found)
        for body in _bodies(g)
        if (found := of_a_body(g.view, body, measures=wanted, as_at=g.as_at))
    ]
    if not told:
        return
    yield Heading(g.fixed("people"), id="people")
    for number, (body, found) in enumerate(told, start=1):
        yield from _numbers(g, "people-table", g.names.of(body), found, f"people-{number}")


def mobilisation(g: Gathered) -> Iterator[Block]:
    """What can be mobilised, what is promised of it, how much twice, and what it costs."""
    wanted = {one.subject for one in g.measures if _is_mobilisation(one)}
    found = of_a_body(g.view, g.scope, measures=wanted, as_at=g.as_at)
    if not found and not g.promised_twice and not g.answers:
        return
    yield Heading(g.fixed("mobilisation"), id="mobilisation")
    if found:
        body = g.names.of(g.scope)
        yield from _numbers(g, "mobilisation-table", body, found, "mobilised")
    if g.promised_twice:
        yield Heading(g.fixed("tiers"), level=2, id="tiers")
    for number, one in enumerate(g.promised_twice, start=1):
        yield _tiers(g, one, f"tiers-{number}")
        for said in one.statements():
            yield Paragraph(resting(said, *one.entries))
    yield from _answers(g)


def _is_mobilisation(measure: Entry[Measure]) -> bool:
    return _named(measure, MOBILISATION)


def _is_people(measure: Entry[Measure]) -> bool:
    if _is_mobilisation(measure):
        return False
    return measure.value.unit in PEOPLE_UNITS or _named(measure, PEOPLE)


def _named(measure: Entry[Measure], words: Iterable[str]) -> bool:
    told = f"{measure.subject} {measure.value.name}".lower()
    return any(one in told for one in words)


def _bodies(g: Gathered) -> Iterator[str]:
    """The body of the paper, then those of its round that are parts of it."""
    yield g.scope
    held = g.view.many(one for one in g.cycle.value.scopes if one != g.scope)
    for subject in g.cycle.value.scopes:
        party = held[subject].held if subject in held else None
        if isinstance(party, Party) and party.parent == g.scope:
            yield subject


def _numbers(
    g: Gathered, caption: str, body: str, found: Sequence[Observed], name: str
) -> Iterator[Block]:
    """Numbers as a table, those that are not one number side by side, and what is foretold."""
    now = [one for one in found if one.entry.value.basis != FORECAST]
    if now:
        yield Table(
            caption=g.fixed(caption, body=body),
            stub=g.line("counted"),
            columns=(
                Column(g.line("figure"), align=RIGHT),
                Column(g.line("base")),
                Column(g.line("found-on")),
            ),
            rows=tuple(_row(g, one) for one in now),
            id=f"{name}-held",
        )
    several = tuple(_not_one(now))
    if several:
        yield Paragraph(g.fixed("side-by-side"), several)
    later = [one for one in found if one.entry.value.basis == FORECAST]
    if later:
        told = tuple(resting(one.statement(), one.entry) for one in later)
        yield Paragraph(g.fixed("foretold"), told)


def _row(g: Gathered, one: Observed) -> Row:
    named = Statement.quoted(one.measure, source=one.entry.source, marking=one.entry.marking)
    base: Held = tell("word", one.entry, word=one.base) if one.base else Missing(g.line("no-base"))
    return Row(named, (_figure(one), base, tell("word", one.entry, word=_found_on(one))))


def _found_on(one: Observed) -> str:
    """The day, and how it was found where nobody counted: estimated, at an exercise..."""
    basis, day = one.entry.value.basis, day_said(one.on)
    return day if basis == COUNTED else f"{day} ({basis})"


def _figure(one: Observed) -> Held:
    if one.figure.value is None:
        return Missing(one.figure.missing)
    return tell("about figure" if one.approximate else "figure", one.entry, figure=one.figure)


def _not_one(found: Iterable[Observed]) -> Iterator[Statement]:
    """Numbers of one measure on several bases, and those of one base that contradict each other."""
    by_measure: dict[str, dict[str, list[Observed]]] = {}
    for one in found:
        bases = by_measure.setdefault(one.entry.value.measure or "", {})
        bases.setdefault(one.base, []).append(one)
    for bases in by_measure.values():
        firsts = [held[0] for held in bases.values()]
        if len(firsts) > 1:
            yield resting(bases_said(firsts), *(one.entry for one in firsts))
        for base, held in bases.items():
            if len(held) > 1:
                yield ended(
                    tell(
                        "one base",
                        *(one.entry for one in held),
                        body=held[0].body,
                        measure=held[0].measure,
                        base=base or "that is not named",
                        day=held[0].on,
                        told=listed(tell("figure", figure=one.figure) for one in held),
                    )
                )


def _tiers(g: Gathered, held: PromisedTwice, name: str) -> Table:
    """What is promised at each tier, for how long, and what is held on that base alone."""
    return Table(
        caption=g.fixed(
            "tiers-table",
            measure=held.levels[0].target.measure,
            body=held.body,
            day=held.as_at,
        ),
        stub=g.line("tier"),
        columns=(
            Column(g.line("promised"), align=RIGHT),
            Column(g.line("base")),
            Column(g.line("for-how-long")),
            Column(g.line("alone"), align=RIGHT),
        ),
        rows=tuple(_tier(g, one) for one in held.levels),
        id=name,
    )


def _tier(g: Gathered, one: Level) -> Row:
    base = one.target.base
    return Row(
        g.word(one.tier, one.entry),
        (
            tell("figure", one.entry, figure=one.target.figure),
            tell("word", one.entry, word=base) if base else g.word("no-base", one.entry),
            Missing(g.line("not-stated"))
            if one.days is None
            else tell("figure", one.entry, figure=one.lasts),
            _alone(g, one.alone),
        ),
    )


def _alone(g: Gathered, found: Gap | Apart | Unmeasured) -> Held:
    match found:
        case Gap():
            return tell("figure", found.observed.entry, figure=found.observed.figure)
        case Apart():
            return Missing(g.line("not-the-same"))
        case Unmeasured():
            return Missing(g.line("not-measured"))


def _answers(g: Gathered) -> Iterator[Block]:
    """Kept answers of stress tests, and what their files say of how they were made."""
    if not g.answers:
        return
    yield Heading(g.fixed("answers"), level=2, id="answers")
    yield Paragraph(g.fixed("answers-told"), tuple(_answer(g, one) for one in g.answers))
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Entry[Observation]]] = {}
    gone = []
    for one in g.answers:
        held = _file_of(g, one)
        if isinstance(held, KeptAnswer):
            alike.setdefault((held.rules, held.left_out), []).append(one)
        else:
            gone.append(held)
    for (rules, left_out), entries in alike.items():
        named = ", ".join(f"{one.seq:,}" for one in entries)
        for name, words in (("how-sent", rules), ("left-out", left_out)):
            if words:
                yield Paragraph(g.fixed(name, entries=named), tuple(_as_kept(words, entries)))
    for refused in gone:
        yield Paragraph(refused)


def _answer(g: Gathered, one: Entry[Observation]) -> Statement:
    document = one.value.document
    return ended(
        tell(
            "kept answer",
            one,
            name=document.name if document else one.subject,
            day=one.value.collected,
            place=document.place if document else "",
            told=quoted(one.value.text, one, g.names.of(one.post)),
        )
    )


def _file_of(g: Gathered, one: Entry[Observation]) -> KeptAnswer | Statement:
    """The answer as its file says it, only if that is the file that was kept with the entry."""
    document = one.value.document
    name = document.name if document else one.subject
    if g.brief.home is None:
        return tell("file gone", one, name=name, seq=one.seq, why="its file was not read.")
    try:
        return kept_in(one, g.brief.home)
    except FileUnreadable as refusal:
        return ended(tell("file gone", one, name=name, seq=one.seq, why=refusal.wrong))


def _as_kept(words: Iterable[str], entries: Sequence[Entry[Observation]]) -> Iterator[Statement]:
    """Words that the kept files of some answers share, with the entries that name those files."""
    first = entries[0]
    document = first.value.document
    digest = document.sha256 if document else ""
    source = Source(first.source.kind, first.source.reference, f"its file, SHA-256 {digest}")
    for said in words:
        yield resting(Statement.quoted(said, source=source, marking=first.marking), *entries[1:])
