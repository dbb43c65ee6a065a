"""How far out a month lies: Student's tails on the square-root scale, exact tails of counts."""

from __future__ import annotations

import math

from regard.kernels.compiling import compiled

MOST_TERMS = 100_000  # of a tail that is added up; counts this large take the square-root scale
NEAR_POISSON = 1e-9  # variance over mean, less one, below which a count is taken as Poisson


@compiled
def normal_of_t(value: float, freedom: float) -> float:
    """The normal deviate (standard deviations) with the tail of a Student's t (Wallace 1959).

    D. L. Wallace, "Bounds on normal approximations to Student's and the chi-square
    distributions", Annals of Mathematical Statistics 30(4), 1121-1130. From ten degrees of
    freedom the deviate is within 0.011 out to a t of six, from twenty within 0.005.
    """
    if value == 0.0:
        return 0.0
    spread = math.sqrt(freedom * math.log1p(value * value / freedom))
    return math.copysign((8 * freedom + 1) / (8 * freedom + 3) * spread, value)


@compiled
def t_of_normal(deviate: float, freedom: float) -> float:
    """The Student's t with the tail of so many standard deviations; undoes `normal_of_t`."""
    spread = deviate * (8 * freedom + 3) / (8 * freedom + 1)
    value = math.sqrt(freedom * math.expm1(spread * spread / freedom))
    return math.copysign(value, deviate)


@compiled
def normal_tail(deviate: float) -> float:
    """P(Z >= deviate) of a standard normal, the deviate in standard errors: a share of 1."""
    return 0.5 * math.erfc(deviate / math.sqrt(2.0))


@compiled
def none_at_all(mean: float, variance: float) -> float:
    """P(Y = 0) of a count with this mean and a variance of at least its mean."""
    over = variance / mean - 1.0
    if over <= NEAR_POISSON:
        return math.exp(-mean)
    return math.exp(-mean / over * math.log1p(over))


@compiled
def next_term(term: float, y: int, mean: float, variance: float) -> float:
    """P(Y = y + 1) of a count from P(Y = y): negative binomial, Poisson if variance is mean."""
    over = variance / mean - 1.0
    if over <= NEAR_POISSON:
        return term * mean / (y + 1)
    return term * (y + mean / over) / (y + 1) * over / (1.0 + over)


@compiled
def count_tails(count: int, mean: float, variance: float) -> tuple[float, float]:
    """P(Y <= count) and P(Y >= count) of a count with this mean (> 0) and variance (>= mean)."""
    term = none_at_all(mean, variance)
    below = 0.0
    for y in range(min(count, MOST_TERMS)):
        below += term
        term = next_term(term, y, mean, variance)
    return min(1.0, below + term), max(0.0, 1.0 - below)


@compiled
def count_limits(mean: float, variance: float, tail: float) -> tuple[float, float]:
    """The counts within which all but `tail` lies on either side.

    Returns:
        The largest a with P(Y < a) <= tail, and the smallest b with P(Y > b) <= tail.
    """
    term = none_at_all(mean, variance)
    total, lower, y = 0.0, 0, 0
    while total + term <= tail and y < MOST_TERMS:
        total += term
        term = next_term(term, y, mean, variance)
        y += 1
    lower = y
    while 1.0 - total - term > tail and y < MOST_TERMS:
        total += term
        term = next_term(term, y, mean, variance)
        y += 1
    return float(lower), float(y)
