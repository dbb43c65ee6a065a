"""Local response units that a deployment takes away, hour by hour, for the response simulator."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from regard.core.errors import DefinitionRefused
from regard.mobilisation.muster.duties import Repaid
from regard.mobilisation.muster.sustaining import DAY


@dataclass(frozen=True)
class Taken:
    """Where the officers of a PSU come from, by the hour of the day.

    Attributes:
        officers: In a PSU.
        from_response: Share of them who would be on a response shift at each hour of the day,
            24 numbers from 0 to 1, hour 0 first.
        crew: Officers in a response unit (above 0; 1.5 where half are single-crewed).
        rest_hours: Hours after the return in which those who came back are owed rest.
        rest_share: Share of the loss that remains in these hours (0 to 1).
    """

    officers: int
    from_response: tuple[float, ...]
    crew: float
    rest_hours: int = 11
    rest_share: float = 1.0

    def __post_init__(self) -> None:
        right = len(self.from_response) == DAY and all(0 <= x <= 1 for x in self.from_response)
        if not right:
            raise DefinitionRefused(
                f"shares from response {self.from_response}", expected="24 shares from 0 to 1"
            )
        if self.officers < 0 or self.crew <= 0 or self.rest_hours < 0:
            raise DefinitionRefused(
                f"{self.officers} officers, crews of {self.crew}, {self.rest_hours} hours of rest",
                expected="officers and hours from 0 on, and a crew above 0",
            )
        if not 0 <= self.rest_share <= 1:
            raise DefinitionRefused(
                f"a share of {self.rest_share} lost to rest", expected="a share from 0 to 1"
            )

    @classmethod
    def by_shift(
        cls, officers: int, *, on_shift: float, otherwise: float, crew: float, first: int = 7
    ) -> Taken:
        """One share for the twelve hours from `first` o'clock and another for the rest."""
        shares = [otherwise] * DAY
        for hour in range(first, first + DAY // 2):
            shares[hour % DAY] = on_shift
        return cls(officers, tuple(shares), crew)


@dataclass(frozen=True)
class Away:
    """PSUs that are away: how many, from which hour of the horizon, for how many hours."""

    psus: int
    start: int
    hours: int

    def __post_init__(self) -> None:
        if self.psus < 0 or self.start < 0 or self.hours < 0:
            raise DefinitionRefused(
                f"{self.psus} PSUs away from hour {self.start} for {self.hours} hours",
                expected="numbers from 0 on",
            )


def units_lost(away: tuple[Away, ...], taken: Taken, *, hours: int) -> tuple[int, ...]:
    """Response units lost in each hour, whole ones: a crew that lacks an officer is lost.

    Args:
        away: PSUs away; several may overlap.
        taken: Where their officers come from.
        hours: Hours of the horizon, hour 0 a midnight.
    """
    officers = [Fraction(0)] * hours
    shares = [Fraction(str(one)) for one in taken.from_response]
    for one in away:
        end = one.start + one.hours
        for hour in range(one.start, min(end + taken.rest_hours, hours)):
            share = Fraction(1) if hour < end else Fraction(str(taken.rest_share))
            officers[hour] += one.psus * taken.officers * shares[hour % DAY] * share
    crew = Fraction(str(taken.crew))
    return tuple(math.ceil(one / crew) for one in officers)


def units_repaid(
    given: Repaid, taken: Taken, *, returned: int, hours: int, duty_hours: int = 12
) -> tuple[int, ...]:
    """Response units lost in each hour while cancelled rest days are given back.

    Args:
        given: People absent each day after the return.
        taken: Where officers come from; the crew and the shares by hour are used.
        returned: The hour of the horizon at which they returned; days count from the next midnight.
        hours: Hours of the horizon, hour 0 a midnight.
        duty_hours: Length of the duty that an absent officer would have worked.
    """
    first = -(-returned // DAY) * DAY + given.first_day * DAY
    crew = Fraction(str(taken.crew))
    lost = [0] * hours
    for hour in range(first, min(first + len(given.absent) * DAY, hours)):
        absent = given.absent[(hour - first) // DAY]
        share = Fraction(str(taken.from_response[hour % DAY]))
        lost[hour] = math.ceil(absent * share * Fraction(duty_hours, DAY) / crew)
    return tuple(lost)
