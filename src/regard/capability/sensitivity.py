"""Which assumption moves the answer of a stress test most, and which hardly matters.

Every assumption is varied at once over a stated range, always with the same random numbers. Where
demand is not varied the incidents are the same too, and the answers differ by what was assumed.
Where it is varied they are not: another demand draws other incidents of the same numbers. The
ranges do not hold the luck of the histories.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from regard.capability.assumptions import Assumption, assumptions_of, set_at
from regard.capability.incidents import Answering
from regard.capability.questions import Question
from regard.capability.stress import AWAY_PHASE, HOME, Set, named
from regard.core.errors import NotKnown
from regard.core.figures import Figure, Source
from regard.core.progress import Progress
from regard.core.quantities import PERCENT, POINTS, Range
from regard.core.statements import Statement
from regard.mobilisation.response.lasting import HOURS, INCIDENTS, recovery
from regard.mobilisation.response.readings import change, peak, read
from regard.mobilisation.response.results import Runs
from regard.mobilisation.response.running import run
from regard.mobilisation.response.sensitivity import Moved, Ranking, points_of, ranked
from regard.mobilisation.response.traces import Reals
from regard.mobilisation.response.words import not_modelled, rules_said

METHOD = "Latin hypercube 1"
BASIS = "estimate"
POINTS_USUAL, REPLICATIONS = 60, 5
SURE_OF_FIRST = 0.9  # of points drawn again, from which the first is said to be the first
STRAIGHT = 0.8  # of how answers differ, below which the line is said to be rough
WHOLE_PERCENT = 100.0

TEMPLATES = {
    "first": (
        "With {psus} away for {days}, of {count} looked at, {what} moves the answer most: from "
        "{low} to {high}, {answer} changes by {by} ({by:level} range {by:range})."
    ),
    "first by ranks": (
        "With {psus} away for {days}, of {count} looked at, {what} moves the answer most: from "
        "{low} to {high}, {answer} {ways}, by ranks alone. By how much cannot be told."
    ),
    "first not told": (
        "With {psus} away for {days}, of {count} looked at, what moves {answer} most cannot be "
        "told: it seems to be {what}, which is not told from nought."
    ),
    "first of all": "It came first in {share} of the times that the points were drawn again.",
    "not sure": (
        "Whether it is the first cannot be told from so few: it came first in only {share} of the "
        "times that the points were drawn again."
    ),
    "next": "Next is {what}, from {low} to {high}: {by} ({by:level} range {by:range}).",
    "next by ranks": (
        "Next is {what}: from {low} to {high} the answer {ways}, by ranks alone. By how much "
        "cannot be told."
    ),
    "told": (
        "Of the others {what} can be told, from {low} to {high}: {by} ({by:level} range "
        "{by:range})."
    ),
    "told by ranks": (
        "Of the others {what} can be told: from {low} to {high} the answer {ways}, by ranks "
        "alone. By how much cannot be told."
    ),
    "rest": "Not told from nought: {names}.",
    "none": (
        "With {psus} away for {days}, of {count} looked at, none moves {answer} by more than can "
        "be told from nought."
    ),
    "base": (
        "This rests on {points} of a Latin hypercube, each of {replications} of the same incidents."
    ),
    "base, demand": (
        "This rests on {points} of a Latin hypercube, each of {replications} with the same random "
        "numbers. Demand is varied, so the incidents are not the same."
    ),
    "assumed": (
        "The ranges of the assumptions were assumed, not measured. Those of the answer do not hold "
        "the luck of the histories."
    ),
    "straight": "A straight line accounts for {explained} of how the answers differ.",
    "bent": (
        "A straight line accounts for only {explained} of how the answers differ, so that the "
        "sizes are rough; the correlation of ranks does not need a line."
    ),
}


@dataclass(frozen=True)
class Answer:
    """What is looked at: its words and its unit."""

    what: str
    unit: str


def answers_of(grade: str) -> Mapping[str, Answer]:
    """What may be looked at, by name, where the most urgent grade is so called."""
    return {
        "late": Answer(f"{grade} answered late while they are away", POINTS),
        "more": Answer(f"what their absence adds to {grade} answered late", POINTS),
        "waiting": Answer("the most that wait at once while they are away", INCIDENTS),
        "recovery": Answer(
            "the time until no more wait than would have, of the days looked at", HOURS
        ),
    }


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """What the assumptions of an answer do to it.

    Attributes:
        asked: The question, set on the force's model as it was assumed.
        assumptions: What was varied.
        points: The values of each, shape (points, assumptions).
        found: The answers at each point, by what is looked at, each of shape (points,).
        usual: The same where all is as it was assumed.
        replications: Histories of each point; of the same random numbers at every point.
    """

    asked: Set
    assumptions: tuple[Assumption, ...]
    points: Reals
    found: Mapping[str, Reals]
    usual: Mapping[str, float]
    replications: int

    @property
    def looked_at(self) -> Mapping[str, Answer]:
        """What may be looked at, by name."""
        return answers_of(self._grade)

    @property
    def _grade(self) -> str:
        return self.asked.model.demand.grades[0].name

    def ranking(self, of: str = "late") -> Ranking:
        """Which assumption moves an answer most.

        Args:
            of: Which: `late`, `more`, `waiting` or `recovery`.

        Raises:
            NotKnown: nothing is so called.
            NotEnoughData: it is the same at every point.
        """
        if of not in self.found:
            raise NotKnown("answer", of, self.found)
        spreads = [one.spread for one in self.assumptions]
        return ranked(spreads, self.points, self.found[of], seed=self.asked.question.seed)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the inputs and of all that came of them."""
        told = hashlib.sha256(self.asked.digest.encode())
        told.update(repr((self.assumptions, self.replications)).encode())
        for one in (self.points, *(self.found[name] for name in sorted(self.found))):
            told.update(np.ascontiguousarray(one).tobytes())
        return told.hexdigest()

    @property
    def assumed(self) -> tuple[str, ...]:
        """Every range, and where it comes from."""
        return tuple(one.said for one in self.assumptions)

    @property
    def rules(self) -> tuple[str, ...]:
        """How units are sent, in words."""
        return rules_said(self.asked.question.rules)

    @property
    def left_out(self) -> tuple[str, ...]:
        """What was not modelled."""
        return not_modelled(self.asked.model)

    def statements(self, of: str = "late") -> tuple[Statement, ...]:
        """What moves the answer, and what that rests on.

        Raises:
            NotKnown, NotEnoughData: as `ranking`.
        """
        ranking = self.ranking(of)
        sure = [one for one in ranking.moved if one.sure]
        opening: dict[str, Any] = {
            "psus": self._count(self.asked.question.psus, "PSU", "PSUs away"),
            "days": self._count(self.asked.question.days, "day", "days away"),
            "count": self._count(len(self.assumptions), "assumption", "assumptions looked at"),
            "answer": self.looked_at[of].what,
        }
        if not sure:
            return Statement.of(TEMPLATES["none"], **opening), self._base(ranking)
        first, level = ranking.moved[0], ranking.level
        if first.sure:
            said = Statement.of(
                TEMPLATES[_by_ranks("first", first)], **opening, **self._of(first, of, level)
            )
            share = self._percent(first.first, "times that it was first")
            certain = first.first >= SURE_OF_FIRST
            said += Statement.of(TEMPLATES["first of all" if certain else "not sure"], share=share)
            others = sure[1:]
        else:
            words = self._one(first.name).words
            said = Statement.of(TEMPLATES["first not told"], **opening, what=words)
            others = sure
        if others:
            kind = "next" if first.sure and others[0] is ranking.moved[1] else "told"
            found = self._of(others[0], of, level)
            said += Statement.of(TEMPLATES[_by_ranks(kind, others[0])], **found)
        doubtful = [self._one(one.name).words for one in ranking.moved if not one.sure]
        if doubtful:
            said += Statement.of(TEMPLATES["rest"], names=", ".join(doubtful))
        return said, self._base(ranking)

    def _base(self, ranking: Ranking) -> Statement:
        straight = ranking.explained >= STRAIGHT
        varied = any(one.name == "demand" for one in self.assumptions)
        told = Statement.of(
            TEMPLATES["base, demand" if varied else "base"],
            points=self._figure(ranking.points, "points", "points of the hypercube"),
            replications=self._figure(self.replications, "histories", "replications"),
        )
        told += Statement.of(TEMPLATES["assumed"])
        return told + Statement.of(
            TEMPLATES["straight" if straight else "bent"],
            explained=self._percent(ranking.explained, "variance accounted for"),
        )

    def _of(self, moved: Moved, of: str, level: float) -> dict[str, Any]:
        one, answer = self._one(moved.name), self.looked_at[of]
        by = self._figure(
            moved.by, answer.unit, answer.what, places=1, signed=True,
            interval=Range(moved.low, moved.high, level),
        )  # fmt: skip
        places = 0 if one.whole else 1
        low, high = (
            self._figure(value, one.unit, one.what, places=places) for value in (one.low, one.high)
        )
        found = {"what": one.words, "low": low, "high": high}
        if _told(moved):
            return {**found, "by": by}
        return {**found, "ways": "rises" if moved.rank > 0 else "falls"}

    def _one(self, name: str) -> Assumption:
        return next(one for one in self.assumptions if one.name == name)

    def _percent(self, share: float, measure: str) -> Figure:
        return self._figure(WHOLE_PERCENT * share, PERCENT, measure)

    def _count(self, count: int, thing: str, measure: str) -> Figure:
        return self._figure(count, thing if count == 1 else f"{thing}s", measure)

    def _figure(self, value: float, unit: str, measure: str, **more: Any) -> Figure:
        answering = self.asked.answering
        seed = self.asked.question.seed
        detail = f"inputs {self.asked.digest[:12]}, seed {seed}, {self.replications} replications"
        source = Source("figures", f"sensitivity {self.digest[:12]}", detail)
        return Figure(
            value, unit, measure, answering.force, BASIS, METHOD, answering.as_at,
            sources=(source,), **{"places": 0} | more,
        )  # fmt: skip


