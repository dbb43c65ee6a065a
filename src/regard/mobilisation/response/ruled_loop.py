"""The event loop with every rule, compiled: handover, diverting, several units, leaving.

Beside the state of `base_loop` it knows which unit is where, and which work was laid down: that
is taken up again before all that waits of its grade. At one instant the hour turns first, then
those whose patience is over leave, then units clear, then incidents arise.
"""

from __future__ import annotations

import math

import numpy as np

from regard.kernels.compiling import compiled
from regard.mobilisation.response.model import HANDOVER, HOUR, Rules
from regard.mobilisation.response.slots import (
    AT,
    BEGAN,
    BUSY,
    CLEAR,
    FREE,
    GRADE,
    HEAD,
    HEAP,
    INCIDENT,
    KEY,
    LAID,
    LEAVES,
    LEFT,
    MINUTES,
    NEEDS,
    QUEUED,
    TAIL,
    THERE,
    TRAVEL,
    UNITS,
    WAITS,
    WANTED,
    call_back,
    send,
    take_slot,
    take_up,
)
from regard.mobilisation.response.traces import Reals, Trace, Wholes


@compiled
def over(facts: Reals, states: Wholes, lines: Wholes, sizes: Wholes, one: int, now: float) -> bool:
    """Whether an incident has left the line by now; marks those whose patience is over."""
    if (
        states[one, LEFT] == 0
        and states[one, NEEDS] == states[one, UNITS]
        and facts[one, LEAVES] <= now
    ):
        states[one, LEFT] = 1
        facts[one, WAITS] = facts[one, LEAVES] - facts[one, AT]
        lines[states[one, GRADE], QUEUED] -= 1
        sizes[WANTED] -= states[one, NEEDS]
    return states[one, LEFT] == 1 or states[one, NEEDS] == 0


@compiled
def start_one(
    facts: Reals,
    states: Wholes,
    slots: Reals,
    places: Wholes,
    lines: Wholes,
    line: Wholes,
    laid: Reals,
    sizes: Wholes,
    idle: int,
    reserve: int,
    now: float,
) -> bool:
    """Start what comes next with one of so many idle units; whether anything was."""
    for grade in range(lines.shape[0]):
        if idle <= (reserve if grade > 0 else 0):
            return False
        if sizes[LAID] > 0 and int(laid[0, KEY]) // facts.shape[0] == grade:
            take_up(facts, states, slots, places, lines, laid, sizes, now)
            return True
        while lines[grade, HEAD] < lines[grade, TAIL]:
            one = line[lines[grade, HEAD]]
            waits = states[one, NEEDS] > 0 and facts[one, LEAVES] > now
            if waits or not over(facts, states, lines, sizes, one, now):
                send(facts, states, slots, places, lines, sizes, one, now, 0.0, 0.0)
                return True
            lines[grade, HEAD] += 1
    return False


@compiled
def start_all(
    facts: Reals,
    states: Wholes,
    slots: Reals,
    places: Wholes,
    lines: Wholes,
    line: Wholes,
    laid: Reals,
    sizes: Wholes,
    units: int,
    reserve: int,
    now: float,
) -> None:
    """Start all that may be started."""
    while sizes[BUSY] < units and sizes[LAID] + sizes[WANTED] > 0:
        if not start_one(
            facts, states, slots, places, lines, line, laid, sizes, units - sizes[BUSY], reserve,
            now,
        ):  # fmt: skip
            break


@compiled
def farther(states: Wholes, slots: Reals, places: Wholes, slot: int, other: int, key: int) -> bool:
    """Whether a slot is the one to give up: lowest grade, then the later `key`, then incident."""
    one, two = places[slot, INCIDENT], places[other, INCIDENT]
    if states[one, GRADE] != states[two, GRADE]:
        return states[one, GRADE] > states[two, GRADE]
    if slots[slot, key] != slots[other, key]:
        return slots[slot, key] > slots[other, key]
    return one > two


