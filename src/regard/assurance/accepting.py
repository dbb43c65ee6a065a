"""Accepted risks: the rating that was accepted is frozen, and another makes it stale by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from regard.assurance.deciding import decide
from regard.assurance.due_words import said, sentence
from regard.assurance.versions import name_of, versions
from regard.core.errors import EntryRefused
from regard.core.statements import Statement
from regard.register.entries import Entry, Speaker
from regard.register.kinds.facts import Concern
from regard.register.kinds.reading import made
from regard.register.kinds.speech import BY_OTHERS, IN_EFFECT, Act, Decision, Judgement, Stage
from regard.register.kinds.values import Line
from regard.register.register import Register
from regard.register.seeing import View
from regard.register.subjects import path_of, subject_of

RATING_SCALE = "risk-rating@1"


@dataclass(frozen=True)
class Acceptance:
    """A risk that was accepted at the rating it had.

    Attributes:
        decision: The decision.
        body: What the body or post is called that accepted it.
        changed: The first rating since then that is another; None if there is none.
        as_at: On which day it is looked at.
        what: The words of the concern.
    """

    decision: Entry[Decision]
    body: str
    changed: Entry[Judgement] | None
    as_at: date
    what: str

    @property
    def is_stale(self) -> bool:
        """Whether the rating has been another since: the acceptance was of what it was then."""
        return self.changed is not None

    @property
    def is_ended(self) -> bool:
        """Whether the day has passed until which it was accepted."""
        until = self.decision.value.until
        return until is not None and until < self.as_at

    @property
    def stands(self) -> bool:
        """Whether the risk is accepted now."""
        return not self.is_stale and not self.is_ended

    def statement(self) -> Statement:
        """At which level it was accepted, and whether that still stands."""
        value = self.decision.value
        level = _words(value.level or "no level")
        marking = self.decision.marking
        day = self.decision.effective
        if self.changed is not None:
            marking |= self.changed.marking
            if self.changed.value.level is None:
                return said(
                    "acceptance unrated", what=self.what, level=level, day=day, marking=marking
                )
            return said(
                "acceptance stale",
                what=self.what,
                level=level,
                day=day,
                since=self.changed.effective,
                now=_words(self.changed.value.level),
                marking=marking,
            )
        if self.is_ended and value.until is not None:
            return said(
                "acceptance ended",
                what=self.what,
                level=level,
                until=value.until,
                marking=marking,
            )
        return said(
            "risk accepted", what=self.what, level=level, day=day, post=self.body, marking=marking
        )


def rating(view: View, concern: str, *, as_at: date | None = None) -> Entry[Judgement] | None:
    """The last judgement of a concern that was made, and not only carried; None without one."""
    held = _ratings(view, concern, as_at)
    return held[-1] if held else None


def rate(
    register: Register,
    concern: str,
    level: str,
    *,
    reason: str,
    by: Speaker,
    line: Line = Line.OVERSEEING,
) -> Entry[Judgement]:
    """Rate a concern, such as `high`; an acceptance of another rating is stale from then on.

    Args:
        register: The register.
        concern: The concern.
        level: The rating, by its code.
        reason: Why.
        by: Who rates it.
        line: At which line the post speaks.

    Raises:
        NotKnown: there is no such concern.
        AccessRefused: the speaker may not judge at that line.
    """
    held = register.view(by).one(concern)
    value = made(
        Judgement,
        about=concern,
        scope=held.value.scope,
        scale=RATING_SCALE,
        level=level,
        line=line,
        reason=reason,
    )
    subject = subject_of("judgement", "rating", path_of(concern), f"line-{int(line)}")
    return register.enter(value, subject=subject, by=by, marking=held.marking)


def accept_risk(
    register: Register,
    concern: str,
    *,
    level: str,
    reason: str,
    by: Speaker,
    until: date | None = None,
    proposal: str | None = None,
) -> Entry[Decision]:
    """Accept a risk at the rating it has; when the rating changes the acceptance is stale.

    Args:
        register: The register.
        concern: The risk.
        level: The rating that is accepted; it must be the one it has.
        reason: Why.
        by: Who accepts it.
        until: Until when; None for as long as the rating stands.
        proposal: The proposed acceptance that is taken by this, if there was one.

    Raises:
        EntryRefused: it is rated otherwise, or not at all.
        AccessRefused: the speaker may not accept.
    """
    how = {"reason": reason, "until": until, "proposal": proposal}
    return _decided(register, concern, level, by, **how)


def ask_to_accept(
    register: Register,
    concern: str,
    *,
    level: str,
    reason: str,
    by: Speaker,
    until: date | None = None,
    decided_by: str | None = None,
) -> Entry[Decision]:
    """Propose that a risk be accepted at the rating it has; it is not until that is decided.

    Args:
        register: The register.
        concern: The risk.
        level: The rating at which it would be accepted; it must be the one it has.
        reason: Why.
        by: Who asks.
        until: Until when; None for as long as the rating stands.
        decided_by: The post or body that decides; the force of the speaker by default.

    Raises:
        EntryRefused: it is rated otherwise, or not at all.
        AccessRefused: the speaker may not propose it.
    """
    how = {"reason": reason, "until": until, "stage": Stage.PROPOSED, "decided_by": decided_by}
    return _decided(register, concern, level, by, **how)


def acceptance(view: View, concern: str, *, as_at: date) -> Acceptance | None:
    """The last acceptance of a risk, and whether a rating since then is another.

    A rating that changes and comes back does not revive it: it was accepted of what was known.

    Args:
        view: The register at a position.
        concern: The risk.
        as_at: The day; what came later is left out.
    """
    decided = [
        one
        for one in view.all(Decision, about=concern)
        if one.held is not None
        and one.held.act is Act.ACCEPT
        and one.held.stage in IN_EFFECT
        and one.held.level is not None
        and one.effective <= as_at
    ]
    if not decided:
        return None
    last = max(decided, key=lambda one: (one.effective, one.seq))
    held = _ratings(view, concern, as_at)
    frozen = [one for one in held if one.seq < last.seq]
    scale = frozen[-1].value.scale if frozen else ""
    changed = next(
        (
            one
            for one in held
            if one.seq > last.seq
            and (one.value.level, one.value.scale) != (last.value.level, scale)
        ),
        None,
    )
    found = view.find(concern)
    what = found.held.text.rstrip(".") if found and found.held else path_of(concern)
    return Acceptance(last, name_of(view, last.value.by), changed, as_at, what)


def _rated(view: View, concern: str, level: str) -> Concern:
    now = rating(view, concern)
    if now is None or now.value.level != level:
        rated = f"rated {now.value.level or now.value.absent}" if now else "not rated"
        raise EntryRefused(
            f"{concern} is {rated}, and {level} would be accepted",
            expected="the rating that it has",
            next_step="look at the rating again, or judge it first",
        )
    held: Concern = view.one(concern).value
    return held


def _decided(
    register: Register, concern: str, level: str, by: Speaker, **how: Any
) -> Entry[Decision]:
    """The acceptance of a risk at the rating it has, taken or put to another."""
    held = _rated(register.view(by), concern, level)
    text = f"Accept at {_words(level)}: {sentence(held.text)}"
    with register.acting(by) as acts:
        return decide(acts, Act.ACCEPT, concern, text=text, level=level, scope=held.scope, **how)


def _ratings(view: View, concern: str, as_at: date | None) -> list[Entry[Judgement]]:
    held = [
        entry
        for one in view.all(Judgement, about=concern)
        if one.held is not None and one.held.aspect not in BY_OTHERS
        for entry in versions(view, one.subject, as_at=as_at)
        if entry.value.counts
    ]
    return sorted(held, key=lambda one: (one.effective, one.seq))


def _words(code: str) -> str:
    return code.replace("-", " ")
