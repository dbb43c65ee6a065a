"""Page 1 of a performance paper: what it says, what really changed, what it cannot say."""

from __future__ import annotations

from collections.abc import Iterable

from regard.core.figures import Figure
from regard.core.periods import Month
from regard.core.statements import Statement, together
from regard.papers.model import Block, Bullets, Heading, Paragraph, Words
from regard.plan.deliverables import ELSEWHERE, SILENT, Told
from regard.plan.standing import MET, UNJUDGED, VERDICTS, Position, Positions
from regard.signals import Reading

HOW = (
    "Each number leads to its entry in the annex, and from there to rows. Words in quotation "
    "marks are those of the source named with them; all other sentences are computed, and say "
    "what was counted, not why."
)
RECENT_MONTHS = 24  # an accepted step change counts as recent news for two years
NOTHING_SILENT = (
    "No deliverable is silent: each has a position here or names a paper that is to hold it."
)


def what_it_says(held: Positions) -> tuple[Block, ...]:
    """Page 1: where the milestones stand, and which deliverables only point elsewhere."""
    if not held.milestones and not held.deliverables:
        return ()
    blocks: list[Block] = [Heading("What this paper says")]
    if held.milestones:
        blocks.append(Paragraph(milestones_in_a_sentence(held), _verdicts(held)))
    if held.deliverables:
        blocks.extend(_without_a_position(held))
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
    """How many milestones have each verdict; a verdict that none has is left out, but `met`."""
    told = Statement.of(
        "Of {all} as at {day}",
        all=held.plan.number(
            len(held.milestones), "milestone", measure="milestones", as_at=held.as_at
        ),
        day=held.as_at,
    )
    parts = [told]
    if not held.having(MET):
        parts.append(Statement.of("none is met,"))
    named = [word for word in VERDICTS if held.having(word)]
    for place, word in enumerate(named):
        end = "." if place == len(named) - 1 else ","
        parts.append(
            Statement.of("{count} {word}{end}", count=_count(held, word), word=word, end=end)
        )
    return together(parts)


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
        parts = list(_changed(one))
        steps = () if one.reading is None else one.reading.changes
        parts.extend(step.statement for step in steps if step.month >= recent)
        parts.extend(_outside(one))
        if parts:
            told.append(together((Statement.of("{name}:", name=one.measure.name), *parts)))
    return tuple(told) or (
        Statement.of("No measure differs from last year by more than it usually varies."),
    )


def _changed(one: Position) -> tuple[Statement, ...]:
    if one.compared is None or not one.has_changed:
        return ()
    if one.compared is one.alike and one.alike_over is not None:
        return (one.alike_over, *one.compared.statements())
    return one.compared.statements()


def _outside(one: Position) -> tuple[Statement, ...]:
    if not one.outside:
        return ()
    told = Statement.of(
        "Outside the normal range in the last twelve months: {months}.",
        months=", ".join(str(month) for month in one.outside),
    )
    return (told,)


def changes_in_short(held: Positions) -> tuple[str, ...]:
    """The same as `what_changed`, a few words a measure, for a screen."""
    recent = Month.of(held.as_at) + -RECENT_MONTHS
    told = []
    for one in held.all:
        parts = []
        if one.compared is not None and one.has_changed:
            change = one.compared
            figure = change.difference if change.percent.value is None else change.percent
            span = "" if figure.interval is None else f" ({figure.range_said})"
            parts.append(f"{figure}{span} on the same period last year")
        steps = () if one.reading is None else one.reading.changes
        parts.extend(
            f"step change {step.direction} since {step.month}"
            for step in steps
            if step.month >= recent
        )
        if one.outside:
            months = ", ".join(f"{month.start:%b %Y}" for month in one.outside)
            parts.append(f"outside the normal range: {months}")
        if parts:
            told.append(f"{one.measure.name}: {'; '.join(parts)}")
    return tuple(told) or ("nothing, beyond its usual variation",)


def what_cannot_be_said(held: Positions) -> tuple[Words, ...]:
    """What the paper cannot say, how its series were read, and how to read it."""
    read = distinct(method_sentence(one.reading) for one in held.all if one.reading is not None)
    return (*not_said(held), *read, HOW)


def not_said(held: Positions) -> tuple[Statement, ...]:
    """The verdicts that are missing, the months that are, and what the records do not give."""
    told = [
        held.plan.title_of(one.promise) + one.verdict.why
        for one in held.having(UNJUDGED)
        if one.verdict is not None
    ]
    told.extend(said for share in held.shares if share.divided is None for said in share.said)
    told.extend(distinct(said for one in held.all for said in one.missing))
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
    return tuple(told)


def method_sentence(reading: Reading) -> Statement:
    """How a series was read: the last sentence of every reading."""
    return reading.statements()[-1]


def distinct(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Each sentence once, in order."""
    return tuple({str(one): one for one in statements}.values())


def _without_a_position(held: Positions) -> list[Block]:
    told = [one for one in held.deliverables if one.state == ELSEWHERE and one.repeats is None]
    lines = [one for one in held.deliverables if one.state == ELSEWHERE]
    blocks: list[Block] = [Heading("Deliverables without a position in this paper")]
    if told:
        lead = Statement.of(
            "{told} of {all} only {point} elsewhere ({lines} of the plan, repeats counted):",
            point="points" if len(told) == 1 else "point",
            told=_number(held, len(told), "deliverable", "pointing elsewhere, each once"),
            all=_number(held, len(_unique(held)), "", "each once"),
            lines=_number(held, len(lines), "line", "pointing elsewhere, repeats counted"),
        )
        blocks.append(Paragraph(lead, _pointers(held, told)))
    else:
        blocks.append(Paragraph("None only points elsewhere."))
    silent = [one for one in held.deliverables if one.state == SILENT]
    if silent:
        items = tuple(
            Statement.of("{short}, led by {lead}", short=one.short, lead=one.deliverable.lead)
            for one in silent
        )
        blocks.append(Paragraph("With nothing to say, here or elsewhere:", items))
    else:
        blocks.append(Paragraph(NOTHING_SILENT))
    return blocks


def _unique(held: Positions) -> list[Told]:
    return [one for one in held.deliverables if one.repeats is None]


def _number(held: Positions, count: int, unit: str, what: str) -> Figure:
    return held.plan.number(count, unit, measure=f"deliverables, {what}", as_at=held.as_at)


def _pointers(held: Positions, told: list[Told]) -> tuple[Statement, ...]:
    """One line a paper that is pointed to, with the deliverables that point there."""
    grouped: dict[str, list[str]] = {}
    for one in told:
        grouped.setdefault(one.pointer, []).append(one.short)
    return tuple(
        Statement.of(
            "{pointer}: {items}",
            pointer=pointer,
            items="; ".join(items),
            marking=held.plan.marking,
        )
        for pointer, items in grouped.items()
    )
