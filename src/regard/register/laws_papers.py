"""Laws of decisions and documents: what is proposed ends, and what is issued stands."""

from __future__ import annotations

from regard.register.kinds.facts import Concern, Expectation
from regard.register.kinds.frame import Cycle
from regard.register.kinds.speech import (
    CLOSED,
    IN_EFFECT,
    OPEN_STAGES,
    Act,
    Decision,
    Document,
    Judgement,
    Stage,
)
from regard.register.kinds.values import Line
from regard.register.laws_speech import last_closure, owned_by, signs
from regard.register.saying import Saying
from regard.register.tree import head_said

_PROPOSED = ("by", "act", "text", "withheld", "step", "inputs", "level", "erased")


def decision_moves_on(saying: Saying) -> None:
    """Invariant 14: a proposal ends taken, amended, withdrawn or lapsed, or waits deferred."""
    value: Decision = saying.value
    before = saying.before
    if not isinstance(before, Decision):
        if value.stage in (Stage.PROPOSED, *IN_EFFECT):
            return
        raise saying.refuse(
            f"a decision does not begin as {value.stage}", expected="proposed, or taken at once"
        )
    if before.stage not in OPEN_STAGES:
        raise saying.refuse(
            f"it was {before.stage} and cannot become {value.stage}",
            expected="a decision of its own that answers it",
        )
    if before.stage is Stage.DEFERRED and value.stage is Stage.PROPOSED:
        raise saying.refuse("it was proposed already", expected="the stage in which it ends")
    fixed = [name for name in _PROPOSED if getattr(before, name) != getattr(value, name)]
    if value.stage is Stage.AMENDED:
        fixed = [name for name in fixed if name in ("act", "text")]
    if before.act is Act.EXTEND and value.stage is Stage.TAKEN and before.until != value.until:
        fixed.append("until")
    if fixed:
        raise saying.refuse(
            f"what was proposed cannot be changed ({', '.join(fixed)})",
            expected="the same, with what was agreed in `resolved` of an amended one",
        )


def decision_takes_what_it_may(saying: Saying) -> None:
    """Invariants 8 and 9: an extension has a date to move; what is closed was judged so.

    Nobody grants either to what they own.
    """
    value: Decision = saying.value
    if value.act not in (Act.EXTEND, Act.CLOSE):
        return
    about = saying.found(value.about)
    held = about.held if about else None
    if value.act is Act.EXTEND and not isinstance(held, Expectation):
        raise saying.refuse(f"{value.about} has no date that could move", expected="an expectation")
    if value.stage not in IN_EFFECT or not isinstance(held, Expectation | Concern):
        return
    owned = owned_by(saying.by, value.about, saying.knowing)
    if owned:
        raise saying.refuse(
            f"{saying.by.holder} holds or held {owned}, which owns or owned {value.about}, and "
            f"cannot {value.act} it",
            expected="a post that does not own it",
        )
    if value.act is Act.CLOSE and last_closure(value.about or "", saying.knowing) != CLOSED:
        raise saying.refuse(
            f"{value.about} was not judged to be closed",
            expected="a judgement at a higher line than its owner's",
        )


def signs_what_others_said(saying: Saying) -> None:
    """Invariant 5: a round is signed off once it is judged, by nobody of another line.

    Once it is closed nothing is said in it any more.
    """
    value: Decision = saying.value
    if not signs(value) or not value.cycle:
        return
    cycle = saying.found(value.cycle)
    if cycle is not None and isinstance(cycle.held, Cycle) and cycle.held.stage == "closed":
        raise saying.refuse(f"{value.cycle} is closed", expected="a round that is open")
    narrow = {"cycle": value.cycle}
    narrow |= {"scope": value.scope} if value.scope else {}
    narrow |= {"about": value.about} if value.about else {}
    for one in saying.knowing.said_by(saying.by.holder, Judgement, **narrow):
        if one.held is not None and one.held.counts and one.held.line is not Line.OVERSEEING:
            raise saying.refuse(
                f"{saying.by.holder} judged {one.held.about} at line {int(one.held.line)} in this "
                f"round (entry {one.seq}) and cannot sign it off",
                expected="another person",
            )
    if not any(
        one.held is not None and one.held.counts and one.held.line is Line.DOING
        for one in saying.knowing.all(Judgement, **narrow)
    ):
        raise saying.refuse(
            f"nothing was judged at line 1 of {value.about or value.scope or 'any body'} in "
            f"{value.cycle}",
            expected="a judgement that was made, and not only carried, before it is signed off",
        )


