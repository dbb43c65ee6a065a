"""The event loop of `ruled_loop` in plain Python: slow, short, and the same waits to the last bit.

Each unit that an incident still needs is one job in the line of its grade; each unit that is
busy is one row of a list. Nothing is clever here, so that it can prove what is.
"""

from __future__ import annotations

import math
from bisect import insort
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from regard.mobilisation.response.model import HANDOVER, HOUR, Rules
from regard.mobilisation.response.traces import Trace, Wholes


class Job(NamedTuple):
    """A unit's work at an incident; what was laid down goes before what stands in line."""

    incident: int
    in_line: bool
    minutes: float
    travel: float


@dataclass(frozen=True)
class Unit:
    """A busy unit: at which incident, since when, when there, when clear."""

    incident: int
    began: float
    there: float
    clear: float


class Force:
    """The units and lines of one force while a trace passes."""

    def __init__(self, trace: Trace, rules: Rules, grades: int) -> None:
        self.rules = rules
        self.at, self.grade = trace.at.tolist(), trace.grade.tolist()
        self.minutes, self.needs = trace.minutes.tolist(), trace.units.tolist()
        self.travel = np.minimum(trace.travel, trace.minutes).tolist()
        self.leaves = (trace.at + trace.patience).tolist()
        self.waits = [math.nan] * len(trace)
        self.left = [False] * len(trace)
        self.sent: set[int] = set()  # incidents to which a unit was ever sent
        self.lines: list[list[Job]] = [[] for _ in range(grades)]
        self.out: list[Unit] = []

    def arise(self, one: int, units: int) -> None:
        """An incident arises while there are so many units."""
        now = self.at[one]
        for _ in range(self.needs[one]):
            insort(self.lines[self.grade[one]], self._whole(one, in_line=True))
        self.start(units, now)
        if self.rules.divert and self.grade[one] == 0 and math.isnan(self.waits[one]):
            self._divert(one, now)

    def _whole(self, one: int, *, in_line: bool) -> Job:
        return Job(one, in_line, self.minutes[one], self.travel[one])

    def start(self, units: int, now: float) -> None:
        """Start all that so many units may start."""
        self.let_go(now)
        while (line := self._next(units - len(self.out))) is not None:
            self._send(line.pop(0), now)

    def _next(self, idle: int) -> list[Job] | None:
        for grade, line in enumerate(self.lines):
            if line and idle > (self.rules.reserve if grade else 0):
                return line
        return None

    def _send(self, job: Job, now: float) -> None:
        one = job.incident
        self.out.append(Unit(one, now, now + job.travel, now + job.minutes))
        self.sent.add(one)
        if math.isnan(self.waits[one]):
            self.waits[one] = now - self.at[one]

    def let_go(self, now: float) -> None:
        """Let those leave whose patience is over and to whom no unit was ever sent."""
        for grade, line in enumerate(self.lines):
            gone = {
                job.incident
                for job in line
                if self.leaves[job.incident] <= now and job.incident not in self.sent
            }
            for one in gone:
                self.left[one] = True
                self.waits[one] = self.leaves[one] - self.at[one]
            self.lines[grade] = [job for job in line if job.incident not in gone]

    def clear(self) -> float:
        """The minute at which the next unit clears; infinite if none is busy."""
        return min((unit.clear for unit in self.out), default=math.inf)

    def free(self, now: float) -> None:
        """One unit that clears now is free."""
        self.out.remove(next(unit for unit in self.out if unit.clear == now))

    def _divert(self, one: int, now: float) -> None:
        under_way = [
            unit for unit in self.out if self.grade[unit.incident] > 0 and unit.there > now
        ]
        if under_way:
            self._call_back(
                max(under_way, key=lambda it: (self.grade[it.incident], it.began, it.incident)), now
            )
            job = next(job for job in self.lines[0] if job.incident == one)
            self.lines[0].remove(job)
            self._send(job, now)

    def hand_over(self, units: int, now: float) -> None:
        """Those who are more than so many lay their work down; the finished clear first."""
        if len(self.out) > units:
            self.out = [unit for unit in self.out if unit.clear > now]
        while len(self.out) > units:
            self._call_back(
                max(self.out, key=lambda it: (self.grade[it.incident], it.clear, it.incident)), now
            )

    def _call_back(self, unit: Unit, now: float) -> None:
        one = unit.incident
        self.out.remove(unit)
        line = self.lines[self.grade[one]]
        if unit.there <= now:
            insort(line, Job(one, False, unit.clear - now, 0.0))
            return
        insort(line, self._whole(one, in_line=False))
        others = any(other.incident == one for other in self.out)
        if not others and unit.began - self.at[one] == self.waits[one]:
            self.waits[one] = math.nan

    def waiting(self) -> list[int]:
        """How many incidents of each grade wait for their first unit."""
        return [
            len({job.incident for job in line if math.isnan(self.waits[job.incident])})
            for line in self.lines
        ]


def plain_ruled(
    trace: Trace, capacity: Wholes, *, rules: Rules, grades: int
) -> tuple[list[float], list[bool], list[list[int]], list[int]]:
    """Send units to incidents by every rule.

    Returns:
        Minutes from arising to a unit being sent or the incident leaving, not a number where
        neither came; which left; how many wait at the end of each hour by grade; how many units
        are busy then.
    """
    force, arrived, waiting, busy = Force(trace, rules, grades), 0, [], []
    for hour, units in enumerate(capacity.tolist()):
        now, end = HOUR * hour, HOUR * (hour + 1)
        if rules.shift_end == HANDOVER:
            force.hand_over(units, now)
        force.start(units, now)
        while True:
            clear = force.clear()
            come = force.at[arrived] if arrived < len(trace) else math.inf
            if min(clear, come) >= end:
                break
            if clear <= come:
                force.free(clear)
                force.start(units, clear)
            else:
                force.arise(arrived, units)
                arrived += 1
        force.let_go(end)
        waiting.append(force.waiting())
        busy.append(len(force.out))
    return force.waits, force.left, waiting, busy
