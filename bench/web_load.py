"""Fifty people at work on the example: how long a page takes, on SQLite and on PostgreSQL.

    python -m bench.web_load            50 users, ten minutes on each database; writes evidence
    python -m bench.web_load --small    10 users, a few seconds, SQLite alone, nothing written
    python -m bench.web_load --minutes 1 --unrecorded    a shorter run, nothing written

Each user thinks for one to three seconds between two pages; one page in ten raises a vulnerability,
which is an act of the register. The server, the database and the users share the machine's cores,
so that these figures understate the server. The first part of a run is not counted, and a loop of
fixed work is timed beside it, as the measure of how busy the machine was.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

from tests.clusters import cluster, new_database

from bench.figures import Line, measured, record
from bench.table import printed
from bench.web_ground import SEED, Form, Visitor, busy, prepared, served

USERS, FEW = 50, 10
LASTS, SHORT = 600.0, 12.0  # seconds of one run
WARMING = 30.0  # seconds at the start that are not counted
THINKS = (1.0, 3.0)  # seconds between two pages
WRITES = 0.1  # of the pages, a share
POSTS = ("acc-security", "acc-operations", "acc-crime", "acc-local-policing", "spr-lead")
PAGES = (
    "/",
    "/my-work",
    "/requirements",
    "/registers",
    "/registers/concerns",
    "/registers/actions",
    "/registers/decisions",
    "/registers/promises",
    "/papers",
    "/measures",
    "/search?q=public+order",
    "/trace/400",
    "/requirements/evidence",
)


@dataclass
class Told:
    """What the users met.

    Attributes:
        reads: Seconds of each page that was read.
        writes: Seconds of each act.
        wrong: What did not answer as it should, in words.
    """

    reads: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class User:
    """One person at work: reads and acts, with time to think in between."""

    def __init__(self, port: int, number: int, told: Told, counts_from: float) -> None:
        self._visitor, self._number, self._told = Visitor(port), number, told
        self._counts_from = counts_from
        self._drawn = random.Random(SEED + number)  # noqa: S311 - who clicks what
        self._acts = 0

    def work(self, until: float) -> None:
        """Sign in, then read and write until the time is over."""
        status = self._visitor.signs_in(POSTS[self._number % len(POSTS)])
        if status not in (302, 303):
            self._told.wrong.append(f"signing in: {status}")
        while time.perf_counter() < until:
            time.sleep(self._drawn.uniform(*THINKS))
            try:
                self._does()
            except (OSError, HTTPException) as fault:
                self._told.wrong.append(repr(fault))
                self._visitor.leaves()
        self._visitor.leaves()

    def _does(self) -> None:
        if self._drawn.random() < WRITES:
            self._raise()
        else:
            self._timed(self._told.reads, "GET", self._drawn.choice(PAGES), 200)

    def _raise(self) -> None:
        self._acts += 1
        sent = {
            "form": "vulnerability",
            "text": "Too few drivers are trained for the carriers that stand in the yard.",
            "code": f"load {self._number} {self._acts}",
            "owner": f"party:{POSTS[self._number % len(POSTS)]}",
            "csrfmiddlewaretoken": self._visitor.token("/registers/raise"),
        }
        self._timed(self._told.writes, "POST", "/registers/raise", 302, sent)

    def _timed(
        self, into: list[float], method: str, address: str, expected: int, sent: Form | None = None
    ) -> None:
        begun = time.perf_counter()
        status, _ = self._visitor.asked(method, address, sent)
        took = time.perf_counter() - begun
        if status != expected:
            self._told.wrong.append(f"{method} {address}: {status}")
        elif begun >= self._counts_from:
            into.append(took)


def fixed_work() -> float:
    """Seconds that a loop of fixed work takes: more of them, a busier machine."""
    begun = time.perf_counter()
    total = 0
    for one in range(3_000_000):
        total += one * one
    return time.perf_counter() - begun


def load(folder: Path, url: str, *, users: int, lasts: float) -> Told:
    """Serve the example on a database and let the users work on it."""
    told = Told()
    with served(prepared(folder / "home", url)) as port:
        begun = time.perf_counter()
        counted = begun + min(WARMING, lasts / 4)
        people = [User(port, one, told, counted) for one in range(users)]
        threads = [
            threading.Thread(target=one.work, args=(begun + lasts,), daemon=True) for one in people
        ]
        for one in threads:
            one.start()
            time.sleep(min(0.2, lasts / 10 / users))
        for one in threads:
            one.join(lasts + 60)
        told.wrong += ["a user who did not come to an end" for one in threads if one.is_alive()]
    return told


def lines(name: str, told: Told, *, users: int, lasts: float, took: float) -> list[Line]:
    """The figures of one run.

    Args:
        name: Of the database.
        told: What the users met.
        users: How many there were.
        lasts: Seconds of the run.
        took: Seconds that the loop of fixed work took before it.
    """
    every = told.reads + told.writes
    asked = len(every) + len(told.wrong)
    note = (
        f"{users} users for {lasts / 60:.3g} minutes; {len(told.reads):,} pages and "
        f"{len(told.writes):,} acts counted; median {statistics.median(every) * 1000:.0f} ms; "
        f"a loop of fixed work took {took:.2f} s; {busy()}"
    )
    ninety_fifth = statistics.quantiles(every, n=20)[-1] * 1000
    return [
        measured(f"web.load.p95.{name}", ninety_fifth, n=len(every), seed=SEED, note=note),
        measured(f"web.load.errors.{name}", len(told.wrong), n=asked, seed=SEED, note=note),
    ]


def main() -> None:
    """Run what is asked and print it beside its goal."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--small", action="store_true", help="a few seconds, nothing written")
    asked.add_argument("--minutes", type=float, default=LASTS / 60, help="of one run")
    asked.add_argument("--unrecorded", action="store_true", help="nothing written")
    given = asked.parse_args()
    users, lasts = (FEW, SHORT) if given.small else (USERS, given.minutes * 60)
    made: list[Line] = []
    with ExitStack() as held, tempfile.TemporaryDirectory() as folder:
        urls = {"sqlite": ""}
        if not given.small:
            server = held.enter_context(cluster())
            urls["postgresql"] = new_database(server.url)
        for name, url in urls.items():
            took = fixed_work()
            told = load(Path(folder) / name, url, users=users, lasts=lasts)
            for one in told.wrong[:5]:
                sys.stderr.write(f"{one}\n")
            made += lines(name, told, users=users, lasts=lasts, took=took)
    printed(made)
    if not (given.small or given.unrecorded):
        record(made)


if __name__ == "__main__":
    main()
