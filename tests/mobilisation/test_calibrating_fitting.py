"""What is fitted to records that a known model made is that model, within chance."""

from __future__ import annotations

import numpy as np
import pytest

from mobilisation.calibrating_rows import AIMS, ALPHA, HANDLING, ROSTER, model, records
from regard.core.errors import DefinitionRefused, NotEnoughData
from regard.mobilisation.calibrating.fitting import Aim, busy_units, fit, rates, units_of
from regard.mobilisation.calibrating.recorded import recorded


@pytest.fixture(scope="module")
def fitted():
    return fit(records(8, lost=0.1), AIMS, roster=ROSTER)


def test_the_demand_that_made_the_records_is_found_again(fitted):
    for told, true in zip(fitted.demand.grades, model(1).demand.grades, strict=True):
        assert sum(told.rate) == pytest.approx(sum(true.rate), rel=0.05)
        assert told.minutes == pytest.approx(true.minutes, rel=0.06)
        assert told.spread == pytest.approx(true.spread, rel=0.15)
        assert told.travel == pytest.approx(true.travel + HANDLING, rel=0.08)
        assert told.units == pytest.approx(true.units, abs=0.03)


def test_the_units_that_answered_are_found_again(fitted):
    assert fitted.alpha == pytest.approx(ALPHA, rel=0.05)
    assert fitted.likely[0] <= fitted.alpha <= fitted.likely[1]


def test_what_was_not_recorded_is_said(fitted):
    assert fitted.missing == pytest.approx((0.1, 0.1, 0.1), abs=0.03)


def test_rates_follow_the_hour_and_the_day(fitted):
    rate = np.array(fitted.demand.grades[1].rate).reshape(7, 24)

    assert rate[:, 10:20].mean() > 1.8 * rate[:, :6].mean()
    assert rate[5].mean() > rate[1].mean()


def test_a_steady_demand_is_not_told_more_than_chance_says():
    """Counts that only chance scatters are drawn to the product of day and hour."""
    told, true = rates(records(8), 1), np.array(model(1).demand.grades[1].rate)
    raw = np.bincount(records(8).hour[records(8).grade == 1] % 168, minlength=168) / 8

    assert ((told - true) ** 2).mean() < 0.6 * ((raw - true) ** 2).mean()


def test_busy_units_add_up_to_the_time_of_jobs():
    data = records(2)
    inside = data.of(np.isfinite(data.minutes) & (data.cleared <= 60.0 * data.hours))

    assert 60 * busy_units(inside).sum() == pytest.approx((inside.minutes * inside.units).sum())


def test_without_a_roster_the_busiest_hours_stand_in():
    told = fit(records(4), AIMS)

    assert len(told.units) == 168
    assert min(told.units) >= 1


def test_units_are_whole_and_at_least_one():
    assert units_of(np.array([0.1, 2.6]), 1.0) == (1, 3)


def test_aims_of_other_grades_are_refused():
    with pytest.raises(DefinitionRefused, match="aims"):
        fit(records(1), (Aim("other", 1.0),))


def test_a_roster_of_another_length_is_refused():
    with pytest.raises(DefinitionRefused, match="24 hours"):
        fit(records(1), AIMS, roster=(1.0,) * 24)


def test_a_grade_with_hardly_an_incident_is_refused():
    few = recorded(
        start=0, hours=24, grades=("G1",), at=np.arange(5.0), grade=np.zeros(5, int),
        ready=np.arange(5.0), sent=np.arange(5.0), arrived=np.arange(5.0), cleared=np.arange(5.0),
    )  # fmt: skip

    with pytest.raises(NotEnoughData, match="5 incidents of G1"):
        fit(few, (Aim("G1", 1.0),))
