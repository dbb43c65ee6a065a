"""How long every incident of a trace waits: the loop that its rules need, compiled or plain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regard.core.errors import DefinitionRefused, NotKnown
from regard.mobilisation.response.base_loop import base_loop
from regard.mobilisation.response.local import Local
from regard.mobilisation.response.local_loop import locally
from regard.mobilisation.response.model import FINISH, Model, Rules
from regard.mobilisation.response.plain_base import plain_base
from regard.mobilisation.response.plain_local import plain_local
from regard.mobilisation.response.plain_ruled import plain_ruled
from regard.mobilisation.response.ruled_loop import by_rule
from regard.mobilisation.response.traces import Reals, Trace, Wholes, lined_up

COMPILED, PLAIN = "compiled", "plain"
ENGINES = (COMPILED, PLAIN)


@dataclass(frozen=True, eq=False)
class Outcome:
    """What became of every incident of a trace.

    Attributes:
        waits: Minutes from the call to a unit being sent, or to the incident leaving, shape
            (incidents,); not a number where it still waits at the end.
        left: 1 where it left with no unit sent, else 0.
        travel: Minutes of the journey of the unit sent, shape (incidents,).
        waiting: How many wait at the end of each hour, shape (hours, grades).
        busy: How many units are busy then, shape (hours,).
        helper: Place of the area whose unit was sent, -1 for none; empty without areas.
    """

    waits: Reals
    left: Wholes
    travel: Reals
    waiting: Wholes
    busy: Wholes
    helper: Wholes


def respond(trace: Trace, model: Model, *, engine: str = COMPILED) -> Outcome:
    """Let a trace pass through a force.

    Args:
        trace: Incidents of the model's grades and areas, over its horizon.
        model: Whose units, rules and areas are meant.
        engine: `compiled` or `plain` Python; they give the same to the last bit.

    Raises:
        DefinitionRefused: the trace covers other hours or has grades or areas the model has not.
        NotKnown: there is no such engine.
    """
    capacity = np.array(model.capacity.units, np.int64)
    _fits(trace, model)
    if model.local is not None:
        return answered_locally(trace, model.local, engine=engine)
    return answered(
        trace, capacity, rules=model.rules, grades=len(model.demand.grades), engine=engine
    )


def _fits(trace: Trace, model: Model) -> None:
    if trace.hours != model.horizon:
        raise DefinitionRefused(
            f"the trace covers {trace.hours} hours", expected=f"the model's {model.horizon}"
        )
    areas = 1 if model.local is None else len(model.local.names)
    for what, column, most in (
        ("grade", trace.grade, len(model.demand.grades)),
        ("area", trace.area, areas if model.local else None),
    ):
        if most is not None and len(column) and column.max() >= most:
            raise DefinitionRefused(
                f"the trace has {what} {column.max()}", expected=f"places from 0 to {most - 1}"
            )


def answered(
    trace: Trace,
    capacity: Wholes,
    *,
    rules: Rules,
    grades: int,
    engine: str = COMPILED,
    lines: tuple[Wholes, Wholes] | None = None,
) -> Outcome:
    """Let a trace pass through the units of a force.

    Args:
        trace: The incidents.
        capacity: Units in each hour of the trace, shape (hours,).
        rules: How they are sent.
        grades: How many grades there are.
        engine: `compiled` or `plain`.
        lines: The trace's positions by grade, where `traces.lined_up` gave them before.

    Raises:
        NotKnown: there is no such engine.
    """
    _known(engine)
    simple = trace.alone and rules.shift_end == FINISH and not rules.divert
    if engine == PLAIN:
        return _plain(trace, capacity, rules, grades, simple=simple)
    line, first = lined_up(trace.grade, grades) if lines is None else lines
    if simple:
        waits, left = np.empty(len(trace)), np.zeros(len(trace), np.int64)
        waiting = np.zeros((trace.hours, grades), np.int64)
        busy = np.zeros(trace.hours, np.int64)
        base_loop(
            trace.at, trace.grade, trace.minutes, line, first, capacity, rules.reserve,
            waits, waiting, busy,
        )  # fmt: skip
    else:
        waits, left, waiting, busy = by_rule(trace, capacity, rules, (line, first))
    return Outcome(waits, left, trace.travel, waiting, busy, np.empty(0, np.int64))


def _plain(trace: Trace, capacity: Wholes, rules: Rules, grades: int, *, simple: bool) -> Outcome:
    if simple:
        waits, waiting, busy = plain_base(
            trace.at.tolist(),
            trace.grade.tolist(),
            trace.minutes.tolist(),
            capacity.tolist(),
            grades=grades,
            reserve=rules.reserve,
        )
        left = [False] * len(waits)
    else:
        waits, left, waiting, busy = plain_ruled(trace, capacity, rules=rules, grades=grades)
    return Outcome(
        np.array(waits, np.float64),
        np.array(left, np.int64),
        trace.travel,
        np.array(waiting, np.int64),
        np.array(busy, np.int64),
        np.empty(0, np.int64),
    )


def answered_locally(trace: Trace, local: Local, *, engine: str = COMPILED) -> Outcome:
    """Let a trace pass through areas that help each other.

    The journey of a unit from another area is added to its own minutes and to the travel.

    Raises:
        NotKnown: there is no such engine.
    """
    _known(engine)
    capacity = np.ascontiguousarray(np.array(local.units, np.int64).T)
    help_after = np.array([_or_never(one) for one in local.help_after], np.float64)
    journey = np.array([[_or_never(one) for one in row] for row in local.journey], np.float64)
    np.fill_diagonal(journey, 0.0)
    if engine == PLAIN:
        plain = plain_local(trace, capacity, help_after=help_after, journey=journey)
        waits = np.array(plain[0], np.float64)
        helper, waiting, busy = (np.array(one, np.int64) for one in plain[1:])
    else:
        waits, helper, waiting, busy = locally(trace, capacity, help_after, journey)
    sent = np.maximum(helper, 0)
    travel = trace.travel + np.where(helper >= 0, journey[sent, trace.area], 0.0)
    left = np.zeros(len(trace), np.int64)
    return Outcome(waits, left, travel, waiting.sum(axis=1), busy.sum(axis=1), helper)


def _or_never(minutes: float | None) -> float:
    return np.inf if minutes is None else minutes


def _known(engine: str) -> None:
    if engine not in ENGINES:
        raise NotKnown("engine", engine, ENGINES)
