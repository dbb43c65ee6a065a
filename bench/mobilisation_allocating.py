"""A demand shared between 43 generated forces: seconds, bounds, and what fairness costs.

Nobody else shares one with these rows. Beside it stands the form that is written down first, a
whole number of PSUs for every force and half day with the greatest cost above all curves, given
to scipy's `milp` for a bounded time. It has reserve, commanders, equity and rest between half days,
but no recovery, release or demand by the hour, and stops at the greatest cost: an easier question.

    python -m bench.mobilisation_allocating [--small]
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from bench.figures import Line, measured
from bench.mobilisation_national import SEED, national
from bench.table import printed
from regard.mobilisation.allocating import (
    CHEAP,
    SOLVER,
    Allocation,
    Demand,
    Price,
    Problem,
    Rules,
    allocate,
    price_of_fairness,
    share_once,
)
from regard.mobilisation.allocating.ladders import hull_of
from regard.mobilisation.allocating.rows import Row, program_of

DAYS = (14, 28)
PATIENCE = 20.0  # seconds that the other form is given


@dataclass(frozen=True)
class Naive:
    """What the other form came to: seconds, greatest cost and share above its own bound."""

    seconds: float
    worst: float | None
    gap: float | None


def lines(folder: Path, *, small: bool = False) -> list[Line]:
    """Seconds, bounds, agreement and the price of fairness.

    Args:
        folder: Not used; every measure is given one.
        small: Fewer forces and days, to see that it runs.
    """
    of = {"forces": 8, "peak": 24} if small else {}
    spans = (3, 5) if small else DAYS
    told = {"n": 8 if small else 43, "seed": SEED}
    shared = [_timed(national(days, **of)) for days in spans]
    naive = naive_form(national(spans[0], **of), 2.0 if small else PATIENCE)
    price = price_of_fairness(shared[0][1])
    gaps = [100 * one.bound_gap for _, one in shared]
    peer = ("the naive form", None if naive.gap is None else 100 * naive.gap)
    return [
        *(
            measured(
                f"capability.allocating.seconds-{named}",
                seconds,
                peer=_told_of(naive) if named == DAYS[0] else ("", None),
                note=_note(one, days),
                **told,
            )
            for named, days, (seconds, one) in zip(DAYS, spans, shared, strict=True)
        ),
        measured(
            "capability.allocating.bound-gap",
            max(gaps),
            peer=peer,
            note=f"the naive form of {spans[0]} days after {naive.seconds:.0f} s, against its own "
            "bound",
            **told,
        ),
        measured("capability.allocating.greedy-differs", greedy_differs(of), **told),
        *_price(price, told),
    ]


def _timed(problem: Problem) -> tuple[float, Allocation]:
    began = time.perf_counter()
    found = allocate(problem)
    assert found.sent.sum() >= 0  # hosts are a part of the answer
    return time.perf_counter() - began, found


def _note(one: Allocation, days: int) -> str:
    return (
        f"{SOLVER}, one thread; {days} days, {one.reached.unmet} PSU-hours unmet, greatest cost "
        f"{one.worst:.2f}, mean {one.mean:.2f}, sum {one.sum:.0f}, last stage {one.gap:.2%} off"
    )


def _told_of(naive: Naive) -> tuple[str, float]:
    if naive.gap is None:
        gap = "no answer"
    else:
        gap = f"{naive.gap:.1%} above its bound" if naive.gap > 1e-3 else "solved"
    return f"the naive form, {gap}", naive.seconds


def _price(price: Price, told: dict[str, int]) -> list[Line]:
    fair, cheap = price.fair, price.cheap
    note = (
        f"greatest, mean and sum: fair {fair.worst:.2f}, {fair.mean:.2f}, {fair.sum:.0f}; "
        f"least sum {cheap.worst:.2f}, {cheap.mean:.2f}, {cheap.sum:.0f}"
    )
    shares = (("sum", price.more_in_all), ("worst", price.less_at_worst))
    return [
        measured(f"capability.allocating.price-{name}", 100 * share, note=note, **told)
        for name, share in shares
    ]


def greedy_differs(of: dict[str, int]) -> float:
    """The greatest difference between PSU by PSU and the solver, in a single period."""
    made = national(1, **of)
    needed = int(made.demand.total.sum()) * 2  # as deep into the curves as two half peaks
    demand = Demand(("everywhere",), (((needed, 0),),))
    forces = tuple(
        replace(one, travel=(0.0,), released=(), unavailable=(), drivers=None, commanders=None)
        for one in made.forces
    )
    problem = Problem(forces, demand, Rules(tours=(1,), recovery=0, reserve=1.0), generated=True)
    costs = [list(one.costs[0]) for one in problem.ladders]
    level, increment = (share_once(needed, costs, by=by) for by in ("level", "increment"))
    fair, cheap = allocate(problem, gap=0.0), allocate(problem, aim=CHEAP, gap=0.0)
    return max(abs(level.worst - fair.worst), abs(increment.sum - cheap.sum))


def naive_form(problem: Problem, seconds: float) -> Naive:
    """The form that is written down first, for so many seconds at most.

    Columns: PSUs by force, day and shift; what is unmet by day and shift; the greatest cost.
    """
    forces, days = len(problem.forces), problem.days
    sent, unmet = forces * days * 2, days * 2
    rows: list[Row] = [
        ([*range(slot, sent, unmet), sent + slot], [1.0] * (forces + 1), float(need), np.inf)
        for slot, need in enumerate(problem.demand.total.ravel())
    ]
    for place, ladder in enumerate(problem.ladders):
        first = place * unmet
        for slot in range(unmet - 1):  # who works one half day does not work the next
            most = float(problem.limits[place, (slot + 1) // 2])
            rows.append(([first + slot, first + slot + 1], [1.0, 1.0], 0.0, most))
        for day in range(days):
            rows += _above_curve(ladder.costs[day], first + 2 * day, sent + unmet)
    rows += _shares_kept(problem)
    upper = np.concatenate(
        [np.repeat(problem.limits.ravel(), 2), np.full(unmet, np.inf), [np.inf]]
    ).astype(np.float64)
    whole = np.concatenate([np.ones(sent, dtype=bool), np.zeros(unmet + 1, dtype=bool)])
    cost = np.concatenate([np.zeros(sent), np.full(unmet, 1e3), [1.0]])
    program = program_of(cost, upper, whole, rows)
    began = time.perf_counter()
    found = milp(
        program.cost,
        integrality=program.whole.astype(int),
        bounds=Bounds(program.lower, program.upper),
        constraints=LinearConstraint(csr_array(program.rows), program.least, program.most),
        options={"time_limit": seconds},
    )
    taken = time.perf_counter() - began
    if found.x is None:
        return Naive(taken, None, None)
    worst = float(found.x[-1])
    return Naive(taken, worst, (found.fun - found.mip_dual_bound) / worst if worst else 0.0)


def _shares_kept(problem: Problem) -> list[Row]:
    """Regions keep their reserve and their commanders' reach, forces their share of PSU-days."""
    days, rules = problem.days, problem.rules
    rows: list[Row] = []
    for places in problem.regions.values():
        forces = [problem.forces[place] for place in places]
        most = min(
            int(rules.reserve * sum(one.cohorts for one in forces)),
            rules.commanded * sum(one.commanders or 0 for one in forces),
        )
        for day in range(days):
            columns = [2 * (place * days + day) + shift for place in places for shift in (0, 1)]
            rows.append((columns, [1.0] * len(columns), 0.0, float(most)))
    for place, force in enumerate(problem.forces):
        columns = list(range(2 * place * days, 2 * (place + 1) * days))
        most = int(rules.equity * force.cohorts * days)
        rows.append((columns, [1.0] * len(columns), 0.0, float(most)))
    return rows


def _above_curve(costs: np.ndarray, first: int, worst: int) -> list[Row]:
    """The greatest cost lies above every line of a convex curve of both shifts' PSUs."""
    hull = hull_of(costs)
    rows: list[Row] = []
    for n, (rise, begins) in enumerate(zip(np.diff(hull).tolist(), hull.tolist(), strict=False)):
        rows.append(([first, first + 1, worst], [-rise, -rise, 1.0], begins - rise * n, np.inf))
    return rows


if __name__ == "__main__":
    printed(lines(Path(), small="--small" in sys.argv[1:]))
