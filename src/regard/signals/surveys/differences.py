"""Two waves, or two groups, of a survey set against each other."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from regard.core.errors import NotComparable
from regard.core.figures import Figure, derived
from regard.core.periods import MONTHS_A_YEAR
from regard.core.quantities import POINTS, rounded
from regard.core.statements import Statement, Value
from regard.signals.intervals import (
    NINETY_FIVE,
    normal_quantile,
    points_interval,
    wilson_ends,
)
from regard.signals.surveys.sentences import say
from regard.signals.surveys.waves import PLACES, Share, Wave
from regard.signals.tallies import size, spanned

HIGHER, LOWER, NO_DIFFERENCE, NOT_JUDGED = "higher", "lower", "no difference", "not judged"
VERDICTS = {
    HIGHER: "more than two samples of this size often show by chance",
    LOWER: "more than two samples of this size often show by chance",
    NO_DIFFERENCE: "no more than two samples of this size often show by chance",
}
FOUR_IN_FIVE = 0.8
MOST_DEVIATES = 1_000.0  # standard errors; the chance of more is no double
HALVINGS = 80
MOST_PLACES = 4
NO_GAP = 1e-9  # what is left of equal shares by the way they were divided


@dataclass(frozen=True)
class Difference:
    """A share against another of the same question.

    Attributes:
        now, then: The two; `then` is an earlier wave, or the group compared with.
        difference: `now` less `then` in percentage points, with Newcombe's interval at the
            effective sample sizes; missing where either is not shown.
        standard_error: sqrt(sum of p (1 - p) deff / n) in percentage points, to check against.
        z: How many standard errors at which Newcombe's interval just reaches no difference,
            above nought where `now` is higher.
        p_value: The chance (0 to 1) of as large a difference if there were none, from `z`.
        could_tell: The smallest true difference, in percentage points, that samples of these
            sizes would tell at the level of the interval four times in five.
        verdict: `higher`, `lower`, `no difference` or `not judged`, by the interval.
        between: `waves` or `groups`.
    """

    now: Share
    then: Share
    difference: Figure
    standard_error: float
    z: float
    p_value: float
    could_tell: Figure
    verdict: str
    between: str

    @property
    def stands_out(self) -> bool:
        """Whether the interval leaves out no difference."""
        return self.verdict in (HIGHER, LOWER)

    def statements(self) -> tuple[Statement, ...]:
        """The level and the difference with their ranges, and what could have been told."""
        if self.difference.value is None:
            told = self.now.statements()
            if not self.now.shown:
                return told
            return (*told, say("no comparison", before=self._before()))
        return (self._compared(), self.now.worth(), say("could tell", size=self.could_tell))

    def _compared(self) -> Statement:
        told, gap = self.now.said(), self.difference
        key = "group" if self.between == "groups" else "change"
        if self.between == "waves":
            told["before"] = self._before()
        if abs(gap.known) < NO_GAP:
            return say(self.now.key("group same" if key == "group" else "same"), **told)
        return say(self.now.key(key), **told, **self._change(size(_seen(gap))))

    def _change(self, printed: Figure) -> dict[str, Value]:
        return {
            "size": printed,
            "way": "higher" if self.difference.known > 0 else "lower",
            "gap": self.difference,
            "verdict": VERDICTS[self.verdict],
        }

    def _before(self) -> str:
        """The other wave as a sentence names it."""
        now, then = self.now.wave.ended, self.then.wave.ended
        if now - then == MONTHS_A_YEAR:
            return "a year before"
        return f"in {then}" if not self.then.wave.months else f"over those to {then}"


def compare_waves(now: Share, then: Share, *, level: float = NINETY_FIVE) -> Difference:
    """A wave, or a rolling value, against an earlier one of the same question and group.

    Args:
        now, then: Two shares in per cent.
        level: Chance that the interval holds the truth (0 to 1).

    Raises:
        NotComparable: they are not of one question and group over spans of one length, or
            share days of interviews, so that they are no independent samples.
    """
    _must_agree(now, then)
    if now.wave.group != then.wave.group or now.wave.months != then.wave.months:
        raise NotComparable(
            f"{now.name} over {now.wave.months or 'one'} and {then.name} over "
            f"{then.wave.months or 'one'} are not two waves of one group",
            expected="one group, over spans of one length",
        )
    if then.wave.period.end >= now.wave.period.start:
        raise NotComparable(
            f"{now.wave.period} and {then.wave.period} share answers",
            expected="waves, or spans of them, one after the other",
            next_step="compare a rolling value with the one a year before",
        )
    return _difference(now, then, between="waves", level=level)


def compare_two_groups(one: Share, other: Share, *, level: float = NINETY_FIVE) -> Difference:
    """A group against another that shares nobody with it, in the same wave or span.

    Args:
        one, other: Two shares in per cent.
        level: Chance that the interval holds the truth (0 to 1).

    Raises:
        NotComparable: they are not of one question and time, or are the same group.
    """
    _must_agree(one, other)
    if one.wave.group == other.wave.group or one.wave.ended != other.wave.ended:
        raise NotComparable(
            f"{one.wave.group} in {one.wave.ended} and {other.wave.group} in "
            f"{other.wave.ended} are not two groups of one wave",
            expected="two groups of one wave",
        )
    return _difference(one, other, between="groups", level=level)


def _seen(gap: Figure) -> Figure:
    """A difference with so many decimal places that it is not printed as none."""
    places = PLACES
    while places < MOST_PLACES and rounded(gap.known, places) == 0:
        places += 1
    return gap.printed(places=places)


def _must_agree(one: Share, other: Share) -> None:
    first, second = one.question, other.question
    for name in ("measure", "scope", "basis", "method"):
        if getattr(first, name) != getattr(second, name):
            raise NotComparable(
                f"{one.name} and {other.name} cannot be compared: {name} is "
                f"{getattr(first, name)} and {getattr(second, name)}",
                expected=f"the same {name}",
            )


def _difference(now: Share, then: Share, *, between: str, level: float) -> Difference:
    gap = derived(
        (now.figure, then.figure), value=None, unit=POINTS, method="difference",
        missing="too few answers in one of the two",
    )  # fmt: skip
    gap = replace(gap, signed=True, places=PLACES)
    if not now.shown or not then.shown:
        nan = math.nan
        return Difference(now, then, gap, nan, nan, nan, gap, NOT_JUDGED, between)
    first, second = now.wave, then.wave
    value = 100 * (first.share - second.share)
    span = points_interval(
        100 * first.share,
        100 * second.share,
        base_now=first.effective,
        base_then=second.effective,
        level=level,
    )
    gap = spanned(replace(gap, value=value, missing=""), span.low, span.high, level)
    z = deviate(first, second)
    verdict = HIGHER if span.low > 0 else LOWER if span.high < 0 else NO_DIFFERENCE
    told = replace(
        gap,
        value=smallest_told(first, second, level=level),
        interval=None,
        signed=False,
        method="smallest difference told four times in five",
    )
    p_value = math.erfc(abs(z) / math.sqrt(2))
    error = standard_error(first, second)
    return Difference(now, then, gap, error, z, p_value, told, verdict, between)


def standard_error(one: Wave, other: Wave) -> float:
    """The standard error of a difference of two shares, in percentage points."""
    return 100 * math.sqrt(
        sum(wave.share * (1 - wave.share) / wave.effective for wave in (one, other))
    )


def deviate(one: Wave, other: Wave) -> float:
    """The standard deviations at which Newcombe's interval just reaches no difference.

    Above nought where `one` is higher.
    """
    if abs(one.share - other.share) < NO_GAP:
        return 0.0
    high, low = (one, other) if one.share > other.share else (other, one)
    gap = high.share - low.share
    near, far = 0.0, MOST_DEVIATES
    for _ in range(HALVINGS):
        z = (near + far) / 2
        under, _ = wilson_ends(high.share, high.effective, z)
        _, over = wilson_ends(low.share, low.effective, z)
        if math.hypot(high.share - under, over - low.share) < gap:
            near = z
        else:
            far = z
    return near if high is one else -near


def smallest_told(one: Wave, other: Wave, *, level: float = NINETY_FIVE) -> float:
    """The smallest true difference that is told four times in five, in percentage points.

    The gap g with g = (z of the level + z of the power) sqrt(p (1 - p) / n + q (1 - q) / m), n
    and m the effective sizes, p the share of both together after one positive and one other
    answer more, and q the share g away from it towards a half, where shares vary most. Either
    of the two may be the one that moved: the larger gap is given.

    Args:
        one, other: The two waves or groups.
        level: Of the interval that tells (0 to 1).
    """
    n, m = one.effective, other.effective
    p = (one.share * n + other.share * m + 1) / (n + m + 2)
    reach = normal_quantile(level) + normal_quantile(2 * FOUR_IN_FIVE - 1)
    return 100 * max(_gap(p, reach, *sizes) for sizes in ((n, m), (m, n)))


def _gap(share: float, reach: float, stayed: float, moved: float) -> float:
    """The gap from a share (0 to 1) that is `reach` of its own standard errors wide."""
    towards = 1 if share < 0.5 else -1  # noqa: PLR2004 - a half
    near, far = 0.0, 1.0
    for _ in range(HALVINGS):
        gap = (near + far) / 2
        other = min(1.0, max(0.0, share + towards * gap))
        error = math.sqrt(share * (1 - share) / stayed + other * (1 - other) / moved)
        if gap < reach * error:
            near = gap
        else:
            far = gap
    return (near + far) / 2
