"""A pipeline run forward many times, with chance and with doubt about what is assumed.

Two errors are kept apart: chance, which no better knowledge takes away, and doubt about the rates
themselves, which is drawn once for a path and mostly the larger. The random numbers are keyed
(`regard.kernels.keyed`): the same seed gives the same bytes on any number of cores, and two plans
on one seed meet the same luck, so their difference is that of the plans.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv

from regard.core.errors import DefinitionRefused, NotKnown
from regard.kernels import keyed
from regard.workforce.doubts import INTAKE, LEAVING, PASSING, Doubt, beta_drawn
from regard.workforce.drawing import DRAWS, ROWS, Counted, Course, Routes, as_expected, by_chance
from regard.workforce.pipeline import POISSON, Pipeline, must_be_intake

Values: TypeAlias = NDArray[np.float64]
Months: TypeAlias = NDArray[np.int64]

PATHS = 10_000
STRENGTH, DEPLOYABLE = "strength", "deployable"
LEVELS = (0.05, 0.5, 0.95)
NEVER = -1
_MOVES, _JOINS, _DOUBTS = 1, 2, 3  # streams of random numbers


@dataclass(frozen=True)
class Reached:
    """When paths first reach a number.

    Attributes:
        months: The first month's end at which each does, 0 being now; -1 where none does.
        never: The share (0 to 1) of paths that do not within the months looked at.
        median: The median month; None where more than half of the paths never do.
        low: The month by which 5% of the paths do; None where fewer ever do.
        high: The month by which 95% of the paths do; None where fewer ever do.
    """

    months: Months
    never: float
    median: int | None
    low: int | None
    high: int | None


@dataclass(frozen=True)
class Paths:
    """What each path comes to, month by month.

    Attributes:
        pipeline: What was run.
        seed: The seed.
        counts: People by `strength` and `deployable` at each month's end, from now;
            (2, paths, months + 1).
        joiners: People taken in each month, shape (paths, months).
        leavers: People who left each month, shape (paths, months).
        held: People on any row at each month's end, shape (paths, months + 1).
    """

    pipeline: Pipeline
    seed: int
    counts: Values
    joiners: Values
    leavers: Values
    held: Values

    def of(self, what: str = STRENGTH) -> Values:
        """People of a kind at each month's end (count), shape (paths, months + 1).

        Raises:
            NotKnown: it is neither `strength` nor `deployable`.
        """
        kinds = (STRENGTH, DEPLOYABLE)
        if what not in kinds:
            raise NotKnown("count of people", what, kinds)
        return np.asarray(self.counts[kinds.index(what)])

    @property
    def months(self) -> int:
        """How many months each path goes on."""
        return int(self.joiners.shape[1])

    def quantiles(self, levels: Sequence[float] = LEVELS, *, what: str = STRENGTH) -> Values:
        """Quantiles of the paths at each month's end (count), shape (levels, months + 1)."""
        return np.asarray(np.quantile(self.of(what), levels, axis=0))

    def spread(self, *, what: str = STRENGTH) -> Values:
        """Standard deviation of the paths at each month's end in people, shape (months + 1,)."""
        return np.asarray(self.of(what).std(axis=0, ddof=1))

    def reached(self, number: float, *, what: str = STRENGTH) -> Reached:
        """When each path first has so many people (count), and how the paths lie."""
        there = self.of(what) >= number
        first = np.where(there.any(axis=1), there.argmax(axis=1), NEVER)
        ranked = np.sort(np.where(first == NEVER, self.months + 1, first))
        low, median, high = (_ranked(ranked, level, self.months) for level in LEVELS)
        return Reached(first, float((first == NEVER).mean()), median, low, high)

    def chance_at(self, number: float, month: int, *, what: str = STRENGTH) -> float:
        """The chance (0 to 1) of so many people or more at a month's end, 0 being now."""
        self._must_reach(month)
        return float((self.of(what)[:, month] >= number).mean())

    def chance_by(self, number: float, month: int, *, what: str = STRENGTH) -> float:
        """The chance (0 to 1) of so many people or more at that or an earlier month's end."""
        self._must_reach(month)
        return float((self.of(what)[:, : month + 1] >= number).any(axis=1).mean())

    @cached_property
    def digest(self) -> str:
        """SHA-256 of everything the paths came to: equal bytes, equal runs."""
        held = (self.counts, self.joiners, self.leavers, self.held)
        return hashlib.sha256(b"".join(one.tobytes() for one in held)).hexdigest()

    def _must_reach(self, month: int) -> None:
        if not 0 <= month <= self.months:
            raise DefinitionRefused(
                f"the end of month {month} of paths of {self.months} months",
                expected=f"a month from 0 to {self.months}",
            )


