"""Counts of a measure by place, or by offence with its weight, over whole months of an area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import narwhals.stable.v2 as nw

from regard.core.errors import DefinitionRefused, NotEnoughData, NotKnown
from regard.core.figures import Figure, Source
from regard.core.periods import Month
from regard.core.series import COUNT, WEIGHTED
from regard.records.expressions import plain
from regard.records.measures import POPULATION, Measure
from regard.records.question import LOCAL, Asked, Question, Records
from regard.records.valuing import ESTIMATE

OFFENCES = "offences"
AREAS = "area"  # the dataset that says which places there are
LSOA, LOCATION, PRIORITY = "lsoa", "location", "priority_area"
PLACES = (LSOA, LOCATION, LOCAL, PRIORITY)
LEVELS = {LSOA: "lsoa", LOCAL: "local-area", PRIORITY: "priority-area"}  # as areas name them
# One wording stands for many points (On or near Supermarket), so a location is one of its LSOA.
WITHIN = {LOCATION: (LSOA, LOCATION)}
NOUNS = {LSOA: "LSOA", LOCATION: "location", LOCAL: "local area", PRIORITY: "priority area"}
MID_YEAR_ESTIMATE = "mid-year estimate 1"  # as the residents of a rate have it
Pieces = Sequence[tuple[Month, Asked]]


@dataclass(frozen=True)
class PlaceCounts:
    """How many were counted at each place. Places without any are not listed.

    Attributes:
        counted: All that were counted, with their sources.
        place: The column that names the place: one of `PLACES`.
        noun: What a place is called, in the singular.
        counts: Rows, or their sum, by place of the area.
        unplaced: Those that carry no place.
        elsewhere: Those in places that are not of the area, by the look-up of areas.
        places: How many places the area has; None where no look-up says.
        known_by: The import of the look-up and its vintage; None without one.
    """

    counted: Figure
    place: str
    noun: str
    counts: Mapping[str, int]
    unplaced: int
    elsewhere: int
    places: int | None
    known_by: Source | None


@dataclass(frozen=True)
class WeighedCounts:
    """How many offences of each code were counted, and the weights of the codes.

    Attributes:
        counted: All that were counted, with their sources.
        residents: The residents of the area, by the rule of rates; missing where none were
            brought in, or the area is a local one.
        counts: Offences by code, net of corrections; `no code` for those without.
        weights: Points an offence by code.
        edition: Edition of the weights.
    """

    counted: Figure
    residents: Figure
    counts: Mapping[str, int]
    weights: Mapping[str, float]
    edition: str


def place_counts(
    records: Records, asked: Question, counted: Figure, pieces: Pieces, *, place: str
) -> PlaceCounts:
    """A count by place (rows, or their sum), over months that can all be counted.

    Args:
        records: The rows.
        asked: The measure and the area.
        counted: Their figure over the period.
        pieces: The months of the period with what each holds.
        place: The column that names the place.

    Raises:
        NotKnown: there is no such kind of place.
        NotEnoughData: a month is missing, or its rows carry no place.
        DefinitionRefused: the measure is no count, or the period is not whole months.
    """
    if place not in PLACES or place not in asked.supply.contract.names:
        known = [one for one in PLACES if one in asked.supply.contract.names]
        raise NotKnown(f"place of {asked.measure.dataset} rows", place, known)
    if asked.definition.kind != COUNT:
        raise DefinitionRefused(
            f"{asked.measure.id} is a {asked.measure.kind}", expected="a measure of kind count"
        )
    columns = WITHIN.get(place, (place,))
    by_columns = _by(records, asked, counted, pieces, columns)
    found = {
        " in ".join(map(str, reversed(at))): n for at, n in by_columns.items() if None not in at
    }
    every, known_by = _known_places(records, asked, place, found)
    inside = found if every is None else {one: n for one, n in found.items() if one in every}
    return PlaceCounts(
        counted=counted,
        place=place,
        noun=NOUNS[place],
        counts=inside,
        unplaced=sum(n for at, n in by_columns.items() if None in at),
        elsewhere=sum(found.values()) - sum(inside.values()),
        places=None if every is None else len(every),
        known_by=known_by,
    )


def weighed_counts(
    records: Records, asked: Question, counted: Figure, pieces: Pieces
) -> WeighedCounts:
    """The offences of a weighted sum by code (counts), and the weights it takes (points).

    Args:
        records: The rows.
        asked: The weighted sum and the area.
        counted: The figure of the weighted sum over the period.
        pieces: The months of the period with what each holds.

    Raises:
        NotEnoughData: a month is missing, or there are no weights.
        DefinitionRefused: the measure is no weighted sum, or the period is not whole months.
    """
    one = asked.definition
    if one.kind != WEIGHTED:
        raise DefinitionRefused(
            f"{asked.measure.id} is a {asked.measure.kind}",
            expected="a measure of kind weighted-sum, such as crime-severity",
        )
    by_code = _by(records, asked, counted, pieces, (one.key,))
    counts = {"no code" if code is None else str(code): n for (code,), n in by_code.items()}
    weights = records.weights(one.weights)
    total = replace(
        counted,
        value=float(sum(counts.values())),
        unit=OFFENCES,
        measure=f"{one.id}, {OFFENCES}",
        method=f"{one.method}, {OFFENCES}",
    )
    residents = _residents(records, asked, counted)
    return WeighedCounts(total, residents, counts, dict(weights.by_code), weights.edition)


def _residents(records: Records, asked: Question, counted: Figure) -> Figure:
    """The residents of the area, by the rule of rates."""
    assert counted.period is not None
    start = Month.of(counted.period.start)
    made = Figure(
        value=None,
        unit="residents",
        measure=POPULATION,
        scope=asked.area,
        basis=ESTIMATE,
        method=MID_YEAR_ESTIMATE,
        as_at=counted.as_at,
        missing=f"residents of the local area {asked.local} are not known"
        if asked.local
        else records.residents.why_not(asked.source, start),
    )
    found = None if asked.local else records.residents.at(asked.source, start)
    if found is None:
        return made
    told = records.supply(POPULATION).source_of(found.import_number, str(found))
    return replace(
        made, value=float(found.persons), as_at=found.month.end, sources=(told,), missing=""
    )


def _by(
    records: Records, asked: Question, counted: Figure, pieces: Pieces, columns: tuple[str, ...]
) -> dict[tuple[object, ...], int]:
    """The count by some columns, in the order of their values."""
    period = counted.period
    if period is None or period.part_months:
        raise DefinitionRefused(
            f"{counted.measure} by {', '.join(columns)} over {period}",
            expected="a period of whole months",
        )
    if counted.value is None:
        raise NotEnoughData(
            f"{counted.measure} of {counted.scope} is missing over {period}: {counted.missing}",
            expected="every month of the period",
        )
    months = [month for month, _ in pieces]
    for month in months:
        lacking = asked.supply.slice_lacks(columns, asked.source, month)
        if lacking:
            raise NotEnoughData(lacking, expected=f"rows that carry {' and '.join(columns)}")
    one: Measure = replace(asked.definition, kind=COUNT, weights="", key="")
    tallied = records.count(asked.rows(months), one, columns)
    return {at: _whole(tally.value) for at, tally in sorted(tallied.items(), key=_in_order)}


def _in_order(one: tuple[tuple[object, ...], object]) -> tuple[str, ...]:
    return tuple(str(at) for at in one[0])


def _whole(value: Fraction) -> int:
    if value.denominator != 1:
        raise DefinitionRefused(f"a count of {float(value):g}", expected="whole counts")
    return int(value)


def _known_places(
    records: Records, asked: Question, place: str, found: Mapping[str, int]
) -> tuple[frozenset[str] | None, Source | None]:
    """The places of a force by the vintage of areas that most of what was counted lies in."""
    if place not in LEVELS or asked.local:
        return None, None
    supply = records.supply(AREAS)
    frame = records.frame(supply, supply.imports)
    if frame is None:
        return None, None
    of_force = frame.filter(nw.col("level") == LEVELS[place], nw.col("force") == asked.source)
    vintages: dict[str, set[str]] = {}
    numbers: dict[str, set[int]] = {}
    for row in records.engine.rows(of_force.select("source", "code", "import_number")):
        vintage, code, number = (plain(one) for one in row)
        vintages.setdefault(vintage, set()).add(code)
        numbers.setdefault(vintage, set()).add(number)
    if not vintages:
        return None, None
    chosen = max(
        sorted(vintages), key=lambda one: sum(n for at, n in found.items() if at in vintages[one])
    )
    detail = f"{len(vintages[chosen]):,} {NOUNS[place]}s of {asked.source}, vintage {chosen}"
    return frozenset(vintages[chosen]), supply.source_of(max(numbers[chosen]), detail)
