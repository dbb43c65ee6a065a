"""An edition of a force's own, taken in as text."""

from __future__ import annotations

import pytest

from regard.core.errors import DefinitionRefused, FileUnreadable, NotStored
from regard.library.adding import LARGEST, add_edition
from regard.library.shelf import library
from regard.library.writing import edition_text


def own_text() -> str:
    text = edition_text(library().edition("npr-2012"))
    return text.replace('id = "npr-2012"', 'id = "own-1"').replace('"npr"', '"own"')


def test_what_is_taken_in_stands_on_the_shelf(tmp_path):
    folder = tmp_path / "home" / "library"

    made = add_edition(folder, own_text().encode(), "own.toml")

    assert library(folder).edition("own-1").digest == made.digest
    assert [one.name for one in folder.parent.iterdir()] == ["library"]


def test_what_is_taken_in_is_kept_byte_for_byte(tmp_path):
    content = f"# A force's own.\n{own_text()}".encode()

    add_edition(tmp_path / "library", content, "own.toml")

    assert (tmp_path / "library" / "editions" / "own-1.toml").read_bytes() == content


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"#" * (LARGEST + 1), FileUnreadable),
        (b"\xff", FileUnreadable),
        (b"a = [", FileUnreadable),
        (b"a = " + b"[" * 10_000, FileUnreadable),
        (b"a = " + b"9" * 10_000, FileUnreadable),
        (b"a = 1e99999999999999999999", FileUnreadable),
        (b"", DefinitionRefused),
        (edition_text(library().edition("npr-2012")).encode(), DefinitionRefused),
    ],
)
def test_nothing_is_kept_of_what_is_refused(tmp_path, content, kind):
    with pytest.raises(kind):
        add_edition(tmp_path / "library", content, "own.toml")

    assert not list(tmp_path.rglob("*.toml"))


def test_an_edition_is_taken_in_once(tmp_path):
    add_edition(tmp_path / "library", own_text().encode(), "own.toml")

    with pytest.raises(DefinitionRefused, match="own-1 stands in own-1.toml already"):
        add_edition(tmp_path / "library", own_text().encode(), "own.toml")


def test_a_disk_that_takes_nothing_is_said(tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    with pytest.raises(NotStored):
        add_edition(tmp_path / "file" / "library", own_text().encode(), "own.toml")
