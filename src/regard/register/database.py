"""From a data folder or a URL to a database with the register's settings."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import dj_database_url
import django
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from regard.core.errors import DefinitionRefused, EngineMissing

FILE = "register.sqlite3"
"""The file of a data folder that holds the register."""

PATIENCE = 20  # seconds that a writer waits for another before it is refused

_SQLITE = {
    # reference: WAL with synchronous=FULL lost no acknowledged commit in 200 power cuts; with
    # NORMAL it lost some in 150. Deferred transactions meet "database is locked" at once.
    "transaction_mode": "IMMEDIATE",
    "timeout": PATIENCE,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
}


def file_of(home: Path) -> Path:
    """The file in which the register of a data folder lies."""
    return home / FILE


def url_given(url: str | None = None) -> str:
    """The URL of the database: as given, else of `DATABASE_URL`; empty for the folder's own."""
    return os.environ.get("DATABASE_URL", "") if url is None else url


def connect(home: Path, url: str) -> str:
    """The alias of the connection to the register of a folder, or of the database of a URL.

    Raises:
        DefinitionRefused: the URL names no database of a kind Regard keeps a register in.
        EngineMissing: the driver of PostgreSQL is not installed.
    """
    _set_up()
    named = url or str(file_of(home).resolve())
    alias = "register-" + hashlib.sha256(named.encode()).hexdigest()[:12]
    if alias not in connections.settings:
        held = database_of(url) if url else file_settings(file_of(home).resolve())
        whole = connections.configure_settings({"default": {}, alias: held})
        connections.settings[alias] = whole[alias]
    try:
        connections[alias]
    except ImproperlyConfigured as refusal:
        del connections.settings[alias]
        raise EngineMissing(
            f"the database {_without_password(url)} cannot be used: {refusal}",
            expected="the driver of PostgreSQL",
            next_step="install regard[postgres]",
        ) from refusal
    return alias


def of(alias: str) -> BaseDatabaseWrapper:
    """The connection of an alias, in this thread."""
    return connections[alias]


def forget(alias: str) -> None:
    """Close the connection of an alias and drop what is known of it, as of a passing file."""
    connections[alias].close()
    del connections[alias]
    del connections.settings[alias]


def file_meant(home: Path, url: str) -> Path | None:
    """The file in which the register of a folder or URL lies; None where a server keeps it.

    Raises:
        DefinitionRefused: the URL names no database of a kind Regard keeps a register in.
    """
    if not url:
        return file_of(home).resolve()
    held = database_of(url)
    return Path(held["NAME"]) if held["ENGINE"] == "django.db.backends.sqlite3" else None


def _set_up() -> None:
    if not settings.configured:
        settings.configure(
            INSTALLED_APPS=["regard.register"],
            DATABASES={"default": {}},
            USE_TZ=True,
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        )
    if not apps.ready:
        django.setup()


def file_settings(file: Path) -> dict[str, Any]:
    """How Django is told of a database in a file, with the settings under which nothing is lost."""
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file), "OPTIONS": dict(_SQLITE)}


def database_of(url: str) -> dict[str, Any]:
    """How Django is told of the database of a URL.

    Raises:
        DefinitionRefused: the URL names no database of a kind Regard keeps a register in.
    """
    try:
        held: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=None))
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError) as reason:
        raise DefinitionRefused(
            f"{_without_password(url)} names no database",
            expected="postgres://user:password@host:port/name, or sqlite:////folder/file",
            next_step="put DATABASE_URL right, or leave it out for the data folder's own register",
        ) from reason
    if held["ENGINE"] == "django.db.backends.sqlite3":
        return file_settings(Path(held["NAME"]))
    if held["ENGINE"] != "django.db.backends.postgresql":
        raise DefinitionRefused(
            f"{_without_password(url)} is not a database Regard keeps a register in",
            expected="PostgreSQL or SQLite",
        )
    return held


def _without_password(url: str) -> str:
    before, at, after = url.rpartition("@")
    user = before.rpartition(":")[0] if before.count(":") > 1 else before
    return f"{user}{at}{after}" if at else url
