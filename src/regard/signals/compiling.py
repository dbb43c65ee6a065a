"""Where compiled code is kept: a folder for each state of the sources it was compiled from.

numba keeps compiled code by the file of the function alone; a change in a function that it
calls, in another file, would leave the old code running.
"""

from __future__ import annotations

import hashlib
import shutil
import time
from pathlib import Path

from numba import config

ROOM = Path(__file__).parent
KEPT = ROOM / "__pycache__"
NAMED = "compiled-"
OLD = 24 * 60 * 60  # seconds for which a folder that nothing wrote to is left alone


def stamp_of(room: Path) -> str:
    """A name for the state of every source of a room, by size and time of change."""
    told = []
    for source in sorted(room.rglob("*.py")):
        seen = source.stat()
        told.append(f"{source.relative_to(room)} {seen.st_size} {seen.st_mtime_ns}")
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12]


def keep_compiled(room: Path = ROOM, kept: Path = KEPT) -> Path | None:
    """Let numba keep its code in a folder of its own for these sources.

    Folders of sources as they were a day ago and before are removed. Where nothing may be
    written, as in a package that was installed for all, numba's own choice stands: such
    sources do not change.

    Args:
        room: Where the sources lie.
        kept: Where the folders go.

    Returns:
        The folder; None where it cannot be made.
    """
    folder = kept / f"{NAMED}{stamp_of(room)}"
    if not folder.exists():
        for one in kept.glob(f"{NAMED}*"):
            if time.time() - one.stat().st_mtime > OLD:
                shutil.rmtree(one, ignore_errors=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]
    return folder
