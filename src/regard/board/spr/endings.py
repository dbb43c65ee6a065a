"""The end of an assurance paper: regard, evidence, what cannot be said, what follows for money."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from regard.assurance.cells import Cell, Reads
from regard.assurance.composite import RULE
from regard.assurance.evidence import NONE
from regard.assurance.gaps import Apart, Unmeasured, gap_or_reason
from regard.assurance.having_regard import having_regard
from regard.board.spr.front import cells_named, duties, duty_said, judged_under
from regard.board.spr.gathering import Gathered, closely
from regard.board.spr.owed import (
    Owed,
    directly,
    is_of,
    ledger,
    vulnerability_blocks,
)
from regard.board.spr.phrases import ended, in_one, quoted, tell
from regard.board.spr.threats import asked_in_numbers, gap_said
from regard.core.errors import DefinitionRefused, NotComparable, NotEnoughData
from regard.core.figures import Figure, Source
from regard.core.periods import FinancialYear, day_said
from regard.core.statements import Statement
from regard.papers.model import (
    LANGUAGE,
    Block,
    Bullets,
    Column,
    Heading,
    Implication,
    Missing,
    Paragraph,
    Row,
    Table,
)
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation, Observation
from regard.register.kinds.frame import Edition, Instrument
from regard.register.kinds.speech import IN_EFFECT, Act, Decision

PROMISE = "promise"
"""What a promise of a paper is called before its number."""
_MADE_BY = re.compile(r"by (party:\S+) on ")
"""How the source of an entry names the post that made it."""
_MONEY = ("grant", "budget", "saving", "funding")
"""Words in the name of a measure, or of an expectation's terms, by which money is found."""


def endings(g: Gathered, held: Owed) -> Iterator[Block]:
    """Everything that comes after the threats."""
    yield from _elsewhere(g, held)
    yield from ledger(g, held)
    yield from _promised(g)
    yield from _regard(g)
    yield from _evidence(g)
    yield from _unsaid(g)


def _elsewhere(g: Gathered, held: Owed) -> Iterator[Block]:
    """Vulnerabilities and actions of no requirement that has a section of its own."""
    inside = {one for part in g.made.parts for one in g.below(part.about)}
    others = [one for one in held.vulnerabilities if one.entry.value.about not in inside]
    told = {one.entry.subject for one in directly(g, held.actions, inside)}
    actions = [
        one
        for one in held.actions
        if one.entry.subject not in told and not is_of(one, held.vulnerabilities)
    ]
    if others or actions:
        named = "actions-of-no-one" if actions else "of-no-one"
        yield Heading(g.fixed(named), id="vulnerabilities")
        title = g.line("no-one") if g.language == LANGUAGE else g.word("no-one")
        yield from vulnerability_blocks(g, others, actions, title, "actions-elsewhere")


def _promised(g: Gathered) -> Iterator[Block]:
    """What the paper itself promises by a day; the next one must answer it."""
    if not g.brief.promised:
        return
    rows = tuple(
        Row(
            g.fixed("promise-numbered", number=str(number)),
            (
                Statement.quoted(one.text, source=Source("said", "this paper")),
                tell("word", word=day_said(one.due)),
                _post(g, g.names.of(one.owner)),
                Missing(g.line("higher-line"))
                if one.measure is None
                else tell("word", word=g.names.of(one.measure)),
            ),
        )
        for number, one in enumerate(g.brief.promised, start=1)
    )
    yield Heading(g.fixed("promises-here"), id="promised")
    yield Table(
        caption=g.fixed("promises-table"),
        stub=g.line("number"),
        columns=tuple(Column(g.line(one)) for one in ("promise", "by", "who-answers", "shown-by")),
        rows=rows,
        id="promised-here",
    )


def _post(g: Gathered, name: str) -> Statement:
    return tell("word", word=name) if name else g.word("no-post")


def _regard(g: Gathered) -> Iterator[Block]:
    """The statement of how regard was had, with departures and their grounds."""
    year = FinancialYear.of(g.as_at)
    found = having_regard(g.view, g.scope, year, as_at=g.brief.held_on)
    yield Heading(g.fixed("regard"), id="regard")
    yield Paragraph(tell("regard", year=year, body=g.names.of(g.scope)), tuple(found.statements()))


def _evidence(g: Gathered) -> Iterator[Block]:
    """Evidence that expired or is missing, position by position."""
    yield Heading(g.fixed("evidence"), id="evidence")
    told = tuple(_weighed(g))
    if told:
        yield Bullets(told)
    else:
        yield Paragraph(tell("evidence whole"))


def _weighed(g: Gathered) -> Iterator[Statement]:
    missing = [one for one in g.cells if one.reads is Reads.ASSERTED]
    if missing:
        yield ended(tell("evidence none", cell=cells_named(g, missing)))
    yield from _expired(g)
    for cell in g.cells:
        weighed = cell.position.evidence if cell.position else NONE
        for key, found in (("unseen", weighed.unseen), ("retracted", weighed.retracted)):
            if found:
                number = g.count([cell] * len(found), "piece", what=f"evidence {key}")
                told = tell(
                    f"evidence {key}", *closely([cell]), cell=g.called([cell]), number=number
                )
                yield ended(told)


def _expired(g: Gathered) -> Iterator[Statement]:
    """Each piece of evidence that expired, once, with the positions that it was to support."""
    by_piece: dict[str, list[Cell]] = {}
    for cell in g.cells:
        for one in cell.position.evidence.expired if cell.position else ():
            by_piece.setdefault(one, []).append(cell)
    held = g.view.many(by_piece)
    for one, cells in by_piece.items():
        entry: Entry[Observation] | None = held.get(one)
        if entry is None or entry.held is None:
            continue
        yield ended(
            tell(
                "evidence piece",
                entry,
                title=entry.held.document.name if entry.held.document else entry.held.text,
                collected=entry.held.collected,
                expires=entry.held.expires or entry.held.collected,
                cells=cells_named(g, cells),
            )
        )


