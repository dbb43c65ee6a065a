"""`regard promise`: what is promised twice, what pays for what is kept, and what that costs."""

from __future__ import annotations

from typing import Annotated

import typer

from regard.assurance.expense import expenses
from regard.assurance.expense import price as price_by
from regard.assurance.promised_twice import promised_twice
from regard.cli.naming import named, subject_named
from regard.cli.nouns import noun
from regard.cli.output import AsJson, tell
from regard.cli.speaking import (
    AsAt,
    By,
    Holder,
    KnownAt,
    TrueOn,
    looked_at,
    open_register,
    party,
    seen,
    speaker,
)

app = noun()

Subject = Annotated[
    str,
    typer.Argument(
        help="A requirement such as spr-2015/public-order/psu-commitment, or a subject with its "
        "kind.",
        metavar="SUBJECT",
    ),
]


@app.command()
def twice(
    ctx: typer.Context,
    body: Annotated[str, typer.Option("--body", help="Only of this body.")] = "",
    about: Annotated[str, typer.Option(help="Only what answers this requirement, or is it.")] = "",
    as_at: AsAt = "",
    as_json: AsJson = False,
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
) -> None:
    """Show what is promised locally, regionally and nationally of the same people, and how long."""
    register = open_register(ctx)
    found = promised_twice(
        seen(register, by, holder, known_at=known_at),
        scope=party(body) if body else "",
        about=(subject_named(about, "expectation"),) if about else (),
        as_at=looked_at(register, as_at),
    )
    said = (
        one
        for held in found
        for one in (held.promised(), *held.alone(), *held.stand_behind(), held.kept_up())
    )
    tell(said, as_json=as_json, nothing="Nothing is promised at more than one tier.")


@app.command()
def expense(
    ctx: typer.Context,
    subject: Annotated[
        str,
        typer.Argument(
            help="A requirement, or a subject with its kind; every one if left out.",
            metavar="[SUBJECT]",
        ),
    ] = "",
    as_json: AsJson = False,
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
    true_on: TrueOn = "",
) -> None:
    """Show what is met at the expense of what, with the kept answer that says what it costs."""
    view = seen(open_register(ctx), by, holder, known_at=known_at, true_on=true_on)
    wanted = subject_named(subject, "expectation") if subject else ""
    said = (one.said_of(wanted or one.link.value.source) for one in expenses(view, wanted))
    tell(said, as_json=as_json, nothing="Nothing is met at the expense of anything else.")


@app.command()
def price(
    ctx: typer.Context,
    subject: Subject,
    answer: Annotated[
        str,
        typer.Argument(
            help="The entry that the answer is kept as: west-midlands/stress/0123456789ab.",
            metavar="ANSWER",
        ),
    ],
    note: Annotated[str, typer.Option(help="What must be known about it.")] = "",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Link a kept answer to a duty met at the expense of another, or to the link that says so."""
    register = open_register(ctx)
    entry = price_by(
        register,
        subject_named(subject, "expectation"),
        named("observation", answer),
        note=note,
        by=speaker(register, by, holder),
    )
    link = entry.value
    typer.echo(f"Entry {entry.seq:,}: {link.source} shows what {link.target} costs.")
