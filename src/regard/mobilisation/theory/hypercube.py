"""Which unit goes where: Larson's hypercube of units that stand apart (Larson 1974).

Every unit serves at one rate; a place has an order in which units are sent to it. What finds all
busy waits in one line, or is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regard.core.errors import DefinitionRefused
from regard.mobilisation.theory.waiting import steady

Values = NDArray[np.float64]
MOST_UNITS = 12  # 4,096 states


@dataclass(frozen=True)
class Sent:
    """The steady state of units that stand apart.

    Attributes:
        busy: The share of time in which each unit is busy.
        all_busy: The chance that no unit is free.
        shares: Of all calls, those that a unit goes to at once, shape (units, places).
    """

    busy: tuple[float, ...]
    all_busy: float
    shares: Values

    def away_from_home(self, home: Sequence[int]) -> float:
        """Of calls met at once, the share that another unit than the place's own goes to.

        Args:
            home: The own unit of each place.
        """
        own = sum(self.shares[unit, place] for place, unit in enumerate(home))
        return float(1 - own / self.shares.sum())


def hypercube(
    rates: Sequence[float],
    service: float,
    order: Sequence[Sequence[int]],
    *,
    line: bool = True,
) -> Sent:
    """The steady state of units that are sent by an order of preference.

    Args:
        rates: Calls of each place.
        service: Calls that one unit serves.
        order: Of each place, every unit from the one that is sent first.
        line: Whether calls wait where all are busy; otherwise they are lost.

    Raises:
        DefinitionRefused: an order that is none, too many units, or a queue that only grows.
    """
    units = len(order[0])
    if units > MOST_UNITS or any(sorted(one) != list(range(units)) for one in order):
        raise DefinitionRefused(
            f"places are served in the orders {list(map(list, order))}",
            expected=f"of each place every unit once, at most {MOST_UNITS}",
        )
    if line:
        steady(sum(rates) / service, units)
    states = 1 << units
    flow = np.zeros((states, states))
    for state in range(states):
        for unit in range(units):
            if state >> unit & 1:
                _go(flow, state, state & ~(1 << unit), service)
        if state != states - 1:
            for rate, preferred in zip(rates, order, strict=True):
                _go(flow, state, state | 1 << _first(state, preferred), rate)
    flow[0, :] = 1.0
    right = np.zeros(states)
    right[0] = 1.0
    chances = np.asarray(np.linalg.solve(flow, right), np.float64)
    if line:
        # Behind `all busy` stand those with 1, 2... who wait, each less likely by the load.
        used = sum(rates) / (service * units)
        queued = chances[-1] * used / (1 - used)
        chances[-1] += queued
        chances /= chances.sum()
    return _sent(chances, rates, order, units)


def _go(flow: Values, origin: int, to: int, speed: float) -> None:
    flow[to, origin] += speed
    flow[origin, origin] -= speed


def _first(state: int, preferred: Sequence[int]) -> int:
    return next(unit for unit in preferred if not state >> unit & 1)


def _sent(
    chances: Values, rates: Sequence[float], order: Sequence[Sequence[int]], units: int
) -> Sent:
    shares = np.zeros((units, len(rates)))
    for state, chance in enumerate(chances[:-1]):
        for place, preferred in enumerate(order):
            shares[_first(state, preferred), place] += chance * rates[place] / sum(rates)
    busy = tuple(
        float(sum(chance for state, chance in enumerate(chances) if state >> unit & 1))
        for unit in range(units)
    )
    return Sent(busy, float(chances[-1]), shares)
