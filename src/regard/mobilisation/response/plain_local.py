"""The event loop of `local_loop` in plain Python: the same waits and helpers to the last bit."""

from __future__ import annotations

import math
from collections import deque
from heapq import heappop, heappush

from regard.mobilisation.response.model import HOUR
from regard.mobilisation.response.traces import Reals, Trace, Wholes


class Neighbours:
    """Areas of a force with their units and lines while a trace passes."""

    def __init__(self, trace: Trace, help_after: Reals, journey: Reals) -> None:
        self.at, self.grade = trace.at.tolist(), trace.grade.tolist()
        self.area, self.minutes = trace.area.tolist(), trace.minutes.tolist()
        self.help_after, self.journey = help_after.tolist(), journey.tolist()
        many = range(len(self.journey))
        self.lines: list[list[deque[int]]] = [[deque() for _ in self.help_after] for _ in many]
        self.busy = [0 for _ in many]
        self.out_of = [self._near([self.journey[one][to] for to in many], one) for one in many]
        self.to = [self._near([self.journey[of][one] for of in many], one) for one in many]
        self.clears: list[tuple[float, int]] = []
        self.dues: list[tuple[float, int, int]] = []  # minute, grade, incident
        self.waits = [math.nan] * len(trace)
        self.helper = [-1] * len(trace)

    @staticmethod
    def _near(minutes: list[float], area: int) -> list[int]:
        others = [one for one, more in enumerate(minutes) if one != area and more < math.inf]
        return sorted(others, key=lambda one: minutes[one])

    def send(self, one: int, sender: int, now: float) -> None:
        """Send a unit of an area to an incident."""
        self.waits[one], self.helper[one] = now - self.at[one], sender
        self.busy[sender] += 1
        more = self.journey[sender][self.area[one]]
        heappush(self.clears, (now + (self.minutes[one] + more), sender))

    def arise(self, one: int, units: list[int]) -> None:
        """An incident arises."""
        area, grade, now = self.area[one], self.grade[one], self.at[one]
        at_once = [area, *(self.to[area] if self.help_after[grade] == 0 else ())]
        idle = [other for other in at_once if self.busy[other] < units[other]]
        if idle:
            self.send(one, idle[0], now)
            return
        self.lines[area][grade].append(one)
        if 0 < self.help_after[grade] < math.inf:
            heappush(self.dues, (now + self.help_after[grade], grade, one))

    def fall_due(self, units: list[int]) -> None:
        """Help falls due for an incident, if it still waits."""
        now, grade, one = heappop(self.dues)
        line = self.lines[self.area[one]][grade]
        idle = [other for other in self.to[self.area[one]] if self.busy[other] < units[other]]
        if idle and one in line:
            line.remove(one)
            self.send(one, idle[0], now)

    def serve(self, sender: int, now: float) -> bool:
        """Send an idle unit of an area to what comes next; whether anything does."""
        for grade, help_after in enumerate(self.help_after):
            own = self.lines[sender][grade]
            others = (self.lines[other][grade] for other in self.out_of[sender])
            ripe = (line for line in others if line and self.at[line[0]] + help_after <= now)
            line = own or next(ripe, own)
            if line:
                self.send(line.popleft(), sender, now)
                return True
        return False

    def free(self, units: list[int]) -> None:
        """The unit that clears first is free, and serves what comes next if it stays."""
        now, area = heappop(self.clears)
        self.busy[area] -= 1
        if self.busy[area] < units[area]:
            self.serve(area, now)

    def turn(self, units: list[int], now: float) -> None:
        """Start what the units of a new hour may start, area by area."""
        for area, count in enumerate(units):
            while self.busy[area] < count and self.serve(area, now):
                pass


def plain_local(
    trace: Trace, capacity: Wholes, *, help_after: Reals, journey: Reals
) -> tuple[list[float], list[int], list[list[list[int]]], list[list[int]]]:
    """Send units of areas to incidents of their own and of others.

    Args:
        trace: The incidents.
        capacity: Units in each hour, shape (hours, areas).
        help_after: Minutes by grade, infinite for never.
        journey: Minutes more of a unit of one area (row) in another; infinite for never.

    Returns:
        Minutes to a unit being sent, not a number where none was; the area it was of, -1 for
        none; how many wait at the end of each hour by area and grade; how many units are busy
        then by area.
    """
    force, arrived, waiting, busy = Neighbours(trace, help_after, journey), 0, [], []
    for hour, units in enumerate(capacity.tolist()):
        end = HOUR * (hour + 1)
        force.turn(units, HOUR * hour)
        while True:
            clear = force.clears[0][0] if force.clears else math.inf
            due = force.dues[0][0] if force.dues else math.inf
            come = force.at[arrived] if arrived < len(trace) else math.inf
            if min(clear, due, come) >= end:
                break
            if clear <= due and clear <= come:
                force.free(units)
            elif due <= come:
                force.fall_due(units)
            else:
                force.arise(arrived, units)
                arrived += 1
        waiting.append([[len(line) for line in lines] for lines in force.lines])
        busy.append(list(force.busy))
    return force.waits, force.helper, waiting, busy
