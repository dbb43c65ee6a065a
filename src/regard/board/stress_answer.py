"""The answer of a stress test as a document: the sentence for the board and all it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from pathlib import Path

import numpy as np

from regard.board.performance import area_name
from regard.capability.keeping_up import kept_up
from regard.capability.questions import WEEKDAYS
from regard.capability.scenarios import PAPER, keep
from regard.capability.stress import FULL, HOME, Step, Stress, named
from regard.core.figures import Figure
from regard.core.markings import OFFICIAL, Marking
from regard.core.statements import Statement, together
from regard.mobilisation.response.estimates import Estimate
from regard.mobilisation.response.model import DAY
from regard.mobilisation.response.readings import ByHour
from regard.mobilisation.response.telling import METHOD
from regard.papers.curve_chart import Curve, CurveChart, CurvePoint, Mark, curve_chart
from regard.papers.keeping import kept
from regard.papers.model import (
    RIGHT,
    Block,
    Bullets,
    Cell,
    Chart,
    Column,
    Document,
    Heading,
    Missing,
    Note,
    Paragraph,
    Row,
    Table,
    TitleBlock,
)
from regard.register.entries import Entry, Speaker
from regard.register.kinds.facts import Observation
from regard.register.register import Register

MOST_CURVES = 3  # grades that one chart can show
FEWEST_LEVELS = 3  # numbers of PSUs, nobody among them, that make a curve
GENERATED = (
    "GENERATED: demand and units are made up for the example. No force's commitment is judged here."
)
PURPOSE = (
    "To say what local policing would lose while officers are away on mutual aid, for how long it "
    "could bear it, and how long it would take to recover."
)
FEW = (
    "A first look of {runs}: the ranges are wider than those of the full answer, and the answer "
    "may move within them."
)


def stress_paper(answer: Stress, *, name: str) -> Document:
    """An answer as a document, to be shown on a page, kept, or written in any format.

    Args:
        answer: What the simulation says.
        name: What the force is called.
    """
    asked = answer.asked.question
    days = f"{asked.days} day" if asked.days == 1 else f"{asked.days} days"
    psus = "1 PSU" if asked.psus == 1 else f"{asked.psus} PSUs"
    return Document(
        title=TitleBlock(
            body=name,
            held_on=answer.asked.answering.as_at,
            title=f"Stress test: {psus} away for {days}",
        ),
        purpose=(Paragraph(PURPOSE),),
        blocks=tuple(_blocks(answer, name)),
        as_at=answer.asked.answering.as_at,
        methods=(METHOD,),
        inputs=answer.digest,
        sources=answer.asked.answering.sources,
        banner=GENERATED if answer.runs.model.generated else "",
        summary=f"{name}: what local policing loses with {psus} away for {days}",
    )


def keep_with_paper(
    register: Register,
    answer: Stress,
    home: Path,
    *,
    by: Speaker,
    scope: str,
    marking: Marking = OFFICIAL,
) -> Entry[Observation]:
    """Keep an answer as evidence, with the document that a page shows of it.

    Args:
        register: The register.
        answer: What the simulation says.
        home: The data folder.
        by: The post that says it.
        scope: The body it is about, such as `party:west-midlands`.
        marking: How closely it is held.

    Raises:
        AccessRefused: the post may not.
    """
    paper = kept(stress_paper(answer, name=area_name(answer.asked.answering.force)))
    return keep(register, answer, home, by=by, scope=scope, marking=marking, beside={PAPER: paper})


def _blocks(answer: Stress, name: str) -> Iterator[Block]:
    yield Heading("What it would cost at home", id="cost")
    if answer.runs.replications < FULL:
        runs = answer.telling.figure(_sure(answer.runs.replications, "histories"), "replications")
        yield Note(Statement.of(FEW, runs=runs))
    board, *rest = answer.statements()
    yield Paragraph(board)
    for one in rest:
        yield Paragraph(one)
    yield Heading("By the number of PSUs away", id="levels")
    if len(answer.asked.question.shown) >= FEWEST_LEVELS:
        yield _curve(answer, name)
    yield _levels(answer, name)
    yield Heading("While they are away and after", id="hours")
    yield _queue(answer, name)
    yield _days(answer, name)
    yield Heading("How long they can be kept up", id="kept-up")
    yield Paragraph(together(kept_up(answer.asked).statements()))
    yield Heading("How units are sent", id="rules")
    yield Bullets(answer.rules)
    yield Heading("What was not modelled", id="left-out")
    yield Bullets(answer.left_out)
    yield Heading("What was asked, and how to make it again", id="asked")
    yield _asked(answer)


def _sure(value: float, unit: str) -> Estimate:
    """A number without a range."""
    return Estimate(float(value), 0.0, unit, 1)


def _curve(answer: Stress, name: str) -> Chart:
    asked = answer.asked.question
    grades = [one.name for one in answer.runs.model.demand.grades][:MOST_CURVES]
    curves = tuple(
        Curve(grade, tuple(_point(answer.step(psus, grade)) for psus in asked.shown))
        for grade in grades
    )
    reading = answer.statements()[-1] if answer.knee else "Answered late, by PSUs away"
    return curve_chart(
        CurveChart(
            reading,
            "Answered late while they are away",
            name,
            "%",
            "PSUs away",
            curves,
            marks=(Mark(asked.psus, "asked"),),
            level=asked.tolerance,
            level_label="borne",
            id="late-by-psus",
        )
    )


def _point(step: Step) -> CurvePoint:
    late = step.late
    return CurvePoint(step.psus, late.value, late.low, late.high)


def _levels(answer: Stress, name: str) -> Table:
    told = answer.telling
    rows = []
    for one in answer.steps:
        late = told.figure(one.late, f"{one.grade} answered late")
        more: Cell = Missing("held against itself")
        if one.more is not None:
            more = _ranged(told.figure(one.more, f"{one.grade} answered late", signed=True))
        wait = told.figure(one.wait, f"{one.grade} wait")
        most = told.figure(answer.peaks[one.psus], "most waiting at once")
        psus = HOME if one.psus == 0 else named(one.psus)
        rows.append(
            Row(Statement.of("{psus}, {grade}", psus=psus, grade=one.grade),
                (_ranged(late), more, _ranged(wait), _ranged(most)))
        )  # fmt: skip
    return Table(
        caption=f"Answered late while they are away, {name}",
        stub="PSUs away, and grade",
        columns=(
            Column("Answered late, with its range", align=RIGHT),
            Column("More than with nobody away", align=RIGHT),
            Column("Mean wait until a unit is sent, with its range", align=RIGHT),
            Column("Most waiting at once, all grades, with its range", align=RIGHT),
        ),
        rows=tuple(rows),
        note=Statement.of(
            "Each is held against the same incidents, so that a difference has a narrower range "
            "than either number."
        ),
        id="levels-table",
    )


def _ranged(figure: Figure) -> Cell:
    if figure.interval is None:
        return figure
    return Statement.of("{figure} ({figure:range})", figure=figure)


def _queue(answer: Stress, name: str) -> Chart:
    asked, held = answer.asked.question, answer.asked
    span = range(held.goes - 1, answer.runs.model.horizon)
    curves = tuple(
        Curve(label, _waiting(answer.hours(psus), span, held.goes))
        for psus, label in ((asked.psus, named(asked.psus)), (0, HOME))
    )
    return curve_chart(
        CurveChart(
            Statement.of(
                "Incidents that wait, hour by hour, with {psus} and with {nobody}",
                psus=named(asked.psus),
                nobody=HOME,
            ),
            "Incidents waiting at the end of the hour",
            name,
            "",
            "hours since they went",
            curves,
            marks=(Mark(asked.away_hours, "back"),),
            id="waiting-by-hour",
        )
    )


def _waiting(table: ByHour, span: range, goes: int) -> tuple[CurvePoint, ...]:
    return tuple(
        CurvePoint(
            hour + 1 - goes,
            float(table.waiting[hour]),
            max(0.0, float(table.waiting[hour] - table.margin[hour])),
            float(table.waiting[hour] + table.margin[hour]),
        )
        for hour in span
    )


def _days(answer: Stress, name: str) -> Table:
    asked, held = answer.asked.question, answer.asked
    away, home = answer.hours(asked.psus), answer.hours(0)
    days = ceil(asked.away_hours / DAY) + asked.recovery_days
    rows = []
    for day in range(days):
        first = held.goes + DAY * day
        span = slice(first, min(first + DAY, answer.runs.model.horizon))
        if span.stop <= span.start:
            break
        weekday = WEEKDAYS[(asked.weekday + day) % len(WEEKDAYS)]
        when = "away" if DAY * day < asked.away_hours else "after the return"
        rows.append(
            Row(
                Statement.of("Day {day}, {weekday}, {when}", day=str(day + 1), weekday=weekday,
                             when=when),
                tuple(_cell(answer, table, span, what) for what, table in (
                    ("units", home), ("units", away), ("waiting", home), ("waiting", away),
                )),
            )
        )  # fmt: skip
    return Table(
        caption=f"Day by day with {named(asked.psus)}, {name}; each day begins at "
        f"{asked.hour:02d}:00",
        stub="Day",
        columns=(
            Column("Units at work with nobody away, mean", align=RIGHT),
            Column("Units at work, mean", align=RIGHT),
            Column("Most waiting with nobody away", align=RIGHT),
            Column("Most waiting", align=RIGHT),
        ),
        rows=tuple(rows),
        note="Most waiting is the greatest hourly mean of the day; every hour is in the file.",
        id="days-table",
    )


def _cell(answer: Stress, table: ByHour, span: slice, what: str) -> Cell:
    values = table.units[span] if what == "units" else table.waiting[span]
    value = float(np.mean(values) if what == "units" else np.max(values))
    reading = _sure(value, what if what == "units" else "incidents")
    return answer.telling.figure(reading, f"{what} by day").printed(places=1)


def _asked(answer: Stress) -> Table:
    asked = answer.asked.question
    told = (
        ("PSUs that go", str(asked.psus)),
        ("Days", str(asked.days)),
        ("Kilometres to the host", f"{asked.host_km:,}"),
        ("Journeys there and back", f"{asked.journey_hours} hours"),
        ("They go on", f"{WEEKDAYS[asked.weekday]} at {asked.hour:02d}:00"),
        ("Make-up of a PSU", asked.make_up),
        ("Taken from response, 7 to 19 o'clock", f"{asked.on_shift:.0%}"),
        ("Taken from response at other hours", f"{asked.otherwise:.0%}"),
        ("Officers in a response unit", f"{answer.asked.answering.crew:g}"),
        ("Rest after the return", f"{asked.rest_hours} hours"),
        ("Days looked at after the return", str(asked.recovery_days)),
        ("Answered late that is borne", f"{asked.tolerance:g}%"),
        ("Replications", f"{answer.runs.replications:,}"),
        ("Seed", str(answer.runs.seed)),
        ("Inputs (SHA-256)", answer.asked.digest),
        ("Run that figures name (SHA-256)", answer.runs.digest),
        ("Answer (SHA-256)", answer.digest),
    )
    return Table(
        caption="The same inputs and seed give the same answer to the last bit",
        stub="What",
        columns=(Column("As asked"),),
        rows=tuple(Row(what, (value,)) for what, value in told),
        id="asked-table",
    )
