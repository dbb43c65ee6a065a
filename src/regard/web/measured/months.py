"""A measure month by month: as rows of a page, and as a file of comma-separated values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from django.utils.translation import gettext as _

from regard.board.measured import Measured
from regard.core.cells import csv_text
from regard.core.markings import OFFICIAL, Marking
from regard.core.periods import Month, day_said
from regard.core.quantities import said
from regard.core.series import COUNT
from regard.plan.telling import named_area
from regard.signals import Point
from regard.signals.tallies import places_for


@dataclass(frozen=True)
class MonthRow:
    """A month as it is printed; `missing` says why there is no value."""

    month: Month
    value: str
    base: str
    average: str
    expected: str
    lower: str
    upper: str
    signals: str
    missing: str


HEADS = ("month", "value", "base", "average", "expected", "lower_limit", "upper_limit", "signals",
         "missing")  # fmt: skip


def month_rows(held: Measured) -> tuple[MonthRow, ...]:
    """Every month, the newest first, with its numbers as they are printed."""
    unit = held.series.unit
    read_in = unit if held.reading is None else held.reading.unit
    whole = held.series.kind == COUNT
    rows = []
    for raw in _raw(held):
        month, value, base, average, expected, lower, upper, signals, missing = raw
        rows.append(
            MonthRow(
                month=month,
                value=_number(value, unit, 0 if whole else None),
                base=_number(base, unit, 0),
                average=_number(average, read_in),
                expected=_number(expected, read_in),
                lower=_number(lower, read_in),
                upper=_number(upper, read_in),
                signals=signals,
                missing=missing,
            )
        )
    return tuple(reversed(rows))


def _number(value: float | None, unit: str, places: int | None = None) -> str:
    if value is None:
        return ""
    return said(value, "", places=places_for(value, unit) if places is None else places)


def _raw(held: Measured) -> Iterator[tuple[Any, ...]]:
    """The months as numbers; the averages and limits are those of the reading."""
    series, reading = held.series, held.reading
    bases = dict(zip(series.months, series.bases or (), strict=False))
    points: dict[Month, Point] = (
        {} if reading is None else {one.month: one for one in reading.points}
    )
    levels = () if reading is None else reading.levels or reading.segments
    for month, value in zip(series.months, series.values, strict=True):
        point = points.get(month)
        level = next((one.mean for one in levels if one.start <= month <= one.end), None)
        yield (
            month,
            value,
            bases.get(month),
            level,
            point and point.centre,
            point and point.lower,
            point and point.upper,
            ", ".join(point.signals) if point else "",
            named_area(series.why_missing.get(month, ""), series.scope) if value is None else "",
        )


def marking_of(held: Measured) -> Marking:
    """How closely the sentences of a measure are held: as the closest of them."""
    positions = [said for one in held.positions for said in (*one.accepted, *one.chance)]
    return reduce(Marking.__or__, (one.marking for one in (*held.said, *positions)), OFFICIAL)


def months_csv(held: Measured, *, as_at: date | None) -> str:
    """The months as a file: marked, with what was asked before them and the sources below.

    Args:
        held: What the measure says.
        as_at: The earlier day that is looked at; None for today.
    """
    series = held.series
    marking = str(marking_of(held))
    rows: list[tuple[Any, ...]] = [
        (marking,),
        (_("Measure"), series.name),
        (_("Area"), held.area_name),
        (_("Unit"), series.unit),
        (_("Counted to"), day_said(series.counted_to)),
    ]
    if as_at is not None:
        rows.append((_("As at"), day_said(as_at)))
    rows.append((_("Counted by"), series.method))
    if held.reading is not None:
        rows.append((_("Read by"), str(held.reading.method)))
        rows.append((_("Unit of averages and limits"), held.reading.unit))
    rows += [(), HEADS]
    for month, value, *rest in _raw(held):
        rows.append((month.iso, _whole(value), *rest))
    rows.append(())
    rows += [(_("Source"), str(one)) for one in series.sources]
    rows += [
        (_("File"), one.file, f"sha256 {one.file_sha}", f"import {one.number}")
        for one in held.imports
    ]
    rows.append((marking,))
    return csv_text(rows)


def _whole(value: float | None) -> float | int | None:
    return int(value) if value is not None and value.is_integer() else value
