"""Forces under every name they go by."""

from __future__ import annotations

import duckdb
import pytest

from regard.core.errors import DefinitionRefused, NotKnown
from regard.records.forces import force_named, forces, read_forces


def test_england_and_wales_have_43_territorial_forces_each_with_its_official_code():
    territorial = [one for one in forces().values() if one.kind == "territorial"]

    assert len(territorial) == 43
    assert len({one.code for one in territorial}) == 43
    assert all(one.code.startswith(("E23", "W15")) for one in territorial)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("West Midlands", "west-midlands"),
        ("London, City of", "city-of-london"),
        ("E23000004", "merseyside"),
        ("Metropolitan Police Service", "metropolitan"),
        ("devon & cornwall", "devon-and-cornwall"),
        (" British Transport Police ", "btp"),
        ("Action Fraud", "action-fraud"),
    ],
)
def test_a_force_is_found_by_any_of_its_names(name, slug):
    assert force_named(name).slug == slug


def test_an_unknown_force_is_refused_with_the_nearest_names():
    with pytest.raises(NotKnown) as refusal:
        force_named("merseyside-police")

    assert str(refusal.value).startswith(
        "no force is called 'merseyside-police'\nExpected: one of merseyside"
    )


def test_two_forces_may_not_share_a_name():
    text = '[[forces]]\nslug = "a"\nname = "A"\nkind = "national"\n'

    with pytest.raises(DefinitionRefused, match="a and b are both called 'a'"):
        read_forces(text + text.replace('slug = "a"', 'slug = "b"'))


def test_a_force_of_no_known_kind_is_refused():
    with pytest.raises(DefinitionRefused, match="force a is of kind 'royal'"):
        read_forces('[[forces]]\nslug = "a"\nname = "A"\nkind = "royal"\n')


@pytest.mark.real
def test_codes_and_names_agree_with_the_official_look_up(shared_data):
    rows = duckdb.sql(
        "SELECT DISTINCT PFA16CD, PFA16NM FROM read_parquet("
        f"'{shared_data / 'lad2016_csp_pfa_lookup.parquet'}')"
    ).fetchall()

    assert len(rows) == 43
    assert all(force_named(code).slug == force_named(name).slug for code, name in rows)
