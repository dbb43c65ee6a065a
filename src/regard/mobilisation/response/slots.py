"""Busy units in slots, and work that was laid down: what the loop with every rule stands on.

A slot is a busy unit; slots stand in a heap by the minute at which they clear. Work that was laid
down (handed over at a shift's end, or left by a unit that was diverted) stands in a heap by grade
and incident.

Compiled functions are handed single arrays, a column for each thing known: a tuple of arrays
costs a count of references for each, which would be most of the time of an event.
"""

from __future__ import annotations

import math

from regard.kernels.compiling import compiled
from regard.mobilisation.response.traces import Reals, Wholes

# Columns by incident: `facts` in minutes, `states` in whole numbers.
AT, MINUTES, TRAVEL, LEAVES, WAITS = range(5)
GRADE, UNITS, NEEDS, ENGAGED, LEFT = range(5)
# Columns by slot: minutes in `slots`; in `places` its incident, and by place the heap of slots
# and the slots that are free.
BEGAN, THERE, CLEAR = range(3)
INCIDENT, HEAP, FREE = range(3)
# Columns by grade, in `lines`; of work laid down, in `laid`, whose key is grade and incident in
# one number.
HEAD, TAIL, QUEUED = range(3)
KEY, TO_DO, TO_GO = range(3)
BUSY, LAID, WANTED = range(3)  # places in `sizes`; wanted are units that stand in line for


@compiled
def clears_before(minute: float, slot: int, other_minute: float, other: int) -> bool:
    """Whether a slot that clears at a minute does so before another; of two at once, the lower."""
    return minute < other_minute or (minute == other_minute and slot < other)


@compiled
def raise_slot(slots: Reals, places: Wholes, at: int, slot: int) -> None:
    """Let a slot rise in the heap from a place."""
    minute = slots[slot, CLEAR]
    while at > 0:
        above = places[(at - 1) >> 1, HEAP]
        if not clears_before(minute, slot, slots[above, CLEAR], above):
            break
        places[at, HEAP] = above
        at = (at - 1) >> 1
    places[at, HEAP] = slot


@compiled
def take_slot(states: Wholes, slots: Reals, places: Wholes, sizes: Wholes, at: int) -> int:
    """Free the slot at a place of the heap; gives the slot."""
    taken = places[at, HEAP]
    sizes[BUSY] -= 1
    size = sizes[BUSY]
    places[size, FREE] = taken
    states[places[taken, INCIDENT], ENGAGED] -= 1
    moved = places[size, HEAP]
    if at == size:
        return taken
    minute = slots[moved, CLEAR]
    below = 2 * at + 1
    while below < size:
        slot = places[below, HEAP]
        if below + 1 < size:
            other = places[below + 1, HEAP]
            if clears_before(slots[other, CLEAR], other, slots[slot, CLEAR], slot):
                below, slot = below + 1, other
        if not clears_before(slots[slot, CLEAR], slot, minute, moved):
            break
        places[at, HEAP] = slot
        at = below
        below = 2 * at + 1
    raise_slot(slots, places, at, moved)
    return taken


@compiled
def send(
    facts: Reals,
    states: Wholes,
    slots: Reals,
    places: Wholes,
    lines: Wholes,
    sizes: Wholes,
    one: int,
    now: float,
    minutes: float,
    travel: float,
) -> None:
    """Send a unit to an incident for so many minutes; as long as its own unit takes if 0."""
    if minutes == 0.0:
        minutes, travel = facts[one, MINUTES], min(facts[one, TRAVEL], facts[one, MINUTES])
        states[one, NEEDS] -= 1
        sizes[WANTED] -= 1
    size = sizes[BUSY]
    slot = places[size, FREE]
    sizes[BUSY] = size + 1
    places[slot, INCIDENT] = one
    slots[slot, BEGAN] = now
    slots[slot, THERE] = now + travel
    slots[slot, CLEAR] = now + minutes
    raise_slot(slots, places, size, slot)
    states[one, ENGAGED] += 1
    if math.isnan(facts[one, WAITS]):
        facts[one, WAITS] = now - facts[one, AT]
        lines[states[one, GRADE], QUEUED] -= 1


@compiled
def laid_before(laid: Reals, one: int, other: int) -> bool:
    """Whether work laid down is taken up before other such work."""
    if laid[one, KEY] == laid[other, KEY]:
        return laid[one, TO_DO] < laid[other, TO_DO]
    return laid[one, KEY] < laid[other, KEY]


@compiled
def swap_laid(laid: Reals, one: int, other: int) -> None:
    """Let two pieces of work laid down change places."""
    key, minutes, travel = laid[one, KEY], laid[one, TO_DO], laid[one, TO_GO]
    laid[one, KEY] = laid[other, KEY]
    laid[one, TO_DO] = laid[other, TO_DO]
    laid[one, TO_GO] = laid[other, TO_GO]
    laid[other, KEY], laid[other, TO_DO], laid[other, TO_GO] = key, minutes, travel


@compiled
def lay_down(
    facts: Reals,
    states: Wholes,
    laid: Reals,
    sizes: Wholes,
    one: int,
    minutes: float,
    travel: float,
) -> None:
    """Lay an incident's work down, to be taken up for so many minutes."""
    at = sizes[LAID]
    sizes[LAID] = at + 1
    laid[at, KEY] = states[one, GRADE] * facts.shape[0] + one
    laid[at, TO_DO], laid[at, TO_GO] = minutes, travel
    while at > 0:
        above = (at - 1) >> 1
        if not laid_before(laid, at, above):
            break
        swap_laid(laid, at, above)
        at = above


@compiled
def take_up(
    facts: Reals,
    states: Wholes,
    slots: Reals,
    places: Wholes,
    lines: Wholes,
    laid: Reals,
    sizes: Wholes,
    now: float,
) -> None:
    """Take up the first of the work laid down."""
    last = sizes[LAID] - 1
    swap_laid(laid, 0, last)
    sizes[LAID] = last
    at, below = 0, 1
    while below < last:
        if below + 1 < last and laid_before(laid, below + 1, below):
            below += 1
        if not laid_before(laid, below, at):
            break
        swap_laid(laid, at, below)
        at = below
        below = 2 * at + 1
    one = int(laid[last, KEY]) % facts.shape[0]
    send(facts, states, slots, places, lines, sizes, one, now, laid[last, TO_DO], laid[last, TO_GO])


@compiled
def call_back(
    facts: Reals,
    states: Wholes,
    slots: Reals,
    places: Wholes,
    lines: Wholes,
    laid: Reals,
    sizes: Wholes,
    slot: int,
    now: float,
) -> None:
    """Lay down the work of a slot that was freed: the rest of it, or all if not yet arrived."""
    one = places[slot, INCIDENT]
    if slots[slot, THERE] <= now:
        lay_down(facts, states, laid, sizes, one, slots[slot, CLEAR] - now, 0.0)
        return
    lay_down(
        facts,
        states,
        laid,
        sizes,
        one,
        facts[one, MINUTES],
        min(facts[one, TRAVEL], facts[one, MINUTES]),
    )
    if states[one, ENGAGED] == 0 and slots[slot, BEGAN] - facts[one, AT] == facts[one, WAITS]:
        facts[one, WAITS] = math.nan  # the only unit sent has not arrived
        lines[states[one, GRADE], QUEUED] += 1
