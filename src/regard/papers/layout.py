"""The paper as it is read: every number worked out, every figure given its note.

All four writers write the one layout, so that paragraph 12 is paragraph 12 and note 7
is note 7 in each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from regard.papers.model import LANGUAGE, Column

WIDEST = 34  # characters that a column of a table may ask for, unless it holds running text
RUNNING = 120  # characters of a cell from which its column holds running text
WIDEST_RUNNING = 80  # characters that such a column may ask for
WHOLE_HEADER = 18  # characters of a row header that stay on one line, as a month and its year do
SHORT = 8  # rows of a table that stay on one page, where no cell holds running text
LINE = 92  # characters of a table's size that fill the column of an A4 page


@dataclass(frozen=True)
class Run:
    """Words of a sentence; with `note` above 0 they are a figure explained in that entry.

    `marked` is whether the number of the entry is printed after it: of neighbours that are
    one figure, and in one paragraph, row or bullet, only one is. `language` is the tag of the
    words' language where it is not that of the paper.
    """

    text: str
    note: int = 0
    entry: str = ""
    marked: bool = False
    language: str = ""


Runs = tuple[Run, ...]


def plain(runs: Runs) -> str:
    """The words of some runs without their notes."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True)
class LaidHeading:
    """A heading, 1 to 3 deep; `opens` where it starts a new page, as the first annex does."""

    runs: Runs
    level: int
    anchor: str
    opens: bool = False
    kind: str = "heading"


@dataclass(frozen=True)
class LaidParagraph:
    """A paragraph under its number."""

    number: int
    runs: Runs
    bullets: tuple[Runs, ...]
    anchor: str
    kind: str = "paragraph"


@dataclass(frozen=True)
class LaidList:
    """A list without numbers."""

    items: tuple[Runs, ...]
    anchor: str
    kind: str = "list"


@dataclass(frozen=True)
class LaidNote:
    """A line without a number; `leads` where it stands under a heading, and stays with it."""

    runs: Runs
    anchor: str
    leads: bool = False
    kind: str = "note"


@dataclass(frozen=True)
class LaidIcon:
    """An icon: the name of its picture and the words that it stands for."""

    name: str
    alt: str


@dataclass(frozen=True)
class LaidCell:
    """A cell; `missing` where it has no value and its words say why; `icon` instead of words."""

    runs: Runs
    missing: bool = False
    icon: LaidIcon | None = None


@dataclass(frozen=True)
class LaidTable:
    """A table under its label; the first column holds the row headers."""

    label: str
    caption: Runs
    stub: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Runs, tuple[LaidCell, ...]], ...]
    note: Runs
    anchor: str
    kind: str = "table"

    @property
    def is_short(self) -> bool:
        """Whether it is kept on one page."""
        cells = (plain(one.runs) for _, cells in self.rows for one in cells)
        return len(self.rows) <= SHORT and all(len(text) < RUNNING for text in cells)

    @property
    def shares(self) -> tuple[float, ...]:
        """The share, 0 to 1, of the width that each column needs, row headers first."""
        texts = [[self.stub], *([f"{c.header} ({c.unit})"] for c in self.columns)]
        for header, cells in self.rows:
            for column, runs in zip(texts, (header, *(c.runs for c in cells)), strict=True):
                column.append(plain(runs))
        least = [max(len(word) for text in column for word in text.split()) + 2 for column in texts]
        least[0] = max(least[0], min(max(map(len, texts[0])), WHOLE_HEADER) + 2)
        most = [_asked(max(map(len, column))) + 2 for column in texts]
        most = [max(pair) for pair in zip(least, most, strict=True)]
        spare = max(LINE - sum(least), 0) / max(sum(most) - sum(least), 1)
        wanted = [low + (high - low) * min(spare, 1) for low, high in zip(least, most, strict=True)]
        return tuple(one / sum(wanted) for one in wanted)


def _asked(longest: int) -> int:
    """How many characters wide a column would be, by its longest cell."""
    return min(longest, WIDEST_RUNNING if longest >= RUNNING else WIDEST)


