"""A first look at a file that somebody sends, before anything in it is read.

What is plainly not a delivery of records is refused here at once, with the reason; whatever passes
is read in a child with limits. The look is bounded: it reads the first bytes, and of an archive
its table of contents and the head of each member.
"""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
from pathlib import Path, PurePosixPath

from regard.core.errors import FileUnreadable, shown
from regard.records.inputs import (
    HIGHEST_RATIO,
    MOST_MEMBERS,
    RATIO_FROM,
    kind_of,
    members_wanted,
    torn_zip,
)

FIRST_BYTES = 64 * 1024  # of a text that are looked at
LONGEST_CONTENTS = 4 * 1024**2  # bytes of an archive's table of contents; 20,000 members need 3 MB
MOST_UNPACKED = 4 * 1024**3  # bytes of one archive that somebody sends
_HEAD = struct.Struct("<4s5H3I2H")  # of a member: PKWARE's application note, 4.3.7
_SIZES_FOLLOW = 0x8  # the flag of a member whose sizes stand behind it
_LOCKED = 0x1
_PAGES = (b"<!doctype", b"<html", b"<?xml")


def look_at(path: Path, name: str) -> str:
    """What a file is that somebody sends: `csv`, `zip` or `parquet`.

    Args:
        path: Where it lies.
        name: The name by which they know it.

    Raises:
        FileUnreadable: it is plainly not a delivery of records; the message says why.
    """
    kind = kind_of(path, name)
    if kind == "zip":
        _look_into(path, name)
    elif kind == "csv":
        _must_be_text(path, name)
    else:
        _must_be_whole(path, name)
    return kind


def _must_be_text(path: Path, name: str) -> None:
    with path.open("rb") as stream:
        begin = stream.read(FIRST_BYTES)
    if begin.lstrip().lower().startswith(_PAGES):
        raise FileUnreadable(
            f"{name} is a web page or XML, not a table: it begins with {shown(begin[:20])}",
            expected="CSV in UTF-8, Parquet, or a ZIP of CSV files",
            next_step="fetch it again: a page saying why a download failed may stand in its place",
        )
    if b"\0" in begin:
        raise FileUnreadable(
            f"{name} is no text: byte {begin.index(0) + 1:,} of it is 0",
            expected="CSV in UTF-8, Parquet, or a ZIP of CSV files",
            next_step="save the table as CSV UTF-8 and send that",
        )


def _must_be_whole(path: Path, name: str) -> None:
    with path.open("rb") as stream:
        end = stream.seek(0, io.SEEK_END)
        stream.seek(max(end - 4, 0))
        last = stream.read(4)
    if end < 12 or last != b"PAR1":
        raise FileUnreadable(
            f"{name} is a damaged Parquet file: it ends with {shown(last)}",
            expected="a whole Parquet file, which ends as it begins: PAR1",
            next_step="fetch it again from where it came",
        )


class _Bounded(io.FileIO):
    """A file of which no more is read at once than a table of contents may be long."""

    def __init__(self, path: Path, name: str) -> None:
        super().__init__(path)
        self.told = name

    def read(self, size: int | None = -1, /) -> bytes:
        """So many bytes; all that follow, if it is not said how many.

        Raises:
            FileUnreadable: they are more than a table of contents may have.
        """
        if size is None or size < 0:
            size = max(os.fstat(self.fileno()).st_size - self.tell(), 0)
        if size > LONGEST_CONTENTS:
            raise _too_many(self.told, "a table of contents beyond belief")
        return super().read(size) or b""


def _look_into(path: Path, name: str) -> None:
    try:
        with _Bounded(path, name) as stream, zipfile.ZipFile(stream) as opened:
            every = opened.infolist()
            if len(every) > MOST_MEMBERS:
                raise _too_many(name, f"{len(every):,} members")
            for member in every:
                _must_be_plain(name, member)
            members_wanted(name, opened)
            _must_be_believable(name, every)
            _must_lie_apart(name, every, stream)
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, struct.error) as error:
        raise torn_zip(name, error) from error
    except (OSError, ValueError) as error:
        # Places before the beginning or beyond the end of the file, as only a forged table has.
        raise torn_zip(name, error) from error


def _too_many(name: str, what: str) -> FileUnreadable:
    return FileUnreadable(
        f"{name} has {what}",
        expected=f"at most {MOST_MEMBERS:,} members",
        next_step="unpack it and send the files in smaller parts",
    )


def _must_be_plain(name: str, member: zipfile.ZipInfo) -> None:
    """Refuse a member that is no plain file, or that wants to lie elsewhere."""
    said = member.filename
    parts = PurePosixPath(said.replace("\\", "/")).parts
    what = ""
    if ".." in parts or said.startswith(("/", "\\")) or said[1:2] == ":":
        what = "wants to lie outside the folder it is unpacked into"
    elif stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        what = "is a link or a device, not a file"
    elif member.flag_bits & _LOCKED:
        what = "is locked with a password"
    elif member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        what = f"is packed by method {member.compress_type}, not in the usual way"
    if what:
        raise FileUnreadable(
            f"{name} holds {shown(said)}, which {what}",
            expected="a ZIP of plain CSV files, as police.uk gives it",
            next_step="unpack it, look at what is in it, and send the CSV files",
        )


def _must_be_believable(name: str, every: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive that says itself that it unpacks beyond belief."""
    total = sum(one.file_size for one in every)
    worst = max(every, key=lambda one: one.file_size / max(one.compress_size, 1))
    grows = worst.file_size / max(worst.compress_size, 1)
    if total > MOST_UNPACKED or (worst.file_size > RATIO_FROM and grows > HIGHEST_RATIO):
        raise FileUnreadable(
            f"{name} unpacks without end: {total:,} bytes in all, and {shown(worst.filename)} "
            f"{worst.file_size:,} bytes from {worst.compress_size:,}",
            expected=f"at most {MOST_UNPACKED:,} bytes in all and {HIGHEST_RATIO} times its "
            "packed length a member",
            next_step="send the CSV files themselves if you trust it",
        )


def _must_lie_apart(name: str, every: list[zipfile.ZipInfo], stream: io.FileIO) -> None:
    """Refuse members that share bytes, or whose heads and table of contents disagree."""
    names: set[str] = set()
    free = 0
    for member in sorted(every, key=lambda one: one.header_offset):
        if member.filename in names:
            raise _forged(name, member, "stands in it twice")
        names.add(member.filename)
        if member.header_offset < free:
            raise _forged(name, member, "shares its bytes with another file")
        stream.seek(member.header_offset)
        head = _HEAD.unpack(stream.read(_HEAD.size))
        flags, method, (packed, size) = head[2], head[3], head[7:9]
        if head[0] != b"PK\x03\x04" or method != member.compress_type:
            raise _forged(name, member, "is not where or what the table of contents says")
        told = not flags & _SIZES_FOLLOW and 0xFFFFFFFF not in (packed, size)
        if told and (packed, size) != (member.compress_size, member.file_size):
            raise _forged(name, member, f"says {size:,} bytes of itself, and its table another")
        free = member.header_offset + _HEAD.size + head[9] + head[10] + member.compress_size


def _forged(name: str, member: zipfile.ZipInfo, what: str) -> FileUnreadable:
    return FileUnreadable(
        f"{name} holds {shown(member.filename)}, which {what}",
        expected="a ZIP whose table of contents is true",
        next_step="fetch it again from where it came, or send the CSV files themselves",
    )
