"""A model refuses what cannot be, and is named by all that it is."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from mobilisation.response_histories import fixed, grade, steady
from regard.core.errors import DefinitionRefused, NotKnown
from regard.mobilisation.response.local import Local
from regard.mobilisation.response.model import Capacity, Demand, Phase, Rules

PAIR = Local(
    names=("north", "south"),
    share=((0.5, 0.5),),
    units=((3, 3), (2, 2)),
    journey=((0.0, 5.0), (5.0, 0.0)),
    help_after=(0.0,),
)


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"name": " "}, "a grade is called"),
        ({"rate": (1.0,) * 24}, "Grade 1 has 24 rates"),
        ({"rate": (1.0,) * 167 + (-1.0,)}, "-1.0 incidents in hour 167"),
        ({"minutes": 0.0}, "minutes of Grade 1 is 0.0"),
        ({"within": math.inf}, "within of Grade 1 is inf"),
        ({"travel": -1.0}, "travel of Grade 1 is -1.0"),
        ({"shape": "normal"}, "times of shape 'normal'"),
        ({"spread": 0.5}, "exponential times of Grade 1 have a spread of 0.5"),
        ({"shape": "lognormal", "spread": 0.0}, "lognormal times of Grade 1"),
        ({"units": (0.5, 0.4)}, r"with chances \(0.5, 0.4\)"),
        ({"units": ()}, r"with chances \(\)"),
        ({"patience": 0.0}, "patience of Grade 1 is 0.0"),
    ],
)
def test_a_grade_that_cannot_be_is_refused_with_its_value(changed, said):
    with pytest.raises(DefinitionRefused, match=said):
        replace(grade(), **changed)


@pytest.mark.parametrize(
    "made, said",
    [
        (lambda: Demand(()), "a demand of 0 grades"),
        (lambda: Demand((grade(), grade())), "grades are called"),
        (lambda: Demand((grade(),), daily_spread=-0.1), "variance between days is -0.1"),
        (lambda: Demand((grade(),)).times(-1), "demand times -1"),
        (lambda: Capacity(()), "a capacity of 0 hours"),
        (lambda: Capacity((1, -2)), "the number of units is -2 in hour 1"),
        (lambda: Capacity((1, 2)).less([1]), "units are lost in 1 hours of 2"),
        (lambda: Capacity((1, 2)).less([1, -1]), "units lost is -1 in hour 1"),
        (lambda: Rules(shift_end="vanish"), "the shift ends by 'vanish'"),
        (lambda: Rules(reserve=-1), "a reserve of -1 units"),
        (lambda: Phase("away", 5, 5), "phase 'away' is hours 5 to 5"),
        (lambda: steady(grade(), units=2, start=168), "hour 168 of a week"),
        (lambda: steady(grade(), units=2, hours=0, warm_up=1), "0 after it"),
        (lambda: replace(steady(grade(), units=2), hours=9), "units stand for 168 hours of 9"),
        (lambda: steady(grade(), units=2, phases=(Phase("a", 0, 999),)), "ends with hour 999"),
        (lambda: steady(grade(), units=2, phases=(Phase("whole", 0, 9),)), "phases are called"),
    ],
)
def test_what_cannot_be_is_refused_with_its_value(made, said):
    with pytest.raises(DefinitionRefused, match=said):
        made()


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"names": ("north", "north")}, "areas are called"),
        ({"share": ((0.5, 0.6),)}, r"shares of areas are \(0.5, 0.6\)"),
        ({"help_after": (0.0, 1.0)}, "2 waits for help"),
        ({"help_after": (-1.0,)}, "help comes after -1.0 minutes"),
        ({"units": ((3,), (2,))}, "units of 2 areas stand for"),
        ({"units": ((3, 3), (2, 1))}, "areas have 4 units in hour 1, the force 5"),
        ({"units": ((6, 6), (-1, -1))}, "an area has -1 units"),
        ({"journey": ((0.0, 5.0),)}, "journeys have rows"),
        ({"journey": ((0.0, -5.0), (5.0, 0.0))}, "a journey takes -5.0 minutes"),
    ],
)
def test_areas_that_do_not_fit_the_force_are_refused(changed, said):
    with pytest.raises(DefinitionRefused, match=said):
        steady(grade(), units=5, hours=2, local=replace(PAIR, **changed))


@pytest.mark.parametrize(
    "changed",
    [{"rules": Rules(reserve=1)}, {"rules": Rules(divert=True)}, {"rules": Rules("handover")}],
)
def test_areas_under_other_rules_than_the_usual_are_refused(changed):
    with pytest.raises(DefinitionRefused, match="areas that help each other are sent by"):
        steady(grade(), units=5, hours=2, local=PAIR, **changed)


def test_areas_with_incidents_of_several_units_are_refused():
    with pytest.raises(DefinitionRefused, match="units"):
        steady(grade(units=(0.5, 0.5)), units=5, hours=2, local=PAIR)


def test_units_taken_from_areas_come_from_where_most_are_left():
    assert PAIR.less([2, 9]).units == ((1, 0), (2, 0))
    assert PAIR.less_by_area([[1, 4], [0, 1]]).units == ((2, 0), (2, 1))


def test_no_capacity_falls_below_nought():
    assert Capacity((3, 2, 0)).less([1, 5, 1]).units == (2, 0, 0)


def test_digest_changes_with_everything_and_is_that_of_a_text():
    one = steady(grade(), units=2, hours=2)
    others = [
        replace(one, name="another"),
        replace(one, generated=False),
        replace(one, rules=Rules(reserve=1)),
        replace(one, start=1),
        replace(one, capacity=Capacity((2, 1))),
        replace(one, demand=one.demand.times(1.1)),
        steady(fixed(), units=2, hours=2),
    ]

    digests = {it.digest for it in (one, *others)}

    assert len(digests) == 8
    assert replace(one).digest == one.digest
    assert json.loads(one.text)["hours"] == 2


def test_load_counts_every_unit_that_an_incident_needs():
    demand = Demand((grade(rate=2, minutes=90.0, units=(0.5, 0.5)),))

    assert demand.load(3) == pytest.approx(2 * 1.5 * 1.5)
    assert demand.rate(3) == 2


def test_names_nobody_gave_are_refused():
    model = steady(grade(), units=2, hours=2)

    with pytest.raises(NotKnown, match="no grade is called 'Grade 9'"):
        model.demand.place("Grade 9")
    with pytest.raises(NotKnown, match="no phase is called 'away'"):
        model.span("away")
