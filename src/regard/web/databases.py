"""Accounts and work in one database, the register in its own: which tables stand where."""

from __future__ import annotations

from typing import Any


class Apart:
    """Keeps the register's tables out of the accounts' database, and theirs out of the register."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        """Everything but the register lies in the default database."""
        return None if model._meta.app_label == "register" else "default"

    def db_for_write(self, model: Any, **hints: Any) -> str | None:
        """Where it is read it is written."""
        return self.db_for_read(model, **hints)

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool | None:
        """Rows of one database may name each other; no row names the register's."""
        return "register" not in (one._meta.app_label, other._meta.app_label)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """The register's tables stand in registers alone."""
        return (app_label == "register") == (db != "default")
