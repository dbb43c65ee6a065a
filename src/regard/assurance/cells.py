"""The matrix of a round: for each body, requirement and C, what is said at which line, on what.

Everything is read at once: the round, its requirements, what was said in it and the evidence that
is cited, each with one question to the register, never one a cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from regard.assurance.evidence import NONE, Weighed, weighed
from regard.assurance.lineage import WHOLE, aspects_of
from regard.core.errors import NotKnown
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation, Observation
from regard.register.kinds.frame import Cycle
from regard.register.kinds.speech import CLOSURE, Judgement
from regard.register.kinds.values import Absent, Line
from regard.register.seeing import View
from regard.register.subjects import path_of, subject_of

SPOKEN = (Line.DOING, Line.OVERSEEING, Line.INDEPENDENT)
"""The lines that speak of each cell; a board speaks of what they say together."""


class Reads(StrEnum):
    """How a cell reads: four kinds of absence are four words, and what was carried is none."""

    SUPPORTED = "supported"
    STALE = "stale"
    ASSERTED = "asserted"
    CARRIED = "carried"
    NOT_APPLICABLE = "not applicable"
    NOT_ASSESSED = "not assessed"
    NOT_MEASURED = "not measured"
    WITHHELD = "withheld"


COUNTED = (Reads.SUPPORTED, Reads.STALE, Reads.ASSERTED)
"""How a cell reads that was assessed in the round."""

_ABSENT = {
    Absent.NOT_APPLICABLE: Reads.NOT_APPLICABLE,
    Absent.NOT_ASSESSED: Reads.NOT_ASSESSED,
    Absent.NOT_MEASURED: Reads.NOT_MEASURED,
    Absent.WITHHELD: Reads.WITHHELD,
}


@dataclass(frozen=True, slots=True)
class Key:
    """Which cell.

    Attributes:
        scope: The body.
        about: The requirement.
        aspect: The C; `whole` where it is judged under none.
    """

    scope: str
    about: str
    aspect: str

    def __str__(self) -> str:
        return f"{self.scope}, {path_of(self.about)}, {self.aspect}"


@dataclass(frozen=True, slots=True)
class Voice:
    """What one line says of a cell.

    Attributes:
        entry: The judgement.
        evidence: What it rests on, on the day of the matrix.
        reads: How it reads by itself.
    """

    entry: Entry[Judgement]
    evidence: Weighed
    reads: Reads

    @property
    def line(self) -> Line:
        """At which line it speaks."""
        return self.entry.value.line

    @property
    def level(self) -> str | None:
        """The code of its level; None where it says why there is none."""
        return self.entry.value.level

    @property
    def counts(self) -> bool:
        """Whether it was made in this round, and not only carried into it."""
        return self.entry.value.counts


@dataclass(frozen=True, slots=True)
class Cell:
    """A body, a requirement and a C, with every voice.

    Attributes:
        key: Which cell.
        voices: What is said, by line, the first line first.
    """

    key: Key
    voices: tuple[Voice, ...]

    def at(self, line: int) -> Voice | None:
        """What is said at a line, or None."""
        for one in self.voices:
            if one.line == line:
                return one
        return None

    @property
    def position(self) -> Voice | None:
        """The voice that gives the cell its position, or None.

        It is that of the first line that spoke in the round; where none did, what was carried.
        """
        held = [one for one in self.voices if one.line is not Line.BOARD]
        return next((one for one in held if one.counts), held[0] if held else None)

    @property
    def reads(self) -> Reads:
        """How it reads, by the voice of its position."""
        found = self.position
        return found.reads if found is not None else Reads.NOT_ASSESSED

    @property
    def level(self) -> str | None:
        """The level that counts; None where it was carried, or there is none."""
        found = self.position
        return found.level if found is not None and found.counts else None

    @property
    def offered(self) -> str | None:
        """The level that was carried from the last round and waits for review, or None."""
        found = self.position
        return found.level if found is not None and not found.counts else None

    @property
    def disputed(self) -> bool:
        """Whether a later line took another view than the first, in this round."""
        said = {(one.level, one.entry.value.absent) for one in self.voices if one.counts}
        return len(said) > 1

    def spoke(self, line: int) -> bool:
        """Whether somebody spoke at a line in this round; what was carried is no speech."""
        found = self.at(line)
        return found is not None and found.counts


@dataclass(frozen=True)
class Cells:
    """The matrix of a round.

    Attributes:
        cycle: The round.
        as_at: The day on which evidence is weighed.
        requirements: Every requirement of its editions by subject, headings included.
        cells: By key, in the order of bodies, requirements and Cs.
        board: What boards said, by body and requirement or heading.
        beside: Other judgements of the round that are of no cell, such as closures.
    """

    cycle: Entry[Cycle]
    as_at: date
    requirements: Mapping[str, Entry[Expectation]]
    cells: Mapping[Key, Cell]
    board: Mapping[tuple[str, str], Voice]
    beside: tuple[Entry[Judgement], ...]

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.cells.values())

    def __len__(self) -> int:
        return len(self.cells)

    def one(self, scope: str, about: str, aspect: str = WHOLE) -> Cell:
        """A cell.

        Raises:
            NotKnown: the round has no such cell.
        """
        key = Key(scope, about, aspect)
        if key not in self.cells:
            raise NotKnown(
                f"cell of {self.cycle.subject}", str(key), [str(one) for one in self.cells]
            )
        return self.cells[key]

    def of(self, scope: str) -> tuple[Cell, ...]:
        """The cells of one body."""
        return tuple(one for one in self if one.key.scope == scope)

    def reading(self, *reads: Reads) -> tuple[Cell, ...]:
        """The cells that read so."""
        return tuple(one for one in self if one.reads in reads)

    @property
    def stale(self) -> tuple[Cell, ...]:
        """Those whose evidence has all expired."""
        return self.reading(Reads.STALE)

    @property
    def asserted(self) -> tuple[Cell, ...]:
        """Those that rest on no evidence."""
        return self.reading(Reads.ASSERTED)

    def above(self, about: str) -> tuple[str, ...]:
        """A requirement and what it is a part of, nearest first."""
        found = [about]
        while found[-1] in self.requirements:
            parent = self.requirements[found[-1]].value.parent
            if parent is None or parent in found:
                break
            found.append(parent)
        return tuple(found)

    @property
    def roots(self) -> tuple[str, ...]:
        """The requirements and headings at the top with something judged below: the threats."""
        asked = dict.fromkeys(key.about for key in self.cells)
        tops = {self.above(about)[-1] for about in asked}
        return tuple(name for name in self.requirements if name in tops)


def subject_of_judgement(cycle: str, key: Key, line: int) -> str:
    """The subject under which a cell is judged at a line; the board's has no other either.

    Example:
        >>> key = Key("party:essex", "expectation:spr-2015/public-order/psus", "capacity")
        >>> subject_of_judgement("cycle:2014-q4", key, 1)
        'judgement:2014-q4/essex/spr-2015/public-order/psus/capacity/line-1'
    """
    return subject_of(
        "judgement",
        path_of(cycle),
        path_of(key.scope),
        path_of(key.about),
        key.aspect,
        f"line-{int(line)}",
    )


def requirements_of(view: View, cycle: Cycle) -> dict[str, Entry[Expectation]]:
    """Every requirement and heading of a round's editions, in their order."""
    return {
        one.subject: one
        for edition in cycle.editions
        for one in view.all(Expectation, edition=edition)
        if one.held is not None
    }


