"""One `read` for every method, and what it refuses."""

from __future__ import annotations

import pytest

from regard.core.errors import DefinitionRefused, NotEnoughData, NotKnown
from regard.core.periods import Month
from regard.signals.conventions import NHS, PER_MEAN_MONTH
from regard.signals.methods import METHODS, method_for, read


def test_every_method_names_itself_and_its_version_in_the_reading(vehicle_crime):
    series = vehicle_crime([200, 210] * 10)

    for name, method in METHODS.items():
        reading = read(series, method=name)
        assert str(reading.method) == f"{name} {method.version.version}"
        assert str(reading.method) in reading.average.method


def test_the_rule_version_is_printed(vehicle_crime):
    series = vehicle_crime([200, 210] * 10)

    assert str(read(series).statements()[-1]).startswith(
        "Read by the adjusted count chart of November 2026: "
    )
    assert str(read(series, method=NHS.name).statements()[-1]).startswith(
        "Read by the NHS Making Data Count rules with Regard's guards, as of November 2023, "
        "with months as counted."
    )


def test_counts_are_read_by_the_adjusted_chart_unless_asked_for_what_only_the_nhs_rules_know(
    vehicle_crime,
):
    series = vehicle_crime([200, 210] * 10)

    assert read(series).method.name == "adjusted-counts"
    assert method_for(series) == "adjusted-counts"
    assert read(series, calendar=PER_MEAN_MONTH).method.name == NHS.name
    assert read(series, freeze=12).method.name == NHS.name


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


def test_a_series_without_a_month_says_the_reason_it_gives(vehicle_crime):
    start, why = Month(2018, 1), "the rows of merseyside carry no offence"
    series = vehicle_crime(
        [None] * 36,
        measure="burglary-dwelling",
        scope="merseyside",
        start=start,
        why_missing={start + at: why for at in range(36)},
    )

    with pytest.raises(NotEnoughData) as refused:
        read(series)

    assert refused.value.wrong == (
        "burglary-dwelling of merseyside has no month with a value between January 2018 and "
        "December 2020: the rows of merseyside carry no offence"
    )


def test_of_several_reasons_the_commonest_stands_first(vehicle_crime):
    start, why = Month(2018, 1), ["was late", "no offence", "no offence", "was lost", "was cut"]
    series = vehicle_crime(
        [None] * 5, start=start, why_missing={start + at: one for at, one in enumerate(why)}
    )

    with pytest.raises(NotEnoughData, match="2018: no offence; was late; was lost; and 1 more"):
        read(series)
