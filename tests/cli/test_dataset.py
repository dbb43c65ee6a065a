"""`regard dataset`: what Regard takes."""

import json


def test_datasets_are_listed(regard):
    told = regard("dataset", "list", "--json")

    held = [json.loads(line)["dataset"] for line in told.out.splitlines()]
    assert {"crime", "outcome", "incident", "survey", "population", "area"} <= set(held)


def test_a_dataset_is_shown_column_by_column(regard):
    told = regard("dataset", "show", "population", "--json")

    rows = {row["column"]: row for row in map(json.loads, told.out.splitlines())}
    assert rows["persons"]["type"] == "integer"
    assert rows["persons"]["required"] is True


def test_a_table_counts_codes_that_are_too_many_to_read(regard):
    assert "codes; --json lists them)" in regard("dataset", "show", "survey").out
