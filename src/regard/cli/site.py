"""`regard site`: the screens on this machine: tables, accounts, serving, and a look at it all."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from regard.cli.nouns import noun
from regard.cli.output import AsJson, Shape, show
from regard.cli.speaking import open_register, party
from regard.core.errors import DefinitionRefused, EngineMissing, RegisterDamaged
from regard.web.serving import (
    LOOPBACK,
    PORT,
    WORKERS,
    environment,
    ready,
    settle,
    worker_words,
)
from regard.web.serving import serve as serve_site

app = noun()


@app.command("ready")
def ready_(ctx: typer.Context) -> None:
    """Make the tables of accounts, sessions and work, or bring them up to date."""
    settle(_home(ctx))
    ready()
    typer.echo("The tables of the screens are up to date.")


@app.command()
def serve(
    ctx: typer.Context,
    address: Annotated[str, typer.Option(help="The host and the port.")] = f"{LOOPBACK}:{PORT}",
    workers: Annotated[int, typer.Option(min=1, help="Processes of the server.")] = WORKERS,
) -> None:
    """Serve the screens with their worker, until Ctrl-C or the end of the service is asked for."""
    settle(_home(ctx))
    open_register(ctx).close()
    ready()
    try:
        serve_site(_home(ctx), address, workers=workers, told=_told)
    except KeyboardInterrupt:
        typer.echo("Ended.", err=True)


@app.command()
def worker(ctx: typer.Context) -> None:
    """Do long work in the background, until Ctrl-C or the end of the service is asked for."""
    words = worker_words()
    # In place of this process, so that who asks it to end asks the worker.
    os.execve(words[0], words, environment(_home(ctx)))  # noqa: S606 - words of `serving`


@app.command()
def account(
    ctx: typer.Context,
    post: Annotated[str, typer.Argument(help="The post for whose holder it is: acc-security.")],
    name: Annotated[
        str, typer.Option(help="The name given at sign-in; the post's path if left out.")
    ] = "",
    holder: Annotated[
        str, typer.Option(help="The holder; needed only where several hold the post.")
    ] = "",
    generate: Annotated[
        bool,
        typer.Option(
            "--generate",
            help="Make a password for one time and show it once, instead of asking for one.",
        ),
    ] = False,
    without: Annotated[
        bool, typer.Option("--without-password", help="Sign in by OpenID Connect alone.")
    ] = False,
    anew: Annotated[
        bool, typer.Option("--anew", help="Set the password of an account that there is.")
    ] = False,
) -> None:
    """Make the sign-in of a post's holder; a password is asked for here, and never an argument."""
    if generate and without:
        raise DefinitionRefused(
            f"two things are asked for {post}: --generate and --without-password",
            expected="one of the two",
            next_step="leave one out",
        )
    keeping = settle(_home(ctx))
    register = open_register(ctx)
    ready()
    made, password = keeping.make_account(
        register,
        party(post),
        holder=party(holder) if holder else "",
        name=name,
        password="" if without else None if generate else _asked(post),
        anew=anew,
    )
    typer.echo(f"The account {made.username} signs in for {made.holder}.")
    if password:
        typer.echo(f"Password for one time, shown once: {password}")
        typer.echo("It is changed at the first sign-in, within seven days.", err=True)


def _asked(post: str) -> str:
    if not sys.stdin.isatty():
        raise DefinitionRefused(
            f"a password for {post} was to be typed, and this is no terminal",
            expected="a terminal, or --generate",
            next_step="give the same command with --generate",
        )
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


@app.command()
def check(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Look at the settings, the tables, every hash of the register, and whether a worker runs."""
    found = settle(_home(ctx)).check(_home(ctx))
    if as_json:
        rows = [{"what": one.what, "good": one.good, "said": one.said} for one in found]
        show(rows, shape=Shape.JSON)
    else:
        typer.echo("\n".join(map(str, found)))
    wrong = [one.what for one in found if not one.good]
    if wrong:
        kind = RegisterDamaged if "register" in wrong else EngineMissing
        raise kind(
            f"{len(wrong)} of {len(found)} things are not as they should be: {', '.join(wrong)}",
            expected="everything good",
            next_step="put right what is marked WRONG, then: regard site check",
        )


def _home(ctx: typer.Context) -> Path:
    return Path(ctx.obj).resolve()


def _told(address: str) -> None:
    typer.echo(f"Regard is served at {address} (Ctrl-C ends it).")
