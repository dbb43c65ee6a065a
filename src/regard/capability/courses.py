"""How the people of a unit lie month by month, over the paths on which a chance stands."""

from __future__ import annotations

from dataclasses import dataclass

from regard.core.periods import Month
from regard.workforce.paths import LEVELS, Paths


@dataclass(frozen=True)
class Course:
    """People of a unit month by month, over the paths on which a chance stands.

    Attributes:
        start: The month at whose end they were counted; the first of the others.
        low, middle, high: People at each month's end (count): one path in twenty has fewer than
            the first, half of them fewer than the second, one in twenty more than the third.
    """

    start: Month
    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]

    @property
    def months(self) -> tuple[Month, ...]:
        """The months, the counted one first."""
        return tuple(self.start + ahead for ahead in range(len(self.middle)))


def course_of(paths: Paths, counted: Month) -> Course:
    """How the people of paths that were run lie month by month.

    Args:
        paths: The paths.
        counted: The month at whose end they start.
    """
    low, middle, high = (tuple(one.tolist()) for one in paths.quantiles(LEVELS))
    return Course(counted, low, middle, high)
