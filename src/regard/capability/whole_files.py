"""Files of the data folder that are written whole: nobody ever reads half of one."""

from __future__ import annotations

import os
from pathlib import Path
from secrets import token_hex

AS_THE_UMASK_LEAVES = 0o666  # as the other files of the folder are made


def write_whole(place: Path, text: str) -> None:
    """Write a file whole in UTF-8: beside its place first, and then moved there.

    Its mode is what the umask leaves. Where that fails nothing is left behind.

    Args:
        place: Where it shall stand; its folder is made.
        text: What it shall say.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f".{token_hex(8)}.part")
    opened = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, AS_THE_UMASK_LEAVES)
    try:
        with os.fdopen(opened, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
