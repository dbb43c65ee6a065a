"""What a board paper is made of: one document, whatever the format it is written in.

A document is data. It holds statements, figures, tables, charts and recommendations in
the order of reading; numbers of paragraphs, notes and recommendations are worked out from
that order and never typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from typing import Any

from regard.core.figures import Figure, Source
from regard.core.markings import OFFICIAL, Marking
from regard.core.statements import Statement

LANGUAGE = "en-GB"
WELSH = "cy-GB"
DEEPEST_HEADING = 3  # below the paper's own title
LEFT, RIGHT = "left", "right"
TABLE, CHART = "table", "chart"

Words = Statement | str
"""A statement, or plain words that hold no figure and are OFFICIAL."""


@dataclass(frozen=True)
class TitleBlock:
    """Who the paper is for, when it is taken and what it is called.

    Attributes:
        body: The board or panel that takes it.
        held_on: The day of the meeting; the paper's own date.
        title: The paper's title.
        reference: Its reference number, if it has one.
        agenda_item: Its line on the agenda, such as `7a`.
        report_of: The post that puts the paper to the board.
        lead: The post that answers for its subject.
        author: The post that wrote it. Posts, never persons.
        marking: The most closely that anything in the paper may be held; None leaves it
            to what the paper holds.
    """

    body: str
    held_on: date
    title: str
    reference: str = ""
    agenda_item: str = ""
    report_of: str = ""
    lead: str = ""
    author: str = ""
    marking: Marking | None = None


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3. Paragraph numbers run on through it."""

    text: Words
    level: int = 1
    id: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A numbered paragraph, with sub-bullets if it has any."""

    text: Words
    bullets: tuple[Words, ...] = ()
    id: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list that belongs to no numbered paragraph."""

    items: tuple[Words, ...]
    id: str = ""


@dataclass(frozen=True)
class Note:
    """A line without a number, such as who leads on what the heading says."""

    text: Words
    id: str = ""


@dataclass(frozen=True)
class Missing:
    """A table cell without a value, and why."""

    why: str


@dataclass(frozen=True)
class Icon:
    """A small picture that stands for words, in a cell of a table or beside a title.

    Attributes:
        name: What it is called, in small letters, digits and hyphens; one name, one picture.
        alt: The words that it stands for.
        spec: A Vega-Lite specification whose data is inside it; nothing is fetched.
    """

    name: str
    alt: str
    spec: Mapping[str, Any] = field(hash=False, compare=False)


Cell = Statement | Figure | Missing | Icon | str


@dataclass(frozen=True)
class Column:
    """A column of a table: its header, the unit of its cells, and how they stand."""

    header: str
    unit: str = ""
    align: str = LEFT


@dataclass(frozen=True)
class Row:
    """A row of a table: its header and one cell for each column."""

    header: Words
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A table of data with a caption and headers in both directions.

    Attributes:
        caption: What it shows.
        stub: The header above the row headers.
        columns: The columns to the right of the row headers.
        rows: The rows.
        note: A line below it.
        id: Its anchor; left empty, it gets one.
    """

    caption: Words
    stub: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: Words | None = None
    id: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart that is also words and a table, and holds its own data.

    Attributes:
        spec: A Vega-Lite specification whose data is inside it; nothing is fetched.
        alt: What the picture shows, for who cannot see it.
        reading: What it says, in one line; printed as its title.
        table: The data drawn.
        sheet: The same data as they stand best on a page of paper; None if that is `table`.
        id: Its anchor; left empty, it gets one.
        note: A line below it, such as how to read it.
        icons: Icons beside its title.
    """

    spec: Mapping[str, Any] = field(hash=False)
    alt: str = ""
    reading: Words = ""
    table: Table | None = None
    sheet: Table | None = None
    id: str = ""
    note: Words | None = None
    icons: tuple[Icon, ...] = ()


