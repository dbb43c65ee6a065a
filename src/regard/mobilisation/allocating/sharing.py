"""A demand shared between forces at the least cost to those that send, and what that costs each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from regard.core.errors import NotKnown
from regard.mobilisation.allocating.hosts import hosts_of, legs_of
from regard.mobilisation.allocating.problem import SHIFT_HOURS, Counts, Problem
from regard.mobilisation.allocating.solving import GAP, SOLVER, Found, Values
from regard.mobilisation.allocating.stages import CAPPED, CHEAP, FAIR, Reached, Stages
from regard.mobilisation.allocating.tours import Tour, cohorts_of

METHOD = "allocation 1: tours, ladder of whole PSUs, bisection on the worst cost"
AIMS = (FAIR, CHEAP, CAPPED)

NOT_MODELLED = (
    "Every PSU is taken to be as good as another, whatever its force.",
    "A PSU stays on one shift for its whole tour; tours begin with a shift.",
    "Costs of a day depend on that day's PSUs alone: days before do not make it worse.",
    "Lead times are those to the farthest host that asks on a shift.",
    "Tours that are under way at the end of the demand are not followed further.",
)


@dataclass(frozen=True, eq=False)
class Allocation:
    """Who sends how many, when and where, and what it costs.

    Attributes:
        problem: Who asks whom.
        aim: `fair`: the worst cost first, then the next; `least in all`; or both.
        tours: The kinds of tours that start, in order.
        counts: How many of each start.
        reached: Unmet PSU-hours and the worst cost, with its bound.
        gap: Share by which the last stage's sum may lie above its bound.
    """

    problem: Problem
    aim: str
    tours: tuple[Tour, ...]
    counts: tuple[int, ...]
    reached: Reached
    gap: float

    @property
    def solver(self) -> str:
        """The solver with its version."""
        return SOLVER

    @cached_property
    def away(self) -> Counts:
        """PSUs away, days of recovery included, shape (forces, days)."""
        table = np.zeros((len(self.problem.forces), self.problem.days), dtype=np.int64)
        for one, count in zip(self.tours, self.counts, strict=True):
            table[one.force, one.day : one.back] += count
        return table

    @cached_property
    def on_ground(self) -> Counts:
        """PSUs on the ground, shape (forces, days, shifts)."""
        shape = (len(self.problem.forces), *self.problem.demand.total.shape)
        table = np.zeros(shape, dtype=np.int64)
        for one, count in zip(self.tours, self.counts, strict=True):
            table[one.force, one.day : one.end, one.shift] += count
        return table

    @cached_property
    def sent(self) -> Counts:
        """PSUs at each host, shape (hosts, forces, days, shifts)."""
        return hosts_of(self.problem, self.on_ground)

    @cached_property
    def unmet(self) -> Counts:
        """PSUs asked for and not on the ground, shape (days, shifts)."""
        return np.asarray(np.maximum(0, self.problem.demand.total - self.on_ground.sum(axis=0)))

    @property
    def unmet_hours(self) -> int:
        """PSU-hours asked for by shift and not on the ground."""
        return int(self.unmet.sum()) * SHIFT_HOURS

    @cached_property
    def costs(self) -> Values:
        """What it costs each force on each day, as its curve was given, shape (forces, days)."""
        given = [one.given for one in self.problem.ladders]
        return np.array(
            [
                [given[force][day, count] for day, count in enumerate(row)]
                for force, row in enumerate(self.away)
            ]
        )

    @property
    def worst(self) -> float:
        """The greatest cost of a force on a day."""
        return float(self.costs.max())

    @property
    def mean(self) -> float:
        """The mean cost of a force on a day."""
        return float(self.costs.mean())

    @property
    def sum(self) -> float:
        """The cost of all forces on all days."""
        return float(self.costs.sum())

    @property
    def worst_force(self) -> str:
        """The force with the greatest cost on a day."""
        return self.problem.forces[int(self.costs.max(axis=1).argmax())].name

    @property
    def bound_gap(self) -> float:
        """The share by which the worst cost lies above its bound, 0 where it reaches it."""
        bound = self.reached.bound
        return self.reached.worst / bound - 1 if bound else 0.0

    @property
    def hull_error(self) -> float:
        """The most by which a convex curve falls short of a force's own costs."""
        return max(one.hull_error for one in self.problem.ladders)

    @property
    def raised_by(self) -> float:
        """The most by which a cost was raised so that none falls with more away."""
        return max(one.raised_by for one in self.problem.ladders)

    @cached_property
    def legs(self) -> tuple[Counts, Counts]:
        """PSUs that set out for a host and that leave it, each of shape (hosts, forces)."""
        return legs_of(self.sent)

    @property
    def travel_hours(self) -> Values:
        """PSU-hours on the road out and back, by force: away and at no host."""
        hours = np.array([one.travel for one in self.problem.forces]).T
        return np.asarray(((self.legs[0] + self.legs[1]) * hours).sum(axis=0))

    def duties_of(self, force: str) -> tuple[tuple[int, Tour], ...]:
        """The tours of a force, each with the number of its PSU from 1 on.

        Raises:
            NotKnown: no force has that name.
        """
        names = [one.name for one in self.problem.forces]
        if force not in names:
            raise NotKnown("force", force, names)
        place = names.index(force)
        mine = [
            one
            for one, count in zip(self.tours, self.counts, strict=True)
            for _ in range(count)
            if one.force == place
        ]
        mine.sort(key=lambda one: (one.day, one.shift, one.end))
        return tuple(zip(cohorts_of(mine), mine, strict=True))


def allocate(problem: Problem, *, aim: str = FAIR, gap: float = GAP) -> Allocation:
    """Share a demand between forces.

    First as little as possible is left unmet. Then, if the aim is `fair`, the greatest cost of a
    force on a day is made as small as possible, and after it the costs near it. Where a demand
    cannot be met the rest is unmet, by day and shift; that is an answer, not a refusal.

    Args:
        problem: Who asks whom, by which rules.
        aim: `fair`; `least in all`, which makes the sum of all costs as small as possible
            whatever it does to one force; or `least in all below the worst`, the least sum among
            sharings with the least worst cost.
        gap: Share by which the sum of the last stage may lie above its bound (0 or more); what
            is unmet and the worst cost are exact whatever it is.

    Raises:
        NotKnown: another aim.
    """
    if aim not in AIMS:
        raise NotKnown("aim", aim, AIMS)
    stages = Stages.of(problem, gap)
    if aim == CHEAP:
        reached, found = stages.cheap()
    else:
        reached, found = stages.fair()
        if aim == CAPPED:
            found = stages.cheapest(reached.unmet, reached.worst) or found
    return allocation_of(stages, aim, reached, found)


def allocation_of(stages: Stages, aim: str, reached: Reached, found: Found) -> Allocation:
    """The allocation that a solution stands for."""
    counts = np.rint(found.values[: stages.shared.columns.tours]).astype(np.int64)
    held = [
        (one, int(count))
        for one, count in zip(stages.shared.tours.tours, counts, strict=True)
        if count
    ]
    gap = (found.objective - found.bound) / found.objective if found.objective > 0 else 0.0
    return Allocation(
        problem=stages.shared.problem,
        aim=aim,
        tours=tuple(one for one, _ in held),
        counts=tuple(count for _, count in held),
        reached=reached,
        gap=max(0.0, gap),
    )
