"""The chain of entries, checked one after another, up to the first that is bad."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from regard.register.canonical import NOTHING, SALT_BYTES, body_hash, entry_hash
from regard.register.entries import header_of
from regard.register.streaming import Row
from regard.register.tree import Head, Peaks

# Capitals and spaces would give the same bytes, and so be an edit that no hash tells.
SALT = re.compile(rf"[0-9a-f]{{{2 * SALT_BYTES}}}")


class Part(StrEnum):
    """What of an entry, or of the journal, is bad."""

    MISSING = "it is missing"
    DOUBLED = "it stands twice"
    HEADER = "its header"
    PLACE = "its place"
    LINK = "its link to the one before"
    REPLACED = "it was replaced"
    VERSION = "its version"
    TIME = "its time"
    WORDS = "its words"
    ERASURE = "its erasure"
    UNREADABLE = "it cannot be read"
    PROJECTION = "its projections"
    HEAD = "the head"
    OUTSIDE = "against what was kept outside"


@dataclass(frozen=True)
class Bad:
    """The first bad entry.

    Attributes:
        seq: Its number; of a journal rewritten from somewhere on, the first that may be.
        subject: What it is about; empty where it is missing.
        part: What of it is bad.
        told: What was found and what was expected.
    """

    seq: int
    subject: str
    part: Part
    told: str

    def __str__(self) -> str:
        subject = f" ({self.subject})" if self.subject else ""
        return f"entry {self.seq:,}{subject}: {self.part}: {self.told}"


Erasing = Callable[[int, int], str]
"""Given an erased entry and the deciding one: why the erasure is not lawful; empty if it is."""


class Chain:
    """The journal as far as it was checked.

    Args:
        erasing: Says whether an erasure is lawful.
        last_number: The highest number in the journal, for saying where a moved entry belongs.

    Attributes:
        size: How many entries were found whole.
        subject: What the last of them is about.
        last: Its hash.
        peaks: The right edge of the tree over them.
        erased: Those of them whose words were lawfully erased.
        unlinked: The hash of an entry that is whole and does not follow from the one before.
    """

    def __init__(self, erasing: Erasing, last_number: int = 0) -> None:
        self._erasing = erasing
        self._last_number = last_number
        self._versions: dict[str, int] = {}
        self._recorded = ""
        self.size = 0
        self.subject = ""
        self.last = NOTHING
        self.peaks = Peaks()
        self.erased: list[int] = []
        self.unlinked = ""

    def take(self, rows: Iterable[Row]) -> Bad | None:
        """Check the next entries; the first that is bad ends it."""
        versions = self._versions
        for row in rows:
            try:
                hash_, words = row[12], row[14]
                fine = (
                    row[0] == self.size + 1
                    and row[11] == self.last
                    and entry_hash(header_of(row[:12])) == hash_
                    and row[3] == versions.get(row[2], 0) + 1
                    and row[5] >= self._recorded
                    and words is not None
                    and row[15] is None
                    and body_hash(row[13], words) == row[10]
                    and SALT.fullmatch(row[13])
                )
            except (TypeError, ValueError, AttributeError):
                fine = False
            if not fine and (bad := self._examined(row)):
                return bad
            self.size, self.subject, self.last = row[0], row[2], hash_
            versions[row[2]] = row[3]
            self._recorded = row[5]
            self.peaks.append(bytes.fromhex(hash_))
        return None

    def head(self) -> Head:
        """Size and root of what was checked."""
        return self.peaks.head()

    def _examined(self, row: Row) -> Bad | None:
        """What is bad about an entry that is not plainly whole; None if it was lawfully erased."""
        checks = (self._placed, self._headed, self._linked, self._counted, self._worded)
        return next((bad for check in checks if (bad := check(row))), None)

    def _placed(self, row: Row) -> Bad | None:
        seq, expected = row[0], self.size + 1
        if seq == expected:
            return None
        if seq == self.size and self.size:
            return Bad(seq, _text(row[2]), Part.DOUBLED, "two entries have its number")
        if not isinstance(seq, int) or seq < expected:
            return Bad(expected, _text(row[2]), Part.PLACE, f"its number is {seq!r}")
        return Bad(expected, "", Part.MISSING, f"after {self.size:,} comes {seq:,}")

    def _headed(self, row: Row) -> Bad | None:
        header, hash_ = row[:12], row[12]
        if not _is_header(header) or not _is_hash(hash_):
            return self._bad(row, Part.HEADER, "a column holds something else than it may")
        if entry_hash(header_of(header)) == hash_:
            return None
        if entry_hash(header_of((*header[:11], self.last))) == hash_:
            told = f"it names {row[11][:12]}… as the entry before, not {self.last[:12]}…"
            return self._bad(row, Part.LINK, told)
        for number in range(1, self._last_number + 2):
            if entry_hash(header_of((number, *header[1:]))) == hash_:
                return self._bad(row, Part.PLACE, f"it was entered as number {number:,}")
        return self._bad(row, Part.HEADER, "its columns do not give its hash")

    def _linked(self, row: Row) -> Bad | None:
        if row[11] == self.last:
            return None
        self.unlinked = row[12]
        told = f"it was entered after {row[11][:12]}…, and the entry before is {self.last[:12]}…"
        return self._bad(row, Part.LINK, told)

    def _counted(self, row: Row) -> Bad | None:
        expected = self._versions.get(row[2], 0) + 1
        if row[3] != expected:
            told = f"it is version {row[3]:,}, and {expected:,} is next"
            return self._bad(row, Part.VERSION, told)
        if row[5] < self._recorded:
            told = f"recorded at {row[5]}, before the entry before it at {self._recorded}"
            return self._bad(row, Part.TIME, told)
        return None

    def _worded(self, row: Row) -> Bad | None:
        seq, salt, words, decision = row[0], row[13], row[14], row[15]
        if decision is not None:
            if words is not None:
                told = f"entry {decision:,} erased its words, and they stand here"
            else:
                told = self._erasing(seq, decision)
            if told:
                return self._bad(row, Part.ERASURE, told)
            self.erased.append(seq)
            return None
        if words is None:
            return self._bad(row, Part.WORDS, "they are gone, and no decision erased them")
        if not _gives(salt, words, row[10]):
            return self._bad(row, Part.WORDS, "they do not give the hash in its header")
        return None

    def _bad(self, row: Row, part: Part, told: str) -> Bad:
        return Bad(row[0], _text(row[2]), part, told)

    def laid_at_its_cause(self, bad: Bad, next_names: str) -> Bad:
        """A broken link, laid at the entry that broke it.

        Where the entry after it, or the head, still names this one's hash, this one is as it was:
        the one before must have been replaced by another with a hash of its own.

        Args:
            bad: What `take` found.
            next_names: The hash that the entry after it, or the head, names as the one before.
        """
        if not self.size or not self.unlinked or next_names != self.unlinked:
            return bad
        told = f"entry {bad.seq:,}, which is whole, was entered after one with another hash"
        return Bad(self.size, self.subject, Part.REPLACED, told)


def _is_header(columns: tuple[Any, ...]) -> bool:
    numbers, texts = (columns[0], columns[3]), (*columns[1:3], *columns[4:])
    return all(type(one) is int for one in numbers) and all(map(_is_text, texts))


def _is_text(value: object) -> bool:
    # Half a character, as JSON can hold, has no bytes that could be hashed.
    return isinstance(value, str) and not any("\ud800" <= one <= "\udfff" for one in value)


def _is_hash(letters: object) -> bool:
    return isinstance(letters, str) and len(letters) == len(NOTHING)


def _gives(salt: object, words: object, digest: str) -> bool:
    if not isinstance(salt, str) or not isinstance(words, str) or not SALT.fullmatch(salt):
        return False
    try:
        return body_hash(salt, words) == digest
    except ValueError:  # half a character
        return False


def _text(value: object) -> str:
    return value if isinstance(value, str) else repr(value)
