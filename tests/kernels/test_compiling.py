"""Compiled code never outlives the sources it was compiled from."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
from numba import config

from regard.kernels import compiling
from regard.kernels.compiling import NAMED, OLD, folder_for, stamp_of


@pytest.fixture
def room(tmp_path):
    folder = tmp_path / "room"
    folder.mkdir()
    (folder / "a.py").write_text("A = 1\n")
    return folder


def test_a_changed_source_has_another_folder(room, tmp_path):
    first = folder_for(room, tmp_path / "kept")
    (room / "a.py").write_text("A = 22\n")

    second = folder_for(room, tmp_path / "kept")

    assert first != second
    assert second.is_dir()


def test_the_same_sources_have_the_same_folder(room, tmp_path):
    assert folder_for(room, tmp_path / "kept") == folder_for(room, tmp_path / "kept")
    assert stamp_of(room) == stamp_of(room)


def test_folders_that_nothing_wrote_to_for_a_day_are_removed(room, tmp_path):
    kept = tmp_path / "kept"
    stale, fresh = kept / f"{NAMED}room-stale", kept / f"{NAMED}room-fresh"
    another = kept / f"{NAMED}next-stale"
    for one in (stale, fresh, another):
        one.mkdir(parents=True)
    long_ago = time.time() - OLD - 60
    for one in (stale, another):
        os.utime(one, (long_ago, long_ago))

    folder_for(room, kept)

    assert fresh.exists()
    assert another.exists()
    assert not stale.exists()


def test_where_nothing_can_be_written_numba_chooses(room, tmp_path):
    barred = tmp_path / "file"
    barred.write_text("")

    assert folder_for(room, barred) is None


def test_what_is_not_of_this_house_is_kept_where_numba_chooses(tmp_path, monkeypatch):
    monkeypatch.setattr(config, "CACHE_DIR", "before")

    compiling.keep_for(tmp_path / "notebook.py")

    assert config.CACHE_DIR == ""


def test_where_nothing_may_be_kept_a_function_is_compiled_all_the_same(monkeypatch):
    asked = []

    def kept():
        return 1

    def nowhere(**how):
        asked.append(how)
        if how.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return lambda function: function

    monkeypatch.setattr(compiling, "njit", nowhere)

    assert compiling.compiled(kept) is kept
    assert asked == [{"cache": True, "nogil": True}, {"nogil": True}]


CALLED = """
from regard.kernels.compiling import compiled
@compiled
def value():
    return {number}
"""
CALLING = """
from callee import value
from regard.kernels.compiling import compiled
@compiled
def twice():
    return 2 * value()
"""
RUN = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from regard.kernels import compiling
compiling.HOUSE, compiling.KEPT = Path(sys.argv[1]), Path(sys.argv[2])
compiling._folder_of = lambda room: compiling.folder_for(Path(sys.argv[1]), Path(sys.argv[2]))
from caller import twice
print(twice())
"""


@pytest.mark.slow
@pytest.mark.real
def test_a_function_compiled_elsewhere_is_never_the_old_one(tmp_path):
    """The fault that this room is against: without a folder a state, 2 is printed twice."""
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "caller.py").write_text(CALLING)
    said = []
    for number in (1, 2):
        (sources / "callee.py").write_text(CALLED.format(number=number))
        done = subprocess.run(
            [sys.executable, "-c", RUN, str(sources), str(tmp_path / "kept")],
            capture_output=True, text=True, check=True, timeout=100,
        )  # fmt: skip
        said.append(done.stdout.strip())

    assert said == ["2", "4"]
