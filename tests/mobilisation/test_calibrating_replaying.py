"""Weeks kept out of the fit are foretold where the model is right, and not where it is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pytest

from mobilisation.calibrating_rows import AIMS, ROSTER, records
from regard.core.errors import NotEnoughData
from regard.mobilisation.calibrating.fitting import Aim, fit
from regard.mobilisation.calibrating.recorded import Recorded, recorded
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


# A real city: aims are ours, for the file holds none.
CITY = tuple(Aim(f"P{one}", within) for one, within in enumerate((10.0, 20.0, 40.0, 60.0), 1))
FIRST, BEGINS = 35, datetime(2025, 8, 24, tzinfo=UTC)


def city(file: Path, first: int, last: int, *, careful: bool = True) -> Recorded:
    """Police incidents of some weeks; of a careful reader those that somebody called about."""
    wanted = "call_reception <> 'OFFICER' AND priority IN (1, 2, 3, 4)"
    rows = duckdb.sql(
        "SELECT epoch(received_at), priority, epoch(queued_at), epoch(dispatched_at), "
        f"epoch(arrived_at), epoch(first_cleared_at) FROM '{file}' WHERE agency = 'POLICE' "
        f"AND {wanted if careful else 'priority IN (1, 2, 3, 4)'}"
    ).fetchall()
    table = np.array([[np.nan if cell is None else float(cell) for cell in row] for row in rows])
    start, end = ((BEGINS + timedelta(weeks=one - FIRST)).timestamp() for one in (first, last + 1))
    table = table[(table[:, 0] >= start) & (table[:, 0] < end)]
    at, _, ready, sent, arrived, cleared = ((table - start) / 60).T
    return recorded(
        start=144, hours=(last + 1 - first) * 168, grades=tuple(one.grade for one in CITY), at=at,
        grade=table[:, 1].astype(int) - 1, ready=ready, sent=sent, arrived=arrived, cleared=cleared,
    )  # fmt: skip


@pytest.mark.real
@pytest.mark.parametrize("known, kept_out", [((35, 38), (39, 40)), ((41, 42), (43, 43))])
def test_weeks_of_a_real_city_are_foretold(shared_data, known, kept_out):
    file = shared_data / "cad_us_city_2025_weeks35-43.parquet"

    told = replay(fit(city(file, *known), CITY), city(file, *kept_out))

    assert told.inside >= 0.9
    assert share_inside(told.of_day) > 0.8
    assert abs(told.apart) < 3


@pytest.mark.real
def test_a_careless_reader_takes_a_change_of_recording_for_demand(shared_data):
    """From week 41 the work that officers raise themselves is entered; it was done before."""
    file = shared_data / "cad_us_city_2025_weeks35-43.parquet"
    weeks = {"before": (39, 40), "after": (41, 42)}

    careless = {one: len(city(file, *span, careful=False)) for one, span in weeks.items()}
    asked = {one: len(city(file, *span)) for one, span in weeks.items()}

    assert careless["after"] / careless["before"] > 1.45
    assert asked["after"] / asked["before"] < careless["after"] / careless["before"] - 0.1
