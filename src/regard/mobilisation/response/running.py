"""Runs a model through scenarios, many times over, on as many workers as there are.

The unit of work is a chunk of replications: a model, scenarios, a seed and a range go in, sums
come out. No more than one replication's incidents are held by a worker at a time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from regard.core.errors import DefinitionRefused
from regard.core.progress import Progress
from regard.mobilisation.response.drawing import drawing_of, drawn
from regard.mobilisation.response.estimates import estimate_of
from regard.mobilisation.response.model import WHOLE, Model
from regard.mobilisation.response.outcomes import COMPILED, Outcome, answered, answered_locally
from regard.mobilisation.response.results import Result, Runs, joined, result_of
from regard.mobilisation.response.scenarios import Scenario
from regard.mobilisation.response.tallies import tallied
from regard.mobilisation.response.traces import Trace, lined_up

PASSES_A_CHUNK = 3_000_000  # incidents through scenarios: about half a second of one core
USUAL = 100  # replications


@dataclass(frozen=True)
class Precision:
    """When enough replications were run: the interval of a reading is as narrow as wanted.

    Attributes:
        grade: Of which grade.
        half_width: Half the width of its 95% interval, in percentage points or minutes.
        measure: `late`, `left` or `wait`.
        phase: Over which hours.
        least: Replications before the first look.
        step: Replications between looks.
        most: Replications after which it ends all the same.
    """

    grade: str
    half_width: float
    measure: str = "late"
    phase: str = WHOLE
    least: int = 30
    step: int = 20
    most: int = 1_000

    def __post_init__(self) -> None:
        if not self.half_width > 0:
            raise DefinitionRefused(
                f"a half width of {self.half_width}", expected="a number above 0"
            )
        if not 2 <= self.least <= self.most or self.step < 1:
            raise DefinitionRefused(
                f"{self.least} to {self.most} replications by {self.step}",
                expected="at least 2, no more at first than at most, and steps of 1 or more",
            )


def run(
    model: Model,
    scenarios: Sequence[Scenario],
    *,
    replications: int = USUAL,
    seed: int,
    executor: Executor | None = None,
    until: Precision | None = None,
    progress: Progress | None = None,
    engine: str = COMPILED,
) -> Runs:
    """Run a model through scenarios, each of which meets the same incidents.

    The same inputs and seed give the same `digest` on any executor. What the progress raises
    ends the run.

    Args:
        model: What is run.
        scenarios: Who is away; each by its own name.
        replications: How many histories, where `until` does not say.
        seed: Of the random numbers, from 0 up.
        executor: Of the standard library's kind; None for threads, one a core.
        until: Ends when intervals are narrow enough, in place of `replications`.
        progress: Told of replications done.
        engine: `compiled`, or `plain` Python.

    Raises:
        DefinitionRefused: no scenario, two of one name, one that does not fit the model, or no
            replication.
        NotKnown: `until` names a grade, phase or measure that is not.
    """
    _check(scenarios, replications)
    changed = tuple(one.of(model) for one in scenarios)
    if until is None:
        rounds: Iterator[int] = iter((replications,))
    else:
        rounds = iter((until.least, *range(until.least + until.step, until.most, until.step),
                       until.most))  # fmt: skip
        model.demand.place(until.grade), model.span(until.phase)
    last = replications if until is None else until.most
    results: tuple[Result, ...] = ()
    with _workers(executor) as workers:
        for reached in rounds:
            done = len(results[0].numbers) if results else 0
            if reached <= done:
                continue
            fresh = _chunks(
                workers, (model, changed, seed, engine), range(done, reached),
                lambda count: _tell(progress, count, last),
            )  # fmt: skip
            results = tuple(joined(parts) for parts in zip(*([results] if results else []), *fresh,
                                                           strict=True))  # fmt: skip
            if until is not None and _narrow(model, results, until):
                return Runs(model, tuple(scenarios), seed, results, "narrow enough")
    stopped = "as many as asked for" if until is None else "as many as allowed"
    return Runs(model, tuple(scenarios), seed, results, stopped)


def _check(scenarios: Sequence[Scenario], replications: int) -> None:
    names = [one.name for one in scenarios]
    if not names or len(set(names)) != len(names):
        raise DefinitionRefused(
            f"scenarios are called {names}", expected="at least one, each name once"
        )
    if replications < 1:
        raise DefinitionRefused(f"{replications} replications", expected="at least 1")


@contextmanager
def _workers(executor: Executor | None) -> Iterator[Executor]:
    if executor is not None:
        yield executor
        return
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        yield threads


def _tell(progress: Progress | None, done: int, of: int) -> None:
    if progress is not None:
        progress("replications", 0, done, of)


Work = tuple[Model, tuple[Model, ...], int, str]


def _chunks(
    workers: Executor, work: Work, wanted: range, tell: Callable[[int], None]
) -> list[tuple[Result, ...]]:
    model, changed, *_ = work
    passes = len(changed) * sum(model.demand.rate(model.start + at) for at in range(model.horizon))
    size = max(1, min(int(PASSES_A_CHUNK / max(passes, 1.0)), -(-len(wanted) // 2)))
    jobs: list[Future[tuple[Result, ...]]] = []
    try:
        for first in range(wanted.start, wanted.stop, size):
            jobs.append(workers.submit(chunk, *work, first, min(first + size, wanted.stop)))
        done, found = wanted.start, []
        for job in as_completed(jobs):
            found.append(job.result())
            done += len(found[-1][0].numbers)
            tell(done)
        return found
    finally:
        for job in jobs:
            job.cancel()


def chunk(
    model: Model, changed: tuple[Model, ...], seed: int, engine: str, first: int, stop: int
) -> tuple[Result, ...]:
    """What comes of replications from `first` to `stop`, without it: one result a scenario.

    Args:
        model: What incidents are drawn from.
        changed: The model as it is in each scenario.
        seed: Of the random numbers.
        engine: `compiled` or `plain`.
        first: Number of the first replication.
        stop: Number after that of the last.
    """
    drawing = drawing_of(model)
    within = np.array([one.within for one in model.demand.grades])
    units = [np.array(one.capacity.units, np.int64) for one in changed]
    kept: list[list[Result]] = [[] for _ in changed]
    for number in range(first, stop):
        trace = drawn(drawing, seed, number)
        lines = lined_up(trace.grade, len(within))
        for place, one in enumerate(changed):
            outcome = (
                answered(trace, units[place], rules=one.rules, grades=len(within),
                         engine=engine, lines=lines)
                if one.local is None
                else answered_locally(trace, one.local, engine=engine)
            )  # fmt: skip
            kept[place].append(_kept(number, model, trace, outcome, within))
    return tuple(joined(results) for results in kept)


def _kept(number: int, model: Model, trace: Trace, outcome: Outcome, within: np.ndarray) -> Result:
    return result_of(number, model, tallied(trace, outcome, within))


def _narrow(model: Model, results: tuple[Result, ...], until: Precision) -> bool:
    grade, span = model.demand.place(until.grade), model.span(until.phase)
    spans = (estimate_of(until.measure, one.phases[:, span, grade]) for one in results)
    return all(one.half_width <= until.half_width for one in spans)