def simulate(
    pipeline: Pipeline,
    *,
    months: int,
    seed: int,
    paths: int = PATHS,
    intake: str = POISSON,
    plan: ArrayLike | None = None,
    doubts: Sequence[Doubt] = (),
    chance: bool = True,
) -> Paths:
    """Run a pipeline forward on many paths.

    Args:
        pipeline: Stages, moves and people now, whole ones.
        months: Months ahead (count).
        seed: The name of the luck: whole, from 0.
        paths: How many paths.
        intake: `poisson`, or `fixed` where as many come as planned.
        plan: People taken in by month and row (months, rows), in place of the same every month.
        doubts: What is not known for sure, drawn once for each path.
        chance: Whether people move by chance; else in the shares expected, so that the paths
            differ by the doubts alone.

    Raises:
        DefinitionRefused: the pipeline holds parts of people, has too many rows, or a doubt is
            wider than its rate allows.
        NotKnown: a doubt is about no stage, or the intake of no kind.
    """
    must_be_intake(intake)
    _must_be_drawn(pipeline, months, paths, whole=chance)
    groups = [pipeline.rows_of(pipeline.strength), pipeline.rows_of(pipeline.deployable)]
    course = Course(
        people=np.asarray(pipeline.people, dtype=np.float64),
        taken_in=np.ascontiguousarray(pipeline.plan(months, plan)),
        scale=_scale(doubts, paths, seed),
        poisson=intake == POISSON,
        groups=np.asarray(groups, dtype=np.float64),
        keys=np.asarray([keyed.key(seed, _MOVES), keyed.key(seed, _JOINS)], dtype=np.uint64),
    )
    counted = _empty(len(groups), paths, months)
    walk = by_chance if chance else as_expected
    walk(routes_of(pipeline, doubts, paths, seed), course, counted)
    return Paths(pipeline, seed, counted.people, counted.joiners, counted.leavers, counted.held)


@dataclass(frozen=True)
class Errors:
    """The same pipeline with chance alone, with doubt alone, and with both.

    Attributes:
        chance: Rates as assumed, people move by chance.
        doubt: Rates drawn for each path, people move in the shares expected.
        both: Rates drawn, and people move by chance.
    """

    chance: Paths
    doubt: Paths
    both: Paths


def errors_apart(
    pipeline: Pipeline,
    *,
    months: int,
    seed: int,
    doubts: Sequence[Doubt],
    paths: int = PATHS,
    intake: str = POISSON,
    plan: ArrayLike | None = None,
) -> Errors:
    """Run a pipeline three times on one seed, so that each kind of error is seen by itself.

    Args: as of `simulate`.
    """

    def run(held: Sequence[Doubt], *, chance: bool) -> Paths:
        return simulate(
            pipeline,
            months=months,
            seed=seed,
            paths=paths,
            intake=intake,
            plan=plan,
            doubts=held,
            chance=chance,
        )

    return Errors(
        chance=run((), chance=True), doubt=run(doubts, chance=False), both=run(doubts, chance=True)
    )


def routes_of(pipeline: Pipeline, doubts: Sequence[Doubt], paths: int, seed: int) -> Routes:
    """Where people go from each row and leave, with rates drawn for each path that is in doubt.

    Args:
        pipeline: Stages and moves.
        doubts: What is drawn; without any, one set of rates stands for all paths.
        paths: How many paths.
        seed: The name of the luck.
    """
    matrix = pipeline.matrix
    onward = matrix.copy()
    np.fill_diagonal(onward, 0.0)
    staying = matrix.sum(axis=1)
    # Whoever does not leave goes on by these, so that wastage can be doubted by itself.
    shares = np.divide(
        onward, staying[:, None], out=np.zeros_like(onward), where=staying[:, None] > 0
    )
    source, to = np.nonzero(shares)
    first = np.searchsorted(source, np.arange(len(matrix) + 1)).astype(np.int64)
    leaving = np.maximum(1.0 - staying, 0.0)
    leaving[leaving < 1e-12] = 0.0  # noqa: PLR2004 - nought but for the rounding of a sum
    wide = any(one.what != INTAKE for one in doubts)
    many = paths if wide else 1
    chance = np.tile(shares[source, to], (many, 1))
    left = np.tile(leaving, (many, 1))
    for place, doubt in enumerate(doubts):
        at = keyed.uniforms(keyed.key(seed, _DOUBTS, place), paths)
        if doubt.what == LEAVING:
            for row in np.flatnonzero(pipeline.rows_of([doubt.stage])):
                left[:, row] = beta_drawn(float(leaving[row]), doubt.spread, at)
        elif doubt.what == PASSING:
            _doubt_passing(pipeline, doubt, (source, to), chance, at)
    return Routes(first, to.astype(np.int64), _in_turn(chance, first), left)


