"""What a chart says, in sentences of the closed set, with what must be known to trust it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from regard.core.figures import Figure, Source
from regard.core.periods import MONTHS_A_YEAR, Month
from regard.core.quantities import PERCENT
from regard.core.statements import Statement, Value
from regard.signals.conventions import (
    ABOVE_LIMIT,
    ALWAYS_MEETS,
    AS_COUNTED,
    BELOW_LIMIT,
    BINOMIAL_FLOOR,
    FALLING,
    FEWEST_A_MONTH,
    FEWEST_FOR_FIRM_LIMITS,
    HIGH_SIGNALS,
    HIT_OR_MISS,
    LIMITS,
    NEVER_MEETS,
    NO_RANGE,
    NO_VARIATION,
    POISSON_FLOOR,
    RISING,
    RUN_ABOVE,
    RUN_BELOW,
    TWO_HIGH,
    TWO_LOW,
    UNSCREENED,
    Rules,
)
from regard.signals.readings import Flag, Point, Reading, Segment
from regard.signals.sentences import say
from regard.signals.tallies import of_series, places_for, size, tally

PATTERNS = (RISING, FALLING, TWO_HIGH, TWO_LOW, RUN_ABOVE, RUN_BELOW)
MOST_NAMED = 6  # missing months named one by one; more are counted
IN_ASSURANCE = {ALWAYS_MEETS: "meets", NEVER_MEETS: "fails", HIT_OR_MISS: "hit or miss"}


@dataclass(frozen=True)
class Told:
    """A reading to be put into words, with the same series on the other calendar."""

    reading: Reading
    rules: Rules
    other: tuple[tuple[str, ...], ...] | None

    @property
    def single(self) -> str:
        """What one point is called."""
        return "month" if self.reading.cadence == 1 else "reading"

    def number(self, many: float, unit: str, what: str) -> Figure:
        """A tally about the series."""
        return tally(self.reading.average, many, unit, what=what)


def narrate(
    reading: Reading, *, rules: Rules, other_calendar: tuple[tuple[str, ...], ...] | None
) -> tuple[tuple[Flag, ...], tuple[Statement, ...]]:
    """What must be known to trust a reading, and every sentence of it in printing order.

    Args:
        reading: Segments, points, icons and accepted changes.
        rules: The rules that were followed.
        other_calendar: The signals of every month on the other calendar; None where months of
            different length do not matter.
    """
    told = Told(reading, rules, other_calendar)
    flags = tuple(_flags(told))
    said = [level_said(told), *(change.statement for change in reading.changes), *_latest(told)]
    if not reading.is_early and not reading.is_sparse:
        said.extend(_limit_signals(told))
        said.extend(patterns_said(told))
        said.extend(_hidden(told))
    said.extend(assurance_said(told))
    # The sentence on the level has said that it is provisional.
    now = str(provisional_said(told, reading.current))
    said.extend(flag.statement for flag in flags if str(flag.statement) != now)
    return flags, tuple(said)


def level_said(told: Told) -> Statement:
    """The sentence on the current level, which every reading begins with."""
    reading, segment = told.reading, told.reading.current
    if reading.is_early:
        months = told.number(len(reading.series.supplied), "month", "months with a value")
        return say("too early", months=months, start=reading.series.start)
    if reading.is_sparse:
        return _sparse(told)
    if NO_VARIATION in segment.guards:
        return say("no change at all", start=segment.start, mean=reading.average)
    normal = reading.normal_range(segment)
    if normal is None:
        return say("no limits", start=segment.start, mean=reading.average)
    low, high = normal
    if segment.provisional:
        points = told.number(segment.limit_months, told.single, "points that make the limits")
        return say(
            "early", mean=reading.average, points=points, start=segment.start,
            singles=f"{told.single}s", low=low, high=high, needed=firm(told),
        )  # fmt: skip
    return say(
        "stable" if reading.is_stable else "not one level",
        mean=reading.average,
        start=segment.start,
        singles=f"{told.single}s",
        low=low,
        high=high,
    )


def firm(told: Told) -> Figure:
    """How many points firm limits need."""
    return told.number(FEWEST_FOR_FIRM_LIMITS, told.single, "points that firm limits need")


def _sparse(told: Told) -> Statement:
    reading = told.reading
    held = [value for _, value in reading.series.supplied]
    recent, before = held[-MONTHS_A_YEAR:], held[-2 * MONTHS_A_YEAR : -MONTHS_A_YEAR]
    values: dict[str, Value] = {
        "mean": reading.average,
        "start": reading.current.start,
        "year": of_series(reading.series, sum(recent), method="sum of the latest months"),
        "months": told.number(len(recent), "month", "months added up"),
    }
    if len(before) < MONTHS_A_YEAR:
        return say("too few", **values)
    earlier = of_series(reading.series, sum(before), method="sum of the months before")
    return say("too few, two years", **values, before=earlier)


def point_figure(told: Told, point: Point) -> Figure:
    """The value of a month as a figure, in the unit it was supplied in where it is that."""
    reading = told.reading
    assert point.value is not None
    unit = reading.series.unit if point.value == point.counted else reading.unit
    figure = of_series(reading.series, point.value, unit=unit)
    places = None if point.value == int(point.value) else places_for(point.value, unit)
    return replace(figure, period=point.month.period, places=places)


def _latest(told: Told) -> Iterator[Statement]:
    reading = told.reading
    point = reading.latest
    if point.centre is None or point.value is None or reading.is_sparse or reading.is_early:
        return
    if point.beyond:
        return
    value = point_figure(told, point)
    gap = point.value - point.centre
    if point.lower is not None and reading.current.lower != reading.current.upper:
        yield say("latest within", month=point.month, value=value)
        return
    if gap == 0:
        yield say("latest on", month=point.month, value=value)
        return
    unit = "percentage points" if value.unit == PERCENT else reading.unit
    figure = reading.level_figure(reading.current, gap, what="value less average")
    places = places_for(reading.current.mean, reading.unit)
    gap_figure = size(replace(figure, unit=unit, places=places))
    key = f"latest {'above' if gap > 0 else 'below'}"
    key += ", points" if value.unit == PERCENT else ""
    yield say(key, month=point.month, value=value, gap=gap_figure)


def recent_points(told: Told) -> list[Point]:
    """The points with a value of the current level, of the twelve months up to the last."""
    reading = told.reading
    since = max(reading.current.start, reading.latest.month + (1 - MONTHS_A_YEAR))
    return [point for point in reading.points if point.month >= since and point.value is not None]


def _limit_signals(told: Told) -> Iterator[Statement]:
    normal = told.reading.normal_range(told.reading.current)
    if normal is None:
        return
    low, high = normal
    recent = recent_points(told)
    kind = "provisional" if told.reading.current.provisional else "normal"
    beyond = (ABOVE_LIMIT, BELOW_LIMIT)
    runs = [(signal, run) for signal in beyond for run in stretches(recent, signal)]
    for signal, run in sorted(runs, key=lambda pair: pair[1][0].month):
        first, last = run[0].month, run[-1].month
        if len(run) == 1:
            value = point_figure(told, run[0])
            yield say(signal, month=first, value=value, low=low, high=high, range=kind)
            if run[0].by_length:
                yield say("month length", month=first, days=days_of(told, first))
            continue
        points = told.number(len(run), told.single, "points in a row")
        yield say(
            f"{signal}, several", points=points, low=low, high=high, first=first, last=last,
            range=kind,
        )  # fmt: skip
        yield from caveats(told, run)
        if not _vanishes(told, run):
            for point in (one for one in run if one.by_length):
                yield say("month length", month=point.month, days=days_of(told, point.month))


def days_of(told: Told, month: Month) -> Figure:
    """How many days a month has."""
    return told.number(month.days, "day", "days of the month")


def _vanishes(told: Told, points: Sequence[Point]) -> bool:
    """Whether signals of the counted months go once months are put on one length."""
    if told.other is None or told.reading.options.calendar != AS_COUNTED:
        return False
    start = told.reading.series.start
    return not any(told.other[point.month - start] for point in points)


def _hidden(told: Told) -> Iterator[Statement]:
    if told.other is None or told.reading.options.calendar != AS_COUNTED:
        return
    start = told.reading.series.start
    for point in recent_points(told):
        evened = told.other[point.month - start]
        if not point.signals and any(signal in evened for signal in LIMITS):
            days = days_of(told, point.month)
            yield say("month length hides", month=point.month, days=days)


def patterns_said(told: Told) -> Iterator[Statement]:
    """The runs, trends and pairs of the current level that reach into its last twelve months."""
    reading = told.reading
    held = [
        point
        for point in reading.points
        if point.month >= reading.current.start and point.value is not None
    ]
    recent = {point.month for point in recent_points(told)}
    said = [
        one
        for signal in PATTERNS
        for run in stretches(held, signal)
        if any(point.month in recent for point in run) and not _beyond(signal, run)
        for one in _pattern(told, signal, run)
    ]
    yield from said
    if said and reading.current.provisional:
        yield say("provisional signals")


def _beyond(signal: str, run: Sequence[Point]) -> bool:
    """Whether two of three only repeats that its months are beyond the limits or in a run."""
    if signal not in (TWO_HIGH, TWO_LOW):
        return False
    more = LIMITS | {RUN_ABOVE if signal == TWO_HIGH else RUN_BELOW}
    return all(more & set(point.signals) for point in run)


def _pattern(told: Told, signal: str, run: list[Point]) -> Iterator[Statement]:
    first, last = run[0].month, run[-1].month
    if signal in (TWO_HIGH, TWO_LOW):
        yield say(signal, first=first, last=last)
    else:
        points = told.number(len(run), told.single, "points in a row")
        yield say(signal, points=points, first=first, last=last)
    yield from caveats(told, run)


def caveats(told: Told, run: Sequence[Point]) -> Iterator[Statement]:
    """What must be known of a run: months missing within it, and months of unequal length."""
    first, last = run[0].month, run[-1].month
    if any(first < month < last for month in months_missing(told.reading)):
        yield say("through missing")
    if _vanishes(told, run):
        yield say("month length, run")


def stretches(points: Sequence[Point], signal: str) -> Iterator[list[Point]]:
    """Stretches of neighbouring points that carry a signal; two of three may skip one point."""
    skip = 1 if signal in (TWO_HIGH, TWO_LOW) else 0
    run: list[Point] = []
    at = -1
    for place, point in enumerate(points):
        if signal not in point.signals:
            continue
        turned = run and skip == 0 and _turns(run, point, signal)
        if run and (place - at > 1 + skip or turned):
            yield run
            run = []
        run.append(point)
        at = place
    if run:
        yield run


def _turns(run: Sequence[Point], point: Point, signal: str) -> bool:
    """Whether a rising or falling stretch ends here and another begins."""
    if signal not in (RISING, FALLING):
        return False
    before, now = run[-1].value, point.value
    assert before is not None
    assert now is not None
    return now <= before if signal == RISING else now >= before


def assurance_said(told: Told) -> Iterator[Statement]:
    """Whether normal months meet the target, where limits are firm."""
    reading = told.reading
    key = IN_ASSURANCE.get(reading.assurance)
    if key is None or reading.options.target is None or reading.current.provisional:
        return
    value = reading.options.target
    target = of_series(reading.series, value, unit=reading.unit, method="target")
    read_against = Source("plan", "the target that the series was read against")
    target = replace(target, basis="target", sources=(read_against,))
    if value == int(value):
        target = target.printed(places=0)
    named = {"singles": f"{told.single}s"} if key == "hit or miss" else {"single": told.single}
    yield say(key, target=target, **named)


def months_missing(reading: Reading) -> tuple[Month, ...]:
    """Months without a value, or, of a series that comes in waves, those of wider gaps."""
    if reading.cadence == 1:
        return reading.series.missing
    months = [month for month, _ in reading.series.supplied]
    widest = reading.cadence * 1.5
    found: list[Month] = []
    for before, after in zip(months, months[1:], strict=False):
        at = before + reading.cadence
        while after - before > widest and after - at > 0:
            found.append(at)
            at = at + reading.cadence
    return tuple(found)


def _flags(told: Told) -> Iterator[Flag]:
    reading = told.reading
    missing = months_missing(reading)
    if missing:
        yield Flag("missing months", missing_said(told, missing))
    if reading.cadence > 1:
        months = told.number(reading.cadence, "month", "months from one reading to the next")
        yield Flag("waves", say("waves", months=months))
    for segment in reading.segments:
        yield from segment_flags(told, segment)
    if reading.is_sparse:
        fewest = of_series(reading.series, FEWEST_A_MONTH, unit=reading.unit, method="rule")
        yield Flag("too few", say("few", fewest=fewest))
    high = [signal for signal in reading.latest.signals if signal in HIGH_SIGNALS]
    low = [signal for signal in reading.latest.signals if signal not in HIGH_SIGNALS]
    if high and low:
        yield Flag(
            "both directions",
            say(
                "both directions",
                month=reading.latest.month,
                first=high[0],
                second=low[0],
                icon=reading.variation,
            ),
        )
    yield Flag("method", _method(told))


def segment_flags(told: Told, segment: Segment) -> Iterator[Flag]:
    """What must be known of the limits of one level."""
    reading, start = told.reading, segment.start
    if reading.is_early:
        return
    if segment.provisional:
        yield Flag("provisional limits", provisional_said(told, segment))
    if UNSCREENED in segment.guards:
        yield Flag(UNSCREENED, say("screen refused", start=start))
    if POISSON_FLOOR in segment.guards and segment.mean >= FEWEST_A_MONTH:
        yield Flag(POISSON_FLOOR, say("floor", start=start))
    if BINOMIAL_FLOOR in segment.guards:
        yield Flag(BINOMIAL_FLOOR, say("floor, percentages", start=start))
    if NO_RANGE in segment.guards:
        yield Flag(NO_RANGE, say("no ranges", start=start, singles=f"{told.single}s"))
    if not told.rules.guarded and (segment.lower is None or segment.lower == segment.upper):
        yield Flag("no usable limits", say("collapse", start=start))


def provisional_said(told: Told, segment: Segment) -> Statement:
    """That the limits of a level rest on too few months to be firm."""
    points = told.number(segment.limit_months, told.single, "points that make the limits")
    return say("provisional", start=segment.start, points=points, needed=firm(told))


def missing_said(told: Told, missing: tuple[Month, ...]) -> Statement:
    """Which months have no value, or how many."""
    if len(missing) <= MOST_NAMED:
        return say("missing", months=", ".join(str(month) for month in missing))
    count = told.number(len(missing), told.single, "months without a value")
    return say("missing many", count=count, first=missing[0], last=missing[-1])


def _method(told: Told) -> Statement:
    reading = told.reading
    calendar = "with months as counted"
    if reading.options.calendar != AS_COUNTED:
        calendar = "with every month put on one length"
    return say("method", title=told.rules.title, published=told.rules.published, calendar=calendar)
