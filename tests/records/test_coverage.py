"""What has been brought in, and what is odd about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from records.brought_in import bring_in, counting, crimes
from regard.core.errors import NotKnown
from regard.core.periods import Month
from regard.records.coverage import missing_months
from regard.records.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    rows = [
        *crimes("merseyside", "2019-06", "anti-social-behaviour", 3, lsoa="E01000001"),
        *crimes("merseyside", "2019-06", "burglary", 1, lsoa="E01000002", crime_id="a"),
        *crimes("merseyside", "2019-08", "burglary", 1, lsoa="E01009999", crime_id="a"),
        *crimes("merseyside", "2019-08", "burglary", 2, crime_id="b"),
        *crimes("city-of-london", "2019-07", "drugs", 1),
    ]
    bring_in(store, "crime", rows)
    return store


def test_coverage_names_the_months_between_first_and_last_that_were_not_supplied(store):
    with counting(store) as counter:
        found = counter.coverage("crime").of("merseyside")

    assert (found.first, found.last, found.supplied) == (Month(2019, 6), Month(2019, 8), 2)
    assert found.missing == (Month(2019, 7),)
    assert found.rows == 7


def test_rows_without_an_area_code_are_counted(store):
    with counting(store) as counter:
        found = counter.coverage("crime")

    assert [(one.source, one.without_area) for one in found.sources] == [
        ("city-of-london", 1),
        ("merseyside", 2),
    ]


def test_twins_are_counted_and_stay(store):
    with counting(store) as counter:
        found = counter.coverage("crime").of("merseyside")
        series = counter.series("anti-social-behaviour", "merseyside")

    assert (found.twins, found.with_twin) == (3, 5)
    assert series.values == (3, None, 0)


def test_references_that_stand_on_several_rows_are_counted(store):
    with counting(store) as counter:
        found = counter.coverage("crime").of("merseyside")

    assert (found.repeated, found.repeating) == (2, 4)


def test_area_codes_are_of_no_stated_vintage_until_one_is_brought_in(store):
    with counting(store) as counter:
        before = counter.coverage("crime").of("merseyside")
    codes = [("2011", "E01000001"), ("2011", "E01000002"), ("2021", "E01000002")]
    areas = [{"source": vintage, "code": code, "level": "lsoa"} for vintage, code in codes]
    bring_in(store, "area", areas, file="areas.csv")

    with counting(store) as counter:
        after = counter.coverage("crime").of("merseyside")

    assert before.vintage == "vintage not stated"
    assert after.matched == {"2011": 4, "2021": 1}
    assert after.unmatched == 1
    assert after.vintage == "4 of 5 in 2011; 1 of 5 in 2021"


def test_a_dataset_without_areas_or_references_says_so(store):
    people = [{"source": "merseyside", "month": m, "persons": 9} for m in ("2017-06", "2019-06")]
    bring_in(store, "population", people, file="people.csv")

    with counting(store) as counter:
        found = counter.coverage("population").of("merseyside")

    assert found.missing == (Month(2018, 6),)
    assert (found.without_area, found.repeated, found.vintage) == (None, None, "no area codes")


def test_nothing_brought_in_is_no_source_and_no_rows(store):
    with counting(store) as counter:
        found = counter.coverage("incident")

    assert (found.sources, found.rows, found.imports) == ((), 0, 0)
    assert found.of("merseyside") is None


def test_coverage_shows_as_rows_one_a_source(store):
    with counting(store) as counter:
        rows = counter.covered()

    assert [(row["dataset"], row["source"], row["missing"]) for row in rows] == [
        ("crime", "city-of-london", ""),
        ("crime", "merseyside", "2019-07"),
    ]


def test_a_dataset_nobody_has_defined_is_refused(store):
    with counting(store) as counter, pytest.raises(NotKnown, match="no dataset is called 'crimes'"):
        counter.coverage("crimes")


@pytest.mark.parametrize(
    ("months", "apart", "missing"),
    [
        (("2017-04", "2017-10"), 3, ("2017-07",)),
        (("2017-04", "2017-06"), 1, ("2017-05",)),
        (("2017-04", "2019-06"), 0, ()),
        ((), 1, ()),
    ],
)
def test_months_are_missing_at_the_pace_at_which_they_are_due(months, apart, missing):
    held = tuple(Month.parse(month) for month in months)

    found = missing_months(held, apart)

    assert tuple(month.iso for month in found) == missing
