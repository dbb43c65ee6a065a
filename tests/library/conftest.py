"""What Regard ships is read once; a test's own folder is read beside it each time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from regard.library import shelf


@pytest.fixture(scope="session", autouse=True)
def shipped_read_once() -> Iterator[None]:
    """The files of the package are read once, and not for every folder that a test writes."""
    each, shipped = shelf._each, {}

    def read(folders: tuple[Any, ...], within: str, maker: Any) -> list[Any]:
        first, *more = folders
        if not more or first != shelf.SHIPPED:
            return each(folders, within, maker)
        if within not in shipped:
            shipped[within] = each([first], within, maker)
        return [*shipped[within], *each(more, within, maker)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelf, "_each", read)
        yield
