from __future__ import annotations

from dataclasses import replace

import pytest

from mobilisation.exhaustive import small
from regard.core.errors import DefinitionRefused, NotKnown
from regard.mobilisation.allocating import Demand, Force, Problem, Rules

ONE = small([[0, 1, 3]], [(1, 0), (1, 1)])


def test_limits_are_psus_drivers_and_days_at_home():
    problem = small(
        [[0, 1, 3], [0, 1, 2]], [(1, 0)] * 3, drivers=[4, None], unavailable=[(), (1, 9)]
    )

    assert problem.limits.tolist() == [[1, 1, 1], [2, 0, 2]]


def test_the_digest_is_that_of_everything_that_went_in():
    same, dearer = small([[0, 1, 3]], [(1, 0), (1, 1)]), small([[0, 1, 4]], [(1, 0), (1, 1)])

    assert ONE.digest == same.digest != dearer.digest
    assert replace(ONE, rules=Rules(recovery=2)).digest != ONE.digest


def test_the_ends_of_a_range_take_the_place_of_the_costs():
    problem = small([[0, 1, 3]], [(1, 0)], low=[(0.0, 0.5, 1.0)], high=[None])

    assert problem.at("low").forces[0].costs == (0.0, 0.5, 1.0)
    assert problem.at("high").forces[0].costs == (0, 1, 3)
    with pytest.raises(NotKnown, match="end of a range"):
        problem.at("middle")


def test_lead_time_is_to_the_farthest_host_that_asks():
    force = Force("essex", "east", 1, (0.0, 1.0), (2.0, 6.0))
    demand = Demand(("near", "far"), (((1, 1),), ((0, 1),)))
    problem = Problem((force,), demand)

    assert problem.travel(force, 0, 0) == 2.0
    assert problem.travel(force, 0, 1) == 6.0
    assert problem.starts_at(1, 1) == 12 + 24 + 19


@pytest.mark.parametrize(
    "made",
    [
        lambda: Force("essex", "east", -1, (), ()),
        lambda: Force("essex", "east", 1, (0.0, 1.0), (), released=(2, 1)),
        lambda: Demand((), ()),
        lambda: Demand(("a", "b"), (((1, 0),), ((1, 0), (1, 0)))),
        lambda: Demand(("a",), (((-1, 0),),)),
        lambda: Rules(tours=()),
        lambda: Rules(reserve=1.5),
        lambda: Rules(commanded=0),
        lambda: Problem((), Demand(("a",), (((1, 0),),))),
        lambda: Problem((*ONE.forces, *ONE.forces), ONE.demand),
        lambda: Problem(ONE.forces, Demand(("a", "b"), (((1, 0),), ((1, 0),)))),
    ],
)
def test_what_cannot_be_is_refused(made):
    with pytest.raises(DefinitionRefused):
        made()
