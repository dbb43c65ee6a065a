"""An entry that is about to be made, as the laws look at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from regard.core.errors import EntryRefused
from regard.core.markings import Marking
from regard.register.entries import Entry, Speaker
from regard.register.kinds.reading import words_of
from regard.register.kinds.values import Kind
from regard.register.knowing import Knowing
from regard.register.tree import Head

DEEPEST = 50  # steps from an expectation to what it is a part of, before it counts as a ring


@dataclass(frozen=True)
class Saying:
    """An entry that is about to be made.

    Attributes:
        value: What is said.
        subject: About what.
        by: Who says it.
        marking: How closely it is held.
        force: The body whose entry it is; empty if it is shared by all.
        effective: The day from which it is true.
        previous: The version before it.
        knowing: What the transaction knows; it sees everything.
        begun: The head of the journal when the transaction began.
        sees: Whether the speaker may see an entry.
    """

    value: Any
    subject: str
    by: Speaker
    marking: Marking
    force: str
    effective: date
    previous: Entry[Any] | None
    knowing: Knowing
    begun: Head
    sees: Callable[[Entry[Any]], bool]

    @cached_property
    def words(self) -> str:
        """Its value as canonical JSON: what the laws read back is what is kept."""
        return words_of(self.value)

    @property
    def before(self) -> Kind | None:
        """What was last said of the subject and has words still; None of a new subject."""
        if self.previous is None or self.previous.held is not None:
            return self.previous.held if self.previous else None
        told = [one.held for one in self.knowing.versions(self.subject) if one.held is not None]
        return told[-1] if told else None

    def found(self, subject: str | None) -> Entry[Any] | None:
        """The last version of a subject that the speaker names; None if it may not see it."""
        named = self.knowing.latest(subject) if subject else None
        return named if named is not None and self.sees(named) else None

    def numbered(self, seq: int | None) -> Entry[Any] | None:
        """The entry of a number that the speaker names; None if it may not see it."""
        named = self.knowing.entry(seq) if seq else None
        if named is None or not self.sees(named):
            return None
        return named if self.found(named.subject) is not None else None

    def refuse(self, wrong: str, *, expected: str, next_step: str = "") -> EntryRefused:
        """The refusal of this entry."""
        return EntryRefused(
            f"{self.subject}: {wrong}",
            expected=expected,
            next_step=next_step or "nothing was written; put it right and enter it again",
        )


def above(subject: str, knowing: Knowing) -> tuple[str, ...]:
    """An expectation and everything it is a part of, nearest first."""
    found = [subject]
    while len(found) < DEEPEST:
        held = knowing.latest(found[-1])
        parent = getattr(held.held, "parent", None) if held else None
        if not parent or parent in found:
            break
        found.append(parent)
    return tuple(found)
