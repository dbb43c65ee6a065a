"""Means with their intervals."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from regard.core.errors import NotEnoughData, NotKnown
from regard.mobilisation.response.estimates import difference_of, estimate_of, interval_of
from regard.mobilisation.response.tallies import COUNT, LATE, SUMS, WAIT


def sums_of(counts, *, late=None, waited=None):
    sums = np.zeros((len(counts), SUMS), np.int64)
    sums[:, COUNT] = counts
    sums[:, LATE] = 0 if late is None else late
    sums[:, WAIT] = 0 if waited is None else waited
    return sums


def test_interval_is_that_of_student():
    values = np.array([3.0, 5.0, 4.0, 9.0])

    found = interval_of(values, unit="minutes")

    low, high = stats.t.interval(0.95, 3, loc=5.25, scale=stats.sem(values))
    assert (found.low, found.high) == pytest.approx((low, high))
    assert found.range.level == 0.95


def test_a_share_is_of_all_incidents_and_not_of_replications():
    found = estimate_of("late", sums_of([10, 90], late=[5, 9]))

    assert found.value == pytest.approx(14)
    assert found.unit == "%"


def test_where_counts_are_equal_the_interval_is_that_of_the_replications_shares():
    shares = np.array([5, 9, 7, 6])

    found = estimate_of("late", sums_of([100] * 4, late=shares))
    plain = interval_of(shares.astype(float), unit="%")

    assert (found.value, found.half_width) == pytest.approx((plain.value, plain.half_width))


def test_waits_are_minutes():
    assert estimate_of("wait", sums_of([2, 2], waited=[60_000, 180_000])).value == 1.0


def test_a_difference_on_the_same_histories_is_narrower():
    random = np.random.default_rng(5)
    base = random.integers(10, 40, 50)
    counts = [1_000] * 50
    one, other = sums_of(counts, late=base + 10), sums_of(counts, late=base)

    found = difference_of("late", one, other)

    assert found.value == pytest.approx(1.0)
    assert found.half_width == pytest.approx(0, abs=1e-9)
    assert found.unit == "percentage points"


def test_replications_needed_grow_with_the_square():
    found = estimate_of("late", sums_of([100] * 4, late=[5, 9, 7, 6]))

    assert found.needed(found.half_width / 3) == pytest.approx(36, abs=1)


def test_one_replication_has_no_interval():
    found = estimate_of("late", sums_of([100], late=[5]))

    assert math.isinf(found.half_width)
    with pytest.raises(NotEnoughData, match="rests on 1 replication"):
        _ = found.range


def test_no_incident_gives_no_share():
    with pytest.raises(NotEnoughData, match="late of 0 incidents in 2 replications"):
        estimate_of("late", sums_of([0, 0]))


def test_a_measure_nobody_knows_is_refused():
    with pytest.raises(NotKnown, match="no measure is called 'joy'"):
        estimate_of("joy", sums_of([1]))
