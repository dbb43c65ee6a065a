"""Where a promise on a count stands: the year to date, its reading, its arithmetic, its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from regard.core.errors import NotEnoughData
from regard.core.figures import Figure, derived
from regard.core.periods import MONTHS_A_YEAR, FinancialYear, Month, Period
from regard.core.series import COUNT, Series
from regard.core.statements import Statement
from regard.plan.endings import (
    Ending,
    against,
    ending_of,
    verdict_by_chance,
    what_it_rests_on,
)
from regard.plan.enquiry import Enquiry, bases
from regard.plan.judging import cannot_be_judged, chance_of_change, verdict_of
from regard.plan.model import DOWN, Milestone, Promise
from regard.plan.standing import Position
from regard.plan.telling import accepted, missing_months, reason, shown_at
from regard.records.measures import Measure
from regard.signals import (
    HistoryRank,
    MilestonePace,
    PeriodChange,
    compare_to_last_year,
    milestone_pace,
    rank_in_history,
    read,
)
from regard.signals import Milestone as Promised
from regard.signals.tallies import places_for, tally

AVERAGE = "average of the level, whole months of the year to date"
FEWEST_RANKED = 3  # a place among two years says no more than the change between them
BETTER = {DOWN: "lower", "up": "higher"}


def position_to_date(enquiry: Enquiry, promise: Promise) -> Position:
    """The position of a measure that is counted from the first day of the financial year."""
    measure = enquiry.measure(promise.measure)
    window = _window(enquiry, promise)
    exception = promise.exception(enquiry.as_at)
    wanted = min(exception.use if exception else enquiry.as_at, window.end)
    day, notes = enquiry.reach(measure, wanted)
    if day < window.start:
        day = wanted
    baselines = enquiry.baselines(measure)
    steps = tuple(one.start for one in baselines)
    series = enquiry.series(measure, day)
    period = window.to(day) if day >= window.start else window.period
    now = enquiry.figure(measure, period)
    then = enquiry.figure(measure, period.a_year_before())
    spread = enquiry.spread(series, steps)
    change = compare_to_last_year(
        now, then, dispersion=spread, bases=bases(now, then), baselines=steps
    )
    alike, over = _alike(enquiry, series, change, spread)
    position = Position(
        promise=promise,
        measure=measure,
        as_at=day,
        now=now,
        then=then,
        notes=(*shown_at(enquiry.plan, exception), *notes),
        average=_average(enquiry, measure, period),
        change=change,
        alike=alike,
        alike_over=over,
        reading=None if series is None else read(series, baselines=steps, method=enquiry.method),
        baselines=baselines,
        accepted=accepted(enquiry.plan, baselines),
        missing=() if series is None else missing_months(series, day),
        quoted=tuple(enquiry.plan.quote(one) for one in promise.said),
    )
    position = _ranked(enquiry, position, window)
    ending = ending_of(series, window, now, steps)
    position = replace(position, ending=ending.end, fan=ending.fan)
    return _promised(enquiry, position, ending) if isinstance(promise, Milestone) else position


def _average(enquiry: Enquiry, measure: Measure, period: Period) -> tuple[Statement, ...]:
    """What the whole months of the year to date came to, a month."""
    months = period.whole_months
    if measure.kind != COUNT or not months:
        return ()
    whole = enquiry.figure(measure, Period(months[0].start, months[-1].end))
    if whole.value is None:
        return ()
    value = whole.known / len(months)
    average = derived(
        (whole,),
        value=value,
        unit=f"{whole.unit} a month",
        method="average of the level, whole months of the year to date",
    ).printed(places=places_for(value, whole.unit))
    return (
        Statement.of(
            "The whole months of the year to date, {first} to {last}, averaged {average}.",
            first=months[0],
            last=months[-1],
            average=average,
        ),
    )


def _window(enquiry: Enquiry, promise: Promise) -> FinancialYear:
    if isinstance(promise, Milestone):
        return promise.window
    return FinancialYear.of(enquiry.as_at)


def _promised(enquiry: Enquiry, position: Position, ending: Ending) -> Position:
    """The position with its target, its arithmetic, its verdict and what is said of the chance."""
    milestone = position.promise
    assert isinstance(milestone, Milestone)
    base = _base(enquiry, position.measure, milestone)
    lacking = _lacking(position, base)
    if lacking is not None:
        return replace(position, verdict=cannot_be_judged(lacking))
    pace = _pace(enquiry, position, base)
    ending = against(ending, pace)
    return replace(
        position,
        target=pace.target,
        pace=pace,
        verdict=verdict_by_chance(verdict_of(pace), ending, pace),
        odds=ending.odds,
        chance=_chance(position, ending, pace),
    )


def _chance(position: Position, ending: Ending, pace: MilestonePace) -> tuple[Statement, ...]:
    """The chance of the milestone; without a forecast, what the change so far says of it."""
    milestone = position.promise
    assert isinstance(milestone, Milestone)
    if ending.odds is not None and ending.end is not None:
        if ending.odds.settled:
            return ()
        return (ending.odds.said, *what_it_rests_on(ending.end))
    lacking = () if ending.lacking is None else (ending.lacking,)
    return (*chance_of_change(milestone, position.change, pace), *lacking)


def _base(enquiry: Enquiry, measure: Measure, milestone: Milestone) -> Figure | None:
    if milestone.baseline is None:
        return None
    return enquiry.figure(measure, milestone.baseline.period)


def _lacking(position: Position, base: Figure | None) -> Statement | None:
    """Why the milestone cannot be judged; None if it can."""
    milestone = position.promise
    assert isinstance(milestone, Milestone)
    if position.as_at < milestone.window.start:
        return Statement.of("The year {year} has not begun.", year=milestone.window)
    if position.now.value is None:
        return Statement.of(
            "The year to date cannot be counted: {reason}.",
            reason=reason(position.now.missing, position.now.scope),
        )
    if base is not None and base.value is None:
        return Statement.of(
            "The base year {year} cannot be counted: {reason}.",
            year=milestone.baseline or "",
            reason=reason(base.missing, base.scope),
        )
    return None


def _pace(enquiry: Enquiry, position: Position, base: Figure | None) -> MilestonePace:
    milestone = position.promise
    assert isinstance(milestone, Milestone)
    sign = -1 if milestone.direction == DOWN else 1
    promised = Promised(
        year=milestone.window,
        better=BETTER[milestone.direction],
        change=None if milestone.percent is None else sign * milestone.percent,
        level=milestone.level,
        source=enquiry.plan.source(milestone.source),
    )
    # Last year's shape of the year holds only where the base year is last year.
    previous = milestone.baseline == milestone.window.previous
    whole_then = previous and position.then.value is not None
    return milestone_pace(
        promised,
        position.now,
        base_year=base,
        same_period=position.then if whole_then else None,
        history=None if position.reading is None else position.reading.series,
    )


def _ranked(enquiry: Enquiry, position: Position, window: FinancialYear) -> Position:
    """The position with the year's place in the history, as far as records go back."""
    if position.reading is None or position.measure.kind != COUNT or position.now.value is None:
        return position
    first = _first_whole_year(position.reading.series)
    asked = position.promise.ranked_since
    since = max(first, FinancialYear.of(asked.start)) if asked else first
    years = [
        enquiry.figure(position.measure, FinancialYear(number).period)
        for number in range(since.first_year, window.first_year)
    ]
    rank = _rank(position, years, since)
    if rank is None:
        return position
    told = [one for one in rank.statements() if rank.room is None or rank.room not in one.figures]
    if asked is not None and FinancialYear.of(asked.start) < since:
        told.append(
            Statement.of(
                "The plan ranks it since {asked}; the records brought in begin in {first}.",
                asked=FinancialYear.of(asked.start),
                first=position.reading.series.start,
            )
        )
    return replace(position, rank=rank, ranked=tuple(told))


