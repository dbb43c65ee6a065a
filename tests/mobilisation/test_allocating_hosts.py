from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from regard.mobilisation.allocating import Demand, Force, Problem
from regard.mobilisation.allocating.hosts import hosts_of, legs_of, met_of


def problem_of(travel, needed):
    forces = tuple(
        Force(f"force {n}", "region", 9, tuple(float(x) for x in range(10)), tuple(row))
        for n, row in enumerate(travel)
    )
    return Problem(forces, Demand(tuple(f"host {n}" for n in range(len(needed))), needed))


@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=3, max_size=3),
    st.tuples(st.integers(0, 3), st.integers(0, 3)),
)
def test_travel_is_as_short_as_an_assignment_of_each_to_each(travel, asked):
    supply = np.array([2, 2, 2])
    problem = problem_of(travel, tuple(((one, 0),) for one in asked))
    ground = np.zeros((3, 1, 2), dtype=np.int64)
    ground[:, 0, 0] = supply

    sent = hosts_of(problem, ground)[:, :, 0, 0]

    psus = [force for force in range(3) for _ in range(supply[force])]
    places = [host for host in range(2) for _ in range(asked[host])]
    hours = np.array([[travel[f][h] for h in places] for f in psus], dtype=float)
    rows, columns = linear_sum_assignment(hours)
    assert sent.sum(axis=1).tolist() == list(asked)
    ours = (sent.T * np.array(travel)).sum()
    assert ours == pytest.approx(hours[rows, columns].sum() if places else 0)


def test_psus_that_are_at_a_host_stay_there():
    problem = problem_of([(1.0, 1.0), (1.0, 1.0)], (((1, 0), (1, 0)), ((1, 0), (1, 0))))
    ground = np.ones((2, 2, 2), dtype=np.int64)

    sent = hosts_of(problem, ground)

    assert np.array_equal(sent[:, :, 0, 0], sent[:, :, 1, 0])
    out, back = legs_of(sent)
    assert out.sum() == back.sum() == 2


def test_psus_beyond_what_is_asked_for_are_at_no_host():
    problem = problem_of([(1.0,)], (((1, 0),),))

    assert hosts_of(problem, np.full((1, 1, 2), 3)).sum() == 1


@given(st.lists(st.integers(0, 9), min_size=1, max_size=5), st.integers(0, 50))
def test_what_is_missing_is_missed_by_hosts_in_proportion(asked, supply):
    asked = np.array(asked)

    given_to = met_of(asked, supply)

    assert given_to.sum() == min(supply, asked.sum())
    assert (given_to <= asked).all()
    if 0 < supply < asked.sum():
        assert np.abs(given_to - asked * supply / asked.sum()).max() < 1
