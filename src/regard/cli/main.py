"""The command line's front door: global options, one lazily read module a noun, plain errors."""

from __future__ import annotations

import importlib
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from regard.core.errors import DefinitionRefused, RegardError, RegisterDamaged

NOUNS = {
    "action": "What is due by a day: list, move its day, claim, verify, close, open again.",
    "allocate": "A demand for PSUs shared between forces, and what fairness costs.",
    "concern": "What stands in the way: vulnerabilities, risks, and the actions that answer them.",
    "dataset": "The datasets Regard takes and their columns.",
    "decision": "What is proposed and decided: propose, take, resolve, depart, list what waits.",
    "demo": "The West Midlands example, from generated rows to the board paper.",
    "edition": "What is demanded, issue by issue: list, publish, see what a new one asks.",
    "judge": "What posts say in a round: evidence, judgements, challenges, assurance.",
    "mapping": "How a force's own file becomes one of the datasets.",
    "measure": "What is measured, and what it says.",
    "meeting": "When a board met, and which papers it took.",
    "muster": "How many PSUs by when, what stands in the way, how long they can be kept.",
    "paper": "Board papers written from the records.",
    "plan": "A Police and Crime Plan as data.",
    "promise": "What issued papers promised by a day, and what became of it.",
    "records": "What systems counted: bring in, list, withdraw.",
    "register": "What people said: found, see, prove, verify and keep the journal.",
    "round": "A round of assurance: open, carry forward, see who is silent, close.",
    "site": "The screens: tables, accounts, serving, and whether all is well.",
    "stress": "What if so many PSUs go for so many days: ask, keep, compare, make again.",
    "target": "What is asked in numbers: show, see what an input would do, change it.",
    "workforce": "Posts and people: on which base we are short, and when we will be there.",
}

INTERRUPTED = 130  # what a shell says of a command that Ctrl-C ended
STOPPED = (
    "\nregard: stopped before the end; what was acknowledged is kept\n"
    "Next: give the same command again: an import goes on where it stopped"
)


class NounGroup(TyperGroup):
    """Reads a noun's module only when it is used, so that a command starts quickly."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The nouns in alphabetical order."""
        return sorted(NOUNS)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; stopped by Ctrl-C, it says how to go on."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            typer.echo(STOPPED, err=True)
            raise typer.Exit(INTERRUPTED) from None
        except RuntimeError as error:
            # Python hands on what stops it while it reads a module as a fault of that module.
            if not isinstance(error.__cause__ or error.__context__, KeyboardInterrupt):
                raise
            typer.echo(STOPPED, err=True)
            raise typer.Exit(INTERRUPTED) from None

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The noun's commands, or none if there is no such noun."""
        if cmd_name not in NOUNS:
            return None
        module = importlib.import_module(f"regard.cli.{cmd_name}")
        group = get_command(module.app)
        group.name, group.help = cmd_name, NOUNS[cmd_name]
        return group

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The nouns and what they are for, without reading a module."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(NOUNS.items()))


app = typer.Typer(
    cls=NounGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Bring in what was counted, read it honestly, and write the board paper.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"regard {version('regard')}")
        raise typer.Exit


@app.callback()
def main(
    ctx: typer.Context,
    home: Annotated[
        Path, typer.Option(envvar="REGARD_HOME", help="The folder in which Regard keeps its data.")
    ] = Path("regard-home"),
    show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Bring in what was counted, read it honestly, and write the board paper."""
    if home.exists() and not home.is_dir():
        raise DefinitionRefused(
            f"the data folder {home} is a file",
            expected="a folder, or a path where one can be made",
            next_step="name another one with --home or REGARD_HOME",
        )
    ctx.obj = home


def run(arguments: list[str] | None = None) -> None:
    """Run a command; say what Regard refuses on stderr and leave with the refusal's own code.

    Anything else that goes wrong is a fault of Regard and shows its traceback.
    """
    try:
        app(arguments)
    except RegardError as refusal:
        _leave(refusal)
    except Exception as error:
        if not _of_the_database(error):
            raise
        _leave(
            RegisterDamaged(
                f"the database of the register failed: {error}",
                expected="a whole database that can be read and written",
                next_step="see what is wrong with: regard register verify; if it is damaged, keep "
                "it as it is, and restore the last backup that verifies into an empty folder",
            )
        )


def _leave(refusal: RegardError) -> None:
    usual = "" if refusal.next_step or not refusal.usual_step else f"\nNext: {refusal.usual_step}"
    typer.echo(f"regard: {refusal}{usual}", err=True)
    sys.exit(refusal.exit_code)


def _of_the_database(error: Exception) -> bool:
    """Whether the register's database failed; a command without a register reads no django."""
    read = sys.modules.get("django.db.utils")
    return read is not None and isinstance(error, read.DatabaseError)
