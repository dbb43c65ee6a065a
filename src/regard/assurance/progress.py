"""How far a round has come: one count, in which nothing that was carried is ever assessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from regard.assurance.cells import COUNTED, Cell, Cells, Reads
from regard.assurance.wording import told
from regard.core.figures import Figure, Source, derived
from regard.core.quantities import PERCENT
from regard.core.statements import Statement

METHOD = "cells of a round@1"
CELLS = "cells"
_APPLY = tuple(one for one in Reads if one is not Reads.NOT_APPLICABLE)


@dataclass(frozen=True)
class Progress:
    """How the cells of a round read: every cell is counted once, and all of them are the base.

    Attributes:
        scope: The body; empty for the whole round.
        counts: How many cells read so (count), by how they read.
        silent: How many of those not assessed nobody has spoken of (count); of the others a post
            said that they were not assessed.
        as_at: The day on which evidence was weighed.
        source: The round.
    """

    scope: str
    counts: dict[Reads, int]
    silent: int
    as_at: date
    source: Source

    @property
    def base(self) -> int:
        """All cells (count)."""
        return sum(self.counts.values())

    @property
    def assessed(self) -> int:
        """Cells that were given a level in this round (count); what was carried is none."""
        return sum(self.counts[one] for one in COUNTED)

    @property
    def applicable(self) -> int:
        """Cells without those that a post said do not apply (count)."""
        return self.base - self.counts[Reads.NOT_APPLICABLE]

    def figure(self, *reads: Reads, measure: str = "") -> Figure:
        """How many cells read so, as a figure; all of them if nothing is named."""
        number = sum(self.counts[one] for one in reads) if reads else self.base
        return self._counted(number, measure or (", ".join(reads) if reads else CELLS))

    @property
    def unspoken(self) -> Figure:
        """How many cells nobody has spoken of."""
        return self._counted(self.silent, "nobody has spoken of")

    def _counted(self, number: int, measure: str) -> Figure:
        return Figure(
            value=number,
            unit=CELLS if number != 1 else "cell",
            measure=measure,
            scope=self.scope or "all bodies of the round",
            basis="counted",
            method=METHOD,
            as_at=self.as_at,
            sources=(self.source,),
        )

    @property
    def share(self) -> Figure:
        """The assessed in per cent of the cells that apply; missing where none applies."""
        number = self.figure(*COUNTED, measure="assessed")
        whole = self.figure(*_APPLY, measure="apply")
        return derived(
            (number, whole),
            value=100 * self.assessed / self.applicable if self.applicable else None,
            unit=PERCENT,
            method=METHOD,
            measure="share assessed",
            missing="" if self.applicable else "no cell applies",
        )

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The whole count in sentences; each share says its base."""
        asked: dict[str, Any] = {name: self.figure(one) for name, one in _PLACES.items()}
        rest = {name: asked.pop(name) for name in tuple(asked) if name not in _ASSESSED}
        return (
            told(
                "progress",
                source=self.source,
                assessed=self.figure(*COUNTED, measure="assessed"),
                share=self.share,
                base=self.figure(),
                applicable=self.figure(*_APPLY, measure="apply"),
            ),
            told("progress: evidence", source=self.source, **asked),
            told("progress: rest", source=self.source, silent=self.unspoken, **rest),
        )


_PLACES = {
    "supported": Reads.SUPPORTED,
    "stale": Reads.STALE,
    "asserted": Reads.ASSERTED,
    "carried": Reads.CARRIED,
    "not_applicable": Reads.NOT_APPLICABLE,
    "not_assessed": Reads.NOT_ASSESSED,
    "not_measured": Reads.NOT_MEASURED,
    "withheld": Reads.WITHHELD,
}
_ASSESSED = ("supported", "stale", "asserted")


def progress(matrix: Cells, *, scope: str = "", among: Iterable[Cell] | None = None) -> Progress:
    """How the cells of a round read.

    Args:
        matrix: The round.
        scope: One body; by default all.
        among: Only these cells, such as those of one threat.
    """
    chosen = tuple(matrix if among is None else among)
    if scope:
        chosen = tuple(one for one in chosen if one.key.scope == scope)
    found = Counter(one.reads for one in chosen)
    return Progress(
        scope=scope,
        counts={one: found[one] for one in Reads},
        silent=sum(1 for one in chosen if one.position is None),
        as_at=matrix.as_at,
        source=matrix.cycle.source,
    )
