"""Many rows into the register's tables at once, the way each database takes them fastest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from regard.register.rows import Table

SORTING = "256MB"  # PostgreSQL's own 64 MB sort the index of a million subjects from the disk

_HELD = {
    "sqlite": "SELECT name, type, sql FROM sqlite_master WHERE tbl_name = %s "
    "AND (type = 'index' AND sql IS NOT NULL OR type = 'trigger' AND sql LIKE '%%BEFORE INSERT%%') "
    "ORDER BY name",
    "postgresql": "SELECT indexname, 'index', indexdef FROM pg_indexes "
    "WHERE schemaname = current_schema() AND tablename = %s "
    "AND indexname NOT IN (SELECT conname FROM pg_constraint) ORDER BY indexname",
}


def fill(cursor: Any, vendor: str, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows to a table: on PostgreSQL by COPY, which takes a third of the time."""
    if not rows:
        return
    if vendor != "postgresql":
        cursor.executemany(table.insert, rows)
        return
    with cursor.copy(f"COPY {table.name} ({table.columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def add(cursor: Any, vendor: str, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Add the rows of an act: on PostgreSQL in one statement, for each is a question and answer."""
    if len(rows) == 1:
        cursor.execute(table.insert, rows[0])
        return
    if vendor != "postgresql":
        cursor.executemany(table.insert, rows)
        return
    columns = [list(column) for column in zip(*rows, strict=True)]
    arrays = ", ".join(
        f"%s::{'bigint' if isinstance(held[0], int) else 'text'}[]" for held in columns
    )
    cursor.execute(
        f"INSERT INTO {table.name} ({table.columns}) SELECT * FROM unnest({arrays})",  # noqa: S608
        columns,
    )


def empty(cursor: Any, vendor: str, *tables: Table) -> None:
    """Throw every row of these tables away, and at once: nobody reads them meanwhile."""
    names = [table.name for table in tables]
    if vendor == "postgresql":
        cursor.execute(f"TRUNCATE {', '.join(names)}")
        return
    for name in names:
        cursor.execute(f"DELETE FROM {name}")  # noqa: S608


@contextmanager
def eased(cursor: Any, vendor: str, *tables: Table) -> Iterator[None]:
    """Take what slows an insertion away from these tables and make it again at the end.

    Indexes over rows that are there are made in a fraction of the time that they take to grow row
    by row; SQLite's triggers on INSERT ask whether a row stands there already, and a key refuses
    that too. Indexes that keep a rule, as a key does, stay. It belongs into a transaction.
    """
    if vendor == "postgresql":
        cursor.execute(f"SET LOCAL maintenance_work_mem = '{SORTING}'")
    held: list[tuple[str, str, str]] = []
    for table in tables:
        cursor.execute(_HELD[vendor], [table.name])
        held += cursor.fetchall()
    for name, what, _ in held:
        cursor.execute(f'DROP {what} "{name}"')
    yield
    for _, _, words in held:
        cursor.execute(words)
    if vendor == "postgresql":
        # Until the server has looked at its tables by itself, it takes them for empty, and reads a
        # page of a million entries in seconds.
        cursor.execute(f"ANALYZE {', '.join(table.name for table in tables)}")
