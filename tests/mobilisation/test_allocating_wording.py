from __future__ import annotations

from dataclasses import replace
from datetime import date

from mobilisation.exhaustive import small
from regard.mobilisation.allocating import (
    allocate,
    allocation_said,
    price_of_fairness,
    price_said,
    ranges_said,
    with_ranges,
)

DAY = date(2026, 3, 31)
UNFAIR = small([[0.0, 5.0, 10.0], [0.0, 3.0, 7.0]], [(2, 0)], tours=(1,), recovery=0)


def said(statements):
    return [str(one) for one in statements]


def test_a_demand_that_is_met_is_said_with_the_worst_cost_and_its_bound():
    words = said(allocation_said(allocate(UNFAIR), DAY, cost="late incidents"))

    assert words[:3] == [
        "The demand is met in full on every shift of 1 day, by 2 forces.",
        "The greatest cost of a force on a day is 5.00 late incidents, in force 1; the mean of "
        "all forces and days is 4.00 late incidents and the sum 8.0 late incidents.",
        "No sharing that meets as much has a greatest cost below 5.00 late incidents: it lies "
        "0.0% away.",
    ]
    assert words[-1].startswith("Solved with HiGHS 1.")


def test_what_cannot_be_met_is_said_with_the_worst_shift():
    words = said(allocation_said(allocate(small([[0, 1]], [(3, 0), (0, 0)])), DAY))

    assert words[0] == (
        "Of 3 PSU shifts asked for over 2 days, 2 cannot be met; the worst shift is 2 PSUs short."
    )


def test_what_is_late_on_the_first_day_is_said():
    problem = small([[0, 1]], [(1, 0)])
    late = replace(problem, demand=replace(problem.demand, by_hour=(1,) * 3))

    words = said(allocation_said(allocate(late), DAY))

    assert words[1] == ("Of what is asked for by the hour, 1 PSU-hours go unmet on the first day.")


def test_generated_inputs_and_bent_curves_are_said():
    problem = replace(small([[0.0, 3.0, 4.0]], [(1, 0)]), generated=True)

    words = said(allocation_said(allocate(problem), DAY))

    assert words[0].startswith("These numbers were generated")
    assert any("understates a cost by at most 1.00" in one for one in words)


def test_the_price_of_fairness_is_said_both_ways():
    words = str(price_said(price_of_fairness(allocate(UNFAIR)), DAY, cost="late incidents"))

    assert words == (
        "Fairness costs 14% more in all and takes 29% from the greatest cost: the sum is 8.0 "
        "instead of 7.0 late incidents, the greatest cost 5.00 instead of 7.00 late incidents."
    )


def test_forces_that_flip_are_named():
    problem = small(
        [[0.0, 9.0], [0.0, 1.0]], [(1, 0)], tours=(1,), low=[(0.0, 0.5), None], high=[None, None]
    )

    words = said(ranges_said(with_ranges(problem), DAY))

    assert words == [
        "The greatest cost is 1.00 as given, and from 0.50 to 1.00 at the curves' ends.",
        "The share of 2 forces rests on where their curves lie: force 1, force 2.",
    ]


def test_nothing_that_flips_is_said_too():
    assert said(ranges_said(with_ranges(UNFAIR), DAY))[-1] == (
        "At both ends of the curves' ranges no force's share would differ."
    )
