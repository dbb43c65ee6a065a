"""Mappings as data: what they may say, and by what they are known."""

from __future__ import annotations

import pytest

from records.street import brought_in, stored, written
from regard.core.errors import DefinitionRefused, FileRefused, FileUnreadable, NotKnown
from regard.records.recipes import load_mapping, read_mapping

GOOD = """
dataset = "crime"
[columns.source]
constant = "west-midlands"
[columns.month]
from = "Recorded"
format = "%d/%m/%Y"
[columns.crime_type]
from = "Group"
codes = { "TOMV" = "vehicle-crime" }
[columns.domestic_abuse]
from = "DA"
"""


def test_a_mapping_fills_a_contract_from_a_forces_own_columns(tmp_path):
    path = written(tmp_path, "03/02/2014,TOMV,Y", "04/02/2014,tomv,", header="Recorded,Group,DA")

    store, _ = brought_in(tmp_path / "home", path, mapping=read_mapping(GOOD, "own.toml"))

    assert stored(store, columns="source, month, crime_type, domestic_abuse") == [
        ("west-midlands", "2014-02", "vehicle-crime", True),
        ("west-midlands", "2014-02", "vehicle-crime", None),
    ]


@pytest.mark.parametrize(
    ("extra", "header", "row", "wanted"),
    [
        ('[columns.recorded_on]\nfrom = "D"\nformat = ["%d.%m.%Y", "%Y%m%d"]', "D", "20140203",
         "recorded_on = DATE '2014-02-03'"),
        ('[columns.victim]\nfrom = "V"\nas = "slug"', "V", " Business ", "victim = 'business'"),
        ('[columns.longitude]\nfrom = "L"', "L", "-1.5", "longitude = -1.5"),
        ('[columns.location]\nfrom = "P"', "P", '"a, ""b"""', "location = 'a, \"b\"'"),
        ('[columns.offence]\nconstant = "28A"', "X", "", "offence = '28A'"),
    ],
)  # fmt: skip
def test_each_way_to_fill_a_column(tmp_path, extra, header, row, wanted):
    path = written(tmp_path, f"03/02/2014,,,{row}", header=f"Recorded,Group,DA,{header}")

    store, _ = brought_in(tmp_path / "home", path, mapping=read_mapping(GOOD + extra, "own.toml"))

    assert stored(store, columns=wanted.replace(" = ", " IS NOT DISTINCT FROM ", 1)) == [(True,)]


def test_instants_in_local_time_are_stored_in_utc(tmp_path):
    mapping = """
dataset = "incident"
[columns.source]
constant = "essex"
[columns.month]
from = "Received"
format = "%d/%m/%Y %H:%M"
[columns.received_at]
from = "Received"
format = "%d/%m/%Y %H:%M"
"""
    path = written(tmp_path, "01/07/2024 00:30", "01/01/2024 00:30", header="Received,X")
    path.write_text(path.read_text().replace("00:30", "00:30,"))

    store, _ = brought_in(tmp_path / "home", path, mapping=read_mapping(mapping, "own.toml"))

    found = stored(store, "incident", "month, received_at::VARCHAR")
    assert found == [("2024-07", "2024-06-30 23:30:00"), ("2024-01", "2024-01-01 00:30:00")]


def test_words_that_mean_empty_are_empty(tmp_path):
    mapping = read_mapping('empty = ["NULL", "n/a"]\n' + GOOD, "own.toml")
    path = written(tmp_path, "03/02/2014,null,N/A", header="Recorded,Group,DA")

    store, _ = brought_in(tmp_path / "home", path, mapping=mapping)

    assert stored(store, columns="crime_type, domestic_abuse") == [(None, None)]


def test_another_delimiter(tmp_path):
    mapping = read_mapping('delimiter = ";"\n' + GOOD, "own.toml")
    path = written(tmp_path, '03/02/2014;"TOMV";no', header="Recorded;Group;DA")

    store, _ = brought_in(tmp_path / "home", path, mapping=mapping)

    assert stored(store, columns="domestic_abuse") == [(False,)]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("31/02/2014,,", "column Recorded: is no month written %d/%m/%Y (found '31/02/2014')"),
        ("03/02/14,,", "column Recorded: is no month written %d/%m/%Y (found '03/02/14')"),
        (",,", "column Recorded: is empty, and must not be"),
        ("03/02/2014,ARSN,", "column Group: is no code of crime_type (found 'ARSN')"),
        ("03/02/2014,,maybe", "column DA: is neither true nor false (found 'maybe')"),
        ("03/02/2027,,", "column Recorded: lies in the future of 2026-11-22"),
    ],
)
def test_a_cell_that_breaks_the_contract_is_named(tmp_path, row, message):
    path = written(tmp_path, row, header="Recorded,Group,DA")

    with pytest.raises(FileRefused) as refusal:
        brought_in(tmp_path / "home", path, mapping=read_mapping(GOOD, "own.toml"))

    assert message in str(refusal.value)


