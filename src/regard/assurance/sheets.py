"""A lead's sheet: the cells a post must speak of as rows to fill in, and the rows read back."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from itertools import zip_longest
from pathlib import Path

from regard.assurance.cells import Cells, Key
from regard.assurance.judging import Word, consider, enter_all
from regard.assurance.silences import asked_of
from regard.assurance.suggesting import suggested
from regard.core.errors import (
    DefinitionRefused,
    FileRefused,
    FileUnreadable,
    NotKnown,
    Problem,
)
from regard.library.shelf import Library
from regard.register.entries import Entry, Speaker
from regard.register.kinds.speech import Judgement
from regard.register.kinds.values import Absent, Confidence, Line
from regard.register.register import Register
from regard.register.seeing import View
from regard.register.subjects import slug

BETWEEN = "; "  # between the observations of a cell
AGAIN = "put the rows right and bring the sheet in again; nothing was entered"
DELIMITERS = (",", ";", "\t")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

COLUMNS = (
    "body",
    "requirement",
    "under",
    "text",
    "suggested",
    "carried",
    "level",
    "absent",
    "reason",
    "departure",
    "confidence",
    "evidence",
)
"""The columns of a sheet; those from `level` on are filled in."""


@dataclass(frozen=True)
class Row:
    """One cell of a sheet.

    Attributes:
        key: The cell.
        text: What the requirement says.
        suggested: The level that the rule suggests; empty if none.
        carried: The level that was carried and waits for review; empty if none.
        evidence: The observations that the judgement would rest on.
    """

    key: Key
    text: str
    suggested: str
    carried: str
    evidence: tuple[str, ...]

    @property
    def columns(self) -> dict[str, str]:
        """The row as it stands in the sheet, with nothing filled in."""
        told = {
            "body": self.key.scope,
            "requirement": self.key.about,
            "under": self.key.aspect,
            "text": self.text,
            "suggested": self.suggested,
            "carried": self.carried,
            "evidence": BETWEEN.join(self.evidence),
        }
        return {name: told.get(name, "") for name in COLUMNS}


def sheet(view: View, matrix: Cells, post: str, *, held: Library | None = None) -> tuple[Row, ...]:
    """The cells that a post must judge at line 1 and has not, in the order of the round.

    Args:
        view: The register as the post sees it.
        matrix: The round.
        post: The post.
        held: The library that holds the rules; by default what Regard ships.

    Raises:
        DefinitionRefused: a rule of the library says something else than what was published.
    """
    cycle = matrix.cycle.subject
    rows = []
    for key in asked_of(matrix, post, Line.DOING):
        cell = matrix.cells[key]
        if cell.spoke(Line.DOING):
            continue
        said = [one.entry for one in cell.voices]
        found = suggested(view, cycle, key, held=held, said=said)
        rows.append(
            Row(
                key,
                found.requirement.value.text,
                found.level or "",
                cell.offered or "",
                found.cited,
            )
        )
    return tuple(rows)


@dataclass(frozen=True)
class Filled:
    """What a filled-in sheet says.

    Attributes:
        file: The name of the sheet.
        words: What is said of which cell.
        rows: In which row each of them stands, from 1 below the header.
        left: How many rows were left open (count).
    """

    file: str
    words: tuple[tuple[Key, Word], ...]
    rows: tuple[int, ...]
    left: int


def rows_in(file: Path) -> list[dict[str, str]]:
    """The rows of a sheet, as a spreadsheet saves it: UTF-8 or UTF-16; commas, semicolons or tabs.

    Raises:
        FileUnreadable: it cannot be read, or is in another encoding.
        FileRefused: it has not the columns of a sheet.
    """
    try:
        held = file.read_bytes()
    except OSError as reason:
        raise FileUnreadable(
            f"{file} cannot be read: {reason.strerror}", expected="a CSV file"
        ) from reason
    try:
        text = held.decode("utf-16" if held.startswith(UTF_16) else "utf-8-sig")
        lines = list(csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text)))
    except (UnicodeDecodeError, csv.Error) as reason:
        line = held[: getattr(reason, "start", 0)].count(b"\n") + 1
        raise FileUnreadable(
            f"{file.name}, line {line} is no text in UTF-8",
            expected="a CSV file in UTF-8",
            next_step="in the spreadsheet, save it again as “CSV UTF-8”",
        ) from reason
    header = [one.strip() for one in lines[0]] if lines else []
    missing = [name for name in COLUMNS[:3] if name not in header]
    if missing:
        raise FileRefused(
            [Problem(file.name, 0, name, "", "there is no such column") for name in missing],
            expected=f"the columns {', '.join(COLUMNS)}",
            next_step="write a sheet with: regard round sheet",
        )
    return [dict(zip_longest(header, one[: len(header)], fillvalue="")) for one in lines[1:] if one]


def _delimiter(text: str) -> str:
    # Excel separates by semicolons where the comma is the decimal sign, and by tabs in UTF-16.
    header = text.partition("\n")[0]
    return max(DELIMITERS, key=header.count)


def words_of(rows: Iterable[Mapping[str, str]], file: str) -> Filled:
    """What a filled-in sheet says.

    A row is left open where no level, no absence and no reason is given. Levels may be written as
    they are shown: `Met and sustained` is `met-and-sustained`.

    Args:
        rows: The rows by column, as a CSV reader gives them.
        file: The name of the sheet, for messages.

    Raises:
        FileRefused: a column is missing, or a row gives a word that is not known; all of them
            are named.
    """
    problems: list[Problem] = []
    words: dict[Key, Word] = {}
    numbers: dict[Key, int] = {}
    left = 0
    for number, row in enumerate(rows, start=1):
        missing = [name for name in COLUMNS[:3] if not (row.get(name) or "").strip()]
        if missing:
            problems.append(Problem(file, number, missing[0], "", "is empty or not there"))
            continue
        if not any(_held(row, name) for name in ("level", "absent", "reason")):
            left += 1
            continue
        found = list(_wrong(row, number, file))
        key = _key(row)
        if key in numbers:
            told = f"this cell is judged in row {numbers[key]:,} already"
            found.append(Problem(file, number, "requirement", key.about, told))
        numbers.setdefault(key, number)
        problems += found
        if not found:
            words[key] = _word(row)
    if problems:
        raise FileRefused(
            problems,
            expected=f"the columns {', '.join(COLUMNS)}, filled in from level on",
            next_step=AGAIN,
        )
    return Filled(file, tuple(words.items()), tuple(numbers[key] for key in words), left)


def judge_sheet(
    register: Register, cycle: str, filled: Filled, *, by: Speaker, held: Library | None = None
) -> tuple[Entry[Judgement], ...]:
    """The named lead judges the cells of a sheet in one act: all of them stand, or none.

    Raises:
        FileRefused: rows are refused; each is named with the reason.
        AccessRefused: the round does not ask this post for one of them.
        EntryRefused: the round is closed, or does not judge one of them.
    """
    view = register.view(by)
    problems: list[Problem] = []
    words = []
    for number, (key, word) in zip(filled.rows, filled.words, strict=True):
        try:
            words.append((consider(view, cycle, key, word, held=held), word.marking))
        except (DefinitionRefused, NotKnown) as refusal:
            told = "; ".join(filter(None, (refusal.wrong, refusal.expected, refusal.next_step)))
            problems.append(Problem(filled.file, number, "", "", told))
    if problems:
        raise FileRefused(problems, expected="rows that the round can take", next_step=AGAIN)
    return enter_all(register, tuple(words), by=by)


def _key(row: Mapping[str, str]) -> Key:
    body, about = _held(row, "body"), _held(row, "requirement")
    return Key(_of_kind("party", body), _of_kind("expectation", about), _held(row, "under"))


def _of_kind(kind: str, name: str) -> str:
    return name if name.startswith(f"{kind}:") else f"{kind}:{name}"


def _held(row: Mapping[str, str], name: str) -> str:
    return (row.get(name) or "").strip()


def _wrong(row: Mapping[str, str], number: int, file: str) -> Iterator[Problem]:
    for name, known in (("absent", Absent), ("confidence", Confidence)):
        said = _held(row, name)
        allowed = [str(one) for one in known]
        if said and said not in allowed:
            yield Problem(file, number, name, said, f"expected {', '.join(allowed)}, or nothing")
    if not _held(row, "reason"):
        yield Problem(file, number, "reason", "", "no judgement without a reason")
    if bool(_held(row, "level")) == bool(_held(row, "absent")):
        said = _held(row, "level")
        yield Problem(file, number, "level", said, "a level, or why there is none, and not both")


def _word(row: Mapping[str, str]) -> Word:
    absent, confidence = _held(row, "absent"), _held(row, "confidence")
    cited = (one.strip() for one in _held(row, "evidence").split(BETWEEN.strip()))
    return Word(
        reason=_held(row, "reason"),
        level=slug(_held(row, "level")) if _held(row, "level") else None,
        absent=Absent(absent) if absent else None,
        departure=_held(row, "departure"),
        confidence=Confidence(confidence) if confidence else None,
        evidence=tuple(_of_kind("observation", one) for one in cited if one),
    )
