"""Series and figures in the words of the field, for the tests of this room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from regard.core.figures import Figure, Source
from regard.core.periods import Month, Period
from regard.core.series import Series


def made_series(values: Any, **changed: Any) -> Series:
    """Vehicle crime in the West Midlands from April 2010, or as a test changes it."""
    start = changed.pop("start", Month(2010, 4))
    held = tuple(None if value is None else float(value) for value in values)
    told = {
        "measure": "vehicle-crime",
        "name": "Vehicle crime",
        "scope": "west-midlands",
        "unit": "offences",
        "kind": "count",
        "better": "lower",
        "basis": "actual",
        "method": "count 1",
        "start": start,
        "values": held,
        "counted_to": (start + (len(held) - 1)).end,
        "why_missing": {start + at: "not supplied" for at, v in enumerate(held) if v is None},
        "sources": (Source("rows", "import 3", "all rows"),),
    }
    return Series(**(told | changed))


def made_figure(value: float | None, start: date, end: date, **changed: Any) -> Figure:
    """Vehicle crime in the West Midlands from a day to a day, or as a test changes it."""
    told = {
        "value": value,
        "unit": "offences",
        "measure": "vehicle-crime",
        "scope": "west-midlands",
        "basis": "actual",
        "method": "count 1",
        "as_at": end,
        "period": Period(start, end),
        "sources": (Source("rows", "import 3", "all rows"),),
    }
    return Figure(**(told | changed))


@pytest.fixture(scope="session")
def vehicle_crime() -> Callable[..., Series]:
    """Makes a monthly series."""
    return made_series


@pytest.fixture(scope="session")
def counted() -> Callable[..., Figure]:
    """Makes a figure of a period."""
    return made_figure


@pytest.fixture(scope="session")
def year_so_far() -> tuple[date, date]:
    """1 April 2013 to 14 March 2014."""
    return date(2013, 4, 1), date(2014, 3, 14)


@pytest.fixture(scope="session")
def year_before() -> tuple[date, date]:
    """1 April 2012 to 14 March 2013."""
    return date(2012, 4, 1), date(2013, 3, 14)


@pytest.fixture(scope="session")
def base_year() -> tuple[date, date]:
    """The whole of 2012/13."""
    return date(2012, 4, 1), date(2013, 3, 31)
