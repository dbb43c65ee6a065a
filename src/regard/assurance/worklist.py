"""What a new edition asks of a body, requirement by requirement."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from regard.assurance.lineage import DROPPED, NEW, Descent, aspects_of, descents
from regard.assurance.wording import told
from regard.core.errors import NotKnown
from regard.core.statements import Statement
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation
from regard.register.kinds.frame import Edition
from regard.register.kinds.speech import Judgement
from regard.register.kinds.values import Line
from regard.register.seeing import View


class Deed(StrEnum):
    """What a new edition asks about a requirement."""

    CARRIED = "carried unreviewed"
    RE_JUDGE = "re-judge"
    NEW = "new"
    ENDED = "ended"


@dataclass(frozen=True)
class Work:
    """What a new edition asks a body about one requirement.

    Attributes:
        deed: What is to be done.
        requirement: The requirement; of one that ended, as it stood before.
        was: The requirements it comes from.
        relation: What became of it, as the crosswalk says.
        aspects: The Cs to be judged anew.
        before: What the body judged of it before, at line 1: the last word on each C.
        reason: Why.
    """

    deed: Deed
    requirement: Entry[Expectation]
    was: tuple[str, ...]
    relation: str
    aspects: tuple[str, ...]
    before: tuple[Entry[Judgement], ...]
    reason: str

    @property
    def statement(self) -> Statement:
        """What is to be done, in a sentence."""
        return told(
            f"work: {self.deed}",
            source=self.requirement.source,
            requirement=self.requirement.value.text,
            reason=self.reason,
        )


def work_list(view: View, edition: str, *, scope: str, earlier: str = "") -> tuple[Work, ...]:
    """What an edition asks of a body: every judged requirement once, then those that ended.

    Args:
        view: The register at a position.
        edition: The edition.
        scope: The body.
        earlier: The edition it was judged by before; by default the one that it follows.

    Raises:
        NotKnown: the register does not hold the edition, or none before it.
        NotComparable: it does not descend from the earlier one.
    """
    entry: Entry[Edition] = view.one(edition)
    origin = earlier or entry.value.follows
    if not origin:
        raise NotKnown(
            "edition before this one",
            edition,
            (),
            next_step="publish the edition that it follows, and then this one, or name one",
        )
    said = _last_words(view, origin, scope)
    found = (_work(one, said) for one in descents(view, edition, origin))
    return tuple(one for one in found if one is not None)


def _last_words(view: View, edition: str, scope: str) -> dict[str, dict[str, Entry[Judgement]]]:
    """The last that a body judged of each requirement and C, at line 1."""
    said: dict[str, dict[str, Entry[Judgement]]] = {}
    found = view.all(Judgement, edition=edition, scope=scope)
    for one in sorted(found, key=lambda entry: (entry.effective, entry.seq)):
        if one.held is not None and one.held.counts and one.held.line is Line.DOING:
            said.setdefault(one.held.about, {})[one.held.aspect] = one
    return said


def _work(one: Descent, said: dict[str, dict[str, Entry[Judgement]]]) -> Work | None:
    if not one.now.value.judged:
        return None
    before = {aspect: entry for was in one.was for aspect, entry in said.get(was, {}).items()}
    asked = aspects_of(one.now.value)
    aspects, reason = asked, one.reason
    if one.relation == DROPPED:
        deed, aspects = Deed.ENDED, ()
    elif one.relation == NEW or not before:
        deed = Deed.NEW
        reason = reason if one.relation == NEW else f"{reason}; not judged before"
    elif one.carries:
        deed = Deed.CARRIED
        aspects = tuple(name for name in asked if name in one.aspects or name not in before)
    else:
        deed = Deed.RE_JUDGE
    kept = tuple(before[name] for name in sorted(before))
    return Work(deed, one.now, one.was, one.relation, aspects, kept, reason)
