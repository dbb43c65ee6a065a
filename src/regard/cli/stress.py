"""`regard stress`: what if so many PSUs go for so many days? Ask, keep, compare, make again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from regard.board.stress_answer import keep_with_paper
from regard.capability.configured import Configured, configured
from regard.capability.fits import answering_held
from regard.capability.incidents import Answering
from regard.capability.questions import SEED, WEEKDAYS, Question, levels_up_to
from regard.capability.scenarios import (
    LETTERS,
    KeptAnswer,
    again,
    kept_answer,
    kept_or_not,
    name_of,
)
from regard.capability.stress import FULL, Stress, screen, stress
from regard.cli.nouns import noun
from regard.cli.output import AsJson, KnownAt, ProgressBar, instant, shape_of, show
from regard.cli.speaking import By, Holder, open_register, party, speaker
from regard.core.errors import DefinitionRefused, FileUnreadable
from regard.records.store import Store
from regard.register.access import EVERYTHING
from regard.register.entries import Entry
from regard.register.kinds.facts import Observation

app = noun({"sensitivity": "varying"})

Force = Annotated[str, typer.Option("--force", help="The force, as police.uk names it.")]
Psus = Annotated[int, typer.Option("--psus", help="PSUs that go.")]
Days = Annotated[int, typer.Option("--days", help="For how many days.")]
Hour = Annotated[int, typer.Option(help="The hour they go.")]
Host = Annotated[int, typer.Option(help="Kilometres to the host.")]
Reserve = Annotated[int, typer.Option(help="Idle units kept for the first grade.")]


@app.callback()
def main() -> None:
    """What if so many PSUs go for so many days, and what does local policing lose?"""


@app.command("screen")
def screen_(
    ctx: typer.Context,
    force: Force,
    psus: Psus,
    days: Days,
    start: Annotated[str, typer.Option(help="The day they go, such as Friday.")] = WEEKDAYS[4],
    hour: Hour = 7,
    host: Host = 0,
    reserve: Reserve = 0,
    known_at: KnownAt = "",
    as_json: AsJson = False,
) -> None:
    """Answer by formula in a blink, and say that it is no more."""
    told = configured(Path(ctx.obj), force)
    with answering_at(ctx, told, known_at) as answering:
        asked = question(told, psus, days, start, hour=hour, host_km=host, reserve=reserve)
        found = screen(answering, asked)
    rows = [
        {
            "scenario": one.scenario,
            "late_%": 100 * one.late,
            "mean_wait_min": one.wait,
            "most_waiting": one.peak,
            "hours_beyond": one.beyond,
        }
        for one in (found.home, found.away)
    ]
    show(rows, shape=shape_of(as_json=as_json))
    typer.echo(f"\n{found.said}", err=as_json)


@app.command()
def ask(
    ctx: typer.Context,
    force: Force,
    psus: Psus,
    days: Days,
    start: Annotated[str, typer.Option(help="The day they go, such as Friday.")] = WEEKDAYS[4],
    hour: Hour = 7,
    host: Host = 0,
    curve: Annotated[int, typer.Option(help="Show every number of PSUs up to this one.")] = 0,
    reserve: Reserve = 0,
    shift_end: Annotated[str, typer.Option(help="finish or handover.")] = "finish",
    divert: Annotated[
        bool, typer.Option("--divert", help="Send units still on their way.")
    ] = False,
    replications: Annotated[int, typer.Option(help="How many histories.")] = FULL,
    seed: Annotated[int, typer.Option(help="The name of the luck.")] = SEED,
    keep_it: Annotated[bool, typer.Option("--keep", help="Enter the answer as evidence.")] = False,
    scope: Annotated[str, typer.Option(help="The body of a kept answer; the force.")] = "",
    by: By = "",
    holder: Holder = "",
    known_at: KnownAt = "",
    as_json: AsJson = False,
) -> None:
    """Simulate the response while they are away; say what is late, how long it lasts, recovery."""
    told = configured(Path(ctx.obj), force)
    asked = question(
        told, psus, days, start, hour=hour, host_km=host,
        levels=levels_up_to(curve) if curve else (), reserve=reserve,
        shift_end=shift_end, divert=divert, seed=seed,
    )  # fmt: skip
    with answering_at(ctx, told, known_at) as answering, ProgressBar() as progress:
        answer = stress(answering, asked, replications=replications, progress=progress)
    _tell(answer, as_json=as_json)
    if keep_it:
        register = open_register(ctx)
        entry = keep_with_paper(
            register, answer, Path(ctx.obj), by=speaker(register, by, holder),
            scope=party(scope or force),
        )  # fmt: skip
        register.close()
        typer.echo(f"Kept as entry {entry.seq}: {answer.digest[:LETTERS]}", err=True)


@app.command("list")
def list_(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List the answers that were kept."""
    register = open_register(ctx)
    held = list(kept_or_not(register.view(EVERYTHING), Path(ctx.obj)))
    register.close()
    rows = [_listed(entry, one) for entry, one in held]
    show(rows, shape=shape_of(as_json=as_json), nothing="No answer was kept.")
    for entry, one in held:
        if isinstance(one, FileUnreadable):
            typer.echo(f"{name_of(entry)} cannot be read: {one.wrong}", err=True)


