"""The adjusted count chart over a matrix: what must hold of any series, and how often it errs."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused
from regard.core.periods import Month
from regard.signals.adjusted.charts import (
    DRIFT_DOWN,
    DRIFT_UP,
    EXCEPTIONAL_HIGH,
    EXCEPTIONAL_LOW,
    ROW_NUMBERS,
    RUN_HIGH,
    RUN_LOW,
    STEP_NUMBERS,
    adjusted_many,
)
from regard.signals.adjusted.season import calendar_months, exposures
from regard.signals.adjusted.tuning import FEWEST_TO_CHART, TUNING

START = Month(2010, 4)
NAN = math.nan
EXCEPTIONAL = EXCEPTIONAL_HIGH | EXCEPTIONAL_LOW
ARRAYS = ("centre", "lower", "upper", "signals", "numbers", "factors")
V5 = [0.0] * 11 + [50.0] + [0.0] * 4
V6 = [5.0] * 15
V7 = [8.0, 9, 10, 11, 11, 12, 13, 14]


def drawn(mean, series, months, *, seed, over=1.0, season=0.1):
    """Counts with month length and a season, their variance so many times their mean."""
    random = np.random.default_rng(seed)
    wave = 1 + season * np.cos(2 * np.pi * calendar_months(START, months) / 12)
    means = np.tile(mean * wave * exposures(START, months), (series, 1))
    if over > 1:
        means = random.gamma(means / (over - 1), over - 1)
    return random.poisson(means).astype(float)


def pack(seed=7, *, series=40, months=72):
    """Series of every size with steps and missing months."""
    random = np.random.default_rng(seed)
    level = random.choice([0.2, 3, 15, 200, 14_000], (series, 1))
    at = random.integers(0, 2 * months, (series, 1))
    means = level * np.where(np.arange(months) >= at, 0.7, 1) * exposures(START, months)
    values = random.poisson(means).astype(float)
    values[random.random(values.shape) < 0.04] = NAN
    return values


def everything(chart, row):
    """All that a chart holds of one row, as bytes."""
    steps = (chart.steps["row"] == row).nonzero()[0]
    parts = [getattr(chart, name)[row] for name in ARRAYS]
    parts += [chart.rows[name][row] for name in ROW_NUMBERS]
    parts += [chart.steps[name][steps] for name in STEP_NUMBERS[1:]]
    return b"".join(np.ascontiguousarray(part).tobytes() for part in parts)


def charted(row, start=START, *, accepted=(), tuning=TUNING):
    given = np.zeros((1, len(row)), bool)
    given[0, list(accepted)] = True
    return adjusted_many([row], start, accepted=given, tuning=tuning)


kinds = st.sampled_from(["poisson", "spikes", "even", "rare", "wild", "noughts"])


@st.composite
def any_row(draw, most=150):
    """Any series there could be: tiny or huge, even or wild, with months missing."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    months = draw(st.integers(1, most))
    size = 10 ** draw(st.floats(-1, 7))
    row = {
        "poisson": random.poisson(size, months),
        "spikes": np.where(random.random(months) < 0.1, np.round(size), 0),
        "even": np.full(months, np.round(size)),
        "rare": random.random(months) < 0.2,
        "wild": np.round(size * random.random(months) ** 4),
        "noughts": np.zeros(months),
    }[draw(kinds)].astype(float)
    row[random.random(months) < draw(st.sampled_from([0.0, 0.0, 0.1, 0.7]))] = NAN
    accepted = random.random(months) < draw(st.sampled_from([0.0, 0.0, 0.03, 0.3]))
    return row, np.flatnonzero(accepted).tolist()


@given(any_row())
@settings(max_examples=300)
def test_any_series_has_finite_limits_and_no_signal_on_a_missing_month(series):
    row, accepted = series

    chart = charted(row, accepted=accepted)

    missing = np.isnan(row)
    lines = np.array([chart.centre[0], chart.lower[0], chart.upper[0]])
    assert np.isfinite(lines).all() or missing.all()
    assert not (lines < 0).any()
    # The mean of a very rare count may lie above an upper limit of nought, by less than its tail.
    assert not (lines[1] > lines[0]).any()
    assert not (lines[0] > lines[2] + 0.002).any()
    assert not chart.signals[0][missing].any()
    assert chart.rows["months"][0] == (~missing).sum()


