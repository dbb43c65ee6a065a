"""A whole force in one line: so many join a year, a share leaves, and where that tends.

The closed form of dS/dt = -wS + R, with joiners deployable from a delay L on. It answers in no
time and tells what a target asks for; paths with real training times and chance are in
`workforce.paths`.

Letters as in manpower planning (Bartholomew, Forbes and McClean 1991, "Statistical techniques for
manpower planning"): S strength, E establishment, R joiners a year, w wastage a year, L delay in
years.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regard.core.errors import DefinitionRefused
from regard.core.figures import Figure, derived
from regard.core.quantities import PERCENT
from regard.core.statements import Statement
from regard.workforce.wording import assumption, say

Values: TypeAlias = NDArray[np.float64]

NEVER = math.inf
NOBODY = 1e-15  # a wastage a year that no strength could show


def wastage(leaving: float) -> float:
    """The rate a year at which people leave, of the share who have left after a year.

    Args:
        leaving: The share (0 to 1) of those in post who leave within a year.

    Raises:
        DefinitionRefused: it is not from 0 and below 1.
    """
    if not 0 <= leaving < 1:
        raise DefinitionRefused(f"{leaving} leave in a year", expected="a share from 0, below 1")
    rate = -math.log1p(-leaving)
    return rate if rate > NOBODY else 0.0


@dataclass(frozen=True)
class Annual:
    """A strength that loses a share a year and gains so many.

    Attributes:
        strength: People in post now (count, from 0).
        joiners: People who join a year (rate a year, from 0).
        leaving: The share (0 to 1) of people in post who leave within a year.
        delay: Years from now until the first of them counts; nobody joins meanwhile.
    """

    strength: float
    joiners: float
    leaving: float
    delay: float = 0.0

    def __post_init__(self) -> None:
        wastage(self.leaving)
        for name in ("strength", "joiners", "delay"):
            number = getattr(self, name)
            if not (math.isfinite(number) and number >= 0):
                raise DefinitionRefused(f"{name} of {number}", expected="a number from 0")

    @property
    def limit(self) -> float:
        """The strength that it tends to, R/w; infinite where nobody leaves and people join."""
        rate = wastage(self.leaving)
        if rate == 0:
            return NEVER if self.joiners > 0 else self.strength
        return self.joiners / rate

    def at(self, years: ArrayLike) -> Values:
        """The strength after each of so many years (years, from 0), of the shape given."""
        after = np.asarray(years, dtype=np.float64)
        rate = wastage(self.leaving)
        fed = np.maximum(after - self.delay, 0.0)
        kept = self.strength * np.exp(-rate * after)
        if rate == 0:
            return np.asarray(kept + self.joiners * fed)
        return np.asarray(kept - self.joiners / rate * np.expm1(-rate * fed))

    def years_to(self, establishment: float) -> float:
        """Years until the strength first reaches so many people; infinite where it never does.

        The common rule, posts to fill over joiners less leavers, is not used: it forgets that
        those who join leave too, and that there are more leavers the more people there are.

        Args:
            establishment: How many people (count).
        """
        if self.strength >= establishment:
            return 0.0
        rate = wastage(self.leaving)
        if self.limit <= establishment:
            return NEVER
        if rate == 0:
            return self.delay + (establishment - self.strength) / self.joiners
        left = self.strength * math.exp(-rate * self.delay)
        # ln[(R/w - left) / (R/w - E)] / w, written so that a small w loses no digits.
        gained = rate * (establishment - left) / (self.joiners - rate * left)
        return self.delay - math.log1p(-gained) / rate


def joiners_to_hold(
    establishment: float, leaving: float, *, once_a_year: bool = False, lost: float = 0.0
) -> float:
    """Joiners a year that keep an establishment full.

    Args:
        establishment: People to hold (count).
        leaving: The share (0 to 1) who leave within a year.
        once_a_year: Whether all of a year's leavers are replaced at its end; else as they leave,
            which takes a few more, as some of those who joined leave within the year.
        lost: The share (0 to 1) of joiners lost in probation, for whom more must be taken in.

    Raises:
        DefinitionRefused: a share is not from 0 and below 1.
    """
    if not 0 <= lost < 1:
        raise DefinitionRefused(f"{lost} are lost in probation", expected="a share from 0, below 1")
    net = establishment * (leaving if once_a_year else wastage(leaving))
    return net / (1 - lost)


@dataclass(frozen=True)
class Outlook:
    """Where a strength tends, and when it reaches its establishment.

    Attributes:
        limit: The strength that it tends to; missing where it grows without one.
        years: Years until the establishment is reached; missing where it never is.
        statement: The same in a sentence, with what was assumed.
    """

    limit: Figure
    years: Figure
    statement: Statement


def outlook(
    strength: Figure, establishment: Figure, *, joiners: float, leaving: float, delay: float = 0.0
) -> Outlook:
    """What a strength comes to against its establishment.

    Args:
        strength: People in post now.
        establishment: Posts to fill, counted in the same way.
        joiners: People who join a year (rate a year).
        leaving: The share (0 to 1) of people in post who leave within a year.
        delay: Years from now until the first joiner counts.
    """
    course = Annual(strength.known, joiners, leaving, delay)
    joining = assumption(strength, joiners, strength.unit, "joiners a year")
    going = assumption(strength, 100 * leaving, PERCENT, "leavers a year")
    parts = (strength, establishment, joining, going)
    after = course.years_to(establishment.known)
    bounded = math.isfinite(course.limit)
    limit = derived(
        parts,
        value=course.limit if bounded else None,
        unit=strength.unit,
        method="joiners a year over wastage",
        measure="strength in the long run",
        basis="forecast",
        missing="" if bounded else "nobody leaves, so it has no limit",
    ).printed(places=0)
    years = derived(
        parts,
        value=after if math.isfinite(after) else None,
        unit="years",
        method="annual closed form",
        measure="time to establishment",
        basis="forecast",
        missing="" if math.isfinite(after) else "it is never reached",
    ).printed(places=1)
    return Outlook(limit, years, _said(limit, years, parts))


def _said(limit: Figure, years: Figure, parts: tuple[Figure, ...]) -> Statement:
    strength, establishment, joining, going = parts
    told = {"people": strength, "joining": joining, "going": going, "posts": establishment}
    head = "With {joining} joining a year and {going} leaving, "
    if limit.value is None:
        if years.known == 0:
            return say(head + "{people} already fill the establishment of {posts}.", **told)
        return say(
            head + "{people} grow without limit and reach the establishment of {posts} in {years}.",
            years=years,
            **told,
        )
    if years.value is None:
        return say(
            head + "{people} tend to {limit:number} and never reach the establishment of {posts}.",
            limit=limit,
            **told,
        )
    return say(
        head + "{people} tend to {limit:number} and reach the establishment of {posts} in {years}.",
        limit=limit,
        years=years,
        **told,
    )
