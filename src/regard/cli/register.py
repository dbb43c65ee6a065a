"""`regard register`: what people said, who may say it, and how the journal is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from regard.cli.naming import whole_subject
from regard.cli.nouns import noun
from regard.cli.output import AsJson, day, disk_refusals, shape_of, show
from regard.cli.speaking import By, Holder, KnownAt, TrueOn, open_register, party, seen, speaker
from regard.core.errors import DefinitionRefused
from regard.register.erasing import clear as clear_file
from regard.register.erasing import erase as erase_words
from regard.register.kinds.reading import kind_named
from regard.register.posting import appoint, end_appointment, enter_body, enter_post
from regard.register.posting import posts as posts_of
from regard.register.register import Register
from regard.register.roles import ROLES
from regard.register.subjects import path_of
from regard.register.telling import brief, lines, whole

KEEPING = (
    "verify",
    "prove",
    "check",
    "export",
    "import",
    "backup",
    "restore",
    "rebuild",
    "heads",
    "key",
    "witness",
)
app = noun({"link": "linking", **dict.fromkeys(KEEPING, "keeping")})
Post = Annotated[str, typer.Argument(help="The path of the post, such as acc-security.")]
Account = Annotated[
    str, typer.Argument(help="The code of the account, such as wm-holder-7; never a name.")
]
Subject = Annotated[str, typer.Argument(help="A subject, such as concern:custody-capacity.")]


@app.command()
def found(
    ctx: typer.Context,
    body: Annotated[str, typer.Argument(help="The path of the first body: west-midlands.")],
    name: Annotated[str, typer.Option(help="What the body is called.")],
    area: Annotated[str, typer.Option(help="Its force area as police.uk names it.")] = "",
) -> None:
    """Make a new register, with its first body, its keeper's post and the keeper's account."""
    with disk_refusals():
        register, keeper = Register.found(
            Path(ctx.obj), body=path_of(party(body)), name=name, area=area
        )
    typer.echo(
        f"Founded for {name}. The keeper is {keeper.post}, held by {keeper.holder}. "
        f"The head is {register.head()}."
    )
    typer.echo(f"Next: enter posts with --by {keeper.post}, or set REGARD_POST to it.", err=True)


@app.command()
def posts(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List the posts, what each may do and which accounts hold it today."""
    rows = (
        {
            "post": one.subject,
            "name": one.name,
            "body": one.body,
            "roles": ", ".join(one.roles),
            "groups": ", ".join(one.groups),
            "held by": ", ".join(one.holders),
        }
        for one in posts_of(open_register(ctx))
    )
    show(rows, shape=shape_of(as_json=as_json))


@app.command()
def roles(as_json: AsJson = False) -> None:
    """List the roles that a post can have, and whose job each is."""
    rows = ({"role": one.name, "for a post that": one.what_for} for one in ROLES.values())
    show(rows, shape=shape_of(as_json=as_json))


