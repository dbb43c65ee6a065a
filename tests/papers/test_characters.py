from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.papers.characters import fit, fit_line


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_any_words_become_words_that_xml_can_hold(text: str) -> None:
    held = fit(text)

    root = ET.Element("p")
    root.text = held
    assert (ET.fromstring(ET.tostring(root, encoding="unicode")).text or "") == held


@given(st.text())
def test_fitting_words_twice_changes_nothing_more(text: str) -> None:
    assert fit(fit(text)) == fit(text)


@pytest.mark.slow
@pytest.mark.law
@given(
    st.text(
        alphabet=st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="\xa0")
    )
)
def test_letters_numbers_and_signs_are_kept(text: str) -> None:
    assert [one for one in fit(text) if one != " "] == [one for one in text if one != " "]


@pytest.mark.parametrize(
    ("given_words", "expected"),
    [
        ("nul\x00byte", "nul\N{REPLACEMENT CHARACTER}byte"),
        ("half \ud800 a pair", "half \N{REPLACEMENT CHARACTER} a pair"),
        ("two\r\n lines\tand a tab", "two lines and a tab"),
        ("no\xa0break", "no\xa0break"),
        ("Ŵyth ŷn ½ −3", "Ŵyth ŷn ½ −3"),
    ],
)
def test_characters_that_no_format_holds_are_seen_to_be_missing(
    given_words: str, expected: str
) -> None:
    assert fit(given_words) == expected


def test_a_line_has_no_white_space_at_its_ends() -> None:
    assert fit_line("\n  a title \t") == "a title"
