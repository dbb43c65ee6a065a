"""A model from the records of a force, by way of its incidents and its duty."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from records.brought_in import bring_in, one_engine
from regard.capability.incidents import aims_of, answering_of, recorded_of, roster_of
from regard.core.errors import NotEnoughData, NotKnown
from regard.examples import west_midlands_capability as example
from regard.records.stated import StatedTables
from regard.records.store import Store

FORCE = "west-midlands"


@pytest.fixture
def few(tmp_path):
    """Two incidents about the night in which clocks are put back."""
    store = Store(tmp_path)
    at = [datetime(2021, 10, 30, 22, 30, tzinfo=UTC), datetime(2021, 10, 31, 12, 0, tzinfo=UTC)]
    bring_in(store, "incident", [
        {"source": FORCE, "month": "2021-10", "received_at": one.replace(tzinfo=None),
         "dispatched_at": one.replace(tzinfo=None), "grade": "immediate"}
        for one in at
    ])  # fmt: skip
    return StatedTables(store, engine=one_engine())


def test_calls_stand_at_the_hour_of_the_clock_on_the_wall(few):
    first, told, sources = recorded_of(few, FORCE, ["immediate"])

    assert first == date(2021, 10, 30)
    assert told.at.tolist() == [23.5 * 60, (24 + 12) * 60]  # summer time, then winter time
    assert told.start == 5 * 24  # a Saturday
    assert len(sources) == 1


def test_a_grade_that_nobody_used_is_not_known(few):
    with pytest.raises(NotKnown, match="grade of an incident"):
        recorded_of(few, FORCE, ["immediate", "scheduled"])


def test_without_incidents_there_is_no_model(tables):
    with pytest.raises(NotEnoughData, match="0 incidents"):
        answering_of(tables, "kent", aims_of({"immediate": 15.0}), crew=1.5)


def test_the_roster_is_the_mean_of_its_hours(tables):
    officers, sources = roster_of(tables, FORCE)

    assert officers == pytest.approx(example.recipe().on_duty)
    assert "GENERATED" in str(sources[0])


def test_without_duty_there_is_no_roster(few):
    assert roster_of(few, FORCE) == (None, ())


@pytest.mark.slow
@pytest.mark.statistics
def test_the_recipe_of_the_example_is_found_again(answering):
    told = example.recipe()

    assert answering.generated
    assert answering.fitted.alpha == pytest.approx(told.deployable, rel=0.05)
    for grade, true in zip(answering.fitted.demand.grades, told.grades, strict=True):
        assert grade.minutes == pytest.approx(true.minutes, rel=0.05)
        assert grade.units == pytest.approx(true.units, abs=0.02)
    assert answering.as_at == date(2021, 11, 28)