def _listed(entry: Entry[Observation], one: KeptAnswer | FileUnreadable) -> dict[str, Any]:
    """A kept answer as a row; what a file that cannot be read would say is left empty."""
    read = None if isinstance(one, FileUnreadable) else one
    return {
        "name": name_of(entry),
        "force": read.force if read else None,
        "psus": read.question.psus if read else None,
        "days": read.question.days if read else None,
        "km": read.question.host_km if read else None,
        "replications": read.replications if read else None,
        "kept": entry.recorded.date().isoformat(),
        "entry": entry.seq,
    }


@app.command("show")
def show_(
    ctx: typer.Context,
    name: Annotated[list[str], typer.Argument(help="The names of kept answers, one or more.")],
    as_json: AsJson = False,
) -> None:
    """Show kept answers side by side: the per cent late of each number of PSUs and grade."""
    register = open_register(ctx)
    found = [kept_answer(register.view(EVERYTHING), Path(ctx.obj), one) for one in name]
    register.close()
    rows = [{"name": one.digest[:LETTERS], **reading} for one in found for reading in one.readings]
    show(rows, shape=shape_of(as_json=as_json))
    if not as_json:
        for one in found:
            typer.echo("\n" + "\n".join(one.said))


@app.command("again")
def again_(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="The name of a kept answer.")],
    known_at: KnownAt = "",
) -> None:
    """Make a kept answer again from the records, and say whether it is the same to the last bit."""
    register = open_register(ctx)
    kept = kept_answer(register.view(EVERYTHING), Path(ctx.obj), name)
    register.close()
    told = configured(Path(ctx.obj), kept.force)
    with answering_at(ctx, told, known_at) as answering, ProgressBar() as progress:
        answer = again(kept, answering, progress=progress)
    same = answer.digest == kept.digest
    typer.echo(
        f"{kept.digest[:LETTERS]} made again of the same inputs: "
        f"{'the same to the last bit' if same else f'it is {answer.digest[:LETTERS]} now'}."
    )
    if not same:
        raise DefinitionRefused(
            f"{kept.digest[:LETTERS]} is {answer.digest[:LETTERS]} when it is made again",
            expected="the same digest of the same inputs",
            next_step="it was made by another version; ask anew and keep that",
        )


def question(told: Configured, psus: int, days: int, start: str, **more: object) -> Question:
    """What is asked, as the force assumes it.

    Raises:
        DefinitionRefused: there is no such weekday, or it cannot be asked.
    """
    if start.capitalize() not in WEEKDAYS:
        raise DefinitionRefused(f"a start on {start!r}", expected=", ".join(WEEKDAYS))
    return told.question(psus, days, weekday=WEEKDAYS.index(start.capitalize()), **more)


@contextmanager
def answering_at(ctx: typer.Context, told: Configured, known_at: str) -> Iterator[Answering]:
    """How the force answers, as its records were known at an instant."""
    yield answering_held(Store(Path(ctx.obj)), told, known_at=instant(known_at))


def _tell(answer: Stress, *, as_json: bool) -> None:
    rows = [
        {
            "psus": one.psus,
            "grade": one.grade,
            "late_%": one.late.value,
            "low": one.late.low,
            "high": one.late.high,
            "more_points": None if one.more is None else one.more.value,
            "mean_wait_min": one.wait.value,
            "most_waiting": answer.peaks[one.psus].value,
        }
        for one in answer.steps
    ]
    show(rows, shape=shape_of(as_json=as_json))
    if not as_json:
        typer.echo("\n" + "\n".join(str(one) for one in answer.statements()))
        typer.echo("\nHow units are sent:\n" + listed(answer.rules))
        typer.echo("\nNot modelled:\n" + listed(answer.left_out))
        typer.echo(
            f"\nRun {answer.digest[:LETTERS]}: inputs {answer.asked.digest[:LETTERS]}, seed "
            f"{answer.runs.seed}, {answer.runs.replications:,} replications."
        )


def listed(told: Sequence[str]) -> str:
    """Sentences, a line each."""
    return "\n".join(f"- {one}" for one in told)
