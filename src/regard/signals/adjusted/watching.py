"""This month, the run of months and the slow drift, each held against what went before it."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from regard.kernels.compiling import compiled
from regard.signals.adjusted.fitting import Fit, Months
from regard.signals.adjusted.spread import Spread, spread_without
from regard.signals.adjusted.tails import normal_of_t
from regard.signals.adjusted.tuning import WARM_UP, Tuning
from regard.signals.kernel import Values

# Standard errors within which a month is on neither side, so that a leap year is no run: less
# than one independent month in a hundred.
LEVEL_WITH = 0.01


class Watch(NamedTuple):
    """What the months of the current level say by the last of them.

    Attributes:
        rise, fall: Cumulative sums upwards and downwards, in standard deviations.
        rise_since, fall_since: The columns from which they have climbed; -1 at nought.
        run: Months in a row above (positive) or below (negative) what was expected.
        run_since: The column at which the run began; -1 for none.
    """

    rise: float
    fall: float
    rise_since: int
    fall_since: int
    run: int
    run_since: int


@compiled
def surprises(fit: Fit, months: Months) -> Values:
    """Each month of the current level less what the months before it foretold.

    The forecast is the average so far plus rho times the last gap from it, so that months that
    hang together do not add up to a false drift. Each is divided by its own standard error,
    with the month itself taken out of the variance, and put on the standard normal scale.
    Shape: one a month with a value; nought before the level is known.
    """
    count = months.counts.shape[0]
    found = np.zeros(count)
    rho, spread = fit.spread.autocorrelation, fit.spread
    long = (1 + rho) / (1 - rho)
    fitted = fit.terms / count  # the season has seen the month, which makes its gap smaller
    heavy, sums = 0.0, 0.0
    start = fit.starts[-1]
    for i in range(start, count):
        weight = fit.weights[i]
        if i - start >= WARM_UP:
            mean = sums / heavy
            gap = fit.roots[i] - mean
            if rho > 0.0 and months.where[i] - months.where[i - 1] == 1:
                gap -= rho * (fit.roots[i - 1] - mean)
                variance = (1 - rho * rho) * ((1 - fitted) / weight + 1 / heavy)
            else:
                variance = (1 - fitted) / weight + long / heavy
            found[i] = _deviate(gap, variance, spread)
        heavy += weight
        sums += weight * fit.roots[i]
    return found


@compiled
def _deviate(gap: float, variance: float, spread: Spread) -> float:
    """A gap as a standard normal deviate, its own square left out of the variance."""
    scaled = gap / math.sqrt(variance)
    rest = spread.freedom - 1.0
    return normal_of_t(scaled / math.sqrt(spread_without(spread, scaled)), rest)


@compiled
def watch(fit: Fit, months: Months, tuning: Tuning) -> Watch:
    """The cumulative sums and the run by the last month.

    The sums are those of Page 1954 with a slack of half a standard deviation, taken of
    forecast errors rather than of gaps, which keeps their false alarms where they are for
    independent months when months hang together.
    """
    found = surprises(fit, months)
    rise, fall, rise_since, fall_since = 0.0, 0.0, -1, -1
    run, run_since, side = 0, -1, 0
    for i in range(fit.starts[-1], found.shape[0]):
        if rise == 0.0:
            rise_since = i
        if fall == 0.0:
            fall_since = i
        surprise = min(tuning.most_surprise, max(-tuning.most_surprise, found[i]))
        rise = max(0.0, rise + surprise - tuning.slack)
        fall = max(0.0, fall - surprise - tuning.slack)
        now = int(found[i] > LEVEL_WITH) - int(found[i] < -LEVEL_WITH)
        if now == 0 or now != side:
            run, run_since = 0, i
        run += now
        side = now
    return Watch(
        rise, fall,
        months.where[rise_since] if rise > 0.0 else -1,
        months.where[fall_since] if fall > 0.0 else -1,
        run, months.where[run_since] if run != 0 else -1,
    )  # fmt: skip
