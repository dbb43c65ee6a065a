"""How many questions a page asks of each database, opened as a post that may read it does."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from regard.records import ledger
from regard.web.settings import LONGEST
from regard.web.signing import sessions
from web.conftest import Site
from web.crawling import walk

POSTS = (
    "acc-security",
    "spr-lead",
    "chief-constable",
    "performance-analysis",
    "governance-officer",
    "commissioner",
    "hmic-inspector",
    "west-midlands-keeper",
)
TRIES = 3  # openings of a page
A_ROUTE = 2  # addresses that are opened


@dataclass(frozen=True)
class Place:
    """An address with who opens it.

    Attributes:
        route: The name of its route.
        address: The address.
        post: Who opens it.
    """

    route: str
    address: str
    post: str


@dataclass(frozen=True)
class Opened:
    """A page that was opened.

    Attributes:
        status: Of its answer.
        accounts, register, records: Questions to each database.
        seconds: Of this process, from the request to the answer.
    """

    status: int
    accounts: int
    register: int
    records: int
    seconds: float

    @property
    def asked(self) -> int:
        """Questions to the accounts and the register together."""
        return self.accounts + self.register

    @property
    def counts(self) -> tuple[int, int, int]:
        """Questions to each of the three."""
        return self.accounts, self.register, self.records


def places(site: Site, *, most: int = A_ROUTE) -> list[Place]:
    """The first addresses of each route that a walk opens, by a post that may read them.

    Args:
        site: Where the walk goes, for one post after another.
        most: How many addresses of a route.
    """
    found: dict[str, Place] = {}
    for post in POSTS:
        known = {one.route for one in found.values()}
        for route, addresses in walk(site.client(post), most=A_ROUTE).pages.items():
            if route not in known:
                found |= {one: Place(route, one, post) for one in addresses[:most]}
    return list(found.values())


def opened(
    site: Site, wanted: Iterable[Place], *, few: Mapping[Place, Opened] | None = None
) -> dict[Place, Opened]:
    """Open pages one after the other, each with what it asks counted.

    A first opening may ask for what the process then remembers until the next act: a page is
    opened again, and the last opening counts. That a session is written once a minute does not.

    Args:
        site: Whose pages they are.
        wanted: Which.
        few: What they asked where there are few rows; one that asks the same is not opened again.
    """
    found: dict[Place, Opened] = {}
    for place in wanted:
        for number in range(TRIES):
            one = found[place] = _opened(site, place)
            if number and few is None or few and one.counts == few[place].counts:
                break
    return found


def _opened(site: Site, place: Place) -> Opened:
    client = site.client(place.post)
    with (
        patch.object(sessions, "WRITTEN_EVERY", LONGEST),
        asked_of(connections["default"]) as accounts,
        asked_of(site.register.connection) as register,
        _asked_of_records() as records,
    ):
        begun = time.process_time()
        answer = client.get(place.address)
        took = time.process_time() - begun
    return Opened(answer.status_code, len(accounts), len(register), len(records), took)


@contextmanager
def asked_of(connection: BaseDatabaseWrapper) -> Iterator[list[str]]:
    """The questions to a database, however many, for as long as the block lasts."""
    asked: list[str] = []

    def noted(
        execute: Callable[..., Any], sql: str, values: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        asked.append(sql)
        return execute(sql, values, many, context)

    with connection.execute_wrapper(noted):
        yield asked


@contextmanager
def _asked_of_records() -> Iterator[list[str]]:
    asked: list[str] = []
    connect = sqlite3.connect

    def watched(*given: object, **how: object) -> sqlite3.Connection:
        made = connect(*given, **how)  # type: ignore[arg-type]
        made.set_trace_callback(lambda sql: asked.append(sql) if "SELECT" in sql else None)
        return made

    with patch.object(ledger.sqlite3, "connect", watched):
        yield asked


def differing(few: Mapping[Place, Opened], many: Mapping[Place, Opened]) -> dict[Place, str]:
    """Pages that ask another number of questions of many rows than of few, in words."""
    return {
        place: f"{one.counts} of few rows, {many[place].counts} of many"
        for place, one in few.items()
        if place in many and one.counts != many[place].counts
    }
