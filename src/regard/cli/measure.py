"""`regard measure`: what is measured; its other verbs stand in modules of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from regard.cli.nouns import noun
from regard.cli.output import AsJson, known_measures, shape_of, show
from regard.records.contracts import contracts
from regard.records.measures import measures_in

# Statistics, charts and their engines take a second to read: only the verbs that need them do.
ELSEWHERE = {
    "show": "reading",
    "steps": "reading",
    "decide": "deciding",
    "forecast": "forecasting",
    "chart": "charting",
    "pack": "charting",
    "funnel": "comparing",
    "concentration": "comparing",
    "severity": "comparing",
    "pilot": "comparing",
    "waves": "surveying",
}

app = noun(ELSEWHERE)


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


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A TOML file of measures.")],
) -> None:
    """Check a file of measures of your own against the datasets they count."""
    found = measures_in([file], contracts())
    for one in found.values():
        typer.echo(f"{one.id}: {one.description}")
    typer.echo(f"Sound measures in {file.name}: {len(found)}.", err=True)
