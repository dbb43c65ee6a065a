"""The journal as JSON lines: its head, then one entry a line, in one form that never varies.

The lines hold everything: headers, hashes, salts and words, whoever may read them. A projection is
not in them, for the journal gives it. Keys are sorted, so the words come last and a reader can
take them as they stand.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from json.encoder import encode_basestring as _text
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO

from regard.core.errors import NotStored, RegisterDamaged, shown
from regard.register.canonical import canonical
from regard.register.entries import HEADER
from regard.register.register import Register
from regard.register.signing import OWNER_ALONE
from regard.register.streaming import (
    Progress,
    Row,
    Unreadable,
    silent,
    snapshot,
    stored_head,
    stretches,
)
from regard.register.tree import LARGEST, Head, hash_from_hex

FORM = "regard-register/1"
DOING = "writing the journal"
OTHERWISE = "it is written otherwise than Regard writes it"
WORDS = b',"words":'
"""What stands before the words of a line. In text a quotation mark is escaped, so it cannot
stand in a header."""


def exported(register: Register, *, progress: Progress = silent) -> Iterator[bytes]:
    """The lines of the journal as it is at this moment, each with its end.

    Raises:
        RegisterDamaged: an entry is missing or holds what none may.
    """
    with snapshot(register.connection) as cursor:
        size, _, peaks = stored_head(cursor)
        yield head_line(peaks.head())
        written = 0
        try:
            for rows in stretches(cursor, register.connection.vendor):
                for row in rows:
                    written += 1
                    if row[0] != written:
                        raise _damaged(written, f"after it comes {row[0]:,}")
                    yield line_of(row)
                progress(DOING, 0, written, size)
        except (Unreadable, TypeError) as reason:
            raise _damaged(written, str(reason)) from reason
        if written != size:
            raise _damaged(written + 1, f"the head counts {size:,}")


def _damaged(seq: int, reason: str) -> RegisterDamaged:
    return RegisterDamaged(
        f"the journal cannot be written out at entry {seq:,}: {reason}",
        expected="a journal that is whole",
        next_step="find the first bad entry with: regard register verify",
    )


def head_line(head: Head) -> bytes:
    """The first line."""
    held = {"form": FORM, "size": head.size, "root": head.root.hex()}
    return f"{canonical(held)}\n".encode()


def line_of(row: Row) -> bytes:
    """The line of an entry: canonical JSON of its columns, salt, words and erasing decision.

    Raises:
        TypeError: a column that holds text holds something else.
    """
    seq, kind, subject, version, effective, recorded, post, holder, force, marking, *rest = row
    body, previous, hash_, salt, words, decision = rest
    return (
        f'{{"body":{_text(body)},"effective":{_text(effective)},'
        f'"erased_by":{"null" if decision is None else decision},"force":{_text(force)},'
        f'"hash":{_text(hash_)},"holder":{_text(holder)},"kind":{_text(kind)},'
        f'"marking":{_text(marking)},"post":{_text(post)},"previous":{_text(previous)},'
        f'"recorded":{_text(recorded)},"salt":{"null" if salt is None else _text(salt)},'
        f'"seq":{seq},"subject":{_text(subject)},"version":{version}'
        f"{WORDS.decode()}{'null' if words is None else words}}}\n"
    ).encode()


def head_of_line(line: bytes) -> Head:
    """The head that the first line says.

    Raises:
        ValueError: it is no first line of this form.
    """
    held = json.loads(line)
    if not isinstance(held, dict) or held.get("form") != FORM:
        raise ValueError(f"it is no register of the form {FORM}")
    root = hash_from_hex(held.get("root"))
    if root is None:
        raise ValueError(f"it says no root but {shown(held.get('root'))}")
    head = Head(held.get("size", -1), root)
    if head_line(head) != line:
        raise ValueError(f"{OTHERWISE}: {shown(line)}")
    return head


def row_of_line(line: bytes) -> Row:
    """The entry of a line, if it is written exactly as Regard writes it.

    Raises:
        ValueError, RecursionError: it is not.
    """
    before, found, after = line.partition(WORDS)
    if not found or not after.endswith(b"}\n"):
        raise ValueError(
            f"it is no whole line of an entry but {len(line):,} bytes of something else"
        )
    held: dict[str, Any] = json.loads(before + b"}")
    words = after[:-2].decode()
    try:
        *header, decision = _columns(held)
        row = (*header, None if words == "null" else words, decision)
        same = _plain(row) and line_of(row) == line
    except KeyError as reason:
        raise ValueError(f"it says no {reason}") from reason
    except TypeError as reason:
        raise ValueError(f"a column holds something else than text: {reason}") from reason
    if not same:
        raise ValueError(f"{OTHERWISE}: entry {row[0]!r}")
    return row


_columns = itemgetter(*HEADER, "hash", "salt", "erased_by")


def _plain(row: Row) -> bool:
    """Whether its numbers are numbers, and it has a salt exactly where it has words."""
    seq, version, salt, words, decision = row[0], row[3], row[13], row[14], row[15]
    return (
        type(seq) is type(version) is int
        and 0 < seq <= LARGEST
        and 0 < version <= LARGEST
        and (salt is None) == (words is None)
        and (decision is None or type(decision) is int)
    )


def export_register(
    register: Register, file: Path | None, pipe: BinaryIO, *, progress: Progress = silent
) -> str:
    """Write the lines into a new file, which is whole or not there, or into a pipe.

    Returns:
        What was written, in a sentence.

    Raises:
        NotStored: the file is there already, or the disk did not take it.
        RegisterDamaged: an entry is missing or holds what none may.
    """
    lines = exported(register, progress=progress)
    if file is None:
        pipe.writelines(lines)
        return "Written: the whole journal, words and salts in clear."
    with new_file(file) as opened:
        opened.writelines(lines)
    return f"Written into {file}: the whole journal, words and salts in clear."


@contextmanager
def new_file(file: Path) -> Iterator[BinaryIO]:
    """A new file that its owner alone may read, seen under its name only once it is whole.

    Raises:
        NotStored: a file is there already, or the disk did not take it.
    """
    if file.exists():
        raise NotStored(
            f"{file}: a file is there already, and it is never overwritten",
            expected="the name of a new file",
            next_step="name another file",
        )
    passing = file.with_name(f".{file.name}.part")
    try:
        opened = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ALONE)
        with os.fdopen(opened, "wb") as writing:
            yield writing
            writing.flush()
            os.fsync(opened)
        passing.rename(file)
    except OSError as reason:
        raise NotStored(
            f"{file} was not written: {reason.strerror or reason}",
            expected="a folder with room in it, and leave to write there",
            next_step="nothing was kept; make room or name another folder",
        ) from reason
    finally:
        passing.unlink(missing_ok=True)
