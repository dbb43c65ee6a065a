"""The closed set of sentences on levels with bases."""

from __future__ import annotations

import re

import pytest

from regard.core.errors import NotKnown
from regard.signals.others.sentences import TEMPLATES, say
from signals.test_sentences import causal


@pytest.mark.parametrize("text", list(TEMPLATES.values()))
def test_no_template_holds_a_word_of_cause_or_a_digit(text):
    assert causal(text) == []
    assert not re.search(r"\d", re.sub(r"\{[^}]*\}", "", text))
    assert text.endswith(".")


def test_a_sentence_nobody_knows_is_refused():
    with pytest.raises(NotKnown, match="no sentence is called 'steady'"):
        say("steady")