def _unsaid(g: Gathered) -> Iterator[Block]:
    """What the paper cannot say, and why."""
    yield Heading(g.fixed("unsaid"), id="unsaid")
    told = []
    spread = g.made.whole
    for reads, key in (
        (Reads.NOT_ASSESSED, "unsaid not assessed"),
        (Reads.CARRIED, "unsaid carried"),
        (Reads.NOT_MEASURED, "unsaid not measured"),
        (Reads.WITHHELD, "unsaid withheld"),
    ):
        found = spread.reading(reads)
        if found:
            number = g.count(found, "position", what=f"positions {reads}")
            named = cells_named(g, found)
            told.append(ended(tell(key, *closely(found), number=number, cells=named)))
    told.extend(_unmeasured(g))
    if not told:
        told.append(tell("unsaid nothing"))
    yield Bullets((*told, tell("never averaged")))


def _unmeasured(g: Gathered) -> Iterator[Statement]:
    for one in asked_in_numbers(g, set(g.cells.requirements)):
        try:
            held = gap_or_reason(g.view, one.subject, g.scope, as_at=g.as_at)
        except (NotEnoughData, NotComparable, DefinitionRefused):
            continue  # its section says why it has no target
        if isinstance(held, Apart | Unmeasured):
            yield gap_said(held)


def implications(g: Gathered) -> tuple[Implication, ...]:
    """What follows for money and in law, from entries; that nothing was entered, where none was."""
    money = tuple(_money(g)) or (tell("nothing entered"),)
    law = tuple(_law(g))
    return (
        Implication(g.line("financial"), tuple(map(Paragraph, money))),
        Implication(g.line("legal"), (*map(Paragraph, law), *_owed_to(g))),
    )


def _owed_to(g: Gathered) -> Iterator[Paragraph]:
    held = duties(g)
    if held:
        yield Paragraph(g.fixed("owed-to"), tuple(map(duty_said, held)))


def _money(g: Gathered) -> Iterator[Statement]:
    """Grants and other money with the days on which they end, as they were entered."""
    for one in g.view.all(Expectation, scope=g.scope):
        if one.held is not None and one.effective <= g.brief.held_on and _is_money(one.held):
            key = "money until" if one.held.window.end else "money"
            days = {"day": one.held.window.end} if one.held.window.end else {}
            yield tell(
                key,
                one,
                what=one.held.text.rstrip("."),
                **days,
            )
    for found in g.view.all(Observation, scope=g.scope):
        held = found.held
        if held is None or held.retracts or held.collected > g.as_at:
            continue
        if any(word in (held.measure or "") for word in _MONEY):
            yield quoted(held.text, found, g.names.of(found.post)) + tell("stop")


def _is_money(value: Expectation) -> bool:
    return any(word in term for term in value.terms for word in _MONEY) or any(
        word in (value.measure or "") for word in _MONEY
    )


def _law(g: Gathered) -> Iterator[Statement]:
    for named in g.cycle.value.editions:
        edition: Entry[Edition] = g.view.one(named)
        instrument: Entry[Instrument] = g.view.one(edition.value.instrument)
        force = FORCE_SAID[instrument.value.force]
        yield in_one((*judged_under(g, edition), tell("legal force", force=force)))
    asked = {*g.cells.requirements, *g.cycle.value.editions}
    departures = [
        one
        for one in g.view.all(Decision)
        if one.held is not None
        and one.held.act is Act.DEPART
        and one.held.stage in IN_EFFECT
        and one.held.scope in (None, g.scope)
        and one.held.about in asked
        and one.effective <= g.brief.held_on
    ]
    for one in departures:
        yield tell(
            "departed",
            one,
            by=g.names.of(one.value.by),
            about=g.names.of(one.value.about),
            day=one.effective,
            reason=one.value.reason,
        )
    if not departures:
        yield tell("no departure")


FORCE_SAID = {
    "must": "must be followed",
    "follow unless good reason": "is to be followed unless there is good reason to depart from it",
    "have regard": "is one to which regard must be had",
    "aim": "is an aim",
}
"""The legal force of an instrument as the end of a sentence."""


def sources_of(g: Gathered, figures: Iterable[Figure]) -> tuple[Source, ...]:
    """What the paper rests on: its round, its editions, then each entry that a figure names."""
    found = {g.cycle.source.reference: g.cycle.source}
    for named in g.cycle.value.editions:
        one: Entry[Edition] = g.view.one(named)
        digest = f"frozen, SHA-256 {one.value.digest}" if one.value.digest else "not frozen"
        found[one.source.reference] = Source("said", one.source.reference, digest)
    for figure in figures:
        for source in figure.sources:
            if source.kind == "said":
                found.setdefault(source.reference, source)
    return tuple(_by_name(g, one) for one in found.values())


def _by_name(g: Gathered, source: Source) -> Source:
    """An entry that says who made it, with the post by the name that it has."""
    post = _MADE_BY.match(source.detail)
    if post is None:
        return source
    return replace(source, detail=source.detail.replace(post[1], g.names.of(post[1]), 1))


def methods_of(g: Gathered) -> tuple[str, ...]:
    """The rules by which the paper was made, each with its version."""
    rules = {RULE}
    for one in g.cells.requirements.values():
        rules |= {named for named in (one.value.rule, one.value.scale) if named}
    return tuple(sorted(rules))
