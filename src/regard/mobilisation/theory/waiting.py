"""One queue of equal servers: Erlang's formulas, impatience, and one server of any service time.

Rates are per unit of time, whichever it is; `a` is the load in servers, rate over rate of service.
Sources: Erlang 1917; Palm 1957 (impatience); Pollaczek 1930 and Khinchine 1932.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from regard.core.errors import DefinitionRefused

ENOUGH = 1e-16  # a term of a series that changes nothing any more


def steady(load: float, servers: int) -> None:
    """Refuse a queue that only grows.

    Raises:
        DefinitionRefused: no servers, a load below 0, or as much load as servers.
    """
    if servers < 1 or not load >= 0:
        raise DefinitionRefused(
            f"{servers} servers and a load of {load}",
            expected="at least one server, a load from 0 up",
        )
    if load >= servers:
        raise DefinitionRefused(
            f"a load of {load:g} on {servers} servers: the queue only grows",
            expected="a load below the number of servers",
            next_step="ask for how long it can be borne, not for a mean",
        )


def erlang_b(servers: int, load: float) -> float:
    """The share of customers who find all servers busy where nobody may wait."""
    blocked = 1.0
    for one in range(1, servers + 1):
        blocked = load * blocked / (one + load * blocked)
    return blocked


def erlang_c(servers: int, load: float) -> float:
    """The chance of waiting in M/M/c.

    Raises:
        DefinitionRefused: the queue only grows.
    """
    steady(load, servers)
    blocked = erlang_b(servers, load)
    return blocked / (1 - load / servers * (1 - blocked))


@dataclass(frozen=True)
class Waiting:
    """A queue of equal servers in its steady state.

    Attributes:
        waits: The chance of waiting.
        mean: Mean wait of everybody, in units of time.
        queue: Mean number waiting.
        spare: The rate at which the queue would empty, servers' rate less arrivals.
    """

    waits: float
    mean: float
    queue: float
    spare: float

    def longer_than(self, time: float) -> float:
        """The chance of waiting longer than a time."""
        return self.waits * math.exp(-self.spare * time)


def mmc(rate: float, service: float, servers: int) -> Waiting:
    """M/M/c in its steady state.

    Args:
        rate: Arrivals.
        service: Customers that one server serves.
        servers: How many there are.

    Raises:
        DefinitionRefused: the queue only grows.
    """
    waits = erlang_c(servers, rate / service)
    spare = servers * service - rate
    return Waiting(waits, waits / spare, rate * waits / spare, spare)


@dataclass(frozen=True)
class Impatient:
    """M/M/c in which those who wait give up.

    Attributes:
        waits: The chance of waiting.
        leaves: The chance of giving up.
        mean: Mean wait of everybody.
    """

    waits: float
    leaves: float
    mean: float


def erlang_a(rate: float, service: float, servers: int, patience: float) -> Impatient:
    """M/M/c+M in its steady state.

    Args:
        rate, service, servers: As of `mmc`; any load is borne.
        patience: The rate at which one who waits gives up, above 0.

    Raises:
        DefinitionRefused: a rate that is not above 0, or no servers.
    """
    if min(rate, service, patience) <= 0 or servers < 1:
        raise DefinitionRefused(
            f"rates {rate}, {service} and {patience} on {servers} servers",
            expected="rates above 0 and at least one server",
        )
    # Weights against that of all busy and nobody waiting, downwards and upwards.
    below, one = 0.0, 1.0
    for busy in range(servers, 0, -1):
        one *= busy * service / rate
        below += one
        if one < ENOUGH * below:
            break
    above, queued, one, waiting = 1.0, 0.0, 1.0, 0
    while True:
        waiting += 1
        one *= rate / (servers * service + waiting * patience)
        above += one
        queued += waiting * one
        if one * waiting < ENOUGH * max(queued, 1.0):
            break
    whole = below + above
    queue = queued / whole
    return Impatient(above / whole, patience * queue / rate, queue / rate)


def mg1(rate: float, mean: float, spread: float) -> float:
    """Mean wait for one server of any service time (Pollaczek and Khinchine).

    Args:
        rate: Arrivals.
        mean: Mean service time.
        spread: Its standard deviation over its mean.

    Raises:
        DefinitionRefused: the queue only grows.
    """
    steady(rate * mean, 1)
    return rate * mean**2 * (1 + spread**2) / (2 * (1 - rate * mean))


def mg1_classes(
    rates: Sequence[float], means: Sequence[float], spreads: Sequence[float]
) -> tuple[float, ...]:
    """Mean waits of classes before one server, the first served first, nobody interrupted.

    Args:
        rates, means, spreads: A number a class, as of `mg1`.

    Raises:
        DefinitionRefused: the queue only grows, or the numbers are not as many.
    """
    if not len(rates) == len(means) == len(spreads):
        raise DefinitionRefused(
            f"{len(rates)} rates, {len(means)} means and {len(spreads)} spreads",
            expected="one of each a class",
        )
    loads = [rate * mean for rate, mean in zip(rates, means, strict=True)]
    steady(math.fsum(loads), 1)
    left = math.fsum(
        rate * mean**2 * (1 + spread**2) / 2
        for rate, mean, spread in zip(rates, means, spreads, strict=True)
    )
    before = [math.fsum(loads[:place]) for place in range(len(loads) + 1)]
    return tuple(left / ((1 - a) * (1 - b)) for a, b in zip(before, before[1:], strict=False))


def travel(area: float, free: float, *, factor: float = 0.5) -> float:
    """The mean distance to the nearest of free units that stand anywhere.

    Args:
        area: Of the district, in squares of a length.
        free: Units that are free.
        factor: 0.5 where units move straight, 0.627 along a grid (Larson and Odoni 1981, Urban
            Operations Research, section 5.8).

    Returns:
        A length.

    Raises:
        DefinitionRefused: no area or nobody free.
    """
    if area <= 0 or free <= 0:
        raise DefinitionRefused(f"{free} units free in an area of {area}", expected="both above 0")
    return factor * math.sqrt(area / free)
