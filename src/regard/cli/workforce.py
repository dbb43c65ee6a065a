"""`regard workforce`: posts and people, on which base we are short, and when we will be there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from regard.capability.people import ALL, People, figures_of
from regard.cli.nouns import noun
from regard.cli.output import AsJson, KnownAt, Shape, day, instant, shape_of, show, tell
from regard.core.figures import Figure
from regard.core.periods import Month
from regard.records.stated import StatedTables
from regard.records.store import Store
from regard.workforce.bodies import CORE
from regard.workforce.currency import Refreshing, forecast
from regard.workforce.foretelling import Assumed
from regard.workforce.targets import product

app = noun()

Force = Annotated[str, typer.Option("--force", help="The force, as police.uk names it.")]
Unit = Annotated[str, typer.Option("--unit", help="A unit of it, such as rocu; all for the whole.")]
AsAt = Annotated[str, typer.Option("--as-at", help="The day to which it is true.")]
SEED = 20_211_201


@app.callback()
def main() -> None:
    """Posts and people: on which base are we short, and when will we be there?"""


@app.command()
def units(ctx: typer.Context, known_at: KnownAt = "", as_json: AsJson = False) -> None:
    """List the units of which posts and people are stated."""
    with _people(ctx, known_at) as people:
        rows = [
            {"force": force, "unit": unit, "month": people.posted(force, unit).month.iso}
            for force in people.forces()
            for unit in people.units(force)
        ]
    show(rows, shape=shape_of(as_json=as_json), nothing="No posts and people are stated.")


@app.command("show")
def show_(
    ctx: typer.Context,
    force: Force,
    unit: Unit = ALL,
    as_at: AsAt = "",
    known_at: KnownAt = "",
    as_json: AsJson = False,
) -> None:
    """Say on which base a unit is short, and why two counts of vacancies differ."""
    with _people(ctx, known_at) as people:
        posted = people.posted(force, unit, to=day(as_at) if as_at else None)
    if as_json:
        show((_row(one) for one in figures_of(posted)), shape=Shape.JSON)
    else:
        tell(posted.statements(), as_json=False)


@app.command()
def table(
    ctx: typer.Context,
    unit: Unit,
    scope: Annotated[str, typer.Option(help="What the forces are together.")] = "the region",
    as_at: AsAt = "",
    known_at: KnownAt = "",
    as_json: AsJson = False,
) -> None:
    """Show one unit of several forces side by side, with the share from which uplift counts."""
    with _people(ctx, known_at) as people:
        made = people.table(unit, scope=scope, to=day(as_at) if as_at else None)
    rows = [
        {
            "row": name,
            **{body: cell.value for body, cell in zip(made.bodies, row.cells, strict=True)},
            "total": row.total.value,
        }
        for name, row in made.rows.items()
    ]
    show(rows, shape=shape_of(as_json=as_json))
    if not as_json:
        typer.echo(f"\n{made.threshold_statement()}")


@app.command()
def chance(
    ctx: typer.Context,
    force: Force,
    by: Annotated[str, typer.Option(help="The month by whose end, such as 2022-07.")],
    joiners: Annotated[float, typer.Option(help="People who join a month.")],
    leaving: Annotated[float, typer.Option(help="The share who leave in a year, such as 0.065.")],
    unit: Unit = ALL,
    base: Annotated[
        list[str] | None, typer.Option(help="A base of the posts; may be repeated.")
    ] = None,
    doubt: Annotated[
        float, typer.Option(help="How sure both rates are: deviation over mean, such as 0.15.")
    ] = 0.0,
    seed: Annotated[int, typer.Option(help="The name of the luck.")] = SEED,
    as_at: AsAt = "",
    known_at: KnownAt = "",
    as_json: AsJson = False,
) -> None:
    """Say the chance that a unit is as strong as its posts, with what is assumed."""
    given = Assumed(joiners, leaving, joiners_spread=doubt, leaving_spread=doubt)
    with _people(ctx, known_at) as people:
        posted = people.posted(force, unit, to=day(as_at) if as_at else None)
        told = people.chance(
            posted, by=Month.parse(by), given=given, bases=base or (CORE,), seed=seed
        )
    tell((told.statement,), as_json=as_json)


@app.command()
def lapses(
    ctx: typer.Context,
    force: Force,
    skill: Annotated[str, typer.Option(help="The skill, such as psu-level-2.")],
    capacity: Annotated[float, typer.Option(help="People who can be refreshed a month.")],
    target: Annotated[float, typer.Option(help="How many are wanted in date.")],
    months: Annotated[int, typer.Option(help="How far ahead.")] = 12,
    as_at: AsAt = "",
    known_at: KnownAt = "",
    as_json: AsJson = False,
) -> None:
    """Show whose training lapses when, as counts, and when too few are in date."""
    with _people(ctx, known_at) as people:
        holders = people.holders(force, skill, to=day(as_at) if as_at else None)
    told = forecast(holders, Refreshing(capacity), months=months)
    wanted = product(
        (_given(holders.scope, target, holders.in_date),),
        measure="people in date",
        scope=holders.scope,
        unit=holders.in_date.unit,
    ).figure
    rows = [
        {
            "month": month.iso,
            "in_date": float(told.in_date[place]),
            "lapsing": float(told.lapsing[place]),
            "refreshed": float(told.refreshed[place]),
            "lapsed": float(told.lapsed[place]),
        }
        for place, month in enumerate(told.months)
    ]
    show(rows, shape=shape_of(as_json=as_json))
    if not as_json:
        typer.echo(f"\n{told.statement(wanted)}")


def _given(scope: str, target: float, like: Figure) -> Figure:
    return Figure(
        target,
        like.unit,
        "people wanted in date",
        scope,
        "target",
        "as asked",
        like.as_at,
        places=0,
    )


def _row(figure: Figure) -> dict[str, object]:
    sources = dict.fromkeys(str(source) for one in figure.walk() for source in one.sources)
    return {
        "measure": figure.measure,
        "scope": figure.scope,
        "basis": figure.basis,
        "value": figure.value,
        "unit": figure.unit,
        "as_at": figure.as_at,
        "sources": "; ".join(sources),
    }


@contextmanager
def _people(ctx: typer.Context, known_at: str) -> Iterator[People]:
    with StatedTables(Store(Path(ctx.obj)), known_at=instant(known_at)) as tables:
        yield People(tables)
