"""What one import command has done, said in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from regard.core.periods import Month, months_between

STORED, KNOWN, LEFT_ALONE = "stored", "known", "left alone"
MOST_MONTHS = 6  # missing months that one sentence names


@dataclass(frozen=True)
class Replaced:
    """Months of a source that an earlier import held and this one holds now.

    Attributes:
        import_number: The earlier import.
        source: Whose.
        months: Which, as `YYYY-MM`.
    """

    import_number: int
    source: str
    months: tuple[str, ...]


@dataclass(frozen=True)
class FileResult:
    """What became of one file.

    Attributes:
        file: Its name.
        state: `stored`, `known` (brought in before: nothing was done) or `left alone` (a shape
            that no dataset takes).
        dataset: Id of the contract.
        reader: Name and version of the reader or mapping.
        import_number: The import that holds it; 0 if it was left alone.
        rows_read, rows_stored, rows_rejected: Rows below the header.
        rows_without_area: Stored rows that have no area code.
        area_codes_of_unknown_vintage: Stored rows with an area code of which neither file nor
            mapping says to which boundaries it belongs.
        twins: Stored rows that equal an earlier one in every column; they are kept.
        left_out: Columns that the dataset does not take.
        replaced: What it replaces.
        why: Why it was left alone.
    """

    file: str
    state: str
    dataset: str = ""
    reader: str = ""
    import_number: int = 0
    rows_read: int = 0
    rows_stored: int = 0
    rows_rejected: int = 0
    rows_without_area: int = 0
    area_codes_of_unknown_vintage: int = 0
    twins: int = 0
    left_out: tuple[str, ...] = ()
    replaced: tuple[Replaced, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class BatchResult:
    """What one command brought in.

    Attributes:
        batch: Its name in the ledger; empty if no file was new.
        files: The files in the order in which they were read.
        missing: Months that no import supplies, between the first and the last that one does,
            by dataset and source.
    """

    batch: str
    files: tuple[FileResult, ...]
    missing: Mapping[tuple[str, str], tuple[Month, ...]] = field(default_factory=dict)

    @property
    def rows_stored(self) -> int:
        """Rows that this command has stored."""
        return sum(one.rows_stored for one in self.files if one.state == STORED)

    @property
    def import_numbers(self) -> tuple[int, ...]:
        """The imports this command has made."""
        return tuple(one.import_number for one in self.files if one.state == STORED)

    def rows(self) -> list[dict[str, Any]]:
        """One row a file, for a table."""
        return [
            {
                "file": one.file,
                "state": one.state,
                "import": one.import_number or None,
                "dataset": one.dataset,
                "rows_read": one.rows_read,
                "rows_stored": one.rows_stored,
                "rows_rejected": one.rows_rejected,
                "rows_without_area": one.rows_without_area,
                "twins": one.twins,
            }
            for one in self.files
        ]

    def said(self) -> list[str]:
        """What a reader must know beyond the table, a sentence a line."""
        lines: list[str] = []
        lines.extend(self._known())
        lines.extend(f"{one.file} was left alone: {one.why}." for one in self._in(LEFT_ALONE))
        stored = self._in(STORED)
        lines.extend(_sums(stored))
        lines.extend(_left_out(stored))
        lines.extend(_replaced(stored))
        for (dataset, source), months in sorted(self.missing.items()):
            lines.append(
                f"{dataset} of {source} lacks {_listed(months)}; a missing month is not zero."
            )
        return lines

    def _in(self, state: str) -> list[FileResult]:
        return [one for one in self.files if one.state == state]

    def _known(self) -> list[str]:
        return [
            f"{one.file} was brought in before, as import {one.import_number}; nothing was done."
            for one in self._in(KNOWN)
        ]


def _sums(stored: Iterable[FileResult]) -> list[str]:
    files = list(stored)
    counts = (
        ("rows_rejected", "{} set aside, with their reasons: regard records rejected NUMBER."),
        ("rows_without_area", "{} no area code; they count for the force and for no smaller area."),
        ("area_codes_of_unknown_vintage", "{} an area code of which nobody says the vintage."),
        ("twins", "{} an exact twin in the same file; all are kept."),
    )
    lines = []
    for name, sentence in counts:
        rows = sum(getattr(one, name) for one in files)
        if rows:
            verb = ("was" if rows == 1 else "were") if name == "rows_rejected" else "has"
            verb = "have" if verb == "has" and rows != 1 else verb
            lines.append(sentence.format(f"{rows:,} row{'' if rows == 1 else 's'} {verb}"))
    return lines


def _left_out(stored: Iterable[FileResult]) -> list[str]:
    by_reader: dict[tuple[str, str], dict[str, None]] = {}
    for one in stored:
        if one.left_out:
            names = by_reader.setdefault((one.dataset, one.reader), {})
            names.update(dict.fromkeys(one.left_out))
    return [
        f"{dataset} does not take {', '.join(name or 'a column without a name' for name in names)}."
        for (dataset, _), names in by_reader.items()
    ]


def _replaced(stored: Iterable[FileResult]) -> list[str]:
    return [
        f"{one.file} replaces {_listed([Month.parse(m) for m in gone.months if m])} of "
        f"{gone.source} in import {gone.import_number}."
        if any(gone.months)
        else f"{one.file} replaces {gone.source} in import {gone.import_number}."
        for one in stored
        for gone in one.replaced
    ]


def _listed(months: Iterable[Month]) -> str:
    found = [str(month) for month in months]
    more = len(found) - MOST_MONTHS
    if more > 0:
        word = "month" if more == 1 else "months"
        return f"{', '.join(found[:MOST_MONTHS])} and {more} {word} more"
    return " and ".join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else found[0]


def months_missing(held: Iterable[str], months_apart: int) -> tuple[Month, ...]:
    """Months without rows between the first and the last that have some.

    Args:
        held: Months as `YYYY-MM`; empty texts do not count.
        months_apart: Months from one supply to the next; 0 where none is expected.
    """
    months = {Month.parse(text) for text in held if text}
    if not months or not months_apart:
        return ()
    expected = months_between(min(months), max(months))[::months_apart]
    return tuple(month for month in expected if month not in months)
