"""What is due: where each expectation stands on a day, worked out and never stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from regard.assurance.amounts import counted, named_scope
from regard.assurance.closing import Closing, Event, Happened, closing_of
from regard.assurance.dates import Dates, dates_of
from regard.assurance.due_words import said, sentence
from regard.assurance.observed import Observed, series
from regard.assurance.proposals import Proposal, waiting_for
from regard.assurance.versions import name_of, versions
from regard.core.figures import Figure
from regard.core.statements import Statement, Value, together
from regard.register.entries import Entry
from regard.register.kinds.facts import Concern, Expectation
from regard.register.seeing import View


class State(StrEnum):
    """Where an expectation stands."""

    ISSUED = "issued"
    ALLOCATED = "allocated"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CLAIMED = "claimed"
    DENIED = "not done"
    VERIFIED = "verified"
    CLOSED = "closed"
    REOPENED = "reopened"
    NO_OUTTURN = "window closed without outturn"


_OF_EVENT = {
    Happened.ACCEPTED: State.ACCEPTED,
    Happened.DECLINED: State.DECLINED,
    Happened.CLAIMED: State.CLAIMED,
    Happened.VERIFIED: State.VERIFIED,
    Happened.CLOSED: State.CLOSED,
    Happened.REOPENED: State.REOPENED,
    Happened.NOT_DONE: State.DENIED,
}
ENDED = (State.CLOSED, State.DECLINED)
"""The states in which nothing more is asked."""


@dataclass(frozen=True)
class Due:
    """Where an expectation stands on a day.

    Attributes:
        entry: The expectation.
        state: Where it stands.
        as_at: On which day.
        dates: Every due date it has had.
        closing: What happened on the way.
        owner: What the post is called that answers for it; empty if none does.
        outturn: What was observed of its measure on or after the last day of its time.
        since: The day since which it stands so.
        reason, by: Why, and the post that said so, where somebody did.
    """

    entry: Entry[Expectation]
    state: State
    as_at: date
    dates: Dates
    closing: Closing
    owner: str
    outturn: Observed | None
    since: date
    reason: str
    by: str

    @property
    def due_on(self) -> date | None:
        """The day by which it is due."""
        return self.dates.now

    @property
    def overdue(self) -> bool:
        """Whether its day has passed and nobody has verified that it is done.

        What is to be kept up rather than reached is not overdue: its time ends, and an outturn
        says how.
        """
        return (
            self.due_on is not None
            and self.due_on < self.as_at
            and self.entry.value.mode == "achieve"
            and self.state not in (*ENDED, State.VERIFIED)
            and not (self.entry.value.measure is not None and self.outturn is not None)
        )

    @property
    def days_overdue(self) -> int:
        """For how many days it has been overdue; 0 if it is not."""
        return (self.as_at - self.due_on).days if self.overdue and self.due_on else 0

    @property
    def days_to_verify(self) -> int | None:
        """Days from the owner's claim to the verification by another line; None without both."""
        last = self._verified
        claimed = self.closing.claim_before(last) if last else None
        return (last.on - claimed.on).days if last and claimed else None

    @property
    def _verified(self) -> Event | None:
        ends = (Happened.VERIFIED, Happened.CLOSED)
        return next((one for one in reversed(self.closing.events) if one.what in ends), None)

    def statement(self) -> Statement:
        """Where it stands, and whether it is overdue or due."""
        pieces = [self._stands()]
        if self.overdue and self.due_on is not None:
            pieces.append(
                said(
                    "overdue",
                    day=self.due_on,
                    days=self._days(self.days_overdue, [self.entry]),
                    marking=self.entry.marking,
                )
            )
        elif self.due_on is not None and self.due_on >= self.as_at and self.state not in ENDED:
            pieces.append(said("due", day=self.due_on, marking=self.entry.marking))
        moved = self.dates.statement()
        return together([*pieces, moved] if moved else pieces)

    def statements(self) -> tuple[Statement, ...]:
        """Where it stands, then each move of its date with the reason, then what did not stick."""
        moves = tuple(one.statement() for one in self.dates.moves)
        back = regression(self.closing, self.entry)
        return (self.statement(), *moves, *((back,) if back else ()))

    def _stands(self) -> Statement:
        what = self.entry.value.text.rstrip(".")
        marking = self.entry.marking
        if self.state is State.NO_OUTTURN and self.due_on is not None:
            return said("no outturn", what=what, day=self.due_on, marking=marking)
        values: dict[str, Value] = {"what": what, "day": self.since}
        key = str(self.state)
        if self.state in (State.ALLOCATED, State.CLAIMED):
            values["owner"] = self.owner or "the owner"
        if self.state in (State.DECLINED, State.DENIED, State.REOPENED):
            values["reason"] = sentence(self.reason)
        if self.state in (State.VERIFIED, State.CLOSED):
            values["post"] = self.by
            verified = self._verified
            claimed = self.closing.claim_before(verified) if verified else None
            if verified and claimed and self.days_to_verify is not None:
                key = f"{key} after"
                values["days"] = self._days(self.days_to_verify, [claimed.entry, verified.entry])
        return said(key, marking=marking, **values)

    def _days(self, number: int, entries: Iterable[Entry[Any]]) -> Figure:
        return counted(
            number,
            "day",
            what="days between entries",
            scope=named_scope(self.entry.value.scope),
            as_at=self.as_at,
            entries=entries,
        )


