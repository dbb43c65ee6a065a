"""The marks of a Word document that python-docx has no words for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu
from docx.table import Table
from docx.text.paragraph import Paragraph

COLUMN_GAP = 397  # twentieths of a point between two columns: 7 mm
LONGEST_BOOKMARK = 40  # characters (Word refuses more)


def _made(tag: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def bookmark_name(anchor: str) -> str:
    """An anchor as Word's bookmarks want it: letters, digits and underscores, and short."""
    name = anchor.replace("-", "_")
    if len(name) <= LONGEST_BOOKMARK:
        return name
    return "a_" + hashlib.sha256(anchor.encode()).hexdigest()[:30]


def add_bookmark(paragraph: Paragraph, anchor: str, number: int) -> None:
    """Make the start of a paragraph a place that links lead to; `number` is its own."""
    start = _made("w:bookmarkStart", id=str(number), name=bookmark_name(anchor))
    paragraph._p.append(start)
    paragraph._p.append(_made("w:bookmarkEnd", id=str(number)))


def add_link(paragraph: Paragraph, anchor: str, text: str, *, raised: bool = False) -> None:
    """Add words that lead to a bookmark, as a small raised mark or as they are."""
    link = _made("w:hyperlink", anchor=bookmark_name(anchor), history="1")
    run = paragraph.add_run(text, style="Mark" if raised else None)
    link.append(run._r)
    paragraph._p.append(link)


def add_field(paragraph: Paragraph, code: str) -> None:
    """Add a number that Word works out, such as `PAGE`."""
    field = _made("w:fldSimple", instr=code)
    run = paragraph.add_run("1")
    field.append(run._r)
    paragraph._p.append(field)


def set_language(run: BaseOxmlElement, language: str) -> None:
    """Say in which language the words of a run are; nothing where it is that of the paper."""
    if language:
        run.get_or_add_rPr().append(_made("w:lang", val=language))


def write_in(document: Document, language: str, *, but: Sequence[str]) -> None:
    """Make a language that of the whole document, but of some styles, which stay as they are."""
    styles = document.styles.element
    (whole,) = styles.iter(qn("w:lang"))
    spoken = whole.get(qn("w:val"))
    for name in but:
        style = document.styles[name].element
        style.get_or_add_rPr().append(_made("w:lang", val=spoken))
    whole.set(qn("w:val"), language)


def name_table(table: Table, title: str, told: str) -> None:
    """Give a table a title and a description for who cannot see it."""
    properties = table._tbl.tblPr
    look = _made("w:tblLook", firstRow="1", firstColumn="1", noHBand="1", noVBand="1", val="00A0")
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    properties.append(look)
    properties.append(_made("w:tblCaption", val=title))
    properties.append(_made("w:tblDescription", val=told))


def head_row(table: Table) -> None:
    """Make the first row the header, repeated on every page; keep every row in one piece."""
    for index, row in enumerate(table._tbl.tr_lst):
        properties = row.get_or_add_trPr()
        properties.append(_made("w:cantSplit"))
        if index == 0:
            properties.append(_made("w:tblHeader"))


def keep_together(table: Table, *, with_next: bool = False) -> None:
    """Keep all rows on one page, and with the caption; the note below too where it is wanted."""
    rows = table._tbl.tr_lst
    for row in rows if with_next else rows[:-1]:
        for cell in row.tc_lst:
            for paragraph in cell.p_lst:
                paragraph.get_or_add_pPr().get_or_add_keepNext()


def narrow(table: Table) -> None:
    """Let the cells of a table in small type stand closer than others."""
    margins = _made("w:tblCellMar")
    for side, width in (("top", "20"), ("left", "0"), ("bottom", "20"), ("right", "70")):
        margins.append(_made(f"w:{side}", w=width, type="dxa"))
    table._tbl.tblPr.insert_element_before(
        margins, "w:tblLook", "w:tblCaption", "w:tblDescription", "w:tblPrChange"
    )


@contextmanager
def two_columns(document: Document) -> Iterator[None]:
    """What is written inside stands in two columns of the page."""
    document.add_section(WD_SECTION.CONTINUOUS)
    _set_page_columns(document, 2)
    yield
    document.add_section(WD_SECTION.CONTINUOUS)
    _set_page_columns(document, 1)


def _set_page_columns(document: Document, count: int) -> None:
    section = document.sections[-1]._sectPr
    for old in section.findall(qn("w:cols")):
        section.remove(old)
    # Of what may follow the columns in a section, these papers use none.
    section.append(_made("w:cols", num=str(count), space=str(COLUMN_GAP)))


def set_columns(table: Table, widths: Sequence[int]) -> None:
    """Give the columns widths, in English metric units."""
    table.autofit = False
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Emu(width)
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = Emu(width)
