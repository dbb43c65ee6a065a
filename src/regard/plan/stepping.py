"""A step of a series, accepted or declined in the register, with the proposal it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from regard.core.errors import EntryRefused, NotKnown
from regard.core.periods import Month
from regard.plan.entering import measure_entry, step_subject
from regard.plan.registered import step_decisions
from regard.records.measures import Measure as Counted
from regard.records.measures import measures
from regard.register.access import EVERYTHING
from regard.register.acting import Acts
from regard.register.entries import Entry, Speaker
from regard.register.kinds import Act, Decision, Party, Stage, made
from regard.register.kinds.speech import AcceptedStep
from regard.register.register import Register
from regard.register.seeing import View
from regard.register.subjects import slug, subject_of
from regard.signals.found import Proposal
from regard.signals.readings import Reading


@dataclass(frozen=True)
class StepDecision:
    """What is decided on a step.

    Attributes:
        measure, area: Of which series.
        start: The first month of the new level.
        accept: Whether it is accepted; else it is declined.
        reason: Why, in the post's words.
        proposal: The proposal it answers; None where a post knows of a step that was not found.
        method: The method that proposed it, with its version.
    """

    measure: str
    area: str
    start: Month
    accept: bool
    reason: str
    proposal: Proposal | None = None
    method: str = ""


def proposal_for(reading: Reading, month: Month) -> Proposal | None:
    """The proposal whose range of dates holds a month, or None."""
    return next((one for one in reading.proposals if one.earliest <= month <= one.latest), None)


@dataclass(frozen=True)
class StepAnswer:
    """A decision on a step of one series, as the register holds it.

    Attributes:
        entry: The decision.
        start: The first month of the new level.
        stands: Whether it is the last word on that month.
    """

    entry: Entry[Decision]
    start: Month
    stands: bool

    @property
    def accepted(self) -> bool:
        """Whether the step was accepted; else it was declined."""
        return self.entry.value.act is Act.ACCEPT


def step_answers(view: View, measure: str, area: str) -> tuple[StepAnswer, ...]:
    """Every decision on the steps of one series, in the order of the journal.

    Args:
        view: The register at a position.
        measure, area: Of which series.
    """
    held = [
        (entry, Month.parse(step.start))
        for entry in step_decisions(view)
        if (step := entry.value.step) is not None and (step.measure, step.area) == (measure, area)
    ]
    last = {start: entry.seq for entry, start in held}
    return tuple(StepAnswer(entry, start, last[start] == entry.seq) for entry, start in held)


def must_be_new(answers: Sequence[StepAnswer], decision: StepDecision) -> None:
    """Refuse a decision that says what stands already, as a form that is sent twice does.

    Raises:
        EntryRefused: the step stands so decided.
    """
    for one in answers:
        if one.stands and one.start == decision.start and one.accepted == decision.accept:
            raise EntryRefused(
                f"the step in {decision.start} was {'accepted' if one.accepted else 'refused'} "
                f"before, by entry {one.entry.seq}",
                expected="a step that is undecided, or the other decision",
            )


def decide_step(
    register: Register,
    decision: StepDecision,
    *,
    by: Speaker,
    known: Mapping[str, Counted] | None = None,
) -> Entry[Decision]:
    """Accept or decline a step; a second decision on the same month answers the first.

    Args:
        register: The register.
        decision: What is decided.
        by: The post that decides, with its account.
        known: The measures there are; by default those that are shipped.

    Raises:
        AccessRefused: the post may not decide on steps.
        NotKnown: the measure is not known, or no body of the register has the area.
    """
    body = _body_of(register.view(EVERYTHING), decision.area)
    found = decision.proposal
    subject = step_subject(decision.area, decision.measure, decision.start.iso)
    value = made(
        Decision,
        by=by.post,
        act=Act.ACCEPT if decision.accept else Act.DECLINE,
        about=subject_of("measure", slug(decision.measure)),
        text=decision.reason,
        reason="in the register",
        stage=Stage.TAKEN,
        scope=body,
        on=register.clock().date(),
        step=AcceptedStep(
            measure=decision.measure,
            area=decision.area,
            start=decision.start.iso,
            proposed=found.month.iso if found else None,
            earliest=found.earliest.iso if found else None,
            latest=found.latest.iso if found else None,
            method=decision.method,
        ),
    )
    with register.acting(by) as act:
        if act.knowing.latest(value.about or "") is None:
            entry = measure_entry(decision.measure, measures() if known is None else known)
            act.enter(entry, subject=value.about or "")
        return act.enter(value, subject=_free(act, subject))


def _free(act: Acts, subject: str) -> str:
    """The subject, or the first of its answers that nobody has given yet.

    A decision that was taken stands; one that answers it is a decision of its own.
    """
    place, answer = subject, 1
    while act.knowing.latest(place) is not None:
        answer += 1
        place = f"{subject}/answer-{answer}"
    return place


def _body_of(view: View, area: str) -> str:
    force = area.partition("/")[0]
    bodies = {one.value.area: one.subject for one in view.all(Party) if one.held and one.value.area}
    if force not in bodies:
        raise NotKnown("body with the force area", force, bodies)
    return bodies[force]
