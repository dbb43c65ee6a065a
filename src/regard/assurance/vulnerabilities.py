"""What stands in the way: who answers for it, what is done, what came back, what was accepted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from regard.assurance.accepting import Acceptance, acceptance
from regard.assurance.amounts import counted, named_scope
from regard.assurance.closing import Closing, Happened, closing_of
from regard.assurance.due import ENDED, Due, due, regression
from regard.assurance.due_words import said, sentence
from regard.assurance.versions import name_of, versions
from regard.core.errors import EntryRefused
from regard.core.markings import OFFICIAL, Marking
from regard.core.statements import Statement, together
from regard.register.entries import Entry, Speaker
from regard.register.kinds.facts import Concern, Expectation
from regard.register.kinds.frame import Link
from regard.register.kinds.reading import made
from regard.register.kinds.values import LinkType, Window, Wording
from regard.register.register import Register
from regard.register.seeing import View
from regard.register.subjects import path_of, subject_of

Form = Literal["lesson", "issue", "vulnerability", "risk", "cause of concern"]
_TENSE = {"lesson": "past", "risk": "future"}
PRESENT = "present"


@dataclass(frozen=True)
class Raised:
    """What stands in the way, as it is raised.

    Attributes:
        code: By which it is called within its body.
        text: Its words.
        scope: The body it is about.
        owner: The post that answers for it.
        form: What it is called.
        about: The requirement it stands in the way of.
        aspect: The C it weakens.
        root_cause: What it comes from.
        marking: How closely it is held.
    """

    code: str
    text: str
    scope: str
    owner: str
    form: Form = "vulnerability"
    about: str | None = None
    aspect: str | None = None
    root_cause: str = ""
    marking: Marking = OFFICIAL


def raise_concern(
    register: Register, raised: Raised, *, by: Speaker, effective: date | None = None
) -> Entry[Concern]:
    """Enter what stands in the way.

    Raises:
        AccessRefused: the speaker may not.
        EntryRefused: there is one of that code, it names what the register does not hold, or its
            owner is no post.
    """
    value = made(
        Concern,
        tense=_TENSE.get(raised.form, PRESENT),
        form=raised.form,
        text=raised.text,
        scope=raised.scope,
        about=raised.about,
        owner=raised.owner,
        root_cause=raised.root_cause,
        aspect=raised.aspect,
    )
    subject = subject_of("concern", path_of(raised.scope), raised.code)
    _must_be_new(register.view(by), subject)
    return register.enter(
        value, subject=subject, by=by, effective=effective, marking=raised.marking, after=0
    )


def _must_be_new(view: View, subject: str) -> None:
    found = view.find(subject)
    if found is not None:
        raise EntryRefused(
            f"{subject} is there since entry {found.seq}",
            expected="a code of its own",
            next_step="give it another code",
        )


@dataclass(frozen=True)
class Action:
    """What is to be done about a concern, as it is entered.

    Attributes:
        edition: The running list in which it stands.
        code: By which it is called there.
        text: Its words.
        owner: The post that answers for it.
        due: By which day.
    """

    edition: str
    code: str
    text: str
    owner: str
    due: date


def answer(
    register: Register, concern: str, action: Action, *, by: Speaker, effective: date | None = None
) -> Entry[Expectation]:
    """Enter an action that answers a concern, with the link between them, in one act.

    Args:
        register: The register.
        concern: What stands in the way.
        action: What is to be done.
        by: Who enters it.
        effective: From when it is true; today by default.

    Raises:
        AccessRefused: the speaker may not.
        EntryRefused: the list is not there or is frozen, or has an action of that code.
        NotKnown: there is no such concern.
    """
    view = register.view(by)
    held: Entry[Concern] = view.one(concern)
    value = made(
        Expectation,
        edition=action.edition,
        code=action.code,
        text=action.text,
        wording=Wording.QUOTED,
        mode="achieve",
        scope=held.value.scope,
        owner=action.owner,
        window=Window(end=action.due),
    )
    subject = subject_of("expectation", path_of(action.edition), action.code)
    _must_be_new(view, subject)
    with register.acting(by) as acts:
        entered = acts.enter(
            value, subject=subject, effective=effective, marking=held.marking, after=0
        )
        acts.enter(
            made(Link, type=LinkType.ANSWERS, source=subject, target=concern),
            subject=subject_of("link", "answers", path_of(subject), path_of(concern)),
            effective=effective,
            marking=held.marking,
        )
    return entered


class Stands(StrEnum):
    """Where a concern stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLAIMED = "claimed"
    ACCEPTED = "accepted"
    REOPENED = "opened again"
    CLOSED = "closed"


