"""The shapes of file that are known without a mapping, and how a file's shape is told."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from regard.core.errors import FileRefused, FileUnreadable, NotKnown, Problem, shown
from regard.records.contracts import Contract, contracts
from regard.records.recipes import Mapping, Take, matched, read_mapping

MOST_NAMED = 20  # columns of a file that a message names
ALIKE = 0.6  # share of a shape's columns from which a file counts as that shape with some missing


@cache
def readers() -> dict[str, Mapping]:
    """Every reader that is shipped, by its id.

    Raises:
        DefinitionRefused: a reader breaks the rules of a mapping.
    """
    folder = files("regard.records").joinpath("readers")
    entries = sorted(folder.iterdir(), key=lambda one: one.name)
    found = [
        read_mapping(entry.read_text(encoding="utf-8"), entry.name)
        for entry in entries
        if entry.name.endswith(".toml")
    ]
    return {one.id: one for one in found}


def reader_named(name: str) -> Mapping:
    """A reader by its id.

    Raises:
        NotKnown: there is no such reader.
    """
    if name not in readers():
        raise NotKnown("reader", name, readers())
    return readers()[name]


def reader_for(header: Sequence[str], file: str) -> Mapping:
    """The reader that a file's header asks for.

    A file whose columns are those of a contract, by their own names, needs no reader.

    Args:
        header: Names of the columns.
        file: Name of the file, for messages.

    Raises:
        FileRefused: the shape is known and columns of it are missing.
        FileUnreadable: the shape is not known.
    """
    have = {matched(name) for name in header}
    for reader in readers().values():
        if have.issuperset(matched(name) for name in reader.origins):
            return reader
    fitting = [contract for contract in contracts().values() if _is_of(contract, have)]
    if fitting:
        return as_it_stands(min(fitting, key=lambda one: len(one.columns)), have)
    nearest = max(readers().values(), key=lambda one: _share(one, have))
    if _share(nearest, have) >= ALIKE:
        raise missing_columns(nearest, header, file)
    if len(header) == 1 and (between := _between(header[0])):
        raise FileUnreadable(
            f"{file} has {between!r} between its cells: its header begins {shown(header[0])}",
            expected="',' between cells, or a mapping that says what stands there",
            next_step="draft a mapping for it, which finds that out: regard mapping draft FILE",
        )
    raise FileUnreadable(
        f"{file} has columns that no reader knows: {_some(header)}",
        expected="; or ".join(
            f"{one.name} ({', '.join(one.origins)})" for one in readers().values()
        ),
        next_step="draft a mapping for it: regard mapping draft FILE",
    )


def _between(line: str) -> str:
    """What stands between the cells of a header that commas do not part; empty if nothing does."""
    likeliest = max(";\t|", key=line.count)
    return likeliest if likeliest in line else ""


def _some(header: Sequence[str]) -> str:
    told = [shown(name).strip("'") for name in header[:MOST_NAMED]]
    more = len(header) - MOST_NAMED
    return ", ".join(told) + (f" and {more} more" if more > 0 else "")


def missing_columns(mapping: Mapping, header: Sequence[str], file: str) -> FileRefused:
    """The refusal of a file that lacks columns its reader or mapping wants."""
    have = {matched(name) for name in header}
    problems = [
        Problem(file, 0, name, "", "the column is missing")
        for name in mapping.origins
        if matched(name) not in have
    ]
    return FileRefused(
        problems,
        expected=f"the columns of {mapping.name}: {', '.join(mapping.origins)}",
        next_step="bring in the file as it was supplied, or draft a mapping for it: "
        "regard mapping draft FILE",
    )


def as_it_stands(contract: Contract, have: set[str]) -> Mapping:
    """The reader of a file whose columns are those of a contract."""
    takes = [Take(name, origin=name) for name in contract.names if matched(name) in have]
    return Mapping(
        id=f"{contract.id}-as-it-stands",
        name=f"columns of the dataset {contract.id}",
        version="1",
        dataset=contract.id,
        takes=tuple(takes),
        time_zone="UTC",
    )


def _is_of(contract: Contract, have: set[str]) -> bool:
    needed = {matched(c.name) for c in contract.columns if c.required and c.default is None}
    return needed <= have <= {matched(name) for name in contract.names}


def _share(reader: Mapping, have: set[str]) -> float:
    wanted = {matched(name) for name in reader.origins}
    return len(wanted & have) / len(wanted)
