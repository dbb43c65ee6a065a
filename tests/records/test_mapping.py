"""Drafting a mapping: what can be guessed loads as it is, the rest is left to fill in."""

from __future__ import annotations

import pytest

from records.street import BURGLARY, HEADER, brought_in, stored, written
from regard.core.errors import DefinitionRefused, FileUnreadable
from regard.records.mapping import draft_mapping, read_mapping


def test_a_draft_loads_and_brings_the_file_in_where_guesses_suffice(tmp_path):
    path = written(
        tmp_path,
        "Merseyside Police;03/02/2014;Burglary;yes;PC 1",
        "Essex;28/02/2014;Vehicle crime;no;PC 2",
        header="Force;Date recorded;Crime group;DA flag;Officer",
        name="own.csv",
    )

    draft = draft_mapping(path)
    store, result = brought_in(tmp_path / "home", path, mapping=read_mapping(draft, "d.toml"))

    assert stored(store, columns="source, month, crime_type, domestic_abuse") == [
        ("merseyside", "2014-02", "burglary", True),
        ("essex", "2014-02", "vehicle-crime", False),
    ]
    assert result.files[0].left_out == ("Officer",)


def test_a_draft_explains_its_guesses_and_names_what_is_left_out(tmp_path):
    path = written(
        tmp_path,
        "03/02/2014,TOMV,x",
        "28/02/2014,Burglery,y",
        header="Date recorded,Crime group,Officer",
        name="own.csv",
    )

    draft = draft_mapping(path, dataset="crime")

    assert 'format = "%d/%m/%Y"  # as in 03/02/2014, 28/02/2014' in draft
    assert '"Burglery" = "burglary"' in draft
    assert '# "TOMV" = ""  # no code is near' in draft
    assert "# Every row needs source, and no column of the file is called so." in draft
    assert draft.endswith("# Left out, because no column of the dataset takes them:\n#   Officer\n")


def test_a_draft_with_a_gap_is_refused_by_the_name_of_the_gap(tmp_path):
    path = written(tmp_path, "03/02/2014,Burglary", header="Date recorded,Crime group")

    with pytest.raises(DefinitionRefused, match="d.toml fills nothing into source of crime"):
        read_mapping(draft_mapping(path), "d.toml")


def test_a_police_uk_file_drafts_to_the_dataset_crime(tmp_path):
    draft = draft_mapping(written(tmp_path, BURGLARY, header=HEADER))

    assert read_mapping(draft, "d.toml").dataset == "crime"


def test_an_archive_cannot_be_drafted_from(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04")

    with pytest.raises(FileUnreadable, match="x.zip is a ZIP"):
        draft_mapping(tmp_path / "x.zip")


@pytest.mark.real
def test_populations_of_force_areas_draft_load_and_come_in(tmp_path, shared_data):
    path = shared_data / "ons_pfa_population_2009_2019.parquet"

    mapping = read_mapping(draft_mapping(path), "d.toml")
    store, result = brought_in(tmp_path, path, mapping=mapping)

    assert (result.rows_stored, result.missing) == (429, {})
    found = stored(store, "population", "source, month, persons")
    assert ("cleveland", "2009-06", 554_648) in found


@pytest.mark.real
def test_times_of_real_incidents_come_in_by_a_completed_draft(tmp_path, shared_data):
    path = shared_data / "cad_us_city_2025_weeks35-43.parquet"
    draft = draft_mapping(path).replace("# [columns.source]", "[columns.source]")
    draft = draft.replace('# constant = ""', 'constant = "essex"')

    mapping = read_mapping(draft.replace("Europe/London", "UTC"), "d.toml")
    store, _ = brought_in(tmp_path, path, mapping=mapping)

    found = stored(store, "incident", "received_at::VARCHAR, arrived_at::VARCHAR")
    assert (len(found), found[0]) == (13_373, ("2025-08-24 00:07:06", "2025-08-24 00:23:51"))
    assert any(arrived is None for _, arrived in found)


@pytest.mark.real
def test_severity_weights_come_in_by_a_mapping(tmp_path, shared_data):
    mapping = """
dataset = "severity"
[columns.offence]
from = "ONS_COUNTS_code"
[columns.weight]
from = "ONS_SEVERITY_weight"
[columns.edition]
constant = "2020"
"""
    path = shared_data / "ons_crime_severity_weights_by_offence.parquet"

    store, result = brought_in(
        tmp_path, path, mapping=read_mapping(mapping, "m.toml"), set_aside=True
    )

    one = result.files[0]
    assert one.rows_read == one.rows_stored + one.rows_rejected == 134
    assert ("56A", 826.1900614) in stored(store, "severity", "offence, weight")


@pytest.mark.real
def test_areas_come_in_by_a_mapping(tmp_path, shared_data):
    mapping = """
dataset = "area"
[columns.source]
constant = "2016"
[columns.code]
from = "LAD16CD"
[columns.name]
from = "LAD16NM"
[columns.level]
constant = "lad"
[columns.parent]
from = "PFA16CD"
[columns.force]
from = "PFA16NM"
as = "force"
"""
    path = shared_data / "lad2016_csp_pfa_lookup.parquet"

    store, result = brought_in(tmp_path, path, mapping=read_mapping(mapping, "m.toml"))

    assert result.rows_stored == 348
    assert store.ledger.slices(1) == {("2016", ""): 348}
    assert ("E07000144", "norfolk") in stored(store, "area", "code, force")
