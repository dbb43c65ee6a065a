"""A training pathway whose steps take their real time, laid out as a pipeline of months.

Each step becomes as many rows as it may last months, so that people in their ninth month are told
from those in their first. Moves happen at months' ends. What is exact for a pipeline, and its
simulation, then holds for a pathway.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regard.core.errors import DefinitionRefused, NotKnown
from regard.core.figures import Figure
from regard.core.quantities import PERCENT
from regard.core.statements import Statement, together
from regard.workforce.delays import Delay, Erlang, Fixed, Uniform, ending
from regard.workforce.pipeline import Pipeline
from regard.workforce.wording import assumption, say

MONTHS_A_YEAR = 12
SURE = 1e-12  # a chance so near to 1 is 1 but for rounding

Held = float | Sequence[float]


@dataclass(frozen=True)
class Step:
    """One step of a pathway.

    Attributes:
        name: Its name.
        delay: How long it takes; None for a step in which people stay.
        leaving: The share (0 to 1) who leave from it within a year, whatever the step takes.
        passing: The share (0 to 1) who pass at its end.
        to: Where those go who pass; the next step unless named.
        instead: Where those go who do not; out, unless named.
    """

    name: str
    delay: Delay | None = None
    leaving: float = 0.0
    passing: float = 1.0
    to: str = ""
    instead: str = ""

    def __post_init__(self) -> None:
        if not (0 <= self.leaving < 1 and 0 <= self.passing <= 1):
            raise DefinitionRefused(
                f"{self.leaving} leave {self.name} in a year and {self.passing} pass",
                expected="shares from 0 to 1, leavers below 1",
            )

    @property
    def leaving_a_month(self) -> float:
        """The share (0 to 1) who leave from it within a month."""
        return a_month(self.leaving)


def a_month(share: float) -> float:
    """The share (0 to 1) a month that comes to a share a year."""
    return float(1.0 - (1.0 - share) ** (1.0 / MONTHS_A_YEAR))


def pathway(
    steps: Sequence[Step],
    *,
    people: Mapping[str, Held],
    intake: Mapping[str, float] | None = None,
    strength: Sequence[str],
    deployable: Sequence[str] | None = None,
) -> Pipeline:
    """Lay steps out as a pipeline of months.

    Args:
        steps: The steps, in order.
        people: People now by step: a count, all of whom have just started, or counts by whole
            months since they started it, from 0.
        intake: People expected to start each step each month (count a month).
        strength: The steps that count as strength.
        deployable: The steps whose people can be deployed; those of the strength unless named.

    Raises:
        DefinitionRefused: a name stands twice, somebody has been in a step for longer than it
            lasts, or a step that ends has none to follow.
        NotKnown: people, intake or a way on are of no step.
    """
    names = [one.name for one in steps]
    _must_be_named(names, (*people, *(intake or {})))
    chances = [None if one.delay is None else ending(one.delay) for one in steps]
    lengths = [1 if one is None else len(one) for one in chances]
    first = dict(zip(names, np.cumsum([0, *lengths[:-1]]).tolist(), strict=True))
    rows = sum(lengths)
    moves = np.zeros((rows, rows))
    for place, (step, ends) in enumerate(zip(steps, chances, strict=True)):
        if ends is None:
            moves[first[step.name], first[step.name]] = 1.0 - step.leaving_a_month
        else:
            _lay(moves, step, ends, first, _after(steps, place))
    here, coming = np.zeros(rows), np.zeros(rows)
    for name, held in people.items():
        _place(here, first[name], lengths[names.index(name)], held, name)
    for name, many in (intake or {}).items():
        coming[first[name]] = many
    return Pipeline(
        stages=tuple(np.repeat(names, lengths).tolist()),
        moves=tuple(map(tuple, moves.tolist())),
        people=tuple(here.tolist()),
        intake=tuple(coming.tolist()),
        strength=tuple(strength),
        deployable=tuple(strength if deployable is None else deployable),
    )


def starting(
    pipeline: Pipeline, months: int, starts: Mapping[str, Mapping[int, float]]
) -> NDArray[np.float64]:
    """A plan of intake: who starts which step in which month.

    Args:
        pipeline: The pathway.
        months: Months ahead (count).
        starts: By step, people who start it (count) by the month in which they do, from 1.

    Returns:
        People taken in by month and row, shape (months, rows), as `plan=` takes it.

    Raises:
        DefinitionRefused: a month is not among those ahead.
    """
    plan = np.zeros((months, len(pipeline.stages)))
    for stage, by_month in starts.items():
        pipeline.must_have(stage)
        for month, many in by_month.items():
            if not 1 <= month <= months:
                raise DefinitionRefused(
                    f"{many} who start {stage} in month {month}",
                    expected=f"a month from 1 to {months}",
                )
            plan[month - 1, pipeline.stages.index(stage)] += many
    return plan


def assumed(steps: Sequence[Step], like: Figure) -> Statement:
    """What a pathway assumes of each of its steps, in sentences.

    Args:
        steps: The steps.
        like: A figure whose scope and day the assumptions share.
    """
    return together([_assumed(step, like) for step in steps])


def _lay(
    moves: NDArray[np.float64],
    step: Step,
    ends: NDArray[np.float64],
    first: Mapping[str, int],
    after: str,
) -> None:
    stays = 1.0 - step.leaving_a_month
    left = 1.0
    for month, chance in enumerate(ends.tolist()):
        row = first[step.name] + month
        through = 1.0 if month == len(ends) - 1 else min(chance / left, 1.0)
        through = 1.0 if through > 1.0 - SURE else through
        moves[row, first[after]] += stays * through * step.passing
        if step.instead:
            _must_be(step.instead, first)
            moves[row, first[step.instead]] += stays * through * (1.0 - step.passing)
        if through < 1.0:
            moves[row, row + 1] += stays * (1.0 - through)
        left = max(left - chance, 0.0) or 1.0


def _after(steps: Sequence[Step], place: int) -> str:
    step = steps[place]
    if step.to:
        _must_be(step.to, [one.name for one in steps])
        return step.to
    if place + 1 == len(steps):
        raise DefinitionRefused(
            f"nothing follows {step.name}, which ends", expected="a step in which people stay"
        )
    return steps[place + 1].name


def _must_be_named(names: Sequence[str], used: Sequence[str]) -> None:
    if len(set(names)) < len(names):
        raise DefinitionRefused(f"steps {', '.join(names)}", expected="each name once")
    for name in used:
        _must_be(name, names)


def _must_be(name: str, names: Sequence[str] | Mapping[str, int]) -> None:
    if name not in names:
        raise NotKnown("step", name, names)


def _place(here: NDArray[np.float64], row: int, length: int, held: Held, name: str) -> None:
    served = [held] if isinstance(held, (int, float)) else list(held)
    if len(served) > length:
        raise DefinitionRefused(
            f"{served[-1]} people after {len(served) - 1} months of {name}",
            expected=f"nobody after {length - 1} months, with which it ends for the last",
        )
    here[row : row + len(served)] = served


def _assumed(step: Step, like: Figure) -> Statement:
    def told(number: float, unit: str, what: str) -> Figure:
        return assumption(like, number, unit, f"{step.name}: {what}")

    going = told(100 * step.leaving, PERCENT, "leavers a year")
    if step.delay is None:
        return say("From {name}, {going} leave in a year.", name=step.name, going=going)
    long = _long(step, told(step.delay.mean, "months", "mean time"), like)
    passing = told(100 * step.passing, PERCENT, "share who pass")
    if step.leaving:
        text = "{passing} of those who stay pass; {going} a year leave."
        return long + say(text, passing=passing, going=going)
    return long + say("{passing} pass.", passing=passing)


def _long(step: Step, mean: Figure, like: Figure) -> Statement:
    if isinstance(step.delay, Fixed):
        return say("{name} takes {mean}.", name=_headed(step.name), mean=mean)
    if isinstance(step.delay, Uniform):
        low, high = (
            assumption(like, end, "months", f"{step.name}: {what} time")
            for end, what in ((step.delay.shortest, "shortest"), (step.delay.longest, "longest"))
        )
        text = "{name} takes anywhere from {low:number} to {high}."
        return say(text, name=_headed(step.name), low=low, high=high)
    if isinstance(step.delay, Erlang):
        phases = assumption(like, step.delay.phases, "phases", f"{step.name}: phases")
        text = "{name} takes {mean} on average, in {phases}."
        return say(text, name=_headed(step.name), mean=mean, phases=phases)
    return say("{name} takes {mean} on average.", name=_headed(step.name), mean=mean)


def _headed(name: str) -> str:
    return name[:1].upper() + name[1:]
