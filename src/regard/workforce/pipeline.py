"""Stages of a career by the month: where people stand, move on and leave, as expected.

The Markov model of manpower planning (Bartholomew, Forbes and McClean 1991, "Statistical
techniques for manpower planning", chapter 4): each month's people are last month's times the
moves, and those taken in: n(t+1) = n(t) P + r(t). A row of P that adds up to less than 1 is of a
stage from which people leave.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regard.core.errors import DefinitionRefused, NotKnown

Values: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

POISSON, FIXED = "poisson", "fixed"
INTAKES = (POISSON, FIXED)
SLACK = 1e-9  # by how much the chances of a row may exceed 1, from rounding


@dataclass(frozen=True)
class Pipeline:
    """Stages, the monthly moves between them, and who stands where now.

    Attributes:
        stages: The stage of each row. A stage may stand on several rows, which are then the
            months that people have been in it.
        moves: The chance (0 to 1) of going from each row to each row within a month, a row each;
            staying is on the diagonal, and what is left of 1 leaves.
        people: People on each row now (count).
        intake: People expected to be taken in to each row each month (count a month).
        strength: The stages that count as strength.
        deployable: The stages whose people can be deployed.
    """

    stages: tuple[str, ...]
    moves: tuple[tuple[float, ...], ...]
    people: tuple[float, ...]
    intake: tuple[float, ...]
    strength: tuple[str, ...]
    deployable: tuple[str, ...]

    def __post_init__(self) -> None:
        rows = len(self.stages)
        lengths = {len(self.moves), len(self.people), len(self.intake), *map(len, self.moves)}
        if lengths != {rows}:
            raise DefinitionRefused(
                f"{rows} rows of stages with moves, people and intake of {sorted(lengths)}",
                expected="one row of each for every row of stages",
            )
        for stage, row in zip(self.stages, self.moves, strict=True):
            if min(row) < 0 or sum(row) > 1 + SLACK:
                raise DefinitionRefused(
                    f"the moves from {stage} are from {min(row)} and add up to {sum(row)}",
                    expected="chances from 0 that add up to at most 1",
                )
        if min(*self.people, *self.intake, 0.0) < 0:
            raise DefinitionRefused(
                f"people of {min(self.people)} or intake of {min(self.intake)} at a stage",
                expected="counts from 0",
            )
        for stage in (*self.strength, *self.deployable):
            self.must_have(stage)

    @cached_property
    def matrix(self) -> Values:
        """The moves as an array of shape (rows, rows)."""
        return np.asarray(self.moves, dtype=np.float64)

    def rows_of(self, stages: Iterable[str]) -> Flags:
        """Which rows are of the named stages, shape (rows,).

        Raises:
            NotKnown: there is no such stage.
        """
        wanted = set(stages)
        for stage in wanted:
            self.must_have(stage)
        return np.asarray([one in wanted for one in self.stages])

    def must_have(self, stage: str) -> None:
        """Refuse a name that is no stage.

        Raises:
            NotKnown: there is no such stage.
        """
        if stage not in self.stages:
            raise NotKnown("stage", stage, set(self.stages))

    def plan(self, months: int, taken_in: ArrayLike | None = None) -> Values:
        """People expected to be taken in by month and row, shape (months, rows).

        Args:
            months: How many months.
            taken_in: A plan of that shape to use in place of the same intake every month.

        Raises:
            DefinitionRefused: the plan has another shape, or takes in less than nobody.
        """
        shape = (months, len(self.stages))
        if taken_in is None:
            return np.broadcast_to(np.asarray(self.intake, dtype=np.float64), shape)
        plan = np.asarray(taken_in, dtype=np.float64)
        if plan.shape != shape or (plan.size and plan.min() < 0):
            raise DefinitionRefused(
                f"a plan of intake of shape {plan.shape} from {plan.min(initial=0):g}",
                expected=f"counts from 0, {months} months by {len(self.stages)} rows",
            )
        return plan


@dataclass(frozen=True)
class Expected:
    """People expected month by month.

    Attributes:
        pipeline: What they go through.
        people: People on each row at each month's end (count), from now; (months + 1, rows).
        joiners: People taken in each month (count), shape (months,).
        leavers: People who leave each month (count), shape (months,).
    """

    pipeline: Pipeline
    people: Values
    joiners: Values
    leavers: Values

    def of(self, stages: Iterable[str]) -> Values:
        """People in the named stages at each month's end (count), shape (months + 1,)."""
        return np.asarray(self.people[:, self.pipeline.rows_of(stages)].sum(axis=1))

    @property
    def strength(self) -> Values:
        """People who count as strength (count), shape (months + 1,)."""
        return self.of(self.pipeline.strength)

    @property
    def deployable(self) -> Values:
        """People who can be deployed (count), shape (months + 1,)."""
        return self.of(self.pipeline.deployable)


