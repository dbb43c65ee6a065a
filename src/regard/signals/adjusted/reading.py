"""A reading of one series from a row of the adjusted count chart."""

from __future__ import annotations

import math
from dataclasses import replace

from regard.core.errors import DefinitionRefused
from regard.core.figures import Figure
from regard.core.periods import MONTHS_A_YEAR, Month
from regard.core.quantities import PERCENT, Range
from regard.core.series import COUNT, Series
from regard.signals.adjusted.charts import AdjustedMany, adjusted_many
from regard.signals.adjusted.levels import (
    Row,
    changes_of,
    levels_of,
    normal_limits,
    proposals_of,
    segments_of,
    whole_within,
)
from regard.signals.adjusted.power import CHANCE, smallest_fall
from regard.signals.adjusted.telling import narrate_adjusted
from regard.signals.adjusted.tuning import TUNING
from regard.signals.conventions import (
    ADJUSTED_SIGNALS,
    AS_COUNTED,
    BY_PRECEDENCE,
    LIMITS,
    NOT_JUDGED,
)
from regard.signals.found import Season
from regard.signals.judging import (
    MISSING,
    assurance_of,
    sense_of,
    variation_of,
    without_limits,
)
from regard.signals.readings import MethodVersion, Options, Point, Reading
from regard.signals.states import DRIFT_WITHIN, Evidence, state_of
from regard.signals.tallies import of_series

ADJUSTED = MethodVersion("adjusted-counts", "1", "adjusted count chart", Month(2026, 11))
WITHIN_LIMITS = 1 - 0.0027  # three standard errors either side
_NAMED = tuple(
    tuple(name for place, name in enumerate(ADJUSTED_SIGNALS) if bits >> place & 1)
    for bits in range(1 << len(ADJUSTED_SIGNALS))
)


def read_adjusted(series: Series, options: Options) -> Reading:
    """Read a series of monthly counts by the adjusted count chart.

    Args:
        series: Counts, None where a month is missing.
        options: How it is to be read; the chart puts months on one length by itself.

    Raises:
        DefinitionRefused: a series that does not hold counts, a count below nought, or options
            that have no meaning here.
    """
    if series.kind != COUNT:
        raise DefinitionRefused(
            f"{series.measure} is a {series.kind}", expected="counts, for the adjusted count chart"
        )
    if options.calendar != AS_COUNTED or options.freeze:
        raise DefinitionRefused(
            f"the adjusted count chart asked for {options.calendar}, frozen at {options.freeze}",
            expected="months as counted and no freeze: it evens their length by itself, and an "
            "accepted level takes the place of a freeze",
        )
    values = [math.nan if value is None else value for value in series.values]
    many = adjusted_many([values], series.start, accepted=[accepted_starts(series, options)])
    return reading_of(many, 0, series, options)


def accepted_starts(series: Series, options: Options) -> list[bool]:
    """Whether an accepted level starts with each month of the grid."""
    starts = set(options.baselines)
    return [month in starts and month != series.start for month in series.months]


def reading_of(
    many: AdjustedMany,
    row: int,
    series: Series,
    options: Options,
    *,
    exceptional: bool | None = None,
) -> Reading:
    """The reading of one row of a chart of many.

    Args:
        many: The charts; the first column is the first month of the series.
        row: Which of them.
        series: The series that the row was made from.
        options: How it was read.
        exceptional: Whether the last month stands out over the pack that it was read in; None
            takes its own limits.
    """
    held = Row.of(many, row, series)
    levels = levels_of(held)
    limits = normal_limits(held, levels[-1].mean)
    chance = float(many.rows["chance"][row])
    terms = int(many.rows["terms"][row])
    reading = Reading(
        series=series,
        method=ADJUSTED,
        options=options,
        unit=f"{series.unit} a month",
        cadence=1,
        segments=segments_of(held, levels),
        points=_points(many, row, series),
        variation=NOT_JUDGED,
        assurance=NOT_JUDGED,
        levels=levels,
        usual=None if limits is None else whole_within(*limits),
        season=Season(tuple(many.factors[row].tolist()), terms) if terms else None,
        spread=held.spread,
        chance=None if math.isnan(chance) else chance,
    )
    reading = replace(
        reading,
        assurance=assurance_of(series.better, options.target, reading.current),
        variation=variation_of(reading, guarded=True, conflict=BY_PRECEDENCE),
        changes=changes_of(held, reading),
        proposals=proposals_of(held, reading),
        expected=_expected(reading, many, row),
        detectable=_detectable(reading),
    )
    if reading.is_early or reading.is_sparse:
        reading = without_limits(reading)
    reading = replace(reading, state=_state(reading, held, exceptional))
    flags, said = narrate_adjusted(reading)
    return replace(reading, flags=flags, said=said)


