"""Results of replications add up, once each, and keep their order."""

from __future__ import annotations

import numpy as np
import pytest

from mobilisation.response_histories import grade, steady
from regard.core.errors import NotComparable, NotKnown
from regard.mobilisation.response.model import Phase
from regard.mobilisation.response.results import BLOCK, joined
from regard.mobilisation.response.running import chunk, run
from regard.mobilisation.response.scenarios import nobody_away
from regard.mobilisation.response.tallies import COUNT, SUMS


@pytest.fixture(scope="module")
def model():
    grades = (grade(rate=3), grade("Grade 2", rate=4))
    return steady(*grades, units=7, hours=30, warm_up=9, phases=(Phase("some", 11, 20),))


def part(model, first, stop):
    return chunk(model, (model,), 5, "compiled", first, stop)[0]


def as_bytes(result):
    return b"".join(result.parts())


def test_parts_add_up_in_any_order_and_grouping(model):
    a, b, c = (part(model, first, first + 2) for first in (0, 2, 4))
    whole = part(model, 0, 6)

    for one in ((a + b) + c, a + (b + c), c + (b + a), joined([c, a, b])):
        assert as_bytes(one) == as_bytes(whole)


def test_a_replication_counts_once(model):
    with pytest.raises(NotComparable, match="replication 1 stands in both"):
        part(model, 0, 2) + part(model, 1, 3)


def test_spans_and_blocks_are_sums_of_the_same_incidents(model):
    found = part(model, 0, 3)

    assert found.phases.shape == (3, 2, 2, SUMS)
    assert found.blocks.shape == (3, -(-39 // BLOCK), 2, SUMS)
    assert found.waiting.shape == (3, 39)
    cells = found.tally.cells
    np.testing.assert_array_equal(found.blocks.sum(axis=(0, 1)), cells[..., :SUMS].sum(axis=0))
    np.testing.assert_array_equal(found.phases[:, 0].sum(axis=0), cells[9:, :, :SUMS].sum(axis=0))
    np.testing.assert_array_equal(
        found.phases[:, 1, :, COUNT].sum(axis=0), cells[11:20, :, COUNT].sum(axis=0)
    )


def test_a_scenario_nobody_ran_is_refused(model):
    runs = run(model, [nobody_away(model)], replications=1, seed=1)

    with pytest.raises(NotKnown, match="no scenario is called 'all away'"):
        runs.result("all away")
