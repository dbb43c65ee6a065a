"""`regard promise`: what issued papers promised by a day, and what became of it."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from regard.assurance.promises import Standing, promises, standing
from regard.cli.naming import named
from regard.cli.nouns import noun
from regard.cli.output import AsJson, shape_of, tell
from regard.cli.output import show as show_rows
from regard.cli.speaking import AsAt, By, Holder, KnownAt, looked_at, open_register, party, seen
from regard.register.subjects import path_of

app = noun(dict.fromkeys(("expense", "price", "twice"), "promised"))


@app.command("list")
def list_(
    ctx: typer.Context,
    body: Annotated[str, typer.Option("--body", help="Only of this body.")] = "",
    about: Annotated[
        str, typer.Option(help="Only on this subject or below it: spr-2023/public-disorder.")
    ] = "",
    unanswered: Annotated[
        bool, typer.Option("--unanswered", help="Only what the next paper must answer.")
    ] = False,
    as_at: AsAt = "",
    as_json: AsJson = False,
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
) -> None:
    """List the promises of issued papers: by which day, and what became of each."""
    register = open_register(ctx)
    view = seen(register, by, holder, known_at=known_at)
    today = looked_at(register, as_at)
    found = (
        standing(view, one.subject, as_at=today)
        for one in promises(
            view,
            scope=party(body) if body else None,
            topic=named("expectation", about) if about else None,
        )
        if one.effective <= today
    )
    rows = (_listed(one) for one in found if one.must_be_answered or not unanswered)
    show_rows(rows, shape=shape_of(as_json=as_json), nothing="No promise is entered.")


def _listed(one: Standing) -> dict[str, Any]:
    return {
        "promise": path_of(one.entry.subject),
        "text": one.entry.value.text,
        "paper": one.paper,
        "due": str(one.dates.now or ""),
        "moved": len(one.dates.moves),
        "became": str(one.became),
        "to_be_answered": one.must_be_answered,
        "entry": one.entry.seq,
    }


@app.command()
def show(
    ctx: typer.Context,
    promise: Annotated[
        str,
        typer.Argument(help="The promise, by its path as the list shows it.", metavar="PROMISE"),
    ],
    as_at: AsAt = "",
    as_json: AsJson = False,
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
) -> None:
    """Show what became of a promise, and the figure or the word that says so."""
    register = open_register(ctx)
    view = seen(register, by, holder, known_at=known_at)
    found = standing(view, named("expectation", promise), as_at=looked_at(register, as_at))
    moves = (one.statement() for one in found.dates.moves)
    tell((found.statement(), *moves), as_json=as_json)
