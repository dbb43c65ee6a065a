"""Every sharing of a small demand, tried one by one: what the engine is held against.

It knows forces, demand and rules, and nothing of how the engine goes about it.
"""

from __future__ import annotations

from itertools import product

from regard.mobilisation.allocating import Demand, Force, Problem, Rules


def small(costs, needed, *, recovery=1, tours=(1, 2), reserve=1.0, equity=1.0, **fields):
    """A problem of forces with costs, one host, and PSUs needed by day and shift."""
    forces = tuple(
        Force(
            f"force {place + 1}",
            "region",
            len(row) - 1,
            tuple(row),
            (1.0,),
            **{name: given[place] for name, given in fields.items()},
        )
        for place, row in enumerate(costs)
    )
    rules = Rules(tours=tours, recovery=recovery, reserve=reserve, equity=equity)
    return Problem(forces, Demand(("host",), (tuple(needed),)), rules)


def outcomes(force: Force, problem: Problem):
    """Every (PSUs on the ground, PSUs away, costs) that a force alone can come to."""
    days, rules = problem.days, problem.rules
    found = {(((0, 0),) * days, (0,) * days)}
    kinds = {
        (day, shift, min(day + length, days), min(day + length + rules.recovery, days))
        for day, length, shift in product(range(days), rules.tours, (0, 1))
    }
    for day, shift, end, back in sorted(kinds):
        found = {one for held in found for one in _more(held, (day, shift, end, back), force)}
    limit = force.cohorts if force.drivers is None else force.drivers // rules.drivers
    for ground, away in found:
        fits = max(away) <= limit and not any(away[day] for day in force.unavailable)
        if fits and sum(away) <= rules.equity * force.cohorts * days + 1e-9:
            yield ground, away, tuple(force.costs[count] for count in away)


def _more(held, tour, force):
    ground, away = held
    day, shift, end, back = tour
    while max(away) <= force.cohorts:
        yield ground, away
        ground = tuple(
            tuple(n + (day <= d < end and s == shift) for s, n in enumerate(row))
            for d, row in enumerate(ground)
        )
        away = tuple(n + (day <= d < back) for d, n in enumerate(away))


def sharings(problem: Problem):
    """Every (hours unmet, forces' worst costs from the greatest down, sum) there is."""
    needed = problem.demand.total.tolist()
    held = {((0,) * (2 * problem.days), (0,) * problem.days, (), 0.0)}
    for force in problem.forces:
        mine = set(outcomes(force, problem))
        held = {
            (
                tuple(
                    min(a + b, n)
                    for a, b, n in zip(ground, _flat(more), _flat(needed), strict=True)
                ),
                tuple(a + b for a, b in zip(away, gone, strict=True)),
                tuple(sorted((*worst, max(costs)), reverse=True)),
                round(total + sum(costs), 9),
            )
            for ground, away, worst, total in held
            for more, gone, costs in mine
        }
    whole = sum(one.cohorts for one in problem.forces)
    reserve = int(problem.rules.reserve * whole)
    asked = sum(_flat(needed))
    for ground, away, worst, total in held:
        if max(away) <= reserve:
            yield 12 * (asked - sum(ground)), worst, total


def _flat(rows):
    return [one for row in rows for one in row]
