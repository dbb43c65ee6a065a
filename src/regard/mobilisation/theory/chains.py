"""Small queues without a closed form: the chain of their states, solved."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import expm_multiply, spsolve

from regard.core.errors import DefinitionRefused

Values = NDArray[np.float64]
Rate = Callable[[float], float]
TOLERANCE = 1e-10


def unlimited(time: float, *, base: float, swing: float, turn: float, service: float) -> float:
    """Mean number served at once, long after the start, where nobody ever waits.

    Arrivals come at `base + swing * sin(turn * time)` (Eick, Massey and Whitt 1993).

    Args:
        time: At which it is asked.
        base, swing: Of the arrivals.
        turn: Radians a unit of time.
        service: Customers that one server serves.
    """
    ratio = turn / service
    wave = math.sin(turn * time) - ratio * math.cos(turn * time)
    return (base + swing / (1 + ratio**2) * wave) / service


def filling(time: float, *, rate: float, service: float) -> float:
    """Mean number served at once a time after an empty start, where nobody ever waits."""
    return rate / service * -math.expm1(-service * time)


@dataclass(frozen=True)
class Looked:
    """The number in a system at one time.

    Attributes:
        time: When.
        mean: Mean number, those who wait among them.
        all_busy: The chance that no server is free.
    """

    time: float
    mean: float
    all_busy: float


def moving(
    rate: Rate, service: float, servers: int, times: Sequence[float], *, most: int
) -> tuple[Looked, ...]:
    """M(t)/M/c from an empty start (Kolmogorov's forward equations).

    Args:
        rate: Arrivals at a time.
        service, servers: As of M/M/c.
        times: At which it is looked at, in order.
        most: States that are kept; the chance of more must be small.
    """
    leaving = service * np.minimum(np.arange(most + 1), servers)

    def slope(time: float, chances: Values) -> Values:
        coming = rate(time)
        flow = np.zeros_like(chances)
        flow[:-1] -= coming * chances[:-1]
        flow[1:] += coming * chances[:-1]
        flow -= leaving * chances
        flow[:-1] += leaving[1:] * chances[1:]
        return flow

    begin = np.zeros(most + 1)
    begin[0] = 1.0
    told = solve_ivp(
        slope, (0.0, times[-1]), begin, "LSODA", times, rtol=TOLERANCE, atol=TOLERANCE**1.2
    )
    number = np.arange(most + 1)
    return tuple(
        Looked(time, float(number @ one), float(one[servers:].sum()))
        for time, one in zip(times, told.y.T, strict=True)
    )


@dataclass(frozen=True)
class Shift:
    """Hours with so many servers."""

    start: float
    end: float
    servers: int


def dropping(
    rate: float, service: float, shifts: Sequence[Shift], times: Sequence[float], *, most: int
) -> tuple[tuple[float, float], ...]:
    """Mean busy and mean waiting where a shift ends: a server finishes its job, then leaves.

    Args:
        rate, service: As of M/M/c.
        shifts: One after another, from an empty start.
        times: At which it is looked at, in order; at the end of a shift just before it.
        most: Longest queue that is kept.

    Raises:
        DefinitionRefused: a time lies in no shift.
    """
    widest = max(one.servers for one in shifts)
    chances = np.zeros((widest + 1) * (most + 1))
    chances[0] = 1.0
    busy, queue = np.divmod(np.arange(len(chances)), most + 1)
    found = {}
    for shift in shifts:
        flow = _flow(rate, service, shift.servers, widest, most)
        at = shift.start
        for time in [one for one in times if shift.start < one <= shift.end]:
            chances = expm_multiply(flow * (time - at), chances)
            at = time
            found[time] = (float(busy @ chances), float(queue @ chances))
        chances = expm_multiply(flow * (shift.end - at), chances)
        chances = _started(chances, _servers_after(shifts, shift), widest, most)
    absent = [one for one in times if one not in found]
    if absent:
        raise DefinitionRefused(f"time {absent[0]} lies in no shift", expected="a time within one")
    return tuple(found[one] for one in times)


def _servers_after(shifts: Sequence[Shift], shift: Shift) -> int:
    later = [one for one in shifts if one.start >= shift.end]
    return later[0].servers if later else shift.servers


def _started(chances: Values, servers: int, widest: int, most: int) -> Values:
    """Those who wait start at once where a new shift has more servers than are busy."""
    table = chances.reshape(widest + 1, most + 1)
    found = np.zeros_like(table)
    for busy in range(widest + 1):
        for queue in range(most + 1):
            taken = min(max(0, servers - busy), queue)
            found[busy + taken, queue - taken] += table[busy, queue]
    return found.reshape(-1)


def _flow(rate: float, service: float, servers: int, widest: int, most: int) -> csr_matrix:
    """The transposed generator of states (busy, waiting) with so many servers due."""
    rows: list[int] = []
    columns: list[int] = []
    rates: list[float] = []

    def go(origin: tuple[int, int], to: tuple[int, int], speed: float) -> None:
        a = origin[0] * (most + 1) + origin[1]
        b = to[0] * (most + 1) + to[1]
        rows.extend((b, a))
        columns.extend((a, a))
        rates.extend((speed, -speed))

    for busy in range(widest + 1):
        for queue in range(most + 1):
            if busy < servers and queue == 0:
                go((busy, queue), (busy + 1, queue), rate)
            elif queue < most:
                go((busy, queue), (busy, queue + 1), rate)
            if busy and queue and busy <= servers:
                go((busy, queue), (busy, queue - 1), busy * service)
            elif busy:
                go((busy, queue), (busy - 1, queue), busy * service)
    size = (widest + 1) * (most + 1)
    return csr_matrix((rates, (rows, columns)), shape=(size, size))


def two_classes(
    rates: tuple[float, float], services: tuple[float, float], servers: int, *, most: int
) -> tuple[float, float, float]:
    """Two classes of different service before equal servers, nobody interrupted.

    Args:
        rates, services: Of the urgent class and the other.
        servers: How many there are.
        most: Longest queue of each class that is kept.

    Returns:
        The chance of waiting, and the mean wait of each class.
    """
    places: dict[tuple[int, int, int, int], int] = {}
    for one in range(servers + 1):
        for two in range(servers + 1 - one):
            full = one + two == servers
            for first in range(most + 1 if full else 1):
                for second in range(most + 1 if full else 1):
                    places[one, two, first, second] = len(places)
    chances = _balanced(places, lambda state: _moves(state, rates, services, servers, most))
    waiting = sum(chances[at] for state, at in places.items() if state[0] + state[1] == servers)
    first = sum(state[2] * chances[at] for state, at in places.items())
    second = sum(state[3] * chances[at] for state, at in places.items())
    return float(waiting), float(first / rates[0]), float(second / rates[1])


State = tuple[int, int, int, int]


def _moves(
    state: State,
    rates: tuple[float, float],
    services: tuple[float, float],
    servers: int,
    most: int,
) -> list[tuple[State, float]]:
    one, two, first, second = state
    found: list[tuple[State, float]] = []
    if one + two < servers:
        found += [((one + 1, two, 0, 0), rates[0]), ((one, two + 1, 0, 0), rates[1])]
    else:
        if first < most:
            found.append(((one, two, first + 1, second), rates[0]))
        if second < most:
            found.append(((one, two, first, second + 1), rates[1]))
    for busy, left, speed in (
        (one, (one - 1, two), one * services[0]),
        (two, (one, two - 1), two * services[1]),
    ):
        if busy:
            found.append((_next(left, first, second), speed))
    return found


def _next(left: tuple[int, int], first: int, second: int) -> State:
    """Who starts when a server becomes free."""
    if first:
        return left[0] + 1, left[1], first - 1, second
    if second:
        return left[0], left[1] + 1, first, second - 1
    return left[0], left[1], 0, 0


def _balanced(
    places: dict[State, int], moves: Callable[[State], list[tuple[State, float]]]
) -> Values:
    """The steady state of a chain."""
    rows: list[int] = []
    columns: list[int] = []
    speeds: list[float] = []
    for state, at in places.items():
        for to, speed in moves(state):
            rows += [places[to], at]
            columns += [at, at]
            speeds += [speed, -speed]
    size = len(places)
    flow = csr_matrix((speeds, (rows, columns)), shape=(size, size)).tolil()
    flow[0, :] = 1.0
    right = np.zeros(size)
    right[0] = 1.0
    return np.asarray(spsolve(flow.tocsc(), right))
