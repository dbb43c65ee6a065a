"""Bringing files in: whole or not at all, once, and every refusal said in full."""

from __future__ import annotations

import os
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records.street import (
    ASB,
    BURGLARY,
    HEADER,
    NAME,
    NOW,
    brought_in,
    csv_text,
    on_disk,
    stored,
    written,
)
from regard.core.errors import (
    DefinitionRefused,
    FileChanged,
    FileRefused,
    FileUnreadable,
    NotKnown,
    StoreBusy,
)
from regard.core.periods import Month
from regard.records import stream
from regard.records.imports import import_files, withdraw
from regard.records.recipes import read_mapping
from regard.records.store import Store

SET_ASIDE = (
    "Next: correct the rows at their source and bring the file in again, or keep them apart "
    "with their reasons: --set-aside"
)
SURVEY = """
dataset = "survey"
[columns.source]
constant = "west-midlands"
[columns.month]
from = "month"
[columns.survey]
from = "survey"
[columns.question]
constant = "q"
[columns.answers]
from = "n"
[columns.positive]
from = "yes"
"""


def refused(folder: Path, *rows: str, name: str = NAME, header: str = HEADER) -> str:
    path = written(folder / "in", *rows, name=name, header=header)
    with pytest.raises((FileRefused, FileUnreadable)) as refusal:
        brought_in(folder / "home", path)
    assert stored(Store(folder / "home")) == []
    assert on_disk(folder / "home") == []
    return str(refusal.value)


def test_a_street_file_is_stored_by_its_contract(tmp_path):
    store, _ = brought_in(tmp_path, written(tmp_path / "in", BURGLARY, ASB))

    assert stored(store, columns="row_number, source, month, crime_type, crime_id, outcome") == [
        (1, "merseyside", "2019-06", "burglary", "ab12", "under-investigation"),
        (2, "merseyside", "2019-06", "anti-social-behaviour", None, None),
    ]


def test_twins_and_repeated_references_are_all_kept(tmp_path):
    _, result = brought_in(tmp_path, written(tmp_path / "in", ASB, ASB, ASB, BURGLARY, BURGLARY))

    assert (result.rows_stored, result.files[0].twins) == (5, 3)


def test_the_same_file_twice_is_brought_in_once_and_says_so(tmp_path):
    path = written(tmp_path / "in", BURGLARY)
    brought_in(tmp_path, path)

    store, again = brought_in(tmp_path, path)

    assert len(stored(store)) == 1
    assert again.said()[0] == f"{NAME} was brought in before, as import 1; nothing was done."


def test_the_same_rows_under_another_name_are_the_same_file(tmp_path):
    first = written(tmp_path / "in", BURGLARY)
    second = written(tmp_path / "in", BURGLARY, name="copy.csv")

    store, result = brought_in(tmp_path, first, second)

    assert [one.state for one in result.files] == ["stored", "known"]
    assert len(stored(store)) == 1


def test_a_withdrawn_file_can_be_brought_in_again(tmp_path):
    path = written(tmp_path / "in", BURGLARY)
    store, _ = brought_in(tmp_path, path)
    withdraw(store, 1, reason="supplied in error", now=NOW)

    empty = stored(store)
    brought_in(tmp_path, path, now=NOW + timedelta(seconds=1))

    assert (empty, len(stored(store))) == ([], 1)


def test_a_later_import_replaces_the_month_and_the_past_still_shows_the_old_one(tmp_path):
    store, _ = brought_in(tmp_path, written(tmp_path / "a", BURGLARY))
    later = NOW + timedelta(days=1)

    _, result = brought_in(tmp_path, written(tmp_path / "b", BURGLARY, ASB), now=later)

    assert result.files[0].replaced[0].months == ("2019-06",)
    assert store.visible("crime").superseded == {(1, "merseyside", "2019-06")}
    assert store.visible("crime", known_at=NOW).superseded == frozenset()
    assert [one.number for one in store.ledger.imports("crime", NOW)] == [1]


def test_a_withdrawal_brings_back_what_was_replaced(tmp_path):
    store, _ = brought_in(tmp_path, written(tmp_path / "a", BURGLARY))
    brought_in(tmp_path, written(tmp_path / "b", BURGLARY, ASB))

    withdraw(store, 2, reason="wrong month", now=NOW)

    assert store.visible("crime").superseded == frozenset()
    assert [one.number for one in store.visible("crime").imports] == [1]


