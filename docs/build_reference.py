"""Writes docs/reference from the code itself, or says which page is no longer current.

python docs/build_reference.py            writes the pages
python docs/build_reference.py --check    leaves with 1 if a page differs from the code
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.figures import Line, read
from typer.main import get_command

from regard.cli.main import app
from regard.core.errors import error_classes
from regard.records.contracts import Contract, contracts
from regard.records.measures import Measure, measures

REFERENCE = Path(__file__).resolve().parent / "reference"
HEAD = (
    "<!-- Written by docs/build_reference.py from the code. Change the code, then `make docs`. -->"
)
Row = Sequence[object]


def pages(evidence: Path = REFERENCE / "evidence") -> dict[str, str]:
    """Every page of the reference by its file name."""
    return {
        "commands.md": commands_page(),
        "measures.md": measures_page(),
        "datasets.md": datasets_page(),
        "errors.md": errors_page(),
        "evidence.md": evidence_page(evidence),
    }


def table(head: Row, rows: Iterable[Row]) -> str:
    """A Markdown table; bars inside a cell are escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_cell(one) for one in line)} |" for line in lines)


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


def page(title: str, *parts: str) -> str:
    """A page of the reference."""
    return "\n\n".join([f"# {title}", HEAD, *(part.strip() for part in parts if part)]) + "\n"


# Commands


def commands_page() -> str:
    """Every command with its arguments, its options and their help."""
    root = get_command(app)
    context = root.make_context("regard", [], resilient_parsing=True)
    told = [
        "`regard NOUN VERB [THING] [--option]`. Results go to standard output, everything else to "
        "standard error. What Regard refuses is said in three parts, with an "
        "[exit code](errors.md) a kind.",
        "## Global options",
        _parameters(root),
    ]
    for path, command in walk(root, context):
        told.append(f"## `regard {path}`")
        told.append(_prose(command.help or ""))
        told.append(f"```\n{f'regard {path} {usage(command)}'.rstrip()}\n```")
        told.append(_parameters(command))
    return page("Commands", *told)


