"""The register as somebody sees it at a position: what was known then, of what was true then."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper

from regard.core.errors import DefinitionRefused, NotKnown
from regard.register.access import PUBLIC, Everything, Public, Reader, Standing, standing_of
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
# Who names a subject: by an edge, or by what it is found by. A link names its target, by edge.
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
    more from the next question on. Only a view that was given a standing holds it, and what it was
    told already: it is made for one answer, such as a page, and thrown away with it.
    """

    def __init__(
        self,
        connection: BaseDatabaseWrapper,
        reader: Reader,
        position: Position,
        today: Callable[[], date],
        standing: Standing | None = None,
    ) -> None:
        self._connection = connection
        self._reader = reader
        self._today = today
        self._size = -1
        self._on: date | None = None
        self._seen: Sight | None = None
        self._standing = standing
        self._told: dict[tuple[str, tuple[Any, ...]], tuple[Any, ...]] = {}
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
        where = ["v.kind = %s", *(f"v.{name} = %s" for name in _known(facets))]
        return self._ranked(" AND ".join(where), [kind.kind, *facets.values()])

    def all_about(
        self, kind: type[K], subjects: Iterable[str], **facets: str
    ) -> tuple[Entry[K], ...]:
        """Every subject of a kind that is about one of several, as `all` gives those about one.

        Args:
            kind: Which of the fourteen.
            subjects: What they are about.
            **facets: `scope`, `cycle` or `edition`, to narrow it.

        Raises:
            DefinitionRefused: as `all`.
        """
        wanted = sorted(set(subjects))
        narrow = [f" AND v.{name} = %s" for name in _known(facets)]
        found: list[Entry[K]] = []
        for start in range(0, len(wanted), 500):  # as in `many`
            some = wanted[start : start + 500]
            places = ", ".join(["%s"] * len(some))
            where = f"v.kind = %s AND v.about IN ({places}){''.join(narrow)}"
            found += self._ranked(where, [kind.kind, *some, *facets.values()])
        return tuple(sorted(found, key=lambda one: one.seq))

    def history(self, subject: str) -> tuple[Entry[Any], ...]:
        """Every version of a subject that was known and may be seen, the oldest first."""
        return self._entries("e.subject = %s AND e.seq <= %s", [subject, self.position.seq])

    def beside(self, seq: int) -> tuple[Entry[Any], ...]:
        """The entry of a number and every other version of its subject, as `history` gives them.

        Empty if the entry is beyond the position or may not be seen.
        """
        if seq > self.position.seq:
            return ()
        where = "e.subject = (SELECT w.subject FROM entry w WHERE w.seq = %s) AND e.seq <= %s"
        found = self._entries(where, [seq, self.position.seq])
        return found if any(one.seq == seq for one in found) else ()

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

    def latest(
        self,
        *,
        limit: int,
        before: int | None = None,
        kind: str = "",
        post: str = "",
        on: date | None = None,
    ) -> tuple[Entry[Any], ...]:
        """Entries in the order of the journal turned round, the newest first.

        Args:
            limit: How many at most.
            before: Only those before that number; None from the end.
            kind: Only of that kind.
            post: Only what that post said.
            on: Only what was recorded on that day, in UTC.
        """
        last = self.position.seq if before is None else min(before - 1, self.position.seq)
        where = ["e.seq <= %s"]
        values: list[Any] = [last]
        if kind:
            where.append("e.kind = %s")
            values.append(kind)
        if post:
            where.append("e.post = %s")
            values.append(post)
        if on is not None:
            where.append("e.recorded >= %s AND e.recorded < %s")
            values += [on.isoformat(), (on + timedelta(days=1)).isoformat()]
        return self._entries(" AND ".join(where), values, f"DESC LIMIT {int(limit)}")

    def numbered(self, seqs: Iterable[int]) -> dict[int, Entry[Any]]:
        """Several entries by their numbers; what is beyond the position or unseen is left out."""
        wanted = sorted({one for one in seqs if 0 < one <= self.position.seq})
        found: dict[int, Entry[Any]] = {}
        for start in range(0, len(wanted), 500):  # as in `many`
            some = wanted[start : start + 500]
            places = ", ".join(["%s"] * len(some))
            found.update((one.seq, one) for one in self._entries(f"e.seq IN ({places})", some))
        return found

    def erased_by(self, seq: int) -> int | None:
        """The entry of the decision by which the words of an entry were erased, if they were."""
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT decision FROM erasure WHERE seq = %s", [seq])
            found = cursor.fetchone()
        return int(found[0]) if found else None

    def up_to(self, seq: int) -> View:
        """The same reader's view of what was known up to an entry, of whichever day."""
        position = Position(min(seq, self.position.seq))
        earlier = View(self._connection, self._reader, position, self._today, self._standing)
        earlier._seen, earlier._size, earlier._on = self._seen, self._size, self._on
        return earlier

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

    def naming(self, target: str, *, most: int | None = None) -> tuple[Entry[Any], ...]:
        """Every subject that names another, as it stood: what cites, concerns or belongs to it.

        Args:
            target: The subject that is named.
            most: How many are looked at, in the order of the journal; None for all.
        """
        then = "" if most is None else f"LIMIT {int(most)}"
        found = self._ranked(f"v.subject IN ({_NAMING})", [target] * (1 + len(_FACETS)), then)
        return tuple(one for one in found if one.held is not None and names(one.held, target))

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

    def _ranked(self, where: str, values: list[Any], then: str = "") -> tuple[Any, ...]:
        true_on = self.position.true_on
        seen, seeing = self._sight().whole_of("e")
        sql = (
            f"SELECT {READ_COLUMNS} FROM ("  # noqa: S608 - clauses are this module's own
            "SELECT v.seq, ROW_NUMBER() OVER (PARTITION BY v.subject "
            "ORDER BY v.effective DESC, v.seq DESC) AS place FROM version v "
            f"WHERE {where} AND v.seq <= %s AND v.effective <= %s) r "
            "JOIN entry e ON e.seq = r.seq LEFT JOIN body b ON b.seq = r.seq "
            f"WHERE r.place = 1 AND {seen} ORDER BY e.seq {then}"
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
        if self._standing is None:
            return self._asked(sql, values)
        asked = (sql, tuple(values))
        if asked not in self._told:
            self._told[asked] = self._asked(sql, values)
        return self._told[asked]

    def _asked(self, sql: str, values: list[Any]) -> tuple[Any, ...]:
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
        if self._standing is not None:
            if self._seen is None:
                self._seen = sight_of(self._standing, Knowing(self._connection).markings())
            return self._seen
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


def _known(facets: dict[str, str]) -> dict[str, str]:
    unknown = sorted(set(facets) - set(_FACETS))
    if unknown:
        raise DefinitionRefused(
            f"entries are not found by {', '.join(unknown)}", expected=", ".join(_FACETS)
        )
    return facets


def _is_published(entry: Entry[Any]) -> bool:
    held = entry.held
    return (
        isinstance(held, Document)
        and held.stage == "published"
        and str(entry.marking) == ("OFFICIAL")
    )


def names(value: Kind, target: str) -> bool:
    """Whether a value names a subject: a link that stands, what it is linked to."""
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
