"""`regard measure`: what is measured, and what a measure of an area says."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from regard.cli.nouns import noun
from regard.cli.output import (
    AsCsv,
    AsJson,
    KnownAt,
    Shape,
    day,
    instant,
    known_measures,
    shape_of,
    show,
)
from regard.core.errors import DefinitionRefused
from regard.core.periods import Month
from regard.core.series import COUNT, Series
from regard.core.statements import trace
from regard.records.contracts import contracts
from regard.records.counting import Counter
from regard.records.measures import measures_in
from regard.records.store import Store
from regard.signals import Point, Reading, read

app = noun()


@app.command("list")
def list_(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List the measures that can be asked for; --json tells kind, direction and dataset too."""
    rows = [
        {
            "measure": one.id,
            "name": one.name,
            "kind": one.kind,
            "unit": one.unit,
            "better": one.better,
            "dataset": one.dataset,
        }
        for one in known_measures(ctx).values()
    ]
    shape = shape_of(as_json=as_json)
    brief = ({key: row[key] for key in ("measure", "name", "unit")} for row in rows)
    show(rows if as_json else brief, shape=shape)


@app.command("show")
def show_(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="The measure, as `measure list` shows it.")],
    area: Annotated[str, typer.Option(help="A force as police.uk names it, or force/local-area.")],
    start: Annotated[str, typer.Option("--from", help="The first month, such as 2018-01.")] = "",
    to: Annotated[str, typer.Option(help="The last day, such as 2020-12-31.")] = "",
    known_at: KnownAt = "",
    baseline: Annotated[
        list[str] | None,
        typer.Option(help="First month of an accepted new level; may be repeated."),
    ] = None,
    traced: Annotated[
        bool, typer.Option("--trace", help="Show what every figure stands on, down to the rows.")
    ] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Show a measure month by month, what is normal for it, and what has really changed."""
    shape = shape_of(as_json=as_json, as_csv=as_csv)
    with Counter(Store(ctx.obj), known_at=instant(known_at), known=known_measures(ctx)) as counter:
        series = counter.series(
            name,
            area,
            start=Month.parse(start) if start else None,
            to=day(to) if to else None,
        )
    reading = read(series, baselines=_baselines(baseline or (), series))
    show([_row(point, reading) for point in reading.points], shape=shape)
    if shape is Shape.TABLE:
        _tell(reading, traced=traced)


def _baselines(written: Iterable[str], series: Series) -> tuple[Month, ...]:
    first, last = series.months[0], series.months[-1]
    found = tuple(Month.parse(one) for one in written)
    for month in found:
        if not first < month <= last:
            raise DefinitionRefused(
                f"{month} cannot begin a new level",
                expected=f"a month after {first}, the first one shown, and up to {last}",
            )
    return found


def _row(point: Point, reading: Reading) -> dict[str, Any]:
    return {
        "month": point.month.iso,
        reading.series.unit: _whole(point.value, reading.series.kind),
        "average": point.centre,
        "lower_limit": point.lower,
        "upper_limit": point.upper,
        "signals": ", ".join(point.signals),
        "missing": reading.series.why_missing.get(point.month, ""),
    }


def _whole(value: float | None, kind: str) -> float | None:
    return int(value) if value is not None and kind == COUNT and value.is_integer() else value


def _tell(reading: Reading, *, traced: bool) -> None:
    said = reading.statements()
    typer.echo("\n" + "\n".join(str(statement) for statement in said))
    typer.echo("\nFrom " + "; ".join(str(one) for one in reading.series.sources) + ".")
    if traced:
        steps = (step for one in said for figure in one.figures for step in trace(figure))
        typer.echo("\n" + "\n".join(dict.fromkeys(str(step) for step in steps)))


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A TOML file of measures.")],
) -> None:
    """Check a file of measures of your own against the datasets they count."""
    found = measures_in([file], contracts())
    for one in found.values():
        typer.echo(f"{one.id}: {one.description}")
    typer.echo(f"Sound measures in {file.name}: {len(found)}.", err=True)
