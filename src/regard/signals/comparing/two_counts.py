"""Two counts, and whether one and the same rate could give them: the e-test, where it applies.

Krishnamoorthy & Thomson 2004 (Journal of Statistical Planning and Inference 119:23). It takes
it that counts vary by chance alone; crime counts seldom do.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from scipy import special

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.core.figures import Figure, must_compare, percent_change
from regard.core.quantities import Range
from regard.core.statements import Statement
from regard.signals.comparing.words import chance_said, say
from regard.signals.dispersion import Dispersion
from regard.signals.intervals import NINETY_FIVE, ratio_interval
from regard.signals.tallies import spanned, tally

# At 1.1 times the Poisson variance a test at 5% rejects equal rates 6.2% of the time.
MOST_DISPERSION = 1.1
NEGLIGIBLE = 1e-14  # chance left out at either end of the sum
TIES = 1e-9  # relative slack within which two statistics are the same


def e_test(one: int, other: int, *, exposure: float = 1.0, other_exposure: float = 1.0) -> float:
    """The chance that two Poisson counts of one rate differ at least so much (0 to 1).

    Args:
        one, other: Two counts (>= 0).
        exposure, other_exposure: What each was counted over, such as days (> 0).

    Raises:
        DefinitionRefused: a count below nought or an exposure not above it.

    Example:
        >>> round(e_test(6, 2), 4)
        0.1749
    """
    if min(one, other) < 0 or min(exposure, other_exposure) <= 0:
        raise DefinitionRefused(
            f"counts of {one} and {other} over {exposure} and {other_exposure}",
            expected="counts of 0 or more over exposures above 0",
        )
    total = one + other
    if total == 0:
        return 1.0
    rate = total / (exposure + other_exposure)
    gap = one / exposure - other / other_exposure
    squared = gap**2 / (one / exposure**2 + other / other_exposure**2)
    mean, other_mean = rate * exposure, rate * other_exposure
    counts = _likely(mean)
    weights = np.exp(special.xlogy(counts, mean) - mean - special.gammaln(counts + 1))
    return float(min(1.0, np.sum(weights * _as_far(counts, exposure, other_exposure, squared,
                                                   other_mean))))  # fmt: skip


def _likely(mean: float) -> np.ndarray:
    """The counts that together hold all but a negligible chance."""
    low = max(0, math.floor(special.pdtrik(NEGLIGIBLE, mean)) - 1)
    high = math.ceil(mean + 10 * math.sqrt(mean) + 30)
    return np.arange(low, high + 1, dtype=float)


def _as_far(
    counts: np.ndarray, exposure: float, other_exposure: float, squared: float, mean: float
) -> np.ndarray:
    """The chance of another count so far from each count that the statistic is reached.

    (a - y)^2 >= t^2 (a / n + y / m) in the other rate y is met outside the two roots.
    """
    if squared == 0:
        return np.ones(len(counts))
    a = counts / exposure
    half = a + squared / (2 * other_exposure)
    root = np.sqrt(np.maximum(0.0, half**2 - a**2 + squared * a / exposure))
    slack = TIES * np.maximum(1.0, half * other_exposure)
    below = np.floor((half - root) * other_exposure + slack)
    above = np.ceil((half + root) * other_exposure - slack)
    # Where both counts are nought the statistic is nought, and is not reached.
    above = np.where((counts == 0) & (above < 1), 1.0, above)
    below = np.where(counts == 0, -1.0, below)
    lower = np.where(below >= 0, special.pdtr(np.maximum(below, 0.0), mean), 0.0)
    upper = np.where(above >= 1, special.pdtrc(np.maximum(above - 1, 0.0), mean), 1.0)
    return lower + upper


@dataclass(frozen=True)
class TwoCounts:
    """Two counts of one thing, and whether one rate could give both.

    Attributes:
        one, other: The counts.
        change: One in per cent of the other, with its interval; missing from a base of nought.
        chance: Chance that counts of one rate lie so far apart (0 to 1); None where the test
            does not apply.
        dispersion: Variance over Poisson of such counts (>= 1); None if it is not known.
    """

    one: Figure
    other: Figure
    change: Figure
    chance: float | None
    dispersion: float | None

    def statements(self) -> tuple[Statement, ...]:
        """Whether the counts differ beyond chance, or why no test is given, and the range."""
        held = {"one": self.one, "other": self.other}
        if self.chance is not None:
            end, chance = chance_said(self.one, self.chance)
            told = [say(f"two counts{end}", **held, chance=chance)]
        elif self.dispersion is None:
            told = [say("two counts, unknown", **held)]
        else:
            phi = replace(
                tally(self.one, self.dispersion, "", what="dispersion", places=1), unit=""
            )
            told = [say("two counts, spread", **held, phi=phi)]
        if self.change.interval is not None:
            told.append(say("two counts, change", change=self.change))
        return tuple(told)


def compare_counts(
    one: Figure,
    other: Figure,
    *,
    dispersion: Dispersion | float | None,
    level: float = NINETY_FIVE,
) -> TwoCounts:
    """Two counts of one measure, by the e-test where they vary by chance alone.

    Where the counts are overdispersed, or it is not known whether they are, the test is not
    made; the change still has its interval, which takes the dispersion.

    Args:
        one, other: Two counts of one measure and body; each over its own period.
        dispersion: Variance over Poisson of such counts (>= 1); None if it is not known.
        level: Chance that the interval holds the truth (0 to 1).

    Raises:
        NotComparable: they are not the same thing.
        NotEnoughData: one is missing, or both are nought.
        DefinitionRefused: a count is below nought or not whole.
    """
    must_compare(one, other)
    phi = dispersion.value if isinstance(dispersion, Dispersion) else dispersion
    counts = [one.known, other.known]
    if min(counts) < 0 or any(count != int(count) for count in counts):
        raise DefinitionRefused(f"counts of {one} and {other}", expected="whole counts, 0 or more")
    if not sum(counts):
        raise NotEnoughData(f"{one.measure} was {one} and {other}", expected="at least one counted")
    longer = [1.0, 1.0]
    if one.period is not None and other.period is not None:
        longer = [1.0, other.period.days / one.period.days]
    chance = None
    if phi is not None and phi <= MOST_DISPERSION:
        chance = e_test(int(counts[0]), int(counts[1]), other_exposure=longer[1])
    return TwoCounts(one, other, _change(one, other, longer[1], phi, level), chance, phi)


def _change(one: Figure, other: Figure, longer: float, phi: float | None, level: float) -> Figure:
    if not other.known:
        return replace(one, value=None, unit="%", parts=(one, other), missing="from a base of 0")
    percent = percent_change(one, other)
    percent = replace(percent, value=100 * (one.known / other.known * longer - 1))
    if phi is None:
        return percent
    span: Range = ratio_interval(one.known, other.known, dispersion=phi, level=level)
    low, high = (100 * (end * longer - 1) for end in (span.low, span.high))
    return spanned(percent, low, high, level)
