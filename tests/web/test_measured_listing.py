"""The list of measures: its order, its words, and what is searched for."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from regard.records.measures import measures
from regard.signals.conventions import VARIATIONS
from regard.signals.pack.tiers import TIERS
from regard.signals.states import STATES
from regard.web.measured.listing import ATTENTION, NO_VALUE, in_a_few_words, listed, matching

ALL = listed(measures().values(), "nothing was supplied")


def test_every_tier_has_a_word_and_a_colour():
    assert set(ATTENTION) == {*TIERS, NO_VALUE}


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_words(state):
    assert in_a_few_words(SimpleNamespace(state=state)) not in ("", state)


@pytest.mark.parametrize("variation", VARIATIONS)
def test_every_variation_has_words(variation):
    assert in_a_few_words(SimpleNamespace(state="", variation=variation)) != variation


def test_without_records_every_measure_is_listed_and_says_why_it_has_no_value():
    assert {one.measure.id for one in ALL} == set(measures())
    assert all(one.month is None and one.words for one in ALL)


def test_all_words_must_stand_in_the_name():
    found = matching(ALL, "DWELLING burglary", "")

    assert "burglary-dwelling" in {one.measure.id for one in found}
    assert all("dwelling" in f"{one.measure.name}{one.measure.id}".casefold() for one in found)
    assert matching(ALL, "burglary zzz", "") == ()
    assert matching(ALL, "", TIERS[0]) == ()