@dataclass(frozen=True)
class LaidChart:
    """A chart under its label, with the number of its picture and its data.

    `data` is the table for a screen, `sheet` the same data as they stand on a page.
    """

    number: int
    label: str
    reading: Runs
    alt: str
    spec: Mapping[str, Any]
    data: LaidTable
    sheet: LaidTable
    data_in: str
    anchor: str
    note: Runs = ()
    icons: tuple[LaidIcon, ...] = ()
    kind: str = "chart"


@dataclass(frozen=True)
class LaidRecommendation:
    """One recommendation at one of its places; the label stands before it, with its number."""

    number: int
    runs: Runs
    anchor: str
    label: str = ""
    kind: str = "recommendation"


@dataclass(frozen=True)
class LaidContacts:
    """Posts to turn to: who, and what for."""

    rows: tuple[tuple[str, str], ...]
    anchor: str
    kind: str = "contacts"


@dataclass(frozen=True)
class Place:
    """Where a figure stands in the paper."""

    label: str
    anchor: str


@dataclass(frozen=True)
class Link:
    """Words in the annexes that lead to an anchor; none where that is empty."""

    text: str
    anchor: str = ""


@dataclass(frozen=True)
class Entry:
    """What a figure is, on what it stands, and where in the paper it is said.

    Attributes:
        number: The number of its note.
        anchor: The figure's own id.
        value: As the paper prints it.
        told: All that follows its value, in words and links: its range, what it is, its
            sources, the entries it was computed from, and where it is said.
        parts: The entries it was computed from: number and anchor.
        places: Where it is said; none for a figure that only others stand on.
    """

    number: int
    anchor: str
    value: str
    told: tuple[Link, ...]
    parts: tuple[tuple[int, str], ...]
    places: tuple[Place, ...]

    @property
    def said(self) -> str:
        """All that follows its value, as plain words."""
        return "".join(link.text for link in self.told)


@dataclass(frozen=True)
class LaidEntries:
    """The annex in which every figure is followed back."""

    entries: tuple[Entry, ...]
    kind: str = "entries"


@dataclass(frozen=True)
class Key:
    """What a short label in the annexes stands for: a source, a selection of rows, a method."""

    label: str
    text: str
    anchor: str


@dataclass(frozen=True)
class LaidKeys:
    """A list of short labels."""

    keys: tuple[Key, ...]
    kind: str = "keys"


LaidBlock = (
    LaidHeading
    | LaidParagraph
    | LaidList
    | LaidNote
    | LaidTable
    | LaidChart
    | LaidRecommendation
    | LaidContacts
    | LaidEntries
    | LaidKeys
)


@dataclass(frozen=True)
class Laid:
    """A paper laid out.

    Attributes:
        marking: In capitals, for the top and bottom of every page.
        banner: For the top of every page; empty if there is none.
        body, held_on, title: As the title block prints them.
        facts: The other lines of the title block: name and value.
        blocks: Everything below the title block, annexes too, in order of reading.
        charts: The charts among them, by number.
        icons: The pictures of the icons in them: name and specification.
        foot: The line at the foot of every page that says from what the paper was made.
        summary: One line for catalogues.
        language: The tag of the paper's language.
        in_language: A line below the title that says what of it is in that language, and what is
            not; empty where all is.
        year, month, day: The paper's own date.
    """

    marking: str
    banner: str
    body: str
    held_on: str
    title: str
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[LaidBlock, ...]
    charts: tuple[LaidChart, ...]
    icons: tuple[tuple[str, Mapping[str, Any]], ...]
    foot: str
    summary: str
    year: int
    month: int
    day: int
    language: str = LANGUAGE
    in_language: str = ""

    @property
    def data_tables(self) -> frozenset[str]:
        """Anchors of the tables that hold the data of charts on a page."""
        return frozenset(chart.sheet.anchor for chart in self.charts)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of the annex of figures."""
        return tuple(
            entry for one in self.blocks if isinstance(one, LaidEntries) for entry in one.entries
        )

    @property
    def keys(self) -> tuple[Key, ...]:
        """The short labels of the annex of sources."""
        return tuple(key for one in self.blocks if isinstance(one, LaidKeys) for key in one.keys)
