"""Replays weeks that were kept out of the fit, and says in how many cells they were foretold.

The calls are those that came; everything that follows them - the time before a unit is sent for,
the journey, the job - is drawn from the weeks of the fit, day by day, so that days which go badly
as a whole stay together (a bootstrap of days: Davison and Hinkley 1997, section 3.8). A day is
drawn from days that are themselves drawn, so that the band also holds what few weeks cannot say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regard.core.errors import NotEnoughData
from regard.kernels.keyed import key, uniforms
from regard.mobilisation.calibrating.fitting import Fitted, free_delays, waits_of
from regard.mobilisation.calibrating.recorded import BLOCK, BLOCKS, Flags, Recorded
from regard.mobilisation.response.traces import Reals, Wholes

LEVEL = 0.95
USUAL = 200  # replications
AS_MANY = 4  # rows that count for as much as all that is known of the pool around them
DONOR, AGAIN, ROW, POOL = 301, 302, 303, 304  # streams of random numbers


@dataclass(frozen=True)
class Cell:
    """A grade in four hours: of one day, or of that time of every day replayed.

    Attributes:
        grade: Of the incidents.
        block: Four hours counted from the first midnight, or of the day, from 0.
        incidents: With an arrival that was recorded.
        observed: The share of them answered within the aim.
        foretold: The same of the replay, on average.
        low, high: The band in which 95% of replays lie.
    """

    grade: str
    block: int
    incidents: int
    observed: float
    foretold: float
    low: float
    high: float

    @property
    def inside(self) -> bool:
        """Whether what was observed lies in the band."""
        return self.low <= self.observed <= self.high


@dataclass(frozen=True, eq=False)
class Replay:
    """What a fit foretold of weeks that it did not know.

    Attributes:
        cells: A grade in four hours of one day, those with incidents.
        of_day: A grade in four hours of the day, over all days: fewer cells, and a sterner test.
        observed: The share of all incidents answered within their aim.
        foretold: The same of the replays, one each, shape (replications,).
    """

    cells: tuple[Cell, ...]
    of_day: tuple[Cell, ...]
    observed: float
    foretold: Reals

    @property
    def inside(self) -> float:
        """The share of cells whose observed share lies in its band."""
        return share_inside(self.cells)

    @property
    def apart(self) -> float:
        """How far the foretold share lies from the observed one, in percentage points."""
        return 100 * (float(self.foretold.mean()) - self.observed)


def share_inside(cells: Sequence[Cell]) -> float:
    """The share of cells whose observed share lies in its band."""
    return float(np.mean([one.inside for one in cells]))


def replay(
    fitted: Fitted, kept_out: Recorded, *, replications: int = USUAL, seed: int = 0
) -> Replay:
    """Replay weeks that the fit does not know.

    Args:
        fitted: The fit.
        kept_out: The records of those weeks, of the same grades.
        replications: How many replays.
        seed: Of the random numbers.

    Raises:
        NotEnoughData: no incident of those weeks has an arrival.
    """
    data = kept_out.of(np.isfinite(kept_out.sent))
    known = np.isfinite(data.response)
    if not known.any():
        raise NotEnoughData(
            f"{int(known.sum())} of {len(data)} incidents have an arrival", expected="at least one"
        )
    within = np.array([one.within for one in fitted.aims])[data.grade]
    pools = _Pools(fitted.data.of(fitted.data.complete), len(fitted.aims) * BLOCKS)
    met = np.array(
        [
            _replayed(fitted, data, pools, (seed, number))[known] <= within[known]
            for number in range(replications)
        ]
    )
    seen = (data.response <= within)[known]
    grade, block = data.grade[known], data.hour[known] // BLOCK
    return Replay(
        _cells(data, grade, block, seen, met),
        _cells(data, grade, block % BLOCKS, seen, met),
        float(seen.mean()),
        met.mean(axis=1),
    )


def _cells(
    data: Recorded, grade: Wholes, block: Wholes, seen: Flags, met: Flags
) -> tuple[Cell, ...]:
    blocks = int(block.max()) + 1
    place = grade * blocks + block
    counts = np.bincount(place, minlength=len(data.grades) * blocks)
    there = np.flatnonzero(counts)
    shares = np.array([np.bincount(place, one, len(counts)) for one in met])[:, there]
    shares /= counts[there]
    observed = np.bincount(place, seen, len(counts))[there] / counts[there]
    low, high = np.quantile(shares, ((1 - LEVEL) / 2, (1 + LEVEL) / 2), axis=0)
    return tuple(
        Cell(data.grades[at // blocks], int(at % blocks), int(counts[at]), float(observed[i]),
             float(shares[:, i].mean()), float(low[i]), float(high[i]))
        for i, at in enumerate(there)
    )  # fmt: skip


class _Pools:
    """Rows of the fit by grade and block, and by day within them."""

    def __init__(self, rows: Recorded, cells: int) -> None:
        self.rows = rows
        place = rows.grade * BLOCKS + rows.block
        self.of_cell = [np.flatnonzero(place == cell) for cell in range(cells)]
        self.of_grade = [np.flatnonzero(rows.grade == one) for one in range(len(rows.grades))]
        self.by_day = {
            (day, cell): held[rows.day[held] == day]
            for cell, held in enumerate(self.of_cell)
            for day in range(rows.days)
        }

    def drawn(self, day: int, cell: int, chance: Reals, level: Reals) -> Wholes:
        """A row for each chance, drawn from a day's own of a cell or from wider pools.

        Of few rows one learns little: with chance `AS_MANY / (rows + AS_MANY)` a row is drawn
        from the pool around them, of all days, and from the grade as a whole around that.
        """
        found = np.empty(len(chance), np.int64)
        left = np.ones(len(chance), bool)
        beyond = level.copy()
        for pool in (self.by_day[day, cell], self.of_cell[cell]):
            share = len(pool) / (len(pool) + AS_MANY)
            here = left & (beyond < share)
            if here.any():
                found[here] = pool[(chance[here] * len(pool)).astype(np.int64)]
            left &= ~here
            beyond = (beyond - share) / (1 - share)
        widest = self.of_grade[cell // BLOCKS]
        found[left] = widest[(chance[left] * len(widest)).astype(np.int64)]
        return found


def _replayed(fitted: Fitted, data: Recorded, pools: _Pools, named: tuple[int, int]) -> Reals:
    """Minutes from call to arrival of every incident in one replay."""
    seed, number = named
    places = data.grade * BLOCKS + data.block
    days = pools.rows.days
    again = (uniforms(key(seed, AGAIN, number), days) * days).astype(np.int64)
    drawn = (uniforms(key(seed, DONOR, number), data.days) * days).astype(np.int64)
    donors = again[drawn]
    chance = uniforms(key(seed, ROW, number), len(data))
    level = uniforms(key(seed, POOL, number), len(data))
    row = np.empty(len(data), np.int64)
    at = np.stack((donors[data.day], places))
    for day, cell in np.unique(at, axis=1).T:
        held = (at[0] == day) & (at[1] == cell)
        row[held] = pools.drawn(int(day), int(cell), chance[held], level[held])
    told = pools.rows
    before = (told.ready - told.at)[row]
    waits = waits_of(data, data.at + before, told.minutes[row], fitted.units)
    free = free_delays(fitted.free, data.grade, seed, number)
    return before + waits + free + told.journey[row]
