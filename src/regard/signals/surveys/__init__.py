"""Surveys: counted answers in waves, their shares with ranges, and how these differ.

Plain counts come in, dataclasses with figures and sentences go out. A share has Wilson's range
at the effective sample size n / design effect; a difference Newcombe's at those sizes.
"""

from regard.signals.surveys.differences import (
    Difference,
    compare_two_groups,
    compare_waves,
    smallest_told,
)
from regard.signals.surveys.groups import Groups, compare_groups
from regard.signals.surveys.rolling import Rolling, rolling
from regard.signals.surveys.trends import Trend, trend
from regard.signals.surveys.waves import EVERYBODY, Question, Share, Wave, pooled, share_of

__all__ = [
    "EVERYBODY",
    "Difference",
    "Groups",
    "Question",
    "Rolling",
    "Share",
    "Trend",
    "Wave",
    "compare_groups",
    "compare_two_groups",
    "compare_waves",
    "pooled",
    "rolling",
    "share_of",
    "smallest_told",
    "trend",
]
