"""Signing in under attack: guesses that are looked at, what one costs, what a name gives away.

    python -m bench.web_signing            10,000 guesses each way, 500 pairs of names; records
    python -m bench.web_signing --small    a few hundred and a few, nothing written

Every try goes through the whole site in this process. Guesses come two seconds apart by a clock
that is put forward by hand, so that they fill hours; each password that is looked at is counted
where it would be hashed, and is not hashed. For the names it is hashed: a try of a known name and
one of an unknown name take turns, so that other work on the machine meets both alike.
"""

from __future__ import annotations

import math
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from bench.figures import Line, measured
from bench.web_ground import PASSWORD, TOKEN, busy, prepared, settled, told

GUESSES, FEW_GUESSES = 10_000, 600
PAIRS, FEW_PAIRS = 500, 5
TIMED, FEW_TIMED = 50, 3
SENT_AT_ONCE = 16
APART = timedelta(seconds=2)  # between two guesses
WINDOW = timedelta(minutes=15)
HOLDERS_EVERY = 500  # guesses, after which the holder signs in
KNOWN, UNKNOWN = "acc-security", "acc-securely"  # as long as each other
ATTACKERS, ELSEWHERE = ("203.0.113.9", "203.0.113.10"), "198.51.100.7"
LOOKED_AT, TOO_MANY, BUSY = 422, 429, 503  # statuses of a wrong password, of one not looked at
CONFIDENCE = 1.96  # standard errors of a 95% interval


@dataclass
class Guessed:
    """What came of many guesses.

    Attributes:
        looked_at: When each password that was looked at was, by the clock that is put forward.
        statuses: The answers, in turn.
        refused: Holders who gave their right password meanwhile and were refused.
        holders: How often a holder signed in meanwhile.
    """

    looked_at: list[datetime] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    refused: int = 0
    holders: int = 0

    @property
    def busiest(self) -> int:
        """The most that were looked at in any window."""
        return max(sum(one <= at < one + WINDOW for at in self.looked_at) for one in self.looked_at)


def guess(
    name_of: Callable[[int], str], guesses: int, *, address: str, holder: str = ""
) -> Guessed:
    """Guess so often from one address, while a holder signs in now and then.

    Args:
        name_of: The name at which each guess is made.
        guesses: How many.
        address: From where; one from which nobody guessed before, as the clock begins anew.
        holder: The account whose holder signs in; nobody does if left out.
    """
    found, now = Guessed(), [datetime(2026, 11, 2, 9, tzinfo=UTC)]
    with _counted(found, now):
        knows = _browser(address)  # the holder's own, behind the same address
        if holder:
            found.refused += _tried(knows, holder, PASSWORD) == LOOKED_AT
            knows.post("/sign-out")
        found.looked_at.clear()
        attacker = _browser(address)
        for number in range(guesses):
            found.statuses.append(_tried(attacker, name_of(number), f"guess {number}"))
            now[0] += APART
            if holder and number % HOLDERS_EVERY == HOLDERS_EVERY - 1:
                _holder_comes(found, holder, knows)
    return found


def _holder_comes(found: Guessed, holder: str, knows: Any) -> None:
    for browser in (knows, _browser(ELSEWHERE)):
        before = len(found.looked_at)
        found.holders += 1
        found.refused += _tried(browser, holder, PASSWORD) not in (302, 303)
        del found.looked_at[before:]
        browser.post("/sign-out")


@contextmanager
def _counted(found: Guessed, now: list[datetime]) -> Iterator[None]:
    """Count each password where it would be hashed, by a clock that is put forward by hand."""
    guessing, hashing = (
        import_module(f"regard.web.signing.{one}") for one in ("guessing", "hashing")
    )

    def verify(self: object, password: str, encoded: str) -> bool:
        found.looked_at.append(now[0])
        return password == PASSWORD

    def encode(self: object, password: str, salt: str) -> str:
        found.looked_at.append(now[0])
        return "argon2"

    with (
        patch.object(guessing, "timezone", SimpleNamespace(now=lambda: now[0])),
        patch.multiple(
            hashing.Argon2id, verify=verify, encode=encode, must_update=lambda *_: False
        ),
    ):
        yield


@dataclass
class Named:
    """Seconds of tries with a known name and with an unknown one, and answers that differ."""

    known: list[float] = field(default_factory=list)
    unknown: list[float] = field(default_factory=list)
    differ: int = 0

    @property
    def apart(self) -> float:
        """How far the medians are apart, in per cent of that of the known name."""
        known, unknown = statistics.median(self.known), statistics.median(self.unknown)
        return 100 * abs(unknown - known) / known

    @property
    def interval(self) -> tuple[float, float]:
        """A 95% interval of the median of the differences, in per cent, by their ranks."""
        pairs = sorted(b - a for a, b in zip(self.known, self.unknown, strict=True))
        reach = CONFIDENCE * math.sqrt(len(pairs)) / 2
        low, high = (math.floor(len(pairs) / 2 + sign * reach) for sign in (-1, 1))
        whole = statistics.median(self.known) / 100
        return pairs[max(low, 0)] / whole, pairs[min(high, len(pairs) - 1)] / whole


