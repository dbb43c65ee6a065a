"""What a run keeps: exact sums, and for each replication the few numbers that intervals need."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import add

import numpy as np
from numpy.typing import NDArray

from regard.core.errors import NotComparable, NotKnown
from regard.mobilisation.response.model import Model
from regard.mobilisation.response.scenarios import Scenario
from regard.mobilisation.response.tallies import SUMS, Tally
from regard.mobilisation.response.traces import Wholes

BLOCK = 4  # hours; the cells in which a force's own incident records are held against a run


@dataclass(frozen=True, eq=False)
class Result:
    """What came of one scenario in some replications, in the order of their numbers.

    Attributes:
        numbers: Of the replications.
        tally: Sums over them.
        phases: Sums of each replication over each span of the model, shape (replications, spans,
            grades, 5).
        blocks: The same over each four hours from hour 0, shape (replications, blocks, grades,
            5); the last may be shorter.
        waiting: How many wait at the end of each hour, all grades, shape (replications, hours).
    """

    numbers: Wholes
    tally: Tally
    phases: Wholes
    blocks: Wholes
    waiting: NDArray[np.int32]

    def __add__(self, other: Result) -> Result:
        """The two together.

        Raises:
            NotComparable: a replication stands in both, or shapes differ.
        """
        twice = np.intersect1d(self.numbers, other.numbers)
        if len(twice):
            raise NotComparable(
                f"replication {twice[0]} stands in both results",
                expected="each replication once",
            )
        numbers = np.concatenate((self.numbers, other.numbers))
        order = np.argsort(numbers)
        return Result(
            numbers[order],
            self.tally + other.tally,
            np.concatenate((self.phases, other.phases))[order],
            np.concatenate((self.blocks, other.blocks))[order],
            np.concatenate((self.waiting, other.waiting))[order],
        )

    def parts(self) -> Iterable[bytes]:
        """All it holds as bytes, for a digest."""
        tally = self.tally
        for one in (
            self.numbers, tally.cells, tally.waiting, tally.squares, tally.busy,
            self.phases, self.blocks, self.waiting,
        ):  # fmt: skip
            yield np.ascontiguousarray(one).tobytes()


def result_of(number: int, model: Model, tally: Tally) -> Result:
    """What one replication keeps of its tally."""
    spans = np.stack([tally.over(one.start, one.end) for one in model.spans])
    starts = np.arange(0, model.horizon, BLOCK)
    blocks = np.add.reduceat(tally.cells[..., :SUMS], starts, axis=0)
    waiting = tally.waiting.sum(axis=1).astype(np.int32)
    return Result(np.array([number], np.int64), tally, spans[None], blocks[None], waiting[None])


def joined(results: Iterable[Result]) -> Result:
    """Several results together: one at a time for sums, at once for what stands in rows."""
    held = list(results)
    numbers = np.concatenate([one.numbers for one in held])
    order = np.argsort(numbers)
    return Result(
        numbers[order],
        reduce(add, (one.tally for one in held)),
        np.concatenate([one.phases for one in held])[order],
        np.concatenate([one.blocks for one in held])[order],
        np.concatenate([one.waiting for one in held])[order],
    )


@dataclass(frozen=True, eq=False)
class Runs:
    """A model run through scenarios on the same histories.

    Attributes:
        model: What was run.
        scenarios: Through which.
        seed: With which random numbers.
        results: One a scenario, in the same order.
        stopped: Why no more replications were run.
    """

    model: Model
    scenarios: tuple[Scenario, ...]
    seed: int
    results: tuple[Result, ...]
    stopped: str

    @property
    def replications(self) -> int:
        """How many replications each scenario has."""
        return len(self.results[0].numbers)

    def result(self, scenario: str) -> Result:
        """What came of a scenario.

        Raises:
            NotKnown: there is none of that name.
        """
        names = [one.name for one in self.scenarios]
        if scenario not in names:
            raise NotKnown("scenario", scenario, names)
        return self.results[names.index(scenario)]

    @cached_property
    def inputs(self) -> str:
        """The SHA-256 of the model, its scenarios in the order of their names, and the seed."""
        told = hashlib.sha256(self.model.digest.encode())
        for one in sorted(self.scenarios, key=lambda it: it.name):
            told.update(repr((one.name, one.away, one.rules, one.by_area)).encode())
        told.update(str(self.seed).encode())
        return told.hexdigest()

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the inputs and of all that came of them, by the names of scenarios.

        The same on any number of workers of any kind, and in whatever order scenarios are given.
        """
        told = hashlib.sha256(self.inputs.encode())
        for place in sorted(range(len(self.scenarios)), key=lambda at: self.scenarios[at].name):
            for part in self.results[place].parts():
                told.update(part)
        return told.hexdigest()
