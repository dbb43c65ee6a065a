"""Runs a command as a child process, timed, with the peak of its memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

SAMPLE_SECONDS = 0.02
MB = 1_000_000
ROOT = Path(__file__).resolve().parents[1]
REGARD = (sys.executable, "-c", "from regard.cli.main import run; run()")


@dataclass(frozen=True)
class Ran:
    """A child that ended well: seconds from start to end, peak memory in MB, what it said."""

    seconds: float
    peak_mb: float
    said: str


def ran(command: Sequence[str | Path], *, home: Path | None = None) -> Ran:
    """Run a command to its end and watch its memory and that of its children.

    Raises:
        ChildProcessError: the command left with another code than 0.
    """
    told = dict(os.environ) | ({"REGARD_HOME": str(home)} if home else {})
    with tempfile.TemporaryFile("w+") as said:
        start = time.perf_counter()
        child = subprocess.Popen(
            [str(word) for word in command], cwd=ROOT, env=told, stdout=said, stderr=said
        )
        peak = 0
        while child.poll() is None:
            peak = max(peak, _resident(child.pid))
            time.sleep(SAMPLE_SECONDS)
        seconds = time.perf_counter() - start
        said.seek(0)
        text = said.read()
    if child.returncode:
        raise ChildProcessError(f"{command} left with {child.returncode}: {text[-2000:]}")
    return Ran(seconds, peak / MB, text)


def _resident(pid: int) -> int:
    try:
        parent = psutil.Process(pid)
        family = [parent, *parent.children(recursive=True)]
        return sum(one.memory_info().rss for one in family)
    except psutil.NoSuchProcess:
        return 0