def _rank(position: Position, years: list[Figure], since: FinancialYear) -> HistoryRank | None:
    same = position.then if position.then.value is not None else None
    try:
        rank = rank_in_history(position.now, years, since=since, same_period=same)
    except NotEnoughData:
        return None
    return rank if rank.years >= FEWEST_RANKED else None


def _first_whole_year(series: Series) -> FinancialYear:
    year = FinancialYear.of(series.start.start)
    return year if year.start == series.start.start else FinancialYear(year.first_year + 1)


def _alike(
    enquiry: Enquiry, series: Series | None, change: PeriodChange, spread: float | None
) -> tuple[PeriodChange | None, Statement | None]:
    """The comparison over the months that both years have, where one of them lacks some."""
    whole = change.now.value is not None and change.then.value is not None
    if whole or series is None or series.kind != COUNT or change.now.period is None:
        return None, None
    months = change.now.period.whole_months
    both = [
        month
        for month in months
        if series.at(month) is not None and series.at(month + -MONTHS_A_YEAR) is not None
    ]
    if not both:
        return None, None
    day = change.now.period.end
    now = _summed(enquiry, series, both, day)
    then = _summed(enquiry, series, [month + -MONTHS_A_YEAR for month in both], day)
    left = ", ".join(f"{month.start:%B}" for month in months if month not in both)
    over = Statement.of(
        "Over the {number} that both years have, without {left}:",
        number=tally(now, len(both), "month", what="months with a value in both years"),
        left=left or "the part-month",
    )
    return compare_to_last_year(now, then, dispersion=spread), over


def _summed(enquiry: Enquiry, series: Series, months: list[Month], day: date) -> Figure:
    measure = enquiry.measure(series.measure)
    parts = tuple(enquiry.figure(measure, month.period) for month in months)
    total = derived(
        parts,
        value=sum(part.known for part in parts),
        unit=series.unit,
        method="sum of the months that both years have",
    )
    # It covers no unbroken period, so it claims none.
    return replace(total, period=None, as_at=day)
