"""Small registers to be damaged: of a few dozen entries, of every sort that a check must tell."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from tests.clusters import Cluster, binaries, cluster, new_database

from bench.filling import Ticking
from regard.register import triggers
from regard.register.entries import Speaker
from regard.register.erasing import erase
from regard.register.kinds import LinkType, Term, made
from regard.register.kinds.frame import Link
from regard.register.register import Register

BEGUN = datetime(2015, 1, 5, 9, tzinfo=UTC)
SQLITE, POSTGRESQL = "sqlite", "postgresql"
AN_ANSWER = 0.3  # of the entries answer an earlier one
A_LINK = 0.2


@dataclass(frozen=True)
class Small:
    """A small register, who keeps it, its clock, and the terms that stand in it."""

    register: Register
    keeper: Speaker
    clock: Ticking
    terms: list[str]


def made_small(home: Path, url: str, *, entries: int, seed: int) -> Small:
    """A register of so many entries: terms, later versions of them, links, and one erasure."""
    draw, clock = random.Random(seed), Ticking(BEGUN)
    register, keeper = Register.found(home, body="small", name="Small", url=url, clock=clock)
    small = Small(register, keeper, clock, [])
    _grown(small, entries // 2, draw)
    with register.acting(keeper) as act:
        _term(act, small.terms[0], draw)
    first = register.view(keeper).history(small.terms[0])[0]
    erase(register, [first.seq], by=keeper, reason="asked for, and granted")
    _grown(small, entries, draw)
    return small


def grow(small: Small, entries: int, *, seed: int) -> None:
    """Add entries of the same sorts until there are so many."""
    _grown(small, entries, random.Random(seed))


def _grown(small: Small, entries: int, draw: random.Random) -> None:
    while small.register.head().size < entries:
        small.clock.at += timedelta(hours=draw.randrange(1, 30))
        with small.register.acting(small.keeper) as act:
            for _ in range(min(draw.randrange(1, 5), entries - act.size)):
                _said(act, small.terms, draw)


def _said(act: Any, terms: list[str], draw: random.Random) -> None:
    chance = draw.random()
    if len(terms) < 3 or chance > AN_ANSWER + A_LINK:
        terms.append(f"term:small/{len(terms)}")
        _term(act, terms[-1], draw)
    elif chance > A_LINK:
        _term(act, terms[0] if draw.random() < AN_ANSWER else draw.choice(terms), draw)
    else:
        one, other = draw.sample(terms, 2)
        link = made(Link, type=LinkType.SAME_AS, source=one, target=other)
        act.enter(link, subject=f"link:same-as/{act.size}")


def _term(act: Any, subject: str, draw: random.Random) -> None:
    label = f"Word {draw.randrange(10**6)}, né {draw.randrange(10**6)}"
    act.enter(made(Term, scheme="small", label=label), subject=subject)


def without_triggers(register: Register) -> None:
    """Do what the owner of a database can: take its triggers away."""
    with transaction.atomic(using=register.alias), register.connection.cursor() as cursor:
        triggers.drop(_Schema(cursor), register.connection.vendor)


class _Schema:
    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def execute(self, statement: str, params: None) -> None:
        self._cursor.execute(statement)


@contextmanager
def server(*, fast: bool = False) -> Iterator[Cluster | None]:
    """A PostgreSQL of the run's own; None where it is not installed."""
    if binaries() is None:
        yield None
        return
    with cluster(fast=fast) as one:
        yield one


@contextmanager
def places(
    folder: Path, *, fast: bool = False, server_too: bool = True
) -> Iterator[list[tuple[str, str]]]:
    """Each database that is here, by its name, with the URL of an empty one.

    `server_too` is off in small mode, where most parts do without a PostgreSQL of their own.
    """
    if not server_too:
        yield [(SQLITE, "")]
        return
    with server(fast=fast) as one:
        found = [(SQLITE, "")]
        yield found if one is None else [*found, (POSTGRESQL, new_database(one.url))]
