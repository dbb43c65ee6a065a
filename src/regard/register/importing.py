"""A journal brought into an empty place from its lines: every hash checked, all of it or nothing.

A file becomes visible only when it is whole and verified, under its own name; a server's database
takes everything in one transaction.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, transaction

from regard.core.errors import (
    FileRefused,
    FileUnreadable,
    NotStored,
    Problem,
    RegardError,
    RegisterDamaged,
)
from regard.register import database
from regard.register.checking import Chain
from regard.register.exporting import head_of_line, row_of_line
from regard.register.filling import eased, fill
from regard.register.projecting import WORDS, Projected, erased_row, projected
from regard.register.register import Register
from regard.register.rows import BODY, EDGE, ENTRY, ERASURE, VERSION
from regard.register.streaming import STRETCH, Progress, Row, silent
from regard.register.tree import Head
from regard.register.verifying import verify

DOING = "bringing the journal in"
LONGEST = 1 << 28  # bytes of a line: an issued paper is kept in one, with its charts
CACHE = 128 * 1024  # KB; with SQLite's own 2 MB the indexes are made from the disk


@dataclass(frozen=True)
class Brought:
    """What was brought in.

    Attributes:
        head: The head of the journal, as the file said and as the database verified.
        erased: How many of its entries had been lawfully erased.
    """

    head: Head
    erased: int

    def said(self) -> tuple[str, ...]:
        """The report, a sentence a line."""
        kept = f" Lawfully erased before: {self.erased:,}." if self.erased else ""
        return (
            f"Brought in and verified: {self.head.size:,} entries. The head is {self.head}.{kept}",
        )


def import_register(
    file: Path, home: Path, *, url: str | None = None, progress: Progress = silent
) -> Brought:
    """Bring an export into a folder or database that holds no register.

    Args:
        file: The lines, as `exported` gives them.
        home: The data folder, made if there is none.
        url: The database; by default `DATABASE_URL`, and without it the folder's own.
        progress: Told how far it is.

    Raises:
        FileRefused: the first bad line, by its number; nothing is kept.
        FileUnreadable: the file cannot be read.
        RegisterDamaged: a register stands there already.
        NotStored: the disk or the database did not take it.
    """
    try:
        with file.open("rb") as opened:
            lines = iter(lambda: opened.readline(LONGEST), b"")
            return bring_in(lines, home, url=url, name=file.name, progress=progress)
    except OSError as reason:
        raise FileUnreadable(f"{file}: {reason.strerror or reason}") from reason


def bring_in(
    lines: Iterator[bytes], home: Path, *, url: str | None, name: str, progress: Progress
) -> Brought:
    """Bring lines into a folder or database that holds no register; see `import_register`."""
    given = database.url_given(url)
    target = database.file_meant(home, given)
    try:
        home.mkdir(parents=True, exist_ok=True)
        if target is None:
            return _into_server(
                lines, Register(home, database.connect(home, given)), name, progress
            )
        return _into_file(lines, target, name, progress)
    except (OSError, DatabaseError) as reason:
        raise NotStored(
            f"{name} was not brought in: {reason}",
            expected="a disk with room, or a database that takes an entry",
            next_step="nothing was kept; make room and give the same command again",
        ) from reason


def _into_file(lines: Iterator[bytes], target: Path, name: str, progress: Progress) -> Brought:
    if target.exists():
        raise _stands(str(target))
    with TemporaryDirectory(dir=target.parent, prefix=".bringing-in-") as folder:
        made = Register(Path(folder), database.connect(Path(folder), ""))
        try:
            # Nobody else has the file, and until it is whole nobody will: it needs no log.
            with made.connection.cursor() as cursor:
                cursor.execute("PRAGMA journal_mode=MEMORY")
                cursor.execute("PRAGMA synchronous=OFF")
                cursor.execute(f"PRAGMA cache_size=-{CACHE}")
            brought = _filled_and_verified(lines, made, name, progress)
        finally:
            database.forget(made.alias)
        file = database.file_of(Path(folder))
        _synchronise(file)
        if target.exists():
            raise _stands(str(target))
        file.rename(target)
    _synchronise(target.parent)
    return brought


def _into_server(lines: Iterator[bytes], made: Register, name: str, progress: Progress) -> Brought:
    with transaction.atomic(using=made.alias):
        return _filled_and_verified(lines, made, name, progress)


def _filled_and_verified(
    lines: Iterator[bytes], made: Register, name: str, progress: Progress
) -> Brought:
    call_command("migrate", "register", database=made.alias, verbosity=0, interactive=False)
    with transaction.atomic(using=made.alias), made.connection.cursor() as cursor:
        cursor.execute("SELECT size FROM head")
        if cursor.fetchone() is not None:
            raise _stands(str(made.connection.settings_dict["NAME"]))
        brought = _filled(cursor, made.connection.vendor, lines, name, progress)
    found = verify(made, progress=progress)
    if not found.whole:
        raise _refused(name, found.bad.seq + 1 if found.bad else 1, str(found.bad))
    return brought


def _filled(
    cursor: Any, vendor: str, lines: Iterator[bytes], name: str, progress: Progress
) -> Brought:
    try:
        head = head_of_line(next(lines, b""))
    except (ValueError, RecursionError) as reason:
        raise _refused(name, 1, str(reason)) from reason
    # Whether an erasure is lawful is told by a later entry: the verification at the end asks.
    chain = Chain(lambda _seq, _decision: "", head.size)
    erased: list[Row] = []
    with eased(cursor, vendor, ENTRY, BODY, ERASURE, VERSION, EDGE):
        for rows in _stretches(lines, name):
            if bad := chain.take(rows):
                raise _refused(name, bad.seq + 1, str(bad))
            _written(cursor, vendor, rows, name)
            erased += [row for row in rows if row[WORDS] is None]
            progress(DOING, 0, chain.size, head.size)
        fill(cursor, vendor, VERSION, [erased_row(cursor, row) for row in erased])
    if chain.head() != head:
        told = f"the journal ends with the head {chain.head()}, and the first line says {head}"
        raise _refused(name, chain.size + 2, told)
    cursor.execute(
        "INSERT INTO head (id, size, last, peaks) VALUES (1, %s, %s, %s)",
        [head.size, chain.last, " ".join(chain.peaks.stored())],
    )
    return Brought(head, len(erased))


def _stretches(lines: Iterator[bytes], name: str) -> Iterator[list[Row]]:
    rows: list[Row] = []
    for number, line in enumerate(lines, start=2):
        try:
            rows.append(row_of_line(line))
        except (ValueError, RecursionError) as reason:
            yield rows  # a bad line before this one is named first
            raise _refused(name, number, str(reason)) from reason
        if len(rows) >= STRETCH:
            yield rows
            rows = []
    yield rows


def _written(cursor: Any, vendor: str, rows: list[Row], name: str) -> None:
    with_words = [row for row in rows if row[WORDS] is not None]
    fill(cursor, vendor, ENTRY, [row[:13] for row in rows])
    fill(cursor, vendor, BODY, [(row[0], row[13], row[14]) for row in with_words])
    fill(cursor, vendor, ERASURE, [(row[0], row[15]) for row in rows if row[WORDS] is None])
    made = _projections(cursor, with_words, name)
    fill(cursor, vendor, VERSION, made.versions)
    fill(cursor, vendor, EDGE, made.edges)


def _projections(cursor: Any, rows: list[Row], name: str) -> Projected:
    try:
        return projected(cursor, rows)
    except RegardError:
        for row in rows:
            try:
                projected(cursor, [row])
            except RegardError as refusal:
                raise _refused(name, row[0] + 1, refusal.wrong) from refusal
        raise


def _refused(name: str, line: int, told: str) -> FileRefused:
    return FileRefused(
        [Problem(f"{name}, line {line:,}", 0, "", "", told)],
        expected="the lines of a whole journal, as `regard register export` writes them",
        next_step="nothing was kept; take another copy, or write the export anew",
    )


def _stands(where: str) -> RegisterDamaged:
    return RegisterDamaged(
        f"a register stands here already ({where})",
        expected="an empty folder or database",
        next_step="name another folder with --home, or another DATABASE_URL",
    )


def _synchronise(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
