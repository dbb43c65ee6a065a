"""`regard meeting`: when a board met, and which papers it took."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Annotated, Any

import typer

from regard.assurance.meetings import enter_meeting
from regard.cli.naming import named
from regard.cli.nouns import noun
from regard.cli.output import AsJson, day, shape_of, show
from regard.cli.speaking import By, Holder, KnownAt, open_register, party, seen, speaker
from regard.core.errors import DefinitionRefused
from regard.register.entries import Entry
from regard.register.kinds.frame import Item, Meeting
from regard.register.kinds.reading import checked
from regard.register.subjects import path_of

app = noun()


@app.command()
def enter(
    ctx: typer.Context,
    body: Annotated[str, typer.Argument(help="The body that meets, such as west-midlands/board.")],
    on: Annotated[str, typer.Argument(help="The day: 2026-05-12.", metavar="DAY")],
    title: Annotated[str, typer.Option(help="What the meeting is called.")],
    item: Annotated[
        list[str] | None,
        typer.Option(
            help="A line of the agenda as NUMBER=TITLE, or NUMBER=TITLE@PAPER with the paper as "
            "the register names it; may be repeated."
        ),
    ] = None,
    by: By = "",
    holder: Holder = "",
) -> None:
    """Enter a meeting with its agenda; entered again, the agenda stands as it is given now."""
    register = open_register(ctx)
    entry = enter_meeting(
        register,
        party(body),
        day(on),
        title=title,
        items=tuple(map(_item, item or ())),
        by=speaker(register, by, holder),
    )
    typer.echo(f"Entry {entry.seq:,}: {entry.subject}")


def _item(text: str) -> Item:
    number, equals, rest = text.partition("=")
    title, _, paper = rest.partition("@")
    if not equals or not number.strip() or not title.strip():
        raise DefinitionRefused(
            f"{text!r} is no line of an agenda", expected="NUMBER=TITLE or NUMBER=TITLE@PAPER"
        )
    line = partial(
        Item,
        number=number.strip(),
        title=title.strip(),
        document=named("document", paper.strip()) if paper else None,
    )
    return checked(line, "meeting")  # type: ignore[type-var]


@app.command("list")
def list_(
    ctx: typer.Context,
    body: Annotated[str, typer.Option("--body", help="Only of this body.")] = "",
    as_json: AsJson = False,
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
) -> None:
    """List meetings and what they took, line by line."""
    view = seen(open_register(ctx), by, holder, known_at=known_at)
    found = view.all(Meeting, **({"scope": party(body)} if body else {}))
    rows = (row for one in found if one.held is not None for row in _lines(one))
    show(rows, shape=shape_of(as_json=as_json), nothing="No meeting is entered.")


def _lines(one: Entry[Meeting]) -> Iterator[dict[str, Any]]:
    held = one.value
    shared = {"meeting": path_of(one.subject), "title": held.title, "on": str(held.on)}
    for item in held.items or (None,):
        yield {
            **shared,
            "item": item.number if item else "",
            "takes": item.title if item else "",
            "paper": path_of(item.document) if item and item.document else "",
            "entry": one.seq,
        }
