"""Fifty people at work on the example: how long a page takes, on SQLite and on PostgreSQL.

    python -m bench.web_load            50 users, ten minutes on each database; writes evidence
    python -m bench.web_load --small    10 users, a few seconds, SQLite alone, nothing written

Each user thinks for one to three seconds between two pages; one page in ten raises a vulnerability,
which is an act of the register. The server, the database and the users share the machine's cores,
so that these figures understate the server. The first part of a run is not counted, and a loop of
fixed work is timed beside it, as the measure of how busy the machine was.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

from tests.clusters import cluster, new_database

from bench.figures import Line, measured, record
from bench.table import printed
from regard.web.serving import LOOPBACK, a_free_port, answers, environment, running, server_words

SEED = 20261122
USERS, FEW = 50, 10
LASTS, SHORT = 600.0, 12.0  # seconds of one run
WARMING = 30.0  # seconds at the start that are not counted
THINKS = (1.0, 3.0)  # seconds between two pages
WRITES = 0.1  # of the pages, a share
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PASSWORD = "practice makes perfect"  # noqa: S105 - of accounts that live as long as a run
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
PREPARED = """
import sys
from pathlib import Path
from regard.board.practising import open_practice_round
from regard.board.remembering import remember
from regard.register.posting import posts
from regard.web.settings import configure
home = Path(sys.argv[1])
configure(home)
import django
django.setup()
register = remember(home).register
open_practice_round(register)
from regard.web.models import Account
from regard.web.serving import ready
ready()
for post in posts(register):
    Account.objects.make(post.subject.partition(":")[2], post.holders[0], sys.argv[2])
"""


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
    """One person with a browser that keeps its connection and its cookies."""

    def __init__(self, port: int, number: int, told: Told, counts_from: float) -> None:
        self._port, self._number, self._told = port, number, told
        self._counts_from = counts_from
        self._drawn = random.Random(SEED + number)  # noqa: S311 - who clicks what
        self._connection = HTTPConnection(LOOPBACK, port, timeout=30)
        self._cookies: dict[str, str] = {}
        self._acts = 0

    def work(self, until: float) -> None:
        """Sign in, then read and write until the time is over."""
        self._sign_in()
        while time.perf_counter() < until:
            time.sleep(self._drawn.uniform(*THINKS))
            if self._drawn.random() < WRITES:
                self._raise()
            else:
                self._timed(self._told.reads, "GET", self._drawn.choice(PAGES), 200)
        self._connection.close()

    def _sign_in(self) -> None:
        page = self._asked("GET", "/sign-in")[1]
        sent = {
            "username": POSTS[self._number % len(POSTS)],
            "password": PASSWORD,
            "csrfmiddlewaretoken": _token(page),
        }
        status, _ = self._asked("POST", "/sign-in", sent)
        if status not in (302, 303):
            self._told.wrong.append(f"signing in: {status}")

    def _raise(self) -> None:
        post = f"party:{POSTS[self._number % len(POSTS)]}"
        page = self._asked("GET", "/registers/raise")[1]
        self._acts += 1
        sent = {
            "form": "vulnerability",
            "text": "Too few drivers are trained for the carriers that stand in the yard.",
            "code": f"load {self._number} {self._acts}",
            "owner": post,
            "csrfmiddlewaretoken": _token(page),
        }
        self._timed(self._told.writes, "POST", "/registers/raise", 302, sent)

    def _timed(
        self, into: list[float], method: str, address: str, expected: int, sent: dict | None = None
    ) -> None:
        begun = time.perf_counter()
        try:
            status, _ = self._asked(method, address, sent)
        except (OSError, HTTPException) as fault:
            self._told.wrong.append(f"{method} {address}: {fault!r}")
            self._connection.close()
            return
        took = time.perf_counter() - begun
        if status != expected:
            self._told.wrong.append(f"{method} {address}: {status}")
        elif begun >= self._counts_from:
            into.append(took)

    def _asked(self, method: str, address: str, sent: dict | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())}
        if sent is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, address, urlencode(sent) if sent else None, headers)
        answer = self._connection.getresponse()
        words = answer.read().decode(errors="replace")
        self._keep_cookies(answer)
        return answer.status, words

    def _keep_cookies(self, answer: HTTPResponse) -> None:
        for held in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = held.partition(";")[0].partition("=")
            self._cookies[name] = value


def _token(page: str) -> str:
    found = TOKEN.search(page)
    return found[1] if found else ""


def fixed_work() -> float:
    """Seconds that a loop of fixed work takes: more of them, a busier machine."""
    begun = time.perf_counter()
    total = 0
    for one in range(3_000_000):
        total += one * one
    return time.perf_counter() - begun


def load(folder: Path, url: str, *, users: int, lasts: float) -> Told:
    """Serve the example on a database and let the users work on it."""
    home = folder / "home"
    env = {**environment(home, demo=True), "DATABASE_URL": url}
    subprocess.run(  # noqa: S603 - words of this module
        [sys.executable, "-c", PREPARED, str(home), PASSWORD], env=env, check=True
    )
    port, told = a_free_port(), Told()
    with running(server_words(f"{LOOPBACK}:{port}", workers=2), env):
        while not answers(LOOPBACK, port):
            time.sleep(0.2)
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
    return told


def lines(name: str, told: Told, *, users: int, busy: float) -> list[Line]:
    """The figures of one run."""
    every = told.reads + told.writes
    note = (
        f"{users} users, {len(told.reads):,} pages and {len(told.writes):,} acts; median "
        f"{statistics.median(every) * 1000:.0f} ms; a loop of fixed work took {busy:.2f} s, "
        f"load {os.getloadavg()[0]:.1f}"
    )
    ninety_fifth = statistics.quantiles(every, n=20)[-1] * 1000
    return [
        measured(f"web.load.p95.{name}", ninety_fifth, n=len(every), seed=SEED, note=note),
        measured(f"web.load.errors.{name}", len(told.wrong), n=len(every), seed=SEED),
    ]


def main() -> None:
    """Run what is asked and print it beside its goal."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--small", action="store_true", help="a few seconds, nothing written")
    asked.add_argument("--minutes", type=float, default=LASTS / 60, help="of one run")
    given = asked.parse_args()
    users, lasts = (FEW, SHORT) if given.small else (USERS, given.minutes * 60)
    made: list[Line] = []
    with ExitStack() as held, tempfile.TemporaryDirectory() as folder:
        urls = {"sqlite": ""}
        if not given.small:
            server = held.enter_context(cluster())
            urls["postgresql"] = new_database(server.url)
        for name, url in urls.items():
            busy = fixed_work()
            told = load(Path(folder) / name, url, users=users, lasts=lasts)
            for one in told.wrong[:5]:
                sys.stderr.write(f"{one}\n")
            made += lines(name, told, users=users, busy=busy)
    printed(made)
    if not given.small:
        record(made)


if __name__ == "__main__":
    main()
