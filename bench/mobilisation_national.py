"""A national demand that was generated: 43 forces that do not exist, sharing 431 PSUs.

Names, places, PSUs, curves and demands are drawn from a declared seed. Nothing in it is any
force's own.
"""

from __future__ import annotations

import math

import numpy as np

from regard.kernels.keyed import key, uniforms
from regard.mobilisation.allocating import Demand, Force, Problem, Rules

SEED = 20240807
FORCES, REGIONS, COHORTS, PEAK = 43, 10, 431, 160
HOSTS = ("generated host north", "generated host middle", "generated host south")
PLACES = ((0.3, 0.8), (0.5, 0.5), (0.7, 0.2))  # of the hosts, in a country of 1 by 1
ACROSS = 6.0  # hours to drive from one end of the country to the other
SHARES = (0.45, 0.35, 0.20)  # of the demand that each host asks for
BY_DAY = 0.6  # of a day's PSUs that are needed on the day shift
SIZES, PLACED, STEEP, CURVED, AVAILABLE, CURRENT = range(6)  # streams of random numbers


def national(days: int, *, forces: int = FORCES, peak: int = PEAK, seed: int = SEED) -> Problem:
    """A generated demand of some days, with every row of the formulation.

    Args:
        days: Of the demand.
        forces: How many share it; fewer for a small case, with PSUs in proportion.
        peak: PSUs on the ground on the worst day.
        seed: Of the draws.
    """

    def drawn(use: int, count: int = forces) -> np.ndarray:
        return uniforms(key(seed, use), count)

    cohorts = _cohorts(drawn(SIZES), round(COHORTS * forces / FORCES))
    at = drawn(PLACED, 2 * forces).reshape(2, forces)
    quiet = drawn(AVAILABLE)
    shared = [
        Force(
            name=f"generated force {place + 1:02d}",
            region=f"generated region {place % min(REGIONS, forces) + 1:02d}",
            cohorts=int(count),
            costs=_costs(int(count), steep, bent, 1.0),
            low=_costs(int(count), steep, bent, 0.8 + 0.1 * ends),
            high=_costs(int(count), steep, bent, 1.1 + 0.3 * ends),
            travel=tuple(
                round(0.5 + ACROSS * math.hypot(x - at[0, place], y - at[1, place]), 1)
                for x, y in PLACES
            ),
            released=_released(int(count)),
            unavailable=_unavailable(float(quiet[place]), days),
            drivers=3 * int(count) - int(count) // 3,
            commanders=1 + int(count) // 3,
        )
        for place, (count, steep, bent, ends) in enumerate(
            zip(cohorts, drawn(STEEP), drawn(CURVED), drawn(CURRENT), strict=True)
        )
    ]
    return Problem(
        tuple(shared), _demand(days, peak), Rules(equity=0.6, commanded=3), generated=True
    )


def _cohorts(drawn: np.ndarray, whole: int) -> np.ndarray:
    """PSUs of each force, 4 or more, that add up to a whole."""
    shares = 0.3 + drawn**3
    counts = np.maximum(4, np.floor(whole * shares / shares.sum())).astype(np.int64)
    order = np.argsort(-shares, kind="stable")
    short = whole - int(counts.sum())
    for step in range(abs(short)):
        counts[order[step % len(order)]] += 1 if short > 0 else -1
    return counts


def _costs(cohorts: int, steep: float, bent: float, scale: float) -> tuple[float, ...]:
    """Extra late incidents in a day with 0, 1, ... PSUs away: slowly at first, then fast."""
    power = 1.6 + 1.4 * bent
    height = 15 + 45 * steep
    return tuple(
        round(scale * height * (count / cohorts) ** power, 4) for count in range(cohorts + 1)
    )


def _released(cohorts: int) -> tuple[int, ...]:
    """PSUs raised by each of 24 hours: a tenth by 2, two fifths by 4, three fifths by 8."""
    hours = np.arange(1, 25)
    share = np.interp(hours, (0, 2, 4, 8, 24), (0, 0.1, 0.4, 0.6, 0.9))
    return tuple(int(one) for one in np.floor(share * cohorts + 1e-9))


def _unavailable(drawn: float, days: int) -> tuple[int, ...]:
    """One force in six has disorder of its own for two days."""
    if drawn * 6 >= 1:
        return ()
    first = int(drawn * 6 * max(1, days - 2))
    return (first, first + 1)


def _demand(days: int, peak: int) -> Demand:
    """A demand that rises over two days, stands for half of the time and falls away."""
    heights = np.interp(
        np.arange(days), (0, 2, max(3, days / 2), max(4, days - 1)), (0.5, 1.0, 1.0, 0.25)
    )
    needed = []
    for share in SHARES:
        day = np.floor(heights * peak * share * BY_DAY + 0.5).astype(int)
        night = np.floor(heights * peak * share * (1 - BY_DAY) + 0.5).astype(int)
        needed.append(tuple((int(a), int(b)) for a, b in zip(day, night, strict=True)))
    by_hour = tuple(
        int(np.interp(hour, (2, 8, 24), (0, 0.25, 0.5)) * peak) for hour in range(1, 25)
    )
    return Demand(HOSTS, tuple(needed), by_hour)
