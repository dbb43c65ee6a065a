"""`regard measure decide`: a named post accepts or declines a step, in the register."""

from __future__ import annotations

from typing import Annotated

import typer

from regard.cli.asking import Area, From, Named, To, counter_of, series_of
from regard.cli.nouns import noun
from regard.cli.output import known_measures
from regard.cli.speaking import By, Holder, open_register, speaker
from regard.core.errors import DefinitionRefused
from regard.core.periods import Month
from regard.core.series import COUNT
from regard.plan.stepping import StepDecision, decide_step, proposal_for
from regard.signals import read

app = noun()


@app.command()
def decide(
    ctx: typer.Context,
    name: Named,
    area: Area,
    month: Annotated[str, typer.Argument(help="The first month of the new level: 2013-04.")],
    reason: Annotated[str, typer.Option(help="Why, in the post's words.")],
    accept: Annotated[
        bool, typer.Option("--accept/--decline", help="Whether the step is accepted.")
    ] = True,
    start: From = "",
    to: To = "",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Accept or decline a step of a measure; the register keeps the proposal it answers."""
    register = open_register(ctx)
    who, first = speaker(register, by, holder), Month.parse(month)
    with counter_of(ctx, "") as counter:
        series = series_of(counter, name, area, start, to)
    if series.kind != COUNT:
        raise DefinitionRefused(
            f"{name} is a {series.kind}, in which no steps are looked for",
            expected="a measure of kind count",
        )
    reading = read(series)
    found = proposal_for(reading, first)
    entry = decide_step(
        register,
        StepDecision(
            measure=series.measure,
            area=series.scope,
            start=first,
            accept=accept,
            reason=reason,
            proposal=found,
            method=str(reading.method) if found else "",
        ),
        by=who,
        known=known_measures(ctx),
    )
    answered = (
        f"It answers the proposal of {found.month} ({found.earliest} to {found.latest})."
        if found
        else "No step was proposed for that month; the register says so."
    )
    said = "accepted" if accept else "declined"
    typer.echo(f"Entry {entry.seq}: a step of {name} in {first} was {said}. {answered}")