def erases_what_there_is(saying: Saying) -> None:
    """An erasure names entries of its own body, or of all."""
    value: Decision = saying.value
    if value.act is not Act.ERASE:
        return
    for seq in value.erased:
        found = saying.knowing.entry(seq)
        if found is None or found.force not in ("", saying.force):
            raise saying.refuse(
                f"there is no entry {seq} whose words it could erase",
                expected="entries of the same body",
            )


def issued_stands(saying: Saying) -> None:
    """Invariant 12: an issued document stands; it is published, and nothing else."""
    before = saying.before
    value: Document = saying.value
    if not isinstance(before, Document) or before.stage == "draft":
        return
    same = value.model_copy(update={"stage": before.stage}) == before
    if not (same and (before.stage, value.stage) == ("issued", "published")):
        raise saying.refuse(
            f"it was {before.stage} and stands as it is",
            expected="publication, or a document of its own that corrects it",
        )


def marked_as_high_as_cited(saying: Saying) -> None:
    """Invariant 13: a document is held as closely as what it cites, or withholds it by decision."""
    value: Document = saying.value
    withheld = _withheld(saying)
    for named in value.rests_on:
        cited = saying.found(named)
        if cited and named not in withheld and not saying.marking.covers(cited.marking):
            raise saying.refuse(
                f"it is marked {saying.marking} and cites {named}, which is {cited.marking}",
                expected="a marking as high, or a decision that withholds that item",
            )
    for one in value.cites:
        if one.seq is None:
            continue
        entry = saying.numbered(one.seq)
        if entry is None or (value.position is not None and entry.seq > value.position):
            raise saying.refuse(
                f"it prints {one.printed} from entry {one.seq}, which there is none of",
                expected="an entry of this journal, at the position it was written from",
            )
        if entry.subject not in withheld and not saying.marking.covers(entry.marking):
            raise saying.refuse(
                f"it is marked {saying.marking} and prints {one.printed} from entry {one.seq}, "
                f"which is {entry.marking}",
                expected="a marking as high, or a decision that withholds that item",
            )


def _withheld(saying: Saying) -> set[str]:
    value: Document = saying.value
    withheld: set[str] = set()
    for named in value.redactions:
        decision = saying.found(named)
        held = decision.held if decision else None
        if not isinstance(held, Decision) or held.act is not Act.REDACT:
            raise saying.refuse(f"{named} is not a decision to redact", expected="one that is")
        if {held.about, held.paper} - {None} and saying.subject not in (held.about, held.paper):
            raise saying.refuse(
                f"{named} withholds items of {held.about or held.paper}",
                expected="a decision about this document",
            )
        if held.stage in IN_EFFECT:
            withheld |= {one.item for one in held.withheld if one.until >= value.held_on}
    return withheld


def head_is_the_journals(saying: Saying) -> None:
    """Invariant 12: a document stands at a position of the journal, and prints its true head."""
    value: Document = saying.value
    begun = saying.begun
    if value.position is None:
        return
    if value.position > begun.size:
        raise saying.refuse(
            f"it was written from position {value.position:,}, and the journal ends at "
            f"{begun.size:,}",
            expected="a position that was reached before it was entered",
        )
    if not value.head:
        return
    root = begun.root if value.position == begun.size else saying.knowing.root_at(value.position)
    if value.head != head_said(value.position, root):
        raise saying.refuse(
            f"it prints the head {value.head!r}, which the journal never had there",
            expected=head_said(value.position, root),
        )
