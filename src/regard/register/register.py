"""The register: one way to write, which is an act, and one way to read, which is a view."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from regard.core.errors import (
    DefinitionRefused,
    EntryRefused,
    RegisterBusy,
    RegisterDamaged,
    RegisterMissing,
)
from regard.core.markings import OFFICIAL, Marking
from regard.register import database
from regard.register.access import Reader, Standing
from regard.register.acting import Acts, head_of, never_back
from regard.register.canonical import NOTHING, new_salt
from regard.register.entries import Entry, Speaker
from regard.register.kinds.frame import Appointment, Party
from regard.register.kinds.reading import made
from regard.register.kinds.values import Kind, Window
from regard.register.seeing import View, position_at
from regard.register.subjects import subject_of
from regard.register.tree import Head

K = TypeVar("K", bound=Kind)

Clock = Callable[[], datetime]


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)


class Register:
    """A register in a data folder, or in the database of a URL.

    Use `Register.open` or `Register.found`. It may be used by several threads: each has its own
    connection.
    """

    def __init__(self, home: Path, alias: str, clock: Clock = now) -> None:
        self.home = home
        self.alias = alias
        self.clock = clock
        self.salt: Callable[[], str] = new_salt

    @classmethod
    def open(cls, home: Path, *, url: str | None = None, clock: Clock = now) -> Register:
        """The register of a data folder, or of a database.

        Args:
            home: The data folder (`REGARD_HOME`).
            url: The database; by default `DATABASE_URL`, and without it the folder's own.
            clock: Says the instant at which an entry is recorded.

        Raises:
            RegisterMissing: none was founded there, or its tables are of another version.
            DefinitionRefused, EngineMissing: the URL cannot be used.
        """
        given = database.url_given(url)
        if not given and not database.file_of(home).is_file():
            raise _missing(str(home))
        register = cls(home, database.connect(home, given), clock)
        register._must_be_whole()
        return register

    @classmethod
    def found(
        cls,
        home: Path,
        *,
        body: str,
        name: str,
        area: str = "",
        url: str | None = None,
        clock: Clock = now,
        salt: Callable[[], str] = new_salt,
    ) -> tuple[Register, Speaker]:
        """Make a register, with its first body, its keeper's post and the keeper's account.

        Args:
            home: The data folder, made if there is none.
            body: The path of the body, such as `west-midlands`.
            name: What the body is called.
            area: The police.uk name of its force area, if it has one.
            url: The database; by default `DATABASE_URL`, and without it the folder's own.
            clock: Says the instant at which an entry is recorded.
            salt: Gives the salt of each body; one that is stated is for examples alone.

        Returns:
            The register, and the keeper who may appoint others.

        Raises:
            RegisterDamaged: there is a register already.
        """
        given = database.url_given(url)
        home.mkdir(parents=True, exist_ok=True)
        register = cls(home, database.connect(home, given), clock)
        register.salt = salt
        call_command("migrate", "register", database=register.alias, verbosity=0, interactive=False)
        keeper = Speaker(
            holder=subject_of("party", f"{body}-holder-1"),
            post=subject_of("party", f"{body}-keeper"),
        )
        register._found(subject_of("party", body), name, area, keeper)
        return register, keeper

    def _found(self, body: str, name: str, area: str, keeper: Speaker) -> None:
        parties = {
            body: made(Party, form="body", name=name, area=area),
            keeper.post: made(
                Party,
                form="post",
                name="Register keeper",
                parent=body,
                roles=("register-keeper",),
            ),
            keeper.holder: made(
                Party,
                form="person",
                name="account 1",
                parent=body,
                appointments=(Appointment(post=keeper.post, window=Window()),),
            ),
        }
        with self._transaction(), self.connection.cursor() as cursor:
            cursor.execute("SELECT size FROM head")
            found = cursor.fetchone()
            if found is not None:
                raise RegisterDamaged(
                    f"a register of {found[0]:,} entries stands here already",
                    expected="an empty folder or database",
                    next_step="open it, or found a new one elsewhere",
                )
            cursor.execute(
                "INSERT INTO head (id, size, last, peaks) VALUES (1, 0, %s, '')", [NOTHING]
            )
            acts = Acts(self.connection, keeper, self.clock(), founding=True, salt=self.salt)
            for subject, party in parties.items():
                acts.enter(party, subject=subject)
            acts.end()

    @property
    def connection(self) -> BaseDatabaseWrapper:
        """The connection of this thread."""
        return database.of(self.alias)

    @contextmanager
    def acting(self, by: Speaker) -> Iterator[Acts]:
        """Several entries in one transaction: all of them stand, or none does.

        Raises:
            AccessRefused: the speaker does not hold the post today.
            EntryRefused: an act is under way in this thread.
            RegisterBusy: another writer held the register for too long.
        """
        if self.connection.in_atomic_block:
            raise EntryRefused(
                f"{by.post} would act within an act", expected="one act after another"
            )
        with self._transaction():
            acts = Acts(self.connection, by, self.clock(), salt=self.salt)
            try:
                yield acts
                acts.end()
            except BaseException:
                acts.abandon()
                raise

    def enter(
        self,
        value: K,
        *,
        subject: str,
        by: Speaker,
        effective: date | None = None,
        marking: Marking = OFFICIAL,
        shared: bool = False,
        after: int | None = None,
    ) -> Entry[K]:
        """One entry in a transaction of its own; see `Acts.enter`."""
        with self.acting(by) as acts:
            return acts.enter(
                value,
                subject=subject,
                effective=effective,
                marking=marking,
                shared=shared,
                after=after,
            )

    def view(
        self,
        reader: Reader,
        *,
        known_at: datetime | int | None = None,
        true_on: date | None = None,
        standing: Standing | None = None,
    ) -> View:
        """The register as a reader may see it at a position on both clocks.

        Args:
            reader: A speaker, `PUBLIC`, or `EVERYTHING` for work inside the house.
            known_at: What was known at that instant, or up to that entry; None for now.
            true_on: What was true on that day; None for whatever is said of any day.
            standing: What the reader was a moment ago, for a view that serves one answer: it asks
                no question twice, and not at each who reads.

        Raises:
            DefinitionRefused: the journal has no such position, or the standing is another's.
        """
        if standing is not None and standing.speaker != reader:
            raise DefinitionRefused(
                f"the standing of {standing.speaker.post} is not that of {reader}",
                expected="the standing of the reader",
            )
        position = position_at(self.connection, known_at, true_on)
        return View(self.connection, reader, position, self.today, standing)

    def today(self) -> date:
        """The day by the register's clock, which never goes back behind the last entry."""
        return never_back(self.connection, self.clock()).date()

    def head(self) -> Head:
        """Where the journal ends: its size and the root over it."""
        return head_of(self.connection)[0]

    def close(self) -> None:
        """Let go of this thread's connection."""
        self.connection.close()

    @contextmanager
    def upkeep(self) -> Iterator[None]:
        """One transaction for work on what the journal gives, which enters nothing.

        Raises:
            RegisterBusy, RegisterDamaged: as `acting` does.
        """
        with self._transaction():
            yield

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            with transaction.atomic(using=self.alias):
                yield
        except DatabaseError as refusal:
            if isinstance(refusal, OperationalError) and _is_busy(refusal):
                raise RegisterBusy(
                    f"another writer held the register for {database.PATIENCE} seconds: {refusal}",
                    expected="a register that takes an entry",
                    next_step="nothing of the act was kept; try again",
                ) from refusal
            raise RegisterDamaged(
                f"the register could not be written: {refusal}",
                expected="a database that takes an entry",
                next_step="nothing of the act was kept; see that the disk has room and that no "
                "other program holds the file, then try again",
            ) from refusal

    def _must_be_whole(self) -> None:
        try:
            plan = MigrationExecutor(self.connection).migration_plan(
                MigrationExecutor(self.connection).loader.graph.leaf_nodes("register")
            )
            with self.connection.cursor() as cursor:
                cursor.execute("SELECT (SELECT size FROM head), (SELECT MIN(seq) FROM entry)")
                size, first = cursor.fetchone()
        except DatabaseError as refusal:
            connections[self.alias].close()
            if _is_damage(refusal):
                raise RegisterDamaged(
                    f"the database of {self.home} cannot be read: {refusal}",
                    expected="a whole database",
                    next_step="keep this database as it is, and restore the last backup that "
                    "verifies into an empty folder",
                ) from refusal
            raise _missing(f"{self.home}: {refusal}") from refusal
        if size is None and first is not None:
            raise RegisterDamaged(
                f"the head of the journal is missing, and entry {first:,} stands in it",
                expected="one row in `head`",
                next_step="keep this database as it is, and restore the last backup that verifies "
                "into an empty folder",
            )
        if plan or size is None:
            raise _missing(str(self.home))


def _is_busy(refusal: OperationalError) -> bool:
    told = str(refusal)
    return "database is locked" in told or "lock timeout" in told


def _is_damage(refusal: DatabaseError) -> bool:
    told = str(refusal)
    return "malformed" in told or "not a database" in told


def _missing(place: str) -> RegisterMissing:
    return RegisterMissing(
        f"no register was founded here ({place})",
        expected="a data folder with a register, or a DATABASE_URL that leads to one",
        next_step="regard register found BODY --name NAME makes one",
    )
