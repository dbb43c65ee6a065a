"""Every assumption has its range and its reason, and is changed without touching the others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from capability.small_force import ASKED, answering
from regard.capability.assumptions import assumptions_of, set_at
from regard.core.errors import DefinitionRefused, NotKnown

NAMES = ("demand", "minutes", "units", "taken", "crew", "reserve", "rest")


@pytest.fixture(scope="module")
def force():
    return answering()


def test_what_is_assumed_lies_within_its_range_and_says_why(force):
    told = assumptions_of(force, ASKED)

    assert tuple(one.name for one in told) == NAMES
    assert all(one.low <= one.usual <= one.high and one.why for one in told)
    assert told[0].said == (
        "Incidents, of what was fitted: 90.0 to 110.0%, 100.0 in the answer; a tenth to either "
        "side."
    )


def test_what_is_as_usual_changes_nothing(force):
    told = assumptions_of(force, ASKED)

    changed, asked = set_at(force, ASKED, told, np.array([one.usual for one in told]))

    assert asked == ASKED
    assert changed.fitted.demand == force.fitted.demand
    assert (changed.fitted.units, changed.crew) == (force.fitted.units, force.crew)


def test_each_is_changed_alone(force):
    told = {one.name: one for one in assumptions_of(force, ASKED)}

    def at(name, value):
        return set_at(force, ASKED, [told[name]], np.array([value]))

    usual, grades = force.fitted, force.fitted.demand.grades
    assert at("demand", 110)[0].fitted.demand == usual.demand.times(1.1)
    longer = at("minutes", 90)[0].fitted.demand.grades
    assert [one.minutes for one in longer] == pytest.approx([0.9 * one.minutes for one in grades])
    halved = at("units", 50)[0].fitted.units
    assert sum(halved) == pytest.approx(sum(usual.units) / 2, abs=1)
    assert all(abs(had - one / 2) < 1 for had, one in zip(halved, usual.units, strict=True))
    taken = at("taken", 50)[1]
    assert (taken.on_shift, taken.otherwise) == (ASKED.on_shift / 2, ASKED.otherwise / 2)
    assert at("taken", 900)[1].on_shift == 1.0
    assert at("crew", 2.0)[0].crew == 2.0
    assert at("reserve", 2.0)[1] == replace(ASKED, reserve=2)
    assert at("rest", 20.0)[1] == replace(ASKED, rest_hours=20)


def test_a_range_may_be_another_and_few_may_be_looked_at(force):
    told = assumptions_of(force, ASKED, ranges={"crew": (1, 3)}, only=["rest", "crew"])

    assert [(one.name, one.low, one.high) for one in told] == [("crew", 1, 3), ("rest", 11, 24)]
    assert told[0].why == "as asked"


def test_the_doubt_of_the_fit_widens_the_range_of_units(force):
    doubtful = replace(force, fitted=replace(force.fitted, alpha=1.0, likely=(0.8, 1.05)))

    units = next(one for one in assumptions_of(doubtful, ASKED) if one.name == "units")

    assert (units.low, units.high) == (80, 105)


def test_who_takes_nobody_from_response_has_no_share_to_vary(force):
    asked = replace(ASKED, on_shift=0.0, otherwise=0.0)

    assert "taken" not in {one.name for one in assumptions_of(force, asked)}


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"ranges": {"weather": (0, 1)}}, NotKnown),
        ({"only": ["weather"]}, NotKnown),
        ({"ranges": {"crew": (2, 2)}}, DefinitionRefused),
        ({"ranges": {"crew": (0, 2)}}, DefinitionRefused),
        ({"ranges": {"demand": (0, 100)}}, DefinitionRefused),
        ({"ranges": {"taken": (-1, 100)}}, DefinitionRefused),
        ({"ranges": {"rest": (float("nan"), 12)}}, DefinitionRefused),
    ],
)
def test_a_range_that_cannot_be_is_refused(force, changed, said):
    with pytest.raises(said):
        assumptions_of(force, ASKED, **changed)


def of_units(force, units):
    return replace(force, fitted=replace(force.fitted, units=units))


@pytest.mark.parametrize("percent", [97, 98.5, 103])
def test_few_units_are_fewer_and_more_over_the_week_though_no_hour_has_seventeen(force, percent):
    few = of_units(force, (9, 4, 0, 2, 7, 1) * 28)
    (told,) = assumptions_of(few, ASKED, only=["units"])

    changed, _ = set_at(few, ASKED, [told], np.array([percent]))

    held = changed.fitted.units
    assert sum(held) == pytest.approx(sum(few.fitted.units) * percent / 100, abs=2)
    assert all((one == 0) == (was == 0) for one, was in zip(held, few.fitted.units, strict=True))


def test_a_range_that_changes_no_hour_is_refused(force):
    alone = of_units(force, (1,) * 168)

    with pytest.raises(DefinitionRefused, match="97 to 100% of 168 unit hours") as refusal:
        assumptions_of(alone, ASKED, ranges={"units": (97, 100)})
    assert "widen it" in refusal.value.next_step
    assert assumptions_of(alone, ASKED, ranges={"units": (97, 100)}, only=["demand"])
