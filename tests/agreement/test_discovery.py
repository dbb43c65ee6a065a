"""Our false discoveries held down beside statsmodels' Benjamini-Hochberg."""

from __future__ import annotations

import numpy as np
import pytest

from regard.signals.pack.discovery import Q, adjusted, discoveries

multitest = pytest.importorskip("statsmodels.stats.multitest", reason="no oracle environment")

pytestmark = [pytest.mark.slow, pytest.mark.oracle]

SEED = 20_271


@pytest.mark.parametrize("series", [1, 2, 40, 5000])
def test_adjusted_chances_and_what_stands_out_are_theirs(series):
    random = np.random.default_rng(SEED)
    for real in (0.0, 0.05, 0.5, 1.0):
        chances = random.uniform(size=series)
        chances[: round(real * series)] **= 6
        chances[-1] = chances[0]  # a tie
        stand_out, theirs = multitest.multipletests(chances, alpha=Q, method="fdr_bh")[:2]

        assert adjusted(chances) == pytest.approx(theirs, abs=1e-12)
        assert discoveries(chances).tolist() == stand_out.tolist()


def test_chances_that_are_not_known_are_no_tests():
    chances = np.random.default_rng(SEED + 1).uniform(size=300) ** 4
    known = np.random.default_rng(SEED + 2).uniform(size=300) < 0.8
    theirs = multitest.multipletests(chances[known], alpha=Q, method="fdr_bh")[1]

    ours = adjusted(np.where(known, chances, np.nan))

    assert ours[known] == pytest.approx(theirs, abs=1e-12)
    assert np.isnan(ours[~known]).all()
