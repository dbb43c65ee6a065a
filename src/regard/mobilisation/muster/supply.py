"""PSUs raised by each hour from a call, with how sure that is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from regard.core.errors import DefinitionRefused, NotKnown
from regard.mobilisation.muster.drawing import Hours, carriers, common, ready_by, ready_hours
from regard.mobilisation.muster.makeups import CARRIER, MakeUp
from regard.mobilisation.muster.places import Counts, Flags, Places
from regard.mobilisation.muster.rolls import Assumptions, Roll

METHOD = "muster 1: keyed draws, Hall's condition"
DRAWS, HOURS = 1_000, 24
MOST_DRAWS = 100_000
LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9

NOT_MODELLED = (
    "Whether a supervisor and a crew who have not trained together make a good PSU is not judged.",
    "Protective equipment, shields, feeding and accommodation are taken to be there.",
    "People are taken to be reached independently of each other once the recall share is known.",
    "Which people are released is not weighed against what they are doing at the call.",
)


@dataclass(frozen=True, slots=True)
class HourBand:
    """PSUs raised by an hour.

    Attributes:
        hour: Hours from the call.
        low: Nine draws in ten raise at least so many.
        median: Half of the draws raise at least so many.
        high: One draw in ten raises at least so many.
        mean: Over the draws.
    """

    hour: int
    low: int
    median: int
    high: int
    mean: float


@dataclass(frozen=True, eq=False)
class Supply:
    """What a call raises, draw by draw.

    Attributes:
        roll: Who was trained.
        make_up: What a PSU is made of.
        assumptions: What was assumed.
        distance_km: How far away the PSUs must stand ready; 0 at their own form-up point.
        seed: Of the run.
        places: The places of the make-up and the kinds of people.
        counts: People and carriers ready, shape (draws, hours, kinds); hour 1 first.
        psus: PSUs raised, shape (draws, hours).
        paper: PSUs that everyone on the roll would make, whatever their state or currency.
    """

    roll: Roll
    make_up: MakeUp
    assumptions: Assumptions
    distance_km: float
    seed: int
    places: Places
    counts: Counts
    psus: Counts
    paper: int

    @property
    def draws(self) -> int:
        """How many calls were drawn."""
        return len(self.psus)

    @property
    def hours(self) -> int:
        """Hours from the call that are covered."""
        return self.psus.shape[1]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of everything that went in; the same on every machine."""
        told = (METHOD, self.roll, self.make_up, self.assumptions, self.distance_km)
        return hashlib.sha256(repr((*told, self.seed, self.psus.shape)).encode()).hexdigest()

    @property
    def travel_hours(self) -> float:
        """Hours of travel and reporting that are included."""
        return self.assumptions.travel_hours(self.distance_km)

    @cached_property
    def bands(self) -> tuple[HourBand, ...]:
        """PSUs raised by each hour."""
        levels = np.quantile(self.psus, (LOW, MIDDLE, HIGH), axis=0, method="inverted_cdf")
        means = self.psus.mean(axis=0)
        found = []
        for hour in range(self.hours):
            low, median, high = (int(one) for one in levels[:, hour])
            found.append(HourBand(hour + 1, low, median, high, float(means[hour])))
        return tuple(found)

    def band(self, hour: int) -> HourBand:
        """PSUs raised by an hour from the call.

        Raises:
            DefinitionRefused: the run does not cover it.
        """
        return self.bands[self.place_of(hour)]

    def raised(self, level: float = MIDDLE) -> tuple[int, ...]:
        """PSUs raised by each hour, hour 1 first, as an allocation takes them.

        Args:
            level: The quantile of the draws: 0.1 is reached by nine draws in ten.

        Raises:
            DefinitionRefused: a level that is not between 0 and 1.
        """
        if not 0 < level < 1:
            raise DefinitionRefused(f"a quantile of {level}", expected="between 0 and 1")
        found = np.quantile(self.psus, level, axis=0, method="inverted_cdf")
        return tuple(int(one) for one in found)

    def place_of(self, hour: int) -> int:
        """Where an hour from the call, 1 first, stands in `psus` and `counts`."""
        if not 1 <= hour <= self.hours:
            raise DefinitionRefused(
                f"hour {hour} of a muster of {self.hours} hours", expected="an hour it covers"
            )
        return hour - 1

    def able(self, hour: int) -> Counts:
        """People ready by an hour who can fill a role of each set, shape (draws, sets)."""
        return self.places.able(self.counts[:, self.place_of(hour)])

    def binding(self, hour: int) -> Flags:
        """Which roles stand in the way of one PSU more by an hour, shape (draws, roles)."""
        return self.places.binding(self.able(hour), self.psus[:, self.place_of(hour)])

    def role(self, name: str) -> int:
        """The place of a role in the make-up.

        Raises:
            NotKnown: the make-up has no such role.
        """
        if name not in self.make_up.roles:
            raise NotKnown("role", name, self.make_up.roles)
        return self.make_up.roles.index(name)


