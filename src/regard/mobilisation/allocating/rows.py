"""The rows of the allocation: what a sharing must keep, whatever it is to achieve."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from regard.mobilisation.allocating.problem import SHIFT_HOURS, SHIFTS, Counts, Problem
from regard.mobilisation.allocating.solving import Program, Values
from regard.mobilisation.allocating.tours import Tours, raised_by

FREE = np.inf
Row = tuple[Sequence[int], Sequence[float], float, float]  # columns, factors, least, most


@dataclass(frozen=True)
class Columns:
    """Where each kind of column begins.

    Tours that start; PSUs away by force and day; PSUs unmet by day and shift; PSUs arrived by
    force and hour; PSUs unmet by hour.
    """

    tours: int
    forces: int
    days: int
    hours: int

    @property
    def away(self) -> int:
        """The first column of PSUs away."""
        return self.tours

    @property
    def unmet(self) -> int:
        """The first column of PSUs unmet on a shift."""
        return self.away + self.forces * self.days

    @property
    def arrived(self) -> int:
        """The first column of PSUs arrived by an hour."""
        return self.unmet + self.days * len(SHIFTS)

    @property
    def late(self) -> int:
        """The first column of PSUs unmet at an hour."""
        return self.arrived + self.forces * self.hours

    @property
    def all(self) -> int:
        """How many columns there are."""
        return self.late + self.hours

    def away_at(self, force: int, day: int) -> int:
        """The column of a force's PSUs away on a day."""
        return self.away + force * self.days + day

    def unmet_at(self, day: int, shift: int) -> int:
        """The column of what is unmet on a shift."""
        return self.unmet + day * len(SHIFTS) + shift

    def arrived_at(self, force: int, hour: int) -> int:
        """The column of a force's PSUs arrived by an hour."""
        return self.arrived + force * self.hours + hour


