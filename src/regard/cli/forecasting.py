"""`regard measure forecast`: how a financial year is likely to end, and the chance of a target."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any

import typer

from regard.cli.asking import (
    BETWEEN,
    Area,
    Baselines,
    Named,
    Traced,
    baselines_of,
    counter_of,
    tell,
    whole,
)
from regard.cli.nouns import noun
from regard.cli.output import AsCsv, AsJson, KnownAt, Shape, day, shape_of, show
from regard.core.errors import DefinitionRefused
from regard.core.figures import Figure
from regard.core.periods import FinancialYear, Month
from regard.core.series import COUNT, NEITHER, Series
from regard.records.counting import Counter
from regard.signals.yearend import Chance, FanMonth, YearEnd, year_end

app = noun()


@app.command()
def forecast(
    ctx: typer.Context,
    name: Named,
    area: Area,
    year: Annotated[str, typer.Option(help="The financial year, such as 2013/14.")],
    target: Annotated[
        float | None, typer.Option(help="The total to be reached, in the measure's unit.")
    ] = None,
    better: Annotated[
        str,
        typer.Option(help="Whether lower or higher meets the target; as the measure says."),
    ] = "",
    to: Annotated[
        str, typer.Option(help="As counted to this day, such as 2013-12-31; the last supplied.")
    ] = "",
    known_at: KnownAt = "",
    baseline: Baselines = None,
    traced: Traced = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Foretell the total of a financial year with its ranges, and the chance of a target."""
    shape = shape_of(as_json=as_json, as_csv=as_csv)
    asked = FinancialYear.parse(year)
    with counter_of(ctx, known_at) as counter:
        series, so_far = _counted(counter, name, area, asked, to)
    end = year_end(series, asked, baselines=baselines_of(baseline, series), so_far=so_far)
    chance = None if target is None else end.chance_of(target, _way(series, better))
    show(_rows(end, chance), shape=shape)
    if shape is Shape.TABLE:
        said = end.statements() if chance is None else (chance.said, *end.statements())
        tell(said, sources=series.sources, traced=traced)


def _counted(
    counter: Counter, name: str, area: str, year: FinancialYear, to: str
) -> tuple[Series, Figure | None]:
    """The whole months up to a day, and the year up to it if rows can be counted to the day."""
    held = counter.series(name, area)
    reached = min(day(to) if to else held.counted_to, year.end)
    # A month that goes on after the day is not over, and so is no month of the series.
    last = Month.of(reached) if reached == Month.of(reached).end else Month.of(reached) + -1
    series = counter.series(name, area, to=last.end)
    if reached < year.start:
        return series, None
    return series, _so_far(counter, series, year, reached)


def _so_far(counter: Counter, series: Series, year: FinancialYear, to: date) -> Figure | None:
    found = counter.figure(series.measure, series.scope, year.to(to))
    return found if found.value is not None else None


def _way(series: Series, better: str) -> str:
    if not better and series.better == NEITHER:
        raise DefinitionRefused(
            f"{series.measure} is better {series.better}, and so a target says nothing by itself",
            expected="--better lower, or --better higher",
            next_step="say which of the two meets the target",
        )
    return better or series.better


def _rows(end: YearEnd, chance: Chance | None) -> list[dict[str, Any]]:
    """A row for each month to come, then the year with what is counted of it."""
    return [*(_month(one, end) for one in end.fan), _year(end, chance)]


def _days_to_come(month: Month, end: YearEnd) -> str:
    """The month, or the days of it that are still to come where some are counted."""
    counted = end.so_far.period.end if end.so_far.value is not None and end.so_far.period else None
    if counted is None or Month.of(counted) != month:
        return month.iso
    return f"{counted + timedelta(days=1)}{BETWEEN}{month.end}"


def _month(one: FanMonth, end: YearEnd) -> dict[str, Any]:
    return {
        "period": _days_to_come(one.month, end),
        "counted": None,
        "expected": one.centre,
        "low_80": one.low80,
        "high_80": one.high80,
        "low_95": one.low95,
        "high_95": one.high95,
        "target": None,
        "chance": None,
        "in_words": "",
    }


def _year(end: YearEnd, chance: Chance | None) -> dict[str, Any]:
    likely, all_but_certain = end.likely.interval, end.total.interval
    return {
        "period": str(end.year),
        "counted": whole(end.so_far.value, COUNT),
        "expected": whole(end.total.value, COUNT),
        "low_80": None if likely is None else likely.low,
        "high_80": None if likely is None else likely.high,
        "low_95": None if all_but_certain is None else all_but_certain.low,
        "high_95": None if all_but_certain is None else all_but_certain.high,
        "target": None if chance is None else chance.target.value,
        "chance": None if chance is None else chance.value,
        "in_words": "" if chance is None else chance.band,
    }
