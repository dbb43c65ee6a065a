"""The end of a financial year, foretold from the months so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from regard.core.errors import DefinitionRefused, NotComparable, NotEnoughData
from regard.core.figures import Figure, Source
from regard.core.periods import MEAN_MONTH_DAYS, MONTHS_A_YEAR, FinancialYear, Month, Period
from regard.core.series import COUNT, Series
from regard.signals.tallies import of_series, spanned
from regard.signals.yearend import rows
from regard.signals.yearend.chances import shared
from regard.signals.yearend.ends import (
    COMPLETE,
    FORECAST,
    MONTHLY,
    NO_SEASON,
    STATES,
    TOO_OLD,
    TOO_SHORT,
    TWO_WAVES,
    FanMonth,
    Past,
    YearEnd,
)
from regard.signals.yearend.level import Row
from regard.signals.yearend.months import FACTORS, exposures, waves
from regard.signals.yearend.narration import statements_of
from regard.signals.yearend.settings import DRAWS, FARTHEST, LEAST_HISTORY, settings

METHOD = "local level year end 1"
GAPS = "sum of the months supplied"
LIKELY, ALMOST_ALL = 0.8, 0.95
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class _Known:
    """What is known of the year.

    `after` is the first month that is not wholly in the figure, and `part` how many of its days
    are still to come, 0 for all of them.
    """

    so_far: Figure
    counted: float
    after: Month
    gaps: tuple[Month, ...]
    part: int = 0


def year_end(
    series: Series,
    year: FinancialYear,
    *,
    baselines: Sequence[Month] = (),
    so_far: Figure | None = None,
) -> YearEnd:
    """The distribution of a year's total (a count), given the year so far.

    A local level with a season and month lengths on the square-root scale (`level`, `season`)
    is carried to the end of the year; the months still to come are simulated together 2,000
    times and added to what is counted. How far such a level drifts is learnt from the series
    together with what is usual, so that ranges allow for not knowing it. The same forecast is
    then made at the series' own earlier points, and ranges are widened, never narrowed, where
    they would have been too short (`past`). Below 10 a month counts are simulated as whole
    numbers (`few`). It foresees no step: a range says what happens if the months to come are
    like the drift of the months before.

    Args:
        series: Monthly counts up to now; months after the year are left out.
        year: The financial year.
        baselines: First months of accepted new levels. The level is read from the last of them
            on; season and usual variation from all months, which they have in common.
        so_far: What is counted from the first day of the year, if to another day than the end
            of the last month of the series; part of a month is then still to come.

    Raises:
        DefinitionRefused: not a count, or `so_far` is not of this year or ends before the
            months of the series do.
        NotComparable: `so_far` is another measure, or of another area or unit.
        NotEnoughData: fewer than 24 months, none of the two years before the year's end, or
            `so_far` has no value.
    """
    held = _counts(series, year)
    known = _known(held, year, so_far)
    row = _row(held, year, baselines, known)
    if known.after > year.months[-1]:
        return _complete(held, year, known)
    told, drawn = rows.foresee(row, rows.known_before(row), settings(), shared(DRAWS))
    _refused(held, year, STATES[told.state], told.history)
    step = max((one for one in baselines if held.start < one <= held.end), default=None)
    end = _foreseen(held, year, known, row, told, drawn)
    end = replace(
        end,
        step=step,
        simulated=known.gaps,
        ratio=float(told.ratio),
        dispersion=float(told.variance),
        drift=float(told.drift),
        history=int(told.history),
        season=_season(told.waves),
        few=bool(told.few),
        past=_past(told.past),
    )
    return replace(end, said=statements_of(end, held))


def _past(found: rows.Past) -> Past:
    return Past(
        years=int(found.years),
        checked=int(found.checked),
        inside80=int(found.inside80),
        inside95=int(found.inside95),
        wider=float(found.wider),
    )


def _season(columns: int) -> str:
    return MONTHLY if columns == FACTORS else TWO_WAVES if columns else NO_SEASON


def _counts(series: Series, year: FinancialYear) -> Series:
    if series.kind != COUNT:
        raise DefinitionRefused(
            f"{series.measure} of {series.scope} is a {series.kind}, and a year of it is no sum "
            "of its months",
            expected="a count",
            next_step="foretell the counts that it is made from",
        )
    first, last = year.months[0], year.months[-1]
    if series.start > first or not series.supplied:
        raise NotEnoughData(
            f"{series.measure} of {series.scope} has {len(series.supplied)} months from "
            f"{series.start}, and {year} starts in {first}",
            expected=f"{LEAST_HISTORY} months of history",
            next_step="bring in the months before the year",
        )
    return series.between(series.start, last)


def _known(series: Series, year: FinancialYear, so_far: Figure | None) -> _Known:
    """What is known of the year; the months wholly within it are not simulated."""
    last = series.supplied[-1][0]
    if so_far is not None:
        return _told_so_far(series, year, so_far, last)
    first = year.months[0]
    held = [value for value in series.values[first - series.start :] if value is not None]
    counted = sum(held)
    gaps = tuple(m for m in series.missing if first <= m < last)
    after = gaps[0] if gaps else max(last + 1, first)
    if not held:
        none = replace(
            of_series(series, 0.0), value=None, period=year.period,
            missing=f"no month of {year} has been supplied",
        )  # fmt: skip
        return _Known(none, 0.0, first, gaps)
    period = Period(year.start, last.end)
    figure = of_series(series, counted, method=GAPS if gaps else series.method)
    figure = replace(figure, period=period, as_at=last.end)
    return _Known(figure, counted, after, gaps)


def _told_so_far(series: Series, year: FinancialYear, so_far: Figure, last: Month) -> _Known:
    agree = ("measure", "scope", "unit")
    differ = [one for one in agree if getattr(so_far, one) != getattr(series, one)]
    if differ:
        told = "; ".join(
            f"{one} is {getattr(so_far, one)} and {getattr(series, one)}" for one in differ
        )
        raise NotComparable(
            f"{so_far} so far does not belong to the series: {told}",
            expected=f"the same {', '.join(differ)}",
        )
    period = so_far.period
    if period is None or period.start != year.start or period.end > year.end:
        raise DefinitionRefused(
            f"{so_far.measure} of {so_far.scope} so far covers {period}",
            expected=f"days from {year.start} within {year}",
        )
    if period.end < last.end:
        raise DefinitionRefused(
            f"{so_far.measure} of {so_far.scope} so far ends on {period.end}, and the series "
            f"holds {last}",
            expected=f"a figure to {last.end} or later",
            next_step="cut the series to the months within the figure",
        )
    after = Month.of(period.end + timedelta(days=1))
    part = 0 if period.end < after.start else (after.end - period.end).days
    return _Known(so_far, so_far.known, after, (), part)


def _row(series: Series, year: FinancialYear, baselines: Sequence[Month], known: _Known) -> Row:
    first = year.months[0] - series.start
    after = first + MONTHS_A_YEAR
    counts = np.full(after, np.nan)
    held = series.values[:after]
    counts[: len(held)] = [np.nan if value is None else value for value in held]
    exposure = exposures(series.start, after).copy()
    if known.part:
        exposure[known.after - series.start] = known.part / MEAN_MONTH_DAYS
    resets = np.zeros(after)
    resets[[m - series.start for m in baselines if series.start < m <= series.end]] = 1.0
    return Row(counts, exposure, waves(series.start, after), resets, first, after)


def _refused(series: Series, year: FinancialYear, state: str, history: int) -> None:
    if state == TOO_SHORT:
        raise NotEnoughData(
            f"{series.measure} of {series.scope} has {history} months, too few to foretell {year}",
            expected=f"at least {LEAST_HISTORY} months of counts",
            next_step=f"bring in {LEAST_HISTORY - history} more, from before {series.start}",
        )
    if state == TOO_OLD:
        raise NotEnoughData(
            f"the last month of {series.measure} of {series.scope} is {series.supplied[-1][0]}",
            expected=f"a month within {FARTHEST} of the end of {year}",
            next_step="bring in the months since",
        )


def _foreseen(
    series: Series, year: FinancialYear, known: _Known, row: Row, told: rows.Foreseen,
    drawn: Floats,
) -> YearEnd:  # fmt: skip
    """The simulated months as a fan, and their sum with what is counted as the total."""
    columns = np.arange(int(told.start), row.after)
    begin = max(known.after - series.start, row.first)
    wanted = columns[(columns >= begin) & np.isnan(row.counts[columns])]
    rest = drawn[:, wanted - int(told.start)]
    # Months that are known after a missing one belong to the year only from their own end on.
    later = [np.nansum(row.counts[at:]) for at in wanted]
    months = [series.start + int(at) for at in wanted]
    along = known.counted - np.array(later) + np.cumsum(rest, axis=1)
    totals = np.sort(known.counted + np.floor(rest.sum(axis=1) + 0.5))
    total, likely = _figures(series, year, known.so_far, totals)
    return YearEnd(
        name=series.name,
        year=year,
        state=STATES[rows.FORESEEN],
        so_far=known.so_far,
        total=total,
        likely=likely,
        fan=_fan(months, rest),
        cumulative=_fan(months, along),
        totals=totals,
    )


def _fan(months: Sequence[Month], draws: Floats) -> tuple[FanMonth, ...]:
    ordered = np.sort(np.ascontiguousarray(draws.T), axis=1)
    none = np.empty(0)
    found = []
    for month, row in zip(months, ordered, strict=True):
        _, centre, low80, high80, low95, high95 = rows.ranges_of(row, none, none).tolist()
        found.append(FanMonth(month, centre, low80, high80, low95, high95))
    return tuple(found)


def _figures(
    series: Series, year: FinancialYear, so_far: Figure, totals: Floats
) -> tuple[Figure, Figure]:
    middle = of_series(series, float(np.floor(np.median(totals) + 0.5)), method=METHOD)
    middle = replace(
        middle, basis=FORECAST, period=year.period, as_at=so_far.as_at, places=0,
        parts=(so_far,),
        sources=(Source("figures", METHOD, f"{totals.size:,} simulated year ends"),),
    )  # fmt: skip
    low80, high80 = rows.tails(totals, 1 - LIKELY)
    low95, high95 = rows.tails(totals, 1 - ALMOST_ALL)
    total = spanned(middle, float(low95), float(high95), ALMOST_ALL)
    return total, spanned(middle, float(low80), float(high80), LIKELY)


def _complete(series: Series, year: FinancialYear, known: _Known) -> YearEnd:
    end = YearEnd(
        name=series.name, year=year, state=COMPLETE, so_far=known.so_far, total=known.so_far,
        likely=known.so_far, history=len(series.supplied),
    )  # fmt: skip
    return replace(end, said=statements_of(end, series))
