"""Frames of many series for the tests of a pack, in every kind that can be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl

from regard.core.periods import Month

FIRST = Month(2013, 4)
Maker = Callable[[pl.DataFrame], Any]
KINDS: dict[str, Maker] = {
    "polars": lambda frame: frame,
    "pandas": lambda frame: frame.to_pandas(),
    "pandas objects": lambda frame: frame.to_pandas().astype({"area": object, "month": object}),
    "pandas categories": lambda frame: frame.to_pandas().astype({"area": "category"}),
    "pyarrow": lambda frame: frame.to_arrow(),
    "rows": lambda frame: frame.to_dicts(),
}


def crimes(series: int = 6, months: int = 72, seed: int = 20_260) -> pl.DataFrame:
    """Counts of areas of many sizes by month, some with a step; every month supplied."""
    random = np.random.default_rng(seed)
    level = np.resize([0.5, 6.0, 40.0, 300.0], series)[:, None]
    at = random.integers(0, 2 * months, (series, 1))
    season = 1 + 0.1 * np.sin(2 * np.pi * np.arange(months) / 12)
    counts = random.poisson(level * season * np.where(np.arange(months) >= at, 0.6, 1.0))
    return pl.DataFrame(
        {
            "area": np.repeat([f"area {place:02d}" for place in range(series)], months),
            "month": np.tile([(FIRST + step).iso for step in range(months)], series),
            "count": counts.reshape(-1),
        }
    )


def rows_of(table: Any) -> list[dict[str, Any]]:
    """A table of any kind as rows: months as text, numbers as they are, empty cells as None."""
    if isinstance(table, list):
        rows = table
    elif hasattr(table, "to_pylist"):
        rows = table.to_pylist()
    elif hasattr(table, "to_dicts"):
        rows = table.to_dicts()
    else:
        rows = table.to_dict("records")
    return [{name: _plain(cell) for name, cell in row.items()} for row in rows]


def _plain(cell: Any) -> Any:
    if cell is None or cell != cell:  # noqa: PLR0124 - not a number
        return None
    if hasattr(cell, "strftime"):
        return cell.strftime("%Y-%m")
    return cell
