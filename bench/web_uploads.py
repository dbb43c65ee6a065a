"""Hostile files sent through the screens: server errors, refusals without a reason, bombs.

    python -m bench.web_uploads            10,000 files and every kind of bomb; writes evidence
    python -m bench.web_uploads --n 500    another number of files
    python -m bench.web_uploads --small    fifty, nothing written

Every file goes through the whole site in this process, and is read by the worker's child, as a
file of a person would be. A bomb is measured from its sending to its refusal, with the peak of the
memory that this process and its children take beyond what they took before.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import psutil

from bench.children import MB, SAMPLE_SECONDS
from bench.figures import Line, measured, record
from bench.table import printed
from bench.web_ground import SEED, prepared, settled

FILES, FEW = 10_000, 50
TRIES = 3  # of each bomb; other work on the machine only ever adds to a time
POST = "performance-analysis"
FIRST_FEW = 5  # faults that are said in words


def lines(number: int, seed: int = SEED) -> list[Line]:
    """Send so many hostile files, then each kind of bomb, and say what became of them."""
    hostile = import_module("web.hostile")
    browser = _browser()
    became = [hostile.tried(browser, one) for one in hostile.deliveries(number, seed)]
    faults = [f"{one.kind}: {one.fault}" for one in became if one.fault]
    servers = [one for one in faults if "server error" in one or "work that failed" in one]
    for one in faults[:FIRST_FEW]:
        print(one[:300], flush=True)
    told = Counter(one.state or f"refused at the door, {one.status}" for one in became)
    note = "; ".join(f"{state}: {count:,}" for state, count in sorted(told.items()))
    seconds, memory = _bombs(browser)
    return [
        measured("web.uploads.server-errors", len(servers), n=number, seed=seed, note=note),
        measured("web.uploads.unsaid", len(faults) - len(servers), n=number, seed=seed, note=note),
        measured("web.uploads.bombs.seconds", max(seconds.values()), n=len(seconds), seed=seed,
                 note=_slowest(seconds, "s")),
        measured("web.uploads.bombs.memory", max(memory.values()), n=len(memory), seed=seed,
                 note=_slowest(memory, "MB")),
    ]  # fmt: skip


def _bombs(browser: object) -> tuple[dict[str, float], dict[str, float]]:
    """Seconds and megabytes of each kind of bomb: the least of a few tries, of the largest seen."""
    hostile = import_module("web.hostile")
    seconds: dict[str, float] = {}
    memory: dict[str, float] = {}
    for kind in sorted(hostile.BOMBS):
        for sent in hostile.each([kind] * 2):
            took, took_up = [], []
            for _ in range(TRIES):
                with _watched() as peak:
                    one = hostile.tried(browser, sent)
                took.append(one.seconds)
                took_up.append(peak[0])
            seconds[kind] = max(seconds.get(kind, 0), min(took))
            memory[kind] = max(memory.get(kind, 0), min(took_up))
    return seconds, memory


def _slowest(found: dict[str, float], unit: str) -> str:
    first = sorted(found.items(), key=lambda one: -one[1])[:3]
    return "; ".join(f"{kind}: {value:,.3g} {unit}" for kind, value in first)


@contextmanager
def _watched() -> Iterator[list[float]]:
    """The most memory, in MB, that this process and its children take beyond what they had."""
    this = psutil.Process(os.getpid())
    before, peak, ended = this.memory_info().rss, [0.0], threading.Event()

    def look() -> None:
        while not ended.wait(SAMPLE_SECONDS):
            held = this.memory_info().rss
            for child in this.children(recursive=True):
                try:
                    held += child.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
            peak[0] = max(peak[0], (held - before) / MB)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        ended.set()
        thread.join()


def _browser() -> object:
    """A browser of the analyst of the example, in the data folder that was settled."""
    test, models = import_module("django.test"), import_module("regard.web.models")
    browser = test.Client(raise_request_exception=False)
    browser.force_login(models.Account.objects.get(username=POST))
    return browser


def main(arguments: Sequence[str]) -> int:
    """Measure, print and write the lines."""
    options = _options(arguments)
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="regard-bench-") as folder:
        prepared(Path(folder))
        settled(Path(folder))
        found = lines(FEW if options.small else options.n)
    print(f"uploads: {time.perf_counter() - start:.0f} s", flush=True)
    printed(found)
    if not options.small:
        record(found)
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.web_uploads", description=__doc__.split("\n")[0]
    )
    parser.add_argument("--small", action="store_true", help="fifty files, nothing written")
    parser.add_argument("--n", type=int, default=FILES, help="how many hostile files")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
