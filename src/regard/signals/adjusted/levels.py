"""The levels of a row as values of a reading: accepted segments, found levels, proposals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from regard.core.figures import Figure
from regard.core.quantities import PERCENT
from regard.core.series import Series
from regard.signals.adjusted.charts import AdjustedMany
from regard.signals.adjusted.dates import Step
from regard.signals.adjusted.lines import usual_limits
from regard.signals.adjusted.steps import step_price
from regard.signals.adjusted.tails import count_limits, normal_tail, t_of_normal
from regard.signals.adjusted.telling import step_said
from regard.signals.adjusted.tuning import FEWEST_FOR_ROOTS, FEWEST_TO_CHART
from regard.signals.conventions import FEWEST_FOR_FIRM_LIMITS
from regard.signals.found import Level, Proposal, SeriesSpread
from regard.signals.intervals import NINETY_FIVE
from regard.signals.readings import EVENED, LevelChange, Reading, Segment
from regard.signals.steps import DOWN, UP, level_changes
from regard.signals.tallies import spanned


@dataclass(frozen=True)
class Row:
    """One series beside its row of the chart.

    Attributes:
        series: The series.
        shape: Length times season of each month of its grid.
        spread: How it varies about its levels.
        steps: Its steps, accepted and found.
        sigmas: Half the width of limits.
    """

    series: Series
    shape: tuple[float, ...]
    spread: SeriesSpread
    steps: tuple[Step, ...]
    sigmas: float

    @classmethod
    def of(cls, many: AdjustedMany, row: int, series: Series) -> Row:
        """The row of a chart of many that was made from a series."""
        names = ("dispersion", "measured", "autocorrelation", "freedom")
        return cls(
            series=series,
            shape=tuple(many.shape_of(row).tolist()),
            spread=SeriesSpread(*(float(many.rows[name][row]) for name in names)),
            steps=many.steps_of(row),
            sigmas=many.tuning.sigmas,
        )

    @property
    def long_run(self) -> float:
        """Variance of a long average times its months, on the square-root scale."""
        rho = self.spread.autocorrelation
        return self.spread.dispersion * (1 + rho) / (1 - rho)

    def months_of(self, one: Level | Segment) -> tuple[int, float, float]:
        """Months with a value between two dates, their counts and their shape added up."""
        first, last = one.start - self.series.start, one.end - self.series.start + 1
        return self.between(first, last)

    def between(self, first: int, last: int) -> tuple[int, float, float]:
        """The same between two columns, `last` not included."""
        pairs = zip(self.series.values[first:last], self.shape[first:last], strict=True)
        held = [(value, weight) for value, weight in pairs if value is not None]
        return len(held), math.fsum(v for v, _ in held), math.fsum(w for _, w in held)


def levels_of(row: Row) -> tuple[Level, ...]:
    """The levels between steps, accepted or found, in order of time."""
    start = row.series.start
    starts = [0, *(step.column for step in row.steps)]
    stops = [*starts[1:], len(row.series.values)]
    found = []
    for place, (first, last) in enumerate(zip(starts, stops, strict=True)):
        months, counts, weight = row.between(first, last)
        accepted = place == 0 or bool(row.steps[place - 1].given)
        found.append(Level(start + first, start + (last - 1), months, counts / weight, accepted))
    return tuple(found)


def segments_of(row: Row, levels: Sequence[Level]) -> tuple[Segment, ...]:
    """One segment an accepted level; levels found within one are put together."""
    groups: list[list[Level]] = []
    for level in levels:
        if level.accepted:
            groups.append([])
        groups[-1].append(level)
    return tuple(_segment(row, group[0], group[-1]) for group in groups)


def _segment(row: Row, first: Level, last: Level) -> Segment:
    whole = Level(first.start, last.end, 0, 0.0, accepted=True)
    months, counts, weight = row.months_of(whole)
    limits = normal_limits(row, counts / weight)
    return Segment(
        start=first.start,
        end=last.end,
        months=months,
        mean=counts / weight,
        lower=None if limits is None else limits[0],
        upper=None if limits is None else limits[1],
        mean_moving_range=None,
        provisional=months < FEWEST_FOR_FIRM_LIMITS,
        limit_months=months,
        normal=None if limits is None else whole_within(*limits),
        guards=(),
    )


def normal_limits(row: Row, mean: float) -> tuple[float, float] | None:
    """The limits of a month of average length and season at a level; None where too few."""
    if mean < FEWEST_TO_CHART:
        return None
    if mean < FEWEST_FOR_ROOTS:
        return count_limits(mean, mean * row.spread.dispersion, normal_tail(row.sigmas))
    reach = t_of_normal(row.sigmas, row.spread.freedom)
    return usual_limits(mean, 1.0, row.spread.dispersion, reach)


def whole_within(low: float, high: float) -> tuple[float, float]:
    """The lowest and highest whole count within two limits."""
    if math.ceil(low) <= math.floor(high):
        return float(math.ceil(low)), float(math.floor(high))
    return low, high


def changes_of(row: Row, reading: Reading) -> tuple[LevelChange, ...]:
    """The size of each accepted step: the level just before it against the one it begins.

    A level before that is found and not accepted is still the one that months came from; the
    average since the last accepted step would mix it with older ones.
    """
    found: list[LevelChange] = []
    pairs = zip(row.steps, reading.levels, reading.levels[1:], strict=False)
    for step, before, after in pairs:
        if not step.given:
            continue
        two = (_segment(row, before, before), _segment(row, after, after))
        span = (step.low * before.mean - before.mean, step.high * before.mean - before.mean)
        known = span if before.mean > 0 else None
        found.extend(level_changes(replace(reading, segments=two), spans=[known]))
    return tuple(found)


def proposals_of(row: Row, reading: Reading) -> tuple[Proposal, ...]:
    """The steps that were found and that nobody has accepted."""
    price = step_price(len(row.series.supplied))
    return tuple(
        _proposal(reading, step, place, price)
        for place, step in enumerate(row.steps)
        if not step.given
    )


def _proposal(reading: Reading, step: Step, place: int, price: float) -> Proposal:
    before, after = (average_of(reading, one) for one in reading.levels[place : place + 2])
    start = reading.series.start
    month, earliest, latest = (start + one for one in (step.column, step.earliest, step.latest))
    percent = _percent(before, after, step)
    direction = UP if step.after > step.before else DOWN
    return Proposal(
        month=month,
        earliest=earliest,
        latest=latest,
        direction=direction,
        before=before,
        after=after,
        percent=percent,
        gain=step.gain,
        price=price,
        months=step.months,
        statement=step_said((month, earliest, latest), direction, (before, after), percent),
    )


def average_of(reading: Reading, level: Level | Segment) -> Figure:
    """The average of a level as a figure, in the unit of the reading."""
    return reading.level_figure(level, level.mean, what=EVENED)


def _percent(before: Figure, after: Figure, step: Step) -> Figure:
    made = replace(
        after, value=None, unit=PERCENT, places=None, signed=True, method="percent change",
        parts=(before, after), missing="from a base of nought",
    )  # fmt: skip
    if not step.before:
        return made
    made = replace(made, value=100 * (step.after / step.before - 1), missing="")
    return spanned(made, 100 * (step.low - 1), 100 * (step.high - 1), NINETY_FIVE)