def _doubt_passing(
    pipeline: Pipeline, doubt: Doubt, moves: tuple[Months, Months], chance: Values, at: Values
) -> None:
    source, to = moves
    passing, failing = pipeline.rows_of([doubt.to]), pipeline.rows_of([doubt.instead])
    met = False
    for row in np.flatnonzero(pipeline.rows_of([doubt.stage])):
        on = np.flatnonzero((source == row) & passing[to])
        off = np.flatnonzero((source == row) & failing[to])
        passes, fails = float(chance[0, on].sum()), float(chance[0, off].sum())
        if passes and fails:
            met = True
            both = passes + fails
            share = beta_drawn(passes / both, doubt.spread, at)[:, None]
            chance[:, on] *= share * both / passes
            chance[:, off] *= (1 - share) * both / fails
    if not met:
        raise DefinitionRefused(
            f"nobody goes from {doubt.stage} to {doubt.to} while others go to {doubt.instead}",
            expected="a stage from which people go to both",
        )


def _in_turn(chance: Values, first: Months) -> Values:
    """Chances of each destination among those whom none before it took."""
    drawn = chance.copy()
    for start, end in zip(first[:-1], first[1:], strict=True):
        if end > start:
            before = np.cumsum(chance[:, start:end], axis=1) - chance[:, start:end]
            left = np.maximum(1.0 - before, 0.0)
            held = np.where(left > 0, chance[:, start:end] / np.where(left > 0, left, 1.0), 0.0)
            # All who are left go on where but for rounding they would.
            drawn[:, start:end] = np.where(held > 1.0 - 1e-12, 1.0, held)
    return drawn


def _empty(groups: int, paths: int, months: int) -> Counted:
    return Counted(
        people=np.zeros((groups, paths, months + 1)),
        joiners=np.zeros((paths, months)),
        leavers=np.zeros((paths, months)),
        held=np.zeros((paths, months + 1)),
    )


def _scale(doubts: Sequence[Doubt], paths: int, seed: int) -> Values:
    scale = np.ones(1)
    for place, doubt in enumerate(doubts):
        if doubt.what == INTAKE:
            at = keyed.uniforms(keyed.key(seed, _DOUBTS, place), paths)
            shape = doubt.spread**-2
            scale = scale * np.asarray(gammaincinv(shape, at)) / shape
    return np.ascontiguousarray(scale)


def _must_be_drawn(pipeline: Pipeline, months: int, paths: int, *, whole: bool) -> None:
    parts = [number for number in pipeline.people if number != int(number)]
    if whole and parts:
        raise DefinitionRefused(
            f"{parts[0]} people at a stage", expected="whole people where they move by chance"
        )
    widest = max((pipeline.matrix > 0).sum(axis=1), default=0)
    if len(pipeline.stages) > ROWS or widest >= DRAWS:
        raise DefinitionRefused(
            f"{len(pipeline.stages)} rows with up to {widest} moves each",
            expected=f"at most {ROWS} rows and {DRAWS - 1} moves each",
        )
    if months < 1 or paths < 2:  # noqa: PLR2004 - one path has no spread
        raise DefinitionRefused(
            f"{paths} paths of {months} months", expected="two paths or more of one month or more"
        )


def _ranked(ranked: Months, level: float, months: int) -> int | None:
    """The least month by which a share of the paths have arrived; None where they never have."""
    at = int(ranked[math.ceil(level * len(ranked)) - 1])
    return None if at > months else at
