"""The body of a performance paper: a table of all milestones, then a section an outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from regard.board.drawing import chart_of, icons_of, year_chart_of
from regard.board.summary import LIKE_FOR_LIKE
from regard.core.figures import Figure
from regard.core.quantities import PERCENT
from regard.core.statements import Statement, together
from regard.papers.icons import icon_table
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
)
from regard.plan.deliverables import HERE, Told
from regard.plan.model import Milestone, Outcome
from regard.plan.standing import Position, Positions
from regard.plan.telling import reason
from regard.signals import Reading
from regard.signals.conventions import BINOMIAL_FLOOR, NO_TARGET, POISSON_FLOOR, UNSCREENED
from regard.signals.sentences import TEMPLATES

COLUMNS = (
    Column("To be reached", align=RIGHT),
    Column("Now", align=RIGHT),
    Column("Same period last year", align=RIGHT),
    Column("Change, with its range", align=RIGHT),
)
VERDICT = Column("Verdict")
NO_FORECAST = TEMPLATES["no chance given"]
SAID_ONCE = {
    "method",
    "season",
    "spread",
    UNSCREENED,
    POISSON_FLOOR,
    BINOMIAL_FLOOR,
    "waves",
    "provisional limits",
}
WAVES = (
    "The band is where months of this level, of their length and in their season lie: it rises and "
    "falls through the year as the season does."
)
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
        return Missing(
            reason(position.now.missing, position.now.scope) or "not known: the base is not known"
        )
    return position.target


def _figures(position: Position) -> tuple[Cell, ...]:
    return (_cell(position, position.now), _cell(position, position.then), _change(position))


def _cell(position: Position, figure: Figure) -> Cell:
    """A figure, or in few words what it lacks; its section says why in full."""
    if figure.value is not None:
        return figure
    series = None if position.reading is None else position.reading.series
    if series is None or figure.period is None:
        return Missing(f"missing: {reason(figure.missing, figure.scope)}")
    months = [month for month in figure.period.months if month in series.missing]
    if not months:
        return Missing(f"missing: {reason(figure.missing, figure.scope)}")
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
        over=f",{LIKE_FOR_LIKE}" if over else "",
    )


def _verdict(position: Position) -> Cell:
    if position.verdict is None:
        return Missing("nothing is promised")
    return Statement.of("{word}", word=str(position.verdict))


def outcome_section(held: Positions, outcome: Outcome, area: str) -> tuple[Block, ...]:
    """One outcome: who leads, its milestones and watched measures, its deliverables."""
    blocks: list[Block] = [Heading(held.plan.title_of(outcome), id=_anchor("outcome", outcome.id))]
    blocks.append(Note(_led(held, outcome)))
    for one in held.milestones:
        if one.promise.outcome == outcome.id:
            blocks.extend(_promise(held, one, area))
    watched = [one for one in held.watched if one.promise.outcome == outcome.id]
    # Where something is promised, what is only watched is told in short.
    if held.milestones:
        blocks.extend(_in_short(held, watched))
    else:
        blocks.extend(block for one in watched for block in _promise(held, one, area))
    shares = [one for one in held.shares if one.composition.outcome == outcome.id]
    if shares:
        blocks.append(
            Heading("What the totals are made of", level=2, id=_anchor("shares", outcome.id))
        )
        blocks.extend(Paragraph(together(one.said)) for one in shares)
    told = [one for one in held.deliverables if one.deliverable.outcome == outcome.id]
    if told:
        blocks.extend(_deliverables(held, outcome, told))
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
        yield Paragraph(together(tuple(_judged(one))))
    compared = tuple(_compared(one))
    if compared or one.ranked:
        yield Paragraph(together((*compared, *one.ranked)))
    yield from _read(one, area, explain=one is first_with_waves(held))
    yield from _said_of(one)


def icons_explained(held: Positions) -> tuple[Block, ...]:
    """What the icons beside charts stand for, where the NHS rules were asked for."""
    readings = [one.reading for one in held.all if one.reading and icons_of(one.reading)]
    if not readings:
        return ()
    variations = dict.fromkeys(one.variation for one in readings)
    assurances = dict.fromkeys(one.assurance for one in readings if one.assurance != NO_TARGET)
    return (Heading("What the icons stand for"), icon_table(variations, assurances))


def first_with_waves(held: Positions) -> Position | None:
    """The first position whose chart has limits that wave with the season."""
    return next((one for one in held.all if one.reading and one.reading.season), None)


def _judged(one: Position) -> Iterator[Statement]:
    """The verdict with the arithmetic it rests on; why, where there is no arithmetic."""
    assert one.verdict is not None
    yield Statement.of("Verdict: {word}.", word=str(one.verdict))
    if one.pace is None:
        yield one.verdict.why
    else:
        # That the arithmetic is no forecast is said once, in front.
        yield from (said for said in one.pace.statements() if str(said) != NO_FORECAST)
    yield from one.chance


def _said_of(one: Position) -> Iterator[Block]:
    """What the source says of it."""
    if one.quoted:
        yield Paragraph("In the words of the source:", one.quoted)


def _read(one: Position, area: str, *, explain: bool) -> Iterator[Block]:
    """The chart, which its reading stands over as a title, and what else the series says."""
    if one.reading is None:
        why = reason(one.now.missing, one.now.scope) or "no whole month has a value"
        yield Paragraph(Statement.of("Nothing to read: {why}.", why=why))
        return
    first, *rest = read_sentences(one.reading)
    chart = chart_of(
        one, area=area, anchor=_anchor("chart", one.promise.id), waves_why=WAVES if explain else ""
    )
    if chart is not None:
        yield chart
    else:
        rest.insert(0, first)
    if rest:
        yield Paragraph(together(rest), one.accepted)
    ahead = year_chart_of(one, area=area, anchor=_anchor("year", one.promise.id))
    if ahead is not None and isinstance(one.promise, Milestone):
        yield ahead


def read_sentences(reading: Reading) -> tuple[Statement, ...]:
    """The sentences of a reading without those on its method, which the paper says once."""
    told = {str(flag.statement) for flag in reading.flags if flag.code in SAID_ONCE}
    return tuple(one for one in reading.statements() if str(one) not in told)


def _compared(one: Position) -> Iterator[Statement]:
    if one.change is None:
        return
    if one.change.difference.value is None and one.alike is not None:
        yield Statement.of("{period}: {now}.", period=one.now.period or one.as_at, now=one.now)
        yield Statement.of(
            "No total of the same period last year: {why}.",
            why=reason(one.then.missing, one.then.scope) or "a month of this year is missing",
        )
    elif one.waves:
        # The note has said which wave it is.
        yield from one.change.statements()
    else:
        yield Statement.of("{period}:", period=one.now.period or one.as_at)
        yield from one.change.statements()
    if one.alike is not None and one.alike_over is not None:
        yield one.alike_over
        yield from one.alike.statements()


def _in_short(held: Positions, watched: Sequence[Position]) -> Iterator[Block]:
    """The watched measures of an outcome, a paragraph each, without charts."""
    if not watched:
        return
    anchor = _anchor("watched", watched[0].promise.outcome)
    yield Heading("Also watched", level=2, id=anchor)
    for one in watched:
        parts = [held.plan.title_of(one.promise) + Statement.of("–"), *one.notes]
        if one.reading is None:
            why = reason(one.now.missing, one.now.scope) or "no whole month has a value"
            parts.append(Statement.of("Nothing to read: {why}.", why=why))
        else:
            parts.extend(read_sentences(one.reading))
        yield Paragraph(together((*parts, *one.ranked)), (*one.accepted, *one.quoted))


def _deliverables(held: Positions, outcome: Outcome, told: Sequence[Told]) -> Iterator[Block]:
    yield Heading("Deliverables", level=2, id=_anchor("deliverables", outcome.id))
    rows = tuple(
        Row(
            Statement.of("{id}", id=one.deliverable.id) + held.plan.title_of(one.deliverable),
            (_led_by(held, one), _stands(one)),
        )
        for one in told
    )
    yield Table(
        caption=Statement.of("Deliverables under {outcome}", outcome=str(outcome)),
        stub="Deliverable",
        columns=(Column("Lead"), Column("Where it stands")),
        rows=rows,
        id=_anchor("deliverables-table", outcome.id),
    )


def _led_by(held: Positions, told: Told) -> Statement:
    one = told.deliverable
    return Statement.of(
        "{lead}; {cadence}",
        lead=one.lead,
        cadence=one.cadence or "no cadence stated",
        marking=held.plan.marking,
    )


def _stands(told: Told) -> Statement:
    if told.repeats is not None:
        return told.reading
    reading = () if told.state == HERE and told.quoted else (told.reading,)
    return together((*reading, *told.quoted, *told.references, *told.flags))
