"""One measure asked of one area: what every month holds, and why a month holds nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

import narwhals.stable.v2 as nw

from regard.core.errors import NotEnoughData, NotKnown
from regard.core.figures import Source
from regard.core.periods import Month, Period, day_said
from regard.records.bases import Estimate, Residents, Weights, latest_weights
from regard.records.contracts import contract_named
from regard.records.engines import Engine
from regard.records.expressions import (
    IMPORT,
    Tally,
    grouped,
    plain,
    tallies,
    together,
)
from regard.records.measures import POPULATION, QUARTER, WAVE, Measure
from regard.records.store import Store
from regard.records.supply import Supply

DAY = "recorded_on"
LOCAL = "local_area"
MONTHS_A_QUARTER = 3
# A month is taken as cut short if its rows stop before its last day and at least this many
# would have been expected on the days left, at the month's own pace.
ROWS_MISSED = 10
LOOKED_AT = "looked at, and it cannot answer"

Counted = dict[Month, dict[int, Tally]]


class Records:
    """The rows of a store as known at one instant, read through one engine, each thing once."""

    def __init__(self, store: Store, engine: Engine, known_at: datetime | None) -> None:
        self._store = store
        self.engine = engine
        self.known_at = known_at
        self._supplies: dict[str, Supply] = {}
        self._reached: dict[tuple[str, str], date | None] = {}
        self._weights: dict[str, Weights] = {}

    def supply(self, dataset: str) -> Supply:
        """What was supplied of a dataset."""
        if dataset not in self._supplies:
            contract = contract_named(dataset)
            self._supplies[dataset] = Supply.of_store(self._store, contract, self.known_at)
        return self._supplies[dataset]

    def frame(self, supply: Supply, numbers: Iterable[int]) -> nw.LazyFrame[Any] | None:
        """The rows of some imports that count; None if there are none.

        Slices that a later import replaced are taken out by an anti-join, and only where
        there are any.
        """
        held = set(numbers)
        files = [path for number in sorted(held) for path in supply.files[number]]
        if not files:
            return None
        rows = self.engine.scan(files)
        gone = sorted(one for one in supply.replaced if one[0] in held)
        if not gone:
            return rows
        contract = supply.contract
        places = (contract.source_column, contract.month_column, contract.part_column)
        columns: dict[str, type] = {IMPORT: int}
        for name in places:
            if name is None:
                continue
            columns[name] = str
            if not contract.column(name).required:
                rows = rows.with_columns(nw.col(name).fill_null(""))
        # Of a dataset without months the month of a slice is empty text; it is left out here.
        listed = [one[: len(columns)] for one in gone]
        return rows.join(self.engine.relation(columns, listed), on=list(columns), how="anti")

    def count(
        self, frame: nw.LazyFrame[Any] | None, measure: Measure, by: Sequence[str]
    ) -> dict[tuple[Any, ...], Tally]:
        """A measure of a frame, by some columns."""
        if frame is None:
            return {}
        group = grouped(frame, measure, by)
        weights = self.weights(measure.weights).by_code if measure.weights else None
        return tallies(self.engine.rows(group.frame), group, measure, weights)

    @cached_property
    def residents(self) -> Residents:
        """Every mid-year estimate of residents."""
        supply = self.supply(POPULATION)
        rows = self._rows(supply, (IMPORT, "source", "month", "persons", "edition"))
        return Residents(
            Estimate(source, Month.parse(month), persons, edition or "", number)
            for number, source, month, persons, edition in rows
        )

    def weights(self, dataset: str) -> Weights:
        """The weights of offences, of the latest edition.

        Raises:
            NotEnoughData: there are none, or a code has two.
        """
        if dataset not in self._weights:
            rows = self._rows(self.supply(dataset), ("offence", "weight", "edition", IMPORT))
            self._weights[dataset] = latest_weights(rows)
        return self._weights[dataset]

    def _rows(self, supply: Supply, columns: Sequence[str]) -> list[tuple[Any, ...]]:
        frame = self.frame(supply, supply.imports)
        if frame is None:
            return []
        return sorted(
            (tuple(plain(one) for one in row) for row in self.engine.rows(frame.select(columns))),
            key=repr,
        )

    def reached(self, supply: Supply, source: str) -> date | None:
        """The day on which the rows of a source's last month stop, if that cuts it short.

        None if the month is whole, or if its rows do not carry days.
        """
        at = (supply.contract.id, source)
        if at not in self._reached:
            self._reached[at] = self._cut_short(supply, source)
        return self._reached[at]

    def _cut_short(self, supply: Supply, source: str) -> date | None:
        months = supply.months(source)
        if DAY not in supply.contract.names or not months:
            return None
        last = months[-1]
        if not all(supply.carries(n, source, DAY) for n in supply.holding(source, [last])):
            return None
        frame = self.frame(supply, supply.holding(source))
        if frame is None:
            return None
        month = str(supply.contract.month_column)
        dated = frame.filter(
            nw.col(supply.contract.source_column) == source, ~nw.col(DAY).is_null()
        )
        spans = dated.group_by(month).agg(
            nw.col(DAY).min().alias("first_day"), nw.col(DAY).max().alias("last_day")
        )
        found = self.engine.rows(spans.select(month, "first_day", "last_day"))
        stop = next(day for at, _, day in found if at == last.iso)
        # A source that puts every row of a month on one day does not say how far it reached.
        if Month.of(stop) != last or all(first == end for _, first, end in found):
            return None
        expected = supply.rows(source, last.iso) / stop.day * (last.days - stop.day)
        return stop if expected >= ROWS_MISSED else None


@dataclass(frozen=True)
class Asked:
    """What one month or part of a month holds: a count an import, or why there is none."""

    counted: Mapping[int, Tally]
    why: str = ""

    @property
    def tally(self) -> Tally:
        """All imports together."""
        return together(self.counted.values())


class Question:
    """One measure asked of one area.

    Args:
        records: The rows.
        measure: What is counted.
        area: A force, or `force/local-area`.

    Raises:
        NotKnown: no rows of the area were brought in.
        NotEnoughData: the measure is not counted for local areas.
    """

    def __init__(self, records: Records, measure: Measure, area: str) -> None:
        self.records = records
        self.measure = measure
        self.area = area
        self.supply = records.supply(measure.dataset)
        self.source, _, self.local = area.partition("/")
        self._must_be_known()
        found, self.reason = self.supply.definition(measure, self.source)
        self.definition = found or measure
        extra = (LOCAL,) if self.local else ()
        self.columns = (*self.definition.columns, *extra)

    def _must_be_known(self) -> None:
        supply, measure = self.supply, self.measure
        if self.source not in supply.sources:
            raise NotKnown(
                f"source of {measure.dataset} rows",
                self.source,
                supply.sources,
                next_step="regard records coverage, or regard records import",
            )
        if not self.local:
            return
        if LOCAL not in supply.contract.names or "local-area" not in measure.scopes:
            raise NotEnoughData(
                f"{measure.id} is not counted for {self.area}, which is a local area",
                expected=f"an area of scope {', '.join(measure.scopes)}",
                next_step=f"ask for {self.source}",
            )
        known = supply.values(self.source, LOCAL)
        if self.local not in known:
            raise NotKnown(f"local area of {self.source}", self.local, known)

    @property
    def months(self) -> tuple[Month, ...]:
        """The months for which rows of the area's source were brought in."""
        return self.supply.months(self.source)

    @property
    def months_answered(self) -> tuple[Month, ...]:
        """The months that hold something: for a survey, those with answers to its question."""
        if self.reason or not self.definition.base:
            return self.months
        return tuple(sorted(self._counted))

    @cached_property
    def reached(self) -> date | None:
        """The day on which the last month's rows stop, if that cuts it short."""
        return self.records.reached(self.supply, self.source) if not self.reason else None

    @cached_property
    def _counted(self) -> Counted:
        """The tally of every month and import."""
        if self.reason:
            return {}
        month = str(self.supply.contract.month_column)
        frame = self._frame(self.supply.holding(self.source))
        found: Counted = {}
        for (number, at), tally in self.records.count(
            frame, self.definition, (IMPORT, month)
        ).items():
            found.setdefault(Month.parse(at), {})[number] = tally
        return found

    def _frame(self, numbers: Sequence[int]) -> nw.LazyFrame[Any] | None:
        frame = self.records.frame(self.supply, numbers)
        if frame is None:
            return None
        frame = frame.filter(nw.col(self.supply.contract.source_column) == self.source)
        return frame.filter(nw.col(LOCAL) == self.local) if self.local else frame

    def rows(self, months: Sequence[Month]) -> nw.LazyFrame[Any] | None:
        """The rows of some whole months, which the measure has yet to filter; None if none."""
        frame = self._frame(self.supply.holding(self.source, months))
        if frame is None:
            return None
        month = str(self.supply.contract.month_column)
        return frame.filter(nw.col(month).is_in([one.iso for one in months]))

    def why_missing(self, month: Month) -> str:
        """Why a whole month cannot be counted; empty if it can."""
        if self.reason:
            return self.reason
        outside = out_of_use(self.definition, month)
        if outside:
            return outside
        if self.definition.every == QUARTER and (month.number - 1) % MONTHS_A_QUARTER:
            first = month + -((month.number - 1) % MONTHS_A_QUARTER)
            return f"counted by the quarter; the quarter of {month} stands at {first}"
        if self.definition.every == WAVE and month not in self._counted:
            return f"no wave for {self.area} ended in {month}"
        lacking = self.supply.slice_lacks(self.columns, self.source, month)
        if not lacking and self.definition.base and month not in self._counted:
            return f"no answers for {month} were brought in for {self.area}"
        return lacking

    def month(self, month: Month, *, to: date | None = None) -> Asked:
        """What a whole month holds.

        Args:
            month: The month.
            to: The last day that is counted; a month that goes on after it is not whole.
        """
        why = self.why_missing(month)
        if not why and to is not None and to < month.end:
            why = f"{month} was counted only to {day_said(to)}"
        if not why and self.reached and month == Month.of(self.reached):
            why = self._stops(month, self.reached)
        return Asked({}, why) if why else Asked(self._counted.get(month, {}))

    def part(self, part: Period) -> Asked:
        """What some days of one month hold, where its rows carry days."""
        month = Month.of(part.start)
        why = self.why_missing(month)
        why = why or self.supply.slice_lacks((DAY,), self.source, month)
        if not why and self.reached and month == Month.of(self.reached) and self.reached < part.end:
            why = self._stops(month, self.reached)
        if why:
            return Asked({}, why)
        by_day = self._days(month)
        undated = sum(one.rows for (_, day), one in by_day.items() if day is None)
        if undated:
            return Asked({}, f"{undated:,} of the rows for {month} that count carry no day")
        found: dict[int, Tally] = {}
        for (number, day), tally in by_day.items():
            if day is not None and day in part:
                found[number] = found[number] + tally if number in found else tally
        return Asked(found)

    @property
    def has_days(self) -> bool:
        """Whether days can be counted at all: the rows of some month carry them."""
        return DAY in self.supply.contract.names and bool(self.supply.values(self.source, DAY))

    def _stops(self, month: Month, reached: date) -> str:
        return f"the rows for {month} of {self.source} stop at {day_said(reached)}"

    def _days(self, month: Month) -> dict[tuple[int, date | None], Tally]:
        numbers = self.supply.holding(self.source, [month])
        frame = self._frame(numbers)
        if frame is not None:
            frame = frame.filter(nw.col(str(self.supply.contract.month_column)) == month.iso)
        found = self.records.count(frame, self.definition, (IMPORT, DAY))
        return {(number, day): tally for (number, day), tally in found.items()}

    def sources(self, pieces: Iterable[tuple[Month, Asked]]) -> tuple[Source, ...]:
        """The imports that hold the months counted, with the rows that count in each.

        Where nothing could be counted they are the imports that were looked at.
        """
        asked = list(pieces)
        counted = [(month, answer) for month, answer in asked if not answer.why]
        if not counted:
            held = self.supply.holding(self.source, [month for month, _ in asked])
            looked_at = held or self.supply.holding(self.source)
            return tuple(self.supply.source_of(n, LOOKED_AT) for n in looked_at)
        held = self.supply.holding(self.source, [month for month, _ in counted])
        totals: dict[int, Tally] = {number: Tally() for number in held}
        for _, answer in counted:
            for number, tally in answer.counted.items():
                totals[number] = totals.get(number, Tally()) + tally
        found = [self.supply.source_of(n, self._detail(one)) for n, one in sorted(totals.items())]
        if self.definition.weights and not self.reason:
            found += self._weighed()
        return tuple(found)

    def _detail(self, tally: Tally) -> str:
        told = [one for one in (self.definition.counted, f"{LOCAL} is {self.local}") if one]
        if not self.local:
            told.pop()
        rows = f"{tally.rows:,} row{'' if tally.rows == 1 else 's'}"
        text = f"{rows} where {' and '.join(told)}" if told else rows
        if self.definition.value:
            text += f", {self.definition.value} summed"
        if tally.unweighted:
            left = float(sum(tally.unweighted.values()))
            of = self.definition.value or "rows"
            codes = ", ".join(sorted(tally.unweighted))
            text += f"; {left:,.0f} {of} left out, whose codes have no weight: {codes}"
        return text

    def _weighed(self) -> list[Source]:
        weights = self.records.weights(self.definition.weights)
        supply = self.records.supply(self.definition.weights)
        detail = f"{len(weights.by_code):,} weights, edition {weights.edition}"
        return [supply.source_of(number, detail) for number in weights.imports]


def out_of_use(measure: Measure, month: Month) -> str:
    """Why a month lies outside the time in which a measure's codes were in use; or empty."""
    if measure.since and month.iso < measure.since:
        return f"{measure.name} was not counted before {Month.parse(measure.since)}"
    if measure.until and month.iso > measure.until:
        return f"{measure.name} was not counted after {Month.parse(measure.until)}"
    return ""