@compiled
def give_up(
    facts: Reals,
    states: Wholes,
    slots: Reals,
    places: Wholes,
    lines: Wholes,
    laid: Reals,
    sizes: Wholes,
    at: int,
    now: float,
) -> None:
    """Call back the unit at a place of the heap."""
    slot = take_slot(states, slots, places, sizes, at)
    call_back(facts, states, slots, places, lines, laid, sizes, slot, now)


@compiled
def divert(
    facts: Reals,
    states: Wholes,
    slots: Reals,
    places: Wholes,
    lines: Wholes,
    laid: Reals,
    sizes: Wholes,
    one: int,
    now: float,
) -> None:
    """Give an incident of the first grade a unit on its way to a lower one, if there is any."""
    found = -1
    for at in range(sizes[BUSY]):
        slot = places[at, HEAP]
        if states[places[slot, INCIDENT], GRADE] == 0 or slots[slot, THERE] <= now:
            continue
        if found < 0 or farther(states, slots, places, slot, places[found, HEAP], BEGAN):
            found = at
    if found >= 0:
        give_up(facts, states, slots, places, lines, laid, sizes, found, now)
        send(facts, states, slots, places, lines, sizes, one, now, 0.0, 0.0)


@compiled
def hand_over(
    facts: Reals,
    states: Wholes,
    slots: Reals,
    places: Wholes,
    lines: Wholes,
    laid: Reals,
    sizes: Wholes,
    units: int,
    now: float,
) -> None:
    """Lay down the work of those who are more than so many units; the finished clear first."""
    while sizes[BUSY] > 0 and slots[places[0, HEAP], CLEAR] <= now:
        take_slot(states, slots, places, sizes, 0)
    while sizes[BUSY] > units:
        found = 0
        for at in range(1, sizes[BUSY]):
            if farther(states, slots, places, places[at, HEAP], places[found, HEAP], CLEAR):
                found = at
        give_up(facts, states, slots, places, lines, laid, sizes, found, now)


@compiled
def arise(
    facts: Reals,
    states: Wholes,
    slots: Reals,
    places: Wholes,
    lines: Wholes,
    line: Wholes,
    laid: Reals,
    sizes: Wholes,
    one: int,
    units: int,
    reserve: int,
    diverts: bool,
) -> None:
    """Put an incident in its line, and start it if it may be."""
    grade, now = states[one, GRADE], facts[one, AT]
    lines[grade, TAIL] += 1
    lines[grade, QUEUED] += 1
    sizes[WANTED] += states[one, NEEDS]
    start_all(facts, states, slots, places, lines, line, laid, sizes, units, reserve, now)
    if diverts and grade == 0 and math.isnan(facts[one, WAITS]):
        divert(facts, states, slots, places, lines, laid, sizes, one, now)


@compiled
def note_hour(
    facts: Reals,
    states: Wholes,
    lines: Wholes,
    line: Wholes,
    sizes: Wholes,
    hour: int,
    end: float,
    leaving: bool,
    waiting: Wholes,
    busy: Wholes,
) -> None:
    """Write down how many wait and how many are busy at the end of an hour."""
    for grade in range(lines.shape[0]):
        if leaving:
            for place in range(lines[grade, HEAD], lines[grade, TAIL]):
                over(facts, states, lines, sizes, line[place], end)
        waiting[hour, grade] = lines[grade, QUEUED]
    busy[hour] = sizes[BUSY]


