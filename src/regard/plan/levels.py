"""Where a promise on a level stands: a survey's rolling months, or its latest wave."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from regard.core.figures import Figure
from regard.core.periods import Month, Period
from regard.core.series import Series
from regard.core.statements import Statement
from regard.plan.enquiry import Enquiry, bases, is_in_waves, is_survey
from regard.plan.judging import cannot_be_judged, chance_of_level, verdict_of
from regard.plan.model import DOWN, Milestone, Promise
from regard.plan.standing import Position, WaveValue
from regard.plan.telling import accepted, missing_months, reason, shown_at
from regard.records.measures import Measure
from regard.signals import Milestone as Promised
from regard.signals import compare_to_last_year, milestone_pace, read

SAMPLE = 1.0  # at its effective base a survey varies as a simple random sample


def position_of_level(enquiry: Enquiry, promise: Promise) -> Position:
    """The position of a level over the latest whole months, or of the latest wave."""
    measure = enquiry.measure(promise.measure)
    exception = promise.exception(enquiry.as_at)
    wanted = exception.use if exception else enquiry.as_at
    if isinstance(promise, Milestone):
        wanted = min(wanted, promise.window.end)
    series = enquiry.series(measure, wanted)
    latest = None if series is None else _latest_whole(series, wanted)
    if series is None or latest is None:
        return _nothing(enquiry, promise, measure, wanted)
    over = 1 if is_in_waves(measure) else max(1, promise.rolling_months)
    period = Period((latest + (1 - over)).start, latest.end)
    now = enquiry.figure(measure, period)
    then = enquiry.figure(measure, period.a_year_before())
    baselines = enquiry.baselines(measure)
    steps = tuple(one.start for one in baselines)
    spread = SAMPLE if is_survey(measure) else enquiry.spread(series, steps)
    position = Position(
        promise=promise,
        measure=measure,
        as_at=latest.end,
        now=now,
        then=then,
        notes=(*shown_at(enquiry.plan, exception), *_over(enquiry, measure, now, over)),
        change=compare_to_last_year(
            now, then, dispersion=spread, bases=bases(now, then), baselines=steps
        ),
        reading=read(series, baselines=steps, target=_level(promise), method=enquiry.method),
        baselines=baselines,
        accepted=accepted(enquiry.plan, baselines),
        waves=_waves(enquiry, measure, series),
        missing=() if is_in_waves(measure) else missing_months(series, wanted),
        quoted=tuple(enquiry.plan.quote(one) for one in promise.said),
    )
    return _promised(enquiry, position) if isinstance(promise, Milestone) else position


def _level(promise: Promise) -> float | None:
    return promise.level if isinstance(promise, Milestone) else None


def _latest_whole(series: Series, wanted: date) -> Month | None:
    held = [month for month, _ in series.supplied if month.end <= wanted]
    return held[-1] if held else None


def _nothing(enquiry: Enquiry, promise: Promise, measure: Measure, wanted: date) -> Position:
    month = Month.of(wanted)
    now = enquiry.figure(measure, month.period)
    missing = now if now.value is None else replace(now, value=None, missing="no whole month")
    position = Position(
        promise=promise,
        measure=measure,
        as_at=wanted,
        now=missing,
        then=missing,
        quoted=tuple(enquiry.plan.quote(one) for one in promise.said),
    )
    return _promised(enquiry, position) if isinstance(promise, Milestone) else position


def _promised(enquiry: Enquiry, position: Position) -> Position:
    milestone = position.promise
    assert isinstance(milestone, Milestone)
    if position.now.value is None:
        why = Statement.of(
            "The level cannot be counted: {reason}.",
            reason=reason(position.now.missing, position.now.scope),
        )
        return replace(position, verdict=cannot_be_judged(why))
    if position.as_at < milestone.window.start:
        why = Statement.of(
            "No month of {year} has a level yet; the latest is of {month}.",
            year=milestone.window,
            month=Month.of(position.as_at),
        )
        return replace(position, verdict=cannot_be_judged(why))
    better = "lower" if milestone.direction == DOWN else "higher"
    promised = Promised(
        year=milestone.window,
        better=better,
        level=milestone.level,
        source=enquiry.plan.source(milestone.source),
    )
    pace = milestone_pace(promised, position.now)
    return replace(
        position,
        target=pace.target,
        pace=pace,
        verdict=verdict_of(pace),
        chance=chance_of_level(milestone, position.now, pace.target),
    )


def _over(enquiry: Enquiry, measure: Measure, now: Figure, over: int) -> tuple[Statement, ...]:
    """Over which months or days the level is taken, with its range and its answers."""
    if now.period is None or now.value is None:
        return ()
    if is_in_waves(measure):
        lead = Statement.of("The wave that ended in {month}:", month=Month.of(now.period.end))
    elif over == 1:
        lead = Statement.of("{month}:", month=Month.of(now.period.end))
    else:
        lead = Statement.of(
            "The months from {first} to {last}, their answers taken together:",
            first=Month.of(now.period.start),
            last=Month.of(now.period.end),
        )
    if now.interval is None or len(now.parts) < 2:  # noqa: PLR2004 - a share has two parts
        return (lead + Statement.of("{now}.", now=now),)
    told = Statement.of(
        "{now} of {answers} ({now:level} range {now:range}).", now=now, answers=now.parts[1]
    )
    return (lead + told,)


def _waves(enquiry: Enquiry, measure: Measure, series: Series) -> tuple[WaveValue, ...]:
    if not is_in_waves(measure):
        return ()
    return tuple(
        WaveValue(month, enquiry.figure(measure, month.period)) for month, _ in series.supplied
    )
