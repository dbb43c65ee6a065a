"""The event loop, compiled: first come first served by grade, units by the hour, a reserve.

The state is a heap of the minutes at which busy units clear, and for each grade two places in
its line of incidents: who starts next and who has arrived. At one instant the hour turns first,
then units clear, then incidents arise.
"""

from __future__ import annotations

import math

import numpy as np

from regard.kernels.compiling import compiled
from regard.mobilisation.response.model import HOUR
from regard.mobilisation.response.traces import Reals, Wholes


@compiled
def put_in(heap: Reals, size: int, minute: float) -> None:
    """Add a minute to a heap that holds `size` of them."""
    at = size
    while at > 0:
        above = (at - 1) >> 1
        if heap[above] <= minute:
            break
        heap[at] = heap[above]
        at = above
    heap[at] = minute


@compiled
def put_for_least(heap: Reals, size: int, minute: float) -> None:
    """Put a minute in the place of the least of a heap of `size`."""
    at, below = 0, 1
    while below < size:
        if below + 1 < size and heap[below + 1] < heap[below]:
            below += 1
        if heap[below] >= minute:
            break
        heap[at] = heap[below]
        at = below
        below = 2 * at + 1
    heap[at] = minute


@compiled
def next_grade(heads: Wholes, tails: Wholes, idle: int, reserve: int) -> int:
    """The grade that so many idle units may start next; -1 if none."""
    if idle > 0 and heads[0] < tails[0]:
        return 0
    if idle > reserve:
        for grade in range(1, heads.shape[0]):
            if heads[grade] < tails[grade]:
                return grade
    return -1


@compiled
def turn_hour(
    now: float, units: int, size: int, reserve: int, heads: Wholes, tails: Wholes,
    line: Wholes, at: Reals, minutes: Reals, heap: Reals, waits: Reals,
) -> int:  # fmt: skip
    """Start what may be started with the units of a new hour; gives how many are busy then."""
    while size < units:
        grade = next_grade(heads, tails, units - size, reserve)
        if grade < 0:
            break
        one = line[heads[grade]]
        heads[grade] += 1
        waits[one] = now - at[one]
        put_in(heap, size, now + minutes[one])
        size += 1
    return size


@compiled
def base_loop(
    at: Reals, grade: Wholes, minutes: Reals, line: Wholes, first: Wholes, capacity: Wholes,
    reserve: int, waits: Reals, waiting: Wholes, busy: Wholes,
) -> None:  # fmt: skip
    """Send units to incidents, each of which needs one and waits for as long as it takes.

    Args:
        at: Minutes at which incidents arise, never falling.
        grade: Their grades, from 0.
        minutes: Minutes for which they keep a unit.
        line: Positions of incidents by grade, as `traces.lined_up` gives them.
        first: Where each grade begins among those.
        capacity: Units in each hour.
        reserve: Idle units that only grade 0 may use.
        waits: Takes minutes from arising to a unit being sent; not a number where none was.
        waiting: Takes how many wait at the end of each hour, shape (hours, grades).
        busy: Takes how many units are busy then, shape (hours,).
    """
    hours, grades = waiting.shape
    heads, tails = first[:grades].copy(), first[:grades].copy()
    heap = np.empty(max(1, capacity.max()))
    waits[:] = math.nan
    size, arrived, count = 0, 0, at.shape[0]
    for hour in range(hours):
        units, end = capacity[hour], HOUR * (hour + 1)
        size = turn_hour(
            HOUR * hour, units, size, reserve, heads, tails, line, at, minutes, heap, waits
        )
        while True:
            clear = heap[0] if size > 0 else math.inf
            come = at[arrived] if arrived < count else math.inf
            if min(clear, come) >= end:
                break
            if clear <= come:
                found = next_grade(heads, tails, units - size + 1, reserve)
                if found >= 0:
                    one = line[heads[found]]
                    heads[found] += 1
                    waits[one] = clear - at[one]
                    put_for_least(heap, size, clear + minutes[one])
                else:
                    size -= 1
                    put_for_least(heap, size, heap[size])
            else:
                own = grade[arrived]
                tails[own] += 1
                if units - size > (reserve if own > 0 else 0):  # so nobody waits who may start
                    heads[own] += 1
                    waits[arrived] = 0.0
                    put_in(heap, size, come + minutes[arrived])
                    size += 1
                arrived += 1
        busy[hour] = size
        for own in range(grades):
            waiting[hour, own] = tails[own] - heads[own]
