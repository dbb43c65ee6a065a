"""The constants of the adjusted count chart, each with its reason."""

from __future__ import annotations

from typing import NamedTuple

ANSCOMBE = 3 / 8  # 2 sqrt(y + 3/8) of a Poisson count has variance 1 (Anscombe 1948)
NORMAL_SIZE = 0.6744897502  # median |N(0, 1)|
NORMAL_MOVE = 0.9538725524  # median |N(0, 2)|: the median move of a standard normal series
SEASON_FROM = 36  # months with a value below which no season is told from chance
FACTORS_FROM = 60  # months from which twelve separate months may replace two harmonics, by BIC
FEWEST_FOR_SEASON = 10.0  # mean count below which a season of 10% drowns in chance
FEWEST_FOR_ROOTS = 10.0  # mean count below which exact tails replace the square-root scale
FEWEST_TO_CHART = 2.0  # mean count below which twelve months are added up instead
SHORTEST = 72  # months that a shorter series counts as in the price of a step
WARM_UP = 6  # months of a level before its next one is held against it


class Tuning(NamedTuple):
    """How steps are found and months are watched.

    Attributes:
        least: Fewest months that make a level. Six, so that a step can be confirmed after
            six months as the delays aimed at ask.
        penalty: What a step must gain, in logarithms of the number of months. Three: what
            stable series then show falsely is measured by bench.studies.stable.
        most_autocorrelation: The largest autocorrelation that is believed; more is drift.
        slack: Of the cumulative sum, in standard deviations: half the shift looked for.
        most_surprise: The largest single surprise that enters the cumulative sum, in standard
            deviations: one odd month is an exceptional month and no drift.
        alarm: Height of the cumulative sum that signals.
        run: Months in a row on one side of the level that signal.
        sigmas: Half the width of the limits.
    """

    least: int = 6
    penalty: float = 3.0
    most_autocorrelation: float = 0.6
    slack: float = 0.5
    most_surprise: float = 3.0
    alarm: float = 4.0
    run: int = 9
    sigmas: float = 3.0


TUNING = Tuning()
