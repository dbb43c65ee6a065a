"""Threats by Cs: for each heading and aspect the worst that counts, and what does not count."""

from __future__ import annotations

from dataclasses import dataclass

from regard.assurance.cells import Reads
from regard.assurance.composite import Composite, Part, Spread
from regard.assurance.lineage import WHOLE

_MARKS = {
    Reads.CARRIED: "carried",
    Reads.NOT_ASSESSED: "not assessed",
    Reads.NOT_MEASURED: "not measured",
    Reads.NOT_APPLICABLE: "not applicable",
    Reads.WITHHELD: "withheld",
    Reads.STALE: "stale",
    Reads.ASSERTED: "asserted",
}


@dataclass(frozen=True)
class Square:
    """Where a threat and a C meet.

    Attributes:
        part: The threat.
        aspect: The C.
        spread: How the cells below are spread; None where the threat is not judged under it.
    """

    part: Part
    aspect: str
    spread: Spread | None

    @property
    def level(self) -> str:
        """The worst level that counts, in words; of several scales, the worst of each.

        Empty where nothing counts.
        """
        if self.spread is None:
            return ""
        return " / ".join(one.level.label for one in self.spread.worst)

    @property
    def alike(self) -> bool:
        """Whether every cell below stands at that one level and is supported."""
        if self.spread is None or len(self.spread.worst) != 1:
            return False
        return len(self.spread.worst[0].cells) == len(self.spread.cells) and not self.marks

    @property
    def marks(self) -> tuple[str, ...]:
        """What a reader must know beside the level, each with its count."""
        if self.spread is None:
            return ()
        told = [
            f"{len(found)} {words}"
            for reads, words in _MARKS.items()
            if (found := self.spread.reading(reads))
        ]
        if self.spread.disputed:
            told.append(f"{len(self.spread.disputed)} disputed")
        return tuple(told)

    def __str__(self) -> str:
        if self.spread is None:
            return "not judged"
        if not self.level:
            return ", ".join(self.marks) or "not assessed"
        of = len(self.spread.cells)
        at = sum(len(one.cells) for one in self.spread.worst)
        told = self.level if at == of else f"{self.level} ({at} of {of})"
        return "; ".join((told, *self.marks))


@dataclass(frozen=True)
class Matrix:
    """Every threat by every C.

    Attributes:
        aspects: The Cs, in the order of the round.
        rows: Each threat with its squares, one a C.
    """

    aspects: tuple[str, ...]
    rows: tuple[tuple[Part, tuple[Square, ...]], ...]


def matrix(made: Composite) -> Matrix:
    """The matrix of a composite."""
    asked = (*made.cells.cycle.value.aspects, WHOLE)
    used = {aspect for part in made.parts for aspect, _ in part.by_aspect}
    aspects = tuple(one for one in asked if one in used)
    rows = []
    for part in made.parts:
        held = dict(part.by_aspect)
        rows.append((part, tuple(Square(part, one, held.get(one)) for one in aspects)))
    return Matrix(aspects, tuple(rows))