def walk(group: Any, context: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every command below a group with the words that call it."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if hasattr(command, "list_commands"):
            yield from walk(command, context, (*path, name))
        else:
            yield " ".join((*path, name)), command


def usage(command: Any) -> str:
    """What stands behind a command's name, as its own help shows it."""
    words = []
    for one in command.params:
        if one.param_type_name == "argument":
            named = (one.metavar or one.name or "").upper() + ("..." if one.nargs == -1 else "")
            words.append(named if one.required else f"[{named}]")
    options = [one for one in command.params if one.param_type_name == "option"]
    words += [_option(one) for one in options if one.required]
    return " ".join([*words, "[--option]"] if len(options) > 1 else words)


def _option(one: Any) -> str:
    longest = max(one.opts, key=len)
    if one.secondary_opts:
        return f"{longest}, {max(one.secondary_opts, key=len)}"
    return longest if one.is_flag else f"{longest} {_value(one)}"


def _value(one: Any) -> str:
    taken = getattr(one.type_descriptor, "annotation", None)
    return "PATH" if taken is Path else (one.metavar or one.name).upper().replace("_", "-")


def _parameters(command: Any) -> str:
    rows = []
    for one in command.params:
        if one.name == "help" or getattr(one, "hidden", False):
            continue
        is_argument = one.param_type_name == "argument"
        named = (one.metavar or one.name or "").upper() if is_argument else _option(one)
        must = "yes" if one.required else ""
        told = _prose(getattr(one, "help", "") or "")
        told += f" Or set `{one.envvar}`." if one.envvar else ""
        rows.append([f"`{named}`", told, must, _default(one)])
    return table(["argument or option", "what it does", "needed", "default"], rows) if rows else ""


def _default(one: Any) -> str:
    if one.default in (None, "", False, ()) or callable(one.default):
        return ""
    if isinstance(one.default, (list, tuple)):
        return " ".join(f"`{each}`" for each in one.default)
    return f"`{one.default}`"


def _prose(text: str) -> str:
    return text.split("\f")[0].strip()


# Measures, datasets, errors


def measures_page() -> str:
    """Every measure that ships, with how it is counted and where it comes from."""
    every = sorted(measures().values(), key=lambda one: one.id)
    rows = [[f"[`{one.id}`](#{one.id})", one.name, one.unit, one.kind, one.better] for one in every]
    return page(
        "Measures",
        "A measure is a few lines of data; `regard measure check FILE` reads one of your own. "
        "How to add one: [add a measure](../how-to/add-a-measure.md).",
        table(["id", "name", "unit", "kind", "better"], rows),
        *(_measure(one) for one in every),
    )


def _measure(one: Measure) -> str:
    told = [
        ("name", one.name),
        ("unit", one.unit),
        ("kind", one.kind + (f", per {one.per:,} residents" if one.per else "")),
        ("dataset", f"[`{one.dataset}`](datasets.md#{one.dataset})"),
        ("rows that count", _conditions(one.filter) or "all"),
        ("of those", _conditions(one.numerator)),
        ("sums", " / ".join(column for column in (one.value, one.base) if column)),
        ("weights", one.weights and f"`{one.weights}` by {one.key}"),
        ("needs", _conditions(one.requires)),
        ("without them", "; ".join(each.method for each in one.otherwise)),
        ("counted for", ", ".join(one.scopes)),
        ("every", one.every),
        ("in use", " to ".join(each for each in (one.since, one.until) if each)),
        ("smallest cell shown", one.smallest_cell or ""),
        ("better", one.better),
        ("method", one.method),
        ("source", one.source),
    ]
    held = [row for row in told if row[1]]
    return f"## {one.id}\n\n{one.description}\n\n{table(['property', 'value'], held)}"


def _conditions(every: Iterable[object]) -> str:
    return "; ".join(str(one) for one in every)


def datasets_page() -> str:
    """Every dataset with its columns."""
    every = sorted(contracts().values(), key=lambda one: one.id)
    rows = [[f"[`{one.id}`](#{one.id})", one.name, len(one.columns)] for one in every]
    return page(
        "Datasets",
        "A dataset is a contract: what its columns are called, hold and mean. How to bring a file "
        "of your own into one: [map your own CSV](../how-to/map-your-own-csv.md).",
        table(["id", "name", "columns"], rows),
        *(_dataset(one) for one in every),
    )


def _dataset(one: Contract) -> str:
    rows = [
        [
            f"`{column.name}`",
            column.type,
            "yes" if column.required else "",
            column.unit or "",
            column.description,
            ", ".join(f"`{code}`" for code in column.allowed or ()),
            column.missing or "",
        ]
        for column in one.columns
    ]
    head = ["column", "type", "needed", "unit", "what it holds", "allowed", "an empty cell means"]
    return f"## {one.id}\n\n{one.description}\n\n{table(head, rows)}"


def errors_page() -> str:
    """Every kind of refusal with its exit code."""
    rows = [
        [one.exit_code, f"`{one.__name__}`", (one.__doc__ or "").strip().partition("\n")[0]]
        for one in error_classes()
    ]
    return page(
        "Refusals and exit codes",
        "A refusal is shown on standard error, without a traceback, in three parts: what is wrong "
        "(with the value and its place), what was expected, what to do next. 0 is success, 1 a "
        "fault of Regard itself, 2 a command line it does not know.",
        table(["exit code", "refusal", "when"], rows),
    )


# Evidence


def evidence_page(folder: Path) -> str:
    """Every figure claimed, with its target and whether it is met."""
    told = [
        "One line a figure, written by the command that measures it. *Short* means measured and "
        "not reached; *not measured* means that no run has written a value yet.",
    ]
    head = ["id", "what", "target", "measured", "verdict", "beside", "ratio", "on", "by", "note"]
    for file in sorted(folder.glob("*.jsonl")):
        told += [f"## {file.stem}", table(head, [_figure(one) for one in read(file)])]
    return page("Evidence", *told)


def _figure(one: Line) -> Row:
    return [
        f"`{one.id}`",
        one.what,
        f"{one.relation} {_number(one.target)} {one.unit}" if one.target is not None else "",
        f"{_number(one.value)} {one.unit}" if one.value is not None else "",
        f"**{one.verdict}**" if one.verdict == "short" else one.verdict,
        f"{one.peer}: {_number(one.peer_value)}" if one.peer else "",
        f"{one.ratio:.2f}" if one.ratio else "",
        f"{one.date}, {one.commit}" if one.date else "",
        f"`{one.command}`",
        one.note,
    ]


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:,.4g}"


# Writing and checking


def outdated(folder: Path = REFERENCE) -> list[str]:
    """The pages in a folder that differ from what the code says now."""
    return [
        name
        for name, text in pages(folder / "evidence").items()
        if not (folder / name).exists() or (folder / name).read_text(encoding="utf-8") != text
    ]


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with --check only say which differ."""
    if "--check" in arguments:
        old = outdated()
        sys.stderr.write(
            "".join(f"docs/reference/{one} is not current; run make docs\n" for one in old)
        )
        return 1 if old else 0
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
