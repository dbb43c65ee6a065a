"""Bringing in files that somebody sent: in a child with limits, no network and nothing else to see.

What a file does to the parser it does to the child alone. It sees the record store, the files and
Python; it holds no database of accounts or register and no key.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess  # files are read in a child on purpose
import sys
import sysconfig
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

from regard.core.errors import (
    DefinitionRefused,
    FileChanged,
    FileRefused,
    FileUnreadable,
    NotStored,
    Problem,
    RegardError,
    StoreBusy,
    StoreDamaged,
)
from regard.core.periods import Month
from regard.core.progress import Progress
from regard.records.imports import give_up_unfinished
from regard.records.results import BatchResult, FileResult, Replaced
from regard.records.store import Store

CHILD = "regard.records.confined"
MEGABYTE = 1 << 20
LONGEST_LINE = 16 * MEGABYTE  # of what the child says
LONGEST_COMPLAINT = 4000  # characters of a fault that are kept
_KINDS: dict[str, type[RegardError]] = {
    one.__name__: one
    for one in (DefinitionRefused, FileChanged, FileUnreadable, NotStored, StoreBusy, StoreDamaged)
}


@dataclass(frozen=True)
class Given:
    """A file that somebody sent: where it lies, and the name by which they know it."""

    path: Path
    name: str


@dataclass(frozen=True)
class Limits:
    """What a child may use.

    Attributes:
        wall_seconds, cpu_seconds: How long, by the clock and of the processor.
        memory: Bytes of its own that it may ask for. An import of two million rows stays under
            300 MB resident and asks for more than 512 MB and less than 768 MB.
        file_size: Bytes of one file that it may write.
    """

    wall_seconds: float = 3600
    cpu_seconds: int = 3600
    memory: int = 1024 * MEGABYTE
    file_size: int = 8192 * MEGABYTE


class ImporterFault(RuntimeError):
    """The child failed by a fault of Regard's own; its text is the child's traceback."""


def import_confined(
    store: Store,
    files: Sequence[Given],
    *,
    reader: str = "",
    mapping: Given | None = None,
    set_aside: bool = False,
    label: str = "",
    progress: Progress | None = None,
    limits: Limits | None = None,
) -> BatchResult:
    """Bring files in as `import_files` does, read by a child that can do nothing else.

    Args:
        store: The record store; it is made if it does not exist.
        files: The files.
        reader: Id of the reader; found from each file's header if left out.
        mapping: A mapping, for columns that no reader knows.
        set_aside: Keep rows that break the contract apart instead of refusing the batch.
        label: A note kept with each import.
        progress: Told after every chunk.
        limits: What the child may use.

    Raises:
        RegardError: as `import_files` has it; but nothing is left to go on with.
        FileUnreadable: reading ran past a limit or broke off; nothing of it was kept.
        ImporterFault: a fault of Regard's own.
    """
    limits = limits or Limits()
    store.root.mkdir(parents=True, exist_ok=True)
    job = {
        "home": str(store.home.resolve()),
        "files": [{"path": str(one.path.resolve()), "name": one.name} for one in files],
        "reader": reader,
        "mapping": {"text": _text(mapping), "name": mapping.name} if mapping else None,
        "set_aside": set_aside,
        "label": label,
        "leave_network": not _has_bubblewrap(),
        "limits": {key: most for key, most in asdict(limits).items() if key != "wall_seconds"},
    }
    try:
        with _child(store, files, limits) as (child, complaints):
            told = _heard(child, job, progress)
            if "done" in told:
                return _result(told["done"])
            if "refused" in told:
                raise _refusal(told["refused"])
            raise _broken_off(child.wait(), complaints(), files, limits)
    except StoreBusy:
        raise
    except (RegardError, ImporterFault):
        give_up_unfinished(store)
        raise


@contextmanager
def _child(
    store: Store, files: Sequence[Given], limits: Limits
) -> Iterator[tuple[subprocess.Popen[str], Any]]:
    """The child, ended with its whole session when time is up or the block is left."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:
        child = subprocess.Popen(  # noqa: S603 - our own module, no shell, words as data
            _command(store, files),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=_environment(),
            start_new_session=True,
            text=True,
            encoding="utf-8",
        )
        clock = threading.Timer(limits.wall_seconds, _end, [child])
        clock.start()
        try:
            yield child, lambda: _last_of(errors)
        finally:
            clock.cancel()
            _end(child)
            for stream in (child.stdin, child.stdout):
                if stream is not None:
                    stream.close()


def _end(child: subprocess.Popen[str]) -> None:
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _last_of(errors: IO[str]) -> str:
    errors.seek(0)
    return errors.read()[-LONGEST_COMPLAINT:]


