"""Milestone arithmetic: where the year should be by now, what is left, what pace it takes."""

from __future__ import annotations

from dataclasses import replace

from regard.core.errors import DefinitionRefused
from regard.core.figures import Figure, derived, difference, percent_change
from regard.core.periods import FinancialYear, Period
from regard.core.quantities import PERCENT
from regard.core.series import LOWER, Series
from regard.signals.milestone_words import count_said, level_said
from regard.signals.paces import (
    AHEAD,
    BASE_YEARS_SHAPE,
    BEHIND,
    LEVEL_MET,
    LEVEL_SHORT,
    MET,
    NEVER_SEEN,
    NOT_MET,
    ON_PACE,
    OUT_OF_REACH,
    POSSIBLE,
    REACHED,
    SHARE_OF_DAYS,
    TARGET,
    Milestone,
    MilestonePace,
)
from regard.signals.tallies import of_series, places_for, tally

WHOLE = 100  # per cent


def milestone_pace(
    milestone: Milestone,
    so_far: Figure,
    *,
    base_year: Figure | None = None,
    same_period: Figure | None = None,
    history: Series | None = None,
) -> MilestonePace:
    """Where a milestone stands by arithmetic alone; no chance of meeting it is given.

    Args:
        milestone: What is to be true of the year.
        so_far: Counted from the first day of the year to the last day known; its period says
            to which day. A percentage may cover any period.
        base_year: The whole base year, which a change is a change on.
        same_period: The base year to the same day; with it, the share of the year that should
            be done follows the base year's shape, without it the share of the year's days.
        history: The measure by month, against which the pace needed is held.

    Raises:
        DefinitionRefused: a change without a base year, a figure without a period, or a count
            that does not start with the year.
        NotEnoughData: a figure is missing.
        NotComparable: figures of different measures, scopes, bases, units or methods.
    """
    if so_far.period is None:
        raise DefinitionRefused(
            f"{so_far.measure} of {so_far.scope} ({so_far}) covers no period",
            expected="a figure with its period",
        )
    target = _target(milestone, so_far, base_year)
    if so_far.unit == PERCENT:
        return _level(milestone, so_far, target, base_year)
    if so_far.period.start != milestone.year.start or so_far.period.end > milestone.year.end:
        raise DefinitionRefused(
            f"{so_far.measure} of {so_far.scope} covers {so_far.period}",
            expected=f"days from {milestone.year.start} within {milestone.year}",
        )
    return _count(milestone, so_far, target, base_year, same_period, history)


def _target(milestone: Milestone, so_far: Figure, base_year: Figure | None) -> Figure:
    if milestone.change is None:
        assert milestone.level is not None
        return replace(
            so_far,
            value=milestone.level,
            basis=TARGET,
            method="level set",
            period=milestone.year.period,
            sources=(milestone.source,) if milestone.source else (),
            parts=(),
            interval=None,
            places=0 if milestone.level == int(milestone.level) else None,
            missing="",
        )
    if base_year is None:
        raise DefinitionRefused(
            f"a milestone of {milestone.change}% for {milestone.year} has no base",
            expected="the figure of the base year",
            next_step="bring in the records of the base year, or set a level",
        )
    value = base_year.known * (100 + milestone.change) / 100
    made = derived(
        (base_year,), value=value, unit=base_year.unit, method="change set on a base year",
        basis=TARGET,
    )  # fmt: skip
    places = None if value == int(value) else places_for(value, made.unit)
    return replace(made, period=milestone.year.period, as_at=so_far.as_at, places=places)


def _computed(parts: tuple[Figure, ...], value: float, method: str, unit: str = "") -> Figure:
    unit = unit or parts[0].unit
    made = derived(parts, value=value, unit=unit, method=method)
    places = None if value == int(value) and unit != PERCENT else places_for(value, unit)
    return made.printed(places=places)


def _share(
    so_far: Figure, year: FinancialYear, base_year: Figure | None, same_period: Figure | None
) -> tuple[str, Figure]:
    assert so_far.period is not None
    if base_year is not None and same_period is not None and base_year.known > 0:
        share = 100 * same_period.known / base_year.known
        made = _computed((same_period, base_year), share, BASE_YEARS_SHAPE, PERCENT)
        return BASE_YEARS_SHAPE, made
    share = 100 * so_far.period.days / year.period.days
    return SHARE_OF_DAYS, _computed((so_far,), share, SHARE_OF_DAYS, PERCENT)


