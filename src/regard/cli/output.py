"""How commands show things: a table for people, an object a line or CSV for programs."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from regard.core.cells import safe_cell
from regard.core.errors import DefinitionRefused, NotStored
from regard.core.statements import Statement
from regard.records.measures import Measure, measures

UNBROKEN = 400  # columns of a table that goes to a file or a pipe: no line is folded
UNFOLDED = 18  # characters of a cell, such as a month or a force, that no terminal folds
UNFOLDED_FIRST = 40  # the same of the first column, by which a row is known
FINE_BELOW = 2.0  # a column of values below this needs a second decimal to show a change
LONGEST_CELL = 60  # characters of a list of codes that a table shows

Row = Mapping[str, Any]
AsJson = Annotated[bool, typer.Option("--json", help="Show one JSON object a line.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Show comma-separated values.")]
KnownAt = Annotated[
    str,
    typer.Option(
        "--known-at", help="As known at this instant, such as 2026-01-31 or 2026-01-31T17:00."
    ),
]
Formats = Annotated[
    list[str] | None,
    typer.Option("--format", help="html, docx, odt or pdf; may be repeated; all if left out."),
]


class Shape(StrEnum):
    """In which shape rows are shown."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def shape_of(*, as_json: bool = False, as_csv: bool = False) -> Shape:
    """The shape that a command's options ask for.

    Raises:
        DefinitionRefused: they ask for two.
    """
    if as_json and as_csv:
        raise DefinitionRefused(
            f"two shapes are asked for: {Shape.JSON} and {Shape.CSV}",
            expected="one of --json and --csv",
            next_step="leave one out",
        )
    return Shape.JSON if as_json else Shape.CSV if as_csv else Shape.TABLE


