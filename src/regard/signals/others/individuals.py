"""Times, money and other averages: the normalised individuals chart I', and XmR on even bases."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from regard.signals.others.levels import AVERAGES
from regard.signals.others.rows import GUARDED, Choices, LimitsMany, rows_of


def individuals_many(
    values: ArrayLike,
    bases: ArrayLike | None = None,
    *,
    baselines: ArrayLike | None = None,
    freeze: int = 0,
    widest_gap: int = 1,
    choices: Choices = GUARDED,
) -> LimitsMany:
    """Charts of many series of averages, with limits that follow what each is an average of.

    Taylor's I': s is the mean of sqrt(pi / 2) |x - x before| / sqrt(1 / n + 1 / n before), and a
    month of base n has limits c ± 3 s / sqrt(n) around the average c weighted by base. Without
    bases it is the individuals chart with the exact constant, c ± 2.6587 mean moving ranges.

    Args:
        values: In any unit, such as minutes or pounds; shape (series, months), NaN is a month
            that was not supplied.
        bases: What each value is an average over (> 0), such as incidents; none takes every
            month alike.
        baselines: Truth values of the same shape; true starts a new level.
        freeze: Limits of each level come from its first so many months; 0 takes all.
        widest_gap: Months between two neighbours beyond which no moving range is taken.
        choices: `ranges` alone applies: nothing says how little an average can vary.

    Raises:
        DefinitionRefused: shapes differ, or a value or base is infinite.
    """
    given = np.asarray(values, np.float64)
    sizes = np.ones(given.shape) if bases is None else np.asarray(bases, np.float64)
    if sizes.shape == given.shape:
        # A value without a base still stands: as a month without one, charted and not judged.
        given = np.where(np.isfinite(sizes) & (sizes > 0), given * sizes, given)
    return rows_of(
        AVERAGES,
        given,
        sizes,
        baselines=baselines,
        freeze=freeze,
        widest_gap=widest_gap,
        choices=choices,
        scale=1.0,
    ).chart()
