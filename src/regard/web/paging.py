"""Lists that can grow: fifty rows a page, with the numbers of the pages around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import HttpRequest

T = TypeVar("T")

A_PAGE = 50  # rows
_AROUND = 1  # pages named on each side of this one


@dataclass(frozen=True)
class Link:
    """A page to which the list leads; without an address it stands for those left out."""

    number: int
    address: str
    current: bool = False


@dataclass(frozen=True)
class Paged(Generic[T]):
    """The rows of one page of a list.

    Attributes:
        rows: Those shown.
        count: How many there are on all pages.
        first, last: The places of the first and the last row shown, from 1.
        before, after: The addresses of the pages beside it; empty at an end.
        links: The pages by number.
    """

    rows: Sequence[T]
    count: int
    first: int
    last: int
    before: str
    after: str
    links: tuple[Link, ...]


def paged(request: HttpRequest, rows: Sequence[T], *, size: int = A_PAGE) -> Paged[T]:
    """The page of a list that the address asks for: the nearest there is."""
    pages = max(1, -(-len(rows) // size))
    text = request.GET.get("page", "1")
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) < len(str(10**9)) else 1
    number = min(max(1, wanted), pages)
    first = (number - 1) * size
    shown = rows[first : first + size]

    def address(page: int) -> str:
        asked = request.GET.copy()
        asked["page"] = str(page)
        return f"?{asked.urlencode()}"

    return Paged(
        shown,
        len(rows),
        first + 1 if shown else 0,
        first + len(shown),
        address(number - 1) if number > 1 else "",
        address(number + 1) if number < pages else "",
        tuple(_links(number, pages, address)),
    )


def _links(number: int, pages: int, address: object) -> list[Link]:
    assert callable(address)
    named = {1, pages, *range(max(1, number - _AROUND), min(pages, number + _AROUND) + 1)}
    found: list[Link] = []
    for page in sorted(named):
        if found and page - found[-1].number > 1:
            found.append(Link(page - 1, ""))
        found.append(Link(page, address(page), page == number))
    return found
