"""The sentences of comparing: closed, without a digit, a word of cause or an order."""

from __future__ import annotations

import re
from datetime import date

import pytest

from regard.core.errors import NotKnown
from regard.signals.comparing.words import TEMPLATES, chance_said, say
from signals.conftest import made_figure
from signals.test_sentences import causal


@pytest.mark.parametrize("text", list(TEMPLATES.values()))
def test_no_template_holds_a_digit_a_word_of_cause_or_an_order(text):
    assert causal(text) == []
    assert not re.search(r"\d", re.sub(r"\{[^}]*\}", "", text))
    assert not re.search(r"\b(rank\w*|best|worst|league|first|last|top|bottom)\b", text)
    assert text.endswith(".")


@pytest.mark.parametrize(
    ("chance", "end", "said"),
    [(0.1648, "", "16%"), (0.0163, "", "1.6%"), (0.0004, ", hardly ever", "0.1%")],
)
def test_a_chance_is_said_as_finely_as_it_can_be_trusted(chance, end, said):
    like = made_figure(5, date(2013, 4, 1), date(2014, 3, 31))

    found, figure = chance_said(like, chance)

    assert (found, str(figure)) == (end, said)


def test_a_sentence_that_is_not_in_the_set_is_refused():
    with pytest.raises(NotKnown, match="no sentence is called 'league table'"):
        say("league table")
