"""What each register holds on a day, and how much of it needs attention; worked out, not stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from regard.assurance.answering import Papers
from regard.assurance.due import ENDED, Due, State, due
from regard.assurance.gaps import Apart, Gap, Unmeasured, gap_or_reason
from regard.assurance.meetings import meetings
from regard.assurance.promises import LOWER, promises, standing
from regard.assurance.proposals import unresolved
from regard.assurance.targets import Target, target_of
from regard.assurance.versions import versions
from regard.assurance.vulnerabilities import Vulnerability, vulnerabilities
from regard.core.errors import RegardError
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation, RecommendationFacet, TaskingFacet
from regard.register.kinds.speech import Decision, Judgement
from regard.register.seeing import View

SOON = 30  # days before its day in which something is due soon


class When(StrEnum):
    """How the day of something stands to the day that is looked at."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    ENDED = "ended"


def when(one: Due) -> When:
    """How its day stands to the day on which it is looked at.

    What is closed, declined or verified has ended, and so has what was to be kept up until a day
    that has passed.
    """
    if one.overdue or one.state is State.NO_OUTTURN:
        return When.OVERDUE
    if one.state in (*ENDED, State.VERIFIED) or one.due_on is None or one.due_on < one.as_at:
        return When.ENDED
    return When.SOON if one.due_on <= one.as_at + timedelta(days=SOON) else When.LATER


def dated(view: View, *, as_at: date) -> tuple[Due, ...]:
    """Everything that is due by a day, by that day: actions, promises, milestones, grants.

    Args:
        view: The register at a position.
        as_at: The day; what came later is left out.
    """
    found = [
        due(view, one.subject, as_at=as_at)
        for one in view.all(Expectation)
        if one.held is not None and one.held.window.end is not None and one.effective <= as_at
    ]
    return tuple(sorted(found, key=lambda one: (one.due_on or date.max, one.entry.seq)))


def received(
    view: View, facet: type[RecommendationFacet | TaskingFacet], *, as_at: date
) -> tuple[Due, ...]:
    """Recommendations of inspections, or taskings under a power, each where it stands."""
    return tuple(
        due(view, one.subject, as_at=as_at)
        for one in view.all(Expectation)
        if one.held is not None and isinstance(one.held.facet, facet) and one.effective <= as_at
    )


@dataclass(frozen=True)
class Aim:
    """A target with how far what was observed is from it, or why that cannot be said.

    Attributes:
        entry: The expectation.
        target: The target; None where its formula cannot be worked out.
        gap: The gap, why there is none, or what refuses the target.
    """

    entry: Entry[Expectation]
    target: Target | None
    gap: Gap | Apart | Unmeasured | RegardError | None
    lower: bool = False

    @property
    def is_missed(self) -> bool:
        """Whether what was observed is on the wrong side of it."""
        if not isinstance(self.gap, Gap):
            return False
        return self.gap.exact > 0 if self.lower else self.gap.exact < 0

    @property
    def is_unknown(self) -> bool:
        """Whether nothing says how far it is."""
        return not isinstance(self.gap, Gap)


def aims(view: View, *, as_at: date) -> tuple[Aim, ...]:
    """Every target in numbers, in the order in which they were entered.

    Args:
        view: The register at a position.
        as_at: The day; what came later is left out.
    """
    return tuple(
        _aim(view, one, as_at)
        for one in view.all(Expectation)
        if one.held is not None
        and (one.held.target is not None or one.held.formula)
        and one.effective <= as_at
    )


def _aim(view: View, entry: Entry[Expectation], as_at: date) -> Aim:
    value = entry.value
    found = view.find(value.measure) if value.measure else None
    lower = found is not None and found.held is not None and found.held.better == LOWER
    try:
        target = target_of(view, entry)
    except RegardError as refusal:
        return Aim(entry, None, refusal, lower)
    if value.scope is None:
        return Aim(entry, target, None, lower)
    try:
        return Aim(
            entry, target, gap_or_reason(view, entry.subject, value.scope, as_at=as_at), lower
        )
    except RegardError as refusal:
        return Aim(entry, target, refusal, lower)


@dataclass(frozen=True)
class Count:
    """How many entries a register holds, and how many of them need attention.

    Attributes:
        open: How many there are that have not ended; it is the base of `attention`.
        attention: How many of those need attention.
        all: How many there are, with those that ended.
    """

    open: int
    attention: int
    all: int


def counts(view: View, *, as_at: date) -> dict[str, Count]:
    """Each register by its name, as it stands on a day.

    What needs attention: a concern as `Vulnerability.needs_attention` says; what is overdue; a
    recommendation or tasking that no post answers for or that was opened again; a decision that is
    to be taken now; a promise that the next paper must answer; a target that is missed, or of
    which nobody can say; a meeting to which something was put that is not resolved.

    Args:
        view: The register at a position.
        as_at: The day.
    """
    raised = vulnerabilities(view, as_at=as_at)
    lessons = [one for one in raised if one.entry.value.form == "lesson"]
    others = [one for one in raised if one.entry.value.form != "lesson"]
    with_day = dated(view, as_at=as_at)
    open_days = [one for one in with_day if when(one) is not When.ENDED]
    proposed = unresolved(view, as_at=as_at)
    papers = Papers(view)
    promised = [
        standing(view, one.subject, as_at=as_at, papers=papers)
        for one in promises(view)
        if one.effective <= as_at
    ]
    aimed = aims(view, as_at=as_at)
    met = [one for one in meetings(view, as_at=as_at) if one.entry.value.on <= as_at]
    decided = [one for one in view.all(Decision) if one.held and one.effective <= as_at]
    return {
        "concerns": _of_concerns(others),
        "actions": Count(
            len(open_days),
            sum(when(one) is When.OVERDUE for one in open_days),
            len(with_day),
        ),
        "recommendations": _of_received(received(view, RecommendationFacet, as_at=as_at)),
        "decisions": Count(len(proposed), sum(one.is_due for one in proposed), len(decided)),
        "promises": Count(
            len(promised), sum(one.must_be_answered for one in promised), len(promised)
        ),
        "targets": Count(
            len(aimed), sum(one.is_missed or one.is_unknown for one in aimed), len(aimed)
        ),
        "lessons": _of_concerns(lessons),
        "taskings": _of_received(received(view, TaskingFacet, as_at=as_at)),
        "meetings": Count(len(met), sum(bool(one.waiting) for one in met), len(met)),
    }


def _of_concerns(found: Iterable[Vulnerability]) -> Count:
    held = list(found)
    open_ones = [one for one in held if not one.is_closed]
    return Count(len(open_ones), sum(one.needs_attention for one in open_ones), len(held))


def _of_received(found: Iterable[Due]) -> Count:
    held = list(found)
    open_ones = [one for one in held if one.state not in ENDED]
    needing = [one for one in open_ones if one.state in (State.ISSUED, State.REOPENED)]
    return Count(len(open_ones), len(needing), len(held))


def said_about(view: View, subject: str, *, as_at: date) -> tuple[Entry[Any], ...]:
    """Every version of a subject, and every judgement and decision about it, as they were entered.

    Args:
        view: The register at a position.
        subject: Which.
        as_at: The day; what became true later is left out.
    """
    spoken = [*view.all(Judgement, about=subject), *view.all(Decision, about=subject)]
    found = [
        *versions(view, subject, as_at=as_at),
        *(entry for one in spoken for entry in versions(view, one.subject, as_at=as_at)),
    ]
    return tuple(sorted(found, key=lambda one: one.seq))
