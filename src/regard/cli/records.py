"""`regard records`: bring in what systems counted, see what is held, take an import back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from regard.cli.nouns import noun
from regard.cli.output import AsJson, KnownAt, ProgressBar, instant, shape_of, show
from regard.records.counting import Counter
from regard.records.imports import import_files
from regard.records.imports import withdraw as withdraw_import
from regard.records.store import Store

app = noun()
Number = Annotated[
    int, typer.Argument(help="The number of the import, as `records list` shows it.")
]


@app.command("import")
def import_(
    ctx: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Files, folders or ZIPs as downloaded.")],
    mapping: Annotated[
        Path | None, typer.Option(help="A mapping file, for a force's own columns and codes.")
    ] = None,
    reader: Annotated[
        str, typer.Option(help="Which reader to use; found from the header if left out.")
    ] = "",
    set_aside: Annotated[
        bool, typer.Option("--set-aside", help="Keep bad rows apart with their reasons.")
    ] = False,
    label: Annotated[str, typer.Option(help="A note kept with the import.")] = "",
    as_json: AsJson = False,
) -> None:
    """Bring files in as one batch, all or nothing; the same file twice is brought in once."""
    with ProgressBar() as progress:
        result = import_files(
            Store(ctx.obj),
            paths,
            mapping=mapping,
            reader=reader or None,
            set_aside=set_aside,
            label=label,
            progress=progress,
        )
    show(result.rows(), shape=shape_of(as_json=as_json))
    for line in result.said():
        typer.echo(line, err=True)


@app.command("list")
def list_(ctx: typer.Context, known_at: KnownAt = "", as_json: AsJson = False) -> None:
    """List every import that was ever made, with how it ended."""
    rows = Store(ctx.obj).ledger.listed(instant(known_at))
    show(rows, shape=shape_of(as_json=as_json), nothing="No imports yet.")


@app.command()
def coverage(
    ctx: typer.Context,
    dataset: Annotated[str, typer.Argument(help="The dataset; all if left out.")] = "",
    known_at: KnownAt = "",
    as_json: AsJson = False,
) -> None:
    """Show which months each source has supplied, which are missing and what rows lack."""
    rows = Counter(Store(ctx.obj), known_at=instant(known_at)).covered(dataset or None)
    show(rows, shape=shape_of(as_json=as_json), nothing="No records yet.")


@app.command()
def rejected(ctx: typer.Context, number: Number, as_json: AsJson = False) -> None:
    """Show the rows of an import that were set aside, each with its reason."""
    rows = Store(ctx.obj).rejected(number)
    show(rows, shape=shape_of(as_json=as_json), nothing=f"Import {number} set no row aside.")


@app.command()
def withdraw(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option(help="Why; it is kept with the withdrawal.")],
) -> None:
    """Take an import back by a later entry; what it replaced counts again."""
    withdraw_import(Store(ctx.obj), number, reason=reason)
    typer.echo(f"Import {number} is withdrawn; what it replaced counts again.")


@app.command()
def verify(ctx: typer.Context) -> None:
    """Compare every stored file with the ledger, byte for byte."""
    compared = Store(ctx.obj).verify()
    typer.echo(f"Stored files compared, all as they were written: {compared:,}.")
