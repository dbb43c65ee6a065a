"""The composite of a round: how positions are spread, the worst, and exceptions by name.

Levels on a scale have an order and no distance, so they are counted and never averaged
(invariant 11). What was carried, withheld or not assessed is counted apart, each under its own
word, and every count says of how many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, reduce

from regard.assurance.cells import COUNTED, Cell, Cells, Reads
from regard.assurance.scales import Level, levels_of
from regard.assurance.target_words import filled_within, listed
from regard.core.figures import Figure, Source
from regard.core.markings import OFFICIAL, Marking
from regard.core.statements import Statement, Value
from regard.register.seeing import View
from regard.register.subjects import path_of

RULE = "spread-worst-exceptions@1"
"""The rule by which cells become one position: the reference's invariant 11."""

TEMPLATES = {
    "spread": "Of {base}, {assessed} assessed in this round: {levels}.",
    "none assessed": "Of {base}, none was assessed in this round.",
    "worst": "The worst position is “{worst}”, in {number}.",
    "aside": "Not counted: {aside}.",
    "unsupported": "Of those assessed, {unsupported}.",
    "disputed": "Lines differ in {number}.",
    "counted": "{number} {words}",
}

_ASIDE = (
    Reads.CARRIED,
    Reads.NOT_ASSESSED,
    Reads.NOT_MEASURED,
    Reads.NOT_APPLICABLE,
    Reads.WITHHELD,
)
_ASIDE_WORDS = {
    Reads.CARRIED: "carried from the last round and not reviewed",
    Reads.NOT_ASSESSED: "not assessed",
    Reads.NOT_MEASURED: "not measured",
    Reads.NOT_APPLICABLE: "not applicable",
    Reads.WITHHELD: "withheld",
}


@dataclass(frozen=True)
class Counted:
    """How many cells stand at a level.

    Attributes:
        scale: The scale.
        level: The level on it.
        cells: The cells, in the order of the matrix.
    """

    scale: str
    level: Level
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Spread:
    """How the positions of some cells are spread.

    Attributes:
        scope: The body or bodies they are about.
        as_at: The day on which evidence was weighed.
        cells: All of them.
        levels: Each level of each scale in use, the worst first, with the cells that stand there.
        source: Where they were read.
    """

    scope: str
    as_at: date
    cells: tuple[Cell, ...]
    levels: tuple[Counted, ...]
    source: Source

    @cached_property
    def assessed(self) -> tuple[Cell, ...]:
        """The cells that were assessed in the round, with a level."""
        return tuple(one for one in self.cells if one.reads in COUNTED)

    @cached_property
    def worst(self) -> tuple[Counted, ...]:
        """Of each scale, the worst level at which a cell stands."""
        found: dict[str, Counted] = {}
        for one in self.levels:
            if one.cells:
                found.setdefault(one.scale, one)
        return tuple(found.values())

    @property
    def disputed(self) -> tuple[Cell, ...]:
        """The cells of which a later line took another view."""
        return tuple(one for one in self.cells if one.disputed)

    def reading(self, *reads: Reads) -> tuple[Cell, ...]:
        """The cells that read so."""
        return tuple(one for one in self.cells if one.reads in reads)

    def exceptions(self) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
        """What must be named: the worst, the disputed, the unsupported and what does not count.

        A worst level that is the best of its scale is no exception.
        """
        named: list[tuple[str, tuple[Cell, ...]]] = []
        for one in self.worst:
            best = max(held.level.order for held in self.levels if held.scale == one.scale)
            if one.level.order < best:
                named.append((one.level.label, one.cells))
        named.append(("lines differ", self.disputed))
        named.append(("stale, with all evidence expired", self.reading(Reads.STALE)))
        named.append(("asserted, with no evidence named", self.reading(Reads.ASSERTED)))
        named.extend((_ASIDE_WORDS[reads], self.reading(reads)) for reads in _ASIDE)
        return tuple(one for one in named if one[1])

    def number(self, cells: Iterable[Cell], *, what: str = "cells") -> Figure:
        """How many of the spread's cells, as a figure that says of how many."""
        found = tuple(cells)
        return Figure(
            value=len(found),
            unit="cell" if len(found) == 1 else "cells",
            measure=what,
            scope=self.scope,
            basis=f"of {len(self.cells):,}",
            method=RULE,
            as_at=self.as_at,
            sources=(self.source, *_entries_of(found)),
        )

    @property
    def marking(self) -> Marking:
        """How closely the spread is held: as closely as the closest of what it counts."""
        return reduce(
            Marking.__or__,
            (voice.entry.marking for cell in self.cells for voice in cell.voices),
            OFFICIAL,
        )

    def statements(self) -> tuple[Statement, ...]:
        """What the spread says, in closed sentences."""
        return tuple(self._said())

    def _said(self) -> Iterator[Statement]:
        tell = self._tell
        base = self.number(self.cells)
        if not self.assessed:
            yield tell("none assessed", base=base)
        else:
            levels = listed(
                self._counted(one.cells, one.level.label.lower())
                for one in self.levels
                if one.cells
            )
            yield tell(
                "spread",
                base=base,
                assessed=self.number(self.assessed, what="cells assessed"),
                levels=levels,
            )
            for one in self.worst:
                yield tell(
                    "worst",
                    worst=one.level.label,
                    number=self.number(one.cells, what=f"cells at {one.level.label.lower()}"),
                )
        aside = [
            self._counted(held, _ASIDE_WORDS[reads])
            for reads in _ASIDE
            if (held := self.reading(reads))
        ]
        if aside:
            yield tell("aside", aside=listed(aside))
        without = [
            self._counted(held, words)
            for words, reads in (
                ("rest on evidence that has expired", Reads.STALE),
                ("name no evidence", Reads.ASSERTED),
            )
            if (held := self.reading(reads))
        ]
        if without:
            yield tell("unsupported", unsupported=listed(without))
        if self.disputed:
            yield tell("disputed", number=self.number(self.disputed, what="cells disputed"))

    def _counted(self, cells: tuple[Cell, ...], words: str) -> Statement:
        number = self.number(cells, what=f"cells {words}")
        return filled_within(TEMPLATES["counted"], number=number, words=words)

    def _tell(self, key: str, **values: Value | Statement) -> Statement:
        made = filled_within(TEMPLATES[key], marking=self.marking, **values)
        return replace(made, source=self.source)


