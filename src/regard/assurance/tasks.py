"""What waits for a post on a day: words asked of it in open rounds, challenges, actions, proposals.

Being assigned is what shows it: a duty of a round, an ownership, or a proposal that the post may
end. Nothing else is looked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from regard.assurance.cells import Cell, Cells, Key, cells
from regard.assurance.due import Mine, State, mine
from regard.assurance.proposals import Proposal, unresolved
from regard.assurance.silences import asked_by, signed, signs_off, still_to_speak, topics
from regard.register.access import Standing, top_of
from regard.register.entries import Entry
from regard.register.kinds.frame import Cycle, Duty
from regard.register.kinds.speech import Decision
from regard.register.kinds.values import Line
from regard.register.seeing import View


@dataclass(frozen=True)
class Asked:
    """What a duty of an open round asks of a post.

    Attributes:
        cycle: The round.
        duty: At which line, and on what.
        about: The words of the requirement or heading that it names; empty if it names none.
        keys: Every cell, or of a board every topic, that it asks for.
        missing: Those of which the post has still to speak.
        why: What is missing where it is not a word on each cell, as of a chief officer who signs.
    """

    cycle: Entry[Cycle]
    duty: Duty
    about: str
    keys: tuple[Key, ...]
    missing: tuple[Key, ...]
    why: str = ""

    @property
    def done(self) -> int:
        """Of how many it has spoken (count)."""
        return len(self.keys) - len(self.missing)

    @property
    def signs(self) -> bool:
        """Whether one decision that signs the round off is asked, and not a word on each cell."""
        return self.duty.line is Line.OVERSEEING and bool(self.why)


@dataclass(frozen=True)
class Challenged:
    """A cell of which a reviewer took another view than the post did, and it has not answered.

    Attributes:
        cycle: The round.
        cell: The cell.
        text: The words of its requirement.
        answer: The number of the entry in which the other view stands.
    """

    cycle: Entry[Cycle]
    cell: Cell
    text: str
    answer: int


@dataclass(frozen=True)
class Tasks:
    """What waits for a post on a day.

    Attributes:
        asked: What open rounds ask of it.
        challenged: What it judged and a reviewer sees otherwise.
        mine: What it answers for.
        proposals: Proposals that it may end, the oldest first.
        steps: Of these, those about a step of a series.
    """

    asked: tuple[Asked, ...]
    challenged: tuple[Challenged, ...]
    mine: Mine
    proposals: tuple[Proposal, ...]
    steps: tuple[Proposal, ...]

    @property
    def to_say(self) -> int:
        """Of how many cells or topics it has still to speak in open rounds (count)."""
        return sum(len(one.missing) for one in self.asked)

    @property
    def late(self) -> int:
        """How many of its actions and commitments are overdue or ended unexplained (count)."""
        return sum(
            1 for one in self.mine.expectations if one.overdue or one.state is State.NO_OUTTURN
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not (
            self.to_say
            or self.challenged
            or self.mine.expectations
            or self.mine.concerns
            or self.proposals
            or self.steps
        )


def tasks(view: View, standing: Standing, *, as_at: date) -> Tasks:
    """What waits for a post on a day.

    Args:
        view: The register at a position.
        standing: The post, and what it may do.
        as_at: The day.
    """
    post = standing.speaker.post
    asked: list[Asked] = []
    challenged: list[Challenged] = []
    for one in view.all(Cycle):
        duties = () if one.held is None or one.held.stage != "open" else one.held.duties
        if any(duty.post == post for duty in duties):
            matrix = cells(view, one.subject)
            asked += _asked(view, matrix, post)
            challenged += _challenged(matrix, post)
    waiting = tuple(one for one in _proposals(view, standing, as_at) if one.is_due)
    return Tasks(
        asked=tuple(asked),
        challenged=tuple(challenged),
        mine=mine(view, post, as_at=as_at),
        proposals=tuple(one for one in waiting if one.entry.value.step is None),
        steps=tuple(one for one in waiting if one.entry.value.step is not None),
    )


def _asked(view: View, matrix: Cells, post: str) -> Iterator[Asked]:
    keys = tuple(matrix.cells)
    silent = {
        id(one.duty): one
        for one in still_to_speak(view, matrix.cycle.subject, matrix=matrix)
        if one.duty.post == post
    }
    for duty in matrix.cycle.value.duties:
        if duty.post != post:
            continue
        board = duty.line is Line.BOARD
        wanted = tuple(topics(duty, matrix) if board else asked_by(duty, keys, matrix.requirements))
        found = silent.get(id(duty))
        why = found.why if found else ""
        if not why and duty.line is Line.OVERSEEING and signs_off(view, post):
            why = "signed off" if signed(view, matrix.cycle.subject) else ""
        held = matrix.requirements.get(duty.about or "")
        yield Asked(
            cycle=matrix.cycle,
            duty=duty,
            about=held.value.text if held else "",
            keys=wanted,
            missing=found.keys if found else (),
            why=why,
        )


def _challenged(matrix: Cells, post: str) -> Iterator[Challenged]:
    for cell in matrix:
        first, second = cell.at(Line.DOING), cell.at(Line.OVERSEEING)
        if first is None or second is None or not (first.counts and second.counts):
            continue
        said, other = first.entry.value, second.entry.value
        if (
            first.entry.post == post
            and other.answers == first.entry.seq
            and (said.level, said.absent) != (other.level, other.absent)
        ):
            text = matrix.requirements[cell.key.about].value.text
            yield Challenged(matrix.cycle, cell, text, second.entry.seq)


def _proposals(view: View, standing: Standing, as_at: date) -> Iterator[Proposal]:
    for one in unresolved(view, as_at=as_at):
        if _may_end(view, standing, one.entry):
            yield one


def _may_end(view: View, standing: Standing, proposal: Entry[Decision]) -> bool:
    """Whether a proposal waits for a post: it names the post, or a body for which it decides.

    Who proposed it does not end it: of two posts of a body, the other one does.
    """
    value = proposal.value
    if value.by == standing.speaker.post:
        return True
    decides = any(
        value.act in role.decides and (not role.steps_only or value.step is not None)
        for role in standing.roles
    )
    return (
        decides
        and proposal.post != standing.speaker.post
        and _is_body(view, value.by)
        and top_of(value.by, view.find) == standing.force
    )


def _is_body(view: View, subject: str) -> bool:
    found = view.find(subject)
    return found is not None and getattr(found.held, "form", "") == "body"
