"""The end of a financial year as it is foreseen: values, fans and the chance of a target."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from regard.core.errors import DefinitionRefused
from regard.core.figures import Figure, Source
from regard.core.periods import FinancialYear, Month
from regard.core.quantities import PERCENT
from regard.core.series import HIGHER, LOWER
from regard.core.statements import Statement, Value
from regard.signals.tallies import tally
from regard.signals.yearend.words import (
    FAILED,
    MET,
    OUT_OF_REACH,
    REACHED,
    band_of,
    say,
)

# What became of a series, in the order of the compiled code.
FORESEEN, COMPLETE, TOO_SHORT, TOO_OLD = "foreseen", "complete", "too short", "too old"
STATES = (FORESEEN, COMPLETE, TOO_SHORT, TOO_OLD)
NO_SEASON, TWO_WAVES, MONTHLY = "no season", "a season of two waves a year", "a season by month"
FORECAST, TARGET = "forecast", "target"
SMALLEST, TENTHS, TWENTIETHS = 0.05, 10, 20
EIGHT = 8  # the one tenth that is said with *an*
SIDES = {LOWER: "below", HIGHER: "above"}


@dataclass(frozen=True)
class FanMonth:
    """A month, or the year to its end: the middle of what is simulated and its two ranges.

    All values are counts, in the unit of the series.
    """

    month: Month
    centre: float
    low80: float
    high80: float
    low95: float
    high95: float


@dataclass(frozen=True)
class Past:
    """The same forecast made at the series' own earlier points, against what then happened.

    Attributes:
        years: Earlier years with such a point (a count).
        checked: Points, some a month apart (a count).
        inside80, inside95: How many outcomes lay within the 80% and 95% ranges (counts).
        wider: How much wider every range was made (a ratio, >= 1).
    """

    years: int
    checked: int
    inside80: int
    inside95: int
    wider: float

    @property
    def coverage80(self) -> float | None:
        """Share of outcomes within the 80% range (0 to 1); None where nothing was checked."""
        return self.inside80 / self.checked if self.checked else None

    @property
    def coverage95(self) -> float | None:
        """Share of outcomes within the 95% range (0 to 1); None where nothing was checked."""
        return self.inside95 / self.checked if self.checked else None


@dataclass(frozen=True)
class Chance:
    """The chance that a year ends on the right side of a target.

    Attributes:
        value: The chance (0 to 1).
        figure: The same in per cent, with what it was computed from.
        band: The words for it, from fixed bands; `already met`, `can no longer be met`, `met`
            or `not met` where nothing is left to chance.
        target: The target, in the unit of the series.
        better: `lower` (at or below the target) or `higher` (at or above it).
        settled: Whether nothing is left to chance.
        said: The sentence.
    """

    value: float
    figure: Figure
    band: str
    target: Figure
    better: str
    settled: bool
    said: Statement

    def __str__(self) -> str:
        return str(self.said)


@dataclass(frozen=True)
class YearEnd:
    """A financial year's total, given the year so far.

    Attributes:
        name: The measure as a paper prints it.
        year: The financial year.
        state: `foreseen`, or `complete` where every month is counted.
        so_far: What is counted of the year; missing where no month of it is.
        total: The middle of the simulated totals with its 95% range, or the fact.
        likely: The same with its 80% range.
        fan: Each month not known yet.
        cumulative: The year to the end of each of those months.
        simulated: Months of the year that are missing before the last known one.
        ratio: Variance of a month's drift of the level over that of the noise (q).
        dispersion: Variance of a month's count over Poisson's (a ratio, >= 1).
        drift: Standard deviation of a month's drift, as a share of the level (0 to 1).
        history: Months of counts that it rests on (a count).
        season: `no season`, `a season of two waves a year` or `a season by month`.
        few: Whether counts are so low that they were simulated as whole numbers.
        step: The last accepted step, from which the level is read; None without one.
        past: The check on the series' own past.
        totals: Simulated totals of the year in ascending order, shape (draws,).
    """

    name: str
    year: FinancialYear
    state: str
    so_far: Figure
    total: Figure
    likely: Figure
    fan: tuple[FanMonth, ...] = ()
    cumulative: tuple[FanMonth, ...] = ()
    simulated: tuple[Month, ...] = ()
    ratio: float = math.nan
    dispersion: float = math.nan
    drift: float = math.nan
    history: int = 0
    season: str = NO_SEASON
    few: bool = False
    step: Month | None = None
    past: Past = Past(0, 0, 0, 0, 1.0)
    totals: NDArray[np.float64] = field(default_factory=lambda: np.empty(0), repr=False)
    said: tuple[Statement, ...] = ()

    def __str__(self) -> str:
        return " ".join(str(one) for one in self.said)

    def statements(self) -> tuple[Statement, ...]:
        """Every sentence but those about a target, the forecast first and the checks last."""
        return self.said

    def chance_of(self, target: float, better: str) -> Chance:
        """The chance that the year ends at or below a target, or at or above it.

        Args:
            target: In the unit of the series.
            better: `lower` for at or below, `higher` for at or above.

        Raises:
            DefinitionRefused: `better` is neither, or the target is not a finite number.
        """
        if better not in SIDES or not math.isfinite(target):
            raise DefinitionRefused(
                f"a target of {target} for {self.name} with better {better!r}",
                expected="a finite target; better lower or higher",
            )
        aim = _aim(self, target)
        met: Callable[[NDArray[np.float64]], NDArray[np.bool_]]
        met = (lambda totals: totals <= target) if better == LOWER else lambda t: t >= target
        if self.state == COMPLETE:
            return _ended(self, aim, better, bool(met(np.array([self.total.known]))[0]))
        counted = self.so_far.value or 0.0
        if better == LOWER and counted > target:
            return _settled(self, aim, better, 0.0, OUT_OF_REACH)
        if better == HIGHER and counted >= target:
            return _settled(self, aim, better, 1.0, REACHED)
        value = float(met(self.totals).mean())
        figure = _figure(self, aim, better, value)
        said = _said(self, figure, aim, better, value)
        return Chance(value, figure, band_of(value), aim, better, False, said)


def within(name: str) -> str:
    """A measure's name within a sentence: no capital but that of an abbreviation, as in `A&E`."""
    first, _, _ = name.partition(" ")
    return name if first[1:] != first[1:].lower() else name[:1].lower() + name[1:]


