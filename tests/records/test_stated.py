"""Rows of small tables: of several editions the last counts, and twins within one all count."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from records.brought_in import bring_in, one_engine
from regard.core.errors import FileRefused
from regard.core.periods import Month
from regard.records.imports import import_files
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


# The Home Office's table of officers: regions beside forces, editions that restate a date.

HEADER = "force_or_region,as_at,officer_fte,src\n"


def brought_in(folder: Path, *paths: Path):
    store = Store(folder / "home")
    return store, import_files(store, paths)


def table(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "officers.csv"
    path.write_text(header + "\n".join(rows) + "\n")
    return path


def test_a_region_that_is_called_as_a_force_is_set_apart_and_said(tmp_path):
    path = table(
        tmp_path,
        "West Midlands,September 2015,11669.12,2016.csv",
        "Staffordshire,September 2015,1666.5,2016.csv",
        "West Midlands,September 2015,7043.25,2016.csv",
        "Total 43 forces,September 2015,126000.0,2016.csv",
    )

    store, result = brought_in(tmp_path, path)

    assert (result.files[0].rows_stored, result.files[0].rows_rejected) == (2, 2)
    assert [row["people"] for row in stated(store).rows] == [7043.25]
    assert [(one["row_number"], one["reason"]) for one in store.rejected(1)] == [
        (1, "is a total of rows beside it, which are kept"),
        (4, "is a total of the forces beside it, which are kept"),
    ]


def test_a_row_that_is_twice_alike_is_no_total(tmp_path):
    row = "Dorset,September 2015,1200.0,2016.csv"

    store, _ = brought_in(tmp_path, table(tmp_path, row, row))

    assert len(stated(store, source="dorset").rows) == 2


def test_a_name_that_nobody_knows_still_refuses_the_file(tmp_path):
    path = table(
        tmp_path,
        "Total,September 2015,126000.0,2016.csv",
        "Middlesex,September 2015,100.0,2016.csv",
    )

    with pytest.raises(FileRefused, match="Middlesex") as refusal:
        brought_in(tmp_path, path)

    assert "126000" not in str(refusal.value)


@pytest.mark.real
def test_overlapping_editions_of_the_real_table_are_revisions(tmp_path, shared_data):
    file = shared_data / "ho_officer_fte_2015_2019.parquet"

    store, result = brought_in(tmp_path, file)
    told = stated(store)

    read = result.files[0]
    assert read.rows_read == read.rows_stored + read.rows_rejected == 846
    assert told.months == tuple(
        Month(year, month)
        for year in range(2014, 2020)
        for month in (3, 9)
        if (year, month) >= (2014, 9)
    )
    assert len(told.rows) == len(told.months)
    assert told.restated == 4
    assert {row["month"]: round(row["people"], 2) for row in told.rows}["2015-09"] == 7043.25


@pytest.mark.real
def test_the_real_forces_add_up_to_the_real_total(tmp_path, shared_data):
    file = shared_data / "ho_officer_fte_2015_2019.parquet"
    store, _ = brought_in(tmp_path, file)
    tables = StatedTables(store, engine=one_engine())
    (printed,) = duckdb.sql(
        f"SELECT officer_fte FROM '{file}' WHERE force_or_region = 'Total 43 forces' "
        "AND as_at = 'September 2019' AND src = '2019.csv'"
    ).fetchone()

    forces = [one for one in tables.sources("strength") if one != "btp"]
    rows = [row for one in forces for row in tables.of("strength", one).at(Month(2019, 9))]

    assert len(rows) == 43
    assert sum(row["people"] for row in rows) == pytest.approx(printed, abs=0.01)
