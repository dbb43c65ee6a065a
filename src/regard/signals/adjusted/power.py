"""What a series could have told: the smallest lasting change it would have shown."""

from __future__ import annotations

import math
from statistics import NormalDist

from regard.core.periods import MONTHS_A_YEAR
from regard.signals.adjusted.steps import step_price

CHANCE = 0.8  # of a change being found; the custom of trials


def smallest_fall(
    mean: float,
    before: int,
    *,
    months: int = 0,
    dispersion: float,
    autocorrelation: float,
    within: int = MONTHS_A_YEAR,
    chance: float = CHANCE,
) -> float | None:
    """The smallest lasting fall found within so many months, as a share of the level.

    A step is found where its gain passes the price of a step; the gain of a step of delta
    long-run standard deviations after `before` months and `within` months is
    (delta sqrt(m) + Z) squared, with m = before x within / (before + within).

    Args:
        mean: The level, in counts a month.
        before: Months at that level.
        months: Months of the whole series, by which a step has its price; those of the level
            where it is the only one.
        dispersion: Variance over Poisson (>= 1).
        autocorrelation: Of neighbouring months (0 to below 1).
        within: Months after the change.
        chance: Of its being found (0 to 1).

    Returns:
        A share of 1; None where not even a fall to nought would be found.
    """
    price = step_price(max(before, months) + within)
    deviate = math.sqrt(price) + NormalDist().inv_cdf(chance)
    size = deviate / math.sqrt(before * within / (before + within))
    long_run = dispersion * (1 + autocorrelation) / (1 - autocorrelation)
    left = math.sqrt(mean) - size * math.sqrt(long_run) / 2
    return None if left <= 0 else 1 - left * left / mean
