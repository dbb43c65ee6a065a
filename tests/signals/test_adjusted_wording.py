"""The closed set of the adjusted chart holds no digit and no word of cause."""

from __future__ import annotations

import re

import pytest

from regard.core.errors import NotKnown
from regard.signals.adjusted.wording import TEMPLATES, tell
from signals.test_sentences import causal


@pytest.mark.parametrize("text", list(TEMPLATES.values()))
def test_no_template_holds_a_word_of_cause_or_a_digit(text):
    assert causal(text) == []
    assert not re.search(r"\d", re.sub(r"\{[^}]*\}", "", text))
    assert text.endswith(".")


def test_a_sentence_that_is_not_in_the_set_is_refused():
    with pytest.raises(NotKnown, match="no sentence is called 'steady'"):
        tell("steady")
