"""Sums over incidents that add up to the same whatever the order in which they are added.

Waits are summed in whole milliseconds: whole numbers add up exactly, so that one worker and two,
in any order, give the same bytes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from regard.core.errors import NotComparable
from regard.kernels.compiling import compiled
from regard.mobilisation.response.model import HOUR, WEEK
from regard.mobilisation.response.outcomes import Outcome
from regard.mobilisation.response.traces import Reals, Trace, Wholes

COUNT, WAIT, LATE, LEFT, WAITING, LONGEST = range(6)  # what is kept of incidents
SUMS = 5  # those of them that are added; the last is the greatest
MILLISECONDS = 60_000  # a minute


@compiled
def tally_incidents(
    at: Reals, grade: Wholes, travel: Reals, waits: Reals, left: Wholes, within: Reals,
    end: float, cells: Wholes,
) -> None:  # fmt: skip
    """Add incidents up by hour and grade.

    An incident is late where its wait and the journey come to more than `within` minutes; one
    that left, by the wait until then; one that still waits, by the wait to the end.

    Args:
        at: Minutes at which incidents arose.
        grade: Their grades.
        travel: Minutes of the journey.
        waits: Minutes waited; not a number where they still wait.
        left: 1 where they left.
        within: Minutes within which each grade should be answered.
        end: Minutes from hour 0 to the end.
        cells: Takes the sums, shape (hours, grades, 6).
    """
    for one in range(at.shape[0]):
        still = math.isnan(waits[one])
        wait = end - at[one] if still else waits[one]
        cell = cells[int(at[one] / HOUR), grade[one]]
        whole = int(wait * MILLISECONDS + 0.5)
        cell[COUNT] += 1
        cell[WAIT] += whole
        cell[LATE] += 1 if wait + travel[one] > within[grade[one]] else 0
        cell[LEFT] += left[one]
        cell[WAITING] += 1 if still else 0
        cell[LONGEST] = max(cell[LONGEST], whole)


@dataclass(frozen=True, eq=False)
class Tally:
    """Sums over incidents by the hour in which they arose, of one replication or of many.

    Attributes:
        cells: Shape (hours, grades, 6): how many; milliseconds waited; late; left; still waiting
            at the end; the longest wait in milliseconds.
        waiting: How many wait at the end of each hour, summed over replications, shape (hours,
            grades).
        squares: The same of the square of how many wait in all, shape (hours,).
        busy: Units busy at the end of each hour, summed, shape (hours,).
        replications: Over how many.
    """

    cells: Wholes
    waiting: Wholes
    squares: Wholes
    busy: Wholes
    replications: int = 1

    def __add__(self, other: Tally) -> Tally:
        """The two together.

        Raises:
            NotComparable: their hours or grades differ.
        """
        if self.cells.shape != other.cells.shape:
            raise NotComparable(
                f"tallies of shapes {self.cells.shape} and {other.cells.shape} do not add up",
                expected="the same hours and grades",
            )
        cells = self.cells + other.cells
        cells[..., LONGEST] = np.maximum(self.cells[..., LONGEST], other.cells[..., LONGEST])
        return Tally(
            cells,
            self.waiting + other.waiting,
            self.squares + other.squares,
            self.busy + other.busy,
            self.replications + other.replications,
        )

    def by_hour_of_week(self, *, start: int, warm_up: int) -> Wholes:
        """The cells by hour of the week, shape (168, grades, 6), the warm-up left out.

        Args:
            start: Hour of the week of hour 0.
            warm_up: Hours that are left out.
        """
        hours, grades, kept = self.cells.shape
        week = np.zeros((WEEK, grades, kept), np.int64)
        places = (start + np.arange(warm_up, hours)) % WEEK
        np.add.at(week[..., :SUMS], places, self.cells[warm_up:, :, :SUMS])
        np.maximum.at(week[..., LONGEST], places, self.cells[warm_up:, :, LONGEST])
        return week

    def over(self, start: int, end: int) -> Wholes:
        """The sums from one hour to another, shape (grades, 5), by the hour of arising."""
        return np.asarray(self.cells[start:end, :, :SUMS].sum(axis=0))


def tallied(trace: Trace, outcome: Outcome, within: Reals) -> Tally:
    """The sums of one replication.

    Args:
        trace: Its incidents.
        outcome: What became of them.
        within: Minutes within which each grade should be answered, shape (grades,).
    """
    cells = np.zeros((trace.hours, len(within), SUMS + 1), np.int64)
    tally_incidents(
        trace.at, trace.grade, outcome.travel, outcome.waits, outcome.left, within, trace.end,
        cells,
    )  # fmt: skip
    all_waiting = outcome.waiting.sum(axis=1)
    return Tally(cells, outcome.waiting, all_waiting * all_waiting, outcome.busy)
