"""Rows of the journal to entries, and entries to the rows of each table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from regard.core.markings import OFFICIAL, Marking
from regard.register.entries import Entry, instant_of
from regard.register.kinds.frame import Link
from regard.register.kinds.reading import value_of
from regard.register.kinds.values import Kind

ENTRIES_HELD = 16_384  # entries that a process keeps read: some 50 MB at most
MOST_NAMES = 1_024  # subjects that one entry may name; numbers of edges are made with it

READ_COLUMNS = (
    "e.seq, e.kind, e.subject, e.version, e.effective, e.recorded, e.post, e.holder, e.force, "
    "e.marking, e.body, e.previous, e.hash, b.words"
)
"""The columns of `entry e LEFT JOIN body b` from which an entry is read."""

ENTRY_COLUMNS = (
    "seq, kind, subject, version, effective, recorded, post, holder, force, marking, body, "
    "previous, hash"
)
BODY_COLUMNS = "seq, salt, words"
VERSION_COLUMNS = "seq, kind, subject, effective, scope, about, cycle, edition"
EDGE_COLUMNS = "id, seq, subject, type, source, target"

_MARKINGS: dict[str, Marking] = {"OFFICIAL": OFFICIAL}


def marking_of(text: str) -> Marking:
    """The marking that a column holds; the few there are, are parsed once."""
    if text not in _MARKINGS:
        _MARKINGS[text] = Marking.parse(text)
    return _MARKINGS[text]


def entry_of(row: Sequence[Any]) -> Entry[Any]:
    """The entry of a row of `READ_COLUMNS`.

    The journal only grows, so the same rows are read again and again; one that was read is kept
    for as long as every one of its columns says the same.
    """
    return _entry_of(tuple(row))


@lru_cache(maxsize=ENTRIES_HELD)
def _entry_of(row: tuple[Any, ...]) -> Entry[Any]:
    words = row[13]
    return Entry(
        seq=row[0],
        kind=row[1],
        subject=row[2],
        version=row[3],
        effective=date.fromisoformat(row[4]),
        recorded=instant_of(row[5]),
        post=row[6],
        holder=row[7],
        force=row[8],
        marking=marking_of(row[9]),
        body=row[10],
        previous=row[11],
        hash=row[12],
        held=None if words is None else value_of(row[1], words),
    )


def version_row(seq: int, subject: str, effective: str, value: Kind) -> tuple[Any, ...]:
    """The row by which an entry is found."""
    held = value.facets()
    return (
        seq,
        value.kind,
        subject,
        effective,
        held.scope,
        held.about,
        held.cycle,
        held.edition,
    )


def edge_rows(seq: int, subject: str, value: Kind) -> Iterator[tuple[Any, ...]]:
    """What an entry says of other subjects: of a link, what it links; else what it names.

    A subject by which the entry is found stands in its row of `version` and not here again: of a
    judged round that would be nine rows in ten.
    """
    if isinstance(value, Link):
        # A withdrawn link keeps its row: who may not see an end of it may not see that it was said.
        yield seq * MOST_NAMES, seq, subject, value.type.value, value.source, value.target
        return
    found_by = value.facets()
    for place, (type_, target) in enumerate(value.names()):
        if target not in found_by:
            yield seq * MOST_NAMES + place, seq, subject, type_, subject, target


@dataclass(frozen=True)
class Table:
    """A table, its columns, and the statement that adds a row to it."""

    name: str
    columns: str

    @property
    def insert(self) -> str:
        """The statement, with a place for each value."""
        places = ", ".join(["%s"] * (self.columns.count(",") + 1))
        return f"INSERT INTO {self.name} ({self.columns}) VALUES ({places})"  # noqa: S608


ENTRY = Table("entry", ENTRY_COLUMNS)
BODY = Table("body", BODY_COLUMNS)
VERSION = Table("version", VERSION_COLUMNS)
EDGE = Table("edge", EDGE_COLUMNS)
ERASURE = Table("erasure", "seq, decision")
