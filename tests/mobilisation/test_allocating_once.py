from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobilisation.exhaustive import small
from regard.core.errors import DefinitionRefused, NotKnown
from regard.mobilisation.allocating import CHEAP, allocate, share_once

rises = st.lists(st.integers(0, 20), min_size=1, max_size=4)
convex = rises.map(lambda one: [0.0, *np.cumsum(sorted(one)).astype(float).tolist()])
rising = rises.map(lambda one: [0.0, *np.cumsum([1.0 + x for x in one]).tolist()])
forces = st.lists(convex, min_size=2, max_size=4)


def every(needed, costs):
    for psus in product(*(range(len(row)) for row in costs)):
        if sum(psus) == min(needed, sum(len(row) - 1 for row in costs)):
            yield [row[count] for row, count in zip(costs, psus, strict=True)]


@given(forces, st.integers(0, 14))
def test_by_level_the_worst_is_least_and_by_increment_the_sum(costs, needed):
    level, increment = (share_once(needed, costs, by=by) for by in ("level", "increment"))

    tried = list(every(needed, costs))
    assert level.worst == min(max(one) for one in tried)
    assert increment.sum == pytest.approx(min(sum(one) for one in tried), abs=1e-9)
    assert level.unmet == increment.unmet == max(0, needed - sum(len(row) - 1 for row in costs))


@given(st.lists(rising, min_size=2, max_size=4), st.integers(0, 14))
def test_by_level_is_leximax_where_every_psu_costs_more(costs, needed):
    level = share_once(needed, costs)

    tried = every(needed, costs)
    assert sorted(level.costs, reverse=True) == min(sorted(one, reverse=True) for one in tried)


@given(forces, st.integers(0, 14))
@settings(max_examples=12)
def test_a_demand_of_one_shift_is_shared_as_by_the_solver(costs, needed):
    problem = small(costs, [(needed, 0)], tours=(1,), recovery=0)

    fair, cheap = allocate(problem), allocate(problem, aim=CHEAP)

    assert share_once(needed, costs).worst == pytest.approx(fair.worst, abs=1e-6)
    assert share_once(needed, costs, by="increment").sum == pytest.approx(cheap.sum, abs=1e-6)


def test_what_cannot_be_shared_is_refused():
    with pytest.raises(DefinitionRefused, match="-1 PSUs"):
        share_once(-1, [[0.0]])
    with pytest.raises(DefinitionRefused, match="costs of force 1 fall"):
        share_once(1, [[0.0, 2.0, 1.0]])
    with pytest.raises(NotKnown, match="rule of sharing"):
        share_once(1, [[0.0, 1.0]], by="lot")
