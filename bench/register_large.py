"""A register of a million entries: its pages as at any position, and what is done to all of it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from tests.clusters import new_database

from bench.asking import ask
from bench.figures import Line, measured
from bench.filling import Filled, fill, reopened
from bench.register_small import POSTGRESQL, SQLITE, server
from regard.register.backing_up import back_up, restore
from regard.register.exporting import exported
from regard.register.importing import import_register
from regard.register.kinds import Term, made
from regard.register.rebuilding import rebuild
from regard.register.register import Register
from regard.register.verifying import verify

SEED = 1
ENTRIES = 1_000_000
SMALL_ENTRIES = 2_000
PAGES, SMALL_PAGES = 200, 10
WRITES, SMALL_WRITES = 1_000, 50
SYNCED = 4_096  # bytes written before each fsync, a page of the database

T = TypeVar("T")


@dataclass(frozen=True)
class Effort:
    """How much of everything."""

    entries: int
    pages: int
    writes: int
    forces: int


FULL = Effort(ENTRIES, PAGES, WRITES, 43)
SMALL = Effort(SMALL_ENTRIES, SMALL_PAGES, SMALL_WRITES, 1)


def lines(folder: Path, *, small: bool = False, filled: Path | None = None) -> list[Line]:
    """Every figure of a large register, on each database that is here.

    Args:
        folder: A folder to work in.
        small: A few thousand entries instead of a million.
        filled: A data folder that was filled before; else one is filled now, which takes minutes.
    """
    effort = SMALL if small else FULL
    if filled is None:
        filled = folder / "filled"
        fill(filled, effort.entries, seed=SEED, url="", forces=effort.forces).register.close()
    one = reopened(filled, url="")
    export, size = folder / "export.jsonl", one.register.head().size
    seconds, _ = _timed(lambda: _write(one.register, export))
    found = [_line("export", SQLITE, seconds, size, f"{export.stat().st_size:,} bytes")]
    found += _whole(folder / SQLITE, SQLITE, one, export, "", effort)
    one.register.close()
    with server() as postgres:
        if postgres is not None:
            url = new_database(postgres.url)
            found += _brought(folder / POSTGRESQL, POSTGRESQL, export, url, size)
            other = reopened(folder / POSTGRESQL, url=url)
            again = folder / "again.jsonl"
            seconds, _ = _timed(lambda: _write(other.register, again))
            found.append(_line("export", POSTGRESQL, seconds, size, ""))
            assert _same(export, again), "the export of the other database has other bytes"
            again.unlink()
            found += _whole(
                folder / POSTGRESQL, POSTGRESQL, other, export, new_database(postgres.url), effort
            )
            other.register.close()
    return found


def _whole(
    folder: Path, name: str, one: Filled, export: Path, empty: str, effort: Effort
) -> Iterator[Line]:
    """All that is measured of one database; `empty` is where it is brought back to."""
    register = one.register
    size = register.head().size
    asked = ask(one, pages=effort.pages, seed=SEED)
    yield measured(
        f"register.large.page-as-at.{name}", asked.p95, n=asked.pages, seed=SEED,
        note=f"{size:,} entries; {asked.entries:.0f} shown on average, the slowest page "
        f"{asked.slowest:.0f} ms; {_load()}",
    )  # fmt: skip
    seconds, verified = _timed(lambda: verify(register))
    assert verified.whole, verified.bad
    yield _line("verify", name, seconds, size, "")
    seconds, rebuilt = _timed(lambda: rebuild(register))
    assert rebuilt.identical
    yield _line("rebuild", name, seconds, size, f"digest {rebuilt.after[:12]} before and after")
    yield from _backed_up(folder, name, register, empty)
    if name == SQLITE:
        yield from _brought(folder / "imported", name, export, "", size)
    yield _entries(folder, name, one, effort.writes)


def _backed_up(folder: Path, name: str, register: Register, empty: str) -> Iterator[Line]:
    folder.mkdir(exist_ok=True)
    backup, home = folder / "register.backup", folder / "restored"
    away, written = _timed(lambda: back_up(register, backup))
    back, brought = _timed(lambda: restore(backup, home, url=empty))
    assert brought.head == register.head()
    backup.unlink()
    size = brought.head.size
    yield _line("restore", name, back, size, "with the verification that it ends in")
    note = f"backup {away:.1f} s ({written.size:,} bytes), restore {back:.1f} s"
    yield _line("backup-restore", name, away + back, size, note)


def _brought(home: Path, name: str, export: Path, url: str, size: int) -> Iterator[Line]:
    seconds, brought = _timed(lambda: import_register(export, home, url=url))
    assert brought.head.size == size
    yield _line("import", name, seconds, size, "every hash checked, and verified at the end")
    if name == SQLITE:
        register = Register.open(home, url=url)
        again = home / "again.jsonl"
        _write(register, again)
        register.close()
        differ = not _same(export, again)
        yield measured("register.large.round-trip", int(differ), n=size, seed=SEED)


def _entries(folder: Path, name: str, one: Filled, writes: int) -> Line:
    """What an entry adds to a bare write of one row, each in a transaction of its own."""
    bare = _bare_writes(one.register, writes)
    took = []
    for number in range(writes):
        value = made(Term, scheme="bench", label=f"Word {number}")
        start = time.perf_counter()
        one.register.enter(value, subject=f"term:bench/{number}", by=one.keeper)
        took.append(1000 * (time.perf_counter() - start))
    entered, plain, synced = _p95(took), _p95(bare), _p95(_synced(folder, writes))
    return measured(
        f"register.entry-adds.{name}", entered - plain, n=writes, seed=SEED,
        note=f"p95 of an entry {entered:.2f} ms, of a bare row {plain:.2f} ms, of the disk's own "
        f"fsync of 4 KB {synced:.2f} ms; in a journal of {one.register.head().size:,}; {_load()}",
    )  # fmt: skip


def _bare_writes(register: Register, writes: int) -> list[float]:
    took = []
    with register.connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (id BIGINT PRIMARY KEY, words TEXT)")
        for number in range(writes):
            start = time.perf_counter()
            cursor.execute("INSERT INTO bare VALUES (%s, %s)", [number, "Word " * 40])
            took.append(1000 * (time.perf_counter() - start))
        cursor.execute("DROP TABLE bare")
    return took


def _synced(folder: Path, writes: int) -> list[float]:
    took = []
    with (folder / "synced").open("wb") as file:
        for _ in range(writes):
            start = time.perf_counter()
            file.write(bytes(SYNCED))
            file.flush()
            os.fsync(file.fileno())
            took.append(1000 * (time.perf_counter() - start))
    return took


def _p95(took: list[float]) -> float:
    return float(np.percentile(took, 95))


def _write(register: Register, file: Path) -> None:
    with file.open("wb") as opened:
        opened.writelines(exported(register))


def _same(one: Path, other: Path) -> bool:
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as left, other.open("rb") as right:
        return all(a == b for a, b in zip(left, right, strict=True))


class Took(float):
    """Seconds by the clock on the wall, with those of this process alone."""

    of_process: float = 0.0

    def __add__(self, other: float) -> Took:
        made_ = Took(float(self) + float(other))
        made_.of_process = self.of_process + getattr(other, "of_process", 0.0)
        return made_


def _timed(action: Callable[[], T]) -> tuple[Took, T]:
    start, of_process = time.perf_counter(), time.process_time()
    made_ = action()
    took = Took(time.perf_counter() - start)
    took.of_process = time.process_time() - of_process
    return took, made_


def _line(claim: str, name: str, took: Took, size: int, note: str) -> Line:
    told = [note] if note else []
    told += [f"of the {took:.1f} s this process was at work for {took.of_process:.1f}", _load()]
    return measured(f"register.large.{claim}.{name}", took, n=size, seed=SEED, note="; ".join(told))


def _load() -> str:
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
