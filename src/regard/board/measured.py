"""One measure of one area, answered whole: what it says, its chart, its steps, how it may end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from regard.board.comparing import chart_of_waves
from regard.board.drawing import reading_chart
from regard.board.performance import area_name
from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.core.figures import Figure
from regard.core.periods import FinancialYear, Month
from regard.core.series import COUNT, Series
from regard.core.statements import Statement
from regard.papers.model import Chart
from regard.plan.enquiry import Enquiry, is_in_waves
from regard.plan.model import Milestone, Plan, Promise
from regard.plan.positions import position_of
from regard.plan.standing import Position
from regard.plan.telling import missing_months
from regard.plan.waves import WavesRead, waves_of
from regard.records.counting import Counter
from regard.records.ledger import Import
from regard.records.measures import POPULATION, Measure
from regard.records.store import Store
from regard.signals import Reading, read
from regard.signals.methods import BY_KIND
from regard.signals.yearend import YearEnd, year_end

ANCHOR = "chart"  # the chart's anchor in a page, which holds one


@dataclass(frozen=True)
class Asked:
    """What is asked of a measure.

    Attributes:
        measure: Its identifier.
        area: A force, or `force/local-area`.
        to: The last day that is counted; None for the last supplied.
        steps: First months of accepted new levels of this series.
        method: A name from `signals.METHODS`, or `by kind`.
        plan: The plan whose promise on the measure is looked at; None without one.
    """

    measure: str
    area: str
    to: date | None = None
    steps: tuple[Month, ...] = ()
    method: str = BY_KIND
    plan: Plan | None = None


@dataclass(frozen=True)
class Measured:
    """What a measure of an area says.

    Attributes:
        asked: What was asked.
        measure: The definition that was counted.
        area_name: The area as people name it.
        series: Month by month.
        reading: What the series says by the method; None for a survey that is asked in waves.
        waves: What such a survey's waves say; None for any other measure.
        ending: How the financial year of the last whole month is expected to end.
        positions: Where each promise of the plan on this measure stands.
        missing: The months without a value, with why.
        imports: The imports that the rows came by, in the order in which they finished.
    """

    asked: Asked
    measure: Measure
    area_name: str
    series: Series
    reading: Reading | None
    waves: WavesRead | None
    ending: YearEnd | None
    positions: tuple[Position, ...]
    missing: tuple[Statement, ...]
    imports: tuple[Import, ...]

    @property
    def said(self) -> tuple[Statement, ...]:
        """What it says, the first sentence the reading in one line."""
        if self.waves is not None:
            return self.waves.statements()
        return self.reading.statements() if self.reading is not None else ()

    @property
    def milestone(self) -> Position | None:
        """Where the first milestone on the measure stands; None if nothing is promised."""
        return next((one for one in self.positions if one.verdict is not None), None)

    @property
    def foretold(self) -> tuple[Statement, ...]:
        """How the year is expected to end, where that is not told with the milestone."""
        return self.ending.statements() if self.ending is not None else ()

    def figures(self) -> tuple[Figure, ...]:
        """Every figure of its sentences, each once, in the order in which they stand."""
        held = [*self.said, *self.foretold, *self.missing]
        for one in self.positions:
            held += [] if one.verdict is None else [one.verdict.why]
            held += [*one.chance, *one.accepted, *one.ranked]
        found = {figure: None for statement in held for figure in statement.figures}
        for one in self.positions:
            found.update((figure, None) for figure in (one.now, one.target) if figure is not None)
        return tuple(found)


def measured(counter: Counter, store: Store, asked: Asked) -> Measured:
    """Count a measure, read it, and say where the plan's promises on it stand.

    Raises:
        NotKnown: no such measure, area or method.
        NotEnoughData: no month of it can be counted.
        DefinitionRefused: the method cannot read such a series.
    """
    measure = counter.measure(asked.measure)
    to = _last(counter, measure, asked)
    series = _series(counter, measure, asked, to)
    in_waves = is_in_waves(measure)
    waves = waves_of(counter, measure.id, asked.area, to=to) if in_waves else None
    steps = tuple(one for one in asked.steps if series.start < one <= series.end)
    return Measured(
        asked=asked,
        measure=measure,
        area_name=area_name(asked.area),
        series=series,
        reading=None if in_waves else read(series, baselines=steps, method=asked.method),
        waves=waves,
        ending=_ending(series, steps),
        positions=_positions(counter, asked, to),
        missing=missing_months(series, series.counted_to),
        imports=imports_of(store, counter, measure, asked.area),
    )


def chart_of_measure(held: Measured) -> Chart:
    """The chart of a measure: its months with what is normal, or the waves of a survey.

    A level that the plan promises is drawn as its milestone, and so are the months to come.
    """
    target = next((_level(one.promise) for one in held.positions if _level(one.promise)), None)
    if held.waves is not None:
        return chart_of_waves(held.waves, area=held.area_name, target=target)
    if held.reading is None:
        raise DefinitionRefused(
            f"{held.measure.id} of {held.asked.area} was not read", expected="a reading or waves"
        )
    return reading_chart(
        held.reading,
        area=held.area_name,
        anchor=ANCHOR,
        target=target,
        target_label="milestone",
        fan=() if held.ending is None else held.ending.fan,
    )


def imports_of(store: Store, counter: Counter, measure: Measure, area: str) -> tuple[Import, ...]:
    """The imports that hold rows of an area's force that a measure counts."""
    source = area.partition("/")[0]
    datasets = [measure.dataset, *([POPULATION] if measure.per else [])]
    found = [
        one for dataset in datasets for one in store.visible(dataset, counter.known_at).imports
    ]
    return store.with_rows_of(source, found)


def _level(promise: Promise) -> float | None:
    return promise.level if isinstance(promise, Milestone) else None


def _last(counter: Counter, measure: Measure, asked: Asked) -> date | None:
    """The last day that is counted; None where all is that was supplied.

    Months after the last supplied lack nothing: nobody has been asked for them yet.
    """
    if asked.to is None or asked.to >= counter.series(measure, asked.area).counted_to:
        return None
    return asked.to


def _series(counter: Counter, measure: Measure, asked: Asked, to: date | None) -> Series:
    """Every whole month; one that goes on after the last day counted is not over."""
    held = counter.series(measure, asked.area, to=to)
    reached = held.counted_to
    if reached == Month.of(reached).end or Month.of(reached) == held.start:
        return held
    return counter.series(measure, asked.area, to=(Month.of(reached) + -1).end)


def _ending(series: Series, steps: Sequence[Month]) -> YearEnd | None:
    """How the year of the last month with a value may end; None where nothing is to come."""
    if series.kind != COUNT or not series.supplied:
        return None
    try:
        found = year_end(series, FinancialYear.of(series.supplied[-1][0].start), baselines=steps)
    except NotEnoughData:
        return None
    return found if found.fan else None


def _positions(counter: Counter, asked: Asked, to: date | None) -> tuple[Position, ...]:
    """Where the promises of the plan on this measure stand, for the plan's own area alone."""
    plan = asked.plan
    if plan is None or plan.area != asked.area:
        return ()
    held = counter.series(asked.measure, asked.area, to=to)
    day = min(held.counted_to, plan.year.end)
    enquiry = Enquiry(plan, counter, area=asked.area, as_at=day, method=asked.method)
    return tuple(position_of(enquiry, one) for one in plan.promises if one.measure == asked.measure)
