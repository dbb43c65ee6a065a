"""Year ends of many series at once, as plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regard.core.errors import DefinitionRefused
from regard.core.periods import MONTHS_A_YEAR, FinancialYear, Month
from regard.signals.yearend import rows
from regard.signals.yearend.chances import shared
from regard.signals.yearend.ends import STATES
from regard.signals.yearend.level import Row
from regard.signals.yearend.months import exposures, waves
from regard.signals.yearend.settings import DRAWS, settings

LEAST_DRAWS = 100
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class YearEndMany:
    """The year ends of many series; every array has a row for each of them.

    Where a series is refused its values are NaN and `state` says why. Counts are in the unit of
    the series.

    Attributes:
        year: The financial year.
        state: `foreseen`, `complete`, `too short` (under 24 months) or `too old` (the last
            known month lies too long before the year), shape (series,).
        known: What is counted of the year (counts).
        mean, median: Of the simulated totals (counts).
        lower80, upper80, lower95, upper95: Ranges of the total (counts).
        chance_below: Chance (0 to 1) of a total at or below each target, shape
            (series, targets).
        wider: How much wider the ranges were made by the series' own past (a ratio, >= 1).
        ratio, dispersion, drift: As of `YearEnd`.
        years, checked, inside80, inside95: As of `Past` (counts).
        history: Months known (a count).
        few: Whether simulated as low counts.
        waves: Columns of the season (a count); 0 is no season, 4 two waves, 11 by month.
        draws: Simulated totals in ascending order, shape (series, draws), if asked for; else
            with no row.
    """

    year: FinancialYear
    state: NDArray[np.str_]
    known: Floats
    mean: Floats
    median: Floats
    lower80: Floats
    upper80: Floats
    lower95: Floats
    upper95: Floats
    chance_below: Floats
    wider: Floats
    ratio: Floats
    dispersion: Floats
    drift: Floats
    years: Floats
    checked: Floats
    inside80: Floats
    inside95: Floats
    history: Floats
    few: NDArray[np.bool_]
    waves: Floats
    draws: Floats


def year_end_many(
    values: ArrayLike,
    *,
    start: Month,
    year: FinancialYear,
    targets: ArrayLike | None = None,
    baselines: Sequence[Sequence[Month]] = (),
    draws: int = DRAWS,
    keep_draws: bool = False,
    check: bool = True,
) -> YearEndMany:
    """The distribution of each series' total over a financial year, given the year so far.

    What is known is what the values hold: months after the year are left out, months of the
    year without a value are simulated together. `year_end` says how.

    Args:
        values: Counts, shape (series, months); NaN is a month that was not supplied.
        start: The month of the first column.
        year: The financial year; it may not start before `start`.
        targets: Totals whose chance is asked, shape (series,) or (series, targets).
        baselines: First months of accepted new levels, one sequence for each series; none if
            empty.
        draws: How many totals to simulate for each series.
        keep_draws: Whether to give them back.
        check: Whether to check, and widen, on each series' own past.

    Raises:
        DefinitionRefused: values, targets or baselines of the wrong shape, too few draws, or a
            year that starts before the values.
    """
    counts, first = _columns(values, start, year)
    after = first + MONTHS_A_YEAR
    aims = _aims(targets, counts.shape[0])
    if draws < LEAST_DRAWS or len(baselines) not in (0, counts.shape[0]):
        raise DefinitionRefused(
            f"{draws} draws and baselines for {len(baselines)} of {counts.shape[0]} series",
            expected=f"at least {LEAST_DRAWS} draws; baselines for every series or for none",
        )
    resets = np.zeros(counts.shape)
    for row, months in zip(resets, baselines, strict=False):
        row[[month - start for month in months if 0 < month - start < after]] = 1.0
    like = Row(
        counts[0] if len(counts) else np.empty(after), exposures(start, after),
        waves(start, after), np.empty(0), first, after,
    )  # fmt: skip
    fields, chances, kept = rows.foresee_rows(
        counts, like, resets, aims, keep_draws, settings(check=check), shared(draws)
    )
    return _named(year, fields, chances, kept)


def _columns(values: ArrayLike, start: Month, year: FinancialYear) -> tuple[Floats, int]:
    """The counts up to the end of the year, NaN where there is no column, and its first."""
    given = np.asarray(values, dtype=np.float64)
    first = year.months[0] - start
    if given.ndim != 2 or first < 0:
        raise DefinitionRefused(
            f"values of shape {given.shape} from {start} for {year}",
            expected="(series, months), from the first month of the year or before",
        )
    if np.isinf(given).any():
        raise DefinitionRefused(
            f"{int(np.isinf(given).sum())} values are infinite", expected="counts, or NaN"
        )
    counts = np.full((given.shape[0], first + MONTHS_A_YEAR), np.nan)
    held = min(given.shape[1], counts.shape[1])
    counts[:, :held] = given[:, :held]
    return counts, first


def _aims(targets: ArrayLike | None, series: int) -> Floats:
    if targets is None:
        return np.empty((series, 0))
    aims = np.asarray(targets, dtype=np.float64)
    aims = aims.reshape(-1, 1) if aims.ndim == 1 else aims
    if aims.ndim != 2 or aims.shape[0] != series:
        raise DefinitionRefused(
            f"targets of shape {np.shape(targets)} for {series} series",
            expected="(series,) or (series, targets)",
        )
    return np.ascontiguousarray(aims)


def _named(year: FinancialYear, fields: Floats, chances: Floats, draws: Floats) -> YearEndMany:
    return YearEndMany(
        year=year,
        state=np.array(STATES)[fields[:, rows.STATE].astype(int)],
        known=fields[:, rows.KNOWN],
        mean=fields[:, rows.MEAN],
        median=fields[:, rows.MEDIAN],
        lower80=fields[:, rows.LOW80],
        upper80=fields[:, rows.HIGH80],
        lower95=fields[:, rows.LOW95],
        upper95=fields[:, rows.HIGH95],
        chance_below=chances,
        wider=fields[:, rows.WIDER],
        ratio=fields[:, rows.RATIO],
        dispersion=fields[:, rows.VARIANCE],
        drift=fields[:, rows.DRIFT],
        years=fields[:, rows.YEARS],
        checked=fields[:, rows.CHECKED],
        inside80=fields[:, rows.INSIDE80],
        inside95=fields[:, rows.INSIDE95],
        history=fields[:, rows.HISTORY],
        few=fields[:, rows.OF_FEW] == 1.0,
        waves=fields[:, rows.WAVE_COUNT],
        draws=draws,
    )
