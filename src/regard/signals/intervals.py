"""Intervals of counts and shares: Wilson with an effective sample size, Byar, and two periods."""

from __future__ import annotations

import math
from statistics import NormalDist

from regard.core.errors import DefinitionRefused
from regard.core.quantities import Range

NINETY_FIVE = 0.95
FEWEST_FOR_BYAR = 10  # below it PHEindicatormethods takes the exact Poisson limits


def normal_quantile(level: float) -> float:
    """How many standard errors either side hold the truth with chance `level` (0 to 1)."""
    return NormalDist().inv_cdf((1 + level) / 2)


def wilson(
    positive: float, answers: float, *, design_effect: float = 1.0, level: float = NINETY_FIVE
) -> Range:
    """Wilson's interval of a share, as a share of 1.

    Args:
        positive: Answers counted as positive (0 to `answers`; weighted ones need not be whole).
        answers: Answers in all (> 0).
        design_effect: How much less a weighted, clustered sample says than a simple one
            (>= 1 as a rule); the sample counts as `answers / design_effect`.
        level: Chance that the interval holds the truth (0 to 1).

    Raises:
        DefinitionRefused: no answers, more positive ones than answers, or no design effect.

    Example:
        >>> wilson(65, 100).said("", places=3)
        '0.553 to 0.736'
    """
    if answers <= 0 or not 0 <= positive <= answers or design_effect <= 0:
        raise DefinitionRefused(
            f"{positive} positive of {answers} answers with a design effect of {design_effect}",
            expected="answers above 0, positive ones among them, a design effect above 0",
        )
    low, high = wilson_ends(positive / answers, answers / design_effect, normal_quantile(level))
    return Range(low, high, level)


def wilson_ends(share: float, n: float, z: float) -> tuple[float, float]:
    """The ends of Wilson's interval, as shares of 1, at `z` standard errors.

    Args:
        share: The share observed (0 to 1).
        n: The effective sample size (> 0).
        z: Standard errors either side (>= 0).
    """
    x = share * n
    middle, half = 2 * x + z * z, z * math.sqrt(z * z + 4 * x * (1 - share))
    low, high = (middle - half) / (2 * (n + z * z)), (middle + half) / (2 * (n + z * z))
    return max(0.0, low), min(1.0, high)


def byar(count: float, *, level: float = NINETY_FIVE) -> Range:
    """The interval of a count, in the unit of the count: Byar's, and exact below 10.

    Byar's is Breslow & Day 1987; below 10 events the exact Poisson limits are taken, as
    PHEindicatormethods does.

    Args:
        count: Events (>= 0).
        level: Chance that the interval holds the truth (0 to 1).

    Raises:
        DefinitionRefused: the count is below nought.
    """
    if count < 0:
        raise DefinitionRefused(f"a count of {count} has no interval", expected="0 or more")
    if count < FEWEST_FOR_BYAR:
        return _exact(round(count), level)
    z = normal_quantile(level)
    low = count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3
    more = count + 1
    high = more * (1 - 1 / (9 * more) + z / (3 * math.sqrt(more))) ** 3
    return Range(low, high, level)


def _exact(count: int, level: float) -> Range:
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else _mean_where(count - 1, 1 - tail)
    return Range(low, _mean_where(count, tail), level)


def _mean_where(count: int, chance: float) -> float:
    """The Poisson mean at which P(X <= count) is `chance`, by halving."""
    low, high = 0.0, count + 60.0
    while high - low > 1e-12 * max(1.0, high):  # finer than any printed figure
        middle = (low + high) / 2
        if _poisson_to(count, middle) > chance:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _poisson_to(count: int, mean: float) -> float:
    term = total = math.exp(-mean)
    for k in range(1, count + 1):
        term *= mean / k
        total += term
    return total


def ratio_interval(
    now: float, then: float, *, dispersion: float = 1.0, level: float = NINETY_FIVE
) -> Range:
    """The interval of a ratio of two counts: log(now / then), se sqrt(phi (1/now + 1/then)).

    A count of nought is taken as one half on both sides (Haldane), so that the interval exists.

    Args:
        now, then: Two counts over equal periods (>= 0, not both 0).
        dispersion: Variance over Poisson (>= 1), of the series the counts come from.
        level: Chance that the interval holds the truth (0 to 1).

    Raises:
        DefinitionRefused: a count below nought, both nought, or a dispersion below 1.
    """
    if now < 0 or then < 0 or now + then == 0 or dispersion < 1:
        raise DefinitionRefused(
            f"counts of {now} and {then} with a dispersion of {dispersion}",
            expected="counts of 0 or more, not both 0, and a dispersion of 1 or more",
        )
    half = 0.0 if now > 0 and then > 0 else 0.5
    a, b = now + half, then + half
    reach = normal_quantile(level) * math.sqrt(dispersion * (1 / a + 1 / b))
    return Range(a / b * math.exp(-reach), a / b * math.exp(reach), level)


def points_interval(
    now: float,
    then: float,
    *,
    base_now: float,
    base_then: float,
    dispersion: float = 1.0,
    level: float = NINETY_FIVE,
) -> Range:
    """The interval of a difference of two percentages, in percentage points.

    Newcombe's hybrid of the two Wilson intervals (1998, method 10), each with its effective
    sample size; near 0% and 100% it stays where a percentage can be.

    Args:
        now, then: Percentages (0 to 100).
        base_now, base_then: Answers or offences that each was a share of (> 0).
        dispersion: Variance over binomial (>= 1), or the design effect of a survey.
        level: Chance that the interval holds the truth (0 to 1).

    Raises:
        DefinitionRefused: a percentage outside 0 to 100, or a base not above 0.
    """
    spans = [
        wilson(share / 100 * base, base, design_effect=dispersion, level=level)
        for share, base in ((now, base_now), (then, base_then))
    ]
    first, second = now / 100, then / 100
    below = math.hypot(first - spans[0].low, spans[1].high - second)
    above = math.hypot(spans[0].high - first, second - spans[1].low)
    middle = first - second
    return Range(100 * (middle - below), 100 * (middle + above), level)
