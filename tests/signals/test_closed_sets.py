"""A sentence comes from its set or not at all."""

from __future__ import annotations

import pytest

from regard.core.errors import DefinitionRefused, NotKnown
from regard.core.periods import Month
from regard.signals.closed_sets import filled

SET = {"steady": "Steady since {month}."}


def test_a_sentence_of_the_set_is_filled_in():
    assert str(filled(SET, "steady", month=Month(2013, 4))) == "Steady since April 2013."


def test_a_sentence_that_is_not_in_the_set_is_refused_with_those_there_are():
    with pytest.raises(NotKnown, match="no sentence is called 'unsteady'") as refused:
        filled(SET, "unsteady")

    assert "steady" in refused.value.expected


def test_a_sentence_wants_all_its_values():
    with pytest.raises(DefinitionRefused, match="wants"):
        filled(SET, "steady")
