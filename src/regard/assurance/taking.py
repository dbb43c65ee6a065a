"""Taking decisions: one that was proposed, with whatever it changes, or one at once."""

from __future__ import annotations

from datetime import date

from regard.assurance.accepting import accept_risk
from regard.assurance.changing import change_inputs
from regard.assurance.dates import extend
from regard.assurance.deciding import decide
from regard.assurance.proposals import resolve
from regard.core.errors import EntryRefused
from regard.register.entries import Entry, Speaker
from regard.register.kinds.speech import OPEN_STAGES, Act, Decision, Stage
from regard.register.register import Register
from regard.register.subjects import kind_of

ELSEWHERE = {
    Act.CLOSE: "verify and close what it is about, which takes the claim in the same act",
    Act.SIGN_OFF: "sign the round off where it is judged",
    Act.REDACT: "withhold it where the paper is issued",
    Act.ERASE: "the keeper of the register erases",
}
"""Acts that take more than a word, and where each is taken."""


def take(
    register: Register,
    proposal: str,
    *,
    by: Speaker,
    meeting: str | None = None,
    effective: date | None = None,
) -> Entry[Decision]:
    """Take what was proposed, as it was proposed: what it changes is entered in the same act.

    An extension moves the date, a change of inputs makes the new target, an accepted risk is
    accepted at the rating that it has.

    Args:
        register: The register.
        proposal: The open proposal.
        by: Who takes it.
        meeting: The meeting that took it, where nothing but words is changed.
        effective: The day on which it was decided; today by default; the same holds.

    Raises:
        EntryRefused: it has ended, it is taken elsewhere, or the rating is another by now.
        AccessRefused: the speaker may not.
    """
    held: Decision = register.view(by).one(proposal).value
    if held.act in ELSEWHERE:
        raise EntryRefused(
            f"{proposal} would {held.act} something, and that takes more than to agree",
            expected=ELSEWHERE[held.act],
        )
    about = held.about
    if held.stage in OPEN_STAGES and about is not None:
        if held.act is Act.EXTEND and held.until is not None:
            return extend(
                register, about, until=held.until, reason=held.reason, by=by, proposal=proposal
            ).decision
        if held.act is Act.CHANGE:
            inputs = {one.name: one.value for one in held.inputs}
            return change_inputs(
                register, about, inputs, reason=held.reason, by=by, proposal=proposal
            ).decision
        if held.act is Act.ACCEPT and held.level is not None and kind_of(about) == "concern":
            return accept_risk(
                register, about, level=held.level, reason=held.reason, by=by,
                until=held.until, proposal=proposal,
            )  # fmt: skip
    return resolve(
        register, proposal, Stage.TAKEN, by=by, meeting=meeting, effective=effective
    ).decision


def take_at_once(
    register: Register,
    act: Act,
    about: str,
    *,
    text: str,
    reason: str,
    by: Speaker,
    scope: str | None = None,
) -> Entry[Decision]:
    """Take a decision that nobody proposed, such as to depart from a requirement.

    Args:
        register: The register.
        act: What is done.
        about: About what.
        text: The words of the decision.
        reason: Why; of a departure the good reason.
        by: Who decides.
        scope: The body that it binds; the force of the speaker by default.

    Raises:
        EntryRefused: it is an act that is taken elsewhere.
        AccessRefused: the speaker may not.
    """
    if act in ELSEWHERE or act in (Act.EXTEND, Act.CHANGE):
        raise EntryRefused(
            f"to {act} {about} takes more than to say so",
            expected=ELSEWHERE.get(act, "move the date or change the inputs where they stand"),
        )
    with register.acting(by) as acts:
        return decide(
            acts, act, about, text=text, reason=reason, scope=scope or acts.standing.force
        )