def _heard(
    child: subprocess.Popen[str], job: Mapping[str, Any], progress: Progress | None
) -> dict[str, Any]:
    """Give the child its job and listen until it has said what came of it."""
    assert child.stdin is not None, "the child has no input"
    assert child.stdout is not None, "the child has no output"
    try:
        child.stdin.write(json.dumps(job) + "\n")
        child.stdin.close()
    except BrokenPipeError:
        return {}
    while line := child.stdout.readline(LONGEST_LINE):
        told: dict[str, Any] = json.loads(line)
        if "at" not in told:
            return told
        if progress is not None:
            progress(told["now"], told["rows"], *told["at"])
    return {}


def _broken_off(
    status: int, complaint: str, files: Sequence[Given], limits: Limits
) -> RegardError | ImporterFault:
    """Why a child ended without a word: past a limit or killed by a file, else our own fault."""
    named = ", ".join(one.name for one in files[:3]) + (" …" if files[3:] else "")
    lost = "MemoryError" in complaint or "Out of Memory" in complaint
    # 128 and the signal's number is how bubblewrap passes on that its child was ended by one.
    if status > 0 and status <= 128 and not lost:
        return ImporterFault(complaint)
    return FileUnreadable(
        f"{named}: reading broke off past what one delivery may use; nothing was stored",
        expected=f"files that are read within {limits.cpu_seconds:,} s and "
        f"{limits.memory // MEGABYTE:,} MB",
        next_step="look at the file, and send it in smaller parts if it is what it should be",
    )


def _refusal(told: Mapping[str, Any]) -> RegardError:
    """The refusal that the child met, as this process can raise it."""
    more = {"expected": str(told["expected"]), "next_step": str(told["next_step"])}
    if told["kind"] == FileRefused.__name__:
        return FileRefused([Problem(**one) for one in told["problems"]], **more)
    return _KINDS.get(told["kind"], RegardError)(str(told["wrong"]), **more)


def _result(told: Mapping[str, Any]) -> BatchResult:
    return BatchResult(
        told["batch"],
        tuple(_file(one) for one in told["files"]),
        {
            (dataset, source): tuple(Month.parse(one) for one in months)
            for dataset, source, months in told["missing"]
        },
    )


def _file(told: dict[str, Any]) -> FileResult:
    replaced = tuple(
        Replaced(one["import_number"], one["source"], tuple(one["months"]))
        for one in told.pop("replaced")
    )
    return FileResult(**told | {"replaced": replaced, "left_out": tuple(told["left_out"])})


def _text(mapping: Given) -> str:
    try:
        return mapping.path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileUnreadable(
            f"the mapping {mapping.name} cannot be read: {reason}",
            expected="a TOML file in UTF-8",
        ) from error


def _command(store: Store, files: Sequence[Given]) -> list[str]:
    # Isolated: neither the folder, nor the user's packages, nor PYTHON* variables are heard.
    child = [sys.executable, "-I", "-B", "-m", CHILD]
    bwrap = shutil.which("bwrap")
    if not _has_bubblewrap() or not bwrap:
        return child
    shown = [word for path in _system() for word in ("--ro-bind-try", path, path)]
    sent = [
        word
        for path in sorted({str(one.path.resolve()) for one in files})
        for word in ("--ro-bind", path, path)
    ]
    root = str(store.root.resolve())
    return [
        *(bwrap, "--unshare-all", "--die-with-parent", "--new-session"),
        *("--cap-drop", "ALL", "--hostname", "regard"),
        # First the child's own empty /tmp, then what is shown, which may lie below it.
        *("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"),  # noqa: S108
        *shown,
        *("--bind", root, root),
        *sent,
        *("--chdir", "/", "--"),
        *child,
    ]


def _system() -> list[str]:
    """The folders that Python, its packages and Regard are read from."""
    places = {
        *("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache"),
        *(sys.prefix, sys.base_prefix),
        *(sysconfig.get_path("purelib"), sysconfig.get_path("platlib")),
        str(Path(sys.executable).resolve().parent),
        str(Path(__file__).resolve().parents[2]),
    }
    return sorted(places)


def _environment() -> dict[str, str]:
    return {
        "PATH": "/usr/bin:/bin",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "HOME": "/nonexistent",
        # A pool of threads that no import uses; their stacks would count as memory.
        "OPENBLAS_NUM_THREADS": "1",
    }


@cache
def _has_bubblewrap() -> bool:
    """Whether this machine lets bubblewrap make a room of its own, found by trying it once."""
    bwrap = shutil.which("bwrap")
    if not bwrap:
        return False
    tried = subprocess.run(  # noqa: S603 - fixed words
        [bwrap, "--unshare-all", "--ro-bind", "/", "/", "/bin/true"],
        check=False,
        capture_output=True,
    )
    return tried.returncode == 0
