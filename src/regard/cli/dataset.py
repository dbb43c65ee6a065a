"""`regard dataset`: what Regard takes, column by column."""

from __future__ import annotations

import typer

from regard.cli.nouns import noun
from regard.cli.output import AsJson, codes, shape_of, show
from regard.core.errors import NotKnown
from regard.records.contracts import contracts

app = noun()


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List the datasets that records can be brought into."""
    rows = [
        {"dataset": one.id, "name": one.name, "columns": len(one.columns), "holds": one.description}
        for one in contracts().values()
    ]
    show(rows, shape=shape_of(as_json=as_json))


@app.command("show")
def show_(name: str = typer.Argument(help="The dataset."), as_json: AsJson = False) -> None:
    """Show a dataset's columns: type, unit, what is allowed and what an empty cell means."""
    known = contracts()
    if name not in known:
        raise NotKnown("dataset", name, known, next_step="list them with: regard dataset list")
    shape = shape_of(as_json=as_json)
    rows = [
        {
            "column": one.name,
            "type": one.type,
            "required": one.required,
            "unit": one.unit,
            "allowed": codes([str(code) for code in one.allowed or ()], shape),
            "empty_means": one.missing,
            "description": one.description,
        }
        for one in known[name].columns
    ]
    show(rows, shape=shape)