@given(any_row())
def test_a_month_is_exceptional_exactly_when_it_is_outside_the_drawn_limits(series):
    row, accepted = series

    chart = charted(row, accepted=accepted)

    high, low = row > chart.upper[0], row < chart.lower[0]
    assert ((chart.signals[0] & EXCEPTIONAL_HIGH > 0) == high).all()
    assert ((chart.signals[0] & EXCEPTIONAL_LOW > 0) == low).all()


@given(any_row())
def test_steps_are_ordered_dated_and_sized(series):
    row, accepted = series

    steps = charted(row, accepted=accepted).steps_of(0)

    columns = [step.column for step in steps]
    assert columns == sorted(set(columns))
    assert not np.isnan(row[columns]).any()
    for step in steps:
        assert step.earliest <= step.column <= step.latest
        assert step.gain >= 0
        if step.before > 0:
            assert 0 <= step.low <= step.after / step.before <= step.high < math.inf
        else:
            assert math.isnan(step.low)
            assert math.isnan(step.high)


@given(any_row())
def test_accepted_levels_are_honoured_from_their_first_month_with_a_value(series):
    row, accepted = series
    held = np.flatnonzero(~np.isnan(row))
    kept = [held[held >= one][0] for one in accepted if (held >= one).any() and (held < one).any()]

    chart = charted(row, accepted=accepted)

    given_steps = {step.column for step in chart.steps_of(0) if step.given}
    assert given_steps == set(kept)
    assert len(set(chart.numbers[0])) == len(chart.steps_of(0)) + 1


@given(any_row(most=100), st.integers(1, 4))
def test_whole_years_of_missing_months_before_change_nothing(series, years):
    row, accepted = series
    lead = 48 * years  # four years, so that leap years stay where they are

    plain = charted(row, accepted=accepted)
    moved = charted(
        [NAN] * lead + row.tolist(), START + -lead, accepted=[one + lead for one in accepted]
    )

    for name in ("centre", "lower", "upper", "signals"):
        assert getattr(moved, name)[0, lead:].tobytes() == getattr(plain, name)[0].tobytes()
    assert moved.factors.tobytes() == plain.factors.tobytes()
    shifted = [
        step._replace(column=step.column + lead, earliest=step.earliest + lead,
                      latest=step.latest + lead)
        for step in plain.steps_of(0)
    ]  # fmt: skip
    assert str(moved.steps_of(0)) == str(tuple(shifted))


def test_permuting_rows_permutes_what_is_found():
    values = pack()
    order = np.random.default_rng(1).permutation(len(values))

    chart, permuted = adjusted_many(values, START), adjusted_many(values[order], START)

    for place, row in enumerate(order):
        assert everything(permuted, place) == everything(chart, row)


def test_a_row_alone_is_the_row_in_a_batch_byte_for_byte():
    values = pack()
    accepted = np.random.default_rng(2).random(values.shape) < 0.01

    chart = adjusted_many(values, START, accepted=accepted)

    for row in range(len(values)):
        alone = adjusted_many(values[row : row + 1], START, accepted=accepted[row : row + 1])
        assert everything(alone, 0) == everything(chart, row)


def test_the_same_counts_give_the_same_bytes_and_are_left_as_they_were():
    values = pack()
    before = values.copy()

    first, second = adjusted_many(values, START), adjusted_many(values.copy(), START)

    assert all(everything(first, row) == everything(second, row) for row in range(len(values)))
    assert values.tobytes() == before.tobytes()


def test_no_accepted_level_is_as_if_none_were_given():
    values = pack()

    plain = adjusted_many(values, START)
    none = adjusted_many(values, START, accepted=np.zeros(values.shape, bool))

    assert all(everything(plain, row) == everything(none, row) for row in range(len(values)))


@pytest.mark.parametrize("times", [4.0, 100.0])
def test_counts_so_many_times_as_large_and_as_wild_have_the_same_steps(times):
    """Scale: the spread about the levels is far above Poisson, which does not scale."""
    values = drawn(4000, 60, 84, seed=3, over=20)
    values[:30, 40:] *= 0.8

    plain, scaled = adjusted_many(values, START), adjusted_many(times * values, START)

    assert plain.steps["column"].tolist() == scaled.steps["column"].tolist()
    assert len(plain.steps["column"]) >= 30
    assert scaled.centre == pytest.approx(times * plain.centre, rel=1e-3)
    assert scaled.rows["dispersion"] == pytest.approx(times * plain.rows["dispersion"], rel=1e-2)


