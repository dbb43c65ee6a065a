"""Expectations, observations and concerns: what must be said for each to be one."""

from __future__ import annotations

from datetime import date

import pytest

from regard.core.errors import DefinitionRefused
from regard.register.kinds import Amount, Input, changed
from register import forces
from register.forces import FORCES

FORCE = FORCES[0]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"judged": True}, "no scale"),
        ({"formula": "units * 26"}, "no inputs"),
        ({"inputs": (Input(name="units", value=17, unit="PSUs"),)}, "no formula"),
        ({"target": Amount(value=1326, unit="officers")}, "says no measure"),
        ({"facet": {"type": "wish"}}, "facet"),
    ],
)
def test_an_expectation_that_is_not_whole_is_refused(fields, told):
    with pytest.raises(DefinitionRefused, match=told):
        forces.promise(FORCE, **fields)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"expires": date(2014, 1, 1)}, "before"),
        ({"measure": "measure:psus"}, "no reason"),
        ({"amount": Amount(value=21, unit="PSUs")}, "says no measure"),
        ({"basis": "forecast"}, "foretold"),
        ({"basis": "guess"}, "basis"),
    ],
)
def test_an_observation_that_is_not_whole_is_refused(fields, told):
    with pytest.raises(DefinitionRefused, match=told):
        forces.observation(FORCE, **fields)


@pytest.mark.parametrize(
    ("tense", "form"), [("past", "risk"), ("present", "lesson"), ("future", "vulnerability")]
)
def test_a_concern_is_called_by_its_tense(tense, form):
    with pytest.raises(DefinitionRefused, match=f"a {form} is not {tense}"):
        forces.concern(FORCE, tense=tense, form=form)


def test_an_observation_is_found_by_measure_and_scope_and_never_by_one_expectation():
    value = forces.observation(FORCE, measure="measure:psus", missing="not counted")

    assert value.facets().about == "measure:psus"
    assert changed(value, text="other").facets() == value.facets()
