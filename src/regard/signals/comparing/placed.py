"""Areas in a funnel as values: where each lies, the limits to draw, and what is said of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from regard.core.errors import NotKnown
from regard.core.figures import Figure, Source
from regard.core.statements import Statement, Value
from regard.signals.comparing.spread import CHANCE_ALONE, Overdispersion
from regard.signals.comparing.words import chance_said, percentage, say
from regard.signals.tallies import places_for, tally

INNER, OUTER = 0.95, 0.998  # Spiegelhalter 2005: about 2 and 3 standard errors
INSIDE, BETWEEN, BEYOND = "inside", "between", "beyond"
POSITIONS = (INSIDE, BETWEEN, BEYOND)
ABOVE, BELOW = "above", "below"

MOST_TOLD_ONE_BY_ONE = 6  # areas outside the limits; more are listed by where they lie
LOPSIDED = 3.0  # standard errors of a fair split, from which a centre is said to be lopsided
FEW_AREAS = 15  # below it the moments of 10% winsorised scores rest on a dozen or fewer


@dataclass(frozen=True)
class SimilarForces:
    """Groups of most similar forces, as somebody published them.

    Attributes:
        edition: Which edition, such as `2013`.
        source: Who published it, and where.
        groups: Each force with the forces that are most similar to it.
    """

    edition: str
    source: Source
    groups: Mapping[str, tuple[str, ...]]

    def group(self, force: str) -> tuple[str, ...]:
        """A force and the forces most similar to it, in the order of the alphabet.

        Raises:
            NotKnown: the edition has no group for that force.
        """
        if force not in self.groups:
            raise NotKnown(f"force of edition {self.edition}", force, self.groups)
        return tuple(sorted({force, *self.groups[force]}))


@dataclass(frozen=True)
class Placed:
    """An area in a funnel.

    Attributes:
        area: Its name, as its figure's scope.
        value: Its figure.
        base: What the figure stands on: residents, answers, the other count.
        inner, outer: The target with the limits for a base of this size as its interval.
        position: `inside`, `between` the inner and outer limits, or `beyond` both.
        side: `above` or `below` the target; empty inside the limits.
        chance: Chance that an area like the others lies at least so far out (0 to 1).
    """

    area: str
    value: Figure
    base: float
    inner: Figure
    outer: Figure
    position: str
    side: str
    chance: float


@dataclass(frozen=True)
class CurvePoint:
    """The limits at one base, for drawing, in the unit of the measure."""

    base: float
    outer_lower: float
    inner_lower: float
    inner_upper: float
    outer_upper: float


@dataclass(frozen=True)
class Funnel:
    """Areas against a target, with limits for their size.

    Attributes:
        kind: `proportion`, `rate` or `ratio`.
        target: The centre, in the unit of the figures.
        centre: What the target is, in words.
        spread: The variation between areas, measured on all of them.
        areas: The areas drawn, in the order of the alphabet: a funnel is no league table.
        missing: Areas without a figure, each with the reason.
        curve: The limits from the smallest to the largest base.
        similar: The edition of most similar forces that chose the areas, if one did.
        about: The force whose group is drawn, if it is one's.
    """

    kind: str
    target: Figure
    centre: str
    spread: Overdispersion
    areas: tuple[Placed, ...]
    missing: tuple[tuple[str, str], ...]
    curve: tuple[CurvePoint, ...]
    similar: SimilarForces | None = None
    about: str = ""

    @property
    def outside(self) -> tuple[Placed, ...]:
        """The areas outside the inner limits, in the order of the alphabet."""
        return tuple(one for one in self.areas if one.position != INSIDE)

    def statements(self, names: Mapping[str, str] | None = None) -> tuple[Statement, ...]:
        """What the funnel says.

        Args:
            names: Names of areas as a paper prints them; by default as their figures have them.
        """
        named = names or {}
        drawn = tally(self.target, len(self.areas), "area", what="areas drawn")
        told = [say("funnel", drawn=drawn, target=self.target, centre=self.centre)]
        if self.similar is not None:
            told.append(
                say(
                    "group",
                    area=named.get(self.about, self.about),
                    source=self.similar.source.reference,
                    edition=self.similar.edition,
                )
            )
        told += self._spread_said()
        told += self._lopsided_said()
        few = len(self.outside) <= MOST_TOLD_ONE_BY_ONE
        for one in self.areas:
            if one.area == self.about or (few and one.position != INSIDE):
                told += _placed_said(one, named.get(one.area, one.area))
        if not few:
            told += self._listed(named)
        told += self._counted_said(drawn)
        told.append(say("no order"))
        if self.missing:
            areas = ", ".join(named.get(area, area) for area, _ in self.missing)
            told.append(say("without a figure", areas=areas))
        return tuple(told)

    def _listed(self, named: Mapping[str, str]) -> list[Statement]:
        """The areas outside by where they lie, in the order of the alphabet."""
        ends = {
            "inner": percentage(self.target, INNER, what="inner limits", places=0),
            "outer": percentage(self.target, OUTER, what="outer limits"),
        }
        told = []
        for position, side in ((p, s) for p in (BEYOND, BETWEEN) for s in (ABOVE, BELOW)):
            areas = [
                named.get(one.area, one.area)
                for one in self.areas
                if (one.position, one.side) == (position, side)
            ]
            held = ends if position == BETWEEN else {"outer": ends["outer"]}
            if areas:
                text = ", ".join(areas)
                told.append(say(f"listed {position}", side=side.title(), areas=text, **held))
        return told

    def _spread_said(self) -> list[Statement]:
        spread = self.spread
        number = len(self.target.parts)
        held = tally(self.target, number, "area", what="areas with a figure")
        phi = replace(held, value=spread.phi, unit="", places=places_for(spread.phi, ""))
        if spread.trimming == CHANCE_ALONE:
            told = [say("spread, not allowed for", all=held, phi=phi)]
        elif spread.tau_squared > 0:
            told = [say("spread", all=held, phi=phi)]
        else:
            told = [say("spread, none", all=held)]
        return [*told, say("spread, few", all=held)] if number < FEW_AREAS else told

    def _lopsided_said(self) -> list[Statement]:
        """Whether the centre is not where a typical area lies."""
        values = [one.known for one in self.target.parts]
        below = sum(value < self.target.known for value in values)
        most = max(below, len(values) - below)
        error = math.sqrt(len(values)) / 2
        if most - len(values) / 2 < LOPSIDED * error:
            return []
        side = BELOW if below == most else ABOVE
        number = tally(self.target, most, "area", what=f"areas {side} the centre")
        held = tally(self.target, len(values), "area", what="areas with a figure")
        number = replace(number, unit="")
        return [say("lopsided", number=number, all=held, side=side)]

    def _counted_said(self, drawn: Figure) -> list[Statement]:
        inner = percentage(self.target, INNER, what="inner limits", places=0)
        number = len(self.areas) - len(self.outside)
        inside = tally(self.target, number, "area", what="areas inside the inner limits")
        inside = replace(inside, unit="")
        expected = tally(
            self.target,
            len(self.areas) * (1 - INNER),
            "area",
            what="areas outside the inner limits by chance alone",
            places=1,
        )
        expected = replace(expected, unit="")
        if not self.outside:
            told = [say("none outside", drawn=drawn, limits=inner)]
        else:
            key = "one inside" if number == 1 else "inside"
            told = [say(key, inside=inside, drawn=drawn, limits=inner)]
        alone = ", chance" if self.spread.trimming == CHANCE_ALONE else ""
        return [
            *told,
            say(f"expected outside{alone}", drawn=drawn, expected=expected, limits=inner),
        ]


def _placed_said(one: Placed, name: str) -> list[Statement]:
    value = one.value.printed(places=one.inner.places, signed=one.value.signed)
    if one.position == INSIDE:
        return [say("area inside", area=name, value=value, limits=one.inner)]
    end, chance = chance_said(one.value, one.chance)
    key = f"area {one.position}"
    held: dict[str, Value] = {
        "area": name,
        "value": value,
        "side": one.side,
        "outer": one.outer,
    }
    if one.position == BETWEEN:
        held["inner"] = one.inner
    return [say(key, **held), say(f"chance{end}", chance=chance)]
