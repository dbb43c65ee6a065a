"""How far areas lie from a target, on the scale where chance is even, and how far is usual.

Spiegelhalter 2005 (Statistics in Medicine 24:1185; Quality and Safety in Health Care 14:347):
each area's distance from the target in standard errors of chance, the extremes drawn in, gives
phi; what exceeds chance becomes tau squared, the variance between areas, by which the limits are
widened. The limits are never narrower than the exact ones of chance alone, which rule where
counts are small.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.signals.intervals import normal_quantile

PROPORTION, RATE, RATIO = "proportion", "rate", "ratio"
KINDS = (PROPORTION, RATE, RATIO)

WINSORISED = "winsorised"  # the tenth at either end drawn in to the tenth's edge
TRUNCATED = "truncated"  # the tenth at either end left out, as the SHMI does
CHANCE_ALONE = "chance alone"  # no allowance for differences between areas, as Fingertips draws
TRIMMINGS = (WINSORISED, TRUNCATED, CHANCE_ALONE)
TENTH = 0.10

FEWEST_AREAS = 3  # with two areas each is half of its own target
MOST_TURNS, CLOSE = 100, 1e-10  # when the mean and the variance between areas are found
LEAST_EVENTS = 0.5  # stands for no event on the scale of logarithms (Haldane)

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Overdispersion:
    """How much more areas differ than chance alone would have them.

    Attributes:
        phi: Mean squared distance from the target in standard errors; 1 is chance alone.
        tau_squared: Variance between areas on the transformed scale (0 or more).
        areas: Areas that `phi` was measured on.
        trimming: What was done with the extremes: one of `TRIMMINGS`.
    """

    phi: float
    tau_squared: float
    areas: int
    trimming: str


@dataclass(frozen=True)
class Band:
    """Lower and upper limit at each base, `(bases,)`, as shares of 1 or events a unit of base."""

    lower: FloatArray
    upper: FloatArray


def overdispersion(
    kind: str, events: ArrayLike, bases: ArrayLike, *, target: float, trimming: str = WINSORISED
) -> Overdispersion:
    """The variation between areas beyond chance, by the method of moments.

    phi = sum of z squared / n of the trimmed z; where n phi >= n - 1, tau squared =
    (n phi - (n - 1)) / (sum w - sum w squared / sum w) with w = 1 / s squared, else 0.

    Args:
        kind: `proportion` (arcsine scale), `rate` or `ratio` (logarithms).
        events: Counts, one an area `(areas,)`.
        bases: Answers, residents, expected events or the other count, `(areas,)`.
        target: What they are set against: a share of 1, or events a unit of base.
        trimming: What is done with the extremes.

    Raises:
        NotEnoughData: fewer than three areas.
        DefinitionRefused: a count, base or target that the kind does not allow.
    """
    counts, sizes = _checked(kind, events, bases, target)
    if len(counts) < FEWEST_AREAS:
        raise NotEnoughData(
            f"{len(counts)} areas are too few for a funnel",
            expected=f"at least {FEWEST_AREAS} areas with a figure",
        )
    errors = _errors(kind, sizes, target)
    z = (_scaled(kind, counts, sizes) - _centre(kind, target)) / errors
    kept = np.ones(len(z), dtype=bool)
    if trimming == WINSORISED:
        low, high = np.quantile(z, [TENTH, 1 - TENTH])
        z = np.clip(z, low, high)
    elif trimming == TRUNCATED:
        kept = _middle(z)
    elif trimming != CHANCE_ALONE:
        raise DefinitionRefused(
            f"extremes are {trimming}", expected=f"one of {', '.join(TRIMMINGS)}"
        )
    z, weights, n = z[kept], 1 / errors[kept] ** 2, int(kept.sum())
    phi = float(np.sum(z**2) / n)
    tau_squared = 0.0
    if trimming != CHANCE_ALONE and n * phi > n - 1 and n > 1:
        spare = weights.sum() - (weights**2).sum() / weights.sum()
        tau_squared = float((n * phi - (n - 1)) / spare)
    return Overdispersion(phi, tau_squared, n, trimming)


def typical(
    kind: str, events: ArrayLike, bases: ArrayLike, *, target: float, trimming: str = WINSORISED
) -> float:
    """The figure of a typical area: a share of 1, or events a unit of base.

    The mean of all areas on the transformed scale, each weighted by 1 / (s squared + tau
    squared), so that where areas differ by more than chance a large one counts for little more
    than a small one; the two are found in turn.

    Args:
        kind: `proportion`, `rate` or `ratio`.
        events, bases, trimming: As for `overdispersion`.
        target: Where to begin, such as the pooled figure.

    Raises:
        NotEnoughData: fewer than three areas.
        DefinitionRefused: a count, base or target that the kind does not allow.
    """
    counts, sizes = _checked(kind, events, bases, target)
    for _ in range(MOST_TURNS):
        spread = overdispersion(kind, counts, sizes, target=target, trimming=trimming)
        weights = 1 / (_errors(kind, sizes, target) ** 2 + spread.tau_squared)
        middle = float(np.average(_scaled(kind, counts, sizes), weights=weights))
        before = target
        target = math.sin(middle) ** 2 if kind == PROPORTION else math.exp(middle)
        if abs(target - before) < CLOSE * before:
            break
    return target


def limits(
    kind: str, bases: ArrayLike, *, target: float, spread: Overdispersion, level: float
) -> Band:
    """The limits of a funnel at some bases, as shares of 1 or events a unit of base.

    Args:
        kind: `proportion`, `rate` or `ratio`.
        bases: Where the limits are wanted, `(bases,)` (> 0).
        target: The centre of the funnel.
        spread: The variation between areas to allow for.
        level: Share of areas that chance leaves inside (0 to 1), such as 0.95 or 0.998.

    Raises:
        DefinitionRefused: a base or target that the kind does not allow.
    """
    _, sizes = _checked(kind, np.zeros(np.shape(bases)), bases, target)
    chance = _chance_limits(kind, sizes, target, level, spread.trimming)
    if spread.trimming == CHANCE_ALONE:
        return chance
    reach = normal_quantile(level) * np.sqrt(_errors(kind, sizes, target) ** 2 + spread.tau_squared)
    middle = _centre(kind, target)
    lower, upper = (_unscaled(kind, middle + side * reach, sizes) for side in (-1, 1))
    return Band(np.minimum(lower, chance.lower), np.maximum(upper, chance.upper))


def chances(
    kind: str, events: ArrayLike, bases: ArrayLike, *, target: float, spread: Overdispersion
) -> FloatArray:
    """The chance of lying at least so far from the target, either side (0 to 1), `(areas,)`.

    It agrees with `limits`: an area lies outside the limits of a level exactly where its
    chance is below one less that level.

    Args:
        kind: `proportion`, `rate` or `ratio`.
        events, bases: As for `overdispersion`.
        target: The centre of the funnel.
        spread: The variation between areas to allow for.

    Raises:
        DefinitionRefused: a count, base or target that the kind does not allow.
    """
    counts, sizes = _checked(kind, events, bases, target)
    if spread.trimming == CHANCE_ALONE and kind == PROPORTION:
        apart = counts / sizes - target
        return special.erfc(np.abs(apart) / np.sqrt(2 * target * (1 - target) / sizes))
    exact = _exact_chances(kind, counts, sizes, target)
    if spread.trimming == CHANCE_ALONE:
        return exact
    errors = np.sqrt(_errors(kind, sizes, target) ** 2 + spread.tau_squared)
    z = (_scaled(kind, counts, sizes) - _centre(kind, target)) / errors
    return np.maximum(special.erfc(np.abs(z) / math.sqrt(2)), exact)


def _checked(
    kind: str, events: ArrayLike, bases: ArrayLike, target: float
) -> tuple[FloatArray, FloatArray]:
    counts, sizes = np.asarray(events, dtype=float), np.asarray(bases, dtype=float)
    most = 1.0 if kind == PROPORTION else math.inf
    if kind not in KINDS or not 0 < target < most:
        raise DefinitionRefused(
            f"a funnel of kind {kind} around {target}",
            expected=f"a kind of {', '.join(KINDS)}, and a target above 0; of a share, below 1",
        )
    if counts.shape != sizes.shape or not np.all(sizes > 0) or not np.all(counts >= 0):
        raise DefinitionRefused(
            f"counts {counts.tolist()} on bases {sizes.tolist()}",
            expected="a count of 0 or more and a base above 0 for every area",
        )
    if kind == PROPORTION and np.any(counts > sizes):
        raise DefinitionRefused(
            f"counts {counts.tolist()} on bases {sizes.tolist()}", expected="parts of their bases"
        )
    return counts, sizes


def _centre(kind: str, target: float) -> float:
    return math.asin(math.sqrt(target)) if kind == PROPORTION else math.log(target)


def _scaled(kind: str, counts: FloatArray, sizes: FloatArray) -> FloatArray:
    if kind == PROPORTION:
        return np.arcsin(np.sqrt(counts / sizes))
    if kind == RATE:
        return np.log(np.maximum(counts, LEAST_EVENTS) / sizes)
    return np.log((counts + LEAST_EVENTS) / (sizes + LEAST_EVENTS))


def _unscaled(kind: str, scaled: FloatArray, sizes: FloatArray) -> FloatArray:
    if kind == PROPORTION:
        return np.sin(np.clip(scaled, 0.0, math.pi / 2)) ** 2
    if kind == RATE:
        events = np.exp(scaled) * sizes
        return np.where(events < LEAST_EVENTS, 0.0, events) / sizes
    return np.maximum(0.0, np.exp(scaled) * (sizes + LEAST_EVENTS) - LEAST_EVENTS) / sizes


def _errors(kind: str, sizes: FloatArray, target: float) -> FloatArray:
    """Standard errors of chance at the target, on the transformed scale."""
    if kind == PROPORTION:
        return 1 / (2 * np.sqrt(sizes))
    expected = target * sizes
    if kind == RATE:
        return 1 / np.sqrt(expected)
    over = expected / (expected + LEAST_EVENTS) ** 2
    return np.sqrt(over + sizes / (sizes + LEAST_EVENTS) ** 2)


def _middle(z: FloatArray) -> NDArray[np.bool_]:
    """Which are not of the outer tenths, by rank, ties in the middle of their ranks (SHMI)."""
    order = np.sort(z)
    ranks = (np.searchsorted(order, z, "left") + np.searchsorted(order, z, "right") + 1) / 2
    tenths = round(1 / TENTH)
    within = np.floor(ranks * tenths / (len(z) + 1))
    return (within > 0) & (within < tenths - 1)


def _chance_limits(
    kind: str, sizes: FloatArray, target: float, level: float, trimming: str
) -> Band:
    tail = (1 - level) / 2
    if kind == PROPORTION and trimming == CHANCE_ALONE:
        # Where Wilson's interval of an area would just touch the target (Fingertips).
        reach = normal_quantile(level) * np.sqrt(target * (1 - target) / sizes)
        return Band(np.maximum(0.0, target - reach), np.minimum(1.0, target + reach))
    if kind == PROPORTION:
        low = special.bdtrik(tail, sizes, target)
        high = np.minimum(sizes, special.bdtrik(1 - tail, sizes, target) + 1)
    elif kind == RATE:
        low = special.pdtrik(tail, target * sizes)
        high = special.pdtrik(1 - tail, target * sizes) + 1
    else:
        share = target / (1 + target)
        low = special.btdtria(1 - tail, sizes, share) - 1
        high = special.btdtria(tail, sizes + 1, share)
    return Band(np.maximum(0.0, low) / sizes, high / sizes)


def _exact_chances(kind: str, counts: FloatArray, sizes: FloatArray, target: float) -> FloatArray:
    """Twice the smaller exact tail: binomial, Poisson, or binomial given both counts."""
    some = np.maximum(counts, np.finfo(float).tiny)
    if kind == PROPORTION:
        rest = np.maximum(sizes - counts, np.finfo(float).tiny)
        below = 1 - special.betainc(counts + 1, rest, target)
        above = special.betainc(some, sizes - counts + 1, target)
        below = np.where(counts >= sizes, 1.0, below)
    elif kind == RATE:
        below = special.gammaincc(counts + 1, target * sizes)
        above = special.gammainc(some, target * sizes)
    else:
        share = target / (1 + target)
        below = 1 - special.betainc(counts + 1, sizes, share)
        above = special.betainc(some, sizes + 1, share)
    above = np.where(counts == 0, 1.0, above)
    return np.minimum(1.0, 2 * np.minimum(below, above))
