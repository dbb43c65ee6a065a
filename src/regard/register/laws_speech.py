"""Laws of judgements: who may speak at which line, on what, and what counts as having spoken."""

from __future__ import annotations

from regard.register.entries import Speaker
from regard.register.kinds.facts import Concern, Expectation
from regard.register.kinds.frame import Cycle, Party
from regard.register.kinds.speech import (
    BY_OTHERS,
    CLOSED,
    CLOSURE,
    IN_EFFECT,
    REOPENED,
    Act,
    Decision,
    Judgement,
)
from regard.register.kinds.values import Line
from regard.register.knowing import Knowing
from regard.register.saying import Saying


def judgement_stands(saying: Saying) -> None:
    """A later version speaks under the same C and at the same line, and never for another line."""
    before = saying.before
    value: Judgement = saying.value
    if isinstance(before, Judgement) and (before.aspect, before.line) != (value.aspect, value.line):
        raise saying.refuse(
            f"it speaks of {before.aspect} at line {int(before.line)}, and would speak of "
            f"{value.aspect} at line {int(value.line)}",
            expected="the same C and line",
            next_step="enter it as a judgement of its own",
        )


def judges_what_is_judged(saying: Saying) -> None:
    """Invariant 2: a judgement names an expectation and its edition, and judges it as that says."""
    value: Judgement = saying.value
    about = saying.found(value.about)
    held = about.held if about else None
    if not isinstance(held, Expectation):
        return
    if held.edition != value.edition:
        raise saying.refuse(
            f"{value.about} stands in {held.edition}, and {value.edition} is named",
            expected=held.edition,
        )
    if value.aspect in BY_OTHERS or value.line is Line.BOARD:
        return  # on scales of their own: done or not, closed or not, assured or not
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


def within_its_cycle(saying: Saying) -> None:
    """A judgement in a round is of its bodies and editions, while it is held."""
    value: Judgement = saying.value
    cycle = saying.found(value.cycle)
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


def carried_is_not_made(saying: Saying) -> None:
    """Invariant 3: what is carried is what was said, and never stands where somebody spoke."""
    value: Judgement = saying.value
    if value.standing == "made":
        return
    if any(
        isinstance(one.held, Judgement) and one.held.counts
        for one in saying.knowing.versions(saying.subject)
    ):
        raise saying.refuse(
            "it was judged in this round, and a carried judgement would stand in its place",
            expected="a carried judgement only where nothing was said yet",
        )
    origin = saying.numbered(value.carried_from)
    held = origin.held if origin else None
    if not isinstance(held, Judgement) or _place(held) != _place(value):
        raise saying.refuse(
            f"entry {value.carried_from} is not a judgement of the same body, C and line",
            expected="the entry that it is carried from",
        )
    if (held.scale, held.level, held.absent) != (value.scale, value.level, value.absent):
        raise saying.refuse(
            f"entry {value.carried_from} says {held.level or held.absent} on {held.scale}, and "
            f"{value.level or value.absent} on {value.scale} would be carried",
            expected="the level that was said",
        )


def _place(held: Judgement) -> tuple[str, str, Line]:
    return held.aspect, held.scope, held.line


def one_line_each(saying: Saying) -> None:
    """Invariant 5: a person speaks at one line on the same thing in one round.

    Whatever it ever said there counts, also where another has spoken since; and a sign-off is
    speech at the second line on everything that it signs.
    """
    value: Judgement = saying.value
    if not value.counts or not value.cycle:
        return
    holder, knowing = saying.by.holder, saying.knowing
    for one in knowing.said_by(
        holder, Judgement, about=value.about, scope=value.scope, cycle=value.cycle
    ):
        line = one.held.line if one.held is not None and one.held.counts else None
        if line not in (None, value.line) or (one.held is None and one.subject != saying.subject):
            raise saying.refuse(
                f"{holder} spoke of {value.about} at "
                f"{'a line' if line is None else f'line {int(line)}'} in this round (entry "
                f"{one.seq}) and would now speak at line {int(value.line)}",
                expected="another person at each line",
            )
    if value.line is Line.OVERSEEING:
        return
    for signed in knowing.said_by(holder, Decision, cycle=value.cycle):
        if signs(signed.held) and _scope(signed.held) in (None, value.scope):
            raise saying.refuse(
                f"{holder} signed this round off (entry {signed.seq}) and would now speak at line "
                f"{int(value.line)}",
                expected="another person at each line",
            )


def _scope(held: Decision | None) -> str | None:
    return held.scope if held is not None else None


def signs(held: Decision | None) -> bool:
    """Whether a decision signs a round off."""
    return held is not None and held.act is Act.SIGN_OFF and held.stage in IN_EFFECT


def nobody_verifies_their_own(saying: Saying) -> None:
    """Invariants 5 and 9: whoever owns something, or ever did, does not verify or close it."""
    value: Judgement = saying.value
    if value.aspect in BY_OTHERS and value.line is Line.DOING:
        raise saying.refuse(
            f"{value.about} cannot be verified, closed or opened again at the line of its owner",
            expected="a judgement at line 2, line 3 or of the board",
        )
    if value.line is not Line.DOING:
        owned = owned_by(saying.by, value.about, saying.knowing)
        if owned:
            raise saying.refuse(
                f"{saying.by.holder} holds or held {owned}, which owns or owned {value.about}, "
                "and cannot verify it",
                expected="a post that does not own it",
            )


def owned_by(by: Speaker, about: str | None, knowing: Knowing) -> str:
    """The post by which a speaker owns, or ever owned, a subject; empty if there is none."""
    told = [getattr(one.held, "owner", None) for one in knowing.versions(about or "")]
    owners = {one for one in told if isinstance(one, str)}
    if not owners:
        return ""
    held = [one.held for one in knowing.versions(by.holder)]
    posts = {one.post for party in held if isinstance(party, Party) for one in party.appointments}
    return min(owners & (posts | {by.post}), default="")


def closes_what_is_open(saying: Saying) -> None:
    """Invariant 9: what is open is closed, what was closed is opened again, and each is counted."""
    value: Judgement = saying.value
    if value.aspect != CLOSURE:
        return
    about = saying.found(value.about)
    if about is not None and not isinstance(about.held, Expectation | Concern | None):
        raise saying.refuse(
            f"{value.about} is a {about.kind}, which nobody closes",
            expected="a concern or an expectation",
        )
    if value.level not in (CLOSED, REOPENED) or not value.counts:
        raise saying.refuse(
            f"{value.standing} {value.level or value.absent} neither closes nor opens again",
            expected=f"a judgement that it is {CLOSED} or {REOPENED}",
        )
    stands = last_closure(value.about, saying.knowing)
    if value.level == REOPENED and stands != CLOSED:
        raise saying.refuse(f"{value.about} is not closed", expected=f"{CLOSED}, while it is open")
    if value.level == CLOSED and stands == CLOSED:
        raise saying.refuse(f"{value.about} is closed", expected=f"{REOPENED}, if it came back")


def last_closure(about: str, knowing: Knowing) -> str:
    """What was last said of whether a subject is closed; empty if nothing was."""
    said = [
        (one.seq, one.held.level or "")
        for one in knowing.all(Judgement, about=about)
        if one.held is not None and one.held.aspect == CLOSURE
    ]
    return max(said)[1] if said else ""


def answers_another(saying: Saying) -> None:
    """A challenge answers a judgement of the same thing, by another person."""
    value: Judgement = saying.value
    if value.answers is None:
        return
    answered = saying.numbered(value.answers)
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
