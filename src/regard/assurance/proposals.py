"""Decisions that were proposed and have not ended, and ending them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from regard.assurance.amounts import counted, named_scope
from regard.assurance.due_words import said, sentence
from regard.assurance.numbering import next_of
from regard.assurance.versions import versions
from regard.core.errors import EntryRefused
from regard.core.markings import OFFICIAL, Marking
from regard.core.statements import Statement
from regard.register.acting import Acts
from regard.register.entries import Entry, Speaker
from regard.register.kinds.facts import Expectation
from regard.register.kinds.frame import Link
from regard.register.kinds.reading import changed, made
from regard.register.kinds.speech import IN_EFFECT, OPEN_STAGES, Act, Decision, Stage
from regard.register.kinds.values import LinkType
from regard.register.register import Register
from regard.register.seeing import View
from regard.register.subjects import kind_of, path_of, subject_of

ENDS = (Stage.TAKEN, Stage.AMENDED, Stage.WITHDRAWN, Stage.LAPSED)
"""How a proposal ends; deferring it does not end it."""


@dataclass(frozen=True)
class Proposal:
    """A decision that was proposed.

    Attributes:
        entry: As it stands.
        proposed_on: When it was proposed.
        as_at: On which day it is looked at.
    """

    entry: Entry[Decision]
    proposed_on: date
    as_at: date

    @property
    def is_due(self) -> bool:
        """Whether it is to be decided now: proposed, or deferred until a day that has come."""
        value = self.entry.value
        return value.stage is not Stage.DEFERRED or (
            value.deferred_until is not None and value.deferred_until <= self.as_at
        )

    @property
    def days_open(self) -> int:
        """For how many days it has not been decided."""
        return (self.as_at - self.proposed_on).days

    def statement(self) -> Statement:
        """Its words, and for how long it has waited or until when it was deferred."""
        value = self.entry.value
        text = sentence(value.text)
        if value.stage is Stage.DEFERRED and value.deferred_until is not None:
            key = "deferred and due" if self.is_due else "deferred"
            return said(key, text=text, until=value.deferred_until, marking=self.entry.marking)
        days = counted(
            self.days_open,
            "day",
            what="days since it was proposed",
            scope=named_scope(value.scope),
            as_at=self.as_at,
            entries=[self.entry],
        )
        return said(
            "proposed", text=text, day=self.proposed_on, days=days, marking=self.entry.marking
        )


def unresolved(
    view: View, *, as_at: date, scope: str | None = None, act: Act | None = None
) -> tuple[Proposal, ...]:
    """Every decision that was proposed and has not ended, the oldest first.

    Args:
        view: The register at a position.
        as_at: The day; what came later is left out.
        scope: Of which body; None for all.
        act: To do what: `close` lists the claims that wait to be verified. None for all.
    """
    narrow = {"scope": scope} if scope else {}
    found = []
    for one in view.all(Decision, **narrow):
        held: tuple[Entry[Decision], ...] = versions(view, one.subject, as_at=as_at)
        if held and held[-1].value.stage in OPEN_STAGES and act in (None, held[-1].value.act):
            found.append(Proposal(held[-1], held[0].effective, as_at))
    return tuple(sorted(found, key=lambda one: (one.proposed_on, one.entry.seq)))


def deferred_due(view: View, *, as_at: date, scope: str | None = None) -> tuple[Proposal, ...]:
    """Deferred decisions whose day has come.

    Args:
        view: The register at a position.
        as_at: The day.
        scope: Of which body; None for all.
    """
    return tuple(
        one
        for one in unresolved(view, as_at=as_at, scope=scope)
        if one.entry.value.stage is Stage.DEFERRED and one.is_due
    )


def waiting_for(view: View, post: str, *, as_at: date) -> tuple[Proposal, ...]:
    """Open proposals that name a post as the one that decides, and that are to be decided now.

    Args:
        view: The register at a position.
        post: The post.
        as_at: The day.
    """
    return tuple(
        one for one in unresolved(view, as_at=as_at) if one.entry.value.by == post and one.is_due
    )


@dataclass(frozen=True)
class Creation:
    """An expectation that a decision creates.

    Attributes:
        subject: What it will be called.
        value: What it says.
        marking: How closely it is held.
    """

    subject: str
    value: Expectation
    marking: Marking = OFFICIAL


@dataclass(frozen=True)
class Resolved:
    """A proposal that was decided or deferred.

    Attributes:
        decision: As it stands now.
        created: The expectations that it created.
    """

    decision: Entry[Decision]
    created: tuple[Entry[Expectation], ...]

    def statement(self) -> Statement:
        """Its words, and how it ended; of one that was amended, the words that were agreed."""
        value = self.decision.value
        shared: dict[str, Any] = {"text": sentence(value.text), "day": self.decision.effective}
        marking = self.decision.marking
        if value.stage is Stage.DEFERRED and value.deferred_until is not None:
            return said(
                "deferred", text=shared["text"], until=value.deferred_until, marking=marking
            )
        if value.stage is Stage.AMENDED:
            return said("amended", resolved=sentence(value.resolved), marking=marking, **shared)
        return said("resolved", stage=value.stage.value, marking=marking, **shared)


def propose(
    register: Register,
    act: Act,
    *,
    text: str,
    reason: str,
    decided_by: str,
    by: Speaker,
    about: str | None = None,
    subject: str | None = None,
    marking: Marking = OFFICIAL,
    **fields: Any,
) -> Entry[Decision]:
    """Propose a decision to the post or body that takes it.

    Args:
        register: The register.
        act: What is to be done.
        text: The words that are proposed.
        reason: Why.
        decided_by: The post or body that decides.
        by: Who proposes.
        about: About what.
        subject: What it will be called; made from the act and the subject by default.
        marking: How closely it is held.
        **fields: What else is known: `paper`, `meeting`, `until`, `inputs`, `scope`...

    Raises:
        AccessRefused: the speaker may not propose that act.
        DefinitionRefused: what the act needs is missing.
    """
    value = made(
        Decision,
        by=decided_by,
        act=act,
        about=about,
        text=text,
        reason=reason,
        stage=Stage.PROPOSED,
        **fields,
    )
    with register.acting(by) as acts:
        path = (kind_of(about), path_of(about)) if about else ()
        named = subject or next_of(acts, "decision", act.value.replace(" ", "-"), *path)
        return acts.enter(value, subject=named, marking=marking)


def resolve(
    register: Register,
    decision: str,
    stage: Stage,
    *,
    by: Speaker,
    resolved: str = "",
    meeting: str | None = None,
    until: date | None = None,
    creates: Iterable[Creation] = (),
    effective: date | None = None,
) -> Resolved:
    """End a proposal or defer it; what it creates is entered and linked in the same act.

    A date that moves and inputs that change go with a new version of the expectation: take such
    a proposal with `dates.extend` or `changing.change_inputs`.

    Args:
        register: The register.
        decision: The proposal.
        stage: Taken, amended, withdrawn, lapsed or deferred.
        by: Who says so; its role must take such decisions.
        resolved: The words that were agreed, of one that is amended.
        meeting: The meeting that took it.
        until: Until when, of one that is deferred.
        creates: Expectations that come of it, if it is taken or amended.
        effective: The day on which it was decided; today by default.

    Raises:
        EntryRefused: it has ended, or creates something though it was not taken.
        DefinitionRefused: the words that were agreed or the day are missing.
        AccessRefused: the speaker may not.
    """
    before: Entry[Decision] = register.view(by).one(decision)
    held = tuple(creates)
    if held and stage not in IN_EFFECT:
        raise EntryRefused(
            f"{decision} is {stage} and would create {held[0].subject}",
            expected="a decision that is taken or amended",
        )
    given = {"resolved": resolved, "meeting": meeting, "deferred_until": until}
    value = changed(before.value, stage=stage, **{name: one for name, one in given.items() if one})
    with register.acting(by) as acts:
        entered = acts.enter(
            value,
            subject=decision,
            effective=effective,
            marking=before.marking,
            after=before.seq,
        )
        created = tuple(_created(acts, before, one, effective) for one in held)
    return Resolved(entered, created)


def _created(
    acts: Acts, decision: Entry[Decision], creation: Creation, effective: date | None
) -> Entry[Expectation]:
    subject = creation.subject
    entered = acts.enter(
        creation.value, subject=subject, effective=effective, marking=creation.marking
    )
    acts.enter(
        made(Link, type=LinkType.CREATES, source=decision.subject, target=subject),
        subject=subject_of("link", "creates", path_of(decision.subject), path_of(subject)),
        effective=effective,
        marking=creation.marking | decision.marking,
    )
    return entered
