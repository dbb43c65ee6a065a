"""Sentences that every position shares: another day, accepted steps, missing months."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from regard.core.figures import Figure
from regard.core.series import Series
from regard.core.statements import Statement
from regard.plan.model import AsAtException, Baseline, Plan
from regard.records.forces import forces

_KNOWN_PART = re.compile(r"^the other \d|\d+ of \d+ months are known$|^and \d+ more such gaps$")
MOST_MONTHS_NAMED = 6  # missing months that are named one by one


def reason(missing: str, scope: str = "") -> str:
    """Why a figure is missing, without the numbers of what is known of it.

    Those numbers carry no trace; the sections print what is known as figures.

    Args:
        missing: The reason that a figure carries.
        scope: The area that it is of, which the reason then calls by its name.
    """
    clauses = missing.split("; ")
    told = "; ".join(one for one in clauses if not _KNOWN_PART.search(one)) or missing
    return named_area(told, scope)


def named_area(text: str, scope: str) -> str:
    """A reason with the area under the name that people use."""
    source, _, _ = scope.partition("/")
    if source not in forces():
        return text
    return re.sub(rf"(?<![\w'-]){source}(?![\w'-])", forces()[source].name, text)


def shown_at(plan: Plan, exception: AsAtException | None) -> tuple[Statement, ...]:
    """That a promise is shown at another day than the rest of the paper, and why."""
    if exception is None:
        return ()
    return (
        Statement.of(
            "Shown at {use}, and not at {paper} like the rest of this paper: {reason}.",
            use=exception.use,
            paper=exception.paper,
            reason=exception.reason,
            marking=plan.marking,
        ),
    )


def accepted(plan: Plan, baselines: Sequence[Baseline]) -> tuple[Statement, ...]:
    """Who accepted each step change and when, with the reason in the source's words."""
    told = []
    for one in baselines:
        who = Statement.of(
            "New average accepted from {month} by {post} on {day}; the reason given:",
            month=one.start,
            post=one.accepted_by,
            day=one.accepted_on,
            marking=plan.marking,
        )
        told.append(who + plan.quote(one.reason))
    return tuple(told)


def missing_months(series: Series, day: date) -> tuple[Statement, ...]:
    """Each month without a value, with why; many of them by their number.

    A month that was not yet over on the day counted to lacks nothing.
    """
    months = [month for month in series.missing if month.end <= day]
    if len(months) > MOST_MONTHS_NAMED:
        count = Figure(
            value=len(months),
            unit="months",
            measure=series.measure,
            scope=series.scope,
            basis=series.basis,
            method="months without a value",
            as_at=series.counted_to,
            sources=series.sources,
        )
        return (
            Statement.of(
                "{count} between {first} and {last} have no value; the first: {reason}.",
                count=count,
                first=months[0],
                last=months[-1],
                reason=named_area(series.why_missing[months[0]], series.scope),
            ),
        )
    return tuple(
        Statement.of(
            "{month} is missing, not nought: {reason}.",
            month=one,
            reason=named_area(series.why_missing[one], series.scope),
        )
        for one in months
    )
