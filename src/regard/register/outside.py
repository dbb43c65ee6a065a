"""Heads that somebody keeps outside the register, and what becomes of them when it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from regard.core.errors import DefinitionRefused
from regard.register.proofs import SAID, head_matches
from regard.register.signing import read_witness, verify
from regard.register.tree import Head


@dataclass(frozen=True)
class Claim:
    """A head that somebody kept outside: what it says, and what became of it.

    Attributes:
        where: Where it was kept, such as `printed head` or `line 3 of witness.jsonl`.
        size: Of how many entries it is.
        said: It, as it was printed or kept.
        head: The whole head; None where only the beginning of the root was printed.
        doubt: Why it counts for nothing, such as a signature that is none.
        found: The head that those entries have now; None if there are not so many.
    """

    where: str
    size: int
    said: str
    head: Head | None = None
    doubt: str = ""
    found: Head | None = None

    @property
    def holds(self) -> bool:
        """Whether the register still begins with exactly those entries."""
        if self.found is None or self.doubt:
            return False
        if self.head is not None:
            return self.found == self.head
        return head_matches(self.said, self.found.size, self.found.root)

    def __str__(self) -> str:
        if self.doubt:
            return f"{self.where}, {self.said}: {self.doubt}"
        if self.found is None:
            return f"{self.where}, {self.said}: the register has fewer entries that are whole"
        if self.holds:
            return f"{self.where}, {self.said}: holds"
        return f"{self.where}, {self.said}: the head of those entries is {self.found} now"


def printed(said: str) -> Claim:
    """A head as it was printed, to be compared.

    Raises:
        DefinitionRefused: it is none.
    """
    found = SAID.fullmatch(said.strip())
    if found is None:
        raise DefinitionRefused(
            f"{said!r} is not a head as it is printed",
            expected="how many entries and 12 letters of the root, such as 131 · 3f9a1c2b77de",
        )
    return Claim("printed head", int(found[1].replace(",", "")), said.strip())


def witnessed(witness: Path, key: str) -> Iterator[Claim]:
    """The heads of a witness file, to be compared.

    Args:
        witness: The file.
        key: The public key that must have signed them; empty does not ask.

    Raises:
        FileUnreadable, FileRefused: the file cannot be read.
    """
    for line, one in enumerate(read_witness(witness), start=1):
        doubt = "" if not key or verify(one, key) else f"the key {key[:12]}… did not sign it"
        where = f"line {line} of {witness.name}"
        yield Claim(where, one.head.size, str(one.head), one.head, doubt)
