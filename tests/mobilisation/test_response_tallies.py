"""Tallies add up, exactly, in any order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from mobilisation.response_histories import RULES, histories
from regard.core.errors import NotComparable
from regard.mobilisation.response import traces
from regard.mobilisation.response.model import Rules
from regard.mobilisation.response.outcomes import answered
from regard.mobilisation.response.tallies import (
    COUNT,
    LATE,
    LEFT,
    LONGEST,
    WAIT,
    WAITING,
    Tally,
    tallied,
)

WITHIN = np.array([15.0, 30.0, 60.0])


def tally_of(history, rules):
    trace, units = history
    outcome = answered(trace, np.array(units, np.int64), rules=rules, grades=3)
    return trace, outcome, tallied(trace, outcome, WITHIN)


def same(one, other):
    for name in ("cells", "waiting", "squares", "busy"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    assert one.replications == other.replications


@given(histories(), RULES)
def test_cells_are_the_sums_of_their_incidents(history, rules):
    trace, outcome, tally = tally_of(history, rules)
    waited = np.where(np.isnan(outcome.waits), trace.end - trace.at, outcome.waits)

    assert tally.cells[..., COUNT].sum() == len(trace)
    assert tally.cells[..., WAIT].sum() == np.rint(60_000 * waited).sum()
    assert tally.cells[..., LATE].sum() == (waited + trace.travel > WITHIN[trace.grade]).sum()
    assert tally.cells[..., LEFT].sum() == outcome.left.sum()
    assert tally.cells[..., WAITING].sum() == np.isnan(outcome.waits).sum()
    assert tally.cells[..., LONGEST].max(initial=0) == np.rint(60_000 * waited.max(initial=0))


def random_tally(seed):
    random = np.random.default_rng(seed)
    draw = lambda *shape: random.integers(0, 2**40, shape)  # noqa: E731
    return Tally(draw(4, 3, 6), draw(4, 3), draw(4), draw(4), int(random.integers(1, 9)))


@pytest.mark.parametrize("seed", range(5))
def test_merging_is_associative_and_the_order_does_not_matter(seed):
    a, b, c = (random_tally(seed + 10 * one) for one in range(3))

    same((a + b) + c, a + (b + c))
    same(a + b, b + a)


def test_tallies_of_other_hours_do_not_add_up():
    short = Tally(
        np.zeros((3, 3, 6), int), np.zeros((3, 3), int), np.zeros(3, int), np.zeros(3, int)
    )

    with pytest.raises(NotComparable, match=r"\(4, 3, 6\) and \(3, 3, 6\)"):
        random_tally(1) + short


def test_hours_of_the_week_gather_the_hours_after_the_warm_up():
    hours = 2 * 168
    trace = traces.given(
        hours=hours, at=[30, 60 * 168 + 30, 60 * 169], grade=[0, 0, 0], minutes=[5, 40, 5]
    )
    outcome = answered(trace, np.ones(hours, np.int64), rules=Rules(), grades=1)

    week = tallied(trace, outcome, WITHIN[:1]).by_hour_of_week(start=100, warm_up=168)

    assert week[100, 0, COUNT] == 1
    assert week[101, 0].tolist() == [1, 600_000, 0, 0, 0, 600_000]
    assert week[..., COUNT].sum() == 2
