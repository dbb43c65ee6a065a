from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from papers.sample import body, crime_chart, paper, recommendations, table, words
from regard.core.errors import PaperRefused
from regard.core.markings import OFFICIAL
from regard.papers import (
    Bullets,
    Chart,
    Column,
    Document,
    Heading,
    Implication,
    Missing,
    Note,
    Paragraph,
    Recommended,
    Row,
    Withheld,
    check,
)
from regard.papers.checking import reaches


def with_block(block: object) -> Document:
    return paper(blocks=(Heading("Crime"), block))


def with_chart(**other: Any) -> Document:
    return with_block(replace(crime_chart(), **other))


def with_table(**other: Any) -> Document:
    return with_block(replace(table(), **other))


def with_title(**other: Any) -> Document:
    return paper(title=replace(paper().title, **other))


def test_a_whole_paper_is_let_through() -> None:
    check(paper())


FAULTS: dict[str, tuple[Callable[[], Document], str]] = {
    "no title": (lambda: with_title(title=" "), "title block: title is empty"),
    "no body": (lambda: with_title(body=""), "title block: body is empty"),
    "no purpose": (lambda: paper(purpose=()), "purpose: there is none"),
    "no alternative text": (lambda: with_chart(alt=""), "no alternative text"),
    "no reading": (lambda: with_chart(reading=""), "no one-line reading"),
    "no data": (lambda: with_chart(table=None), "no table of the data drawn"),
    "a picture from elsewhere": (
        lambda: with_chart(spec={"data": {"url": "https://example.org/x.csv"}, "mark": "point"}),
        "spec.data.url reaches outside the paper: 'https://example.org/x.csv'",
    ),
    "an image mark": (
        lambda: with_chart(spec={"layer": [{"mark": {"type": "image"}}]}),
        "spec.layer.mark.type is 'image', which draws from outside the paper",
    ),
    "withheld and no reason": (lambda: with_block(Withheld("chart", " ")), "there are no words"),
    "withheld, of no kind": (
        lambda: with_block(Withheld("row", "Withheld.")),
        "withheld: 'row' is no kind of block that keeps a number",
    ),
    "no caption": (lambda: with_table(caption=""), "no caption"),
    "no stub": (lambda: with_table(stub=""), "the header of column 1 is empty"),
    "an empty header": (
        lambda: with_table(columns=(*table().columns[:3], Column(""))),
        "the header of column 5 is empty",
    ),
    "a column that leans": (
        lambda: with_table(columns=(*table().columns[:3], Column("Change", align="middle"))),
        "'Change' stands 'middle', not left or right",
    ),
    "an empty row header": (
        lambda: with_table(rows=(Row("", ("1", "2", "3", "4")),)),
        "row 1: its header is empty",
    ),
    "a short row": (
        lambda: with_table(rows=(Row("Robbery", ("1",)),)),
        "row 1: 1 cells for 4 columns",
    ),
    "no rows": (lambda: with_table(rows=()), "0 rows and 4 columns hold no data"),
    "missing without a reason": (
        lambda: with_table(rows=(Row("Robbery", ("1", "2", "3", Missing(" "))),)),
        "row 1: a value is missing and nothing says why",
    ),
    "an empty paragraph": (lambda: with_block(Paragraph("\n ")), "paragraph: there are no words"),
    "an empty bullet": (lambda: with_block(Paragraph("a", ("",))), "bullet: there are no words"),
    "an empty note": (lambda: with_block(Note("")), "note: there are no words"),
    "an empty list": (lambda: with_block(Bullets(())), "the list is empty"),
    "a skipped level": (lambda: with_block(Heading("Deep", level=3)), "level 3 follows level 1"),
    "a repeated id": (
        lambda: paper(blocks=(Heading("One", id="crime"), Paragraph("Two.", id="crime"))),
        "2 blocks have the id crime",
    ),
    "an id that collides with a number": (
        lambda: paper(blocks=(Heading("One", id="paragraph-1"),)),
        "2 blocks have the id paragraph-1",
    ),
    "an id that is code": (
        lambda: with_block(Paragraph("One.", id='x"><script>')),
        "is not small letters, digits and hyphens",
    ),
    "a recommendation nobody made": (
        lambda: with_block(Recommended("spend")),
        "there is no recommendation 'spend'; there are ['burglary', 'note']",
    ),
    "a recommendation shown twice": (
        lambda: paper(blocks=(Recommended("note"), Recommended("note"))),
        "recommendation 'note' is shown 2 times",
    ),
    "two recommendations of one id": (
        lambda: paper(recommendations=recommendations()[:1] * 2, blocks=()),
        "2 have the id 'note'",
    ),
    "an implication without a word": (
        lambda: paper(implications=(Implication("Financial", ()),)),
        "'Financial' wants a kind and a paragraph",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_paper_is_refused_with_the_place_of_the_fault(fault: str) -> None:
    faulty, expected = FAULTS[fault]

    with pytest.raises(PaperRefused) as refused:
        check(faulty())

    assert expected in refused.value.wrong


def test_every_fault_of_a_paper_is_told_at_once() -> None:
    with pytest.raises(PaperRefused) as refused:
        check(paper(purpose=(), blocks=(Note(""), Bullets(()))))

    assert refused.value.wrong.splitlines()[1:] == [
        "  purpose: there is none",
        "  before the first heading, note: there are no words",
        "  before the first heading, bullets: the list is empty",
    ]


@pytest.mark.parametrize("where", ["body", "purpose", "recommendations", "implications"])
def test_words_held_above_the_papers_own_marking_are_refused_and_not_repeated(where: str) -> None:
    secret = words("The name of the operation.", "OFFICIAL-SENSITIVE: armed policing")
    parts = {
        "body": {"blocks": (*body(), Paragraph(secret))},
        "purpose": {"purpose": (Paragraph(secret),)},
        "recommendations": {
            "recommendations": (
                *recommendations(),
                replace(recommendations()[0], id="x", text=secret),
            )
        },
        "implications": {"implications": (Implication("Legal", (Paragraph(secret),)),)},
    }
    document = replace(paper(**parts[where]), title=replace(paper().title, marking=OFFICIAL))

    with pytest.raises(PaperRefused) as refused:
        check(document)

    assert "held as OFFICIAL-SENSITIVE: armed policing, above the paper's own OFFICIAL" in str(
        refused.value
    )
    assert "operation" not in str(refused.value)


def test_rows_to_draw_may_hold_any_words() -> None:
    spec = {"data": {"values": [{"url": "https://example.org"}]}, "mark": "point"}

    assert list(reaches(spec)) == []


def test_a_chart_needs_no_picture_to_be_refused() -> None:
    with pytest.raises(PaperRefused, match="no alternative text"):
        check(with_block(Chart(spec={}, reading="It fell.", table=table())))
