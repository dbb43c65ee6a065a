"""Closing: the owner claims, another line verifies and closes, and what comes back is counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from regard.assurance.deciding import decide, marking_of
from regard.assurance.due_words import sentence
from regard.assurance.versions import versions
from regard.core.errors import EntryRefused
from regard.register.acting import Acts
from regard.register.entries import Entry, Speaker
from regard.register.kinds.reading import made
from regard.register.kinds.speech import (
    CLOSED,
    CLOSURE,
    IN_EFFECT,
    OPEN_STAGES,
    REOPENED,
    VERIFICATION,
    Act,
    Decision,
    Judgement,
    Stage,
)
from regard.register.kinds.values import Line
from regard.register.register import Register
from regard.register.seeing import View
from regard.register.subjects import kind_of, path_of, subject_of

CLOSURE_SCALE, VERIFICATION_SCALE = "closure@1", "verification@1"
VERIFIED, NOT_DONE = "verified", "not-done"
"""What a higher line can say of whether something was done; it closes nothing yet."""


class Happened(StrEnum):
    """What can happen to an expectation or a concern on its way to being closed."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    CLAIMED = "claimed"
    VERIFIED = "verified"
    CLOSED = "closed"
    REOPENED = "reopened"
    NOT_DONE = "not done"


_OF_LEVEL = {
    (VERIFICATION, VERIFIED): Happened.VERIFIED,
    (VERIFICATION, NOT_DONE): Happened.NOT_DONE,
    (CLOSURE, CLOSED): Happened.CLOSED,
    (CLOSURE, REOPENED): Happened.REOPENED,
}
_OF_ACT = {Act.ACCEPT: Happened.ACCEPTED, Act.DECLINE: Happened.DECLINED}


@dataclass(frozen=True)
class Event:
    """Something that happened on the way.

    Attributes:
        what: What happened.
        on: On which day.
        reason: Why, in the words of the entry.
        entry: The decision or the judgement that says so.
    """

    what: Happened
    on: date
    reason: str
    entry: Entry[Any]


@dataclass(frozen=True)
class Closing:
    """How far something has come towards being closed.

    Attributes:
        events: What happened, in order.
    """

    events: tuple[Event, ...]

    @property
    def last(self) -> Event | None:
        """The event that decides where it stands now; none if it is as it began."""
        found: Event | None = None
        for one in self.events:
            # Accepting what is claimed or closed already takes nothing back.
            late = one.what is Happened.ACCEPTED and found is not None
            if not late or (found is not None and found.what is Happened.DECLINED):
                found = one
        return found

    @property
    def is_closed(self) -> bool:
        """Whether it is closed now."""
        ends = [one for one in self.events if one.what in (Happened.CLOSED, Happened.REOPENED)]
        return bool(ends) and ends[-1].what is Happened.CLOSED

    @property
    def regressions(self) -> tuple[Event, ...]:
        """Each time that it was opened again."""
        return tuple(one for one in self.events if one.what is Happened.REOPENED)

    @property
    def first_closed(self) -> Event | None:
        """When it was closed for the first time."""
        return next((one for one in self.events if one.what is Happened.CLOSED), None)

    def claim_before(self, event: Event) -> Event | None:
        """The claim that a verification or a closure answers."""
        before = self.events[: self.events.index(event)]
        claims = [one for one in before if one.what is Happened.CLAIMED]
        return claims[-1] if claims else None


def closing_of(
    view: View, about: str, *, scope: str | None = None, as_at: date | None = None
) -> Closing:
    """How far an expectation or a concern has come towards being closed.

    Args:
        view: The register at a position.
        about: The expectation or the concern.
        scope: Of which body, where it binds all alike; None for whichever.
        as_at: Leaves out what came later.
    """
    narrow = {"scope": scope} if scope else {}
    found = [
        event
        for one in view.all(Judgement, about=about, **narrow)
        for event in _judged(versions(view, one.subject, as_at=as_at))
    ]
    for one in view.all(Decision, about=about):
        if one.held is not None and (scope is None or one.held.scope in (None, scope)):
            found.extend(_decided(versions(view, one.subject, as_at=as_at)))
    return Closing(tuple(sorted(found, key=lambda event: (event.on, event.entry.seq))))


def claim(
    register: Register,
    about: str,
    *,
    reason: str,
    by: Speaker,
    scope: str | None = None,
    decided_by: str | None = None,
) -> Entry[Decision]:
    """Say, as the owner, that something is done: a proposal to close it, which is no closure.

    Args:
        register: The register.
        about: The expectation or the concern.
        reason: What was done.
        by: The post that owns it.
        scope: For which body, where it binds all alike.
        decided_by: The post or body that decides; the force of the owner by default.

    Raises:
        EntryRefused: the post does not own it, or it is closed.
        AccessRefused: the speaker may not propose to close.
    """
    view = register.view(by)
    held = view.one(about).value
    owner = held.owner
    if owner != by.post:
        raise EntryRefused(
            f"{by.post} does not own {about}: {owner or 'nobody'} does",
            expected="the post that answers for it",
        )
    if closing_of(view, about, scope=scope).is_closed:
        raise EntryRefused(f"{about} is closed", expected="something that is still open")
    with register.acting(by) as acts:
        return decide(
            acts,
            Act.CLOSE,
            about,
            text=f"Close: {sentence(held.text)}",
            reason=reason,
            stage=Stage.PROPOSED,
            decided_by=decided_by,
            scope=scope or _bound(acts, about),
        )


