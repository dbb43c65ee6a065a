"""The list of a register: its title, a page of what it holds, and a row for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from regard.web.paging import paged

T = TypeVar("T")


def list_shown(
    request: HttpRequest,
    name: str,
    title: str,
    found: Sequence[T],
    row: Callable[[T], Any] = lambda one: one,
    **more: Any,
) -> HttpResponse:
    """Show a page of a register.

    Args:
        request: The request, whose address names the page.
        name: The name of its template among those of the registers.
        title: What it is called.
        found: What it holds, in its order.
        row: What is shown of one of them; asked of those on the page alone.
        more: What else the template is told.
    """
    page = paged(request, found)
    shown = {"title": title, "page": page, "rows": [row(one) for one in page.rows], **more}
    return render(request, f"regard/registers/{name}.html", shown)
