"""A lead's sheet: the cells a post must speak of as rows to fill in, and the rows read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from regard.assurance.cells import Cells, Key
from regard.assurance.judging import Word
from regard.assurance.silences import asked_of
from regard.assurance.suggesting import suggested
from regard.core.errors import FileRefused, Problem
from regard.library.shelf import Library
from regard.register.kinds.values import Absent, Confidence, Line
from regard.register.seeing import View

BETWEEN = "; "  # between the observations of a cell

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
        found = suggested(view, cycle, key, held=held)
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


def words_of(
    rows: Iterable[Mapping[str, str]], file: str
) -> tuple[tuple[tuple[Key, Word], ...], int]:
    """What a filled-in sheet says, and how many of its rows were left open (count).

    A row is left open where no level, no absence and no reason is given.

    Args:
        rows: The rows by column, as a CSV reader gives them.
        file: The name of the sheet, for messages.

    Raises:
        FileRefused: a column is missing, or a row gives a word that is not known; all of them
            are named.
    """
    problems: list[Problem] = []
    words = []
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
        problems += found
        if not found:
            key = Key(_held(row, "body"), _held(row, "requirement"), _held(row, "under"))
            words.append((key, _word(row)))
    if problems:
        raise FileRefused(
            problems,
            expected=f"the columns {', '.join(COLUMNS)}, filled in from level on",
            next_step="put the rows right and bring the sheet in again; nothing was entered",
        )
    return tuple(words), left


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
        level=_held(row, "level") or None,
        absent=Absent(absent) if absent else None,
        departure=_held(row, "departure"),
        confidence=Confidence(confidence) if confidence else None,
        evidence=tuple(one for one in cited if one),
    )
