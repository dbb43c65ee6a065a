"""Readying the site's own tables, and serving it on one machine with its worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command

THREADS = 8  # requests at once a process of the server
LIFETIME = 30  # seconds that a request may take before its process is begun anew


def ready() -> None:
    """Make the tables of accounts, sessions and work, or bring them up to date."""
    call_command("migrate", database="default", verbosity=0, interactive=False)


def environment(home: Path, *, demo: bool = False) -> dict[str, str]:
    """What a process of the site is told of where its data lies."""
    return {**os.environ, "REGARD_HOME": str(home), "REGARD_DEMO": "1" if demo else ""}


def server_words(address: str, *, workers: int) -> list[str]:
    """The command that serves the site at an address."""
    return [
        sys.executable, "-m", "gunicorn", "regard.web.wsgi:application",
        "--bind", address, "--workers", str(workers), "--worker-class", "gthread",
        "--threads", str(THREADS), "--timeout", str(LIFETIME), "--keep-alive", "65",
        "--max-requests", "10000", "--max-requests-jitter", "1000", "--log-level", "warning",
    ]  # fmt: skip


def worker_words() -> list[str]:
    """The command that does long work in the background."""
    return [sys.executable, "-m", "regard.web", "worker"]


@contextmanager
def running(words: list[str], env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process of the site for as long as the block lasts; ended by its own id."""
    process = subprocess.Popen(words, env=env)  # noqa: S603 - words of this module
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=LIFETIME)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
