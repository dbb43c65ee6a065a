"""Rows of small tables: of several editions the last counts, and twins within one all count."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from records.brought_in import bring_in, one_engine
from regard.core.periods import Month
from regard.records.stated import StatedTables
from regard.records.store import Store

WM, STAFFS = "west-midlands", "staffordshire"


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path)


def strength(month, people, *, source=WM, edition=None, unit="all", state="in-post"):
    return {
        "source": source, "month": month, "unit": unit, "role": "officer", "counted_as": "fte",
        "state": state, "people": people, "edition": edition,
    }  # fmt: skip


def stated(store, dataset="strength", source=WM, **span):
    return StatedTables(store, engine=one_engine()).of(dataset, source, **span)


def test_of_two_editions_of_one_date_the_last_counts(store):
    bring_in(store, "strength", [
        strength("2015-09", 7043.25, edition="2015"), strength("2015-09", 7043.5, edition="2016"),
        strength("2015-03", 7132.75, edition="2015"),
    ])  # fmt: skip

    told = stated(store)

    assert [(row["month"], row["people"]) for row in told.rows] == [
        ("2015-03", 7132.75), ("2015-09", 7043.5),
    ]  # fmt: skip
    assert told.restated == 1
    assert told.months == (Month(2015, 3), Month(2015, 9))


def test_an_edition_that_leaves_a_row_out_does_not_remove_it(store):
    bring_in(store, "strength", [
        strength("2015-09", 50, edition="2015", unit="rocu"),
        strength("2015-09", 7043, edition="2016"),
    ])  # fmt: skip

    assert [row["unit"] for row in stated(store).rows] == ["all", "rocu"]


def test_twins_within_an_edition_are_both_real(store):
    bring_in(store, "strength", [strength("2015-09", 10), strength("2015-09", 10)])

    assert len(stated(store).rows) == 2
    assert stated(store).restated == 0


def test_a_later_import_replaces_a_unit_and_leaves_the_others(store):
    bring_in(store, "strength", [strength("2015-09", 10, unit="fou"), strength("2015-09", 99)])
    bring_in(store, "strength", [strength("2015-09", 12, unit="fou")])

    told = stated(store)

    assert [(row["unit"], row["people"]) for row in told.rows] == [("all", 99), ("fou", 12)]
    assert [str(one)[:9] for one in told.sources] == ["import 1:", "import 2:"]


def test_rows_of_other_sources_and_months_are_left_out(store):
    bring_in(store, "strength", [
        strength("2015-03", 1), strength("2015-09", 2), strength("2016-03", 3),
        strength("2015-09", 4, source=STAFFS),
    ])  # fmt: skip

    told = stated(store, first=Month(2015, 9), last=Month(2015, 9))

    assert [row["people"] for row in told.rows] == [2]
    assert told.at(Month(2015, 9)) == told.rows


def test_an_hour_at_midnight_stays_an_instant(store):
    bring_in(store, "duty", [{
        "source": WM, "month": "2015-09", "hour": datetime(2015, 9, 1, tzinfo=UTC),
        "team": "response", "rank": "constable", "skill": None, "people": 40, "local_area": None,
    }])  # fmt: skip

    assert stated(store, "duty").rows[0]["hour"] == datetime(2015, 9, 1, tzinfo=UTC)


def test_a_source_that_supplied_nothing_has_no_rows(store):
    told = stated(store)

    assert (told.rows, told.sources, told.months) == ((), (), ())
