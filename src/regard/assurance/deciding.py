"""A decision entered inside an act: taken at once, or the taking of one that was proposed."""

from __future__ import annotations

from typing import Any

from regard.assurance.numbering import next_of
from regard.core.errors import EntryRefused
from regard.core.markings import OFFICIAL, Marking
from regard.register.acting import Acts
from regard.register.entries import Entry
from regard.register.kinds.reading import changed, made
from regard.register.kinds.speech import Act, Decision, Stage
from regard.register.subjects import kind_of, path_of, slug


def decide(
    acts: Acts,
    act: Act,
    about: str,
    *,
    text: str,
    reason: str,
    proposal: str | None = None,
    stage: Stage = Stage.TAKEN,
    decided_by: str | None = None,
    **fields: Any,
) -> Entry[Decision]:
    """Enter a decision about a subject: taken by the post that speaks, or put to another.

    Args:
        acts: The act.
        act: What is done.
        about: About what.
        text: The words of the decision.
        reason: Why.
        proposal: The open decision that this takes; its words stay as they were proposed.
        stage: Where it stands then.
        decided_by: The post or body that decides; by default the post that speaks, and of what
            is only proposed its force.
        **fields: What the act needs, such as `until` or `inputs`.

    Raises:
        EntryRefused: the proposal is another act or about something else, or a law is broken.
        AccessRefused: the speaker may not.
        DefinitionRefused: what the act needs is missing.
    """
    if proposal is None:
        subject = next_of(acts, "decision", slug(act), kind_of(about), path_of(about))
        value = made(
            Decision,
            by=decided_by or (acts.standing.force if stage is Stage.PROPOSED else acts.by.post),
            act=act,
            about=about,
            text=text,
            reason=reason,
            stage=stage,
            on=acts.today,
            **fields,
        )
        return acts.enter(value, subject=subject, marking=marking_of(acts, about))
    before = acts.knowing.latest(proposal)
    held = before.held if before else None
    if before is None or not isinstance(held, Decision) or (held.act, held.about) != (act, about):
        raise EntryRefused(
            f"{proposal} is not a decision to {act} {about}",
            expected=f"an open proposal to {act} it",
            next_step="nothing was written; name the proposal, or decide without one",
        )
    value = changed(held, stage=stage, **{**fields, "scope": held.scope})
    return acts.enter(value, subject=proposal, marking=before.marking, after=before.seq)


def marking_of(acts: Acts, about: str) -> Marking:
    """How closely a subject is held: what is said about it is held as closely."""
    found = acts.knowing.latest(about)
    return found.marking if found else OFFICIAL
