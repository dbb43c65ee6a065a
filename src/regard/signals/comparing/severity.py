"""The Crime Severity Score with its interval, and which offences it rests on.

Office for National Statistics 2016, Research outputs: developing a Crime Severity Score: offences
times weights, over residents (the score of England and Wales was 10.1 in 2015/16; it is per
resident, not per 1,000). The interval is the gamma one of a weighted sum of counts (Fay & Feuer
1997, Statistics in Medicine 16:791), with the variance of every count times its dispersion.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from scipy import special

from regard.core.errors import DefinitionRefused, NotComparable, NotEnoughData
from regard.core.figures import Figure, derived
from regard.core.quantities import Range
from regard.core.statements import Statement
from regard.signals.comparing.words import percentage, say
from regard.signals.intervals import NINETY_FIVE
from regard.signals.tallies import tally

METHOD = "crime-severity-score 1"
UNIT = "points per resident"
PART = "of the offences with a weight"
MOST_NAMED = 3  # offences that the sentences name
CODES_NAMED = 6


@dataclass(frozen=True)
class Weighed:
    """One kind of offence in a score.

    Attributes:
        code: Its Home Office code.
        count: Offences, net of corrections; may be below nought.
        weight: Points an offence.
        share: Its part of the score (a share of 1; below nought with its count).
        variance_share: Its part of the variance of the score (0 to 1).
    """

    code: str
    count: float
    weight: float
    share: float
    variance_share: float


@dataclass(frozen=True)
class Severity:
    """A Crime Severity Score.

    Attributes:
        score: Points a resident, with its interval. Of a part of the offences it stands on a
            basis of its own, and so compares with no score of the whole.
        error: Standard error of the score: sqrt(sum w^2 n phi) / residents.
        counted: All offences counted.
        covered: The offences that have a weight.
        residents: What the score is divided by.
        edition: Edition of the weights.
        offences: Every kind with a weight, the greatest share of the score first.
        without_weight: Offences by code that have none.
        netted: Codes whose count ended below nought, with it.
        dispersion: The largest variance over Poisson that was taken (>= 1).
    """

    score: Figure
    error: float
    counted: Figure
    covered: Figure
    residents: Figure
    edition: str
    offences: tuple[Weighed, ...]
    without_weight: Mapping[str, float]
    netted: Mapping[str, float]
    dispersion: float

    @property
    def uncertain(self) -> tuple[Weighed, ...]:
        """The same kinds of offence, the greatest share of the variance first."""
        return tuple(sorted(self.offences, key=lambda one: (-one.variance_share, one.code)))

    def statements(self, names: Mapping[str, str] | None = None) -> tuple[Statement, ...]:
        """What the score is, what it covers, and on which offences it rests.

        Args:
            names: Names of offences by code, as a paper prints them.
        """
        named = names or {}
        told = [say("severity", score=self.score), self._covered_said()]
        if self.without_weight:
            left = _offences(self, math.fsum(self.without_weight.values()), "without a weight")
            share = percentage(self.score, left.known / self.counted.known, what="of offences")
            codes = _codes(sorted(self.without_weight))
            told.append(say("severity part", left=left, share=share, codes=codes))
        uncertain = self.uncertain[:1]
        told += [self._moves_said(one, named.get(one.code, one.code)) for one in uncertain]
        for one in self.offences[:MOST_NAMED]:
            if one not in uncertain:
                told.append(self._most_said(one, named.get(one.code, one.code)))
        if self.netted:
            netted = _offences(self, math.fsum(self.netted.values()), "below nought")
            told.append(say("severity netted", codes=_codes(sorted(self.netted)), netted=netted))
        if self.dispersion > 1:
            phi = tally(self.score, self.dispersion, "", what="dispersion", places=1)
            told.append(say("severity spread", phi=replace(phi, unit="")))
        else:
            told.append(say("severity chance alone"))
        return tuple(told)

    def _covered_said(self) -> Statement:
        if not self.without_weight:
            return say("severity of all", all=self.counted, edition=self.edition)
        held = {"covered": self.covered, "all": self.counted}
        return say("severity of", **held, edition=self.edition)

    def _most_said(self, one: Weighed, name: str) -> Statement:
        share = percentage(self.score, one.share, what=f"{one.code}, of the score")
        count = _offences(self, one.count, one.code)
        return say("severity most", name=name, share=share, count=count)

    def _moves_said(self, one: Weighed, name: str) -> Statement:
        share = percentage(self.score, one.share, what=f"{one.code}, of the score")
        variance = percentage(self.score, one.variance_share, what=f"{one.code}, of the variance")
        move = replace(
            self.score,
            value=one.weight / self.residents.known,
            interval=None,
            places=4,
            method=f"one offence of {one.code}",
            parts=(self.score,),
        )
        count = _offences(self, one.count, one.code)
        return say(
            "severity moves", name=name, count=count, share=share, variance=variance, move=move
        )


def _offences(severity: Severity, number: float, what: str) -> Figure:
    return replace(
        severity.counted, value=number, method=f"{severity.counted.method}: {what}",
        parts=(severity.counted,),
    )  # fmt: skip


def _codes(codes: list[str]) -> str:
    """Codes as names, the first few of many; how many more stands in their figure."""
    more = " and others" if len(codes) > CODES_NAMED else ""
    return ", ".join(codes[:CODES_NAMED]) + more


def _score(
    counted: Figure, residents: Figure, points: float, span: Range, edition: str, *, part: bool
) -> Figure:
    """Points and their range over the residents, in points per resident."""
    return derived(
        (counted, residents),
        value=points / residents.known,
        unit=UNIT,
        method=f"{METHOD}, weights of edition {edition}",
        measure="crime-severity-score",
        basis=f"{counted.basis}, {PART}" if part else counted.basis,
        interval=Range(span.low / residents.known, span.high / residents.known, span.level),
    )


def severity_score(
    counted: Figure,
    counts: Mapping[str, float],
    weights: Mapping[str, float],
    residents: Figure,
    *,
    edition: str,
    dispersion: float | Mapping[str, float] = 1.0,
    part_allowed: bool = False,
    level: float = NINETY_FIVE,
) -> Severity:
    """A Crime Severity Score, in points per resident.

    score = sum(count * weight) / residents; variance = sum(weight^2 * |count| * phi) /
    residents^2. A count is net of corrections over the period; one that stays below nought is
    taken as it stands, so that scores of parts of a period add up, and varies by its size.

    Args:
        counted: All offences counted, which `counts` add up to.
        counts: Offences by code.
        weights: Points an offence by code, of one edition (>= 0).
        residents: Residents of the same area (> 0).
        edition: Edition of the weights.
        dispersion: Variance over Poisson (>= 1), one for all or by code (1 where none is given).
        part_allowed: Whether a score is given although some offences have no weight.
        level: Chance that the interval holds the truth (0 to 1).

    Raises:
        NotEnoughData: offences have no weight and a part is not allowed, none has one, or the
            sum is not above nought.
        NotComparable: the counts do not add up to `counted`, or the residents are of another area.
        DefinitionRefused: a weight below nought, a dispersion below 1, or no residents.
    """
    spread = _dispersions(counts, dispersion)
    lacking = _lacking(counted, counts, weights)
    if lacking and not part_allowed:
        raise _part_refused(counted, lacking, edition)
    _must_be_sound(weights, residents, spread)
    held = {code: n for code, n in sorted(counts.items()) if code in weights}
    points = math.fsum(n * weights[code] for code, n in held.items())
    variance = math.fsum(weights[c] ** 2 * abs(n) * spread[c] for c, n in held.items())
    span = _span(_some(points, counted), variance, weights, spread, level)
    score = _score(counted, residents, points, span, edition, part=bool(lacking))
    method = f"{counted.method}: with a weight"
    return Severity(
        score=replace(score, places=2),
        error=math.sqrt(variance) / residents.known,
        counted=counted,
        covered=replace(counted, value=math.fsum(held.values()), method=method, parts=(counted,)),
        residents=residents,
        edition=edition,
        offences=_weighed(held, weights, spread, points, variance),
        without_weight=lacking,
        netted={code: n for code, n in held.items() if n < 0},
        dispersion=max(spread.values()),
    )


def _span(
    points: float,
    variance: float,
    weights: Mapping[str, float],
    spread: Mapping[str, float],
    level: float,
) -> Range:
    heaviest = max(weights, key=lambda code: (weights[code], code))
    return gamma_interval(
        points, variance, weights[heaviest], dispersion=spread.get(heaviest, 1.0), level=level
    )


def _some(points: float, counted: Figure) -> float:
    if points <= 0:
        raise NotEnoughData(
            f"{counted.measure} of {counted.scope} weighs {points:,.0f} points",
            expected="some points above nought",
        )
    return points


def _part_refused(counted: Figure, lacking: Mapping[str, float], edition: str) -> NotEnoughData:
    return NotEnoughData(
        f"{math.fsum(lacking.values()):,.0f} of {counted} have no weight in edition {edition}, "
        f"under {_codes(list(lacking))}",
        expected="a weight for every offence counted",
        next_step="bring in the weights that are missing, or allow a score of a part",
    )


def _lacking(
    counted: Figure, counts: Mapping[str, float], weights: Mapping[str, float]
) -> dict[str, float]:
    """The offences without a weight, of counts that add up to what was counted."""
    total = math.fsum(counts.values())
    if abs(total - counted.known) > 0.5:
        raise NotComparable(
            f"counts by offence add up to {total:,.0f} and not to {counted}",
            expected="one and the same count",
        )
    return {code: n for code, n in sorted(counts.items()) if n and code not in weights}


def _must_be_sound(
    weights: Mapping[str, float], residents: Figure, spread: Mapping[str, float]
) -> None:
    least, phi = min(weights.values(), default=0.0), min(spread.values())
    if residents.known <= 0 or not weights or least < 0 or phi < 1:
        raise DefinitionRefused(
            f"{residents}, {len(weights)} weights, the least {least}, the least dispersion {phi}",
            expected="residents above 0, weights of 0 or more, dispersions of 1 or more",
        )


def gamma_interval(
    points: float,
    variance: float,
    heaviest: float,
    *,
    dispersion: float = 1.0,
    level: float = NINETY_FIVE,
) -> Range:
    """The interval of a weighted sum of counts, in the unit of the sum (Fay & Feuer 1997).

    For one weight and no dispersion it is the exact Poisson interval; above, it allows for one
    more of the heaviest kind, of which none may have been counted.

    Args:
        points: The weighted sum (> 0).
        variance: Its variance (>= 0), in squared points.
        heaviest: The largest weight, whether or not any of its kind was counted.
        dispersion: Variance over Poisson of the heaviest kind (>= 1).
        level: Chance that the interval holds the truth (0 to 1).
    """
    tail = (1 - level) / 2
    low = 0.0
    if variance > 0:
        low = variance / points * special.gammaincinv(points**2 / variance, tail)
    more, spread = points + heaviest, variance + dispersion * heaviest**2
    high = spread / more * special.gammainccinv(more**2 / spread, tail)
    return Range(float(min(low, points)), float(max(high, points)), level)


def _dispersions(
    counts: Mapping[str, float], dispersion: float | Mapping[str, float]
) -> dict[str, float]:
    if isinstance(dispersion, Mapping):
        return {code: dispersion.get(code, 1.0) for code in {*counts, *dispersion}}
    return dict.fromkeys(counts, dispersion) if counts else {"": dispersion}


def _weighed(
    counts: Mapping[str, float],
    weights: Mapping[str, float],
    spread: Mapping[str, float],
    points: float,
    variance: float,
) -> tuple[Weighed, ...]:
    found = [
        Weighed(
            code,
            n,
            weights[code],
            n * weights[code] / points,
            weights[code] ** 2 * abs(n) * spread[code] / variance,
        )
        for code, n in counts.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.share, one.code)))
