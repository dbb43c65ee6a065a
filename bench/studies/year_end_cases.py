"""Year ends foretold at points of the past against what then happened: counts, cases, scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow.parquet as parquet

from bench.figures import ROOT
from bench.peers_oracles import ets_totals
from regard.core.periods import FinancialYear, Month
from regard.signals.yearend import year_end_many

SHARED = ROOT.parent / "shared" / "data"
LONDON = SHARED / "mps_borough_monthly_2010-04_2018-03.parquet"
BURGLARY = SHARED / "policeuk_met_burglary_2010-12_2021-12.parquet"
PLACES = SHARED / "lsoa2011_to_msoa_lad_force.parquet"
STOPPED = "Historical Fraud and Forgery"
FORCE = "Metropolitan Police"
SEED, RESAMPLED = 20_265, 400
Floats = np.ndarray[Any, np.dtype[np.float64]]


class Counts(NamedTuple):
    """Counts of areas by month.

    Attributes:
        start: The month of the first column.
        values: Counts, shape (series, months).
        boroughs: Number of each series' area, shape (series,).
    """

    start: Month
    values: Floats
    boroughs: Floats


@dataclass(frozen=True)
class Cases:
    """Forecasts of one year after one month against what happened; arrays have a value a case.

    Attributes:
        year, month: What was foretold, and after which month of it.
        borough: Number of the area.
        last, actual: Total of the year before, and of the year.
        inside80, inside95: Whether the total lay within the range.
        unwidened80: The same for the 80% range before the own past widened it.
        chance: Of a total below last year's, as foretold.
        rule: The same by the year to date: 1 where it is below last year's, 0 above.
        error: Of the median, as a share of the total.
        peer: The chance by AutoETS; NaN where it was not asked.
    """

    year: FinancialYear
    month: int
    borough: Floats
    last: Floats
    actual: Floats
    inside80: Floats
    inside95: Floats
    unwidened80: Floats
    chance: Floats
    rule: Floats
    error: Floats
    peer: Floats

    @property
    def below(self) -> Floats:
        """Whether the year ended below the one before (0 or 1)."""
        return (self.actual < self.last).astype(np.float64)

    def brier(self, chance: Floats) -> Floats:
        """Squared error of a chance, case by case."""
        return (chance - self.below) ** 2


def counts_of_london() -> Counts:
    """Recorded crime of 33 areas by 11 types, April 2010 to March 2018."""
    held = parquet.read_table(LONDON).to_pydict()
    start = Month.parse(min(held["month"]))
    months = Month.parse(max(held["month"])) - start + 1
    found: dict[tuple[str, str], Floats] = {}
    for borough, kind, month, count in zip(
        held["borough"], held["major"], held["month"], held["count"], strict=True
    ):
        if kind != STOPPED:
            row = found.setdefault((borough, kind), np.zeros(months))
            row[Month.parse(month) - start] += count
    return _gathered(found, start)


def counts_of_burglary(last: Month) -> Counts:
    """Burglary in the 32 boroughs of the Metropolitan Police, December 2010 to `last`.

    Every row counts, with a Crime ID or without and however often the ID recurs. Rows without a
    place, or in a place that is not the force's, are left out.
    """
    places = parquet.read_table(
        PLACES, columns=["LSOA Code", "Local authority name", "PFA16NM"]
    ).to_pydict()
    boroughs = {
        code: name
        for code, name, force in zip(
            places["LSOA Code"], places["Local authority name"], places["PFA16NM"], strict=True
        )
        if force == FORCE
    }
    held = parquet.read_table(BURGLARY, columns=["LSOA code", "Month"]).to_pydict()
    many = Counter(zip(held["LSOA code"], held["Month"], strict=True))
    start = Month.parse(min(held["Month"]))
    found: dict[tuple[str, str], Floats] = {}
    for (code, month), count in many.items():
        at = Month.parse(month) - start
        if code in boroughs and at <= last - start:
            found.setdefault((boroughs[code], ""), np.zeros(last - start + 1))[at] += count
    return _gathered(found, start)


def _gathered(found: dict[tuple[str, str], Floats], start: Month) -> Counts:
    names = sorted(found)
    areas = sorted({borough for borough, _ in names})
    numbers = np.array([areas.index(borough) for borough, _ in names], dtype=np.float64)
    return Counts(start, np.array([found[one] for one in names]), numbers)


def within(low: Floats, actual: Floats, high: Floats) -> Floats:
    """1 where the total lies within the range, ends included, and 0 elsewhere."""
    return ((low <= actual) & (actual <= high)).astype(np.float64)


def foretold(held: Counts, year: FinancialYear, month: int, peers: Path | None) -> Cases:
    """One year after one month; AutoETS too where a folder to pass arrays in is given."""
    counts, start = held.values, held.start
    first = year.months[0] - start
    seen = first + month
    actual = counts[:, first : first + 12].sum(axis=1)
    last = counts[:, first - 12 : first].sum(axis=1)
    so_far, before = (
        counts[:, first:seen].sum(axis=1),
        counts[:, first - 12 : seen - 12].sum(axis=1),
    )
    ends = year_end_many(counts[:, :seen], start=start, year=year, targets=last - 1)
    plain = year_end_many(counts[:, :seen], start=start, year=year, check=False)
    peer = np.full(len(counts), np.nan)
    if peers is not None:
        totals = so_far[:, None] + ets_totals(peers, counts[:, :seen], ahead=12 - month)
        peer = (np.floor(totals + 0.5) < last[:, None]).mean(axis=1)
    return Cases(
        year=year,
        month=month,
        borough=held.boroughs,
        last=last,
        actual=actual,
        inside80=within(ends.lower80, actual, ends.upper80),
        inside95=within(ends.lower95, actual, ends.upper95),
        unwidened80=within(plain.lower80, actual, plain.upper80),
        chance=ends.chance_below[:, 0],
        rule=np.where(so_far < before, 1.0, np.where(so_far > before, 0.0, 0.5)),
        error=np.abs(ends.median - actual) / np.maximum(actual, 1.0),
        peer=peer,
    )


def foretold_all(
    held: Counts, years: tuple[FinancialYear, ...], months: tuple[int, ...], *, peers: Path | None
) -> list[Cases]:
    """Every year after every month; AutoETS after the first of the months alone."""
    return [
        foretold(held, year, month, peers if month == months[0] else None)
        for month in months
        for year in years
    ]


def by_borough(cases: list[Cases], of: Callable[[list[Cases], list[Floats]], float]) -> float:
    """Standard error of a figure when whole areas are drawn again, as boroughs move together."""
    random = np.random.default_rng(SEED)
    areas = np.unique(cases[0].borough)
    found = []
    for _ in range(RESAMPLED):
        many = np.bincount(random.integers(0, len(areas), len(areas)), minlength=len(areas))
        found.append(of(cases, [many[np.searchsorted(areas, one.borough)] for one in cases]))
    return float(np.std(found))


def share(cases: list[Cases], weights: list[Floats], *, of: str) -> float:
    """Per cent of all cases within a range."""
    inside = np.concatenate([getattr(one, of) for one in cases])
    return 100 * float(np.average(inside, weights=np.concatenate(weights)))
