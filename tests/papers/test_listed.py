"""Lists, lead lines and repeated titles are counted from a paper's own text."""

from __future__ import annotations

import pytest

from regard.core.errors import DefinitionRefused, NotEnoughData, NotKnown
from regard.papers.listed import Listing, leads, passage, repeated

PAPER = """\
 A- First outcome of all
Four projects
have begun.
a. One thing
   with a second line.
b. Another thing
c. And a third
12.

Ranked as below:1
6
17

Tell more people
(Lead ACC Crime – quarterly)
To be included in a report
of April

Tell fewer people
(Lead DCC - 6 monthly)
15.
It was told.

Tell more people
(Lead ACC Crime – quarterly)
To be included in a report
"""


@pytest.mark.parametrize(
    "after, before, marker, items",
    [
        ("Four projects have begun.", "12.", "letters", ("a", "b", "c")),
        ("Ranked as below:", "Tell", "numbers", ("1", "6", "17")),
        ("", "", "headings", ("A",)),
        ("Ranked as below:", "Tell", "lines", ("1", "6", "17")),
    ],
)
def test_items_between_two_phrases_are_found(
    after: str, before: str, marker: str, items: tuple[str, ...]
) -> None:
    assert Listing(after, before, marker).items(PAPER) == items


def test_words_of_a_sentence_are_told_apart() -> None:
    text = "five parts: terrorism, civil\nemergencies, and public order and cyber (all)"

    found = Listing("parts:", "(all)", "words").items(text)

    assert [" ".join(one.split()) for one in found] == [
        "terrorism", "civil emergencies", "public order", "cyber",
    ]  # fmt: skip


def test_a_phrase_is_found_across_the_end_of_a_line() -> None:
    assert passage(PAPER, "Four projects have", "a. One").strip() == "begun."


def test_a_phrase_that_is_not_there_is_named() -> None:
    with pytest.raises(NotEnoughData, match="the text does not hold 'Five projects'"):
        passage(PAPER, "Five projects", "")


def test_lead_lines_are_read_with_title_cadence_and_whether_anything_is_said() -> None:
    found = leads(PAPER)

    assert [(one.title, one.post, one.cadence, one.to_come) for one in found] == [
        ("Tell more people", "ACC Crime", "quarterly", True),
        ("Tell fewer people", "DCC", "6 monthly", False),
        ("Tell more people", "ACC Crime", "quarterly", True),
    ]


def test_titles_that_stand_twice_are_found() -> None:
    assert repeated(leads(PAPER)) == ("Tell more people",)


def test_an_unknown_marker_is_refused() -> None:
    with pytest.raises(NotKnown, match="no marker is called 'bullets'"):
        Listing.read({"after": "", "before": "", "marker": "bullets"}, "claim C-1")


def test_a_listing_that_is_not_whole_is_refused() -> None:
    with pytest.raises(DefinitionRefused, match="claim C-1 has marker"):
        Listing.read({"marker": "lines"}, "claim C-1")
