"""Classes before equal servers: who is more urgent is served first.

Cobham 1954 and Davis 1966 (nobody interrupted, one service rate); tails by the transform of the
wait, inverted after Abate and Whitt 1995 (Euler summation).
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Sequence

from regard.mobilisation.theory.waiting import erlang_c, steady

TERMS, WEIGHTED = 40, 14  # of the alternating series, and of its binomial average
DAMPED = 18.4  # leaves an error of discretisation of about 1e-8

Transform = Callable[[complex], complex]


def waits(rates: Sequence[float], service: float, servers: int) -> tuple[float, ...]:
    """Mean waits of classes, the first served first, nobody interrupted.

    Args:
        rates: Arrivals of each class.
        service: Customers that one server serves, of any class.
        servers: How many there are.

    Raises:
        DefinitionRefused: the queue only grows.
    """
    all_rates = math.fsum(rates)
    base = erlang_c(servers, all_rates / service) / (servers * service)
    used = [math.fsum(rates[:place]) / (servers * service) for place in range(len(rates) + 1)]
    return tuple(base / ((1 - a) * (1 - b)) for a, b in zip(used, used[1:], strict=False))


def longer_than(
    time: float, rates: Sequence[float], service: float, servers: int, place: int
) -> float:
    """The chance that one of a class waits longer than a time, nobody interrupted.

    Args:
        time: Above 0.
        rates, service, servers: As of `waits`.
        place: Of the class, from 0.

    Raises:
        DefinitionRefused: the queue only grows.
    """
    chance = erlang_c(servers, math.fsum(rates) / service)
    first, whole = math.fsum(rates[:place]), servers * service
    if place == 0:
        return chance * math.exp(-(whole - rates[0]) * time)
    used = math.fsum(rates[: place + 1]) / whole

    def beyond(s: complex) -> complex:
        both = s + first + whole
        # Written so that nothing is lost where hardly anybody is more urgent.
        busy = 2 * whole / (both + cmath.sqrt(both * both - 4 * first * whole))
        return (1 - (1 - used) * busy / (1 - used * busy)) / s

    return chance * inverted(beyond, time)


def stays(rates: Sequence[float], service: float, servers: int) -> tuple[float, ...]:
    """Mean times in the system of classes where the more urgent interrupts and is resumed after.

    Args:
        rates, service, servers: As of `waits`.

    Raises:
        DefinitionRefused: the queue only grows.
    """
    steady(math.fsum(rates) / service, servers)

    def stay(rate: float) -> float:
        if rate == 0:
            return 1 / service
        return erlang_c(servers, rate / service) / (servers * service - rate) + 1 / service

    found = []
    for place, rate in enumerate(rates):
        before = math.fsum(rates[:place])
        both = before + rate
        found.append((both * stay(both) - before * stay(before)) / rate)
    return tuple(found)


def inverted(transform: Transform, time: float) -> float:
    """The function of which a Laplace transform is given, at a time above 0."""
    half = math.exp(DAMPED / 2) / (2 * time)

    def term(k: int) -> float:
        return transform(complex(DAMPED, 2 * k * math.pi) / (2 * time)).real

    total = half * term(0)
    partial = []
    for k in range(1, TERMS + WEIGHTED + 1):
        total += 2 * half * (-1) ** k * term(k)
        if k >= TERMS:
            partial.append(total)
    weights = [math.comb(WEIGHTED, k) / 2**WEIGHTED for k in range(WEIGHTED + 1)]
    return math.fsum(w * one for w, one in zip(weights, partial, strict=True))
