from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused
from regard.mobilisation.allocating.ladders import hull_of, ladder_of, levels_of

costs = st.lists(st.floats(0, 100), min_size=1, max_size=12)


@given(costs)
def test_a_hull_is_convex_lies_below_and_touches_both_ends(steps):
    hull = hull_of(steps)

    assert (np.diff(hull, 2) >= -1e-9).all()
    assert (hull <= np.array(steps) + 1e-9).all()
    assert hull[0] == steps[0]
    assert hull[-1] == steps[-1]


def test_a_convex_curve_is_its_own_hull_and_another_has_an_error():
    assert hull_of([0, 1, 3, 6]).tolist() == [0, 1, 3, 6]
    bent = ladder_of((0.0, 3.0, 4.0), cohorts=2, days=1, name="essex")
    assert bent.hull_error == 1.0


def test_a_cost_that_falls_is_raised_and_the_ladder_says_by_how_much():
    one = ladder_of((0.0, 5.0, 4.0), cohorts=2, days=2, name="essex")

    assert one.costs.tolist() == [[0, 5, 5], [0, 5, 5]]
    assert one.raised_by == 1.0


@given(costs, st.floats(0, 100))
def test_the_most_away_at_a_level_costs_no_more_and_one_further_does(steps, level):
    one = ladder_of(tuple(steps), cohorts=len(steps) - 1, days=1, name="essex")

    most = int(one.most(level)[0])

    assert most < 0 or one.costs[0, most] <= level
    assert most == len(steps) - 1 or one.costs[0, most + 1] > level


def test_levels_begin_with_what_is_paid_when_nobody_goes():
    ladders = [
        ladder_of(rows, cohorts=2, days=1, name="essex")
        for rows in ((0.0, 1.0, 4.0), (2.0, 3.0, 9.0))
    ]

    assert levels_of(ladders, np.array([[2], [1]])).tolist() == [2, 3, 4]


@pytest.mark.parametrize("rows", [(0.0, 1.0), (0.0, -1.0, 2.0), (0.0, float("nan"), 2.0)])
def test_costs_of_another_length_or_below_nought_are_refused(rows):
    with pytest.raises(DefinitionRefused, match="essex gives"):
        ladder_of(rows, cohorts=2, days=3, name="essex")
