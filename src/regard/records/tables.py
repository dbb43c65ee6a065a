"""A measure by any columns: from the store, or from a frame that an analyst brings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

import narwhals.stable.v2 as nw

from regard.core.errors import DefinitionRefused, NotKnown
from regard.core.periods import Month, day_said, months_between
from regard.core.series import PROPORTION, RATE
from regard.records.bases import Estimate, Residents, Weights, latest_weights
from regard.records.contracts import Contract, contract_named
from regard.records.engines import rows_of
from regard.records.expressions import MONTH_OF, SOURCE, Tally, grouped, plain, tallies
from regard.records.measures import QUARTER, WAVE, Measure, measures
from regard.records.question import MONTHS_A_QUARTER, out_of_use
from regard.records.supply import Supply

Slice = tuple[str, Month]


@dataclass(frozen=True)
class Cell:
    """One cell of a table.

    Attributes:
        by: The columns of the table.
        at: The cell's place: a value a column, None where that column is empty.
        value: The measure, in its unit; None if it is missing or suppressed.
        base: Rows, answers or residents that a proportion or rate stands on.
        rows: Rows that count; None where there is no value.
        missing: Why there is no value. Missing is not nought.
        suppressed: Whether the value is too small to be published.
        without: What a total over months or sources lacks.
    """

    by: tuple[str, ...]
    at: tuple[Any, ...]
    value: float | None
    base: float | None = None
    rows: int | None = None
    missing: str = ""
    suppressed: bool = False
    without: tuple[str, ...] = ()

    @property
    def place(self) -> dict[str, Any]:
        """The cell's place by column."""
        return dict(zip(self.by, self.at, strict=True))

    def row(self) -> dict[str, Any]:
        """The cell as one row to be shown: its place, then what stands in it."""
        return {
            **self.place,
            "value": self.value,
            "base": self.base,
            "rows": self.rows,
            "missing": self.missing,
            "without": "; ".join(self.without),
        }

    def __str__(self) -> str:
        where = ", ".join("none" if one is None else str(one) for one in self.at)
        if self.value is None:
            return f"{where}: {self.missing}"
        lacking = f" (without: {'; '.join(self.without)})" if self.without else ""
        return f"{where}: {self.value:,g}{lacking}"


@dataclass(frozen=True)
class Ask:
    """A table that is asked for.

    Attributes:
        measure, by: What is counted, by which columns.
        supply: What was supplied.
        sources: The sources it covers.
        residents: For a rate.
        reached: The day on which a source's last month stops short; None if it does not.
        publication: Whether small cells are suppressed. What is suppressed may still be
            found from totals published beside it; that is for whoever publishes to look at.
    """

    measure: Measure
    by: tuple[str, ...]
    supply: Supply
    sources: tuple[str, ...]
    residents: Callable[[], Residents]
    reached: Callable[[str], date | None]
    publication: bool = False


Count = Callable[[Measure, tuple[str, ...], tuple[Slice, ...]], Mapping[tuple[Any, ...], Tally]]


def must_be_columns(measure: Measure, by: Sequence[str], contract: Contract) -> tuple[str, ...]:
    """The columns of a table, if it can be made.

    Raises:
        NotKnown: the dataset has no such column.
        DefinitionRefused: a column stands twice, or a rate is asked for by more than its
            residents are known by.
    """
    for name in by:
        if name not in contract.names:
            raise NotKnown(f"column of {contract.id}", name, contract.names)
    if len(set(by)) != len(by) or not by:
        raise DefinitionRefused(
            f"a table by {', '.join(by) or 'nothing'}", expected="one column or more, none twice"
        )
    if measure.kind == RATE and (SOURCE not in by or not set(by) <= {SOURCE, MONTH_OF}):
        raise DefinitionRefused(
            f"{measure.id} by {', '.join(by)}: residents are known by source alone",
            expected="a rate by source, or by source and month",
            next_step=f"ask for {measure.of or 'the count'} by these columns",
        )
    return tuple(by)


def cells(ask: Ask, count: Count) -> list[Cell]:
    """Every cell of a table, in order, with the cells that are missing and why.

    Args:
        ask: The table.
        count: Counts one definition of some sources, leaving some months of theirs out.
    """
    chosen = {one: ask.supply.definition(ask.measure, one) for one in ask.sources}
    lacking = {one: _lacking(ask, one, *chosen[one]) for one in ask.sources}
    why: dict[Slice, str] = {(s, m): text for s, found in lacking.items() for m, text in found}
    without = _Without(ask.by, why)
    groups: dict[Measure, list[str]] = {}
    for source, (definition, _) in chosen.items():
        if definition is not None:
            groups.setdefault(definition, []).append(source)
    found: list[Cell] = []
    for definition, sources in groups.items():
        held = tuple(sources)
        left = tuple(one for one in why if one[0] in sources)
        counted = dict(count(definition, held, left))
        _fill(ask, definition, held, why, counted)
        found += [_cell(ask, definition, at, one, without) for at, one in counted.items()]
    found += _missing(ask, chosen, why)
    return sorted(found, key=lambda one: [(at is None, "" if at is None else at) for at in one.at])


