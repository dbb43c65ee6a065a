"""Refuses a paper that some reader could not use, or that says less than it must."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import Any

from regard.core.errors import MOST_PROBLEMS, PaperRefused, shown
from regard.core.markings import OFFICIAL, Marking
from regard.core.statements import Statement
from regard.papers.characters import fit_line
from regard.papers.laying import lay
from regard.papers.model import (
    CHART,
    DEEPEST_HEADING,
    LEFT,
    RIGHT,
    TABLE,
    Block,
    Bullets,
    Chart,
    Document,
    Heading,
    Icon,
    Missing,
    Note,
    Paragraph,
    Recommended,
    Row,
    Table,
    Withheld,
    Words,
    words_of,
)

_ANCHOR = re.compile(r"[a-z][a-z0-9-]*")
# Keys by which a Vega-Lite specification reaches for something outside itself.
_REACHING_KEYS = frozenset({"url", "href", "$ref", "loader", "lookup_url"})
_DATA_KEYS = frozenset({"values", "datasets"})  # rows to draw; nothing in them is followed
_REACHING_MARKS = frozenset({"image", "geoshape"})


def check(document: Document) -> None:
    """Refuse a faulty paper, naming every fault and its place.

    Raises:
        PaperRefused: an empty title, purpose or paragraph; a chart without alternative
            text, reading or data, or one that would fetch; a table without caption,
            headers or with ragged rows; a heading that skips a level; repeated ids; a
            recommendation that is not there, or is shown twice in the body; words held
            more closely than the title block allows.
    """
    problems = list(_problems(document))
    if not problems:
        problems = list(_repeated_anchors(document))
    if problems:
        told = problems[:MOST_PROBLEMS]
        name = shown(document.title.title)
        count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
        raise PaperRefused(
            f"the paper {name} was not written: {count}" + "".join(f"\n  {one}" for one in told),
            expected="a paper that every reader can use, marked as closely as what it holds",
        )


def _problems(document: Document) -> Iterator[str]:
    yield from _title_problems(document)
    if not document.purpose:
        yield "purpose: there is none"
    for implication in document.implications:
        if not fit_line(implication.kind) or not implication.paragraphs:
            yield f"implications: {shown(implication.kind)} wants a kind and a paragraph"
    ceiling = document.title.marking
    for place, block in _placed(document):
        yield from _block_problems(block, place)
        if ceiling is not None:
            yield from _above(words_of(block), ceiling, place)
    for number, one in enumerate(document.recommendations, start=1):
        yield from _wordless(one.text, f"recommendation {number}")
        if ceiling is not None:
            yield from _above((one.text,), ceiling, f"recommendation {number}")
    yield from _place_problems(document)
    yield from _recommendation_problems(document)


def _placed(document: Document) -> Iterator[tuple[str, Block]]:
    """Every block with its place, in order of reading."""
    for number, paragraph in enumerate(document.purpose, start=1):
        yield f"purpose, paragraph {number}", paragraph
    heading = "before the first heading"
    for block in document.blocks:
        if isinstance(block, Heading):
            heading = f"under {_named(block.text)}"
        yield f"{heading}, {type(block).__name__.lower()}", block
    for implication in document.implications:
        for paragraph in implication.paragraphs:
            yield f"{implication.kind} implications", paragraph


def _named(words: Words) -> str:
    """Words as a message may repeat them: it may travel further than a marked paper."""
    if isinstance(words, Statement) and words.marking != OFFICIAL:
        return f"words held as {words.marking}"
    return shown(fit_line(str(words)))


def _above(words: Iterable[Words], ceiling: Marking, place: str) -> Iterator[str]:
    held = (one.marking for one in words if isinstance(one, Statement))
    marking = reduce(Marking.__or__, held, OFFICIAL)
    if not ceiling.covers(marking):
        yield f"{place}: held as {marking}, above the paper's own {ceiling}"


def _title_problems(document: Document) -> Iterator[str]:
    for name in ("body", "title"):
        if not fit_line(getattr(document.title, name)):
            yield f"title block: {name} is empty"
    for contact in document.contacts:
        if not fit_line(contact.what_for) or not fit_line(contact.post):
            yield f"contacts: {contact} names no post, or not what for"


def _place_problems(document: Document) -> Iterator[str]:
    level = 0
    for place, block in _placed(document):
        if isinstance(block, Heading):
            if not 1 <= block.level <= min(level + 1, DEEPEST_HEADING):
                yield f"{place}: level {block.level} follows level {level}"
            level = block.level
        if isinstance(block, Withheld) and block.kind not in (TABLE, CHART):
            yield f"{place}: {shown(block.kind)} is no kind of block that keeps a number"
        named = "" if isinstance(block, Recommended) else block.id
        if named and not _ANCHOR.fullmatch(named):
            yield f"{place}: id {shown(named)} is not small letters, digits and hyphens"


def _recommendation_problems(document: Document) -> Iterator[str]:
    ids = Counter(one.id for one in document.recommendations)
    for named, count in ids.items():
        if count > 1 or not named:
            yield f"recommendations: {count} have the id {shown(named)}"
    in_body = Counter(one.id for one in document.blocks if isinstance(one, Recommended))
    for named, count in in_body.items():
        if named not in ids:
            yield f"body: there is no recommendation {shown(named)}; there are {sorted(ids)}"
        elif count > 1:
            yield f"body: recommendation {shown(named)} is shown {count} times"


def _block_problems(block: Block, place: str) -> Iterator[str]:
    match block:
        case Heading() | Note() | Withheld():
            yield from _wordless(block.text, place)
        case Paragraph():
            yield from _wordless(block.text, place)
            for item in block.bullets:
                yield from _wordless(item, f"{place}, bullet")
        case Bullets():
            if not block.items:
                yield f"{place}: the list is empty"
            for item in block.items:
                yield from _wordless(item, f"{place}, item")
        case Table():
            yield from _table_problems(block, place)
        case Chart():
            yield from _chart_problems(block, place)


def _wordless(words: Words, place: str) -> Iterator[str]:
    if not fit_line(str(words)):
        yield f"{place}: there are no words"


def _table_problems(table: Table, place: str) -> Iterator[str]:
    if not fit_line(str(table.caption)):
        yield f"{place}: no caption"
    place = f"{place} {_named(table.caption)}"
    headers = (table.stub, *(column.header for column in table.columns))
    for number, header in enumerate(headers, start=1):
        if not fit_line(header):
            yield f"{place}: the header of column {number} is empty"
    for column in table.columns:
        if column.align not in (LEFT, RIGHT):
            yield f"{place}: {shown(column.header)} stands {shown(column.align)}, not left or right"
    if not table.rows or not table.columns:
        yield f"{place}: {len(table.rows)} rows and {len(table.columns)} columns hold no data"
    for number, row in enumerate(table.rows, start=1):
        yield from _row_problems(row, len(table.columns), f"{place}, row {number}")


def _row_problems(row: Row, columns: int, place: str) -> Iterator[str]:
    if not fit_line(str(row.header)):
        yield f"{place}: its header is empty"
    if len(row.cells) != columns:
        yield f"{place}: {len(row.cells)} cells for {columns} columns"
    for cell in row.cells:
        if isinstance(cell, Missing) and not fit_line(cell.why):
            yield f"{place}: a value is missing and nothing says why"
        if isinstance(cell, Icon):
            yield from _icon_problems(cell, place)


def _chart_problems(chart: Chart, place: str) -> Iterator[str]:
    if not fit_line(str(chart.reading)):
        yield f"{place}: no one-line reading"
    place = f"{place} {_named(chart.reading)}"
    if not fit_line(chart.alt):
        yield f"{place}: no alternative text"
    if chart.table is None:
        yield f"{place}: no table of the data drawn"
    else:
        yield from _table_problems(chart.table, f"{place}, data")
    if chart.note is not None:
        yield from _wordless(chart.note, f"{place}, note")
    for icon in chart.icons:
        yield from _icon_problems(icon, place)
    yield from (f"{place}: {reach}" for reach in reaches(chart.spec))


def _icon_problems(icon: Icon, place: str) -> Iterator[str]:
    if not _ANCHOR.fullmatch(icon.name):
        yield f"{place}: icon {shown(icon.name)} is not small letters, digits and hyphens"
    if not fit_line(icon.alt):
        yield f"{place}: no alternative text for icon {shown(icon.name)}"
    yield from (f"{place}, icon {icon.name}: {reach}" for reach in reaches(icon.spec))


def reaches(spec: Any, path: str = "spec") -> Iterator[str]:
    """Everything in a Vega-Lite specification that would fetch something, with its path."""
    if isinstance(spec, Mapping):
        for key, value in spec.items():
            here = f"{path}.{key}"
            if key in _DATA_KEYS:
                continue
            if key in _REACHING_KEYS:
                yield f"{here} reaches outside the paper: {shown(value)}"
            elif key in ("mark", "type") and isinstance(value, str) and value in _REACHING_MARKS:
                yield f"{here} is {value!r}, which draws from outside the paper"
            else:
                yield from reaches(value, here)
    elif isinstance(spec, Sequence) and not isinstance(spec, str | bytes):
        for value in spec:
            yield from reaches(value, path)


def _repeated_anchors(document: Document) -> Iterator[str]:
    laid = lay(document)
    anchors = Counter(getattr(block, "anchor", "") for block in laid.blocks)
    anchors.update(entry.anchor for entry in laid.entries)
    for anchor, count in anchors.items():
        if anchor and count > 1:
            yield f"{count} blocks have the id {anchor}"
