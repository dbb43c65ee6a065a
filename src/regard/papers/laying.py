"""Lays a document out: numbers its paragraphs, notes and annexes in the order of reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC

from regard.core.figures import Figure
from regard.core.quantities import PERCENT, POINTS, said
from regard.core.statements import Part, Statement
from regard.papers.characters import fit_line
from regard.papers.fixed import FIXED, day_in
from regard.papers.layout import (
    Laid,
    LaidBlock,
    LaidCell,
    LaidChart,
    LaidContacts,
    LaidEntries,
    LaidHeading,
    LaidIcon,
    LaidKeys,
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
    LANGUAGE,
    Block,
    Bullets,
    Cell,
    Chart,
    Column,
    Document,
    Heading,
    Icon,
    Missing,
    Note,
    Paragraph,
    Recommendation,
    Recommended,
    Row,
    Table,
    Withheld,
    Words,
)
from regard.papers.noting import Notes, marked
from regard.papers.tracing import Tracing

SHORT_DIGEST = 12  # letters of the digest of the inputs that fit into a footer


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
        self.notes = Notes(language=document.language)
        self.counts = _Counts()
        self.charts: list[LaidChart] = []
        self.icons: dict[str, Icon] = {}
        self.under = ""
        before = 2 if _has_figures(document) else bool(document.sources)
        self.data_annex = self.said("annex-named", letter="ABC"[before])

    def said(self, name: str, **places: str) -> str:
        """Fixed words in the language of the paper."""
        return FIXED.line(name, self.document.language, **places)

    def whole(self) -> Iterator[LaidBlock]:
        """Every block below the title block, in the order of reading."""
        document = self.document
        if document.purpose:
            yield self.heading(self.said("purpose"))
            yield from map(self.paragraph, document.purpose)
        yield from self.recommendations("")
        yield from self.blocks()
        for implication in document.implications:
            yield self.heading(self.said("implications", kind=implication.kind))
            yield from map(self.paragraph, implication.paragraphs)
        yield from self.recommendations("-again")
        if document.contacts:
            yield self.heading(self.said("contacts"))
            rows = ((fit_line(one.post), fit_line(one.what_for)) for one in document.contacts)
            yield LaidContacts(tuple(rows), "contacts")
        yield from self.annexes()

    def blocks(self) -> Iterator[LaidBlock]:
        """The body; a line under a heading stays with it."""
        blocks = self.document.blocks
        for before, block in zip((None, *blocks), blocks, strict=False):
            laid = self.block(block)
            if isinstance(laid, LaidNote) and isinstance(before, Heading):
                laid = replace(laid, leads=True)
            yield laid

    def annexes(self) -> Iterator[LaidBlock]:
        self.notes.complete()
        tracing = Tracing(self.notes, self.document.sources)
        if tracing.entries:
            yield self.annex("figures")
            yield self.note(Note(self.introduction(tracing.left_out)))
            yield LaidEntries(tracing.entries)
        if tracing.entries or self.document.sources:
            yield self.annex("sources")
            yield from self.keys(tracing)
        if self.charts:
            yield self.annex("data")
            for chart in self.charts:
                yield chart.sheet
        if made := _made(self.document):
            yield self.heading(self.said("made"))
            yield self.bullets(Bullets(made))

    def keys(self, tracing: Tracing) -> Iterator[LaidBlock]:
        if not tracing.source_keys:
            yield self.note(Note(self.said("no-sources")))
        for title, keys in (
            ("", tracing.source_keys),
            (self.said("selections"), tracing.selections.keys),
            (self.said("methods"), tracing.methods.keys),
        ):
            if keys:
                if title:
                    yield self.heading(title, 2)
                yield LaidKeys(keys)

    def introduction(self, left_out: str) -> Words:
        """What the annex of figures is, and what its entries leave unsaid."""
        told = self.said("figures-told")
        if self.document.language == LANGUAGE or not left_out:
            return told + left_out
        return Statement((Part(told, language=self.document.language), Part(left_out)))

    def annex(self, name: str) -> LaidHeading:
        number = self.counts.next("annex")
        laid = self.heading(self.said("annex", letter="ABC"[number - 1], title=self.said(name)))
        return replace(laid, opens=number == 1)

    def recommendations(self, where: str) -> Iterator[LaidBlock]:
        if self.document.recommendations:
            yield self.heading(self.said("recommendations"))
            for one in self.document.recommendations:
                yield self.recommendation(one, where)

    def recommendation(self, one: Recommendation, where: str) -> LaidRecommendation:
        number = self.document.recommendation_number(one.id)
        place = Place(f"recommendation {number}", f"recommendation-{number}")
        label = self.said("recommendation", number=str(number))
        runs = self.notes.runs(one.text, place)
        return LaidRecommendation(number, runs, place.anchor + where, label)

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
            case Withheld():
                return self.withheld(block)
            case Recommended():
                number = self.document.recommendation_number(block.id)
                return self.recommendation(self.document.recommendations[number - 1], "-here")

    def heading(self, words: Words, level: int = 1, named: str = "") -> LaidHeading:
        anchor = named or f"heading-{self.counts.next('heading')}"
        self.under = f"“{fit_line(str(words))}”"
        place = Place(f"the heading {self.under}", anchor)
        return LaidHeading(self.notes.runs(words, place), level, anchor)

    def paragraph(self, block: Paragraph) -> LaidParagraph:
        number = self.counts.next("paragraph")
        place = Place(f"paragraph {number}", block.id or f"paragraph-{number}")
        runs = self.notes.runs(block.text, place)
        bullets = tuple(self.notes.runs(one, place) for one in block.bullets)
        return LaidParagraph(number, runs, bullets, place.anchor)

    def bullets(self, block: Bullets) -> LaidList:
        place = Place(self.under or "a list", block.id or f"list-{self.counts.next('list')}")
        return LaidList(tuple(self.notes.runs(one, place) for one in block.items), place.anchor)

    def note(self, block: Note) -> LaidNote:
        place = Place(self.under or "a line", block.id or f"note-{self.counts.next('note')}")
        return LaidNote(self.notes.runs(block.text, place), place.anchor)

    def withheld(self, block: Withheld) -> LaidNote:
        """A line under the number that the table or chart has where it is not withheld."""
        number = self.counts.next(block.kind)
        place = Place(f"{block.kind} {number}", block.id or f"{block.kind}-{number}")
        label = Run(f"{self.said(block.kind, number=str(number))}: ")
        return LaidNote((label, *self.notes.runs(block.text, place)), place.anchor)

    def table(self, block: Table) -> LaidTable:
        number = self.counts.next("table")
        place = Place(f"table {number}", block.id or f"table-{number}")
        return self.laid_table(block, self.said("table", number=str(number)), place)

    def chart(self, block: Chart) -> LaidChart:
        number = self.counts.next("chart")
        place = Place(f"chart {number}", block.id or f"chart-{number}")
        assert block.table is not None, f"{place.label} was laid unchecked, without its data"
        reading = self.notes.runs(block.reading, place)
        # The page of a screen and that of paper hold one of two tables; both hold the chart.
        within = Place(f"data of chart {number}", place.anchor)
        data, sheet = (
            replace(
                self.laid_table(one, self.said("data-of-chart", number=str(number)), within),
                anchor=f"{place.anchor}-{name}",
            )
            for one, name in ((block.table, "data"), (block.sheet or block.table, "sheet"))
        )
        laid = LaidChart(
            number,
            self.said("chart", number=str(number)),
            reading,
            fit_line(block.alt),
            block.spec,
            data,
            sheet,
            self.data_annex,
            place.anchor,
            note=() if block.note is None else self.notes.runs(block.note, place),
            icons=tuple(map(self.icon, block.icons)),
        )
        self.charts.append(laid)
        return laid

    def laid_table(self, block: Table, label: str, place: Place) -> LaidTable:
        rows = tuple(self.row(row, block.columns, place) for row in block.rows)
        return LaidTable(
            label,
            self.notes.runs(block.caption, place),
            fit_line(block.stub),
            tuple(Column(fit_line(c.header), fit_line(c.unit), c.align) for c in block.columns),
            rows,
            () if block.note is None else self.notes.runs(block.note, place),
            place.anchor,
        )

    def row(
        self, row: Row, columns: tuple[Column, ...], place: Place
    ) -> tuple[Runs, tuple[LaidCell, ...]]:
        seen: set[str] = set()
        header = self.notes.runs(row.header, place, seen)
        pairs = zip(row.cells, columns, strict=True)
        return header, tuple(self.cell(cell, column, place, seen) for cell, column in pairs)

    def icon(self, icon: Icon) -> LaidIcon:
        self.icons[icon.name] = icon
        return LaidIcon(icon.name, fit_line(icon.alt))

    def in_column(self, figure: Figure, column: Column) -> str:
        """A figure in a table: its unit left to the column header where that names it."""
        if figure.value is None:
            return self.said("not-known", why=figure.missing)
        if figure.unit != column.unit or figure.unit == PERCENT:
            return str(figure)
        places = figure.places
        if places is None and figure.unit == POINTS:
            places = 1  # as said() prints percentage points
        return said(figure.value, "", places=places, signed=figure.signed)

    def cell(self, cell: Cell, column: Column, place: Place, seen: set[str]) -> LaidCell:
        match cell:
            case Missing():
                return LaidCell((Run(fit_line(cell.why)),), missing=True)
            case Icon():
                return LaidCell((), icon=self.icon(cell))
            case Figure():
                number, name = self.notes.number(cell, place)
                run = Run(fit_line(self.in_column(cell, column)), number, name)
                return LaidCell(marked((run,), seen), missing=cell.value is None)
            case _:
                return LaidCell(self.notes.runs(cell, place, seen))


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
    title, language = document.title, document.language
    named = (
        ("report-of", title.report_of),
        ("lead", title.lead),
        ("author", title.author),
        ("reference", title.reference),
        ("agenda-item", title.agenda_item),
        ("as-at", day_in(document.as_at, language) if document.as_at else ""),
    )
    return tuple((FIXED.line(name, language), fit_line(value)) for name, value in named if value)


def _as_at(document: Document) -> Iterator[str]:
    """The day of the figures, as a line says it."""
    if document.as_at:
        language = document.language
        yield f"{FIXED.line('as-at', language)} {day_in(document.as_at, language)}"


def _foot(document: Document) -> str:
    told = [*_as_at(document)]
    if document.inputs:
        digest = document.inputs[:SHORT_DIGEST]
        told.append(FIXED.line("inputs", document.language, digest=digest))
    if document.position:
        told.append(document.position)
    return fit_line(", ".join(told))


def _made(document: Document) -> tuple[str, ...]:
    language = document.language
    lines = [f"{one}." for one in _as_at(document)]
    if document.known_at:
        instant = document.known_at.astimezone(UTC)
        lines.append(
            FIXED.line("brought-in", language, day=instant.date(), time=f"{instant:%H:%M:%S}")
        )
    lines.extend(FIXED.line("method", language, method=method) for method in document.methods)
    if document.inputs:
        lines.append(FIXED.line("digest", language, digest=document.inputs))
    if document.position:
        lines.append(f"{document.position[:1].upper()}{document.position[1:]}.")
    return tuple(fit_line(line) for line in lines)


def lay(document: Document) -> Laid:
    """Lay out a document that has been checked."""
    layer = _Layer(document)
    title = document.title
    return Laid(
        marking=fit_line(str(document.marking)).upper(),
        banner=fit_line(document.banner),
        body=fit_line(title.body),
        held_on=day_in(title.held_on, document.language),
        title=fit_line(title.title),
        facts=_facts(document),
        blocks=tuple(layer.whole()),
        charts=tuple(layer.charts),
        icons=tuple((name, icon.spec) for name, icon in sorted(layer.icons.items())),
        foot=_foot(document),
        summary=fit_line(document.summary),
        year=title.held_on.year,
        month=title.held_on.month,
        day=title.held_on.day,
        language=document.language,
        in_language=FIXED.line("language", document.language),
    )