def _grid(ask: Ask, source: str) -> tuple[Month, ...]:
    """The months in which a source was to report, from its first to its last."""
    months = ask.supply.months(source)
    if not months or ask.measure.every == WAVE:
        return months
    step = MONTHS_A_QUARTER if ask.measure.every == QUARTER else 1
    return months_between(months[0], months[-1])[::step]


def _lacking(
    ask: Ask, source: str, definition: Measure | None, reason: str
) -> list[tuple[Month, str]]:
    """The months of a source that cannot be counted, with the reason."""
    reached = ask.reached(source)
    found = []
    for month in _grid(ask, source):
        why = reason
        if definition is not None:
            why = out_of_use(definition, month)
            why = why or ask.supply.slice_lacks(definition.columns, source, month)
        if not why and reached and month == Month.of(reached):
            why = f"the rows for {month} of {source} stop at {day_said(reached)}"
        if why:
            found.append((month, why))
    return found


def _fill(
    ask: Ask,
    definition: Measure,
    sources: Iterable[str],
    why: Mapping[Slice, str],
    counted: dict[tuple[Any, ...], Tally],
) -> None:
    """Put a nought where a month was supplied and none of its rows count.

    A survey's month counts as supplied between its own first and last answers only, since
    the rows of other surveys share its months.
    """
    if set(ask.by) != {SOURCE, MONTH_OF} or definition.every == WAVE:
        return
    turned = ask.by[0] != SOURCE
    held = [(at[1], at[0]) if turned else at for at in counted]
    for source in sources:
        own = [month for one, month in held if one == source]
        for month in ask.supply.months(source):
            outside = definition.base and not (own and min(own) <= month.iso <= max(own))
            if (source, month) not in why and not outside:
                at = (month.iso, source) if turned else (source, month.iso)
                counted.setdefault(at, Tally())


