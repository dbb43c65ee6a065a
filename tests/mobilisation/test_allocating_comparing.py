from __future__ import annotations

import pytest

from mobilisation.exhaustive import small
from regard.mobilisation.allocating import allocate, price_of_fairness, with_ranges

STEEP, FLAT = [0.0, 9.0, 30.0], [0.0, 1.0, 8.0]


def test_fairness_costs_more_in_all_and_less_at_the_worst():
    problem = small([[0.0, 6.0, 12.0], [0.0, 1.0, 8.0]], [(2, 0)], tours=(1,), recovery=0)

    price = price_of_fairness(allocate(problem))

    assert (price.fair.worst, price.cheap.worst) == (6.0, 6.0)
    assert price.more_in_all == 0.0
    assert price.less_at_worst == 0.0


def test_the_price_is_the_share_added_to_the_sum():
    problem = small([[0.0, 5.0, 10.0], [0.0, 3.0, 7.0]], [(2, 0)], tours=(1,), recovery=0)

    price = price_of_fairness(allocate(problem))

    assert (price.fair.worst, price.fair.sum) == (5.0, 8.0)
    assert (price.cheap.worst, price.cheap.sum) == (7.0, 7.0)
    assert price.more_in_all == pytest.approx(1 / 7)
    assert price.less_at_worst == pytest.approx(2 / 7)


def test_a_force_whose_share_rests_on_its_curve_is_named():
    problem = small(
        [STEEP, FLAT, [0.0, 4.0, 9.0]],
        [(2, 0)],
        tours=(1,),
        recovery=0,
        low=[(0.0, 0.1, 0.2), None, None],
        high=[None, None, None],
    )

    found = with_ranges(problem)

    assert found.flips[0].force == "force 1"
    assert (found.flips[0].low, found.flips[0].likely, found.flips[0].high) == (2, 0, 0)
    assert found.worst[0] <= found.worst[1] <= found.worst[2]


def test_nobody_flips_where_no_curve_has_a_range():
    found = with_ranges(small([STEEP, FLAT], [(1, 0)]))

    assert found.flips == ()
