"""A reading of the adjusted count chart in sentences, the state first and the method last."""

from __future__ import annotations

import calendar
import math
from collections.abc import Iterator
from dataclasses import replace

from regard.core.figures import Figure
from regard.core.periods import MONTHS_A_YEAR, Month
from regard.core.quantities import PERCENT
from regard.core.statements import Statement, Value
from regard.signals.adjusted.power import CHANCE
from regard.signals.adjusted.tuning import (
    FEWEST_FOR_SEASON,
    FEWEST_TO_CHART,
    SEASON_FROM,
    TUNING,
)
from regard.signals.adjusted.wording import tell
from regard.signals.changes import HIGHER, LOWER, NO_CHANGE, VERDICTS
from regard.signals.conventions import (
    DRIFT_DOWN,
    DRIFT_UP,
    LIMITS,
    NHS,
    RUN_HIGH,
    RUN_LOW,
)
from regard.signals.intervals import ratio_interval
from regard.signals.narration import Told, assurance_said, missing_said, months_missing
from regard.signals.readings import AVERAGE, EVENED, Flag, Reading
from regard.signals.sentences import say
from regard.signals.states import (
    DRIFT_WITHIN,
    EXCEPTIONAL,
    POSSIBLE,
    STABLE,
    STEP,
    TOO_EARLY,
    TOO_FEW,
    UNSETTLED,
)
from regard.signals.tallies import of_series, tally

TOGETHER = {RUN_HIGH: "rise", DRIFT_UP: "rise", RUN_LOW: "fall", DRIFT_DOWN: "fall"}
MOST_NAMED = 4  # months named one by one; more are counted
HARDLY, TENTH = 0.001, 0.1  # chances below which less, and one decimal more, is said
LONG_GAP = 3  # months without one from which the gap is said


def narrate_adjusted(reading: Reading) -> tuple[tuple[Flag, ...], tuple[Statement, ...]]:
    """What must be known to trust a reading, and every sentence of it in printing order.

    Args:
        reading: With everything but its flags and sentences.
    """
    flags = tuple(_flags(reading))
    said = [_state(reading)]
    if reading.state == TOO_FEW:
        said.extend(_gap(reading))
        said.extend(_steps(reading))
    elif reading.state != TOO_EARLY:
        said.extend(_rest(reading, said[0]))
    return flags, (*said, *(flag.statement for flag in flags))


def step_said(
    dates: tuple[Month, Month, Month],
    direction: str,
    averages: tuple[Figure, Figure],
    percent: Figure,
) -> Statement:
    """A step that was found: from when, between which months, how large, and not yet accepted.

    Args:
        dates: The likeliest month, the earliest and the latest.
        direction: `up` or `down`.
        averages: Of the levels before and after.
        percent: The change, with its range where it starts from more than nought.
    """
    month, earliest, latest = dates
    before, after = averages
    if percent.value is None:
        told = tell("step from nought", month=month, before=before, after=after)
    else:
        told = tell(
            "step", month=month, direction=direction, before=before, after=after, change=percent
        )
    if earliest == latest:
        told += tell("step dated", month=month)
    else:
        told += tell("step dated between", earliest=earliest, latest=latest)
    return told + tell("proposed")


def _told(reading: Reading) -> Told:
    return Told(reading, NHS, None)


def _number(reading: Reading, many: float, unit: str, what: str) -> Figure:
    return tally(reading.average, many, unit, what=what)


def _mean(reading: Reading) -> Figure:
    return reading.level_figure(reading.levels[-1], reading.levels[-1].mean, what=EVENED)


def _months(reading: Reading, many: int, what: str) -> Figure:
    return _number(reading, many, "month", what)


def _state(reading: Reading) -> Statement:
    """The sentence of the state that the series is in."""
    state = reading.state
    if state == TOO_EARLY:
        months = _months(reading, len(reading.series.supplied), "months with a value")
        return say("too early", months=months, start=reading.series.start)
    if state == TOO_FEW:
        return _few(reading)
    if state == EXCEPTIONAL:
        return _exceptional(reading)
    if state == POSSIBLE:
        return _possible(reading)
    if state == UNSETTLED:
        return _unsettled(reading)
    return _newest_step(reading) if state == STEP else _level(reading)