@dataclass(frozen=True)
class Part:
    """The cells below one heading of an edition, such as a threat.

    Attributes:
        about: The heading.
        title: Its words.
        spread: How its cells are spread.
        by_aspect: The same, C by C.
    """

    about: str
    title: str
    spread: Spread
    by_aspect: tuple[tuple[str, Spread], ...]

    @property
    def name(self) -> str:
        """The heading's code, such as `public-order`."""
        return path_of(self.about).rpartition("/")[2]


@dataclass(frozen=True)
class Composite:
    """A round as one picture.

    Attributes:
        cells: The matrix it is made from.
        whole: How all cells are spread.
        parts: The same, heading by heading.
    """

    cells: Cells
    whole: Spread
    parts: tuple[Part, ...]


def composite(view: View, held: Cells, *, scope: str = "") -> Composite:
    """The composite of a matrix, of one body or of all of them.

    Args:
        view: The position at which the matrix was read.
        held: The matrix.
        scope: Only one body; all of the matrix by default.

    Raises:
        NotKnown: a scale is used that no edition published.
    """
    found = held.of(scope) if scope else tuple(held)
    scales = dict.fromkeys(held.requirements[one.key.about].value.scale for one in found)
    levels = {scale: levels_of(view, scale) for scale in scales if scale}
    source = Source(
        "said",
        f"register position {view.position.seq:,}",
        f"{held.cycle.subject}, {RULE}",
    )

    def spread(cells: tuple[Cell, ...]) -> Spread:
        return _spread(cells, scope or "all bodies", held, levels, source)

    return Composite(held, spread(found), tuple(_parts(held, found, spread)))


def _parts(
    held: Cells, found: tuple[Cell, ...], spread: Callable[[tuple[Cell, ...]], Spread]
) -> Iterator[Part]:
    below: dict[str, list[Cell]] = {}
    tops = {about: held.above(about)[-1] for about in {one.key.about for one in found}}
    for one in found:
        below.setdefault(tops[one.key.about], []).append(one)
    for root in held.roots:
        cells = tuple(below.get(root, ()))
        if not cells:
            continue
        aspects = dict.fromkeys(one.key.aspect for one in cells)
        yield Part(
            about=root,
            title=held.requirements[root].value.text,
            spread=spread(cells),
            by_aspect=tuple(
                (aspect, spread(tuple(one for one in cells if one.key.aspect == aspect)))
                for aspect in aspects
            ),
        )


def _spread(
    cells: tuple[Cell, ...],
    scope: str,
    held: Cells,
    levels: dict[str, tuple[Level, ...]],
    source: Source,
) -> Spread:
    at: dict[tuple[str, str], list[Cell]] = {}
    used = set()
    for one in cells:
        scale = held.requirements[one.key.about].value.scale
        used.add(scale)
        if one.reads in COUNTED and one.level is not None:
            at.setdefault((scale, one.level), []).append(one)
    counted = tuple(
        Counted(scale, level, tuple(at.get((scale, level.code), ())))
        for scale, held_levels in levels.items()
        if scale in used
        for level in held_levels
    )
    return Spread(scope, held.as_at, cells, counted, source)


MOST_NAMED = 20  # entries that a count names; beyond that it says how many there are


def _entries_of(cells: tuple[Cell, ...]) -> Iterator[Source]:
    positions = [one.position.entry for one in cells if one.position is not None]
    for entry in positions[:MOST_NAMED]:
        yield entry.source
    if len(positions) > MOST_NAMED:
        yield Source("said", f"and {len(positions) - MOST_NAMED:,} entries more")
