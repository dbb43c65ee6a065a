"""What a delivery may not do: hold a month twice, or replace a part of one."""

from __future__ import annotations

from collections.abc import Mapping

from regard.core.errors import MOST_PROBLEMS, FileRefused, Problem
from regard.records.bookkeeping import Bookkeeping
from regard.records.ledger import Ledger
from regard.records.validation import Shape


def refuse_months_held_twice(ledger: Ledger, files: Mapping[int, Shape]) -> None:
    """Refuse two files of one delivery that hold the same month of a source.

    Only shapes that come as one file a month are looked at: elsewhere two files may well hold
    parts of a month.

    Args:
        ledger: Where the files' months are.
        files: The files of the delivery by the number of their import.

    Raises:
        FileRefused: a file a month, and a month twice.
    """
    holder: dict[tuple[str, str, str], str] = {}
    found = []
    for number, shape in files.items():
        for source, month in ledger.slices(number):
            key = (shape.mapping.dataset, source, month)
            if shape.mapping.one_file_a_month and key in holder:
                what = f"{holder[key]} holds {month} of {source} too"
                found.append(Problem(shape.file, 0, "", "", what))
            holder.setdefault(key, shape.file)
    if found:
        raise FileRefused(
            found[:MOST_PROBLEMS],
            expected="one file for a source and month",
            next_step="take the older file out and give the command again",
        )


def refuse_months_in_part(books: Bookkeeping, files: Mapping[int, Shape]) -> None:
    """Refuse a delivery that replaces a part of a month and leaves the rest of it.

    What counts is decided by whole months of a source, so such a month would be lost in part.

    Args:
        books: Where the files' months and parts are.
        files: The files of the delivery by the number of their import.

    Raises:
        FileRefused: a month would be replaced in part.
    """
    found = []
    for number, earlier, source, month, part in books.left_behind(files):
        what = (
            f"replaces a part of {month or 'the rows'} of {source} in import {earlier} and "
            f"leaves {part}"
        )
        column = files[number].mapping.contract.part_column or ""
        found.append(Problem(files[number].file, 0, column, "", what))
    if found:
        raise FileRefused(
            found[:MOST_PROBLEMS],
            expected="every part of the month, or only parts that nobody has supplied yet",
            next_step="bring the parts in together, or withdraw the earlier import first",
        )
