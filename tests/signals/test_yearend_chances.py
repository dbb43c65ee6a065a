"""The shared matrix of chances and normals."""

import numpy as np
import pytest

from regard.signals.yearend.chances import shared


def test_every_column_is_evenly_spread():
    held = shared(2000)

    assert np.allclose(np.sort(held.counts, axis=0)[:, 0], (np.arange(2000) + 0.5) / 2000)
    assert held.steps.mean(axis=0) == pytest.approx(np.zeros(24), abs=1e-12)
    assert held.steps.std(axis=0) == pytest.approx(np.ones(24), abs=0.01)


def test_columns_do_not_hang_together():
    between = np.corrcoef(shared(2000).steps, rowvar=False)

    assert np.abs(between - np.eye(24)).max() < 0.08


def test_the_same_draws_come_out_every_time():
    first = shared(500).steps.tobytes()

    shared.cache_clear()

    assert shared(500).steps.tobytes() == first
