"""What a transaction knows while it writes: the journal so far, and what it has not yet flushed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper

from regard.register.entries import Entry
from regard.register.kinds.values import Kind
from regard.register.rows import READ_COLUMNS, entry_of
from regard.register.subjects import kind_of
from regard.register.tree import root

K = TypeVar("K", bound=Kind)

_AT_ONCE = 500  # SQLite takes up to 999 values a statement


class Knowing:
    """The latest version of every subject, as the transaction that writes has it.

    Unlike a view it sees everything, and the latest as recorded rather than as true: a law is
    about what has been said.
    """

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection
        self._latest: dict[str, Entry[Any] | None] = {}
        self._pending: dict[tuple[str, str], list[Entry[Any]]] = {}  # by kind and what about
        self._by_seq: dict[int, Entry[Any] | None] = {}
        self._versions: dict[str, list[Entry[Any]]] = {}

    def latest(self, subject: str) -> Entry[Any] | None:
        """The last version of a subject that was recorded, or None."""
        if subject not in self._latest:
            self._latest[subject] = None
            self.learn([subject])
        return self._latest[subject]

    def in_effect(self, subject: str, on: date) -> Entry[Any] | None:
        """What was last said of a subject that holds on a day already.

        By this it is asked who may do what: a role that is taken away is away at once, however
        far back the day is from which that is said to be true.
        """
        found = self._read(
            "e.subject = %s AND e.effective <= %s ORDER BY e.version DESC LIMIT 1",
            [subject, on.isoformat()],
        )
        return found[0] if found else None

    def versions(self, subject: str) -> tuple[Entry[Any], ...]:
        """Every version of a subject, the oldest first."""
        if self.latest(subject) is None:
            return ()  # asked of each of many new subjects, which were all learnt at once
        if subject not in self._versions:
            stored = self._read("e.subject = %s ORDER BY e.version", [subject])
            unwritten = self._unwritten(kind_of(subject), None)
            self._versions[subject] = [
                *stored,
                *(one for one in unwritten if one.subject == subject),
            ]
        return tuple(self._versions[subject])

    def said_by(self, holder: str, kind: type[K], **facets: str) -> tuple[Entry[K], ...]:
        """Every version of that kind, with these facets, that a holder ever said."""
        where = " AND ".join(["v.kind = %s", *(f"v.{name} = %s" for name in facets)])
        stored = self._read(
            f"e.holder = %s AND e.seq IN (SELECT v.seq FROM version v WHERE {where}) "  # noqa: S608
            "ORDER BY e.seq",
            [holder, kind.kind, *facets.values()],
        )
        unwritten = self._unwritten(kind.kind, facets.get("about"))
        return (
            *stored,
            *(one for one in unwritten if one.holder == holder and _has(one, facets)),
        )

    def markings(self) -> tuple[str, ...]:
        """Every marking above OFFICIAL that the journal holds."""
        with self._connection.cursor() as cursor:
            cursor.execute(
                "WITH RECURSIVE m(marking) AS (SELECT MIN(marking) FROM entry "
                "WHERE marking > 'OFFICIAL' UNION ALL SELECT (SELECT MIN(e.marking) FROM entry e "
                "WHERE e.marking > 'OFFICIAL' AND e.marking > m.marking) FROM m "
                "WHERE m.marking IS NOT NULL) SELECT marking FROM m WHERE marking IS NOT NULL"
            )
            return tuple(one for (one,) in cursor.fetchall())

    def root_at(self, size: int) -> bytes:
        """The root over the first so many entries, worked out of them."""
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT hash FROM entry WHERE seq <= %s ORDER BY seq", [size])
            return root(bytes.fromhex(one) for (one,) in cursor.fetchall())

    def learn(self, subjects: Iterable[str]) -> None:
        """Look up many subjects in few questions, before they are asked for one by one."""
        wanted = sorted({one for one in subjects if self._latest.get(one) is None})
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            self._latest.update(dict.fromkeys(some))
            places = ", ".join(["%s"] * len(some))
            for entry in self._read(
                f"e.seq IN (SELECT MAX(v.seq) FROM version v WHERE v.subject IN ({places}) "  # noqa: S608
                "GROUP BY v.subject)",
                some,
            ):
                self._latest[entry.subject] = entry
                self._by_seq[entry.seq] = entry

    def entry(self, seq: int) -> Entry[Any] | None:
        """The entry of a number, or None."""
        if seq not in self._by_seq:
            self._by_seq[seq] = None
            self.learn_entries([seq])
        return self._by_seq[seq]

    def learn_entries(self, seqs: Iterable[int]) -> None:
        """Look up many entries by their numbers in few questions."""
        wanted = sorted({one for one in seqs if self._by_seq.get(one) is None})
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            places = ", ".join(["%s"] * len(some))
            for entry in self._read(f"e.seq IN ({places})", some):
                self._by_seq[entry.seq] = entry

    def all(self, kind: type[K], **facets: str) -> tuple[Entry[K], ...]:
        """The last version of every subject of a kind with these facets."""
        where = " AND ".join(["v.kind = %s", *(f"v.{name} = %s" for name in facets)])
        found = {
            one.subject: one
            for one in self._read(
                f"e.seq IN (SELECT MAX(v.seq) FROM version v WHERE {where} GROUP BY v.subject)",  # noqa: S608
                [kind.kind, *facets.values()],
            )
        }
        for one in self._unwritten(kind.kind, facets.get("about")):
            if _has(one, facets):
                found[one.subject] = one
        return tuple(found.values())

    def said(self, entry: Entry[Any]) -> None:
        """Take in an entry that this transaction has made."""
        self._latest[entry.subject] = entry
        self._by_seq[entry.seq] = entry
        if entry.subject in self._versions:
            self._versions[entry.subject].append(entry)
        about = entry.held.facets().about if entry.held is not None else ""
        self._pending.setdefault((entry.kind, about), []).append(entry)

    def flushed(self) -> None:
        """Forget what was pending: the journal holds it now."""
        self._pending.clear()

    def _unwritten(self, kind: str, about: str | None) -> list[Entry[Any]]:
        if about is not None:
            return self._pending.get((kind, about), [])
        return [one for (of, _), held in self._pending.items() if of == kind for one in held]

    def _read(self, where: str, values: list[Any]) -> list[Entry[Any]]:
        sql = (
            f"SELECT {READ_COLUMNS} FROM entry e "  # noqa: S608 - clauses are this module's own
            f"LEFT JOIN body b ON b.seq = e.seq WHERE {where}"
        )
        with self._connection.cursor() as cursor:
            cursor.execute(sql, values)
            return [entry_of(row) for row in cursor.fetchall()]


def _has(entry: Entry[Any], facets: dict[str, str]) -> bool:
    held = entry.held
    return held is not None and all(
        getattr(held.facets(), name) == value for name, value in facets.items()
    )
