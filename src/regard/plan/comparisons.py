"""Areas, places, severities and pilots compared, as counted from the records."""

from __future__ import annotations

from dataclasses import dataclass

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.core.periods import Period
from regard.core.series import COUNT, PROPORTION, RATE
from regard.records.counting import Counter
from regard.records.measures import Measure
from regard.signals import dispersion
from regard.signals.comparing import (
    BeforeAfter,
    Concentration,
    Funnel,
    PilotDifference,
    Severity,
    SimilarForces,
    concentration,
    funnel,
    pilot_difference,
    severity_score,
)


@dataclass(frozen=True)
class PilotAreas:
    """The areas of a pilot, each a force or `force/local-area`; empty for none beside."""

    pilot: str
    comparison: str
    beside_pilot: str = ""
    beside_comparison: str = ""


def funnel_of(
    counter: Counter,
    name: str,
    period: Period,
    *,
    about: str,
    similar: SimilarForces | None = None,
    target: str,
) -> Funnel:
    """A rate or a proportion of every force that supplied records, as a funnel.

    Args:
        counter: Counts the records.
        name: The measure.
        period: The days it is counted over.
        about: The force the funnel is about.
        similar: Groups of most similar forces, of which that of `about` is drawn.
        target: One of `regard.signals.comparing.funnel.TARGETS`.

    Raises:
        NotKnown: no such measure or force.
        DefinitionRefused: the measure has no base, and so makes no funnel.
        NotEnoughData: fewer than three forces have a figure.
    """
    measure = counter.measure(name)
    if measure.kind not in (RATE, PROPORTION):
        raise DefinitionRefused(
            f"{measure.id} is a {measure.kind}, which has no base to make a funnel of",
            expected=f"a measure of kind {RATE} or {PROPORTION}",
            next_step=_rates_of(counter, measure),
        )
    figures = [counter.figure(measure, one, period) for one in counter.sources(measure.dataset)]
    if figures and all(one.value is None for one in figures):
        raise NotEnoughData(
            f"no force has a figure of {measure.id} over {period}; of {figures[0].scope}: "
            f"{figures[0].missing}",
            expected="a figure of at least three forces",
        )
    return funnel(figures, about=about, similar=similar, target=target)


def _rates_of(counter: Counter, measure: Measure) -> str:
    made = [one.id for one in counter.measures.values() if one.of == measure.id]
    if made:
        return f"ask for {' or '.join(made)}"
    return "define its rate in a measure of your own, with `of` and `per`"


def concentration_of(
    counter: Counter, name: str, area: str, period: Period, *, place: str
) -> Concentration:
    """How what was counted over whole months lies over places.

    Raises:
        NotKnown: no such measure, area or kind of place.
        NotEnoughData: a month is missing, or its rows carry no place.
        DefinitionRefused: the measure is no count, or the period is not whole months.
    """
    found = counter.places(name, area, period, place=place)
    return concentration(
        found.counts.values(),
        found.counted,
        places=found.places,
        place=found.noun,
        unplaced=found.unplaced,
        elsewhere=found.elsewhere,
    )


def severity_of(
    counter: Counter, name: str, area: str, period: Period, *, part_allowed: bool
) -> Severity:
    """The Crime Severity Score of an area (points per resident) over whole months.

    Raises:
        NotKnown: no such measure or area.
        NotEnoughData: a month is missing, there are no weights or residents, or offences have
            no weight and a part is not allowed.
        DefinitionRefused: the measure is no weighted sum, or the period is not whole months.
    """
    found = counter.weighed(name, area, period)
    return severity_score(
        found.counted,
        found.counts,
        found.weights,
        found.residents,
        edition=found.edition,
        part_allowed=part_allowed,
    )


def pilot_of(
    counter: Counter, name: str, areas: PilotAreas, before: Period, after: Period
) -> PilotDifference:
    """A pilot area set against a comparison area, with the areas beside both if there are any.

    The range takes the largest dispersion that any of the areas had by the month up to the
    end of `before`; where none of them can tell it, chance alone.

    Raises:
        NotKnown: no such measure or area.
        NotEnoughData: a count is missing, or nothing was counted anywhere.
        DefinitionRefused: the measure is no count, areas are given beside only one of the two,
            or the periods overlap.
    """
    measure = counter.measure(name)
    if measure.kind != COUNT:
        raise DefinitionRefused(
            f"{measure.id} is a {measure.kind}", expected="a measure of kind count"
        )
    if after.start <= before.end:
        raise DefinitionRefused(
            f"before is {before} and after is {after}",
            expected="a period after that starts once the period before has ended",
        )
    named = (areas.pilot, areas.comparison, areas.beside_pilot, areas.beside_comparison)
    given = [one for one in named if one]
    _must_be_apart(given)
    counted = [
        BeforeAfter(counter.figure(measure, one, before), counter.figure(measure, one, after))
        if one
        else None
        for one in named
    ]
    pilot, comparison, beside_pilot, beside_comparison = counted
    assert pilot is not None
    assert comparison is not None
    return pilot_difference(
        pilot,
        comparison,
        beside_pilot=beside_pilot,
        beside_comparison=beside_comparison,
        dispersion=_largest_spread(counter, measure, given, before),
    )


def _must_be_apart(areas: list[str]) -> None:
    for at, one in enumerate(areas):
        for other in areas[at + 1 :]:
            if one == other or f"{one}/".startswith(f"{other}/") or other.startswith(f"{one}/"):
                raise DefinitionRefused(
                    f"{one} and {other} share what is counted",
                    expected="areas of which none is another or lies within it",
                )


def _largest_spread(counter: Counter, measure: Measure, areas: list[str], before: Period) -> float:
    """The largest dispersion of the areas (a ratio, 1 or more) up to the end of a period."""
    found = [1.0]
    for area in areas:
        try:
            found.append(dispersion(counter.series(measure, area, to=before.end)).value)
        except NotEnoughData:
            continue
    return max(found)
