"""Writes a paper as a Word document, with real numbering, header rows and pictures."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import docx
from docx.document import Document as WordDocument
from docx.shape import InlineShape
from docx.shared import Cm, Emu, Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from regard.papers.filling import read
from regard.papers.fixed import FIXED
from regard.papers.layout import (
    Laid,
    LaidBlock,
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
    Link,
    Runs,
    plain,
)
from regard.papers.model import LANGUAGE, RIGHT
from regard.papers.packing import packed
from regard.papers.pictures import Pictures
from regard.papers.word_marks import (
    add_bookmark,
    add_field,
    add_link,
    head_row,
    keep_together,
    name_table,
    narrow,
    set_columns,
    set_language,
    two_columns,
    write_in,
)

COLUMN = Cm(16.6)  # A4 between margins of 2.2 cm
ICON_SIZE = 18  # points, wide and high
# An empty document of our own: it holds no other document's styles, thumbnail or properties.
_SKELETON = {
    "[Content_Types].xml": "content-types.xml",
    "_rels/.rels": "package-rels.xml",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document-rels.xml",
    "word/styles.xml": "styles.xml",
    "word/numbering.xml": "numbering.xml",
    "word/settings.xml": "settings.xml",
}


def word(paper: Laid, pictures: Pictures) -> bytes:
    """The paper as DOCX, dated by its own day and without anybody's name."""
    day = (paper.year, paper.month, paper.day)
    skeleton = ((name, read(f"docx/{file}").encode()) for name, file in _SKELETON.items())
    document = docx.Document(io.BytesIO(packed(skeleton, day)))
    _name(document, paper)
    if paper.language != LANGUAGE:
        write_in(document, paper.language, but=("Entry", "Key"))
    _every_page(document, paper)
    writer = _Writer(document, paper, pictures)
    writer.title_block(paper)
    for block in paper.blocks:
        writer.block(block)
    made = io.BytesIO()
    document.save(made)
    return _sealed(made.getvalue(), day)


class _Writer:
    def __init__(self, document: WordDocument, paper: Laid, pictures: Pictures) -> None:
        self.document = document
        self.small = paper.data_tables
        self.pictures = pictures
        self.language = paper.language
        self.bookmarks = 0

    def title_block(self, paper: Laid) -> None:
        self.line(paper.body.upper(), "Board")
        self.line(paper.held_on, "Board")
        self.line(paper.title, "Title")
        if paper.in_language:
            self.line(paper.in_language, "Line")
        self.named(paper.facts)

    def block(self, block: LaidBlock) -> None:
        match block:
            case LaidTable():
                self.table(block)
            case LaidChart():
                self.chart(block)
            case LaidContacts():
                self.named(block.rows)
            case LaidEntries():
                with two_columns(self.document):
                    for entry in block.entries:
                        self.told("Entry", entry.value, entry.told, entry.anchor)
            case LaidKeys():
                for key in block.keys:
                    self.told("Key", f"{key.label}:", (Link(f" {key.text}"),), key.anchor)
            case _:
                self.text(block)

    def text(
        self, block: LaidHeading | LaidParagraph | LaidList | LaidNote | LaidRecommendation
    ) -> None:
        match block:
            case LaidHeading():
                line = self.line(plain(block.runs), f"Heading {block.level}", block.anchor)
                _speak(line, block.runs)
                line.paragraph_format.page_break_before = block.opens or None
            case LaidParagraph():
                self.words(block.runs, "Numbered", block.anchor)
                for one in block.bullets:
                    self.words(one, "Sub-bullet")
            case LaidList():
                for one in block.items:
                    self.words(one, "Bullet")
            case LaidNote():
                self.words(block.runs, "Lead" if block.leads else "Line", block.anchor)
            case LaidRecommendation():
                self.recommendation(block)

    def line(self, text: str, style: str, anchor: str = "") -> Paragraph:
        paragraph = self.document.add_paragraph(text, style=style)
        if anchor:
            self.bookmarks += 1
            add_bookmark(paragraph, anchor, self.bookmarks)
        return paragraph

    def words(self, runs: Runs, style: str, anchor: str = "") -> Paragraph:
        paragraph = self.line("", style, anchor)
        _fill(paragraph, runs)
        return paragraph

    def named(self, rows: tuple[tuple[str, str], ...]) -> None:
        for name, value in rows:
            paragraph = self.line("", "Fact")
            paragraph.add_run(f"{name}:").bold = True
            paragraph.add_run(f" {value}")

    def recommendation(self, block: LaidRecommendation) -> None:
        paragraph = self.line("", "Recommendation", block.anchor)
        paragraph.add_run(block.label).bold = True
        paragraph.add_run(" ")
        _fill(paragraph, block.runs)

    def chart(self, block: LaidChart) -> None:
        caption = self.line("", "Caption", block.anchor)
        for icon in block.icons:
            self.icon(caption, icon)
            caption.add_run(" ")
        caption.add_run(f"{block.label}: ")
        _fill(caption, block.reading)
        share, _ = self.pictures.png_shape(block.number)
        paragraph = self.line("", "Picture")
        picture = paragraph.add_run().add_picture(
            io.BytesIO(self.pictures.png[block.number]), width=Emu(int(COLUMN * share))
        )
        _describe(picture, block.label, block.alt)
        if block.note:
            self.words(block.note, "Line small")
        self.line(FIXED.line("data-in", self.language, place=block.data_in), "Line small")

    def table(self, block: LaidTable) -> None:
        caption = self.line(f"{block.label}: ", "Caption", block.anchor)
        _fill(caption, block.caption)
        table = self.document.add_table(len(block.rows) + 1, len(block.columns) + 1, style="Data")
        name_table(table, block.label, plain(block.caption))
        set_columns(table, [int(COLUMN * share) for share in block.shares])
        small = " small" if block.anchor in self.small else ""
        aligned = [False, *(column.align == RIGHT for column in block.columns)]
        headers = [
            block.stub,
            *(f"{one.header} ({one.unit})" if one.unit else one.header for one in block.columns),
        ]
        first, *rows = _cells(table)
        head_row(table)
        if block.is_short:
            keep_together(table, with_next=bool(block.note))
        if small:
            narrow(table)
        for cell, header, right in zip(first, headers, aligned, strict=True):
            _set(cell, f"Cell head{small}", right=right).add_run(header)
        for cells, (header_runs, laid) in zip(rows, block.rows, strict=True):
            _fill(_set(cells[0], f"Cell{small}", right=False), header_runs)
            for cell, one, right in zip(cells[1:], laid, aligned[1:], strict=True):
                paragraph = _set(cell, f"Cell{small}", right=right)
                _fill(paragraph, one.runs, italic=one.missing)
                if one.icon:
                    self.icon(paragraph, one.icon)
        self.words(block.note, f"Line{small}")

    def icon(self, paragraph: Paragraph, icon: LaidIcon) -> None:
        size = Pt(ICON_SIZE)
        content = io.BytesIO(self.pictures.icon_png[icon.name])
        _describe(paragraph.add_run().add_picture(content, size, size), icon.name, icon.alt)

    def told(self, style: str, strong: str, links: tuple[Link, ...], anchor: str) -> None:
        paragraph = self.line("", style, anchor)
        paragraph.add_run(strong).bold = True
        for one in links:
            if one.anchor:
                add_link(paragraph, one.anchor, one.text)
            else:
                paragraph.add_run(one.text)


