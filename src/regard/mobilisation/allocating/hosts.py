"""Which PSUs go to which host on each shift: those that are there stay, the others travel least."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regard.mobilisation.allocating.problem import SHIFTS, Counts, Problem
from regard.mobilisation.allocating.rows import FREE, Row, program_of
from regard.mobilisation.allocating.solving import Asked


def hosts_of(problem: Problem, on_ground: Counts) -> Counts:
    """PSUs of each force at each host on each shift.

    Shift by shift a transport problem, whose matrix is totally unimodular: whole numbers come by
    themselves. PSUs that were at a host on the same shift of the day before may stay for nothing;
    others count the hours of their travel. What cannot be met is missed by hosts in proportion
    to what they ask for.

    Args:
        problem: Who asks whom.
        on_ground: PSUs on the ground, shape (forces, days, shifts).

    Returns:
        PSUs, shape (hosts, forces, days, shifts). PSUs beyond what is asked for are at no host.
    """
    hosts = len(problem.demand.hosts)
    sent = np.zeros((hosts, *on_ground.shape), dtype=np.int64)
    travel = np.array([one.travel for one in problem.forces])
    for shift in range(len(SHIFTS)):
        before = np.zeros((len(problem.forces), hosts), dtype=np.int64)
        for day in range(problem.days):
            supply = on_ground[:, day, shift]
            asked = met_of(problem.demand.table[:, day, shift], int(supply.sum()))
            before = _transported(supply, asked, before, travel)
            sent[:, :, day, shift] = before.T
    return sent


def met_of(asked: Counts, supply: int) -> Counts:
    """What each host gets of so many PSUs: all it asks for, or its share by largest remainder."""
    whole = int(asked.sum())
    if supply >= whole:
        return asked
    shares = asked * supply / whole
    given = np.floor(shares).astype(np.int64)
    order = np.argsort(given - shares, kind="stable")
    given[order[: supply - int(given.sum())]] += 1
    return given


def _transported(
    supply: Counts, asked: Counts, before: Counts, travel: NDArray[np.float64]
) -> Counts:
    """PSUs of each force at each host, shape (forces, hosts), at the least hours of travel."""
    senders, takers = np.flatnonzero(supply), np.flatnonzero(asked)
    if not len(senders) or not len(takers):
        return np.zeros_like(before)
    block = np.ix_(senders, takers)
    pairs = len(senders) * len(takers)
    place = np.arange(pairs).reshape(len(senders), len(takers))
    both = (place, place + pairs)  # who stays, then who travels
    rows: list[Row] = []
    for row, sender in enumerate(senders):
        columns = [int(one) for part in both for one in part[row]]
        rows.append((columns, [1.0] * len(columns), 0.0, float(supply[sender])))
    for column, taker in enumerate(takers):
        columns = [int(one) for part in both for one in part[:, column]]
        rows.append((columns, [1.0] * len(columns), float(asked[taker]), float(asked[taker])))
    cost = np.concatenate([np.zeros(pairs), travel[block].ravel()])
    upper = np.concatenate([before[block].ravel().astype(np.float64), np.full(pairs, FREE)])
    whole = np.zeros(2 * pairs, dtype=np.bool_)
    found = Asked(program_of(cost, upper, whole, rows), whole=False).answer()
    assert found is not None  # no more is asked for than is there
    table = np.zeros_like(before)
    moved = np.rint(found.values[:pairs] + found.values[pairs:]).astype(np.int64)
    table[block] = moved.reshape(len(senders), len(takers))
    return table


def legs_of(sent: Counts) -> tuple[Counts, Counts]:
    """PSUs that set out for a host and that leave it, by force.

    Args:
        sent: PSUs, shape (hosts, forces, days, shifts).

    Returns:
        Legs out and back, each of shape (hosts, forces). Who moves between hosts sets out anew.
    """
    nobody = np.zeros_like(sent[:, :, :1])
    steps = np.diff(np.concatenate([nobody, sent, nobody], axis=2), axis=2)
    out = np.maximum(steps, 0).sum(axis=(2, 3))
    back = np.maximum(-steps, 0).sum(axis=(2, 3))
    return np.asarray(out), np.asarray(back)
