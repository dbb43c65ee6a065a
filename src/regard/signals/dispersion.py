"""How much more a series varies from month to month than chance alone makes counts vary."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from regard.core.errors import NotEnoughData
from regard.core.periods import MEAN_MONTH_DAYS, MONTHS_A_YEAR, Month
from regard.core.series import COUNT, PROPORTION, Series
from regard.signals.runs import median

QUARTILE = 0.674490  # the median of |N(0, 1)|
ANSCOMBE = 3 / 8  # 2 sqrt(x + 3/8) of a Poisson count has variance 1 (Anscombe 1948)
FEWEST_MOVES = 12  # medians of fewer moves are too uncertain to tell a season from noise
FEWEST_FOR_MEDIANS = 10.0  # mean count below which medians of whole numbers say too little
FEWEST_MONTHS = 3
LEAST = 1.0

OVER_POISSON, OVER_BINOMIAL = "variance over Poisson", "variance over binomial"
WITHIN_SEASON = "median change, from month to month, of the difference from a year before"
FROM_MONTH_TO_MONTH = "median change from month to month"
ABOUT_THE_MEAN = "variance about the average of each baseline"


@dataclass(frozen=True)
class Dispersion:
    """Variance over what chance alone gives.

    Attributes:
        value: The dispersion (a ratio), never below 1.
        measured: The same before it was held at 1.
        against: `variance over Poisson` for counts, `variance over binomial` for proportions.
        method: Which estimate was taken.
        months: Months that entered it.
    """

    value: float
    measured: float
    against: str
    method: str
    months: int

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.against}; {self.method}; {self.months} months)"


def dispersion(series: Series, *, baselines: Sequence[Month] = ()) -> Dispersion:
    """The dispersion of a series of counts or proportions (a ratio, >= 1).

    Counts are put on months of one length. From a mean of 10 a month the estimate is a median,
    which steps, single odd months and a season hardly move: with two years or more, of the
    month-to-month change in the difference from a year before; with less, of the
    month-to-month change itself, which a season makes too large rather than too small. Below
    10 a month it is the variance about each baseline's average over that average.

    Args:
        series: Counts, or proportions with their bases.
        baselines: First months of accepted new levels.

    Raises:
        NotEnoughData: fewer than three months, a proportion without bases, or a measure that
            is neither a count nor a proportion.
    """
    if len(series.supplied) < FEWEST_MONTHS:
        raise NotEnoughData(
            f"{series.measure} of {series.scope} has {len(series.supplied)} months",
            expected="three months or more",
        )
    if series.kind == COUNT:
        return _of_counts(series, baselines)
    if series.kind == PROPORTION and series.bases is not None:
        return _of_proportions(series, baselines)
    raise NotEnoughData(
        f"{series.measure} of {series.scope} is a {series.kind}"
        f"{'' if series.bases else ' without bases'}, which has no chance variation to compare",
        expected="a count, or a proportion with its bases",
        next_step="take the dispersion of the counts it is made from",
    )


def _of_counts(series: Series, baselines: Sequence[Month]) -> Dispersion:
    even = [
        None if value is None else max(0.0, value) * MEAN_MONTH_DAYS / month.days
        for month, value in zip(series.months, series.values, strict=True)
    ]
    held = [value for value in even if value is not None]
    if sum(held) / len(held) < FEWEST_FOR_MEDIANS:
        return _about_means(series, even, baselines)
    scaled = [None if value is None else 2 * math.sqrt(value + ANSCOMBE) for value in even]
    return _by_moves(series, scaled, OVER_POISSON, baselines)


def _of_proportions(series: Series, baselines: Sequence[Month]) -> Dispersion:
    scaled: list[float | None] = []
    for value, base in zip(series.values, series.bases or (), strict=True):
        if value is None or not base:
            scaled.append(None)
        else:
            share = min(max(value / 100, 0.0), 1.0)
            # 2 sqrt(n) arcsin sqrt(p) has variance 1; Anscombe's form is steady near 0 and 1.
            share = (share * base + ANSCOMBE) / (base + 2 * ANSCOMBE)
            scaled.append(math.asin(math.sqrt(share)))
    bases = [base or 0.0 for base in series.bases or ()]
    return _by_moves(series, scaled, OVER_BINOMIAL, baselines, bases)


def _by_moves(
    series: Series,
    scaled: Sequence[float | None],
    against: str,
    baselines: Sequence[Month],
    bases: Sequence[float] | None = None,
) -> Dispersion:
    """From the median absolute move, each move divided by its own standard deviation."""
    variance = [1.0] * len(scaled) if bases is None else [1 / (4 * b) if b else 0.0 for b in bases]
    breaks = {month - series.start for month in baselines}
    year = MONTHS_A_YEAR
    seasonal = _moves(scaled, variance, (0, -1, -year, -year - 1), (1, -1, -1, 1), ())
    moves, method = seasonal, WITHIN_SEASON
    if len(seasonal) < FEWEST_MOVES:
        moves = _moves(scaled, variance, (0, -1), (1, -1), breaks)
        method = FROM_MONTH_TO_MONTH
    if not moves:
        raise NotEnoughData(
            f"no two months of {series.measure} of {series.scope} stand side by side",
            expected="at least two months in a row",
        )
    measured = (median(moves) / QUARTILE) ** 2
    used = sum(value is not None for value in scaled)
    return Dispersion(max(LEAST, measured), measured, against, method, used)


def _moves(
    scaled: Sequence[float | None],
    variance: Sequence[float],
    lags: Sequence[int],
    signs: Sequence[int],
    breaks: set[int] | tuple[()],
) -> list[float]:
    found: list[float] = []
    for at in range(-min(lags), len(scaled)):
        values = [scaled[at + lag] for lag in lags]
        if at in breaks or any(value is None for value in values):
            continue
        held = [value for value in values if value is not None]
        move = sum(sign * value for sign, value in zip(signs, held, strict=True))
        found.append(abs(move) / math.sqrt(sum(variance[at + lag] for lag in lags)))
    return found


def _about_means(
    series: Series, even: Sequence[float | None], baselines: Sequence[Month]
) -> Dispersion:
    edges = sorted({0, len(even), *(month - series.start for month in baselines)})
    squares, freedom, used = 0.0, 0, 0
    for start, stop in zip(edges, edges[1:], strict=False):
        held = [value for value in even[max(0, start) : stop] if value is not None]
        if len(held) > 1 and sum(held) > 0:
            mean = sum(held) / len(held)
            squares += sum((value - mean) ** 2 for value in held) / mean
            freedom += len(held) - 1
            used += len(held)
    measured = squares / freedom if freedom else LEAST
    return Dispersion(max(LEAST, measured), measured, OVER_POISSON, ABOUT_THE_MEAN, used)
