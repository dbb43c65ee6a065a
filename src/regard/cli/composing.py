"""`regard round composite`, `changes` and `regard`: a round as one picture, and since when."""

from __future__ import annotations

from typing import Annotated

import typer

from regard.assurance.cells import Cells, cells
from regard.assurance.changes import changes as changes_of
from regard.assurance.composite import composite as composite_of
from regard.assurance.having_regard import having_regard
from regard.assurance.matrix import matrix
from regard.cli.naming import RoundName, named
from regard.cli.nouns import noun
from regard.cli.output import AsJson, shape_of, show, tell
from regard.cli.speaking import By, Holder, KnownAt, TrueOn, open_register, party, seen
from regard.core.errors import DefinitionRefused
from regard.core.periods import FinancialYear
from regard.register.seeing import View

app = noun()
Body = Annotated[str, typer.Option("--body", help="Only this body of the round.")]


@app.command()
def composite(
    ctx: typer.Context,
    name: RoundName,
    body: Body = "",
    as_json: AsJson = False,
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
    true_on: TrueOn = "",
) -> None:
    """Show a round as one picture: each threat at its worst, then how all positions are spread."""
    view = seen(open_register(ctx), by, holder, known_at=known_at, true_on=true_on)
    scope = party(body) if body else ""
    made = composite_of(view, cells(view, named("cycle", name), scope=scope), scope=scope)
    square = matrix(made)
    rows = (
        {"threat": part.title, **dict(zip(square.aspects, map(str, held), strict=True))}
        for part, held in square.rows
    )
    show(rows, shape=shape_of(as_json=as_json))
    if not as_json:
        tell(made.whole.statements(), as_json=False)


@app.command("changes")
def changes_(
    ctx: typer.Context,
    name: RoundName,
    since: Annotated[
        str, typer.Option(help="The earlier round; if left out, the one that it follows.")
    ] = "",
    body: Body = "",
    as_json: AsJson = False,
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
    true_on: TrueOn = "",
) -> None:
    """List what changed since an earlier round, position by position."""
    view = seen(open_register(ctx), by, holder, known_at=known_at, true_on=true_on)
    scope = party(body) if body else ""
    now = cells(view, named("cycle", name), scope=scope)
    found = changes_of(view, now, _before(view, now, since, scope))
    told = (one.statement for one in found)
    tell((one for one in told if one is not None), as_json=as_json, nothing="Nothing changed.")


def _before(view: View, now: Cells, since: str, scope: str) -> Cells:
    earlier = named("cycle", since) if since else now.cycle.value.follows
    if earlier is None:
        raise DefinitionRefused(
            f"{now.cycle.subject} follows no round", expected="--since with an earlier round"
        )
    return cells(view, earlier, scope=scope)


@app.command()
def regard(
    ctx: typer.Context,
    body: Annotated[str, typer.Option("--body", help="The body that must have regard.")],
    year: Annotated[str, typer.Option(help="The year of the annual report, such as 2025/26.")],
    as_json: AsJson = False,
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
    true_on: TrueOn = "",
) -> None:
    """Say how regard was had to the requirement in a year, and what was departed from and why."""
    view = seen(open_register(ctx), by, holder, known_at=known_at, true_on=true_on)
    tell(having_regard(view, party(body), FinancialYear.parse(year)).statements(), as_json=as_json)