@dataclass(frozen=True)
class Vulnerability:
    """A concern with what is done about it.

    Attributes:
        entry: The concern.
        body, owner: What the body and the post are called.
        actions: The actions that answer it, each where it stands.
        closing: Whether it was closed, and whether that held.
        acceptance: The last acceptance of it as a risk, if there was one.
        closed_by: What the post is called that closed it.
    """

    entry: Entry[Concern]
    body: str
    owner: str
    actions: tuple[Due, ...]
    closing: Closing
    acceptance: Acceptance | None
    closed_by: str

    @property
    def is_closed(self) -> bool:
        """Whether it is closed now."""
        return self.closing.is_closed

    @property
    def stands(self) -> Stands:
        """Where it stands: closed, accepted, opened again, answered by actions or open."""
        last = self.closing.last
        if self.is_closed:
            return Stands.CLOSED
        if self.acceptance is not None and self.acceptance.stands:
            return Stands.ACCEPTED
        if last is not None and last.what is Happened.REOPENED:
            return Stands.REOPENED
        if last is not None and last.what is Happened.CLAIMED:
            return Stands.CLAIMED
        return Stands.ANSWERED if self.actions else Stands.OPEN

    @property
    def needs_attention(self) -> bool:
        """Whether nothing is done about it, or what is done is late or did not hold.

        An accepted risk needs none until the acceptance is stale or has ended.
        """
        if self.is_closed:
            return False
        if self.acceptance is not None and not self.acceptance.stands:
            return True
        if self.stands is Stands.REOPENED or any(one.overdue for one in self.actions):
            return True
        return self.stands is Stands.OPEN

    def statement(self) -> Statement:
        """What it is, who answers for it, and how many actions do."""
        marking = self.entry.marking
        value = self.entry.value
        pieces = [
            said(
                "vulnerability",
                body=self.body,
                text=sentence(value.text),
                owner=self.owner,
                marking=marking,
            )
        ]
        if self.is_closed:
            closed = [one for one in self.closing.events if one.what is Happened.CLOSED][-1]
            pieces.append(
                said("vulnerability closed", day=closed.on, post=self.closed_by, marking=marking)
            )
        elif not self.actions:
            pieces.append(said("without action", marking=marking))
        else:
            pieces.append(self._actions())
        return together(pieces)

    def statements(self) -> tuple[Statement, ...]:
        """What it is; what did not stick; what was accepted; then each action."""
        back = regression(self.closing, self.entry)
        accepted = self.acceptance.statement() if self.acceptance else None
        return (
            self.statement(),
            *(one for one in (back, accepted) if one is not None),
            *(one.statement() for one in self.actions),
        )

    def _actions(self) -> Statement:
        ended = [one for one in self.actions if one.state in ENDED]
        shared = {
            "scope": named_scope(self.entry.value.scope),
            "as_at": self.actions[0].as_at,
        }
        count = counted(
            len(self.actions),
            "action",
            what="actions that answer it",
            entries=[one.entry for one in self.actions],
            **shared,  # type: ignore[arg-type]
        )
        closed = counted(
            len(ended),
            "action",
            what="actions that ended",
            entries=[one.entry for one in ended],
            **shared,  # type: ignore[arg-type]
        )
        key = "with an action" if len(self.actions) == 1 else "with actions"
        return said(key, count=count, ended=closed, marking=self.entry.marking)


def vulnerability(view: View, concern: str, *, as_at: date) -> Vulnerability:
    """A concern with what is done about it, on a day.

    Args:
        view: The register at a position.
        concern: The concern.
        as_at: The day; what came later is left out.

    Raises:
        NotKnown: there is no such concern.
    """
    held: tuple[Entry[Concern], ...] = versions(view, concern, as_at=as_at)
    entry = held[-1] if held else view.one(concern)
    actions = [
        due(view, one.value.source, as_at=as_at)
        for one in view.links(LinkType.ANSWERS, target=concern)
        if one.effective <= as_at and isinstance(_held(view, one.value.source), Expectation)
    ]
    closing = closing_of(view, concern, as_at=as_at)
    closed = [one for one in closing.events if one.what is Happened.CLOSED]
    return Vulnerability(
        entry=entry,
        body=name_of(view, entry.value.scope),
        owner=name_of(view, entry.value.owner),
        actions=tuple(sorted(actions, key=lambda one: (one.due_on or date.max, one.entry.seq))),
        closing=closing,
        acceptance=acceptance(view, concern, as_at=as_at),
        closed_by=name_of(view, closed[-1].entry.post) if closed else "",
    )


def vulnerabilities(
    view: View, *, as_at: date, scope: str | None = None, about: str | None = None
) -> tuple[Vulnerability, ...]:
    """Every concern that had been raised by a day, the open ones first, oldest first.

    Args:
        view: The register at a position.
        as_at: The day.
        scope: Of which body; None for all.
        about: In the way of which requirement; None for all.
    """
    narrow = {name: one for name, one in (("scope", scope), ("about", about)) if one}
    found = [
        vulnerability(view, one.subject, as_at=as_at)
        for one in view.all(Concern, **narrow)
        if one.held is not None and one.effective <= as_at
    ]
    return tuple(sorted(found, key=lambda one: (one.is_closed, one.entry.seq)))


def _held(view: View, subject: str) -> object:
    found = view.find(subject)
    return found.held if found else None
