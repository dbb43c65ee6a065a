"""What a pilot area counted set against a comparison area, with the areas beside both.

The weighted displacement difference of Wheeler & Ratcliffe 2018 (Crime Science 7:11), each
variance times the dispersion of the counts, and its sum over kinds of crime weighted by harm.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from regard.core.errors import DefinitionRefused, NotComparable, NotEnoughData
from regard.core.figures import MUST_AGREE, Figure, Source
from regard.core.periods import Period
from regard.core.quantities import Range
from regard.core.statements import Statement
from regard.signals.comparing.words import percentage, say
from regard.signals.dispersion import Dispersion
from regard.signals.intervals import NINETY_FIVE, normal_quantile
from regard.signals.tallies import places_for, size, tally

MORE, FEWER, NOT_APART = "more", "fewer", "not apart"
VERDICTS = {
    MORE: "a difference that stands out from usual variation",
    FEWER: "a difference that stands out from usual variation",
    NOT_APART: "no difference that stands out from usual variation",
}
POWER = 0.80  # chance of finding the smallest difference that a design is said to detect
FEW = 5  # Wheeler & Ratcliffe 2018: below about five a count the normal range is rough
METHOD = "weighted displacement difference 1"


@dataclass(frozen=True)
class BeforeAfter:
    """One area's counts before and after, and its size.

    Attributes:
        before, after: Two counts of one measure, in one unit.
        size: Residents, dwellings or hectares in any one unit, where areas differ in it (> 0);
            counts are taken per unit of size.
    """

    before: Figure
    after: Figure
    size: float = 1.0


@dataclass(frozen=True)
class PilotDifference:
    """A pilot area against a comparison area.

    Attributes:
        pilot, comparison: Their counts.
        beside_pilot, beside_comparison: Those of the areas beside them, if there are any.
        local: Change in the pilot area less change in the comparison area, with its interval.
        displaced: The same of the areas beside them; None without them.
        total: Both together.
        error: Standard error of the total, in the unit of the counts.
        z: The total in standard errors.
        verdict: `more`, `fewer` or `not apart`.
        least: The smallest true difference that counts of this size show with the power given.
        power: That chance (0 to 1).
        dispersion: Variance over Poisson that the intervals took (>= 1).
    """

    pilot: BeforeAfter
    comparison: BeforeAfter
    beside_pilot: BeforeAfter | None
    beside_comparison: BeforeAfter | None
    local: Figure
    displaced: Figure | None
    total: Figure
    error: float
    z: float
    verdict: str
    least: Figure
    power: float
    dispersion: float

    @property
    def expected(self) -> float:
        """What the pilot area would have counted after, had it moved as the comparison did."""
        return self.pilot.after.known - self.local.known * self.pilot.size

    def statements(self) -> tuple[Statement, ...]:
        """What differs, its range, and what counts of this size could have shown."""
        told = [_counts_said("pilot", self.pilot, self.comparison)]
        if self.beside_pilot is not None and self.beside_comparison is not None:
            told.append(_counts_said("pilot beside it", self.beside_pilot, self.beside_comparison))
        told += [*self._difference_said(), say("pilot limits of design")]
        told += [*self._detectable_said(), *self._notes()]
        return tuple(told)

    def _difference_said(self) -> list[Statement]:
        total = self.total
        if total.known == 0:
            told = [say("pilot equal", total=total)]
        else:
            key = "pilot difference" if self.displaced is None else "pilot difference beside"
            way = MORE if total.known > 0 else FEWER
            verdict = VERDICTS[self.verdict]
            told = [say(key, size=size(total), way=way, total=total, verdict=verdict)]
        if self.displaced is not None:
            told.append(say("pilot parts", local=self.local, beside=self.displaced))
        return told

    def _detectable_said(self) -> list[Statement]:
        power = percentage(self.total, self.power, what="power", places=0)
        if self.displaced is not None or self.pilot.size != 1 or self.expected <= 0:
            return [say("detectable", least=self.least, power=power)]
        of = self.least.known / self.expected
        share = percentage(self.total, of, what="of what was expected", places=0)
        return [say("detectable, share", least=self.least, share=share, power=power)]

    def _notes(self) -> list[Statement]:
        areas = _areas(self.pilot, self.comparison, self.beside_pilot, self.beside_comparison)
        told = []
        before, after = self.pilot.before.period, self.pilot.after.period
        if before is not None and after is not None and before.days != after.days:
            lengths = [
                tally(self.total, period.days, "day", what="days") for period in (before, after)
            ]
            told.append(say("pilot lengths", before=lengths[0], after=lengths[1]))
        if any(one.size != 1 for one in areas):
            told.append(say("pilot sizes"))
        if min(one.known for area in areas for one in (area.before, area.after)) < FEW:
            few = replace(tally(self.total, FEW, "", what="few"), unit=self.total.unit)
            told.append(say("pilot few", few=few))
        if self.dispersion > 1:
            phi = _plain(self.total, self.dispersion, "dispersion")
            told.append(say("pilot spread", phi=phi))
        else:
            told.append(say("pilot chance alone"))
        return told


def _counts_said(key: str, one: BeforeAfter, there: BeforeAfter) -> Statement:
    return say(
        key, before=one.before, after=one.after, before_there=there.before, after_there=there.after
    )


def _plain(like: Figure, value: float, what: str) -> Figure:
    return replace(tally(like, value, "", what=what, places=1), unit="")


def _both_or_neither(
    beside_pilot: BeforeAfter | None, beside_comparison: BeforeAfter | None
) -> None:
    """Refuse areas beside only one of the two."""
    if (beside_pilot is None) != (beside_comparison is None):
        raise DefinitionRefused(
            f"areas beside {'the comparison' if beside_pilot is None else 'the pilot'} area alone",
            expected="areas beside both, or beside neither",
        )


def _some_counted(pilot: BeforeAfter, variance: float) -> None:
    """Refuse areas in which nothing was counted at all."""
    if variance == 0:
        raise NotEnoughData(
            f"{pilot.before.measure} was {pilot.before} and {pilot.after} in every area",
            expected="at least one counted",
        )


def pilot_difference(
    pilot: BeforeAfter,
    comparison: BeforeAfter,
    *,
    beside_pilot: BeforeAfter | None = None,
    beside_comparison: BeforeAfter | None = None,
    dispersion: Dispersion | float = 1.0,
    level: float = NINETY_FIVE,
    power: float = POWER,
) -> PilotDifference:
    """The weighted displacement difference, in counts (per unit of size, where sizes differ).

    local = change in the pilot area less change in the comparison area; displaced = the same
    beside them; total = both. The variance is the sum of the counts, each over its weight
    squared, times the dispersion. Counts before are put on the length of the period after.

    Args:
        pilot, comparison: The pilot area and the one it is set against.
        beside_pilot, beside_comparison: Areas beside each, to which crime could have moved.
        dispersion: Variance over Poisson of such counts (>= 1).
        level: Chance that an interval holds the truth (0 to 1).
        power: Chance of finding the smallest detectable difference (0 to 1).

    Raises:
        NotComparable: the counts are not of one measure, basis, unit and method, or the areas'
            periods differ.
        NotEnoughData: a count is missing, or nothing was counted anywhere.
        DefinitionRefused: a count below nought, a size not above it, a dispersion below 1, or
            areas beside only one of the two.
    """
    phi = dispersion.value if isinstance(dispersion, Dispersion) else dispersion
    _both_or_neither(beside_pilot, beside_comparison)
    areas = _areas(pilot, comparison, beside_pilot, beside_comparison)
    _must_fit(areas, phi)
    longer = _length_ratio(pilot.before.period, pilot.after.period)
    parts = [_moved(one, there, longer) for one, there in zip(areas[::2], areas[1::2], strict=True)]
    total, variance = (math.fsum(column) for column in zip(*parts, strict=True))
    _some_counted(pilot, variance)
    error = math.sqrt(phi * variance)
    held = tuple(one for area in areas for one in (area.after, area.before))
    local, *rest = (
        _figure(pilot.after, value, math.sqrt(phi * var), held[:4] if not at else held[4:], level)
        for at, (value, var) in enumerate(parts)
    )
    made = _figure(pilot.after, total, error, held, level)
    return PilotDifference(
        pilot=pilot,
        comparison=comparison,
        beside_pilot=beside_pilot,
        beside_comparison=beside_comparison,
        local=local,
        displaced=rest[0] if rest else None,
        total=made,
        error=error,
        z=total / error,
        verdict=_verdict(made),
        least=_least(made, error, level, power),
        power=power,
        dispersion=phi,
    )


def _verdict(total: Figure) -> str:
    assert total.interval is not None
    return MORE if total.interval.low > 0 else FEWER if total.interval.high < 0 else NOT_APART


def _least(total: Figure, error: float, level: float, power: float) -> Figure:
    """What a two-sided test at the level of the interval finds with the chance `power`."""
    least = (normal_quantile(level) + normal_quantile(2 * power - 1)) * error
    return replace(
        total,
        value=least,
        interval=None,
        signed=False,
        parts=(total,),
        places=places_for(least, total.unit),
    )


def _areas(*areas: BeforeAfter | None) -> list[BeforeAfter]:
    return [one for one in areas if one is not None]


def _must_fit(areas: list[BeforeAfter], phi: float) -> None:
    first = areas[0]
    if phi < 1:
        raise DefinitionRefused(f"a dispersion of {phi}", expected="1 or more")
    same = [name for name in MUST_AGREE if name != "scope"]
    for area in areas:
        if area.size <= 0:
            raise DefinitionRefused(
                f"{area.after.scope} has the size {area.size}", expected="a size above 0"
            )
        for one, other in ((area.before, first.before), (area.after, first.after)):
            differ = [name for name in same if getattr(one, name) != getattr(first.after, name)]
            differ += ["period"] if one.period != other.period else []
            if differ:
                raise NotComparable(
                    f"{one.measure} of {one.scope} and of {other.scope} differ in "
                    f"{', '.join(differ)}",
                    expected=f"the same {', '.join(same)}, over the same two periods",
                )
            if one.known < 0:
                raise DefinitionRefused(
                    f"{one.measure} of {one.scope} is {one}", expected="counts of 0 or more"
                )


def _length_ratio(before: Period | None, after: Period | None) -> float:
    """How many times as long as `after` the period before was."""
    return 1.0 if before is None or after is None else before.days / after.days


def _moved(one: BeforeAfter, there: BeforeAfter, longer: float) -> tuple[float, float]:
    """The difference of two changes and its Poisson variance."""
    value = variance = 0.0
    for area, sign in ((one, 1), (there, -1)):
        after, before = area.after.known, area.before.known
        weight = longer * area.size
        value += sign * (after / area.size - before / weight)
        variance += after / area.size**2 + before / weight**2
    return value, variance


def _figure(
    like: Figure, value: float, error: float, parts: tuple[Figure, ...], level: float
) -> Figure:
    reach = normal_quantile(level) * error
    return Figure(
        value=value,
        unit=like.unit,
        measure=like.measure,
        scope=like.scope,
        basis=like.basis,
        method=METHOD,
        as_at=like.as_at,
        period=like.period,
        sources=(Source("figures", METHOD),),
        parts=parts,
        interval=Range(value - reach, value + reach, level),
        places=0 if value == int(value) else 1,
        signed=True,
    )


@dataclass(frozen=True)
class HarmDifference:
    """Differences of several kinds of crime, weighted by the harm of each.

    Attributes:
        kinds: The difference of each kind.
        weights: Harm of one crime of each kind.
        total: The weighted sum with its interval, in units of harm.
        error: Its standard error.
        z: The total in standard errors.
        verdict: `more`, `fewer` or `not apart`.
    """

    kinds: Mapping[str, PilotDifference]
    weights: Mapping[str, float]
    total: Figure
    error: float
    z: float
    verdict: str

    def statements(self) -> tuple[Statement, ...]:
        """The sum, what it is not, and the range it takes."""
        kinds = tally(self.total, len(self.kinds), "kind", what="kinds of crime")
        kinds = replace(kinds, unit="kinds of crime" if len(self.kinds) != 1 else "kind of crime")
        return (
            say("harm", kinds=kinds, total=self.total, verdict=VERDICTS[self.verdict]),
            say("pilot limits of design"),
        )


def harm_difference(
    kinds: Mapping[str, PilotDifference],
    weights: Mapping[str, float],
    *,
    unit: str = "harm points",
    level: float = NINETY_FIVE,
) -> HarmDifference:
    """The harm-weighted sum of pilot differences, in units of harm.

    total = sum of weight times difference; variance = sum of weight squared times variance.
    The kinds are taken as independent.

    Args:
        kinds: The difference of each kind of crime, of one pilot area.
        weights: Harm of one crime of each kind (>= 0).
        unit: What the weights are in.
        level: Chance that the interval holds the truth (0 to 1).

    Raises:
        DefinitionRefused: a kind without a weight, a weight below nought, or all of them nought.
    """
    lacking = sorted(one for one in kinds if weights.get(one, -1.0) < 0)
    if lacking or not kinds or not any(weights[one] for one in kinds):
        raise DefinitionRefused(
            f"kinds of crime without a weight: {', '.join(lacking) or 'all of none'}",
            expected="a weight of 0 or more for every kind, at least one above 0",
        )
    total = math.fsum(weights[one] * kinds[one].total.known for one in kinds)
    error = math.sqrt(math.fsum((weights[one] * kinds[one].error) ** 2 for one in kinds))
    like = next(iter(kinds.values())).total
    made = _figure(like, total, error, tuple(one.total for one in kinds.values()), level)
    made = replace(made, unit=unit, measure="harm", method=f"harm-weighted {METHOD}")
    z = total / error if error else 0.0
    return HarmDifference(dict(kinds), dict(weights), made, error, z, _verdict(made))