def _points(many: AdjustedMany, row: int, series: Series) -> tuple[Point, ...]:
    lines = (many.centre[row], many.lower[row], many.upper[row])
    return tuple(
        Point(
            month=month,
            value=value,
            counted=value,
            centre=centre,
            lower=lower,
            upper=upper,
            signals=_NAMED[bits],
            sense=MISSING if value is None else sense_of(_NAMED[bits], series.better),
        )
        for month, value, centre, lower, upper, bits in zip(
            series.months,
            series.values,
            *(line.tolist() for line in lines),
            many.signals[row].tolist(),
            strict=True,
        )
    )


def _expected(reading: Reading, many: AdjustedMany, row: int) -> Figure | None:
    """The last month as foretold, its limits as the range."""
    names = ("expected", "expected_lower", "expected_upper")
    value, low, high = (float(many.rows[name][row]) for name in names)
    if math.isnan(value):
        return None
    figure = of_series(reading.series, value, method="expected from the months before")
    return replace(
        figure,
        basis="forecast",
        period=reading.latest.month.period,
        interval=Range(min(low, value), max(high, value), WITHIN_LIMITS),
        places=0,
    )


def _detectable(reading: Reading) -> Figure | None:
    """The smallest lasting fall that a year would show, in per cent of the level."""
    level, spread = reading.levels[-1], reading.spread
    if reading.is_early or reading.is_sparse or spread is None:
        return None
    share = smallest_fall(
        level.mean, level.months, months=len(reading.series.supplied),
        dispersion=spread.dispersion, autocorrelation=spread.autocorrelation,
    )  # fmt: skip
    if share is None:
        return None
    figure = of_series(reading.series, 100 * share, unit=PERCENT, method=_DETECTABLE)
    return figure.printed(places=0)


_DETECTABLE = f"found within {MONTHS_A_YEAR} months with a chance of {100 * CHANCE:.0f}%"


def _state(reading: Reading, row: Row, exceptional: bool | None) -> str:
    last = reading.latest
    signals = set(last.signals)
    newest = reading.levels[-1]
    since = last.month + -DRIFT_WITHIN
    ways = [
        step.after > step.before for step in row.steps if reading.series.start + step.column > since
    ]
    one_way = len(ways) if len(set(ways)) == 1 else 0
    stands_out = bool(signals & LIMITS) if exceptional is None else exceptional
    assert reading.spread is not None
    return state_of(
        Evidence(
            months=len(reading.series.supplied),
            mean=newest.mean if not reading.is_sparse else 0.0,
            exceptional=stands_out,
            possible=bool(signals - LIMITS),
            step_age=last.month - newest.start + 1 if row.steps and _stands_out(reading) else None,
            one_way=one_way,
            hangs_together=reading.spread.autocorrelation >= TUNING.most_autocorrelation,
        )
    )


def _stands_out(reading: Reading) -> bool:
    """Whether the newest level begins with a step: one accepted where there is none is none."""
    return not reading.levels[-1].accepted or bool(
        reading.changes and reading.changes[-1].stands_out
    )
