from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from regard.mobilisation.allocating.rows import program_of
from regard.mobilisation.allocating.solving import SOLVER, Asked, whole_near

numbers = st.integers(-5, 9)


@st.composite
def programs(draw):
    columns, rows = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    cost = np.array([float(draw(st.integers(0, 9))) for _ in range(columns)])
    matrix = [[float(draw(numbers)) for _ in range(columns)] for _ in range(rows)]
    ends = [(float(draw(st.integers(-6, 6))), float(draw(st.integers(6, 20)))) for _ in matrix]
    told = [
        (list(range(columns)), row, low, high)
        for row, (low, high) in zip(matrix, ends, strict=True)
    ]
    return program_of(cost, np.full(columns, 4.0), np.ones(columns, dtype=bool), told)


def of_scipy(program):
    found = milp(
        program.cost,
        integrality=program.whole.astype(int),
        bounds=Bounds(program.lower, program.upper),
        constraints=LinearConstraint(program.rows.toarray(), program.least, program.most),
    )
    return None if found.x is None else found.fun


@given(programs())
def test_whole_numbers_are_as_good_as_those_of_scipy(program):
    ours = whole_near(program, len(program.cost), gap=0.0)
    theirs = of_scipy(program)

    assert (ours is None) == (theirs is None)
    if ours is not None:
        assert ours.objective == pytest.approx(theirs, abs=1e-6)
        assert np.allclose(ours.values, np.rint(ours.values), atol=1e-6)
        assert ours.bound <= ours.objective + 1e-6


def test_bounds_that_change_are_asked_again_from_where_it_stood():
    program = program_of(
        np.array([1.0, 3.0]), np.array([4.0, 4.0]), np.ones(2, dtype=bool),
        [([0, 1], [1.0, 1.0], 3.0, np.inf)],
    )  # fmt: skip
    asked = Asked(program, whole=False)

    before = asked.answer()
    asked.bound(np.array([0], dtype=np.int32), np.array([1.0]))
    after = asked.answer()

    assert (before.objective, after.objective) == (3.0, 7.0)


def test_the_solver_is_named_with_its_version():
    assert SOLVER.startswith("HiGHS 1.")


def test_whole_numbers_far_from_the_fractions_are_found_where_those_beside_them_are_dearer():
    program = program_of(
        np.array([10.0, 6.0, 5.0]), np.full(3, 9.0), np.ones(3, dtype=bool),
        [([0, 1, 2], [6.0, 4.0, 3.0], 11.0, np.inf)],
    )  # fmt: skip

    found = whole_near(program, 3)

    assert found.values.round().tolist() == [0, 2, 1]  # beside the fraction 2.75 lies only 3, at 18
    assert found.objective == pytest.approx(17)
