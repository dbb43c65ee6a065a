"""Many series whose limits follow their bases: what goes into the kernel and what comes out."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regard.core.errors import DefinitionRefused
from regard.signals.conventions import EXACT_CONSTANT, MEDIAN_CONSTANT, TABLE_CONSTANT
from regard.signals.kernel import Bits, Values
from regard.signals.others.latest import judge_latest
from regard.signals.others.levels import (
    AVERAGES,
    SAME,
    SHARES,
    SIGMAS,
    Level,
    Told,
    chart_totals,
    fit_level,
    held_months,
)

MEAN, MEDIAN = "mean", "median"
FEW_EXPECTED = 25.0  # below it the normal's limits leave out visibly more than they should
MATRIX = 2


@dataclass(frozen=True)
class Choices:
    """How the spread is measured and limits are made.

    Attributes:
        ranges: `mean` or `median` of the moving ranges; the median hardly moves for a few
            extreme months, and gives way to the mean where it is nought.
        least: The least sigma_z of counts and shares: 1 is chance alone. 0 lets a series vary
            less than chance, which must be declared.
        few: Months with fewer expected (of the rarer kind, for shares) have limits by exact
            chances; 0 keeps three sigma throughout, as printed charts do.
        table: Whether d2 is taken to three places, as textbooks and qicharts2 do.
    """

    ranges: str = MEAN
    least: float = 1.0
    few: float = FEW_EXPECTED
    table: bool = False

    def __post_init__(self) -> None:
        if self.ranges not in (MEAN, MEDIAN) or self.least < 0 or self.few < 0:
            raise DefinitionRefused(
                f"ranges {self.ranges}, least {self.least}, few {self.few}",
                expected=f"{MEAN} or {MEDIAN}; least and few of 0 or more",
            )

    @property
    def sigmas_a_range(self) -> float:
        """Standard deviations in a moving range of one unit: 1 / d2."""
        if self.ranges == MEDIAN:
            return MEDIAN_CONSTANT / SIGMAS
        return (TABLE_CONSTANT if self.table else EXACT_CONSTANT) / SIGMAS


PUBLISHED = Choices(least=0.0, few=0.0, table=True)
GUARDED = Choices()
ROBUST = Choices(ranges=MEDIAN)


@dataclass(frozen=True)
class Latest:
    """The last month of each series against the months of its level before it; (series,).

    Attributes:
        month: Its column; -1 where a series has no month that can be judged.
        value, expected: In the unit of the limits; NaN where it cannot be judged.
        p_value: The chance (0 to 1) of a month at least as far out, on either side, if the
            level held; what the level and its spread are uncertain by is in it. NaN where
            fewer than eight months of the level stand before it.
        deviate: The same in standard deviations, above nought for high months.
    """

    month: NDArray[np.int64]
    value: Values
    expected: Values
    p_value: Values
    deviate: Values


@dataclass(frozen=True)
class LimitsMany:
    """Charts of many series whose limits follow the base; arrays are (series, months).

    Attributes:
        centre, lower, upper: In the unit of the values; at the usual base of the level where a
            month has no base. NaN where a level holds no month, or no range.
        signals: One bit a signal, as `xmr.XmrMany`: beyond a limit, or one of eight or more in
            a row on one side of the centre.
        spread: sigma_z of the month's level; for averages the standard deviation on a base
            of one.
        latest: The last month of each series against its level.
    """

    centre: Values
    lower: Values
    upper: Values
    signals: Bits
    spread: Values
    latest: Latest


@dataclass(frozen=True)
class Rows:
    """Totals and bases of many series, checked, with what the kernel is told of them.

    Attributes:
        totals, bases: (series, months); NaN where not supplied.
        starts: Where a new level begins.
        told: What the kernel is told.
        scale: What a total over its base is multiplied by: 100 for per cent.
    """

    totals: Values
    bases: Values
    starts: NDArray[np.bool_]
    told: Told
    scale: float

    def chart(self) -> LimitsMany:
        """Limits and signals of every month, and the latest month of every series."""
        drawn, bits = chart_totals(self.totals, self.bases, self.starts, self.told)
        month, judged = judge_latest(self.totals, self.bases, self.starts, self.told)
        centre, lower, upper, spread = drawn
        value, expected, p_value, deviate = judged
        by = self.scale
        latest = Latest(month, value * by, expected * by, p_value, deviate)
        own = spread * by if self.told.family == AVERAGES else spread
        return LimitsMany(centre * by, lower * by, upper * by, bits, own, latest)

    def level(self, row: int, first: int, stop: int) -> Level | None:
        """The level of the columns from `first` to before `stop`, in totals over bases."""
        held, sized, where = held_months(
            self.totals[row, first:stop], self.bases[row, first:stop], first
        )
        if not len(held):
            return None
        freeze = self.told.freeze
        made_of = min(len(held), freeze) if freeze else len(held)
        return fit_level(held, sized, where, made_of, self.told)


def rows_of(
    family: int,
    totals: ArrayLike,
    bases: ArrayLike,
    *,
    baselines: ArrayLike | None,
    freeze: int,
    widest_gap: int,
    choices: Choices,
    scale: float,
) -> Rows:
    """Totals over bases of many series, made ready for the kernel.

    Args:
        family: `COUNTS`, `SHARES` or `AVERAGES`.
        totals: (series, months), or one row; NaN where a month was not supplied.
        bases: What they are totals over; a month without one is charted on the usual base
            of its level and not judged.
        baselines: Truth values of the same shape; true starts a new level.
        freeze: Limits of each level come from its first so many months; 0 takes all.
        widest_gap: Months between two neighbours beyond which no moving range is taken.
        choices: How the spread is measured and limits are made.
        scale: What a total over its base is multiplied by in the limits.

    Raises:
        DefinitionRefused: shapes differ, or a total or base cannot be one.
    """
    one, other = (np.atleast_2d(np.asarray(given, np.float64)) for given in (totals, bases))
    marks = np.zeros(one.shape, np.bool_) if baselines is None else np.atleast_2d(baselines)
    for array, name in ((other, "bases"), (marks, "baselines")):
        if one.ndim != MATRIX or array.shape != one.shape:
            raise DefinitionRefused(
                f"{name} have shape {array.shape}", expected=f"shape {one.shape}"
            )
    if freeze < 0 or freeze == 1 or widest_gap < 1:
        raise DefinitionRefused(
            f"limits from the first {freeze} months, gaps of {widest_gap}",
            expected="0 for all, or 2 or more; a gap of 1 or more",
        )
    held = np.isfinite(one)
    # A base of nought has no rate: the month is as one without a base.
    known = np.isfinite(other) & (other > 0)
    _refuse(np.isinf(one) | np.isinf(other) | (other < 0), one, other)
    if family != AVERAGES:
        _refuse(held & (one < 0), one, other)
        _refuse(held & (other == 0) & (one > 0), one, other)
    if family == SHARES:
        _refuse(held & known & (one > other * (1 + SAME)), one, other)
    told = Told(
        family, freeze, widest_gap, choices.sigmas_a_range, choices.least,
        choices.ranges == MEDIAN, choices.few,
    )  # fmt: skip
    ready = np.ascontiguousarray(np.where(known, other, math.nan))
    return Rows(
        np.ascontiguousarray(one), ready, np.ascontiguousarray(marks, np.bool_), told, scale
    )


def _refuse(wrong: NDArray[np.bool_], totals: Values, bases: Values) -> None:
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        raise DefinitionRefused(
            f"series {row} holds {totals[row, column]} on a base of {bases[row, column]} in "
            f"column {column}",
            expected="finite totals of 0 or more on bases above 0, no share above its base, and "
            "NaN where a month was not supplied",
        )
