"""The cost of having n PSUs away: its steps, the curve below them and the levels it passes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from regard.core.errors import DefinitionRefused

Costs: TypeAlias = NDArray[np.float64]
Steps: TypeAlias = tuple[float, ...] | tuple[tuple[float, ...], ...]


@dataclass(frozen=True, eq=False)
class Ladder:
    """What having n PSUs away costs a force.

    Attributes:
        given: As given, shape (days, cohorts + 1).
        costs: The same, never lower with more away: the running greatest of what was given.
    """

    given: Costs
    costs: Costs

    def most(self, level: float) -> NDArray[np.int64]:
        """The most PSUs away on each day at a cost not above a level, shape (days,); -1 if none."""
        return np.asarray((self.costs <= level).sum(axis=1) - 1)

    @property
    def hull_error(self) -> float:
        """The most by which the convex curve below the steps falls short of them, as a cost."""
        return float(max(np.max(row - hull_of(row)) for row in self.costs))

    @property
    def raised_by(self) -> float:
        """The most by which a cost was raised so that none is lower with more away."""
        return float(np.max(self.costs - self.given))


def ladder_of(costs: Steps, *, cohorts: int, days: int, name: str) -> Ladder:
    """A ladder of costs for every day.

    Args:
        costs: Costs for 0 to `cohorts` PSUs away, one row for all days or a row a day.
        cohorts: PSUs of the force.
        days: Days of the demand.
        name: Whose it is, for a refusal.

    Raises:
        DefinitionRefused: costs of another shape, below nought or not finite.
    """
    rows = np.array(costs, dtype=np.float64, ndmin=2)
    if rows.shape not in ((1, cohorts + 1), (days, cohorts + 1)):
        raise DefinitionRefused(
            f"{name} gives costs of shape {rows.shape}",
            expected=f"{cohorts + 1} costs, for 0 to {cohorts} PSUs, once or for {days} days",
        )
    if not np.isfinite(rows).all() or rows.min() < 0:
        raise DefinitionRefused(
            f"{name} gives a cost of {rows.min()} among {rows.size}",
            expected="finite costs from 0 on",
        )
    given = np.broadcast_to(rows, (days, cohorts + 1))
    return Ladder(given, np.maximum.accumulate(given, axis=1))


def hull_of(costs: Sequence[float] | Costs) -> Costs:
    """The greatest convex curve that lies nowhere above the steps, at the same places.

    The lower hull of Andrew 1979, "Another efficient algorithm for convex hulls in two
    dimensions"; costs in their own unit.
    """
    held: list[int] = []
    for place, cost in enumerate(costs):
        while len(held) > 1 and _above(costs, held[-2], held[-1], place, float(cost)):
            held.pop()
        held.append(place)
    return np.interp(np.arange(len(costs)), held, [float(costs[one]) for one in held])


def _above(
    costs: Sequence[float] | Costs, first: int, middle: int, place: int, cost: float
) -> bool:
    """Whether the middle point lies on or above the line from the first to the last."""
    over = (float(costs[middle]) - float(costs[first])) * (place - first)
    return over >= (cost - float(costs[first])) * (middle - first)


def levels_of(ladders: Sequence[Ladder], limits: NDArray[np.int64]) -> Costs:
    """Every cost that a force may reach on a day, in order, each once.

    It starts with the least that is possible: the greatest cost with nobody away.

    Args:
        ladders: One a force.
        limits: PSUs that may be away, shape (forces, days).
    """
    least = max(float(one.costs[:, 0].max()) for one in ladders)
    reached = [
        row[: limit + 1]
        for one, days in zip(ladders, limits, strict=True)
        for row, limit in zip(one.costs, days, strict=True)
    ]
    found = np.unique(np.concatenate([np.array([least]), *reached]))
    return np.asarray(found[found >= least])
