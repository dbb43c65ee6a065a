"""`regard measure funnel`, `concentration`, `severity` and `pilot`: one thing beside another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from regard.board.comparing import chart_of_concentration, chart_of_funnel
from regard.cli.asking import Area, Named, Over, Traced, counter_of, period_of, tell, whole
from regard.cli.drawn import Picture, area_named, draw_into
from regard.cli.nouns import noun
from regard.cli.output import AsCsv, AsJson, KnownAt, Shape, shape_of, show
from regard.core.errors import DefinitionRefused, NotKnown
from regard.core.figures import Figure
from regard.core.series import COUNT
from regard.plan.comparisons import PilotAreas, concentration_of, funnel_of, pilot_of, severity_of
from regard.plan.similar import load_similar
from regard.records.forces import forces
from regard.records.places import LSOA
from regard.signals.comparing import (
    Concentration,
    Funnel,
    PilotDifference,
    Severity,
    SimilarForces,
    Weighed,
)
from regard.signals.comparing.funnel import OF_ALL, OF_GROUP, OF_TYPICAL
from regard.signals.yearend.ends import within

TARGETS = {"all": OF_ALL, "group": OF_GROUP, "typical": OF_TYPICAL}
BEYOND = {"inside": "inside", "between": "95%", "beyond": "99.8%"}
SEVERITY = "crime-severity"
MOST_OFFENCES = 12  # kinds of offence that people are shown one by one

app = noun()


@app.command("funnel")
def funnel_(
    ctx: typer.Context,
    name: Named,
    period: Over,
    about: Annotated[str, typer.Option(help="The force the funnel is about.")] = "",
    similar: Annotated[
        Path | None, typer.Option(help="A TOML file of most similar forces; its group is drawn.")
    ] = None,
    target: Annotated[
        str,
        typer.Option(help="The centre: all forces together, the group drawn, or a typical force."),
    ] = "all",
    out: Picture = None,
    known_at: KnownAt = "",
    traced: Traced = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Set a rate or a share of every force against limits for its size; it is no league table."""
    shape = shape_of(as_json=as_json, as_csv=as_csv)
    if target not in TARGETS:
        raise NotKnown("target", target, TARGETS)
    when = period_of(period)
    groups = None if similar is None else _groups(similar, about)
    names = {slug: one.name for slug, one in forces().items()}
    with counter_of(ctx, known_at) as counter:
        found = funnel_of(counter, name, when, about=about, similar=groups, target=TARGETS[target])
        title = counter.measure(name).name
    show(_placed(found), shape=shape)
    if out is not None:
        draw_into(chart_of_funnel(found, name=title, when=str(when), names=names), out)
    if shape is Shape.TABLE:
        tell(found.statements(names), sources=_sources(*found.target.parts), traced=traced)


def _groups(similar: Path, about: str) -> SimilarForces:
    if not about:
        raise DefinitionRefused(
            f"{similar} gives groups of forces, and no force is named whose group is to be drawn",
            expected="--about with a force",
            next_step="add --about, or leave --similar out",
        )
    return load_similar(similar)


def _placed(found: Funnel) -> list[dict[str, Any]]:
    rows = [
        {
            "area": one.area,
            "base": whole(one.base, COUNT),
            "value": one.value.value,
            "low_95": _low(one.inner),
            "high_95": _high(one.inner),
            "low_998": _low(one.outer),
            "high_998": _high(one.outer),
            "position": f"{one.side} {BEYOND[one.position]}".strip(),
            "chance": one.chance,
            "missing": "",
        }
        for one in found.areas
    ]
    gone = [
        {**dict.fromkeys(rows[0]), "area": area, "position": "", "missing": why}
        for area, why in found.missing
    ]
    return rows + gone


