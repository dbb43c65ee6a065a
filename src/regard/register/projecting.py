"""What the projections of an entry are, worked out of the journal alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from regard.register.kinds.reading import value_of
from regard.register.kinds.values import Facets
from regard.register.rows import EDGE, VERSION, Table, edge_rows, version_row
from regard.register.streaming import Row

SEQ, KIND, SUBJECT, VERSION_OF, EFFECTIVE = range(5)
HASH, SALT, WORDS, DECISION = range(12, 16)
"""Where the columns of a streamed row stand."""

FIELD, ROW = "\x1f", "\x1e"  # ASCII's unit and record separators, which no subject or code holds


@dataclass(frozen=True)
class Projected:
    """The rows of the projections that belong to a stretch of entries."""

    versions: list[tuple[Any, ...]]
    edges: list[tuple[Any, ...]]


def projected(cursor: Any, rows: Iterable[Row]) -> Projected:
    """The projections of entries; what was erased is found as its subject is.

    Raises:
        DefinitionRefused: words break the rules of their kind.
    """
    made = Projected([], [])
    for row in rows:
        if row[WORDS] is None:
            made.versions.append(erased_row(cursor, row))
            continue
        value = value_of(row[KIND], row[WORDS])
        made.versions.append(version_row(row[SEQ], row[SUBJECT], row[EFFECTIVE], value))
        made.edges.extend(edge_rows(row[SEQ], row[SUBJECT], value))
    return made


def erased_row(cursor: Any, row: Row) -> tuple[Any, ...]:
    """The row by which an erased entry is found: by what its subject's other versions say.

    What entries are found by belongs to the subject and never changes, so that an erased last
    version still stands before the one it answered. Where no version has words left, the subject
    alone remains.
    """
    facets = facets_left(cursor, row[SUBJECT])
    return (row[SEQ], row[KIND], row[SUBJECT], row[EFFECTIVE], *facets)


def facets_left(cursor: Any, subject: str) -> Facets:
    """By what the versions of a subject that still have words are found; empty if none has."""
    cursor.execute(
        "SELECT e.kind, b.words FROM entry e JOIN body b ON b.seq = e.seq WHERE e.subject = %s "
        "ORDER BY e.version LIMIT 1",
        [subject],
    )
    found = cursor.fetchone()
    return value_of(*found).facets() if found else Facets()


def stored(cursor: Any, first: int, last: int) -> Projected:
    """The projections as the tables hold them, of the entries of a stretch."""
    cursor.execute(
        f"SELECT {VERSION.columns} FROM version WHERE seq >= %s AND seq <= %s ORDER BY seq",  # noqa: S608
        [first, last],
    )
    versions = cursor.fetchall()
    cursor.execute(
        f"SELECT {EDGE.columns} FROM edge WHERE seq >= %s AND seq <= %s ORDER BY id",  # noqa: S608
        [first, last],
    )
    return Projected(versions, cursor.fetchall())


class Digest:
    """One SHA-256 over every row of both projections, each in the order of the journal."""

    def __init__(self) -> None:
        self._versions, self._edges = hashlib.sha256(), hashlib.sha256()

    def take(self, some: Projected) -> None:
        """Take the rows of the next stretch in."""
        for digest, table, rows in (
            (self._versions, VERSION, some.versions),
            (self._edges, EDGE, some.edges),
        ):
            row = FIELD.join(["%s"] * len(table.columns.split(", "))) + ROW
            digest.update("".join([row % one for one in rows]).encode())

    def take_stored(self, cursor: Any, vendor: str, first: int, last: int) -> None:
        """The same of the rows that the tables hold, made to text by the database itself."""
        self._versions.update(_told(cursor, vendor, VERSION, "seq", first, last))
        self._edges.update(_told(cursor, vendor, EDGE, "id", first, last))

    def __str__(self) -> str:
        return hashlib.sha256(self._versions.digest() + self._edges.digest()).hexdigest()


def _told(cursor: Any, vendor: str, table: Table, order: str, first: int, last: int) -> bytes:
    # As values of Python's, six million rows take twice the time.
    char = "chr" if vendor == "postgresql" else "char"
    row = f" || {char}({ord(FIELD)}) || ".join(table.columns.split(", "))
    joined = (
        f"string_agg(told, '' ORDER BY {order})"
        if vendor == "postgresql"
        else "group_concat(told, '')"
    )
    cursor.execute(
        f"SELECT {joined} FROM (SELECT {order}, {row} || {char}({ord(ROW)}) AS told "  # noqa: S608
        f"FROM {table.name} WHERE seq >= %s AND seq <= %s ORDER BY {order}) r",
        [first, last],
    )
    return (cursor.fetchone()[0] or "").encode()
