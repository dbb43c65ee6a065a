"""What must agree between the items of one plan: names, periods, duplicates and steps."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Iterator

from regard.core.errors import DefinitionRefused
from regard.plan.model import Composition, Deliverable, Milestone, Plan, Watched

Placed = Milestone | Watched | Composition | Deliverable


def faults(plan: Plan) -> Iterator[DefinitionRefused]:
    """Every way in which the items of a plan contradict each other, as a refusal each."""
    if not plan.outcomes:
        yield _refused(plan, "holds no outcome", expected="at least one [[outcome]]")
    if plan.board_on < plan.year.start:
        yield _refused(
            plan,
            f"has board_on = {plan.board_on}, before the year {plan.year} begins",
            expected=f"a day from {plan.year.start}",
        )
    yield from _repeated(plan)
    known = {one.id for one in plan.outcomes}
    for kind, place, item in _items(plan):
        if item.outcome not in known:
            yield _refused(
                plan,
                f"names outcome = {item.outcome!r}",
                expected=f"one of {', '.join(sorted(known))}",
                where=f"{kind} {place} ({item.id})",
            )
    for place, milestone in enumerate(plan.milestones, start=1):
        for wrong, expected in _milestone_faults(milestone):
            where = f"milestone {place} ({milestone.id})"
            yield _refused(plan, wrong, expected=expected, where=where)
    yield from _composition_faults(plan)
    yield from _duplicate_faults(plan)
    yield from _step_faults(plan)


def _refused(
    plan: Plan, wrong: str, *, expected: str, where: str = "", next_step: str = ""
) -> DefinitionRefused:
    place = f"{where} " if where else ""
    return DefinitionRefused(f"{plan.file}: {place}{wrong}", expected=expected, next_step=next_step)


def _items(plan: Plan) -> Iterator[tuple[str, int, Placed]]:
    kinds: tuple[tuple[str, tuple[Placed, ...]], ...] = (
        ("milestone", plan.milestones),
        ("watched", plan.watched),
        ("composition", plan.compositions),
        ("deliverable", plan.deliverables),
    )
    for kind, items in kinds:
        for place, item in enumerate(items, start=1):
            yield kind, place, item


def _repeated(plan: Plan) -> Iterator[DefinitionRefused]:
    kinds: tuple[tuple[str, Iterable[str]], ...] = (
        ("outcome", (one.id for one in plan.outcomes)),
        # One list, because a position is asked for by its name alone.
        ("milestone, watched, composition or deliverable", (one.id for _, _, one in _items(plan))),
        ("recommendation", (one.id for one in plan.asks)),
    )
    for kind, ids in kinds:
        for named, times in Tally(ids).items():
            if times > 1:
                yield _refused(
                    plan,
                    f"holds {times} items called {named!r} ({kind})",
                    expected="a name of its own for each",
                )


def _milestone_faults(one: Milestone) -> Iterator[tuple[str, str]]:
    if (one.percent is None) == (one.level is None):
        found = "neither percent nor level" if one.percent is None else "both percent and level"
        yield f"has {found}", "percent = 5, or level = 88"
    if one.percent is not None and one.baseline is None:
        yield "promises a change and has no baseline", 'baseline = "2012/13"'
    if one.baseline is not None and one.baseline >= one.window:
        yield (
            f"has a baseline ({one.baseline}) that is not over before its window ({one.window})",
            "a baseline before the window",
        )
    if one.percent is not None and one.rolling_months:
        yield (
            f"promises a change and has rolling_months = {one.rolling_months}",
            "rolling_months with a level only",
        )
    if one.percent is not None and one.direction == "down" and one.percent >= 100:
        yield f"promises a fall of {one.percent:g} per cent", "less than 100"
    for exception in one.as_at:
        if not one.window.start <= exception.use <= exception.paper:
            yield (
                f"shows {exception.use} in the paper of {exception.paper}",
                f"a day from {one.window.start} to {exception.paper}",
            )


def _composition_faults(plan: Plan) -> Iterator[DefinitionRefused]:
    for place, one in enumerate(plan.compositions, start=1):
        if not one.parts and not one.offences:
            yield _refused(
                plan,
                "has no parts",
                expected='parts = ["..."] or offences = ["..."]',
                where=f"composition {place} ({one.id})",
            )


def _duplicate_faults(plan: Plan) -> Iterator[DefinitionRefused]:
    held = {one.id: one for one in plan.deliverables}
    for place, one in enumerate(plan.deliverables, start=1):
        if not one.duplicate_of:
            continue
        first = held.get(one.duplicate_of)
        where = f"deliverable {place} ({one.id})"
        if first is None or first.id == one.id or first.duplicate_of:
            yield _refused(
                plan,
                f"names duplicate_of = {one.duplicate_of!r}",
                expected="the first deliverable of those words",
                where=where,
            )
        elif (first.title, first.leads) != (one.title, one.leads):
            yield _refused(
                plan,
                f"has other words or leads than {first.id!r}, which it is said to repeat",
                expected=f"{first.title!r}, led by {first.lead}",
                where=where,
                next_step="make the words agree, or remove duplicate_of",
            )


def _step_faults(plan: Plan) -> Iterator[DefinitionRefused]:
    named = plan.measures()
    held = Tally((one.measure, one.area, one.start) for one in plan.baselines)
    for place, one in enumerate(plan.baselines, start=1):
        where = f"accepted_step {place} ({one.measure})"
        if one.measure not in named:
            yield _refused(
                plan,
                "is of a measure that no milestone, watched measure or composition names",
                expected=f"one of {', '.join(named)}",
                where=where,
            )
        if one.start.start > one.accepted_on:
            yield _refused(
                plan,
                f"starts in {one.start.iso}, after it was accepted ({one.accepted_on})",
                expected="a month that had begun",
                where=where,
            )
        if held[one.measure, one.area, one.start] > 1:
            yield _refused(
                plan, f"is given twice from {one.start.iso}", expected="it once", where=where
            )
