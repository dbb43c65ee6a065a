"""`regard action`: what is due by a day: its dates, its claim, and how another line ends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from regard.assurance import closing
from regard.assurance.dates import ask_to_extend
from regard.assurance.dates import extend as extend_date
from regard.assurance.due import Due, overdue
from regard.assurance.due import due as due_of
from regard.assurance.due import mine as mine_of
from regard.assurance.running import running_list
from regard.cli.naming import Reason, line_of, named, subject_named
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
from regard.register.access import EVERYTHING
from regard.register.kinds.facts import Expectation
from regard.register.kinds.frame import Instrument
from regard.register.kinds.speech import Judgement
from regard.register.subjects import path_of

app = noun()

Action = Annotated[
    str,
    typer.Argument(
        help="An action or a promise by its path, such as actions/buy-shields; or a vulnerability "
        "by its subject, such as concern:west-midlands/shields.",
        metavar="ACTION",
    ),
]
AtLine = Annotated[int, typer.Option("--line", help="The line at which it is said: 2, 3 or 0.")]
Body = Annotated[str, typer.Option("--body", help="For which body, where it binds all alike.")]
Cited = Annotated[
    list[str] | None,
    typer.Option("--evidence", help="An observation it rests on; may be repeated."),
]


@app.command("open")
def open_(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="A short name, such as wm-actions.")],
    title: Annotated[str, typer.Option(help="What the list is called.")],
    issuer: Annotated[str, typer.Option(help="Who keeps it, in words.")],
    by: By = "",
    holder: Holder = "",
) -> None:
    """Open a running list, in which actions are entered as they come; it is never frozen."""
    register = open_register(ctx)
    who = speaker(register, by, holder)
    known = register.view(EVERYTHING).find(named("instrument", name))
    if known is not None and isinstance(known.held, Instrument):
        raise DefinitionRefused(
            f"{name} is there already: {known.held.title} (entry {known.seq:,})",
            expected="the name of a new list",
            next_step="enter actions in it with: regard concern answer",
        )
    subject = running_list(
        register, path_of(named("edition", name)), title=title, issuer=issuer,
        form="board actions", by=who,
    )  # fmt: skip
    typer.echo(f"{path_of(subject)} is open: {title}.")


@app.command("list")
def list_(
    ctx: typer.Context,
    actions: Annotated[str, typer.Option("--list", help="Only of this list.")] = "",
    late: Annotated[bool, typer.Option("--late", help="Only what is overdue.")] = False,
    as_at: AsAt = "",
    as_json: AsJson = False,
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
) -> None:
    """List what is due by a day, with its owner, its first day and how often it was moved."""
    register = open_register(ctx)
    view = seen(register, by, holder, known_at=known_at)
    today = looked_at(register, as_at)
    edition = named("edition", actions) if actions else None
    if late:
        found = overdue(view, as_at=today, edition=edition)
    else:
        narrow = {"edition": edition} if edition else {}
        found = tuple(
            due_of(view, one.subject, as_at=today)
            for one in view.all(Expectation, **narrow)
            if one.held is not None and one.held.window.end and one.effective <= today
        )
    rows = map(_listed, found)
    show_rows(rows, shape=shape_of(as_json=as_json), nothing="Nothing is due by a day.")


def _listed(one: Due) -> dict[str, Any]:
    return {
        "action": path_of(one.entry.subject),
        "text": one.entry.value.text,
        "owner": one.owner,
        "stands": str(one.state),
        "due": str(one.due_on or ""),
        "first_due": str(one.dates.first or ""),
        "moved": len(one.dates.moves),
        "days_overdue": one.days_overdue,
        "entry": one.entry.seq,
    }


@app.command()
def mine(
    ctx: typer.Context,
    as_at: AsAt = "",
    as_json: AsJson = False,
    by: By = "",
    holder: Holder = "",
) -> None:
    """List what the post that asks has to do, to answer for and to decide."""
    register = open_register(ctx)
    who = speaker(register, by, holder)
    found = mine_of(register.view(who), who.post, as_at=looked_at(register, as_at))
    rows = [
        *(
            ("do", one.entry.subject, one.entry.value.text, one.due_on)
            for one in found.expectations
        ),
        *(("answer for", one.subject, one.value.text, None) for one in found.concerns),
        *(("decide", one.entry.subject, one.entry.value.text, None) for one in found.proposals),
    ]
    show_rows(
        ({"what": a, "subject": b, "text": c, "due": str(d or "")} for a, b, c, d in rows),
        shape=shape_of(as_json=as_json),
        nothing=f"{path_of(who.post)} has nothing to do.",
    )


@app.command()
def show(
    ctx: typer.Context,
    action: Action,
    body: Body = "",
    as_at: AsAt = "",
    as_json: AsJson = False,
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
) -> None:
    """Show where an action stands, and every move of its day with the reason."""
    register = open_register(ctx)
    view = seen(register, by, holder, known_at=known_at)
    found = due_of(
        view,
        named("expectation", action),
        as_at=looked_at(register, as_at),
        scope=party(body) if body else None,
    )
    tell(found.statements(), as_json=as_json)


@app.command()
def extend(
    ctx: typer.Context,
    action: Action,
    until: Annotated[str, typer.Option(help="The new day.")],
    reason: Reason,
    proposal: Annotated[
        str, typer.Option(help="The proposed extension that is taken by this.")
    ] = "",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Move the day by which something is due; the decision to do so is entered with it."""
    register = open_register(ctx)
    done = extend_date(
        register,
        named("expectation", action),
        until=day(until),
        reason=reason,
        proposal=named("decision", proposal) if proposal else None,
        by=speaker(register, by, holder),
    )
    typer.echo(
        f"Entry {done.expectation.seq:,}: {path_of(done.expectation.subject)} is due on {until}, "
        f"by {done.decision.subject}."
    )


