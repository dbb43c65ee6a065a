"""Meetings of a body: when it met, what it took line by line, and what is still open of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from regard.core.errors import EntryRefused
from regard.register.entries import Entry, Speaker
from regard.register.kinds.frame import Item, Meeting
from regard.register.kinds.reading import made
from regard.register.kinds.speech import OPEN_STAGES, Decision, Document
from regard.register.register import Register
from regard.register.seeing import View
from regard.register.subjects import path_of, subject_of


def enter_meeting(
    register: Register,
    body: str,
    on: date,
    *,
    title: str,
    items: Sequence[Item],
    by: Speaker,
    after: int | None = None,
) -> Entry[Meeting]:
    """Enter a meeting with its agenda; entered again, the agenda stands as it is given now.

    Args:
        register: The register.
        body: The body that meets.
        on: The day.
        title: What the meeting is called.
        items: The lines of its agenda.
        by: Who enters it.
        after: The entry that was seen as the last of the meeting, 0 for a new one; None does
            not ask.

    Raises:
        EntryRefused: the register does not hold a paper that is named, two lines have one number,
            or there is such a meeting already.
        AccessRefused: the speaker may not.
    """
    numbers = [one.number for one in items]
    twice = sorted({one for one in numbers if numbers.count(one) > 1})
    if twice:
        raise EntryRefused(
            f"two lines of the agenda have the number {', '.join(twice)}",
            expected="a number of its own for each line",
        )
    value = made(Meeting, body=body, on=on, title=title, items=tuple(items))
    subject = subject_of("meeting", *path_of(body).split("/"), on.isoformat())
    return register.enter(value, subject=subject, effective=on, by=by, after=after)


@dataclass(frozen=True)
class Held:
    """A meeting with what came before it.

    Attributes:
        entry: The meeting.
        papers: Papers that its agenda names or that were put to the body for that day.
        decisions: Decisions that were put to it or taken by it, in the order of the journal.
    """

    entry: Entry[Meeting]
    papers: tuple[Entry[Document], ...]
    decisions: tuple[Entry[Decision], ...]

    @property
    def waiting(self) -> tuple[Entry[Decision], ...]:
        """What was put to it and has not been resolved."""
        return tuple(one for one in self.decisions if one.value.stage in OPEN_STAGES)


def meetings(view: View, *, as_at: date) -> tuple[Held, ...]:
    """Every meeting, the last first, with its papers and decisions.

    A paper belongs to a meeting that its agenda names, or else by its body and its day.

    Args:
        view: The register at a position.
        as_at: The day; what became true later is left out.
    """
    papers = [
        one
        for one in view.all(Document)
        if one.held is not None and one.held.stage != "draft" and one.effective <= as_at
    ]
    by_name = {one.subject: one for one in papers}
    put_to: dict[tuple[str, date], list[Entry[Document]]] = defaultdict(list)
    for paper in papers:
        if paper.value.to is not None and not paper.value.redactions:
            put_to[paper.value.to, paper.value.held_on].append(paper)
    decided: dict[str, list[Entry[Decision]]] = defaultdict(list)
    for each in view.all(Decision):
        if each.held is not None and each.held.meeting:
            decided[each.held.meeting].append(each)

    def taken(meeting: Meeting) -> tuple[Entry[Document], ...]:
        named = (by_name.get(one.document or "") for one in meeting.items)
        found = (*(one for one in named if one), *put_to[meeting.body, meeting.on])
        return tuple(sorted({one.seq: one for one in found}.values(), key=lambda one: one.seq))

    found = [
        Held(one, taken(one.value), tuple(decided[one.subject]))
        for one in view.all(Meeting)
        if one.held is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.entry.value.on, one.entry.seq), reverse=True))
