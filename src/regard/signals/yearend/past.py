"""How a series' year ends would have been foretold at its own earlier points, and what follows.

Split conformal prediction (Vovk, Gammerman and Shafer 2005; Lei and others 2018): where the 80%
ranges of the past held the outcome less often than they should, ranges are widened to the size
that would have held it. They are never narrowed. A few earlier years are weak evidence beside
the many series on which the model was tuned, so they count for years / (years + 16) of the whole.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from regard.kernels.compiling import compiled
from regard.signals.kernel import Places, Values
from regard.signals.yearend.ahead import Window
from regard.signals.yearend.level import ANSCOMBE, YEAR, Row
from regard.signals.yearend.settings import (
    ENOUGH_YEARS,
    FEWEST_CHECKED,
    LEAST_HISTORY,
    NEAR,
    WEIGHT_OF_TUNING,
)

FEWEST_YEARS = 2
LIKELY = 0.8
WITHIN_LIKELY, WITHIN_ALMOST_ALL = 1.281552, 1.959964  # normal quantiles of 90% and 97.5%


class Past(NamedTuple):
    """What the check found.

    Attributes:
        years: Earlier years that could be checked (a count).
        checked: Earlier points, some of them a month apart (a count).
        inside80, inside95: Of those, how many had their outcome within the range (counts).
        wider: How much wider every range becomes (a ratio, >= 1).
    """

    years: int
    checked: int
    inside80: int
    inside95: int
    wider: float


@compiled
def origins(row: Row, end: int, supplied: Places) -> Places:
    """Earlier points at the same month of their year: months of history and year, (points, 2).

    The year is said by the column after it. Where fewer than eight years have such a point, the
    months next to it count too. `supplied` is how many months are known before each column.
    """
    near = 0
    found = np.empty((0, 2), np.int64)
    for near in (0, NEAR):
        found = _origins(row, end, supplied, near)
        if found.shape[0] >= ENOUGH_YEARS:
            return found
    return found


@compiled
def _origins(row: Row, end: int, supplied: Places, near: int) -> Places:
    years = row.after // YEAR
    found = np.empty((years * (2 * near + 1), 2), np.int64)
    many = 0
    for back in range(years, 0, -1):
        after = row.after - YEAR * back
        for aside in range(-near, near + 1):
            start = end - YEAR * back + aside
            if start < LEAST_HISTORY or start >= after or after > end:
                continue
            first = max(start, after - YEAR)
            whole = supplied[after] - supplied[first] == after - first
            if whole and supplied[start] >= LEAST_HISTORY:
                found[many, 0], found[many, 1] = start, after
                many += 1
    return found[:many]


@compiled
def score(row: Row, window: Window, mean: float, variance: float) -> float:
    """How far the outcome lay from what was expected, in standard deviations of its root."""
    actual = 0.0
    for t in range(max(window.start, window.first), window.after):
        actual += max(row.counts[t], 0.0)
    centre = math.sqrt(max(mean, 0.0) + ANSCOMBE)
    return abs(math.sqrt(actual + ANSCOMBE) - centre) / (math.sqrt(variance) / (2.0 * centre))


@compiled
def judged(scores: Values, points: Places) -> Past:
    """How often the past lay within its ranges, and by how much to widen them."""
    many, years = scores.shape[0], 0
    for at in range(many):
        years += at == 0 or points[at, 1] != points[at - 1, 1]
    inside80 = int((scores <= WITHIN_LIKELY).sum())
    inside95 = int((scores <= WITHIN_ALMOST_ALL).sum())
    wider = 1.0
    if many >= FEWEST_CHECKED and years >= FEWEST_YEARS:
        place = min(int(math.ceil(LIKELY * (many + 1))), many) - 1
        wanted = np.sort(scores)[place] / WITHIN_LIKELY
        wider = max(1.0, 1.0 + (wanted - 1.0) * years / (years + WEIGHT_OF_TUNING))
    return Past(years, many, inside80, inside95, wider)
