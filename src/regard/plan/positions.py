"""Where every promise of a plan stands, asked of the records as at one day."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from regard.core.errors import NotEnoughData, NotKnown
from regard.core.progress import Progress
from regard.core.series import COUNT, RATE
from regard.plan.counts import position_to_date
from regard.plan.deliverables import deliverables_told
from regard.plan.enquiry import Enquiry, is_survey
from regard.plan.levels import position_of_level
from regard.plan.model import Milestone, Plan, Promise, Watched
from regard.plan.shares import share_of
from regard.plan.standing import Position, Positions
from regard.records.counting import Counter
from regard.records.coverage import Coverage, SourceCoverage
from regard.records.forces import forces
from regard.records.ledger import Import
from regard.records.measures import POPULATION
from regard.records.store import Store
from regard.records.supply import reference
from regard.signals.methods import BY_KIND, must_be_method

POSITIONS = "where each promise stands"
GENERATED = "GENERATED"  # stands in the label and file name of every import of generated rows


def positions(
    plan: Plan,
    counter: Counter,
    store: Store,
    *,
    as_at: date,
    area: str = "",
    method: str = BY_KIND,
    progress: Progress | None = None,
) -> Positions:
    """Where every promise of a plan stands.

    Args:
        plan: The plan.
        counter: Counts measures as known at its instant.
        store: The store that the counter reads, for its imports.
        as_at: The day to which the paper is to be true.
        area: A force or `force/local-area`; by default the plan's own.
        method: How series are read: a name from `signals.METHODS`, or `by kind`.
        progress: Told after each promise.

    Raises:
        NotKnown: the plan names a measure that nobody has defined, or there is no such method.
        NotEnoughData: no rows of the area answer any of the plan's measures.
    """
    area = area or plan.area
    for named in plan.measures():
        counter.measure(named)
    must_be_method(method)
    enquiry = Enquiry(plan, counter, area=area, as_at=as_at, method=method)
    found = _found(enquiry, progress)
    held = _imports(plan, counter, store, area.partition("/")[0])
    covered = tuple(counter.coverage(one) for one in _datasets(plan, counter))
    imports = tuple(reference(one) for one in held)
    return Positions(
        plan=plan,
        area=area,
        as_at=as_at,
        known_at=counter.known_at or _last_finished(held),
        milestones=tuple(one for one in found if isinstance(one.promise, Milestone)),
        watched=tuple(one for one in found if isinstance(one.promise, Watched)),
        shares=tuple(share_of(enquiry, one) for one in plan.compositions),
        deliverables=deliverables_told(plan),
        coverage=_of_source(covered, area.partition("/")[0]),
        lacking_forces=_lacking_forces(plan, covered),
        imports=imports,
        is_generated=any(GENERATED in f"{one.label} {one.file}" for one in held),
        methods=_methods(found),
        inputs=_digest(plan, imports, as_at, area),
    )


def last_day(plan: Plan, counter: Counter, wanted: date) -> date:
    """The day to which a plan can be shown: the one wanted, or the last that records reach.

    A plan whose year is over is shown to the end of its year.

    Args:
        plan: The plan.
        counter: Counts measures as known at its instant.
        wanted: The day wanted.
    """
    last = min(wanted, plan.year.end)
    reached = []
    for named in plan.measures():
        try:
            reached.append(counter.series(named, plan.area, to=last).counted_to)
        except (NotEnoughData, NotKnown):
            continue
    return min(last, max(reached, default=last))


def _found(enquiry: Enquiry, progress: Progress | None) -> list[Position]:
    """The position of every promise, one after the other."""
    plan = enquiry.plan
    found = []
    for done, promise in enumerate(plan.promises, start=1):
        found.append(position_of(enquiry, promise))
        if progress is not None:
            progress(POSITIONS, 0, done, len(plan.promises))
    if found and all(one.reading is None for one in found):
        raise NotEnoughData(
            f"no month up to {enquiry.as_at} answers any of the {len(plan.measures())} measures "
            f"of {plan.name} for {enquiry.area}: {found[0].now.missing}",
            expected="rows of the area, brought in",
            next_step="regard records import, then regard records coverage",
        )
    return found


def position_of(enquiry: Enquiry, promise: Promise) -> Position:
    """Where one promise stands, by the kind of its measure."""
    measure = enquiry.measure(promise.measure)
    if is_survey(measure) or promise.rolling_months:
        return position_of_level(enquiry, promise)
    if isinstance(promise, Milestone) and promise.level is not None and measure.kind != COUNT:
        return position_of_level(enquiry, promise)
    return position_to_date(enquiry, promise)


def _datasets(plan: Plan, counter: Counter) -> tuple[str, ...]:
    held: dict[str, None] = {}
    for named in plan.measures():
        measure = counter.measure(named)
        held[measure.dataset] = None
        if measure.kind == RATE:
            held[POPULATION] = None
    return tuple(held)


def _imports(plan: Plan, counter: Counter, store: Store, source: str) -> tuple[Import, ...]:
    """The imports that hold rows of the source: what other sources sent is not in the paper."""
    found = [
        one
        for dataset in _datasets(plan, counter)
        for one in store.visible(dataset, counter.known_at).imports
    ]
    return store.with_rows_of(source, found)


def _last_finished(held: tuple[Import, ...]) -> datetime | None:
    return max((one.finished_at for one in held if one.finished_at is not None), default=None)


def _of_source(
    covered: tuple[Coverage, ...], source: str
) -> tuple[tuple[str, SourceCoverage], ...]:
    found = ((one.dataset, one.of(source)) for one in covered)
    return tuple((dataset, one) for dataset, one in found if one is not None)


def _lacking_forces(plan: Plan, covered: tuple[Coverage, ...]) -> tuple[str, ...]:
    """The names of the most similar forces that have supplied nothing the plan asks for."""
    known = {source.source for one in covered for source in one.sources}
    return tuple(
        forces()[one].name if one in forces() else one
        for one in plan.similar_forces
        if one not in known
    )


def _methods(found: list[Position]) -> tuple[str, ...]:
    told: dict[str, None] = {}
    for one in found:
        told[f"{one.now.measure}: {one.now.method}"] = None
        if one.reading is not None:
            told[f"reading of series: {one.reading.method}"] = None
    return tuple(sorted(told))


def _digest(plan: Plan, imports: tuple[str, ...], as_at: date, area: str) -> str:
    told = "\n".join((plan.sha256 or plan.file, area, as_at.isoformat(), *imports))
    return hashlib.sha256(told.encode()).hexdigest()
