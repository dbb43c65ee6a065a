"""Runs a foreign engine where it can reach nothing: no network, no file outside its folder."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess  # engines are run in a child on purpose
import sys
import sysconfig
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from regard.core.errors import PaperRefused, shown

HERE = Path(__file__).resolve().parent
CONFINE = HERE / "confine.py"
INSIDE = "/job"  # where the child finds its folder when the rest of the system is hidden
LONGEST_COMPLAINT = 2000  # characters of an engine's own words that are looked at
MEGABYTE = 1 << 20


class Lock(Enum):
    """How a child is held, from the closest to the loosest."""

    BUBBLEWRAP = "no network, a read-only system, one writable folder, and limits"
    NAMESPACE = "no network, and limits"
    LIMITS = "limits on processor time, memory and file size"


@dataclass(frozen=True)
class Limits:
    """What a child may use: seconds of wall clock and processor, bytes of memory and of a file."""

    wall_seconds: int = 120
    cpu_seconds: int = 100
    memory: int = 1024 * MEGABYTE  # eight charts take 150 MB; V8 needs 500 MB to start
    file_size: int = 64 * MEGABYTE


@dataclass(frozen=True)
class Held:
    """What an engine made, and which lock held it meanwhile."""

    files: Mapping[str, bytes]
    lock: Lock


def run_locked(
    engine: str,
    files: Mapping[str, bytes],
    wanted: Iterable[str],
    *,
    limits: Limits | None = None,
    lock: Lock | None = None,
) -> Held:
    """Run one of this room's engines on some files and take what it made.

    The engine starts in a fresh folder that holds those files and nothing else, with an
    empty environment.

    Args:
        engine: Name of the engine's module, such as `draw_engine`.
        files: What it is given: plain names and contents.
        wanted: Names of the files that it must make.
        limits: What it may use.
        lock: The lock to hold it by; left out, the closest that this machine has.

    Raises:
        PaperRefused: it failed, ran past a limit, or did not make a wanted file.
    """
    limits, lock = limits or Limits(), lock or closest_lock()
    with tempfile.TemporaryDirectory(prefix="regard-") as made:
        folder = Path(made)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        _run(HERE / f"{engine}.py", folder, limits, lock)
        return Held({name: _taken(folder / name, engine) for name in wanted}, lock)


@cache
def closest_lock() -> Lock:
    """The closest lock that works on this machine, found by trying each once."""
    for lock in (Lock.BUBBLEWRAP, Lock.NAMESPACE):
        with tempfile.TemporaryDirectory(prefix="regard-") as made:
            folder = Path(made)
            if lock is Lock.BUBBLEWRAP and not shutil.which("bwrap"):
                continue
            probe = folder / "probe.py"
            probe.write_text("", encoding="utf-8")
            try:
                _run(probe, folder, Limits(wall_seconds=20), lock)
            except PaperRefused:
                continue
            return lock
    return Lock.LIMITS


def _command(engine: Path, folder: Path, limits: Limits, lock: Lock) -> list[str]:
    inside = Path(INSIDE) / engine.name if engine.parent == folder else engine
    told = {
        "seconds": limits.cpu_seconds,
        "memory": limits.memory,
        "file_size": limits.file_size,
        "leave_network": lock is Lock.NAMESPACE,
    }
    # Isolated: neither the folder, nor the user's packages, nor PYTHON* variables are heard.
    child = [sys.executable, "-I", "-B", str(CONFINE), json.dumps(told)]
    if lock is not Lock.BUBBLEWRAP:
        return [*child, str(engine)]
    bwrap = shutil.which("bwrap")
    assert bwrap, f"{lock} was chosen without bwrap on the PATH"
    shown_to_child = [word for path in _system() for word in ("--ro-bind-try", path, path)]
    return [
        *(bwrap, "--unshare-all", "--die-with-parent", "--new-session", "--clearenv"),
        *("--cap-drop", "ALL", "--hostname", "regard"),
        # First the child's own empty /tmp, then what is shown, which may lie below it.
        *("--dev", "/dev", "--tmpfs", "/tmp"),  # noqa: S108
        *shown_to_child,
        *("--bind", str(folder), INSIDE, "--chdir", INSIDE),
        *(word for pair in _environment().items() for word in ("--setenv", *pair)),
        *("--", *child, str(inside)),
    ]


def _system() -> list[str]:
    """The folders that Python, its packages and this room's engines are read from."""
    places = {
        *("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache"),
        *(
            sys.prefix,
            sys.base_prefix,
            sysconfig.get_path("purelib"),
            sysconfig.get_path("platlib"),
        ),
        str(Path(sys.executable).resolve().parent),
        str(HERE),
        str(CONFINE.parent),
    }
    return sorted(places)


def _environment() -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": "/nonexistent"}


def _run(engine: Path, folder: Path, limits: Limits, lock: Lock) -> None:
    """Run to the end or the wall clock, and refuse with the engine's last words if it failed."""
    complaints = folder / "complaints.txt"
    with complaints.open("wb") as stderr:
        child = subprocess.Popen(  # noqa: S603 - our own script, no shell, words as data in files
            _command(engine, folder, limits, lock),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            env=_environment(),
            cwd=folder,
            start_new_session=True,
        )
        try:
            status = child.wait(limits.wall_seconds)
        except subprocess.TimeoutExpired:
            status = None
        finally:
            _end(child)
    if status == 0:
        return
    why = f"ran past {limits.wall_seconds} s" if status is None else f"ended with {status}"
    said = complaints.read_text(encoding="utf-8", errors="replace")[-LONGEST_COMPLAINT:]
    lines = [line for line in said.splitlines() if line.strip() and not line.startswith(" ")]
    last = lines[-1] if lines else "it said nothing"  # what lies further in is its own trace
    raise PaperRefused(
        f"{engine.stem} {why}: {shown(last)}",
        expected=f"a paper that is drawn within {limits.cpu_seconds} s and "
        f"{limits.memory // MEGABYTE:,} MB",
        next_step="leave out the chart or the words named, or shorten the paper",
    )


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child's whole session, however it stands."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _taken(path: Path, engine: str) -> bytes:
    """The content of a plain file that the child made; a link is not followed."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        raise PaperRefused(
            f"{engine} made no plain file {path.name}: {error.strerror}",
            expected=f"a file {path.name}",
        ) from error
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise PaperRefused(f"{path.name} of {engine} is no plain file", expected="a file")
        return file.read()
