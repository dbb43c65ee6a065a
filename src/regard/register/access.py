"""Who may see and say what: one guarded way, in which whatever is not allowed is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from regard.core.errors import AccessRefused
from regard.core.markings import Marking, Tier
from regard.register.entries import Entry, Speaker
from regard.register.kinds.frame import Cycle, Party
from regard.register.kinds.speech import Act, Decision, Document, Judgement, Stage
from regard.register.kinds.values import Kind, Line
from regard.register.roles import ROLES, Role

Find = Callable[[str], Entry[Any] | None]
"""The entry of a subject as it stands now, or none."""

DEEPEST = 12  # bodies within bodies before a chain of parents counts as a ring


class Verb(StrEnum):
    """What can be done with an entry."""

    READ = "read"
    ENTER = "enter"
    AMEND = "amend"
    ERASE = "erase"


class Everything:
    """The reader inside the house: verification, rebuilding, laws. No screen holds it."""


EVERYTHING = Everything()


class Public:
    """The reader outside: published documents that are OFFICIAL, and nothing else."""


PUBLIC = Public()

Reader = Speaker | Everything | Public


@dataclass(frozen=True)
class Standing:
    """What a speaker is at this moment, as the register has it.

    Attributes:
        speaker: Who speaks.
        roles: The roles of the post.
        groups: The groups that need to know, to which it belongs.
        force: The body at the top of those it belongs to.
    """

    speaker: Speaker
    roles: tuple[Role, ...]
    groups: frozenset[str]
    force: str


def standing_of(speaker: Speaker, find: Find, today: date) -> Standing:
    """What a speaker is today; asked again at every call, so that a removal holds at once.

    Raises:
        AccessRefused: there is no such post or holder, or the holder does not hold the post.
    """
    post, holder = _party(speaker.post, "post", find), _party(speaker.holder, "person", find)
    held = [one for one in holder.appointments if one.post == speaker.post]
    if not any(one.window.holds(today) for one in held):
        windows = ", ".join(f"{one.window.start or '…'} to {one.window.end or '…'}" for one in held)
        raise AccessRefused(
            f"{speaker.holder} does not hold {speaker.post} on {today}"
            + (f" (held {windows})" if windows else ""),
            expected="a holder whose appointment covers the day",
        )
    roles = tuple(ROLES[one] for one in post.roles if one in ROLES)
    return Standing(speaker, roles, frozenset(post.groups), top_body(post, find))


def _party(subject: str, form: str, find: Find) -> Party:
    found = find(subject)
    if found is None or found.held is None or not isinstance(found.held, Party):
        raise AccessRefused(f"{subject} is not in the register", expected=f"a {form}")
    if found.held.form != form:
        raise AccessRefused(f"{subject} is a {found.held.form}", expected=f"a {form}")
    return found.held


def top_body(party: Party, find: Find) -> str:
    """The body at the top of those to which a party belongs; its entries are that body's."""
    subject = party.parent or ""
    for _ in range(DEEPEST):
        found = find(subject) if subject else None
        if found is None or found.held is None or not found.held.parent:
            return subject
        subject = found.held.parent
    return subject


def top_of(subject: str, find: Find) -> str:
    """The body at the top of those to which a named party belongs; empty if there is none."""
    found = find(subject)
    held = found.held if found is not None else None
    return (top_body(held, find) or subject) if isinstance(held, Party) else ""


def may_read(standing: Standing, kind: str, *, marking: Marking, force: str) -> bool:
    """Whether a speaker may read an entry of a kind, so marked, of a body."""
    return any(
        kind in role.reads
        and (force in ("", standing.force) or role.beyond)
        and (marking.tier is Tier.OFFICIAL or role.sensitive)
        and marking.need_to_know <= standing.groups
        for role in standing.roles
    )


def may_enter(standing: Standing, kind: str, *, marking: Marking, force: str) -> bool:
    """Whether a speaker may enter an entry of a kind, so marked, of a body, at all.

    What a role may say within the kind is asked of `must_say`.
    """
    return may_read(standing, kind, marking=marking, force=force) and any(
        kind in role.enters and (force == standing.force or (force == "" and role.shares))
        for role in standing.roles
    )


def may(standing: Standing, verb: Verb, kind: str, *, marking: Marking, force: str) -> bool:
    """Whether a speaker may do something with an entry of a kind, so marked, of a body."""
    if verb is Verb.READ:
        return may_read(standing, kind, marking=marking, force=force)
    if verb is Verb.ERASE:
        return any(role.erases for role in standing.roles) and force in ("", standing.force)
    return may_enter(standing, kind, marking=marking, force=force)


def must_enter(
    standing: Standing, value: Kind, *, marking: Marking, force: str, previous: Entry[Any] | None
) -> None:
    """Refuse a speaker that may not enter this, or not amend what stands.

    Raises:
        AccessRefused: its roles do not allow it; the message names what they do.
    """
    verb = Verb.ENTER if previous is None else Verb.AMEND
    allowed = may(standing, verb, value.kind, marking=marking, force=force) and (
        previous is None
        or may(standing, verb, value.kind, marking=previous.marking, force=previous.force)
    )
    if not allowed:
        # The verb would say that there is such a subject to one who may not know.
        raise AccessRefused(
            f"{standing.speaker.post} ({_named(standing)}) may not enter a {value.kind} "
            f"marked {marking} of {force or 'all bodies'}",
            expected="a post whose role enters that kind, for its own body, so marked",
            next_step=f"ask a post with the role {_entering(value.kind)}; or ask who keeps the "
            "register",
        )


