"""The register as somebody sees it at a position: what was known then, of what was true then."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper

from regard.core.errors import DefinitionRefused, NotKnown
from regard.register.access import (
    PUBLIC,
    Everything,
    Public,
    Reader,
    Standing,
    may_read,
    standing_of,
)
from regard.register.entries import Entry, instant_said
from regard.register.kinds.frame import Link
from regard.register.kinds.speech import Document
from regard.register.kinds.values import Kind
from regard.register.rows import READ_COLUMNS, entry_of
from regard.register.subjects import kind_of

K = TypeVar("K", bound=Kind)

_FACETS = ("scope", "about", "cycle", "edition")
_END_OF_TIME = "9999-12-31"


@dataclass(frozen=True)
class Position:
    """A place on both clocks.

    Attributes:
        seq: What was known: the last entry taken into account.
        true_on: What was true: entries effective later are left out; None for no limit.
    """

    seq: int
    true_on: date | None = None


class View:
    """What a reader may see of the register at one position.

    Every question is asked anew who the reader is: a post that was taken away sees nothing
    more from the next question on.
    """

    def __init__(
        self,
        connection: BaseDatabaseWrapper,
        reader: Reader,
        position: Position,
        today: Callable[[], date],
    ) -> None:
        self._connection = connection
        self._reader = reader
        self._today = today
        self._size = -1
        self._on: date | None = None
        self._standing: Standing | None = None
        self.position = position

    def find(self, subject: str) -> Entry[Any] | None:
        """A subject as it stood, or None if there was none or the reader may not see it."""
        found = self._ranked("v.subject = %s", [subject])
        return found[0] if found else None

    def one(self, subject: str) -> Entry[Any]:
        """A subject as it stood.

        Raises:
            NotKnown: there was none at this position, or the reader may not see it.
        """
        found = self.find(subject)
        if found is None:
            known = [one.subject for one in self._of_kind(kind_of(subject))]
            raise NotKnown(kind_of(subject), subject, known)
        return found

    def many(self, subjects: Iterable[str]) -> dict[str, Entry[Any]]:
        """Several subjects as they stood, by their names; those that were not are left out."""
        wanted = sorted(set(subjects))
        found: dict[str, Entry[Any]] = {}
        for start in range(0, len(wanted), 500):  # SQLite takes up to 999 values a statement
            some = wanted[start : start + 500]
            places = ", ".join(["%s"] * len(some))
            for one in self._ranked(f"v.subject IN ({places})", some):
                found[one.subject] = one
        return found

    def all(self, kind: type[K], **facets: str) -> tuple[Entry[K], ...]:
        """Every subject of a kind as it stood, in the order of the journal.

        Args:
            kind: Which of the fourteen.
            **facets: `scope`, `about`, `cycle` or `edition`, to narrow it.

        Raises:
            DefinitionRefused: entries are not found by such a facet.
        """
        unknown = sorted(set(facets) - set(_FACETS))
        if unknown:
            raise DefinitionRefused(
                f"entries are not found by {', '.join(unknown)}", expected=", ".join(_FACETS)
            )
        where = ["v.kind = %s", *(f"v.{name} = %s" for name in facets)]
        return self._ranked(" AND ".join(where), [kind.kind, *facets.values()])

    def history(self, subject: str) -> tuple[Entry[Any], ...]:
        """Every version of a subject that was known, the oldest first."""
        return self._entries(
            "e.subject = %s AND e.seq <= %s ORDER BY e.seq", [subject, self.position.seq]
        )

    def entry(self, seq: int) -> Entry[Any] | None:
        """The entry of a number, or None if it is beyond the position or may not be seen."""
        if seq > self.position.seq:
            return None
        found = self._entries("e.seq = %s", [seq])
        return found[0] if found else None

    def entries(self, *, after: int = 0, limit: int = 1_000) -> tuple[Entry[Any], ...]:
        """Entries in the order of the journal, from the one after a number."""
        return self._entries(
            "e.seq > %s AND e.seq <= %s ORDER BY e.seq LIMIT %s",
            [after, self.position.seq, limit],
        )

    def links(
        self, type: str | None = None, *, source: str | None = None, target: str | None = None
    ) -> tuple[Entry[Link], ...]:
        """The links that stand, of a type, from a subject or to one."""
        where, values = ["v.kind = %s"], ["link"]
        if source is not None:
            where.append("v.about = %s")
            values.append(source)
        if target is not None:
            where.append("v.subject IN (SELECT g.subject FROM edge g WHERE g.target = %s)")
            values.append(target)
        found = self._ranked(" AND ".join(where), values)
        return tuple(
            one
            for one in found
            if one.held is not None
            and not one.held.withdrawn
            and (type is None or one.held.type == type)
        )

    def naming(self, target: str) -> tuple[Entry[Any], ...]:
        """Every subject that names another, as it stood: what cites, concerns or belongs to it."""
        found = self._ranked(
            "v.subject IN (SELECT g.subject FROM edge g WHERE g.target = %s)", [target]
        )
        return tuple(one for one in found if one.held is not None and _names(one.held, target))

    def count(self) -> int:
        """How many entries were known that the reader may see."""
        return len(self._entries("e.seq <= %s", [self.position.seq]))

    def _of_kind(self, kind: str) -> tuple[Entry[Any], ...]:
        return self._ranked("v.kind = %s", [kind])

    def _ranked(self, where: str, values: list[Any]) -> tuple[Any, ...]:
        true_on = self.position.true_on
        sql = (
            f"SELECT {READ_COLUMNS} FROM ("  # noqa: S608 - clauses are this module's own
            "SELECT v.seq, ROW_NUMBER() OVER (PARTITION BY v.subject "
            "ORDER BY v.effective DESC, v.seq DESC) AS place FROM version v "
            f"WHERE {where} AND v.seq <= %s AND v.effective <= %s) r "
            "JOIN entry e ON e.seq = r.seq LEFT JOIN body b ON b.seq = r.seq "
            "WHERE r.place = 1 ORDER BY e.seq"
        )
        until = true_on.isoformat() if true_on else _END_OF_TIME
        return self._read(sql, [*values, self.position.seq, until])

    def _entries(self, where: str, values: list[Any]) -> tuple[Entry[Any], ...]:
        sql = (
            f"SELECT {READ_COLUMNS} FROM entry e "  # noqa: S608 - clauses are this module's own
            f"LEFT JOIN body b ON b.seq = e.seq WHERE {where}"
        )
        return self._read(sql, values)

    def _read(self, sql: str, values: list[Any]) -> tuple[Any, ...]:
        sees = self._sight()
        with self._connection.cursor() as cursor:
            cursor.execute(sql, values)
            found = (entry_of(row) for row in cursor.fetchall())
            return tuple(one for one in found if sees(one))

    def _sight(self) -> Callable[[Entry[Any]], bool]:
        reader = self._reader
        if isinstance(reader, Everything):
            return lambda _: True
        if isinstance(reader, Public):
            return _is_published
        standing = self._standing_now(reader)
        return lambda one: may_read(standing, one.kind, marking=one.marking, force=one.force)

    def _standing_now(self, reader: Any) -> Standing:
        # Nothing that was said can have changed while the journal has not grown.
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT size FROM head")
            (size,) = cursor.fetchone()
        today = self._today()
        if self._standing is None or size != self._size or today != self._on:
            inside = View(self._connection, Everything(), Position(size), self._today)
            self._standing = standing_of(reader, inside.find, today)
            self._size, self._on = size, today
        return self._standing


def _is_published(entry: Entry[Any]) -> bool:
    held = entry.held
    return (
        isinstance(held, Document)
        and held.stage == "published"
        and str(entry.marking) == ("OFFICIAL")
    )


def _names(value: Kind, target: str) -> bool:
    if isinstance(value, Link):
        return not value.withdrawn and value.target == target
    return any(named == target for _, named in value.names())


def position_at(
    connection: BaseDatabaseWrapper, known_at: datetime | int | None, true_on: date | None
) -> Position:
    """The place on both clocks of an instant or of a number in the journal.

    Raises:
        DefinitionRefused: the number is beyond the end of the journal, or below nought.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT size FROM head")
        (size,) = cursor.fetchone()
        if known_at is None:
            return Position(size, true_on)
        if isinstance(known_at, datetime):
            cursor.execute(
                "SELECT seq FROM entry WHERE recorded <= %s ORDER BY recorded DESC, seq DESC LIMIT 1",
                [instant_said(known_at)],
            )
            found = cursor.fetchone()
            return Position(found[0] if found else 0, true_on)
    if not 0 <= known_at <= size:
        raise DefinitionRefused(
            f"the journal has no position {known_at:,}", expected=f"a number from 0 to {size:,}"
        )
    return Position(known_at, true_on)


__all__ = ["PUBLIC", "Position", "View", "position_at"]
