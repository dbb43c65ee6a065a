"""What the commands of one noun have in common."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any, ClassVar

import typer
from typer.core import TyperGroup
from typer.main import get_command


class VerbGroup(TyperGroup):
    """Reads the module of a verb only when it is used, as the front door does with nouns."""

    elsewhere: ClassVar[Mapping[str, str]] = {}

    def list_commands(self, ctx: Any) -> list[str]:
        """The noun's own verbs, then those of its other modules."""
        return [*super().list_commands(ctx), *self.elsewhere]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The verb, or none if there is no such verb."""
        if cmd_name not in self.elsewhere:
            return super().get_command(ctx, cmd_name)
        module = importlib.import_module(f"regard.cli.{self.elsewhere[cmd_name]}")
        made = get_command(module.app)
        # Of a module with one verb alone, that verb is made and no group.
        return made.commands[cmd_name] if isinstance(made, TyperGroup) else made


def noun(elsewhere: Mapping[str, str] | None = None) -> typer.Typer:
    """The commands of a noun: plain help, shown where no verb is given.

    Args:
        elsewhere: Verbs that stand in another module of the command line, each with its name.
    """
    group = type("Verbs", (VerbGroup,), {"elsewhere": dict(elsewhere or {})})
    return typer.Typer(cls=group, no_args_is_help=True, add_completion=False, rich_markup_mode=None)
