"""What counted months are worth: a value with its base, its parts and its sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from regard.core.figures import Figure, Source
from regard.core.periods import Month, Period
from regard.core.quantities import said
from regard.core.series import PROPORTION, RATE
from regard.records.bases import Estimate
from regard.records.expressions import Tally, together
from regard.records.measures import POPULATION, Measure
from regard.records.question import Asked, Question

ACTUAL, ESTIMATE = "actual", "estimate"
REASONS_SHOWN = 3  # gaps that a missing total names one by one
Piece = tuple[Month, Asked]


def valued(
    asked: Question, answers: Sequence[Asked], start: Month
) -> tuple[float | None, float | None, str]:
    """Value and base of some months together, or why there is none.

    Args:
        asked: The measure and the area.
        answers: What each month holds.
        start: The month in which they start, by which residents are chosen.

    Returns:
        The value in the measure's unit, the base (rows, answers or residents) of a proportion
        or a rate, and the reason if there is no value.
    """
    one = asked.definition
    reasons = [answer.why for answer in answers if answer.why]
    tally = together(answer.tally for answer in answers if not answer.why)
    if reasons:
        return None, None, _reason(one, reasons, len(answers) - len(reasons), tally)
    if one.kind == PROPORTION:
        return tally.percent(), float(tally.base), f"no {one.counts} to take a proportion of"
    if one.kind != RATE:
        return float(tally.value), None, ""
    estimate = _estimate(asked, start)
    if estimate is None:
        return None, None, asked.records.residents.why_not(asked.source, start)
    return float(tally.value * one.per / estimate.persons), float(estimate.persons), ""


def parts(asked: Question, pieces: Sequence[Piece], period: Period) -> tuple[Figure, ...]:
    """Numerator and base of a proportion or a rate, as figures of their own.

    A survey's proportion has a third, its effective base: answers divided by their design
    effect, from which an interval is to be made.
    """
    one = asked.definition
    if one.kind not in (PROPORTION, RATE):
        return ()
    tally = together(answer.tally for _, answer in pieces)
    given = {
        "scope": asked.area,
        "as_at": period.end,
        "period": period,
        "sources": asked.sources(pieces),
    }
    count = _figure(
        float(tally.value),
        one.counts,
        one.of or f"{one.id}, numerator",
        one.method.removeprefix("rate-of-"),
        given,
    )
    if one.kind == PROPORTION:
        base = _figure(float(tally.base), one.counts, f"{one.id}, base", one.method, given)
        if not one.base:
            return count, base
        effective = _figure(
            float(tally.effective),
            one.counts,
            f"{one.id}, effective base",
            "answers over design effect 1",
            given | {"basis": ESTIMATE},
        )
        return count, base, effective
    estimate = _estimate(asked, Month.of(period.start))
    if estimate is None:
        return (count,)
    residents = _figure(
        float(estimate.persons),
        "residents",
        POPULATION,
        "mid-year estimate 1",
        given
        | {
            "basis": ESTIMATE,
            "sources": (_said_by(asked, estimate),),
            "period": None,
            "as_at": estimate.month.end,
        },
    )
    return count, residents


def sources(
    asked: Question, pieces: Iterable[Piece], starts: Iterable[Month]
) -> tuple[Source, ...]:
    """The imports behind a value, and those behind the residents of a rate.

    Args:
        asked: The measure and the area.
        pieces: Months with what they hold.
        starts: The months by which residents are chosen.
    """
    found = asked.sources(pieces)
    if asked.definition.kind != RATE:
        return found
    used = dict.fromkeys(_estimate(asked, start) for start in starts)
    return (*found, *(_said_by(asked, one) for one in used if one is not None))


def _figure(value: float, unit: str, measure: str, method: str, given: dict[str, Any]) -> Figure:
    more = {"basis": ACTUAL} | given
    return Figure(value=value, unit=unit, measure=measure, method=method, **more)


def _estimate(asked: Question, start: Month) -> Estimate | None:
    return asked.records.residents.at(asked.source, start)


def _said_by(asked: Question, estimate: Estimate) -> Source:
    supply = asked.records.supply(POPULATION)
    return supply.source_of(estimate.import_number, str(estimate))


def _reason(one: Measure, reasons: Sequence[str], known: int, tally: Tally) -> str:
    """Why a total is missing, and what of it is known."""
    told = list(dict.fromkeys(reasons))
    text = "; ".join(told[:REASONS_SHOWN])
    if len(told) > REASONS_SHOWN:
        text += f"; and {len(told) - REASONS_SHOWN} more such gaps"
    if not known:
        return text
    of = f"{known} of {known + len(reasons)} months"
    if one.kind == PROPORTION:
        return f"{text}; {of} are known"
    held = said(float(tally.value), one.unit if one.kind != RATE else one.counts)
    return f"{text}; the other {of} hold {held}"
