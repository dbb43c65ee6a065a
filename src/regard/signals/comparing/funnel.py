"""A funnel: areas against a target, with limits that narrow as areas grow. Never an order.

The variation between areas is measured on every area with a figure; a group of most similar
forces only chooses which of them are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from regard.core.errors import DefinitionRefused, NotComparable, NotEnoughData, NotKnown
from regard.core.figures import MUST_AGREE, Figure, Source
from regard.core.quantities import PERCENT, Range
from regard.signals.comparing.placed import (
    ABOVE,
    BELOW,
    BETWEEN,
    BEYOND,
    INNER,
    INSIDE,
    OUTER,
    CurvePoint,
    Funnel,
    Placed,
    SimilarForces,
)
from regard.signals.comparing.spread import (
    FEWEST_AREAS,
    PROPORTION,
    RATE,
    RATIO,
    WINSORISED,
    Overdispersion,
    chances,
    limits,
    overdispersion,
    typical,
)
from regard.signals.tallies import places_for

OF_ALL, OF_GROUP = "the pooled figure of all areas", "the pooled figure of the areas drawn"
OF_TYPICAL = "the figure of a typical area"
OF_FIGURE = "given as the centre"
TARGETS = (OF_ALL, OF_GROUP, OF_TYPICAL)

CURVE_POINTS = 60
BEYOND_THE_ENDS = 1.1  # how far the curve goes on past the smallest and largest base
METHOD = "funnel 1"


def _enough(having: int, chosen: int) -> None:
    """Refuse to draw fewer areas than make a funnel."""
    if having < FEWEST_AREAS:
        raise NotEnoughData(
            f"{having} of the {chosen} areas to be drawn have a figure",
            expected=f"at least {FEWEST_AREAS}",
            next_step="draw more areas, or compare two figures with their intervals",
        )


def funnel(
    figures: Sequence[Figure],
    *,
    drawn: Sequence[str] = (),
    about: str = "",
    similar: SimilarForces | None = None,
    target: str | Figure = OF_ALL,
    ratio: bool = False,
    trimming: str = WINSORISED,
) -> Funnel:
    """A funnel of proportions (arcsine scale), rates or ratios (logarithms), one an area.

    Args:
        figures: One an area, of one measure, basis, unit, method and period, for every area
            there is, each with its count and its base as parts, as counting gives them; where
            a third part is an effective base, that one is taken. A missing one is listed.
        drawn: Areas to draw; by default all of them, or the group of `about`.
        about: The area the funnel is about.
        similar: Groups of most similar forces, from which the group of `about` is drawn.
        target: One of `TARGETS` (the pooled figure of all areas, that of those drawn, the
            figure of a typical area), or a figure of its own, such as a national standard.
        ratio: Whether the base is itself a count that varies by chance.
        trimming: How extremes are kept from widening the limits, or `chance alone`.

    Raises:
        NotComparable: the figures are not the same thing.
        NotEnoughData: fewer than three areas have a figure, or no event was counted.
        NotKnown: an area to be drawn has no figure here.
        DefinitionRefused: a figure has no count and base, or stands twice.
    """
    held = _comparable(figures)
    known = [one for one in held if one.value is not None]
    missing = {one.scope: one.missing for one in held if one.value is None}
    chosen = _chosen(held, drawn, about, similar)
    kind = RATIO if ratio else PROPORTION if held[0].unit == PERCENT else RATE
    events, bases, per = _counts(known, kind)
    names = [one.scope for one in known]
    of_drawn = np.array([name in chosen for name in names], dtype=bool)
    _enough(int(of_drawn.sum()), len(chosen))
    middle = _pooled(events, bases, kind, names)
    if target == OF_TYPICAL:
        middle = typical(kind, events, bases, target=middle, trimming=trimming)
    spread = overdispersion(kind, events, bases, target=middle, trimming=trimming)
    centre, value = _target(target, np.array([events, bases]), of_drawn, middle, per)
    made = _target_figure(known, value * per, centre, target)
    around = _Middle(kind, value, per, spread)
    return Funnel(
        kind=kind,
        target=made,
        centre=centre,
        spread=spread,
        areas=_placed(known, np.array([events, bases]), of_drawn, around, made),
        missing=tuple(sorted((one, why) for one, why in missing.items() if one in chosen)),
        curve=_curve(bases[of_drawn], around),
        similar=similar,
        about=about,
    )


@dataclass(frozen=True)
class _Middle:
    """The centre of a funnel as the arrays need it: a share of 1, or events a unit of base."""

    kind: str
    value: float
    per: float
    spread: Overdispersion

    def ends(self, bases: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
        """Lower and upper limits in the unit of the figures."""
        band = limits(self.kind, bases, target=self.value, spread=self.spread, level=level)
        return band.lower * self.per, band.upper * self.per


def _comparable(figures: Sequence[Figure]) -> list[Figure]:
    """The figures in the order of the alphabet, one an area."""
    held = sorted(figures, key=lambda one: one.scope)
    if not held:
        raise NotEnoughData(f"{len(held)} figures make no funnel", expected="one figure an area")
    scopes = [one.scope for one in held]
    twice = sorted({one for one in scopes if scopes.count(one) > 1})
    if twice:
        raise DefinitionRefused(
            f"{', '.join(twice)} stands more than once", expected="one figure an area"
        )
    same = [name for name in (*MUST_AGREE, "period") if name != "scope"]
    for one in held[1:]:
        differ = [name for name in same if getattr(one, name) != getattr(held[0], name)]
        if differ:
            told = "; ".join(
                f"{name} is {getattr(held[0], name)} and {getattr(one, name)}" for name in differ
            )
            raise NotComparable(
                f"{held[0].scope} and {one.scope} cannot be compared: {told}",
                expected=f"the same {', '.join(same)}",
            )
    return held


def _chosen(
    held: Sequence[Figure], drawn: Sequence[str], about: str, similar: SimilarForces | None
) -> set[str]:
    known = {one.scope for one in held}
    wanted = set(drawn) or (set(similar.group(about)) if similar is not None else known)
    for area in sorted(wanted | ({about} if about else set())):
        if area not in known:
            raise NotKnown("area with a figure", area, known)
    return wanted | ({about} if about else set())


def _counts(known: Sequence[Figure], kind: str) -> tuple[np.ndarray, np.ndarray, float]:
    """Counts and bases one an area, and how many units of the figure one share or ratio is."""
    events, bases = [], []
    for one in known:
        if len(one.parts) < 2:
            raise DefinitionRefused(
                f"{one.measure} of {one.scope} has {len(one.parts)} parts",
                expected="its count and its base as parts",
                next_step="take the figure of a rate or a proportion as it was counted",
            )
        count, base = one.parts[0].known, one.parts[1].known
        if base <= 0:
            raise DefinitionRefused(
                f"{one.measure} of {one.scope} stands on {one.parts[1]}", expected="a base above 0"
            )
        effective = one.parts[2].known if len(one.parts) > 2 else base
        events.append(count * effective / base)
        bases.append(effective)
    per = 100.0
    if kind != PROPORTION:
        some = max(known, key=lambda one: one.parts[0].known, default=None)
        whole = 0.0 if some is None else some.parts[0].known / some.parts[1].known
        per = some.known / whole if some is not None and whole else 1.0
    for one in known:
        of = one.parts[0].known / one.parts[1].known * per
        if abs(of - one.known) > 1e-6 * max(1.0, abs(of)):
            raise NotComparable(
                f"{one.measure} of {one.scope} is {one} and its parts give {of:,.6g}",
                expected="a figure that is its first part over its second",
            )
    return np.array(events), np.array(bases), per


def _pooled(events: np.ndarray, bases: np.ndarray, kind: str, names: Sequence[str]) -> float:
    share = float(events.sum() / bases.sum()) if len(bases) else 0.0
    if share <= 0 or (kind == PROPORTION and share >= 1):
        raise NotEnoughData(
            f"{events.sum():,.0f} of {bases.sum():,.0f} over {len(names)} areas leaves nothing "
            "to compare",
            expected="some counted, and of a proportion some not",
        )
    return share


def _target(
    target: str | Figure, counted: np.ndarray, drawn: np.ndarray, middle: float, per: float
) -> tuple[str, float]:
    """What the centre is in words, and its value as a share or events a unit of base."""
    if isinstance(target, Figure):
        return OF_FIGURE, target.known / per
    if target not in TARGETS:
        raise DefinitionRefused(
            f"a target of {target}", expected=f"a figure, or one of: {'; '.join(TARGETS)}"
        )
    if target != OF_GROUP:
        return target, middle
    events, bases = counted[:, drawn].sum(axis=1)
    return target, float(events / bases)


def _target_figure(
    known: Sequence[Figure], value: float, centre: str, target: str | Figure
) -> Figure:
    one = known[0]
    if isinstance(target, Figure):
        if target.unit != one.unit:
            raise NotComparable(
                f"a target of {target} for figures in {one.unit}",
                expected=f"a target in {one.unit}",
            )
        return replace(target, parts=tuple(known))
    return Figure(
        value=value,
        unit=one.unit,
        measure=one.measure,
        scope=f"{len(known)} areas",
        basis=one.basis,
        method=f"{centre}, {METHOD}",
        as_at=one.as_at,
        period=one.period,
        sources=(Source("figures", METHOD, centre),),
        parts=tuple(known),
        places=places_for(value, one.unit) if one.places is None else one.places,
    )


def _placed(
    known: Sequence[Figure],
    counted: np.ndarray,
    drawn: np.ndarray,
    middle: _Middle,
    target: Figure,
) -> tuple[Placed, ...]:
    events, bases = counted
    far = chances(middle.kind, events, bases, target=middle.value, spread=middle.spread)
    bands = {level: middle.ends(bases, level) for level in (INNER, OUTER)}
    found = []
    for at in np.flatnonzero(drawn).tolist():
        one, chance = known[at], float(far[at])
        inner, outer = (
            replace(
                target,
                scope=one.scope,
                interval=Range(float(lower[at]), float(upper[at]), level),
                parts=(one,),
            )
            for level, (lower, upper) in bands.items()
        )
        position = BEYOND if chance < 1 - OUTER else BETWEEN if chance < 1 - INNER else INSIDE
        side = ABOVE if events[at] / bases[at] > middle.value else BELOW
        side = "" if position == INSIDE else side
        found.append(Placed(one.scope, one, float(bases[at]), inner, outer, position, side, chance))
    return tuple(found)


def _curve(bases: np.ndarray, middle: _Middle) -> tuple[CurvePoint, ...]:
    first, last = bases.min() / BEYOND_THE_ENDS, bases.max() * BEYOND_THE_ENDS
    at = np.geomspace(first, last, CURVE_POINTS)
    inner, outer = (middle.ends(at, level) for level in (INNER, OUTER))
    rows = np.column_stack([at, outer[0], inner[0], inner[1], outer[1]])
    return tuple(CurvePoint(*row) for row in rows.tolist())
