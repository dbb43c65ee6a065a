"""`regard allocate`: a national or regional demand shared fairly, and what fairness costs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from regard.capability.sharing import problem_from, share
from regard.cli.nouns import noun
from regard.cli.output import AsJson, day, shape_of, show
from regard.mobilisation.allocating import FAIR

app = noun()


@app.callback()
def main() -> None:
    """Share a demand for PSUs between forces at the least cost to those that send."""


@app.command("share")
def share_(
    file: Annotated[Path, typer.Argument(help="A TOML or JSON file: hosts, needed, forces.")],
    as_at: Annotated[str, typer.Option(help="The day to which its numbers are true.")],
    aim: Annotated[str, typer.Option(help="fair, cheap or capped.")] = FAIR,
    cost: Annotated[str, typer.Option(help="The unit of costs.")] = "late incidents a day",
    as_json: AsJson = False,
) -> None:
    """Say who sends how many on which day, whose burden is greatest, and what fairness costs."""
    found = share(problem_from(file), as_at=day(as_at), aim=aim, cost=cost)
    sharing = found.sharing
    rows = [
        {
            "force": force.name,
            "region": force.region,
            "most_away": int(sharing.away[place].max()),
            "psu_days": int(sharing.away[place].sum()),
            "greatest_cost": float(sharing.costs[place].max()),
        }
        for place, force in enumerate(sharing.problem.forces)
    ]
    show(rows, shape=shape_of(as_json=as_json))
    if not as_json:
        typer.echo("\n" + "\n".join(str(one) for one in found.statements()))
        typer.echo("\nNot modelled:\n" + "\n".join(f"- {one}" for one in found.left_out))
