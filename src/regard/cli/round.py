"""`regard round`: open a round, carry the last one forward, see who is silent, close it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from regard.assurance.cells import Cells, cells
from regard.assurance.progress import progress
from regard.assurance.rounds import carry as carry_forward
from regard.assurance.rounds import close as close_round
from regard.assurance.rounds import open_round
from regard.assurance.sheets import COLUMNS
from regard.assurance.sheets import sheet as sheet_of
from regard.assurance.silences import still_to_speak
from regard.assurance.telling import names_in
from regard.cli.naming import RoundName, named, shelf
from regard.cli.nouns import noun
from regard.cli.output import AsJson, day, shape_of, write_new, write_or_show
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
from regard.core.errors import DefinitionRefused
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation
from regard.register.kinds.frame import Cycle, Duty
from regard.register.kinds.reading import made
from regard.register.kinds.values import Line
from regard.register.seeing import View
from regard.register.subjects import path_of

COMPOSING = ("composite", "changes", "regard")
app = noun(dict.fromkeys(COMPOSING, "composing"))

_DUTY = re.compile(r"^([0-3]):([^:@]+)(?::([^:@]+))?(?:@(.+))?$")
Body = Annotated[str, typer.Option("--body", help="Only this body of the round.")]


@app.command("open")
def open_(
    ctx: typer.Context,
    name: RoundName,
    edition: Annotated[list[str], typer.Option(help="An edition that is judged; may be repeated.")],
    body: Annotated[
        list[str], typer.Option("--body", help="A body that is judged; may be repeated.")
    ],
    as_at: Annotated[str, typer.Option(help="The day to which it is to be true.")],
    opens: Annotated[str, typer.Option(help="The first day on which it is held.")],
    closes: Annotated[str, typer.Option(help="The last day on which it is held.")],
    speaks: Annotated[
        list[str],
        typer.Option(
            help="Who must speak: LINE:POST, LINE:POST@REQUIREMENT for it and all below it, or "
            "LINE:POST:BODY@REQUIREMENT; may be repeated."
        ),
    ],
    title: Annotated[str, typer.Option(help="What the round is called.")] = "",
    under: Annotated[
        list[str] | None,
        typer.Option(help="A C under which it is judged; may be repeated; all if left out."),
    ] = None,
    follows: Annotated[str, typer.Option(help="The round before it.")] = "",
    by: By = "",
    holder: Holder = "",
) -> None:
    """Open a round: its editions, bodies and day, and who must speak at which line on what."""
    register = open_register(ctx)
    who = speaker(register, by, holder)
    editions = tuple(named("edition", one) for one in edition)
    value = made(
        Cycle,
        name=title or name,
        editions=editions,
        scopes=tuple(party(one) for one in body),
        aspects=tuple(under or _all_aspects(register.view(who), editions)),
        duties=tuple(_duty(one, editions) for one in speaks),
        as_at=day(as_at),
        opens=day(opens),
        closes=day(closes),
        stage="open",
        follows=named("cycle", follows) if follows else None,
    )
    done = open_round(register, value, subject=named("cycle", name), by=who)
    typer.echo(str(done.statement))


def _all_aspects(view: View, editions: tuple[str, ...]) -> dict[str, None]:
    found: dict[str, None] = {}
    for edition in editions:
        view.one(edition)
        for one in view.all(Expectation, edition=edition):
            found.update(dict.fromkeys(one.held.aspects if one.held else ()))
    return found


def _duty(text: str, editions: tuple[str, ...]) -> Duty:
    found = _DUTY.match(text)
    if found is None:
        raise DefinitionRefused(
            f"{text!r} does not say who must speak",
            expected="LINE:POST, such as 1:acc-operations or 1:acc-operations@public-order",
        )
    line, post, body, about = found.groups()
    edition = path_of(editions[0])
    if (
        about
        and len(editions) > 1
        and not any(about.startswith(f"{path_of(one)}/") for one in editions)
    ):
        raise DefinitionRefused(
            f"{about} may stand in any of {', '.join(path_of(one) for one in editions)}",
            expected=f"the whole path, such as {edition}/{about}",
        )
    inside = about and about.startswith(tuple(f"{path_of(one)}/" for one in editions))
    whole = about if inside or not about else f"{edition}/{about}"
    return Duty(
        line=Line(int(line)),
        post=party(post),
        scope=party(body) if body else None,
        about=named("expectation", whole) if whole else None,
    )


@app.command("list")
def list_(
    ctx: typer.Context,
    as_json: AsJson = False,
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
    true_on: TrueOn = "",
) -> None:
    """List the rounds."""
    view = seen(open_register(ctx), by, holder, known_at=known_at, true_on=true_on)
    show_rows((_listed(one) for one in view.all(Cycle)), shape=shape_of(as_json=as_json))


def _listed(one: Entry[Cycle]) -> dict[str, Any]:
    held = one.value
    return {
        "round": path_of(one.subject),
        "title": held.name,
        "stage": held.stage,
        "editions": ", ".join(path_of(edition) for edition in held.editions),
        "bodies": len(held.scopes),
        "as_at": str(held.as_at),
        "opens": str(held.opens),
        "closes": str(held.closes),
        "follows": path_of(held.follows) if held.follows else "",
        "entry": one.seq,
    }


@app.command()
def show(
    ctx: typer.Context,
    name: RoundName,
    body: Body = "",
    as_json: AsJson = False,
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
    true_on: TrueOn = "",
) -> None:
    """Show a round: each cell with its level, how it reads and who spoke, and how far it is."""
    view = seen(open_register(ctx), by, holder, known_at=known_at, true_on=true_on)
    matrix = cells(view, named("cycle", name), scope=party(body) if body else "")
    shape = shape_of(as_json=as_json)
    show_rows(_cells(view, matrix), shape=shape)
    if not as_json:
        for one in progress(matrix).statements:
            typer.echo(str(one))


def _cells(view: View, matrix: Cells) -> Iterator[dict[str, Any]]:
    names = names_in(view, matrix)
    for cell in matrix:
        position = cell.position
        said = position.entry.value if position and position.counts else None
        yield {
            "body": path_of(cell.key.scope),
            "requirement": path_of(cell.key.about).partition("/")[2],
            "under": cell.key.aspect,
            "level": names.position(said) if said else "",
            "carried": cell.offered or "",
            "reads": str(cell.reads),
            "lines": ", ".join(str(int(one.line)) for one in cell.voices if one.counts),
            "disputed": cell.disputed or None,
            "entry": position.entry.seq if position else None,
        }


@app.command()
def carry(ctx: typer.Context, name: RoundName, by: By = "", holder: Holder = "") -> None:
    """Offer what was judged in the last round again: carried, unreviewed and never counted."""
    register = open_register(ctx)
    done = carry_forward(register, named("cycle", name), by=speaker(register, by, holder))
    for one in done.statements:
        typer.echo(str(one))


@app.command()
def still(
    ctx: typer.Context,
    name: RoundName,
    as_json: AsJson = False,
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
    true_on: TrueOn = "",
) -> None:
    """List who has still to speak in a round, at which line and on what."""
    view = seen(open_register(ctx), by, holder, known_at=known_at, true_on=true_on)
    rows = (
        {
            "line": int(one.duty.line),
            "post": path_of(one.duty.post),
            "missing": len(one.keys),
            "of": path_of(one.duty.about) if one.duty.about else "",
            "first": one.why or str(one.keys[0]),
        }
        for one in still_to_speak(view, named("cycle", name))
    )
    show_rows(rows, shape=shape_of(as_json=as_json), nothing="Everybody has spoken who must.")


@app.command()
def sheet(
    ctx: typer.Context,
    name: RoundName,
    out: Annotated[
        Path | None, typer.Option(help="A new CSV file for the sheet; shown if left out.")
    ] = None,
    by: By = "",
    holder: Holder = "",
) -> None:
    """Write a lead's sheet: the cells still to be judged, with what is suggested and carried."""
    register = open_register(ctx)
    who = speaker(register, by, holder)
    view = register.view(who)
    matrix = cells(view, named("cycle", name))
    rows = sheet_of(view, matrix, who.post, held=shelf(ctx))
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(one.columns for one in rows)
    if out is None:
        write_or_show(text.getvalue(), out)
    else:
        # By the mark a spreadsheet knows that the file is UTF-8.
        write_new(text.getvalue().encode("utf-8-sig"), out)


@app.command()
def close(ctx: typer.Context, name: RoundName, by: By = "", holder: Holder = "") -> None:
    """Close a round in which everybody has spoken who must; else it says who has not."""
    register = open_register(ctx)
    entry = close_round(register, named("cycle", name), by=speaker(register, by, holder))
    typer.echo(f"Entry {entry.seq}: {path_of(entry.subject)} is closed.")
