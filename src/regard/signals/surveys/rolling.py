"""Rolling twelve months of a survey: waves taken together, each with its base."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.core.periods import MONTHS_A_YEAR, Month
from regard.core.statements import Statement
from regard.signals.intervals import NINETY_FIVE
from regard.signals.runs import median
from regard.signals.surveys.sentences import say
from regard.signals.surveys.waves import Question, Share, Wave, pooled, share_of


@dataclass(frozen=True)
class Rolling:
    """Rolling values of a question, one for each wave that ends a whole span of months.

    Attributes:
        shares: In order of time. Where a wave of the span was not supplied the figure is
            missing and says how many were.
        months: Months of a span.
        every: Months from one wave to the next.
    """

    shares: tuple[Share, ...]
    months: int
    every: int

    @property
    def wanted(self) -> int:
        """Waves of a whole span."""
        return self.months // self.every

    @property
    def latest(self) -> Share:
        """The last value."""
        return self.shares[-1]

    def at(self, ended: Month) -> Share | None:
        """The value of the span that ended in a month; None if there is none."""
        return next((one for one in self.shares if one.wave.ended == ended), None)

    def before(self, share: Share) -> Share | None:
        """The value a span earlier, which shares no wave with it; None if there is none."""
        return self.at(share.wave.ended + -self.months)

    def statements(self) -> tuple[Statement, ...]:
        """The latest value, and that neighbouring ones share waves."""
        told = self.latest.statements()
        return (*told, *self.overlap()) if self.latest.shown else told

    def overlap(self) -> tuple[Statement, ...]:
        """That neighbouring values are no independent samples; none where they share no wave."""
        if self.wanted < 2:  # noqa: PLR2004 - one wave a span shares nothing
            return ()
        like = self.latest
        shared = like.count(self.wanted - 1, "wave", "waves shared by neighbouring values")
        wanted = like.count(self.wanted, "wave", "waves of a span")
        return (say("overlap", shared=shared, wanted=wanted),)


def rolling(
    question: Question,
    waves: Sequence[Wave],
    *,
    months: int = MONTHS_A_YEAR,
    level: float = NINETY_FIVE,
) -> Rolling:
    """A question over rolling spans of months: answers are summed before they are divided.

    A span ends with each wave that has a whole span behind it. Months between waves are the
    commonest gap between the waves supplied; a span that lacks a wave has no value.

    Args:
        question: What was asked.
        waves: Of one group, one a month of ending.
        months: Months of a span, a multiple of the months between waves.
        level: Chance that an interval holds the truth (0 to 1).

    Raises:
        NotEnoughData: fewer than two waves, or none with a whole span behind it.
        DefinitionRefused: two waves end in one month, groups differ, or the span does not fit.
    """
    ordered = sorted(waves, key=lambda wave: wave.period.end)
    every = _every(ordered, months)
    first = ordered[0].ended
    shares = []
    for wave in ordered:
        if wave.ended - first < months - every:
            continue
        held = [one for one in ordered if 0 <= wave.ended - one.ended < months]
        wanted = months // every
        share = share_of(question, pooled(held, months=months), level=level)
        share = replace(share, wanted=wanted)
        if len(held) < wanted:
            why = f"{len(held)} of {wanted} waves were supplied"
            gone = replace(share.figure, value=None, interval=None, parts=(), missing=why)
            share = replace(share, figure=gone)
        shares.append(share)
    if not shares:
        raise NotEnoughData(
            f"{len(ordered)} waves of {question.measure} from {first} to {ordered[-1].ended} span "
            f"no {months} months",
            expected=f"waves over at least {months} months",
        )
    return Rolling(tuple(shares), months, every)


def _every(ordered: Sequence[Wave], months: int) -> int:
    ends = [wave.ended for wave in ordered]
    groups = sorted({wave.group for wave in ordered})
    if len(set(ends)) != len(ends) or len(groups) > 1:
        twice = next((str(one) for one in ends if ends.count(one) > 1), "none twice")
        raise DefinitionRefused(
            f"waves of {', '.join(groups)}, with {twice} given twice"
            if twice != "none twice"
            else f"waves of {', '.join(groups)} together",
            expected="one wave a month of ending, of one group",
        )
    if len(ends) < 2:  # noqa: PLR2004 - a gap lies between two
        raise NotEnoughData(f"{len(ends)} wave cannot be rolled", expected="two waves or more")
    gaps = [after - before for before, after in zip(ends, ends[1:], strict=False)]
    every = max(1, math.floor(median(gaps)))
    if months % every:
        raise DefinitionRefused(
            f"a span of {months} months over waves every {every}",
            expected="a multiple of the months between waves",
        )
    return every
