"""Due dates: the first, every move with its reason, and moving one, which takes a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from regard.assurance.amounts import counted, named_scope
from regard.assurance.deciding import decide
from regard.assurance.due_words import said, sentence
from regard.assurance.versions import versions
from regard.core.errors import DefinitionRefused
from regard.core.periods import day_said
from regard.core.statements import Statement
from regard.register.entries import Entry, Speaker
from regard.register.kinds.facts import Expectation
from regard.register.kinds.reading import changed
from regard.register.kinds.speech import Act, Decision, Stage
from regard.register.kinds.values import Window
from regard.register.register import Register
from regard.register.seeing import View


@dataclass(frozen=True)
class Move:
    """One move of a due date.

    Attributes:
        was, now: The day before and after; None is open.
        on: On which day it was moved.
        reason: Why, in the words of the decision.
        entry: The version of the expectation that moved it.
        decision: The decision by which it did; None if the reader may not see it.
    """

    was: date | None
    now: date | None
    on: date
    reason: str
    entry: Entry[Expectation]
    decision: Entry[Decision] | None

    def statement(self) -> Statement:
        """From which day to which, when and why."""
        return said(
            "move",
            was=self.was or "no day",
            now=self.now or "no day",
            day=self.on,
            reason=sentence(self.reason),
            marking=self.entry.marking,
        )


@dataclass(frozen=True)
class Dates:
    """The due dates that an expectation has had.

    Attributes:
        entry: The expectation as it stands.
        first: The day by which it was first due.
        now: The day by which it is due.
        moves: Every move, the oldest first.
    """

    entry: Entry[Expectation]
    first: date | None
    now: date | None
    moves: tuple[Move, ...]

    def statement(self) -> Statement | None:
        """First date, number of moves and the date now; None if it never moved."""
        if not self.moves or self.first is None or self.now is None:
            return None
        value = self.entry.value
        times = counted(
            len(self.moves),
            "time",
            what="moves of the due date",
            scope=named_scope(value.scope),
            as_at=self.entry.effective,
            entries=[one.entry for one in self.moves],
        )
        return said(
            "moved", first=self.first, times=times, now=self.now, marking=self.entry.marking
        )

    def statements(self) -> tuple[Statement, ...]:
        """First date and number of moves, then each move with its reason."""
        head = self.statement()
        return () if head is None else (head, *(one.statement() for one in self.moves))


def dates_of(view: View, expectation: str, *, as_at: date | None = None) -> Dates:
    """Every due date that an expectation has had.

    Args:
        view: The register at a position.
        expectation: The expectation.
        as_at: Leaves out moves that were made later.

    Raises:
        NotKnown: there was no such expectation.
    """
    held: tuple[Entry[Expectation], ...] = versions(view, expectation, as_at=as_at)
    if not held:
        held = (view.one(expectation),)
    moves = []
    for before, after in zip(held, held[1:], strict=False):
        was, now = before.value.window.end, after.value.window.end
        if was != now:
            decision = view.find(after.value.moved_by) if after.value.moved_by else None
            reason = decision.held.reason if decision and decision.held else "not to be seen"
            moves.append(Move(was, now, after.effective, reason, after, decision))
    return Dates(held[-1], held[0].value.window.end, held[-1].value.window.end, tuple(moves))


@dataclass(frozen=True)
class Extended:
    """A date that was moved.

    Attributes:
        decision: The decision.
        expectation: The new version of the expectation.
    """

    decision: Entry[Decision]
    expectation: Entry[Expectation]


def extend(
    register: Register,
    action: str,
    *,
    until: date,
    reason: str,
    by: Speaker,
    proposal: str | None = None,
) -> Extended:
    """Move the day by which something is due: decision and new version in one act, or neither.

    Args:
        register: The register.
        action: The expectation.
        until: The new day.
        reason: Why.
        by: Who decides; its role must take such decisions and enter expectations.
        proposal: The proposed extension that is taken by this, if there was one.

    Raises:
        DefinitionRefused: it is due on that day already, or the day comes before it begins.
        EntryRefused: it stands in a frozen edition, or somebody was faster.
        AccessRefused: the speaker may not.
    """
    before: Entry[Expectation] = register.view(by).one(action)
    value = before.value
    if value.window.end == until:
        raise DefinitionRefused(f"{action} is due on {until} already", expected="another day")
    with register.acting(by) as acts:
        decision = decide(
            acts,
            Act.EXTEND,
            action,
            text=_words(value.text, until),
            reason=reason,
            proposal=proposal,
            until=until,
            scope=value.scope,
        )
        moved = changed(
            value, window=_window(value.window.start, until, action), moved_by=decision.subject
        )
        entered = acts.enter(moved, subject=action, marking=before.marking, after=before.seq)
    return Extended(decision, entered)


def ask_to_extend(
    register: Register,
    action: str,
    *,
    until: date,
    reason: str,
    by: Speaker,
    decided_by: str | None = None,
) -> Entry[Decision]:
    """Propose that a day be moved; it stays where it is until that is decided.

    Args:
        register: The register.
        action: The expectation.
        until: The new day.
        reason: Why.
        by: Who asks.
        decided_by: The post or body that decides; the force of the speaker by default.

    Raises:
        AccessRefused: the speaker may not propose it.
    """
    with register.acting(by) as acts:
        found = acts.knowing.latest(action)
        return decide(
            acts,
            Act.EXTEND,
            action,
            text=_words(getattr(found.held, "text", action) if found else action, until),
            reason=reason,
            stage=Stage.PROPOSED,
            decided_by=decided_by,
            until=until,
            scope=getattr(found.held, "scope", None) if found else None,
        )


def _words(action: str, until: date) -> str:
    return f"Extend until {day_said(until)}: {sentence(action)}"


def _window(start: date | None, end: date, action: str) -> Window:
    if start is not None and end < start:
        raise DefinitionRefused(
            f"{action} begins on {start} and would be due on {end}", expected="a later day"
        )
    return Window(start=start, end=end)
