"""What part of a measure others make up, now and in the same period last year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from regard.core.errors import NotEnoughData
from regard.core.figures import Figure, derived
from regard.core.periods import FinancialYear, Period
from regard.core.statements import Statement
from regard.plan.enquiry import Enquiry
from regard.plan.model import Composition
from regard.plan.standing import Share
from regard.plan.telling import reason
from regard.records.measures import IN, Condition, Measure
from regard.signals import composition

OFFENCE = "offence"


def share_of(enquiry: Enquiry, asked: Composition) -> Share:
    """The share of the year to date, against the same period last year."""
    whole = enquiry.measure(asked.whole)
    day, _ = enquiry.reach(whole, _wanted(enquiry, asked))
    period = FinancialYear.of(day).to(day)
    parts = [enquiry.measure(named) for named in asked.parts]
    if asked.offences:
        parts.append(within(whole, asked))
    now, then = (
        (_together(enquiry, asked, parts, one), enquiry.figure(whole, one))
        for one in (period, period.a_year_before())
    )
    lacking = next((one for one in (*now, *then) if one.value is None), None)
    if lacking is not None:
        why = Statement.of(
            "{title}: the share cannot be counted: {reason}.",
            title=asked.title,
            reason=reason(lacking.missing, lacking.scope),
        )
        return Share(asked, None, (why,))
    try:
        divided = composition(
            part_now=now[0], part_then=then[0], whole_now=now[1], whole_then=then[1]
        )
    except NotEnoughData as refusal:
        return Share(asked, None, (Statement.of("{why}.", why=refusal.wrong),))
    part, _, of = asked.title.partition(" in ")
    return Share(asked, divided, divided.statements(part=f"“{part}”", whole=of or whole.name))


def within(whole: Measure, asked: Composition) -> Measure:
    """The rows of a measure that carry one of some offence codes, as a measure of its own."""
    return replace(
        whole,
        id=f"{whole.id}-{asked.id}",
        name=asked.title,
        filter=(*whole.filter, Condition(OFFENCE, IN, asked.offences)),
        otherwise=(),
    )


def _wanted(enquiry: Enquiry, asked: Composition) -> date:
    """The day at which the plan shows the whole, where it shows it at a day of its own."""
    for promise in enquiry.plan.promises:
        exception = promise.exception(enquiry.as_at)
        if exception is not None and promise.measure == asked.whole:
            return exception.use
    return enquiry.as_at


def _together(enquiry: Enquiry, asked: Composition, parts: list[Measure], period: Period) -> Figure:
    figures = tuple(enquiry.figure(one, period) for one in parts)
    if len(figures) == 1:
        return figures[0]
    lacking = next((one for one in figures if one.value is None), None)
    if lacking is not None:
        return lacking
    return derived(
        figures,
        value=sum(one.known for one in figures),
        unit=figures[0].unit,
        method="sum of the parts",
        measure=asked.id,
    )
