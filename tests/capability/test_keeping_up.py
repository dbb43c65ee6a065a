from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capability.small_force import ASKED, answering
from regard.capability.keeping_up import kept_up
from regard.capability.stress import Set
from regard.mobilisation.muster import longest

FORCE = answering()


def asked(psus: int, days: int) -> Set:
    return Set(FORCE, replace(ASKED, psus=psus, days=days, levels=()))


def test_days_off_that_are_due_leave_fewer_on_the_ground_than_rest_alone():
    few, many = kept_up(asked(21, 6)), kept_up(asked(21, 14))

    assert (few.on_ground, many.on_ground) == (10, 9)


def test_one_psu_cannot_stand_at_every_hour_and_that_is_said():
    (said,) = kept_up(asked(1, 3)).statements()

    assert "1 PSU away cannot" in str(said)


def test_two_that_run_out_of_days_off_are_not_said_to_be_too_few():
    (said,) = kept_up(asked(2, 7)).statements()

    assert str(said) == (
        "Of 2 PSUs away, none can stand on the ground at every hour of the 7 days. 1 PSU could for "
        "6 days: rest and days off ends it."
    )


def test_journeys_are_said_not_to_be_counted():
    far = Set(FORCE, replace(ASKED, psus=7, days=3, levels=(), host_km=300))

    said = " ".join(map(str, kept_up(far).statements()))

    hours = far.question.journey_hours
    assert f"The {hours} hours of journeys there and back are not counted in it." in said
    assert "journeys" not in " ".join(map(str, kept_up(asked(7, 3)).statements()))


def test_every_rest_day_that_is_cancelled_is_given_back():
    found = kept_up(asked(21, 14))

    assert found.cost.rest_days > 0
    assert sum(found.repaid.absent) == found.cost.rest_days
    assert found.units >= 1
    assert "weeks 4 to 13" in " ".join(map(str, found.statements()))


def test_where_none_is_cancelled_none_is_given_back():
    found = kept_up(asked(3, 6))

    assert found.cost.rest_days == 0
    assert found.repaid is None
    assert "given back" not in " ".join(map(str, found.statements()))


@given(st.integers(1, 30), st.integers(1, 50))
def test_what_stands_on_the_ground_lasts_and_one_more_would_not(psus, days):
    found = kept_up(asked(psus, days))

    def lasts(count: int) -> float:
        held = longest(count, psus).days
        return float("inf") if held is None else held

    if found.on_ground:
        assert lasts(found.on_ground) >= days
    if found.on_ground < psus:
        assert lasts(found.on_ground + 1) < days


def test_its_figures_name_the_inputs_and_that_they_were_made_up():
    figures = [one for said in kept_up(asked(7, 6)).statements() for one in said.figures]

    assert figures
    assert all("generated" in one.sources[0].reference for one in figures)


@pytest.mark.parametrize("psus, days", [(2, 3), (2, 6), (2, 7)])
def test_two_relieve_each_other_until_a_day_off_is_due(psus, days):
    assert kept_up(asked(psus, days)).on_ground == (1 if days <= 6 else 0)