def _value(reading: Reading) -> Figure:
    point = reading.latest
    assert point.value is not None
    return replace(of_series(reading.series, point.value), period=point.month.period)


def _ends(reading: Reading) -> tuple[Figure, Figure]:
    """The whole counts between which the last month was expected."""
    assert reading.expected is not None
    span = reading.expected.interval
    assert span is not None
    low, high = math.ceil(span.low), math.floor(span.high)
    if low > high:
        low, high = math.floor(span.low), math.ceil(span.high)
    made = replace(reading.expected, interval=None, parts=(reading.expected,))
    return (
        replace(made, value=float(low), method="lowest of the months expected"),
        replace(made, value=float(high), method="highest of the months expected"),
    )


def _exceptional(reading: Reading) -> Statement:
    low, high = _ends(reading)
    point = reading.latest
    above = point.value is not None and point.value > (reading.expected or low).known
    key = "exceptionally high" if above else "exceptionally low"
    return tell(key, month=point.month, value=_value(reading), low=low, high=high)


def _together(reading: Reading) -> tuple[str, Month] | None:
    """Which way the last months go together, and from which month."""
    last = reading.latest
    for signal, way in TOGETHER.items():
        if signal in last.signals:
            months = [point.month for point in reading.points if signal in point.signals]
            return way, months[0]
    return None


def _possible(reading: Reading) -> Statement:
    together = _together(reading)
    assert together is not None
    way, month = together
    needed = TUNING.least - (reading.latest.month - month + 1)
    if needed <= 0:
        return tell("possible, small", way=way, month=month)
    return tell("possible", way=way, month=month, needed=_months(reading, needed, "months needed"))


def _unsettled(reading: Reading) -> Statement:
    since = reading.latest.month + -DRIFT_WITHIN
    steps = [one for one in reading.levels[1:] if one.start > since]
    before = reading.levels[len(reading.levels) - len(steps) - 1 :]
    ups = {after.mean > one.mean for one, after in zip(before, steps, strict=False)}
    if len(steps) > 1 and len(ups) == 1:
        return tell(
            "steps one way",
            steps=_number(reading, len(steps), "step", "steps one way"),
            direction="up" if ups == {True} else "down",
            month=steps[0].start,
            mean=_mean(reading),
            start=reading.levels[-1].start,
        )
    return tell("hangs together", start=reading.levels[-1].start, mean=_mean(reading))


def _newest_step(reading: Reading) -> Statement:
    newest = reading.levels[-1]
    if newest.accepted:
        return reading.changes[-1].statement
    return reading.proposals[-1].statement


def _level(reading: Reading) -> Statement:
    """The level that holds now, whether accepted or found."""
    normal = _normal(reading)
    held: dict[str, Value] = {"mean": _mean(reading), "start": reading.levels[-1].start}
    if normal is None:
        return say("no limits", **held)
    if reading.latest.beyond:
        # The month itself is in the level's spread: what it was held against has been said.
        return tell("level alone", **held)
    low, high = normal
    key = "level"
    if reading.state == STABLE:
        key = "stable" if reading.season is None else "stable, season"
    return tell(key, **held, low=low, high=high)


def _normal(reading: Reading) -> tuple[Figure, Figure] | None:
    """The whole counts between which a month of average length and season lies."""
    span = reading.usual
    if span is None:
        return None
    level = reading.levels[-1]
    low, high = (
        reading.level_figure(level, end, what="end of the normal range").printed(places=0)
        for end in span
    )
    return low, high


def _rest(reading: Reading, first: Statement) -> Iterator[Statement]:
    """Everything after the state."""
    told = {str(first)}
    for one in _steps(reading):
        if str(one) not in told:
            yield one
    if reading.state not in (STABLE, UNSETTLED):
        yield _level(reading)
    yield from _as_counted(reading)
    yield from _unaccepted(reading)
    yield from _watched(reading)
    yield from _others(reading)
    yield from assurance_said(_told(reading))


