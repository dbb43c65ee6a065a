"""The whole register in one file, and back from it into an empty place.

A backup is the export under gzip, followed by one line with the SHA-256 of all that stands before
it. It is the same for both databases, so a register can be restored into the other; it needs no
tool of a database; `zcat` reads it without Regard; and it holds the journal alone, so whatever
comes back from it was checked entry by entry. The file holds every word in clear: keep it as the
register is kept.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from regard.core.errors import FileUnreadable
from regard.register.exporting import exported, head_of_line, new_file
from regard.register.importing import LONGEST, Brought, bring_in
from regard.register.register import Register
from regard.register.streaming import Progress, silent
from regard.register.tree import Head

GZIP = 31  # zlib's name for a gzip member with a window of 32 KB
LEVEL = 1  # hashes and salts do not shrink; more effort gains 8 % and takes twice as long
BLOCK = 1 << 20  # bytes
TRAILER = re.compile(rb"\nsha256 ([0-9a-f]{64})\n")
TRAILER_BYTES = 73


@dataclass(frozen=True)
class BackedUp:
    """A backup that was written.

    Attributes:
        file: Where.
        size: How many bytes.
        head: The head of the journal it holds.
    """

    file: Path
    size: int
    head: Head

    def said(self) -> tuple[str, ...]:
        """The report, a sentence a line."""
        return (
            f"Backed up into {self.file}: {self.head.size:,} entries, {self.size:,} bytes. "
            f"The head is {self.head}.",
            "It holds every word in clear. That it can be read back is known once it was restored.",
        )


def back_up(register: Register, file: Path, *, progress: Progress = silent) -> BackedUp:
    """Write the journal as it is at this moment into a new file, which is whole or not there.

    Raises:
        NotStored: the file is there already, or the disk did not take it.
        RegisterDamaged: an entry is missing or cannot be read.
    """
    with new_file(file) as opened:
        head = _packed(exported(register, progress=progress), opened)
    return BackedUp(file, file.stat().st_size, head)


def _packed(lines: Iterator[bytes], file: BinaryIO) -> Head:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    digest = hashlib.sha256()

    def put(some: bytes) -> None:
        digest.update(some)
        file.write(some)

    first = next(lines)
    put(packer.compress(first))
    for line in lines:
        put(packer.compress(line))
    put(packer.flush())
    file.write(b"\nsha256 " + digest.hexdigest().encode() + b"\n")
    return head_of_line(first)


def restore(
    file: Path, home: Path, *, url: str | None = None, progress: Progress = silent
) -> Brought:
    """Bring a backup back into a folder or database that holds no register, and verify it.

    Args:
        file: The backup.
        home: The data folder, made if there is none.
        url: The database; by default `DATABASE_URL`, and without it the folder's own.
        progress: Told how far it is.

    Raises:
        FileUnreadable: it is no backup, or other bytes than were written; nothing is kept.
        FileRefused: an entry in it is bad; nothing is kept.
        RegisterDamaged: a register stands there already.
        NotStored: the disk or the database did not take it.
    """
    length = _checked(file)
    return bring_in(_lines(file, length), home, url=url, name=file.name, progress=progress)


def _checked(file: Path) -> int:
    """The bytes before the trailer, once they give the hash in it."""
    try:
        length = file.stat().st_size - TRAILER_BYTES
        digest = hashlib.sha256()
        with file.open("rb") as opened:
            left = length
            while left > 0 and (block := opened.read(min(BLOCK, left))):
                digest.update(block)
                left -= len(block)
            found = TRAILER.fullmatch(opened.read())
    except OSError as reason:
        raise FileUnreadable(f"{file}: {reason.strerror or reason}") from reason
    if length <= 0 or found is None:
        raise _unreadable(file, "it does not end as a backup does, and may have been cut off")
    if found[1].decode() != digest.hexdigest():
        raise _unreadable(file, "its bytes are not those that were written")
    return length


def _lines(file: Path, length: int) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(GZIP)
    carried = b""
    try:
        for block in _unpacked(file, length, unpacker):
            *whole, carried = (carried + block).split(b"\n")
            for line in whole:
                yield line + b"\n"
            if len(carried) > LONGEST:
                raise _unreadable(file, f"a line is longer than {LONGEST:,} bytes")
    except (zlib.error, OSError) as reason:
        raise _unreadable(file, str(reason)) from reason
    if not unpacker.eof or unpacker.unused_data:
        raise _unreadable(file, "its packing ends too early or too late")
    if carried:
        yield carried


def _unpacked(file: Path, length: int, unpacker: zlib._Decompress) -> Iterator[bytes]:
    with file.open("rb") as opened:
        left = length
        while left > 0 and (block := opened.read(min(BLOCK, left))):
            left -= len(block)
            while block and not unpacker.eof:
                yield unpacker.decompress(block, BLOCK)
                block = unpacker.unconsumed_tail
    with suppress(EOFError):
        yield unpacker.flush()


def _unreadable(file: Path, reason: str) -> FileUnreadable:
    return FileUnreadable(
        f"{file.name} was not restored: {reason}",
        expected="a backup as `regard register backup` wrote it",
        next_step="nothing was kept; take an earlier backup, or another copy of this one",
    )
