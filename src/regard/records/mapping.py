"""Drafting a mapping from a file's header and first rows, for a person to check and complete."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path

from regard.core.errors import FileUnreadable
from regard.records.cells import DATES, INSTANTS, YES_NO
from regard.records.chunks import BOM, TextChunk, csv_records, must_be_text, records_end
from regard.records.contracts import Column, Contract, contract_named, contracts
from regard.records.forces import names_to_slugs
from regard.records.inputs import Input, hash_of, kind_of
from regard.records.parsing import quoted, workspace
from regard.records.recipes import Mapping, load_mapping, matched, read_mapping
from regard.records.stream import header_of

__all__ = ["Mapping", "draft_mapping", "load_mapping", "read_mapping"]

FIRST_BYTES = 2 * 1024 * 1024  # of a CSV file that are looked at
FIRST_ROWS = 5_000
MOST_CODES = 60  # values of a code column that a draft lists
ENOUGH = 0.9  # share of the filled cells that a guess must fit
DELIMITERS = (",", ";", "\t", "|")
WRITTEN = (  # how forces write days and instants; the unambiguous first
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%d/%m/%Y",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d-%m-%Y",
    "%d %B %Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%d/%m/%y",
    "%Y/%m/%d",
    "%Y%m%d",
    "%b-%y",
    "%b %Y",
    "%B %Y",
    "%m/%Y",
    "%Y-%m",
)


@dataclass(frozen=True)
class Sample:
    """The header and first rows of a file, cells without the spaces around them."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    delimiter: str = ","

    def values(self, index: int) -> list[str]:
        """The filled cells of a column."""
        return [row[index] for row in self.rows if row[index]]


