"""Our year ends beside those of AutoETS: another model on the same months of London."""

from __future__ import annotations

import numpy as np
import pytest

from agreement.london import london_counts
from regard.core.periods import FinancialYear, Month
from regard.signals.yearend.many import year_end_many

models = pytest.importorskip("statsforecast.models", reason="no oracle environment")

pytestmark = [pytest.mark.slow, pytest.mark.oracle]

SEED = 20_272
SERIES, KNOWN, AHEAD = 40, 4, 8  # series asked; months of the year that are known and are left
START, YEAR = Month(2010, 4), FinancialYear(2016)


def test_year_ends_lie_where_those_of_autoets_do(shared_data, say_rate):
    counts = london_counts(shared_data, series=SERIES, seed=SEED)
    seen = counts[:, : YEAR.months[0] - START + KNOWN]
    so_far, truth = seen[:, -KNOWN:].sum(axis=1), counts[:, 72:84].sum(axis=1)
    theirs = np.empty((SERIES, 3))
    for at, row in enumerate(seen):
        model = models.AutoETS(season_length=12).fit(row)
        totals = so_far[at] + model.simulate(h=AHEAD, n_paths=2000, seed=SEED).sum(axis=1)
        theirs[at] = np.quantile(totals, (0.1, 0.5, 0.9))

    ours = year_end_many(seen, start=START, year=YEAR)

    width = ours.upper80 - ours.lower80
    apart = np.abs(ours.median - theirs[:, 1]) / truth
    inside = [
        np.mean((low <= truth) & (truth <= high))
        for low, high in ((ours.lower80, ours.upper80), (theirs[:, 0], theirs[:, 2]))
    ]
    say_rate(
        f"year ends of {SERIES} series of London from month 4 lie {np.median(apart):.1%} of the "
        f"total from those of AutoETS in the middle; 80% ranges hold {inside[0]:.0%} by ours and "
        f"{inside[1]:.0%} by theirs, ours "
        f"{np.median(width / (theirs[:, 2] - theirs[:, 0])):.2f} times as wide"
    )

    # Another model, not a truth: the middles must be near one another, and not all alike.
    assert (ours.state == "foreseen").all()
    assert np.median(apart) <= 0.05
    assert np.mean(np.abs(ours.median - theirs[:, 1]) <= width) >= 0.9
