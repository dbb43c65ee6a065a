"""What a series is charted on: totals over bases, by the kind of its values and what is known."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from regard.core.periods import MEAN_MONTH_DAYS
from regard.core.series import COUNT, PROPORTION, RATE, WEIGHTED, Series
from regard.signals.charting import WIDER, cadence, on_calendar
from regard.signals.conventions import AS_COUNTED, PER_MEAN_MONTH
from regard.signals.kernel import Values
from regard.signals.others.levels import AVERAGES, COUNTS, SHARES
from regard.signals.others.proportions import WHOLE
from regard.signals.others.rows import Choices, Rows, rows_of
from regard.signals.readings import Options

PER = re.compile(r" per (?:(?P<number>\d[\d,]*) )?(?P<of>.+)$")
# Bases that do not grow with the days of a month, so that a rate over them is one per time.
STOCKS = ("resident", "person", "people", "population", "household", "dwelling", "officer")
NEAR_WHOLE = 1e-6  # of a total: a quotient worked back to a whole number that it was made from

NO_BASES = "no bases"
NOT_THAT_KIND = "not that kind"
IMPOSSIBLE = "impossible values"


@dataclass(frozen=True)
class Based:
    """A series made ready for a chart whose limits follow its bases.

    Attributes:
        family: `COUNTS`, `SHARES` or `AVERAGES`.
        rows: Totals and bases of one row.
        values: What is drawn, in the unit of the reading.
        unit: That unit.
        cadence: Months from one reading to the next.
        why: Why the bases could not be used: empty if they are.
        even: Whether every month stands on a base of one.
        sizes: The bases as supplied, whatever the days of their months; (months,), NaN where
            not known.
    """

    family: int
    rows: Rows
    values: tuple[float | None, ...]
    unit: str
    cadence: int
    why: str
    even: bool
    sizes: Values


def per_of(unit: str) -> float | None:
    """What a rate is per: 1000 of a unit such as `offences per 1,000 residents`; None if not said.

    Example:
        >>> per_of("offences per 1,000 residents")
        1000.0
    """
    found = PER.search(unit)
    if not found:
        return None
    return float((found["number"] or "1").replace(",", "")) or None


def is_per_time(series: Series) -> bool:
    """Whether longer months raise the values: of counts, sums, and rates over standing bases."""
    if series.kind in (COUNT, WEIGHTED):
        return True
    found = PER.search(series.unit)
    return series.kind == RATE and found is not None and any(s in found["of"] for s in STOCKS)


def based(series: Series, options: Options, *, family: int, choices: Choices) -> Based:
    """A series made ready for the family wanted, or for changes from month to month alone.

    Args:
        series: Values in their own unit.
        options: How it is to be read.
        family: `COUNTS`, `SHARES` or `AVERAGES`.
        choices: How the spread is measured and limits are made.
    """
    step = cadence(series)
    longer = is_per_time(series) and options.calendar == PER_MEAN_MONTH
    values = on_calendar(series, options.calendar) if longer else series.values
    days = np.array([month.days / MEAN_MONTH_DAYS if longer else 1.0 for month in series.months])
    family, totals, bases, scale, why = _totals(series, family, values, days)
    rows = rows_of(
        family,
        totals,
        bases,
        baselines=_starts(series, options),
        freeze=options.freeze,
        widest_gap=math.floor(WIDER * step),
        choices=choices,
        scale=scale,
    )
    unit = series.unit
    if longer:
        unit = f"{unit} {PER_MEAN_MONTH}"
    elif step == 1 and is_per_time(series):
        unit = f"{unit} a month"
    known = rows.bases[np.isfinite(rows.bases)]
    even = bool(family == AVERAGES or longer or series.kind == COUNT) and _alike(known, days)
    return Based(family, rows, values, unit, step, why, even, rows.bases[0] / days)


def _alike(bases: Values, days: Values) -> bool:
    """Whether no base but the length of the month differs from another."""
    return bool(len(bases) == 0 or np.isin(bases, (1.0, *set(days.tolist()))).all())


def _totals(
    series: Series, family: int, values: Iterable[float | None], days: Values
) -> tuple[int, Values, Values, float, str]:
    """The family that fits, its totals and bases, the scale of a rate, and why another was left."""
    given, drawn = _row(series.values), _row(values)
    even = np.ones(len(given))
    if series.kind == COUNT:
        # A count is a rate over months, and varies at least as chance makes counts vary.
        if np.nanmin(given) >= 0:
            return COUNTS, given, days, 1.0, ""
        return AVERAGES, drawn, even, 1.0, IMPOSSIBLE
    bases = _bases(series, given)
    if family == AVERAGES:
        if bases is None:
            return AVERAGES, drawn, even, 1.0, ""
        return AVERAGES, _weighed(given, bases), bases * days, 1.0, ""
    kind, scale = (RATE, per_of(series.unit)) if family == COUNTS else (PROPORTION, WHOLE)
    if series.kind != kind:
        return AVERAGES, drawn, even, 1.0, NOT_THAT_KIND
    if bases is None or scale is None:
        return AVERAGES, drawn, even, 1.0, NO_BASES
    totals = _whole(_weighed(given, bases) / scale)
    with_base = np.isfinite(totals) & np.isfinite(bases)
    over = family == SHARES and bool((totals[with_base] > bases[with_base]).any())
    if over or (totals[np.isfinite(totals)] < 0).any():
        return AVERAGES, drawn, even, 1.0, IMPOSSIBLE
    return family, totals, bases * days, scale, ""


def _row(values: Iterable[float | None]) -> Values:
    return np.array([math.nan if value is None else value for value in values], np.float64)


def _bases(series: Series, given: Values) -> Values | None:
    """The bases of a series, NaN where not known; None if fewer than half its months have one."""
    if series.bases is None:
        return None
    bases = _row(series.bases)
    bases[~(bases > 0)] = math.nan
    held = np.isfinite(given)
    return bases if 2 * int(np.isfinite(bases[held]).sum()) >= int(held.sum()) else None


def _weighed(given: Values, bases: Values) -> Values:
    """Values times bases; a value without a base stays, to be drawn and not judged."""
    return np.where(np.isfinite(bases), given * bases, given)


def _whole(totals: Values) -> Values:
    """Totals, whole where the quotient can only have been made from a whole number."""
    near = np.round(totals)
    return np.where(np.abs(totals - near) <= NEAR_WHOLE * np.maximum(1.0, near), near, totals)


def _starts(series: Series, options: Options) -> np.ndarray:
    marks = np.zeros((1, len(series.values)), np.bool_)
    columns = [month - series.start for month in options.baselines]
    marks[0, [column for column in columns if 0 < column < marks.shape[1]]] = True
    return marks


def other_calendar(options: Options) -> str:
    """The calendar that was not asked for."""
    return AS_COUNTED if options.calendar == PER_MEAN_MONTH else PER_MEAN_MONTH
