"""Exact tails of counts and shares, overdispersed or not, and of Student's t; compiled once.

A count varies as a negative binomial and a share as a beta-binomial whose variance is `factor`
times that of Poisson and binomial; with a factor of 1 they are Poisson and binomial themselves.
"""

from __future__ import annotations

import math

from regard.kernels.compiling import compiled

AS_ONE = 1e-6  # a factor nearer to 1 than this is chance alone
NEGLIGIBLE = 1e-17  # a term that no longer changes a sum of doubles
LEAST_SIZE = 2.0  # of a beta: a share varies no more than one that may be anything
FAR = 40.0  # standard errors; the normal tail beyond it is no double
HALVINGS = 90
TINY = 1e-300


@compiled
def _count_log(count: float, mean: float, factor: float) -> float:
    """The logarithm of the chance of a count."""
    if mean <= 0.0:
        return 0.0 if count <= 0.0 else -math.inf
    if factor <= 1.0 + AS_ONE:
        return count * math.log(mean) - mean - math.lgamma(count + 1.0)
    size = mean / (factor - 1.0)
    fixed = math.lgamma(count + size) - math.lgamma(size) - math.lgamma(count + 1.0)
    return fixed - size * math.log(factor) + count * math.log1p(-1.0 / factor)


@compiled
def _count_step(count: float, mean: float, factor: float) -> float:
    """How much likelier the next count is."""
    if factor <= 1.0 + AS_ONE:
        return mean / (count + 1.0)
    return (mean / (factor - 1.0) + count) / (count + 1.0) * (1.0 - 1.0 / factor)


@compiled
def count_tails(count: float, mean: float, factor: float) -> tuple[float, float]:
    """Chances (0 to 1) of as few as a count and of as many; the count itself is in both."""
    count = float(round(count))
    if mean <= 0.0:
        return 1.0, 1.0 if count <= 0.0 else 0.0
    here = math.exp(_count_log(count, mean, factor))
    total = term = here
    at = count
    if count >= mean:
        while term > NEGLIGIBLE * total:
            term *= _count_step(at, mean, factor)
            at += 1.0
            total += term
        return min(1.0, 1.0 - total + here), min(1.0, total)
    while at > 0.0 and term > NEGLIGIBLE * total:
        at -= 1.0
        term /= _count_step(at, mean, factor)
        total += term
    return min(1.0, total), min(1.0, 1.0 - total + here)


@compiled
def _beta_size(base: float, factor: float) -> float:
    """The size of the beta that gives a share of a base that variance; 0 for binomial."""
    if base <= 1.0 or factor <= 1.0 + AS_ONE:
        return 0.0
    if factor >= (base + LEAST_SIZE) / (LEAST_SIZE + 1.0):
        return LEAST_SIZE
    return (base - factor) / (factor - 1.0)


@compiled
def _share_log(count: float, base: float, share: float, size: float) -> float:
    chosen = math.lgamma(base + 1.0) - math.lgamma(count + 1.0) - math.lgamma(base - count + 1.0)
    if size == 0.0:
        return chosen + count * math.log(share) + (base - count) * math.log1p(-share)
    one, other = share * size, (1.0 - share) * size
    above = math.lgamma(count + one) + math.lgamma(base - count + other)
    below = math.lgamma(one) + math.lgamma(other)
    return chosen + above - below + math.lgamma(size) - math.lgamma(base + size)


@compiled
def _share_step(count: float, base: float, share: float, size: float) -> float:
    more = (base - count) / (count + 1.0)
    if size == 0.0:
        return more * share / (1.0 - share)
    return more * (share * size + count) / ((1.0 - share) * size + base - count - 1.0)


@compiled
def _rare_tails(count: float, base: float, share: float, factor: float) -> tuple[float, float]:
    """Tails of a share of at most a half."""
    if share <= 0.0:
        return 1.0, 1.0 if count <= 0.0 else 0.0
    size = _beta_size(base, factor)
    here = math.exp(_share_log(count, base, share, size))
    total = term = here
    at = count
    if count >= share * base:
        while at < base and term > NEGLIGIBLE * total:
            term *= _share_step(at, base, share, size)
            at += 1.0
            total += term
        return min(1.0, 1.0 - total + here), min(1.0, total)
    while at > 0.0 and term > NEGLIGIBLE * total:
        at -= 1.0
        term /= _share_step(at, base, share, size)
        total += term
    return min(1.0, total), min(1.0, 1.0 - total + here)