def must_appoint(
    standing: Standing, value: Party, subject: str, before: Party | None, find: Find, house: str
) -> None:
    """Refuse a keeper that would reach into the posts of another body, or take it over.

    A keeper appoints within its own body; the one of the body that founded the register makes
    other bodies and their first posts.

    Args:
        standing: Who speaks.
        value: The party as it is to be.
        subject: Which party.
        before: The party as it was.
        find: The entry of a subject as it stands.
        house: The body that founded the register.

    Raises:
        AccessRefused: a body, a post or a held post of it belongs to another body.
    """
    if standing.force == house:
        return
    tops = {top_body(value, find) or subject}
    held = {one.post for one in value.appointments}
    if before is not None:
        tops.add(top_body(before, find) or subject)
        held |= {one.post for one in before.appointments}
    for post in held:
        found = find(post)
        if found is not None and isinstance(found.held, Party):
            tops.add(top_body(found.held, find) or post)
    if tops != {standing.force}:
        raise AccessRefused(
            f"{standing.speaker.post} ({_named(standing)}) may not appoint {subject}: it is not "
            f"all of {standing.force}",
            expected="bodies, posts and holders of its own body",
            next_step=f"ask the keeper of {house}",
        )


def must_say(
    standing: Standing,
    value: Kind,
    *,
    assigned: bool,
    of: str = "",
    previous: Entry[Any] | None = None,
) -> None:
    """Refuse a speaker that may enter the kind but not say this within it.

    Args:
        standing: Who speaks.
        value: What is said.
        assigned: Whether a round or an ownership assigns the subject to the post.
        of: The body at the top of the one that is judged.
        previous: The version before it.

    Raises:
        AccessRefused: no role allows the line, the act or the issue, or to judge that body.
    """
    if isinstance(value, Judgement) and not (
        of in ("", standing.force) or any(role.beyond for role in standing.roles)
    ):
        raise AccessRefused(
            f"{standing.speaker.post} ({_named(standing)}) may not judge {value.scope}",
            expected=f"a body of {standing.force}, or a post whose role reads every body",
        )
    if isinstance(value, Judgement) and not (
        _may_judge(standing, value.line, assigned) or _may_carry(standing, value)
    ):
        raise AccessRefused(
            f"{standing.speaker.post} ({_named(standing)}) may not judge {value.about} at line "
            f"{int(value.line)}",
            expected="a post to which the round assigns it at that line"
            if value.line is Line.DOING
            else "a post whose role speaks at that line",
        )
    if isinstance(value, Decision) and not _may_decide(standing, value, previous):
        raise AccessRefused(
            f"{standing.speaker.post} ({_named(standing)}) may not bring the decision to "
            f"{value.act} to the stage {value.stage}",
            expected="a post whose role proposes or takes that act",
        )
    if (
        isinstance(value, Document)
        and value.stage != "draft"
        and not any(role.issues for role in standing.roles)
    ):
        raise AccessRefused(
            f"{standing.speaker.post} ({_named(standing)}) may not bring a document to the stage "
            f"{value.stage}",
            expected="a post whose role issues documents",
        )


def _may_judge(standing: Standing, line: Line, assigned: bool) -> bool:
    return any(line in role.lines and (assigned or not role.assigned) for role in standing.roles)


def _may_carry(standing: Standing, value: Judgement) -> bool:
    # Who runs a round offers it what was judged in the last; a law holds it to the same words.
    return not value.counts and any(Cycle.kind in role.enters for role in standing.roles)


def _may_decide(standing: Standing, value: Decision, previous: Entry[Any] | None) -> bool:
    # Whoever proposed may withdraw; every other end is an act of the authority.
    withdrawing = (
        value.stage is Stage.WITHDRAWN
        and previous is not None
        and previous.post == standing.speaker.post
    )
    proposing = value.stage is Stage.PROPOSED or withdrawing
    return any(
        value.act in (role.proposes | role.decides if proposing else role.decides)
        and (not role.steps_only or value.step is not None)
        and (value.act is not Act.ERASE or role.erases)
        for role in standing.roles
    )


def assigned_by(cycle: Cycle, judgement: Judgement, post: str, above: tuple[str, ...]) -> bool:
    """Whether a round assigns a judgement to a post.

    Args:
        cycle: The round.
        judgement: What is to be judged, and at which line.
        post: The post.
        above: The requirement and everything above it.
    """
    return any(
        duty.post == post
        and duty.line == judgement.line
        and duty.scope in (None, judgement.scope)
        and (duty.about is None or duty.about in above)
        for duty in cycle.duties
    )


def _entering(kind: str) -> str:
    held = [role.name for role in ROLES.values() if kind in role.enters]
    return " or ".join(filter(None, (", ".join(held[:-1]), *held[-1:])))


def _named(standing: Standing) -> str:
    return ", ".join(role.name for role in standing.roles) or "no role"
