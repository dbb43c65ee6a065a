"""The response engine's model in other people's packages, to set waits and speeds beside ours.

    python -m bench.peers_response simpy FILE     CPU seconds of SimPy on the trace in a file
    python -m bench.peers_response ciw FILE       the same of Ciw

The packages stand in `.venv-oracles` alone; `bench.mobilisation_response` starts this module there.
At one instant the hour turns first, then units clear, then incidents arise, as in ours.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

HOUR = 60.0
FIRST, LATER = 0, 2  # priorities of events of one instant: hours, then what clears (1), then calls
EVER = 1e12  # minutes that no run reaches


class Passing:
    """A trace on its way through SimPy's units."""

    def __init__(self, at: Sequence[float], grade: Sequence[int], minutes: Sequence[float],
                 capacity: Sequence[int], needs: Sequence[int] | None = None) -> None:  # fmt: skip
        from simpy import Environment, PriorityResource

        self.at, self.grade, self.minutes = at, grade, minutes
        self.capacity, self.needs = capacity, needs
        self.waits = [math.nan] * len(at)
        self.env = Environment()
        self.units = PriorityResource(self.env, capacity=max(1, *capacity))

    def incident(self, one: int) -> Any:
        """One incident asks for a unit, is answered and lets it go."""
        with self.units.request(priority=self.grade[one]) as request:
            yield request
            if math.isnan(self.waits[one]):
                self.waits[one] = self.env.now - self.at[one]
            yield self.env.timeout(self.minutes[one])

    def call(self, one: int) -> None:
        """An incident arises and asks for each unit it needs."""
        for _ in range(1 if self.needs is None else self.needs[one]):
            self.env.process(self.incident(one))

    def calls(self) -> Any:
        """Incidents arise, after all that happens at the same instant."""
        env = self.env
        for one, minute in enumerate(self.at):
            if minute > env.now:
                due = env.event()
                due._ok, due._value = True, None
                env.schedule(due, LATER, minute - env.now)
                yield due
            self.call(one)

    def mutate(self) -> Any:
        """Each hour sets the number of units, and lets all start that may."""
        for hour, units in enumerate(self.capacity):
            if hour:
                due = self.env.event()
                due._ok, due._value = True, None
                self.env.schedule(due, FIRST, HOUR * hour - self.env.now)
                yield due
            self.units._capacity = units
            waiting = -1
            while len(self.units.put_queue) != waiting:  # one call starts one job alone
                waiting = len(self.units.put_queue)
                self.units._trigger_put(None)

    def end(self) -> list[float]:
        """Run to the last hour; gives the waits."""
        env = self.env
        env.process(self.mutate())
        env.process(self.calls())
        env.run(until=HOUR * len(self.capacity))
        return self.waits


def with_simpy(
    at: Sequence[float],
    grade: Sequence[int],
    minutes: Sequence[float],
    capacity: Sequence[int],
    needs: Sequence[int] | None = None,
) -> list[float]:
    """Waits of every incident as SimPy has them; not a number where none was answered.

    Minutes must be such that their sums are exact, as multiples of 1/1024 are.
    """
    return Passing(at, grade, minutes, capacity, needs).end()


def with_ciw(
    at: Sequence[float], grade: Sequence[int], minutes: Sequence[float], capacity: Sequence[int]
) -> int:
    """Let Ciw take the same incidents through its own schedule; gives how many it finished.

    Its schedule adds a whole new set of servers at each boundary while busy ones finish, so its
    waits are those of another model: it is measured for speed alone.
    """
    import ciw

    arrivals, services = {}, {}
    grades = sorted(set(grade))
    for one in grades:
        times = np.array([a for a, g in zip(at, grade, strict=True) if g == one])
        steps = np.diff(np.concatenate(([0.0], times))).tolist()
        arrivals[f"Class {one}"] = [ciw.dists.Sequential([*steps, EVER])]
        lengths = [m for m, g in zip(minutes, grade, strict=True) if g == one]
        services[f"Class {one}"] = [ciw.dists.Sequential(lengths)]
    network = ciw.create_network(
        arrival_distributions=arrivals,
        service_distributions=services,
        priority_classes={f"Class {one}": place for place, one in enumerate(grades)},
        number_of_servers=[
            ciw.Schedule(
                numbers_of_servers=list(capacity),
                shift_end_dates=[HOUR * (hour + 1) for hour in range(len(capacity))],
            )
        ],
    )
    run = ciw.Simulation(network)
    run.simulate_until_max_time(HOUR * len(capacity))
    return len(run.get_all_records())


PEERS = {"simpy": with_simpy, "ciw": with_ciw}


def main(peer: str, file: str) -> int:
    """Measure one peer on the trace of a file, and say so."""
    with np.load(Path(file)) as held:
        told = [held[name].tolist() for name in ("at", "grade", "minutes", "capacity")]
    start = time.process_time()
    PEERS[peer](*told)
    sys.stdout.write(json.dumps({"seconds": time.process_time() - start}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