class _Without:
    """What each cell of a table lacks, for totals over months or sources."""

    def __init__(self, by: tuple[str, ...], why: Mapping[Slice, str]) -> None:
        self._by = by
        self._found: dict[tuple[str | None, str | None], dict[str, None]] = {}
        for (source, month), text in why.items():
            key = (source if SOURCE in by else None, month.iso if MONTH_OF in by else None)
            self._found.setdefault(key, {})[text] = None

    def at(self, place: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(self._found.get((place.get(SOURCE), place.get(MONTH_OF)), ()))


def _cell(
    ask: Ask, definition: Measure, at: tuple[Any, ...], tally: Tally, without: _Without
) -> Cell:
    place = dict(zip(ask.by, at, strict=True))
    value: float | None = float(tally.value)
    base, missing = None, ""
    if definition.kind == PROPORTION:
        value, base = tally.percent(), float(tally.base)
        missing = "" if value is not None else f"no {definition.counts} to take a proportion of"
    elif definition.kind == RATE:
        month = place.get(MONTH_OF)
        start = Month.parse(month) if month else ask.supply.months(place[SOURCE])[0]
        estimate = ask.residents().at(place[SOURCE], start)
        if estimate is None:
            value, missing = None, ask.residents().why_not(place[SOURCE], start)
        else:
            base = float(estimate.persons)
            value = float(tally.value * definition.per / estimate.persons)
    rows = tally.rows if value is not None else None
    made = Cell(ask.by, at, value, base, rows, missing, without=without.at(place))
    return _published(made, definition) if ask.publication else made


def _published(cell: Cell, definition: Measure) -> Cell:
    """The cell as it may be published: too small a count, or base, is not shown."""
    small = cell.base if definition.kind == PROPORTION else cell.rows
    if cell.value is None or not small or small >= definition.smallest_cell:
        return cell
    told = f"suppressed: fewer than {definition.smallest_cell}"
    return replace(cell, value=None, base=None, rows=None, missing=told, suppressed=True)


def _missing(
    ask: Ask, chosen: Mapping[str, tuple[Measure | None, str]], why: Mapping[Slice, str]
) -> list[Cell]:
    """Cells for what was not supplied, where the table's columns have a place for them."""
    if SOURCE not in ask.by:
        return []
    if MONTH_OF in ask.by:
        places = [
            ({SOURCE: source, MONTH_OF: month.iso}, text) for (source, month), text in why.items()
        ]
    else:
        places = [({SOURCE: one}, text) for one, (found, text) in chosen.items() if found is None]
    return [
        Cell(ask.by, tuple(place.get(name) for name in ask.by), None, missing=text)
        for place, text in places
    ]


def slices_left_out(slices: Iterable[Slice], contract: Contract) -> nw.Expr | None:
    """Whether a row lies in one of some slices; None if there are none."""
    of: dict[str, list[str]] = {}
    for source, month in slices:
        of.setdefault(source, []).append(month.iso)
    clauses = [
        (nw.col(contract.source_column) == source)
        & nw.col(str(contract.month_column)).is_in(months)
        for source, months in of.items()
    ]
    return reduce(or_, clauses) if clauses else None


def count_frame(
    frame: Any,
    measure: str | Measure,
    by: Sequence[str] = (SOURCE, MONTH_OF),
    *,
    residents: Any = None,
    weights: Any = None,
    publication: bool = False,
) -> list[Cell]:
    """Count a measure of a frame of one's own, to the same table as from the store.

    Args:
        frame: A pandas, Polars or Arrow frame, or a DuckDB relation or Spark frame, with the
            columns of the measure's dataset.
        measure: A measure, or the identifier of one that is shipped.
        by: The columns of the table.
        residents: For a rate: a frame with the columns of the dataset population.
        weights: For a weighted sum: a frame with the columns of the dataset severity.
        publication: Whether cells smaller than the measure's smallest are suppressed.

    Returns:
        The cells in order; a month that a source skips is missing, with the reason.

    Raises:
        NotKnown: there is no such measure, or the frame lacks a column of the table.
        DefinitionRefused: the table cannot be made.
        NotEnoughData: weights are needed and were not given.
    """
    one = _measure(measure)
    contract = contract_named(one.dataset)
    by = must_be_columns(one, by, contract)
    rows = nw.from_native(frame)
    columns = rows.collect_schema().names()
    for name in (contract.source_column, str(contract.month_column), *by):
        if name not in columns:
            raise NotKnown("column of the frame", name, columns)
    used = {c.column for d in one.definitions for c in (*d.filter, *d.numerator)}
    absent = sorted(used - set(columns))
    supply = _supply_of(rows, one, contract, columns)
    if absent:
        rows = rows.with_columns(*(nw.lit(None).cast(nw.String).alias(name) for name in absent))
    by_code = _weights(weights).by_code if one.weights else None

    def count(
        definition: Measure, sources: tuple[str, ...], left: tuple[Slice, ...]
    ) -> Mapping[tuple[Any, ...], Tally]:
        kept = rows.filter(nw.col(contract.source_column).is_in(list(sources)))
        out = slices_left_out(left, contract)
        group = grouped(kept if out is None else kept.filter(~out), definition, by)
        return tallies(rows_of(group.frame), group, definition, by_code)

    ask = Ask(
        one, by, supply, supply.sources, lambda: _residents(residents), lambda _: None, publication
    )
    return cells(ask, count)


def _measure(measure: str | Measure) -> Measure:
    if isinstance(measure, Measure):
        return measure
    if measure not in measures():
        raise NotKnown("measure", measure, measures(), next_step="regard measure list")
    return measures()[measure]


def _supply_of(rows: Any, measure: Measure, contract: Contract, columns: list[str]) -> Supply:
    """What a frame supplies, as the ledger would say it."""
    source, month = contract.source_column, str(contract.month_column)

    def counted(*by: str) -> list[tuple[Any, ...]]:
        groups = rows.group_by(*by).agg(nw.len().alias("rows")).select(*by, "rows")
        return [tuple(map(plain, one)) for one in rows_of(groups)]

    slices = {(str(at), str(when)): int(held) for at, when, held in counted(source, month)}
    needed = {column for one in measure.definitions for column in one.columns}
    supplied = []
    for column in sorted(needed & set(columns)):
        coded = contract.column(column).type == "code"
        for at, value, _ in counted(source, column):
            if value is not None:
                supplied.append((str(at), column, str(value) if coded else "*"))
    made = Supply(contract)
    made.take(0, slices, supplied)
    return made


def _residents(frame: Any) -> Residents:
    if frame is None:
        return Residents(())
    rows = nw.from_native(frame)
    edition = ["edition"] if "edition" in rows.collect_schema().names() else []
    found = rows_of(rows.select("source", "month", "persons", *edition))
    return Residents(
        Estimate(str(one[0]), Month.parse(str(one[1])), int(one[2]), str((*one, "")[3] or ""))
        for one in found
    )


def _weights(frame: Any) -> Weights:
    if frame is None:
        return latest_weights(())
    rows = rows_of(nw.from_native(frame).select("offence", "weight", "edition"))
    return latest_weights((str(code), float(w), str(edition), 0) for code, w, edition in rows)
