"""The plan as a page shows it: each outcome with its promises, and what has nothing to say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from regard.core.figures import Figure
from regard.core.statements import Statement
from regard.plan.deliverables import ELSEWHERE, SILENT, Told, deliverables_told
from regard.plan.entering import expectation_of
from regard.plan.model import Milestone, Outcome, Plan, Promise
from regard.plan.standing import (
    BEHIND,
    LOST,
    MET,
    NOT_MET,
    ON_COURSE,
    VERDICTS,
    Position,
    Positions,
    Share,
)
from regard.web.measured.saying import Piece, base_of, pieces, told

COLOURS = {
    MET: "green",
    ON_COURSE: "green",
    "on track": "green",
    "likely": "green",
    "in the balance": "yellow",
    "unlikely": "orange",
    BEHIND: "orange",
    "will not be met without a change": "red",
    LOST: "red",
    NOT_MET: "red",
}
"""The colour of the tag beside the word of a verdict; grey for one that cannot be given."""


@dataclass(frozen=True)
class PromiseRow:
    """A promise, or a measure that is watched, as a row.

    Attributes:
        promise: Which.
        seq: The entry that holds it; None if the post may not see it.
        position: Where it stands; None if that cannot be said.
        why: Why the verdict, piece by piece.
    """

    promise: Promise
    seq: int | None
    position: Position | None
    why: tuple[Piece, ...] = ()

    @property
    def verdict(self) -> str:
        """The word of the verdict; empty without one."""
        held = self.position
        return "" if held is None or held.verdict is None else held.verdict.word

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        return COLOURS.get(self.verdict, "grey")

    @property
    def now_of(self) -> str:
        """What the percentage is of; empty for what is none."""
        return "" if self.position is None else base_of(self.position.now)

    @property
    def then_of(self) -> str:
        """The same for the same period last year."""
        return "" if self.position is None else base_of(self.position.then)


@dataclass(frozen=True)
class DeliverableRow:
    """A deliverable as a row: what is said of it, and the entry that holds it."""

    told: Told
    seq: int | None
    quoted: tuple[tuple[Piece, ...], ...]

    @property
    def is_silent(self) -> bool:
        """Whether nothing is said of it."""
        return self.told.state == SILENT


@dataclass(frozen=True)
class OutcomeShown:
    """An outcome with what belongs to it."""

    outcome: Outcome
    seq: int | None
    milestones: tuple[PromiseRow, ...]
    watched: tuple[PromiseRow, ...]
    shares: tuple[tuple[Share, tuple[tuple[Piece, ...], ...]], ...]
    deliverables: tuple[DeliverableRow, ...]


def outcomes_shown(
    plan: Plan, held: Positions | None, entries: Mapping[str, int]
) -> tuple[OutcomeShown, ...]:
    """Every outcome, in the plan's order.

    Args:
        plan: The plan.
        held: Where each promise stands; None if that cannot be said.
        entries: The numbers of the plan's entries, by their subjects.
    """
    at = {one.promise.id: one for one in held.all} if held is not None else {}
    shares = held.shares if held is not None else ()
    deliverables = deliverables_told(plan)
    return tuple(
        OutcomeShown(
            outcome=one,
            seq=entries.get(expectation_of(plan, "outcome", one.id)),
            milestones=tuple(_rows(plan, plan.milestones, one, at, entries)),
            watched=tuple(_rows(plan, plan.watched, one, at, entries)),
            shares=tuple(
                (share, told(share.said)) for share in shares if share.composition.outcome == one.id
            ),
            deliverables=tuple(
                DeliverableRow(
                    each,
                    entries.get(expectation_of(plan, "deliverable", each.deliverable.id)),
                    told((*each.quoted, *each.references, *each.flags)),
                )
                for each in deliverables
                if each.deliverable.outcome == one.id
            ),
        )
        for one in plan.outcomes
    )


def _rows(
    plan: Plan,
    promises: tuple[Promise, ...],
    outcome: Outcome,
    at: Mapping[str, Position],
    entries: Mapping[str, int],
) -> Iterator[PromiseRow]:
    for one in promises:
        if one.outcome != outcome.id:
            continue
        kind = "milestone" if isinstance(one, Milestone) else "watched"
        position = at.get(one.id)
        verdict = None if position is None else position.verdict
        yield PromiseRow(
            one,
            entries.get(expectation_of(plan, kind, one.id)),
            position,
            () if verdict is None else pieces(verdict.why),
        )


def verdicts(held: Positions) -> tuple[tuple[str, str, int], ...]:
    """How many milestones have each verdict: the word, its colour and the number."""
    counted = [(word, len(held.having(word))) for word in VERDICTS]
    return tuple((word, COLOURS.get(word, "grey"), number) for word, number in counted if number)


def silent(shown: tuple[OutcomeShown, ...]) -> tuple[DeliverableRow, ...]:
    """The deliverables of which nothing is said."""
    return tuple(each for one in shown for each in one.deliverables if each.is_silent)


def elsewhere(shown: tuple[OutcomeShown, ...]) -> tuple[DeliverableRow, ...]:
    """The deliverables that only point to another paper."""
    return tuple(each for one in shown for each in one.deliverables if each.told.state == ELSEWHERE)


def figures_shown(held: Positions) -> tuple[Figure, ...]:
    """The figures of the page, each once."""
    found: dict[Figure, None] = {}
    for one in held.all:
        said: list[Statement] = [] if one.verdict is None else [one.verdict.why]
        numbers = (one.target, one.now, one.then)
        found.update((each, None) for each in numbers if each is not None)
        found.update((each, None) for statement in said for each in statement.figures)
    for share in held.shares:
        found.update((each, None) for said_ in share.said for each in said_.figures)
    return tuple(found)
