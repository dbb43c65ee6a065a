"""What share of crime lies in what share of places, against what chance alone would give.

Two bases are said and never mixed: all places there are, and places with at least one crime.
With few crimes a place, chance alone concentrates: the comparison is with crimes that fell on
all places alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from regard.core.errors import NotComparable
from regard.core.figures import Figure
from regard.core.quantities import PERCENT
from regard.core.statements import Statement
from regard.signals.comparing.places import (
    RESAMPLES,
    SEED,
    Resampled,
    Spread,
    by_chance,
    curve,
    fewest_holding,
    generalised,
    gini,
    resampled,
    spread_of,
)
from regard.signals.comparing.repeats import (
    METHOD,
    OF_ALL,
    OF_ANY,
    Repeats,
    named,
    not_known,
    repeats_of,
    share_of,
)
from regard.signals.comparing.words import percentage, say
from regard.signals.intervals import NINETY_FIVE
from regard.signals.tallies import spanned, tally

SHARES = (0.25, 0.50, 0.80)
REPEATS_TOLD_BELOW = 2.0  # crimes a place; from here on nearly every place has more than one
LEAST_TENTHS = 0.0005  # a smaller share is said to two decimal places
LOCATION = "location"  # police.uk's points, near which each crime is put


@dataclass(frozen=True)
class Held:
    """The least places that hold a share of the crimes.

    Attributes:
        share: The share of crimes, in per cent.
        places: How many places, at the least.
        of_all: They in per cent of all places, with the interval of a place bootstrap; missing
            where it is not known how many there are.
        of_any: They in per cent of the places with at least one crime.
        by_chance: In per cent of all places, what chance alone would give; missing likewise.
    """

    share: Figure
    places: Figure
    of_all: Figure
    of_any: Figure
    by_chance: Figure


@dataclass(frozen=True)
class Concentration:
    """How crimes lie over places.

    Attributes:
        place: What a place is, such as `LSOA`.
        crimes: The crimes that lie in a place.
        all: How many places there are; missing where that is not known.
        any: How many of them have at least one crime.
        held: The least places that hold a quarter, half and four fifths of the crimes.
        gini: The Gini coefficient over all places, with its interval; missing likewise.
        gini_by_chance: What chance alone would give.
        generalised: The coefficient against the most even spread that so few crimes allow.
        above_chance: How far the coefficient is on the way from chance to all crimes in one
            place, in per cent; below nought where crimes lie more evenly than by chance.
        repeats: Places with one, two, three, four or more crimes.
        unplaced: Crimes that carry no place.
        elsewhere: Crimes in places that are not of the area.
        curve: Share of places against share of crimes, the most crimes first; over all places
            or, where it is not known how many there are, over those with at least one.
        chance_curve: The same of chance alone; empty likewise.
    """

    place: str
    crimes: Figure
    all: Figure
    any: Figure
    held: tuple[Held, ...]
    gini: Figure
    gini_by_chance: Figure
    generalised: Figure
    above_chance: Figure
    repeats: Repeats
    unplaced: Figure
    elsewhere: Figure
    curve: tuple[tuple[float, float], ...]
    chance_curve: tuple[tuple[float, float], ...]

    def statements(self) -> tuple[Statement, ...]:
        """Shares of crime in shares of places on both bases, chance beside them, and repeats."""
        told = [statement for one in self.held for statement in self._held_said(one)]
        if self.gini.value is None:
            told.append(say("no total", places=f"{self.place}s"))
        else:
            told += self._gini_said()
        if self.all.value is None or self.crimes.known < REPEATS_TOLD_BELOW * self.all.known:
            told += self.repeats.statements()
        told += self._left_out()
        if self.place == LOCATION:
            told.append(say("published points"))
        return tuple(told)

    def _held_said(self, one: Held) -> list[Statement]:
        common = {"share": one.share, "crimes": self.crimes, "places": one.places}
        of_any = {"of_any": one.of_any, "any": self.any}
        if one.of_all.value is None:
            return [say("concentration of any", **common, **of_any)]
        key = "concentration" if one.of_all.interval is None else "concentration, range"
        return [
            say(key, **common, **of_any, of_all=one.of_all, all=self.all),
            say("by chance", all=self.all, share=one.share, by_chance=one.by_chance),
        ]

    def _gini_said(self) -> list[Statement]:
        told = [say("gini", gini=self.gini, by_chance=self.gini_by_chance, above=self.above_chance)]
        if self.crimes.known < self.all.known:
            told.append(say("gini generalised", crimes=self.crimes, generalised=self.generalised))
        return told

    def _left_out(self) -> list[Statement]:
        total = self.crimes.known + self.unplaced.known + self.elsewhere.known
        told = []
        for key, one in (("unplaced", self.unplaced), ("elsewhere", self.elsewhere)):
            if one.known:
                share = one.known / total
                said = percentage(
                    self.crimes,
                    share,
                    what=f"{key}, of all counted",
                    places=2 if share < LEAST_TENTHS else None,
                )
                held = {"all": self.all} if key == "elsewhere" else {}
                told.append(say(key, **{key: one}, share=said, **held))
        return told


def concentration(
    counts: Iterable[float],
    crimes: Figure,
    *,
    places: int | None,
    place: str = "LSOA",
    unplaced: float = 0,
    elsewhere: float = 0,
    shares: tuple[float, ...] = SHARES,
    level: float = NINETY_FIVE,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Concentration:
    """How crimes lie over places: shares on two bases, chance, Gini coefficients and repeats.

    Args:
        counts: Crimes at each place (whole, >= 0); places without one may be left out.
        crimes: All crimes counted: those at places, unplaced and elsewhere together.
        places: Places in all; None where that is not known.
        place: What a place is, in the singular.
        unplaced: Crimes that carry no place (count, >= 0).
        elsewhere: Crimes in places that are not of the area (count, >= 0).
        shares: Shares of crime whose least places are sought (0 to 1).
        level: Chance that an interval holds the truth (0 to 1).
        resamples: Drawings of places for the intervals.
        seed: Seed of the drawings.

    Raises:
        DefinitionRefused: a count is below nought or not whole, or more places hold a crime
            than there are.
        NotEnoughData: no crime lies in a place.
        NotComparable: the counts do not add up to `crimes`.
    """
    spread = spread_of(counts, places=places)
    if abs(spread.all_crimes + unplaced + elsewhere - crimes.known) > 0.5:
        raise NotComparable(
            f"{spread.all_crimes:,.0f} at places, {unplaced:,.0f} without one and "
            f"{elsewhere:,.0f} elsewhere do not add up to {crimes}",
            expected="one and the same count",
        )
    held = replace(crimes, value=spread.all_crimes, parts=(crimes,), method=f"{METHOD}: in a place")
    chance = None if places is None else by_chance(spread.all_crimes, float(places))
    drawn = None if places is None else resampled(spread, shares, resamples=resamples, seed=seed)
    repeats = repeats_of(spread, held, places, place)
    return Concentration(
        place=place,
        crimes=held,
        all=repeats.all,
        any=repeats.any,
        held=_held(spread, chance, drawn, repeats, (shares, level, place)),
        **_ginis(spread, chance, drawn, held, level),
        repeats=repeats,
        unplaced=_left(crimes, unplaced, "no place"),
        elsewhere=_left(crimes, elsewhere, "elsewhere"),
        curve=curve(spread if places is not None else _some(spread)),
        chance_curve=() if chance is None else curve(chance),
    )


def _left(crimes: Figure, number: float, what: str) -> Figure:
    unit = crimes.unit.removesuffix("s") if number == 1 else crimes.unit
    return replace(crimes, value=number, unit=unit, parts=(crimes,), method=f"{METHOD}: {what}")


def _some(spread: Spread) -> Spread:
    kept = spread.crimes > 0
    return Spread(spread.crimes[kept], spread.places[kept])


def _held(
    spread: Spread,
    chance: Spread | None,
    drawn: Resampled | None,
    repeats: Repeats,
    wanted: tuple[tuple[float, ...], float, str],
) -> tuple[Held, ...]:
    shares, level, noun = wanted
    like = repeats.crimes
    found = []
    for at, share in enumerate(shares):
        number = fewest_holding(spread, share)
        of_any = share_of(like, number / repeats.any.known, OF_ANY.format(f"{noun}s"))
        of_all = by_luck = not_known(share_of(like, 0, OF_ALL.format(f"{noun}s")))
        if chance is not None and drawn is not None:
            of_all = share_of(like, number / repeats.all.known, OF_ALL.format(f"{noun}s"))
            low, high = _ends(drawn.fewest[at], level)
            of_all = spanned(of_all, 100 * low, 100 * high, level)
            luck = fewest_holding(chance, share, whole=False) / chance.all_places
            by_luck = replace(of_all, value=100 * luck, interval=None, method="by chance alone")
        found.append(
            Held(
                percentage(like, share, what="of the crimes", places=0),
                named(like, number, noun, f"fewest {noun}s that hold the share"),
                of_all,
                of_any,
                by_luck,
            )
        )
    return tuple(found)


def _ends(values: np.ndarray, level: float) -> tuple[float, float]:
    tail = (1 - level) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return float(low), float(high)


def _ginis(
    spread: Spread, chance: Spread | None, drawn: Resampled | None, like: Figure, level: float
) -> dict[str, Figure]:
    plain = replace(tally(like, 0, "", what="Gini coefficient", places=2), unit="")
    if chance is None or drawn is None:
        nothing = not_known(plain)
        return {
            "gini": nothing,
            "gini_by_chance": nothing,
            "generalised": nothing,
            "above_chance": replace(nothing, unit=PERCENT),
        }
    value, luck = gini(spread), gini(chance)
    most = 1 - 1 / spread.all_places
    above = (value - luck) / (most - luck) if most > luck else 0.0
    of = spanned(replace(plain, value=value), *_ends(drawn.ginis, level), level)
    return {
        "gini": of,
        "gini_by_chance": replace(plain, value=luck, method="Gini coefficient by chance alone"),
        "generalised": replace(
            plain, value=generalised(value, spread), method="generalised Gini coefficient"
        ),
        "above_chance": percentage(like, above, what="from chance to all in one", places=0),
    }
