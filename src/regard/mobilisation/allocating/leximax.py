"""The sharing whose worst cost is least, then its next worst, and so on: true leximax.

Costs are a ladder, so it is enough to go down its levels: at each, as few forces as possible may
come that high, and what was reached above stays (Ogryczak 1997, "On the lexicographic minimax
approach to location problems", counts outcomes above a level in the same way). Exact, in whole
PSUs, and dear: a search for every level at which some force may stand. What is then still open is
settled as `allocate` settles it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regard.core.errors import NotEnoughData
from regard.mobilisation.allocating.ladders import Costs
from regard.mobilisation.allocating.problem import Problem
from regard.mobilisation.allocating.rows import FREE, Row, program_of
from regard.mobilisation.allocating.sharing import Allocation, allocation_of
from regard.mobilisation.allocating.solving import Asked, Found, Program, Values
from regard.mobilisation.allocating.stages import LEXIMAX, Reached, Stages, rows_of

ROUNDS = 1_000  # levels looked at; the rest is left as the search finds it


@dataclass(frozen=True)
class _Rung:
    """A level that a force may have to come to: its cost and the column that says so."""

    force: int
    level: float
    column: int


def leximax(problem: Problem, *, rounds: int = ROUNDS) -> Allocation:
    """Share a demand so that the forces' worst costs, put in order, are as small as can be.

    Args:
        problem: Who asks whom, by which rules.
        rounds: The most levels that are looked at, from the worst down (0 or more).
    """
    stages = Stages.of(problem)
    reached, found = stages.fair()
    program, rungs = _program(stages, reached)
    fixed: list[Row] = []
    heights = sorted({one.level for one in rungs}, reverse=True)
    for level in heights[:rounds]:
        columns = _at_or_above(rungs, level)
        step = _fewest(program, columns, fixed)
        if step is None:
            raise NotEnoughData(
                f"a greatest cost of {reached.worst} was reached once and not again",
                expected="the same answer to the same question",
            )
        fixed.append((columns, [1.0] * len(columns), 0.0, float(round(step.objective))))
    settled = stages.near(_with(program, program.cost, fixed))
    return allocation_of(stages, LEXIMAX, reached, settled or found)


def _at_or_above(rungs: list[_Rung], level: float) -> list[int]:
    """For each force that can come to a level, the column that says it does."""
    lowest: dict[int, _Rung] = {}
    for one in rungs:
        if one.level >= level and (one.force not in lowest or one.level < lowest[one.force].level):
            lowest[one.force] = one
    return [one.column for one in lowest.values()]


def _fewest(program: Program, columns: list[int], fixed: list[Row]) -> Found | None:
    cost = np.zeros(len(program.cost))
    cost[columns] = 1.0
    return Asked(_with(program, cost, fixed), whole=True, gap=0.0).answer()


def _with(program: Program, cost: Values, fixed: list[Row]) -> Program:
    return program_of(cost, program.upper, program.whole, [*rows_of(program), *fixed])


def _program(stages: Stages, reached: Reached) -> tuple[Program, list[_Rung]]:
    """The rows, with a column of 0 or 1 for every level that a force may come to."""
    shared, columns = stages.shared, stages.shared.columns
    base = stages.even_program(reached.unmet, reached.worst)
    most = stages.most_away(reached.worst)
    rungs: list[_Rung] = []
    rows = rows_of(base)
    for force, ladder in enumerate(shared.problem.ladders):
        levels = _levels(ladder.costs, most[force])
        first = len(base.cost) + len(rungs)
        own = [_Rung(force, level, first + n) for n, level in enumerate(levels)]
        rungs += own
        rows += [([a.column, b.column], [-1.0, 1.0], -1.0, 0.0) for a, b in _pairs(own)]
        for day in range(columns.days):
            row = ladder.costs[day, : most[force, day] + 1]
            free = int((row < levels[0]).sum()) - 1 if levels else int(most[force, day])
            gained = [int((row == level).sum()) for level in levels]
            cols = [columns.away_at(force, day), *(one.column for one in own)]
            rows.append((cols, [1.0, *(-float(n) for n in gained)], -FREE, float(max(0, free))))
    cost = np.concatenate([base.cost, np.zeros(len(rungs))])
    upper = np.concatenate([base.upper, np.ones(len(rungs))])
    whole = np.concatenate([base.whole, np.ones(len(rungs), dtype=np.bool_)])
    return program_of(cost, upper, whole, rows), rungs


def _levels(costs: Costs, most: np.ndarray) -> list[float]:
    """The costs above its least that a force may come to, in order."""
    least = float(costs[:, 0].max())
    reached = {
        float(one)
        for row, limit in zip(costs, most, strict=True)
        for one in row[: limit + 1]
        if one > least
    }
    return sorted(reached)


def _pairs(rungs: list[_Rung]) -> list[tuple[_Rung, _Rung]]:
    return list(zip(rungs, rungs[1:], strict=False))
