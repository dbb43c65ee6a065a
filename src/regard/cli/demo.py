"""`regard demo`: the West Midlands example, and the same on real data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from regard.board.demonstration import build as build_example
from regard.board.demonstration import real_data
from regard.board.register_demonstration import build_register
from regard.cli.nouns import noun
from regard.cli.output import Formats, ProgressBar, day
from regard.papers.writing import FORMATS

app = noun()


@app.callback()
def main() -> None:
    """Build the West Midlands example, and the same on real data."""


@app.command()
def build(
    ctx: typer.Context,
    real: Annotated[
        Path | None, typer.Option(help="A police.uk file, folder or ZIP for a second paper.")
    ] = None,
    area: Annotated[str, typer.Option(help="The force of the second paper.")] = "merseyside",
    as_at: Annotated[str, typer.Option(help="The day of the second paper.")] = "2020-12-31",
    formats: Formats = None,
) -> None:
    """Build the example: rows, a register of what its papers said, and the board papers."""
    wanted = formats or FORMATS
    on = day(as_at)
    with ProgressBar() as progress:
        made = build_example(ctx.obj, formats=wanted, progress=progress)
    typer.echo("\n".join(made.said()))
    with ProgressBar() as progress:
        register = build_register(ctx.obj, formats=wanted, progress=progress)
    typer.echo("\n" + "\n".join(register.said()))
    if real is not None:
        with ProgressBar() as progress:
            paper = real_data(ctx.obj, real, area=area, as_at=on, formats=wanted, progress=progress)
        typer.echo("\n" + "\n".join(paper.said()))
