"""What a plan asks of the records: a series, a figure, and the day to which both can be counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from regard.core.errors import NotEnoughData, NotKnown
from regard.core.figures import Figure
from regard.core.periods import FinancialYear, Month, Period
from regard.core.quantities import PERCENT, Range
from regard.core.series import Series
from regard.core.statements import Statement
from regard.plan.model import Baseline, Plan
from regard.plan.telling import reason
from regard.records.counting import Counter
from regard.records.measures import WAVE, Measure
from regard.signals import dispersion, wilson
from regard.signals.methods import BY_KIND

SURVEY_PARTS = 3  # positive answers, answers, answers over the design effect


class Enquiry:
    """One plan's questions to one counter, about one area, as at one day.

    Args:
        plan: The plan.
        counter: Counts measures; its own instant says what was known.
        area: A force, or `force/local-area`.
        as_at: The day to which the paper is to be true.
        method: How series are read: a name from `signals.METHODS`, or `by kind`.
    """

    def __init__(
        self, plan: Plan, counter: Counter, *, area: str, as_at: date, method: str = BY_KIND
    ) -> None:
        self.plan = plan
        self.counter = counter
        self.area = area
        self.as_at = as_at
        self.method = method

    def measure(self, named: str) -> Measure:
        """The measure of that identifier.

        Raises:
            NotKnown: there is none.
        """
        return self.counter.measure(named)

    def series(self, measure: Measure, to: date) -> Series | None:
        """Every whole month of a measure up to a day; None if there is none.

        A month that goes on after the day is not over and stands outside the series.
        """
        last = Month.of(to) if to == Month.of(to).end else Month.of(to) + -1
        try:
            found = self.counter.series(measure, self.area, to=last.end)
        except (NotEnoughData, NotKnown):
            return None
        return found if found.supplied else None

    def figure(self, measure: Measure, period: Period) -> Figure:
        """A measure over a period; missing, with the reason, where it cannot be counted.

        The share of a survey carries Wilson's interval at its effective base.
        """
        try:
            found = self.counter.figure(measure, self.area, period)
        except (NotEnoughData, NotKnown) as refusal:
            return Figure(
                value=None,
                unit=measure.unit,
                measure=measure.id,
                scope=self.area,
                basis="actual",
                method=measure.method,
                as_at=period.end,
                period=period,
                missing=refusal.wrong,
            )
        return with_range(found)

    def reach(self, measure: Measure, wanted: date) -> tuple[date, tuple[Statement, ...]]:
        """The day up to which a measure can be counted, and why it is an earlier one.

        Rows that carry months and no days can be counted to the end of a month only; where
        the last months were not supplied, to the last that was.
        """
        year = FinancialYear.of(wanted)
        if self.figure(measure, year.to(wanted)).value is not None:
            return wanted, ()
        series = self.series(measure, wanted)
        if series is None:
            return wanted, ()
        last = series.supplied[-1][0]
        if last.end >= wanted:
            return wanted, ()
        tail = self.figure(measure, Period(last.end + timedelta(days=1), wanted))
        if tail.value is not None:
            return wanted, ()
        note = Statement.of(
            "Counted to {day}, the end of the last whole month supplied, and not to {wanted}: "
            "{reason}.",
            day=last.end,
            wanted=wanted,
            reason=reason(tail.missing, tail.scope),
        )
        return last.end, (note,)

    def spread(self, series: Series | None, steps: tuple[Month, ...]) -> float | None:
        """The dispersion of a series (a ratio, 1 or more); None where it cannot be measured."""
        if series is None:
            return None
        try:
            return dispersion(series, baselines=steps).value
        except NotEnoughData:
            return None

    def baselines(self, measure: Measure) -> tuple[Baseline, ...]:
        """The step changes of a measure that were accepted by the day of the paper."""
        return self.plan.steps(measure.id, self.area, self.as_at)


def is_survey(measure: Measure) -> bool:
    """Whether a measure is a share of answers to a survey."""
    return bool(measure.base)


def is_in_waves(measure: Measure) -> bool:
    """Whether a survey is asked in waves, so that the months between two lack nothing."""
    return measure.every == WAVE


def with_range(figure: Figure) -> Figure:
    """A survey's share with Wilson's interval; any other figure as it is."""
    if figure.value is None or figure.unit != PERCENT or len(figure.parts) != SURVEY_PARTS:
        return figure
    positive, answers, effective = (part.known for part in figure.parts)
    if answers <= 0 or effective <= 0:
        return figure
    span = wilson(positive, answers, design_effect=answers / effective)
    return replace(figure, interval=Range(100 * span.low, 100 * span.high, span.level))


def bases(now: Figure, then: Figure) -> tuple[float, float] | None:
    """What two percentages are percentages of: effective answers of a survey, rows otherwise."""
    if len(now.parts) < 2 or len(then.parts) < 2:  # noqa: PLR2004 - a share has two parts
        return None
    return now.parts[-1].known, then.parts[-1].known
