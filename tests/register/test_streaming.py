"""The journal as a stream."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from threading import Thread

import pytest

from regard.core.errors import RegisterDamaged
from regard.register import streaming
from regard.register.checking import Part
from regard.register.database import file_of
from regard.register.register import Register
from regard.register.streaming import hashes, head_at, snapshot, stored_head, stretches
from regard.register.tree import Head
from regard.register.verifying import verify
from register.forces import World, concern, speaker
from register.tampering import tamper, url_of
from register.watching import past_the_journal

LEAD = speaker("avon", "spr-lead")


@past_the_journal
def test_every_entry_comes_once_in_its_order_over_gaps_and_stretches(world: World, monkeypatch):
    size = world.register.head().size
    tamper(world.register, f"UPDATE entry SET seq = {size + 500} WHERE seq = {size}")

    monkeypatch.setattr(streaming, "STRETCH", 7)
    with snapshot(world.register.connection) as cursor:
        seen = [
            row[0] for rows in stretches(cursor, world.register.connection.vendor) for row in rows
        ]

    assert seen == [*range(1, size), size + 500]


def test_what_is_written_meanwhile_is_not_seen(world):
    writer = Register.open(world.register.home, url=url_of(world.register), clock=world.clock)
    before = world.register.head()
    with snapshot(world.register.connection) as cursor:
        stored_head(cursor)
        _enter_elsewhere(world, writer)
        size, _, peaks = stored_head(cursor)

    assert (size, peaks.head()) == (before.size, before)


def _enter_elsewhere(world: World, writer: Register) -> None:
    def write() -> None:
        writer.enter(concern("avon"), subject="concern:meanwhile", by=LEAD)
        writer.close()

    thread = Thread(target=write)
    thread.start()
    thread.join()


def test_the_head_of_any_size_is_that_of_then(world):
    before = world.register.head()
    world.enter(concern("avon"), "concern:a", LEAD)

    with snapshot(world.register.connection) as cursor:
        assert head_at(cursor, before.size) == before
        assert isinstance(head_at(cursor, 0), Head)


@past_the_journal
@pytest.mark.parametrize("statement", ["DELETE FROM entry WHERE seq = 5",
                                       "UPDATE entry SET hash = 'x' WHERE seq = 5"])  # fmt: skip
def test_a_missing_hash_is_named(world, statement):
    tamper(world.register, statement)

    with (
        pytest.raises(RegisterDamaged, match="entry 5"),
        snapshot(world.register.connection) as cursor,
    ):
        list(hashes(cursor, to=9))


@past_the_journal
def test_an_entry_that_the_database_cannot_give_is_named(world):
    if world.register.connection.vendor != "sqlite":
        pytest.skip("PostgreSQL takes no text that is none")
    tamper(world.register)
    world.register.close()
    with closing(sqlite3.connect(file_of(world.register.home))) as past:
        past.execute("UPDATE body SET words = CAST(x'ff' AS TEXT) WHERE seq = 9")
        past.commit()

    found = verify(world.register)

    assert (found.bad.seq, found.bad.part) == (9, Part.UNREADABLE)
    assert found.head.size == 8
