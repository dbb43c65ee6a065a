"""Rates over changing bases: Laney's u', many series at once."""

from __future__ import annotations

from numpy.typing import ArrayLike

from regard.signals.others.levels import COUNTS
from regard.signals.others.rows import GUARDED, Choices, LimitsMany, rows_of


def rates_many(
    counts: ArrayLike,
    bases: ArrayLike,
    *,
    per: float = 1.0,
    baselines: ArrayLike | None = None,
    freeze: int = 0,
    widest_gap: int = 1,
    choices: Choices = GUARDED,
) -> LimitsMany:
    """Charts of many rates, with limits that follow each month's base (Laney 2002, u').

    The centre is all counts over all bases; a month of base n has limits
    c ± 3 sigma_z sqrt(c / n), never below nought. With `choices.few`, months with fewer
    expected have the limits of a negative binomial of that spread (Poisson where sigma_z is 1)
    that leave out at most 0.00135 on each side. Months of different length matter where a base
    does not grow with the days, such as residents: pass bases times days.

    Args:
        counts: Events, shape (series, months); NaN is a month that was not supplied.
        bases: What they are counted over (> 0), same shape, such as residents or journeys.
            A month without one is drawn on the usual base of its level and not judged.
        per: The unit of the rates: 1000 for events per 1,000 of the base.
        baselines: Truth values of the same shape; true starts a new level.
        freeze: Limits of each level come from its first so many months; 0 takes all.
        widest_gap: Months between two neighbours beyond which no moving range is taken.
        choices: How the spread is measured and limits are made.

    Raises:
        DefinitionRefused: shapes differ, a count is below nought, or events stand on a base of 0.
    """
    return rows_of(
        COUNTS,
        counts,
        bases,
        baselines=baselines,
        freeze=freeze,
        widest_gap=widest_gap,
        choices=choices,
        scale=per,
    ).chart()
