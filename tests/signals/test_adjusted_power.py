"""What a series could have told: smaller with more months, larger with more spread."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.periods import Month
from regard.signals.adjusted.charts import adjusted_many
from regard.signals.adjusted.power import CHANCE, smallest_fall

MEANS = st.floats(10, 1e5)


@given(MEANS, st.integers(12, 200), st.floats(1, 5), st.floats(0, 0.5))
def test_more_spread_hides_more(mean, before, dispersion, rho):
    def fall(phi, together):
        found = smallest_fall(mean, before, dispersion=phi, autocorrelation=together)
        return 1.0 if found is None else found

    assert fall(dispersion, rho) <= fall(2 * dispersion, rho)
    assert fall(dispersion, rho) <= fall(dispersion, rho + 0.05)
    assert 0 < fall(dispersion, rho) <= 1


@given(MEANS, st.integers(24, 200))
def test_a_larger_count_shows_a_smaller_share(mean, before):
    small = smallest_fall(mean, before, dispersion=1, autocorrelation=0)
    large = smallest_fall(4 * mean, before, dispersion=1, autocorrelation=0)

    assert small is None or (large is not None and large < small)


def test_a_count_of_one_a_month_can_tell_no_fall_in_a_year_at_three_times_poisson():
    assert smallest_fall(1, 24, dispersion=3, autocorrelation=0) is None


@pytest.mark.slow
@pytest.mark.statistics
def test_what_is_promised_is_found_as_often_as_promised():
    """600 series, one step of the promised size: found within 2.5 standard errors of 80%."""
    random = np.random.default_rng(20_261_122)
    share = smallest_fall(200, 72, dispersion=1.5, autocorrelation=0)
    assert share is not None
    means = np.full((600, 84), 200.0)
    means[:, 72:] *= 1 - share
    counts = random.negative_binomial(means / 0.5, 1 / 1.5).astype(float)

    chart = adjusted_many(counts, Month(2010, 4))

    late = np.abs(chart.steps["column"] - 72) <= 8
    found = len(np.unique(chart.steps["row"][late])) / 600
    assert found == pytest.approx(CHANCE, abs=0.06)
