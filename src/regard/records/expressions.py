"""A measure as one Narwhals expression, and the exact sums that are made of its rows.

The engine filters and groups; it only ever adds whole numbers. Decimals (weighted answers,
severity weights) come back as grouping keys with a number of rows, and are summed here as
fractions, so that every engine, in whatever order it adds, gives the same table to the last
bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from fractions import Fraction
from functools import reduce
from operator import and_
from typing import Any

import narwhals.stable.v2 as nw

from regard.core.series import PROPORTION, WEIGHTED
from regard.records.measures import FILLED, IN, Condition, Measure

ROWS, NUMERATOR, SUMMED = "regard_rows", "regard_numerator", "regard_summed"
DESIGN_EFFECT = "design_effect"  # of the survey contract; an answer counts for 1 / design effect
IMPORT, SOURCE, MONTH_OF = "import_number", "source", "month"
Frame = nw.LazyFrame[Any] | nw.DataFrame[Any]


def meets(condition: Condition) -> nw.Expr:
    """Whether a row meets a condition; true or false, never empty."""
    column = nw.col(condition.column)
    if condition.rule == FILLED:
        return ~column.is_null()
    listed = column.is_in(list(condition.codes))
    return ~column.is_null() & listed if condition.rule == IN else column.is_null() | ~listed


def all_of(conditions: Iterable[Condition]) -> nw.Expr | None:
    """Whether a row meets every condition; None if there is none to meet."""
    met = [meets(one) for one in conditions]
    return reduce(and_, met) if met else None


def keys(measure: Measure, columns: Sequence[str]) -> tuple[str, ...]:
    """The columns that a measure groups by besides what was asked for, to sum exactly.

    Args:
        measure: What is counted.
        columns: The columns of the frame at hand.
    """
    if measure.kind == WEIGHTED:
        return (measure.key,)
    if measure.base:
        spread = (DESIGN_EFFECT,) if DESIGN_EFFECT in columns else ()
        return (measure.value, measure.base, *spread)
    return ()


@dataclass(frozen=True)
class Grouped:
    """A measure counted by some columns: the frame, and what its columns are.

    Attributes:
        frame: One row a group, in no particular order.
        by: The columns that were asked for, first.
        keys: Further columns it is grouped by, for exact sums.
        whole: Whether values were summed by the engine, being whole numbers.
    """

    frame: Any
    by: tuple[str, ...]
    keys: tuple[str, ...]
    whole: bool


def grouped(frame: Frame, measure: Measure, by: Sequence[str]) -> Grouped:
    """The expression of a measure: filter, group, count.

    Args:
        frame: Rows in the shape of the measure's dataset.
        measure: What is counted.
        by: Columns to group by.
    """
    schema = frame.collect_schema()
    whole = bool(measure.value) and not measure.base and schema[measure.value].is_integer()
    exact = keys(measure, schema.names())
    if measure.value and not measure.base and not whole:
        exact = (*exact, measure.value)
    wanted = all_of(measure.filter)
    rows = frame if wanted is None else frame.filter(wanted)
    empty = [~nw.col(name).is_null() for name in (measure.value, measure.base) if name]
    for one in empty:
        rows = rows.filter(one)
    sums = []
    numerator = all_of(measure.numerator)
    if numerator is not None:
        flag = nw.when(numerator).then(nw.lit(1)).otherwise(nw.lit(0))
        rows = rows.with_columns(flag.cast(nw.Int64).alias(NUMERATOR))
        sums.append(nw.col(NUMERATOR).sum())
    if whole:
        rows = rows.with_columns(nw.col(measure.value).cast(nw.Int64).alias(SUMMED))
        sums.append(nw.col(SUMMED).sum())
    columns = list(dict.fromkeys((*by, *exact)))
    counted = rows.group_by(columns).agg(nw.len().alias(ROWS), *sums)
    order = [*columns, ROWS]
    order += [NUMERATOR] if numerator is not None else []
    order += [SUMMED] if whole else []
    return Grouped(counted.select(order), tuple(by), exact, whole)


@dataclass(frozen=True)
class Tally:
    """What was counted in one group, exactly.

    Attributes:
        rows: Rows that count: the base, for a proportion of rows.
        value: Rows, their sum, positive answers, or rows times weight.
        base: Rows or answers of which `value` is a proportion; 0 otherwise.
        effective: Answers divided by their design effect; 0 where there is none.
        unweighted: Rows, or their sum, a code for which there is no weight.
    """

    rows: int = 0
    value: Fraction = Fraction(0)
    base: Fraction = Fraction(0)
    effective: Fraction = Fraction(0)
    unweighted: Mapping[str, Fraction] = field(default_factory=dict)

    def __add__(self, other: Tally) -> Tally:
        codes = dict(self.unweighted)
        for code, amount in other.unweighted.items():
            codes[code] = codes.get(code, Fraction(0)) + amount
        return Tally(
            self.rows + other.rows,
            self.value + other.value,
            self.base + other.base,
            self.effective + other.effective,
            codes,
        )

    def percent(self) -> float | None:
        """The proportion in per cent; None of an empty base."""
        return float(100 * self.value / self.base) if self.base else None


def together(tallies: Iterable[Tally]) -> Tally:
    """The sum of some tallies; nothing at all is nought."""
    return reduce(Tally.__add__, tallies, Tally())


def tallies(
    rows: Iterable[Sequence[Any]],
    group: Grouped,
    measure: Measure,
    weights: Mapping[str, float] | None = None,
) -> dict[tuple[Any, ...], Tally]:
    """Exact sums of the rows that an engine counted, by the columns asked for.

    Args:
        rows: The rows of `group.frame`.
        group: What its columns are.
        measure: What was counted.
        weights: Weight by code, for a weighted sum.
    """
    columns = list(dict.fromkeys((*group.by, *group.keys)))
    found: dict[tuple[Any, ...], Tally] = {}
    for row in rows:
        cell = dict(zip(columns, map(plain, row), strict=False))
        counted = _tally(cell, [int(one) for one in row[len(columns) :]], measure, weights or {})
        if counted is None:
            continue
        at = tuple(cell[name] for name in group.by)
        found[at] = found[at] + counted if at in found else counted
    return found


def _tally(
    cell: Mapping[str, Any], sums: Sequence[int], measure: Measure, weights: Mapping[str, float]
) -> Tally | None:
    rows = sums[0]
    if measure.base:
        if cell[measure.value] is None or cell[measure.base] is None:
            return None
        answers = rows * Fraction(cell[measure.base])
        spread = Fraction(cell.get(DESIGN_EFFECT) or 1)
        return Tally(rows, rows * Fraction(cell[measure.value]), answers, answers / spread)
    if measure.kind == PROPORTION:
        return Tally(rows, Fraction(sums[1]), Fraction(rows))
    amount = Fraction(rows)
    if len(sums) > 1:
        amount = Fraction(sums[1])
    elif measure.value:
        if cell[measure.value] is None:
            return None
        amount = rows * Fraction(cell[measure.value])
    if measure.kind != WEIGHTED:
        return Tally(rows, amount)
    code = cell[measure.key]
    if code not in weights:
        return Tally(rows, unweighted={"no code" if code is None else str(code): amount})
    return Tally(rows, amount * Fraction(weights[code]))


def plain(value: Any) -> Any:
    """A value as Python has it: no array scalars, not-a-number as None, midnights as days."""
    if hasattr(value, "item"):
        value = value.item()
    if value is None or value != value:  # only not-a-number differs from itself
        return None
    if isinstance(value, datetime) and value.time() == time.min and value.tzinfo is None:
        return value.date()
    return value
