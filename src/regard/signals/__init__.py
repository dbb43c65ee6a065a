"""A series and what it says: limits, signals, accepted steps, two periods, milestones and ranks.

Plain values come in, dataclasses go out; nothing here reads or writes a file.
"""

from regard.signals.changes import PeriodChange, compare_to_last_year
from regard.signals.conventions import (
    AS_COUNTED,
    ASSURANCES,
    NHS,
    NHS_UNGUARDED,
    NHSR_PARITY,
    PER_MEAN_MONTH,
    SIGNALS,
    VARIATIONS,
    Rules,
)
from regard.signals.dispersion import Dispersion, dispersion
from regard.signals.intervals import byar, points_interval, ratio_interval, wilson
from regard.signals.limits import (
    Limits,
    c_limits,
    individuals_limits,
    median_limits,
    t_limits,
    u_limits,
)
from regard.signals.methods import METHODS, Method, read
from regard.signals.milestones import milestone_pace
from regard.signals.paces import Milestone, MilestonePace
from regard.signals.ranks import HistoryRank, rank_in_history
from regard.signals.readings import (
    Flag,
    LevelChange,
    MethodVersion,
    Options,
    Point,
    Reading,
    Segment,
)
from regard.signals.runs import Runs, runs
from regard.signals.shares import Composition, composition, share_of_change
from regard.signals.xmr import Group, Xmr, XmrMany, xmr, xmr_many

__all__ = [
    "ASSURANCES",
    "AS_COUNTED",
    "METHODS",
    "NHS",
    "NHSR_PARITY",
    "NHS_UNGUARDED",
    "PER_MEAN_MONTH",
    "SIGNALS",
    "VARIATIONS",
    "Composition",
    "Dispersion",
    "Flag",
    "Group",
    "HistoryRank",
    "LevelChange",
    "Limits",
    "Method",
    "MethodVersion",
    "Milestone",
    "MilestonePace",
    "Options",
    "PeriodChange",
    "Point",
    "Reading",
    "Rules",
    "Runs",
    "Segment",
    "Xmr",
    "XmrMany",
    "byar",
    "c_limits",
    "compare_to_last_year",
    "composition",
    "dispersion",
    "individuals_limits",
    "median_limits",
    "milestone_pace",
    "points_interval",
    "rank_in_history",
    "ratio_interval",
    "read",
    "runs",
    "share_of_change",
    "t_limits",
    "u_limits",
    "wilson",
    "xmr",
    "xmr_many",
]
