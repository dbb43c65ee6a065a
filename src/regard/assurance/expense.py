"""Met at the expense of: a duty that is kept by taking from another says so in both places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from regard.assurance.closed import spoken
from regard.core.statements import Statement
from regard.register.entries import Entry
from regard.register.kinds.facts import Concern, Expectation
from regard.register.kinds.frame import Link
from regard.register.kinds.values import LinkType
from regard.register.seeing import View
from regard.register.subjects import path_of

TEMPLATES = {
    "pays": "“{duty}” is met at the expense of “{other}”{note}.",
    "paid": "“{other}” pays for “{duty}”, which is met at its expense{note}.",
}
say = partial(spoken, TEMPLATES)


@dataclass(frozen=True)
class Expense:
    """A duty that is met at the expense of another.

    Attributes:
        link: The entry that says so.
        duty: What is met.
        other: What pays for it.
    """

    link: Entry[Link]
    duty: Entry[Any] | None
    other: Entry[Any] | None

    def said_of(self, subject: str) -> Statement:
        """The sentence as it stands in the section of either side."""
        held = self.link.value
        marking = self.link.marking
        for one in (self.duty, self.other):
            if one is not None:
                marking |= one.marking
        return say(
            "pays" if subject == held.source else "paid",
            source=self.link.source,
            marking=marking,
            duty=_title(self.duty, held.source),
            other=_title(self.other, held.target),
            note=f": {held.note}" if held.note else "",
        )


def expenses(view: View, subject: str = "") -> tuple[Expense, ...]:
    """Every duty that is met at the expense of another, or those that a subject has a part in.

    Args:
        view: The register at a position.
        subject: A duty or what pays for one; all of them by default.
    """
    found = view.links(LinkType.AT_THE_EXPENSE_OF)
    if subject:
        found = tuple(one for one in found if subject in (one.value.source, one.value.target))
    ends = view.many(end for one in found for end in (one.value.source, one.value.target))
    return tuple(
        Expense(one, ends.get(one.value.source), ends.get(one.value.target)) for one in found
    )


def _title(entry: Entry[Any] | None, subject: str) -> str:
    if entry is not None and isinstance(entry.held, Expectation | Concern):
        return entry.held.text.rstrip(".")
    return path_of(subject)
