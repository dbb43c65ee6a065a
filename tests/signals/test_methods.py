"""One `read` for every method, and what it refuses."""

from __future__ import annotations

import pytest

from regard.core.errors import DefinitionRefused, NotEnoughData, NotKnown
from regard.core.periods import Month
from regard.signals.methods import METHODS, read


def test_every_method_names_itself_and_its_version_in_the_reading(vehicle_crime):
    series = vehicle_crime([200, 210] * 10)

    for name, method in METHODS.items():
        reading = read(series, method=name)
        assert str(reading.method) == f"{name} {method.version.version}"
        assert str(reading.method) in reading.average.method


def test_the_rule_version_is_printed(vehicle_crime):
    told = str(read(vehicle_crime([200, 210] * 10)).statements()[-1])

    assert told.startswith(
        "Read by the NHS Making Data Count rules with Regard's guards, as of November 2023, "
        "with months as counted."
    )


def test_a_method_nobody_knows_is_refused_with_the_nearest_name(vehicle_crime):
    with pytest.raises(NotKnown, match="no method is called 'nhs-making-data'") as refused:
        read(vehicle_crime([1, 2]), method="nhs-making-data")

    assert "nhs-making-data-count" in refused.value.expected


def test_a_calendar_nobody_knows_is_refused(vehicle_crime):
    with pytest.raises(DefinitionRefused, match="no calendar is called 'per week'"):
        read(vehicle_crime([1, 2]), calendar="per week")


@pytest.mark.parametrize("freeze", [-1, 1])
def test_limits_from_one_month_are_refused(vehicle_crime, freeze):
    with pytest.raises(DefinitionRefused, match=f"the first {freeze} months"):
        read(vehicle_crime([1, 2]), freeze=freeze)


def test_a_series_without_a_month_is_refused(vehicle_crime):
    with pytest.raises(NotEnoughData, match="no month with a value between April 2010 and May"):
        read(vehicle_crime([None, None]))


def test_a_baseline_that_cuts_nothing_changes_nothing(vehicle_crime):
    series = vehicle_crime([200, 210] * 10)

    plain = read(series)
    early = read(series, baselines=(Month(2009, 1), Month(2010, 4), Month(2030, 1)))

    assert early.segments == plain.segments
    assert early.changes == ()


def test_the_same_series_gives_the_same_words(vehicle_crime):
    series = vehicle_crime([200, 230, None, 210] * 10)

    assert read(series) == read(series)
