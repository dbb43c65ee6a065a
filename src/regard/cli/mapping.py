"""`regard mapping`: from a force's own columns and codes to a dataset."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from regard.cli.nouns import noun
from regard.cli.output import write_or_show
from regard.records.mapping import draft_mapping

app = noun()


@app.callback()
def main() -> None:
    """Draft how a force's own file becomes one of the datasets."""


@app.command()
def draft(
    file: Annotated[Path, typer.Argument(help="A CSV or Parquet file of your own.")],
    dataset: Annotated[
        str, typer.Option(help="The dataset it is for; guessed from the header if left out.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option(help="A new file for the mapping; shown if left out.")
    ] = None,
) -> None:
    """Draft a mapping from a file's header and first rows, for you to check and complete."""
    write_or_show(draft_mapping(file, dataset=dataset or None), out)
