"""Small symmetric matrices against numpy's."""

import numpy as np
import pytest

from regard.signals.yearend.matrices import factor, inverse, solve


@pytest.fixture
def matrix():
    held = np.random.default_rng(1).normal(size=(5, 5))
    return held @ held.T + np.eye(5)


def test_a_factor_gives_the_matrix_back_and_its_log_determinant(matrix):
    lower = matrix.copy()

    log_determinant = factor(lower, 5)

    lower = np.tril(lower)
    assert np.allclose(lower @ lower.T, matrix)
    assert log_determinant == pytest.approx(np.linalg.slogdet(matrix)[1])


def test_a_system_is_solved(matrix):
    lower, wanted = matrix.copy(), np.arange(5.0)
    vector = matrix @ wanted

    factor(lower, 5)
    solve(lower, 5, vector)

    assert np.allclose(vector, wanted)


def test_an_inverse_is_one(matrix):
    lower, found = matrix.copy(), np.empty((5, 5))

    factor(lower, 5)
    inverse(lower, 5, found)

    assert np.allclose(found @ matrix, np.eye(5))


def test_a_value_known_exactly_does_not_stop_the_rest():
    matrix = np.array([[0.0, 0.0], [0.0, 4.0]])

    factor(matrix, 2)

    assert matrix[1, 1] == pytest.approx(2.0)
    assert np.isfinite(matrix).all()
