"""A plan into the register: what was a file becomes entries, each with its own history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from regard.core.errors import EntryRefused, NotKnown
from regard.plan.model import (
    AsAtException,
    Baseline,
    Composition,
    Deliverable,
    Milestone,
    Outcome,
    Plan,
    Quotation,
    Watched,
)
from regard.records.measures import Measure as Counted
from regard.records.measures import measures
from regard.register.access import EVERYTHING
from regard.register.acting import Acts
from regard.register.entries import Entry, Speaker
from regard.register.kinds import (
    Act,
    Amount,
    Decision,
    Edition,
    Expectation,
    Instrument,
    Measure,
    Party,
    Stage,
    Window,
    Wording,
    made,
)
from regard.register.kinds.plan_facets import (
    CompositionFacet,
    DeliverableFacet,
    Direction,
    MilestoneFacet,
    OutcomeFacet,
    PlanFacet,
    Quoted,
    ReportedIn,
    ShownAt,
    WatchedFacet,
    Way,
)
from regard.register.kinds.speech import AcceptedStep
from regard.register.register import Register
from regard.register.seeing import View
from regard.register.subjects import slug, subject_of

_UNIT_OF_A_CHANGE = "%"


@dataclass(frozen=True)
class EnteredPlan:
    """A plan that was entered.

    Attributes:
        edition: The subject of its edition.
        entries: How many entries it became.
    """

    edition: str
    entries: int


@dataclass(frozen=True)
class Parties:
    """Who the register knows that a plan names.

    Attributes:
        body: The force that the plan binds.
        named: The posts and bodies of the register by their names, in small letters.
    """

    body: str
    named: Mapping[str, str]

    def of(self, name: str) -> str | None:
        """The post or body of that name, or None."""
        return self.named.get(name.lower())


def parties_for(plan: Plan, view: View) -> Parties:
    """The force of a plan and everybody the register knows by name.

    Raises:
        NotKnown: no body of the register has the plan's force area.
    """
    entries = [one for one in view.all(Party) if one.held is not None]
    bodies = {one.value.area: one.subject for one in entries if one.value.form == "body"}
    if plan.area not in bodies:
        raise NotKnown(
            "body with the force area",
            plan.area,
            [area for area in bodies if area],
            next_step="found the register with --area, or enter the body first",
        )
    named = {one.value.name.lower(): one.subject for one in entries if one.value.form != "person"}
    return Parties(bodies[plan.area], named)


def wanting(plan: Plan, parties: Parties) -> tuple[str, ...]:
    """The posts and bodies that must be in the register before a plan can be entered."""
    needed = [one.accepted_by for one in plan.baselines]
    if plan.asks:
        needed.append(plan.board)
    return tuple(dict.fromkeys(one for one in needed if parties.of(one) is None))


def enter_plan(
    register: Register,
    plan: Plan,
    *,
    by: Speaker,
    effective: date | None = None,
    known: Mapping[str, Counted] | None = None,
) -> EnteredPlan:
    """Enter a plan: its instrument, edition, measures, promises, accepted steps and proposals.

    Everything stands in one act, or nothing does.

    Args:
        register: The register.
        plan: The plan, as a file gave it.
        by: Who enters it.
        effective: The day from which it is true; by default the first day of its year.
        known: The measures it may name; by default those that are shipped.

    Raises:
        EntryRefused: the plan was entered before, or names posts the register does not know.
        AccessRefused: the speaker may not.
        NotKnown: no body of the register has its force area, or a measure is not known.
    """
    view = register.view(EVERYTHING)
    parties = parties_for(plan, view)
    absent = wanting(plan, parties)
    if absent:
        raise EntryRefused(
            f"the plan {plan.id} names {', '.join(absent)}, which the register does not know",
            expected="posts and bodies that were entered before",
            next_step="regard register post and regard register body enter them",
        )
    edition = edition_of(plan)
    if view.find(edition) is not None:
        raise EntryRefused(
            f"the plan {plan.id} was entered before",
            expected="a plan that is new",
            next_step="answer what has changed entry by entry, or enter the next year's plan",
        )
    starts = effective or plan.year.period.start
    with register.acting(by) as act:
        before = act.size
        entering = _Entering(
            act, plan, parties, edition, starts, measures() if known is None else known
        )
        entering.frame()
        entering.promises()
        entering.decisions()
        return EnteredPlan(edition, act.size - before)


def edition_of(plan: Plan) -> str:
    """The subject of a plan's edition."""
    return subject_of("edition", slug(plan.id))


