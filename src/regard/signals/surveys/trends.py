"""Whether a share rose or fell over five waves or more."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from regard.core.errors import NotEnoughData
from regard.core.figures import Figure, derived
from regard.core.quantities import POINTS
from regard.core.statements import Statement, Value
from regard.signals.intervals import NINETY_FIVE
from regard.signals.others.tails import student_deviate, student_tail
from regard.signals.surveys.differences import NO_GAP
from regard.signals.surveys.sentences import say
from regard.signals.surveys.waves import Question, Share, Wave, share_of
from regard.signals.tallies import size, spanned

FEWEST_WAVES = 5
DAYS_A_YEAR = 365.25
RISE, FALL, NO_TREND = "rise", "fall", "no trend"
TREND_VERDICTS = {
    RISE: "more than waves of this size often show by chance",
    FALL: "more than waves of this size often show by chance",
    NO_TREND: "no more than waves of this size often show by chance",
}


@dataclass(frozen=True)
class Trend:
    """A straight line through the waves of a question.

    Attributes:
        shares: The waves that made it, in order of time.
        slope: Percentage points a year, with its interval.
        scatter: Mean square of the waves about the line over that of chance alone (a ratio);
            above 1 it widens the interval.
        p_value: The chance (0 to 1) of as steep a line if there were no trend.
        verdict: `rise`, `fall` or `no trend`, by the interval.
    """

    shares: tuple[Share, ...]
    slope: Figure
    scatter: float
    p_value: float
    verdict: str

    def statements(self) -> tuple[Statement, ...]:
        """The trend with its range, and whether the waves lie about it as chance sets them."""
        first, last = self.shares[0], self.shares[-1]
        held: dict[str, Value] = {
            "name": last.name,
            "waves": last.count(len(self.shares), "wave", "waves of the trend"),
            "first": first.wave.ended,
            "last": last.wave.ended,
            "slope": self.slope,
        }
        if abs(self.slope.known) < NO_GAP:
            told = say("flat", **held)
        else:
            told = say(
                "trend", **held, size=size(self.slope),
                moved="rose" if self.slope.known > 0 else "fell",
                verdict=TREND_VERDICTS[self.verdict],
            )  # fmt: skip
        return (told, say("rough")) if self.scatter > 1 else (told,)


def trend(question: Question, waves: Sequence[Wave], *, level: float = NINETY_FIVE) -> Trend:
    """A line through five waves or more, each weighted by what it says.

    Weighted least squares on the share in the middle of each wave, with weights n_eff / (p (1 -
    p)), p after one positive and one other answer more. The interval takes Student's t with
    waves - 2 degrees of freedom, widened where the waves scatter more about the line than
    chance alone, never narrowed. Rolling values share answers: give waves, not those.

    Args:
        question: What was asked.
        waves: Of one group; those below the smallest cell are left out.
        level: Chance that the interval holds the truth (0 to 1).

    Raises:
        NotEnoughData: fewer than five waves are shown, they are rolling values, or all ended
            on one day.
    """
    shares = [share_of(question, wave, level=level) for wave in waves]
    shares = sorted((one for one in shares if one.shown), key=lambda one: one.wave.period.end)
    rolled = sum(1 for one in shares if one.wave.months)
    if len(shares) < FEWEST_WAVES or rolled or len({s.wave.period.end for s in shares}) == 1:
        raise NotEnoughData(
            f"{len(shares)} waves of {question.measure} are shown, {rolled} of them rolled",
            expected=f"{FEWEST_WAVES} waves or more, none rolled, at different times",
        )
    years = np.array([_middle(one.wave) for one in shares])
    values = np.array([100 * one.wave.share for one in shares])
    weights = np.array([_weight(one.wave) for one in shares])
    years -= np.average(years, weights=weights)
    spread = float((weights * years**2).sum())
    value = float((weights * years * values).sum()) / spread
    left = values - np.average(values, weights=weights) - value * years
    freedom = len(shares) - 2
    scatter = float((weights * left**2).sum()) / freedom
    error = math.sqrt(max(1.0, scatter) / spread)
    reach = student_deviate((1 - level) / 2, float(freedom)) * error
    slope = derived(
        tuple(one.figure for one in shares), value=value, unit=POINTS,
        method="weighted regression across waves, a year",
    )  # fmt: skip
    slope = spanned(replace(slope, signed=True, places=1), value - reach, value + reach, level)
    verdict = RISE if value > reach else FALL if value < -reach else NO_TREND
    p_value = min(1.0, 2 * student_tail(abs(value) / error, float(freedom)))
    return Trend(tuple(shares), slope, scatter, p_value, verdict)


def _middle(wave: Wave) -> float:
    """The middle of a wave in years."""
    half = timedelta(days=(wave.period.days - 1) / 2)
    return (wave.period.start + half).toordinal() / DAYS_A_YEAR


def _weight(wave: Wave) -> float:
    n = wave.effective
    p = (wave.share * n + 1) / (n + 2)
    return n / (100 * 100 * p * (1 - p))
