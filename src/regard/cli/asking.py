"""What questions about measures have in common: options, periods, and sentences with their rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

import typer

from regard.cli.output import day, instant, known_measures
from regard.core.errors import DefinitionRefused, RegardError
from regard.core.figures import Source
from regard.core.periods import FinancialYear, Month, Period
from regard.core.series import COUNT, Series
from regard.core.statements import Statement, trace
from regard.records.counting import Counter
from regard.records.store import Store

MOST_SOURCES = 12  # sources named below sentences; a funnel rests on two of every force
BETWEEN = ".."  # from one month or day to another, both included

Named = Annotated[str, typer.Argument(help="The measure, as `measure list` shows it.")]
Area = Annotated[str, typer.Option(help="A force as police.uk names it, or force/local-area.")]
From = Annotated[str, typer.Option("--from", help="The first month, such as 2018-01.")]
To = Annotated[str, typer.Option(help="The last day, such as 2020-12-31.")]
Baselines = Annotated[
    list[str] | None,
    typer.Option("--baseline", help="First month of an accepted new level; may be repeated."),
]
Traced = Annotated[
    bool, typer.Option("--trace", help="Show what every figure stands on, down to the rows.")
]
Over = Annotated[
    str, typer.Option("--period", help="Such as 2013/14, 2019-06 or 2019-04..2020-03.")
]


def counter_of(ctx: typer.Context, known_at: str) -> Counter:
    """The counter of the store, as known at an instant, with the reader's own measures."""
    return Counter(Store(ctx.obj), known_at=instant(known_at), known=known_measures(ctx))


def series_of(counter: Counter, name: str, area: str, start: str = "", to: str = "") -> Series:
    """A measure of an area by the month, between two ends as they were given."""
    first = Month.parse(start) if start else None
    return counter.series(name, area, start=first, to=day(to) if to else None)


def baselines_of(written: Iterable[str] | None, series: Series) -> tuple[Month, ...]:
    """The accepted new levels of a series.

    Raises:
        DefinitionRefused: one is no month, or none after the first that is shown.
    """
    first, last = series.months[0], series.months[-1]
    found = tuple(Month.parse(one) for one in written or ())
    for month in found:
        if not first < month <= last:
            raise DefinitionRefused(
                f"{month} cannot begin a new level",
                expected=f"a month after {first}, the first one shown, and up to {last}",
            )
    return found


def period_of(text: str) -> Period:
    """Read `2013/14`, `2019-06`, or two months or days with two full stops between them.

    Raises:
        DefinitionRefused: the text is none of these, or ends before it starts.
    """
    first, between, last = text.partition(BETWEEN)
    try:
        if "/" in text:
            return FinancialYear.parse(text).period
        start, end = _ends(first), _ends(last if between else first)
    except RegardError as reason:
        raise DefinitionRefused(
            f"{text!r} is not a period: {reason.wrong}",
            expected="a financial year such as 2013/14, a month such as 2019-06, or "
            "2019-04..2020-03, both ends included",
        ) from reason
    return Period(start[0], end[1])


def _ends(text: str) -> tuple[date, date]:
    """The first and the last day of a month, or a day twice."""
    if len(text) > len("2019-06"):
        return day(text), day(text)
    month = Month.parse(text)
    return month.start, month.end


def whole(value: float | None, kind: str) -> float | None:
    """A count (or a value of another kind) as it is shown: whole where it is a whole count."""
    return int(value) if value is not None and kind == COUNT and value.is_integer() else value


def tell(
    said: Iterable[Statement], *, sources: Iterable[Source] = (), traced: bool = False
) -> None:
    """Sentences, where their rows come from, and what every figure stands on if that is wanted."""
    held = tuple(said)
    typer.echo("\n" + "\n".join(str(statement) for statement in held))
    named = list(dict.fromkeys(str(one) for one in sources))
    if named:
        more = len(named) - MOST_SOURCES
        rest = f"; and {more} more, which --trace names" if more > 0 else ""
        typer.echo("\nFrom " + "; ".join(named[:MOST_SOURCES]) + f"{rest}.")
    if traced:
        steps = (step for one in held for figure in one.figures for step in trace(figure))
        typer.echo("\n" + "\n".join(dict.fromkeys(str(step) for step in steps)))
