"""Two periods, and two levels, set against each other with the series' own variation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from regard.core.figures import Figure, difference, percent_change
from regard.core.periods import Month
from regard.core.quantities import PERCENT, Range
from regard.core.statements import Statement, Value, together
from regard.signals.dispersion import Dispersion
from regard.signals.intervals import NINETY_FIVE, points_interval, ratio_interval
from regard.signals.sentences import say
from regard.signals.tallies import size, spanned, tally

HIGHER, LOWER, NO_CHANGE, NOT_JUDGED = "higher", "lower", "no change", "not judged"
VERDICTS = {
    HIGHER: "a rise that stands out from its usual variation",
    LOWER: "a fall that stands out from its usual variation",
    NO_CHANGE: "no change that stands out from its usual variation",
    NOT_JUDGED: "not judged",
}


@dataclass(frozen=True)
class PeriodChange:
    """A period against the same period last year.

    Attributes:
        now, then: The two figures.
        difference: `now` less `then`, in their unit or in percentage points, with its interval.
        percent: The change in per cent of `then`, with its interval; missing from a base of
            nought and for percentages.
        verdict: `higher`, `lower`, `no change` or `not judged`.
        dispersion: Variance over chance that the interval took (>= 1); None if not known.
        across: Accepted step changes that lie between the two periods or in one of them.
    """

    now: Figure
    then: Figure
    difference: Figure
    percent: Figure
    verdict: str
    dispersion: float | None
    across: tuple[Month, ...]

    @property
    def verdict_words(self) -> str:
        """The verdict as a sentence says it."""
        return VERDICTS[self.verdict]

    def statements(self) -> tuple[Statement, ...]:
        """The comparison, and what a reader must know to trust it."""
        told = [_compared(self)]
        if self.difference.value is not None:
            told.extend(_lengths(self))
            told.extend(_step_said(self, month) for month in self.across)
        return tuple(told)

    def statement(self) -> Statement:
        """The same as one paragraph."""
        return together(self.statements())


def compare_to_last_year(
    now: Figure,
    then: Figure,
    *,
    dispersion: Dispersion | float | None,
    bases: tuple[float, float] | None = None,
    baselines: Sequence[Month] = (),
    level: float = NINETY_FIVE,
) -> PeriodChange:
    """A count or a percentage against the same period last year.

    Counts: log(now / then) with se sqrt(phi (1/now + 1/then)). Percentages: Newcombe's interval
    of the difference, each base divided by phi. The change is judged only where the interval
    can be made; it is `higher` or `lower` where the interval leaves out no change.

    Args:
        now, then: Two figures of one measure, scope, basis, unit and method. A missing one
            gives a comparison that says so.
        dispersion: Variance over Poisson or binomial of their series (>= 1), or a design
            effect; None if it is not known.
        bases: For percentages, what `now` and `then` are percentages of (answers, offences).
        baselines: First months of accepted new levels of the series.
        level: Chance that the interval holds the truth (0 to 1).

    Raises:
        NotComparable: the two figures are not the same thing.
    """
    phi = dispersion.value if isinstance(dispersion, Dispersion) else dispersion
    across = _across(now, then, baselines)
    if now.value is None or then.value is None:
        return _missing(now, then, phi, across)
    gap = difference(now, then)
    if now.unit == PERCENT:
        why = "a change of two percentages is said in percentage points"
        percent = replace(gap, value=None, unit=PERCENT, missing=why)
        if phi is not None and bases is not None and min(bases) > 0:
            span = points_interval(
                now.known, then.known, base_now=bases[0], base_then=bases[1],
                dispersion=phi, level=level,
            )  # fmt: skip
            gap = spanned(gap, span.low, span.high, level)
        return PeriodChange(now, then, gap, percent, _verdict(gap), phi, across)
    ratio = None
    if phi is not None and min(now.known, then.known) >= 0 and now.known + then.known > 0:
        ratio = ratio_interval(now.known, then.known, dispersion=phi, level=level)
        gap = spanned(
            gap, then.known * (ratio.low - 1), then.known * (ratio.high - 1), level
        ) if then.known else gap  # fmt: skip
    percent = _percent(now, then, gap, ratio)
    verdict = _verdict(percent if percent.value is not None else gap)
    if percent.value is None and ratio is not None:
        verdict = HIGHER if ratio.low > 1 else NO_CHANGE
    if now.known == then.known and phi is not None:
        verdict = NO_CHANGE
    return PeriodChange(now, then, gap, percent, verdict, phi, across)


def _percent(now: Figure, then: Figure, gap: Figure, ratio: Range | None) -> Figure:
    if not then.known:
        return replace(gap, value=None, unit=PERCENT, interval=None, missing="from a base of 0")
    percent = percent_change(now, then)
    if ratio is None:
        return percent
    return spanned(percent, 100 * (ratio.low - 1), 100 * (ratio.high - 1), ratio.level)


def _verdict(figure: Figure) -> str:
    span = figure.interval
    if span is None:
        return NOT_JUDGED
    if span.low > 0:
        return HIGHER
    return LOWER if span.high < 0 else NO_CHANGE


def _across(now: Figure, then: Figure, baselines: Sequence[Month]) -> tuple[Month, ...]:
    if now.period is None or then.period is None:
        return ()
    first, last = then.period.start, now.period.end
    return tuple(month for month in sorted(baselines) if first < month.start <= last)


def _missing(
    now: Figure, then: Figure, phi: float | None, across: tuple[Month, ...]
) -> PeriodChange:
    why = (now if now.value is None else then).missing
    gap = replace(
        now, value=None, missing=why, parts=(now, then), method="difference", interval=None
    )
    return PeriodChange(now, then, gap, replace(gap, unit=PERCENT), NOT_JUDGED, phi, across)


def way(change: float, *, words: tuple[str, str] = ("more", "fewer")) -> str:
    """The direction of a change as a word: `more` or `fewer`, or another pair."""
    return words[0] if change > 0 else words[1]


def _compared(change: PeriodChange) -> Statement:
    now, then, gap, percent = change.now, change.then, change.difference, change.percent
    if gap.value is None:
        side = "this year's figure" if now.value is None else "last year's figure"
        return say("period missing", side=side)
    if gap.value == 0:
        return say("period equal", now=now)
    if now.unit == PERCENT:
        return _compared_share(change)
    held: dict[str, Value] = {"now": now, "then": then, "size": size(gap), "way": way(gap.value)}
    judged = change.verdict != NOT_JUDGED
    if percent.value is None:
        if judged:
            return say("period from nought", **held, verdict=change.verdict_words)
        return say("period from nought, not judged", **held)
    if not judged:
        return say("period without range", **held, percent=percent)
    return say("period", **held, percent=percent, verdict=change.verdict_words)


def _compared_share(change: PeriodChange) -> Statement:
    gap = change.difference
    words = way(gap.known, words=("higher", "lower"))
    held: dict[str, Value] = {
        "now": change.now,
        "then": change.then,
        "size": size(gap),
        "way": words,
    }
    if gap.interval is None:
        return say("period share without range", **held)
    return say("period share", **held, change=gap, verdict=change.verdict_words)


def _step_said(change: PeriodChange, month: Month) -> Statement:
    assert change.now.period is not None
    if month.start == change.now.period.start:
        return say("across a step", month=month)
    side = "this year's" if month.start > change.now.period.start else "last year's"
    return say("within a step", month=month, side=side)


def _lengths(change: PeriodChange) -> list[Statement]:
    now, then = change.now, change.then
    if now.period is None or then.period is None or now.period.days == then.period.days:
        return []
    told = {
        side: tally(figure, period.days, "day", what="days of the period")
        for side, figure, period in (("now", now, now.period), ("then", then, then.period))
    }
    return [say("lengths differ", **told)]
