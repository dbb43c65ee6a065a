"""Many series at once: shapes, laws and what is refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused
from regard.core.periods import FinancialYear, Month
from regard.signals.yearend.many import year_end_many

START, YEAR = Month(2010, 4), FinancialYear(2014)
KNOWN = 52


def counts_of(mean, *, months=60, seed=8, height=0.1):
    random = np.random.default_rng(seed)
    wave = 1 + height * np.cos(2 * np.pi * np.arange(months) / 12)
    return random.poisson(random.gamma(mean * wave / 0.5, 0.5)).astype(float)


def ends_of(counts, known=KNOWN, **told):
    rows = np.atleast_2d(np.asarray(counts, dtype=float))
    return year_end_many(rows[:, :known], start=START, year=YEAR, draws=500, **told)


def width(ends):
    return float(ends.upper80[0] - ends.lower80[0])


@pytest.mark.parametrize("mean", [0.05, 1.0, 9.0, 11.0, 200.0, 1e4, 1e7])
def test_counts_of_every_size_have_a_year_end_near_what_happened(mean):
    counts = np.array([counts_of(mean, seed=seed) for seed in range(20)])

    found = ends_of(counts)

    inside = (found.lower95 <= counts[:, 48:].sum(axis=1)) & (
        counts[:, 48:].sum(axis=1) <= found.upper95
    )
    assert inside.mean() >= 0.85
    assert np.all(found.dispersion >= 1.0)
    assert np.all(found.few == (counts[:, 40:52].mean(axis=1) < 10))


@pytest.mark.parametrize("value", [0.0, 1.0, 5.0, 10.0, 1e7])
def test_a_constant_series_goes_on(value):
    found = ends_of(np.full(60, value))

    assert found.median[0] == pytest.approx(12 * value, rel=0.03, abs=1)
    assert found.lower95[0] <= 12 * value <= found.upper95[0]
    assert found.lower95[0] >= 4 * value


def test_the_same_values_give_the_same_bytes_alone_and_in_a_pack():
    one, other = counts_of(200.0), counts_of(3.0)

    first = ends_of([one, other], keep_draws=True)
    again = ends_of([other, one], keep_draws=True)

    assert first.draws[0].tobytes() == again.draws[1].tobytes()
    assert first.draws[1].tobytes() == ends_of(other, keep_draws=True).draws[0].tobytes()


@settings(max_examples=25)
@given(
    st.integers(2, 400), st.integers(0, 2**31), st.lists(st.floats(-10, 20_000), min_size=2,
                                                         max_size=8),
)  # fmt: skip
def test_chances_rise_with_the_target(mean, seed, targets):
    counts = counts_of(float(mean), seed=seed)

    found = ends_of(counts, targets=np.array([sorted(targets)]))

    assert np.all(np.diff(found.chance_below[0]) >= 0)
    assert found.lower95 <= found.lower80 <= found.median <= found.upper80 <= found.upper95
    assert found.lower95[0] >= found.known[0] == counts[48:KNOWN].sum()


@settings(max_examples=15)
@given(st.sampled_from([4.0, 60.0, 2000.0]), st.integers(0, 2**31))
def test_the_more_of_the_year_is_known_the_narrower_the_range(mean, seed):
    counts = counts_of(mean, seed=seed)

    early, late = ends_of(counts, 50, check=False), ends_of(counts, 59, check=False)

    assert width(late) < width(early)


@pytest.mark.slow
@pytest.mark.statistics
@settings(max_examples=15)
@given(st.integers(0, 2**31), st.sampled_from([40.0, 300.0]))
def test_a_series_ten_times_as_large_and_as_uneven_ends_ten_times_as_high(seed, mean):
    counts = counts_of(mean, seed=seed)

    one, ten = ends_of(counts, check=False), ends_of(10 * counts, check=False)

    # The square-root scale adds 3/8 to a count, and dispersion has a floor: near, not equal.
    assert ten.median[0] == pytest.approx(10 * one.median[0], rel=0.03)


@settings(max_examples=20)
@given(st.sets(st.integers(0, KNOWN - 1), max_size=20), st.sampled_from([2.0, 150.0]))
def test_missing_months_anywhere_leave_a_year_end(missing, mean):
    counts = counts_of(mean)
    counts[list(missing)] = np.nan

    found = ends_of(counts)

    assert found.state[0] == "foreseen"
    assert np.isfinite([found.median[0], found.lower95[0], found.upper95[0]]).all()
    assert found.history[0] == KNOWN - len(missing)
    assert found.known[0] == np.nansum(counts[48:KNOWN])


def test_a_gap_in_the_year_is_simulated_and_widens_the_range():
    counts = counts_of(200.0)
    gap = counts.copy()
    gap[[48, 49]] = np.nan

    whole, missing = ends_of(counts, check=False), ends_of(gap, check=False)

    assert width(missing) > width(whole)
    assert missing.median[0] == pytest.approx(whole.median[0], rel=0.08)


def test_month_lengths_are_taken_out_and_put_back():
    lengths = np.array([(START + at).days for at in range(60)]) / 30.4375
    counts = 3000 * lengths

    found = ends_of(counts, check=False)

    assert found.median[0] == pytest.approx(counts[48:].sum(), rel=0.005)


def test_a_season_is_carried_to_the_end_of_the_year():
    counts = counts_of(500.0, height=0.3)

    found = ends_of(counts)

    assert found.waves[0] == 4
    assert found.median[0] == pytest.approx(counts[48:].sum(), rel=0.06)


def test_a_past_that_was_missed_widens_the_range():
    leaps = np.repeat([1.0, 1.6, 0.9, 1.7, 1.0], 12) * counts_of(200.0)

    with_check, without = ends_of(leaps), ends_of(leaps, check=False)

    assert with_check.wider[0] > 1.0
    assert with_check.inside80[0] < 0.8 * with_check.checked[0]
    assert width(with_check) == pytest.approx(with_check.wider[0] * width(without), rel=0.1)


def test_a_level_is_read_from_the_accepted_step_on():
    counts = counts_of(300.0)
    counts[49:] *= 0.6

    known = ends_of(counts, baselines=[(START + 49,)])
    unknown = ends_of(counts)

    actual = counts[48:].sum()
    assert abs(known.median[0] - actual) < abs(unknown.median[0] - actual)
    assert known.median[0] == pytest.approx(actual, rel=0.06)


@pytest.mark.parametrize("month", [47, 48, 51])
def test_low_counts_have_a_new_level_too_even_if_its_first_month_is_missing(month):
    counts = np.full(60, 1.0)
    counts[month:] = 9.0
    counts[month] = np.nan

    known = ends_of(counts, 56, baselines=[(START + month,)])
    unknown = ends_of(counts, 56)

    assert known.few[0]
    assert known.median[0] >= unknown.median[0]
    assert known.upper95[0] >= known.known[0] + 4 * 9


def test_a_whole_year_is_a_fact():
    counts = counts_of(200.0)

    found = ends_of(counts, 60, targets=[counts[48:].sum()], keep_draws=True)

    total = counts[48:].sum()
    assert found.state[0] == "complete"
    assert found.lower95[0] == found.median[0] == found.upper95[0] == total
    assert found.chance_below[0, 0] == 1.0
    assert np.all(found.draws == total)


def test_series_without_enough_are_named_and_not_guessed():
    short, old = np.full(60, np.nan), np.full(60, np.nan)
    short[30:KNOWN] = 50.0
    old[:30] = 50.0

    found = ends_of([short, old, counts_of(50.0)], targets=[600.0] * 3)

    assert list(found.state) == ["too short", "too old", "foreseen"]
    assert np.isnan(found.median[:2]).all()
    assert np.isnan(found.chance_below[:2]).all()


def test_months_after_the_year_are_left_out():
    counts = counts_of(100.0, months=80)

    found = year_end_many(counts[None, :], start=START, year=YEAR)

    assert found.state[0] == "complete"
    assert found.median[0] == counts[48:60].sum()


def test_a_target_that_is_not_known_has_no_chance():
    assert np.isnan(ends_of(counts_of(50.0), targets=[np.nan]).chance_below[0, 0])


@pytest.mark.parametrize(
    "values, told, words",
    [
        (np.zeros(60), {}, "shape (60,)"),
        (np.full((1, 60), np.inf), {}, "60 values are infinite"),
        (np.zeros((1, 60)), {"start": Month(2014, 6)}, "from June 2014"),
        (np.zeros((1, 60)), {"draws": 20}, "20 draws"),
        (np.zeros((2, 60)), {"baselines": [()]}, "1 of 2 series"),
        (np.zeros((2, 60)), {"targets": [1.0, 2.0, 3.0]}, "(3,)"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_size(values, told, words):
    with pytest.raises(DefinitionRefused) as refused:
        year_end_many(values, **({"start": START, "year": YEAR} | told))

    assert words in str(refused.value)
