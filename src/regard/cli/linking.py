"""`regard register link`: what one subject has to do with another."""

from __future__ import annotations

from typing import Annotated

import typer

from regard.cli.naming import chosen, subject_named
from regard.cli.nouns import noun
from regard.cli.speaking import By, Holder, open_register, speaker
from regard.register.kinds.frame import Link
from regard.register.kinds.reading import made
from regard.register.kinds.values import LinkType
from regard.register.subjects import path_of, slug, subject_of

app = noun()


@app.command()
def link(
    ctx: typer.Context,
    source: Annotated[
        str, typer.Argument(help="From which: a requirement, or a subject with its kind.")
    ],
    how: Annotated[str, typer.Argument(help=f"How: {', '.join(LinkType)}.", metavar="HOW")],
    target: Annotated[str, typer.Argument(help="To which, in the same way.")],
    note: Annotated[str, typer.Option(help="What must be known about it.")] = "",
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Say that it is so no longer.")
    ] = False,
    by: By = "",
    holder: Holder = "",
) -> None:
    """Say that one subject answers, threatens or depends on another, or is met at its expense."""
    register = open_register(ctx)
    value = made(
        Link,
        type=chosen(how, LinkType, "link"),
        source=subject_named(source, "expectation"),
        target=subject_named(target, "expectation"),
        note=note,
        withdrawn=withdraw,
    )
    entry = register.enter(
        value,
        subject=subject_of("link", slug(value.type), path_of(value.source), path_of(value.target)),
        by=speaker(register, by, holder),
    )
    said = "is said no longer" if withdraw else "is entered"
    typer.echo(f"Entry {entry.seq:,}: {value.source} {value.type} {value.target} {said}.")
