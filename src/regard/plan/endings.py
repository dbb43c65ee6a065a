"""How a promised year is likely to end: the forecast of its total and the chance of the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from regard.core.errors import NotEnoughData
from regard.core.figures import Figure
from regard.core.periods import FinancialYear, Month
from regard.core.series import COUNT, Series
from regard.core.statements import Statement
from regard.plan.standing import Verdict
from regard.signals import MilestonePace
from regard.signals.paces import NEVER_SEEN, POSSIBLE
from regard.signals.yearend import Chance, FanMonth, YearEnd, year_end

FAR, NEAR = 5, 95  # per cent: chances beyond these are said as less and more
OPEN = {POSSIBLE, NEVER_SEEN}  # standings that leave something to chance


@dataclass(frozen=True)
class Ending:
    """How a year is foreseen to end, or why that cannot be said.

    Attributes:
        end: The forecast; None where there can be none.
        odds: The chance of the target; None without a target or a forecast.
        lacking: Why there is no forecast.
        fan: The whole months to come; a month of which a part is counted is whole here.
    """

    end: YearEnd | None = None
    odds: Chance | None = None
    lacking: Statement | None = None
    fan: tuple[FanMonth, ...] = ()


def ending_of(
    series: Series | None, year: FinancialYear, now: Figure, steps: Sequence[Month]
) -> Ending:
    """The forecast of a year's total of a count.

    Args:
        series: The measure by month, up to the day counted to.
        year: The financial year.
        now: What is counted from the first day of the year.
        steps: First months of accepted new levels.
    """
    if series is None or series.kind != COUNT or not series.supplied:
        return Ending()
    so_far = now if now.value is not None else None
    try:
        end = year_end(series, year, baselines=steps, so_far=so_far)
        whole = year_end(series, year, baselines=steps)
        return Ending(end, fan=whole.fan)
    except NotEnoughData:
        return Ending(
            lacking=Statement.of(
                "No chance can be given: the records hold too few whole months before {month} to "
                "foretell the rest of the year.",
                month=series.end + 1,
            )
        )


def against(ending: Ending, pace: MilestonePace) -> Ending:
    """The same with the chance that the year meets a milestone."""
    if ending.end is None:
        return ending
    return replace(ending, odds=ending.end.chance_of(pace.target.known, pace.milestone.better))


def what_it_rests_on(end: YearEnd) -> tuple[Statement, ...]:
    """What a forecast rests on and how it was checked, without the total and the year so far."""
    told_elsewhere = 2  # the year so far and the total expected, the first two sentences
    return end.statements()[told_elsewhere:]


def verdict_by_chance(verdict: Verdict, ending: Ending, pace: MilestonePace) -> Verdict:
    """The verdict in the words of the chance, where arithmetic has not settled it."""
    odds, end = ending.odds, ending.end
    if odds is None or end is None or odds.settled or pace.standing not in OPEN:
        return verdict
    percent = 100 * odds.value
    bound, way = percent, "about"
    if percent < FAR:
        bound, way = FAR, "less than"
    elif percent > NEAR:
        bound, way = NEAR, "more than"
    chance = replace(odds.figure, value=float(round(bound)), parts=(odds.figure,), places=0)
    why = Statement.of(
        "The chance of meeting it is {way} {chance}: the year is expected to end at {total} "
        "({total:level} range {total:range}).",
        way=way,
        chance=chance,
        total=end.total,
    )
    return Verdict(odds.band, why)