@compiled
def share_tails(count: float, base: float, share: float, factor: float) -> tuple[float, float]:
    """Chances (0 to 1) of as few as `count` of a base and of as many; the count is in both."""
    base = float(round(base))
    count = min(base, float(round(count)))
    if share <= 0.5:  # noqa: PLR2004 - count from the rarer side
        return _rare_tails(count, base, share, factor)
    fewer, more = _rare_tails(base - count, base, 1.0 - share, factor)
    return more, fewer


@compiled
def count_limits(mean: float, factor: float, tail: float) -> tuple[float, float]:
    """The lowest and highest count of which each side leaves out at most `tail` (0 to 1)."""
    if mean <= 0.0:
        return 0.0, 0.0
    term = math.exp(_count_log(0.0, mean, factor))
    total, at = term, 0.0
    low = 0.0
    while 1.0 - total > tail and at < mean + 1e6:
        if total <= tail:
            low = at + 1.0
        term *= _count_step(at, mean, factor)
        at += 1.0
        total += term
    return low, at


@compiled
def share_limits(base: float, share: float, factor: float, tail: float) -> tuple[float, float]:
    """The lowest and highest count of a base of which each side leaves out at most `tail`."""
    base = float(round(base))
    if share > 0.5:  # noqa: PLR2004 - count from the rarer side
        fewest, most = _rare_limits(base, 1.0 - share, factor, tail)
        return base - most, base - fewest
    return _rare_limits(base, share, factor, tail)


@compiled
def _rare_limits(base: float, share: float, factor: float, tail: float) -> tuple[float, float]:
    if share <= 0.0 or base <= 0.0:
        return 0.0, 0.0
    size = _beta_size(base, factor)
    term = math.exp(_share_log(0.0, base, share, size))
    total, at = term, 0.0
    low = 0.0
    while 1.0 - total > tail and at < base:
        if total <= tail:
            low = at + 1.0
        term *= _share_step(at, base, share, size)
        at += 1.0
        total += term
    return low, at


@compiled
def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta (Numerical Recipes 6.4, Lentz)."""
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > TINY else TINY)
    value = d
    for m in range(1, 2000):
        even = m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0))
        for part in (even, odd):
            d = 1.0 + part * d
            d = 1.0 / (d if abs(d) > TINY else TINY)
            c = 1.0 + part / c
            c = c if abs(c) > TINY else TINY
            value *= d * c
        if abs(d * c - 1.0) < 1e-16:  # noqa: PLR2004 - a step that no longer changes a double
            break
    return value


@compiled
def student_tail(deviate: float, freedom: float) -> float:
    """The chance (0 to 1) that Student's t lies above `deviate` (>= 0); normal if infinite."""
    if math.isinf(freedom):
        return 0.5 * math.erfc(deviate / math.sqrt(2.0))
    a, b = freedom / 2.0, 0.5
    x = freedom / (freedom + deviate * deviate)
    if x >= 1.0:
        return 0.5
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front = math.exp(front + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1.0) / (a + b + 2.0):
        return 0.5 * front * _fraction(a, b, x) / a
    return 0.5 * (1.0 - front * _fraction(b, a, 1.0 - x) / b)


@compiled
def student_deviate(tail: float, freedom: float) -> float:
    """The deviate (in standard deviations) above which Student's t lies with chance `tail`.

    For a tail of at most a half; the normal's if the freedom is infinite.
    """
    if tail >= 0.5:  # noqa: PLR2004 - the middle
        return 0.0
    low, high = 0.0, FAR
    while not math.isinf(freedom) and student_tail(high, freedom) > tail and high < 1.0 / TINY:
        high *= 2.0
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        if student_tail(middle, freedom) > tail:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)
