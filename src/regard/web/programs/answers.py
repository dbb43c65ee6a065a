"""Rows as the API answers them: a page of a list, as JSON or as CSV that no sheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Any

from django.http import HttpRequest, HttpResponse

from regard.core.errors import NotKnown
from regard.core.markings import OFFICIAL, Marking
from regard.web.programs.shapes import Formed, Paged

Row = Mapping[str, Any]

CSV = "text/csv"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # OWASP, CSV injection
EMPTY = "this page would be empty"


def as_csv(request: HttpRequest, asked: Formed) -> bool:
    """Whether CSV is asked for: by `format`, else by what the header Accept prefers."""
    if asked.format is not None:
        return asked.format == "csv"
    return request.get_preferred_type(["application/json", CSV]) == CSV


def a_page(rows: Sequence[Row], asked: Paged) -> tuple[dict[str, Any], Sequence[Row]]:
    """What is said of a page of a list, and its rows.

    Raises:
        NotKnown: the list has no such page.
    """
    pages = max(1, -(-len(rows) // asked.per_page))
    if asked.page > pages:
        raise NotKnown("page of this list", str(asked.page), [f"1 to {pages}"])
    start = (asked.page - 1) * asked.per_page
    held = rows[start : start + asked.per_page]
    told = {"page": asked.page, "per_page": asked.per_page, "pages": pages, "count": len(rows)}
    return told | {"marking": marked(held)}, held


def marked(rows: Iterable[Row]) -> str:
    """The marking of some rows together."""
    found = (Marking.parse(row["marking"]) for row in rows)
    return str(reduce(lambda one, other: one | other, found, OFFICIAL))


def listed(
    request: HttpRequest, asked: Paged, rows: Sequence[Row], shape: type, name: str
) -> dict[str, Any] | HttpResponse:
    """A page of a list, in the form that is asked for.

    Args:
        request: What was asked.
        asked: Which page, in which form.
        rows: The whole list.
        shape: What a row looks like: the columns of the CSV.
        name: By which the file is called.
    """
    told, held = a_page(rows, asked)
    if as_csv(request, asked):
        return sheet(held, tuple(shape.model_fields), name, told["marking"])  # type: ignore[attr-defined]
    return {**told, "items": list(held)}


def sheet(rows: Iterable[Row], columns: Sequence[str], name: str, marking: str) -> HttpResponse:
    """Rows as CSV: each with its marking, and no cell that a spreadsheet runs as a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: cell(row[key]) for key in columns} for row in rows)
    answer = HttpResponse(out.getvalue(), content_type=f"{CSV}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer["X-Marking"] = marking
    return answer


def cell(value: Any) -> Any:
    """A value as a cell: lists with semicolons, and text that starts as a formula made harmless."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        value = "; ".join(map(str, value))
    if isinstance(value, Mapping):
        value = "; ".join(f"{key}: {held}" for key, held in value.items())
    if isinstance(value, str) and value.startswith(STARTS_A_FORMULA):
        return "'" + value
    return value
