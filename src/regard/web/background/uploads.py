"""Files that somebody sends: kept apart under names of our own, and gone when they were read.

They are written straight into the folder `uploads` of the data folder as they come, with a limit
that is held while they come, and only for one who is signed in. Nothing there is ever served.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from regard.core.errors import FileUnreadable
from regard.records.confining import Given
from regard.records.door import look_at

FOLDER = "uploads"
MEGABYTE = 1024 * 1024
TOGETHER = 5  # times that: what one form may bring in all
LONGEST_NAME = 120  # characters of a file's name that are kept
KEPT_SECONDS = 24 * 60 * 60  # after which what a lost work left behind is deleted


def folder() -> Path:
    """Where files lie that somebody sent; for this account of the system alone."""
    found = Path(settings.REGARD_HOME) / FOLDER  # type: ignore[misc]
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def most_bytes() -> int:
    """Bytes that one file may have."""
    return int(settings.REGARD_UPLOAD_MB) * MEGABYTE  # type: ignore[misc]


class Sent(UploadedFile):
    """A file that somebody sent, under a name of our own; gone with its request unless kept.

    Args:
        path: Where it lies; None if it was not kept at all.
        name: The name by which the sender knows it.
        size: Its length in bytes, as it came.
        too_large: Whether it passed the limit.
    """

    def __init__(
        self, stream: IO[Any] | None, path: Path | None, name: str, *, size: int, too_large: bool
    ) -> None:
        super().__init__(stream, name, "application/octet-stream", size)
        self.path = path
        self.too_large = too_large

    def temporary_file_path(self) -> str:
        """Where it lies."""
        return str(self.path)

    def close(self) -> None:
        """Let it go: delete it, unless it was moved to where a work reads it."""
        super().close()
        if self.path is not None:
            self.path.unlink(missing_ok=True)


class Straight(FileUploadHandler):
    """Writes what comes straight to its place, and drops what is beyond the limit as it comes."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._together = 0
        self._path: Path | None = None
        self._stream: IO[bytes] | None = None
        self._size = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._path, self._stream, self._size = None, None, 0
        if self._is_let_in():
            self._path = folder() / f"coming-{secrets.token_hex(16)}"
            self._stream = os.fdopen(
                os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b"
            )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Take the next bytes."""
        self._size += len(raw_data)
        self._together += len(raw_data)
        if self._stream is not None:
            if self._size > most_bytes() or self._together > most_bytes() * TOGETHER:
                self._drop()
            else:
                self._stream.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The file, once it has come."""
        too_large = self._stream is None and self._is_let_in()
        if self._stream is not None:
            self._stream.seek(0)
        made = Sent(
            self._stream, self._path, self.file_name or "", size=file_size, too_large=too_large
        )
        self._path = self._stream = None
        return made

    def upload_interrupted(self) -> None:
        """Delete what came of a file that broke off."""
        self._drop()

    def _is_let_in(self) -> bool:
        # A form is read to check its token, before any page says who may send one.
        user = getattr(self.request, "user", None)
        return user is not None and bool(user.is_authenticated)

    def _drop(self) -> None:
        if self._stream is not None:
            self._stream.close()
        if self._path is not None:
            self._path.unlink(missing_ok=True)
        self._path = self._stream = None


def checked(sent: Sent) -> Given:
    """A file that was sent, after a first look at it.

    Raises:
        FileUnreadable: too large, empty, or plainly not a delivery of records.
    """
    name = clean_name(sent.name or "")
    if sent.too_large or sent.path is None:
        most = most_bytes() // MEGABYTE
        raise FileUnreadable(
            f"{name} is too large: {sent.size:,} bytes came",
            expected=f"at most {most:,} MB a file and {most * TOGETHER:,} MB together",
            next_step="send it in parts, or as a ZIP",
        )
    with contextlib.suppress(ValueError):
        sent.flush()
    look_at(sent.path, name)
    return Given(sent.path, name)


def kept(given: Sequence[Given]) -> dict[str, Any]:
    """Keep files until a work has read them.

    Returns:
        What the work is asked with, to find them by: `of_work` reads it.
    """
    place = folder() / secrets.token_hex(16)
    place.mkdir(mode=0o700)
    held = []
    for one in given:
        target = place / secrets.token_hex(16)
        one.path.rename(target)
        held.append([target.name, one.name])
    return {"folder": place.name, "files": held}


def of_work(kept_as: dict[str, Any]) -> tuple[Given, ...]:
    """The files that were kept for a work.

    Raises:
        FileUnreadable: they are gone: a work that was lost is asked again within a day.
    """
    place = folder() / Path(str(kept_as["folder"])).name
    found = tuple(Given(place / Path(path).name, name) for path, name in kept_as["files"])
    gone = [one.name for one in found if not one.path.is_file()]
    if gone:
        raise FileUnreadable(
            f"{gone[0]} is no longer kept here",
            expected="files that were sent within a day",
            next_step="send the files again",
        )
    return found


def forget(kept_as: dict[str, Any]) -> None:
    """Delete what was kept for a work."""
    shutil.rmtree(folder() / Path(str(kept_as["folder"])).name, ignore_errors=True)


def sweep(now: float | None = None) -> int:
    """Delete what requests and works that were lost have left behind for a day; how many."""
    before = (time.time() if now is None else now) - KEPT_SECONDS
    old = [one for one in folder().iterdir() if one.stat().st_mtime < before]
    for one in old:
        if one.is_dir():
            shutil.rmtree(one, ignore_errors=True)
        else:
            one.unlink(missing_ok=True)
    return len(old)


def clean_name(name: str) -> str:
    """A file's name as it can be shown and kept: one part, nothing unprintable, not too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(one if one.isprintable() and one not in '<>:"|?*' else "_" for one in last)
    stem, dot, suffix = shown.strip(" .").rpartition(".")
    cut = f"{stem[: LONGEST_NAME - len(suffix) - 1]}{dot}{suffix}" if len(suffix) < 12 else shown
    while len(cut.encode(errors="replace")) > 2 * LONGEST_NAME:
        cut = cut[1:]
    return cut.strip(" .") or "file"
