"""Lays a document out: numbers its paragraphs, notes and annexes in the order of reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC

from regard.core.figures import Figure
from regard.core.periods import day_said
from regard.core.quantities import PERCENT, POINTS, said
from regard.core.statements import Statement
from regard.papers.characters import fit, fit_line
from regard.papers.layout import (
    Entry,
    Laid,
    LaidBlock,
    LaidCell,
    LaidChart,
    LaidContacts,
    LaidEntries,
    LaidHeading,
    LaidList,
    LaidNote,
    LaidParagraph,
    LaidRecommendation,
    LaidTable,
    Place,
    Run,
    Runs,
)
from regard.papers.model import (
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
    Recommendation,
    Recommended,
    Table,
    Words,
)

FIGURES_TITLE = "Where the figures come from"
FIGURES_INTRODUCTION = (
    "Each number in the paper carries the number of its entry here. An entry says what the "
    "figure is, on which base and by which method, where it comes from, which other entries "
    "it was computed from, and where it is said."
)
DATA_TITLE = "The data drawn in the charts"
SOURCES_TITLE = "Sources"
MADE_TITLE = "How this paper was made"
RECOMMENDATIONS_TITLE = "Recommendations"
SHORT_DIGEST = 12  # letters of the digest of the inputs that fit into a footer


@dataclass
class _Notes:
    """Gives each distinct figure one number, in the order in which the paper first says it."""

    numbers: dict[str, int] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    places: dict[str, dict[Place, None]] = field(default_factory=dict)

    def number(self, figure: Figure, place: Place | None = None) -> tuple[int, str]:
        name = figure.id
        if name not in self.numbers:
            self.numbers[name] = len(self.numbers) + 1
            self.figures[name] = figure
            self.places[name] = {}
        if place is not None:
            self.places[name][place] = None
        return self.numbers[name], name

    def runs(self, words: Words, place: Place) -> Runs:
        """Words as runs, their figures numbered and white space kept single."""
        if isinstance(words, str):
            return _tidied([Run(fit(words))])
        runs = []
        for part in words.parts:
            number, name = self.number(part.figure, place) if part.figure else (0, "")
            runs.append(Run(fit(part.text), number, name))
        return _tidied(runs)

    def entries(self) -> tuple[Entry, ...]:
        """Every figure, and after those the paper says, every figure they stand on."""
        queue = list(self.figures.values())
        for figure in queue:
            fresh = [part for part in figure.parts if part.id not in self.numbers]
            for part in fresh:
                self.number(part)
            queue.extend({part.id: part for part in fresh}.values())
        return tuple(self._entry(name, figure) for name, figure in self.figures.items())

    def _entry(self, name: str, figure: Figure) -> Entry:
        signed, places = figure.signed, figure.places
        span = figure.interval
        return Entry(
            number=self.numbers[name],
            anchor=name,
            value=fit_line(str(figure)),
            described=fit_line(figure.described),
            range=""
            if span is None
            else f"{span.said(figure.unit, places=places, signed=signed)} ({span.level:.0%} range)",
            sources=tuple(fit_line(str(source)) for source in figure.sources),
            parts=tuple(dict.fromkeys(self.number(part) for part in figure.parts)),
            places=tuple(self.places[name]),
        )


def _tidied(runs: list[Run]) -> Runs:
    """Runs without double white space where they meet, nor white space at the ends."""
    kept: list[Run] = []
    for run in runs:
        text = run.text.lstrip(" ") if not kept or kept[-1].text.endswith(" ") else run.text
        if text:
            kept.append(Run(text, run.note, run.entry))
    while kept and not (text := kept[-1].text.rstrip(" ")):
        kept.pop()
    if kept:
        kept[-1] = Run(text, kept[-1].note, kept[-1].entry)
    return tuple(kept)


@dataclass
class _Counts:
    """How many of each kind have been laid so far."""

    heading: int = 0
    paragraph: int = 0
    list: int = 0
    note: int = 0
    table: int = 0
    chart: int = 0
    annex: int = 0

    def next(self, kind: str) -> int:
        setattr(self, kind, getattr(self, kind) + 1)
        return int(getattr(self, kind))


class _Layer:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.notes = _Notes()
        self.counts = _Counts()
        self.charts: list[LaidChart] = []
        before = _has_figures(document) + bool(document.sources)
        self.data_annex = f"annex {'ABC'[before]}"

    def whole(self) -> Iterator[LaidBlock]:
        """Every block below the title block, in the order of reading."""
        document = self.document
        if document.purpose:
            yield self.heading("Purpose of report")
            yield from map(self.paragraph, document.purpose)
        yield from self.recommendations("")
        for block in document.blocks:
            yield self.block(block)
        for implication in document.implications:
            yield self.heading(f"{implication.kind} implications")
            yield from map(self.paragraph, implication.paragraphs)
        yield from self.recommendations("-again")
        if document.contacts:
            yield self.heading("Contacts")
            rows = ((fit_line(one.what_for), fit_line(one.post)) for one in document.contacts)
            yield LaidContacts(tuple(rows), "contacts")
        yield from self.annexes()

    def annexes(self) -> Iterator[LaidBlock]:
        entries = self.notes.entries()
        if entries:
            yield self.annex(FIGURES_TITLE)
            yield self.note(Note(FIGURES_INTRODUCTION))
            yield LaidEntries(entries)
        if self.document.sources:
            yield self.annex(SOURCES_TITLE)
            yield self.bullets(Bullets(tuple(str(one) for one in self.document.sources)))
        if self.charts:
            yield self.annex(DATA_TITLE)
            for chart in self.charts:
                yield chart.data
        if made := _made(self.document):
            yield self.heading(MADE_TITLE)
            yield self.bullets(Bullets(made))

    def annex(self, title: str) -> LaidHeading:
        letter = "ABC"[self.counts.next("annex") - 1]
        return self.heading(f"Annex {letter}: {title}")

    def recommendations(self, where: str) -> Iterator[LaidBlock]:
        if self.document.recommendations:
            yield self.heading(RECOMMENDATIONS_TITLE)
            for one in self.document.recommendations:
                yield self.recommendation(one, where)

    def recommendation(self, one: Recommendation, where: str) -> LaidRecommendation:
        number = self.document.recommendation_number(one.id)
        place = Place(f"recommendation {number}", f"recommendation-{number}")
        return LaidRecommendation(number, self.notes.runs(one.text, place), place.anchor + where)

    def block(self, block: Block) -> LaidBlock:
        match block:
            case Heading():
                return self.heading(block.text, block.level, block.id)
            case Paragraph():
                return self.paragraph(block)
            case Bullets():
                return self.bullets(block)
            case Note():
                return self.note(block)
            case Table():
                return self.table(block)
            case Chart():
                return self.chart(block)
            case Recommended():
                number = self.document.recommendation_number(block.id)
                return self.recommendation(self.document.recommendations[number - 1], "-here")

    def heading(self, words: Words, level: int = 1, named: str = "") -> LaidHeading:
        anchor = named or f"heading-{self.counts.next('heading')}"
        place = Place(f"the heading “{fit_line(str(words))}”", anchor)
        return LaidHeading(self.notes.runs(words, place), level, anchor)

    def paragraph(self, block: Paragraph) -> LaidParagraph:
        number = self.counts.next("paragraph")
        place = Place(f"paragraph {number}", block.id or f"paragraph-{number}")
        runs = self.notes.runs(block.text, place)
        bullets = tuple(self.notes.runs(one, place) for one in block.bullets)
        return LaidParagraph(number, runs, bullets, place.anchor)

    def bullets(self, block: Bullets) -> LaidList:
        place = Place("a list", block.id or f"list-{self.counts.next('list')}")
        return LaidList(tuple(self.notes.runs(one, place) for one in block.items), place.anchor)

    def note(self, block: Note) -> LaidNote:
        place = Place("a line without a number", block.id or f"note-{self.counts.next('note')}")
        return LaidNote(self.notes.runs(block.text, place), place.anchor)

    def table(self, block: Table) -> LaidTable:
        number = self.counts.next("table")
        return self.laid_table(block, f"Table {number}", block.id or f"table-{number}")

    def chart(self, block: Chart) -> LaidChart:
        number = self.counts.next("chart")
        place = Place(f"chart {number}", block.id or f"chart-{number}")
        assert block.table is not None, f"{place.label} was laid unchecked, without its data"
        laid = LaidChart(
            number,
            f"Chart {number}",
            self.notes.runs(block.reading, place),
            fit_line(block.alt),
            block.spec,
            self.laid_table(block.table, f"Data of chart {number}", f"{place.anchor}-data"),
            self.data_annex,
            place.anchor,
        )
        self.charts.append(laid)
        return laid

    def laid_table(self, block: Table, label: str, anchor: str) -> LaidTable:
        place = Place(label[0].lower() + label[1:], anchor)
        rows = tuple(
            (
                self.notes.runs(row.header, place),
                tuple(
                    self.cell(cell, column, place)
                    for cell, column in zip(row.cells, block.columns, strict=True)
                ),
            )
            for row in block.rows
        )
        return LaidTable(
            label,
            self.notes.runs(block.caption, place),
            fit_line(block.stub),
            tuple(Column(fit_line(c.header), fit_line(c.unit), c.align) for c in block.columns),
            rows,
            () if block.note is None else self.notes.runs(block.note, place),
            anchor,
        )

    def cell(self, cell: Cell, column: Column, place: Place) -> LaidCell:
        match cell:
            case Missing():
                return LaidCell((Run(fit_line(cell.why)),), missing=True)
            case Figure():
                number, name = self.notes.number(cell, place)
                text = fit_line(_in_column(cell, column))
                return LaidCell((Run(text, number, name),), missing=cell.value is None)
            case _:
                return LaidCell(self.notes.runs(cell, place))


def _in_column(figure: Figure, column: Column) -> str:
    """A figure in a table: its unit left to the column header where that names it."""
    if figure.value is None:
        return f"not known: {figure.missing}"
    if figure.unit != column.unit or figure.unit == PERCENT:
        return str(figure)
    places = figure.places
    if places is None and figure.unit == POINTS:
        places = 1  # as said() prints percentage points
    return said(figure.value, "", places=places, signed=figure.signed)


def _has_figures(document: Document) -> bool:
    if any(isinstance(one, Statement) and one.figures for one in document.words()):
        return True
    tables = [
        one.table if isinstance(one, Chart) else one
        for one in document.blocks
        if isinstance(one, Table | Chart)
    ]
    cells = [cell for table in tables if table for row in table.rows for cell in row.cells]
    return any(isinstance(cell, Figure) for cell in cells)


def _facts(document: Document) -> tuple[tuple[str, str], ...]:
    title = document.title
    named = (
        ("Report of", title.report_of),
        ("Lead", title.lead),
        ("Author", title.author),
        ("Reference", title.reference),
        ("Agenda item", title.agenda_item),
        ("Figures as at", day_said(document.as_at) if document.as_at else ""),
    )
    return tuple((name, fit_line(value)) for name, value in named if value)


def _foot(document: Document) -> str:
    told = []
    if document.as_at:
        told.append(f"Figures as at {day_said(document.as_at)}")
    if document.inputs:
        told.append(f"inputs {document.inputs[:SHORT_DIGEST]}")
    return fit_line(", ".join(told))


def _made(document: Document) -> tuple[str, ...]:
    lines = []
    if document.as_at:
        lines.append(f"Figures as at {day_said(document.as_at)}.")
    if document.known_at:
        instant = document.known_at.astimezone(UTC)
        lines.append(
            f"From what had been brought in by {day_said(instant)}, {instant:%H:%M:%S} UTC."
        )
    lines.extend(f"Method: {method}." for method in document.methods)
    if document.inputs:
        lines.append(f"Digest of the inputs (SHA-256): {document.inputs}")
    return tuple(fit_line(line) for line in lines)


def lay(document: Document) -> Laid:
    """Lay out a document that has been checked."""
    layer = _Layer(document)
    title = document.title
    return Laid(
        marking=fit_line(str(document.marking)).upper(),
        banner=fit_line(document.banner),
        body=fit_line(title.body),
        held_on=day_said(title.held_on),
        title=fit_line(title.title),
        facts=_facts(document),
        blocks=tuple(layer.whole()),
        charts=tuple(layer.charts),
        foot=_foot(document),
        summary=fit_line(document.summary),
        year=title.held_on.year,
        month=title.held_on.month,
        day=title.held_on.day,
    )
