"""The closed set of sentences, and the bands."""

import re

import pytest

from regard.core.errors import NotKnown
from regard.signals.yearend.words import BANDS, TEMPLATES, band_of, say

CAUSES = re.compile(r"\b(because|due to|led to|caused?|drove|driven by|thanks to)\b", re.IGNORECASE)


@pytest.mark.parametrize(
    "chance, word",
    [
        (1.0, "on track"),
        (0.9, "on track"),
        (0.8999, "likely"),
        (0.6, "likely"),
        (0.5999, "in the balance"),
        (0.4, "in the balance"),
        (0.3999, "unlikely"),
        (0.1, "unlikely"),
        (0.0999, "will not be met without a change"),
        (0.0, "will not be met without a change"),
    ],
)
def test_words_are_tied_to_fixed_bands(chance, word):
    assert band_of(chance) == word


def test_bands_descend_to_nought():
    least = [one for one, _ in BANDS]

    assert least == sorted(least, reverse=True)
    assert least[-1] == 0.0


@pytest.mark.parametrize("key", TEMPLATES)
def test_no_template_holds_a_digit_or_says_what_brought_it_about(key):
    fixed = re.sub(r"\{[^}]*\}", "", TEMPLATES[key])

    assert not re.search(r"\d", fixed)
    assert not CAUSES.search(fixed)
    assert TEMPLATES[key].endswith(".")


def test_a_sentence_outside_the_set_is_refused():
    with pytest.raises(NotKnown, match="no sentence is called 'hope'"):
        say("hope")
