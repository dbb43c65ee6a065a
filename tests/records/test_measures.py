"""Measures as data: what is shipped, and what the loader refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from regard.core.errors import DefinitionRefused
from regard.records.contracts import contracts
from regard.records.measures import measures, measures_in

PLAN = {
    "total-recorded-crime",
    "burglary-dwelling",
    "violence-with-injury",
    "robbery",
    "vehicle-crime",
    "theft-of-motor-vehicle",
    "theft-from-motor-vehicle",
    "business-crime",
    "shop-theft",
    "priority-area-crime",
    "domestic-violence-with-injury",
    "solved-and-resolved-violence-with-injury",
    "victim-satisfaction-crime",
    "victim-satisfaction-asb",
    "confidence",
    "crime-rate",
    "shop-theft-rate",
    "crime-severity",
}

GOOD = """
[[measure]]
id = "dog-theft"
name = "Theft of dogs"
unit = "offences"
kind = "count"
better = "lower"
dataset = "crime"
filter = [{ column = "offence", in = ["49"] }]
method = "offence-code-count 1"
source = "Home Office Counting Rules, code 49"
"""


def write(folder: Path, text: str, name: str = "own.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_measure_of_the_plan_is_shipped():
    assert set(measures()) >= PLAN


def test_every_police_uk_category_is_shipped_under_its_own_slug():
    crime_type = contracts()["crime"].column("crime_type")

    assert set(crime_type.allowed) <= set(measures())


def test_every_shipped_measure_names_a_source_and_describes_itself():
    assert all(one.source and one.description for one in measures().values())


def test_a_folder_of_ones_own_adds_its_measures_to_those_shipped(tmp_path):
    write(tmp_path, GOOD)

    found = measures(tmp_path)

    assert found["dog-theft"].counted == "offence is 49"
    assert set(measures()) < set(found)


def test_a_rate_takes_its_rows_from_the_count_it_is_made_of():
    rate, count = measures()["shop-theft-rate"], measures()["shop-theft"]

    assert rate.filter == count.filter
    assert [one.method for one in rate.otherwise] == ["rate-of-shop-theft-count 1"]


def test_what_is_counted_by_must_have_been_supplied():
    needed = [str(need) for need in measures()["vehicle-crime"].needs]

    assert needed == ["offence is 45", "offence is 48", "offence is one of 45, 48"]


def test_a_narrowed_measure_is_another_measure_and_needs_no_new_codes():
    business = measures()["business-crime"]

    narrowed = business.narrowed("offence", ("46",))

    assert narrowed.id == "business-crime where offence is 46"
    assert "offence is 46" not in [str(need) for need in narrowed.needs]
    assert "offence is filled in" in [str(need) for need in narrowed.needs]


def test_a_refusal_names_the_file_the_measure_the_value_and_what_was_expected(tmp_path):
    path = write(tmp_path, GOOD.replace('"offence", in', '"offense", in'))

    with pytest.raises(DefinitionRefused) as refused:
        measures_in([path], contracts())

    assert str(refused.value).startswith(
        "own.toml: measure 1 (dog-theft) asks in filter for the column 'offense'\n"
        "Expected: one of source, month, recorded_on, crime_type, offence"
    )


REFUSED = {
    "asks in filter for the column": ('column = "offence"', 'column = "colour"'),
    "does not allow": (
        '{ column = "offence", in = ["49"] }',
        '{ column = "victim", in = ["cat"] }',
    ),
    "gives no source": ('source = "Home Office Counting Rules, code 49"', 'source = " "'),
    "counts the dataset": ('dataset = "crime"', 'dataset = "dogs"'),
    "has an unknown key 'colour'": ("[[measure]]", '[[measure]]\ncolour = "red"'),
    "has kind 'guess'": ('kind = "count"', 'kind = "guess"'),
    "has better 'warmer'": ('better = "lower"', 'better = "warmer"'),
    "has id 'Dog Theft'": ('id = "dog-theft"', 'id = "Dog Theft"'),
    "has method 'by hand'": ("offence-code-count 1", "by hand"),
    "lists 49 for offence": ('in = ["49"]', "in = [49]"),
    "lists [] for offence": ('in = ["49"]', "in = []"),
    "has a condition of filter with column": (', in = ["49"]', ""),
    "has offence filled = False": ('in = ["49"]', "filled = false"),
    "is a rate with nothing to divide": ('kind = "count"', 'kind = "rate"'),
    "is a count with per": ('kind = "count"', 'kind = "count"\nper = 1000'),
    "is a proportion with base": ('kind = "count"', 'kind = "proportion"\nbase = "longitude"'),
    "is a weighted-sum with key": ('kind = "count"', 'kind = "weighted-sum"\nkey = "offence"'),
    "weighs by the dataset 'gravity'": (
        'kind = "count"',
        'kind = "weighted-sum"\nkey = "offence"\nweights = "gravity"',
    ),
    "has value 'offence', which is code": ('kind = "count"', 'kind = "count"\nvalue = "offence"'),
    "has since '2013'": ('kind = "count"', 'kind = "count"\nsince = "2013"'),
    "has smallest_cell -1": ('kind = "count"', 'kind = "count"\nsmallest_cell = -1'),
    "has every 'week'": ('kind = "count"', 'kind = "count"\nevery = "week"'),
    "has scopes ('ward',)": ('kind = "count"', 'kind = "count"\nscopes = ["ward"]'),
    "requires something not_in": (
        'kind = "count"',
        'kind = "count"\nrequires = [{ column = "offence", not_in = ["1"] }]',
    ),
    "lists values of longitude": ('"offence", in = ["49"]', '"longitude", in = [1.0]'),
    "is made of 'cat-theft'": ('kind = "count"', 'kind = "rate"\nper = 1000\nof = "cat-theft"'),
    "has an otherwise with method": (
        'kind = "count"',
        'kind = "count"\notherwise = [{ method = "x 1" }]',
    ),
    "has filter = many": ('filter = [{ column = "offence", in = ["49"] }]', 'filter = "many"'),
}


@pytest.mark.parametrize("told", REFUSED)
def test_a_measure_that_does_not_fit_is_refused(tmp_path, told):
    path = write(tmp_path, GOOD.replace(*REFUSED[told]))

    with pytest.raises(DefinitionRefused, match="own.toml: measure 1") as refused:
        measures_in([path], contracts())

    assert told.replace("many", "'many'") in refused.value.wrong
    assert refused.value.expected


def test_an_identifier_that_is_used_twice_is_refused_with_both_files(tmp_path):
    files = [write(tmp_path, GOOD, "a.toml"), write(tmp_path, GOOD, "b.toml")]

    with pytest.raises(DefinitionRefused, match=r"b.toml: measure 1 .* repeats .* of a.toml"):
        measures_in(files, contracts())


@pytest.mark.parametrize("text", ["id = ", "[[measures]]\nid = 'x'", "measure = 3"])
def test_a_file_that_is_no_list_of_measures_is_refused(tmp_path, text):
    with pytest.raises(DefinitionRefused, match="own.toml"):
        measures_in([write(tmp_path, text)], contracts())
