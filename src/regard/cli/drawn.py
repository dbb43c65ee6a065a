"""What commands that draw have in common: the kind of picture, names of areas, the file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from regard.board.pictures import KINDS, picture
from regard.cli.output import write_new
from regard.core.errors import NotKnown
from regard.papers.model import Chart
from regard.records.forces import forces


def kind_of(out: Path) -> str:
    """The kind of picture that a file's name asks for.

    Raises:
        NotKnown: Regard draws no such kind.
    """
    kind = out.suffix.removeprefix(".").lower()
    if kind not in KINDS:
        raise NotKnown(
            "kind of picture", kind or out.name, KINDS, next_step="end the file's name with .svg"
        )
    return kind


def _drawable(out: Path | None) -> Path | None:
    """Refuse another kind of picture before anything is counted."""
    if out is not None:
        kind_of(out)
    return out


Picture = Annotated[
    Path | None,
    typer.Option(
        "--out",
        help="A new file for the picture, which ends with .svg or .png.",
        callback=_drawable,
    ),
]


def area_named(area: str) -> str:
    """An area as a chart prints it: a force by its name, a part of one after it."""
    force, _, local = area.partition("/")
    known = forces()[force].name if force in forces() else force
    return f"{known}, {local}" if local else known


def draw_into(chart: Chart, out: Path) -> None:
    """A chart into a new file, and its alternative text on standard error."""
    write_new(picture(chart, kind_of(out)), out)
    typer.echo(f"Alternative text: {chart.alt}", err=True)
