"""T1: watches every statement, and tells which writes stand in no transaction with an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

# Tables whose every change must come with an entry. `head` and the projections `version` and
# `edge` change with it too; rebuilding and migrating are the only ways that may write them alone.
DOMAIN = ("entry", "body", "erasure", "version", "edge", "head")
EXEMPT = ("django_migrations", "sqlite_master", "sqlite_sequence")

_WRITES = re.compile(
    r"^\s*(?:WITH\b.*?\b)?(INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?"
    r"|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?|COPY|DROP\s+TABLE|ALTER\s+TABLE)\s+\"?(\w+)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass
class Watch:
    """What was written in each transaction.

    Attributes:
        writes: The statements that write a table of the register, over all.
        orphans: Those that ended in a transaction with no entry, or in none.
    """

    writes: int = 0
    orphans: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _entered: bool = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = _WRITES.match(sql)
        table = found.group(2).lower() if found else ""
        if found and table in DOMAIN:
            self.writes += 1
            self._open.append(sql)
            verb = found.group(1).upper()
            self._entered = self._entered or (table == "entry" and verb.startswith("INSERT"))
            if not context["connection"].in_atomic_block:
                self.ended()
        return execute(sql, params, many, context)

    def ended(self) -> None:
        """A transaction has ended, one way or the other."""
        if self._open and not self._entered:
            self.orphans += self._open
        self._open, self._entered = [], False


def past_the_journal(test: Any) -> Any:
    """Mark a test that writes past the journal on purpose."""
    test.past_the_journal = True
    return test


@contextmanager
def watched(connection: BaseDatabaseWrapper) -> Iterator[Watch]:
    """Watch a connection; the block may hold any number of transactions."""
    watch = Watch()
    commit, rollback = connection._commit, connection._rollback

    def ending(how: Any) -> Any:
        def end() -> Any:
            watch.ended()
            return how()

        return end

    connection._commit, connection._rollback = ending(commit), ending(rollback)
    try:
        with connection.execute_wrapper(watch):
            yield watch
        watch.ended()
    finally:
        connection._commit, connection._rollback = commit, rollback
