"""XmR charts of one series or of thousands, by one kernel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.signals import kernel
from regard.signals.conventions import BEFORE_2023, NHS, SIGNALS, Rules

MATRIX = 2


@dataclass(frozen=True)
class XmrMany:
    """Charts of many series; every array has shape (series, months).

    Attributes:
        centre, lower, upper: In the unit of the values. NaN where a group holds no value, or
            where unguarded rules find no limits. Drawn through missing months.
        signals: One bit a signal, in the order of `conventions.SIGNALS`; 0 for a missing month.
        settings: What the kernel was told.
        rules: The rules that were followed.
    """

    centre: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    signals: NDArray[np.uint8]
    settings: kernel.Settings
    rules: Rules

    @property
    def labels(self) -> NDArray[np.int8]:
        """The signal that stands first by precedence: limits, trend, two of three, run.

        Numbers are places in `conventions.SIGNALS` counted from 1; 0 is common cause.
        """
        return _FIRST[self.signals]


@dataclass(frozen=True)
class Group:
    """Limits of one stretch of months between two rebase points.

    Attributes:
        start, stop: Columns of the stretch, `stop` not included.
        points: Months with a value.
        base_points: How many of them made the limits.
        mean, mean_range, lower, upper: In the unit of the values; NaN where not defined.
        ranges, screened: Moving ranges used, and left out by the screen.
        guards: What the guards did (bits of `kernel.UNSCREENED`, `POISSON_FLOOR`,
            `NO_VARIATION`, `NO_RANGE`, `BINOMIAL_FLOOR`).
    """

    start: int
    stop: int
    points: int
    base_points: int
    mean: float
    mean_range: float
    lower: float
    upper: float
    ranges: int
    screened: int
    guards: int


@dataclass(frozen=True)
class Xmr:
    """The chart of one series: its groups, and `XmrMany` arrays of one row."""

    groups: tuple[Group, ...]
    chart: XmrMany

    @property
    def signals(self) -> tuple[tuple[str, ...], ...]:
        """The signals of every point, each in order of precedence."""
        return tuple(_NAMED[bits] for bits in self.chart.signals[0].tolist())

    def signals_at(self, column: int) -> tuple[str, ...]:
        """The signals of a point, in order of precedence."""
        return named_signals(int(self.chart.signals[0, column]))

    def label_at(self, column: int) -> str:
        """The signal that labels a point; empty for common cause."""
        label = int(self.chart.labels[0, column])
        return SIGNALS[label - 1] if label else ""


def named_signals(bits: int) -> tuple[str, ...]:
    """The names of a point's signals, in order of precedence."""
    return _NAMED[bits]


_NAMED = tuple(
    tuple(name for place, name in enumerate(SIGNALS) if bits >> place & 1) for bits in range(256)
)
_FIRST = np.array(
    [next((place + 1 for place in range(8) if bits >> place & 1), 0) for bits in range(256)],
    dtype=np.int8,
)


def xmr_many(
    values: ArrayLike,
    *,
    rules: Rules = NHS,
    rebase: ArrayLike | None = None,
    freeze: int = 0,
    counts: bool = True,
    bases: ArrayLike | None = None,
    widest_gap: int = 1,
) -> XmrMany:
    """Read many series at once.

    Args:
        values: Shape (series, months), in any unit; NaN is a month that was not supplied. A
            missing month ends no run and no trend (they are judged over the supplied months),
            and no moving range is taken across it.
        rules: Which rules and guards.
        rebase: Truth values of the same shape; true starts a new group of limits.
        freeze: Limits of each group come from its first so many points; 0 takes all.
        counts: Whether values are counts, which guards never let vary less than Poisson.
        bases: What each value is a percentage of, such as answers; same shape, NaN where it is
            not known. The values are then percentages and no counts, and guards never let
            them vary less than binomial: sigma is at least sqrt(p (100 - p) / n) points, with
            n the median base of the months that make the limits, so that the limits stay
            flat. A survey with a design effect above 1 varies more than that by chance: pass
            its effective answers where they are known.
        widest_gap: Months between two neighbours beyond which no moving range is taken.

    Raises:
        DefinitionRefused: the matrix, the bases or the rebase points have another shape, or a
            value is infinite.
    """
    matrix = np.ascontiguousarray(values, dtype=np.float64)
    if matrix.ndim != MATRIX:
        raise DefinitionRefused(
            f"values have {matrix.ndim} dimensions", expected="a matrix of (series, months)"
        )
    if np.isinf(matrix).any():
        row, column = np.argwhere(np.isinf(matrix))[0]
        raise DefinitionRefused(
            f"series {row} holds {matrix[row, column]} in column {column}",
            expected="finite values, or NaN where a month was not supplied",
        )
    points = np.zeros((0, 0), np.bool_) if rebase is None else np.ascontiguousarray(rebase, bool)
    sizes = np.zeros((0, 0)) if bases is None else np.ascontiguousarray(bases, np.float64)
    for given, array, name in ((rebase, points, "rebase points"), (bases, sizes, "bases")):
        if given is not None and array.shape != matrix.shape:
            raise DefinitionRefused(
                f"{name} have shape {array.shape}", expected=f"shape {matrix.shape}"
            )
    if freeze < 0:
        raise DefinitionRefused(f"limits cannot be frozen after {freeze} points", expected=">= 0")
    counted = counts and bases is None
    settings = _settings(rules, freeze, widest_gap, counted, matrix.shape[1])
    centre, lower, upper, signals = kernel.chart_rows(matrix, sizes, points, settings)
    return XmrMany(centre, lower, upper, signals, settings, rules)