def test_a_withdrawal_needs_a_reason_and_an_import_that_counts(tmp_path):
    store, _ = brought_in(tmp_path, written(tmp_path / "in", BURGLARY))

    with pytest.raises(DefinitionRefused, match="would be withdrawn for the reason ' '"):
        withdraw(store, 1, reason=" ")
    withdraw(store, 1, reason="wrong", now=NOW)
    with pytest.raises(DefinitionRefused) as refusal:
        withdraw(store, 1, reason="wrong again")

    assert str(refusal.value) == (
        f"import 1 ({NAME}) is withdrawn since 2026-11-22 09:00\n"
        "Expected: an import that counts\nNext: regard records list"
    )


def test_no_import_has_the_number(tmp_path):
    with pytest.raises(NotKnown, match="no import is called '7'"):
        withdraw(Store(tmp_path), 7, reason="none")


def test_months_between_the_first_and_the_last_are_named_as_missing(tmp_path):
    june = written(tmp_path / "in", BURGLARY)
    august = written(
        tmp_path / "in", BURGLARY.replace("-06", "-08"), name="2019-08-merseyside-street.csv"
    )

    _, result = brought_in(tmp_path, june, august)

    assert result.missing == {("crime", "merseyside"): (Month(2019, 7),)}
    assert "crime of merseyside lacks July 2019; a missing month is not zero." in result.said()


def test_rows_without_an_area_and_codes_of_unknown_vintage_are_counted(tmp_path):
    nowhere = BURGLARY.replace("E01018537", "")

    _, result = brought_in(tmp_path, written(tmp_path / "in", BURGLARY, nowhere))

    one = result.files[0]
    assert (one.rows_without_area, one.area_codes_of_unknown_vintage) == (1, 1)


def test_progress_tells_rows_and_bytes(tmp_path):
    path, told = written(tmp_path / "in", BURGLARY, ASB), []

    brought_in(tmp_path, path, progress=lambda *what: told.append(what))

    assert told == [(NAME, 0, 0, path.stat().st_size), (NAME, 2, *[path.stat().st_size] * 2)]


def test_columns_that_no_contract_takes_are_left_out_and_named(tmp_path):
    path = written(tmp_path / "in", BURGLARY + ",PC 123", header=HEADER + ",Officer")

    store, result = brought_in(tmp_path, path)

    assert result.files[0].left_out == ("Officer",)
    assert "crime does not take Officer." in result.said()
    assert "PC 123" not in str(stored(store))


def test_rows_set_aside_keep_their_number_reason_and_text(tmp_path):
    path = written(tmp_path / "in", BURGLARY, BURGLARY.replace("Burglary", "Arson"), "a,b", ASB)

    store, result = brought_in(tmp_path, path, set_aside=True)

    one = result.files[0]
    assert (one.rows_read, one.rows_stored, one.rows_rejected) == (4, 2, 2)
    assert stored(store, columns="row_number") == [(1,), (4,)]
    found = store.rejected(1)
    assert [(r["row_number"], r["column"], r["value"], r["reason"]) for r in found] == [
        (2, "Crime type", "Arson", "is no code of crime_type"),
        (3, "", "", "2 cells where the header has 12 columns"),
    ]
    assert found[1]["raw"] == "a,b"
    assert '"crime_id": "ab12"' in found[0]["raw"]


def test_text_of_columns_left_out_is_not_kept_with_rows_set_aside_either(tmp_path):
    header = HEADER + ",Officer"
    path = written(
        tmp_path / "in", BURGLARY.replace("Burglary", "?") + ",PC 9", "PC 9", header=header
    )

    store, _ = brought_in(tmp_path, path, set_aside=True)

    assert "PC 9" not in str(store.rejected(1))


def test_every_problem_of_every_file_is_collected_up_to_fifty(tmp_path):
    bad = BURGLARY.replace("Burglary", "?").replace("-3.069158", "west")
    paths = [
        written(tmp_path / "in", *[bad] * (20 + n), name=f"2019-06-merseyside-street-{n}.csv")
        for n in range(2)
    ]

    with pytest.raises(FileRefused) as refusal:
        brought_in(tmp_path, *paths)

    assert len(refusal.value.problems) == 50
    assert {one.file for one in refusal.value.problems} == {one.name for one in paths}


