"""`regard muster`: how many PSUs by when, which role binds, and how long they can be kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from regard.capability.configured import configured
from regard.capability.incidents import LOCAL_TIME
from regard.capability.mustering import mustered
from regard.cli.nouns import noun
from regard.cli.output import AsJson, KnownAt, instant, shape_of, show, tell
from regard.core.errors import DefinitionRefused
from regard.mobilisation.muster import REST, longest, longest_said
from regard.mobilisation.muster.wording import about
from regard.records.stated import StatedTables
from regard.records.store import Store

app = noun()

Force = Annotated[str, typer.Option("--force", help="The force, as police.uk names it.")]
At = Annotated[str, typer.Option("--at", help="The call in local time, such as 2021-11-05T10:00.")]


@app.callback()
def main() -> None:
    """How many PSUs by when, which role stands in the way, and how long they can be kept."""


@app.command("show")
def show_(
    ctx: typer.Context,
    force: Force,
    at: At,
    distance: Annotated[float, typer.Option(help="Kilometres to the host; 0 at home.")] = 0.0,
    draws: Annotated[int, typer.Option(help="How many calls to draw.")] = 1_000,
    seed: Annotated[int, typer.Option(help="The name of the luck.")] = 1,
    known_at: KnownAt = "",
    as_json: AsJson = False,
) -> None:
    """Raise PSUs hour by hour from who is trained and on duty; test the commitment."""
    home = Path(ctx.obj)
    call = configured(home, force).call(_instant(at), distance_km=distance, draws=draws, seed=seed)
    with StatedTables(Store(home), known_at=instant(known_at)) as tables:
        told = mustered(tables, force, call)
    if as_json:
        rows = (
            {"hour": one.hour, "low": one.low, "median": one.median, "high": one.high}
            for one in told.supply.bands
        )
        show(rows, shape=shape_of(as_json=True))
        return
    tell(told.statements(), as_json=False)
    typer.echo("\nAssumed:\n" + "\n".join(f"- {one}" for one in told.assumed))
    typer.echo("\nNot modelled:\n" + "\n".join(f"- {one}" for one in told.left_out))


@app.command("longest")
def longest_(
    ctx: typer.Context,
    force: Force,
    at: At,
    psus: Annotated[int, typer.Option(help="PSUs on the ground.")],
    by_hour: Annotated[int, typer.Option(help="Of the PSUs raised by this hour.")] = 24,
    as_json: AsJson = False,
) -> None:
    """Say how long so many PSUs can be kept on the ground, and which rule of rest ends it."""
    home = Path(ctx.obj)
    with StatedTables(Store(home)) as tables:
        told = mustered(tables, force, configured(home, force).call(_instant(at)))
    raised = told.supply.band(by_hour).median
    found = longest(psus, raised)
    tell(longest_said(found, REST, about(told.supply, told.as_at)), as_json=as_json)


def _instant(text: str) -> datetime:
    """An instant in local time.

    Raises:
        DefinitionRefused: the text is none.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError as reason:
        raise DefinitionRefused(
            f"{text!r} is not an instant ({reason})", expected="2021-11-05T10:00"
        ) from reason
    return found if found.tzinfo else found.replace(tzinfo=LOCAL_TIME)
