"""PSUs from the records of duty and skill: nobody is counted twice, and what is lacking is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from regard.capability.incidents import LOCAL_TIME
from regard.capability.mustering import Asked, mustered, roll_of
from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.examples import west_midlands_capability as example
from regard.mobilisation.muster import TWENTY_SIX

FORCE = "west-midlands"
CALL = Asked(
    datetime(2021, 11, 5, 10, tzinfo=LOCAL_TIME), make_up=TWENTY_SIX, carriers=44, commitment=17,
    draws=200,
)  # fmt: skip


def test_everybody_trained_is_on_the_roll_once(tables):
    roll, sources = roll_of(tables, FORCE, CALL)
    trained = example.recipe().trained

    assert roll.people == trained.in_date + trained.lapsed
    assert roll.out_of_date == trained.lapsed
    assert roll.generated
    assert {str(one).split(":")[1].split("-")[0].strip() for one in sources} == {"GENERATED"}


def test_psus_are_raised_hour_by_hour_and_tested(tables):
    told = mustered(tables, FORCE, CALL)
    medians = [one.median for one in told.supply.bands]

    assert medians == sorted(medians)
    assert medians[-1] > medians[0]
    assert [one.needed for one in told.tests] == [2, 7, 11, 17]
    said = " ".join(str(one) for one in told.statements())
    assert "generated" in said.lower()
    assert "PSU" in said


def test_more_kilometres_take_longer(tables):
    near, far = (mustered(tables, FORCE, replace(CALL, distance_km=km)) for km in (0.0, 280.0))

    assert all(
        b.median <= a.median for a, b in zip(near.supply.bands, far.supply.bands, strict=True)
    )


def test_without_a_commitment_there_is_no_test(tables):
    assert mustered(tables, FORCE, replace(CALL, commitment=0)).tests == ()


def test_an_hour_without_duty_is_refused(tables):
    with pytest.raises(NotEnoughData, match="no duty for the hour of 2022-03-01"):
        roll_of(tables, FORCE, replace(CALL, at=datetime(2022, 3, 1, 10, tzinfo=UTC)))


def test_a_skill_that_nobody_holds_is_refused(tables):
    with pytest.raises(NotEnoughData, match="nobody trained for flying"):
        roll_of(tables, FORCE, replace(CALL, skill="flying"))


@pytest.mark.parametrize(
    "changed",
    [{"protected": 1.2}, {"abstracted": -0.1}, {"at": datetime(2021, 11, 5, 10)}],  # noqa: DTZ001
)
def test_what_cannot_be_asked_is_refused(changed):
    with pytest.raises(DefinitionRefused):
        replace(CALL, **changed)


def test_what_was_assumed_is_said(tables):
    told = mustered(tables, FORCE, CALL)

    assert any("80%" in one for one in told.assumed)
    assert told.left_out