def test_a_refused_batch_leaves_nothing_and_takes_the_good_files_with_it(tmp_path):
    good = written(tmp_path / "in", BURGLARY)
    bad = written(tmp_path / "in", "x", name="2019-08-merseyside-street.csv")

    with pytest.raises(FileRefused):
        brought_in(tmp_path, good, bad)
    _, result = brought_in(tmp_path, good)

    assert [one.state for one in result.files] == ["stored"]
    assert on_disk(tmp_path) == ["records/crime/00000003/000000.parquet"]


def test_an_unknown_code_is_said_with_file_row_column_and_value(tmp_path):
    assert refused(tmp_path, BURGLARY, BURGLARY.replace("Burglary", "Burglery")) == (
        f"{NAME} was not brought in: 1 problem\n"
        f"  {NAME}, row 2, column Crime type: is no code of crime_type; the nearest is burglary "
        "(found 'Burglery')\n"
        "Expected: Crime type: one of anti-social-behaviour, bicycle-theft, burglary, "
        "criminal-damage-and-arson, drugs, other-crime, other-theft, possession-of-weapons, "
        "public-order, robbery, shoplifting, theft-from-the-person, vehicle-crime, "
        "violence-and-sexual-offences, violent-crime, public-disorder-and-weapons\n" + SET_ASIDE
    )


def test_a_month_in_the_future_is_refused(tmp_path):
    row = BURGLARY.replace("2019-06", "2027-01")

    assert refused(tmp_path, row, name="x.csv") == (
        "x.csv was not brought in: 1 problem\n"
        "  x.csv, row 1, column Month: lies in the future of 2026-11-22 (found '2027-01')\n"
        "Expected: Month: a month to date\n" + SET_ASIDE
    )


def test_a_month_other_than_the_file_names_is_refused(tmp_path):
    assert refused(tmp_path, BURGLARY.replace("2019-06", "2019-07")) == (
        f"{NAME} was not brought in: 1 problem\n"
        f"  {NAME}, row 1, column Month: differs from the file's name: 2019-06 "
        "(found '2019-07')\nExpected: Month: a month to date\n" + SET_ASIDE
    )


def test_rows_of_another_force_than_the_file_names_are_refused(tmp_path):
    row = BURGLARY.replace("Merseyside Police,-", "Essex Police,-")

    assert "column Falls within: differs from the file's name: merseyside (found 'Essex" in refused(
        tmp_path, row
    )


def test_a_force_that_changed_its_name_is_known_by_the_name_of_its_file(tmp_path):
    row = BURGLARY.replace("Merseyside Police", "Mersey Constabulary")

    store, _ = brought_in(tmp_path, written(tmp_path / "in", row))

    assert stored(store, columns="source") == [("merseyside",)]


def test_an_unknown_force_in_a_file_name_is_refused(tmp_path):
    name = "2019-06-mersyside-street.csv"

    assert refused(tmp_path, BURGLARY, name=name) == (
        f"{name} was not brought in: 1 problem\n"
        f"  {name}: the file's name speaks of a force that is not known (found 'mersyside')\n"
        "Expected: a force as police.uk names it, such as merseyside, humberside\n"
        "Next: give the file the name under which it was downloaded"
    )


def test_a_missing_column_is_named(tmp_path):
    header = HEADER.replace(",Crime type", "")

    assert refused(tmp_path, BURGLARY.replace(",Burglary", ""), header=header) == (
        f"{NAME} was not brought in: 1 problem\n"
        f"  {NAME}, column Crime type: the column is missing\n"
        "Expected: the columns of police.uk street-level crime: Falls within, Month, Crime type, "
        "Crime ID, LSOA code, LSOA name, Location, Longitude, Latitude, Last outcome category, "
        "Reported by, Context\n"
        "Next: bring in the file as it was supplied, or draft a mapping for it: "
        "regard mapping draft FILE"
    )