def verify(
    register: Register,
    about: str,
    *,
    reason: str,
    by: Speaker,
    line: Line = Line.OVERSEEING,
    scope: str | None = None,
    evidence: tuple[str, ...] = (),
) -> Entry[Judgement]:
    """Say, at a higher line than the owner's, that something was done as claimed.

    Raises:
        EntryRefused: the speaker holds the post that owns it, or speaks at the line of its owner.
        AccessRefused: the speaker may not judge at that line.
    """
    return _say(register, about, VERIFIED, reason, by, line, scope, evidence)


def close(
    register: Register,
    about: str,
    *,
    reason: str,
    by: Speaker,
    line: Line = Line.OVERSEEING,
    scope: str | None = None,
    evidence: tuple[str, ...] = (),
) -> Entry[Judgement]:
    """Close an expectation or a concern, at a higher line than the owner's.

    The owner's claim, where one is open, is taken in the same act by a post that takes such
    decisions; another post leaves it to one that does.

    Raises:
        EntryRefused: it is closed already, the speaker holds the post that owns it, or speaks at
            the line of its owner.
        AccessRefused: the speaker may not judge at that line.
    """
    return _say(register, about, CLOSED, reason, by, line, scope, evidence)


def reopen(
    register: Register,
    about: str,
    *,
    reason: str,
    by: Speaker,
    line: Line = Line.OVERSEEING,
    scope: str | None = None,
    evidence: tuple[str, ...] = (),
) -> Entry[Judgement]:
    """Open again what was closed: the fix did not stick, and that is counted.

    Raises:
        EntryRefused: it is not closed, or the speaker holds the post that owns it.
        AccessRefused: the speaker may not judge at that line.
    """
    return _say(register, about, REOPENED, reason, by, line, scope, evidence)


def deny(
    register: Register,
    about: str,
    *,
    reason: str,
    by: Speaker,
    line: Line = Line.OVERSEEING,
    scope: str | None = None,
    evidence: tuple[str, ...] = (),
) -> Entry[Judgement]:
    """Say, at a higher line than the owner's, that something was not done as claimed or promised.

    Raises:
        EntryRefused: the speaker holds the post that owns it, or speaks at the line of its owner.
        AccessRefused: the speaker may not judge at that line.
    """
    return _say(register, about, NOT_DONE, reason, by, line, scope, evidence)


def _say(
    register: Register,
    about: str,
    level: str,
    reason: str,
    by: Speaker,
    line: Line,
    scope: str | None,
    evidence: tuple[str, ...],
) -> Entry[Judgement]:
    view = register.view(by)
    held = view.one(about).value
    now = closing_of(view, about, scope=scope)
    if now.is_closed is not (level == REOPENED):
        raise EntryRefused(
            f"{about} is {'closed' if now.is_closed else 'open'} and cannot be said to be {level}",
            expected="something that is closed" if level == REOPENED else "something that is open",
        )
    with register.acting(by) as acts:
        bound = scope or _bound(acts, about) or acts.standing.force
        aspect = CLOSURE if level in (CLOSED, REOPENED) else VERIFICATION
        value = made(
            Judgement,
            about=about,
            edition=getattr(held, "edition", None),
            aspect=aspect,
            scope=bound,
            scale=CLOSURE_SCALE if aspect == CLOSURE else VERIFICATION_SCALE,
            level=level,
            line=line,
            reason=reason,
            evidence=evidence,
        )
        entered = acts.enter(
            value,
            subject=subject_of(
                "judgement",
                aspect,
                path_of(bound),
                kind_of(about),
                path_of(about),
                f"line-{int(line)}",
            ),
            marking=marking_of(acts, about),
        )
        if level == CLOSED:
            _take_claim(acts, about)
        return entered


def _take_claim(acts: Acts, about: str) -> None:
    if not any(Act.CLOSE in role.decides for role in acts.standing.roles):
        return
    for one in acts.knowing.all(Decision, about=about):
        held = one.held
        if held is not None and held.act is Act.CLOSE and held.stage in OPEN_STAGES:
            decide(acts, Act.CLOSE, about, text="", reason="", proposal=one.subject)


def _bound(acts: Acts, about: str) -> str | None:
    found = acts.knowing.latest(about)
    return getattr(found.held, "scope", None) if found else None


def _judged(held: Iterable[Entry[Judgement]]) -> Iterable[Event]:
    for one in held:
        value = one.value
        what = _OF_LEVEL.get((value.aspect, value.level or ""))
        if what is not None and value.line is not Line.DOING:
            yield Event(what, one.effective, value.reason, one)


def _decided(held: tuple[Entry[Decision], ...]) -> Iterable[Event]:
    if not held:
        return
    first, last = held[0].value, held[-1].value
    if first.act is Act.CLOSE and first.stage is Stage.PROPOSED:
        if last.stage not in (Stage.WITHDRAWN, Stage.LAPSED):
            yield Event(Happened.CLAIMED, held[0].effective, first.reason, held[0])
        return
    for one in held:
        if one.value.act in _OF_ACT and one.value.stage in IN_EFFECT:
            yield Event(_OF_ACT[one.value.act], one.effective, one.value.reason, one)
