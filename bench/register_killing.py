"""Whoever appends is killed (kill -9) at random instants: is the register whole, and every act?

An act is several entries in one transaction. What is asked after each kill: does the whole verify,
projections and head included; stand all entries of an act or none; does every act stand whose end
was acknowledged. Beside the sound appender stand faulty ones that the same effort must catch.
"""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.db import DatabaseError
from tests.clusters import Cluster, drop_database, new_database

from bench.figures import Line, measured
from bench.register_small import POSTGRESQL, SQLITE, server
from regard.core.errors import RegardError
from regard.register import acting, database
from regard.register.entries import Speaker
from regard.register.kinds import Term, made
from regard.register.register import Register
from regard.register.rows import BODY, EDGE, ENTRY, VERSION
from regard.register.verifying import verify

SEED = 20261122
KILLS, SMALL_KILLS = 500, 2
SERVER_KILLS, SMALL_SERVER_KILLS = 10, 1
OF_AN_ACT = (1, 12)  # entries, from and to
FLUSHED_AT = 4  # entries held in memory; a small number, so that kills fall between two writes too
WINDOW = 0.06  # seconds after its first act within which an appender is killed
SERVER_WINDOW = 0.4
RENEWED = 25  # kills after which a new register is begun, so that verifying stays short
LAST_BREATH = 10.0  # seconds that a server takes at most to end the session of a killed client
KEEPER = Speaker("party:bench-holder-1", "party:bench-keeper")
LIVES = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()"

Appender = Callable[[Register, str, int], None]


# Appenders: each makes one act, with its name and so many entries.


def sound(register: Register, name: str, entries: int) -> None:
    with register.acting(KEEPER) as act:
        for number in range(entries):
            act.enter(_word(name, number), subject=_subject(name, number, entries))


def one_by_one(register: Register, name: str, entries: int) -> None:
    """The fault: an act is several transactions."""
    for number in range(entries):
        register.enter(_word(name, number), subject=_subject(name, number, entries), by=KEEPER)


def head_first(register: Register, name: str, entries: int) -> None:
    """The fault: the head is committed before the entries that it counts."""
    with suppress(_Undone), register.acting(KEEPER) as act:
        acting.AT_ONCE = entries + 1
        for number in range(entries):
            act.enter(_word(name, number), subject=_subject(name, number, entries))
        held = [(ENTRY, [*act._entries]), (BODY, [*act._bodies]), (VERSION, [*act._versions]),
                (EDGE, [*act._edges])]  # fmt: skip
        head = [act._size, act._last, " ".join(act._peaks.stored())]
        raise _Undone
    with register.connection.cursor() as cursor:
        cursor.execute("UPDATE head SET size = %s, last = %s, peaks = %s", head)
        cursor.execute("BEGIN")
        for table, rows in held:
            if rows:
                cursor.executemany(table.insert, rows)
        cursor.execute("COMMIT")


def not_waiting(register: Register, name: str, entries: int) -> None:
    """The fault: an act is acknowledged before the disk has it (PostgreSQL)."""
    with register.connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    sound(register, name, entries)


class _Undone(Exception):
    pass


def _word(name: str, number: int) -> Any:
    return made(Term, scheme="bench", label=f"Word {number} of act {name}")


def _subject(name: str, number: int, entries: int) -> str:
    return f"term:{name}/{number}-of-{entries}"


@dataclass
class Killed:
    """What kills found.

    Attributes:
        kills: Appenders, or servers, killed while they were appending.
        acts: Acts that stand.
        broken: Kills after which the register does not verify.
        torn: Kills after which some act has a part of its entries.
        lost: Kills after which an acknowledged act is not there.
        seconds: The longest that a killed server took to come back.
    """

    kills: int = 0
    acts: int = 0
    broken: int = 0
    torn: int = 0
    lost: int = 0
    seconds: float = 0

    def wrong(self) -> int:
        """Kills after which anything is wrong."""
        return self.broken + self.torn + self.lost

    def take(self, register: Register, acknowledged: list[str]) -> bool:
        """Look at the register after a kill; whether all is well."""
        self.kills += 1
        stands = _acts(register)
        self.acts += len(stands)
        if not _verifies(register):
            self.broken += 1
        elif not all(stands.values()):
            self.torn += 1
        elif not all(stands.get(name) for name in acknowledged):
            self.lost += 1
        else:
            return True
        return False


def _verifies(register: Register) -> bool:
    try:
        return verify(register, projections=True).whole
    except RegardError:
        return False


def _acts(register: Register) -> dict[str, bool]:
    """Every act in the journal, and whether all of its entries stand one after another."""
    with register.connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq, subject FROM entry WHERE subject LIKE 'term:%%' ORDER BY seq", []
        )
        found: dict[str, list[tuple[int, str]]] = {}
        for seq, subject in cursor.fetchall():
            name, _, place = subject.removeprefix("term:").partition("/")
            found.setdefault(name, []).append((seq, place))
    return {name: _is_whole(entries) for name, entries in found.items()}


def _is_whole(entries: list[tuple[int, str]]) -> bool:
    first, size = entries[0][0], len(entries)
    return entries == [(first + place, f"{place}-of-{size}") for place in range(size)]


@dataclass(frozen=True)
class Place:
    """Where registers are begun again and again: a folder, and a server or none."""

    folder: Path
    cluster: Cluster | None
    template: str

    @property
    def name(self) -> str:
        """The name of the database."""
        return SQLITE if self.cluster is None else POSTGRESQL

    def begin(self) -> tuple[Path, str]:
        """A new register: its folder and URL."""
        home = self.folder / "home"
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir()
        if self.cluster is not None:
            return home, new_database(self.cluster.url, template=self.template)
        shutil.copyfile(self.folder / "template" / database.FILE, home / database.FILE)
        return home, ""

    def end(self, home: Path, url: str) -> None:
        """Leave nothing of a register behind."""
        if self.cluster is not None:
            drop_database(self.cluster.url, url)


