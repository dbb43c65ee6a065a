"""The event loop of areas that help each other, compiled.

The state is busy units by area, a heap of (minute, area) at which they clear, and two places in
the line of each area and grade. At one instant the hour turns first, then units clear, then help
falls due, then incidents arise.

Compiled functions are handed single arrays: a tuple of them costs a count of references for each,
which would be most of the time of an event.
"""

from __future__ import annotations

import math

import numpy as np

from regard.kernels.compiling import compiled
from regard.mobilisation.response.model import HOUR
from regard.mobilisation.response.traces import Reals, Trace, Wholes, lined_up

NOBODY = -1


@compiled
def put_in(clear: Reals, whose: Wholes, size: int, minute: float, area: int) -> None:
    """Add a minute and its area to a heap of so many; of one minute, the lower area is first."""
    at = size
    while at > 0:
        above = (at - 1) >> 1
        if clear[above] < minute or (clear[above] == minute and whose[above] <= area):
            break
        clear[at], whose[at] = clear[above], whose[above]
        at = above
    clear[at], whose[at] = minute, area


@compiled
def put_for_first(clear: Reals, whose: Wholes, size: int, minute: float, area: int) -> None:
    """Put a minute and its area in the place of the first of a heap of so many."""
    at, below = 0, 1
    while below < size:
        other = below + 1
        if other < size and (
            clear[other] < clear[below]
            or (clear[other] == clear[below] and whose[other] < whose[below])
        ):
            below = other
        if minute < clear[below] or (minute == clear[below] and area <= whose[below]):
            break
        clear[at], whose[at] = clear[below], whose[below]
        at = below
        below = 2 * at + 1
    clear[at], whose[at] = minute, area


@compiled
def ripe(
    grade: int, sender: int, now: float, at: Reals, line: Wholes, heads: Wholes, tails: Wholes,
    help_after: Reals, out_of: Wholes,
) -> int:  # fmt: skip
    """The nearest line of a grade in another area whose first may be helped by now; or NOBODY."""
    grades = help_after.shape[0]
    for place in range(out_of.shape[1]):
        other = out_of[sender, place]
        if other == NOBODY:
            break
        found = other * grades + grade
        if heads[found] < tails[found] and at[line[heads[found]]] + help_after[grade] <= now:
            return found
    return NOBODY


@compiled
def next_line(
    sender: int, now: float, at: Reals, line: Wholes, heads: Wholes, tails: Wholes,
    queued: Wholes, help_after: Reals, out_of: Wholes,
) -> int:  # fmt: skip
    """The line whose first an idle unit of an area goes to; NOBODY if none waits for it."""
    grades = help_after.shape[0]
    for grade in range(grades):
        if queued[grade] == 0:
            continue
        own = sender * grades + grade
        if heads[own] < tails[own]:
            return own
        if help_after[grade] < math.inf:
            found = ripe(grade, sender, now, at, line, heads, tails, help_after, out_of)
            if found != NOBODY:
                return found
    return NOBODY


@compiled
def nearest(area: int, units: Wholes, busy: Wholes, to: Wholes) -> int:
    """The nearest other area with an idle unit that comes to this one; NOBODY if none."""
    for place in range(to.shape[1]):
        other = to[area, place]
        if other == NOBODY or busy[other] < units[other]:
            return other
    return NOBODY


@compiled
def next_due(
    at: Reals, waits: Reals, by_grade: Wholes, due: Wholes, ends: Wholes, queued: Wholes,
    help_after: Reals,
) -> int:  # fmt: skip
    """The grade for whose next incident help falls due first; NOBODY if for none that waits."""
    least, found = math.inf, NOBODY
    for grade in range(queued.shape[0]):
        if queued[grade] == 0 or help_after[grade] == 0.0 or help_after[grade] == math.inf:
            continue
        place = due[grade]
        while place < ends[grade] and waits[by_grade[place]] >= 0.0:
            place += 1
        due[grade] = place
        if place < ends[grade] and at[by_grade[place]] + help_after[grade] < least:
            least, found = at[by_grade[place]] + help_after[grade], grade
    return found


@compiled
def send_first(
    found: int, sender: int, now: float, size: int, at: Reals, minutes: Reals, area: Wholes,
    line: Wholes, heads: Wholes, queued: Wholes, journey: Reals, busy: Wholes, clear: Reals,
    whose: Wholes, waits: Reals, helper: Wholes,
) -> int:  # fmt: skip
    """Send a unit of an area to the first of a line; gives how many units are busy then."""
    one = line[heads[found]]
    heads[found] += 1
    queued[found % queued.shape[0]] -= 1
    waits[one] = now - at[one]
    helper[one] = sender
    busy[sender] += 1
    put_in(clear, whose, size, now + (minutes[one] + journey[sender, area[one]]), sender)
    return size + 1


@compiled
def turn_hour(
    now: float, units: Wholes, size: int, at: Reals, minutes: Reals, area_of: Wholes,
    line: Wholes, heads: Wholes, tails: Wholes, queued: Wholes, help_after: Reals,
    out_of: Wholes, journey: Reals, busy: Wholes, clear: Reals, whose: Wholes, waits: Reals,
    helper: Wholes,
) -> int:  # fmt: skip
    """Start what the units of a new hour may start, area by area; gives how many are busy."""
    for sender in range(units.shape[0]):
        while busy[sender] < units[sender]:
            found = next_line(sender, now, at, line, heads, tails, queued, help_after, out_of)
            if found == NOBODY:
                break
            size = send_first(
                found, sender, now, size, at, minutes, area_of, line, heads, queued, journey,
                busy, clear, whose, waits, helper,
            )  # fmt: skip
    return size


