"""Counting: a measure of an area, month by month, over a period, or by any columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

import narwhals.stable.v2 as nw

from regard.core.errors import DefinitionRefused, NotEnoughData, NotKnown
from regard.core.figures import Figure
from regard.core.periods import Month, Period, months_between
from regard.core.series import PROPORTION, RATE, Series
from regard.records.contracts import contracts
from regard.records.coverage import Coverage, coverage_of
from regard.records.engines import Engine, Held, engine_named
from regard.records.expressions import MONTH_OF, SOURCE, Tally
from regard.records.measures import QUARTER, WAVE, Measure, measures
from regard.records.places import LSOA, PlaceCounts, WeighedCounts, place_counts, weighed_counts
from regard.records.question import LOCAL, MONTHS_A_QUARTER, Asked, Question, Records
from regard.records.store import Store
from regard.records.tables import (
    Ask,
    Cell,
    Slice,
    cells,
    must_be_columns,
    slices_left_out,
)
from regard.records.valuing import ACTUAL, parts, sources, valued


class Counter(Held):
    """Counts measures of the records in a store, as known at one instant.

    What was supplied is read once, when it is first needed: a counter gives the same answers
    for as long as it lives, whatever is brought in meanwhile.

    Args:
        store: The record store.
        known_at: As known at that instant (imports recorded up to then); None for now.
        engine: An engine, or the name of one; by default the one REGARD_ENGINE names.
        known: The measures that may be asked for; by default those that are shipped.

    Example:
        >>> with Counter(Store(home)) as counter:                          # doctest: +SKIP
        ...     print(counter.figure("burglary", "merseyside", Month(2019, 6).period))
        531 offences
    """

    def __init__(
        self,
        store: Store,
        *,
        known_at: datetime | None = None,
        engine: Engine | str | None = None,
        known: Mapping[str, Measure] | None = None,
    ) -> None:
        self._own = engine is None or isinstance(engine, str)
        self.engine: Engine = (
            engine_named(engine or "") if engine is None or isinstance(engine, str) else engine
        )
        self.measures = measures() if known is None else known
        self._records = Records(store, self.engine, known_at)
        self._questions: dict[tuple[Measure, str], Question] = {}

    @property
    def known_at(self) -> datetime | None:
        """The instant as known at which rows are counted; None for when it was first asked."""
        return self._records.known_at

    def measure(self, measure: str | Measure) -> Measure:
        """The measure of that identifier.

        Raises:
            NotKnown: there is none.
        """
        if isinstance(measure, Measure):
            return measure
        if measure not in self.measures:
            raise NotKnown("measure", measure, self.measures, next_step="regard measure list")
        return self.measures[measure]

    def series(
        self,
        measure: str | Measure,
        area: str,
        *,
        start: Month | None = None,
        to: date | None = None,
        rolling: int = 1,
    ) -> Series:
        """A measure month by month, in the measure's unit.

        A month that was not supplied, is not whole, or whose rows cannot answer is None and
        says why. A rate is of the month itself and not annualised.

        Args:
            measure: The measure, or its identifier.
            area: A force, or `force/local-area`.
            start: The first month; by default the first that was supplied.
            to: The last day that is counted; by default the last that was supplied.
            rolling: Months that each value covers, ending with its month; answers, rows and
                residents are summed before they are divided. 12 for a rolling year.

        Raises:
            NotKnown: there is no such measure or area.
            NotEnoughData: there is no month to show.
            DefinitionRefused: `rolling` is below 1.
        """
        asked = self._question(measure, area)
        if rolling < 1:
            raise DefinitionRefused(f"a value over {rolling} months", expected="1 month or more")
        first, last = self._grid(asked, start, to)
        months = months_between(first, last)
        answers = {m: asked.month(m, to=to) for m in months_between(first + (1 - rolling), last)}
        begins = {month: month + (1 - rolling) for month in months}
        held = {
            month: valued(asked, [answers[each] for each in months_between(begun, month)], begun)
            for month, begun in begins.items()
        }
        one = asked.definition
        stop = min(asked.reached or last.end, to or last.end, max(asked.months[-1], first).end)
        return Series(
            measure=one.id,
            name=one.name,
            scope=area,
            unit=one.unit,
            kind=one.kind,
            better=one.better,
            basis=ACTUAL,
            method=one.method if rolling == 1 else f"{one.method}, over {rolling} months",
            start=first,
            values=tuple(value for value, _, _ in held.values()),
            counted_to=stop,
            bases=tuple(base for _, base, _ in held.values())
            if one.kind in (RATE, PROPORTION)
            else None,
            why_missing={
                month: reason for month, (value, _, reason) in held.items() if value is None
            },
            sources=sources(asked, answers.items(), list(begins.values())),
        )

    def figure(self, measure: str | Measure, area: str, period: Period) -> Figure:
        """A measure over a period, in the measure's unit.

        Whole months are counted by the month that rows belong to, part-months to the day
        where rows carry the day they were recorded on. If any of the period cannot be
        counted, the figure is missing and says why, and how much of it is known.

        Raises:
            NotKnown: there is no such measure or area.
        """
        asked = self._question(measure, area)
        pieces = self._pieces(asked, period)
        first = Month.of(period.start)
        value, base, why = valued(asked, [answer for _, answer in pieces], first)
        one = asked.definition
        return Figure(
            value=value,
            unit=one.unit,
            measure=one.id,
            scope=area,
            basis=ACTUAL,
            method=one.method,
            as_at=period.end,
            period=period,
            sources=sources(asked, pieces, [first]),
            parts=() if value is None else parts(asked, pieces, period),
            missing=why if value is None else "",
        )

    def places(
        self, measure: str | Measure, area: str, period: Period, *, place: str = LSOA
    ) -> PlaceCounts:
        """A count over whole months by place, and how many places there are.

        Args:
            measure: A measure of kind count, or its identifier.
            area: A force, or `force/local-area`.
            period: Whole months.
            place: The column that names the place: one of `regard.records.places.PLACES`.

        Raises:
            NotKnown: there is no such measure, area or kind of place.
            NotEnoughData: a month is missing, or its rows carry no place.
            DefinitionRefused: the measure is no count, or the period is not whole months.
        """
        asked = self._question(measure, area)
        counted = self.figure(measure, area, period)
        pieces = self._pieces(asked, period)
        return place_counts(self._records, asked, counted, pieces, place=place)

    def weighed(self, measure: str | Measure, area: str, period: Period) -> WeighedCounts:
        """The offences of a weighted sum by code over whole months, with their weights.

        Raises:
            NotKnown: there is no such measure or area.
            NotEnoughData: a month is missing, or there are no weights.
            DefinitionRefused: the measure is no weighted sum, or the period is not whole months.
        """
        asked = self._question(measure, area)
        counted = self.figure(measure, area, period)
        return weighed_counts(self._records, asked, counted, self._pieces(asked, period))

    def table(
        self,
        measure: str | Measure,
        by: Sequence[str] = (SOURCE, MONTH_OF),
        areas: Sequence[str] | None = None,
        *,
        publication: bool = False,
    ) -> list[Cell]:
        """A measure by any columns of its dataset, in the measure's unit.

        By source and month every month is there, with a nought where rows were supplied and
        none count, and a reason where none were supplied. By other columns only what has rows
        is there. A total over months says which months it is without.

        Args:
            measure: The measure, or its identifier.
            by: The columns of the table.
            areas: Forces, or `force/local-area`; by default every source.
            publication: Whether cells smaller than the measure's smallest are suppressed.

        Raises:
            NotKnown: there is no such measure, column or area.
            DefinitionRefused: the table cannot be made.
        """
        one = self.measure(measure)
        supply = self._records.supply(one.dataset)
        by = must_be_columns(one, by, supply.contract)
        questions = [self._question(one, area) for area in areas or ()]
        if any(q.local for q in questions) and LOCAL not in by:
            raise DefinitionRefused(
                f"a table of {', '.join(q.area for q in questions)} by {', '.join(by)}",
                expected=f"{LOCAL} among the columns, where local areas are asked for",
            )
        chosen = tuple(dict.fromkeys(q.source for q in questions)) or supply.sources
        ask = Ask(
            one,
            by,
            supply,
            chosen,
            lambda: self._records.residents,
            lambda source: self._records.reached(supply, source),
            publication,
        )
        return cells(ask, lambda *given: self._counted(ask, questions, *given))

    def sources(self, dataset: str) -> tuple[str, ...]:
        """Who has supplied a dataset, in the order of the alphabet.

        Raises:
            NotKnown: there is no such dataset.
        """
        return self._records.supply(dataset).sources

    def coverage(self, dataset: str) -> Coverage:
        """What each source of a dataset has supplied, and what is odd about it.

        Raises:
            NotKnown: there is no such dataset.
        """
        return coverage_of(self._records, dataset)

    def covered(self, dataset: str | None = None) -> list[dict[str, Any]]:
        """The coverage of a dataset as rows to be shown; of all that hold rows, if none is named.

        Raises:
            NotKnown: there is no such dataset.
        """
        chosen = [dataset] if dataset else sorted(contracts())
        return [one.row(name) for name in chosen for one in self.coverage(name).sources]

    def close(self) -> None:
        """Give back the engine, if this counter started it."""
        if self._own:
            self.engine.close()

    def _question(self, measure: str | Measure, area: str) -> Question:
        key = (self.measure(measure), area)
        if key not in self._questions:
            self._questions[key] = Question(self._records, *key)
        return self._questions[key]

    def _counted(
        self,
        ask: Ask,
        questions: Sequence[Question],
        definition: Measure,
        sources: tuple[str, ...],
        left: tuple[Slice, ...],
    ) -> Mapping[tuple[Any, ...], Tally]:
        supply = ask.supply
        numbers = {number for one in sources for number in supply.holding(one)}
        frame = self._records.frame(supply, numbers)
        if frame is None:
            return {}
        source = nw.col(supply.contract.source_column)
        if set(sources) != set(supply.sources):
            frame = frame.filter(source.is_in(list(sources)))
        local = [q for q in questions if q.source in sources]
        if any(q.local for q in local):
            clauses = [
                (source == q.source) & (nw.col(LOCAL) == q.local if q.local else nw.lit(True))
                for q in local
            ]
            frame = frame.filter(reduce(or_, clauses))
        out = slices_left_out(left, supply.contract)
        return self._records.count(frame if out is None else frame.filter(~out), definition, ask.by)

    def _grid(self, asked: Question, start: Month | None, to: date | None) -> tuple[Month, Month]:
        held = asked.months_answered
        if not held:
            raise NotEnoughData(
                f"no month of {asked.measure.id} was brought in for {asked.area}",
                expected=f"rows of {asked.measure.dataset} with a month",
            )
        first = held[0] if start is None else start
        last = held[-1] if to is None else Month.of(to)
        if last < first:
            raise NotEnoughData(
                f"{asked.measure.id} of {asked.area} from {first} to {last} holds no month",
                expected=f"months from {held[0]} to {held[-1]}",
            )
        return first, last

    def _pieces(self, asked: Question, period: Period) -> list[tuple[Month, Asked]]:
        """Every month of a period with what it holds, part-months to the day."""
        if asked.definition.every == WAVE and not asked.reason:
            ended = [m for m in asked.months_answered if m.end in period]
            if ended:
                return [(m, asked.month(m)) for m in ended]
        if asked.definition.every == QUARTER and not asked.reason:
            return _quarters(asked, period)
        parts = period.part_months
        if parts and not asked.reason and not asked.has_days:
            why = _only_months(asked, period)
            return [(Month.of(part.start), Asked({}, why)) for part in parts[:1]]
        pieces = [(m, asked.month(m)) for m in period.whole_months]
        pieces += [(Month.of(part.start), asked.part(part)) for part in parts]
        return sorted(pieces, key=lambda piece: piece[0])


def _only_months(asked: Question, period: Period) -> str:
    whole = period.whole_months
    instead = f"{whole[0]} to {whole[-1]} can" if whole else "no whole month lies in it"
    return (
        f"the rows of {asked.source} carry months and not days, so {period} cannot be "
        f"counted; {instead}"
    )


def _quarters(asked: Question, period: Period) -> list[tuple[Month, Asked]]:
    """The quarters of a period; one reason if it is not made of whole quarters."""
    whole = period.whole_months
    first = Month.of(period.start)
    if period.part_months or (first.number - 1) % MONTHS_A_QUARTER or len(whole) % MONTHS_A_QUARTER:
        why = f"{asked.measure.dataset} is counted by the quarter, and {period} is not quarters"
        return [(first, Asked({}, why))]
    return [(month, asked.month(month)) for month in whole[::MONTHS_A_QUARTER]]
