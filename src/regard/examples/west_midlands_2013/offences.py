"""The offence rows of the example: exact totals first, then chance within them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from regard.core.periods import FIRST_MONTH_OF_YEAR, MONTHS_A_YEAR, Month, Period
from regard.examples.west_midlands_2013.allocation import (
    IntArray,
    chosen,
    dealt,
    keys,
    picks,
    shares_out,
    shares_within,
    strays,
)
from regard.examples.west_midlands_2013.recipe import Group, Recipe, Window

PERSON, BUSINESS, SOCIETY = "P", "B", "S"
VICTIMS = (PERSON, BUSINESS, SOCIETY)
COLUMNS = ("REC_DATE", "OFF_CODE", "LPU", "PRI_AREA", "VICTIM", "DV_FLAG", "DISPOSAL")


@dataclass(frozen=True)
class OffenceRows:
    """The rows as columns of whole numbers, in the order of their days; shape (rows,) each.

    Attributes:
        start: The day that is day 0.
        days: Days since `start`.
        codes: Index of the offence code in `Recipe.offences`.
        units: Index of the local policing unit.
        areas: Priority area from 1; 0 is none.
        victims: Index in `VICTIMS`.
        domestic: Whether the row is flagged as domestic.
        disposals: Index in the disposals, solved before unsolved.
    """

    start: date
    days: IntArray
    codes: IntArray
    units: IntArray
    areas: IntArray
    victims: IntArray
    domestic: NDArray[np.bool_]
    disposals: IntArray


def offence_rows(recipe: Recipe, *, seed: int) -> OffenceRows:
    """Every offence row of the recipe, the same for the same seed everywhere."""
    spans, codes = _spans_and_codes(recipe, seed)
    days = _days(recipe, spans, seed)
    marked = {
        name: _marked(recipe, name, days, codes, seed)
        for name in ("business", "domestic", "priority", "solved")
    }
    rows = len(days)
    areas, units = _places(recipe, marked["priority"], seed)
    society = np.array([code in recipe.society for code in recipe.offences])[codes]
    victims = np.where(marked["business"], 1, np.where(society, 2, 0))
    solved = picks(keys(seed, "disposal", rows), list(recipe.solved.values()))
    unsolved = picks(keys(seed, "no disposal", rows), list(recipe.unsolved.values()))
    disposals = np.where(marked["solved"], solved, unsolved + len(recipe.solved))
    order = np.lexsort((keys(seed, "order", rows), days))
    return OffenceRows(
        start=recipe.days.start,
        days=days[order],
        codes=codes[order],
        units=units[order],
        areas=areas[order],
        victims=victims[order],
        domestic=marked["domestic"][order],
        disposals=disposals[order],
    )


def offence_lines(recipe: Recipe, rows: OffenceRows, period: Period) -> bytes:
    """The rows of a period as CSV lines with a header, days written as 31/12/2013."""
    low, high = ((day - rows.start).days for day in (period.start, period.end))
    cut = slice(*np.searchsorted(rows.days, [low, high + 1]))
    areas = ["", *(f"PA{one:02d}" for one in range(1, len(recipe.units) * recipe.areas_each + 1))]
    columns: tuple[tuple[IntArray | NDArray[np.bool_], Sequence[str]], ...] = (
        (rows.codes, recipe.offences),
        (rows.units, tuple(recipe.units)),
        (rows.areas, areas),
        (rows.victims, VICTIMS),
        (rows.domestic, ("N", "Y")),
        (rows.disposals, (*recipe.solved, *recipe.unsolved)),
    )
    packed = np.zeros(cut.stop - cut.start, dtype=np.int64)
    for column, names in columns:
        packed = packed * len(names) + column[cut]
    kinds, which = np.unique(packed, return_inverse=True)
    tails = [_tail(int(one), [names for _, names in columns]) for one in kinds]
    written = [f"{day:%d/%m/%Y}".encode() for day in Period(rows.start, period.end)]
    lines = [
        written[day] + tails[kind]
        for day, kind in zip(rows.days[cut].tolist(), which.tolist(), strict=True)
    ]
    return b"".join([",".join(COLUMNS).encode(), b"\n", *lines])


def _tail(packed: int, columns: Iterable[Sequence[str]]) -> bytes:
    told: list[str] = []
    for names in reversed(list(columns)):
        packed, index = divmod(packed, len(names))
        told.append(names[index])
    return ("," + ",".join(reversed(told)) + "\n").encode()


def _spans_and_codes(recipe: Recipe, seed: int) -> tuple[IntArray, IntArray]:
    """The span and the offence code of every row, group by group."""
    spans: list[IntArray] = []
    codes: list[IntArray] = []
    held = np.zeros(len(recipe.spans), dtype=np.int64)
    for group in (*recipe.groups, recipe.rest):
        windows = group.windows
        if group is recipe.rest:
            windows = tuple(_left(recipe, window, held) for window in recipe.total)
        first = recipe.offences.index(next(iter(group.offences)))
        for window in windows:
            counts = _span_counts(recipe, group, window, seed)
            held += counts
            drawn = keys(seed, f"code:{group.name}:{window.period.end}", int(counts.sum()))
            shares = shares_out(len(drawn), list(group.offences.values()))
            spans.append(np.repeat(np.arange(len(counts)), counts))
            codes.append(first + dealt(drawn, shares))
    return np.concatenate(spans), np.concatenate(codes)


def _left(recipe: Recipe, window: Window, held: IntArray) -> Window:
    """A window of the total with what the groups have left of it."""
    inside = [index for index, span in enumerate(recipe.spans) if span.end in window.period]
    rows = (window.rows or 0) - int(held[inside].sum())
    return Window(window.period, rows, 0, window.tilt, window.because)


def _span_counts(recipe: Recipe, group: Group, window: Window, seed: int) -> IntArray:
    """Rows of each span; nought outside the window; they sum to the window's rows exactly."""
    noise = strays(seed, group.name, len(recipe.months), spread=group.noise)
    weights: list[int] = []
    for span in recipe.spans:
        month = Month.of(span.start)
        passed = month - Month.of(window.period.start)
        season = group.season[(month.number - FIRST_MONTH_OF_YEAR) % MONTHS_A_YEAR]
        level = season * noise[month - recipe.months[0]] * (1000 + window.tilt * passed)
        weights.append(span.days * level if span.end in window.period else 0)
    return np.array(shares_out(window.rows or 0, weights), dtype=np.int64)


