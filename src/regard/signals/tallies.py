"""Figures that a sentence needs beside the measure itself: tallies, sizes, ends of ranges."""

from __future__ import annotations

from dataclasses import replace

from regard.core.figures import Figure, Source
from regard.core.quantities import PERCENT, POINTS, Range
from regard.core.series import Series

WHOLE_FROM = 20  # averages of counts from here on are printed without a decimal
FINE_BELOW = 2  # rates below this need a second decimal to show a change
RATE = " per "  # stands in the unit of every rate


def tally(like: Figure, number: float, unit: str, *, what: str, places: int = 0) -> Figure:
    """A number of something, such as months in a row, about the same body as another figure.

    Args:
        like: The figure whose measure, scope and time it shares.
        number: How many.
        unit: In the singular; an `s` is added for any number but one.
        what: What was counted, for the trace.
        places: Decimal places.
    """
    return Figure(
        value=number,
        unit=unit if number == 1 else f"{unit}s",
        measure=like.measure,
        scope=like.scope,
        basis=like.basis,
        method=what,
        as_at=like.as_at,
        period=like.period,
        sources=(Source("figures", what),),
        parts=(like,),
        places=places,
    )


def size(figure: Figure) -> Figure:
    """The figure without its sign, where the sentence says the direction in words."""
    return replace(figure, value=abs(figure.known), signed=False, interval=None, parts=(figure,))


def places_for(value: float, unit: str) -> int:
    """Decimal places of an average or a computed amount.

    None from 20 up, one below and for percentages, two for rates below 2.
    """
    if RATE in unit and abs(value) < FINE_BELOW:
        return 2
    return 1 if unit in (PERCENT, POINTS) or abs(value) < WHOLE_FROM else 0


def of_series(series: Series, value: float, *, unit: str = "", method: str = "") -> Figure:
    """A value of a series as a figure, to the last day counted."""
    return Figure(
        value=value,
        unit=unit or series.unit,
        measure=series.measure,
        scope=series.scope,
        basis=series.basis,
        method=method or series.method,
        as_at=series.counted_to,
        sources=series.sources,
    )


def spanned(figure: Figure, low: float, high: float, level: float) -> Figure:
    """The figure with an interval, which is widened to hold the figure itself."""
    value = figure.known
    return replace(figure, interval=Range(min(low, value), max(high, value), level))