def _settings(
    rules: Rules, freeze: int, widest_gap: int, counts: bool, columns: int
) -> kernel.Settings:
    # The packages that the unguarded rules follow see rows, not months: a month without a row
    # leaves its neighbours side by side.
    widest = widest_gap if rules.guarded else max(columns, widest_gap)
    return kernel.Settings(
        freeze=freeze,
        widest=widest,
        constant=rules.constant,
        screen=rules.screen,
        guarded=rules.guarded,
        counts=counts,
        old=rules.two_of_three == BEFORE_2023,
    )


def xmr(
    values: Sequence[float | None],
    *,
    rules: Rules = NHS,
    rebase: Sequence[int] = (),
    freeze: int = 0,
    counts: bool = True,
    bases: Sequence[float | None] | None = None,
    widest_gap: int = 1,
) -> Xmr:
    """Read one series; None is a month that was not supplied. Other arguments as `xmr_many`.

    Args:
        values: One a month, in any unit.
        rules: Which rules and guards.
        rebase: Columns at which a new group of limits starts.
        freeze: Limits of each group come from its first so many points; 0 takes all.
        counts: Whether values are counts.
        bases: What each value is a percentage of, as `xmr_many`; None where it is not known.
        widest_gap: Months between two neighbours beyond which no moving range is taken.

    Raises:
        NotEnoughData: no month has a value.
        DefinitionRefused: a rebase point lies outside the series.
    """
    row = _row(values)
    sizes = None if bases is None else _row(bases)
    if not np.isfinite(row).any():
        raise NotEnoughData(
            f"none of {len(row)} months has a value", expected="at least one month with a value"
        )
    outside = [column for column in rebase if not 0 <= column < len(row)]
    if outside:
        raise DefinitionRefused(
            f"no month stands at rebase point {outside[0]}", expected=f"0 to {len(row) - 1}"
        )
    starts = np.zeros((1, len(row)), np.bool_)
    starts[0, list(rebase)] = True
    chart = xmr_many(
        row[None, :],
        rules=rules,
        rebase=starts,
        freeze=freeze,
        counts=counts,
        bases=None if sizes is None else sizes[None, :],
        widest_gap=widest_gap,
    )
    edges = sorted({0, *rebase, len(row)})
    groups = (
        _group(row, sizes, (start, stop), chart.settings)
        for start, stop in zip(edges, edges[1:], strict=False)
    )
    return Xmr(tuple(group for group in groups if group is not None), chart)


def _row(values: Sequence[float | None]) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _group(
    row: NDArray[np.float64],
    sizes: NDArray[np.float64] | None,
    span: tuple[int, int],
    settings: kernel.Settings,
) -> Group | None:
    start, stop = span
    where = np.flatnonzero(np.isfinite(row[start:stop])) + start
    if not len(where):
        return None
    base = min(len(where), settings.freeze) if settings.freeze else len(where)
    size = 0.0 if sizes is None else kernel.usual_size(sizes[where], base)
    fitted = kernel.fit(row[where], where, base, size, settings)
    return Group(
        start=start,
        stop=stop,
        points=len(where),
        base_points=base,
        mean=fitted.mean,
        mean_range=fitted.mean_range,
        lower=fitted.mean - fitted.half,
        upper=fitted.mean + fitted.half,
        ranges=fitted.ranges,
        screened=fitted.screened,
        guards=fitted.guards,
    )
