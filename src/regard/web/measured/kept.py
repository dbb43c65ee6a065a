"""What was read of measures and of plans, remembered by all that it follows from."""

from __future__ import annotations

from threading import BoundedSemaphore

from regard.board.measured import Asked, Measured, chart_of_measure, measured
from regard.board.pictures import picture
from regard.core.errors import NotEnoughData, RegardError
from regard.core.periods import Month
from regard.papers.model import Chart
from regard.plan.model import Baseline, Plan
from regard.plan.packs import Pack, pack_of
from regard.plan.positions import last_day, positions
from regard.plan.registered import accepted_steps, registered_plan
from regard.plan.standing import Positions
from regard.register.kinds.frame import Edition
from regard.register.seeing import View
from regard.web.measured.records import Records
from regard.web.measured.remembered import Remembered

_PACKS: Remembered[Pack | str] = Remembered(16)
_MEASURED: Remembered[Measured] = Remembered(96)
_PLANS: Remembered[Positions | str] = Remembered(16)
_DRAWN: Remembered[tuple[Chart, bytes]] = Remembered(96)

# Each drawing is a process of its own with its own memory; more than these wait.
_DRAWING = BoundedSemaphore(2)


def steps_by_series(held: tuple[Baseline, ...]) -> dict[tuple[str, str], tuple[Month, ...]]:
    """The first months of accepted new levels, by measure and area, oldest first."""
    found: dict[tuple[str, str], tuple[Month, ...]] = {}
    for one in sorted(held, key=lambda step: step.start):
        at = (one.measure, one.area)
        found[at] = (*found.get(at, ()), one.start)
    return found


def accepted(records: Records, area: str) -> dict[tuple[str, str], tuple[Month, ...]]:
    """The steps that stood accepted on the day looked at, of a force and its local areas."""
    return steps_by_series(accepted_steps(records.here.view, area.partition("/")[0]))


def plans_of(view: View, area: str) -> tuple[str, ...]:
    """The plans that the register held, by their ids; those of the last year last.

    Args:
        view: The register as the post sees it.
        area: Of that force; of every one if it is empty.
    """
    facets = [one.held.facet for one in view.all(Edition) if one.held and one.held.facet]
    held = [one for one in facets if area in ("", one.area)]
    return tuple(one.id for one in sorted(held, key=lambda one: one.year))


def plan_held(view: View, area: str, named: str = "") -> Plan | None:
    """The plan of that id, or the last of a force; None if there is none.

    Raises:
        NotKnown: a plan is named that the register does not hold, or the post may not see.
    """
    found = plans_of(view, area)
    if not named and not found:
        return None
    return registered_plan(view, named or found[-1])


def pack_held(records: Records, area: str) -> Pack | str:
    """Every measure of an area read together; why there is nothing to read, if there is not."""
    steps = accepted(records, area)
    key = (*records.key, area, tuple(sorted(steps.items())))

    def made() -> Pack | str:
        with records.counter() as counter:
            try:
                return pack_of(counter, areas=[area], to=records.to, steps=steps)
            except RegardError as refusal:
                return str(refusal)

    return _PACKS.get(key, made)


def measured_held(records: Records, asked: Asked) -> Measured:
    """What a measure says.

    Raises:
        NotKnown, NotEnoughData, DefinitionRefused: as `regard.board.measured.measured`.
    """

    def made() -> Measured:
        with records.counter() as counter:
            return measured(counter, records.store, asked)

    return _MEASURED.get((*records.key, asked), made)


def drawn_held(records: Records, asked: Asked) -> tuple[Chart, bytes]:
    """The chart of a measure and its picture in SVG.

    Raises:
        NotKnown, NotEnoughData, DefinitionRefused: as `measured_held`.
        PaperRefused: it cannot be drawn.
    """

    def made() -> tuple[Chart, bytes]:
        chart = chart_of_measure(measured_held(records, asked))
        with _DRAWING:
            return chart, picture(chart)

    return _DRAWN.get((*records.key, asked), made)


def positions_held(records: Records, plan: Plan) -> Positions | str:
    """Where each promise of a plan stands; why that cannot be said, if it cannot."""

    def made() -> Positions | str:
        with records.counter() as counter:
            try:
                day = last_day(plan, counter, records.here.day)
                return positions(plan, counter, records.store, as_at=day)
            except NotEnoughData as refusal:
                return refusal.wrong

    return _PLANS.get((*records.key, records.here.day, plan), made)


def forget() -> None:
    """Drop everything that was remembered."""
    for one in (_PACKS, _MEASURED, _PLANS, _DRAWN):
        one.forget()
