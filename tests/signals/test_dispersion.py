"""The dispersion of a series: right on what it is made for, never below one, never silent."""

from __future__ import annotations

import numpy as np
import pytest

from regard.core.errors import NotEnoughData
from regard.core.periods import Month
from regard.signals.dispersion import ABOUT_THE_MEAN, FROM_MONTH_TO_MONTH, WITHIN_SEASON, dispersion


def drawn(seed, level, phi, months=120):
    """Counts of a mean a month (shape (months,)) with variance `phi` times Poisson."""
    random = np.random.default_rng(seed)
    level = np.broadcast_to(np.asarray(level, float), (months,))
    if phi == 1:
        return random.poisson(level).tolist()
    return random.negative_binomial(level / (phi - 1), 1 / phi).tolist()


def middle_of(estimates):
    return float(np.median(estimates))


@pytest.mark.parametrize("phi", [1, 2.2, 8])
def test_the_middle_estimate_of_many_series_is_near_the_truth(vehicle_crime, phi):
    estimates = [dispersion(vehicle_crime(drawn(s, 500, phi))).measured for s in range(120)]

    assert middle_of(estimates) == pytest.approx(phi, rel=0.15)


def test_a_season_a_step_and_a_drift_hardly_move_it(vehicle_crime):
    months = np.arange(120)
    season = 1 + 0.15 * np.cos(2 * np.pi * months / 12)
    level = 2000 * season * np.where(months > 60, 0.8, 1) * 0.998**months

    estimates = [dispersion(vehicle_crime(drawn(s, level, 2.2))).value for s in range(120)]

    assert middle_of(estimates) == pytest.approx(2.2, rel=0.25)


def test_it_is_never_below_one(vehicle_crime):
    found = dispersion(vehicle_crime([100, 101] * 30))

    assert found.value == 1
    assert found.measured < 1


def test_with_less_than_two_years_it_takes_the_changes_from_month_to_month(vehicle_crime):
    assert dispersion(vehicle_crime(drawn(1, 200, 2, 20))).method == FROM_MONTH_TO_MONTH
    assert dispersion(vehicle_crime(drawn(1, 200, 2, 30))).method == WITHIN_SEASON


def test_a_zero_heavy_series_shows_its_clumps(vehicle_crime):
    found = dispersion(vehicle_crime([0] * 11 + [50] + [0] * 4))

    assert found.method == ABOUT_THE_MEAN
    assert found.value > 40


def test_small_counts_of_one_size_are_near_poisson(vehicle_crime):
    estimates = [dispersion(vehicle_crime(drawn(s, 3, 1))).measured for s in range(60)]

    assert middle_of(estimates) == pytest.approx(1, abs=0.1)


def test_an_accepted_step_adds_nothing_to_small_counts(vehicle_crime):
    series = vehicle_crime(drawn(3, 8, 1, 60) + drawn(4, 1, 1, 60))

    plain = dispersion(series)
    stepped = dispersion(series, baselines=[Month(2010, 4) + 60])

    assert stepped.measured < plain.measured


@pytest.mark.parametrize("phi", [1, 3])
def test_proportions_are_measured_against_binomial(vehicle_crime, phi):
    random = np.random.default_rng(8)
    estimates = []
    for _ in range(80):
        answers = random.integers(300, 900, 60)
        share = np.clip(random.beta(0.84 * 600 / phi, 0.16 * 600 / phi, 60), 0, 1)
        hits = random.binomial(answers, 0.84 if phi == 1 else share)
        series = vehicle_crime(
            100 * hits / answers, kind="proportion", unit="%", bases=tuple(map(float, answers))
        )
        estimates.append(dispersion(series).measured)

    assert middle_of(estimates) == pytest.approx(phi if phi == 1 else 3, rel=0.35)


@pytest.mark.parametrize(
    ("values", "changed", "told"),
    [
        ([1, 2], {}, "has 2 months"),
        ([1, 2, 3], {"kind": "rate"}, "is a rate without bases"),
        ([1, 2, 3], {"kind": "weighted-sum"}, "is a weighted-sum"),
        ([90, 91, 92], {"kind": "proportion"}, "is a proportion without bases"),
        ([50, None, 50, None, 50], {}, "no two months"),
    ],
)
def test_what_has_no_dispersion_is_refused(vehicle_crime, values, changed, told):
    with pytest.raises(NotEnoughData, match=told):
        dispersion(vehicle_crime(values, **changed))


def test_missing_months_are_left_out(vehicle_crime):
    held = drawn(5, 300, 2)
    held[40] = None

    assert dispersion(vehicle_crime(held)).months == 119