@dataclass(frozen=True)
class Withheld:
    """The place of a table or chart that is withheld; the number that it had stays with it.

    Attributes:
        kind: `table` or `chart`, by which it is numbered.
        text: Why it is withheld, by whom, until when, and how to challenge that.
        id: Its anchor; left empty, it gets one.
    """

    kind: str
    text: Words
    id: str = ""


@dataclass(frozen=True)
class Recommendation:
    """What the board is asked to do: written once, shown in front, in the body and at the end."""

    id: str
    text: Words


@dataclass(frozen=True)
class Recommended:
    """The place in the body where a recommendation belongs, named by its id."""

    id: str


@dataclass(frozen=True)
class Implication:
    """What follows for money, law, equality, risk... in numbered paragraphs."""

    kind: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Contact:
    """A post to turn to, and for what."""

    what_for: str
    post: str


Block = Heading | Paragraph | Bullets | Note | Table | Chart | Withheld | Recommended


@dataclass(frozen=True)
class Document:
    """A board paper.

    Attributes:
        title: The title block.
        purpose: Why the board is given it; the first numbered paragraphs.
        blocks: The body.
        recommendations: In the order in which they are numbered.
        implications: After the body.
        sources: What the paper rests on beside the sources of its figures.
        contacts: Posts to turn to.
        as_at: The day to which the paper is true.
        known_at: The instant up to which imports were taken into account.
        methods: The methods used, with their versions.
        inputs: Digest of everything the paper was computed from.
        banner: Shown on every page, such as that the data are generated.
        summary: One line for catalogues and search results.
        position: Where the register stood when the paper was made, and its head, such as
            `register position 131, head 3f9a1c2b77de`; printed at the foot of every page.
        language: The tag of the language of its headings, labels and levels, and of all words in
            it that are no statement; a statement is English, but where it says otherwise.
    """

    title: TitleBlock
    purpose: tuple[Paragraph, ...] = ()
    blocks: tuple[Block, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    implications: tuple[Implication, ...] = ()
    sources: tuple[Source, ...] = ()
    contacts: tuple[Contact, ...] = ()
    as_at: date | None = None
    known_at: datetime | None = None
    methods: tuple[str, ...] = ()
    inputs: str = ""
    banner: str = ""
    summary: str = ""
    position: str = ""
    language: str = LANGUAGE

    @property
    def marking(self) -> Marking:
        """How closely the paper is held: the join of everything in it and of its title block."""
        held = (one.marking for one in self.words() if isinstance(one, Statement))
        return reduce(Marking.__or__, held, self.title.marking or OFFICIAL)

    def words(self) -> Iterator[Words]:
        """All words of the paper that may carry a figure or a marking, in order of reading."""
        for paragraph in self.purpose:
            yield from words_of(paragraph)
        for recommendation in self.recommendations:
            yield recommendation.text
        for block in self.blocks:
            yield from words_of(block)
        for implication in self.implications:
            for paragraph in implication.paragraphs:
                yield from words_of(paragraph)

    def recommendation_number(self, named: str) -> int:
        """The number, from 1, of a recommendation; 0 if there is none of that id."""
        ids = [one.id for one in self.recommendations]
        return ids.index(named) + 1 if named in ids else 0


def words_of(block: Block) -> Iterator[Words]:
    """The words of one block that may carry a figure or a marking, in order of reading."""
    match block:
        case Heading() | Note() | Withheld():
            yield block.text
        case Paragraph():
            yield block.text
            yield from block.bullets
        case Bullets():
            yield from block.items
        case Table():
            yield from _words_of_table(block)
        case Chart():
            yield block.reading
            if block.note is not None:
                yield block.note
            for table in filter(None, (block.table, block.sheet)):
                yield from _words_of_table(table)


def _words_of_table(table: Table) -> Iterator[Words]:
    yield table.caption
    for row in table.rows:
        yield row.header
        yield from (cell for cell in row.cells if isinstance(cell, Statement | str))
    if table.note is not None:
        yield table.note
