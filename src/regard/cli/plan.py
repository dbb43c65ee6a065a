"""`regard plan`: a Police and Crime Plan as data, drafted, checked, and kept in the register."""

from __future__ import annotations

from collections.abc import Sized
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from regard.cli.nouns import noun
from regard.cli.output import day, known_measures, write_or_show
from regard.core.errors import NotKnown
from regard.plan.drafting import draft as draft_plan
from regard.plan.loading import load

# The register's database takes half a second to read: only the verbs that need it do.
app = noun({"enter": "plan_entries", "file": "plan_entries"})


@app.command()
def check(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A plan file.")],
) -> None:
    """Check a plan file, and that every measure it names is known."""
    plan = load(file)
    known = known_measures(ctx)
    for one in plan.measures():
        if one not in known:
            raise NotKnown("measure", one, known, next_step="list them with: regard measure list")
    typer.echo(
        f"{plan.name}: {_counted(plan.outcomes, 'outcome')}, "
        f"{_counted(plan.milestones, 'milestone')}, {_counted(plan.deliverables, 'deliverable')}, "
        f"{_counted(plan.baselines, 'accepted step change')}."
    )


@app.command()
def draft(
    area: Annotated[str, typer.Option(help="A force as police.uk names it.")],
    as_at: Annotated[str, typer.Option(help="The day of the first paper; today if left out.")] = "",
    out: Annotated[
        Path | None, typer.Option(help="A new file for the plan; shown if left out.")
    ] = None,
) -> None:
    """Draft a plan file for an area that watches every police.uk category, for you to complete."""
    day_of_paper = day(as_at) if as_at else date.today()  # noqa: DTZ011 - the reader's own day
    write_or_show(draft_plan(area, day_of_paper), out)


def _counted(things: Sized, what: str) -> str:
    return f"{len(things)} {what}{'' if len(things) == 1 else 's'}"
