from __future__ import annotations

import numpy as np
import pytest

from regard.core.errors import DefinitionRefused, NotKnown
from regard.mobilisation.muster import TWENTY_FIVE, Threshold, bindings, met, muster
from regard.mobilisation.muster.illustration import ASSUMPTIONS, ROLL
from regard.mobilisation.muster.thresholds import wilson


@pytest.fixture(scope="module")
def supply():
    return muster(ROLL, TWENTY_FIVE, assumptions=ASSUMPTIONS, draws=500, seed=2)


@pytest.mark.parametrize(
    ("percent", "rounding", "psus"),
    [(10, "up", 4), (10, "nearest", 3), (10, "down", 3), (50, "nearest", 17), (100, "up", 33)],
)
def test_a_part_of_a_psu_is_rounded_as_the_rule_says(percent, rounding, psus):
    assert Threshold(percent, 1).psus(33, rounding) == psus


def test_a_whole_share_is_not_rounded_up_by_the_way_numbers_are_held():
    assert Threshold(10, 1).psus(30) == 3
    assert Threshold(0.7, 1).psus(1000) == 7


def test_the_chance_is_the_share_of_draws_that_raised_enough_in_time(supply):
    (one,) = met(supply, 10, thresholds=(Threshold(40, 8),))

    assert one.needed == 4
    assert one.chance == (supply.psus[:, 7] >= 4).mean()
    assert one.chance in one.interval
    assert (supply.psus[:, one.median_hour - 1] >= 4).mean() >= 0.5
    assert (supply.psus[:, one.median_hour - 2] >= 4).mean() < 0.5


def test_a_test_that_is_never_met_has_no_hour(supply):
    (one,) = met(supply, 90, thresholds=(Threshold(100, 24),))

    assert (one.chance, one.median_hour, one.late_hour) == (0.0, None, None)


def test_a_later_deadline_is_met_no_less_often(supply):
    tests = met(supply, 10, thresholds=tuple(Threshold(40, hour) for hour in (3, 5, 8, 16)))

    assert (np.diff([one.chance for one in tests]) >= 0).all()


def test_bindings_stand_in_order_and_say_what_one_more_adds(supply):
    found = bindings(supply, 8)

    assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)
    assert all(0 <= one.one_more <= one.share for one in found)


def test_so_many_more_add_a_psu_to_the_median_and_one_fewer_do_not(supply):
    found = [(hour, one) for hour in (4, 8, 12) for one in bindings(supply, hour) if one.for_one]

    for hour, one in found:
        able, median = supply.able(hour), supply.band(hour).median
        more = supply.places.one_more(able, one.role, one.for_one)
        fewer = supply.places.one_more(able, one.role, one.for_one - 1)
        assert np.quantile(more, 0.5, method="inverted_cdf") > median
        assert np.quantile(fewer, 0.5, method="inverted_cdf") == median


def test_wilson_gives_the_published_interval():
    assert wilson(65, 100).said("", places=3) == "0.553 to 0.736"
    assert wilson(0, 20).low == 0
    assert wilson(20, 20).high == 1


def test_tests_that_cannot_be_are_refused(supply):
    with pytest.raises(DefinitionRefused, match="120%"):
        Threshold(120, 1)
    with pytest.raises(DefinitionRefused, match="-1 PSUs"):
        met(supply, -1)
    with pytest.raises(NotKnown, match="rule of rounding"):
        Threshold(10, 1).psus(33, "sideways")
    with pytest.raises(DefinitionRefused, match="3 of 2 draws"):
        wilson(3, 2)
