"""PSUs from the records of duty and skill: nobody is counted twice, and what is lacking is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from regard.capability.incidents import LOCAL_TIME
from regard.capability.mustering import Asked, last_call, mustered, roll_of
from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.examples import west_midlands_capability as example
from regard.examples.west_midlands_capability.generator import HERE
from regard.mobilisation.muster import TWENTY_SIX
from regard.records.imports import import_files
from regard.records.stated import StatedTables
from regard.records.store import Store

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


def test_the_usual_call_is_the_last_weekday_with_duty(tables):
    assert last_call(tables, FORCE) == datetime(2021, 12, 24, 10, tzinfo=LOCAL_TIME)
    # 5 December 2021 was a Sunday
    assert last_call(tables, FORCE, to=date(2021, 12, 5)).date() == date(2021, 12, 3)


@pytest.mark.parametrize("force, to", [(FORCE, date(2021, 10, 31)), ("avon-and-somerset", None)])
def test_without_duty_there_is_no_usual_call(tables, force, to):
    with pytest.raises(NotEnoughData, match="no duty for 10:00 on a weekday"):
        last_call(tables, force, to=to)


def test_ten_o_clock_is_local_time_in_summer(tmp_path):
    kept = Store(tmp_path)
    rows = ("force,hour,team,rank,skill,people", f"{FORCE},2021-07-02 10:00:00,x,constable,y,3")
    file = tmp_path / "duty.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    import_files(kept, [file], mapping=HERE / "duty.mapping.toml")

    with StatedTables(kept) as opened:
        assert last_call(opened, FORCE) == datetime(2021, 7, 2, 9, tzinfo=UTC)


def test_what_was_assumed_is_said(tables):
    told = mustered(tables, FORCE, CALL)

    assert any("80%" in one for one in told.assumed)
    assert told.left_out
