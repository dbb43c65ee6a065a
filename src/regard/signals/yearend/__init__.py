"""The end of the financial year: how high the total may be, and the chance of a target."""

from regard.signals.yearend.ends import Chance, FanMonth, Past, YearEnd
from regard.signals.yearend.foretelling import METHOD, year_end
from regard.signals.yearend.many import YearEndMany, year_end_many
from regard.signals.yearend.words import BANDS, band_of

__all__ = [
    "BANDS",
    "METHOD",
    "Chance",
    "FanMonth",
    "Past",
    "YearEnd",
    "YearEndMany",
    "band_of",
    "year_end",
    "year_end_many",
]