def test_a_code_that_an_open_list_of_codes_does_not_name_is_refused(tmp_path):
    extra = '[columns.offence]\nfrom = "O"\ncodes = { BDH = "28A" }'
    path = written(tmp_path, "03/02/2014,,,XYZ", header="Recorded,Group,DA,O")

    with pytest.raises(FileRefused, match="column O: is no code of offence .found 'XYZ'"):
        brought_in(tmp_path / "home", path, mapping=read_mapping(GOOD + extra, "own.toml"))


def test_a_file_that_lacks_a_mapped_column_is_refused(tmp_path):
    path = written(tmp_path, "03/02/2014,", header="Recorded,Group")

    with pytest.raises(FileRefused, match="column DA: the column is missing"):
        brought_in(tmp_path / "home", path, mapping=read_mapping(GOOD, "own.toml"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"crime"', "", "own.toml is not TOML"),
        ('"crime"', '""', "own.toml gives dataset '' and 4 columns"),
        ('"crime"', '"crime"\nhue = 1', "own.toml: the mapping has hue"),
        ('"crime"', '"crime"\ndelimiter = "ab"', "own.toml has the delimiter 'ab'"),
        ("[columns.source]", "[columns.hat]", "fills a column that crime does not have"),
        ('from = "DA"', 'from = "DA"\nhue = 1', "own.toml: [columns.domestic_abuse] has hue"),
        ('from = "DA"', 'from = "DA"\nconstant = "x"', "has from 'DA' and constant 'x'"),
        ('from = "DA"', 'from = "DA"\nformat = "%Y"', "has a format and is of type boolean"),
        ('from = "DA"', 'from = "DA"\nas = "magic"', "has as = 'magic'"),
        ('from = "DA"', 'from = "DA"\nas = "quarter"', "has as = 'quarter' and year = ''"),
        ('from = "DA"', 'from = "DA"\ncodes = { A = "perhaps" }', "maps to 'perhaps'"),
        ('= "vehicle-crime"', '= "car-crime"', "[columns.crime_type] maps to 'car-crime'"),
        ('constant = "west-midlands"', 'from = ""', "has from '' and constant None"),
    ],
)  # fmt: skip
def test_a_faulty_mapping_is_refused_by_name(old, new, message):
    assert old in GOOD

    with pytest.raises(DefinitionRefused) as refusal:
        read_mapping(GOOD.replace(old, new, 1), "own.toml")

    assert message in str(refusal.value)
    assert refusal.value.expected


def test_a_required_column_that_nothing_fills_is_named():
    text = GOOD.replace('[columns.source]\nconstant = "west-midlands"\n', "")

    with pytest.raises(DefinitionRefused) as refusal:
        read_mapping(text, "own.toml")

    assert str(refusal.value) == (
        "own.toml fills nothing into source of crime\n"
        "Expected: a table [columns.NAME] with from or constant for every required column"
    )


def test_an_unknown_dataset_is_refused():
    with pytest.raises(NotKnown, match="no dataset is called 'crimes'"):
        read_mapping(GOOD.replace('"crime"', '"crimes"'), "own.toml")


def test_a_mapping_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(FileUnreadable, match="none.toml cannot be read"):
        load_mapping(tmp_path / "none.toml")


def test_the_recipe_changes_with_the_rules_and_not_with_the_name():
    one, renamed = read_mapping(GOOD, "a.toml"), read_mapping(GOOD, "b.toml")
    other = read_mapping(GOOD.replace('"DA"', '"DV"'), "a.toml")

    assert one.recipe == renamed.recipe != other.recipe


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("a = " + "[" * 5_000, "a.toml is not TOML"),
        ('not_taken = "why"', "lacks header, id, name, version"),
    ],
)
def test_a_mapping_that_somebody_sends_is_refused_and_never_fails(written, says):
    with pytest.raises(DefinitionRefused, match=says):
        read_mapping(written, "a.toml")
