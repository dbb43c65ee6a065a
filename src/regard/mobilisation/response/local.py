"""Areas of a force, each with its own units, that help each other across their borders."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from regard.core.errors import DefinitionRefused

NEAR_ONE = 1e-9  # how far shares may add up from 1


@dataclass(frozen=True)
class Local:
    """Local policing units and how they help each other.

    An incident is answered by a unit of its own area if one is idle. Otherwise a grade that is
    helped at once takes the nearest idle unit of another area, and the rest wait. A unit that
    is free takes, grade by grade, what waits in its own area and then, nearest first, what has
    waited in others for as long as `help_after` says.

    Attributes:
        names: Of the areas.
        share: Which share of a grade's incidents arise in which area, shape (grades, areas).
        units: Units of an area by the hour, shape (areas, hours); together the force's capacity.
        journey: Minutes that a unit of one area (row) needs more than one of the area itself to
            an incident in another (column), shape (areas, areas); None where it never goes.
        help_after: Minutes after which a grade is helped from other areas, one a grade: 0 at
            once, None never.
    """

    names: tuple[str, ...]
    share: tuple[tuple[float, ...], ...]
    units: tuple[tuple[int, ...], ...]
    journey: tuple[tuple[float | None, ...], ...]
    help_after: tuple[float | None, ...]

    def check(self, capacity: Sequence[int], grades: int) -> None:
        """Refuse areas that do not fit the force.

        Args:
            capacity: The force's units by the hour.
            grades: How many grades it has.

        Raises:
            DefinitionRefused: shapes, shares, units or journeys do not fit.
        """
        if not self.names or len(set(self.names)) != len(self.names):
            raise DefinitionRefused(f"areas are called {self.names}", expected="each name once")
        self._check_shares(grades)
        self._check_units(capacity)
        self._check_journeys()

    def _check_shares(self, grades: int) -> None:
        if len(self.share) != grades or len(self.help_after) != grades:
            raise DefinitionRefused(
                f"{len(self.share)} rows of shares and {len(self.help_after)} waits for help",
                expected=f"one a grade, that is {grades}",
            )
        for row in self.share:
            whole = math.fsum(row)
            if len(row) != len(self.names) or min(row) < 0 or abs(whole - 1) > NEAR_ONE:
                raise DefinitionRefused(
                    f"shares of areas are {row}",
                    expected="one an area, from 0 up, adding up to 1",
                )
        for one in self.help_after:
            if one is not None and not (math.isfinite(one) and one >= 0):
                raise DefinitionRefused(
                    f"help comes after {one} minutes", expected="minutes from 0 up, or none"
                )

    def _check_units(self, capacity: Sequence[int]) -> None:
        hours = [len(row) for row in self.units]
        if len(self.units) != len(self.names) or set(hours) != {len(capacity)}:
            raise DefinitionRefused(
                f"units of {len(hours)} areas stand for {hours} hours",
                expected=f"{len(self.names)} areas of {len(capacity)} hours",
            )
        if min(min(row) for row in self.units) < 0:
            raise DefinitionRefused(
                f"an area has {min(min(row) for row in self.units)} units", expected="from 0 up"
            )
        for hour, (whole, parts) in enumerate(zip(capacity, zip(*self.units, strict=True),
                                                  strict=True)):  # fmt: skip
            if sum(parts) != whole:
                raise DefinitionRefused(
                    f"areas have {sum(parts)} units in hour {hour}, the force {whole}",
                    expected="the units of its areas",
                )

    def _check_journeys(self) -> None:
        areas = len(self.names)
        if [len(row) for row in self.journey] != [areas] * areas:
            raise DefinitionRefused(
                f"journeys have rows of {[len(row) for row in self.journey]}",
                expected=f"{areas} rows of {areas}",
            )
        for row in self.journey:
            for one in row:
                if one is not None and not (math.isfinite(one) and one >= 0):
                    raise DefinitionRefused(
                        f"a journey takes {one} minutes", expected="minutes from 0 up, or none"
                    )

    def less(self, away: Sequence[int]) -> Local:
        """The areas without so many units an hour, each taken where most are left.

        Of areas with as many, the first gives; where no unit is left, none is taken.
        """
        hours = [list(parts) for parts in zip(*self.units, strict=True)]
        for parts, lost in zip(hours, away, strict=True):
            for _ in range(min(lost, sum(parts))):
                parts[parts.index(max(parts))] -= 1
        units = tuple(tuple(row) for row in zip(*hours, strict=True))
        return replace(self, units=units)

    def less_by_area(self, away: Sequence[Sequence[int]]) -> Local:
        """The areas without so many units of each by the hour; never below 0.

        Args:
            away: Shape (areas, hours).

        Raises:
            DefinitionRefused: the shape is another, or a loss is below 0.
        """
        shape = [len(row) for row in away]
        if shape != [len(row) for row in self.units] or min(min(row) for row in away) < 0:
            raise DefinitionRefused(
                f"units are lost in {len(shape)} areas over {shape} hours",
                expected="one number from 0 up for every area and hour",
            )
        units = tuple(
            tuple(max(0, a - b) for a, b in zip(row, lost, strict=True))
            for row, lost in zip(self.units, away, strict=True)
        )
        return replace(self, units=units)
