"""`regard measure show` and `steps`: what a measure says, and where its level moved."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from regard.cli.asking import (
    Area,
    Baselines,
    From,
    Named,
    To,
    Traced,
    baselines_of,
    counter_of,
    series_of,
    tell,
    whole,
)
from regard.cli.nouns import noun
from regard.cli.output import AsCsv, AsJson, KnownAt, Shape, shape_of, show
from regard.core.errors import DefinitionRefused
from regard.core.series import COUNT
from regard.signals import Point, Reading, read
from regard.signals.found import Proposal
from regard.signals.methods import BY_KIND

app = noun()


@app.command("show")
def show_(
    ctx: typer.Context,
    name: Named,
    area: Area,
    start: From = "",
    to: To = "",
    known_at: KnownAt = "",
    baseline: Baselines = None,
    method: Annotated[
        str, typer.Option(help="How it is read, such as nhs-making-data-count.")
    ] = BY_KIND,
    target: Annotated[
        float | None, typer.Option(help="The level that a month should reach, in the unit shown.")
    ] = None,
    traced: Traced = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Show a measure month by month, what is normal for it, and what has really changed."""
    shape = shape_of(as_json=as_json, as_csv=as_csv)
    with counter_of(ctx, known_at) as counter:
        series = series_of(counter, name, area, start, to)
    steps = baselines_of(baseline, series)
    reading = read(series, baselines=steps, target=target, method=method)
    if shape is Shape.TABLE:
        typer.echo("\n".join(_head(reading)) + "\n")
    show(_months(reading, shape), shape=shape)
    if shape is Shape.TABLE:
        tell(reading.statements(), sources=series.sources, traced=traced)


def _head(reading: Reading) -> list[str]:
    """The state, the words of the icons where they are what the method gives, and the method."""
    series, method = reading.series, reading.method
    told = [f"{series.name}, {series.scope}{': ' if reading.state else ''}{reading.state}"]
    if not reading.state or reading.options.target is not None:
        told.append(f"Variation: {reading.variation}. Assurance: {reading.assurance}.")
    told.append(f"Method: {method} ({method.title}, {method.published}).")
    return told


def _months(reading: Reading, shape: Shape) -> list[dict[str, Any]]:
    """A row a month; people see what was expected only where it is not the average itself."""
    rows = [_row(point, reading) for point in reading.points]
    if shape is Shape.TABLE and all(row["expected"] in (None, row["average"]) for row in rows):
        rows = [{key: row[key] for key in row if key != "expected"} for row in rows]
    return rows


def _row(point: Point, reading: Reading) -> dict[str, Any]:
    levels = reading.levels or reading.segments
    level = next((one for one in levels if one.start <= point.month <= one.end), None)
    return {
        "month": point.month.iso,
        reading.series.unit: whole(point.value, reading.series.kind),
        "average": None if level is None else level.mean,
        "expected": point.centre,
        "lower_limit": point.lower,
        "upper_limit": point.upper,
        "signals": ", ".join(point.signals),
        "missing": reading.series.why_missing.get(point.month, ""),
    }


@app.command()
def steps(
    ctx: typer.Context,
    name: Named,
    area: Area,
    start: From = "",
    to: To = "",
    known_at: KnownAt = "",
    baseline: Baselines = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Show the steps that a measure proposes, as lines that a plan takes once somebody accepts."""
    shape = shape_of(as_json=as_json, as_csv=as_csv)
    with counter_of(ctx, known_at) as counter:
        series = series_of(counter, name, area, start, to)
    if series.kind != COUNT:
        raise DefinitionRefused(
            f"{name} is a {series.kind}, in which no steps are looked for",
            expected="a measure of kind count",
            next_step="ask for the steps of the counts that it is made from",
        )
    reading = read(series, baselines=baselines_of(baseline, series))
    found = reading.proposals
    nothing = f"No step is proposed for {name} of {area}: {reading.state}."
    show([_step(one, reading) for one in found], shape=shape, nothing=nothing)
    if shape is Shape.TABLE and found:
        tell([one.statement for one in found], sources=series.sources)
        typer.echo("\n" + "\n\n".join(_accepted(one, reading) for one in found))


def _step(one: Proposal, reading: Reading) -> dict[str, Any]:
    span = one.percent.interval
    return {
        "measure": reading.series.measure,
        "area": reading.series.scope,
        "month": one.month.iso,
        "earliest": one.earliest.iso,
        "latest": one.latest.iso,
        "direction": one.direction,
        "before": one.before.value,
        "after": one.after.value,
        "percent": one.percent.value,
        "low": None if span is None else span.low,
        "high": None if span is None else span.high,
        "evidence": one.evidence,
        "months_since": one.months,
    }


def _accepted(one: Proposal, reading: Reading) -> str:
    """Lines for a plan; what a person must say is left empty, which a plan refuses."""
    series = reading.series
    if "/" in series.scope:
        return f"A plan takes steps of whole forces, and {series.scope} is a part of one."
    return f"""\
# {one.direction} by {one.percent}, begun {one.earliest.iso} to {one.latest.iso}; {reading.method}
[[accepted_step]]
measure = "{series.measure}"
area = "{series.scope}"
from = "{one.month.iso}"
reason = [{{ text = "", source = "" }}]  # why the level moved, and where that is written
accepted_by = ""                       # the post that accepts it
on = ""                                # the day, as 2014-03-14, without quotes"""
