"""One declared matrix of evenly spread chances and normals, shared by every series.

Each column is a Latin hypercube: one value from each of `draws` equal slices of 0 to 1, in an
order shuffled from a fixed seed. Sums over months are then far steadier than with random
numbers, and the same series gives the same range on every machine and in every pack.
"""

from __future__ import annotations

from functools import lru_cache
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from regard.signals.kernel import Values
from regard.signals.yearend.settings import FARTHEST

SEED = 20_150_401
BOOSTS = 3  # chances that turn a gamma of shape a + 3 into one of shape a


class Shared(NamedTuple):
    """What every series draws from; each array has a row for each draw.

    Attributes:
        scale: Normals for the variance, which is itself uncertain, shape (draws,).
        level: Normals for the level of low counts, shape (draws,).
        boosts: Chances (0 to 1) for the same, shape (draws, 3).
        steps: Normals, one a month, shape (draws, 24).
        counts: Chances, one a month, that become low counts, shape (draws, 24).
    """

    scale: Values
    level: Values
    boosts: Values
    steps: Values
    counts: Values


@lru_cache(maxsize=4)
def shared(draws: int) -> Shared:
    """The matrix for so many draws (a whole number)."""
    random = np.random.default_rng(SEED)
    columns = 2 + BOOSTS + 2 * FARTHEST
    spread = np.stack([random.permutation(draws) for _ in range(columns)], axis=1)
    chances = (spread + 0.5) / draws
    sliced = np.array([NormalDist().inv_cdf((at + 0.5) / draws) for at in range(draws)])
    normals = sliced[spread]
    months = 2 + BOOSTS
    return Shared(
        scale=np.ascontiguousarray(normals[:, 0]),
        level=np.ascontiguousarray(normals[:, 1]),
        boosts=np.ascontiguousarray(chances[:, 2:months]),
        steps=np.ascontiguousarray(normals[:, months : months + FARTHEST]),
        counts=np.ascontiguousarray(chances[:, months + FARTHEST :]),
    )