def muster(
    roll: Roll,
    make_up: MakeUp,
    *,
    assumptions: Assumptions | None = None,
    distance_km: float = 0.0,
    hours: int = HOURS,
    draws: int = DRAWS,
    seed: int = 1,
) -> Supply:
    """PSUs raised by each hour from a call.

    Args:
        roll: Who is trained, and where they are at the call.
        make_up: What a PSU is made of.
        assumptions: Delays and shares; the shipped ones if not given.
        distance_km: From the form-up point to where they must stand ready.
        hours: Hours from the call to cover.
        draws: How many calls to draw.
        seed: The same seed gives the same supply.

    Raises:
        DefinitionRefused: no hours, no draws, or more than can be held.
    """
    if hours < 1 or not 1 <= draws <= MOST_DRAWS:
        raise DefinitionRefused(
            f"{draws} draws of {hours} hours", expected=f"1 hour or more, 1 to {MOST_DRAWS} draws"
        )
    assumed = assumptions or Assumptions()
    places = Places(make_up, _kinds(roll, make_up))
    edges = np.arange(1.0, hours + 1.0, dtype=np.float64) - assumed.travel_hours(distance_km)
    counts = _counted(roll, places, assumed, edges, draws=draws, seed=seed)
    paper = int(places.psus(_on_paper(roll, places)))
    psus = places.psus(counts)
    return Supply(roll, make_up, assumed, distance_km, seed, places, counts, psus, paper)


def _kinds(roll: Roll, make_up: MakeUp) -> tuple[int, ...]:
    kinds = {make_up.filled_by(one.role, one.skills) for one in roll.groups}
    kinds.add(make_up.filled_by(CARRIER))
    return tuple(sorted(kinds - {0}))  # who fills no role of this make-up is left out


def _counted(
    roll: Roll, places: Places, assumed: Assumptions, edges: Hours, *, draws: int, seed: int
) -> Counts:
    drawn = common(assumed, draws=draws, seed=seed)
    counts = np.zeros((draws, len(edges), len(places.kinds)), dtype=np.int64)
    for place, group in enumerate(roll.groups):
        kind = places.make_up.filled_by(group.role, group.skills)
        if kind:
            ready = ready_hours(group, place, assumed, drawn, seed=seed)
            counts[:, :, places.kinds.index(kind)] += ready_by(ready, list(edges))
    carrier = places.make_up.filled_by(CARRIER)
    if carrier:
        on_road = carriers(roll.fleet, draws=draws, seed=seed)
        counts[:, :, places.kinds.index(carrier)] += on_road[:, None] * (edges > 0)
    return counts


def _on_paper(roll: Roll, places: Places) -> Counts:
    counts = np.zeros(len(places.kinds), dtype=np.int64)
    for group in roll.groups:
        kind = places.make_up.filled_by(group.role, group.skills)
        if kind:
            counts[places.kinds.index(kind)] += group.count
    carrier = places.make_up.filled_by(CARRIER)
    if carrier:
        counts[places.kinds.index(carrier)] += roll.fleet.count
    return counts
