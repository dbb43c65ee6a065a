"""Small symmetric matrices in compiled code, without a call to a library for each."""

from __future__ import annotations

import math

from regard.kernels.compiling import compiled
from regard.signals.kernel import Values

LEAST = 1e-12  # of the largest variance: what is left of one that is known exactly


@compiled
def factor(matrix: Values, size: int) -> float:
    """Turn the first `size` rows into their Cholesky factor, in place; gives log determinant."""
    largest = 0.0
    for i in range(size):
        largest = max(largest, matrix[i, i])
    least = LEAST * largest if largest > 0.0 else LEAST
    log_determinant = 0.0
    for i in range(size):
        for j in range(i + 1):
            total = matrix[i, j]
            for k in range(j):
                total -= matrix[i, k] * matrix[j, k]
            if i > j:
                matrix[i, j] = total / matrix[j, j]
            else:
                matrix[i, i] = math.sqrt(max(total, least))
        log_determinant += 2.0 * math.log(matrix[i, i])
    return log_determinant


@compiled
def solve(lower: Values, size: int, vector: Values) -> None:
    """Solve (lower lower') x = vector, in place."""
    for i in range(size):
        for k in range(i):
            vector[i] -= lower[i, k] * vector[k]
        vector[i] /= lower[i, i]
    for i in range(size - 1, -1, -1):
        for k in range(i + 1, size):
            vector[i] -= lower[k, i] * vector[k]
        vector[i] /= lower[i, i]


@compiled
def inverse(lower: Values, size: int, into: Values) -> None:
    """The inverse of (lower lower') for a Cholesky factor."""
    for j in range(size):
        for i in range(size):
            into[j, i] = 1.0 if i == j else 0.0
        solve(lower, size, into[j])
