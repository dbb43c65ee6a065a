"""What was found as tables: one row a series, one row a month, one row a step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regard.core.errors import DefinitionRefused
from regard.signals.pack.backing import Backing, Coded, Places
from regard.signals.pack.tiers import Tiers
from regard.signals.pack.words import Pack

ACCEPTED, PROPOSED = "accepted", "proposed"
BETWEEN = "; "  # two signals of one month

READINGS = (
    "month", "value", "expected", "lower", "upper", "chance", "adjusted_chance", "tier", "state",
    "level", "level_since", "steps", "step", "step_earliest", "step_latest", "step_percent",
    "step_low", "step_high", "step_standing", "dispersion", "autocorrelation", "season",
    "detectable", "words",
)  # fmt: skip
IN_WORDS = ("state", "words")
POINTS = ("month", "value", "centre", "lower", "upper", "signals", "level")
STEPS = (
    "month", "earliest", "latest", "before", "after", "percent", "low", "high", "standing",
)  # fmt: skip
Columns = Mapping[str, Coded | NDArray[Any]]


@dataclass(frozen=True)
class Maker:
    """Makes tables of the kind that was brought.

    Attributes:
        backing: What was brought.
        pack: What was found in it.
    """

    backing: Backing
    pack: Pack

    def table(
        self, rows: Places, months: Mapping[str, Places], columns: Columns, order: Sequence[str]
    ) -> Any:
        """A table whose first columns name the series.

        Args:
            rows: The series of each row of the table.
            months: Columns of months, as columns of the grid; -1 is an empty cell.
            columns: The rest.
            order: The names after those of the series.
        """
        grid = self.pack.grid
        names = grid.asked.series
        keys = {
            name: Coded([key[place] for key in grid.keys], rows) for place, name in enumerate(names)
        }
        told = {name: Coded(grid.months, places) for name, places in months.items()}
        return self.backing.made(keys, told, columns, order=(*names, *order), like=grid.asked.month)


def must_not_clash(series: Sequence[str]) -> None:
    """Refuse a column that names series and is called as a column of what is found.

    Raises:
        DefinitionRefused: there is such a column.
    """
    clash = [name for name in series if name in (*READINGS, *POINTS, *STEPS)]
    if clash:
        raise DefinitionRefused(
            f"the series are named by a column {clash[0]}, as is a column of the readings",
            expected="another name",
            next_step=f"rename {clash[0]} in the frame",
        )


def readings_table(
    maker: Maker, tiers: Tiers, told: tuple[list[str | None], list[str]] | None
) -> Any:
    """One row a series; see `frames.Readings.readings`."""
    found, series = maker.pack.charted, len(maker.pack.grid.keys)
    rows = np.arange(series)
    value = np.where(found.last >= 0, found.values[rows, np.maximum(found.last, 0)], np.nan)
    newest = _newest(found.steps.row, series)
    steps = found.steps
    columns: dict[str, Coded | NDArray[Any]] = {
        "value": value,
        "expected": found.expected,
        "lower": found.low,
        "upper": found.high,
        "chance": found.chance,
        "adjusted_chance": tiers.adjusted,
        "tier": coded(tiers.tier.tolist()),
        "level": found.level,
        "steps": np.bincount(steps.row, minlength=series).astype(np.int64),
        "step_percent": _at(steps.percent, newest),
        "step_low": _at(steps.low, newest),
        "step_high": _at(steps.high, newest),
        "step_standing": Coded(
            (PROPOSED, ACCEPTED), np.where(newest < 0, -1, _at(steps.accepted, newest) > 0)
        ),
        "dispersion": found.dispersion,
        "autocorrelation": found.autocorrelation,
        "season": found.season,
        "detectable": found.detectable,
    }
    if told is not None:
        columns |= {"state": coded(told[0]), "words": coded(told[1])}
    months = {
        "month": found.last,
        "level_since": found.since,
        "step": _column(steps.column, newest),
        "step_earliest": _column(steps.earliest, newest),
        "step_latest": _column(steps.latest, newest),
    }
    order = [name for name in READINGS if told is not None or name not in IN_WORDS]
    return maker.table(rows, months, columns, order)


def points_table(maker: Maker) -> Any:
    """One row a series and month; see `frames.Readings.points`."""
    found = maker.pack.charted
    series, months = found.values.shape
    bits = found.signals.reshape(-1)
    said = [
        BETWEEN.join(name for place, name in enumerate(found.names) if one >> place & 1)
        for one in range(1 << len(found.names))
    ]
    columns: Columns = {
        "value": found.values.reshape(-1),
        "centre": found.centre.reshape(-1),
        "lower": found.lower.reshape(-1),
        "upper": found.upper.reshape(-1),
        "signals": Coded(said, bits.astype(np.int64)),
        "level": found.levels.reshape(-1).astype(np.int64),
    }
    rows = np.repeat(np.arange(series), months)
    return maker.table(rows, {"month": np.tile(np.arange(months), series)}, columns, POINTS)


def steps_table(maker: Maker) -> Any:
    """One row a step; see `frames.Readings.steps`."""
    steps = maker.pack.charted.steps
    columns: Columns = {
        "before": steps.before,
        "after": steps.after,
        "percent": steps.percent,
        "low": steps.low,
        "high": steps.high,
        "standing": Coded((PROPOSED, ACCEPTED), steps.accepted.astype(np.int64)),
    }
    months = {"month": steps.column, "earliest": steps.earliest, "latest": steps.latest}
    return maker.table(steps.row, months, columns, STEPS)


def coded(texts: Sequence[str | None]) -> Coded:
    """A column of texts; None is an empty cell."""
    known = sorted({text for text in texts if text is not None})
    places = {text: place for place, text in enumerate(known)}
    return Coded(known, np.array([-1 if t is None else places[t] for t in texts], np.int64))


def _newest(rows: Places, series: int) -> Places:
    """The place of the last step of each series; -1 without one."""
    found = np.full(series, -1)
    found[rows] = np.arange(len(rows))  # of a repeated row the last one stays
    return found


def _at(held: NDArray[Any], places: Places) -> NDArray[np.float64]:
    found = np.full(len(places), np.nan)
    found[places >= 0] = held[places[places >= 0]]
    return found


def _column(held: Places, places: Places) -> Places:
    found = np.full(len(places), -1)
    found[places >= 0] = held[places[places >= 0]]
    return found
