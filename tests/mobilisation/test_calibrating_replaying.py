"""Weeks kept out of the fit are foretold where the model is right, and not where it is wrong."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from bench.calibrating import CITY, FILE, city

from mobilisation.calibrating_rows import AIMS, ROSTER, records
from regard.core.errors import NotEnoughData
from regard.mobilisation.calibrating.fitting import fit
from regard.mobilisation.calibrating.replaying import replay, share_inside


@pytest.fixture(scope="module")
def data():
    return records(6, lost=0.05)


@pytest.fixture(scope="module")
def fitted(data):
    return fit(data.between(0, 28), AIMS, roster=ROSTER)


def test_weeks_of_the_same_force_are_foretold(data, fitted):
    told = replay(fitted, data.between(28, 42), replications=60)

    assert told.inside >= 0.9
    assert share_inside(told.of_day) > 0.8
    assert abs(told.apart) < 3
    assert sum(one.incidents for one in told.cells) == sum(one.incidents for one in told.of_day)


def test_a_force_that_sends_later_is_seen(data, fitted):
    """A planted fault: every unit arrives ten minutes later than the fit knew."""
    later = data.between(28, 42)
    later = replace(later, arrived=later.arrived + 10.0)

    told = replay(fitted, later, replications=60)

    assert share_inside(told.of_day) < 0.9
    assert abs(told.apart) > 3


def test_the_same_seed_gives_the_same_replay(data, fitted):
    kept_out = data.between(28, 30)
    one, two = (replay(fitted, kept_out, replications=5, seed=3) for _ in range(2))

    assert one.cells == two.cells
    assert np.array_equal(one.foretold, two.foretold)


def test_weeks_without_an_arrival_cannot_be_replayed(data, fitted):
    none = data.between(28, 30)
    none = replace(none, arrived=np.full(len(none), np.nan))

    with pytest.raises(NotEnoughData, match="have an arrival"):
        replay(fitted, none)


@pytest.mark.real
@pytest.mark.parametrize("known, kept_out", [((35, 38), (39, 40)), ((41, 42), (43, 43))])
def test_weeks_of_a_real_city_are_foretold(shared_data, known, kept_out):
    assert FILE.parent.samefile(shared_data)

    told = replay(fit(city(*known), CITY), city(*kept_out))

    assert told.inside >= 0.9
    assert share_inside(told.of_day) > 0.8
    assert abs(told.apart) < 3


@pytest.mark.real
def test_a_careless_reader_takes_a_change_of_recording_for_demand(shared_data):
    """From week 41 the work that officers raise themselves is entered; it was done before."""
    assert FILE.parent.samefile(shared_data)
    weeks = {"before": (39, 40), "after": (41, 42)}

    careless = {one: len(city(*span, careful=False)) for one, span in weeks.items()}
    asked = {one: len(city(*span)) for one, span in weeks.items()}

    assert careless["after"] / careless["before"] > 1.45
    assert asked["after"] / asked["before"] < careless["after"] / careless["before"] - 0.1
