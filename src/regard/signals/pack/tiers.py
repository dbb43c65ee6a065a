"""Three tiers over a whole pack: what to put before the board, what to watch, and the rest.

A series that could not be tested stands in none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from regard.core.errors import DefinitionRefused
from regard.core.figures import Figure, Source
from regard.core.periods import Month
from regard.core.quantities import PERCENT
from regard.core.statements import Statement, together
from regard.signals.pack.discovery import Q, adjusted, must_be_share

HEADLINE, WATCH, BACKGROUND, NOT_TESTED = "headline", "watch", "background", "not tested"
TIERS = (HEADLINE, WATCH, BACKGROUND, NOT_TESTED)
METHOD = "Benjamini-Hochberg"


@dataclass(frozen=True)
class Family:
    """The series that were tested together, and those that could not be.

    Attributes:
        month: The month that was tested.
        q: The share of false discoveries that is borne (0 to 1).
        tested: How many series were tested.
        untested: How many could not be, by reason; the commonest first.
        headlines: How many stand out.
    """

    month: Month
    q: float
    tested: int
    untested: Mapping[str, int]
    headlines: int

    @property
    def series(self) -> int:
        """How many series there are."""
        return self.tested + sum(self.untested.values())

    def statement(self) -> Statement:
        """How many series were tested together, what stands out, and what could not be tested."""
        tested = self._tally(self.tested, what="series tested together")
        said = [
            Statement.of(
                "{tested:number} of {all} were tested together for {month}.",
                tested=tested,
                all=self._tally(self.series, what="series in the pack"),
                month=self.month,
            )
        ]
        if self.tested:
            said.append(self._headlines())
        said += [
            Statement.of(
                "{untested:number} could not be tested: {reason}.",
                untested=self._tally(count, what=f"series not tested: {reason}"),
                reason=reason,
            )
            for reason, count in self.untested.items()
        ]
        return together(said)

    def _headlines(self) -> Statement:
        if not self.headlines:
            return Statement.of("None made the headline tier.")
        return Statement.of(
            "{headlines:number} made the headline tier, where no more than {q} of the series are "
            "expected to be false alarms.",
            headlines=self._tally(self.headlines, what="series that stand out"),
            q=self._figure(100 * self.q, PERCENT, f"largest share of false alarms; {METHOD}"),
        )

    def __str__(self) -> str:
        return str(self.statement())

    def _tally(self, number: int, *, what: str) -> Figure:
        return self._figure(number, "series", what)

    def _figure(self, value: float, unit: str, method: str) -> Figure:
        return Figure(
            value=value,
            unit=unit,
            measure="readings",
            scope="pack",
            basis="computed",
            method=method,
            as_at=self.month.end,
            period=self.month.period,
            sources=(Source("figures", METHOD),),
            places=0 if value == int(value) else 1,
        )


@dataclass(frozen=True)
class Tiers:
    """The tier of each series; every array has shape (series,).

    Attributes:
        tier: Words of `TIERS`.
        adjusted: Chances adjusted for how many were tested (0 to 1); NaN where not tested.
        family: What was tested together.
    """

    tier: NDArray[np.object_]
    adjusted: NDArray[np.float64]
    family: Family


def tiers(
    month: Month,
    chances: ArrayLike,
    watched: ArrayLike,
    *,
    beyond: ArrayLike,
    untested: Sequence[str],
    q: float = Q,
) -> Tiers:
    """Put every series of a pack into its tier for one month.

    Headline: it lies beyond its own limits and stands out among all that were tested, by
    Benjamini-Hochberg; in a small pack the second alone could name a month that its own chart
    draws as usual. Watch: one of the two, or a run, a drift or a step that is proposed.
    Background: nothing of it. A series that could not be tested has no tier.

    Args:
        month: The month.
        chances: Of a month as far out as this one (0 to 1), shape (series,); NaN if not known.
        watched: Whether the chart of each series signals, or proposes a step; same shape.
        beyond: Whether the month lies beyond the limits of its own chart; same shape.
        untested: Why each series could not be tested; empty where it was.
        q: The share of false alarms among headlines that is borne (above 0, below 1).

    Raises:
        DefinitionRefused: the shapes differ, a chance is missing without a reason or lies
            outside 0 to 1, or `q` is no share.
    """
    must_be_share(q)
    held = np.asarray(chances, np.float64)
    seen, outside = np.asarray(watched, np.bool_), np.asarray(beyond, np.bool_)
    if not held.shape == seen.shape == outside.shape == (len(untested),):
        raise DefinitionRefused(
            f"chances of shape {held.shape}, {seen.shape} watched, {outside.shape} beyond limits "
            f"and {len(untested)} reasons",
            expected="one of each a series",
        )
    tested = np.array([not reason for reason in untested], np.bool_)
    unexplained = np.flatnonzero(tested & np.isnan(held))
    if len(unexplained):
        raise DefinitionRefused(
            f"series {unexplained[0]} has no chance and does not say why",
            expected="a reason for every series that was not tested",
        )
    shares = adjusted(np.where(tested, held, np.nan))
    found = shares <= q
    tier = np.select(
        [~tested, found & outside, found | outside | seen],
        [np.array(one, object) for one in (NOT_TESTED, HEADLINE, WATCH)],
        np.array(BACKGROUND, object),
    )
    reasons = Counter(reason for reason in untested if reason)
    family = Family(
        month=month,
        q=q,
        tested=int(tested.sum()),
        untested=dict(sorted(reasons.items(), key=lambda one: (-one[1], one[0]))),
        headlines=int((tier == HEADLINE).sum()),
    )
    return Tiers(tier, shares, family)
