"""Draws of when everyone on a roll stands ready, from random numbers that have a name.

A draw is one call: what is uncertain for all alike, such as the recall share, is drawn once for
the call, and everyone then for himself. Person 12 of group 3 meets the same luck in every
scenario of the same seed and number of draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from regard.kernels.keyed import key, normals, uniforms
from regard.mobilisation.muster.places import Counts
from regard.mobilisation.muster.rolls import (
    DUE_LATER,
    ON_DUTY,
    PROTECTED,
    Assumptions,
    Between,
    Delay,
    Fleet,
    Group,
)

Hours: TypeAlias = NDArray[np.float64]

# Streams of random numbers: what is common to a call, the carriers, then one a group.
COMMON, CARRIERS, FIRST_GROUP = 0, 1, 2
PRESENT, COMING, LEAVING, KITTING, FORMING = range(5)


@dataclass(frozen=True, eq=False)
class Common:
    """What is the same for everyone in a draw, each of shape (draws,), shares from 0 to 1."""

    releasable: Hours
    reachable: Hours
    abstraction: Hours


def common(assumptions: Assumptions, *, draws: int, seed: int) -> Common:
    """What is drawn once for each call.

    Args:
        assumptions: The ranges.
        draws: How many calls.
        seed: Of the run.
    """
    drawn = [
        triangular(one, uniforms(key(seed, COMMON, place), draws))
        for place, one in enumerate(
            (assumptions.releasable, assumptions.reachable, assumptions.abstraction)
        )
    ]
    return Common(*drawn)


def triangular(between: Between, uniform: Hours) -> Hours:
    """Numbers of a triangle, from numbers between 0 and 1, in the unit of its ends."""
    low, likely, high = between.low, between.likely, between.high
    if low == high:
        return np.full_like(uniform, low)
    width = high - low
    rising = low + np.sqrt(uniform * width * (likely - low))
    falling = high - np.sqrt((1 - uniform) * width * (high - likely))
    return np.asarray(np.where(uniform * width < likely - low, rising, falling))


def ready_hours(
    group: Group, place: int, assumptions: Assumptions, drawn: Common, *, seed: int
) -> Hours:
    """Hours from the call until each of a group stands formed up; infinite where never.

    Args:
        group: The people.
        place: Their place on the roll, which names their random numbers.
        assumptions: The delays.
        drawn: What is common to each call.
        seed: Of the run.

    Returns:
        Shape (people, draws).
    """
    draws = len(drawn.releasable)
    shape = (group.count, draws)
    if group.state == PROTECTED or not group.in_date or not group.count:
        return np.full(shape, np.inf)

    def of(use: int) -> Hours:
        named = key(seed, FIRST_GROUP + place, use)
        return uniforms(named, group.count * draws).reshape(shape)

    def delayed(delay: Delay, use: int) -> Hours:
        drawn = normals(key(seed, FIRST_GROUP + place, use), group.count * draws)
        return np.asarray(delay.median * np.exp(delay.spread * drawn.reshape(shape)))

    present = of(PRESENT) >= np.clip(group.abstracted + drawn.abstraction, 0, 1)
    if group.state == DUE_LATER:
        assert group.hours is not None  # a group that is due later has them
        start = np.full(shape, group.hours)
    elif group.state == ON_DUTY:
        present &= of(COMING) < drawn.releasable
        start = delayed(assumptions.release, LEAVING)
    else:
        present &= of(COMING) < drawn.reachable
        start = np.maximum(delayed(assumptions.call_out, LEAVING), _rest(group, assumptions))
    ready = start + delayed(assumptions.kit, KITTING) + delayed(assumptions.form_up, FORMING)
    return np.asarray(np.where(present, ready, np.inf))


def _rest(group: Group, assumptions: Assumptions) -> float:
    """Hours of rest still owed at the call."""
    return 0.0 if group.hours is None else max(0.0, assumptions.rest_hours - group.hours)


def ready_by(hours: Hours, edges: Sequence[float]) -> Counts:
    """How many stand ready by each of some hours.

    Args:
        hours: When each does, shape (people, draws).
        edges: Hours in order.

    Returns:
        People, shape (draws, edges).
    """
    draws = hours.shape[1]
    late = np.searchsorted(np.asarray(edges), hours, side="left")
    slots = late + np.arange(draws) * (len(edges) + 1)
    counted = np.bincount(slots.ravel(), minlength=draws * (len(edges) + 1))
    return np.cumsum(counted.reshape(draws, len(edges) + 1)[:, :-1], axis=1)


def carriers(fleet: Fleet, *, draws: int, seed: int) -> Counts:
    """Carriers on the road in each draw, shape (draws,): at the call, and so at every hour."""
    luck = uniforms(key(seed, CARRIERS), fleet.count * draws).reshape(fleet.count, draws)
    return np.asarray((luck >= fleet.off_road).sum(axis=0))