@app.command()
def ask(
    ctx: typer.Context,
    action: Action,
    until: Annotated[str, typer.Option(help="The day that is asked for.")],
    reason: Reason,
    decides: Annotated[
        str, typer.Option(help="Who decides; the force of the post that asks if left out.")
    ] = "",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Ask for another day; the old one stands until that is decided."""
    register = open_register(ctx)
    entry = ask_to_extend(
        register,
        named("expectation", action),
        until=day(until),
        reason=reason,
        decided_by=party(decides) if decides else None,
        by=speaker(register, by, holder),
    )
    typer.echo(f"Proposed as {entry.subject}, entry {entry.seq:,}.")


@app.command()
def claim(
    ctx: typer.Context,
    action: Action,
    reason: Reason,
    body: Body = "",
    decides: Annotated[
        str, typer.Option(help="Who decides; the force of the owner if left out.")
    ] = "",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Say, as its owner, that something is done; it stays open until another line has seen it."""
    register = open_register(ctx)
    entry = closing.claim(
        register,
        subject_named(action, "expectation"),
        reason=reason,
        scope=party(body) if body else None,
        decided_by=party(decides) if decides else None,
        by=speaker(register, by, holder),
    )
    typer.echo(f"Entry {entry.seq:,}: {path_of(entry.value.about or '')} is said to be done.")


@app.command()
def verify(
    ctx: typer.Context,
    action: Action,
    reason: Reason,
    line: AtLine = 2,
    body: Body = "",
    evidence: Cited = None,
    by: By = "",
    holder: Holder = "",
) -> None:
    """Say, at a higher line than the owner's, that it was done; of a promise, that it was kept."""
    _say(ctx, closing.verify, action, reason, line, body, evidence, by, holder)


@app.command()
def deny(
    ctx: typer.Context,
    action: Action,
    reason: Reason,
    line: AtLine = 2,
    body: Body = "",
    evidence: Cited = None,
    by: By = "",
    holder: Holder = "",
) -> None:
    """Say, at a higher line, that it was not done; of a promise, that it was broken."""
    _say(ctx, closing.deny, action, reason, line, body, evidence, by, holder)


@app.command()
def close(
    ctx: typer.Context,
    action: Action,
    reason: Reason,
    line: AtLine = 2,
    body: Body = "",
    evidence: Cited = None,
    by: By = "",
    holder: Holder = "",
) -> None:
    """Close it, at a higher line than the owner's; an open claim is taken in the same act."""
    _say(ctx, closing.close, action, reason, line, body, evidence, by, holder)


@app.command()
def reopen(
    ctx: typer.Context,
    action: Action,
    reason: Reason,
    line: AtLine = 2,
    body: Body = "",
    evidence: Cited = None,
    by: By = "",
    holder: Holder = "",
) -> None:
    """Open again what was closed and did not hold; that is counted."""
    _say(ctx, closing.reopen, action, reason, line, body, evidence, by, holder)


def _say(
    ctx: typer.Context,
    word: Callable[..., Any],
    action: str,
    reason: str,
    line: int,
    body: str,
    evidence: list[str] | None,
    by: str,
    holder: str,
) -> None:
    register = open_register(ctx)
    entry: Any = word(
        register,
        subject_named(action, "expectation"),
        reason=reason,
        line=line_of(line),
        scope=party(body) if body else None,
        evidence=tuple(named("observation", one) for one in evidence or ()),
        by=speaker(register, by, holder),
    )
    value: Judgement = entry.value
    said = (value.level or "").replace("-", " ")
    typer.echo(f"Entry {entry.seq:,}: {path_of(value.about)} is {said}.")