def test_taking_out_one_month_moves_the_lines_little():
    values = drawn(200, 30, 72, seed=4)
    without = values.copy()
    without[:, 30] = NAN

    chart, fewer = adjusted_many(values, START), adjusted_many(without, START)

    assert fewer.centre == pytest.approx(chart.centre, rel=0.03)
    assert fewer.upper == pytest.approx(chart.upper, rel=0.03)
    assert not fewer.signals[:, 30].any()


@pytest.mark.parametrize("row", [V5, V6, V7, [0.0] * 60, [20.0] * 13, [200.0] * 120, [7.0]])
def test_no_limit_collapses_and_nothing_even_signals(row):
    """V5 and V6, where peers draw limits of no width, or none; V7, a tie in a rise."""
    chart = charted(row)

    assert (chart.upper > chart.lower).all()
    even = np.array(row) != 50
    assert not chart.signals[0][even].any()


def test_a_spike_among_noughts_has_limits_that_one_case_does_not_cross():
    chart = charted([*V5, 1.0])

    assert chart.upper[0].min() >= 1
    assert not chart.signals[0, -1]


def test_a_series_without_a_value_is_charted_as_nothing_and_harms_no_other():
    values = np.vstack([pack(series=2), np.full(72, NAN)])

    chart = adjusted_many(values, START)

    assert np.isnan([chart.centre[2], chart.lower[2], chart.upper[2]]).all()
    assert not chart.signals[2].any()
    assert chart.rows["months"][2] == 0
    assert np.isnan(chart.rows["mean"][2])
    assert chart.steps_of(2) == ()
    assert everything(chart, 0) == everything(adjusted_many(values[:1], START), 0)


@pytest.mark.parametrize("shape", [(0, 24), (3, 0)])
def test_no_series_or_no_month_gives_an_empty_chart(shape):
    chart = adjusted_many(np.zeros(shape), START)

    assert chart.centre.shape == shape
    assert chart.steps_of(0) == ()


def test_a_single_month_has_a_level_and_limits_but_is_judged_by_nothing():
    chart = charted([50.0])

    assert chart.lower[0, 0] < 50 < chart.upper[0, 0]
    assert np.isnan(chart.rows["chance"][0])
    assert not chart.signals.any()


def test_ten_million_a_month_keep_limits_of_their_own_spread():
    chart = adjusted_many(drawn(1e7, 20, 60, seed=5), START)

    half = (chart.upper - chart.lower)[:, :-1] / 2
    spread = np.sqrt(chart.rows["dispersion"])[:, None]
    assert half / spread == pytest.approx(np.full(half.shape, 3 * math.sqrt(1e7)), rel=0.15)
    assert len(chart.steps["row"]) == 0


def test_steps_of_a_row_are_its_own_and_in_order():
    values = np.vstack([drawn(300, 1, 90, seed=6)] * 3)
    values[1, 30:] *= 0.7
    values[2, 20:] *= 1.4
    values[2, 60:] *= 0.7

    chart = adjusted_many(np.round(values), START)

    assert [[step.column for step in chart.steps_of(row)] for row in range(3)] == [
        [],
        [30],
        [20, 60],
    ]
    first, second = chart.steps_of(2)
    assert first.after == pytest.approx(second.before)
    assert (first.months, second.months) == (40, 30)
    assert chart.rows["level_start"].tolist() == [0, 30, 60]
    assert chart.rows["level_months"].tolist() == [90, 60, 30]
    assert isinstance(first.column, int)
    assert isinstance(first.gain, float)


def test_many_more_steps_than_rows_are_all_kept():
    values = drawn(100, 3, 60, seed=7)
    accepted = np.tile(np.arange(60) > 0, (3, 1))

    chart = adjusted_many(values, START, accepted=accepted)

    assert [len(chart.steps_of(row)) for row in range(3)] == [59, 59, 59]
    assert chart.steps["row"].tolist() == np.repeat([0, 1, 2], 59).tolist()