def _describe(picture: InlineShape, name: str, alt: str) -> None:
    told = picture._inline.docPr
    told.set("name", name)
    told.set("title", name)
    told.set("descr", alt)


def _fill(paragraph: Paragraph, runs: Runs, *, italic: bool = False) -> None:
    for run in runs:
        made = paragraph.add_run(run.text)
        made.italic = italic or None
        set_language(made._r, run.language)
        if run.marked:
            add_link(paragraph, run.entry, str(run.note), raised=True)


def _speak(paragraph: Paragraph, runs: Runs) -> None:
    """Say in which language a heading is, whose words stand as one."""
    for one in paragraph.runs:
        set_language(one._r, next((run.language for run in runs if run.language), ""))


def _cells(table: WordTable) -> list[list[_Cell]]:
    """Every cell, row by row; the library's own way counts the whole table for each."""
    return [[_Cell(cell, table) for cell in row.tc_lst] for row in table._tbl.tr_lst]


def _set(cell: _Cell, style: str, *, right: bool) -> Paragraph:
    paragraph = cell.paragraphs[0]
    paragraph.style = f"{style} right" if right else style
    return paragraph


def _name(document: WordDocument, paper: Laid) -> None:
    moment = datetime(paper.year, paper.month, paper.day, tzinfo=UTC).replace(tzinfo=None)
    told = document.core_properties
    told.title, told.subject, told.keywords = paper.title, paper.marking, paper.marking
    told.comments, told.language = paper.summary, paper.language
    told.author = told.last_modified_by = ""
    told.created = told.modified = moment
    told.revision = 1


def _every_page(document: WordDocument, paper: Laid) -> None:
    section = document.sections[0]
    top, bottom = section.header, section.footer
    top.paragraphs[0].style = "Marking"
    top.paragraphs[0].add_run(paper.marking)
    if paper.banner:
        top.add_paragraph(paper.banner, style="Banner")
    foot = bottom.paragraphs[0]
    foot.style = "Foot"
    foot.add_run(f"{paper.foot}\t{FIXED.line('page', paper.language)}")
    add_field(foot, "PAGE")
    foot.add_run(FIXED.line("page-of", paper.language))
    add_field(foot, "NUMPAGES")
    bottom.add_paragraph(paper.marking, style="Marking")


def _sealed(content: bytes, day: tuple[int, int, int]) -> bytes:
    """The same parts in the same order, dated by the paper."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    return packed(parts, day)
