"""A file is there whole or not at all, and is read by whom the umask lets."""

from __future__ import annotations

import os
import stat

import pytest

from regard.capability.whole_files import write_whole


@pytest.fixture
def umask():
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_its_mode_is_that_of_the_files_beside_it(tmp_path, umask):
    beside = tmp_path / "made-plainly"
    beside.write_text("as any other")

    write_whole(tmp_path / "answers" / "one.json", "é")

    made = tmp_path / "answers" / "one.json"
    assert made.read_text(encoding="utf-8") == "é"
    assert stat.S_IMODE(made.stat().st_mode) == stat.S_IMODE(beside.stat().st_mode) == 0o644


def test_what_cannot_be_moved_leaves_nothing_behind(tmp_path):
    (tmp_path / "one.json").mkdir()

    with pytest.raises(OSError, match=r"one\.json"):
        write_whole(tmp_path / "one.json", "text")

    assert [one.name for one in tmp_path.iterdir()] == ["one.json"]
