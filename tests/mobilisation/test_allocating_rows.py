from __future__ import annotations

from dataclasses import replace

import numpy as np

from mobilisation.exhaustive import small
from regard.mobilisation.allocating import allocate
from regard.mobilisation.allocating.rows import Shared

FORCES = [[0, 1, 4], [0, 2, 5], [0, 1, 9]]


def with_commanders(count):
    return small(FORCES, [(4, 0)], commanders=[count, 0, 0])


def test_the_columns_and_rows_are_as_many_as_the_problem_has():
    shared = Shared.of(small(FORCES, [(2, 1), (2, 1)]))

    columns, program = shared.columns, shared.program

    assert columns.all == len(shared.tours.tours) + 3 * 2 + 2 * 2
    assert program.rows.shape == (2 * 2 + 3 * 2, columns.all)
    assert shared.unmet_hours.sum() == 4 * 12


def test_a_reserve_keeps_its_share_of_the_region_at_home():
    held = allocate(small(FORCES, [(6, 0)] * 2, reserve=0.5))

    assert held.away.sum(axis=0).max() == 3


def test_a_share_of_its_psu_days_is_the_most_that_is_asked_of_a_force():
    held = allocate(small([[0, 0, 0], [0, 9, 9]], [(2, 0)] * 4, tours=(1,), equity=0.5, recovery=0))

    assert held.away.sum(axis=1).max() <= 4
    assert not held.unmet.any()


def test_commanders_of_a_region_limit_what_it_sends():
    assert allocate(with_commanders(1)).away.sum() == 3
    assert allocate(with_commanders(2)).away.sum() == 4


def test_psus_asked_for_by_the_hour_come_from_forces_that_raise_them_in_time():
    fast, slow = tuple([2] * 24), tuple([0] * 12 + [2] * 12)
    problem = small([[0, 50, 90], [0, 1, 2]], [(2, 0)], released=[fast, slow])
    by_hour = replace(problem, demand=replace(problem.demand, by_hour=(0, 0, 0, 1, 1, 1)))

    alone, pressed = allocate(problem), allocate(by_hour)

    assert alone.away.tolist() == [[0], [2]]
    assert pressed.away.tolist() == [[1], [1]]
    assert pressed.reached.unmet == 0


def test_what_nobody_can_reach_by_an_hour_is_unmet_for_that_hour():
    problem = small([[0, 1, 2]], [(1, 0)], released=[(0, 0, 0, 2) + (2,) * 20])
    by_hour = replace(problem, demand=replace(problem.demand, by_hour=(1,) * 6))

    held = allocate(by_hour)

    assert held.reached.unmet == 4  # there by hour five: raised by four, an hour on the road
    assert not held.unmet.any()


def test_arrivals_count_no_psu_that_is_not_sent():
    problem = small([[0, 1, 2]], [(1, 0)])
    by_hour = replace(problem, demand=replace(problem.demand, by_hour=(0, 0, 3)))

    held = allocate(by_hour)

    assert held.reached.unmet == 1
    assert np.array_equal(held.away, [[2]])
