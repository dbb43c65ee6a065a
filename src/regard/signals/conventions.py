"""The conventions of a chart, declared: constants, rule versions, calendars, closed word sets."""

from __future__ import annotations

import math
from dataclasses import dataclass

from regard.core.periods import Month

NHS_CONSTANT = 2.66  # NHS Making Data Count and NHSRplotthedots (R/ptd_spc_standard.R)
TABLE_CONSTANT = 3 / 1.128  # d2 to three places, as textbooks' tables and qcc print it
EXACT_CONSTANT = 3 * math.sqrt(math.pi) / 2  # 3 / d2 with d2 = 2 / sqrt(pi)
MEDIAN_CONSTANT = 3 / 0.954  # median of |N(0, 2)| to three places, as JMP documents it
RANGE_LIMIT = 3.267  # D4 of two: a moving range at or above 3.267 times the mean is screened out

RUN_LENGTH = 7  # points on one side, or rising or falling, that NHS charts signal
FEWEST_FOR_FIRM_LIMITS = 13  # below this NHSRplotthedots warns of trial limits (threshold 13)
FEWEST_TO_JUDGE = 12  # months; fewer is too early to judge (reference of the classifier)
FEWEST_A_MONTH = 2.0  # mean count below which moving-range limits raise mostly false alarms

AS_COUNTED = "as counted"
PER_MEAN_MONTH = "per 30.4375 days"
CALENDARS = (AS_COUNTED, PER_MEAN_MONTH)

BEFORE_2023 = "before November 2023"  # two of three between 2 and 3 sigma only
SINCE_2023 = "since November 2023"  # two of three beyond 2 sigma, points beyond 3 included

BY_PRECEDENCE = "by precedence"  # the icon follows the rule that stands first
IMPROVEMENT_FIRST = "improvement first"  # the Making Data Count tool shows improvement

ABOVE_LIMIT, BELOW_LIMIT = "above the upper limit", "below the lower limit"
RISING, FALLING = "rising", "falling"
TWO_HIGH, TWO_LOW = "two of three high", "two of three low"
RUN_ABOVE, RUN_BELOW = "run above the average", "run below the average"
SIGNALS = (
    ABOVE_LIMIT, BELOW_LIMIT, RISING, FALLING, TWO_HIGH, TWO_LOW, RUN_ABOVE, RUN_BELOW,
)  # fmt: skip
EXCEPTIONAL_HIGH, EXCEPTIONAL_LOW = "exceptionally high", "exceptionally low"
RUN_HIGH, RUN_LOW = "run high", "run low"
DRIFT_UP, DRIFT_DOWN = "drift up", "drift down"
# Of the adjusted count chart, in the order of its bits and of precedence.
ADJUSTED_SIGNALS = (
    EXCEPTIONAL_HIGH, EXCEPTIONAL_LOW, RUN_HIGH, RUN_LOW, DRIFT_UP, DRIFT_DOWN,
)  # fmt: skip
HIGH_SIGNALS = frozenset(
    {ABOVE_LIMIT, RISING, TWO_HIGH, RUN_ABOVE, EXCEPTIONAL_HIGH, RUN_HIGH, DRIFT_UP}
)
LIMITS = frozenset({ABOVE_LIMIT, BELOW_LIMIT, EXCEPTIONAL_HIGH, EXCEPTIONAL_LOW})
RUNS = frozenset({RISING, FALLING, RUN_ABOVE, RUN_BELOW, RUN_HIGH, RUN_LOW})

COMMON = "common cause"
IMPROVEMENT_HIGH, IMPROVEMENT_LOW = "improvement (high)", "improvement (low)"
CONCERN_HIGH, CONCERN_LOW = "concern (high)", "concern (low)"
NEITHER_HIGH, NEITHER_LOW = "special cause (high)", "special cause (low)"
NOT_JUDGED = "not judged"
VARIATIONS = (
    COMMON, IMPROVEMENT_HIGH, IMPROVEMENT_LOW, CONCERN_HIGH, CONCERN_LOW,
    NEITHER_HIGH, NEITHER_LOW, NOT_JUDGED,
)  # fmt: skip

ALWAYS_MEETS = "consistently meets the target"
NEVER_MEETS = "consistently fails the target"
HIT_OR_MISS = "hit or miss"
NO_TARGET = "no target"
ASSURANCES = (ALWAYS_MEETS, NEVER_MEETS, HIT_OR_MISS, NO_TARGET, NOT_JUDGED)


UNSCREENED = "every range used"
POISSON_FLOOR = "widened to Poisson"
NO_VARIATION = "no variation"
NO_RANGE = "no range"
BINOMIAL_FLOOR = "widened to binomial"
# In the order of the kernel's bits.
GUARDS = (UNSCREENED, POISSON_FLOOR, NO_VARIATION, NO_RANGE, BINOMIAL_FLOOR)


@dataclass(frozen=True)
class Rules:
    """One published or declared set of rules for an individuals chart.

    Attributes:
        name: The method's name, as `read` takes it.
        version: Version of the rules as Regard computes them.
        title: Its name as a paper prints it.
        published: The month of the rule version that is followed.
        constant: Half the width of the limits in mean moving ranges.
        screen: Whether moving ranges at or above 3.267 times their mean are left out, once.
        guarded: Whether Regard's guards apply: the unscreened ranges where screening leaves
            nothing or less than half; counts never narrower than Poisson, and percentages
            whose bases are known never narrower than binomial at the median base of the
            group; no signal from a group of no variation; no moving range across a missing
            month.
        two_of_three: `before November 2023` or `since November 2023`.
        conflict: Which icon shows when signals of both directions meet on the last point.
    """

    name: str
    version: str
    title: str
    published: Month
    constant: float = NHS_CONSTANT
    screen: bool = True
    guarded: bool = True
    two_of_three: str = SINCE_2023
    conflict: str = IMPROVEMENT_FIRST

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


NHS = Rules(
    name="nhs-making-data-count",
    version="2023-11, guarded 2",
    title="NHS Making Data Count rules with Regard's guards",
    published=Month(2023, 11),
)
NHS_UNGUARDED = Rules(
    name="nhs-making-data-count-unguarded",
    version="2023-11",
    title="NHS Making Data Count rules without guards",
    published=Month(2023, 11),
    guarded=False,
)
NHSR_PARITY = Rules(
    name="nhsrplotthedots-parity",
    version="2025-09",
    title="NHSRplotthedots rules, point for point and without guards",
    published=Month(2025, 9),
    guarded=False,
    two_of_three=BEFORE_2023,
    conflict=BY_PRECEDENCE,
)
RULES = {rules.name: rules for rules in (NHS, NHS_UNGUARDED, NHSR_PARITY)}