def test_a_header_that_names_a_column_twice_is_refused(tmp_path):
    assert refused(tmp_path, BURGLARY + ",x", header=HEADER + ",Month") == (
        f"{NAME} was not brought in: 1 problem\n"
        f"  {NAME}, column Month: the header has this column 2 times\n"
        "Expected: a header that names each column once\n"
        "Next: correct the header at its source, or take the column out there"
    )


def test_a_header_without_rows_is_refused(tmp_path):
    assert refused(tmp_path) == (
        f"{NAME} was not brought in: 1 problem\n"
        f"  {NAME}: there is a header and no row below it\n"
        "Expected: at least one row; a month without offences is still a month not supplied\n"
        "Next: leave the file out; the month stays missing until rows come"
    )


def test_a_shape_that_no_reader_knows_says_what_was_looked_for(tmp_path):
    said = refused(tmp_path, "1,2", header="A,B", name="own.csv")

    assert said.startswith(
        "own.csv has columns that no reader knows: A, B\n"
        "Expected: Home Office police officers by force (force_or_region, as_at, officer_fte, src)"
    )
    assert "Home Office recorded crime by force area (Force_Name, Financial_Quarter, " in said
    assert said.endswith("Next: draft a mapping for it: regard mapping draft FILE")


def test_a_file_in_another_encoding_is_refused(tmp_path):
    path = written(tmp_path / "in", BURGLARY)
    path.write_bytes(path.read_bytes().replace(b"High", b"Caf\xe9"))

    with pytest.raises(FileUnreadable) as refusal:
        brought_in(tmp_path, path)

    assert str(refusal.value).startswith(
        f"{NAME} is not UTF-8: byte 212 is 0xe9, in or near row 1\n"
    )
    assert stored(Store(tmp_path)) == []


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path):
    plain = written(tmp_path / "a", BURGLARY, ASB)
    other = written(tmp_path / "b")
    other.write_bytes(b"\xef\xbb\xbf" + plain.read_bytes().replace(b"\n", b"\r\n"))

    first, _ = brought_in(tmp_path / "one", plain)
    second, _ = brought_in(tmp_path / "two", other)

    assert stored(first) == stored(second)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "x.csv is empty: 0 bytes"),
        (b"\x1f\x8b\x08\x00", "x.csv is a gzip file"),
        (b"\xd0\xcf\x11\xe0", "x.csv is an Excel workbook of the old kind"),
        ("a,b\n1,2\n".encode("utf-16"), "x.csv is text in UTF-16"),
        (b"%PDF-1.7", "x.csv is a PDF file"),
        (b"PAR1 and then nothing", "x.csv is a damaged Parquet file"),
        (b"PK\x03\x04 and then nothing", "x.csv is a ZIP that cannot be unpacked"),
        (HEADER.encode() + b"\n\0\n", "x.csv holds a zero byte at byte 129"),
    ],
)
def test_a_file_of_another_kind_is_refused_by_what_it_is(tmp_path, content, message):
    path = tmp_path / "x.csv"
    path.write_bytes(content)

    with pytest.raises(FileUnreadable) as refusal:
        brought_in(tmp_path, path)

    assert str(refusal.value).startswith(message)
    assert refusal.value.expected
    assert refusal.value.next_step
    assert refusal.value.exit_code == 12


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(FileUnreadable, match="none.csv cannot be read: No such file"):
        brought_in(tmp_path, tmp_path / "none.csv")


def test_a_folder_is_brought_in_with_all_its_files(tmp_path):
    written(tmp_path / "in" / "2019-06", BURGLARY)
    outcomes = HEADER.replace("Crime type,Last outcome category,Context", "Outcome type")
    row = ",".join([*BURGLARY.split(",")[:9], "Local resolution"])
    written(
        tmp_path / "in" / "2019-06", row, name="2019-06-merseyside-outcomes.csv", header=outcomes
    )

    store, result = brought_in(tmp_path, tmp_path / "in")

    assert [one.dataset for one in result.files] == ["outcome", "crime"]
    assert stored(store, "outcome", "outcome") == [("local-resolution",)]


