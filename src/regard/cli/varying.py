"""`regard stress sensitivity`: which assumption moves the answer of a stress test most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from regard.capability.configured import configured
from regard.capability.questions import SEED, WEEKDAYS
from regard.capability.scenarios import LETTERS
from regard.capability.sensitivity import POINTS_USUAL, REPLICATIONS, Sensitivity, sensitivity
from regard.cli.nouns import noun
from regard.cli.output import AsJson, KnownAt, ProgressBar, shape_of, show
from regard.cli.stress import Days, Force, Psus, answering_at, listed, question
from regard.core.errors import DefinitionRefused

app = noun()


@app.command("sensitivity")
def sensitivity_(
    ctx: typer.Context,
    force: Force,
    psus: Psus,
    days: Days,
    start: Annotated[str, typer.Option(help="The day they go, such as Friday.")] = WEEKDAYS[4],
    of: Annotated[
        str, typer.Option(help="What is looked at: late, more, waiting or recovery.")
    ] = "late",
    between: Annotated[
        list[str] | None,
        typer.Option("--range", help="Another range, such as demand=80:120; may be repeated."),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(help="An assumption that is varied, such as crew; may be repeated."),
    ] = None,
    points: Annotated[int, typer.Option(help="How many points.")] = POINTS_USUAL,
    replications: Annotated[int, typer.Option(help="Histories of each point.")] = REPLICATIONS,
    seed: Annotated[int, typer.Option(help="The name of the luck.")] = SEED,
    known_at: KnownAt = "",
    as_json: AsJson = False,
) -> None:
    """Vary all that is assumed at once, and say which assumption moves the answer most."""
    told = configured(Path(ctx.obj), force)
    asked = question(told, psus, days, start, seed=seed)
    ranges = dict(map(_range, between or ()))
    with answering_at(ctx, told, known_at) as answering, ProgressBar() as progress:
        found = sensitivity(
            answering, asked, ranges=ranges, only=only or (), points=points,
            replications=replications, progress=progress,
        )  # fmt: skip
    _tell(found, of, as_json=as_json)


def _range(text: str) -> tuple[str, tuple[float, float]]:
    name, _, ends = text.partition("=")
    low, _, high = ends.partition(":")
    try:
        return name, (float(low), float(high))
    except ValueError as reason:
        raise DefinitionRefused(
            f"{text!r} is no range", expected="a name and two numbers, such as demand=80:120"
        ) from reason


def _tell(found: Sensitivity, of: str, *, as_json: bool) -> None:
    show(_rows(found, of), shape=shape_of(as_json=as_json))
    if as_json:
        return
    typer.echo("\n" + "\n".join(str(one) for one in found.statements(of)))
    for title, told in _beside(found).items():
        typer.echo(f"\n{title}:\n{listed(told)}")
    typer.echo(
        f"\nSensitivity {found.digest[:LETTERS]}: inputs {found.asked.digest[:LETTERS]}, seed "
        f"{found.asked.question.seed}, {len(found.points)} points of {found.replications} "
        "replications."
    )


def _beside(found: Sensitivity) -> Mapping[str, Sequence[str]]:
    return {
        "Ranges that were assumed": found.assumed,
        "How units are sent": found.rules,
        "Not modelled": found.left_out,
    }


def _rows(found: Sensitivity, of: str) -> Iterator[dict[str, Any]]:
    assumed = {one.name: one for one in found.assumptions}
    for one in found.ranking(of).moved:
        yield {
            "assumption": one.name,
            "from": assumed[one.name].low,
            "to": assumed[one.name].high,
            "unit": assumed[one.name].unit,
            "moves_it_by": one.by,
            "low": one.low,
            "high": one.high,
            "by_ranks": one.rank,
            "ranks_low": one.rank_low,
            "ranks_high": one.rank_high,
        }
