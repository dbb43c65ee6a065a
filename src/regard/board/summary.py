"""Page 1 of a performance paper: what it says, what really changed, what it cannot say."""

from __future__ import annotations

from collections.abc import Iterable

from regard.core.figures import Figure
from regard.core.periods import Month
from regard.core.statements import Statement, together
from regard.papers.model import Block, Bullets, Heading, Note, Paragraph, Words
from regard.plan.deliverables import ELSEWHERE, SILENT, Told
from regard.plan.standing import (
    BEHIND,
    MET,
    NOT_MET,
    ON_COURSE,
    UNJUDGED,
    Positions,
)
from regard.signals import Reading

RECENT_MONTHS = 24  # an accepted step change counts as recent news for two years
NOTHING_SILENT = "None: every deliverable has a position or names a paper in which one stands."


def what_it_says(held: Positions) -> tuple[Block, ...]:
    """Page 1: where the milestones stand, and which deliverables only point elsewhere."""
    blocks: list[Block] = [Heading("What this paper says")]
    if held.milestones:
        blocks.append(Paragraph(milestones_in_a_sentence(held), _verdicts(held)))
    if held.deliverables:
        blocks.extend(_elsewhere(held))
        blocks.extend(_silent(held))
    return tuple(blocks)


def what_it_can_say(held: Positions) -> tuple[Block, ...]:
    """What has really changed, and what the paper cannot say."""
    return (
        Heading("What has really changed"),
        Bullets(what_changed(held)),
        Heading("What this paper cannot say"),
        Bullets(what_cannot_be_said(held)),
    )


def milestones_in_a_sentence(held: Positions) -> Statement:
    """How many milestones have each verdict."""
    return Statement.of(
        "Of {all} as at {day}: {met} met, {course} on course by arithmetic, {behind} behind, "
        "{missed} not met, {unjudged} that cannot be judged.",
        all=held.plan.number(
            len(held.milestones), "milestone", measure="milestones", as_at=held.as_at
        ),
        met=_count(held, MET),
        course=_count(held, ON_COURSE),
        behind=_count(held, BEHIND),
        missed=_count(held, NOT_MET),
        unjudged=_count(held, UNJUDGED),
        day=held.as_at,
    )


def _count(held: Positions, word: str) -> Figure:
    number = len(held.having(word))
    return held.plan.number(number, "", measure=f"milestones {word}", as_at=held.as_at)


def _verdicts(held: Positions) -> tuple[Words, ...]:
    told = []
    for one in held.milestones:
        assert one.verdict is not None
        lead = held.plan.title_of(one.promise)
        told.append(lead + Statement.of("– {verdict}.", verdict=str(one.verdict)) + one.verdict.why)
    return tuple(told)


def what_changed(held: Positions) -> tuple[Words, ...]:
    """The changes that stand out from usual variation, and the step changes lately accepted."""
    recent = Month.of(held.as_at) + -RECENT_MONTHS
    told = []
    for one in held.all:
        parts = list(one.change.statements()) if one.change and one.has_changed else []
        steps = () if one.reading is None else one.reading.changes
        parts.extend(step.statement for step in steps if step.month >= recent)
        if parts:
            told.append(together((Statement.of("{name}:", name=one.measure.name), *parts)))
    return tuple(told) or (
        Statement.of("No measure differs from last year by more than it usually varies."),
    )


def what_cannot_be_said(held: Positions) -> tuple[Words, ...]:
    """The verdicts that are missing, the months that are, and what the method does not give."""
    told: list[Words] = [
        held.plan.title_of(one.promise) + one.verdict.why
        for one in held.having(UNJUDGED)
        if one.verdict is not None
    ]
    told.extend(said for share in held.shares if share.divided is None for said in share.said)
    for sentence in distinct(said for one in held.all for said in one.missing):
        told.append(sentence)
    if any(one.pace is not None for one in held.milestones):
        told.append(
            Statement.of(
                "The chance of meeting a milestone: the arithmetic here is not a forecast."
            )
        )
    if held.lacking_forces:
        told.append(
            Statement.of(
                "How it compares with its most similar forces: no rows of {forces} were brought "
                "in.",
                forces=", ".join(held.lacking_forces),
            )
        )
    told.append(Statement.of("Why anything changed: the records count, and do not explain."))
    return (*told, *_methods(held))


def _methods(held: Positions) -> tuple[Statement, ...]:
    """How the series were read, and what that leaves out: once for all of them."""
    return distinct(method_sentence(one.reading) for one in held.all if one.reading is not None)


def method_sentence(reading: Reading) -> Statement:
    """How a series was read: the last sentence of every reading."""
    return reading.statements()[-1]


def distinct(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Each sentence once, in order."""
    return tuple({str(one): one for one in statements}.values())


def _elsewhere(held: Positions) -> list[Block]:
    told = [one for one in held.deliverables if one.state == ELSEWHERE and one.repeats is None]
    entries = [one for one in held.deliverables if one.state == ELSEWHERE]
    blocks: list[Block] = [Heading("Deliverables that only point elsewhere")]
    if not told:
        return [*blocks, Note("None: every deliverable has its position in this paper.")]
    lead = Statement.of(
        "{told} of {all} have no position of their own here ({entries} of the plan, repeats "
        "counted).",
        told=_number(held, len(told), "deliverable", "pointing elsewhere, each once"),
        all=_number(held, len(_unique(held)), "", "each once"),
        entries=_number(held, len(entries), "line", "pointing elsewhere, repeats counted"),
    )
    return [*blocks, Paragraph(lead, tuple(_pointing(held, one) for one in told))]


def _unique(held: Positions) -> list[Told]:
    return [one for one in held.deliverables if one.repeats is None]


def _number(held: Positions, count: int, unit: str, what: str) -> Figure:
    return held.plan.number(count, unit, measure=f"deliverables, {what}", as_at=held.as_at)


def _pointing(held: Positions, told: Told) -> Statement:
    one = told.deliverable
    lead = Statement.of("{id}:", id=one.id) + held.plan.title_of(one) + Statement.of("–")
    for reference in told.references:
        lead += reference
    if told.repeated_as:
        ids = ", ".join(other.id for other in told.repeated_as)
        lead += Statement.of("Repeated as {ids}.", ids=ids)
    return lead


def _silent(held: Positions) -> list[Block]:
    silent = [one for one in held.deliverables if one.state == SILENT]
    heading = Heading("Deliverables with nothing to say")
    if not silent:
        return [heading, Note(NOTHING_SILENT)]
    items = tuple(
        Statement.of("{id}, led by {lead}:", id=one.deliverable.id, lead=one.deliverable.lead)
        + held.plan.title_of(one.deliverable)
        for one in silent
    )
    return [heading, Bullets(items)]
