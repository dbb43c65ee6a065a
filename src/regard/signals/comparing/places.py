"""Crimes over places as arrays: how many places hold how many, and what chance alone would give.

Only how many places have how many crimes matters: places are never told apart. The Gini
coefficient and its form for fewer crimes than places are those of Bernasco & Steenbeek 2017
(Journal of Quantitative Criminology 33:451).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from regard.core.errors import DefinitionRefused, NotEnoughData

FloatArray = NDArray[np.float64]
RESAMPLES = 1_000
SEED = 20_170_927  # of every bootstrap, so that the same counts give the same interval
NEGLIGIBLE = 1e-9  # places expected by chance alone below which a count is left out
CURVE_POINTS = 200


@dataclass(frozen=True)
class Spread:
    """How many places hold how many crimes, the most crimes first.

    Attributes:
        crimes: Crimes at a place, each number once, falling, `(sizes,)`.
        places: Places that hold so many, `(sizes,)`; expected ones need not be whole.
    """

    crimes: FloatArray
    places: FloatArray

    @property
    def all_crimes(self) -> float:
        """Crimes in all."""
        return float(self.crimes @ self.places)

    @property
    def all_places(self) -> float:
        """Places in all, those without a crime among them."""
        return float(self.places.sum())

    def at_least(self, crimes: float) -> tuple[float, float]:
        """How many places hold at least so many crimes, and how many crimes those hold."""
        held = self.crimes >= crimes
        return float(self.places[held].sum()), float(self.crimes[held] @ self.places[held])


def spread_of(counts: Iterable[float], *, places: int | None = None) -> Spread:
    """How many places hold how many crimes, from a count a place.

    Args:
        counts: Crimes at each place; places without one may be left out.
        places: Places in all; None for those that are counted.

    Raises:
        DefinitionRefused: a count is below nought or not whole, or more places hold a crime
            than there are.
        NotEnoughData: no place holds a crime.
    """
    held = np.asarray(list(counts), dtype=float)
    if held.size and (held.min() < 0 or np.any(held != np.floor(held))):
        odd = held[(held < 0) | (held != np.floor(held))]
        raise DefinitionRefused(
            f"a place holds {odd[0]:g} crimes", expected="whole counts of 0 or more"
        )
    return spread_of_sizes(_sizes(held), places=places)


def _sizes(held: FloatArray) -> dict[int, int]:
    crimes, number = np.unique(held, return_counts=True)
    return dict(zip(crimes.astype(int).tolist(), number.tolist(), strict=True))


def spread_of_sizes(sizes: Mapping[int, int], *, places: int | None = None) -> Spread:
    """The same from how many places (or victims) hold so many crimes.

    Args:
        sizes: Number of places by number of crimes at each.
        places: Places in all; None for those that are counted.

    Raises:
        DefinitionRefused: a number is below nought, or more places hold a crime than there are.
        NotEnoughData: no place holds a crime.
    """
    if any(crimes < 0 or number < 0 for crimes, number in sizes.items()):
        raise DefinitionRefused(f"numbers of places {dict(sizes)}", expected="0 or more")
    some = {crimes: number for crimes, number in sizes.items() if crimes and number}
    any_crime = sum(some.values())
    if not some:
        raise NotEnoughData(
            f"none of {sum(sizes.values()):,} places holds a crime", expected="at least one crime"
        )
    every = sum(sizes.values()) if places is None else places
    if any_crime > every:
        raise DefinitionRefused(
            f"{any_crime:,} places hold a crime and there are {every:,} in all",
            expected="all places, those without a crime among them",
            next_step="leave out crimes that lie elsewhere, or count the places of the whole area",
        )
    some[0] = every - any_crime
    falling = sorted(some, reverse=True)
    return Spread(
        np.array(falling, dtype=float), np.array([some[one] for one in falling], dtype=float)
    )


def by_chance(crimes: float, places: float) -> Spread:
    """The spread to expect if every crime fell on any place alike: places are not whole numbers.

    Each place then holds a binomial number of crimes, near Poisson.

    Args:
        crimes: Crimes in all (> 0).
        places: Places in all (> 0).
    """
    mean = crimes / places
    most = int(mean + 12 * math.sqrt(mean) + 30)
    k = np.arange(min(most, int(crimes)) + 1, dtype=float)
    chance = (
        special.gammaln(crimes + 1)
        - special.gammaln(k + 1)
        - special.gammaln(crimes - k + 1)
        - k * math.log(places)
        + special.xlog1py(crimes - k, -1 / places)
    )
    expected = places * np.exp(chance)
    kept = expected > NEGLIGIBLE
    return Spread(k[kept][::-1], expected[kept][::-1])


def fewest_holding(spread: Spread, share: float, *, whole: bool = True) -> float:
    """The least number of places that together hold a share of the crimes.

    Args:
        spread: Crimes over places.
        share: The share of crimes (0 to 1).
        whole: Whether places are whole; expected ones are not.
    """
    found = _fewest(spread.crimes, spread.places[None, :], share, whole=whole)
    return float(found[0])


def _fewest(crimes: FloatArray, places: FloatArray, share: float, *, whole: bool) -> FloatArray:
    """One a row of `places` (rows, sizes)."""
    held = np.cumsum(places * crimes, axis=1)
    needed = share * held[:, -1]
    at = np.argmax(held >= needed[:, None] * (1 - 1e-12), axis=1)
    rows = np.arange(len(places))
    before = held[rows, at] - places[rows, at] * crimes[at]
    passed = np.cumsum(places, axis=1)[rows, at] - places[rows, at]
    more = (needed - before) / np.maximum(crimes[at], 1.0)
    return passed + (np.ceil(more - 1e-9) if whole else more)


def gini(spread: Spread) -> float:
    """The Gini coefficient of crimes over all places (0 to 1, a ratio)."""
    return float(_gini(spread.crimes, spread.places[None, :])[0])


def _gini(crimes: FloatArray, places: FloatArray) -> FloatArray:
    share = places / places.sum(axis=1, keepdims=True)
    held = places * crimes
    held = held / held.sum(axis=1, keepdims=True)
    # Twice the area above the diagonal of the curve that takes the most crimes first.
    top = np.cumsum(held, axis=1)
    return np.sum(share * (2 * top - held), axis=1) - 1


def generalised(value: float, spread: Spread) -> float:
    """The Gini coefficient against the most even spread that so few crimes allow (a ratio).

    max(1, places / crimes) (G - 1) + 1; it is G itself where crimes outnumber places.

    Args:
        value: The Gini coefficient (0 to 1).
        spread: The spread it is of.
    """
    return max(1.0, spread.all_places / spread.all_crimes) * (value - 1) + 1


@dataclass(frozen=True)
class Resampled:
    """What places drawn again with replacement give, one value a resample.

    Attributes:
        fewest: The least share of all places that holds each share of crimes (0 to 1),
            `(shares, resamples)`.
        ginis: The Gini coefficient, `(resamples,)`.
    """

    fewest: FloatArray
    ginis: FloatArray


def resampled(
    spread: Spread, shares: Iterable[float], *, resamples: int = RESAMPLES, seed: int = SEED
) -> Resampled:
    """Draw as many places again with replacement, and measure each drawing.

    Args:
        spread: Crimes over places.
        shares: Shares of crimes (0 to 1).
        resamples: How many drawings.
        seed: Seed of the drawings.
    """
    total = int(spread.all_places)
    random = np.random.default_rng(seed)
    drawn = random.multinomial(total, spread.places / total, size=resamples).astype(float)
    drawn = drawn[drawn @ spread.crimes > 0]
    fewest = [_fewest(spread.crimes, drawn, share, whole=True) / total for share in shares]
    return Resampled(np.array(fewest), _gini(spread.crimes, drawn))


def curve(spread: Spread) -> tuple[tuple[float, float], ...]:
    """Share of places against share of crimes (0 to 1 each), the most crimes first.

    Between two points the curve is straight, since places with equally many crimes are alike.
    """
    places = np.cumsum(spread.places) / spread.all_places
    crimes = np.cumsum(spread.places * spread.crimes) / spread.all_crimes
    kept = np.unique(np.linspace(0, len(places) - 1, min(len(places), CURVE_POINTS)).astype(int))
    points = [(0.0, 0.0), *zip(places[kept].tolist(), crimes[kept].tolist(), strict=True)]
    return tuple(points)
