"""The assurance paper of a round, such as that on the Strategic Policing Requirement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version

from regard.board.spr.capability import capability
from regard.board.spr.citing import figures_of
from regard.board.spr.endings import endings, implications, methods_of, sources_of
from regard.board.spr.fixed import SPEAKS
from regard.board.spr.front import must_know, purpose, stands, title_block
from regard.board.spr.gathering import EXAMPLE_NOTICE, Brief, Gathered, gather
from regard.board.spr.owed import Owed, owed
from regard.board.spr.phrases import ended, opened
from regard.board.spr.tables import matrix_table
from regard.board.spr.threats import recommendation_id, threat_section
from regard.core.figures import Source
from regard.core.markings import OFFICIAL
from regard.core.statements import Statement
from regard.papers.model import (
    Block,
    Contact,
    Document,
    Heading,
    Paragraph,
    Recommendation,
    Recommended,
)
from regard.register.seeing import View

WRITTEN_BY = f"regard {version('regard')}"
"""The version of Regard that wrote a paper; another may write other bytes."""


def spr_paper(view: View, cycle: str, scope: str, brief: Brief) -> Document:
    """The paper of a round as a document, ready to be written in any format.

    Its computed sentences come from closed sets; words of posts stand in quotation marks with
    the post and the number of the entry. Nothing that was entered after the view's position is
    in it.

    Args:
        view: The register at a position; its reader sees all that the paper may hold.
        cycle: The round.
        scope: The body.
        brief: What the paper is told.

    Raises:
        NotKnown: there is no such round, or it is not about that body.
    """
    return paper_of(gather(view, cycle, scope, brief))


def paper_of(g: Gathered, held: Owed | None = None) -> Document:
    """The paper of what was gathered.

    Args:
        g: What the register holds on its subject.
        held: What is owed, if it was read already.
    """
    owing = held or owed(g)
    made = Document(
        title=title_block(g),
        purpose=purpose(g),
        blocks=tuple(_blocks(g, owing)),
        recommendations=tuple(
            Recommendation(
                recommendation_id(one.subject),
                Statement.quoted(one.value.text, source=one.source, marking=one.marking),
            )
            for one in g.proposals
        ),
        implications=implications(g),
        contacts=_contacts(g),
        as_at=g.as_at,
        methods=(*methods_of(g), WRITTEN_BY),
        banner=_banner(g),
        summary=_summary(g),
        position=_position(g),
        language=g.language,
    )
    return replace(made, sources=(*_root(g), *sources_of(g, figures_of(made))))


def _root(g: Gathered) -> Iterator[Source]:
    """The whole root: the twelve letters of the foot notice a slip, and no more."""
    if g.brief.root:
        place = f"root of the register at position {g.view.position.seq:,}"
        yield Source("register", place, f"SHA-256 {g.brief.root}")


def _blocks(g: Gathered, held: Owed) -> Iterator[Block]:
    yield from must_know(g, held)
    yield Heading(g.fixed("threats"), id="threats")
    yield matrix_table(g)
    for part in g.made.parts:
        yield from threat_section(g, held, part)
    yield from capability(g)
    yield from endings(g, held)
    inside = {one for part in g.made.parts for one in g.below(part.about)}
    others = [one for one in g.proposals if one.value.about not in inside]
    if others:
        yield Heading(g.fixed("asked-else"), id="asked")
        for one in others:
            yield Paragraph(
                Statement.quoted(
                    f"Why: “{one.value.reason}”", source=one.source, marking=one.marking
                )
            )
            yield Recommended(recommendation_id(one.subject))


def _summary(g: Gathered) -> str:
    """One line for catalogues; what is held more closely stands in none."""
    said = opened(ended(stands(g, g.made.whole)))
    return f"{g.names.of(g.scope)}: {said}" if said.marking == OFFICIAL else ""


def _banner(g: Gathered) -> str:
    told = [g.line("example")] if g.view.find(EXAMPLE_NOTICE) is not None else []
    if g.cycle.value.stage == "open":
        told.append(g.line("draft-open"))
    elif not g.brief.issued:
        told.append(g.line("draft"))
    return " ".join(told)


def _position(g: Gathered) -> str:
    if not g.brief.head:
        return g.line("position", size=f"{g.view.position.seq:,}")
    size, _, root = g.brief.head.partition(" · ")
    return g.line("position-head", size=f"{int(size):,}", root=root)


def _contacts(g: Gathered) -> tuple[Contact, ...]:
    """Each post that must speak in the round, with what it speaks of."""
    found: dict[str, dict[str, None]] = {}
    for line in SPEAKS:
        for duty in g.duties(line):
            what = g.short(duty.about) if duty.about else g.line("whole-round")
            found.setdefault(g.names.of(duty.post), {})[g.line(SPEAKS[line], what=what)] = None
    return tuple(Contact("; ".join(told), post) for post, told in found.items())