def _told(moved: Moved) -> bool:
    """Whether the size is told from nought, by the line."""
    return not moved.low <= 0 <= moved.high


def _by_ranks(kind: str, moved: Moved) -> str:
    """Which sentence says it: with its size where that is told, else with its direction."""
    return kind if _told(moved) else f"{kind} by ranks"


def sensitivity(
    answering: Answering,
    question: Question,
    *,
    ranges: Mapping[str, tuple[float, float]] | None = None,
    only: Collection[str] = (),
    points: int = POINTS_USUAL,
    replications: int = REPLICATIONS,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Sensitivity:
    """Vary what an answer assumes, all at once, and see what the answer does.

    The same inputs give the same `digest` on any executor. What the progress raises ends it.

    Args:
        answering: The force's model.
        question: What is asked; its further levels are not run.
        ranges: Other ranges than the usual ones, by the name of the assumption.
        only: The names of the assumptions that are varied; all by default.
        points: How many points of the hypercube.
        replications: Histories of each; of the same random numbers at every point.
        executor: Of the standard library's kind; None for threads.
        progress: Told of points done.

    Raises:
        NotKnown: no assumption is so called.
        DefinitionRefused: a range cannot be, or there are too few points.
        NotEnoughData: no incident of the first grade arose while they were away.
    """
    question = replace(question, levels=())
    chosen = assumptions_of(answering, question, ranges=ranges, only=only)
    values = points_of([one.spread for one in chosen], points, seed=question.seed)
    asked = Set(answering, question)
    kept: dict[str, list[float]] = {}
    with _workers(executor) as workers:
        usual = _answers(asked, replications, workers)
        for done, point in enumerate(values, start=1):
            changed = Set(*set_at(answering, question, chosen, point))
            for name, one in _answers(changed, replications, workers).items():
                kept.setdefault(name, []).append(one)
            if progress is not None:
                progress("points", 0, done, points)
    found = {name: np.array(column) for name, column in kept.items()}
    return Sensitivity(asked, chosen, values, found, usual, replications)


@contextmanager
def _workers(executor: Executor | None) -> Iterator[Executor]:
    if executor is not None:
        yield executor
        return
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        yield threads


def _answers(asked: Set, replications: int, workers: Executor) -> dict[str, float]:
    runs = run(
        asked.model,
        asked.scenarios,
        replications=replications,
        seed=asked.question.seed,
        executor=workers,
    )
    return dict(_read(runs, asked))


def _read(runs: Runs, asked: Set) -> Iterator[tuple[str, float]]:
    gone, grade = named(asked.question.psus), runs.model.demand.grades[0].name
    of: dict[str, Any] = {"scenario": gone, "grade": grade, "phase": AWAY_PHASE}
    yield "late", read(runs, "late", **of).value
    yield "more", change(runs, "late", base=HOME, **of).value
    yield "waiting", peak(runs, scenario=gone, phase=AWAY_PHASE).value
    back = recovery(runs, scenario=gone, base=HOME, back=asked.returns)
    yield "recovery", back.simulated.value
