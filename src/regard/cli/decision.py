"""`regard decision`: what is proposed, decided, deferred and departed from."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from regard.assurance.expense import answered_by, expenses
from regard.assurance.proposals import ENDS, Proposal, unresolved, waiting_for
from regard.assurance.proposals import propose as propose_decision
from regard.assurance.proposals import resolve as resolve_decision
from regard.assurance.taking import take_at_once
from regard.cli.naming import Marked, Reason, chosen, named, subject_named
from regard.cli.nouns import noun
from regard.cli.output import AsJson, day, shape_of, tell
from regard.cli.output import show as show_rows
from regard.cli.speaking import (
    AsAt,
    By,
    Holder,
    KnownAt,
    looked_at,
    open_register,
    party,
    seen,
    speaker,
)
from regard.core.errors import DefinitionRefused
from regard.core.markings import Marking
from regard.register.kinds.speech import Act, Stage
from regard.register.subjects import path_of

app = noun()

# What these acts need beside their words is given where they are taken.
ELSEWHERE = {
    Act.EXTEND: "regard action extend, or ask",
    Act.CLOSE: "regard action claim",
    Act.CHANGE: "regard target change, or ask",
    Act.SIGN_OFF: "regard judge sign-off",
    Act.REDACT: "regard paper withhold",
    Act.ERASE: "regard register erase",
}
HERE = ", ".join(one.value for one in Act if one not in ELSEWHERE)

Doing = Annotated[str, typer.Argument(help=f"What is done: {HERE}.", metavar="ACT")]
Words = Annotated[str, typer.Argument(help="The words of the decision.")]
About = Annotated[
    str,
    typer.Option(
        help="What it is about: a requirement such as spr-2023/terrorism/ports, or a subject with "
        "its kind, such as concern:west-midlands/shields."
    ),
]
Bound = Annotated[str, typer.Option("--body", help="The body that it binds.")]


@app.command()
def propose(
    ctx: typer.Context,
    act: Doing,
    text: Words,
    decides: Annotated[str, typer.Option(help="The post or body that is to decide.")],
    reason: Reason,
    about: About = "",
    body: Bound = "",
    marking: Marked = "OFFICIAL",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Propose a decision to the post or body that takes it."""
    register = open_register(ctx)
    entry = propose_decision(
        register,
        _act(act),
        text=text,
        reason=reason,
        decided_by=party(decides),
        about=subject_named(about, "expectation") if about else None,
        scope=party(body) if body else None,
        marking=Marking.parse(marking),
        by=speaker(register, by, holder),
    )
    typer.echo(f"Proposed as {entry.subject}, entry {entry.seq:,}.")


@app.command()
def take(
    ctx: typer.Context,
    act: Doing,
    text: Words,
    about: About,
    reason: Reason,
    body: Bound = "",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Take a decision at once, such as to depart from a requirement with good reason."""
    register = open_register(ctx)
    entry = take_at_once(
        register,
        _act(act),
        subject_named(about, "expectation"),
        text=text,
        reason=reason,
        scope=party(body) if body else None,
        by=speaker(register, by, holder),
    )
    typer.echo(f"Taken as {entry.subject}, entry {entry.seq:,}.")


def _act(text: str) -> Act:
    act = chosen(text, Act, "act")
    if act in ELSEWHERE:
        raise DefinitionRefused(
            f"to {act} needs more than words",
            expected=HERE,
            next_step=f"use {ELSEWHERE[act]}",
        )
    return act


@app.command()
def resolve(
    ctx: typer.Context,
    decision: Annotated[str, typer.Argument(help="The proposal, by its path.", metavar="DECISION")],
    stage: Annotated[
        str,
        typer.Argument(
            help=f"What became of it: {', '.join(ENDS)} or {Stage.DEFERRED}.", metavar="STAGE"
        ),
    ],
    agreed: Annotated[
        str, typer.Option(help="The words that were agreed, of one that is amended.")
    ] = "",
    until: Annotated[
        str, typer.Option(help="The day on which one that is deferred is looked at again.")
    ] = "",
    meeting: Annotated[
        str, typer.Option(help="The meeting that took it: west-midlands/board/2026-05-12.")
    ] = "",
    on: Annotated[
        str, typer.Option(help="The day on which it was decided; today if left out.")
    ] = "",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Say what became of a proposal: taken, amended, withdrawn, lapsed, or deferred to a day."""
    register = open_register(ctx)
    done = resolve_decision(
        register,
        named("decision", decision),
        chosen(stage, Stage, "stage"),
        resolved=agreed,
        meeting=named("meeting", meeting) if meeting else None,
        until=day(until) if until else None,
        effective=day(on) if on else None,
        by=speaker(register, by, holder),
    )
    typer.echo(f"Entry {done.decision.seq:,}: {done.statement()}")


@app.command("worked-out")
def worked_out(
    ctx: typer.Context,
    decision: Annotated[str, typer.Argument(help="The proposal, by its path.", metavar="DECISION")],
    as_json: AsJson = False,
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
) -> None:
    """Say what was worked out of what a recommendation says in words, or how to have it."""
    view = seen(open_register(ctx), by, holder, known_at=known_at)
    entry = view.one(named("decision", decision))
    said = answered_by(view, entry)
    tell(said, as_json=as_json, nothing="It is about no duty that is met at another's expense.")
    if said and not any(one.prices for one in expenses(view, entry.value.about)):
        typer.echo("Next: regard stress ask --keep, then regard promise price", err=True)


@app.command("list")
def list_(
    ctx: typer.Context,
    body: Annotated[str, typer.Option("--body", help="Only of this body.")] = "",
    mine: Annotated[
        bool, typer.Option("--mine", help="Only what waits for the post that asks.")
    ] = False,
    as_at: AsAt = "",
    as_json: AsJson = False,
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
) -> None:
    """List what was proposed and has not ended, the oldest first."""
    register = open_register(ctx)
    view = seen(register, by, holder, known_at=known_at)
    today = looked_at(register, as_at)
    found = (
        waiting_for(view, speaker(register, by, holder).post, as_at=today)
        if mine
        else unresolved(view, as_at=today, scope=party(body) if body else None)
    )
    rows = map(_listed, found)
    show_rows(rows, shape=shape_of(as_json=as_json), nothing="No proposal waits for a decision.")


def _listed(one: Proposal) -> dict[str, Any]:
    value = one.entry.value
    return {
        "decision": path_of(one.entry.subject),
        "act": str(value.act),
        "text": value.text,
        "decides": path_of(value.by),
        "stands": str(value.stage),
        "proposed_on": str(one.proposed_on),
        "until": str(value.deferred_until or ""),
        "days_open": one.days_open,
        "entry": one.entry.seq,
    }
