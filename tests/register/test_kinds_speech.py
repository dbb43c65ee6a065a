"""Judgements, decisions and documents: what must be said for each to be one."""

from __future__ import annotations

from datetime import date

import pytest

from regard.core.errors import DefinitionRefused
from regard.register.kinds import Act, Stage
from register import forces
from register.forces import FORCES, PSUS, body, cycle

FORCE = FORCES[0]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"reason": " "}, "reason"),
        ({"level": None}, "why there is none"),
        ({"absent": "not assessed"}, "absent"),
        ({"suggested": "level-1"}, "by no rule"),
        ({"suggested": "level-1", "rule": "r@1"}, "without a second reason"),
        ({"standing": "carried"}, "carried from"),
        ({"carried_from": 3}, "carried from"),
        ({"edition": None}, "edition is not named"),
    ],
)
def test_a_judgement_that_is_not_whole_is_refused(fields, told):
    with pytest.raises(DefinitionRefused, match=told):
        forces.judgement(FORCE, 1, **fields)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"act": Act.EXTEND, "about": PSUS}, "until"),
        ({"act": Act.REDACT}, "withheld"),
        ({"act": Act.ERASE}, "erased"),
        ({"act": Act.DEPART}, "about"),
        ({"act": Act.CHANGE}, "about"),
        ({"act": Act.SIGN_OFF}, "cycle"),
        ({"stage": Stage.DEFERRED}, "deferred_until"),
        ({"stage": Stage.AMENDED}, "resolved"),
        ({"reason": ""}, "reason"),
    ],
)
def test_a_decision_that_does_not_say_what_it_needs_is_refused(fields, told):
    with pytest.raises(DefinitionRefused, match=told):
        forces.decision(FORCE, **fields)


@pytest.mark.parametrize("missing", ["ground", "until", "challenge", "item"])
def test_what_is_withheld_says_ground_end_and_how_to_challenge(missing):
    held = {
        "item": "concern:x", "ground": "s.31", "until": date(2020, 1, 1), "challenge": "write",
    }  # fmt: skip
    del held[missing]

    with pytest.raises(DefinitionRefused, match=missing):
        forces.decision(FORCE, act=Act.REDACT, withheld=(held,))


def test_a_document_that_is_kept_says_its_position():
    with pytest.raises(DefinitionRefused, match="no journal position"):
        forces.document(FORCE, kept="{}")


def test_what_speech_names_leads_to_what_it_is_about():
    judged = forces.judgement(FORCE, 1, evidence=("observation:x",))

    assert judged.facets() == (body(FORCE), PSUS, cycle(FORCE), forces.SPR)
    assert ("concerns", PSUS) in judged.names()
    assert ("cites", "observation:x") in judged.names()
    assert ("names", "decision:x") in forces.document(FORCE, redactions=("decision:x",)).names()
