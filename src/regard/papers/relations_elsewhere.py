"""How what stands in one place stands in another: another paper, or the same one elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from regard.core.errors import DefinitionRefused, NotComparable, shown
from regard.core.figures import Figure, difference
from regard.core.periods import Month, day_said
from regard.core.quantities import PERCENT, POINTS
from regard.papers.findings import Finding, Given, Relation, Verdict, told
from regard.papers.listed import passage
from regard.papers.printed import Rounded
from regard.papers.reckoning import plain, reckoned


def _listed_as(given: Given, name: str, kinds: tuple[type, ...]) -> tuple[Any, ...]:
    """An input that is a list, as long as the places."""
    held, places = given.inputs[name], given.items("places")
    if not isinstance(held, list) or not held or len(held) != len(places):
        raise DefinitionRefused(
            f"{given.place}: {name} is {shown(held)}", expected=f"one for each of {len(places)}"
        )
    strange = [one for one in held if not isinstance(one, kinds)]
    if strange:
        raise DefinitionRefused(
            f"{given.place}: {name} holds {shown(strange[0])}",
            expected=" or ".join(kind.__name__ for kind in kinds),
        )
    return tuple(held)


def _across_papers(given: Given) -> Finding:
    unit = given.words("unit") if given.has("unit") else ""
    numbers = [
        reckoned(one, f"{given.place}: numbers")
        for one in _listed_as(given, "numbers", (dict, int, float))
    ]
    same = max(one.low for one in numbers) <= min(one.high for one in numbers)
    places = given.items("places")
    return given.found(
        Verdict.OK if same else Verdict.X,
        "; ".join(
            f"{told(one.value, unit) if unit else plain(one)} in {place}"
            for one, place in zip(numbers, places, strict=True)
        ),
        numbers[-1] - numbers[0],
        POINTS if unit == PERCENT else unit,
        spread=max(one.value for one in numbers) - min(one.value for one in numbers),
    )


def _month(day: date | int) -> Month:
    return Month.of(day) if isinstance(day, date) else Month(day, 1)


def _dates_across_papers(given: Given) -> Finding:
    """Days as months, or bare years where no month is printed."""
    days: tuple[date | int, ...] = _listed_as(given, "days", (date, int))
    moved = _month(days[-1]) - _month(days[0])
    return given.found(
        Verdict.OK if len(set(days)) == 1 else Verdict.X,
        "; ".join(
            f"{_month(day) if isinstance(day, date) else day} in {place}"
            for day, place in zip(days, given.items("places"), strict=True)
        ),
        Rounded.exact(moved),
        "months",
    )


def _promise(given: Given) -> Finding:
    """What was promised by a day, against what another paper has of it later."""
    due, seen = given.day("by"), given.day("seen_on")
    reached, end = given.number("reached"), given.number("end_state")
    short = end - reached
    months = Month.of(seen) - Month.of(due) - (seen.day < due.day)
    if seen < due:
        verdict, late = Verdict.ND, f"not due until {day_said(due)}"
    else:
        verdict = Verdict.OK if short.low <= 0 else Verdict.X
        late = f"promised by {day_said(due)}, {months} whole months before"
    return given.found(
        verdict,
        f"{plain(reached)} of {plain(end)} on {day_said(seen)} ({given.words('seen_in')}), "
        f"{plain(short)} short; {late}",
        short,
        months=months,
    )


def _event_year(given: Given) -> Finding:
    """One event has one year in a paper; the years are read beside its name."""
    event = given.words("event")
    years = {int(one.value) for one in given.numbers("years")}
    if given.text is not None:
        loose = r"\s+".join(re.escape(word) for word in event.split())
        near = re.findall(rf"(\d{{4}})\s+{loose}|{loose}\s+(\d{{4}})", given.text)
        years = {int(before or after) for before, after in near}
    held = sorted(years)
    return given.found(
        Verdict.OK if len(held) == 1 else Verdict.BAD if held else Verdict.GAP,
        f"{event} in {' and '.join(str(year) for year in held) or 'no year'}",
        Rounded.exact(held[-1] - held[0]) if held else None,
        "years",
    )


def _termed(given: Given) -> Finding:
    one, other = given.words("one"), given.words("other")
    return given.found(
        Verdict.OK if one == other else Verdict.X,
        f"called “{one}” here and “{other}” in {given.words('where')}",
    )


def _covers(given: Given) -> Finding:
    """What is named is what has a section of its own, by its heading."""
    named, treated = given.items("named"), given.inputs["treated"]
    if not isinstance(treated, Mapping):
        raise DefinitionRefused(
            f"{given.place}: treated is {shown(treated)}", expected="headings by what is named"
        )
    for heading in treated.values() if given.text is not None else ():
        passage(given.text or "", heading, "")
    without = [one for one in named if one not in treated]
    beyond = [one for one in treated if one not in named]
    lacking = f"; without a section: {', '.join(without)}" if without else ""
    more = f"; not named: {', '.join(beyond)}" if beyond else ""
    return given.found(
        Verdict.X if without or beyond else Verdict.OK,
        f"{len(named)} named, {len(treated)} treated{lacking}{more}",
        Rounded.exact(len(treated)),
        named=len(named),
    )


def _one_scope(given: Given) -> Finding:
    """Whether one number may be taken from another at all: asked of the figures themselves."""
    one, other = (
        Figure(
            value=given.number(name).value,
            unit=given.words("unit"),
            measure=given.words("measure"),
            scope=given.words(f"{name}_scope"),
            basis=given.words(f"{name}_basis"),
            method="printed 1",
            as_at=given.day("as_at"),
        )
        for name in ("one", "other")
    )
    try:
        gap = difference(one, other)
    except NotComparable as refusal:
        return given.found(Verdict.BASIS, refusal.wrong)
    return given.found(
        Verdict.OK, f"{one} less {other} is {gap}", Rounded.exact(gap.known), gap.unit
    )


def _months_apart(given: Given) -> Finding:
    first, last = given.day("first"), given.day("last")
    months = Month.of(last) - Month.of(first)
    every = given.number("every").value if given.has("every") else 0
    late = f", {plain(months - every)} more than every {plain(every)}" if months > every > 0 else ""
    return given.found(
        Verdict.DERIVED,
        f"{months} months from {Month.of(first)} to {Month.of(last)}{late}",
        Rounded.exact(months),
        "months",
        late=max(0, months - every) if every else 0,
    )


OF_ELSEWHERE = (
    Relation("across-papers", "One thing has one number wherever it is printed.",
             ("places", "numbers"), ("unit",), _across_papers),
    Relation("dates-across-papers", "One thing has one date wherever it is printed.",
             ("places", "days"), (), _dates_across_papers),
    Relation("promise", "What was promised by a day is there when a later paper looks.",
             ("by", "seen_on", "seen_in", "reached", "end_state"), (), _promise),
    Relation("event-year", "An event has one year in a paper.",
             ("event", "years"), (), _event_year),
    Relation("termed", "One thing is called by one term.",
             ("one", "other", "where"), (), _termed),
    Relation("covers", "What is named has a section, and nothing else has.",
             ("named", "treated"), (), _covers),
    Relation("one-scope", "One number may be taken from the other: both are of one scope.",
             ("one", "other", "unit", "measure", "one_scope", "other_scope", "one_basis",
              "other_basis", "as_at"), (), _one_scope),
    Relation("months-apart", "Months between two dates; nothing printed to compare with.",
             ("first", "last"), ("every",), _months_apart),
)  # fmt: skip