@compiled
def ruled_loop(
    facts: Reals, states: Wholes, slots: Reals, places: Wholes, lines: Wholes, line: Wholes,
    laid: Reals, sizes: Wholes, capacity: Wholes, reserve: int, hands_over: bool, diverts: bool,
    leaving: bool, waiting: Wholes, busy: Wholes,
) -> None:  # fmt: skip
    """Send units to incidents by every rule.

    Args:
        facts: With the next seven, incidents and room to work in, as `slots` names the columns;
            take waits and who left.
        states: See there.
        slots: See there.
        places: See there.
        lines: See there.
        line: Positions of incidents by grade, as `traces.lined_up` gives them.
        laid: See there.
        sizes: See there.
        capacity: Units in each hour.
        reserve: Idle units that only grade 0 may use.
        hands_over: Whether work is laid down at the end of a shift.
        diverts: Whether grade 0 may take units on their way to lower grades.
        leaving: Whether any incident has a patience.
        waiting: Takes how many wait at the end of each hour, shape (hours, grades).
        busy: Takes how many units are busy then, shape (hours,).
    """
    arrived, count = 0, facts.shape[0]
    for hour in range(waiting.shape[0]):
        units, now, end = capacity[hour], HOUR * hour, HOUR * (hour + 1)
        if hands_over and sizes[BUSY] > units:
            hand_over(facts, states, slots, places, lines, laid, sizes, units, now)
        start_all(facts, states, slots, places, lines, line, laid, sizes, units, reserve, now)
        while True:
            clear = slots[places[0, HEAP], CLEAR] if sizes[BUSY] > 0 else math.inf
            come = facts[arrived, AT] if arrived < count else math.inf
            if min(clear, come) >= end:
                break
            if clear <= come:
                take_slot(states, slots, places, sizes, 0)
                if sizes[BUSY] < units and sizes[LAID] + sizes[WANTED] > 0:
                    start_one(
                        facts, states, slots, places, lines, line, laid, sizes,
                        units - sizes[BUSY], reserve, clear,
                    )  # fmt: skip
            elif (
                sizes[BUSY] + reserve < units
                and sizes[LAID] + sizes[WANTED] == 0
                and states[arrived, UNITS] == 1
            ):
                grade = states[arrived, GRADE]
                lines[grade, HEAD] += 1
                lines[grade, TAIL] += 1
                lines[grade, QUEUED] += 1
                sizes[WANTED] += 1
                send(facts, states, slots, places, lines, sizes, arrived, come, 0.0, 0.0)
                arrived += 1
            else:
                arise(
                    facts, states, slots, places, lines, line, laid, sizes,
                    arrived, units, reserve, diverts,
                )  # fmt: skip
                arrived += 1
        note_hour(facts, states, lines, line, sizes, hour, end, leaving, waiting, busy)


def by_rule(
    trace: Trace, capacity: Wholes, rules: Rules, lined: tuple[Wholes, Wholes]
) -> tuple[Reals, Wholes, Wholes, Wholes]:
    """Let a trace pass through the units of a force by every rule.

    Args:
        trace: The incidents.
        capacity: Units in each hour.
        rules: How they are sent.
        lined: Positions of incidents by grade and where each begins; see `traces.lined_up`.

    Returns:
        Minutes waited; 1 where an incident left; how many wait at the end of each hour, shape
        (hours, grades); how many units are busy then.
    """
    line, first = lined
    grades, room = len(first) - 1, max(1, int(capacity.max()))
    facts, states = np.empty((len(trace), 5)), np.zeros((len(trace), 5), np.int64)
    facts[:, AT], facts[:, MINUTES], facts[:, TRAVEL] = trace.at, trace.minutes, trace.travel
    facts[:, LEAVES], facts[:, WAITS] = trace.at + trace.patience, math.nan
    states[:, GRADE], states[:, UNITS], states[:, NEEDS] = trace.grade, trace.units, trace.units
    places, lines = np.zeros((room, 3), np.int64), np.zeros((grades, 3), np.int64)
    places[:, FREE] = np.arange(room)
    lines[:, HEAD] = lines[:, TAIL] = first[:-1]
    waiting, busy = np.zeros((trace.hours, grades), np.int64), np.zeros(trace.hours, np.int64)
    ruled_loop(
        facts, states, np.zeros((room, 3)), places, lines, line,
        np.zeros((max(1, int(trace.units.sum())), 3)), np.zeros(3, np.int64),
        capacity, rules.reserve, rules.shift_end == HANDOVER, rules.divert,
        bool(np.isfinite(trace.patience).any()), waiting, busy,
    )  # fmt: skip
    return (
        np.ascontiguousarray(facts[:, WAITS]),
        np.ascontiguousarray(states[:, LEFT]),
        waiting,
        busy,
    )
