"""The performance paper of a Police and Crime Plan, put together from where its promises stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regard.board.gaps import what_is_missing
from regard.board.pack import how_they_vary, sheet_of, steps_for_decision, this_month
from regard.board.sections import (
    icons_explained,
    milestone_table,
    outcome_section,
    watched_table,
)
from regard.board.summary import (
    milestones_in_a_sentence,
    what_cannot_be_told,
    what_changed,
    what_has_no_position,
    what_it_says,
)
from regard.core.figures import Figure, Source
from regard.core.statements import Statement
from regard.papers.model import (
    Block,
    Contact,
    Document,
    Heading,
    Implication,
    Paragraph,
    Recommendation,
    Recommended,
    TitleBlock,
)
from regard.plan.model import Ask, Plan, Quotation
from regard.plan.standing import Positions
from regard.records.forces import forces

BANNER = (
    "GENERATED EXAMPLE DATA. These rows were generated from published aggregates. No row is a "
    "crime, an answer or a person."
)


def performance_paper(held: Positions) -> Document:
    """The paper as a document, ready to be written in any format.

    Its computed sentences come from closed sets and say what was counted, never why; words
    that somebody wrote stand in quotation marks with their place.
    """
    plan = held.plan
    area = area_name(held.area)
    return Document(
        title=TitleBlock(
            body=plan.board,
            held_on=plan.board_on,
            title=title_of(plan),
            report_of=plan.report_of,
            author=plan.author,
        ),
        purpose=_purpose(held, area),
        blocks=tuple(_blocks(held, area)),
        recommendations=tuple(Recommendation(one.id, _asked(plan, one)) for one in plan.asks),
        implications=_implications(plan),
        sources=_sources(held),
        contacts=_contacts(plan),
        as_at=held.as_at,
        known_at=held.known_at,
        methods=held.methods,
        inputs=held.inputs,
        banner=BANNER if held.is_generated else "",
        summary=_summary(held, area),
    )


def title_of(plan: Plan) -> str:
    """The paper's title."""
    if not plan.milestones and not plan.deliverables:
        return f"{plan.name}, {plan.year}"
    return f"Performance against the {plan.year} milestones and deliverables of the {plan.name}"


def area_name(area: str) -> str:
    """An area as people name it: the force, and its local area if one is meant."""
    source, _, local = area.partition("/")
    named = forces()[source].name if source in forces() else source
    return f"{named}, {local}" if local else named


def _summary(held: Positions, area: str) -> str:
    if held.milestones:
        return f"{area}: {milestones_in_a_sentence(held)}"
    return f"{area}: what was recorded, as at {held.as_at.isoformat()}. Nothing is promised."


def _purpose(held: Positions, area: str) -> tuple[Paragraph, ...]:
    plan = held.plan

    def number(count: int, unit: str) -> Figure:
        return plan.number(count, unit, measure=f"{unit}s of the plan", as_at=held.as_at)

    lead = Statement.of(
        "This report shows where {milestones} and {deliverables} of the {name} stand, under "
        "{outcomes}, for {area} as at {day}.",
        milestones=number(len(plan.milestones), "milestone"),
        deliverables=number(len(plan.deliverables), "deliverable line"),
        outcomes=number(len(plan.outcomes), "outcome"),
        name=plan.name,
        area=area,
        day=held.as_at,
    )
    if not plan.milestones and not plan.deliverables:
        lead = Statement.of(
            "This report shows {watched} recorded for {area} as at {day}. No plan was given with "
            "promises to hold them against: nothing here is met or missed.",
            watched=number(len(plan.watched), "measure"),
            area=area,
            day=held.as_at,
        )
    return (Paragraph(lead),)


def _blocks(held: Positions, area: str) -> Iterator[Block]:
    yield from what_it_says(held)
    yield from what_has_no_position(held)
    yield from what_changed(held)
    yield from this_month(held)
    yield from what_cannot_be_told(held)
    yield from milestone_table(held)
    yield from watched_table(held)
    for outcome in held.plan.outcomes:
        yield from outcome_section(held, outcome, area)
    yield from icons_explained(held)
    yield from steps_for_decision(held)
    yield from how_they_vary(held)
    yield from sheet_of(held, area)
    yield Heading("What is missing")
    yield from what_is_missing(held)
    if held.plan.asks:
        yield Heading("What the board is asked")
        for one in held.plan.asks:
            yield Recommended(one.id)


def _asked(plan: Plan, one: Ask) -> Statement:
    return Statement.quoted(one.text, source=plan.source(one.source), marking=plan.marking)


def _implications(plan: Plan) -> tuple[Implication, ...]:
    kinds: dict[str, list[Quotation]] = {}
    for one in plan.consequences:
        kinds.setdefault(one.kind, []).append(one.said)
    return tuple(
        Implication(kind, tuple(Paragraph(plan.quote(said)) for said in all_said))
        for kind, all_said in kinds.items()
    )


def _sources(held: Positions) -> tuple[Source, ...]:
    plan = held.plan
    digest = f"SHA-256 {plan.sha256}" if plan.sha256 else ""
    return (
        Source("plan", plan.document, f"read from {plan.file}"),
        *((Source("plan", plan.file, digest),) if digest else ()),
        *(Source("rows", one) for one in held.imports),
    )


def _contacts(plan: Plan) -> tuple[Contact, ...]:
    """Each post that answers for something, with what it answers for in few words."""
    promised: dict[str, dict[str, None]] = {}
    held: dict[str, list[str]] = {}
    for milestone in plan.milestones:
        outcome = plan.outcome(milestone.outcome)
        promised.setdefault(milestone.lead, {})[outcome.letter or outcome.title] = None
    for deliverable in plan.deliverables:
        for post in deliverable.leads:
            held.setdefault(post, []).append(deliverable.id)
    posts = tuple(dict.fromkeys((*promised, *held)))
    return tuple(
        Contact(_answered(tuple(promised.get(post, ())), held.get(post, [])), post)
        for post in posts
    )


def _answered(outcomes: Sequence[str], deliverables: Sequence[str]) -> str:
    told = []
    if outcomes:
        told.append(f"milestones under {' and '.join(outcomes)}")
    if deliverables:
        told.append(f"{'deliverables' if len(deliverables) > 1 else 'deliverable'} ")
        told[-1] += ", ".join(deliverables)
    words = "; ".join(told)
    return words[:1].upper() + words[1:]
