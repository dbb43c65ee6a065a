"""Anhøj's rules: an unusually long run, or unusually few crossings, for a series of any length."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from regard.core.errors import NotEnoughData

CHANCE = 0.05  # Anhøj & Olesen 2014: fewer crossings than this share of random series show


@dataclass(frozen=True)
class Runs:
    """Runs of points on one side of a centre.

    Attributes:
        centre: The line, in the unit of the values.
        useful: Points not on the line.
        longest, longest_allowed: The longest run, and the longest that is still usual (points).
        crossings, fewest_allowed: Crossings of the line, and the fewest that are still usual.
    """

    centre: float
    useful: int
    longest: int
    longest_allowed: int
    crossings: int
    fewest_allowed: int

    @property
    def signals(self) -> bool:
        """Whether the series runs longer or crosses less often than a random one does."""
        return self.longest > self.longest_allowed or self.crossings < self.fewest_allowed


def runs(values: Sequence[float | None], *, centre: float | None = None) -> Runs:
    """Runs about a centre, with Anhøj's limits (Anhøj & Olesen 2014, PLoS ONE 9(11) e113825).

    A missing month breaks no run; a point on the line counts to no side.

    Args:
        values: In any unit, in order of time; None is missing.
        centre: The line; the median of the values if not given.

    Raises:
        NotEnoughData: fewer than two values lie off the line.
    """
    held = [value for value in values if value is not None]
    line = median(held) if centre is None else centre
    sides = [value > line for value in held if value != line]
    if len(sides) < 2:  # noqa: PLR2004 - a crossing needs two points
        raise NotEnoughData(
            f"{len(sides)} of {len(held)} values lie off the line at {line}", expected="two or more"
        )
    longest = run = 1
    crossings = 0
    for before, now in zip(sides, sides[1:], strict=False):
        run = run + 1 if now == before else 1
        crossings += now != before
        longest = max(longest, run)
    return Runs(
        centre=line,
        useful=len(sides),
        longest=longest,
        longest_allowed=round(math.log2(len(sides))) + 3,
        crossings=crossings,
        fewest_allowed=_binomial_quantile(len(sides) - 1),
    )


def median(values: Sequence[float]) -> float:
    """The middle value, in the unit of the values.

    Raises:
        NotEnoughData: there is none.
    """
    if not values:
        raise NotEnoughData("no values to take the median of", expected="at least one value")
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def _binomial_quantile(trials: int) -> int:
    """The least k with P(X <= k) at or above 5 per cent, for X of `trials` fair coins."""
    total, k = 0, 0
    while True:
        total += math.comb(trials, k)
        # Whole numbers: 20 * total >= 2 ** trials is total / 2 ** trials >= 0.05 exactly.
        if round(1 / CHANCE) * total >= 1 << trials:
            return k
        k += 1
