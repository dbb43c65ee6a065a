"""The event loop of `base_loop` in plain Python: the same waits to the last bit, with no compiler.

Written a second time, with queues and the standard library's heap, so that one proves the other.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from heapq import heappop, heappush, heapreplace

from regard.mobilisation.response.model import HOUR

Waits = list[float]
ByHour = list[list[int]]


def next_queue(queues: Sequence[deque[int]], idle: int, reserve: int) -> deque[int] | None:
    """The queue that so many idle units may serve next; None if none."""
    if idle > 0 and queues[0]:
        return queues[0]
    if idle > reserve:
        for queue in queues[1:]:
            if queue:
                return queue
    return None


def plain_base(
    at: Sequence[float],
    grade: Sequence[int],
    minutes: Sequence[float],
    capacity: Sequence[int],
    *,
    grades: int,
    reserve: int,
) -> tuple[Waits, ByHour, list[int]]:
    """Send units to incidents, each of which needs one and waits for as long as it takes.

    Returns:
        Minutes from arising to a unit being sent, not a number where none was; how many wait at
        the end of each hour by grade; how many units are busy then.
    """
    waits = [math.nan] * len(at)
    queues: list[deque[int]] = [deque() for _ in range(grades)]
    clears = [math.inf]  # of busy units; the last stands for none
    comes = [*at, math.inf]
    arrived, come, size = 0, comes[0], 0
    waiting, busy = [], []
    for hour, units in enumerate(capacity):
        now, end = HOUR * hour, HOUR * (hour + 1)
        while (queue := next_queue(queues, units - size, reserve)) is not None:
            one = queue.popleft()
            waits[one] = now - at[one]
            heappush(clears, now + minutes[one])
            size += 1
        while True:
            clear = clears[0]
            if clear <= come:
                if clear >= end:
                    break
                queue = next_queue(queues, units - size + 1, reserve)
                if queue is None:
                    heappop(clears)
                    size -= 1
                else:
                    one = queue.popleft()
                    waits[one] = clear - at[one]
                    heapreplace(clears, clear + minutes[one])
            else:
                if come >= end:
                    break
                own = grade[arrived]
                if units - size > (reserve if own else 0):
                    waits[arrived] = 0.0
                    heappush(clears, come + minutes[arrived])
                    size += 1
                else:
                    queues[own].append(arrived)
                arrived += 1
                come = comes[arrived]
        waiting.append([len(queue) for queue in queues])
        busy.append(size)
    return waits, waiting, busy
