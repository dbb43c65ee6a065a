from __future__ import annotations

import numpy as np
import pytest
from bench.mobilisation_national import national
from hypothesis import given, settings
from hypothesis import strategies as st

from mobilisation.exhaustive import sharings, small
from regard.core.errors import NotKnown
from regard.mobilisation.allocating import CAPPED, CHEAP, allocate, leximax

ladder = st.lists(st.integers(0, 9), min_size=1, max_size=2).map(
    lambda rises: [0, *np.cumsum(rises).tolist()]
)
four = st.lists(ladder, min_size=4, max_size=4)
needed = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2)), min_size=2, max_size=2)


FOUR = [[0, 3, 3], [0, 0, 6], [0, 2], [0, 1, 5]]


@pytest.mark.parametrize("shares", [(0.5, 1.0), (1.0, 0.5), (1.0, 1.0)])
@pytest.mark.parametrize("asked", [[(3, 1), (2, 2)], [(4, 2), (4, 2)], [(0, 2), (4, 0)]])
def test_four_forces_share_as_well_as_every_sharing_tried_one_by_one(asked, shares):
    agreed(FOUR, asked, shares)


@pytest.mark.slow
@pytest.mark.law
@given(four, needed, st.sampled_from([(0.5, 1.0), (1.0, 0.5), (1.0, 1.0)]))
def test_any_four_forces_share_as_well_as_every_sharing_tried(costs, asked, shares):
    agreed(costs, asked, shares)


def agreed(costs, asked, shares):
    problem = small(costs, asked, reserve=shares[0], equity=shares[1])
    every = list(sharings(problem))

    fair, cheap, capped = (
        allocate(problem),
        allocate(problem, aim=CHEAP),
        allocate(problem, aim=CAPPED),
    )

    unmet, worst, _ = min(every)
    assert fair.reached.unmet == fair.unmet_hours == unmet
    assert fair.worst == worst[0]
    among = [total for hours, costs, total in every if hours == unmet]
    assert cheap.sum == pytest.approx(min(among) if convex(problem) else cheap.sum)
    low = [t for hours, costs, t in every if hours == unmet and costs[0] == worst[0]]
    assert capped.worst == worst[0]
    assert capped.sum == pytest.approx(min(low) if convex(problem) else capped.sum)


@given(four, needed)
@settings(max_examples=5)
def test_fair_to_the_last_puts_the_worst_costs_as_low_as_every_sharing_tried(costs, asked):
    problem = small(costs, asked)

    held = leximax(problem)

    worst = tuple(sorted(held.costs.max(axis=1).tolist(), reverse=True))
    assert (held.unmet_hours, worst) == min(sharings(problem))[:2]


def test_fair_to_the_last_sends_nobody_whom_it_need_not_send():
    problem = small([[0, 1, 3], [0, 2, 5]], [(2, 0), (0, 0), (1, 0)], tours=(1,), recovery=0)

    held = leximax(problem)

    assert held.away.tolist() == [[1, 0, 1], [1, 0, 0]]


def test_a_few_levels_are_looked_at_and_the_rest_is_settled_as_usual():
    problem = national(3, forces=8, peak=24)

    looked, usual = leximax(problem, rounds=2), allocate(problem)

    assert looked.reached == usual.reached
    assert looked.sum <= 1.05 * usual.sum


def convex(problem):
    return all(one.hull_error == 0 for one in problem.ladders)


def test_days_at_home_and_drivers_are_kept_as_when_tried_one_by_one():
    problem = small(
        [[0, 1, 2], [0, 1, 5], [0, 3, 4], [0, 2, 6]],
        [(3, 1), (2, 2)],
        unavailable=[(1,), (), (), ()],
        drivers=[None, 3, None, None],
    )

    held = allocate(problem)

    unmet, worst, _ = min(sharings(problem))
    assert (held.unmet_hours, held.worst) == (unmet, worst[0])
    assert held.away[0, 1] == 0
    assert held.away[1].max() <= 1


