"""The register as somebody sees it at a position: what was known then, of what was true then."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper

from regard.core.errors import DefinitionRefused, NotKnown
from regard.register.access import PUBLIC, Everything, Public, Reader, standing_of
from regard.register.entries import Entry, instant_said
from regard.register.kinds.frame import Link
from regard.register.kinds.reading import KINDS
from regard.register.kinds.speech import Document
from regard.register.kinds.values import Kind
from regard.register.knowing import Knowing
from regard.register.rows import READ_COLUMNS, entry_of
from regard.register.sight import EVERYTHING_SEEN, PUBLISHED_SEEN, Sight, sight_of
from regard.register.subjects import kind_of

K = TypeVar("K", bound=Kind)

_FACETS = ("scope", "about", "cycle", "edition")
# Who names a subject: by an edge, or by what it is found by. A link names its target alone, by edge.
_NAMING = " UNION ".join(
    (
        "SELECT g.subject FROM edge g WHERE g.target = %s",
        *(
            "SELECT f.subject FROM version f "  # noqa: S608 - words of this module
            f"WHERE f.kind IN ({', '.join(repr(one) for one in KINDS if one != Link.kind)}) "
            f"AND f.{facet} = %s"
            for facet in _FACETS
        ),
    )
)
_END_OF_TIME = "9999-12-31"
_BESIDE = 200  # names on each side among which a near one is looked for
_WALKED = 2_000  # versions on each side that are walked over for them


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
        self._seen: Sight | None = None
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
            raise NotKnown(kind_of(subject), subject, self._near(subject))
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
        """Every version of a subject that was known and may be seen, the oldest first."""
        return self._entries("e.subject = %s AND e.seq <= %s", [subject, self.position.seq])

    def entry(self, seq: int) -> Entry[Any] | None:
        """The entry of a number, or None if it is beyond the position or may not be seen."""
        if seq > self.position.seq:
            return None
        found = self._entries("e.seq = %s", [seq])
        return found[0] if found else None

    def entries(self, *, after: int = 0, limit: int = 1_000) -> tuple[Entry[Any], ...]:
        """Entries in the order of the journal, from the one after a number."""
        return self._entries(
            "e.seq > %s AND e.seq <= %s", [after, self.position.seq], f"LIMIT {int(limit)}"
        )

    def links(
        self,
        type: str | None = None,  # noqa: A002 - as the link calls it
        *,
        source: str | None = None,
        target: str | None = None,
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
            and (target is None or one.held.target == target)
        )

    def naming(self, target: str) -> tuple[Entry[Any], ...]:
        """Every subject that names another, as it stood: what cites, concerns or belongs to it."""
        found = self._ranked(f"v.subject IN ({_NAMING})", [target] * (1 + len(_FACETS)))
        return tuple(one for one in found if one.held is not None and _names(one.held, target))

    def count(self) -> int:
        """How many entries were known that the reader may see."""
        if isinstance(self._reader, Public):
            return len(self._entries("e.seq <= %s", [self.position.seq]))
        asked, values = self._sight().count()
        with self._connection.cursor() as cursor:
            cursor.execute(asked, [*values, self.position.seq])
            (count,) = cursor.fetchone()
        return int(count)

    def _near(self, subject: str) -> tuple[str, ...]:
        # Those that stand beside it in the alphabet: a register may hold a million. The walk has an
        # end of its own, for beside the last of a kind stand all entries of another.
        found: list[str] = []
        for beside, order in (("<", "DESC"), (">", "ASC")):
            with self._connection.cursor() as cursor:
                cursor.execute(
                    "SELECT DISTINCT w.subject FROM (SELECT v.subject, v.kind FROM version v "  # noqa: S608 - of this module
                    f"WHERE v.subject {beside} %s ORDER BY v.subject {order} LIMIT {_WALKED}) w "
                    f"WHERE w.kind = %s ORDER BY w.subject {order} LIMIT {_BESIDE}",
                    [subject, kind_of(subject)],
                )
                found += [one for (one,) in cursor.fetchall()]
        return tuple(self.many(found))

    def _ranked(self, where: str, values: list[Any]) -> tuple[Any, ...]:
        true_on = self.position.true_on
        seen, seeing = self._sight().whole_of("e")
        sql = (
            f"SELECT {READ_COLUMNS} FROM ("  # noqa: S608 - clauses are this module's own
            "SELECT v.seq, ROW_NUMBER() OVER (PARTITION BY v.subject "
            "ORDER BY v.effective DESC, v.seq DESC) AS place FROM version v "
            f"WHERE {where} AND v.seq <= %s AND v.effective <= %s) r "
            "JOIN entry e ON e.seq = r.seq LEFT JOIN body b ON b.seq = r.seq "
            f"WHERE r.place = 1 AND {seen} ORDER BY e.seq"
        )
        until = true_on.isoformat() if true_on else _END_OF_TIME
        return self._read(sql, [*values, self.position.seq, until, *seeing])

    def _entries(self, where: str, values: list[Any], then: str = "") -> tuple[Entry[Any], ...]:
        seen, seeing = self._sight().whole_of("e")
        sql = (
            f"SELECT {READ_COLUMNS} FROM entry e "  # noqa: S608 - clauses are this module's own
            f"LEFT JOIN body b ON b.seq = e.seq WHERE {where} AND {seen} ORDER BY e.seq {then}"
        )
        return self._read(sql, [*values, *seeing])

    def _read(self, sql: str, values: list[Any]) -> tuple[Any, ...]:
        with self._connection.cursor() as cursor:
            cursor.execute(sql, values)
            found = tuple(entry_of(row) for row in cursor.fetchall())
        if isinstance(self._reader, Public):
            return tuple(one for one in found if _is_published(one))
        return found

    def _sight(self) -> Sight:
        reader = self._reader
        if isinstance(reader, Everything):
            return EVERYTHING_SEEN
        if isinstance(reader, Public):
            return PUBLISHED_SEEN
        # Nothing that was said can have changed while the journal has not grown.
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT size FROM head")
            (size,) = cursor.fetchone()
        today = self._today()
        if self._seen is None or size != self._size or today != self._on:
            knowing = Knowing(self._connection)
            standing = standing_of(reader, lambda one: knowing.in_effect(one, today), today)
            self._seen = sight_of(standing, knowing.markings())
            self._size, self._on = size, today
        return self._seen


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
        DefinitionRefused: the number is beyond the end of the journal, or below nought, or the
            instant says no time zone.
    """
    if isinstance(known_at, datetime) and known_at.tzinfo is None:
        raise DefinitionRefused(
            f"{known_at} is a different instant in each time zone",
            expected="an instant with its time zone",
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT size FROM head")
        (size,) = cursor.fetchone()
        if known_at is None:
            return Position(size, true_on)
        if isinstance(known_at, datetime):
            cursor.execute(
                "SELECT seq FROM entry WHERE recorded <= %s "
                "ORDER BY recorded DESC, seq DESC LIMIT 1",
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
