"""Runs an engine of the paper room inside limits; started as a script, never imported.

    python -I confine.py LIMITS ENGINE

LIMITS is JSON: seconds of processor time, bytes of memory, bytes of one file, and
whether to leave the network before the engine starts. The standard library alone, so that
the child is up in a few hundredths of a second.
"""

import ctypes
import json
import os
import resource
import runpy
import sys

NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET of linux/sched.h
OPEN_FILES = 256


def limit(seconds: int, memory: int, file_size: int) -> None:
    """Bound what this process may use; memory counts writable pages, as V8 reserves far more."""
    for kind, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def leave_network() -> None:
    """Move into a network that has no way out.

    Raises:
        OSError: the system does not allow it.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(NEW_USER | NEW_NETWORK) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"unshare refused: {os.strerror(number)}")


def main() -> None:
    """Confine this process, then become the engine."""
    limits = json.loads(sys.argv[1])
    if limits["leave_network"]:
        leave_network()
    limit(limits["seconds"], limits["memory"], limits["file_size"])
    runpy.run_path(sys.argv[2], run_name="__main__")


if __name__ == "__main__":
    main()