def expected(pipeline: Pipeline, months: int, *, plan: ArrayLike | None = None) -> Expected:
    """Where people are expected to stand at the end of each month.

    Args:
        pipeline: Stages, moves and people now.
        months: Months ahead (count).
        plan: People taken in by month and row (months, rows), in place of the same every month.
    """
    taken_in = pipeline.plan(months, plan)
    matrix = pipeline.matrix
    people = np.empty((months + 1, len(pipeline.stages)))
    people[0] = pipeline.people
    for month in range(months):
        people[month + 1] = people[month] @ matrix + taken_in[month]
    leaving = np.maximum(1.0 - matrix.sum(axis=1), 0.0)
    return Expected(pipeline, people, taken_in.sum(axis=1), people[:-1] @ leaving)


def first_month(course: ArrayLike, number: float) -> int | None:
    """The first month's end, 0 being now, at which a course is at so many; None if it never is.

    Args:
        course: People at each month's end (count), shape (months + 1,).
        number: How many (count).
    """
    reached = np.flatnonzero(np.asarray(course) >= number)
    return int(reached[0]) if len(reached) else None


def months_spent(pipeline: Pipeline) -> Values:
    """Months that somebody on each row will yet spend on each row: the fundamental matrix.

    Returns:
        Expected months, shape (rows, rows): from a row, on a row.

    Raises:
        DefinitionRefused: there is a stage that nobody ever leaves.
    """
    matrix = pipeline.matrix
    out = _leads_out(matrix, 1.0 - matrix.sum(axis=1) > SLACK)
    if not out.all():
        stuck = [one for one, ends in zip(pipeline.stages, out, strict=True) if not ends]
        raise DefinitionRefused(
            f"nobody ever leaves from {', '.join(dict.fromkeys(stuck))}",
            expected="a way out of every stage",
        )
    return np.asarray(np.linalg.inv(np.eye(len(matrix)) - matrix))


def steady(pipeline: Pipeline) -> Values:
    """People on each row in the long run at the same intake every month (count), shape (rows,).

    Raises:
        DefinitionRefused: there is a stage that nobody ever leaves.
    """
    return np.asarray(np.asarray(pipeline.intake) @ months_spent(pipeline))


@dataclass(frozen=True)
class Reaching:
    """Who reaches a stage, and how long it takes those who do.

    Attributes:
        chance: The chance (0 to 1) from each row, shape (rows,).
        months: Mean months of those who reach it, shape (rows,); NaN where nobody does.
    """

    chance: Values
    months: Values


def reaching(pipeline: Pipeline, *stages: str) -> Reaching:
    """The chance of ever reaching one of the named stages, and the mean time of those who do.

    Raises:
        NotKnown: there is no such stage.
    """
    target, matrix = pipeline.rows_of(stages), pipeline.matrix
    chance = target.astype(np.float64)
    months = np.where(target, 0.0, np.nan)
    on_way = ~target & _leads_out(matrix, target)
    if on_way.any():
        among = matrix[np.ix_(on_way, on_way)]
        eye = np.eye(len(among))
        into = matrix[np.ix_(on_way, target)].sum(axis=1)
        chance[on_way] = np.linalg.solve(eye - among, into)
        # The moves of those who will get there: P(i, j) h(j) / h(i), Doob's transform.
        there = chance[on_way]
        bound = among * there[None, :] / there[:, None]
        months[on_way] = np.linalg.solve(eye - bound, np.ones(len(among)))
    return Reaching(chance, months)


def spread(
    pipeline: Pipeline,
    months: int,
    stages: Iterable[str],
    *,
    intake: str = POISSON,
    plan: ArrayLike | None = None,
) -> Values:
    """The standard deviation by chance alone of the people in the named stages, exact.

    Each person moves by themselves, so those here now are binomial; those taken in are Poisson
    where the number taken in is, and binomial where it is fixed.

    Args:
        pipeline: Stages, moves and people now.
        months: Months ahead (count).
        stages: The stages whose people are counted together.
        intake: `poisson` or `fixed`.
        plan: As in `expected`.

    Returns:
        Standard deviations in people, shape (months + 1,).
    """
    must_be_intake(intake)
    taken_in = pipeline.plan(months, plan)
    among = np.empty((months + 1, len(pipeline.stages)))  # chance of being there after so long
    among[0] = pipeline.rows_of(stages)
    for month in range(months):
        among[month + 1] = pipeline.matrix @ among[month]
    binomial = among * (1.0 - among)
    of_joiner = among if intake == POISSON else binomial
    variance = binomial @ np.asarray(pipeline.people)
    for month in range(1, months + 1):
        variance[month] += float((taken_in[:month] * of_joiner[:month][::-1]).sum())
    return np.sqrt(variance)


def must_be_intake(intake: str) -> None:
    """Refuse a kind of intake that is not one.

    Raises:
        NotKnown: it is neither `poisson` nor `fixed`.
    """
    if intake not in INTAKES:
        raise NotKnown("kind of intake", intake, INTAKES)


def _leads_out(matrix: Values, out: Flags) -> Flags:
    """The rows from which a row of `out` can be reached, those rows themselves among them."""
    found = out.copy()
    while True:
        more = found | (matrix[:, found] > 0).any(axis=1)
        if (more == found).all():
            return found
        found = more
