"""What a chart whose limits follow a base says, with what must be known to trust it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from regard.core.figures import Figure
from regard.core.periods import MONTHS_A_YEAR, Month
from regard.core.quantities import PERCENT, POINTS, rounded
from regard.core.statements import Statement, Value
from regard.signals import sentences
from regard.signals.conventions import (
    ABOVE_LIMIT,
    AS_COUNTED,
    BELOW_LIMIT,
    FEWEST_A_MONTH,
    NO_VARIATION,
    UNSCREENED,
    Rules,
)
from regard.signals.kernel import UNSCREENED as UNSCREENED_BIT
from regard.signals.narration import (
    MOST_NAMED,
    Told,
    assurance_said,
    days_of,
    firm,
    level_said,
    missing_said,
    months_missing,
    patterns_said,
    point_figure,
    provisional_said,
    recent_points,
    segment_flags,
    stretches,
)
from regard.signals.others.basing import IMPOSSIBLE, NO_BASES, Based
from regard.signals.others.levels import AVERAGES, COUNTS, RUN_OF_OTHERS, SHARES, Level
from regard.signals.others.sentences import say
from regard.signals.readings import Flag, Point, Reading
from regard.signals.tallies import of_series, places_for

WANTED = {COUNTS: "rates over known bases", SHARES: "shares of known bases", AVERAGES: "averages"}
INSTEAD = {COUNTS: "a chart of counts", AVERAGES: "the individuals chart"}
MORE_THAN_CHANCE = 1.1  # times as much; less is not worth a sentence
POWER = 2.8  # 1.96 + 0.84: told at 95% four times in five
MOST_PLACES = 4


@dataclass(frozen=True)
class Kept:
    """What made a reading: how the series was charted, its levels, rules and the family asked."""

    ready: Based
    levels: tuple[Level, ...]
    rules: Rules
    family: int


def narrate_on_bases(
    reading: Reading, kept: Kept
) -> tuple[tuple[Flag, ...], tuple[Statement, ...]]:
    """What must be known to trust a reading, and every sentence of it in printing order."""
    told = Told(reading, kept.rules, None)
    flags = tuple(_flags(told, kept))
    said = [_level(told, kept), *(change.statement for change in reading.changes)]
    if not reading.is_early and not reading.is_sparse:
        said.extend(_latest(told))
        said.extend(_limit_signals(told))
        said.extend(patterns_said(told))
        if reading.detectable is not None:
            said.append(say("could tell", singles=f"{told.single}s", size=reading.detectable))
    said.extend(assurance_said(told))
    # The sentence on the level has said that it is provisional.
    now = str(provisional_said(told, reading.current))
    said.extend(one.statement for one in flags if str(one.statement) != now)
    return flags, tuple(said)


def _base(told: Told, number: float, what: str) -> Figure:
    return replace(told.number(number, "", what), unit="")


def _level(told: Told, kept: Kept) -> Statement:
    reading, segment = told.reading, told.reading.current
    normal = reading.normal_range(segment)
    plain = kept.ready.even or reading.is_early or reading.is_sparse or normal is None
    if plain or normal is None or NO_VARIATION in segment.guards:
        return level_said(told)
    low, high = normal
    held: dict[str, Value] = {
        "mean": reading.average,
        "start": segment.start,
        "base": _base(told, float(np.median(_sizes(told, kept))), "median base of the level"),
        "singles": f"{told.single}s",
        "low": low,
        "high": high,
    }
    if segment.provisional:
        points = told.number(segment.limit_months, told.single, "points that make the limits")
        return say("early", **held, points=points, needed=firm(told))
    return say("stable" if reading.is_stable else "not one level", **held)


def _sizes(told: Told, kept: Kept) -> NDArray[np.float64]:
    """The bases of the months that make the limits of the current level, as supplied."""
    segment, series = told.reading.current, told.reading.series
    within = slice(segment.start - series.start, segment.end - series.start + 1)
    held = kept.ready.sizes[within][np.isfinite(kept.ready.rows.totals[0, within])]
    return held[np.isfinite(held)][: segment.limit_months]


def _own_range(told: Told, point: Point) -> dict[str, Value] | None:
    """The limits of one month as figures, where a value can stand at them."""
    if point.lower is None or point.upper is None or point.value is None:
        return None
    reading = told.reading
    low = point.lower if min(v for _, v in reading.series.supplied) < 0 else max(0.0, point.lower)
    ends = {"value": point.value, "low": low, "high": point.upper}
    if reading.is_whole and math.ceil(low) <= math.floor(point.upper):
        ends |= {"low": math.ceil(low), "high": math.floor(point.upper)}
    places = 0 if reading.is_whole else _places_apart(ends, reading.unit, beyond=bool(point.beyond))
    told_of: dict[str, Value] = {"month": point.month}
    for name in ("low", "high"):
        figure = reading.level_figure(reading.current, float(ends[name]), what="limit of the month")
        told_of[name] = replace(figure, period=point.month.period, places=places)
    value = point_figure(told, point)
    told_of["value"] = value if reading.is_whole else value.printed(places=places)
    return told_of


def _places_apart(ends: dict[str, float], unit: str, *, beyond: bool) -> int:
    """Decimal places at which a value beyond a limit is not printed as the limit itself."""
    places = max(places_for(end, unit) for end in ends.values())
    while beyond and places < MOST_PLACES:
        value, low, high = (rounded(ends[name], places) for name in ("value", "low", "high"))
        if value not in (low, high):
            break
        places += 1
    return places


def _latest(told: Told) -> Iterator[Statement]:
    point = told.reading.latest
    own = _own_range(told, point)
    if own is not None and not point.beyond and point.lower != point.upper:
        yield say("within", **own)


def _limit_signals(told: Told) -> Iterator[Statement]:
    recent = recent_points(told)
    runs = [
        (signal, run) for signal in (ABOVE_LIMIT, BELOW_LIMIT) for run in stretches(recent, signal)
    ]
    for signal, run in sorted(runs, key=lambda pair: pair[1][0].month):
        own = _own_range(told, run[0])
        if len(run) == 1 and own is not None:
            yield say(signal, **own)
        else:
            points = told.number(len(run), told.single, "points in a row")
            yield say(f"{signal}, several", points=points, first=run[0].month, last=run[-1].month)
        for point in run:
            if point.by_length:
                days = days_of(told, point.month)
                yield sentences.say("month length", month=point.month, days=days)


def detectable(reading: Reading, kept: Kept) -> Figure | None:
    """The smallest lasting change that two years of such months would tell from chance.

    (1.96 + 0.84) standard errors of the difference of two twelve-month averages on the usual
    base, in per cent of the level; in percentage points where the unit is per cent, and in the
    unit itself around a level of nought or less. None where limits are provisional or months
    come in waves.
    """
    level = kept.levels[-1]
    error = level.spread * level.chance * kept.ready.rows.scale
    error *= math.sqrt(2 / (MONTHS_A_YEAR * level.usual))
    if reading.cadence > 1 or reading.current.lower is None or reading.current.provisional:
        return None
    if not error > 0:
        return None
    unit, size = reading.unit, POWER * error
    if unit == PERCENT:
        unit = POINTS
    elif reading.current.mean > 0:
        unit, size = PERCENT, 100 * size / reading.current.mean
    what = "change told at the five per cent level with a chance of four in five"
    figure = replace(reading.level_figure(reading.current, size, what=what), unit=unit)
    return figure.printed(places=places_for(size, unit))


def _flags(told: Told, kept: Kept) -> Iterator[Flag]:
    reading = told.reading
    missing = months_missing(reading)
    if missing:
        yield Flag("missing months", missing_said(told, missing))
    if reading.cadence > 1:
        months = told.number(reading.cadence, "month", "months from one reading to the next")
        yield Flag("waves", sentences.say("waves", months=months))
    if kept.ready.why:
        yield Flag(kept.ready.why, _why(told, kept))
    yield from _unbased(told, kept)
    for segment, level in zip(reading.segments, kept.levels, strict=True):
        yield from segment_flags(told, segment)
        if not reading.is_early:
            yield from _level_flags(told, level, segment.start)
    if not reading.is_early and not reading.is_sparse:
        yield from _base_flags(told, kept)
    if reading.is_sparse:
        fewest = of_series(reading.series, FEWEST_A_MONTH, unit=reading.unit, method="rule")
        yield Flag("too few", sentences.say("few", fewest=fewest))
    yield Flag("method", _method(told, kept))


def _why(told: Told, kept: Kept) -> Statement:
    if kept.ready.why == NO_BASES:
        return say(NO_BASES, single=told.single)
    wanted = "counts" if kept.ready.why == IMPOSSIBLE else WANTED[kept.family]
    if kept.ready.why == IMPOSSIBLE and kept.family == SHARES:
        wanted = "shares"
    return say(kept.ready.why, single=told.single, wanted=wanted)


def _unbased(told: Told, kept: Kept) -> Iterator[Flag]:
    bases = kept.ready.rows.bases[0]
    pairs = zip(told.reading.points, bases, strict=True)
    months = [point.month for point, base in pairs if point.value is not None and not base > 0]
    if not months:
        return
    if len(months) <= MOST_NAMED:
        named = ", ".join(str(month) for month in months)
        yield Flag("unbased months", say("unbased", months=named))
        return
    count = told.number(len(months), told.single, "months without a base")
    said = say("unbased many", count=count, first=months[0], last=months[-1])
    yield Flag("unbased months", said)


def _level_flags(told: Told, level: Level, start: Month) -> Iterator[Flag]:
    singles = f"{told.single}s"
    if level.guards & UNSCREENED_BIT:
        yield Flag(UNSCREENED, say("mean of ranges", single=told.single, start=start))
    if level.chance != 1.0 and level.spread >= MORE_THAN_CHANCE:
        times = told.number(level.spread, "time", "standard deviation over that of chance alone")
        times = replace(times, unit="times", places=1)
        yield Flag("spread", say("spread", start=start, singles=singles, times=times))


def _base_flags(told: Told, kept: Kept) -> Iterator[Flag]:
    level, rows = kept.levels[-1], kept.ready.rows
    if not kept.ready.even and level.smallest != level.largest:
        sizes = _sizes(told, kept)
        least = _base(told, float(sizes.min()), "least base of the level")
        most = _base(told, float(sizes.max()), "greatest base of the level")
        yield Flag("on bases", say("on bases", single=told.single, least=least, most=most))
    rare = level.centre
    if kept.ready.family == SHARES:
        rare = min(level.centre, 1 - level.centre)
    few = rows.told.few
    if kept.ready.family != AVERAGES and rare * level.smallest < few and level.spread >= 1:
        fewest = _base(told, few, "expected number below which limits are exact")
        yield Flag("exact limits", say("exact", fewest=fewest))


def _method(told: Told, kept: Kept) -> Statement:
    title, family = told.rules.title, kept.ready.family
    if family != kept.family:
        title = f"{INSTEAD[family]}, in place of {title}"
    calendar = "with months as counted"
    if told.reading.options.calendar != AS_COUNTED:
        calendar = "with every month put on one length"
    run = told.number(RUN_OF_OTHERS, told.single, "points in a row that make a signal")
    return say("method", title=title, calendar=calendar, single=told.single, run=run)