@dataclass(frozen=True, eq=False)
class Shared:
    """All rows of a problem, and the columns they stand on.

    Attributes:
        problem: Who asks whom.
        tours: Every tour that is allowed.
    """

    problem: Problem
    tours: Tours

    @classmethod
    def of(cls, problem: Problem) -> Shared:
        """The rows of a problem."""
        return cls(problem, Tours.of(problem))

    @cached_property
    def columns(self) -> Columns:
        """Where each kind of column begins."""
        hours = len(self.problem.demand.by_hour)
        return Columns(len(self.tours.tours), len(self.problem.forces), self.problem.days, hours)

    @cached_property
    def unmet_hours(self) -> Values:
        """PSU-hours that one of each column leaves unmet: the first thing to be minimised."""
        weights = np.zeros(self.columns.all)
        weights[self.columns.unmet : self.columns.arrived] = SHIFT_HOURS
        weights[self.columns.late :] = 1
        return weights

    @cached_property
    def program(self) -> Program:
        """The rows, with unmet PSU-hours to be minimised and every limit at its widest."""
        columns = self.columns
        upper = np.full(columns.all, FREE)
        upper[columns.away : columns.unmet] = self.problem.limits.ravel()
        upper[columns.arrived : columns.late] = self._arrivals.ravel()
        whole = np.zeros(columns.all, dtype=np.bool_)
        whole[: columns.unmet] = True
        rows = [
            *self._coverage(),
            *self._away(),
            *self._released(),
            *self._reserves(),
            *self._equity(),
            *self._commanders(),
            *self._by_hour(),
        ]
        return program_of(self.unmet_hours, upper, whole, rows)

    def _coverage(self) -> Iterable[Row]:
        """Tours that cover a shift, and what is unmet, are at least what is needed."""
        held: dict[tuple[int, int], list[int]] = {}
        for place, one in enumerate(self.tours.tours):
            for day in range(one.day, one.end):
                held.setdefault((day, one.shift), []).append(place)
        for (day, shift), needed in np.ndenumerate(self.problem.demand.total):
            columns = [*held.get((day, shift), []), self.columns.unmet_at(day, shift)]
            yield columns, [1.0] * len(columns), float(needed), FREE

    def _away(self) -> Iterable[Row]:
        """PSUs away are the tours under way or in recovery."""
        held: dict[tuple[int, int], list[int]] = {}
        for place, one in enumerate(self.tours.tours):
            for day in range(one.day, one.back):
                held.setdefault((one.force, day), []).append(place)
        for force in range(self.columns.forces):
            for day in range(self.columns.days):
                columns = [*held.get((force, day), []), self.columns.away_at(force, day)]
                yield columns, [*[1.0] * (len(columns) - 1), -1.0], 0.0, 0.0

    def _released(self) -> Iterable[Row]:
        """No more tours have started than PSUs were raised in time to travel."""
        for one in self.tours.releases:
            yield one.tours, [1.0] * len(one.tours), 0.0, float(one.most)

    def _reserves(self) -> Iterable[Row]:
        """A region keeps its reserve at home on every day."""
        for places in self.problem.regions.values():
            whole = sum(self.problem.forces[one].cohorts for one in places)
            yield from self._of_region(places, math.floor(self.problem.rules.reserve * whole))

    def _equity(self) -> Iterable[Row]:
        """No force gives more than its share of PSU-days."""
        share = self.problem.rules.equity
        if share == 1:
            return
        for place, force in enumerate(self.problem.forces):
            columns = [self.columns.away_at(place, day) for day in range(self.columns.days)]
            most = math.floor(share * force.cohorts * self.columns.days)
            yield columns, [1.0] * len(columns), 0.0, float(most)

    def _commanders(self) -> Iterable[Row]:
        """Bronze commanders of a region command so many PSUs each."""
        for places in self.problem.regions.values():
            held = [self.problem.forces[one].commanders for one in places]
            if None not in held:
                commanders = sum(one for one in held if one is not None)
                yield from self._of_region(places, self.problem.rules.commanded * commanders)

    def _of_region(self, places: tuple[int, ...], most: int) -> Iterable[Row]:
        if most >= int(self.problem.limits[list(places)].sum(axis=0).max()):
            return  # the limits of its forces say as much
        for day in range(self.columns.days):
            columns = [self.columns.away_at(one, day) for one in places]
            yield columns, [1.0] * len(columns), 0.0, float(most)

    @cached_property
    def _arrivals(self) -> Counts:
        """PSUs that could have reached the farthest host by each hour, shape (forces, hours)."""
        hours = self.columns.hours
        table = np.zeros((self.columns.forces, hours), dtype=np.int64)
        for place, force in enumerate(self.problem.forces):
            travel = max(self.problem.travel(force, 0, shift) for shift in range(len(SHIFTS)))
            for hour in range(hours):
                left = hour + 1 - travel
                released = force.released or (force.cohorts,)
                table[place, hour] = raised_by(released, left, force.cohorts)
        return table

    def _by_hour(self) -> Iterable[Row]:
        """PSUs that have arrived by an hour were sent on the first day, and meet what is asked."""
        first: dict[int, list[int]] = {}
        for place, one in enumerate(self.tours.tours):
            if one.day == 0:
                first.setdefault(one.force, []).append(place)
        for hour, needed in enumerate(self.problem.demand.by_hour):
            arrived = []
            for force, sent in first.items():
                if self._arrivals[force, hour]:
                    column = self.columns.arrived_at(force, hour)
                    arrived.append(column)
                    yield [column, *sent], [1.0, *[-1.0] * len(sent)], -FREE, 0.0
            late = self.columns.late + hour
            yield [*arrived, late], [1.0] * (len(arrived) + 1), float(needed), FREE


def program_of(
    cost: Values, upper: Values, whole: NDArray[np.bool_], rows: Iterable[Row]
) -> Program:
    """A program of rows, each given by its columns, factors, least and most.

    Args:
        cost: Of each column.
        upper: Most of each column; the least is 0.
        whole: Whether each column is a whole number.
        rows: The rows.
    """
    starts, least, most = [0], [], []
    index: list[int] = []
    data: list[float] = []
    for columns, factors, low, high in rows:
        index.extend(columns)
        data.extend(factors)
        starts.append(len(index))
        least.append(low)
        most.append(high)
    matrix = csr_array(
        (np.array(data), np.array(index, dtype=np.int32), np.array(starts)),
        shape=(len(least), len(cost)),
    )
    return Program(cost, np.zeros(len(cost)), upper, whole, matrix, np.array(least), np.array(most))
