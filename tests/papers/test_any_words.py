"""Words of every script through the typesetter, many to a paper since each run costs a second."""

from __future__ import annotations

import re
from unicodedata import bidirectional, normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.reading_back import READERS, squeezed
from papers.sample import paper, words
from regard.papers import Paragraph, render
from regard.papers.characters import fit_line

pytestmark = [pytest.mark.slow, pytest.mark.paper]

texts = st.text(min_size=1, max_size=20).filter(lambda text: fit_line(text))
drawable = st.text(
    st.characters(max_codepoint=0x17F, categories=["L", "N", "P", "S"]), min_size=1, max_size=20
)
FEW = settings(max_examples=8, suppress_health_check=list(HealthCheck))


def told_by_pdf(some: list[str]) -> str:
    (made,) = render(paper(blocks=tuple(Paragraph(words(text)) for text in some)), ["pdf"])
    return squeezed(READERS["pdf"](made.content))


@given(st.lists(drawable, min_size=30, max_size=60))
@FEW
def test_every_word_of_the_latin_scripts_comes_back_out_of_the_pdf(some: list[str]) -> None:
    told = normalize("NFKC", told_by_pdf(some))

    assert [text for text in some if normalize("NFKC", squeezed(text)) not in told] == []


@given(st.lists(texts, min_size=30, max_size=60))
@FEW
def test_words_of_any_script_are_drawn_or_stand_as_their_numbers(some: list[str]) -> None:
    told = told_by_pdf(some)

    left_to_right = [
        text for text in some if not any(bidirectional(one) in ("R", "AL", "AN") for one in text)
    ]
    lost = [text for text in left_to_right if not re.search(_drawn_or_numbered(text), told)]
    assert lost == []


def _drawn_or_numbered(text: str) -> str:
    """A pattern in which each character beyond ASCII is itself, its number, or invisible."""
    return "".join(
        re.escape(one) if one.isascii() else f"(?:{re.escape(one)}|\\[U\\+{ord(one):04X}\\]|)"
        for one in squeezed(fit_line(text))
    )
