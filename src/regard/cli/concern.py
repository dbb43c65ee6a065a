"""`regard concern`: what stands in the way, who answers for it, what is done, what is accepted."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

from regard.assurance.accepting import accept_risk, rate
from regard.assurance.closing import Happened
from regard.assurance.vulnerabilities import (
    Action,
    Form,
    Raised,
    Vulnerability,
    answer,
    raise_concern,
    vulnerabilities,
    vulnerability,
)
from regard.cli.naming import Marked, Reason, line_of, named
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
from regard.core.errors import NotKnown
from regard.core.markings import Marking
from regard.register.subjects import path_of, slug

app = noun()

Concern = Annotated[
    str,
    typer.Argument(help="The concern, such as west-midlands/shields.", metavar="CONCERN"),
]
Effective = Annotated[
    str, typer.Option("--from", help="The day from which it is true; today if left out.")
]


@app.command("raise")
def raise_(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(help="A short name within its body, such as shields.")],
    text: Annotated[str, typer.Argument(help="What stands in the way, in words.")],
    body: Annotated[str, typer.Option("--body", help="The body it is about.")],
    owner: Annotated[str, typer.Option(help="The post that answers for it.")],
    form: Annotated[
        str, typer.Option(help=f"What it is called: {', '.join(get_args(Form))}.")
    ] = "vulnerability",
    about: Annotated[
        str, typer.Option(help="The requirement in whose way it stands: spr-2023/terrorism/ports.")
    ] = "",
    under: Annotated[str, typer.Option(help="The C that it weakens, such as capacity.")] = "",
    cause: Annotated[str, typer.Option(help="What it comes from.")] = "",
    marking: Marked = "OFFICIAL",
    start: Effective = "",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Raise a vulnerability, a risk, an issue, a lesson or a cause of concern."""
    if form not in get_args(Form):
        raise NotKnown("form of a concern", form, get_args(Form))
    register = open_register(ctx)
    raised = Raised(
        code=code,
        text=text,
        scope=party(body),
        owner=party(owner),
        form=form,  # type: ignore[arg-type]
        about=named("expectation", about) if about else None,
        aspect=under or None,
        root_cause=cause,
        marking=Marking.parse(marking),
    )
    who = speaker(register, by, holder)
    entry = raise_concern(register, raised, by=who, effective=day(start) if start else None)
    typer.echo(f"Entry {entry.seq:,}: {entry.subject}")


@app.command("answer")
def answer_(
    ctx: typer.Context,
    concern: Concern,
    code: Annotated[str, typer.Argument(help="A short name in its list, such as buy-shields.")],
    text: Annotated[str, typer.Argument(help="What is to be done, in words.")],
    owner: Annotated[str, typer.Option(help="The post that answers for it.")],
    due: Annotated[str, typer.Option(help="The day by which it is to be done.")],
    actions: Annotated[
        str, typer.Option("--list", help="The list of actions: see regard action open.")
    ],
    start: Effective = "",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Answer a concern with an action: who does what, by which day."""
    register = open_register(ctx)
    action = Action(
        edition=named("edition", actions),
        code=code,
        text=text,
        owner=party(owner),
        due=day(due),
    )
    entry = answer(
        register,
        named("concern", concern),
        action,
        by=speaker(register, by, holder),
        effective=day(start) if start else None,
    )
    typer.echo(f"Entry {entry.seq:,}: {entry.subject}, due on {action.due}")


@app.command("rate")
def rate_(
    ctx: typer.Context,
    concern: Concern,
    level: Annotated[str, typer.Argument(help="The rating, such as high.", metavar="LEVEL")],
    reason: Reason,
    line: Annotated[int, typer.Option("--line", help="The line at which it is said.")] = 2,
    by: By = "",
    holder: Holder = "",
) -> None:
    """Rate a concern at a line of oversight; an acceptance of another rating becomes stale."""
    register = open_register(ctx)
    entry = rate(
        register,
        named("concern", concern),
        slug(level),
        reason=reason,
        line=line_of(line),
        by=speaker(register, by, holder),
    )
    typer.echo(f"Entry {entry.seq:,}: {path_of(entry.value.about)} is rated {entry.value.level}.")


@app.command()
def accept(
    ctx: typer.Context,
    concern: Concern,
    level: Annotated[str, typer.Option(help="The rating it has, which is accepted.")],
    reason: Reason,
    until: Annotated[
        str, typer.Option(help="The last day; as long as the rating stands if left out.")
    ] = "",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Accept a risk at the rating it has; another rating makes the acceptance stale."""
    register = open_register(ctx)
    entry = accept_risk(
        register,
        named("concern", concern),
        level=level,
        reason=reason,
        until=day(until) if until else None,
        by=speaker(register, by, holder),
    )
    typer.echo(f"Entry {entry.seq:,}: {entry.subject}")


@app.command("list")
def list_(
    ctx: typer.Context,
    body: Annotated[str, typer.Option("--body", help="Only of this body.")] = "",
    about: Annotated[
        str, typer.Option(help="Only in the way of this requirement: spr-2023/terrorism/ports.")
    ] = "",
    as_at: AsAt = "",
    as_json: AsJson = False,
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
) -> None:
    """List what stands in the way: the open ones first, each with its actions and next day."""
    register = open_register(ctx)
    found = vulnerabilities(
        seen(register, by, holder, known_at=known_at),
        as_at=looked_at(register, as_at),
        scope=party(body) if body else None,
        about=named("expectation", about) if about else None,
    )
    show_rows(
        map(_listed, found), shape=shape_of(as_json=as_json), nothing="No concern was raised."
    )


def _listed(one: Vulnerability) -> dict[str, object]:
    days = [each.due_on for each in one.actions if each.due_on is not None]
    back = sum(event.what is Happened.REOPENED for event in one.closing.events)
    return {
        "concern": path_of(one.entry.subject),
        "form": one.entry.value.form,
        "text": one.entry.value.text,
        "owner": one.owner,
        "stands": "closed" if one.is_closed else "open",
        "actions": len(one.actions),
        "overdue": sum(each.overdue for each in one.actions),
        "next_due": str(min(days)) if days else "",
        "opened_again": back,
        "entry": one.entry.seq,
    }


@app.command()
def show(
    ctx: typer.Context,
    concern: Concern,
    as_at: AsAt = "",
    as_json: AsJson = False,
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
) -> None:
    """Show a concern: its owner, its actions with every move of their days, what did not hold."""
    register = open_register(ctx)
    view = seen(register, by, holder, known_at=known_at)
    found = vulnerability(view, named("concern", concern), as_at=looked_at(register, as_at))
    told = [
        *found.statements(),
        *(move.statement() for one in found.actions for move in one.dates.moves),
    ]
    tell(told, as_json=as_json)
