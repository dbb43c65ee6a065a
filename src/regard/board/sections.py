"""The body of a performance paper: a table of all milestones, then a section an outcome."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from regard.board.drawing import chart_of
from regard.board.summary import method_sentence
from regard.core.figures import Figure
from regard.core.periods import Month
from regard.core.quantities import PERCENT
from regard.core.statements import Statement, together
from regard.papers.model import (
    RIGHT,
    Block,
    Cell,
    Column,
    Heading,
    Missing,
    Note,
    Paragraph,
    Row,
    Table,
    Words,
)
from regard.plan.deliverables import Told
from regard.plan.model import Milestone, Outcome
from regard.plan.standing import Position, Positions, Share
from regard.plan.telling import reason
from regard.signals import Reading

COLUMNS = (
    Column("To be reached", align=RIGHT),
    Column("Now", align=RIGHT),
    Column("Same period last year", align=RIGHT),
    Column("Change, with its range", align=RIGHT),
)
VERDICT = Column("Verdict")
MOST_MONTHS_NAMED = 2  # missing months that a cell of a table names


def milestone_table(held: Positions) -> tuple[Block, ...]:
    """Every milestone in one table."""
    if not held.milestones:
        return ()
    rows = tuple(
        Row(held.plan.title_of(one.promise), (_target(one), *_figures(one), _verdict(one)))
        for one in held.milestones
    )
    table = Table(
        caption=Statement.of("All milestones, as at {day}", day=held.as_at),
        stub="Milestone",
        columns=(*COLUMNS, VERDICT),
        rows=rows,
        note=_other_days(held.milestones),
        id="all-milestones",
    )
    return (Heading("All milestones"), table)


def watched_table(held: Positions) -> tuple[Block, ...]:
    """Every measure on which nothing is promised, in one table."""
    if not held.watched:
        return ()
    rows = tuple(Row(held.plan.title_of(one.promise), _figures(one)) for one in held.watched)
    table = Table(
        caption=Statement.of("Measures watched, not promised, as at {day}", day=held.as_at),
        stub="Measure",
        columns=COLUMNS[1:],
        rows=rows,
        note=_other_days(held.watched),
        id="all-watched",
    )
    return (Heading("All measures watched"), table)


def _other_days(positions: Sequence[Position]) -> Statement | None:
    """Which rows are counted to another day than the paper."""
    told = [
        Statement.of("{name} to {day}.", name=one.measure.name, day=one.as_at)
        for one in positions
        if one.notes and one.as_at is not None
    ]
    return together(told) if told else None


def _target(position: Position) -> Cell:
    if position.target is None:
        return Missing(reason(position.now.missing) or "not known: the base is not known")
    return position.target


def _figures(position: Position) -> tuple[Cell, ...]:
    return (_cell(position, position.now), _cell(position, position.then), _change(position))


def _cell(position: Position, figure: Figure) -> Cell:
    """A figure, or in few words what it lacks; its section says why in full."""
    if figure.value is not None:
        return figure
    series = None if position.reading is None else position.reading.series
    if series is None or figure.period is None:
        return Missing(f"missing: {reason(figure.missing)}")
    months = [month for month in figure.period.months if month in series.missing]
    if not months:
        return Missing(f"missing: {reason(figure.missing)}")
    named = ", ".join(str(month) for month in months[:MOST_MONTHS_NAMED])
    more = " and more" if len(months) > MOST_MONTHS_NAMED else ""
    return Missing(f"not known without {named}{more}")


def _change(position: Position) -> Cell:
    change = position.compared
    if change is None or change.difference.value is None:
        return Missing("no comparison: a period is missing")
    figure = change.difference if position.now.unit == PERCENT else change.percent
    if figure.value is None:
        return Missing(figure.missing)
    over = change is position.alike
    if figure.interval is None:
        return Statement.of("{figure}, range not known", figure=figure)
    return Statement.of(
        "{figure} ({figure:level} range {figure:range}){over}",
        figure=figure,
        over=", over the months that both years have" if over else "",
    )


def _verdict(position: Position) -> Cell:
    if position.verdict is None:
        return Missing("nothing is promised")
    return Statement.of("{word}", word=str(position.verdict))


def outcome_section(held: Positions, outcome: Outcome, area: str) -> tuple[Block, ...]:
    """One outcome: who leads, its milestones and watched measures, its deliverables."""
    blocks: list[Block] = [Heading(held.plan.title_of(outcome), id=_anchor("outcome", outcome.id))]
    blocks.append(Note(_led(held, outcome)))
    for one in held.all:
        if one.promise.outcome == outcome.id:
            blocks.extend(_promise(held, one, area))
    for share in held.shares:
        if share.composition.outcome == outcome.id:
            blocks.extend(_share(held, share))
    told = [one for one in held.deliverables if one.deliverable.outcome == outcome.id]
    for each in told:
        blocks.extend(_deliverable(held, each))
    if len(blocks) == 2:  # noqa: PLR2004 - the heading and the lead line alone
        blocks.append(Paragraph("The plan holds no milestone and no deliverable under it."))
    return tuple(blocks)


def _led(held: Positions, outcome: Outcome) -> Statement:
    lead = outcome.lead or "no post is named"
    if outcome.lead_note:
        return Statement.of(
            "Lead: {lead} ({note}).", lead=lead, note=outcome.lead_note, marking=held.plan.marking
        )
    return Statement.of("Lead: {lead}.", lead=lead, marking=held.plan.marking)


def _anchor(*parts: str) -> str:
    return "-".join(parts).lower()


def _promise(held: Positions, one: Position, area: str) -> Iterable[Block]:
    promise = one.promise
    yield Heading(held.plan.title_of(promise), level=2, id=_anchor("promise", promise.id))
    if isinstance(promise, Milestone):
        yield Note(Statement.of("Lead: {lead}.", lead=promise.lead, marking=held.plan.marking))
    for note in one.notes:
        yield Paragraph(note)
    if one.verdict is not None:
        word = Statement.of("Verdict: {word}.", word=str(one.verdict))
        yield Paragraph(word + one.verdict.why)
    if one.reading is None:
        why = reason(one.now.missing) or "no whole month has a value"
        yield Paragraph(Statement.of("Nothing to read: {why}.", why=why))
    else:
        yield from _read(one, area)
    yield from _compared(one)
    yield from _weighed(one)


def _weighed(one: Position) -> Iterable[Block]:
    """The arithmetic, the rank, the chance, the accepted steps, and what is missing."""
    pace = () if one.pace is None else one.pace.statements()
    for said in (pace, one.ranked, one.chance):
        if said:
            yield Paragraph(together(said))
    for each in one.accepted:
        yield Paragraph(each)
    if one.missing:
        yield Paragraph("Months without a value:", one.missing)
    if one.quoted:
        yield Paragraph("In the words of the source:", one.quoted)


def _read(one: Position, area: str) -> Iterable[Block]:
    assert one.reading is not None
    first, *rest = read_sentences(one.reading)
    yield Paragraph(first, tuple(rest))
    chart = chart_of(one, area=area, anchor=_anchor("chart", one.promise.id))
    if chart is not None:
        yield chart


def read_sentences(reading: Reading) -> tuple[Statement, ...]:
    """The sentences of a reading without those on its method, which the paper says once."""
    method = str(method_sentence(reading))
    return tuple(one for one in reading.statements() if str(one) != method)


def _compared(one: Position) -> Iterable[Block]:
    if one.change is None:
        return
    lead = Statement.of("{period}:", period=one.now.period or one.as_at)
    if one.waves:
        lead = Statement.of("The wave that ended in {month}:", month=Month.of(one.as_at))
    yield Paragraph(together((lead, *one.change.statements(), *one.average)))
    if one.alike is not None and one.alike_over is not None:
        yield Paragraph(one.alike_over + one.alike.statement())


def _share(held: Positions, share: Share) -> Iterable[Block]:
    yield Heading(
        held.plan.title_of(share.composition),
        level=2,
        id=_anchor("share", share.composition.id),
    )
    yield Paragraph(together(share.said))


def _deliverable(held: Positions, told: Told) -> Iterable[Block]:
    one = told.deliverable
    title = Statement.of("{id}:", id=one.id) + held.plan.title_of(one)
    yield Heading(title, level=2, id=_anchor("deliverable", one.id))
    cadence = one.cadence or "no cadence stated"
    yield Note(
        Statement.of(
            "Lead: {lead}; {cadence}.", lead=one.lead, cadence=cadence, marking=held.plan.marking
        )
    )
    if told.repeats is not None:
        yield Paragraph(told.reading)
        return
    bullets: tuple[Words, ...] = (*told.quoted, *told.references, *told.flags)
    yield Paragraph(told.reading, bullets)