def test_a_fall_that_is_no_step_is_seen_as_a_drift_from_where_it_began():
    values = drawn(2000, 20, 77, seed=8)
    values[:, 72:] = np.round(values[:, 72:] * 0.93)

    chart = adjusted_many(values, START, tuning=TUNING._replace(penalty=1e6))

    assert len(chart.steps["row"]) == 0
    assert ((chart.signals[:, -1] & DRIFT_DOWN > 0) == (chart.rows["fall"] > TUNING.alarm)).all()
    seen = chart.rows["fall"] > TUNING.alarm
    assert seen.mean() >= 0.75
    assert np.median(chart.rows["fall_since"][seen]) == 72
    marked = chart.signals & DRIFT_DOWN > 0
    since = np.where(seen, chart.rows["fall_since"], 77)
    assert (marked == (np.arange(77) >= since[:, None])).all()
    assert not (chart.signals & DRIFT_UP).any()


def test_a_run_marks_each_of_its_months_and_none_before():
    values = drawn(2000, 1, 60, seed=9, season=0)
    centre = adjusted_many(values, START).centre
    values[0, 50:] = np.ceil(centre[0, 50:] * 1.008)
    values[0, 49] = np.floor(centre[0, 49] * 0.99)

    chart = adjusted_many(values, START)

    assert chart.rows["run"][0] == 10
    assert chart.rows["run_since"][0] == 50
    assert (chart.signals[0] & RUN_HIGH > 0).tolist() == [False] * 50 + [True] * 10
    assert not (chart.signals[0] & RUN_LOW).any()


def test_series_of_fewer_than_two_a_month_are_neither_stepped_nor_watched():
    values = drawn(1, 20, 60, seed=10)

    chart = adjusted_many(values, START)

    assert (chart.rows["mean"] < FEWEST_TO_CHART).all()
    assert np.isnan([chart.rows["rise"], chart.rows["run"]]).all()
    assert not (chart.signals & ~np.uint8(EXCEPTIONAL)).any()
    assert len(chart.steps["row"]) == 0


def test_the_shape_of_a_row_is_month_length_times_season():
    chart = adjusted_many(drawn(900, 2, 60, seed=11), START)

    found = chart.shape_of(1)

    seasons = chart.factors[1][calendar_months(START, 60)]
    assert found == pytest.approx(exposures(START, 60) * seasons)
    assert chart.factors.mean(axis=1) == pytest.approx([1, 1])


@pytest.mark.parametrize("over", [1.0, 2.0])
@pytest.mark.parametrize("mean", [3, 8, 15, 200])
def test_a_stable_last_month_is_called_exceptional_no_more_often_than_stated(mean, over):
    """At most 0.27% and 5%, to four Monte Carlo errors; exact tails of few are conservative."""
    series = 3000
    values = drawn(mean, series, 60, seed=12, over=over, season=0 if mean < 10 else 0.1)

    chart = adjusted_many(values, START)

    chance = chart.rows["chance"]
    outside = (chart.signals[:, -1] & EXCEPTIONAL) > 0
    assert outside.mean() <= 0.0027 + 4 * math.sqrt(0.0027 / series)
    assert np.mean(chance < 0.05) <= 0.05 + 4 * math.sqrt(0.05 * 0.95 / series)
    assert np.mean(chance < 0.05) >= (0.03 if mean >= 10 else 0.005)
    assert len(chart.steps["row"]) <= 0.02 * series


def test_a_large_month_that_comes_every_year_is_not_exceptional():
    means = np.where(calendar_months(START, 120) == 2, 2000.0, 50.0) * exposures(START, 120)
    values = np.random.default_rng(13).poisson(means, (1000, 120)).astype(float)

    chart = adjusted_many(values, START)

    assert ((chart.signals[:, -1] & EXCEPTIONAL) > 0).mean() < 0.012


@pytest.mark.parametrize(
    ("values", "accepted", "wrong", "expected"),
    [
        ([1.0, 2.0], None, "counts have 1 dimensions", "a matrix of (series, months)"),
        (
            [[1.0, 2.0], [3.0, -4.0]],
            None,
            "series 1 holds -4 in May 2010",
            "counts of 0 or more, or NaN where a month was not supplied",
        ),
        (
            [[math.inf, 2.0]],
            None,
            "series 0 holds inf in April 2010",
            "counts of 0 or more, or NaN where a month was not supplied",
        ),
        ([[1.0, 2.0]], [[True]], "accepted levels have shape (1, 1)", "shape (1, 2)"),
    ],
)
def test_what_is_no_matrix_of_counts_is_refused(values, accepted, wrong, expected):
    with pytest.raises(DefinitionRefused) as refused:
        adjusted_many(values, START, accepted=accepted)

    assert str(refused.value) == f"{wrong}\nExpected: {expected}"