def show(rows: Iterable[Row], *, shape: Shape, nothing: str = "Nothing to show.") -> None:
    """Rows on standard output; an empty table says so on standard error.

    Args:
        rows: Mappings with the same keys in the same order.
        shape: Table, JSON lines or CSV.
        nothing: What to say when there is no row.
    """
    held = [dict(row) for row in rows]
    if shape is Shape.JSON:
        for row in held:
            typer.echo(json.dumps(row, ensure_ascii=False, default=_plain))
    elif not held:
        typer.echo(nothing, err=True)
    elif shape is Shape.CSV:
        writer = csv.DictWriter(sys.stdout, fieldnames=list(held[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({k: safe_cell(v) for k, v in row.items()} for row in held)
    else:
        _table(held)


def tell(statements: Iterable[Statement], *, as_json: bool, nothing: str = "") -> None:
    """Sentences on standard output, a line each; for programs each with where it comes from.

    Args:
        statements: The sentences.
        as_json: Whether they are shown as JSON lines.
        nothing: What to say on standard error when there is none.
    """
    held = tuple(statements)
    if as_json:
        rows = ({"said": str(one), "source": str(one.source or "")} for one in held)
        show(rows, shape=Shape.JSON)
    elif held:
        typer.echo("\n".join(map(str, held)))
    else:
        typer.echo(nothing, err=True)


def _table(rows: Sequence[Row]) -> None:
    """A table for people; columns in which no row holds anything are left out."""
    people = sys.stdout.isatty()
    table = Table(box=None, pad_edge=False, header_style="bold")
    held = [name for name in rows[0] if any(row[name] not in (None, "") for row in rows)]
    for name in held or list(rows[0]):
        number = any(_is_number(row[name]) for row in rows)
        unfolded = UNFOLDED if table.columns else UNFOLDED_FIRST
        table.add_column(
            name.replace("_", "\n" if number and people else " "),
            justify="right" if number else "left",
            no_wrap=number or _longest(row[name] for row in rows) <= unfolded,
            overflow="fold",
        )
    places = {name: _places(row[name] for row in rows) for name in rows[0]}
    for row in rows:
        table.add_row(*(_for_people(row[name], places[name]) for name in held or row))
    console = Console(width=None if people else UNBROKEN)
    with console.capture() as drawn:
        console.print(table)
    typer.echo("\n".join(line.rstrip() for line in drawn.get().splitlines()))


def _longest(values: Iterable[Any]) -> int:
    return max(len(_for_people(value)) for value in values)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _places(values: Iterable[Any]) -> int:
    """Decimal places of a column: two where all of it is small, as rates are."""
    largest = max((abs(one) for one in values if isinstance(one, float)), default=0.0)
    return 1 if largest == 0 or largest >= FINE_BELOW else 2


def _for_people(value: Any, places: int = 1) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.{places}f}" if isinstance(value, float) else str(value)


def codes(values: Sequence[str], shape: Shape) -> str:
    """Codes in a row; a table only counts them where they are too many to read."""
    told = ", ".join(values)
    if shape is Shape.TABLE and len(told) > LONGEST_CELL:
        return f"{values[0]} … ({len(values)} codes; --json lists them)"
    return told


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


def day(text: str) -> date:
    """Read a day such as 2014-03-14.

    Raises:
        DefinitionRefused: the text is not a day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as reason:
        raise DefinitionRefused(
            f"{text!r} is not a day ({reason})", expected="a day such as 2014-03-14"
        ) from reason


def instant(text: str) -> datetime | None:
    """Read an instant; a bare day means its last moment, no zone means UTC, nothing means now.

    Raises:
        DefinitionRefused: the text is neither a day nor an instant.
    """
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as reason:
        raise DefinitionRefused(
            f"{text!r} is not an instant ({reason})",
            expected="2026-01-31 or 2026-01-31T17:00",
        ) from reason
    if len(text) == len("2026-01-31"):
        found = found.replace(hour=23, minute=59, second=59, microsecond=999_999)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def known_measures(ctx: typer.Context) -> Mapping[str, Measure]:
    """The measures that Regard ships and those in the folder `measures` of the data folder."""
    own = Path(ctx.obj) / "measures"
    return measures(own) if own.is_dir() else measures()


def write_or_show(text: str, out: Path | None) -> None:
    """Text into a new file, or on standard output where no file is named.

    Raises:
        DefinitionRefused: the file is there already.
    """
    if out is None:
        typer.echo(text, nl=not text.endswith("\n"))
        return
    write_new(text.encode(), out)


def write_new(held: bytes, out: Path) -> None:
    """Bytes into a new file, and its name on standard error.

    Raises:
        DefinitionRefused: the file is there already.
        NotStored: it could not be written.
    """
    if out.exists():
        raise DefinitionRefused(
            f"{out} is there already",
            expected="the name of a new file",
            next_step="choose another name, or move the old file away first",
        )
    with disk_refusals():
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(held)
    typer.echo(f"written: {out}", err=True)


@contextmanager
def disk_refusals() -> Iterator[None]:
    """Say what the disk refuses as Regard says it.

    Raises:
        NotStored: a file or folder could not be written.
    """
    try:
        yield
    except OSError as error:
        raise NotStored(
            f"{error.filename or 'a file'} could not be written: {error.strerror or error}",
            expected="a folder with room in it, and leave to write there",
            next_step="make room or name another folder, then give the same command again",
        ) from error


class ProgressBar:
    """A bar on a terminal, silence elsewhere: one line for the file that is being read."""

    def __init__(self) -> None:
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[said]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=not sys.stderr.isatty(),
        )
        self._task = self._bar.add_task("", visible=False, said="")
        self._what = ""

    def __enter__(self) -> Callable[[str, int, int, int], None]:
        self._bar.start()
        return self.update

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def update(self, what: str, rows: int, done: int, total: int) -> None:
        """Move the line on: rows of a file so far, bytes or steps done, of how many."""
        if what != self._what:
            self._what = what
            self._bar.reset(self._task, description=what[-40:], visible=True)
        said = f"{rows:,} rows" if rows else ""
        self._bar.update(self._task, completed=done, total=total, said=said)
