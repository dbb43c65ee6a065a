"""Whole people drawn by chance: how many of so many leave, move on and join, path by path.

Each number is the quantile of its distribution at a keyed uniform number, found by adding up
chances from the lowest count that matters. So a path is the same whoever asks and in whatever
order, and more people, or a greater chance, never give a smaller number at the same key: two
plans run on one seed differ by the plans alone.
"""

from __future__ import annotations

import math
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from regard.kernels.compiling import compiled
from regard.kernels.keyed import GOLDEN, mixed, uniform

Values: TypeAlias = NDArray[np.float64]
Counts: TypeAlias = NDArray[np.int64]

FARTHEST = 9.0  # standard deviations below the mean from which chances are added up
TINY = 1e-300
HALF = 0.5
ROWS, DRAWS = 4096, 64  # most rows and draws a row, so that a number's place holds in every plan


class Routes(NamedTuple):
    """Where people go from each row, in the order in which they are drawn.

    Attributes:
        first: Where each row's destinations start in `to`, shape (rows + 1,).
        to: The rows they go to; who goes to none of them stays.
        chance: The chance of each, among those whom none before it took; (paths or 1, moves).
        leaving: The chance of leaving from each row; (paths or 1, rows).
    """

    first: Counts
    to: Counts
    chance: Values
    leaving: Values


class Course(NamedTuple):
    """What every path starts from and takes in.

    Attributes:
        people: People on each row now, shape (rows,).
        taken_in: People expected to be taken in, shape (months, rows).
        scale: By how much that is more or less on each path; (paths or 1,).
        poisson: Whether the number taken in varies by chance.
        groups: Which rows each group that is counted has, 0 or 1, shape (groups, rows).
        keys: The keys of moves and of intake, shape (2,).
    """

    people: Values
    taken_in: Values
    scale: Values
    poisson: bool
    groups: Values
    keys: NDArray[np.uint64]


class Counted(NamedTuple):
    """What is counted on every path.

    Attributes:
        people: In each group at each month's end, shape (groups, paths, months + 1).
        joiners: Taken in each month, shape (paths, months).
        leavers: Left each month, shape (paths, months).
        held: On any row at each month's end, shape (paths, months + 1).
    """

    people: Values
    joiners: Values
    leavers: Values
    held: Values


@compiled
def binomial(count: int, chance: float, at: float) -> int:
    """How many of a count: the quantile at a number between 0 and 1 of the binomial."""
    if count <= 0 or chance <= 0.0:
        return 0
    if chance >= 1.0:
        return count
    if chance > HALF:
        return count - binomial_low(count, 1.0 - chance, 1.0 - at)
    return binomial_low(count, chance, at)


@compiled
def binomial_low(count: int, chance: float, at: float) -> int:
    """The same for a chance above 0 and up to a half."""
    mean = count * chance
    low = math.floor(mean - FARTHEST * math.sqrt(mean * (1.0 - chance)))
    odds = chance / (1.0 - chance)
    if low <= 0:
        k = 0
        here = math.exp(count * math.log1p(-chance))
    else:
        k = int(low)
        ways = math.lgamma(count + 1.0) - math.lgamma(k + 1.0) - math.lgamma(count - k + 1.0)
        here = math.exp(ways + k * math.log(chance) + (count - k) * math.log1p(-chance))
    added = here
    while added < at and k < count:
        k += 1
        here *= odds * (count - k + 1) / k
        if here < TINY and k > mean:
            return k
        added += here
    return k


@compiled
def poisson(mean: float, at: float) -> int:
    """The quantile at a number between 0 and 1 of the Poisson distribution of a mean count."""
    if mean <= 0.0:
        return 0
    low = math.floor(mean - FARTHEST * math.sqrt(mean))
    if low <= 0:
        k = 0
        here = math.exp(-mean)
    else:
        k = int(low)
        here = math.exp(k * math.log(mean) - mean - math.lgamma(k + 1.0))
    added = here
    while added < at:
        k += 1
        here *= mean / k
        if here < TINY and k > mean:
            return k
        added += here
    return k


