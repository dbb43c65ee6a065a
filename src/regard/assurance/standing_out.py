"""What stands out on a day: the last round, what is late or unanswered, and what is in the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from regard.assurance.cells import Cell, Cells, cells
from regard.assurance.changes import Change, Move, changes
from regard.assurance.composite import Composite, composite
from regard.assurance.due import Due, overdue
from regard.assurance.promises import Became, unanswered
from regard.assurance.promises import Standing as Promise
from regard.assurance.scales import Level
from regard.assurance.vulnerabilities import Vulnerability, vulnerabilities
from regard.register.entries import Entry
from regard.register.gathering import Gathered
from regard.register.kinds.facts import Concern, Expectation, PromiseFacet
from regard.register.kinds.frame import (
    Cycle,
    Edition,
)
from regard.register.kinds.reading import KINDS
from regard.register.kinds.speech import Decision, Document
from regard.register.kinds.values import Kind
from regard.register.seeing import View

ORDER = (Move.WORSE, Move.BETTER, Move.BROKEN, Move.NEWLY, Move.LOST, Move.SAME)
"""In which order changes are read: what got worse first, what cannot be said last."""

TOLD: tuple[type[Kind], ...] = (Document, Decision, Concern, Edition)
"""The kinds of entries that are news to a reader, beside the positions of a round."""

READ: tuple[type[Kind], ...] = tuple(KINDS.values())
"""The kinds that this module and the tasks of a post ask about, for a view that gathers them."""


@dataclass(frozen=True)
class Rounds:
    """The rounds of a register at a position.

    Attributes:
        closed: Those that were closed, the last one first.
        open: Those that are held.
    """

    closed: tuple[Entry[Cycle], ...]
    open: tuple[Entry[Cycle], ...]

    @property
    def last(self) -> Entry[Cycle] | None:
        """The one that was closed last."""
        return self.closed[0] if self.closed else None

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which rounds were closed, the last one first."""
        return tuple(dict.fromkeys(closed_on(one) for one in self.closed))

    def before(self, day: date) -> Entry[Cycle] | None:
        """The last round that was closed by the end of a day."""
        return next((one for one in self.closed if closed_on(one) <= day), None)


def rounds_of(view: View) -> Rounds:
    """The rounds that were open or closed at a position."""
    found = [one for one in view.all(Cycle) if one.held is not None]
    closed = [one for one in found if one.value.stage == "closed"]
    closed.sort(key=lambda one: (one.recorded, one.seq), reverse=True)
    return Rounds(tuple(closed), tuple(one for one in found if one.value.stage == "open"))


def at_once(view: View, *, since: date | None = None) -> Gathered:
    """The same view with all that this module and the tasks of a post ask about, read at once.

    Args:
        view: Who reads, at which position.
        since: The day since which changes are told; by default the usual one.
    """
    found = rounds_of(view)
    day = since or usual_since(view)
    before = found.before(day) if day else None
    held = (found.last, before, *found.open)
    return Gathered(view, READ, rounds={one.subject for one in held if one is not None})


def closed_on(cycle: Entry[Cycle]) -> date:
    """The day on which a closed round was closed."""
    return cycle.recorded.date()


@dataclass(frozen=True)
class Worst:
    """A cell at the worst level of its scale that is not also the best.

    Attributes:
        cell: The cell.
        text: The words of its requirement.
        level: The level.
    """

    cell: Cell
    text: str
    level: Level


@dataclass(frozen=True)
class Worries:
    """What a reader must worry about on a day.

    Attributes:
        cells: The matrix of the last closed round; None before one was closed.
        composite: The same as one picture.
        worst: The cells at the worst level, in the order of the matrix.
        late: What is overdue or ended without an outturn, promises of papers aside.
        dated: Of how many that have a last day (count).
        promises: Promises of papers that were broken or that nothing answers.
        promised: Of how many promises (count).
        open: Concerns that are open, those without an action first.
        raised: Of how many that were raised (count).
    """

    cells: Cells | None
    composite: Composite | None
    worst: tuple[Worst, ...]
    late: tuple[Due, ...]
    dated: int
    promises: tuple[Promise, ...]
    promised: int
    open: tuple[Vulnerability, ...]
    raised: int

    @property
    def without_action(self) -> int:
        """How many of the open concerns no action answers (count)."""
        return sum(1 for one in self.open if not one.actions)


