"""A plan read back from the register, as it stood at a position on both clocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from regard.core.errors import NotKnown
from regard.core.periods import FinancialYear, Month, Period
from regard.plan.model import (
    AsAtException,
    Ask,
    Baseline,
    Composition,
    Consequence,
    Deliverable,
    Milestone,
    Outcome,
    Plan,
    Quotation,
    Report,
    Watched,
)
from regard.register.entries import Entry
from regard.register.kinds import Act, Decision, Edition, Expectation, Party
from regard.register.kinds.plan_facets import (
    CompositionFacet,
    DeliverableFacet,
    MilestoneFacet,
    OutcomeFacet,
    PlanFacet,
    Quoted,
    ShownAt,
    WatchedFacet,
)
from regard.register.kinds.speech import IN_EFFECT
from regard.register.seeing import View
from regard.register.subjects import path_of

F = TypeVar("F")
P = TypeVar("P")


def registered_plans(view: View) -> tuple[str, ...]:
    """The plans that the register held at a position, by their ids."""
    return tuple(
        one.held.facet.id for one in view.all(Edition) if one.held and one.held.facet is not None
    )


def registered_plan(view: View, named: str) -> Plan:
    """A plan as the register held it at a position.

    Its step changes are those that had been accepted by then; its proposals those still open.

    Raises:
        NotKnown: the register held no plan of that id.
    """
    for entry in view.all(Edition):
        facet = entry.held.facet if entry.held else None
        if facet is not None and named in (facet.id, path_of(entry.subject)):
            return _plan(view, entry, facet)
    raise NotKnown("plan in the register", named, registered_plans(view))


def _plan(view: View, edition: Entry[Edition], facet: PlanFacet) -> Plan:
    held = _Held(view.all(Expectation, edition=edition.subject))
    return Plan(
        id=facet.id,
        name=edition.value.label,
        area=facet.area,
        force=facet.force,
        governing_body=facet.governing_body,
        board=facet.board,
        board_on=facet.board_on,
        year=FinancialYear.parse(facet.year),
        document=edition.value.document,
        similar_forces=facet.similar_forces,
        marking=edition.marking,
        report_of=facet.report_of,
        author=facet.author,
        outcomes=held.each(OutcomeFacet, _outcome),
        milestones=held.each(MilestoneFacet, _milestone),
        watched=held.each(WatchedFacet, _watched),
        compositions=held.each(CompositionFacet, _composition),
        deliverables=held.each(DeliverableFacet, _deliverable),
        baselines=accepted_steps(view, facet.area),
        consequences=tuple(
            Consequence(kind, _quotation(said)) for kind, said in facet.consequences
        ),
        asks=_asks(view, edition.subject),
        file=f"register, entry {edition.seq}",
        sha256=edition.hash,
    )


@dataclass(frozen=True)
class _Held:
    """The expectations of one edition, and the ids of its outcomes."""

    entries: tuple[Entry[Expectation], ...]

    def each(self, facet: type[F], made: Callable[[Expectation, F, str], P]) -> tuple[P, ...]:
        outcomes: dict[str, str] = {
            one.subject: one.value.facet.id
            for one in self.entries
            if one.held and isinstance(one.value.facet, OutcomeFacet)
        }
        return tuple(
            made(one.value, one.value.facet, outcomes.get(one.value.parent or "", ""))
            for one in self.entries
            if one.held and isinstance(one.value.facet, facet)
        )


def _outcome(one: Expectation, facet: OutcomeFacet, _: str) -> Outcome:
    return Outcome(facet.id, facet.letter, one.text, facet.lead, facet.lead_note, one.cites)


def _milestone(one: Expectation, facet: MilestoneFacet, outcome: str) -> Milestone:
    return Milestone(
        id=facet.id,
        outcome=outcome,
        title=one.text,
        measure=path_of(one.measure or ""),
        direction=facet.direction,
        percent=None if facet.percent is None else float(facet.percent),
        level=None if facet.level is None else float(facet.level),
        baseline=None if facet.baseline is None else FinancialYear.parse(facet.baseline),
        window=FinancialYear.parse(facet.year),
        rolling_months=facet.rolling_months,
        lead=facet.lead,
        source=one.cites,
        **_shown(one, facet),
    )


def _watched(one: Expectation, facet: WatchedFacet, outcome: str) -> Watched:
    return Watched(
        id=facet.id,
        outcome=outcome,
        title=one.text,
        measure=path_of(one.measure or ""),
        source=one.cites,
        rolling_months=facet.rolling_months,
        **_shown(one, facet),
    )


def _shown(one: Expectation, facet: MilestoneFacet | WatchedFacet) -> dict[str, Any]:
    since = facet.ranked_since
    return {
        "ranked_since": None if since is None else Month.parse(since),
        "as_at": tuple(_exception(held) for held in facet.as_at),
        "said": tuple(_quotation(said) for said in one.said),
    }


def _composition(one: Expectation, facet: CompositionFacet, outcome: str) -> Composition:
    return Composition(
        facet.id, outcome, one.text, facet.whole, facet.parts, facet.offences, one.cites
    )


def _deliverable(one: Expectation, facet: DeliverableFacet, outcome: str) -> Deliverable:
    return Deliverable(
        id=facet.id,
        outcome=outcome,
        title=one.text,
        leads=facet.leads,
        cadence=facet.cadence,
        source=one.cites,
        position=tuple(_quotation(said) for said in one.said),
        reported=tuple(
            Report(
                paper=held.paper,
                on=Period(held.start, held.end),
                how=held.how,
                points=held.points,
                note=held.note,
            )
            for held in facet.reported
        ),
        complete=facet.complete,
        duplicate_of=facet.duplicate_of,
    )


def accepted_steps(view: View, area: str) -> tuple[Baseline, ...]:
    """The steps of a force's series that stand accepted: the last word on each month counts.

    Args:
        view: The register at a position.
        area: The force; steps of its local areas are among them.
    """
    names = {one.subject: one.value.name for one in view.all(Party) if one.held}
    last = {
        (one.step.measure, one.step.area, one.step.start): one
        for entry in step_decisions(view)
        if (one := entry.value).step is not None and one.step.area.partition("/")[0] == area
    }
    return tuple(
        Baseline(
            measure=measure,
            area=of,
            start=Month.parse(start),
            reason=Quotation(held.text, held.reason),
            accepted_by=names.get(held.by, held.by),
            accepted_on=held.on or date.max,
        )
        for (measure, of, start), held in last.items()
        if held.act is Act.ACCEPT
    )


def step_decisions(view: View) -> tuple[Entry[Decision], ...]:
    """Every decision on a step of a series that is in effect, in the order of the journal."""
    return tuple(
        entry
        for entry in view.all(Decision)
        if entry.held is not None and entry.held.step is not None and entry.held.stage in IN_EFFECT
    )


def _asks(view: View, edition: str) -> tuple[Ask, ...]:
    return tuple(
        Ask(entry.subject.rpartition("/")[2], entry.value.text, entry.value.reason)
        for entry in view.all(Decision)  # which the steps were asked of as well
        if entry.held and entry.value.about == edition and entry.value.act is Act.NOTE
    )


def _quotation(said: Quoted) -> Quotation:
    return Quotation(said.text, said.source)


def _exception(held: ShownAt) -> AsAtException:
    return AsAtException(held.paper, held.use, held.reason)
