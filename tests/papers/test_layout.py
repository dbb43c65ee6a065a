from __future__ import annotations

import io

import pikepdf
import pytest

from papers.reading_back import READERS, squeezed
from papers.sample import paper, words
from regard.papers import FORMATS, Column, Heading, Missing, Row, Table, render
from regard.papers.laying import lay
from regard.papers.layout import LINE, LaidTable, plain

THREATS = (
    "Terrorism",
    "Serious and organised crime",
    "National cyber event",
    "Child sexual abuse",
    "Public disorder",
    "Civil emergencies",
    "Violence against women and girls",
)
FIVE_CS = ("Capacity and contribution", "Capability", "Consistency", "Connectivity", "Overall")
LEVELS = ("Fully met", "Largely met", "Partly met", "Not met", "Stale: Largely met, March 2012")


def matrix() -> Table:
    """A level for each threat and each C: words alone, so that grey print tells them apart."""
    rows = [
        Row(threat, tuple(words(LEVELS[(at * 3 + one) % len(LEVELS)]) for one in range(4)))
        for at, threat in enumerate(THREATS)
    ]
    rows = [Row(row.header, (*row.cells, Missing("not judged"))) for row in rows]
    return Table(
        caption="Where each threat stands against each C",
        stub="Threat",
        columns=tuple(Column(one) for one in FIVE_CS),
        rows=tuple(rows),
        note="Levels are never averaged.",
    )


def test_no_column_of_seven_threats_by_five_cs_breaks_a_word() -> None:
    (table,) = (one for one in lay(paper(blocks=(matrix(),))).blocks if isinstance(one, LaidTable))

    columns = list(zip(*([head, *map(cell_words, row)] for head, row in table.rows), strict=True))

    longest = [
        max(len(word) for cell in column for word in plain(cell).split()) for column in columns
    ]
    assert all(share * LINE > least for share, least in zip(table.shares, longest, strict=True))
    assert table.is_short


def cell_words(cell: object) -> object:
    return cell.runs


@pytest.mark.slow
@pytest.mark.paper
def test_seven_threats_by_five_cs_are_read_in_every_format_and_stay_on_one_page() -> None:
    made = render(paper(blocks=(Heading("Positions"), matrix())), FORMATS)

    told = {one.format: squeezed(READERS[one.format](one.content)) for one in made}

    for row in matrix().rows:
        cells = squeezed("".join([str(row.header), *map(str, row.cells[:4]), "not judged"]))
        assert all(cells in text for text in told.values())
    with pikepdf.open(io.BytesIO(made[-1].content)) as opened:
        pages = [
            squeezed(READERS["pdf"](one_page(opened, number)))
            for number in range(len(opened.pages))
        ]
    (page,) = (one for one in pages if "Table1:" in one)
    assert all(squeezed(one) in page for one in THREATS)


def one_page(opened: pikepdf.Pdf, number: int) -> bytes:
    alone, held = pikepdf.new(), io.BytesIO()
    alone.pages.append(opened.pages[number])
    alone.save(held)
    return held.getvalue()