def test_stop_and_search_is_left_alone_and_named(tmp_path):
    header = "Type,Date,Gender,Age range,Legislation,Object of search,Outcome"
    written(tmp_path / "in", "a,b,c,d,e,f,g", name="stop.csv", header=header)
    written(tmp_path / "in", BURGLARY)

    _, result = brought_in(tmp_path, tmp_path / "in")

    assert [one.state for one in result.files] == ["stored", "left alone"]
    assert (
        "stop.csv was left alone: each row describes a person, and no person is a row in Regard."
        in result.said()
    )


def test_a_zip_and_its_unpacked_folder_are_the_same_files(tmp_path):
    path = written(tmp_path / "in", BURGLARY)
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.write(path, f"2019-06/{NAME}")
    brought_in(tmp_path, tmp_path / "x.zip")

    store, result = brought_in(tmp_path, path)

    assert [one.state for one in result.files] == ["known"]
    assert store.ledger.history()[0].file == f"x.zip/2019-06/{NAME}"


def test_a_file_that_changes_midway_is_refused_and_nothing_stays(tmp_path):
    path = written(tmp_path / "in", *[BURGLARY] * 50)

    def change(*_: object) -> None:
        path.write_text(path.read_text().replace("High", "Low "))

    with pytest.raises(FileChanged) as refusal:
        brought_in(tmp_path, path, progress=change)

    assert str(refusal.value) == (
        f"{NAME} changed while it was being read; nothing of it was stored\n"
        "Expected: a file that stays as it is until the import has finished\n"
        "Next: wait until whatever writes it has finished, then give the same command again"
    )
    assert on_disk(tmp_path) == []


def test_a_change_that_keeps_length_and_time_is_seen_by_the_hash(tmp_path):
    path = written(tmp_path / "in", *[BURGLARY] * 50)

    def change(*_: object) -> None:
        stamp = path.stat()
        path.write_text(path.read_text().replace("High", "Lowe"))
        os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))

    with pytest.raises(FileChanged):
        brought_in(tmp_path, path, progress=change)


def test_a_second_importer_is_told_that_the_store_is_busy(tmp_path):
    path, store = written(tmp_path / "in", BURGLARY), Store(tmp_path)

    with store.writing(), pytest.raises(StoreBusy) as refusal:
        import_files(store, [path])

    assert str(refusal.value) == (
        f"another import into {tmp_path / 'records'} is under way\n"
        "Expected: one import at a time\n"
        "Next: wait until it has finished, then give the same command again"
    )


def test_a_reader_and_a_mapping_cannot_both_be_given(tmp_path):
    with pytest.raises(DefinitionRefused, match="both the reader x and a mapping are given"):
        brought_in(tmp_path, reader="x", mapping=read_mapping(SURVEY, "m.toml"))


def test_an_unknown_reader_is_refused(tmp_path):
    with pytest.raises(NotKnown, match="no reader is called 'police'"):
        brought_in(tmp_path, reader="police")


def test_two_files_of_one_delivery_for_the_same_month_are_refused(tmp_path):
    first = written(tmp_path / "a", BURGLARY)
    second = written(tmp_path / "b", ASB)

    with pytest.raises(FileRefused) as refusal:
        brought_in(tmp_path, first, second)

    assert str(refusal.value) == (
        f"{NAME} was not brought in: 1 problem\n"
        f"  {NAME}: {NAME} holds 2019-06 of merseyside too\n"
        "Expected: one file for a source and month\n"
        "Next: take the older file out and give the command again"
    )


def test_two_surveys_of_one_month_stand_side_by_side(tmp_path):
    how = read_mapping(SURVEY, "m.toml")
    first = written(tmp_path / "a", "2014-02,ftd,900,700", header="month,survey,n,yes")
    second = written(tmp_path / "b", "2014-02,victims,80,70", header="month,survey,n,yes")
    brought_in(tmp_path, first, mapping=how)

    store, _ = brought_in(tmp_path, second, mapping=how)

    assert store.visible("survey").superseded == frozenset()
    assert stored(store, "survey", "survey, answers, positive, design_effect") == [
        ("ftd", 900, 700.0, 1.0),
        ("victims", 80, 70.0, 1.0),
    ]


