"""Page 1 of a performance paper: where milestones stand, what changed, what has no position."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from regard.core.figures import Figure
from regard.core.periods import Month
from regard.core.quantities import PERCENT
from regard.core.series import COUNT, HIGHER, NEITHER, RATE
from regard.core.statements import Part, Statement, together
from regard.papers.model import Block, Bullets, Heading, Paragraph, Words
from regard.plan.deliverables import ELSEWHERE, SILENT, Told
from regard.plan.standing import (
    BY_CHANCE,
    LOST,
    MET,
    UNJUDGED,
    VERDICTS,
    Position,
    Positions,
)
from regard.signals import LevelChange, Reading

HOW = (
    "Each number leads to its entry in the annex, and from there to rows. Numbers are rounded "
    "last: a difference can be one off the difference of the rounded numbers beside it. Words in "
    "quotation marks are those of the source named with them; all other sentences are computed, "
    "and say what was counted, not why."
)
LIMITS_SAID = (
    "A month within its normal range is no news. No range is narrower than counts or percentages "
    "of that size vary by chance alone."
)
LEFT_OUT = (
    "A total that needs a missing month is left missing, and not printed low. Changes marked like "
    "for like are over the months that both years have."
)
RECENT_MONTHS = 24  # an accepted step change counts as recent news for two years
NOTHING_SILENT = (
    "No deliverable is silent: each has a position here or names a paper that is to hold it."
)
LIKE_FOR_LIKE = " like for like"
WORSE, BETTER, NEITHER_WAY = (
    "Worse than in the same period last year, by more than usual variation:",
    "Better than in the same period last year, by more than usual variation:",
    "Changed from the same period last year by more than usual variation, with no better or "
    "worse in its definition:",
)
MONTHLY = (
    "Step changes accepted in the last two years, and months outside the normal range in the last "
    "one:"
)
# Verdicts that bring their own verb.
_NO_VERB = {UNJUDGED, LOST, BY_CHANCE[-1]}


def what_it_says(held: Positions) -> tuple[Block, ...]:
    """Page 1: where the milestones stand."""
    if not held.milestones:
        return ()
    told = milestones_in_a_sentence(held)
    said = (Heading("What this paper says"), Paragraph(told, _verdicts(held)))
    sides = [
        (word, "; ".join(one.measure.name for one in _changed_to(held, side)))
        for word, side in (("Worse", -1), ("Better", 1), ("Changed, neither better nor worse", 0))
    ]
    named = together(
        [Statement.of("Against last year, by more than usual variation.")]
        + [
            Statement.of("{word}: {names}.", word=word, names=names)
            for word, names in sides
            if names
        ]
    )
    return (*said, Paragraph(named)) if any(names for _, names in sides) else said


def what_has_no_position(held: Positions) -> tuple[Block, ...]:
    """Page 1: the deliverables that only point elsewhere, and those with nothing to say."""
    return tuple(_without_a_position(held)) if held.deliverables else ()


def what_cannot_be_told(held: Positions) -> tuple[Block, ...]:
    """What the paper cannot say, how its series were read, and how to read it."""
    return (Heading("What this paper cannot say"), Bullets(what_cannot_be_said(held)))


def milestones_in_a_sentence(held: Positions) -> Statement:
    """How many milestones have each verdict; a verdict that none has is left out, but `met`."""
    told = Statement.of(
        "Of {all} as at {day},",
        all=held.plan.number(
            len(held.milestones), "milestone", measure="milestones", as_at=held.as_at
        ),
        day=held.as_at,
    )
    parts = [] if held.having(MET) else [Statement.of("none is met")]
    for word in VERDICTS:
        many = len(held.having(word))
        if many:
            verb = "" if word in _NO_VERB else "are" if many > 1 else "is"
            said = f"{verb} {word}".strip()
            parts.append(Statement.of("{count} {said}", count=_count(held, word), said=said))
    return together((told, _listed(parts)))


def _listed(parts: Sequence[Statement]) -> Statement:
    """Clauses as one sentence: with commas, the last with `and`."""
    *first, last = parts
    if not first:
        return _closed(last, ".")
    ends = [_closed(one, ",") for one in first[:-1]]
    return together((*ends, first[-1], Statement.of("and"), _closed(last, ".")))


def _closed(one: Statement, end: str) -> Statement:
    return Statement((*one.parts, Part(end)), one.marking, one.source)


def _count(held: Positions, word: str) -> Figure:
    number = len(held.having(word))
    return held.plan.number(number, "", measure=f"milestones {word}", as_at=held.as_at)


def _verdicts(held: Positions) -> tuple[Words, ...]:
    told = []
    for one in held.milestones:
        assert one.verdict is not None
        lead = held.plan.title_of(one.promise)
        if one.target is None or one.now.value is None:
            said = Statement.of("– {verdict}.", verdict=str(one.verdict))
        else:
            if one.now.unit == PERCENT:
                told.append(lead + _at_level(one))
                continue
            said = Statement.of(
                "– {verdict}: {now} so far, against {target:number}.",
                verdict=str(one.verdict),
                now=one.now,
                target=one.target,
            )
        told.append(lead + said + one.verdict.why)
    return tuple(told)


def _at_level(one: Position) -> Statement:
    """A level and its verdict, with the level to be reached where the title does not name it."""
    assert one.target is not None
    verdict = str(one.verdict)
    if str(one.target) in one.promise.title:
        return Statement.of("– {verdict}, at {now}.", verdict=verdict, now=one.now)
    return Statement.of(
        "– {verdict}: {now} against {target}.", verdict=verdict, now=one.now, target=one.target
    )


def what_changed(held: Positions) -> tuple[Block, ...]:
    """The changes that stand out from usual variation, and what stands out month by month."""
    blocks: list[Block] = [Heading("What has really changed")]
    for lead, wanted in ((WORSE, -1), (BETTER, 1), (NEITHER_WAY, 0)):
        told = tuple(_changed(one) for one in _changed_to(held, wanted))
        if told:
            blocks.append(Paragraph(lead, told))
    monthly = tuple(
        Statement.of("{name}:", name=one.measure.name) + _strung(parts)
        for one in held.all
        if not _repeats(held, one) and (parts := (*_stepped(held, one), *_outside(one)))
    )
    if monthly:
        blocks.append(Paragraph(MONTHLY, monthly))
    if len(blocks) == 1:
        blocks.append(
            Paragraph("No measure differs from last year by more than it usually varies.")
        )
    return tuple(blocks)


def _changed_to(held: Positions, side: int) -> tuple[Position, ...]:
    """The positions that changed to the better (1), to the worse (-1), or to neither (0)."""
    return tuple(one for one in held.all if one.has_changed and _improvement(one) == side)


def _improvement(one: Position) -> int:
    """1 for a change to the better, -1 to the worse, 0 where neither side is better."""
    assert one.compared is not None
    if one.measure.better == NEITHER:
        return 0
    higher = one.compared.verdict == HIGHER
    return 1 if higher == (one.measure.better == HIGHER) else -1


def _changed(one: Position) -> Statement:
    change = one.compared
    assert change is not None
    figure = change.difference if change.percent.value is None else change.percent
    span = "" if figure.interval is None else " ({figure:level} range {figure:range})"
    return Statement.of(
        "{name}: {figure}{alike}" + span + ", {now:number} against {then}.",
        name=one.measure.name,
        figure=figure,
        alike=LIKE_FOR_LIKE if change is one.alike else "",
        now=change.now,
        then=change.then,
    )


def recent_steps(held: Positions, one: Position) -> tuple[LevelChange, ...]:
    """The accepted step changes of the last two years that stand out from usual variation."""
    recent = Month.of(held.as_at) + -RECENT_MONTHS
    steps = () if one.reading is None else one.reading.changes
    return tuple(step for step in steps if step.month >= recent and step.stands_out)


def _stepped(held: Positions, one: Position) -> tuple[Statement, ...]:
    return tuple(
        Statement.of(
            "step change {direction} since {month}, to an average of {after}",
            direction=step.direction,
            month=step.month,
            after=step.after,
        )
        for step in recent_steps(held, one)
    )


def _outside(one: Position) -> tuple[Statement, ...]:
    if not one.outside:
        return ()
    assert one.reading is not None
    now = one.reading.current
    told = [
        f"{side} the {'provisional' if now.provisional and months[0] >= now.start else 'normal'} "
        f"range in {spans(months)}"
        for side, months in (("above", one.above), ("below", one.below))
        if months
    ]
    return (Statement.of("{told}", told="; ".join(told)),)


def _strung(parts: Sequence[Statement]) -> Statement:
    """Clauses as one sentence, a semicolon between two."""
    *first, last = parts
    return together((*(_closed(one, ";") for one in first), _closed(last, ".")))


def _repeats(held: Positions, one: Position) -> bool:
    """Whether it is the rate of a count that the paper tells of as well."""
    return one.measure.kind == RATE and any(
        other.measure.kind == COUNT and other.measure.filter == one.measure.filter
        for other in held.all
    )


def spans(months: Sequence[Month]) -> str:
    """Months in order, those that follow one another as a stretch."""
    runs: list[list[Month]] = []
    for month in months:
        if runs and month - runs[-1][-1] == 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def changes_in_short(held: Positions) -> tuple[str, ...]:
    """The same as `what_changed`, a few words a measure, for a screen."""
    told = []
    for one in held.all:
        if _repeats(held, one):
            continue
        parts = []
        if one.compared is not None and one.has_changed:
            change = one.compared
            figure = change.difference if change.percent.value is None else change.percent
            span = "" if figure.interval is None else f" ({figure.range_said})"
            alike = LIKE_FOR_LIKE if change is one.alike else ""
            parts.append(f"{figure}{span} on the same period last year{alike}")
        parts.extend(
            f"step change {step.direction} since {step.month}" for step in recent_steps(held, one)
        )
        if one.outside:
            parts.append(f"outside the normal range: {spans(one.outside)}")
        if parts:
            told.append(f"{one.measure.name}: {'; '.join(parts)}")
    return tuple(told) or ("nothing, beyond its usual variation",)


def what_cannot_be_said(held: Positions) -> tuple[Words, ...]:
    """What the paper cannot say, how its series were read, and how to read it."""
    by_method = {
        (one.reading.method, one.reading.cadence == 1): method_sentence(one.reading)
        for one in reversed(held.all)
        if one.reading is not None
    }
    monthly = {method for method, by_month in by_method if by_month}
    read = distinct(
        said
        for (method, by_month), said in reversed(by_method.items())
        if by_month or method not in monthly
    )
    return (*not_said(held), *read, LIMITS_SAID, HOW)


def not_said(held: Positions) -> tuple[Statement, ...]:
    """The verdicts that are missing, the months that are, and what the records do not give."""
    told = [
        held.plan.title_of(one.promise) + one.verdict.why
        for one in held.having(UNJUDGED)
        if one.verdict is not None
    ]
    told.extend(said for share in held.shares if share.divided is None for said in share.said)
    gaps = distinct(said for one in held.all for said in one.missing)
    told.extend(gaps)
    if gaps:
        told.append(Statement.of(LEFT_OUT))
    if any(one.pace is not None and one.odds is None for one in held.milestones):
        told.append(
            Statement.of(
                "The chance of a milestone for which none is given: arithmetic is no forecast."
            )
        )
    if any(one.odds is not None for one in held.milestones):
        told.append(
            Statement.of(
                "What no month so far has shown: a chance given here carries levels on as they "
                "are, drifting as they have, and foresees no new step."
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
    blocks: list[Block] = [Heading("Deliverables without a position in this paper")]
    if told:
        lead = Statement.of(
            "{told} of {all} {give} no position here and {point} to another paper:",
            give="gives" if len(told) == 1 else "give",
            point="points" if len(told) == 1 else "point",
            told=_number(held, len(told), "", "pointing elsewhere, each once"),
            all=_number(held, len(_unique(held)), "deliverable", "each once"),
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
