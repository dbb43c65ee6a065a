"""`regard plan enter` and `file`: a plan into the register, and out of it again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from regard.cli.nouns import noun
from regard.cli.output import day, known_measures, write_or_show
from regard.cli.speaking import By, Holder, KnownAt, TrueOn, open_register, seen, speaker
from regard.plan.entering import enter_plan
from regard.plan.filing import file_text
from regard.plan.loading import load
from regard.plan.registered import registered_plan

app = noun()


@app.command()
def enter(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A plan file.")],
    by: By = "",
    holder: Holder = "",
    effective: Annotated[
        str, typer.Option(help="The day from which it is true; the first of its year if left out.")
    ] = "",
) -> None:
    """Enter a plan file into the register: each promise becomes an entry with its own history."""
    register = open_register(ctx)
    entered = enter_plan(
        register,
        load(file),
        by=speaker(register, by, holder),
        effective=day(effective) if effective else None,
        known=known_measures(ctx),
    )
    typer.echo(
        f"{entered.edition}: {entered.entries} entries. The register stands at "
        f"{register.head().said}."
    )


@app.command("file")
def file_(
    ctx: typer.Context,
    plan: Annotated[str, typer.Argument(help="A plan that the register holds, by its id.")],
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
    true_on: TrueOn = "",
    out: Annotated[
        Path | None, typer.Option(help="A new file for the plan; shown if left out.")
    ] = None,
) -> None:
    """Write a plan of the register as a plan file, as it stood at any place on both clocks."""
    view = seen(open_register(ctx), by, holder, known_at=known_at, true_on=true_on)
    write_or_show(file_text(registered_plan(view, plan)), out)
