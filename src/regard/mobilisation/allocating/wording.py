"""What a sharing says to a board, in sentences of a closed set."""

from __future__ import annotations

from datetime import date

from regard.core.markings import OFFICIAL
from regard.core.quantities import Range
from regard.core.statements import Statement, Value
from regard.mobilisation.allocating.comparing import Price, Ranges
from regard.mobilisation.allocating.sharing import METHOD, Allocation
from regard.mobilisation.muster.about import About

TEMPLATES = {
    "generated": "These numbers were generated to show the method: they are no force's own.",
    "whole": "The demand is met in full on every shift of {days}, by {forces}.",
    "unmet": (
        "Of {asked} asked for over {days}, {unmet} cannot be met; the worst shift is {short} short."
    ),
    "unmet by the hour": "Of what is asked for by the hour, {late} go unmet on the first day.",
    "worst": (
        "The greatest cost of a force on a day is {worst}, in {force}; the mean of all forces and "
        "days is {mean} and the sum {sum}."
    ),
    "bound": "No sharing that meets as much has a greatest cost below {bound}: it lies {gap} away.",
    "hull": "Curves were taken as convex for sums, which understates a cost by at most {error}.",
    "price": (
        "Fairness costs {more} more in all and takes {less} from the greatest cost: the sum is "
        "{fair} instead of {cheap}, the greatest cost {worst} instead of {other}."
    ),
    "flips none": "At both ends of the curves' ranges no force's share would differ.",
    "flips": "The share of {count} rests on where their curves lie: {names}.",
    "range": "The greatest cost is {worst} as given, and from {low} to {high} at the curves' ends.",
    "solved": "Solved with {solver}.",
}

SHOWN = 12  # forces named in a sentence


def about(one: Allocation, as_at: date, scope: str = "all forces") -> About:
    """What the figures of an allocation are about."""
    return About(scope, as_at, METHOD, one.problem.digest, one.problem.generated)


def allocation_said(one: Allocation, as_at: date, *, cost: str = "") -> tuple[Statement, ...]:
    """What a sharing says.

    Args:
        one: The sharing.
        as_at: The day to which its inputs are true.
        cost: The unit of costs, such as `late incidents`.
    """
    told = about(one, as_at)
    said = [_said("generated")] if one.problem.generated else []
    said += _met(one, told)
    said.append(
        _said(
            "worst",
            worst=told.figure(one.worst, cost, "greatest cost on a day", places=2),
            force=one.worst_force,
            mean=told.figure(one.mean, cost, "mean cost on a day", places=2),
            sum=told.figure(one.sum, cost, "sum of costs", places=1),
        )
    )
    if one.reached.bound is not None:
        bound = told.figure(one.reached.bound, cost, "bound of the greatest cost", places=2)
        gap = told.figure(100 * one.bound_gap, "%", "distance to the bound", places=1)
        said.append(_said("bound", bound=bound, gap=gap))
    if one.hull_error > 0:
        error = told.figure(one.hull_error, cost, "error of the convex curves", places=2)
        said.append(_said("hull", error=error))
    return (*said, _said("solved", solver=one.solver))


def _met(one: Allocation, told: About) -> list[Statement]:
    days = told.figure(one.problem.days, "days", "days of the demand")
    if not one.unmet.any():
        count = int((one.away.sum(axis=1) > 0).sum())
        said = [_said("whole", days=days, forces=_forces(told, count, "forces that send"))]
    else:
        asked = told.figure(int(one.problem.demand.total.sum()), "PSU shifts", "PSU shifts asked")
        unmet = told.figure(int(one.unmet.sum()), "", "PSU shifts unmet")
        short = told.figure(int(one.unmet.max()), "PSUs", "PSUs short on the worst shift")
        said = [_said("unmet", asked=asked, days=days, unmet=unmet, short=short)]
    late = one.reached.unmet - one.unmet_hours
    if late > 0:
        hours = told.figure(late, "PSU-hours", "PSU-hours unmet on the first day")
        said.append(_said("unmet by the hour", late=hours))
    return said


def price_said(price: Price, as_at: date, *, cost: str = "") -> Statement:
    """What fairness costs in all, and what it saves the force that bears most."""
    told = about(price.fair, as_at)
    return _said(
        "price",
        more=told.percent(price.more_in_all, "added to the sum of costs"),
        less=told.percent(price.less_at_worst, "taken from the greatest cost"),
        fair=told.figure(price.fair.sum, "", "sum of costs, fair", places=1),
        cheap=told.figure(price.cheap.sum, cost, "least sum of costs", places=1),
        worst=told.figure(price.fair.worst, "", "greatest cost, fair", places=2),
        other=told.figure(price.cheap.worst, cost, "greatest cost, least sum", places=2),
    )


def ranges_said(ranges: Ranges, as_at: date, *, cost: str = "") -> tuple[Statement, ...]:
    """How much the sharing rests on where the curves lie."""
    told = about(ranges.likely, as_at)
    low, worst, high = ranges.worst
    ends = (min(low, worst, high), max(low, worst, high))
    span = Range(*ends, 0.95) if ends[0] < ends[1] else None
    said = [
        _said(
            "range",
            worst=told.figure(worst, cost, "greatest cost", interval=span, places=2),
            low=told.figure(ends[0], "", "greatest cost, low", places=2),
            high=told.figure(ends[1], cost, "greatest cost, high", places=2),
        )
    ]
    if not ranges.flips:
        return (*said, _said("flips none"))
    names = [one.force for one in ranges.flips]
    more = " and others" if len(names) > SHOWN else ""
    count = _forces(told, len(names), "forces that flip")
    return (*said, _said("flips", count=count, names=", ".join(names[:SHOWN]) + more))


def _forces(told: About, count: int, measure: str) -> Value:
    return told.figure(count, "force" if count == 1 else "forces", measure)


def _said(template: str, /, **values: Value) -> Statement:
    return Statement.of(TEMPLATES[template], marking=OFFICIAL, **values)
