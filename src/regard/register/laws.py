"""The laws that every entry keeps, checked inside the transaction that writes it.

The numbers are those of the metamodel's fifteen invariants. What is derived (gaps, staleness,
roll-ups) is kept by the rooms that derive it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from regard.core.errors import EntryRefused
from regard.core.markings import Marking
from regard.register.entries import Entry, Speaker
from regard.register.kinds.facts import Concern, Expectation
from regard.register.kinds.frame import Cycle, Edition, Link, Party
from regard.register.kinds.speech import (
    CLOSURE,
    IN_EFFECT,
    OPEN_STAGES,
    Act,
    Decision,
    Document,
    Judgement,
)
from regard.register.kinds.values import Line, LinkType
from regard.register.knowing import Knowing
from regard.register.subjects import kind_of

DEEPEST = 50  # steps from an expectation to what it is a part of, before it counts as a ring


@dataclass(frozen=True)
class Saying:
    """An entry that is about to be made.

    Attributes:
        value: What is said.
        subject: About what.
        by: Who says it.
        marking: How closely it is held.
        previous: The version before it.
        knowing: What the transaction knows.
        begun_at: The size of the journal when the transaction began.
    """

    value: Any
    subject: str
    by: Speaker
    marking: Marking
    previous: Entry[Any] | None
    knowing: Knowing
    begun_at: int

    def refuse(self, wrong: str, *, expected: str, next_step: str = "") -> EntryRefused:
        """The refusal of this entry."""
        return EntryRefused(
            f"{self.subject}: {wrong}",
            expected=expected,
            next_step=next_step or "nothing was written; put it right and enter it again",
        )


def check(saying: Saying) -> None:
    """Refuse an entry that breaks a law.

    Raises:
        EntryRefused: it does; the message says which law and how it can be kept.
    """
    for law in _FOR_ALL:
        law(saying)
    for law in _BY_KIND.get(saying.value.kind, ()):
        law(saying)


def above(subject: str, knowing: Knowing) -> tuple[str, ...]:
    """An expectation and everything it is a part of, nearest first."""
    found = [subject]
    while len(found) < DEEPEST:
        held = knowing.latest(found[-1])
        parent = getattr(held.held, "parent", None) if held else None
        if not parent or parent in found:
            break
        found.append(parent)
    return tuple(found)


def _of_its_kind(saying: Saying) -> None:
    named = kind_of(saying.subject)
    if named != saying.value.kind:
        raise saying.refuse(
            f"the subject names a {named} and the entry is a {saying.value.kind}",
            expected=f"a subject that begins with {saying.value.kind}:",
        )


def _facets_stand(saying: Saying) -> None:
    before = saying.previous
    if before is None or before.held is None:
        return
    was, now = before.held.facets(), saying.value.facets()
    moved = [name for name in was._fields if getattr(was, name) != getattr(now, name)]
    if moved:
        told = "; ".join(f"{name} {getattr(was, name)} to {getattr(now, name)}" for name in moved)
        raise saying.refuse(
            f"a later version cannot be about something else ({told})",
            expected=f"the same {', '.join(moved)}",
            next_step="enter it as a subject of its own",
        )


def _names_what_exists(saying: Saying) -> None:
    named = {target for _, target in saying.value.names()}
    if isinstance(saying.value, Link):
        named |= {saying.value.source, saying.value.target}
    missing = sorted(
        one for one in named if one != saying.subject and saying.knowing.latest(one) is None
    )
    if missing:
        raise saying.refuse(
            f"it names {', '.join(missing)}, which the register does not hold",
            expected="subjects that were entered before",
        )


def _edition_is_frozen(saying: Saying) -> None:  # invariant 2
    edition = saying.knowing.latest(saying.value.edition)
    held = edition.held if edition else None
    if edition is None or not isinstance(held, Edition) or not held.digest:
        return
    if edition.seq <= saying.begun_at:
        raise saying.refuse(
            f"{edition.subject} was frozen by entry {edition.seq}; nothing in it changes",
            expected="a requirement of an edition that is being published now",
            next_step="publish a new edition; a revision is never an edit",
        )


def _parent_in_edition(saying: Saying) -> None:
    parent = saying.value.parent
    if parent is None:
        return
    held = saying.knowing.latest(parent)
    if held is not None and getattr(held.held, "edition", None) != saying.value.edition:
        raise saying.refuse(
            f"its parent {parent} stands in another edition", expected=saying.value.edition
        )
    if saying.subject in above(parent, saying.knowing):
        raise saying.refuse(f"it would be a part of itself through {parent}", expected="a tree")


def _date_moves_by_decision(saying: Saying) -> None:  # invariant 8
    before = saying.previous
    if before is None or not isinstance(before.held, Expectation):
        return
    was, now = before.held.window.end, saying.value.window.end
    if was == now:
        return
    decision = saying.knowing.latest(saying.value.moved_by) if saying.value.moved_by else None
    held = decision.held if decision else None
    if (
        not isinstance(held, Decision)
        or held.act is not Act.EXTEND
        or held.stage not in IN_EFFECT
        or held.about != saying.subject
        or held.until != now
    ):
        raise saying.refuse(
            f"its date moves from {was or 'none'} to {now or 'none'} without a decision",
            expected="moved_by naming a decision to extend it, taken, until that day",
        )


def _judges_what_is_judged(saying: Saying) -> None:  # invariant 2
    value: Judgement = saying.value
    about = saying.knowing.latest(value.about)
    held = about.held if about else None
    if not isinstance(held, Expectation) or value.aspect == CLOSURE:
        return
    if held.edition != value.edition:
        raise saying.refuse(
            f"{value.about} stands in {held.edition}, and {value.edition} is named",
            expected=held.edition,
        )
    if value.line is Line.BOARD:
        return  # the board says whether it is assured, on a scale of its own
    if not held.judged:
        raise saying.refuse(
            f"{value.about} is not judged; what stands below it is",
            expected="an expectation that is judged",
        )
    if value.scale != held.scale:
        raise saying.refuse(f"it is judged on {held.scale}", expected=held.scale)
    if held.aspects and value.aspect not in held.aspects:
        raise saying.refuse(
            f"it is not judged under {value.aspect}", expected=", ".join(held.aspects)
        )


def _within_its_cycle(saying: Saying) -> None:
    value: Judgement = saying.value
    cycle = saying.knowing.latest(value.cycle) if value.cycle else None
    held = cycle.held if cycle else None
    if not isinstance(held, Cycle):
        return
    if held.stage == "closed":
        raise saying.refuse(f"{value.cycle} is closed", expected="a round that is open")
    if value.scope not in held.scopes:
        raise saying.refuse(
            f"{value.cycle} is not about {value.scope}", expected=", ".join(held.scopes[:5])
        )
    if value.edition and value.edition not in held.editions:
        raise saying.refuse(
            f"{value.cycle} does not judge {value.edition}", expected=", ".join(held.editions)
        )


def _carried_is_not_made(saying: Saying) -> None:  # invariant 3
    value: Judgement = saying.value
    before = saying.previous.held if saying.previous else None
    if value.standing == "made":
        return
    if isinstance(before, Judgement) and before.standing == "made":
        raise saying.refuse(
            "it was judged in this round, and a carried judgement would stand in its place",
            expected="a carried judgement only where nothing was said yet",
        )
    origin = saying.knowing.entry(value.carried_from) if value.carried_from else None
    held = origin.held if origin else None
    if not isinstance(held, Judgement) or (held.aspect, held.scope, held.line) != (
        value.aspect,
        value.scope,
        value.line,
    ):
        raise saying.refuse(
            f"entry {value.carried_from} is not a judgement of the same body, C and line",
            expected="the entry that it is carried from",
        )


def _one_line_each(saying: Saying) -> None:  # invariant 5
    value: Judgement = saying.value
    if value.standing == "carried" or not value.cycle:
        return
    said = saying.knowing.all(Judgement, about=value.about, scope=value.scope, cycle=value.cycle)
    for one in said:
        if (
            one.held is not None
            and one.held.counts
            and one.holder == saying.by.holder
            and one.held.line != value.line
        ):
            raise saying.refuse(
                f"{saying.by.holder} spoke of {value.about} at line {int(one.held.line)} in this "
                f"round (entry {one.seq}) and would now speak at line {int(value.line)}",
                expected="another person at each line",
            )


def _nobody_verifies_their_own(saying: Saying) -> None:  # invariants 5 and 9
    value: Judgement = saying.value
    about = saying.knowing.latest(value.about)
    owner = getattr(about.held, "owner", None) if about else None
    if value.aspect == CLOSURE and value.line is Line.DOING:
        raise saying.refuse(
            f"{value.about} cannot be closed or opened again at the line of its owner",
            expected="a judgement at line 2, line 3 or of the board",
        )
    if owner is None or value.line is Line.DOING:
        return
    if owner in _posts_of(saying.by, saying.knowing):
        raise saying.refuse(
            f"{saying.by.holder} holds {owner}, which owns {value.about}, and cannot verify it",
            expected="a post that does not own it",
        )


def _posts_of(by: Speaker, knowing: Knowing) -> tuple[str, ...]:
    holder = knowing.latest(by.holder)
    held = holder.held if holder else None
    posts = tuple(one.post for one in held.appointments) if isinstance(held, Party) else ()
    return (by.post, *posts)


def _answers_another(saying: Saying) -> None:
    value: Judgement = saying.value
    if value.answers is None:
        return
    answered = saying.knowing.entry(value.answers)
    held = answered.held if answered else None
    if answered is None or not isinstance(held, Judgement) or held.about != value.about:
        raise saying.refuse(
            f"entry {value.answers} is not a judgement of {value.about}",
            expected="the entry of the judgement that is challenged",
        )
    if answered.holder == saying.by.holder:
        raise saying.refuse(
            f"{saying.by.holder} would challenge its own judgement (entry {value.answers})",
            expected="another person",
        )


def _moves_on(saying: Saying) -> None:  # invariant 14
    value: Decision = saying.value
    before = saying.previous.held if saying.previous else None
    if not isinstance(before, Decision):
        if value.stage in (*OPEN_STAGES[:1], *IN_EFFECT):
            return
        raise saying.refuse(
            f"a decision does not begin as {value.stage}", expected="proposed, or taken at once"
        )
    if before.stage not in OPEN_STAGES:
        raise saying.refuse(
            f"it was {before.stage} and cannot become {value.stage}",
            expected="a decision of its own that answers it",
        )
    if value.act is not before.act or value.text != before.text:
        raise saying.refuse(
            "the words that were proposed cannot be changed",
            expected="the same text, with what was agreed in `resolved`",
        )


def _extends_what_is_due(saying: Saying) -> None:
    value: Decision = saying.value
    if value.act is Act.EXTEND:
        about = saying.knowing.latest(value.about or "")
        if about is None or not isinstance(about.held, Expectation):
            raise saying.refuse(
                f"{value.about} has no date that could move", expected="an expectation"
            )


def _signs_what_others_said(saying: Saying) -> None:  # invariant 5
    value: Decision = saying.value
    if value.act is not Act.SIGN_OFF or value.stage not in IN_EFFECT or not value.cycle:
        return
    narrow = {"scope": value.scope} if value.scope else {}
    for one in saying.knowing.all(Judgement, cycle=value.cycle, **narrow):
        if (
            one.holder == saying.by.holder
            and one.held is not None
            and one.held.counts
            and one.held.line is Line.DOING
        ):
            raise saying.refuse(
                f"{saying.by.holder} judged {one.held.about} at line 1 in this round (entry "
                f"{one.seq}) and cannot sign it off",
                expected="another person",
            )


def _no_ring_of_answers(saying: Saying) -> None:  # invariant 15
    value: Link = saying.value
    if value.type is not LinkType.ANSWERS or value.withdrawn:
        return
    seen, queue = set(), [value.target]
    while queue:
        here = queue.pop()
        if here == value.source:
            raise saying.refuse(
                f"{value.source} would answer itself through {value.target}",
                expected="answers that lead from what is done to what is required",
            )
        if here in seen:
            continue
        seen.add(here)
        queue.extend(
            one.held.target
            for one in saying.knowing.all(Link, about=here)
            if one.held is not None
            and one.held.type is LinkType.ANSWERS
            and not one.held.withdrawn
        )


def _issued_stands(saying: Saying) -> None:  # invariant 12
    before = saying.previous.held if saying.previous else None
    value: Document = saying.value
    if not isinstance(before, Document) or before.stage == "draft":
        return
    same = value.model_copy(update={"stage": before.stage}) == before
    if not (same and (before.stage, value.stage) == ("issued", "published")):
        raise saying.refuse(
            f"it was {before.stage} and stands as it is",
            expected="publication, or a document of its own that corrects it",
        )


def _marked_as_high_as_cited(saying: Saying) -> None:  # invariant 13
    value: Document = saying.value
    withheld = set()
    for named in value.redactions:
        decision = saying.knowing.latest(named)
        held = decision.held if decision else None
        if not isinstance(held, Decision) or held.act is not Act.REDACT:
            raise saying.refuse(f"{named} is not a decision to redact", expected="one that is")
        if held.stage in IN_EFFECT:
            withheld |= {one.item for one in held.withheld if one.until >= value.held_on}
    for named in value.rests_on:
        cited = saying.knowing.latest(named)
        if cited and named not in withheld and not saying.marking.covers(cited.marking):
            raise saying.refuse(
                f"it is marked {saying.marking} and cites {named}, which is {cited.marking}",
                expected="a marking as high, or a decision that withholds that item",
            )
    for one in value.cites:
        entry = saying.knowing.entry(one.seq) if one.seq else None
        if one.seq and entry is None:
            raise saying.refuse(
                f"it prints {one.printed} from entry {one.seq}, which there is none of",
                expected="an entry of this journal",
            )
        if entry and entry.subject not in withheld and not saying.marking.covers(entry.marking):
            raise saying.refuse(
                f"it is marked {saying.marking} and prints {one.printed} from entry {one.seq}, "
                f"which is {entry.marking}",
                expected="a marking as high, or a decision that withholds that item",
            )


def _round_stands(saying: Saying) -> None:
    before = saying.previous.held if saying.previous else None
    if not isinstance(before, Cycle):
        return
    if before.stage == "closed":
        raise saying.refuse("it is closed", expected="the next round")
    fixed = [
        name
        for name in ("editions", "scopes", "aspects", "as_at", "follows")
        if getattr(before, name) != getattr(saying.value, name)
    ]
    if fixed:
        raise saying.refuse(
            f"{', '.join(fixed)} of a round cannot change while it is held",
            expected="the same, or a round of its own",
        )


def _bodies_are_a_tree(saying: Saying) -> None:
    value: Party = saying.value
    seen = [saying.subject]
    here = value.parent
    while here:
        if here in seen:
            raise saying.refuse(f"it would be a part of itself through {here}", expected="a tree")
        seen.append(here)
        held = saying.knowing.latest(here)
        here = held.held.parent if held and isinstance(held.held, Party) else None


def _owner_is_a_post(saying: Saying) -> None:
    value: Concern | Expectation = saying.value
    owner = saying.knowing.latest(value.owner) if value.owner else None
    if owner is not None and isinstance(owner.held, Party) and owner.held.form != "post":
        raise saying.refuse(
            f"{value.owner} is a {owner.held.form}; work belongs to posts", expected="a post"
        )


Law = Callable[[Saying], None]

_FOR_ALL: tuple[Law, ...] = (_of_its_kind, _facets_stand, _names_what_exists)
_BY_KIND: dict[str, tuple[Law, ...]] = {
    "party": (_bodies_are_a_tree,),
    "expectation": (
        _edition_is_frozen,
        _parent_in_edition,
        _date_moves_by_decision,
        _owner_is_a_post,
    ),
    "concern": (_owner_is_a_post,),
    "judgement": (
        _judges_what_is_judged,
        _within_its_cycle,
        _carried_is_not_made,
        _one_line_each,
        _nobody_verifies_their_own,
        _answers_another,
    ),
    "decision": (_moves_on, _extends_what_is_due, _signs_what_others_said),
    "link": (_no_ring_of_answers,),
    "document": (_issued_stands, _marked_as_high_as_cited),
    "cycle": (_round_stands,),
}
