"""The journal as a stream: one snapshot, read in stretches by the numbers of its entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from regard.core.errors import RegisterDamaged, shown
from regard.register.tree import Head, Peaks

STRETCH = 5_000  # entries that are held in memory at once
HASHES = 500_000  # hashes that are asked for at once; a driver may hold them all, some 60 MB

Progress = Callable[[str, int, int, int], None]
"""Told what is done, how many rows of it (0 where steps are enough), steps done, steps in all."""

Row = tuple[Any, ...]
"""The twelve columns of a header, the hash, then salt, words and the erasing decision or None."""

_ROWS = (
    "SELECT e.seq, e.kind, e.subject, e.version, e.effective, e.recorded, e.post, e.holder, "
    "e.force, e.marking, e.body, e.previous, e.hash, b.salt, b.words, x.decision FROM entry e "
    "LEFT JOIN body b ON b.seq = e.seq LEFT JOIN erasure x ON x.seq = e.seq "
    "WHERE e.seq > %s AND e.seq <= %s ORDER BY e.seq"
)


def silent(_what: str, _rows: int, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


@contextmanager
def snapshot(connection: BaseDatabaseWrapper) -> Iterator[Any]:
    """A cursor to which the database stands still, whatever others write meanwhile.

    Nobody waits for it: SQLite's readers and writers do not, and neither do PostgreSQL's.
    """
    with connection.cursor() as cursor:
        if connection.in_atomic_block:
            yield cursor
            return
        cursor.execute(
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
            if connection.vendor == "postgresql"
            else "BEGIN DEFERRED"
        )
        try:
            yield cursor
        finally:
            cursor.execute("ROLLBACK")


def stretches(cursor: Any, vendor: str) -> Iterator[list[Row]]:
    """Every entry in the order of its number, so many at a time; a gap ends no stream.

    Raises:
        Unreadable: the database cannot give an entry; what stands before it was given.
    """
    after = 0
    while True:
        try:
            rows = _between(cursor, after, after + STRETCH)
        except DatabaseError as reason:
            if vendor != "sqlite":  # PostgreSQL ends the whole transaction
                raise Unreadable(after + 1, after + STRETCH, str(reason)) from reason
            yield from _singly(cursor, after)
            return
        if rows:
            yield rows
            after += STRETCH
            continue
        cursor.execute("SELECT MIN(seq) FROM entry WHERE seq > %s", [after])
        (following,) = cursor.fetchone()
        if following is None:
            return
        after = following - 1


def _between(cursor: Any, after: int, to: int) -> list[Row]:
    cursor.execute(_ROWS, [after, to])
    return cursor.fetchall()


def _singly(cursor: Any, after: int) -> Iterator[list[Row]]:
    for seq in range(after + 1, after + STRETCH + 1):
        try:
            rows = _between(cursor, seq - 1, seq)
        except DatabaseError as reason:
            raise Unreadable(seq, seq, str(reason)) from reason
        if rows:
            yield rows


class Unreadable(Exception):
    """An entry that the database cannot give: between which numbers, and what it says."""

    def __init__(self, first: int, last: int, reason: str) -> None:
        super().__init__(f"entry {first:,} cannot be read: {reason}")
        self.first, self.last, self.reason = first, last, reason


def stored_head(cursor: Any) -> tuple[int, str, Peaks]:
    """The head row: the size, the hash of the last entry, and the right edge of the tree.

    Raises:
        RegisterDamaged: there is none, or its edge is none of a tree of that size, or is written
            otherwise than Regard writes it.
    """
    cursor.execute("SELECT size, last, peaks FROM head")
    found = cursor.fetchone()
    if found is None:
        raise RegisterDamaged(
            f"the head of the journal is missing: {found}", expected="one row in the table head"
        )
    size, last, text = found
    peaks = Peaks.of(size, str(text).split())
    if text != " ".join(peaks.stored()):
        raise RegisterDamaged(
            f"the edge of the tree reads {shown(text)}", expected="its hashes, a space between them"
        )
    return size, last, peaks


def hashes(cursor: Any, *, to: int) -> Iterator[bytes]:
    """The stored hashes of the entries up to a number, in their order.

    Nothing else may be asked through the cursor before the last was given.

    Raises:
        RegisterDamaged: one is missing, or is no hash.
    """
    expected = 0
    for after in range(0, to, HASHES):
        cursor.execute(
            "SELECT seq, hash FROM entry WHERE seq > %s AND seq <= %s ORDER BY seq",
            [after, min(to, after + HASHES)],
        )
        while some := cursor.fetchmany(STRETCH):
            for seq, letters in some:
                expected += 1
                if seq != expected:
                    raise _unusable(expected)
                try:
                    yield bytes.fromhex(letters)
                except ValueError as reason:
                    raise _unusable(expected) from reason
    if expected != to:
        raise _unusable(expected + 1)


def _unusable(seq: int) -> RegisterDamaged:
    return RegisterDamaged(
        f"entry {seq:,} is missing or has no hash",
        expected="an entry for every number",
        next_step="find the first bad entry with: regard register verify",
    )


def head_at(cursor: Any, size: int) -> Head:
    """The head of the journal when it had so many entries, from the stored hashes.

    Raises:
        RegisterDamaged: an entry up to there is missing.
    """
    peaks = Peaks()
    for one in hashes(cursor, to=size):
        peaks.append(one)
    return peaks.head()
