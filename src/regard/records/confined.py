"""Brings files in inside limits: the child of `regard.records.confining`, never imported by it.

    python -I -m regard.records.confined

The job is one line of JSON on its input: where the store and the files are, how to read them, and
what may be used. What it says is a line of JSON each: how far it has come, and at last what was
done or why it was refused. A fault of Regard's own ends it with a traceback on its errors.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from regard.core.errors import FileRefused, RegardError
from regard.records.imports import import_files
from regard.records.recipes import read_mapping
from regard.records.results import BatchResult
from regard.records.store import Store

NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET of linux/sched.h
PARENT_DEATH = 1  # PR_SET_PDEATHSIG of linux/prctl.h
OPEN_FILES = 256


def main() -> None:
    """Do the job that the input names and say what came of it."""
    job = json.loads(sys.stdin.readline())
    _end_with_parent()
    if job["leave_network"]:
        _leave_network()
    _limit(**job["limits"])
    try:
        with tempfile.TemporaryDirectory(prefix="regard-") as made:
            _say({"done": _told(_brought_in(job, Path(made)))})
    except RegardError as refusal:
        _say({"refused": _refused(refusal)})


def _brought_in(job: Mapping[str, Any], folder: Path) -> BatchResult:
    """Bring the files in under the names that a person knows them by."""
    mapping = job["mapping"]
    return import_files(
        Store(Path(job["home"])),
        [_named(folder / str(at), **one) for at, one in enumerate(job["files"])],
        reader=job["reader"] or None,
        mapping=read_mapping(mapping["text"], mapping["name"]) if mapping else None,
        set_aside=job["set_aside"],
        label=job["label"],
        progress=lambda now, rows, done, of: _say({"now": now, "rows": rows, "at": [done, of]}),
    )


def _named(folder: Path, path: str, name: str) -> Path:
    folder.mkdir()
    link = folder / name
    link.symlink_to(path)
    return link


def _say(told: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _told(result: BatchResult) -> dict[str, Any]:
    return {
        "batch": result.batch,
        "files": [asdict(one) for one in result.files],
        "missing": [
            [dataset, source, [month.iso for month in months]]
            for (dataset, source), months in result.missing.items()
        ],
    }


def _refused(refusal: RegardError) -> dict[str, Any]:
    problems = refusal.problems if isinstance(refusal, FileRefused) else ()
    return {
        "kind": type(refusal).__name__,
        "wrong": refusal.wrong,
        "expected": refusal.expected,
        "next_step": refusal.next_step,
        "problems": [asdict(one) for one in problems],
    }


def _limit(cpu_seconds: int, memory: int, file_size: int) -> None:
    for kind, most in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _end_with_parent() -> None:
    """So that no import runs on for which nobody waits; the next one takes up where it stopped."""
    ctypes.CDLL(None).prctl(PARENT_DEATH, signal.SIGKILL)


def _leave_network() -> None:
    """Move into a network that has no way out, where the system lets us."""
    with suppress(AttributeError):
        ctypes.CDLL(None, use_errno=True).unshare(NEW_USER | NEW_NETWORK)


if __name__ == "__main__":
    os.umask(0o077)
    main()
