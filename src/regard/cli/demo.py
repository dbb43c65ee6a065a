"""`regard demo`: the West Midlands example, the same on real data, and both on screen."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Annotated

import typer

from regard.board.capability_demonstration import build_capability, keep_answers
from regard.board.demonstration import build as build_example
from regard.board.demonstration import real_data
from regard.board.practising import open_practice_round
from regard.board.register_demonstration import build_register
from regard.capability.configured import FILE
from regard.cli.nouns import noun
from regard.cli.output import AsJson, Formats, ProgressBar, Shape, day, show
from regard.core.errors import RegardError
from regard.papers.writing import FORMATS
from regard.register.register import Register
from regard.web.serving import LOOPBACK, a_free_port, ready, settle
from regard.web.serving import serve as serve_site

app = noun()


@app.callback()
def main() -> None:
    """Build the West Midlands example, and the same on real data, and serve it."""


@app.command()
def build(
    ctx: typer.Context,
    real: Annotated[
        Path | None, typer.Option(help="A police.uk file, folder or ZIP for a second paper.")
    ] = None,
    area: Annotated[str, typer.Option(help="The force of the second paper.")] = "merseyside",
    as_at: Annotated[str, typer.Option(help="The day of the second paper.")] = "2020-12-31",
    formats: Formats = None,
    answers: Annotated[
        bool, typer.Option(help="Ask the stress tests of the example; serving asks them else.")
    ] = True,
) -> None:
    """Build the example: rows, a register, the board papers, and a round to practise in."""
    wanted = formats or FORMATS
    on = day(as_at)
    with ProgressBar() as progress:
        made = build_example(ctx.obj, formats=wanted, progress=progress)
    typer.echo("\n".join(made.said()))
    with ProgressBar() as progress:
        capable = build_capability(Path(ctx.obj), progress=progress)
    typer.echo("\n" + "\n".join(capable.said()))
    with ProgressBar() as progress:
        register = build_register(ctx.obj, formats=wanted, progress=progress)
    typer.echo("\n" + "\n".join(register.said()))
    if answers:
        with ProgressBar() as progress:
            kept = keep_answers(Path(ctx.obj), progress=progress)
        typer.echo("\n" + "\n".join(kept))
    typer.echo(f"\n{_practice(Path(ctx.obj))}")
    if real is not None:
        with ProgressBar() as progress:
            paper = real_data(ctx.obj, real, area=area, as_at=on, formats=wanted, progress=progress)
        typer.echo("\n" + "\n".join(paper.said()))


@app.command("sign-ins")
def sign_ins(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Make and show the sign-ins of the example, one a post; they stay the same."""
    home = Path(ctx.obj).resolve()
    settle(home, demo=True)
    found = _sign_ins(home)
    if as_json:
        show(found, shape=Shape.JSON)
    else:
        _show(found)


@app.command()
def serve(
    ctx: typer.Context,
    address: Annotated[
        str, typer.Option(help="The host and the port; a free port of this machine if left out.")
    ] = "",
) -> None:
    """Serve the example on this machine alone, with a sign-in for each post, until Ctrl-C."""
    home = Path(ctx.obj).resolve()
    settle(home, demo=True)
    found = _sign_ins(home)

    def told(at: str) -> None:
        _show(found)
        typer.echo(f"\nThe example is served at {at} (Ctrl-C ends it).")
        if (home / FILE).is_file():
            Thread(target=_answer, args=(home,), name="answers", daemon=True).start()

    try:
        serve_site(home, address or f"{LOOPBACK}:{a_free_port()}", demo=True, told=told)
    except KeyboardInterrupt:
        typer.echo("\nEnded. Serve it again with: regard demo serve", err=True)


def _answer(home: Path) -> None:
    """Ask the stress tests of the example beside its first pages, where nobody waits for them."""
    try:
        keep_answers(home)
    except RegardError as refusal:
        typer.echo(f"\nThe stress tests of the example were not kept: {refusal}", err=True)


def _practice(home: Path) -> str:
    """Open the round to practise in, by this machine's clock, or find it open."""
    register = Register.open(home)
    opened = open_practice_round(register).value
    register.close()
    return (
        f"A round to practise in stands open: {opened.name}. It is practice alone: no paper says "
        "it, and what is judged in it is nobody's."
    )


def _sign_ins(home: Path) -> list[dict[str, str]]:
    register = Register.open(home)
    ready()
    found = import_module("regard.web.example").sign_ins(home, register)
    register.close()
    return [
        {
            "account": one.account,
            "password": one.password,
            "post": one.post,
            "roles": ", ".join(one.roles),
        }
        for one in found
    ]


def _show(found: list[dict[str, str]]) -> None:
    typer.echo("Sign in for any of these posts. They are of the example alone:\n")
    show(found, shape=Shape.TABLE)
