"""Three voices side by side, and how far a lead's own view has run ahead of later ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from regard.assurance.cells import Cell, Cells, Voice
from regard.assurance.closed import spoken
from regard.assurance.scales import levels_of
from regard.core.figures import Figure, Source
from regard.core.statements import Statement
from regard.register.kinds.values import Line
from regard.register.seeing import View

FEWEST_PAIRS = 10
"""Pairs of judgements below which nothing is said of a lead's calibration: with nine pairs, one
view that differs moves the share by more than ten points."""

METHOD = "pairs-of-judgements@1"

TEMPLATES = {
    "calibration": (
        "Of {pairs} of a lead’s view and a later view at another line, the lead’s was higher in "
        "{ahead}, the same in {alike} and lower in {behind}."
    ),
    "too few": (
        "There are {pairs} of a lead’s view and a later view at another line: too few to say how "
        "far the lead’s runs ahead; at least {fewest} are asked for."
    ),
}
say = partial(spoken, TEMPLATES)


@dataclass(frozen=True)
class Voices:
    """What each line says of a cell.

    Attributes:
        cell: The cell.
        lead: Line 1, who does the work.
        overseer: Line 2, who challenged.
        independent: Line 3, who looked from outside.
        board: What the board said of the requirement, or of the heading above it.
    """

    cell: Cell
    lead: Voice | None
    overseer: Voice | None
    independent: Voice | None
    board: Voice | None


def voices(held: Cells, cell: Cell) -> Voices:
    """The voices on a cell, with the nearest that the board said."""
    board = next(
        (
            held.board[cell.key.scope, about]
            for about in held.above(cell.key.about)
            if (cell.key.scope, about) in held.board
        ),
        None,
    )
    return Voices(
        cell,
        cell.at(Line.DOING),
        cell.at(Line.OVERSEEING),
        cell.at(Line.INDEPENDENT),
        board,
    )


@dataclass(frozen=True)
class Calibration:
    """How a lead's views compare with later ones, as counts of pairs.

    Attributes:
        about: The heading whose cells were compared.
        scope: The body.
        as_at: To which day.
        ahead, alike, behind: Pairs in which the lead's level was higher, the same, lower.
        sources: The entries that were compared.
    """

    about: str
    scope: str
    as_at: date
    ahead: int
    alike: int
    behind: int
    sources: tuple[Source, ...]

    @property
    def pairs(self) -> int:
        """How many pairs there are."""
        return self.ahead + self.alike + self.behind

    @property
    def enough(self) -> bool:
        """Whether there are enough to say anything."""
        return self.pairs >= FEWEST_PAIRS

    @property
    def statement(self) -> Statement:
        """What they say, or that they are too few."""
        if not self.enough:
            return say("too few", pairs=self._figure(self.pairs), fewest=self._figure(FEWEST_PAIRS))
        return say(
            "calibration",
            pairs=self._figure(self.pairs),
            ahead=self._figure(self.ahead),
            alike=self._figure(self.alike),
            behind=self._figure(self.behind),
        )

    def _figure(self, number: int) -> Figure:
        return Figure(
            value=number,
            unit="pair" if number == 1 else "pairs",
            measure="pairs of judgements",
            scope=self.scope,
            basis=f"of {self.pairs:,}",
            method=METHOD,
            as_at=self.as_at,
            sources=self.sources or (Source("said", "no pair of judgements"),),
        )


def calibration(view: View, rounds: Iterable[Cells], about: str, scope: str) -> Calibration:
    """How far a lead's own view ran ahead of later ones, below a heading, over several rounds.

    A pair is a view at line 1 and the last view at line 2 or 3 on the same cell of the same
    round, both made in it and on the same scale.

    Args:
        view: The position at which the rounds were read.
        rounds: Their matrices.
        about: The heading.
        scope: The body.
    """
    found = {"ahead": 0, "alike": 0, "behind": 0}
    sources: list[Source] = []
    as_at = date.min
    orders: dict[str, dict[str, int]] = {}
    for held in rounds:
        as_at = max(as_at, held.as_at)
        for cell in held.of(scope):
            pair = _pair(cell)
            if pair is None or about not in held.above(cell.key.about):
                continue
            lead, later = pair
            scale = lead.entry.value.scale
            if scale not in orders:
                orders[scale] = {one.code: one.order for one in levels_of(view, scale)}
            gap = orders[scale][lead.level or ""] - orders[scale][later.level or ""]
            found["ahead" if gap > 0 else "behind" if gap < 0 else "alike"] += 1
            sources += [lead.entry.source, later.entry.source]
    return Calibration(about, scope, as_at, **found, sources=tuple(sources))


def _pair(cell: Cell) -> tuple[Voice, Voice] | None:
    lead = cell.at(Line.DOING)
    if lead is None or not lead.counts:
        return None
    # What a lead judged again after it was challenged is no view that the challenge could follow.
    others = [
        one
        for one in cell.voices
        if one.line in (Line.OVERSEEING, Line.INDEPENDENT)
        and one.counts
        and one.entry.seq > lead.entry.seq
    ]
    if not others:
        return None
    later = max(others, key=lambda one: one.entry.seq)
    if lead.level is None or later.level is None:
        return None
    if lead.entry.value.scale != later.entry.value.scale:
        return None
    return lead, later
