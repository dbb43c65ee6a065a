"""Hostile files sent through the screens: server errors, refusals without a reason, bombs.

    python -m bench.web_uploads            10,000 files and every kind of bomb; writes evidence
    python -m bench.web_uploads --n 500    another number of files
    python -m bench.web_uploads --small    fifty, nothing written

Every file goes through the whole site, and is read by the worker's child, as a file of a person
would be. A bomb is measured from its sending to its refusal, with the peak of the
memory that this process and its children take beyond what they took before.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import psutil

from bench.children import MB, SAMPLE_SECONDS
from bench.figures import Line, measured, record
from bench.table import printed
from bench.web_ground import SEED, prepared, settled

FILES, FEW = 10_000, 50
SITES = os.cpu_count() or 1  # data folders that files are sent to at once
SAID_EVERY = 500  # files after which a site says how far it is
TRIES = 3  # of each bomb; other work on the machine only ever adds to a time
POST = "performance-analysis"
FIRST_FEW = 5  # faults that are said in words


def lines(number: int, folder: Path, seed: int = SEED) -> list[Line]:
    """Send so many hostile files, then each kind of bomb, and say what became of them.

    The files go to as many sites as there are cores, each with a data folder of its own.
    """
    with ProcessPoolExecutor(SITES, multiprocessing.get_context("spawn")) as sites:
        parts = [(folder / f"site-{i}", len(range(i, number, SITES)), seed + i)
                 for i in range(SITES)]  # fmt: skip
        became = [one for part in sites.map(became_of, parts) for one in part]
    faults = [fault for _, fault in became if fault]
    servers = [one for one in faults if "server error" in one or "work that failed" in one]
    for one in faults[:FIRST_FEW]:
        print(one[:300], flush=True)
    told = Counter(state for state, _ in became)
    note = "; ".join(f"{state}: {count:,}" for state, count in sorted(told.items()))
    prepared(folder / "bombs")
    settled(folder / "bombs")
    seconds, memory = _bombs(_browser())
    return [
        measured("web.uploads.server-errors", len(servers), n=number, seed=seed, note=note),
        measured("web.uploads.unsaid", len(faults) - len(servers), n=number, seed=seed, note=note),
        measured("web.uploads.bombs.seconds", max(seconds.values()), n=len(seconds), seed=seed,
                 note=_slowest(seconds, "s")),
        measured("web.uploads.bombs.memory", max(memory.values()), n=len(memory), seed=seed,
                 note=_slowest(memory, "MB")),
    ]  # fmt: skip


def became_of(part: tuple[Path, int, int]) -> list[tuple[str, str]]:
    """What became of each of the files sent to a site of its own, and its fault, in words.

    Args:
        part: The data folder, the number of files and their seed.
    """
    folder, number, seed = part
    prepared(folder)
    settled(folder)
    hostile, browser, start = import_module("web.hostile"), _browser(), time.perf_counter()
    told: list[tuple[str, str]] = []
    for done, sent in enumerate(hostile.deliveries(number, seed), start=1):
        one = hostile.tried(browser, sent)
        state = one.state or f"refused at the door, {one.status}"
        told.append((state, f"{one.kind}: {one.fault}" if one.fault else ""))
        if done % SAID_EVERY == 0:
            took = time.perf_counter() - start
            print(f"{folder.name}: {done:,} of {number:,} in {took:.0f} s", flush=True)
    return told


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
        found = lines(FEW if options.small else options.n, Path(folder))
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