def expectation_of(plan: Plan, kind: str, named: str) -> str:
    """The subject of an outcome, milestone, deliverable... of a plan."""
    return subject_of("expectation", slug(plan.id), kind, slug(named))


@dataclass(frozen=True)
class _Entering:
    act: Acts
    plan: Plan
    parties: Parties
    edition: str
    starts: date
    known: Mapping[str, Counted]

    def frame(self) -> None:
        plan = self.plan
        instrument = subject_of("instrument", f"plan-{slug(plan.area)}")
        if self.act.knowing.latest(instrument) is None:
            held = made(
                Instrument,
                title=f"Police and Crime Plan of {plan.force}",
                issuer=plan.governing_body,
                form="plan",
                force="aim",
            )
            self.act.enter(held, subject=instrument, effective=self.starts)
        self.act.enter(
            made(
                Edition,
                instrument=instrument,
                label=plan.name,
                in_force=Window(start=plan.year.period.start, end=plan.year.period.end),
                document=plan.document,
                facet=PlanFacet(
                    id=plan.id,
                    area=plan.area,
                    force=plan.force,
                    governing_body=plan.governing_body,
                    board=plan.board,
                    board_on=plan.board_on,
                    year=str(plan.year),
                    similar_forces=plan.similar_forces,
                    report_of=plan.report_of,
                    author=plan.author,
                    consequences=tuple((one.kind, _quoted(one.said)) for one in plan.consequences),
                ),
            ),
            subject=self.edition,
            effective=self.starts,
            marking=plan.marking,
        )
        for named in dict.fromkeys((*plan.measures(), *(one.measure for one in plan.baselines))):
            self._measure(named)

    def _measure(self, named: str) -> None:
        subject = subject_of("measure", slug(named))
        if self.act.knowing.latest(subject) is not None:
            return
        self.act.enter(measure_entry(named, self.known), subject=subject, effective=self.starts)

    def promises(self) -> None:
        for outcome in self.plan.outcomes:
            self._expect("outcome", outcome.id, self._outcome(outcome))
        for milestone in self.plan.milestones:
            self._expect("milestone", milestone.id, self._milestone(milestone))
        for watched in self.plan.watched:
            self._expect("watched", watched.id, self._watched(watched))
        for composition in self.plan.compositions:
            self._expect("composition", composition.id, self._composition(composition))
        for deliverable in self.plan.deliverables:
            self._expect("deliverable", deliverable.id, self._deliverable(deliverable))

    def _expect(self, kind: str, named: str, value: Expectation) -> Entry[Expectation]:
        return self.act.enter(
            value,
            subject=expectation_of(self.plan, kind, named),
            effective=self.starts,
            marking=self.plan.marking,
        )

    def _common(self, kind: str, named: str, item: _Item, outcome: str = "") -> dict[str, object]:
        return {
            "edition": self.edition,
            "code": f"{kind}/{slug(named)}",
            "text": item.title,
            "wording": Wording.QUOTED,
            "cites": item.source,
            "scope": self.parties.body,
            "parent": expectation_of(self.plan, "outcome", outcome) if outcome else None,
        }

    def _outcome(self, one: Outcome) -> Expectation:
        return made(
            Expectation,
            **self._common("outcome", one.id, one),
            owner=self.parties.of(one.lead) if one.lead else None,
            facet=OutcomeFacet(
                id=one.id, lead=one.lead, letter=one.letter, lead_note=one.lead_note
            ),
        )

    def _milestone(self, one: Milestone) -> Expectation:
        counted = self.known[one.measure]
        amount = None
        if one.level is not None:
            amount = Amount(value=_exact(one.level), unit=counted.unit)
        return made(
            Expectation,
            **self._common("milestone", one.id, one, one.outcome),
            mode="achieve",
            owner=self.parties.of(one.lead) if one.lead else None,
            window=Window(start=one.window.period.start, end=one.window.period.end),
            measure=subject_of("measure", slug(one.measure)),
            target=amount,
            said=tuple(_quoted(said) for said in one.said),
            facet=MilestoneFacet(
                id=one.id,
                lead=one.lead,
                direction=cast("Direction", one.direction),
                percent=None if one.percent is None else _exact(one.percent),
                level=None if one.level is None else _exact(one.level),
                baseline=None if one.baseline is None else str(one.baseline),
                year=str(one.window),
                rolling_months=one.rolling_months,
                ranked_since=None if one.ranked_since is None else one.ranked_since.iso,
                as_at=_shown_at(one.as_at),
            ),
        )

    def _watched(self, one: Watched) -> Expectation:
        return made(
            Expectation,
            **self._common("watched", one.id, one, one.outcome),
            measure=subject_of("measure", slug(one.measure)),
            said=tuple(_quoted(said) for said in one.said),
            facet=WatchedFacet(
                id=one.id,
                rolling_months=one.rolling_months,
                ranked_since=None if one.ranked_since is None else one.ranked_since.iso,
                as_at=_shown_at(one.as_at),
            ),
        )

    def _composition(self, one: Composition) -> Expectation:
        return made(
            Expectation,
            **self._common("composition", one.id, one, one.outcome),
            facet=CompositionFacet(
                id=one.id, whole=one.whole, parts=one.parts, offences=one.offences
            ),
        )

    def _deliverable(self, one: Deliverable) -> Expectation:
        leads = [self.parties.of(lead) for lead in one.leads]
        return made(
            Expectation,
            **self._common("deliverable", one.id, one, one.outcome),
            mode="achieve",
            owner=leads[0] if leads else None,
            said=tuple(_quoted(said) for said in one.position),
            facet=DeliverableFacet(
                id=one.id,
                leads=one.leads,
                cadence=one.cadence,
                reported=tuple(
                    ReportedIn(
                        paper=report.paper,
                        start=report.on.start,
                        end=report.on.end,
                        how=cast("Way", report.how),
                        points=report.points,
                        note=report.note,
                    )
                    for report in one.reported
                ),
                complete=one.complete,
                duplicate_of=one.duplicate_of,
            ),
        )

    def decisions(self) -> None:
        for step in self.plan.baselines:
            self._accepted(step)
        board = self.parties.of(self.plan.board)
        for ask in self.plan.asks:
            value = made(
                Decision,
                by=board,
                act=Act.NOTE,
                about=self.edition,
                text=ask.text,
                reason=ask.source or "as the paper asks",
                stage=Stage.PROPOSED,
                scope=self.parties.body,
                on=self.plan.board_on,
            )
            self.act.enter(
                value,
                subject=subject_of("decision", slug(self.plan.id), "ask", slug(ask.id)),
                effective=self.starts,
                marking=self.plan.marking,
            )

    def _accepted(self, step: Baseline) -> None:
        value = made(
            Decision,
            by=self.parties.of(step.accepted_by),
            act=Act.ACCEPT,
            about=subject_of("measure", slug(step.measure)),
            text=step.reason.text,
            reason=step.reason.source,
            stage=Stage.TAKEN,
            scope=self.parties.body,
            on=step.accepted_on,
            step=AcceptedStep(measure=step.measure, area=step.area, start=step.start.iso),
        )
        self.act.enter(
            value,
            subject=step_subject(step.area, step.measure, step.start.iso),
            effective=step.accepted_on,
            marking=self.plan.marking,
        )


def measure_entry(named: str, known: Mapping[str, Counted]) -> Measure:
    """A measure of the records as an entry of the register.

    Raises:
        NotKnown: there is no such measure.
    """
    if named not in known:
        raise NotKnown("measure", named, known)
    counted = known[named]
    return made(
        Measure,
        name=counted.name,
        unit=counted.unit,
        better=counted.better,
        method=counted.method,
        smallest=counted.smallest_cell,
        source=counted.source,
        records=counted.id,
    )


def step_subject(area: str, measure: str, start: str) -> str:
    """The subject of the decision on a step of a measure in an area."""
    places = (slug(one) for one in area.split("/"))
    return subject_of("decision", "step", *places, slug(measure), start)


_Item = Outcome | Milestone | Watched | Composition | Deliverable


def _exact(number: float) -> Decimal:
    return Decimal(repr(number))


def _quoted(said: Quotation) -> Quoted:
    return Quoted(text=said.text, source=said.source)


def _shown_at(held: tuple[AsAtException, ...]) -> tuple[ShownAt, ...]:
    return tuple(ShownAt(paper=one.paper, use=one.use, reason=one.reason) for one in held)
