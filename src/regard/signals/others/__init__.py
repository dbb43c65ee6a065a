"""Readings of measures that are no plain counts: rates, proportions, times and money.

Limits follow what each month's value is of: Laney's u' for rates, p' for proportions, Taylor's I'
for averages, which is XmR where no base is known. Two rules make a signal: a month beyond its
own limits, and eight or more in a row on one side of the average. Trends are left out, since they
tell nothing of a drift (Anhoej & Olesen 2014, PLoS ONE 9(11):e113825), and two of three, since it
adds false alarms where limits already follow the base and the spread.
"""

from regard.signals.others.individuals import individuals_many
from regard.signals.others.methods import METHODS_OF_OTHERS
from regard.signals.others.proportions import shares_many
from regard.signals.others.rates import rates_many
from regard.signals.others.rows import GUARDED, PUBLISHED, ROBUST, Choices, Latest, LimitsMany

__all__ = [
    "GUARDED",
    "METHODS_OF_OTHERS",
    "PUBLISHED",
    "ROBUST",
    "Choices",
    "Latest",
    "LimitsMany",
    "individuals_many",
    "rates_many",
    "shares_many",
]
