"""The states that a series can be in, in the order in which the first that applies is said."""

from __future__ import annotations

from dataclasses import dataclass

from regard.core.periods import MONTHS_A_YEAR
from regard.signals.conventions import FEWEST_A_MONTH, FEWEST_TO_JUDGE

TOO_EARLY, TOO_FEW = "too early to judge", "too few to chart"
EXCEPTIONAL, POSSIBLE = "exceptional month", "possible step"
STEP, UNSETTLED, STABLE = "step change", "no stable level", "stable"
STATES = (TOO_EARLY, TOO_FEW, EXCEPTIONAL, POSSIBLE, UNSETTLED, STEP, STABLE)

RECENT_STEP = 2 * MONTHS_A_YEAR  # months for which a step is news
DRIFT_WITHIN = 3 * MONTHS_A_YEAR  # months within which steps one way make a drift
DRIFT_STEPS = 3


@dataclass(frozen=True)
class Evidence:
    """What a state is told from.

    Attributes:
        months: Months with a value.
        mean: Average count of the current level; None for what is no count.
        exceptional: Whether the last month stands out, over the pack or beyond its limits.
        possible: Whether the months up to the last climb or fall together.
        step_age: Months since the last step began, accepted or found; None without one.
        one_way: Steps of one sign, without one of the other, that began in the last 36 months.
        hangs_together: Whether neighbouring months are as alike as the method can believe.
    """

    months: int
    mean: float | None = None
    exceptional: bool = False
    possible: bool = False
    step_age: int | None = None
    one_way: int = 0
    hangs_together: bool = False


def state_of(seen: Evidence) -> str:
    """The first of `STATES` that applies."""
    if seen.months < FEWEST_TO_JUDGE:
        return TOO_EARLY
    if seen.mean is not None and seen.mean < FEWEST_A_MONTH:
        return TOO_FEW
    if seen.exceptional:
        return EXCEPTIONAL
    if seen.possible:
        return POSSIBLE
    if seen.one_way >= DRIFT_STEPS or seen.hangs_together:
        # Said before a step: where levels do not last, the newest is no news.
        return UNSETTLED
    if seen.step_age is not None and seen.step_age <= RECENT_STEP:
        return STEP
    return STABLE
