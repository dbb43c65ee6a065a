"""What can go wrong, said in three parts: what is wrong, what was expected, what to do next.

Every class has its own exit code, so that a script can tell one kind of failure
from another. Code 1 is left to faults of Regard itself, 2 to words the command
line does not know.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import ClassVar

LONGEST_VALUE = 80  # characters of an offending value that a message shows
MOST_PROBLEMS = 50  # problems of one file that are collected before the reading stops


def shown(value: object) -> str:
    """A value as a message shows it: quoted if text, cut at 80 characters."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


class RegardError(Exception):
    """Anything Regard refuses, with what is wrong, what was expected and what to do next.

    Args:
        wrong: What is wrong, with the value and the place.
        expected: What would have been right.
        next_step: What the reader can do now.
    """

    exit_code: ClassVar[int] = 10
    usual_step: ClassVar[str] = ""  # what a command adds where no next step is said

    def __init__(self, wrong: str, *, expected: str = "", next_step: str = "") -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.expected = expected
        self.next_step = next_step

    def __str__(self) -> str:
        lines = [self.wrong]
        if self.expected:
            lines.append(f"Expected: {self.expected}")
        if self.next_step:
            lines.append(f"Next: {self.next_step}")
        return "\n".join(lines)


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in a file: where it stands, what was found and what was expected.

    `row` counts from 1 at the first row below the header; 0 is the header or the whole file.
    """

    file: str
    row: int
    column: str
    value: str
    what: str

    def __str__(self) -> str:
        place = [self.file]
        if self.row:
            place.append(f"row {self.row:,}")
        if self.column:
            place.append(f"column {self.column}")
        found = f" (found {shown(self.value)})" if self.value else ""
        return f"{', '.join(place)}: {self.what}{found}"


class FileRefused(RegardError):
    """A file whose rows or columns break the contract; nothing of it was stored."""

    exit_code = 11

    def __init__(
        self, problems: Iterable[Problem], *, expected: str = "", next_step: str = ""
    ) -> None:
        self.problems = tuple(problems)
        listed = self.problems[:MOST_PROBLEMS]
        count = f"{len(listed)} problem{'' if len(listed) == 1 else 's'}"
        if len(self.problems) >= MOST_PROBLEMS:
            count = f"the first {MOST_PROBLEMS} problems"
        head = f"{listed[0].file} was not brought in: {count}" if listed else "nothing to bring in"
        body = "".join(f"\n  {problem}" for problem in listed)
        super().__init__(head + body, expected=expected, next_step=next_step)


class FileUnreadable(RegardError):
    """A file that cannot be read at all: truncated, of another kind or in another encoding."""

    exit_code = 12
    usual_step = "check the path and what the file holds, then try again"


class FileChanged(RegardError):
    """A file that changed while it was being read."""

    exit_code = 13


class DefinitionRefused(RegardError):
    """A contract, measure, mapping, plan or other definition that breaks its own rules."""

    exit_code = 14
    usual_step = "put it right where it is written, then try again"


class NotKnown(RegardError):
    """A name nobody has defined; the message offers the nearest names.

    Args:
        kind: What was looked for, such as `measure`.
        name: The name that is not known.
        known: The names that are.
        next_step: What the reader can do now.
    """

    exit_code = 15
    usual_step = "use one of the names that are known"

    def __init__(self, kind: str, name: str, known: Iterable[str], *, next_step: str = "") -> None:
        known = sorted(known)
        near = get_close_matches(name, known, n=3, cutoff=0.5)
        offered = near or known[:12]
        more = "" if near or len(known) <= len(offered) else f" and {len(known) - 12} more"
        article = "an" if kind[:1] in "aeiou" else "a"
        none = f"{article} {kind}; there is none"
        expected = f"one of {', '.join(offered)}{more}" if offered else none
        super().__init__(
            f"no {kind} is called {shown(name)}", expected=expected, next_step=next_step
        )


class NotEnoughData(RegardError):
    """A question that the rows brought in so far cannot answer."""

    exit_code = 16
    usual_step = "see what there is with `regard records coverage`, and bring in what is missing"


class NotComparable(RegardError):
    """Two figures that differ in more than their value and period."""

    exit_code = 17


class StoreBusy(RegardError):
    """Another process is bringing records into the same store at this moment."""

    exit_code = 18


class StoreDamaged(RegardError):
    """Stored rows that no longer match the ledger of what was brought in."""

    exit_code = 19


class EngineMissing(RegardError):
    """An engine or tool that was asked for and is not on this machine."""

    exit_code = 20


class PaperRefused(RegardError):
    """A paper that cannot be written as asked: no alternative text, a broken number, no room."""

    exit_code = 21


class NotStored(RegardError):
    """Rows that the disk did not take: no room, or no leave to write."""

    exit_code = 22


class EntryRefused(RegardError):
    """An entry that breaks a law of the register; nothing of its transaction was written."""

    exit_code = 23


class AccessRefused(RegardError):
    """A post that may not do what it asks, or may not see what it asks for."""

    exit_code = 24
    usual_step = "ask a post that may, or ask who keeps the register to appoint you"


class RegisterDamaged(RegardError):
    """A register whose journal, projections or copy is not what its own proofs say."""

    exit_code = 25


class RegisterMissing(RegardError):
    """A data folder or database in which no register was founded, or one of another version."""

    exit_code = 26


class Erased(RegardError):
    """An entry whose words are gone by a lawful erasure; its proof stands."""

    exit_code = 27
    usual_step = "ask who keeps the register for the decision by which they were erased"


class RegisterBusy(RegardError):
    """A register that another writer held for longer than a writer waits."""

    exit_code = 28
    usual_step = "try again; nothing of the act was kept"


def error_classes() -> tuple[type[RegardError], ...]:
    """Every class of refusal in order of its exit code, for the reference and its test."""
    found: list[type[RegardError]] = [RegardError]
    queue: list[type[RegardError]] = [RegardError]
    while queue:
        for one in queue.pop().__subclasses__():
            if one.__module__.startswith("regard."):
                found.append(one)
                queue.append(one)
    return tuple(sorted(set(found), key=lambda one: one.exit_code))