@app.command("concentration")
def concentration_(
    ctx: typer.Context,
    name: Named,
    area: Area,
    period: Over,
    place: Annotated[
        str, typer.Option(help="What a place is: lsoa, location, local_area or priority_area.")
    ] = LSOA,
    out: Picture = None,
    known_at: KnownAt = "",
    traced: Traced = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Say what share of crime lies in what share of places, beside what chance alone would give."""
    shape = shape_of(as_json=as_json, as_csv=as_csv)
    when = period_of(period)
    with counter_of(ctx, known_at) as counter:
        found = concentration_of(counter, name, area, when, place=place)
        title = within(counter.measure(name).name)
    show(_held(found), shape=shape)
    if out is not None:
        scope = f"{area_named(area)}, {when}"
        draw_into(chart_of_concentration(found, name=title, scope=scope), out)
    if shape is Shape.TABLE:
        tell(found.statements(), sources=_sources(found.crimes), traced=traced)


def _held(found: Concentration) -> list[dict[str, Any]]:
    return [
        {
            "percent_of_crimes": one.share.value,
            "places": int(one.places.known),
            "percent_of_places": one.of_all.value,
            "low": _low(one.of_all),
            "high": _high(one.of_all),
            "percent_by_chance": one.by_chance.value,
            "percent_of_places_with_any": one.of_any.value,
        }
        for one in found.held
    ]


@app.command()
def severity(
    ctx: typer.Context,
    area: Area,
    period: Over,
    name: Annotated[
        str, typer.Option("--measure", help="The weighted sum that is scored.")
    ] = SEVERITY,
    part: Annotated[
        bool, typer.Option("--part", help="Score a part where some offences have no weight.")
    ] = False,
    known_at: KnownAt = "",
    traced: Traced = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Give the Crime Severity Score of an area with its range, and the offences it rests on."""
    shape = shape_of(as_json=as_json, as_csv=as_csv)
    with counter_of(ctx, known_at) as counter:
        found = severity_of(counter, name, area, period_of(period), part_allowed=part)
    show(_weighed(found, MOST_OFFENCES if shape is Shape.TABLE else None), shape=shape)
    if shape is Shape.TABLE:
        tell(found.statements(), sources=_sources(found.counted, found.residents), traced=traced)


def _weighed(found: Severity, most: int | None) -> list[dict[str, Any]]:
    """A row an offence up to so many, the others in one, then the score itself."""
    shown, others = found.offences[:most], found.offences[len(found.offences[:most]) :]
    rows = [_offences(found, one.code, [one], one.weight) for one in shown]
    if others:
        rows.append(_offences(found, f"{len(others)} others", others, None))
    every = _offences(found, "all with a weight", found.offences, None)
    return [*rows, every | {"low": _low(found.score), "high": _high(found.score)}]


def _offences(
    found: Severity, named: str, held: Sequence[Weighed], weight: float | None
) -> dict[str, Any]:
    return {
        "offence": named,
        "count": sum(one.count for one in held),
        "weight": weight,
        "score": found.score.known * sum(one.share for one in held),
        "low": None,
        "high": None,
        "percent_of_score": 100 * sum(one.share for one in held),
        "percent_of_variance": 100 * sum(one.variance_share for one in held),
    }


@app.command("pilot")
def pilot_(
    ctx: typer.Context,
    name: Named,
    pilot: Annotated[str, typer.Option(help="The area of the pilot, often force/local-area.")],
    comparison: Annotated[str, typer.Option(help="The area it is set against.")],
    before: Annotated[str, typer.Option(help="The period before, such as 2017-04..2018-03.")],
    after: Annotated[str, typer.Option(help="The period after, such as 2018-04..2019-03.")],
    beside_pilot: Annotated[
        str, typer.Option(help="The area beside the pilot, to which crime could have moved.")
    ] = "",
    beside_comparison: Annotated[
        str, typer.Option(help="The area beside the comparison; given with the one above.")
    ] = "",
    known_at: KnownAt = "",
    traced: Traced = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Set a pilot area's counts before and after against a comparison area, with the range."""
    shape = shape_of(as_json=as_json, as_csv=as_csv)
    areas = PilotAreas(pilot, comparison, beside_pilot, beside_comparison)
    with counter_of(ctx, known_at) as counter:
        found = pilot_of(counter, name, areas, period_of(before), period_of(after))
    show(_differences(found), shape=shape)
    if shape is Shape.TABLE:
        tell(found.statements(), sources=_sources(*found.total.parts), traced=traced)


def _differences(found: PilotDifference) -> list[dict[str, Any]]:
    """The pilot against the comparison, the areas beside them, and both together."""
    pairs = (
        ("areas", found.pilot, found.comparison, found.local),
        ("areas beside", found.beside_pilot, found.beside_comparison, found.displaced),
    )
    rows = [
        {
            "what": what,
            "before": whole(one.before.value, COUNT),
            "after": whole(one.after.value, COUNT),
            "comparison_before": whole(other.before.value, COUNT),
            "comparison_after": whole(other.after.value, COUNT),
            **_spanned(difference),
            "verdict": "",
        }
        for what, one, other, difference in pairs
        if one is not None and other is not None and difference is not None
    ]
    total = {**dict.fromkeys(rows[0]), "what": "together", **_spanned(found.total)}
    return [*rows, {**total, "verdict": found.verdict}]


def _spanned(figure: Figure) -> dict[str, Any]:
    return {"difference": figure.value, "low": _low(figure), "high": _high(figure)}


def _low(figure: Figure) -> float | None:
    return None if figure.interval is None else figure.interval.low


def _high(figure: Figure) -> float | None:
    return None if figure.interval is None else figure.interval.high


def _sources(*figures: Figure) -> list[Any]:
    return [source for figure in figures for source in figure.sources]