def _days(recipe: Recipe, spans: IntArray, seed: int) -> IntArray:
    """A day within the span of each row, by the weight of its weekday."""
    weights = [recipe.week[day.weekday()] for day in recipe.days]
    edges = np.concatenate(([0], np.cumsum(weights, dtype=np.int64)))
    starts = [(span.start - recipe.days.start).days for span in recipe.spans]
    ends = [(span.end - recipe.days.start + timedelta(days=1)).days for span in recipe.spans]
    low, high = edges[starts][spans], edges[ends][spans]
    drawn = keys(seed, "day", len(spans)) % (high - low).astype(np.uint64)
    return np.searchsorted(edges, low + drawn.astype(np.int64), side="right").astype(np.int64) - 1


def _marked(
    recipe: Recipe, name: str, days: IntArray, codes: IntArray, seed: int
) -> NDArray[np.bool_]:
    """Which rows carry the mark: in each window exactly as many as the recipe says."""
    found = np.zeros(len(days), dtype=bool)
    numbers = {code: index for index, code in enumerate(recipe.offences)}
    for step, mark in enumerate(one for one in recipe.marks if one.name == name):
        likelier = np.zeros(len(numbers), dtype=np.int64)
        for code, weight in mark.offences.items():
            likelier[numbers[code]] = weight
        for window in mark.windows:
            low, high = (
                (day - recipe.days.start).days for day in (window.period.start, window.period.end)
            )
            rows = np.flatnonzero((days >= low) & (days <= high) & (likelier[codes] > 0))
            there = np.bincount(codes[rows], minlength=len(numbers))
            weights = (there * likelier).tolist()
            quotas = shares_within(window.quota(len(rows)), weights, there.tolist())
            drawn = keys(seed, f"mark:{name}:{step}:{window.period.end}", len(rows))
            found[rows[chosen(drawn, codes[rows], dict(enumerate(quotas)))]] = True
    return found


def _places(recipe: Recipe, priority: NDArray[np.bool_], seed: int) -> tuple[IntArray, IntArray]:
    """The priority area and the unit of each row; an area lies in one unit."""
    rows = len(priority)
    count = len(recipe.units) * recipe.areas_each
    area = picks(keys(seed, "area", rows), [1] * count)
    unit = picks(keys(seed, "unit", rows), list(recipe.units.values()))
    return np.where(priority, area + 1, 0), np.where(priority, area // recipe.areas_each, unit)
