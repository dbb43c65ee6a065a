"""`regard records`: bring in what systems counted, see what is held, take an import back."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Annotated, Any

import typer

from regard.cli.nouns import noun
from regard.cli.output import (
    AsJson,
    KnownAt,
    ProgressBar,
    instant,
    shape_of,
    show,
)
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
    shape = shape_of(as_json=as_json)
    show(result.rows() if as_json else map(_file, result.rows()), shape=shape)
    for line in result.said():
        typer.echo(line, err=True)


def _file(row: dict[str, Any]) -> dict[str, Any]:
    """What a table tells of a file; its messages name the archive it lay in."""
    first = {key: row[key] for key in ("import", "state", "dataset")}
    told = {key: value for key, value in row.items() if key != "rows_read"}
    return {**first, **told, "file": PurePosixPath(row["file"]).name}


@app.command("list")
def list_(ctx: typer.Context, known_at: KnownAt = "", as_json: AsJson = False) -> None:
    """List every import that was ever made, with how it ended; --json tells more of each."""
    shape = shape_of(as_json=as_json)
    rows = Store(ctx.obj).ledger.listed(instant(known_at))
    show(rows if as_json else map(_import, rows), shape=shape, nothing="No imports yet.")


def _import(row: dict[str, Any]) -> dict[str, Any]:
    """What a table tells of an import."""
    finished = row["finished_at"]
    return {
        "number": row["number"],
        "dataset": row["dataset"],
        "file": PurePosixPath(row["file"]).name,
        "state": row["state"],
        "rows_stored": row["rows_stored"],
        "rows_rejected": row["rows_rejected"],
        "finished": f"{finished:%Y-%m-%d %H:%M}" if finished else None,
        "label": row["label"],
        "withdrawn_because": row["withdrawn_because"],
    }


@app.command()
def coverage(
    ctx: typer.Context,
    dataset: Annotated[str, typer.Argument(help="The dataset; all if left out.")] = "",
    known_at: KnownAt = "",
    as_json: AsJson = False,
) -> None:
    """Show which months each source has supplied, which are missing and what rows lack.

    Of several missing months a table shows the first and how many; --json lists each, and tells
    the vintage of the area codes, rows that have a twin and references that are repeated.
    """
    shape = shape_of(as_json=as_json)
    with Counter(Store(ctx.obj), known_at=instant(known_at)) as counter:
        rows = counter.covered(dataset or None)
    show(rows if as_json else map(_supply, rows), shape=shape, nothing="No records yet.")


def _supply(row: dict[str, Any]) -> dict[str, Any]:
    """What a table tells of a source."""
    missing = row["missing"].split(", ") if row["missing"] else []
    return {
        "dataset": row["dataset"],
        "source": row["source"],
        "first": row["first"],
        "last": row["last"],
        "missing": missing[0] + (f" … ({len(missing)})" if missing[1:] else "") if missing else "",
        "rows": row["rows"],
        "without_area": row["without_area"],
    }


@app.command()
def rejected(ctx: typer.Context, number: Number, as_json: AsJson = False) -> None:
    """Show the rows of an import that were set aside, each with its reason; --json, whole."""
    rows = Store(ctx.obj).rejected(number)
    shape = shape_of(as_json=as_json)
    brief = ({key: value for key, value in row.items() if key != "raw"} for row in rows)
    show(rows if as_json else brief, shape=shape, nothing=f"Import {number} set no row aside.")


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
