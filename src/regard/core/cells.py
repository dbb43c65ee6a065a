"""Cells of a table that another program opens: text that it would run is told apart."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

_RUNS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: Any) -> Any:
    """A value as a spreadsheet may hold it; text that begins as a formula is quoted.

    A spreadsheet runs text that starts so (OWASP, CSV injection). Numbers stay numbers.
    """
    if isinstance(value, str) and value[:1] in _RUNS:
        return "'" + value
    return value


def csv_text(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as comma-separated values, each cell safe to open; None is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([safe_cell(one) for one in row] for row in rows)
    return out.getvalue()
