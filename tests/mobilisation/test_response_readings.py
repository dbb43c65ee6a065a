"""What runs say of shares, levels and hours."""

from __future__ import annotations

import numpy as np
import pytest

from mobilisation.response_histories import BACK, GONE, LEVELS, strained
from regard.core.errors import NotEnoughData
from regard.mobilisation.response import readings


@pytest.fixture(scope="module")
def runs():
    return strained()


def test_a_curve_rises_from_nothing_away(runs):
    found = readings.curve(runs, "late", levels=LEVELS, grade="Grade 2", phase="away")

    values = [one.reading.value for one in found]
    assert [one.away for one in found] == [0, 1, 2, 4]
    assert values == sorted(values)
    assert found[0].more.value == 0
    assert found[-1].more.low > 30


def test_a_curve_without_its_base_says_no_difference(runs):
    found = readings.curve(runs, "wait", levels={"two": 2, "one": 1}, grade="Grade 1")

    assert [one.scenario for one in found] == ["one", "two"]
    assert [one.more for one in found] == [None, None]


def test_peak_is_the_most_that_wait_in_a_phase(runs):
    calm, away_four = (readings.peak(runs, scenario=name, phase="away")
                       for name in ("nobody away", "four"))  # fmt: skip

    assert away_four.low > calm.high
    assert away_four.value == runs.result("four").waiting[:, GONE:BACK].max(axis=1).mean()


def test_table_by_hour_has_means_of_every_hour(runs):
    found = readings.by_hour(runs, scenario="four")

    result = runs.result("four")
    np.testing.assert_allclose(found.waiting, result.waiting.mean(axis=0))
    np.testing.assert_allclose(found.spread, result.waiting.std(axis=0), atol=1e-6)
    assert found.units[GONE - 1 : GONE + 1].tolist() == [18, 10]
    assert np.nanmax(found.late) <= 100


def test_hours_away_are_found_from_the_scenarios(runs):
    found = readings.away_phase(runs.scenarios)

    assert (found.start, found.end) == (GONE, BACK)


def test_where_nobody_is_away_there_is_no_such_phase(runs):
    with pytest.raises(NotEnoughData, match="nobody is away in 1 scenarios"):
        readings.away_phase(runs.scenarios[:1])
