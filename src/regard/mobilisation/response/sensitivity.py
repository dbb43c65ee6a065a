"""Which assumption moves an answer most: points spread over stated ranges, and what came of them.

The points are a Latin hypercube (McKay, Beckman and Conover 1979): each slice of every range is
looked at once. How far an assumption moves the answer is read off the straight line through all
points, from the low end of its range to the high end; beside it stands the partial rank
correlation (Marino et al. 2008), which also holds where the line is bent. Their ranges come of
drawing the points again (the bootstrap of pairs: Davison and Hinkley 1997, section 6.2.4).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import qmc, rankdata

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.kernels.keyed import key, uniforms
from regard.mobilisation.response.estimates import LEVEL
from regard.mobilisation.response.traces import Reals

RESAMPLES = 1_000
EACH = 4  # points at least for each assumption and the level they start from
AGAIN = 401  # stream of random numbers: which points are drawn again
HARDLY = 1e-9  # on the diagonal of correlations, so that a column without spread has one too


@dataclass(frozen=True)
class Spread:
    """An assumption and the range over which it is looked at.

    Attributes:
        name: What it is called.
        low, high: The ends of the range, in its own unit.
        whole: Whether it is a whole number, both ends among them.
    """

    name: str
    low: float
    high: float
    whole: bool = False

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            raise DefinitionRefused(
                f"{self.name} from {self.low} to {self.high}", expected="a high end above the low"
            )
        if self.whole and (self.low != int(self.low) or self.high != int(self.high)):
            raise DefinitionRefused(
                f"{self.name} from {self.low} to {self.high}", expected="whole numbers"
            )

    def at(self, share: Reals) -> Reals:
        """Values of the range at shares of the way along it, each from 0 up to 1."""
        if self.whole:
            return np.asarray(self.low + np.floor(share * (self.high - self.low + 1)))
        return self.low + share * (self.high - self.low)


@dataclass(frozen=True)
class Moved:
    """How far one assumption moves the answer.

    Attributes:
        name: Of the assumption.
        by: From the low end of its range to the high end, in the unit of the answer.
        low, high: The range of that.
        rank: Partial rank correlation with the answer, -1 to 1.
        rank_low, rank_high: The range of that.
        first: How often it moved the answer most when points were drawn again, 0 to 1.
    """

    name: str
    by: float
    low: float
    high: float
    rank: float
    rank_low: float
    rank_high: float
    first: float

    @property
    def sure(self) -> bool:
        """Whether its direction can be told: by ranks, which need no straight line."""
        return self.rank_low > 0 or self.rank_high < 0


@dataclass(frozen=True)
class Ranking:
    """What moves the answer, the most first.

    Attributes:
        moved: The assumptions.
        explained: The share of how the answers differ that the straight line accounts for, less
            what a line through so many points would by chance; 0 to 1.
        points: On how many points it rests.
        level: Of the ranges, 0 to 1.
    """

    moved: tuple[Moved, ...]
    explained: float
    points: int
    level: float = LEVEL


def points_of(spreads: Sequence[Spread], count: int, *, seed: int) -> Reals:
    """Points spread over ranges, shape (count, assumptions), each in its own unit.

    Args:
        spreads: The ranges.
        count: How many points.
        seed: Of the hypercube.

    Raises:
        DefinitionRefused: there is no range, one stands twice, or there are too few points to
            tell the assumptions apart.
    """
    names = [one.name for one in spreads]
    if not names or len(set(names)) != len(names):
        raise DefinitionRefused(
            f"assumptions are called {names}", expected="at least one, each name once"
        )
    least = EACH * (len(names) + 1)
    if count < least:
        raise DefinitionRefused(
            f"{count} points for {len(names)} assumptions", expected=f"at least {least}"
        )
    shares = qmc.LatinHypercube(len(names), rng=np.random.default_rng(seed)).random(count)
    return np.column_stack([one.at(shares[:, at]) for at, one in enumerate(spreads)])


def ranked(
    spreads: Sequence[Spread],
    points: Reals,
    answers: Reals,
    *,
    seed: int,
    resamples: int = RESAMPLES,
) -> Ranking:
    """Which assumption moves the answer most.

    Args:
        spreads: The ranges.
        points: As `points_of` gives them.
        answers: One a point.
        seed: Of the points drawn again.
        resamples: How often they are.

    Raises:
        NotEnoughData: the answer is the same at every point.
    """
    if np.ptp(answers) == 0:
        raise NotEnoughData(
            f"the answer is {answers[0]:.4g} at each of {len(answers)} points",
            expected="an answer that moves within the ranges",
            next_step="widen the ranges, or ask about more PSUs",
        )
    begin, end = (np.array([getattr(one, side) for one in spreads]) for side in ("low", "high"))
    along = (points - begin) / (end - begin) - 0.5
    by, explained = _line(along[None], answers[None])
    ranks = _partial(along[None], answers[None])[0]
    drawn = uniforms(key(seed, AGAIN), resamples * len(answers)).reshape(resamples, -1)
    chosen = (drawn * len(answers)).astype(np.int64)
    by_again, _ = _line(along[chosen], answers[chosen])
    ranks_again = _partial(along[chosen], answers[chosen])
    ends = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
    low_by, high_by = np.quantile(by_again, ends, axis=0)
    low_rank, high_rank = np.quantile(ranks_again, ends, axis=0)
    order = np.argsort(-np.abs(by[0]), kind="stable")
    ahead = np.abs(by_again).argmax(axis=1)
    moved = tuple(
        Moved(
            spreads[at].name,
            by=float(by[0, at]),
            low=float(low_by[at]),
            high=float(high_by[at]),
            rank=float(ranks[at]),
            rank_low=float(low_rank[at]),
            rank_high=float(high_rank[at]),
            first=float((ahead == at).mean()),
        )
        for at in order
    )
    return Ranking(moved, float(explained[0]), len(answers))


def _line(along: Reals, answers: Reals) -> tuple[Reals, Reals]:
    """Slopes of the least squares line, and the share it accounts for; the first axis is drawn."""
    count, names = along.shape[1:]
    ahead = np.concatenate((np.ones((*along.shape[:2], 1)), along), axis=2)
    square = np.einsum("rni,rnj->rij", ahead, ahead) + HARDLY * np.eye(names + 1)
    right = np.einsum("rni,rn->ri", ahead, answers)
    found = np.linalg.solve(square, right[..., None])[..., 0]
    left = ((answers - np.einsum("rni,ri->rn", ahead, found)) ** 2).sum(axis=1)
    whole = ((answers - answers.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
    share = np.divide(left, whole, out=np.zeros_like(left), where=whole > 0)
    explained = 1 - share * (count - 1) / (count - names - 1)
    return found[:, 1:], np.maximum(0.0, explained)


def _partial(along: Reals, answers: Reals) -> Reals:
    """Rank correlation of each assumption with the answer, the others held fast."""
    held = np.concatenate((along, answers[..., None]), axis=2)
    ranks = rankdata(held, axis=1)
    ranks -= ranks.mean(axis=1, keepdims=True)
    length = np.sqrt((ranks**2).sum(axis=1, keepdims=True))
    ranks = np.divide(ranks, length, out=np.zeros_like(ranks), where=length > 0)
    together = np.einsum("rni,rnj->rij", ranks, ranks) + HARDLY * np.eye(held.shape[2])
    inverse = np.linalg.inv(together)
    size = np.sqrt(np.einsum("rii->ri", inverse))
    return np.asarray(-inverse[:, :-1, -1] / (size[:, :-1] * size[:, -1:]))
