"""Month lengths and the waves of the year."""

import numpy as np
import pytest

from regard.core.periods import Month
from regard.signals.yearend.months import FACTORS, WAVES, exposures, waves


def test_months_are_measured_in_mean_months():
    found = exposures(Month(2012, 1), 3)

    assert found == pytest.approx([31 / 30.4375, 29 / 30.4375, 31 / 30.4375])


def test_a_whole_cycle_of_four_years_is_worth_its_months():
    assert exposures(Month(2012, 4), 48).sum() == pytest.approx(48)


def test_waves_follow_the_calendar_and_not_the_column():
    assert np.allclose(waves(Month(2012, 4), 12)[:, :WAVES], waves(Month(2013, 4), 12)[:, :WAVES])
    assert np.allclose(waves(Month(2012, 1), 24)[3], waves(Month(2012, 4), 1)[0])


def test_all_waves_and_a_level_are_as_free_as_twelve_months():
    design = np.column_stack([np.ones(12), waves(Month(2012, 4), 12)])

    assert design.shape == (12, FACTORS + 1)
    assert np.linalg.matrix_rank(design) == 12