def due(view: View, expectation: str, *, as_at: date, scope: str | None = None) -> Due:
    """Where an expectation stands on a day.

    Args:
        view: The register at a position.
        expectation: The expectation.
        as_at: The day; what came later is left out.
        scope: Of which body, where it binds all alike.

    Raises:
        NotKnown: there was no such expectation.
    """
    held: tuple[Entry[Expectation], ...] = versions(view, expectation, as_at=as_at)
    entry = held[-1] if held else view.one(expectation)
    value = entry.value
    closing = closing_of(view, expectation, scope=scope, as_at=as_at)
    outturn = _outturn(view, entry, scope, as_at)
    last = closing.last
    state, since = _state(view, entry, held or (entry,), last, outturn, as_at)
    return Due(
        entry=entry,
        state=state,
        as_at=as_at,
        dates=dates_of(view, expectation, as_at=as_at),
        closing=closing,
        owner=name_of(view, value.owner) if value.owner else "",
        outturn=outturn,
        since=since,
        reason=last.reason if last else "",
        by=name_of(view, last.entry.post) if last else "",
    )


def overdue(view: View, *, as_at: date, edition: str | None = None) -> tuple[Due, ...]:
    """Everything that is overdue or whose time ended without an outturn, the longest first.

    Args:
        view: The register at a position.
        as_at: The day.
        edition: Of which edition; None for all.
    """
    narrow = {"edition": edition} if edition else {}
    found = [
        due(view, one.subject, as_at=as_at)
        for one in view.all(Expectation, **narrow)
        if one.held is not None and one.held.window.end is not None and one.held.window.end < as_at
    ]
    late = [one for one in found if one.overdue or one.state is State.NO_OUTTURN]
    return tuple(sorted(late, key=lambda one: (one.due_on or as_at, one.entry.seq)))


@dataclass(frozen=True)
class Mine:
    """What a post has to do.

    Attributes:
        expectations: What it answers for and is not ended, by the day on which it is due.
        concerns: Open concerns it answers for.
        proposals: Proposals that wait for its decision, or deferred ones whose day has come.
    """

    expectations: tuple[Due, ...]
    concerns: tuple[Entry[Concern], ...]
    proposals: tuple[Proposal, ...]


def mine(view: View, post: str, *, as_at: date) -> Mine:
    """What a post has to do on a day.

    Args:
        view: The register at a position.
        post: The post.
        as_at: The day.
    """
    owned = [
        one
        for one in view.naming(post)
        if isinstance(one.held, (Expectation, Concern)) and one.held.owner == post
    ]
    stands = [
        due(view, one.subject, as_at=as_at) for one in owned if isinstance(one.held, Expectation)
    ]
    open_ones = [one for one in stands if one.state not in ENDED]
    concerns = tuple(
        one
        for one in owned
        if isinstance(one.held, Concern)
        and not closing_of(view, one.subject, as_at=as_at).is_closed
    )
    return Mine(
        tuple(sorted(open_ones, key=lambda one: (one.due_on or date.max, one.entry.seq))),
        concerns,
        waiting_for(view, post, as_at=as_at),
    )


def regression(closing: Closing, entry: Entry[Expectation] | Entry[Concern]) -> Statement | None:
    """That a fix did not stick, and how often; None if nothing was opened again."""
    first = closing.first_closed
    if first is None or not closing.regressions:
        return None
    again = closing.regressions
    times = counted(
        len(again),
        "time",
        what="times opened again",
        scope=named_scope(entry.value.scope),
        as_at=again[-1].on,
        entries=[one.entry for one in again],
    )
    return said(
        "did not stick",
        what=entry.value.text.rstrip("."),
        day=first.on,
        times=times,
        marking=entry.marking,
    )


def _outturn(
    view: View, entry: Entry[Expectation], scope: str | None, as_at: date
) -> Observed | None:
    value, end = entry.value, entry.value.window.end
    body = value.scope or scope
    if value.measure is None or end is None or body is None:
        return None
    held = series(view, value.measure, body, as_at=as_at)
    return next((one for one in held if one.on >= end), None)


def _state(
    view: View,
    entry: Entry[Expectation],
    held: tuple[Entry[Expectation], ...],
    last: Event | None,
    outturn: Observed | None,
    as_at: date,
) -> tuple[State, date]:
    end = entry.value.window.end
    ended = last is not None and _OF_EVENT[last.what] in (*ENDED, State.VERIFIED, State.CLAIMED)
    explained = last is not None and end is not None and last.on >= end
    if (
        entry.value.measure is not None
        and end is not None
        and end < as_at
        and outturn is None
        and not ended
        and not explained
    ):
        return State.NO_OUTTURN, end
    if last is not None:
        return _OF_EVENT[last.what], last.on
    if entry.value.owner is not None:
        since = next(one for one in held if one.value.owner == entry.value.owner)
        return State.ALLOCATED, since.effective
    return State.ISSUED, held[0].effective
