"""A decision is held as closely as what it is about, and a proposal keeps its words."""

from __future__ import annotations

import pytest

from assurance import given_targets as setting
from assurance.given_targets import LIST
from regard.assurance.deciding import decide, marking_of
from regard.core.errors import EntryRefused
from regard.core.markings import OFFICIAL, Marking
from regard.register.kinds import Act, Expectation, Stage, made

SENSITIVE = Marking.parse("OFFICIAL-SENSITIVE")


@pytest.fixture
def held(tmp_path, database_url):
    one = setting.given(tmp_path, database_url)
    yield one
    one.register.close()


def test_a_decision_is_held_as_closely_as_what_it_is_about(held):
    value = made(Expectation, edition=LIST, code="a", text="What is asked.")
    subject = "expectation:commitments/a"
    held.register.enter(value, subject=subject, by=held.who["spr"], marking=SENSITIVE)

    with held.register.acting(held.who["spr"]) as acts:
        entry = decide(acts, Act.CHANGE, subject, text="Change it.", reason="So.")
        unknown = marking_of(acts, "expectation:commitments/b")

    assert entry.marking == SENSITIVE
    assert unknown == OFFICIAL


def test_what_was_proposed_is_taken_in_its_own_words(held):
    subject = held.expect("a")
    with held.register.acting(held.who["spr"]) as acts:
        asked = decide(
            acts, Act.CLOSE, subject, text="Close it.", reason="Done.", stage=Stage.PROPOSED
        )
        with pytest.raises(EntryRefused, match="is not a decision to change"):
            decide(acts, Act.CHANGE, subject, text="", reason="", proposal=asked.subject)

    assert held.view().one(asked.subject).value.text == "Close it."
