"""Figures and series in the words of the field, for the tests of the core."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from regard.core.figures import Figure, Source
from regard.core.periods import Month
from regard.core.series import Series


@pytest.fixture(scope="session")
def burglary() -> Callable[..., Figure]:
    """Burglaries of dwellings in the West Midlands, with whatever a test changes."""

    def make(value: float | None = 412, **changed: Any) -> Figure:
        told = {
            "value": value,
            "unit": "offences",
            "measure": "burglary-dwelling",
            "scope": "west-midlands",
            "basis": "actual",
            "method": "count 1",
            "as_at": date(2014, 3, 14),
            "sources": (Source("rows", "import 3", "412 rows"),),
        }
        return Figure(**(told | changed))

    return make


@pytest.fixture(scope="session")
def robbery() -> Callable[..., Series]:
    """Three months of robbery of which the second was not supplied, or as a test changes it."""

    def make(**changed: Any) -> Series:
        told = {
            "measure": "robbery",
            "name": "Robbery",
            "scope": "merseyside",
            "unit": "offences",
            "kind": "count",
            "better": "lower",
            "basis": "actual",
            "method": "count 1",
            "start": Month(2019, 6),
            "values": (10.0, None, 12.0),
            "counted_to": date(2019, 8, 31),
            "why_missing": {Month(2019, 7): "not supplied"},
        }
        return Series(**(told | changed))

    return make