@given(four, needed, st.integers(0, 3))
@settings(max_examples=10)
def test_a_psu_more_never_leaves_more_unmet_nor_makes_the_worst_cost_greater(costs, asked, who):
    grown = [[*row, row[-1] + 1] if place == who else row for place, row in enumerate(costs)]

    before, after = allocate(small(costs, asked)), allocate(small(grown, asked))

    assert after.reached.unmet <= before.reached.unmet
    if after.reached.unmet == before.reached.unmet:
        assert after.reached.worst <= before.reached.worst


def test_forces_that_are_alike_bear_the_same_worst_cost():
    held = allocate(small([[0, 1, 3, 6]] * 4, [(4, 4)] * 2, tours=(2,)))

    assert held.costs.max(axis=1).tolist() == [3.0] * 4


def test_a_demand_beyond_all_psus_is_unmet_and_no_refusal():
    held = allocate(small([[0, 1], [0, 2]], [(5, 0), (0, 0)]))

    assert held.unmet.tolist() == [[3, 0], [0, 0]]
    assert held.unmet_hours == 36


def test_no_demand_sends_nobody():
    held = allocate(small([[0, 1], [2, 3]], [(0, 0)]))

    assert held.away.sum() == 0
    assert held.worst == 2.0  # what it costs that force when nobody is away


def test_forces_without_psus_leave_all_unmet():
    held = allocate(small([[0], [0]], [(2, 1)]))

    assert held.unmet_hours == 36


@pytest.fixture(scope="module")
def generated():
    return allocate(national(4, forces=8, peak=24))


def test_every_row_holds_on_a_generated_demand(generated):
    problem, away = generated.problem, generated.away

    assert (away <= problem.limits).all()
    for places in problem.regions.values():
        whole = sum(problem.forces[one].cohorts for one in places)
        commanders = sum(problem.forces[one].commanders for one in places)
        assert away[list(places)].sum(axis=0).max() <= min(0.75 * whole, 3 * commanders)
    cohorts = np.array([one.cohorts for one in problem.forces])
    assert (away.sum(axis=1) <= 0.6 * cohorts * problem.days).all()
    covered = generated.on_ground.sum(axis=0) + generated.unmet
    assert (covered >= problem.demand.total).all()


def test_the_worst_cost_reaches_its_bound_on_a_generated_demand(generated):
    assert generated.bound_gap <= 0.001
    assert generated.worst == pytest.approx(generated.reached.worst)
    assert generated.gap <= 0.001


def test_the_same_problem_has_the_same_answer(generated):
    again = allocate(national(4, forces=8, peak=24))

    assert (again.tours, again.counts) == (generated.tours, generated.counts)
    assert np.array_equal(again.sent, generated.sent)
    assert again.problem.digest == generated.problem.digest


def test_tours_of_a_force_name_psus_that_it_has(generated):
    for place, force in enumerate(generated.problem.forces):
        duties = generated.duties_of(force.name)
        numbers = [number for number, _ in duties]
        assert max(numbers, default=0) <= force.cohorts
        assert sum(one.back - one.day for _, one in duties) == generated.away[place].sum()


def test_an_aim_or_force_nobody_knows_is_refused(generated):
    with pytest.raises(NotKnown, match="aim"):
        allocate(generated.problem, aim="quick")
    with pytest.raises(NotKnown, match="force"):
        generated.duties_of("atlantis")


def test_hours_on_the_road_are_those_out_and_back(generated):
    out, back = generated.legs

    hours = np.array([one.travel for one in generated.problem.forces]).T
    assert np.array_equal(out, back)  # all are home again at the end of the demand
    assert generated.travel_hours.sum() == pytest.approx((2 * out * hours).sum())


def test_costs_that_fall_are_raised_and_the_allocation_says_by_how_much():
    held = allocate(small([[0.0, 5.0, 4.0]], [(2, 0)]))

    assert held.raised_by == 1.0
    assert held.worst == 4.0  # as the curve was given


def test_the_most_that_can_be_off_in_the_last_stage_is_kept():
    problem = national(3, forces=8, peak=24)

    close, exact = allocate(problem, aim=CHEAP), allocate(problem, aim=CHEAP, gap=0.0)

    assert exact.sum - 1e-9 <= close.sum <= 1.001 * exact.sum
    assert close.unmet_hours == exact.unmet_hours