def keys_of(
    cycle: Cycle, requirements: Mapping[str, Entry[Expectation]], scopes: tuple[str, ...] = ()
) -> Iterator[Key]:
    """Every cell of a round: each judged requirement for each body it binds, under each C."""
    asked = []
    for subject, entry in requirements.items():
        value = entry.value
        if value.judged:
            aspects = [one for one in aspects_of(value) if one in (*cycle.aspects, WHOLE)]
            asked.append((subject, value.scope, aspects))
    for scope in scopes or cycle.scopes:
        for subject, bound, aspects in asked:
            if bound in (None, scope):
                for aspect in aspects:
                    yield Key(scope, subject, aspect)


def cells(view: View, cycle: str, *, scope: str = "", as_at: date | None = None) -> Cells:
    """The matrix of a round, as the reader of the view sees it.

    Args:
        view: The register at a position.
        cycle: The round.
        scope: Only one body; all of the round by default.
        as_at: The day on which evidence is weighed; by default the day to which the view is true,
            and otherwise that of the round.

    Raises:
        NotKnown: there is no such round, or it is not about that body.
    """
    entry: Entry[Cycle] = view.one(cycle)
    held = entry.value
    if scope and scope not in held.scopes:
        raise NotKnown(f"body of {cycle}", scope, held.scopes)
    day = as_at or view.position.true_on or held.as_at
    requirements = requirements_of(view, held)
    said = view.all(Judgement, cycle=cycle, **({"scope": scope} if scope else {}))
    cited = {one for found in said if found.held is not None for one in found.held.evidence}
    observations: dict[str, Entry[Observation]] = view.many(cited) if cited else {}
    keys = tuple(keys_of(held, requirements, (scope,) if scope else ()))
    voices: dict[Key, list[Voice]] = {key: [] for key in keys}
    board: dict[tuple[str, str], Voice] = {}
    beside = []
    for one in said:
        value = one.held
        if value is None:
            continue
        voice = _voice(one, observations, day)
        if value.line is Line.BOARD and value.aspect != CLOSURE:
            board[value.scope, value.about] = voice
            continue
        place = voices.get(Key(value.scope, value.about, value.aspect))
        if place is None:
            beside.append(one)
        else:
            place.append(voice)
    made = {key: Cell(key, _in_order(found)) for key, found in voices.items()}
    return Cells(entry, day, requirements, made, board, tuple(beside))


def _in_order(found: list[Voice]) -> tuple[Voice, ...]:
    return tuple(found if len(found) < 2 else sorted(found, key=lambda voice: voice.line))


def _voice(
    entry: Entry[Judgement], observations: Mapping[str, Entry[Observation]], day: date
) -> Voice:
    value = entry.value
    evidence = weighed(value.evidence, observations, day) if value.evidence else NONE
    return Voice(entry, evidence, _reads(value, evidence))


def _reads(value: Judgement, evidence: Weighed) -> Reads:
    """How a judgement reads: invariants 3 and 7."""
    if not value.counts:
        return Reads.CARRIED
    if value.absent is not None:
        return _ABSENT[value.absent]
    if evidence.current:
        return Reads.SUPPORTED
    if evidence.unseen:
        return Reads.WITHHELD
    return Reads.STALE if evidence.expired else Reads.ASSERTED
