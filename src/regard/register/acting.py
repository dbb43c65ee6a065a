"""One act: who speaks is asked, laws are checked, and all of its entries are written or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper

from regard.core.errors import EntryRefused, RegisterDamaged
from regard.core.markings import OFFICIAL, Marking
from regard.register.access import (
    Standing,
    assigned_by,
    may_read,
    must_appoint,
    must_enter,
    must_say,
    standing_of,
    top_body,
    top_of,
)
from regard.register.canonical import body_hash, entry_hash, new_salt
from regard.register.database import PATIENCE
from regard.register.entries import Entry, Speaker, header_of, instant_of, instant_said
from regard.register.filling import add
from regard.register.kinds.frame import Cycle, Party
from regard.register.kinds.reading import words_of
from regard.register.kinds.speech import Judgement
from regard.register.kinds.values import Kind
from regard.register.knowing import Knowing
from regard.register.laws import Saying, above, check
from regard.register.rows import BODY, EDGE, ENTRY, VERSION, edge_rows, version_row
from regard.register.tree import Head, Peaks

K = TypeVar("K", bound=Kind)

AT_ONCE = 2_000  # entries that are held in memory before they are written

Salt = Callable[[], str]


class Acts:
    """The entries of one act, in one transaction that holds the head of the journal locked.

    Made by `Register.acting`; when its block ends without an error the entries stand, and
    otherwise none of them does.
    """

    def __init__(
        self,
        connection: BaseDatabaseWrapper,
        by: Speaker,
        now: datetime,
        *,
        founding: bool = False,
        salt: Salt = new_salt,
    ) -> None:
        self._connection = connection
        self._founding = founding
        self._salt = salt
        self._size, self._last, self._peaks = _locked_head(connection)
        self._begun = self._peaks.head()
        self._over = ""
        self._entries: list[tuple[Any, ...]] = []
        self._bodies: list[tuple[Any, ...]] = []
        self._versions: list[tuple[Any, ...]] = []
        self._edges: list[tuple[Any, ...]] = []
        self.knowing = Knowing(connection)
        self.by = by
        self.now = never_back(connection, now)
        self.standing = (
            Standing(by, (), frozenset(), by.post)
            if founding
            else standing_of(by, self._in_effect, self.now.date())
        )

    @property
    def size(self) -> int:
        """How many entries the journal holds with those of this act."""
        return self._size

    @property
    def today(self) -> date:
        """The day of the act."""
        return self.now.date()

    def enter(
        self,
        value: K,
        *,
        subject: str,
        effective: date | None = None,
        marking: Marking = OFFICIAL,
        shared: bool = False,
        after: int | None = None,
    ) -> Entry[K]:
        """Enter what is said about a subject: its first version, or one that answers the last.

        Args:
            value: What is said.
            subject: What it is about.
            effective: The day from which it is true; today by default.
            marking: How closely it is held.
            shared: Whether it belongs to all bodies, as an edition does.
            after: The entry that the speaker saw as the last of the subject; refused if another
                has come in between. None does not ask.

        Raises:
            AccessRefused: the speaker may not say this.
            EntryRefused: it breaks a law, or somebody was faster.
        """
        self._must_be_open()
        previous = self.knowing.latest(subject)
        # What is shared by all stays so: a later version would else hide it from the others.
        shared = shared or (previous is not None and previous.force == "")
        force = "" if shared else self._force(value, subject)
        if not self._founding:
            self._must_be_allowed(value, subject, marking, force, previous)
        if after is not None and (previous.seq if previous else 0) != after:
            raise EntryRefused(
                f"{subject} was changed by {previous.post if previous else 'nobody'} since it was "
                f"looked at (entry {previous.seq if previous else 0}, not {after})",
                expected="the last version of the subject",
                next_step="look at it again and decide anew",
            )
        saying = Saying(
            value=value,
            subject=subject,
            by=self.by,
            marking=marking,
            force=force,
            effective=effective or self.today,
            previous=previous,
            knowing=self.knowing,
            begun=self._begun,
            sees=self._sees,
        )
        if not self._founding:
            check(saying)
        words = saying.words  # as the laws read them back
        return self._append(value, subject, saying.effective, marking, force, previous, words=words)

    def learn(self, subjects: Iterable[str], *, entries: Iterable[int] = ()) -> None:
        """Look many subjects and entries up at once, before many entries that name them."""
        self.knowing.learn(subjects)
        self.knowing.learn_entries(entries)

    def flush(self) -> None:
        """Write what is held in memory into the tables of the transaction."""
        self._must_be_open()
        if not self._entries:
            return
        self._over = "a part of it could not be written"  # until all of it is
        with self._connection.cursor() as cursor:
            for table, rows in (
                (ENTRY, self._entries),
                (BODY, self._bodies),
                (VERSION, self._versions),
                (EDGE, self._edges),
            ):
                if rows:
                    add(cursor, self._connection.vendor, table, rows)
                    rows.clear()
            cursor.execute(
                "UPDATE head SET size = %s, last = %s, peaks = %s",
                [self._size, self._last, " ".join(self._peaks.stored())],
            )
        self._over = ""
        self.knowing.flushed()

    def end(self) -> None:
        """Write what is left; the act takes no entry any more."""
        self.flush()
        self._over = "it has ended"

    def abandon(self) -> None:
        """Take no entry any more: the transaction is undone."""
        self._over = self._over or "it was undone"

    def _must_be_open(self) -> None:
        if self._over:
            raise EntryRefused(
                f"the act of {self.by.post} takes no entry: {self._over}",
                expected="entries within the block of the act",
                next_step="begin an act anew",
            )

    def _must_be_allowed(
        self,
        value: Kind,
        subject: str,
        marking: Marking,
        force: str,
        previous: Entry[Any] | None,
    ) -> None:
        must_enter(self.standing, value, marking=marking, force=force, previous=previous)
        if isinstance(value, Judgement):
            of = top_of(value.scope, self.knowing.latest)
            must_say(self.standing, value, assigned=self._assigned(value), of=of)
            return
        must_say(self.standing, value, assigned=False, previous=previous)
        if isinstance(value, Party):
            before = previous.held if previous is not None else None
            first = self.knowing.entry(1)
            must_appoint(
                self.standing,
                value,
                subject,
                before if isinstance(before, Party) else None,
                self.knowing.latest,
                first.subject if first is not None else "",
            )

    def _sees(self, entry: Entry[Any]) -> bool:
        return may_read(self.standing, entry.kind, marking=entry.marking, force=entry.force)

    def _in_effect(self, subject: str) -> Entry[Any] | None:
        return self.knowing.in_effect(subject, self.now.date())

    def _force(self, value: Kind, subject: str) -> str:
        if self._founding and isinstance(value, Party):
            return top_body(value, self.knowing.latest) or subject
        return self.standing.force

    def _assigned(self, value: Kind) -> bool:
        if not isinstance(value, Judgement):
            return False
        about = self.knowing.latest(value.about)
        if about is not None and getattr(about.held, "owner", None) == self.by.post:
            return True
        cycle = self.knowing.latest(value.cycle) if value.cycle else None
        held = cycle.held if cycle else None
        return isinstance(held, Cycle) and assigned_by(
            held, value, self.by.post, above(value.about, self.knowing)
        )

    def _append(
        self,
        value: K,
        subject: str,
        effective: date,
        marking: Marking,
        force: str,
        previous: Entry[Any] | None,
        *,
        words: str = "",
    ) -> Entry[K]:
        salt, words = self._salt(), words or words_of(value)
        columns = (
            self._size + 1,
            value.kind,
            subject,
            previous.version + 1 if previous else 1,
            effective.isoformat(),
            instant_said(self.now),
            self.by.post,
            self.by.holder,
            force,
            str(marking),
            body_hash(salt, words),
            self._last,
        )
        hashed = entry_hash(header_of(columns))
        self._entries.append((*columns, hashed))
        self._bodies.append((columns[0], salt, words))
        self._versions.append(version_row(columns[0], subject, str(columns[4]), value))
        self._edges.extend(edge_rows(columns[0], subject, value))
        self._peaks.append(bytes.fromhex(hashed))
        self._size, self._last = columns[0], hashed
        entry = Entry(
            seq=columns[0],
            kind=value.kind,
            subject=subject,
            version=columns[3],
            effective=effective,
            recorded=self.now,
            post=self.by.post,
            holder=self.by.holder,
            force=force,
            marking=marking,
            body=columns[10],
            previous=columns[11],
            hash=hashed,
            held=value,
        )
        self.knowing.said(entry)
        if len(self._entries) >= AT_ONCE:
            self.flush()
        return entry


def _locked_head(connection: BaseDatabaseWrapper) -> tuple[int, str, Peaks]:
    # PostgreSQL locks the row; SQLite has locked the file, for the transaction began IMMEDIATE.
    lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        if lock:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
        cursor.execute("SELECT size, last, peaks FROM head" + lock)  # noqa: S608 - one of two
        found = cursor.fetchone()
    if found is None:
        raise RegisterDamaged(
            f"the journal has no head: its row is {found}", expected="one row in the table head"
        )
    size, last, peaks = found
    return size, last, Peaks.of(size, peaks.split())


def never_back(connection: BaseDatabaseWrapper, now: datetime) -> datetime:
    """An instant in UTC, or that of the last entry if the clock says an earlier one."""
    instant = now.astimezone(UTC)
    return max(instant, _last_recorded(connection) or instant)


def _last_recorded(connection: BaseDatabaseWrapper) -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT recorded FROM entry ORDER BY seq DESC LIMIT 1")
        found = cursor.fetchone()
    return instant_of(found[0]) if found else None


def head_of(connection: BaseDatabaseWrapper) -> tuple[Head, str]:
    """The head of the journal as its row has it, and the hash of the last entry."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT size, last, peaks FROM head")
        size, last, peaks = cursor.fetchone()
    return Peaks.of(size, peaks.split()).head(), last
