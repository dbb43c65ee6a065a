"""Proportions of changing bases: Laney's p', many series at once."""

from __future__ import annotations

from numpy.typing import ArrayLike

from regard.signals.others.levels import SHARES
from regard.signals.others.rows import GUARDED, Choices, LimitsMany, rows_of

WHOLE = 100.0  # per cent


def shares_many(
    positives: ArrayLike,
    bases: ArrayLike,
    *,
    baselines: ArrayLike | None = None,
    freeze: int = 0,
    widest_gap: int = 1,
    choices: Choices = GUARDED,
) -> LimitsMany:
    """Charts of many proportions in per cent, with limits that follow each base (Laney 2002, p').

    The centre c is all positives over all bases; a month of base n has limits
    c ± 3 sigma_z sqrt(c (1 - c) / n), never outside 0 to 100. With `choices.few`, months with
    fewer of the rarer kind expected have the limits of a beta-binomial of that spread (binomial
    where sigma_z is 1) that leave out at most 0.00135 on each side. Where a survey's design
    effect is known, pass effective answers as bases and positives in proportion.

    Args:
        positives: Shape (series, months); NaN is a month that was not supplied.
        bases: What they are a share of (> 0), same shape. A month without one is drawn on the
            usual base of its level and not judged.
        baselines: Truth values of the same shape; true starts a new level.
        freeze: Limits of each level come from its first so many months; 0 takes all.
        widest_gap: Months between two neighbours beyond which no moving range is taken.
        choices: How the spread is measured and limits are made.

    Raises:
        DefinitionRefused: shapes differ, or a month has more positives than its base.
    """
    return rows_of(
        SHARES,
        positives,
        bases,
        baselines=baselines,
        freeze=freeze,
        widest_gap=widest_gap,
        choices=choices,
        scale=WHOLE,
    ).chart()
