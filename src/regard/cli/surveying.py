"""`regard measure waves`: a survey question, wave by wave."""

from __future__ import annotations

from typing import Any

import typer

from regard.cli.asking import Area, From, Named, To, Traced, counter_of, tell
from regard.cli.nouns import noun
from regard.cli.output import AsCsv, AsJson, KnownAt, Shape, day, shape_of, show
from regard.core.figures import Figure
from regard.core.periods import Month
from regard.plan.waves import WaveRead, waves_of
from regard.signals.surveys import Difference

LOW, HIGH = ENDS = ("low", "high")
# The ends of ranges of differences, which people read in the sentences below the table.
FOR_PROGRAMS = {"design_effect"} | {
    f"{what}_{end}" for what in ("since_before", "since_year", "rolling_year") for end in ENDS
}

app = noun()


@app.command()
def waves(
    ctx: typer.Context,
    name: Named,
    area: Area,
    start: From = "",
    to: To = "",
    known_at: KnownAt = "",
    traced: Traced = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Show a survey's waves with their ranges, how they differ, rolling years and the trend."""
    shape = shape_of(as_json=as_json, as_csv=as_csv)
    with counter_of(ctx, known_at) as counter:
        found = waves_of(
            counter,
            name,
            area,
            start=Month.parse(start) if start else None,
            to=day(to) if to else None,
        )
    rows = [_row(one) for one in found.waves]
    brief = ({key: row[key] for key in row if key not in FOR_PROGRAMS} for row in rows)
    show(brief if shape is Shape.TABLE else rows, shape=shape)
    if shape is Shape.TABLE:
        tell(found.statements(), sources=found.sources, traced=traced)


def _row(one: WaveRead) -> dict[str, Any]:
    rolled = None if one.rolled is None else one.rolled.figure
    return {
        "wave": one.share.wave.ended.iso,
        "answers": int(one.share.wave.answers),
        "design_effect": one.share.wave.design_effect,
        **_spanned("percent", one.share.figure),
        **_difference("since_before", one.since_before),
        **_difference("since_year", one.since_year),
        **_spanned("rolling_year", rolled),
        "missing": one.share.figure.missing,
    }


def _spanned(named: str, figure: Figure | None) -> dict[str, Any]:
    span = None if figure is None else figure.interval
    return {
        named: None if figure is None else figure.value,
        f"{named}_{LOW}": None if span is None else span.low,
        f"{named}_{HIGH}": None if span is None else span.high,
    }


def _difference(named: str, found: Difference | None) -> dict[str, Any]:
    spanned = _spanned(named, None if found is None else found.difference)
    return {**spanned, f"{named}_is": "" if found is None else found.verdict}
