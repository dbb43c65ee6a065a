"""A board paper with one of everything, for the tests of every format."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime

from regard.core.figures import Figure, Source, percent_change
from regard.core.markings import Marking
from regard.core.periods import Month, Period
from regard.core.quantities import Range
from regard.core.statements import Statement
from regard.papers.charts import (
    ControlChart,
    Flag,
    Segment,
    Wave,
    WaveChart,
    control_chart,
    wave_chart,
)
from regard.papers.icons import icon_table, variation_icon
from regard.papers.model import (
    RIGHT,
    Bullets,
    Chart,
    Column,
    Contact,
    Document,
    Heading,
    Implication,
    Missing,
    Note,
    Paragraph,
    Recommendation,
    Recommended,
    Row,
    Table,
    TitleBlock,
)

SAID = Source("said", "Performance board, 12 March 2014, item 4")
NOW = Period(date(2013, 4, 1), date(2014, 3, 14))


def words(text: str, marking: str = "OFFICIAL") -> Statement:
    return Statement.quoted(text, source=SAID, marking=Marking.parse(marking))


def figure(value: float | None, period: Period = NOW, **other: object) -> Figure:
    told = {
        "unit": "offences",
        "measure": "burglary-dwelling",
        "scope": "west-midlands",
        "basis": "actual",
        "method": "count 1",
        "as_at": period.end,
        "period": period,
        "sources": (
            Source(
                "rows",
                "import 3: west-midlands-2014-03.csv (sha256 ab12cd34…)",
                "5,021 rows where offence is one of 28A to 29B",
            ),
        ),
    }
    return Figure(value, **(told | other))


BURGLARY = figure(10_461)
BURGLARY_BEFORE = figure(11_384, NOW.a_year_before())
CHANGE = percent_change(BURGLARY, BURGLARY_BEFORE)
CONFIDENCE = figure(
    82.4, unit="%", measure="confidence", basis="estimate", interval=Range(81.6, 83.2, 0.95)
)
NOT_SUPPLIED = figure(
    None, Period(date(2013, 7, 1), date(2013, 7, 31)), missing="July 2013 was not supplied"
)


def crime_chart(*, months: int = 36, named: str = "", target: float | None = 4_560) -> Chart:
    start = Month(2011, 4)
    values: list[float | None] = [
        round(4_800 + 260 * math.sin(i * 2.1) + 90 * math.cos(i * 5.3) - (500 if i > 21 else 0))
        for i in range(months)
    ]
    values[9], values[27], values[30] = 5_700, None, 3_750
    chart = control_chart(
        ControlChart(
            reading=words("Total recorded crime fell to a lower level in February 2013"),
            name="Total recorded crime",
            scope="West Midlands",
            unit="offences a month",
            start=start,
            values=tuple(values),
            why_missing={start + 27: "July 2013 was not supplied"},
            segments=(
                Segment(start, start + 21, 4_800, 4_100, 5_500),
                Segment(start + 22, start + (months - 1), 4_300, 3_800, 4_800, provisional=True),
            ),
            flags=(
                Flag(start + 9, "concern", "above the upper limit"),
                Flag(start + 30, "improvement", "below the lower limit"),
            ),
            target=target,
            target_label="milestone",
            id=named,
            waves_why="The limits are those of the months between two steps.",
        )
    )
    return replace(chart, icons=(variation_icon("improvement (low)"),))


def survey_chart() -> Chart:
    waves = [
        Wave(f"Wave {n}", 83 + n % 3 * 0.4, 82.1 + n % 3 * 0.4, 83.9 + n % 3 * 0.4)
        for n in range(1, 6)
    ]
    return wave_chart(
        WaveChart(
            reading=words("Confidence has not changed since the first wave"),
            name="Confidence in policing",
            scope="West Midlands",
            unit="%",
            waves=(*waves, Wave("Wave 6", None, why_missing="fieldwork not complete")),
            target=85,
        )
    )


def table() -> Table:
    return Table(
        caption=words("Recorded crime by milestone, 2013/14 to 14 March"),
        stub="Measure",
        columns=(
            Column("This year", "offences", RIGHT),
            Column("Last year", "offences", RIGHT),
            Column("Change", "%", RIGHT),
            Column("What the series says"),
        ),
        rows=(
            Row(
                "Burglary dwelling", (BURGLARY, BURGLARY_BEFORE, CHANGE, words("Steady since 2012"))
            ),
            Row(
                "Robbery",
                (
                    NOT_SUPPLIED,
                    Missing("July 2013 was not supplied"),
                    Missing("no base"),
                    "Not read",
                ),
            ),
        ),
        note="A change is against the same days of last year.",
    )


def recommendations() -> tuple[Recommendation, ...]:
    return (
        Recommendation("note", words("The Board notes the position against the milestones.")),
        Recommendation(
            "burglary",
            Statement.of(
                "The Board asks for a report on burglary dwelling, {n} this year.", n=BURGLARY
            ),
        ),
    )


def paper(**other: object) -> Document:
    told = {
        "title": TitleBlock(
            body="Strategic Policing and Crime Board",
            held_on=date(2014, 4, 1),
            title="Performance against the 2013/14 milestones in the Police and Crime Plan",
            reference="SPCB 14/07",
            agenda_item="7a",
            report_of="Chief Constable",
            lead="Assistant Chief Constable, Local Policing",
            author="Head of Performance",
        ),
        "purpose": (Paragraph(words("This report outlines performance against the milestones.")),),
        "blocks": body(),
        "recommendations": recommendations(),
        "implications": (
            Implication(
                "Financial", (Paragraph(words("There are none beyond the agreed budget.")),)
            ),
            Implication(
                "Legal", (Paragraph(words("The Board must hold the Chief Constable to account.")),)
            ),
            Implication("Equality", (Paragraph(words("None arise from this report.")),)),
        ),
        "sources": (Source("printed", "Police and Crime Plan 2013/14", "pages 4 to 9"),),
        "contacts": (Contact("Questions about the figures", "Head of Performance"),),
        "as_at": date(2014, 3, 14),
        "known_at": datetime(2014, 3, 20, 9, 30, tzinfo=UTC),
        "methods": ("nhs-making-data-count 1", "percent change 1"),
        "inputs": "ab12cd34" * 8,
        "banner": "Example: data generated from published figures",
        "summary": "How the force stands against its milestones.",
    }
    return Document(**(told | other))


def body() -> tuple[object, ...]:
    return (
        Heading("E. Reduce crime and offending"),
        Note("Lead: Assistant Chief Constable, Local Policing"),
        Heading("Milestone: reduce burglary dwelling by 5 per cent", level=2),
        Paragraph(
            Statement.of(
                "There were {now} of burglary dwelling in {period}, {change} on {then} in the same "
                "days of last year. July was {gone}.",
                now=BURGLARY,
                period=NOW,
                change=CHANGE,
                then=BURGLARY_BEFORE,
                gone=NOT_SUPPLIED,
            ),
            bullets=(
                words("Birmingham has the largest share."),
                Statement.of("Confidence stands at {level}.", level=CONFIDENCE),
            ),
        ),
        table(),
        crime_chart(),
        Recommended("burglary"),
        Heading("A. Improving confidence in policing"),
        Paragraph(Statement.of("Confidence is {level}, as wave five found.", level=CONFIDENCE)),
        survey_chart(),
        icon_table(("common cause", "concern (high)", "improvement (low)"), ("hit or miss",)),
        Bullets((words("Reported elsewhere: estates review"), words("Nothing to say: none"))),
        Paragraph(words("Progress will be reviewed through the year.")),
    )
