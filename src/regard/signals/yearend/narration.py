"""What a year's end says, in sentences of the closed set."""

from __future__ import annotations

from dataclasses import replace

from regard.core.figures import Figure
from regard.core.periods import Month
from regard.core.quantities import PERCENT
from regard.core.series import Series
from regard.core.statements import Statement
from regard.signals.tallies import tally
from regard.signals.yearend.ends import COMPLETE, NO_SEASON, YearEnd
from regard.signals.yearend.settings import FEW, SEASON_FROM
from regard.signals.yearend.words import say

WIDER_SAID_FROM = 1.05  # a range widened by less prints as once as wide


def statements_of(end: YearEnd, series: Series) -> tuple[Statement, ...]:
    """Every sentence of a year's end but those about a target."""
    if end.state == COMPLETE:
        return (say("complete", name=end.name, year=end.year, total=end.total),)
    told = [_so_far(end)]
    told.append(say("expected", name=end.name, year=end.year, total=end.total, likely=end.likely))
    if end.simulated:
        told.append(say("missing", months=_listed(end.simulated)))
    told += _below_nought(end, series)
    told += _level(end)
    told.append(_checked(end))
    return tuple(told)


def _so_far(end: YearEnd) -> Statement:
    if end.so_far.value is None:
        return say("nothing so far", year=end.year)
    assert end.so_far.period is not None
    months = tally(end.total, len(end.fan), "month", what="months of the year not known")
    key = "so far, with gaps" if end.simulated else "so far"
    return say(key, so_far=end.so_far, year=end.year, day=end.so_far.period.end, months=months)


def _listed(months: tuple[Month, ...]) -> str:
    names = [str(month) for month in months]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _below_nought(end: YearEnd, series: Series) -> list[Statement]:
    below = sum(value < 0 for _, value in series.supplied)
    if not below:
        return []
    return [say("below nought", count=tally(end.total, below, "month", what="months below 0"))]


def _ratio(end: YearEnd, value: float, what: str, unit: str = "", places: int = 1) -> Figure:
    return replace(tally(end.total, value, "", what=what, places=places), unit=unit)


def _level(end: YearEnd) -> list[Statement]:
    dispersion = _ratio(end, end.dispersion, "variance over Poisson")
    history = tally(end.total, end.history, "month", what="months of history")
    if end.few:
        fewest = _ratio(end, FEW, "least mean for the square-root scale", places=0)
        told = [say("few", fewest=fewest, dispersion=dispersion)]
    else:
        drift = _ratio(end, 100 * end.drift, "drift of the level", PERCENT)
        told = [
            say("level", drift=drift, season=end.season, history=history, dispersion=dispersion)
        ]
        if end.season == NO_SEASON:
            needed = tally(end.total, SEASON_FROM, "month", what="least history for a season")
            told.append(say("no season", needed=needed, history=history))
    if end.step is not None:
        told.append(say("step", month=end.step))
    return told


def _checked(end: YearEnd) -> Statement:
    past = end.past
    if not past.checked:
        return say("unchecked")
    held = {
        "checked": tally(end.total, past.checked, "earlier point", what="own past origins"),
        "inside": tally(end.total, past.inside80, "outcome", what="within the 80% range"),
        "all": tally(end.total, past.checked, "outcome", what="own past origins"),
    }
    if past.wider < WIDER_SAID_FROM:
        return say("checked", **held, verdict="the ranges stand as they are")
    wider = _ratio(end, past.wider, "widened by its own past")
    return say("checked and widened", **held, wider=wider)