def place_in(folder: Path, cluster: Cluster | None) -> Place:
    """A place with an empty register to copy."""
    folder.mkdir(parents=True)
    url = "" if cluster is None else new_database(cluster.url)
    register, _ = Register.found(folder / "template", body="bench", name="Bench", url=url)
    if cluster is None:
        with register.connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    register.close()
    return Place(folder, cluster, url)


def kill_appenders(place: Place, appender: Appender, *, kills: int, seed: int) -> Killed:
    """Kill whoever appends, so many times, each at a random instant of its work."""
    draw, found = random.Random(seed), Killed()
    while found.kills < kills:
        home, url = place.begin()
        for _ in range(min(RENEWED, kills - found.kills)):
            acknowledged = _append_and_die(home, url, appender, draw)
            register = Register.open(home, url=url)
            _wait_for_last_breath(register)
            well = found.take(register, acknowledged)
            register.close()
            if not well:
                break
        place.end(home, url)
    return found


def _append_and_die(home: Path, url: str, appender: Appender, draw: random.Random) -> list[str]:
    child, told = _started(home, url, appender, draw.getrandbits(32))
    said = _first(told)
    time.sleep(draw.uniform(0, WINDOW))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return (said + _rest(told)).decode().splitlines()


def _started(home: Path, url: str, appender: Appender, seed: int) -> tuple[int, int]:
    """A child that appends until it dies, and the end of the pipe on which it tells each act."""
    told, tell = os.pipe()
    child = os.fork()  # the parent has no connection open; a new interpreter would take a second
    if child:
        os.close(tell)
        return child, told
    try:
        os.close(told)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # that its server is gone is no news
        with patch.object(acting, "AT_ONCE", FLUSHED_AT):
            _append(home, url, appender, seed, tell)
    except (RegardError, DatabaseError, OSError):
        os._exit(1)  # the server is gone
    finally:
        os._exit(0)


def _append(home: Path, url: str, appender: Appender, seed: int, tell: int) -> None:
    draw = random.Random(seed)
    register = Register.open(home, url=url)
    while True:
        name = f"{draw.getrandbits(48):012x}"
        appender(register, name, draw.randint(*OF_AN_ACT))
        os.write(tell, f"{name}\n".encode())


def _first(told: int) -> bytes:
    """What it tells first: then it is at work."""
    ready, _, _ = select.select([told], [], [], LAST_BREATH)
    return os.read(told, 1 << 16) if ready else b""


def _rest(told: int) -> bytes:
    with os.fdopen(told, "rb") as file:
        return file.read()


def _wait_for_last_breath(register: Register) -> None:
    # What the dead had sent to the server may still be under way there.
    if register.connection.vendor != "postgresql":
        return
    until = time.monotonic() + LAST_BREATH
    with register.connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(LIVES)
            if cursor.fetchone()[0] == 1:
                return
            time.sleep(0.005)


def kill_servers(place: Place, appender: Appender, *, kills: int, seed: int) -> Killed:
    """Kill the server and all of its processes, so many times, while somebody appends."""
    draw, found = random.Random(seed), Killed()
    assert place.cluster is not None
    home, url = place.begin()
    acknowledged: list[str] = []
    for _ in range(kills):
        child, told = _started(home, url, appender, draw.getrandbits(32))
        said = _first(told)
        time.sleep(draw.uniform(0, SERVER_WINDOW))
        place.cluster.kill()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        acknowledged += (said + _rest(told)).decode().splitlines()
        begun = time.monotonic()
        place.cluster.start()
        found.seconds = max(found.seconds, time.monotonic() - begun)
        register = Register.open(home, url=url)
        well = found.take(register, acknowledged)
        register.close()
        if not well:
            place.end(home, url)
            home, url = place.begin()
            acknowledged = []
    return found


def lines(folder: Path, *, small: bool = False) -> list[Line]:
    """Every figure of kills, on each database that is here."""
    kills = SMALL_KILLS if small else KILLS
    found = list(_of_appenders(place_in(folder / SQLITE, None), kills))
    with server() as one:
        if one is not None:
            place = place_in(folder / POSTGRESQL, one)
            found += _of_appenders(place, kills)
            found += _of_servers(place, SMALL_SERVER_KILLS if small else SERVER_KILLS)
    return found


def _of_appenders(place: Place, kills: int) -> Iterator[Line]:
    for claim, appender in (
        ("killed", sound),
        ("killed-control.one-by-one", one_by_one),
        ("killed-control.head-first", head_first),
    ):
        found = kill_appenders(place, appender, kills=kills, seed=SEED)
        yield _line(f"{claim}.{place.name}", found)


def _of_servers(place: Place, kills: int) -> Iterator[Line]:
    for claim, appender in (("server-killed", sound), ("server-killed-control", not_waiting)):
        found = kill_servers(place, appender, kills=kills, seed=SEED)
        yield _line(claim, found, f"; back after {found.seconds:.1f} s at most")


def _line(claim: str, found: Killed, more: str = "") -> Line:
    return measured(
        f"register.{claim}",
        found.wrong(),
        n=found.kills,
        seed=SEED,
        note=f"not whole after {found.broken}, an act torn after {found.torn}, an acknowledged act "
        f"lost after {found.lost}{more}",
    )