def _steps(reading: Reading) -> Iterator[Statement]:
    """Accepted steps, then the found ones that are news or of the level that holds."""
    for change in reading.changes:
        yield change.statement
    since = reading.latest.month + -DRIFT_WITHIN
    for one in reading.proposals:
        if one.month > max(since, reading.current.start):
            yield one.statement


def _as_counted(reading: Reading) -> Iterator[Statement]:
    """The plain average of the level's months, which a reader can add up, where it differs."""
    level = reading.levels[-1]
    counts = [value for month, value in reading.series.supplied if month >= level.start]
    plain = reading.level_figure(level, math.fsum(counts) / len(counts), what=AVERAGE)
    if str(plain) != str(_mean(reading)):
        months = _months(reading, len(counts), "months of the level with a value")
        yield tell("as counted", months=months, start=level.start, plain=plain)


def _unaccepted(reading: Reading) -> Iterator[Statement]:
    """That the level which holds rests on a step older than news that nobody has accepted."""
    newest = reading.levels[-1]
    if newest.accepted or newest.start > reading.latest.month + -DRIFT_WITHIN:
        return
    key = "proposed, level" if reading.changes else "proposed, none accepted"
    yield tell(key, month=newest.start, start=reading.current.start, accepted=reading.average)


def _watched(reading: Reading) -> Iterator[Statement]:
    """The last month, and what the months up to it add up to."""
    last = reading.latest
    if reading.expected is not None and reading.state != EXCEPTIONAL:
        low, high = _ends(reading)
        if last.signals and last.signals[0] in LIMITS:
            yield _exceptional(reading)
        else:
            yield tell("within", month=last.month, value=_value(reading), low=low, high=high)
    for signal in last.signals:
        if signal not in TOGETHER:
            continue
        months = [point for point in reading.points if signal in point.signals]
        held: dict[str, Value] = {"first": months[0].month, "last": last.month}
        if signal in (RUN_HIGH, RUN_LOW):
            held["points"] = _months(reading, len(months), "months in a row")
        yield tell(signal, **held)


def _others(reading: Reading) -> Iterator[Statement]:
    """Months of the level before the last one that lay beyond its limits."""
    newest, last = reading.levels[-1], reading.latest.month
    months = [
        point.month
        for point in reading.points
        if newest.start <= point.month < last and point.beyond
    ]
    if 0 < len(months) <= MOST_NAMED:
        yield tell("others", months=", ".join(str(month) for month in months))
    elif months:
        count = _months(reading, len(months), "months beyond the limits")
        yield tell("others many", count=count, month=months[-1])


def _few(reading: Reading) -> Statement:
    """Twelve months against the twelve before, for counts too small to chart by the month."""
    held = [value for _, value in reading.series.supplied]
    recent, before = held[-MONTHS_A_YEAR:], held[-2 * MONTHS_A_YEAR : -MONTHS_A_YEAR]
    mean = sum(recent) / len(recent)
    if mean >= FEWEST_TO_CHART:  # it is the newest level that is few
        mean = reading.levels[-1].mean
    average = _number(reading, mean, "", "average of the latest months, or of their level")
    values: dict[str, Value] = {
        "mean": replace(average, unit="", places=1),
        "year": of_series(reading.series, sum(recent), method="sum of the latest months"),
        "months": _months(reading, len(recent), "months added up"),
    }
    if len(before) < MONTHS_A_YEAR:
        return tell("too few", **values)
    earlier = of_series(reading.series, sum(before), method="sum of the months before")
    return tell(
        "too few, two years", **values, before=earlier,
        verdict=VERDICTS[_verdict(reading, sum(recent), sum(before))],
    )  # fmt: skip


def _verdict(reading: Reading, now: float, then: float) -> str:
    if now + then == 0:
        return NO_CHANGE
    spread = reading.spread.dispersion if reading.spread else 1.0
    ratio = ratio_interval(now, then, dispersion=spread)
    if ratio.low > 1:
        return HIGHER
    return LOWER if ratio.high < 1 else NO_CHANGE


