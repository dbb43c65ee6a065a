"""The triggers by which each database itself refuses to change what was written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

KEPT = ("entry", "erasure")
"""Tables of which no row is ever changed or removed."""

REFUSAL = "the journal only grows: an entry is answered by a later one"
NOT_REPLACED = "there is such a row already, and nothing takes its place"
NOT_ERASED = "words are removed only by a lawful erasure, which is an entry of its own"


def create(schema: Any, of: str) -> None:
    """Make the triggers on one kind of database (`sqlite` or `postgresql`)."""
    made = _of_sqlite() if of == "sqlite" else _of_postgresql()
    for statement in made:
        schema.execute(statement, params=None)


def drop(schema: Any, of: str) -> None:
    """Remove them, as only the undoing of a migration may."""
    also = "truncate" if of == "postgresql" else "replace"
    for table, doing in (*_all(), *((one, also) for one in _SAME)):
        name = f"{table}_refuses_{doing}"
        on = f" ON {table}" if of == "postgresql" else ""
        schema.execute(f"DROP TRIGGER IF EXISTS {name}{on}", params=None)


# INSERT OR REPLACE removes the row it meets without asking a trigger on DELETE, and it may meet it
# at any unique key or at SQLite's own number of the row.
_SAME = {
    "entry": "seq = NEW.seq OR rowid = NEW.rowid "
    "OR (subject = NEW.subject AND version = NEW.version)",
    "body": "seq = NEW.seq OR rowid = NEW.rowid",
    "erasure": "seq = NEW.seq OR rowid = NEW.rowid",
}


def _all() -> Iterator[tuple[str, str]]:
    for table in (*KEPT, "body"):
        yield table, "update"
        yield table, "delete"


def _of_sqlite() -> Iterator[str]:
    for table, doing in _all():
        when = ""
        if (table, doing) == ("body", "delete"):
            when = "WHEN NOT EXISTS (SELECT 1 FROM erasure WHERE seq = OLD.seq) "
        said = NOT_ERASED if when else REFUSAL
        yield (
            f"CREATE TRIGGER {table}_refuses_{doing} BEFORE {doing.upper()} ON {table} {when}"
            f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
        )
    for table, same in _SAME.items():
        yield (
            f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} "  # noqa: S608
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
            f"BEGIN SELECT RAISE(ABORT, '{NOT_REPLACED}'); END"
        )


def _of_postgresql() -> Iterator[str]:
    yield (
        "CREATE OR REPLACE FUNCTION register_refuses() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    yield (
        "CREATE OR REPLACE FUNCTION register_keeps_words() RETURNS trigger LANGUAGE plpgsql AS $$ "  # noqa: S608
        "BEGIN IF EXISTS (SELECT 1 FROM erasure WHERE seq = OLD.seq) THEN RETURN OLD; END IF; "
        f"RAISE EXCEPTION '{NOT_ERASED}'; END $$"
    )
    for table, doing in _all():
        called = "register_keeps_words" if (table, doing) == ("body", "delete") else None
        yield (
            f"CREATE TRIGGER {table}_refuses_{doing} BEFORE {doing.upper()} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {called or 'register_refuses'}()"
        )
    for table in _SAME:
        yield (
            f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION register_refuses()"
        )
