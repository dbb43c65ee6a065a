"""A milestone and where it stands: the values that milestone arithmetic gives."""

from __future__ import annotations

from dataclasses import dataclass

from regard.core.errors import DefinitionRefused
from regard.core.figures import Figure, Source
from regard.core.periods import FinancialYear, Month
from regard.core.series import HIGHER, LOWER
from regard.core.statements import Statement

BASE_YEARS_SHAPE = "the share counted by then in the base year"
SHARE_OF_DAYS = "the share of its days"

MET, NOT_MET, REACHED, OUT_OF_REACH = "met", "not met", "reached", "can no longer be met"
POSSIBLE, NEVER_SEEN = "still possible", "still possible at a pace never yet seen"
LEVEL_MET, LEVEL_SHORT = "at the level", "short of the level"
STANDINGS = (
    MET, NOT_MET, REACHED, OUT_OF_REACH, POSSIBLE, NEVER_SEEN, LEVEL_MET, LEVEL_SHORT,
)  # fmt: skip

AHEAD, BEHIND, ON_PACE = "ahead", "behind", "on the line"
TARGET = "target"


@dataclass(frozen=True)
class Milestone:
    """What is to be true of a year: a change on the year before, or a level.

    Attributes:
        year: The financial year in which it is to be met.
        better: `lower` or `higher`: on which side of the target it is met.
        change: In per cent of the base year, such as -5; None if a level is set.
        level: In the unit of the measure, such as 88 (%); None if a change is set.
        source: Where it was promised, for the trace of the target.
    """

    year: FinancialYear
    better: str
    change: float | None = None
    level: float | None = None
    source: Source | None = None

    def __post_init__(self) -> None:
        if (self.change is None) == (self.level is None) or self.better not in (LOWER, HIGHER):
            raise DefinitionRefused(
                f"a milestone with change {self.change}, level {self.level} and better "
                f"{self.better!r}",
                expected="either a change or a level, and better lower or higher",
            )


@dataclass(frozen=True)
class MilestonePace:
    """Where a milestone stands, as arithmetic on what was counted. It forecasts nothing.

    Percentages and other levels have `gap` and, within a financial year, `needed_level`; the
    figures of pace are None for them.

    Attributes:
        milestone: What is to be true.
        so_far: What was counted from the first day of the year.
        target: The level that the whole year must reach.
        standing: One of `STANDINGS`.
        position: `ahead`, `behind` or `on the line`; empty for a level.
        shape: What share of the year should be done by now rests on.
        share: That share (%).
        expected: So much would have been counted by now on the way to the target.
        gap: `so_far` less `expected`; for a level, `so_far` less the target.
        percent: `gap` in per cent of what was expected.
        left: What is left before the target, or still to come to reach it (never below 0).
        over: By how much the target has been passed; None unless it has.
        days_left: Days of the year after the last one counted; None once it has ended.
        pace_needed, pace_so_far: A month of what is left, and of what was counted.
        at_average: The year's total if the days left went at the average so far.
        at_average_gap, at_average_percent: That total against the target.
        extreme: The lowest (or highest) month in the history that the pace was held against.
        extreme_month, history_since: That month, and the first of the history.
        needed_level: For percentages, what the rest of the year would have to be.
        said: Every sentence.
    """

    milestone: Milestone
    so_far: Figure
    target: Figure
    standing: str
    position: str = ""
    shape: str = ""
    share: Figure | None = None
    expected: Figure | None = None
    gap: Figure | None = None
    percent: Figure | None = None
    left: Figure | None = None
    over: Figure | None = None
    days_left: Figure | None = None
    pace_needed: Figure | None = None
    pace_so_far: Figure | None = None
    at_average: Figure | None = None
    at_average_gap: Figure | None = None
    at_average_percent: Figure | None = None
    extreme: Figure | None = None
    extreme_month: Month | None = None
    history_since: Month | None = None
    needed_level: Figure | None = None
    said: tuple[Statement, ...] = ()

    def statements(self) -> tuple[Statement, ...]:
        """Every sentence, the target first and what the method cannot say last."""
        return self.said