@compiled
def by_chance(routes: Routes, course: Course, counted: Counted) -> None:
    """Walk every path in whole people, drawing each move, and count what is asked for."""
    paths, months = counted.joiners.shape
    rows = course.people.shape[0]
    now = np.empty(rows, dtype=np.int64)
    then = np.empty(rows, dtype=np.int64)
    due = np.empty(rows)
    for path in range(paths):
        moving = mixed(course.keys[0] + GOLDEN * np.uint64(path + 1))
        joining = mixed(course.keys[1] + GOLDEN * np.uint64(path + 1))
        scale = course.scale[path if course.scale.shape[0] > 1 else 0]
        for row in range(rows):
            now[row] = int(course.people[row])
        due[:] = 0.0
        _count(course.groups, now, counted, path, 0)
        for month in range(months):
            then[:] = 0
            counted.leavers[path, month] = _move(routes, now, then, (path, month), moving)
            joined = 0
            for row in range(rows):
                mean = course.taken_in[month, row] * scale
                if mean <= 0.0:
                    continue
                if course.poisson:
                    came = poisson(mean, uniform(joining, month * ROWS + row))
                else:
                    before = math.floor(due[row] + 1e-9)
                    due[row] += mean
                    came = int(math.floor(due[row] + 1e-9) - before)
                then[row] += came
                joined += came
            counted.joiners[path, month] = joined
            now[:] = then
            _count(course.groups, now, counted, path, month + 1)


@compiled
def as_expected(routes: Routes, course: Course, counted: Counted) -> None:
    """Walk every path in expected people, so that only what the paths assume differs."""
    paths, months = counted.joiners.shape
    rows = course.people.shape[0]
    now, then = np.empty(rows), np.empty(rows)
    for path in range(paths):
        scale = course.scale[path if course.scale.shape[0] > 1 else 0]
        chances = routes.chance[path if routes.chance.shape[0] > 1 else 0]
        leaving = routes.leaving[path if routes.leaving.shape[0] > 1 else 0]
        for row in range(rows):
            now[row] = course.people[row]
        _count(course.groups, now, counted, path, 0)
        for month in range(months):
            left, joined = 0.0, 0.0
            then[:] = 0.0
            for row in range(rows):
                rest = now[row] * (1.0 - leaving[row])
                left += now[row] - rest
                for place in range(routes.first[row], routes.first[row + 1]):
                    gone = rest * chances[place]
                    then[routes.to[place]] += gone
                    rest -= gone
                then[row] += rest
            for row in range(rows):
                came = course.taken_in[month, row] * scale
                then[row] += came
                joined += came
            counted.leavers[path, month] = left
            counted.joiners[path, month] = joined
            now[:] = then
            _count(course.groups, now, counted, path, month + 1)


@compiled
def _move(
    routes: Routes, now: Counts, then: Counts, where: tuple[int, int], moving: np.uint64
) -> int:
    path, month = where
    chances = routes.chance[path if routes.chance.shape[0] > 1 else 0]
    leaving = routes.leaving[path if routes.leaving.shape[0] > 1 else 0]
    left = 0
    for row in range(now.shape[0]):
        rest = now[row]
        if rest == 0:
            continue
        index = (month * ROWS + row) * DRAWS
        if leaving[row] > 0.0:
            gone = binomial(rest, leaving[row], uniform(moving, index))
            left += gone
            rest -= gone
        for place in range(routes.first[row], routes.first[row + 1]):
            index += 1
            gone = binomial(rest, chances[place], uniform(moving, index))
            then[routes.to[place]] += gone
            rest -= gone
        then[row] += rest
    return left


@compiled
def _count(groups: Values, now: Values | Counts, counted: Counted, path: int, month: int) -> None:
    held = 0.0
    for row in range(now.shape[0]):
        if now[row] != 0:
            held += now[row]
            for group in range(groups.shape[0]):
                counted.people[group, path, month] += groups[group, row] * now[row]
    counted.held[path, month] = held
