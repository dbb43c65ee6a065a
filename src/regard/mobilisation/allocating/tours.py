"""Tours that can be asked of forces: one PSU, one kind of shift, some days and then recovery."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from regard.mobilisation.allocating.problem import SHIFTS, Problem


@dataclass(frozen=True, order=True)
class Tour:
    """A tour that a force could start.

    Attributes:
        force: The place of the force.
        day: The first day, 0 for the first.
        shift: 0 for the day shift, 1 for the night shift.
        end: The day after the last duty, within the days of the demand.
        back: The first day on which the PSU is back at work, within the days of the demand.
    """

    force: int
    day: int
    shift: int
    end: int
    back: int


@dataclass(frozen=True)
class Release:
    """The most tours that a force may have started by a time, as it raises its PSUs."""

    force: int
    tours: tuple[int, ...]
    most: int


@dataclass(frozen=True)
class Tours:
    """Every tour that a problem allows, and what limits their start."""

    problem: Problem
    tours: tuple[Tour, ...]

    @classmethod
    def of(cls, problem: Problem) -> Tours:
        """Every tour that lead times and days of own disorder leave.

        Tours that are alike within the days of the demand stand once.
        """
        return cls(problem, tuple(_tours(problem)))

    @cached_property
    def releases(self) -> tuple[Release, ...]:
        """For each force and start within its hourly curve, the PSUs raised in time."""
        found = []
        for place, force in enumerate(self.problem.forces):
            mine = [(n, one) for n, one in enumerate(self.tours) if one.force == place]
            for day, shift in sorted({(one.day, one.shift) for _, one in mine}):
                most = raised_for(self.problem, place, day, shift)
                if most < force.cohorts:
                    until = tuple(n for n, one in mine if (one.day, one.shift) <= (day, shift))
                    found.append(Release(place, until, most))
        return tuple(found)


def raised_for(problem: Problem, place: int, day: int, shift: int) -> int:
    """PSUs of a force that can be at the farthest host that asks when a shift starts."""
    force = problem.forces[place]
    if not force.released:
        return force.cohorts
    hours = problem.starts_at(day, shift) - problem.travel(force, day, shift)
    return raised_by(force.released, hours, force.cohorts)


def raised_by(released: tuple[int, ...], hours: float, cohorts: int) -> int:
    """PSUs raised by some hours from the call; everybody beyond the hours of the curve."""
    if hours >= len(released) + 1:
        return cohorts
    return min(cohorts, released[int(hours) - 1]) if hours >= 1 else 0


def _tours(problem: Problem) -> Iterator[Tour]:
    days, rules = problem.days, problem.rules
    for place in range(len(problem.forces)):
        for day in range(days):
            ends = sorted(
                {
                    (min(day + length, days), min(day + length + rules.recovery, days))
                    for length in rules.tours
                }
            )
            for end, back in ends:
                if not problem.limits[place, day:back].all():
                    continue
                for shift in range(len(SHIFTS)):
                    if raised_for(problem, place, day, shift):
                        yield Tour(place, day, shift, end, back)


def cohorts_of(tours: list[Tour]) -> list[int]:
    """Which PSU of its force goes on each tour, numbered from 1: the one that is back longest.

    As many numbers as the force has PSUs away at once suffice, since days are intervals.

    Args:
        tours: Tours of one force, in order of their first day.
    """
    back_on: list[int] = []
    numbers = []
    for one in tours:
        free = [place for place, back in enumerate(back_on) if back <= one.day]
        if free:
            place = min(free, key=lambda held: (back_on[held], held))
            back_on[place] = one.back
        else:
            place = len(back_on)
            back_on.append(one.back)
        numbers.append(place + 1)
    return numbers