@app.command()
def body(
    ctx: typer.Context,
    path: Annotated[str, typer.Argument(help="The path of the body, such as pcc-board.")],
    name: Annotated[str, typer.Option(help="What the body is called.")],
    parent: Annotated[
        str, typer.Option(help="The path of the body of which it is a part: west-midlands.")
    ] = "",
    area: Annotated[
        str, typer.Option(help="Its force area as police.uk names it, if it has one.")
    ] = "",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Enter a body, such as a board or a unit of the force."""
    register = open_register(ctx)
    entry = enter_body(
        register,
        party(path),
        by=speaker(register, by, holder),
        name=name,
        parent=party(parent) if parent else None,
        area=area,
    )
    typer.echo(f"Entry {entry.seq:,}: {entry.subject} is {name}.")


@app.command()
def post(
    ctx: typer.Context,
    path: Post,
    name: Annotated[str, typer.Option(help="What the post is called.")],
    body: Annotated[str, typer.Option(help="The path of its body: west-midlands.")],
    role: Annotated[
        list[str] | None,
        typer.Option(help="What it may do, of regard register roles; may be repeated."),
    ] = None,
    group: Annotated[
        list[str] | None,
        typer.Option(help="A group that needs to know, to which it belongs; may be repeated."),
    ] = None,
    by: By = "",
    holder: Holder = "",
) -> None:
    """Enter a post with its roles; of one that is known, what it may do from now on."""
    register = open_register(ctx)
    entry = enter_post(
        register,
        party(path),
        by=speaker(register, by, holder),
        name=name,
        body=party(body),
        roles=role or (),
        groups=group or (),
    )
    told = f"may act as {', '.join(role)}" if role else "is named, and may do nothing"
    typer.echo(f"Entry {entry.seq:,}: {entry.subject} {told}.")


@app.command()
def hold(
    ctx: typer.Context,
    path: Post,
    account: Account,
    start: Annotated[str, typer.Option("--from", help="The first day; today if left out.")] = "",
    until: Annotated[str, typer.Option(help="The last day; open if left out.")] = "",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Appoint an account to a post; an account that is not known yet is entered."""
    register = open_register(ctx)
    entry = appoint(
        register,
        party(path),
        party(account),
        by=speaker(register, by, holder),
        start=day(start) if start else None,
        end=day(until) if until else None,
    )
    typer.echo(f"Entry {entry.seq:,}: {entry.subject} is appointed to {party(path)}.")


@app.command()
def release(
    ctx: typer.Context,
    path: Post,
    account: Account,
    last: Annotated[
        str, typer.Option(help="The last day on which it holds the post; yesterday if left out.")
    ] = "",
    by: By = "",
    holder: Holder = "",
) -> None:
    """End an account's appointment to a post: at once, unless a last day is given."""
    register = open_register(ctx)
    entry = end_appointment(
        register,
        party(path),
        party(account),
        by=speaker(register, by, holder),
        last=day(last) if last else None,
    )
    typer.echo(f"Entry {entry.seq:,}: {entry.subject} is released from {party(path)}.")


@app.command("show")
def show_(
    ctx: typer.Context,
    subject: Subject,
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
    true_on: TrueOn = "",
    as_json: AsJson = False,
) -> None:
    """Show a subject as it stood at a place on both clocks, with everything of its entry."""
    view = seen(open_register(ctx), by, holder, known_at=known_at, true_on=true_on)
    entry = view.one(whole_subject(subject))
    show([whole(entry)] if as_json else lines(entry), shape=shape_of(as_json=as_json))


@app.command("list")
def list_(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(help="A kind of entry, such as concern or decision.")],
    scope: Annotated[str, typer.Option(help="Only of this body: party:west-midlands.")] = "",
    about: Annotated[str, typer.Option(help="Only about this subject.")] = "",
    cycle: Annotated[str, typer.Option(help="Only of this round: cycle:2014-q4.")] = "",
    edition: Annotated[str, typer.Option(help="Only of this edition: edition:spr-2015.")] = "",
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
    true_on: TrueOn = "",
    as_json: AsJson = False,
) -> None:
    """List every subject of a kind as it stood at a place on both clocks; --json tells all."""
    asked = {"scope": scope, "about": about, "cycle": cycle, "edition": edition}
    view = seen(open_register(ctx), by, holder, known_at=known_at, true_on=true_on)
    entries = view.all(kind_named(kind), **{name: one for name, one in asked.items() if one})
    show(
        (whole(one) if as_json else brief(one) for one in entries),
        shape=shape_of(as_json=as_json),
        nothing=f"No {kind} that this post may see.",
    )


@app.command()
def history(
    ctx: typer.Context,
    subject: Subject,
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
    as_json: AsJson = False,
) -> None:
    """List every version of a subject that was known, the oldest first; --json tells all."""
    view = seen(open_register(ctx), by, holder, known_at=known_at)
    rows = (whole(one) if as_json else brief(one) for one in view.history(whole_subject(subject)))
    show(rows, shape=shape_of(as_json=as_json), nothing=f"Nothing was said of {subject}.")


@app.command()
def erase(
    ctx: typer.Context,
    entries: Annotated[list[int], typer.Argument(help="The numbers of the entries.")],
    reason: Annotated[str, typer.Option(help="Why; it stays, so without the words themselves.")],
    power: Annotated[str, typer.Option(help="The power relied on.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Erase; without it nothing is done.")] = False,
    by: By = "",
    holder: Holder = "",
) -> None:
    """Erase the words of entries by a decision to do so; their proofs go on to hold."""
    register = open_register(ctx)
    who = speaker(register, by, holder)
    if not yes:
        raise DefinitionRefused(
            f"the words of {', '.join(map(str, entries))} would be erased for ever",
            expected="--yes from whoever is sure",
            next_step="look at them once more, and give the same command with --yes",
        )
    typer.echo("\n".join(erase_words(register, entries, by=who, reason=reason, power=power).said()))


@app.command()
def clear(ctx: typer.Context) -> None:
    """Write the database's file anew, without what erasures before have left in it."""
    _, told = clear_file(open_register(ctx))
    typer.echo(told)
