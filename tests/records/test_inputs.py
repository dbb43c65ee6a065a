"""Files, folders and archives: what is read, and what is not believed."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from regard.core.errors import FileChanged, FileUnreadable
from regard.records import inputs as module
from regard.records.inputs import inputs


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def names(path: Path, staging: Path) -> list[str]:
    staging.mkdir(exist_ok=True)
    return [one.name for one in inputs([path], staging)]


def test_a_folder_gives_its_csv_and_parquet_files_in_order(tmp_path):
    for name in ("b.csv", "a.CSV", ".hidden.csv", "__MACOSX/c.csv", "notes.txt", "d/e.csv"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a,b\n1,2\n")

    assert names(tmp_path / "in", tmp_path / "s") == ["a.CSV", "b.csv", "e.csv"]


def test_a_folder_without_csv_files_is_refused(tmp_path):
    (tmp_path / "in").mkdir()

    with pytest.raises(FileUnreadable) as refusal:
        names(tmp_path / "in", tmp_path / "s")

    assert str(refusal.value) == (
        f"the folder {tmp_path / 'in'} has no CSV or Parquet file in it\n"
        "Expected: a folder with files named *.csv or *.parquet, at any depth\n"
        "Next: give the folder into which the download was unpacked, or the ZIP itself"
    )


def test_members_of_an_archive_are_unpacked_under_a_name_of_our_own(tmp_path):
    archive = zipped(tmp_path / "x.zip", {"../../evil.csv": b"a\n1\n", "/b.csv": b"a\n2\n"})
    staging = tmp_path / "s"
    staging.mkdir()

    places = [(one.name, one.path) for one in inputs([archive], staging)]

    assert [name for name, _ in places] == ["x.zip/../../evil.csv", "x.zip//b.csv"]
    assert {path for _, path in places} == {staging / "input.csv"}
    assert list(staging.iterdir()) == []
    assert not list(tmp_path.rglob("evil.csv"))


def test_a_member_that_grows_beyond_belief_is_refused_before_it_fills_the_disk(tmp_path):
    archive = zipped(tmp_path / "x.zip", {"a.csv": b"0" * 40_000_000})

    with pytest.raises(FileUnreadable) as refusal:
        names(archive, tmp_path / "s")

    assert str(refusal.value).startswith("x.zip unpacks without end: a.csv has reached 9,437,184")
    assert refusal.value.next_step


def test_an_archive_that_grows_beyond_the_whole_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    archive = zipped(tmp_path / "x.zip", {"a.csv": b"a\n1\n2\n", "b.csv": b"a\n1\n2\n"})

    with pytest.raises(FileUnreadable, match="b.csv has reached 6 bytes"):
        names(archive, tmp_path / "s")


def test_an_archive_of_too_many_members_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_MEMBERS", 1)
    archive = zipped(tmp_path / "x.zip", {"a.csv": b"1", "b.csv": b"2"})

    with pytest.raises(FileUnreadable, match="x.zip has 2 members"):
        names(archive, tmp_path / "s")


def test_an_archive_without_csv_files_is_refused(tmp_path):
    archive = zipped(tmp_path / "x.zip", {"a.txt": b"1"})

    with pytest.raises(FileUnreadable, match="x.zip has no CSV file in it; members in all: 1"):
        names(archive, tmp_path / "s")


def test_a_workbook_is_told_from_a_zip_of_csv_files(tmp_path):
    archive = zipped(tmp_path / "x.xlsx", {"[Content_Types].xml": b"", "xl/a.csv": b"1"})

    with pytest.raises(FileUnreadable) as refusal:
        names(archive, tmp_path / "s")

    assert str(refusal.value) == (
        "x.xlsx is a workbook or document, not a ZIP of CSV files\n"
        "Expected: CSV in UTF-8, Parquet, or a ZIP of CSV files\n"
        "Next: save the sheet as CSV UTF-8 and give the command again"
    )


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.99])
def test_a_truncated_archive_is_refused(tmp_path, cut):
    archive = zipped(tmp_path / "x.zip", {"a.csv": b"a,b\n1,2\n" * 1000})
    content = archive.read_bytes()
    archive.write_bytes(content[: int(len(content) * cut)])

    with pytest.raises(FileUnreadable) as refusal:
        names(archive, tmp_path / "s")

    assert str(refusal.value) == (
        "x.zip is a ZIP that cannot be unpacked: File is not a zip file\n"
        "Expected: a whole ZIP; a download that broke off has no table of contents at its end\n"
        "Next: fetch it again and compare its length with the one that was announced"
    )


def test_a_damaged_member_is_refused(tmp_path):
    archive = zipped(tmp_path / "x.zip", {"a.csv": bytes(range(33, 120)) * 100})
    content = bytearray(archive.read_bytes())
    content[60] ^= 0xFF
    archive.write_bytes(content)

    with pytest.raises(FileUnreadable, match="x.zip is a ZIP that cannot be unpacked"):
        names(archive, tmp_path / "s")


def test_a_member_of_another_kind_is_refused(tmp_path):
    archive = zipped(tmp_path / "x.zip", {"a.csv": b"PAR1 and more"})

    with pytest.raises(FileUnreadable, match="x.zip/a.csv is a parquet file under the name of"):
        names(archive, tmp_path / "s")


def test_a_parquet_file_that_changes_while_it_is_copied_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1" + b"x" * 100)
    stamps = iter([(1, 1), (2, 2)])
    monkeypatch.setattr(module, "stamp_of", lambda _: next(stamps))

    with pytest.raises(FileChanged, match="a.parquet changed while it was being read"):
        names(path, tmp_path / "s")
