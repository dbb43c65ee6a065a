"""Compiles a function once, and keeps it for as long as its sources are what they were.

numba keeps compiled code by the file of the function alone; a change in a function that it
calls, in another file, would leave the old code running. So each room keeps its code in a
folder named after the state of all its sources.
"""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import config, njit

HOUSE = Path(__file__).parent.parent
FLOOR = Path(__file__).parent
KEPT = FLOOR / "__pycache__"
NAMED = "compiled-"
OLD = 24 * 60 * 60  # seconds for which a folder that nothing wrote to is left alone

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Compile a function once and keep it for its sources, if it may be kept."""
    keep_for(Path(function.__code__.co_filename))
    try:
        return cast(F, njit(cache=True, nogil=True)(function))
    except RuntimeError:  # numba finds no folder it may write to: compile again each time
        return cast(F, njit(nogil=True)(function))


def keep_for(source: Path) -> None:
    """Let numba keep what is compiled next in the folder of the room of a source.

    A source that is not this house's is kept where numba chooses.
    """
    if HOUSE in source.parents:
        room = HOUSE / source.relative_to(HOUSE).parts[0]
        folder = _folder_of(room)
        config.CACHE_DIR = str(folder) if folder else ""  # type: ignore[attr-defined]
    else:
        config.CACHE_DIR = ""  # type: ignore[attr-defined]


def stamp_of(*rooms: Path) -> str:
    """A name for the state of every source of rooms, by size and time of change."""
    told = []
    for room in rooms:
        for source in sorted(room.rglob("*.py")):
            seen = source.stat()
            told.append(f"{source.relative_to(room)} {seen.st_size} {seen.st_mtime_ns}")
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12]


def folder_for(room: Path, kept: Path = KEPT) -> Path | None:
    """A folder for what is compiled of a room as its sources, and this floor's, are now.

    Folders of sources as they were a day ago and before are removed. Where nothing may be
    written, as in a package that was installed for all, numba's own choice stands: such
    sources do not change.

    Args:
        room: Where the sources lie.
        kept: Where the folders go.

    Returns:
        The folder; None where it cannot be made.
    """
    folder = kept / f"{NAMED}{room.name}-{stamp_of(room, FLOOR)}"
    if not folder.exists():
        for one in kept.glob(f"{NAMED}{room.name}-*"):
            if time.time() - one.stat().st_mtime > OLD:
                shutil.rmtree(one, ignore_errors=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder


@cache
def _folder_of(room: Path) -> Path | None:
    return folder_for(room)
