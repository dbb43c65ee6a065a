"""Met at the expense of: a duty that is kept by taking from another says so in both places.

What it costs is shown by an answer that a stress test worked out and a post kept, and that is
linked to the duty or to the link between the two. What pays may pay for several duties: an answer
that is linked to it counts only where it pays for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial, reduce
from typing import Any

from regard.assurance.closed import spoken
from regard.core.errors import EntryRefused
from regard.core.markings import Marking
from regard.core.statements import Statement
from regard.register.entries import Entry, Speaker
from regard.register.kinds.facts import Concern, Expectation, Observation
from regard.register.kinds.frame import Link, Party
from regard.register.kinds.reading import made
from regard.register.kinds.speech import Decision
from regard.register.kinds.values import LinkType
from regard.register.register import Register
from regard.register.seeing import View
from regard.register.subjects import kind_of, path_of, slug, subject_of

WORKED_OUT = "estimate"
"""The basis of an answer that a model gave and a post kept."""

_KEPT_AS = re.compile(r"(?P<body>.+)/stress/[0-9a-f]{12}")  # as a stress test is kept

TEMPLATES = {
    "pays": "“{duty}” is met at the expense of “{other}”{note}.",
    "paid": "“{other}” pays for “{duty}”, which is met at its expense{note}.",
    "costs": "What that costs, by “{name}” kept on {day}: “{told}” (entry {seq}{note}).",
    "computed": (
        "What the recommendation says in words is worked out: “{duty}” is met at the expense of "
        "“{other}”."
    ),
    "not computed": (
        "What the recommendation says in words is not worked out: “{duty}” is met at the expense "
        "of “{other}”, and no kept answer shows what that costs. Ask a stress test what it costs, "
        "keep the answer as evidence, and link it to the duty."
    ),
}
say = partial(spoken, TEMPLATES)


@dataclass(frozen=True)
class Expense:
    """A duty that is met at the expense of another.

    Attributes:
        link: The entry that says so.
        duty: What is met.
        other: What pays for it.
        prices: The kept answers that show what it costs, in the order of the journal.
        notes: What must be known about each of them; empty where nothing was said.
    """

    link: Entry[Link]
    duty: Entry[Any] | None
    other: Entry[Any] | None
    prices: tuple[Entry[Observation], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[Entry[Any], ...]:
        """Everything that its sentence rests on."""
        ends = (one for one in (self.duty, self.other) if one is not None)
        return (self.link, *ends, *self.prices)

    def said_of(self, subject: str) -> Statement:
        """The sentence as it stands in the section of either side, with what it costs."""
        held = self.link.value
        told = say(
            "pays" if subject == held.source else "paid",
            source=self.link.source,
            marking=self._marking,
            note=f": {held.note}" if held.note else "",
            **self._ends,
        )
        return reduce(Statement.__add__, self.costs(), told)

    def costs(self) -> tuple[Statement, ...]:
        """What it costs: the sentences of each kept answer, with its entry."""
        return tuple(
            say(
                "costs",
                source=one.source,
                marking=one.marking,
                name=one.value.document.name if one.value.document else path_of(one.subject),
                day=one.value.collected,
                told=" ".join(one.value.text.split()),
                seq=one.seq,
                note=f"; {note}" if note else "",
            )
            for one, note in zip(self.prices, self.notes, strict=True)
        )

    def answering(self) -> Statement:
        """The answer to a recommendation that says so in words: what it costs, or how to know."""
        key = "computed" if self.prices else "not computed"
        told = say(key, source=self.link.source, marking=self._marking, **self._ends)
        return reduce(Statement.__add__, self.costs(), told)

    @property
    def _ends(self) -> dict[str, str]:
        held = self.link.value
        return {
            "duty": _title(self.duty, held.source),
            "other": _title(self.other, held.target),
        }

    @property
    def _marking(self) -> Marking:
        ends = (one.marking for one in (self.duty, self.other) if one is not None)
        return reduce(Marking.__or__, ends, self.link.marking)


def expenses(view: View, subject: str = "") -> tuple[Expense, ...]:
    """Every duty that is met at the expense of another, or those that a subject has a part in.

    Args:
        view: The register at a position.
        subject: A duty or what pays for one; all of them by default.
    """
    every = view.links(LinkType.AT_THE_EXPENSE_OF)
    found = tuple(one for one in every if not subject or subject in _ends(one))
    if not found:
        return ()
    ends = view.many(end for one in found for end in _ends(one))
    priced = _priced(view)
    return tuple(_expense(view, one, every, ends, priced) for one in found)


def answered_by(view: View, decision: Entry[Decision]) -> tuple[Statement, ...]:
    """What was worked out of what a recommendation says in words; else what to do about it.

    Args:
        view: The register at a position.
        decision: The recommendation, as it was proposed.

    Returns:
        A sentence for each duty that it is about and that is met at the expense of another; none
        where it is about no such duty.
    """
    about = decision.value.about
    return tuple(one.answering() for one in expenses(view, about)) if about else ()


def price(
    register: Register, subject: str, answer: str, *, note: str = "", by: Speaker
) -> Entry[Link]:
    """Link a kept answer to what it shows the cost of; held as closely as either of the two.

    What is linked already is left as it is.

    Args:
        register: The register.
        subject: A duty that is met at the expense of another, the link that says so, or what
            pays for that duty and no other.
        answer: The observation that the answer is kept as.
        note: What must be known about it.
        by: Who says so.

    Raises:
        NotKnown: there is no such answer.
        EntryRefused: it is no kept answer or one of another body, the subject is met at nobody's
            expense, or it pays for several.
        AccessRefused: the speaker may not.
    """
    view = register.view(by)
    kept = view.one(answer)
    if not is_worked_out(kept):
        raise EntryRefused(
            f"{answer} is no answer that was worked out and kept",
            expected=f"an observation of basis {WORKED_OUT!r} with its file, that stands, named "
            "as a stress test of its body is",
            next_step="list the kept answers of stress tests with: regard stress list",
        )
    links = view.links(LinkType.AT_THE_EXPENSE_OF)
    priced = _priced_by(subject, links)
    ends = view.many(end for one in priced for end in _ends(one))
    for one in priced:
        body = _body_of(ends, one)
        if not _in_one_line(view, kept.value.scope, body):
            raise EntryRefused(
                f"{answer} is about {kept.value.scope}, and {one.value.source} binds {body}",
                expected="an answer about that body, or one above or below it",
            )
    kind = LinkType.CONCERNS
    value = made(Link, type=kind, source=answer, target=subject, note=note)
    name = subject_of("link", slug(kind), path_of(answer), path_of(subject))
    before: Entry[Link] | None = view.find(name)
    if before is not None and before.held == value:
        return before
    marking = kept.marking | view.one(subject).marking
    return register.enter(value, subject=name, by=by, marking=marking)


def is_worked_out(entry: Entry[Any]) -> bool:
    """Whether an entry is the answer of a stress test, kept with its file, and stands."""
    held, named = entry.held, _KEPT_AS.fullmatch(path_of(entry.subject))
    return (
        isinstance(held, Observation)
        and held.scope is not None
        and named is not None
        and named["body"] == path_of(held.scope)
        and held.basis == WORKED_OUT
        and held.document is not None
        and held.document.sha256 is not None
        and not held.retracts
    )


def _ends(link: Entry[Link]) -> tuple[str, str]:
    return link.value.source, link.value.target


def _said_to_cost(link: Entry[Link], every: Iterable[Entry[Link]]) -> tuple[str, ...]:
    """To what an answer is linked that shows what a duty costs: no other duty may be meant."""
    duty, other = _ends(link)
    alone = sum(other in _ends(one) for one in every) == 1
    return (link.subject, duty, other) if alone else (link.subject, duty)


def _priced_by(subject: str, every: Iterable[Entry[Link]]) -> tuple[Entry[Link], ...]:
    """The links of which an answer shows the cost that is linked to a subject.

    Raises:
        EntryRefused: there is none, or the subject pays for several duties.
    """
    links = tuple(every)
    found = tuple(one for one in links if subject in _said_to_cost(one, links))
    if found:
        return found
    paid = [f"{one.value.source} ({one.subject})" for one in links if subject in _ends(one)]
    if paid:
        raise EntryRefused(
            f"{subject} pays for {' and '.join(paid)}, and the answer is of one of them",
            expected="the duty that the answer is about, or the link in brackets",
        )
    raise EntryRefused(
        f"{subject} is met at the expense of nothing, and pays for nothing",
        expected=f"a subject that is linked by {LinkType.AT_THE_EXPENSE_OF.value!r}",
        next_step="link it first with: regard register link",
    )


def _expense(
    view: View,
    link: Entry[Link],
    every: Iterable[Entry[Link]],
    ends: Mapping[str, Entry[Any]],
    priced: Mapping[str, list[tuple[Entry[Observation], str]]],
) -> Expense:
    body = _body_of(ends, link)
    found: dict[int, tuple[Entry[Observation], str]] = {}
    for subject in _said_to_cost(link, every):
        for answer, note in priced.get(subject, ()):
            if _in_one_line(view, answer.value.scope, body):
                found.setdefault(answer.seq, (answer, note))
    held = [found[seq] for seq in sorted(found)]
    return Expense(
        link,
        ends.get(link.value.source),
        ends.get(link.value.target),
        tuple(answer for answer, _ in held),
        tuple(note for _, note in held),
    )


def _priced(view: View) -> dict[str, list[tuple[Entry[Observation], str]]]:
    """The answers that were worked out, with the notes, by what they are said to concern."""
    links = [
        one
        for one in view.links(LinkType.CONCERNS)
        if kind_of(one.value.source) == Observation.kind
    ]
    held = view.many(one.value.source for one in links) if links else {}
    found: dict[str, list[tuple[Entry[Observation], str]]] = {}
    for one in links:
        answer = held.get(one.value.source)
        if answer is not None and is_worked_out(answer):
            found.setdefault(one.value.target, []).append((answer, one.value.note))
    return found


def _body_of(ends: Mapping[str, Entry[Any]], link: Entry[Link]) -> str | None:
    """The body that a duty binds, or else what pays for it; None where both bind every body."""
    for end in _ends(link):
        held = ends[end].held if end in ends else None
        if isinstance(held, Expectation | Concern) and held.scope:
            return held.scope
    return None


def _in_one_line(view: View, one: str | None, other: str | None) -> bool:
    """Whether two bodies are one, or one of them is above the other."""
    if one is None or other is None or one == other:
        return True
    return one in _above(view, other) or other in _above(view, one)


def _above(view: View, body: str) -> list[str]:
    found: list[str] = []
    held = view.find(body)
    while held is not None and isinstance(held.held, Party) and held.held.parent:
        parent = held.held.parent
        if parent in found:
            break
        found.append(parent)
        held = view.find(parent)
    return found


def _title(entry: Entry[Any] | None, subject: str) -> str:
    if entry is not None and isinstance(entry.held, Expectation | Concern):
        return entry.held.text.rstrip(".")
    return path_of(subject)