def test_a_month_is_not_replaced_in_part(tmp_path):
    how, header = read_mapping(SURVEY, "m.toml"), "month,survey,n,yes"
    both = written(tmp_path / "a", "2014-02,ftd,9,7", "2014-02,victims,8,7", header=header)
    one = written(tmp_path / "b", "2014-02,ftd,9,6", header=header)
    brought_in(tmp_path, both, mapping=how)

    with pytest.raises(FileRefused) as refusal:
        brought_in(tmp_path, one, mapping=how)

    assert str(refusal.value) == (
        f"{NAME} was not brought in: 1 problem\n"
        f"  {NAME}, column survey: replaces a part of 2014-02 of west-midlands in import 1 and "
        "leaves victims\n"
        "Expected: every part of the month, or only parts that nobody has supplied yet\n"
        "Next: bring the parts in together, or withdraw the earlier import first"
    )


def test_the_same_file_by_another_mapping_is_another_import(tmp_path):
    header = "month,survey,n,yes"
    path = written(tmp_path / "a", "2014-02,ftd,9,7", header=header)
    brought_in(tmp_path, path, mapping=read_mapping(SURVEY, "m.toml"))
    other = read_mapping(SURVEY.replace('"q"', '"r"'), "m.toml")

    store, _ = brought_in(tmp_path, path, mapping=other)

    assert store.visible("survey").superseded == {(1, "west-midlands", "2014-02")}


def test_columns_of_a_contract_need_no_mapping(tmp_path):
    path = written(tmp_path / "in", "merseyside,2019-06,1429910", header="source,month,persons")

    store, result = brought_in(tmp_path, path)

    assert result.files[0].reader == "population-as-it-stands 1"
    assert stored(store, "population", "persons") == [(1429910,)]


def test_the_ledger_lists_what_each_source_supplied(tmp_path):
    store, _ = brought_in(tmp_path, written(tmp_path / "in", BURGLARY, ASB), label="a note")

    supplied = store.ledger.supplied(1)
    assert store.ledger.slices(1) == {("merseyside", "2019-06"): 2}
    assert supplied["merseyside", "crime_type", "burglary"] == 1
    assert supplied["merseyside", "crime_id", "*"] == 1
    assert ("merseyside", "offence", "*") not in supplied
    assert store.ledger.listed()[0]["label"] == "a note"


names = st.sampled_from(["merseyside", "essex"])
months = st.sampled_from(["2018-01", "2018-02", "2026-11"])
types = st.sampled_from(["burglary", "drugs", ""])
words = st.text(alphabet='ab,"\n\r é;', max_size=5)
numbers = st.one_of(st.just(""), st.floats(-180, 180, allow_nan=False).map(repr))
rows = st.lists(st.tuples(names, months, types, words, numbers), min_size=1, max_size=12)


@pytest.mark.slow
@pytest.mark.law
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=rows, size=st.integers(1, 300))
def test_rows_come_back_as_they_went_in(tmp_path_factory, monkeypatch, table, size):
    home = tmp_path_factory.mktemp("home")
    header = ["source", "month", "crime_type", "location", "longitude"]
    (home / "x.csv").write_text(csv_text([header, *map(list, table)]), "utf-8", newline="")
    monkeypatch.setattr(stream, "CHUNK_BYTES", size)

    store, result = brought_in(home, home / "x.csv")

    wanted = [
        (n, s, m, t or None, w.strip(" ") or None, float(x) if x else None)
        for n, (s, m, t, w, x) in enumerate(table, 1)
    ]
    assert stored(store, columns="row_number, source, month, crime_type, location, longitude") == (
        wanted
    )
    assert result.files[0].twins == len(wanted) - len({one[1:] for one in wanted})


@pytest.mark.slow
@pytest.mark.real
@pytest.mark.real
def test_a_download_as_it_came_is_brought_in_whole(tmp_path, shared_data):
    store, result = brought_in(tmp_path, shared_data / "raw_csv_sample.zip")

    assert [one.state for one in result.files] == ["stored"] * 12
    assert result.rows_stored == 87_336
    assert Month(2019, 7) in result.missing["crime", "merseyside"]
    assert Month(2019, 7) not in result.missing["crime", "city-of-london"]
    assert sum(one.twins for one in result.files if one.dataset == "crime") == 6_459
    assert store.ledger.slices(5) == {("merseyside", "2019-06"): 13_297}


