"""Signs of life of the worker: a file of the data folder that it touches while it runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = "worker-alive"
EVERY = 5.0  # seconds between two signs of life
LATE = 30.0  # seconds after which a worker that gave none does not run


@contextmanager
def beating(home: Path) -> Iterator[None]:
    """Give signs of life for as long as the block lasts, from a thread of their own."""
    file, ended = home / FILE, threading.Event()

    def beat() -> None:
        while not ended.is_set():
            file.touch()
            ended.wait(EVERY)

    thread = threading.Thread(target=beat, daemon=True, name="heartbeat")
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        file.unlink(missing_ok=True)


def since_last(home: Path) -> float | None:
    """Seconds since the last sign of life; None where there was none."""
    file = home / FILE
    return max(0.0, time.time() - file.stat().st_mtime) if file.is_file() else None


def is_alive(home: Path) -> bool:
    """Whether a worker runs, by its signs of life."""
    since = since_last(home)
    return since is not None and since <= LATE