@dataclass(frozen=True)
class Guess:
    """How a column could be filled.

    Attributes:
        column: Column of the contract.
        index: Column of the file; None if none was found.
        lines: What the draft says.
        sure: Whether the draft loads with it.
    """

    column: Column
    index: int | None
    lines: tuple[str, ...]
    sure: bool = True


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Names under which files carry each column, the likeliest first."""
    text = files("regard.records").joinpath("synonyms.toml").read_text(encoding="utf-8")
    return {column: tuple(names) for column, names in tomllib.loads(text).items()}


def draft_mapping(file: Path, dataset: str | None = None) -> str:
    """A draft of the mapping that brings a file's rows into a dataset, as the text of a TOML file.

    Each guess says on what it rests. What could not be guessed stands as a comment to fill in.

    Args:
        file: A CSV or Parquet file with a header.
        dataset: Id of the dataset; the one that the header fits best if left out.

    Raises:
        FileUnreadable: the file cannot be read, or is an archive.
        FileRefused: the header names a column twice.
        NotKnown: there is no such dataset.
    """
    sample = _sample(Path(file))
    contract = contract_named(dataset) if dataset else _likeliest(sample)
    guesses = [_guess(column, sample) for column in contract.columns]
    used = {guess.index for guess in guesses if guess.sure}
    spare = [name for index, name in enumerate(sample.header) if index not in used and name]
    lines = [
        f"# How the columns of {Path(file).name} become the dataset {contract.id}",
        f"# ({contract.name}). Drafted from the header and the first {len(sample.rows):,} rows:",
        "# check every guess before the file is brought in.",
        f"dataset = {_text(contract.id)}",
    ]
    if sample.delimiter != ",":
        lines.append(f"delimiter = {_text(sample.delimiter)}  # found in the header")
    if contract.area_column:
        lines.append('# area_vintage = "2011"  # to which boundaries the area codes belong')
    if any(guess.sure and guess.column.type == "instant" for guess in guesses):
        lines.append('time_zone = "Europe/London"  # in which the instants are written')
    for guess in guesses:
        lines += ["", *guess.lines]
    if spare:
        lines += ["", "# Left out, because no column of the dataset takes them:"]
        lines += [f"#   {name}" for name in spare]
    return "\n".join(lines) + "\n"


def _sample(file: Path) -> Sample:
    kind = kind_of(file)
    if kind == "zip":
        raise FileUnreadable(
            f"{file.name} is a ZIP",
            expected="one CSV or Parquet file",
            next_step="unpack it and draft the mapping from one of its files",
        )
    found = Input(file.name, file, kind, hash_of(file), file.stat().st_size, False)
    return _parquet_sample(found) if kind == "parquet" else _csv_sample(found)


def _csv_sample(found: Input) -> Sample:
    with found.path.open("rb") as stream:
        text = stream.read(FIRST_BYTES)
    first = text.split(b"\n", 1)[0].removeprefix(BOM).decode("utf-8", "replace")
    delimiter = max(DELIMITERS, key=first.count)
    with workspace(found.path.parent) as connection:
        header = header_of(connection, found, delimiter)
    body = text[header.end :]
    whole = found.size <= len(text)
    body = body if whole else body[: records_end(body, delimiter)]
    must_be_text(TextChunk(body, header.end, header.end + len(body), ""), found.name)
    rows = [
        tuple(cell.strip() for cell in record.cells)
        for record in csv_records(body, delimiter)
        if len(record.cells) == len(header.columns)
    ]
    return Sample(header.columns, tuple(rows[:FIRST_ROWS]), delimiter)


def _parquet_sample(found: Input) -> Sample:
    with workspace(found.path.parent) as connection:
        header = header_of(connection, found)
        parts = (
            "SELECT CAST(COLUMNS(*) AS VARCHAR) FROM",
            f"read_parquet({quoted(str(found.path))})",
        )
        rows = connection.execute(" ".join((*parts, f"LIMIT {FIRST_ROWS}"))).fetchall()
    return Sample(header.columns, tuple(tuple(cell or "" for cell in row) for row in rows))


def _likeliest(sample: Sample) -> Contract:
    return max(contracts().values(), key=lambda one: _fit(one, sample))


def _fit(contract: Contract, sample: Sample) -> tuple[float, int]:
    found = [c for c in contract.columns if _named(c, sample) is not None]
    needed = [c for c in contract.columns if c.required and c.default is None]
    return len([c for c in needed if c in found]) / len(needed) + len(found) / 10, len(found)


def _named(column: Column, sample: Sample) -> int | None:
    """The column of the file whose name says that it is this one."""
    have = [matched(name) for name in sample.header]
    # The source of a look-up is its vintage, which no file calls by a force's name.
    is_vintage = column.name == "source" and column.allowed is None
    others = () if is_vintage else synonyms().get(column.name, ())
    for name in (matched(column.name), *others):
        if name in have:
            return have.index(name)
    return None


def _guess(column: Column, sample: Sample) -> Guess:
    index = _named(column, sample)
    if index is None:
        return _not_found(column)
    title = sample.header[index]
    head = [f"[columns.{column.name}]", f"from = {_text(title)}"]
    values = sample.values(index)
    told = {
        "month": _dated,
        "date": _dated,
        "instant": _dated,
        "code": _coded,
        "boolean": _yes_no,
    }.get(column.type)
    more, sure = told(column, values) if told else ([], True)
    if not sure:
        return Guess(column, index, tuple(f"# {line}" for line in (*head, *more)), False)
    return Guess(column, index, (*head, *more))


def _not_found(column: Column) -> Guess:
    if not column.required or column.default is not None:
        note = f"# {column.name}: no column of the file is called so. {column.description}"
        return Guess(column, None, (note,), False)
    lines = (
        f"# Every row needs {column.name}, and no column of the file is called so.",
        f"# {column.description} Fill in one of the two lines:",
        f"# [columns.{column.name}]",
        '# from = ""',
        '# constant = ""',
    )
    return Guess(column, None, lines, False)


def _dated(column: Column, values: Sequence[str]) -> tuple[list[str], bool]:
    own = {"month": ("%Y-%m",), "date": DATES, "instant": INSTANTS}[column.type]
    if column.type == "month" and _share(values, r"(19|20)\d\d") >= ENOUGH:
        return ['suffix = "-06"  # the cells are years: June stands for a mid-year figure'], True
    for written in (*own, *WRITTEN):
        if _share_read(values, written) >= ENOUGH:
            if written in own:
                return [], True
            return [f"format = {_text(written)}  # {_examples(values)}"], True
    return [f'format = ""  # no way of writing dates fits: {_examples(values)}'], False


def _coded(column: Column, values: Sequence[str]) -> tuple[list[str], bool]:
    if column.allowed is None:
        return [], True
    distinct = sorted(set(values))[:MOST_CODES]
    if all(value in column.allowed for value in distinct):
        return [], True
    if {value.casefold() for value in distinct} <= set(names_to_slugs()) and distinct:
        return ['as = "force"  # every name in the first rows is a force'], True
    if all(_slug(value) in column.allowed for value in distinct):
        return ['as = "slug"  # the words of the first rows, with hyphens, are the codes'], True
    lines = [f"[columns.{column.name}.codes]"]
    for value in distinct:
        near = get_close_matches(_slug(value), column.allowed, n=1, cutoff=0.75)
        if near:
            lines.append(f"{_text(value)} = {_text(near[0])}")
        else:
            lines.append(f"# {_text(value)} = {_text('')}  # no code is near")
    return lines, True


def _yes_no(column: Column, values: Sequence[str]) -> tuple[list[str], bool]:
    strange = sorted({value for value in values if value.lower() not in YES_NO})
    lines = [f"[columns.{column.name}.codes]"] if strange else []
    lines += [f'# {_text(value)} = "true"  # or "false"' for value in strange[:MOST_CODES]]
    return lines, True


def _share(values: Sequence[str], pattern: str) -> float:
    return sum(bool(re.fullmatch(pattern, value)) for value in values) / max(len(values), 1)


def _share_read(values: Sequence[str], written: str) -> float:
    return sum(_reads(value, written) for value in values) / max(len(values), 1)


def _reads(value: str, written: str) -> bool:
    try:
        return datetime.strptime(value, written).year >= 1900  # noqa: DTZ007 (only whether it reads)
    except ValueError:
        return False


def _examples(values: Sequence[str]) -> str:
    return "as in " + ", ".join(list(dict.fromkeys(values))[:2]) if values else "no cell is filled"


def _slug(value: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")


def _text(value: str) -> str:
    """A text as TOML writes it; JSON's escapes are among TOML's."""
    return json.dumps(value, ensure_ascii=False)