@pytest.mark.real
def test_negative_counts_of_the_home_office_table_are_kept(tmp_path, shared_data):
    store, result = brought_in(tmp_path, shared_data / "ho_prc_pfa_2017_18.parquet")

    counts = stored(store, "recorded_crime", "offences")
    assert (len(counts), sum(count < 0 for (count,) in counts)) == (23_068, 36)
    assert result.files[0].left_out == ("Policeuk_Cat",)
    assert result.missing == {}
    assert store.ledger.slices(1)["west-midlands", "2018-01"] == 131


@pytest.mark.real
@pytest.mark.slow
def test_the_home_office_table_as_csv_gives_the_same_rows(tmp_path, shared_data):
    table = shared_data / "ho_prc_pfa_2017_18.parquet"
    duckdb.sql(f"COPY (FROM '{table}') TO '{tmp_path / 'table.csv'}' (HEADER)")
    columns = "row_number, source, month, quarter, offence, offence_group, offences"

    first, _ = brought_in(tmp_path / "one", table)
    second, _ = brought_in(tmp_path / "two", tmp_path / "table.csv")

    assert stored(first, "recorded_crime", columns) == stored(second, "recorded_crime", columns)


@pytest.mark.real
@pytest.mark.slow
def test_three_forces_in_one_parquet_come_in_whole(tmp_path, shared_data):
    name = "policeuk_street_merseyside_avonsomerset_cityoflondon_2018-01_2020-12.parquet"

    store, result = brought_in(tmp_path, shared_data / name)

    files = [str(path) for path in store.visible("crime").parquet]
    by_source = duckdb.sql(
        "SELECT source, count(*), count(*) - count(lsoa) FROM read_parquet($files) "
        "GROUP BY 1 ORDER BY 1",
        params={"files": files},
    ).fetchall()
    assert by_source == [
        ("avon-and-somerset", 500_606, 49_842),
        ("city-of-london", 24_503, 1_824),
        ("merseyside", 489_905, 0),
    ]
    assert result.missing == {
        ("crime", "avon-and-somerset"): (Month(2019, 7),),
        ("crime", "merseyside"): (Month(2019, 7),),
    }
    asb = store.ledger.supplied(1)
    assert sum(n for (_, c, v), n in asb.items() if v == "anti-social-behaviour") == 208_872


@pytest.mark.real
@pytest.mark.slow
def test_london_burglaries_and_their_outcomes_come_in_whole(tmp_path, shared_data):
    _, result = brought_in(
        tmp_path,
        shared_data / "policeuk_met_burglary_2010-12_2021-12.parquet",
        shared_data / "policeuk_met_outcomes_2012-01_2021-12.parquet",
    )

    assert [(one.dataset, one.rows_stored) for one in result.files] == [
        ("crime", 851_697),
        ("outcome", 167_706),
    ]
    assert result.missing == {}


def test_the_clock_stands_where_no_instant_is_given(tmp_path):
    before = datetime.now(UTC)

    store, _ = brought_in(tmp_path, written(tmp_path / "in", BURGLARY), now=None)

    finished = store.ledger.history()[0].finished_at
    assert finished is not None
    assert before <= finished <= datetime.now(UTC)


@pytest.mark.parametrize("name", ["a", "c{}"])
def test_a_header_of_thousands_of_columns_is_refused_at_once(tmp_path, name):
    many = ",".join(name.format(at) for at in range(100_000))
    wide = written(tmp_path, BURGLARY, header=f"{HEADER},{many}")

    with pytest.raises(FileRefused, match="the header has 100,012 columns"):
        brought_in(tmp_path / "home", wide)


def test_a_wounded_parquet_file_is_refused_and_never_fails(tmp_path):
    whole = tmp_path / "whole.parquet"
    rows = str(written(tmp_path, *[BURGLARY] * 50))
    duckdb.read_csv(rows, all_varchar=True).write_parquet(str(whole))
    held = bytearray(whole.read_bytes())
    for at in range(4, len(held) - 1_500):
        held[at] ^= 0xFF
    torn = tmp_path / "torn.parquet"
    torn.write_bytes(held)

    with pytest.raises(FileUnreadable, match=r"torn\.parquet is a damaged Parquet file"):
        brought_in(tmp_path / "home", torn)

    assert Store(tmp_path / "home").ledger.imports() == []
