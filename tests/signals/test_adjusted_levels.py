"""Levels, segments and proposals agree with sums of the rows they stand on."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regard.core.periods import MEAN_MONTH_DAYS, Month
from regard.signals.methods import read

STEP = Month(2012, 10)  # month 30


def stepped(seed=5, before=300, after=200):
    random = np.random.default_rng(seed)
    return [*random.poisson(before, 30).tolist(), *random.poisson(after, 20).tolist()]


def test_a_step_nobody_accepted_is_proposed_with_date_size_and_evidence(vehicle_crime):
    reading = read(vehicle_crime(stepped()))

    (proposal,) = reading.proposals
    assert proposal.earliest <= STEP <= proposal.latest
    assert proposal.direction == "down"
    assert proposal.percent.interval.low < -33.3 < proposal.percent.interval.high
    assert proposal.months >= 19
    assert proposal.gain > proposal.price
    assert reading.changes == ()
    assert [level.accepted for level in reading.levels] == [True, False]
    assert "nobody has accepted it yet" in str(proposal.statement)


def test_an_accepted_step_is_a_level_and_no_proposal(vehicle_crime):
    reading = read(vehicle_crime(stepped()), baselines=(STEP,))

    assert reading.proposals == ()
    assert [one.start for one in reading.segments] == [Month(2010, 4), STEP]
    (change,) = reading.changes
    assert (change.month, change.direction) == (STEP, "down")
    assert change.interval.low < -33.3 < change.interval.high


def test_an_accepted_step_that_chance_alone_explains_stays_accepted(vehicle_crime):
    random = np.random.default_rng(8)
    reading = read(vehicle_crime(random.poisson(200, 48).tolist()), baselines=(STEP,))

    assert [one.accepted for one in reading.levels] == [True, True]
    assert not reading.changes[0].stands_out


@settings(max_examples=25, deadline=None)
@given(st.lists(st.none() | st.integers(0, 900), min_size=13, max_size=60))
def test_levels_are_the_counts_over_the_length_and_season_of_their_months(values):
    from signals.conftest import made_series

    if sum(value is not None for value in values) < 13:
        values = [value or 0 for value in values]
    series = made_series(values)

    reading = read(series)

    factors = reading.season.factors if reading.season else (1.0,) * 12
    for level in reading.levels:
        held = [(m, v) for m, v in series.supplied if level.start <= m <= level.end]
        weight = math.fsum(m.days / MEAN_MONTH_DAYS * factors[m.start.month - 1] for m, _ in held)
        assert level.months == len(held)
        assert level.mean == pytest.approx(math.fsum(v for _, v in held) / weight)
    assert sum(level.months for level in reading.levels) == len(series.supplied)
    assert reading.levels[0].start == series.start
    assert reading.levels[-1].end == series.end


def test_a_rise_from_nought_has_no_percentage(vehicle_crime):
    reading = read(vehicle_crime([0] * 30 + [20, 22, 18, 21, 19, 20, 23, 17, 20, 21] * 2))

    (proposal,) = reading.proposals
    assert proposal.percent.value is None
    assert "from 0.0 to 20" in str(proposal.statement)
