"""Every incident waits as long in our loops as in SimPy, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
from bench.peers_response import with_simpy

from regard.mobilisation.response.model import Rules
from regard.mobilisation.response.outcomes import COMPILED, PLAIN, answered
from regard.mobilisation.response.traces import given

pytest.importorskip("simpy", reason="no oracle environment: SimPy is not here")

pytestmark = [pytest.mark.slow, pytest.mark.oracle]

SEED = 20_266
FINE = 1_024  # parts of a minute: sums of such minutes are exact
COARSE = 0.2  # parts of a minute: five minutes, so that much happens at one instant
DAYS = 24  # hours
FALLING = [84, 84, 60, 60, 60, 60, 60, 80, 80, 80, 88, 88, 88, 88, 100, 100, 100, 100, 112, 112,
           112, 0, 0, 100]  # fmt: skip


def history(parts, *, count=24_000, several=False):
    """Incidents of two weeks that come in steps of a part of a minute, and units by the hour."""
    random = np.random.default_rng(SEED)
    hours = 14 * DAYS
    at = np.sort(np.floor(random.uniform(0, 60 * (hours - DAYS), count) * parts) / parts)
    minutes = np.ceil(random.exponential(62, count) * parts) / parts
    units = 1 + random.binomial(1, 0.2, count) if several else 1
    grade = random.choice(3, count, p=(0.2, 0.45, 0.35))
    trace = given(hours=hours, at=at, grade=grade, minutes=minutes, units=units)
    return trace, np.array(FALLING * 14, np.int64)


@pytest.mark.parametrize("parts", [FINE, COARSE])
@pytest.mark.parametrize("several", [False, True], ids=["one unit", "several units"])
@pytest.mark.parametrize("engine", [COMPILED, PLAIN])
def test_waits_of_every_incident_differ_by_exactly_nothing(parts, several, engine, say_rate):
    count = 4_000 if several and engine == PLAIN else 24_000
    trace, capacity = history(parts, count=count, several=several)
    theirs = np.array(
        with_simpy(
            trace.at.tolist(), trace.grade.tolist(), trace.minutes.tolist(), capacity.tolist(),
            trace.units.tolist(),
        )
    )  # fmt: skip

    ours = answered(trace, capacity, rules=Rules(), grades=3, engine=engine)

    np.testing.assert_array_equal(ours.waits, theirs)
    assert count < 20_000 or (np.nan_to_num(theirs) > 0).sum() > 1_000
    assert (np.diff(trace.at) == 0).any()
    assert (capacity == 0).any()
    say_rate(f"SimPy: {count:,} waits, {engine}, parts of {parts} a minute: none differs")
