"""A disk that fails at the n-th write, for every n: a clean error, nothing half there, go on."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from records.street import ASB, BURGLARY, brought_in, stored, written
from regard.core.errors import NotStored
from regard.records import disk, ledger, stream
from regard.records.store import Store

CALLS = 40  # more than an import of this file makes; the last ones must succeed


class FailingAt:
    """Lets every call through but the n-th."""

    def __init__(self, n: int) -> None:
        self.left = n

    def wrap(self, call: Callable, error: Exception) -> Callable:
        def counted(*args, **kwargs):
            self.left -= 1
            if self.left == 0:
                raise error
            return call(*args, **kwargs)

        return counted


def full() -> OSError:
    return OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def file(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(stream, "CHUNK_BYTES", 300)
    return written(tmp_path / "in", *[BURGLARY, ASB] * 6)


def imported_or_not(home: Path, file: Path) -> str:
    try:
        brought_in(home, file)
    except NotStored as refusal:
        return str(refusal)
    return ""


def nothing_is_half_there(home: Path) -> None:
    assert stored(Store(home)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["fsync", "replace", "open"])
@pytest.mark.parametrize("n", range(1, CALLS))
def test_a_call_that_fails_leaves_nothing_half_and_the_next_try_finishes(
    tmp_path, monkeypatch, file, name, n
):
    with monkeypatch.context() as patched:
        patched.setattr(disk.os, name, FailingAt(n).wrap(getattr(os, name), full()))
        said = imported_or_not(tmp_path, file)
    if said:
        nothing_is_half_there(tmp_path)

    store, _ = brought_in(tmp_path, file)

    assert [row for (row,) in stored(store, columns="row_number")] == list(range(1, 13))


def test_a_full_disk_says_so_in_three_parts(tmp_path, monkeypatch, file):
    monkeypatch.setattr(disk.os, "replace", FailingAt(1).wrap(os.replace, full()))

    said = imported_or_not(tmp_path, file)

    assert said == (
        f"{tmp_path / 'records'} could not be written: [Errno 28] No space left on device\n"
        "Expected: a disk with room, and leave to write in the data folder\n"
        "Next: make room, then give the same command again; it goes on where it stopped"
    )


class Failing(sqlite3.Connection):
    """A ledger whose disk is full at the n-th commit."""

    at = FailingAt(0)

    def execute(self, statement, *values):
        if statement == "COMMIT":
            error = sqlite3.OperationalError("database or disk is full")
            return self.at.wrap(super().execute, error)(statement, *values)
        return super().execute(statement, *values)


@pytest.mark.slow
@pytest.mark.parametrize("n", range(1, 12))
def test_a_commit_that_fails_leaves_nothing_half_and_the_next_try_finishes(
    tmp_path, monkeypatch, file, n
):
    connect = sqlite3.connect
    with monkeypatch.context() as patched:
        patched.setattr(Failing, "at", FailingAt(n))
        patched.setattr(
            ledger.sqlite3, "connect", lambda *a, **k: connect(*a, **{**k, "factory": Failing})
        )
        said = imported_or_not(tmp_path, file)
    if said:
        nothing_is_half_there(tmp_path)

    store, _ = brought_in(tmp_path, file)

    assert [row for (row,) in stored(store, columns="row_number")] == list(range(1, 13))


def test_an_import_goes_on_behind_what_was_stored(tmp_path, monkeypatch, file):
    with monkeypatch.context() as patched:
        patched.setattr(disk.os, "replace", FailingAt(3).wrap(os.replace, full()))
        imported_or_not(tmp_path, file)
    told = []

    brought_in(tmp_path, file, progress=lambda _, rows, *__: told.append(rows))

    assert told[0] > 0
    assert told[-1] == 12


def test_chunks_of_other_bytes_are_not_gone_on_behind(tmp_path, monkeypatch, file):
    with monkeypatch.context() as patched:
        patched.setattr(disk.os, "replace", FailingAt(3).wrap(os.replace, full()))
        imported_or_not(tmp_path, file)
    store = Store(tmp_path)
    with store.ledger.opened() as connection:
        connection.execute("UPDATE chunk SET read_sha = 'other'")

    brought_in(tmp_path, file)

    assert [one.state for one in store.ledger.history()] == ["refused", "finished"]
    assert [row for (row,) in stored(store, columns="row_number")] == list(range(1, 13))


def test_what_another_command_broke_off_is_given_up_when_one_finishes(tmp_path, monkeypatch, file):
    with monkeypatch.context() as patched:
        patched.setattr(disk.os, "replace", FailingAt(3).wrap(os.replace, full()))
        imported_or_not(tmp_path, file)
    other = written(tmp_path / "other", BURGLARY, ASB, BURGLARY)

    store, _ = brought_in(tmp_path, other)

    assert [one.state for one in store.ledger.history()] == ["refused", "finished"]
    assert not store.folder(1).exists()