def names(pairs: int) -> Named:
    """Try a known name and an unknown one in turn, each pair from an address of its own."""
    found = Named()
    for number in range(pairs + 1):
        address, answers = f"10.{number >> 8}.{number & 255}.1", []
        for name, into in ((KNOWN, found.known), (UNKNOWN, found.unknown)):
            browser, begun = _browser(address), time.perf_counter()
            answer = browser.post("/sign-in", {"username": name, "password": "a wrong password"})
            into.append(time.perf_counter() - begun)
            words = TOKEN.sub("", answer.content.decode()).replace(name, "")
            answers.append(
                (answer.status_code, words, sorted(answer.headers), sorted(answer.cookies))
            )
        found.differ += answers[0] != answers[1]
    del found.known[0], found.unknown[0]  # which read the pages and the tables for the first time
    return found


def cost(times: int) -> float:
    """The median of the milliseconds of a core that a password takes to be looked at."""
    hashers = import_module("django.contrib.auth.hashers")
    hashed, took = hashers.make_password(PASSWORD), []
    for _ in range(times):
        begun = time.thread_time()
        hashers.check_password("a wrong password", hashed)
        took.append((time.thread_time() - begun) * 1000)
    return statistics.median(took)


def at_once(sent: int) -> tuple[int, int]:
    """The most passwords looked at at once while so many are sent, and how many came to wait."""
    hashing = import_module("regard.web.signing.hashing")
    connections = import_module("django.db").connections
    plain, guard = hashing.Argon2PasswordHasher.verify, threading.Lock()
    now, most, waited = [0], [0], []

    def verify(self: object, password: str, encoded: str) -> bool:
        with guard:
            now[0] += 1
            most[0] = max(most[0], now[0])
        try:
            return bool(plain(self, password, encoded))
        finally:
            with guard:
                now[0] -= 1

    def one(number: int) -> None:
        waited.append(_tried(_browser(f"10.200.0.{number}"), KNOWN, "wrong") == BUSY)
        connections.close_all()

    with patch.object(hashing.Argon2PasswordHasher, "verify", verify):
        threads = [threading.Thread(target=one, args=(number,)) for number in range(sent)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return most[0], sum(waited)


def _browser(address: str) -> Any:
    return import_module("django.test").Client(REMOTE_ADDR=address, raise_request_exception=False)


def _tried(browser: Any, name: str, password: str) -> int:
    sent = {"username": name, "password": password}
    return int(browser.post("/sign-in", sent).status_code)


def lines(folder: Path, *, small: bool) -> list[Line]:
    """Every figure of signing in."""
    prepared(folder / "home")
    settled(folder / "home")
    guesses, pairs, timed = (
        (FEW_GUESSES, FEW_PAIRS, FEW_TIMED) if small else (GUESSES, PAIRS, TIMED)
    )
    one = guess(lambda _: KNOWN, guesses, address=ATTACKERS[0], holder=KNOWN)
    many = guess(lambda number: f"name-{number}", guesses, address=ATTACKERS[1])
    return [*_of_guesses(one, many), *_of_cost(timed), *_of_names(names(pairs))]


def _of_guesses(one: Guessed, many: Guessed) -> Iterator[Line]:
    for name, found in (("account", one), ("address", many)):
        slowed = found.statuses.count(TOO_MANY)
        other = len(found.statuses) - slowed - found.statuses.count(LOOKED_AT)
        hours = len(found.statuses) * APART / timedelta(hours=1)
        yield measured(
            f"web.sign-in.guesses.{name}", found.busiest, n=len(found.statuses),
            note=f"over {hours:.1f} hours; {len(found.looked_at):,} looked at in all, {slowed:,} "
            f"told to wait, {other} answered otherwise",
        )  # fmt: skip
    yield measured("web.sign-in.locked-out", one.refused, n=one.holders)


def _of_cost(timed: int) -> Iterator[Line]:
    taken = cost(timed)
    for name in ("least", "most"):
        yield measured(f"web.sign-in.cost.{name}", taken, n=timed, note=busy())
    most, waited = at_once(SENT_AT_ONCE)
    note = f"{waited} of them waited too long for their turn and were told to come again; {busy()}"
    yield measured("web.sign-in.at-once", most, n=SENT_AT_ONCE, note=note)


def _of_names(found: Named) -> Iterator[Line]:
    low, high = found.interval
    note = (
        f"{len(found.known)} pairs; medians {statistics.median(found.known) * 1000:.1f} and "
        f"{statistics.median(found.unknown) * 1000:.1f} ms; the median difference lies between "
        f"{low:.2f}% and {high:.2f}% with 95% confidence; {busy()}"
    )
    yield measured("web.sign-in.unknown-name", found.apart, n=2 * len(found.known), note=note)
    yield measured("web.sign-in.unknown-name.told", found.differ, n=len(found.known))


def main(arguments: Sequence[str]) -> int:
    """Measure and write the lines; small writes nothing."""
    return told(lines, arguments, name="web_signing", does="Signing in under attack.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