def worries(view: View, *, as_at: date, scope: str = "") -> Worries:
    """What a reader must worry about on a day.

    Args:
        view: The register at a position.
        as_at: The day.
        scope: The body whose positions are shown; all of the round where it has no such body.
    """
    last = rounds_of(view).last
    matrix = _matrix(view, last, scope) if last else None
    made = composite(view, matrix) if matrix else None
    waiting = unanswered(view, as_at=as_at)
    found = vulnerabilities(view, as_at=as_at)
    is_open = (one for one in found if not one.is_closed)
    dated = [
        one
        for one in view.all(Expectation)
        if one.held is not None and one.held.window.end is not None and one.effective <= as_at
    ]
    papers = {one.subject for one in dated if isinstance(one.value.facet, PromiseFacet)}
    return Worries(
        cells=matrix,
        composite=made,
        worst=tuple(_worst(made)) if made else (),
        late=tuple(one for one in overdue(view, as_at=as_at) if one.entry.subject not in papers),
        dated=len(dated) - len(papers),
        promises=tuple(
            one for one in waiting if one.became in (Became.BROKEN, Became.NOT_ANSWERED)
        ),
        promised=len(papers),
        open=tuple(sorted(is_open, key=lambda one: bool(one.actions))),
        raised=len(found),
    )


def _matrix(view: View, cycle: Entry[Cycle], scope: str) -> Cells:
    return cells(view, cycle.subject, scope=scope if scope in cycle.value.scopes else "")


def _worst(made: Composite) -> Iterator[Worst]:
    best: dict[str, int] = {}
    for one in made.whole.levels:
        best[one.scale] = max(best.get(one.scale, 0), one.level.order)
    for one in made.whole.worst:
        if one.level.order < best[one.scale]:
            for cell in one.cells:
                text = made.cells.requirements[cell.key.about].value.text
                yield Worst(cell, text, one.level)


@dataclass(frozen=True)
class News:
    """What changed since a day.

    Attributes:
        since: The day; what was recorded on it is not news.
        now, before: The last closed round, and the last that was closed by the day; None where
            there was none. The same round where none was closed since.
        moves: What became of each position, what got worse first; none of one and the same round.
        entered: What was entered since, of the kinds that are news, the latest first.
    """

    since: date
    now: Cells | None
    before: Cells | None
    moves: tuple[Change, ...]
    entered: tuple[Entry[Kind], ...]

    def moved(self, *moves: Move) -> tuple[Change, ...]:
        """The changes of some sorts."""
        return tuple(one for one in self.moves if one.move in moves)

    @property
    def counts(self) -> tuple[tuple[Move, int], ...]:
        """How many positions went which way (count), in the order in which they are read."""
        found = ((move, len(self.moved(move))) for move in ORDER)
        return tuple(one for one in found if one[1])

    def of_kind(self, kind: type[Kind]) -> tuple[Entry[Kind], ...]:
        """What was entered of a kind, the latest first."""
        return tuple(one for one in self.entered if one.kind == kind.kind)


def news(view: View, *, since: date, now: Cells | None, scope: str = "") -> News:
    """What changed since a day.

    Args:
        view: The register at a position.
        since: The day.
        now: The matrix of the last closed round, if one was closed.
        scope: The body whose positions are set side by side.
    """
    found = rounds_of(view).before(since)
    before = None
    if found is not None and now is not None:
        same = found.subject == now.cycle.subject
        before = now if same else _matrix(view, found, scope)
    moves: Iterable[Change] = ()
    if now is not None and before is not None and before is not now:
        moves = changes(view, now, before)
    return News(
        since=since,
        now=now,
        before=before,
        moves=tuple(sorted(moves, key=lambda one: ORDER.index(one.move))),
        entered=tuple(_entered(view, since)),
    )


def usual_since(view: View) -> date | None:
    """The day since which changes are told if nobody says another: the close of the round before.

    None where fewer than two rounds were closed.
    """
    days = rounds_of(view).days
    return days[1] if len(days) > 1 else None


def _entered(view: View, since: date) -> list[Entry[Kind]]:
    end = datetime.combine(since, time.max, UTC)
    found = [
        one
        for kind in TOLD
        for one in view.all(kind)
        if one.held is not None and one.recorded > end
    ]
    return sorted(found, key=lambda one: one.seq, reverse=True)
