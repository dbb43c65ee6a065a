"""The state of every series of a pack in words, on one core or on several."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from regard.core.figures import Source
from regard.core.series import PROPORTION, RATE, WEIGHTED, Series
from regard.signals.adjusted.reading import reading_of
from regard.signals.others.methods import INDIVIDUALS, METHODS_OF_OTHERS, PROPORTIONS, RATES
from regard.signals.pack.charted import Charted
from regard.signals.pack.grid import AVERAGE, Grid
from regard.signals.readings import Options, Reading

AT_ONCE = 250  # series to a piece of work: the same for any number of workers
NOT_SUPPLIED = "not supplied"
NOTHING = "No month has a value."
METHOD_OF = {
    RATE: RATES.name,
    PROPORTION: PROPORTIONS.name,
    WEIGHTED: INDIVIDUALS.name,
    AVERAGE: INDIVIDUALS.name,
}


@dataclass(frozen=True)
class Pack:
    """A pack that was charted, with what its sentences need.

    Attributes:
        grid: The series.
        charted: Their charts.
        accepted: Whether an accepted level starts with a month, shape (series, months).
        better: Which direction is better, one a series.
        unit: Unit of the values.
        headline: Whether the last month of each series stands out over the pack; None where
            it was not tested and its own limits decide.
    """

    grid: Grid
    charted: Charted
    accepted: NDArray[np.bool_]
    better: tuple[str, ...]
    unit: str
    headline: tuple[bool | None, ...]

    def series(self, row: int) -> Series:
        """A series of the pack, in the unit of its chart."""
        grid, kind = self.grid, self.grid.asked.kind
        values = _values(self.charted.values[row])
        return Series(
            measure=grid.asked.value,
            name=grid.label(row),
            scope=grid.label(row),
            unit=self.unit,
            # An average is no sum over time, and so is read as a rate that has no base in time.
            kind=RATE if kind == AVERAGE else kind,
            better=self.better[row],
            basis="as brought",
            method="values of a frame",
            start=grid.start,
            values=values,
            counted_to=grid.end.end,
            bases=None if grid.bases is None else _values(grid.bases[row]),
            why_missing={
                grid.start + column: NOT_SUPPLIED
                for column, value in enumerate(values)
                if value is None
            },
            sources=(Source("rows", "a frame", f"rows of {grid.label(row)}"),),
        )

    def reading(self, row: int) -> Reading:
        """The reading of a series, with its figures and sentences.

        Args:
            row: The place of the series, from 0; it has a month with a value.
        """
        starts = np.flatnonzero(self.accepted[row])
        options = Options(baselines=tuple(self.grid.start + int(column) for column in starts))
        series, many = self.series(row), self.charted.many
        if many is None:
            return METHODS_OF_OTHERS[METHOD_OF[self.grid.asked.kind]][1](series, options)
        return reading_of(many, row, series, options, exceptional=self.headline[row])

    def part(self, first: int, stop: int) -> Pack:
        """The series from one place to before another."""
        cut, grid = slice(first, stop), self.grid
        return replace(
            self,
            grid=replace(
                grid,
                keys=grid.keys[cut],
                values=grid.values[cut],
                bases=None if grid.bases is None else grid.bases[cut],
            ),
            charted=self.charted.part(first, stop),
            accepted=self.accepted[cut],
            better=self.better[cut],
            headline=self.headline[cut],
        )


def _values(row: NDArray[np.float64]) -> tuple[float | None, ...]:
    return tuple(None if value != value else value for value in row.tolist())  # noqa: PLR0124


def in_words(pack: Pack, workers: int) -> tuple[list[str | None], list[str]]:
    """The state and the sentences of every series, in order.

    Args:
        pack: The series and their charts.
        workers: Processes that share the work; 1 stays in this one. What is said is the same
            for any number.
    """
    rows = len(pack.grid.keys)
    parts = (pack.part(first, first + AT_ONCE) for first in range(0, rows, AT_ONCE))
    if workers == 1 or rows <= AT_ONCE:
        told = [_part_in_words(part) for part in parts]
    else:
        # Threads of a frame's own library do not survive a fork, so the workers start afresh.
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            told = list(pool.map(_part_in_words, parts))
    pairs = [pair for part in told for pair in part]
    return [state for state, _ in pairs], [words for _, words in pairs]


def _part_in_words(pack: Pack) -> list[tuple[str | None, str]]:
    return list(_said(pack))


def _said(pack: Pack) -> Iterator[tuple[str | None, str]]:
    for row in range(len(pack.grid.keys)):
        if pack.charted.last[row] < 0:
            yield None, NOTHING
            continue
        reading = pack.reading(row)
        yield reading.state or reading.variation, _paragraph(reading)


def _paragraph(reading: Reading) -> str:
    return " ".join(str(statement) for statement in reading.said)
