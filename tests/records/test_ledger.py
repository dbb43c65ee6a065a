"""The ledger: what it never says otherwise, and what it refuses."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from records.street import BURGLARY, NOW, brought_in, written
from regard.core.errors import DefinitionRefused, NotKnown, StoreDamaged
from regard.records.imports import withdraw
from regard.records.ledger import instant_text
from regard.records.store import Store


@pytest.fixture(scope="module")
def brought(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("home")
    brought_in(home, written(home / "in", BURGLARY))
    return home


@pytest.fixture
def store(brought, tmp_path) -> Store:
    return Store(copytree(brought, tmp_path / "home"))


def test_rows_read_are_rows_stored_and_rows_rejected_or_the_ledger_refuses(store):
    with (
        store.ledger.opened() as connection,
        pytest.raises(sqlite3.IntegrityError, match="every_row_accounted_for"),
    ):
        connection.execute("UPDATE chunk SET rows_read = 7")


def test_a_finished_import_says_when_or_the_ledger_refuses(store):
    with (
        store.ledger.opened() as connection,
        pytest.raises(sqlite3.IntegrityError, match="finished_says_when"),
    ):
        connection.execute("UPDATE import SET finished_at = NULL")


def test_a_commit_survives_a_power_cut_because_each_is_synced(store):
    with store.ledger.opened() as connection:
        settings = [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    assert settings == ["wal", 2, 1]


def test_an_import_counts_from_the_instant_at_which_it_finished(store):
    assert store.ledger.imports(known_at=NOW - timedelta(microseconds=1)) == []
    assert [one.number for one in store.ledger.imports(known_at=NOW)] == [1]


def test_a_withdrawn_import_counted_until_then(store):
    withdraw(store, 1, reason="wrong", now=NOW + timedelta(days=1))

    assert store.ledger.imports() == []
    assert [one.number for one in store.ledger.imports(known_at=NOW)] == [1]
    assert [one.withdrawn_because for one in store.ledger.history()] == ["wrong"]
    assert [one["state"] for one in store.ledger.listed(NOW)] == ["finished"]
    assert [one["state"] for one in store.ledger.listed()] == ["withdrawn"]


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(DefinitionRefused, match="2026-01-01T09:00:00 names no time zone"):
        instant_text(datetime(2026, 1, 1, 9))  # noqa: DTZ001 (that is what is refused)


def test_an_unknown_import_is_refused(store):
    with pytest.raises(NotKnown, match="no import is called '2'"):
        store.ledger.import_numbered(2)


def test_a_ledger_of_a_later_version_is_left_alone(store):
    with store.ledger.opened() as connection:
        connection.execute("PRAGMA user_version = 99")

    with pytest.raises(StoreDamaged, match="was written by a later version of Regard"):
        store.ledger.history()


def test_a_file_that_is_no_ledger_is_named(tmp_path):
    store = Store(tmp_path)
    store.root.mkdir()
    store.ledger.path.write_bytes(b"not a database, but long enough to be looked at" * 30)

    with pytest.raises(StoreDamaged, match="cannot be read: file is not a database"):
        store.ledger.history()