@compiled
def note_hour(
    hour: int, heads: Wholes, tails: Wholes, busy: Wholes, waiting: Wholes, busy_at: Wholes
) -> None:
    """Write down how many wait and how many are busy at the end of an hour."""
    for area in range(waiting.shape[1]):
        busy_at[hour, area] = busy[area]
        for grade in range(waiting.shape[2]):
            found = area * waiting.shape[2] + grade
            waiting[hour, area, grade] = tails[found] - heads[found]


@compiled
def local_loop(
    columns: tuple[Reals, Reals, Wholes, Wholes], lines: tuple[Wholes, Wholes],
    grades: tuple[Wholes, Wholes], near: tuple[Wholes, Wholes, Reals], help_after: Reals,
    capacity: Wholes, room: int, waits: Reals, helper: Wholes, waiting: Wholes, busy_at: Wholes,
) -> None:  # fmt: skip
    """Send units of areas to incidents of their own and of others.

    Args:
        columns: Of the trace: at, minutes, grade, area.
        lines: Positions of incidents by area and grade, and where each begins.
        grades: Positions of incidents by grade, and where each begins.
        near: Who comes to an area, nearest first; to whom an area goes; minutes more of a unit
            of one area (row) in another. See `nearest_first`.
        help_after: Minutes by grade, infinite for never.
        capacity: Units in each hour, shape (hours, areas).
        room: The most units that can be busy at once.
        waits: Takes minutes to a unit being sent; not a number where none was.
        helper: Takes the area whose unit was sent.
        waiting: Takes how many wait at the end of each hour, shape (hours, areas, grades).
        busy_at: Takes how many units are busy then, shape (hours, areas).
    """
    at, minutes, grade_of, area_of = columns
    (line, first), (by_grade, begins), (to, out_of, journey) = lines, grades, near
    hours, many, kinds = waiting.shape
    heads, tails, due = first[:-1].copy(), first[:-1].copy(), begins[:-1].copy()
    ends, queued, busy = begins[1:].copy(), np.zeros(kinds, np.int64), np.zeros(many, np.int64)
    clear, whose = np.empty(room), np.empty(room, np.int64)
    waits[:], helper[:] = math.nan, NOBODY
    size, arrived, count = 0, 0, at.shape[0]
    for hour in range(hours):
        units, end = capacity[hour], HOUR * (hour + 1)
        size = turn_hour(
            HOUR * hour, units, size, at, minutes, area_of, line, heads, tails, queued,
            help_after, out_of, journey, busy, clear, whose, waits, helper,
        )  # fmt: skip
        while True:
            freed = clear[0] if size > 0 else math.inf
            come = at[arrived] if arrived < count else math.inf
            kind = next_due(at, waits, by_grade, due, ends, queued, help_after)
            fall_due = math.inf if kind < 0 else at[by_grade[due[kind]]] + help_after[kind]
            now = min(freed, fall_due, come)
            if now >= end:
                break
            found, sender = NOBODY, NOBODY
            if freed == now:
                sender, size = whose[0], size - 1
                put_for_first(clear, whose, size, clear[size], whose[size])
                busy[sender] -= 1
                if busy[sender] < units[sender]:
                    found = next_line(
                        sender, now, at, line, heads, tails, queued, help_after, out_of
                    )
            elif fall_due == now:
                found = area_of[by_grade[due[kind]]] * kinds + kind
                due[kind] += 1
                sender = nearest(found // kinds, units, busy, to)
            else:
                sender, kind = area_of[arrived], grade_of[arrived]
                found = sender * kinds + kind
                tails[found] += 1
                queued[kind] += 1
                arrived += 1
                if busy[sender] >= units[sender]:
                    at_once = help_after[kind] == 0.0
                    sender = nearest(sender, units, busy, to) if at_once else NOBODY
            if found != NOBODY and sender != NOBODY:
                size = send_first(
                    found, sender, now, size, at, minutes, area_of, line, heads, queued, journey,
                    busy, clear, whose, waits, helper,
                )  # fmt: skip
        note_hour(hour, heads, tails, busy, waiting, busy_at)


def nearest_first(journey: Reals) -> Wholes:
    """Places of the others in each row by minutes, the lower place first of as many.

    Args:
        journey: Minutes, shape (areas, areas); infinite for never.

    Returns:
        Shape (areas, areas), NOBODY from the end of a row on.
    """
    many = len(journey)
    found = np.full((many, many), NOBODY, np.int64)
    for area, row in enumerate(journey):
        order = np.argsort(row, kind="stable")
        others = [one for one in order if one != area and np.isfinite(row[one])]
        found[area, : len(others)] = others
    return found


def locally(
    trace: Trace, capacity: Wholes, help_after: Reals, journey: Reals
) -> tuple[Reals, Wholes, Wholes, Wholes]:
    """Let a trace pass through areas that help each other.

    Args:
        trace: The incidents.
        capacity: Units in each hour, shape (hours, areas).
        help_after: Minutes by grade, infinite for never.
        journey: Minutes more of a unit of one area (row) in another; infinite for never.

    Returns:
        As `local_loop` gives them: waits, helper, waiting and busy.
    """
    many, grades = len(journey), len(help_after)
    waits, helper = np.empty(len(trace)), np.empty(len(trace), np.int64)
    waiting = np.zeros((trace.hours, many, grades), np.int64)
    busy = np.zeros((trace.hours, many), np.int64)
    local_loop(
        (trace.at, trace.minutes, trace.grade, trace.area),
        lined_up(trace.area * grades + trace.grade, many * grades),
        lined_up(trace.grade, grades),
        (nearest_first(journey.T), nearest_first(journey), journey),
        help_after, capacity, max(1, int(capacity.max(axis=0).sum())), waits, helper, waiting, busy,
    )  # fmt: skip
    return waits, helper, waiting, busy
