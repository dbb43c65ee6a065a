"""A demand for PSUs that forces share: who asks, who could send, at what cost, by which rules."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from regard.core.errors import DefinitionRefused, NotKnown
from regard.mobilisation.allocating.ladders import Ladder, Steps, ladder_of

Counts: TypeAlias = NDArray[np.int64]

SHIFTS = ("day", "night")
STARTS = (7, 19)  # o'clock
SHIFT_HOURS, DAY_HOURS = 12, 24


@dataclass(frozen=True)
class Force:
    """A force that could send PSUs.

    Attributes:
        name: Its name.
        region: Its region.
        cohorts: PSUs that it could have away at once (0 or more).
        costs: What it costs locally to have n PSUs away for a day, n from 0 to `cohorts`: one
            row for every day alike, or a row a day.
        low: The same at the low end of the range of its curve; None where it has none.
        high: The same at the high end.
        travel: Hours to each host, reporting included, in the order of the hosts.
        released: PSUs raised by each hour from the call, hour 1 first; empty if all at once.
        unavailable: Days on which its own disorder keeps everybody at home, 0 for the first.
        drivers: Who could drive; None if no limit.
        commanders: Bronze commanders whom it could send; None if no limit.
    """

    name: str
    region: str
    cohorts: int
    costs: Steps
    travel: tuple[float, ...]
    low: Steps | None = None
    high: Steps | None = None
    released: tuple[int, ...] = ()
    unavailable: tuple[int, ...] = ()
    drivers: int | None = None
    commanders: int | None = None

    def __post_init__(self) -> None:
        if self.cohorts < 0:
            raise DefinitionRefused(f"{self.name} has {self.cohorts} PSUs", expected="0 or more")
        if any(b < a for a, b in zip(self.released, self.released[1:], strict=False)):
            raise DefinitionRefused(
                f"{self.name} has raised {self.released} PSUs by the hour",
                expected="numbers that do not fall: PSUs raised so far",
            )


@dataclass(frozen=True)
class Demand:
    """PSUs that are asked for.

    Attributes:
        hosts: Where they are needed.
        needed: PSUs on the ground by host, day and shift (day, night), 0 or more.
        by_hour: PSUs that should have reached a host by each hour from the call, over all
            hosts, hour 1 first; empty if nothing is asked by the hour.
    """

    hosts: tuple[str, ...]
    needed: tuple[tuple[tuple[int, int], ...], ...]
    by_hour: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        days = {len(one) for one in self.needed}
        if not self.hosts or len(self.needed) != len(self.hosts) or len(days) != 1 or days == {0}:
            raise DefinitionRefused(
                f"{len(self.hosts)} hosts with demands of {sorted(days)} days",
                expected="one host or more, each with as many days",
            )
        if self.table.min() < 0 or min(self.by_hour, default=0) < 0:
            raise DefinitionRefused(
                f"a demand of {min(self.table.min(), *self.by_hour, 0)} PSUs", expected="0 or more"
            )

    @cached_property
    def table(self) -> Counts:
        """PSUs on the ground, shape (hosts, days, shifts)."""
        return np.array(self.needed, dtype=np.int64)

    @property
    def total(self) -> Counts:
        """PSUs on the ground over all hosts, shape (days, shifts)."""
        return np.asarray(self.table.sum(axis=0))

    @property
    def days(self) -> int:
        """Days of the demand."""
        return self.table.shape[1]


@dataclass(frozen=True)
class Rules:
    """By which rules forces share; all of it configuration.

    A tour is one PSU on one shift for some days in a row and then days to recover, so eleven
    hours of rest between duties and the weekly rest hold by construction.

    Attributes:
        tours: Lengths of a tour in days.
        recovery: Days after a tour on which the PSU is not yet back at work.
        reserve: The most of a region's PSUs that may be away at once (0 to 1).
        equity: The most of a force's PSU-days that may be asked of it (0 to 1).
        notice: Hours from the call to the midnight at which day 0 begins.
        drivers: Drivers a PSU takes with it.
        commanded: PSUs that one bronze commander of the region commands.
    """

    tours: tuple[int, ...] = (2, 4, 6)
    recovery: int = 1
    reserve: float = 0.75
    equity: float = 1.0
    notice: float = 12.0
    drivers: int = 3
    commanded: int = 3

    def __post_init__(self) -> None:
        if not self.tours or min(self.tours) < 1 or self.recovery < 0 or self.notice < 0:
            raise DefinitionRefused(
                f"tours of {self.tours} days, {self.recovery} to recover, {self.notice} h notice",
                expected="tours of 1 day or more, recovery and notice from 0 on",
            )
        if not (0 <= self.reserve <= 1 and 0 <= self.equity <= 1):
            raise DefinitionRefused(
                f"shares of {self.reserve} of a region and {self.equity} of a force",
                expected="shares from 0 to 1",
            )
        if self.drivers < 1 or self.commanded < 1:
            raise DefinitionRefused(
                f"{self.drivers} drivers a PSU, {self.commanded} PSUs a commander",
                expected="1 or more of each",
            )


@dataclass(frozen=True)
class Problem:
    """Forces, a demand and rules."""

    forces: tuple[Force, ...]
    demand: Demand
    rules: Rules = Rules()
    generated: bool = False

    def __post_init__(self) -> None:
        names = [one.name for one in self.forces]
        if not names or len(set(names)) < len(names):
            raise DefinitionRefused(
                f"the forces {', '.join(names) or 'none'}", expected="one or more, each once"
            )
        for one in self.forces:
            if len(one.travel) != len(self.demand.hosts):
                raise DefinitionRefused(
                    f"{one.name} gives hours to {len(one.travel)} hosts",
                    expected=f"hours to each of {len(self.demand.hosts)}",
                )
            self._ladder(one, one.costs)

    @property
    def days(self) -> int:
        """Days of the demand."""
        return self.demand.days

    @cached_property
    def ladders(self) -> tuple[Ladder, ...]:
        """What each force's PSUs cost, day by day."""
        return tuple(self._ladder(one, one.costs) for one in self.forces)

    def _ladder(self, force: Force, costs: Steps) -> Ladder:
        return ladder_of(costs, cohorts=force.cohorts, days=self.days, name=force.name)

    @cached_property
    def limits(self) -> Counts:
        """PSUs that a force may have away on a day, shape (forces, days).

        Its PSUs, those it has drivers for, and none on a day of its own disorder.
        """
        limits = np.zeros((len(self.forces), self.days), dtype=np.int64)
        for place, one in enumerate(self.forces):
            limits[place] = one.cohorts
            if one.drivers is not None:
                limits[place] = min(one.cohorts, one.drivers // self.rules.drivers)
            limits[place, [day for day in one.unavailable if day < self.days]] = 0
        return limits

    @cached_property
    def regions(self) -> dict[str, tuple[int, ...]]:
        """The places of the forces of each region."""
        found: dict[str, list[int]] = {}
        for place, one in enumerate(self.forces):
            found.setdefault(one.region, []).append(place)
        return {name: tuple(places) for name, places in found.items()}

    @cached_property
    def digest(self) -> str:
        """SHA-256 of forces, demand and rules; the same on every machine."""
        told = repr((self.forces, self.demand, self.rules, self.generated))
        return hashlib.sha256(told.encode()).hexdigest()

    def starts_at(self, day: int, shift: int) -> float:
        """Hours from the call to the start of a shift."""
        return self.rules.notice + DAY_HOURS * day + STARTS[shift]

    def travel(self, force: Force, day: int, shift: int) -> float:
        """Hours of a force to the farthest host that asks on a shift; 0 where none asks."""
        asking = self.demand.table[:, day, shift] > 0
        return max((t for t, ask in zip(force.travel, asking, strict=True) if ask), default=0.0)

    def at(self, end: str) -> Problem:
        """The same problem at the low or high end of every curve that has a range.

        Args:
            end: `low` or `high`.

        Raises:
            NotKnown: it is neither.
        """
        if end not in ("low", "high"):
            raise NotKnown("end of a range", end, ("low", "high"))
        forces = tuple(replace(one, costs=getattr(one, end) or one.costs) for one in self.forces)
        return replace(self, forces=forces)
