"""Met at the expense of: a duty that is kept by taking from another says so in both places.

What it costs is shown by an answer that was worked out and kept, such as that of a stress test, and
linked to either of the two: it concerns the duty, or what pays for it, or the link between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial, reduce
from typing import Any

from regard.assurance.closed import spoken
from regard.core.errors import EntryRefused
from regard.core.markings import Marking
from regard.core.statements import Statement
from regard.register.entries import Entry, Speaker
from regard.register.kinds.facts import Concern, Expectation, Observation
from regard.register.kinds.frame import Link
from regard.register.kinds.reading import made
from regard.register.kinds.speech import Decision
from regard.register.kinds.values import LinkType
from regard.register.register import Register
from regard.register.seeing import View
from regard.register.subjects import kind_of, path_of, slug, subject_of

WORKED_OUT = "estimate"
"""The basis of an answer that a model gave and a post kept."""

TEMPLATES = {
    "pays": "“{duty}” is met at the expense of “{other}”{note}.",
    "paid": "“{other}” pays for “{duty}”, which is met at its expense{note}.",
    "costs": "What that costs, by “{name}” kept on {day}: “{told}” (entry {seq}).",
    "computed": (
        "What the recommendation says in words is worked out: “{duty}” is met at the expense of "
        "“{other}”."
    ),
    "not computed": (
        "What the recommendation says in words is not worked out: “{duty}” is met at the expense "
        "of “{other}”, and no kept answer shows what that costs. Ask a stress test what it costs, "
        "keep the answer as evidence, and link it to either of the two."
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
    """

    link: Entry[Link]
    duty: Entry[Any] | None
    other: Entry[Any] | None
    prices: tuple[Entry[Observation], ...] = ()

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
            )
            for one in self.prices
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
    found = view.links(LinkType.AT_THE_EXPENSE_OF)
    if subject:
        found = tuple(one for one in found if subject in (one.value.source, one.value.target))
    if not found:
        return ()
    ends = view.many(end for one in found for end in (one.value.source, one.value.target))
    priced = _priced(view)
    return tuple(
        Expense(
            one,
            ends.get(one.value.source),
            ends.get(one.value.target),
            _each_once(priced, (one.value.source, one.value.target, one.subject)),
        )
        for one in found
    )


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
        subject: A duty that is met at the expense of another, or what pays for one.
        answer: The observation that the answer is kept as.
        note: What must be known about it.
        by: Who says so.

    Raises:
        NotKnown: there is no such answer.
        EntryRefused: it is no kept answer, or the subject is met at nobody's expense.
        AccessRefused: the speaker may not.
    """
    view = register.view(by)
    kept = view.one(answer)
    if not is_worked_out(kept):
        raise EntryRefused(
            f"{answer} is no answer that was worked out and kept",
            expected=f"an observation of basis {WORKED_OUT!r} with its file, that stands",
            next_step="list the kept answers of stress tests with: regard stress list",
        )
    if not expenses(view, subject):
        raise EntryRefused(
            f"{subject} is met at the expense of nothing, and pays for nothing",
            expected=f"a subject that is linked by {LinkType.AT_THE_EXPENSE_OF.value!r}",
            next_step="link it first with: regard register link",
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
    """Whether an entry is an answer that a model gave, kept with its file, and stands."""
    held = entry.held
    return (
        isinstance(held, Observation)
        and held.basis == WORKED_OUT
        and held.document is not None
        and held.document.sha256 is not None
        and not held.retracts
    )


def _priced(view: View) -> dict[str, list[Entry[Observation]]]:
    """The answers that were worked out, by what they are said to concern."""
    links = [
        one
        for one in view.links(LinkType.CONCERNS)
        if kind_of(one.value.source) == Observation.kind
    ]
    held = view.many(one.value.source for one in links) if links else {}
    found: dict[str, list[Entry[Observation]]] = {}
    for one in links:
        answer = held.get(one.value.source)
        if answer is not None and is_worked_out(answer):
            found.setdefault(one.value.target, []).append(answer)
    return found


def _each_once(
    priced: dict[str, list[Entry[Observation]]], subjects: tuple[str, ...]
) -> tuple[Entry[Observation], ...]:
    found = {one.seq: one for subject in subjects for one in priced.get(subject, ())}
    return tuple(found[seq] for seq in sorted(found))


def _title(entry: Entry[Any] | None, subject: str) -> str:
    if entry is not None and isinstance(entry.held, Expectation | Concern):
        return entry.held.text.rstrip(".")
    return path_of(subject)
