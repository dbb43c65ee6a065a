"""`regard edition`: what is demanded, issue by issue, from the library into the register."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from regard.assurance.publishing import publish as publish_edition
from regard.assurance.worklist import work_list as asked_by
from regard.cli.naming import OWN, named, shelf
from regard.cli.nouns import noun
from regard.cli.output import AsJson, shape_of
from regard.cli.output import show as show_rows
from regard.cli.speaking import (
    By,
    Holder,
    KnownAt,
    TrueOn,
    open_register,
    party,
    seen,
    speaker,
)
from regard.core.errors import RegisterMissing
from regard.library.model import EditionFile
from regard.library.shelf import library
from regard.register.access import EVERYTHING
from regard.register.kinds.frame import Edition
from regard.register.subjects import path_of

app = noun()

Name = Annotated[str, typer.Argument(help="The edition, such as spr-2023.", metavar="EDITION")]


@app.command("list")
def show_all(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List the editions of the library, and which of them stand in the register."""
    published = _published(ctx)
    rows = (_listed(one, published.get(one.id)) for one in shelf(ctx).editions.values())
    show_rows(rows, shape=shape_of(as_json=as_json))


def _published(ctx: typer.Context) -> dict[str, int]:
    """The entry of each edition that was published; none without a register."""
    try:
        register = open_register(ctx)
    except RegisterMissing:
        return {}
    return {path_of(one.subject): one.seq for one in register.view(EVERYTHING).all(Edition)}


def _listed(one: EditionFile, entry: int | None) -> dict[str, Any]:
    return {
        "edition": one.id,
        "title": one.label,
        "in_force_from": str(one.in_force_from),
        "in_force_to": str(one.in_force_to or ""),
        "requirements": len(one.nodes),
        "judged": len(one.judged),
        "digest": one.digest[:12],
        "entry": entry,
    }


@app.command()
def show(ctx: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Show every requirement of an edition, where it stands and by which rule it is judged."""
    edition = shelf(ctx).edition(name.removeprefix("edition:"))
    show_rows(_requirements(edition), shape=shape_of(as_json=as_json))


def _requirements(edition: EditionFile) -> Iterator[dict[str, Any]]:
    for node in edition.nodes:
        yield {
            "requirement": node.code,
            "kind": node.kind,
            "text": node.text,
            "words": node.words,
            "under": ", ".join(node.aspects),
            "scale": node.scale,
            "rule": node.rule,
            "cites": "; ".join(str(one) for one in node.cites),
        }


@app.command()
def check(
    ctx: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(help="A folder of your own editions; the data folder's if left out."),
    ] = None,
) -> None:
    """Check editions of your own together with what Regard ships, and name all that is wrong."""
    own = folder or Path(ctx.obj) / OWN
    held = library(own) if own.is_dir() else library()
    mine = [one for one in held.editions if one not in library().editions]
    typer.echo(
        f"{len(held.editions)} editions, {len(held.crosswalks)} crosswalks, "
        f"{len(held.scales)} scales and {len(held.rules)} rules agree with one another. "
        f"Your own: {', '.join(mine) or 'none'}."
    )


@app.command()
def publish(ctx: typer.Context, name: Name, by: By = "", holder: Holder = "") -> None:
    """Publish an edition: its terms, scales and requirements enter the register in one act."""
    held = shelf(ctx)
    edition = held.edition(name.removeprefix("edition:"))
    register = open_register(ctx)
    done = publish_edition(register, edition, by=speaker(register, by, holder), held=held)
    typer.echo(str(done.statement))


@app.command("work-list")
def work_list(
    ctx: typer.Context,
    name: Name,
    body: Annotated[str, typer.Option("--body", help="The body that is asked.")],
    earlier: Annotated[
        str, typer.Option(help="The edition it was judged by; if left out, the one followed.")
    ] = "",
    as_json: AsJson = False,
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
    true_on: TrueOn = "",
) -> None:
    """List what a new edition asks of a body: review, judge again, judge for the first time."""
    view = seen(open_register(ctx), by, holder, known_at=known_at, true_on=true_on)
    found = asked_by(
        view,
        named("edition", name),
        scope=party(body),
        earlier=named("edition", earlier) if earlier else "",
    )
    rows = (
        {
            "deed": str(one.deed),
            "requirement": path_of(one.requirement.subject),
            "text": one.requirement.value.text,
            "under": ", ".join(one.aspects),
            "judged_before": len(one.before),
            "reason": one.reason,
        }
        for one in found
    )
    show_rows(rows, shape=shape_of(as_json=as_json))