def _gap(reading: Reading) -> Iterator[Statement]:
    """How long there has been none, and how often that would come by chance."""
    held = [value for _, value in reading.series.supplied]
    gap = next((at for at, value in enumerate(reversed(held)) if value > 0), len(held))
    before = held[: len(held) - gap]
    if gap < LONG_GAP or not before:
        return
    # Gamma and Poisson with a prior count of one half: P(none in g after s in n months).
    size, months = sum(before) + 0.5, len(before)
    chance = (months / (months + gap)) ** size
    figure = of_series(reading.series, 100 * chance, unit=PERCENT, method="chance of as long a gap")
    without = _months(reading, gap, "months without one")
    if chance < HARDLY:
        least = replace(figure, value=100 * HARDLY, method="least chance that is said")
        yield tell("none lately, hardly", months=without, chance=least.printed(places=1))
    else:
        places = 1 if chance < TENTH else 0
        yield tell("none lately", months=without, chance=figure.printed(places=places))


def _flags(reading: Reading) -> Iterator[Flag]:
    missing = months_missing(reading)
    if missing:
        yield Flag("missing months", missing_said(_told(reading), missing))
    if reading.state not in (TOO_EARLY, TOO_FEW):
        yield Flag("detectable", _detectable(reading))
        yield Flag("season" if reading.season else "no season", _season(reading))
        yield Flag("spread", _spread(reading))
    sigmas = _number(reading, TUNING.sigmas, "standard error", "half the width of limits")
    yield Flag("method", tell("method", published=reading.method.published, sigmas=sigmas))


def _detectable(reading: Reading) -> Statement:
    held = {
        "months": _months(reading, MONTHS_A_YEAR, "months after the change"),
        "chance": of_series(
            reading.series, 100 * CHANCE, unit=PERCENT, method="chance of being found"
        ).printed(places=0),
    }
    if reading.detectable is None:
        return tell("not detectable", **held)
    left = math.sqrt(1 - reading.detectable.known / 100)
    rise = replace(
        reading.detectable, value=100 * ((2 - left) ** 2 - 1), parts=(reading.detectable,),
        method="the rise that moves the square root as far",
    )  # fmt: skip
    return tell("detectable", fall=reading.detectable, rise=rise, **held)


def _season(reading: Reading) -> Statement:
    season = reading.season
    if season is not None:
        ends = {"highest": season.highest, "lowest": season.lowest}
        named = {key: calendar.month_name[month] for key, month in ends.items()}
        moved = {
            key: of_series(
                reading.series, 100 * (season.factors[month - 1] - 1), unit=PERCENT,
                method="season against the year's average",
            ).printed(places=0, signed=True)
            for key, month in zip(("high", "low"), ends.values(), strict=True)
        }  # fmt: skip
        return tell("season", **named, **moved)
    months = len(reading.series.supplied)
    if months < SEASON_FROM:
        return tell(
            "no season, short",
            needed=_months(reading, SEASON_FROM, "months that a season needs"),
            months=_months(reading, months, "months with a value"),
        )
    held = [value for _, value in reading.series.supplied]
    if sum(held) / len(held) >= FEWEST_FOR_SEASON:
        return tell("no season")
    fewest = of_series(reading.series, FEWEST_FOR_SEASON, unit=reading.unit, method="rule")
    return tell("no season, few", fewest=fewest)


def _spread(reading: Reading) -> Statement:
    spread = reading.spread
    assert spread is not None
    dispersion, together = (
        of_series(reading.series, value, method=what).printed(places=places)
        for value, what, places in (
            (spread.dispersion, "variance over Poisson", 1),
            (spread.autocorrelation, "autocorrelation of neighbouring months", 2),
        )
    )
    if spread.measured < 1:
        return tell("spread, none", autocorrelation=replace(together, unit=""))
    return tell(
        "spread",
        dispersion=replace(dispersion, unit=""),
        autocorrelation=replace(together, unit=""),
    )
