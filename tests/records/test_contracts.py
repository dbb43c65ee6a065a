"""Contracts: what is shipped, and what a contract may not say."""

from __future__ import annotations

import pytest

from regard.core.errors import DefinitionRefused, NotKnown
from regard.records.contracts import contract_named, contracts, outcomes, read_contract
from regard.records.forces import forces

GOOD = """
id = "x"
name = "X"
description = "One row an x."
source_column = "source"
[[columns]]
name = "source"
type = "code"
required = true
description = "Who."
missing = "never empty"
"""


def test_every_dataset_of_the_records_room_has_its_contract():
    assert set(contracts()) == {
        "area",
        "crime",
        "deployment",
        "duty",
        "establishment",
        "exercise",
        "incident",
        "outcome",
        "pipeline",
        "population",
        "recorded_crime",
        "severity",
        "skill",
        "strength",
        "survey",
    }


@pytest.mark.parametrize("contract", contracts().values(), ids=lambda one: one.id)
def test_every_column_says_what_it_holds_and_what_an_empty_cell_means(contract):
    assert all(column.description and column.missing for column in contract.columns)
    assert all(c.unit for c in contract.columns if c.type in ("integer", "number"))


def test_a_crime_belongs_to_a_force_and_to_a_known_category():
    crime = contract_named("crime")

    assert crime.column("source").allowed == tuple(forces())
    assert "anti-social-behaviour" in (crime.column("crime_type").allowed or ())
    assert crime.column("outcome").allowed == outcomes()
    assert crime.column("offence").allowed is None


def test_recorded_crime_may_be_negative_and_a_population_may_not():
    assert contract_named("recorded_crime").column("offences").minimum is None
    assert contract_named("population").column("persons").minimum == 0


def test_a_contract_reads_from_its_text():
    assert read_contract(GOOD, "x.toml").names == ("source",)


def test_an_unknown_dataset_is_refused_with_the_nearest_names():
    with pytest.raises(NotKnown) as refusal:
        contract_named("crimes")

    assert (
        str(refusal.value)
        == "no dataset is called 'crimes'\nExpected: one of crime, recorded_crime"
    )


def test_an_unknown_column_is_refused():
    with pytest.raises(NotKnown, match="no column of crime is called 'colour'"):
        contract_named("crime").column("colour")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('id = "x"', "id = ", "x.toml is not TOML: Invalid value (at line 2, column 6)"),
        ('id = "x"', 'id = ""', "x.toml: id is ''"),
        ('id = "x"', 'id = "x"\nkey = 1', "x.toml: the contract has key"),
        ('type = "code"', 'type = "colour"', "x.toml: column 'source' is of type 'colour'"),
        ('type = "code"', 'type = "code"\nhue = 1', "x.toml: column 'source' has hue"),
        ('"Who."', '""', "x.toml: column 'source' has description ''"),
        ("required = true", "minimum = 1", "x.toml: column 'source' is code and has a minimum"),
        ("required = true", "", "x.toml: the source column source may be empty"),
        ('type = "code"', 'type = "text"\nallowed = ["a"]', "is text and has a list of codes"),
        ('type = "code"', 'type = "code"\nallowed = ["a", "a"]', "allows ['a', 'a']"),
        ('type = "code"', 'type = "code"\nallowed_from = "hats"', "takes its codes from 'hats'"),
        ('name = "source"', 'name = "row_number"', "cannot be the name of a column"),
        ('= "source"\n[[', '= "who"\n[[', "x.toml: source_column is 'who'"),
        ('= "source"\n[[', '= "source"\nmonth_column = "source"\n[[', "is not of type month"),
    ],
)
def test_a_faulty_contract_is_refused_by_name(old, new, message):
    assert old in GOOD

    with pytest.raises(DefinitionRefused) as refusal:
        read_contract(GOOD.replace(old, new, 1), "x.toml")

    assert message in str(refusal.value)
    assert refusal.value.expected


def test_a_column_that_stands_twice_is_refused():
    twice = GOOD + GOOD[GOOD.index("[[columns]]") :]

    with pytest.raises(DefinitionRefused, match="x.toml: source stands twice"):
        read_contract(twice, "x.toml")