def _aim(end: YearEnd, target: float) -> Figure:
    whole = 0 if target == int(target) else None
    return replace(
        end.total, value=target, basis=TARGET, method="target set", interval=None, sources=(),
        parts=(), places=whole,
    )  # fmt: skip


def _figure(end: YearEnd, aim: Figure, better: str, value: float) -> Figure:
    what = f"share of simulated year ends at or {SIDES[better]} the target"
    return replace(
        end.total, value=100 * value, unit=PERCENT, method=what, interval=None, places=0,
        sources=(Source("figures", what, f"{end.totals.size:,} simulated"),),
        parts=(end.total, aim),
    )  # fmt: skip


def _settled(end: YearEnd, aim: Figure, better: str, value: float, band: str) -> Chance:
    figure = _figure(end, aim, better, value)
    key = "reached" if band == REACHED else "out of reach"
    said = say(key, year=end.year, side=SIDES[better], target=aim, so_far=end.so_far)
    return Chance(value, figure, band, aim, better, True, said)


def _ended(end: YearEnd, aim: Figure, better: str, met: bool) -> Chance:
    band = MET if met else FAILED
    figure = _figure(end, aim, better, float(met))
    said = say("ended", year=end.year, side=SIDES[better], target=aim, band=band, total=end.total)
    return Chance(float(met), figure, band, aim, better, True, said)


def _said(end: YearEnd, figure: Figure, aim: Figure, better: str, value: float) -> Statement:
    """The chance in tenths, as people say it; at the ends as less or more than one in twenty."""
    told: dict[str, Value] = {
        "name": within(end.name), "year": end.year, "side": SIDES[better], "target": aim,
        "band": band_of(value), "likely": end.likely,
    }  # fmt: skip
    if value < SMALLEST:
        return say("small chance", chance=_odds(figure, 1, TWENTIETHS), **told)
    if value > 1 - SMALLEST:
        return say("large chance", chance=_odds(figure, TWENTIETHS - 1, TWENTIETHS), **told)
    tenths = min(max(round(value * TENTHS), 1), TENTHS - 1)
    a = "an" if tenths == EIGHT else "a"
    return say("chance", a=a, chance=_odds(figure, tenths, TENTHS), **told)


def _odds(figure: Figure, number: int, whole: int) -> Figure:
    """A chance as one figure, such as `3 in 10`, made from the same in per cent."""
    odds = tally(figure, number, "", what=f"the chance to the nearest of {whole}")
    return replace(odds, unit=f"in {whole}")
