"""What the commands of one noun have in common."""

import typer


def noun() -> typer.Typer:
    """The commands of a noun: plain help, shown where no verb is given."""
    return typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
