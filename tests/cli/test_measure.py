"""`regard measure`: what a measure of an area says."""

import csv
import io
import json

import pytest


@pytest.fixture
def brought_in(regard, street_file):
    months = ["2019-04", "2019-05", "2019-06", "2019-08"]
    regard("records", "import", *(street_file(month, 40 + i) for i, month in enumerate(months)))
    return regard


def test_a_month_that_was_not_supplied_is_empty_with_its_reason(brought_in):
    told = brought_in("measure", "show", "burglary", "--area", "merseyside", "--json")

    rows = {row["month"]: row for row in map(json.loads, told.out.splitlines())}
    assert rows["2019-06"]["offences"] == 42
    assert rows["2019-07"]["offences"] is None
    assert rows["2019-07"]["missing"] == "no rows for July 2019 were brought in for merseyside"


def test_people_are_told_what_it_says_and_where_it_comes_from(brought_in):
    told = brought_in("measure", "show", "burglary", "--area", "merseyside")

    assert "Too early to judge" in told.out
    assert "No value for July 2019" in told.out
    assert "From import 1: " in told.out


def test_the_trace_goes_down_to_the_rows(brought_in):
    told = brought_in("measure", "show", "burglary", "--area", "merseyside", "--trace")

    assert "rows where crime_type is burglary" in told.out


def test_it_can_be_had_as_csv(brought_in):
    told = brought_in("measure", "show", "burglary", "--area", "merseyside", "--csv")

    rows = list(csv.DictReader(io.StringIO(told.out)))
    assert [row["offences"] for row in rows] == ["40", "41", "42", "", "43"]


def test_it_can_be_asked_as_known_before_anything_was_brought_in(brought_in):
    told = brought_in(
        "measure", "show", "burglary", "--area", "merseyside", "--known-at", "2001-01-01"
    )

    assert told.code == 15
    assert "no source of crime rows is called 'merseyside'" in told.err


def test_the_nearest_names_are_offered(brought_in):
    told = brought_in("measure", "show", "burglry", "--area", "merseyside")

    assert told.code == 15
    assert "burglary" in told.err


def test_measures_are_listed_with_their_unit(regard):
    told = regard("measure", "list", "--json")

    rows = {row["measure"]: row for row in map(json.loads, told.out.splitlines())}
    assert rows["burglary"]["unit"] == "offences"


def test_a_file_of_ones_own_is_checked(regard, tmp_path):
    mine = tmp_path / "mine.toml"
    mine.write_text('[[measure]]\nid = "x"\n', encoding="utf-8")

    told = regard("measure", "check", mine)

    assert told.code == 14
    assert "mine.toml" in told.err


def test_ones_own_measures_lie_in_the_data_folder(brought_in, tmp_path):
    folder = tmp_path / "home" / "measures"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(
        """
[[measure]]
id = "theft-of-any-kind"
name = "Theft of any kind"
kind = "count"
unit = "offences"
better = "lower"
dataset = "crime"
filter = [{ column = "crime_type", in = ["burglary", "other-theft"] }]
method = "police-uk-category-count 1"
source = "the analyst's own"
description = "Burglary and other theft together."
""",
        encoding="utf-8",
    )

    told = brought_in("measure", "show", "theft-of-any-kind", "--area", "merseyside", "--json")

    assert told.code == 0, told.err
    assert json.loads(told.out.splitlines()[0])["offences"] == 43