def _count(
    milestone: Milestone,
    so_far: Figure,
    target: Figure,
    base_year: Figure | None,
    same_period: Figure | None,
    history: Series | None,
) -> MilestonePace:
    assert so_far.period is not None
    lower = milestone.better == LOWER
    rest = milestone.year.remaining(so_far.period.end)
    shape, share = _share(so_far, milestone.year, base_year, same_period)
    expected = _computed(
        (target, share), target.known * share.known / 100, f"on the way to the target by {shape}"
    )
    like = replace(expected, basis=so_far.basis, method=so_far.method)
    gap = _computed((so_far, expected), so_far.known - expected.known, "so far less expected")
    percent = percent_change(so_far, like) if expected.known else None
    good = gap.known < 0 if lower else gap.known > 0
    pace = MilestonePace(
        milestone=milestone,
        so_far=so_far,
        target=target,
        standing=MET,
        position=ON_PACE if gap.known == 0 else AHEAD if good else BEHIND,
        shape=shape,
        share=share,
        expected=expected,
        gap=gap,
        percent=percent,
        pace_so_far=_computed(
            (so_far,), so_far.known / so_far.period.in_months, "average a month so far",
            f"{so_far.unit} a month",
        ),
    )  # fmt: skip
    pace = _with_rest(pace, rest, history) if rest else _ended(pace)
    return replace(pace, said=count_said(pace, base_year))


def _ended(pace: MilestonePace) -> MilestonePace:
    away = pace.so_far.known - pace.target.known
    met = away <= 0 if pace.milestone.better == LOWER else away >= 0
    over = _computed((pace.so_far, pace.target), abs(away), "year less target")
    return replace(
        pace, standing=MET if met else NOT_MET, over=over, share=None, expected=None,
        gap=None, percent=None, position="",
    )  # fmt: skip


def _with_rest(pace: MilestonePace, rest: Period, history: Series | None) -> MilestonePace:
    so_far, target, lower = pace.so_far, pace.target, pace.milestone.better == LOWER
    assert pace.pace_so_far is not None
    away = target.known - so_far.known
    passed = away < 0
    months = rest.in_months
    total = so_far.known + pace.pace_so_far.known * months
    at_average = _computed((so_far,), total, "the days left at the average so far")
    like = replace(target, basis=at_average.basis, method=at_average.method)
    at_gap = _computed((at_average, target), total - target.known, "total less target")
    left = _computed((target, so_far), max(0.0, away), "target less so far")
    pace = replace(
        pace,
        left=left,
        over=_computed((so_far, target), -away, "so far less target")
        if passed or (not lower and away == 0)
        else None,
        days_left=tally(so_far, rest.days, "day", what="days of the year not yet counted"),
        pace_needed=_computed(
            (left,), left.known / months, "what is left a month", f"{so_far.unit} a month"
        ),
        at_average=at_average,
        at_average_gap=at_gap,
        at_average_percent=percent_change(at_average, like) if target.known else None,
    )
    if lower and passed:
        return replace(pace, standing=OUT_OF_REACH)
    if not lower and away <= 0:
        return replace(pace, standing=REACHED)
    return _against_history(pace, history)


def _against_history(pace: MilestonePace, history: Series | None) -> MilestonePace:
    if history is None or not history.supplied or pace.pace_needed is None:
        return replace(pace, standing=POSSIBLE)
    lower = pace.milestone.better == LOWER
    pick = min if lower else max
    month, value = pick(history.supplied, key=lambda pair: pair[1])
    needed = pace.pace_needed.known
    unseen = needed < value if lower else needed > value
    extreme = replace(
        of_series(history, value, method=f"{'lowest' if lower else 'highest'} month"),
        period=month.period,
        parts=(),
    )
    return replace(
        pace,
        standing=NEVER_SEEN if unseen else POSSIBLE,
        extreme=extreme,
        extreme_month=month,
        history_since=history.start,
    )


def _level(
    milestone: Milestone, so_far: Figure, target: Figure, base_year: Figure | None
) -> MilestonePace:
    assert so_far.period is not None
    like = replace(target, basis=so_far.basis, method=so_far.method)
    gap = difference(so_far, like)
    met = gap.known <= 0 if milestone.better == LOWER else gap.known >= 0
    year = milestone.year
    rest = None
    if so_far.period.start == year.start and so_far.period.end <= year.end:
        rest = year.remaining(so_far.period.end)
        if rest is None:
            pace = MilestonePace(milestone, so_far, target, MET if met else NOT_MET, gap=gap)
            return replace(pace, said=level_said(pace, base_year))
    pace = MilestonePace(milestone, so_far, target, LEVEL_MET if met else LEVEL_SHORT, gap=gap)
    if rest is not None and not met:
        done = so_far.period.days / year.period.days
        needed = (target.known - so_far.known * done) / (1 - done)
        figure = _computed((target, so_far), needed, "level needed over the days left")
        pace = replace(
            pace,
            needed_level=figure if 0 <= needed <= WHOLE else None,
            days_left=tally(so_far, rest.days, "day", what="days of the year not yet counted"),
        )
    return replace(pace, said=level_said(pace, base_year))
