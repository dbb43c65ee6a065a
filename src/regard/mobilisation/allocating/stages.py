"""What a sharing is to achieve, one thing after another: unmet, the worst cost, then the rest."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from regard.core.errors import NotEnoughData
from regard.mobilisation.allocating.ladders import Costs, hull_of, levels_of
from regard.mobilisation.allocating.problem import Counts, Problem
from regard.mobilisation.allocating.rows import FREE, Row, Shared, program_of
from regard.mobilisation.allocating.solving import (
    GAP,
    WHOLE,
    Asked,
    Found,
    Program,
    Values,
    whole_near,
)

FAIR, CHEAP, CAPPED = "fair", "least in all", "least in all below the worst"
LEXIMAX = "fair to the last"
POWER = 4  # of costs over the worst: so high that the worst weigh most, and sums stay readable
SCALE = 1_000.0  # of objectives that are shares of the worst, so that tolerances do not blur them


@dataclass(frozen=True)
class Reached:
    """How far the first two things could be brought down.

    Attributes:
        unmet: PSU-hours that stay unmet, as few as possible.
        worst: The greatest cost of a force on a day.
        bound: With no more unmet, no sharing has a lower one; None where none was looked for.
    """

    unmet: int
    worst: float
    bound: float | None


@dataclass(frozen=True, eq=False)
class Stages:
    """The stages for one problem.

    Attributes:
        shared: The rows.
        gap: Share by which the last stage's sum may lie above its bound.
    """

    shared: Shared
    gap: float = GAP

    @classmethod
    def of(cls, problem: Problem, gap: float = GAP) -> Stages:
        """The stages of a problem."""
        return cls(Shared.of(problem), gap)

    @cached_property
    def levels(self) -> Costs:
        """Every cost that a force may reach on a day, in order."""
        return levels_of(self.shared.problem.ladders, self.shared.problem.limits)

    @cached_property
    def _relaxed(self) -> Asked:
        return Asked(self.shared.program, whole=False)

    def most_away(self, level: float) -> Counts:
        """PSUs that each force may have away at a cost not above a level: (forces, days)."""
        by_cost = np.array([one.most(level) for one in self.shared.problem.ladders])
        return np.maximum(0, np.minimum(by_cost, self.shared.problem.limits))

    def unmet_at(self, level: float) -> float:
        """PSU-hours unmet where no force goes above a level, parts of a PSU allowed."""
        columns = self.shared.columns
        asked = np.arange(columns.away, columns.unmet, dtype=np.int32)
        self._relaxed.bound(asked, self.most_away(level).ravel().astype(np.float64))
        found = self._relaxed.answer()
        assert found is not None  # what is unmet may be as much as is needed
        return found.objective

    def worst_at(self, unmet: int, start: int = 0) -> int:
        """The place of the least level at which no more than so many PSU-hours are unmet."""
        low, high = start - 1, len(self.levels) - 1
        while high - low > 1:
            middle = (low + high) // 2
            if self.unmet_at(float(self.levels[middle])) <= unmet + WHOLE * (1 + unmet):
                high = middle
            else:
                low = middle
        return high

    def fair(self) -> tuple[Reached, Found]:
        """As few unmet as possible, then the least worst cost, then the next worst ones.

        The bounds of the first two are found with parts of PSUs, and mostly whole PSUs reach
        them; where they do not, whole PSUs are asked for level by level.
        """
        unmet = math.ceil(self.unmet_at(math.inf) - WHOLE)
        place = self.worst_at(unmet)
        found = self._even(unmet, place)
        if found is None:
            unmet = self._least_unmet()
            place = self.worst_at(unmet)
            bound = float(self.levels[place])
            place, found = self._whole_from(unmet, place)
        else:
            bound = float(self.levels[place])
        return Reached(unmet, float(self.levels[place]), bound), found

    def cheap(self) -> tuple[Reached, Found]:
        """As few unmet as possible, then the least sum of costs, whatever the worst is."""
        unmet = math.ceil(self.unmet_at(math.inf) - WHOLE)
        found = self.cheapest(unmet)
        if found is None:
            unmet = self._least_unmet()
            found = self.cheapest(unmet)
        if found is None:
            raise _lost(unmet)
        return Reached(unmet, self._worst_of(found), None), found

    def _worst_of(self, found: Found) -> float:
        columns = self.shared.columns
        away = np.rint(found.values[columns.away : columns.unmet]).astype(np.int64)
        ladders = self.shared.problem.ladders
        return max(
            float(ladders[force].costs[day, count])
            for (force, day), count in np.ndenumerate(away.reshape(columns.forces, -1))
        )

    def _least_unmet(self) -> int:
        found = Asked(self.shared.program, whole=True, gap=0.0).answer()
        assert found is not None  # what is unmet may be as much as is needed
        return round(found.objective)

    def _whole_from(self, unmet: int, start: int) -> tuple[int, Found]:
        """The least level from a place on that whole PSUs reach, by halving."""
        low, high = start - 1, len(self.levels) - 1
        best: Found | None = None
        while high - low > 1:
            middle = (low + high) // 2
            found = self._even(unmet, middle)
            if found is None:
                low = middle
            else:
                high, best = middle, found
        best = best or self._even(unmet, high)
        if best is None:
            raise _lost(unmet)
        return high, best

    def _even(self, unmet: int, place: int) -> Found | None:
        """Whole PSUs at a level, with costs near it as few as can be."""
        return self.near(self.even_program(unmet, float(self.levels[place])))

    def even_program(self, unmet: int, level: float) -> Program:
        """The rows at a level, with costs to be minimised by their fourth power.

        Args:
            unmet: PSU-hours that may stay unmet.
            level: The cost above which no force may go on a day.
        """
        steps = [
            [SCALE * (row / level) ** POWER if level > 0 else 0 * row for row in one.costs]
            for one in self.shared.problem.ladders
        ]
        return self._with_steps(steps, unmet, self.most_away(level))

    def cheapest(self, unmet: int, level: float = math.inf) -> Found | None:
        """Whole PSUs at the least sum of costs, with no force above a level."""
        steps = [list(one.costs) for one in self.shared.problem.ladders]
        return self.near(self._with_steps(steps, unmet, self.most_away(level)))

    def near(self, program: Program) -> Found | None:
        """Whole PSUs for a program whose first columns are the tours; None where none fit."""
        return whole_near(program, self.shared.columns.tours, gap=self.gap)

    def _with_steps(self, steps: list[list[Costs]], unmet: int, most: Counts) -> Program:
        """The rows with a column for every step of every curve, filled in order as it is convex."""
        base, columns = self.shared.program, self.shared.columns
        rows: list[Row] = [capped(self.shared.unmet_hours, unmet)]
        added: list[float] = []
        for (force, day), limit in np.ndenumerate(most):
            rises = np.diff(hull_of(steps[force][day][: limit + 1]))
            first = columns.all + len(added)
            own = range(first, first + len(rises))
            factors = [*[1.0] * len(rises), -1.0]
            rows.append(([*own, columns.away_at(force, day)], factors, 0.0, 0.0))
            added.extend(float(one) for one in rises)
        return _extended(base, rows, np.array(added), most, columns.away)


def _lost(unmet: int) -> NotEnoughData:
    return NotEnoughData(
        f"{unmet} PSU-hours unmet were reached once and not again",
        expected="the same answer to the same question",
    )


def capped(weights: Values, most: float) -> Row:
    """A row that holds a weighted sum of columns at or below a number."""
    held = np.flatnonzero(weights)
    return [int(one) for one in held], [float(one) for one in weights[held]], 0.0, most + WHOLE


def _extended(base: Program, rows: list[Row], cost: Values, most: Counts, away: int) -> Program:
    """A program with more columns, each between 0 and 1 and with its own cost, and more rows."""
    old, extra = len(base.cost), len(cost)
    upper = np.concatenate([base.upper, np.ones(extra)])
    upper[away : away + most.size] = most.ravel()
    whole = np.concatenate([base.whole, np.zeros(extra, dtype=np.bool_)])
    costs = np.concatenate([np.zeros(old), cost])
    return program_of(costs, np.minimum(upper, FREE), whole, [*rows_of(base), *rows])


def rows_of(program: Program) -> list[Row]:
    """The rows of a program, one by one."""
    starts, matrix = program.rows.indptr, program.rows
    return [
        (
            matrix.indices[starts[n] : starts[n + 1]].tolist(),
            matrix.data[starts[n] : starts[n + 1]].tolist(),
            float(program.least[n]),
            float(program.most[n]),
        )
        for n in range(matrix.shape[0])
    ]
