"""What fairness costs in all, and whose share rests on where its curve really lies."""

from __future__ import annotations

from dataclasses import dataclass

from regard.mobilisation.allocating.problem import Problem
from regard.mobilisation.allocating.sharing import Allocation, allocate
from regard.mobilisation.allocating.stages import CHEAP, FAIR

LOW, HIGH = "low", "high"


@dataclass(frozen=True, eq=False)
class Price:
    """A fair sharing beside the one with the least sum, with as little unmet.

    Attributes:
        fair: The greatest cost made small first.
        cheap: The sum of all costs made small.
    """

    fair: Allocation
    cheap: Allocation

    @property
    def more_in_all(self) -> float:
        """What fairness adds to the sum of all costs, as a share of the least sum."""
        return self.fair.sum / self.cheap.sum - 1 if self.cheap.sum else 0.0

    @property
    def less_at_worst(self) -> float:
        """What fairness takes from the worst cost, as a share of that of the least sum."""
        return 1 - self.fair.worst / self.cheap.worst if self.cheap.worst else 0.0


def price_of_fairness(fair: Allocation) -> Price:
    """The price of a fair sharing, beside the one with the least sum of costs."""
    return Price(fair, allocate(fair.problem, aim=CHEAP))


@dataclass(frozen=True)
class Flip:
    """A force whose share differs between the ends of the curves.

    Attributes:
        force: Its name.
        low: The most PSUs that it has away on a day where every cost is at its low end.
        likely: The same at the costs given.
        high: The same at the high end.
        days: PSU-days away at the low end, as given and at the high end.
    """

    force: str
    low: int
    likely: int
    high: int
    days: tuple[int, int, int]


@dataclass(frozen=True, eq=False)
class Ranges:
    """One demand shared at the low end of every curve, as given and at the high end.

    Attributes:
        low: At the low end.
        likely: As given.
        high: At the high end.
        flips: The forces whose most PSUs away differ by more than what is allowed for, widest
            first.
    """

    low: Allocation
    likely: Allocation
    high: Allocation
    flips: tuple[Flip, ...]

    @property
    def worst(self) -> tuple[float, float, float]:
        """The worst cost at the low end, as given and at the high end."""
        return self.low.worst, self.likely.worst, self.high.worst


def with_ranges(problem: Problem, *, aim: str = FAIR, least: int = 1) -> Ranges:
    """Share a demand at both ends of the curves' ranges too, and name the forces that flip.

    Args:
        problem: Who asks whom; forces with a low and a high curve.
        aim: As for `allocate`.
        least: By how many PSUs the most away must differ for a force to be named (1 or more).
    """
    low, likely, high = (
        allocate(one, aim=aim) for one in (problem.at(LOW), problem, problem.at(HIGH))
    )
    found = []
    for place, force in enumerate(problem.forces):
        away = [one.away[place] for one in (low, likely, high)]
        first, middle, last = (int(one.max()) for one in away)
        if max(first, middle, last) - min(first, middle, last) >= least:
            days = (int(away[0].sum()), int(away[1].sum()), int(away[2].sum()))
            found.append(Flip(force.name, first, middle, last, days))
    found.sort(key=lambda one: (-abs(one.high - one.low), one.force))
    return Ranges(low, likely, high, tuple(found))
